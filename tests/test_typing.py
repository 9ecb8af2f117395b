"""The types that editors and checkers see: every use is taken and every misuse refused, by mypy and by pyright."""

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "typing"
COLUMNS = ("pandas", "pandas-stubs", "polars")  # the second is a folder of stubs, found all the same


def mypy(*names: str) -> dict[str, set[int]]:
    """The lines of each file that are found wrong."""
    done = run("mypy", "--strict", "--no-error-summary", *names)
    assert done.returncode in (0, 1), done.stderr
    wrong: dict[str, set[int]] = {name: set() for name in names}
    for name, line in re.findall(r"^(\w+\.py):(\d+): error", done.stdout, flags=re.M):
        wrong[name].add(int(line))
    return wrong


def pyright(*names: str) -> dict[str, set[int]]:
    done = run("pyright", "--project", "pyrightconfig.json", "--outputjson", "--pythonpath", sys.executable)
    if not done.stdout.startswith("{"):
        pytest.skip(f"pyright could not be started: {done.stderr.strip().splitlines()[-1:]}")
    wrong: dict[str, set[int]] = {name: set() for name in names}
    for found in json.loads(done.stdout)["generalDiagnostics"]:
        name = Path(found["file"]).name
        if name in wrong and found["severity"] == "error":
            wrong[name].add(found["range"]["start"]["line"] + 1)
    return wrong


def run(checker: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    if importlib.util.find_spec(checker) is None:
        pytest.skip(f"{checker} is not installed")
    command = [sys.executable, "-m", checker, *arguments]
    return subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("checker", [mypy, pyright])
def test_uses_are_taken_and_misuses_refused(checker):
    source = (FOLDER / "misuses.py").read_text(encoding="utf-8").splitlines()
    below = source.index('text = "نص"') + 1
    wrong = checker("uses.py", "misuses.py")
    assert wrong["uses.py"] == set()
    missed = [source[i] for i in range(below, len(source)) if source[i] and i + 1 not in wrong["misuses.py"]]
    assert missed == []


@pytest.mark.parametrize("checker", [mypy, pyright])
def test_columns_of_the_real_packages_keep_their_type(checker):
    for package in COLUMNS:
        if importlib.util.find_spec(package) is None:
            pytest.skip(f"{package} is not installed")
    assert checker("uses_columns.py") == {"uses_columns.py": set()}
