"""Prints the packages of the dependency groups in pyproject.toml that are named, one a line, for `pip install -r`."""

import sys
import tomllib
from pathlib import Path

project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))
groups = project["dependency-groups"]
print("\n".join(part for name in dict.fromkeys(sys.argv[1:]) for part in groups[name] if isinstance(part, str)))
