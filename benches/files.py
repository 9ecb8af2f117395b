"""What a job on files costs beside plain copies: CPU seconds, wall seconds and peak memory of the whole process.

    python benches/files.py corpus.jsonl --text content

DuckDB and Polars are measured where they are installed; each is a process of its own, input read once before.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter

DUCKDB = """
import duckdb, sys
duckdb.execute("SET memory_limit='1GB'")
duckdb.execute(f"COPY (FROM read_json('{sys.argv[1]}', format='nd')) TO '{sys.argv[2]}' (FORMAT json)")
"""
POLARS = "import polars, sys; polars.scan_ndjson(sys.argv[1]).sink_ndjson(sys.argv[2])"
PYTHON = """
import json, sys
with open(sys.argv[1], encoding="utf-8") as source, open(sys.argv[2], "w", encoding="utf-8") as target:
    for line in source:
        target.write(json.dumps(json.loads(line), ensure_ascii=False) + "\\n")
"""


def jobs(source: str, target: str, text: str) -> dict[str, list[str]]:
    """Every command with its name."""
    naqi = [sys.executable, "-m", "naqi"]
    rest = [source, "--text", text, "--quiet", "-o", target]
    commands = {
        "cat": ["cat", source],
        "naqi, nothing to do": [*naqi, "normalize", "--preset", "none", "--unicode", "keep", *rest],
        "naqi normalize": [*naqi, "normalize", *rest],
        "naqi sentences": [*naqi, "sentences", *rest],
        "naqi extract": [*naqi, "extract", *rest],
        "naqi extract, one thread": [*naqi, "extract", "--threads", "1", *rest],
        "Python json, a copy": [sys.executable, "-c", PYTHON, source, target],
    }
    if importlib.util.find_spec("polars"):
        commands["Polars, a copy"] = [sys.executable, "-c", POLARS, source, target]
    if importlib.util.find_spec("duckdb"):
        commands["DuckDB, a copy"] = [sys.executable, "-c", DUCKDB, source, target]
    return commands


def measure(command: list[str], target: str) -> tuple[float, float, float, int]:
    """CPU seconds, wall seconds, peak megabytes and exit code of a command."""
    began = perf_counter()
    child = os.fork()
    if child == 0:
        with open(target, "wb") as out:
            os.dup2(out.fileno(), 1)
        os.execvp(command[0], command)
    _, status, usage = os.wait4(child, 0)
    return (
        usage.ru_utime + usage.ru_stime,
        perf_counter() - began,
        usage.ru_maxrss / 1024,
        os.waitstatus_to_exitcode(status),
    )


def main() -> None:
    """Prints a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("--text", default="text", help="the field that holds the text")
    parser.add_argument("--only", default="", help="only jobs whose name holds this")
    arguments = parser.parse_args()
    size = arguments.source.stat().st_size / 1e6
    print(f"{arguments.source.name}: {size:,.0f} MB")
    print(f"{'':<28}{'CPU s':>8}{'wall s':>8}{'MB/s CPU':>10}{'peak MB':>9}")
    with tempfile.TemporaryDirectory(dir=arguments.source.parent) as folder:
        target = os.path.join(folder, "out.jsonl")
        for name, command in jobs(str(arguments.source), target, arguments.text).items():
            if arguments.only not in name:
                continue
            cpu, wall, peak, code = measure(command, os.path.join(folder, "stdout"))
            note = "" if code == 0 else f"  failed: exit code {code}"
            print(f"{name:<28}{cpu:>8.2f}{wall:>8.2f}{size / max(cpu, 1e-3):>10.0f}{peak:>9.0f}{note}", flush=True)


if __name__ == "__main__":
    main()
