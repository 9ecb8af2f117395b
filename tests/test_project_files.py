"""What stands in several files is the same in all, and what a release needs is there."""

import re
import tomllib
from pathlib import Path

import naqi

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CARGO = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))["package"]


def test_the_version_is_one():
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.search(r"^version: (.*)$", citation, flags=re.M)[1] == CARGO["version"] == naqi.__version__


def test_python_and_rust_say_the_same_of_it():
    assert PROJECT["description"] == CARGO["description"]
    assert PROJECT["license"] == CARGO["license"]


def test_every_python_that_is_released_is_named_and_the_reverse():
    released = re.search(r"PYTHONS: (.*)", (ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8"))[
        1
    ].split()
    named = [text.split(":: ")[-1] for text in PROJECT["classifiers"] if re.search(r"Python :: 3\.\d+$", text)]
    assert [version for version in released if not version.endswith("t")] == named
    assert PROJECT["requires-python"] == f">={named[0]}"


def test_every_target_that_the_documents_name_is_in_the_makefile():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.M))
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob(".github/**/*.*")]:
        named = set(re.findall(r"(?:`|run: )make ([a-z-]+)", path.read_text(encoding="utf-8")))
        assert named <= targets, path
