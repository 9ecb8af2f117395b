"""What the documentation shows is what happens: every block runs, the tour is as committed, every page is linked."""

import doctest
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import naqi
import pytest

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.glob("*.md"))
# What all of a page stands on; where a single block needs a package, a comment above it says so.
NEEDED = {"columns": ("duckdb", "pandas", "polars", "pyarrow"), "engines": ("pyarrow",)}
BLOCK = re.compile(r"(?:<!-- needs: (?P<needs>\w+) -->\n)?```python\n(?P<code>.*?)```", flags=re.S)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
@pytest.mark.filterwarnings("default")  # of other packages
def test_every_block_runs(page, monkeypatch):
    for package in NEEDED.get(page.stem, ()):
        pytest.importorskip(package)
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {"__name__": "docs"}
    missing = set()
    for block in BLOCK.finditer(page.read_text(encoding="utf-8")):
        if (needed := block["needs"]) and not is_there(needed):
            missing.add(needed)
        elif ">>>" in block["code"]:
            test = doctest.DocTestParser().get_doctest(block["code"], names, page.name, str(page), 0)
            report: list[str] = []
            runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
            runner.run(test, out=report.append, clear_globs=False)
            assert runner.failures == 0, "".join(report)
            names = test.globs
        else:
            exec(compile(block["code"], page.name, "exec"), names)
    if missing:
        pytest.skip(f"all but the blocks of {', '.join(sorted(missing))}, which are not installed")


def is_there(package: str) -> bool:
    java = package != "pyspark" or shutil.which("java") or os.environ.get("JAVA_HOME")
    return bool(java) and importlib.util.find_spec(package) is not None


def test_the_tour_shows_what_it_showed():
    done = subprocess.run(
        [sys.executable, "tools/tour.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_every_public_name_is_on_the_page_of_names():
    text = (DOCS / "api.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\.\. (?:auto\w+|py:data):: (?:naqi\.)?(\w+)$", text, flags=re.M))
    assert set(naqi.__all__) <= listed


def test_every_page_is_in_the_navigation():
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    listed = set(
        re.findall(r"^([a-z-]+)$", "".join(re.findall(r"```\{toctree\}(.*?)```", index, flags=re.S)), flags=re.M)
    )
    assert {path.stem for path in [*PAGES, *DOCS.glob("*.ipynb")]} - {"index"} <= listed
