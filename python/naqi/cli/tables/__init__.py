"""Jobs on tables: Parquet, CSV and whatever else DuckDB reads, by the extra `naqi[files]`.

Rows are read in pieces, naqi adds its columns, and each piece is written as a file of its kind whose rows are joined to
those before it. Use JSONL (`naqi.cli.files`) where there is a choice; it needs no package and less memory.
"""

from __future__ import annotations

import argparse
import difflib
import itertools
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any

import naqi
from naqi import _naqi
from naqi.cli import files
from naqi.cli.files import HINTS, WrongUse
from naqi.cli.tables import database, interruptible
from naqi.cli.tables.csv import Csv
from naqi.cli.tables.interruptible import Stop
from naqi.cli.tables.job import Job, Rejected
from naqi.cli.tables.parquet import Parquet
from naqi.cli.tables.pieces import TOLD, Piece, Source, is_text

QUERY = "duckdb:"
CSV = (".csv.gz", ".csv")
KINDS = (*CSV, ".parquet")


def kind(name: str) -> str | None:
    """The ending of a table's name, or None for what is no table."""
    return next((ending for ending in KINDS if name.lower().endswith(ending)), None)


def is_job(arguments: argparse.Namespace) -> bool:
    """Whether an input is a table or a query, or the output a table."""
    named = arguments.files or ()
    return any(kind(name) or name.startswith(QUERY) for name in named) or bool(kind(arguments.output or ""))


def run(
    arguments: argparse.Namespace,
    work: Any,
    *,
    complain: Callable[[str, str], None],
    learnt: Callable[[naqi.Templates], Any] | None = None,
) -> dict[str, Any] | None:
    """As `files.run`, for tables. Raises `WrongUse`, and `OSError` and `RuntimeError` where the job was stopped."""
    _packages(arguments)
    _possible(arguments)
    names, missing = _names(arguments)
    for name, message in missing:
        complain(name, message)
    if not names:
        return None
    began = time.monotonic()
    log = files.log_event if arguments.json_log else None
    if log and arguments.command != "report":
        log("start", inputs=len(names), output=arguments.output)

    def body(stop: Stop) -> dict[str, Any]:
        sources = _opened(arguments, names, stop)
        done = learnt(_learn(arguments, sources, stop)) if learnt else work
        return _work(arguments, done, sources, stop, log)

    def give_up() -> None:
        complain("", f"stopped{files.left_behind(arguments) if not _queries(arguments) else ''}")

    if arguments.command == "report":
        done = _report(arguments, work, names, complain, learnt)
    else:
        done = interruptible.run(body, give_up)
    if done is not None:
        done["seconds"] = round(time.monotonic() - began, 3)
        done["bytes"] = sum(os.path.getsize(name) for name in names if os.path.isfile(name))
        done["unreadable"] = missing
    return done


def _packages(arguments: argparse.Namespace) -> None:
    try:
        import pyarrow

        if _queries(arguments):
            import duckdb  # noqa: F401
    except ImportError as error:
        raise WrongUse(f"Parquet, CSV and SQL need {error.name}: pip install 'naqi[files]'") from None
    # Arrow's own pool keeps tens of megabytes that nobody uses.
    pyarrow.set_memory_pool(pyarrow.system_memory_pool())


def _queries(arguments: argparse.Namespace) -> bool:
    return any(name.startswith(QUERY) for name in arguments.files)


def _possible(arguments: argparse.Namespace) -> None:
    if arguments.command == "report":
        if arguments.rejects:
            raise WrongUse("--rejects is for jobs that write a table; a report counts what it passes over")
        return
    output = arguments.output or ""
    if kind(output) is None:
        raise WrongUse("a table becomes a table: -o FILE.parquet, FILE.csv or FILE.csv.gz")
    if os.path.exists(output) and not os.path.isfile(output):
        raise WrongUse(f"{output} is no file; a table cannot take its place")
    if arguments.resume and _queries(arguments):
        raise WrongUse("--resume needs inputs that hold the same rows in the same order again: files, not a query")


def _names(arguments: argparse.Namespace) -> tuple[list[str], list[tuple[str, str]]]:
    """The tables that can be read; and what is wrong with the others."""
    names: list[str] = []
    missing: list[tuple[str, str]] = []
    for given in arguments.files or ["-"]:
        if given.startswith(QUERY):
            names.append(given)
            continue
        for name in files.matches(given):
            if name == "-":
                raise WrongUse("a table is not read from standard input: name a file")
            if kind(name) is None:
                raise WrongUse(
                    f"{name}: no table (.parquet, .csv, .csv.gz); DuckDB may read it: \"{QUERY}FROM '{name}'\""
                )
            try:
                open(name, "rb").close()
            except (OSError, ValueError) as error:
                missing.append((name, getattr(error, "strerror", None) or str(error)))
                continue
            names.append(name)
    written = [] if arguments.command == "report" else [arguments.output, files.rejects_of(arguments)]
    for name, other in itertools.product(names, written):
        if os.path.exists(name) and os.path.exists(other) and os.path.samefile(name, other):
            raise WrongUse(f"{other} is read and would be written; give -o another name")
    return names, missing


