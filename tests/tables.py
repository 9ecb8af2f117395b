"""What the tests of tables share."""

import subprocess
import sys
from pathlib import Path

import pytest

duckdb = pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")

PAGE = "افتتح رئيس البلدية المكتبة صباح اليوم.\nالمصدر: صحيفة المثال"


def run(*arguments: object, code: int = 0, **options) -> str:
    """What the command says; it must end with this code and without a traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "naqi", *map(str, arguments)], capture_output=True, timeout=120, **options
    )
    assert done.returncode == code, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    return done.stderr.decode()


def rows(path: Path, columns: str = "*", where: str = "true") -> list[tuple]:
    """The rows of a table."""
    return duckdb.connect().execute(f"SELECT {columns} FROM '{path}' WHERE {where}").fetchall()
