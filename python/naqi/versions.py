"""What a report of a bug should say."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import sys

import naqi

# The packages whose objects naqi takes, or that call it.
BESIDE = ("numpy", "pandas", "polars", "pyarrow", "duckdb", "scikit-learn", "spacy", "datasets", "datatrove", "ipython")
THREADS = ("NAQI_NUM_THREADS", "OMP_NUM_THREADS")


def show_versions() -> None:
    """Prints the versions of naqi, of Python and of the packages beside it, for the report of a bug.

    >>> import naqi
    >>> naqi.show_versions()  # doctest: +ELLIPSIS
    naqi        ...
    """
    gil = getattr(sys, "_is_gil_enabled", lambda: True)()
    rows = {
        "naqi": f"{naqi.__version__} (rules {naqi.RULES_VERSION}, Unicode {naqi.UNICODE_VERSION})",
        "python": f"{platform.python_implementation()} {platform.python_version()}{'' if gil else ', free-threaded'}",
        "system": f"{platform.system()} {platform.machine()}, {'-'.join(platform.libc_ver()) or 'libc unknown'}",
        "cores": ", ".join([str(os.cpu_count()), *(f"{name}={os.environ.get(name, 'not set')}" for name in THREADS)]),
    }
    for package in BESIDE:
        try:
            rows[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            rows[package] = "-"
    width = max(map(len, rows))
    for name, value in rows.items():
        print(f"{name:<{width}}  {value}")