def _opened(arguments: argparse.Namespace, names: list[str], stop: Stop) -> list[Source]:
    """The tables, open; each has a column of texts."""
    import pyarrow

    sources: list[Source] = []
    for number, name in enumerate(names):
        stop.look()
        if name.startswith(QUERY):
            con = database.connect(arguments.threads)
            stop.connections.append(con)
            sql = name.removeprefix(QUERY).strip().rstrip(";")
            sources.append(database.Query(number, name, pyarrow, arguments.text, con, sql))
        elif kind(name) in CSV:
            sources.append(Csv(number, name, pyarrow, arguments.text, arguments.max_record))
        else:
            sources.append(Parquet(number, name, pyarrow, arguments.text))
        schema = sources[-1].schema
        if arguments.text not in schema.names:
            raise WrongUse(_no_column(name, arguments.text, "text", schema.names))
        if not is_text(pyarrow, schema.field(arguments.text).type):
            raise WrongUse(f"{name}: the column {arguments.text!r} (--text) holds no strings")
        for hint in HINTS:
            column = getattr(arguments, hint, None)
            if column is not None and column not in schema.names:
                raise WrongUse(_no_column(name, column, hint, schema.names))
    return sources


def _no_column(table: str, column: str, option: str, there: list[str]) -> str:
    near = difflib.get_close_matches(column, there, 1)
    guess = f" (did you mean {near[0]!r}?)" if near else ""
    return f"{table}: no column {column!r} (--{option}); there are {', '.join(map(repr, there)) or 'none'}{guess}"


def _work(
    arguments: argparse.Namespace,
    work: Any,
    sources: list[Source],
    stop: Stop,
    log: Callable[..., None] | None,
) -> dict[str, Any]:
    job = Job(arguments, work, sources, "parquet" if kind(arguments.output) == ".parquet" else "csv")
    parts = _naqi._Parts(
        arguments.output,
        job.rejects,
        job.identity(work),
        arguments.part,
        [(source.name, source.name if source.size else None) for source in sources],
        arguments.resume,
        files.bar(arguments, sum(source.size for source in sources)),
    )
    try:
        return job.run(parts, stop, log)
    except BaseException as error:
        stopped = stop.asked or isinstance(error, (KeyboardInterrupt, OSError))
        if _queries(arguments) or not stopped:
            parts.discard()
        raise
    finally:
        parts.hide()


def _pieces(sources: list[Source], stop: Stop) -> Iterator[Piece]:
    """The rows of all tables."""
    for number, source in enumerate(sources):
        for piece in source.pieces((number, 0, 0), 1 << 62, 0):
            stop.look()
            yield piece


def _learn(arguments: argparse.Namespace, sources: list[Source], stop: Stop) -> naqi.Templates:
    """What the sites repeat, by a first reading."""

    def rows() -> Iterator[tuple[str, str | None]]:
        for piece in _pieces(sources, stop):
            texts = piece.table[arguments.text].to_pylist()
            there = arguments.site in piece.table.schema.names
            sites = piece.table[arguments.site].to_pylist() if there else [None] * len(texts)
            yield from zip(texts, sites, strict=True)

    pages, sites = itertools.tee(rows())
    texts, of = (text for text, _ in pages), (site if isinstance(site, str) else None for _, site in sites)
    return naqi.Templates.learn(texts, site=of, threads=arguments.threads)


def _report(
    arguments: argparse.Namespace,
    work: Any,
    names: list[str],
    complain: Callable[[str, str], None],
    learnt: Callable[[naqi.Templates], Any] | None,
) -> dict[str, Any] | None:
    """Text and hints go through a file of JSONL: one way of counting."""
    asked = [arguments.text, *(getattr(arguments, hint) for hint in HINTS)]
    rejects: list[str] = []  # the first
    reasons: dict[str, dict[str, Any]] = {}
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:

        def body(stop: Stop) -> None:
            for piece in _pieces(_opened(arguments, names, stop), stop):
                rejects.extend(map(str, piece.rejects[: TOLD - len(rejects)]))
                if arguments.strict and rejects:
                    raise Rejected(rejects[0])
                for reject in piece.rejects:
                    told = {"count": 0, "reason": reject.kind + reject.detail, "first": reject.place}
                    reasons.setdefault(reject.kind, told)["count"] += 1
                columns = [name for name in dict.fromkeys(asked) if name in piece.table.schema.names]
                for row in piece.table.select(columns).to_pylist():
                    file.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")

        interruptible.run(body, lambda: os.remove(file.name))
        file.flush()
        inner = argparse.Namespace(**vars(arguments) | {"files": [file.name], "max_record": 1 << 40})
        done = files.run(inner, work, complain=complain, learnt=learnt)
    if done is not None:
        done["rejects"] = rejects
        done["reasons"] = sorted(reasons.values(), key=lambda told: -told["count"])
        count = sum(told["count"] for told in reasons.values())
        done["records"] += count
        done["rejected"] += count
    return done
