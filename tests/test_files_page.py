"""What docs/files.md shows is what the commands print."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parent.parent / "docs" / "files.md"
BLOCKS = re.findall(r"```console\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.S)
TIME = re.compile(r"; [0-9.]+ MB in [0-9.]+ s \([0-9.]+ MB/s\)")


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    """Runs a command in one folder, as a reader of the page does, and gives what it shows."""
    folder = tmp_path_factory.mktemp("page")
    command = folder / "bin" / "naqi"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m naqi "$@"\n')
    command.chmod(0o755)
    path = f"{command.parent}{os.pathsep}{os.environ['PATH']}"

    def run(line: str) -> str:
        done = subprocess.run(
            ["bash", "-c", f"exec 2>&1\n{line}"], cwd=folder, capture_output=True, env={**os.environ, "PATH": path}
        )
        return done.stdout.decode()

    return run


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_the_commands_show_what_the_page_shows(shell, block):
    if ".parquet" in block:  # the command says what to install
        pytest.importorskip("duckdb")
        pytest.importorskip("pyarrow")
    for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
        heredoc = re.match(r".*<<'END'\n.*?\nEND\n", part, flags=re.S)
        at = heredoc.end() if heredoc else part.index("\n") + 1
        assert TIME.sub("", shell(part[:at])) == TIME.sub("", part[at:]), part[:at]


def test_the_blocks_were_found():
    assert len(BLOCKS) >= 4
