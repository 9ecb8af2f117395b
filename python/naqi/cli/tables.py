"""Jobs on tables: Parquet, CSV and whatever else DuckDB reads, by the extra `naqi[files]`.

Two databases, each with a bound on its memory: one reads batches as Arrow, naqi adds its columns, the other writes.
Use JSONL (`naqi.cli.files`) for jobs that are to be resumed; it needs no package.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, Self

import naqi
from naqi.cli import files
from naqi.cli.files import HINTS, WrongUse
from naqi.engines.tables import LEFT_OUT

QUERY = "duckdb:"
READERS = {
    ".parquet": "read_parquet({0})",
    # As text, and so as it stands: leading zeros, long numbers, dates.
    ".csv": "read_csv({0}, header = true, all_varchar = true)",
    ".csv.gz": "read_csv({0}, header = true, all_varchar = true, compression = 'gzip')",
}
WRITERS = {
    ".parquet": "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 10240",
    ".csv": "FORMAT csv, HEADER true, COMPRESSION none",
    ".csv.gz": "FORMAT csv, HEADER true, COMPRESSION gzip",
}
MEMORY = "1GB"  # of each of the two
BATCH = 2048  # rows: what DuckDB works in
TOLD = 10  # rejects that the summary could show


def kind(name: str) -> str | None:
    """The ending of a table's name, or None for what is no table."""
    return next((ending for ending in (".csv.gz", ".csv", ".parquet") if name.lower().endswith(ending)), None)


def is_job(arguments: argparse.Namespace) -> bool:
    """Whether an input is a table or a query, or the output a table."""
    named = arguments.files or ()
    return any(kind(name) or name.startswith(QUERY) for name in named) or bool(kind(arguments.output or ""))


def run(arguments: argparse.Namespace, work: Any, *, complain: Callable[[str, str], None]) -> dict[str, Any] | None:
    """As `files.run`, for tables. Raises `WrongUse`, and `OSError` and `RuntimeError` where the job was stopped."""
    duckdb = _packages()
    _possible(arguments)
    sources, missing = _sources(arguments)
    for name, message in missing:
        complain(name, message)
    if not sources:
        return None
    began = time.monotonic()
    try:
        if arguments.command == "report":
            done = _report(duckdb, arguments, work, sources, complain)
        else:
            with _CtrlC() as pressed:
                done = _Job(duckdb, arguments, work, sources, pressed).run()
    except duckdb.Error as error:
        raise RuntimeError(str(error)) from None
    if done is not None:
        done["seconds"] = round(time.monotonic() - began, 3)
        done["bytes"] = sum(os.path.getsize(name) for name, _ in sources if os.path.isfile(name))
        done["unreadable"] = missing
    return done


class _CtrlC:
    """Ctrl-C while DuckDB works, which would tell it in several ways or lose it: queries end, then it is raised."""

    def __init__(self) -> None:
        self.pressed = False
        self.reading: list[Any] = []
        self.before: Any = None

    def __enter__(self) -> Self:
        # Whoever runs us on another thread, ignores the signal or answers it otherwise keeps doing so.
        if threading.current_thread() is threading.main_thread():
            self.before = signal.getsignal(signal.SIGINT)
            if self.before is signal.default_int_handler:
                signal.signal(signal.SIGINT, self._note)
        return self

    def _note(self, _signal: int, _frame: object) -> None:
        self.pressed = True
        for connection in self.reading:
            connection.interrupt()

    def look(self) -> None:
        """Raises it where it was pressed."""
        if self.pressed:
            raise KeyboardInterrupt

    def __exit__(self, *_: object) -> None:
        if self.before is signal.default_int_handler:
            signal.signal(signal.SIGINT, self.before)
        self.look()


def _packages() -> Any:
    try:
        import duckdb
        import pyarrow  # noqa: F401  DuckDB hands out its batches through it
    except ImportError as error:
        raise WrongUse(f"Parquet, CSV and SQL need {error.name}: pip install 'naqi[files]'") from None
    return duckdb


def _possible(arguments: argparse.Namespace) -> None:
    if getattr(arguments, "templates", None) == "learn":
        raise WrongUse("--templates learn reads JSONL and text; learn there, and give the file: --templates FILE")
    if arguments.command == "report":
        if arguments.rejects:
            raise WrongUse("--rejects is for jobs that write a table; a report counts what it passes over")
        return
    if arguments.resume:
        raise WrongUse("--resume is for JSONL: a table is written in one piece")
    if kind(arguments.output or "") is None:
        raise WrongUse("a table becomes a table: -o FILE.parquet, FILE.csv or FILE.csv.gz")


def _sources(arguments: argparse.Namespace) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Every table by its name and what SQL reads it with; and what is wrong with those that cannot be read."""
    sources: list[tuple[str, str]] = []
    missing: list[tuple[str, str]] = []
    for given in arguments.files or ["-"]:
        if given.startswith(QUERY):
            sources.append((given, f"({given.removeprefix(QUERY).strip().rstrip(';')})"))
            continue
        for name in files.matches(given):
            ending = kind(name)
            if ending is None:
                raise WrongUse(
                    f"{name}: no table (.parquet, .csv, .csv.gz); DuckDB may read it: \"{QUERY}FROM '{name}'\""
                )
            try:
                open(name, "rb").close()
            except (OSError, ValueError) as error:
                missing.append((name, getattr(error, "strerror", None) or str(error)))
                continue
            sources.append((name, READERS[ending].format(_quoted(name))))
    return sources, missing


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _connect(duckdb: Any, arguments: argparse.Namespace) -> Any:
    con = duckdb.connect()
    con.execute(f"SET memory_limit = '{MEMORY}'")
    con.execute("SET preserve_insertion_order = true")
    con.execute("SET arrow_lossless_conversion = true")  # hugeint, uuid and the like come back as they were
    con.execute("SET enable_progress_bar = false")
    if arguments.threads:
        con.execute(f"SET threads = {arguments.threads}")
    return con


def _report(
    duckdb: Any, arguments: argparse.Namespace, work: Any, sources: list[tuple[str, str]], complain: Any
) -> dict[str, Any] | None:
    """Text and hints go through a file of JSONL: one way of counting."""
    with tempfile.TemporaryDirectory() as folder:
        paths = _unpacked(duckdb, arguments, sources, folder)
        inner = argparse.Namespace(**{**vars(arguments), "files": paths})
        done = files.run(inner, work, complain=complain)
        if done is not None:  # a line of such a file is a row of the table
            names = {path: name for path, (name, _) in zip(paths, sources, strict=True)}
            done["rejects"] = [(names[path], row, 0, reason) for path, row, _, reason in done["rejects"]]
        return done


def _unpacked(duckdb: Any, arguments: argparse.Namespace, sources: list[tuple[str, str]], folder: str) -> list[str]:
    """The texts and hints of each table, as a file of JSONL."""
    paths = []
    with _CtrlC() as pressed, _connect(duckdb, arguments) as con:
        pressed.reading.append(con)
        for number, (name, reader) in enumerate(sources):
            there = con.sql(f"FROM {reader}").columns
            if arguments.text not in there:
                raise WrongUse(_no_column(name, arguments.text, there))
            asked = [arguments.text, *(getattr(arguments, hint) for hint in HINTS)]
            columns = ", ".join(f'"{c.replace(chr(34), chr(34) * 2)}"' for c in dict.fromkeys(asked) if c in there)
            paths.append(os.path.join(folder, f"{number}.jsonl"))
            con.execute(f"COPY (SELECT {columns} FROM {reader}) TO {_quoted(paths[-1])} (FORMAT json)")
            pressed.look()
    return paths


def _no_column(name: str, column: str, there: list[str]) -> str:
    return f"{name}: no column {column!r} (--text); there are {', '.join(map(repr, there))}"


class _Job:
    """One table made of others: their rows in order, naqi's columns behind theirs."""

    def __init__(
        self,
        duckdb: Any,
        arguments: argparse.Namespace,
        work: Any,
        sources: list[tuple[str, str]],
        pressed: _CtrlC,
    ) -> None:
        import pyarrow

        self.duckdb, self.arrow = duckdb, pyarrow
        self.arguments, self.work, self.sources = arguments, work, sources
        self.pressed = pressed
        self.output: str = arguments.output
        self.beside = f"{self.output}.partial"
        self.rejects = arguments.rejects or f"{self.output}.rejects.jsonl"
        for name, _ in sources:
            for written in (self.output, self.rejects):
                if os.path.exists(name) and os.path.exists(written) and os.path.samefile(name, written):
                    raise WrongUse(f"{written} is read and would be written; give -o another name")
        self.records = self.documents = self.rejected = 0
        self.first: list[tuple[str, int, int, str]] = []
        self.renamed: dict[str, int] = {}
        self.hints = [False] * len(HINTS)
        self.error: BaseException | None = None

    def run(self) -> dict[str, Any]:
        noted = f"{self.rejects}.partial"
        try:
            with open(noted, "w", encoding="utf-8") as self.notes, _connect(self.duckdb, self.arguments) as reads:
                cursors = [reads.cursor() for _ in self.sources]
                self.pressed.reading += cursors
                opened = [
                    (name, cursor.sql(f"FROM {reader}"))
                    for cursor, (name, reader) in zip(cursors, self.sources, strict=True)
                ]
                self._check(opened)
                self._write(opened)
            self.pressed.look()
            if self.records != self.documents + self.rejected:
                raise RuntimeError(f"{self.records} rows in, but {self.documents} out and {self.rejected} rejected")
            if self.rejected:
                os.replace(noted, self.rejects)
            else:
                with contextlib.suppress(FileNotFoundError):
                    os.remove(self.rejects)
            os.replace(self.beside, self.output)
        finally:
            for left in (noted, self.beside):
                with contextlib.suppress(OSError):
                    os.remove(left)
        return {
            "records": self.records,
            "documents": self.documents,
            "rejected": self.rejected,
            "rejects": self.first,
            "rejects_file": self.rejects if self.rejected else None,
            "resumed": 0,
            "html": 0,
            "renamed": self.renamed,
            "hints": self.hints,
            "of_records": True,
        }

    def _check(self, opened: list[tuple[str, Any]]) -> None:
        first, table = opened[0]
        for name, other in opened:
            if self.arguments.text not in other.columns:
                raise WrongUse(_no_column(name, self.arguments.text, other.columns))
            if (other.columns, other.types) != (table.columns, table.types):
                raise WrongUse(
                    f"{name}: its columns are not those of {first}; "
                    f'bring them together: "{QUERY}FROM read_parquet([…], union_by_name = true)"'
                )
        if str(table.types[table.columns.index(self.arguments.text)]) != "VARCHAR":
            raise WrongUse(f"{first}: the column {self.arguments.text!r} holds no strings")

    def _write(self, opened: list[tuple[str, Any]]) -> None:
        batches = self._batches(opened)
        head = next(batches)  # of no rows: it says what the columns are
        reader = self.arrow.RecordBatchReader.from_batches(head.schema, batches)
        columns = "*"
        ending = kind(self.output) or ""
        nested = [f.name for f in head.schema if self.arrow.types.is_nested(f.type)]
        if ending != ".parquet" and nested:
            quoted = ['"' + name.replace('"', '""') + '"' for name in nested]
            columns = f"* REPLACE ({', '.join(f'to_json({name})::VARCHAR AS {name}' for name in quoted)})"
        with _connect(self.duckdb, self.arguments) as writes:
            writes.register("naqi_rows", reader)
            try:
                writes.execute(f"COPY (SELECT {columns} FROM naqi_rows) TO {_quoted(self.beside)} ({WRITERS[ending]})")
            except Exception:
                if self.error is not None:  # ours, told by DuckDB as its own
                    raise self.error from None
                raise

    def _batches(self, opened: list[tuple[str, Any]]) -> Iterator[Any]:
        """The rows of the new table, after a batch of none; what goes wrong on the way is kept as it was."""
        try:
            schema = opened[0][1].limit(0).fetch_record_batch(BATCH).schema
            yield self._worked(opened[0][0], 0, [], schema)
            for name, table in opened:
                row = 0
                for batch in self._read(name, table):
                    self.pressed.look()
                    yield self._worked(name, row, [batch], batch.schema)
                    row += batch.num_rows
        except (Exception, KeyboardInterrupt) as error:
            self.error = error
            raise

    def _read(self, name: str, table: Any) -> Iterator[Any]:
        reader = table.fetch_record_batch(BATCH)
        while True:
            try:
                batch = reader.read_next_batch()
            except StopIteration:
                return
            except (OSError, self.arrow.ArrowException) as error:  # what DuckDB says, told by Arrow
                raise RuntimeError(f"{name}: {error}") from None
            yield batch

    def _worked(self, name: str, before: int, batches: Any, schema: Any) -> Any:
        """A batch without its rejects, with the new columns."""
        arguments, table = self.arguments, self.arrow.Table.from_batches(batches, schema)
        self.records += table.num_rows
        if (text := table[arguments.text]).null_count:
            missing = text.is_null()
            for at, is_missing in enumerate(missing.to_pylist()):
                if is_missing:
                    self._reject(name, before + at + 1)
            table = table.filter(text.is_valid())
        self.documents += table.num_rows
        new = self._new(table)
        if arguments.command == "normalize":
            at = table.column_names.index(arguments.text)
            table = table.set_column(at, arguments.text, new[arguments.text])
        else:
            if arguments.into:
                arrays = [column.combine_chunks() for column in new.values()]
                new = {arguments.into: self.arrow.StructArray.from_arrays(arrays, list(new))}
            for field, column in new.items():
                table = table.append_column(self._free(field, table), column)
        if arguments.drop_text:
            table = table.drop_columns([arguments.text])
        (batch,) = table.combine_chunks().to_batches() or [self.arrow.RecordBatch.from_pylist([], table.schema)]
        return batch

    def _new(self, table: Any) -> dict[str, Any]:
        arguments, text = self.arguments, table[self.arguments.text]
        threads = {"threads": arguments.threads}
        if arguments.command == "normalize":
            return {arguments.text: self.work(text, **threads)}
        if arguments.command == "sentences":
            return {"sentences": naqi.split_sentences(text, newlines=self.work, **threads)}
        hints = {}
        for at, hint in enumerate(HINTS):
            column = getattr(arguments, hint)
            if column in table.column_names and self.arrow.types.is_string(table.schema.field(column).type):
                hints[hint] = table[column]
                self.hints[at] |= hints[hint].null_count < len(table)
        articles = self.work(text, **hints, **threads).combine_chunks()
        there = [field.name for field in articles.type]
        asked = arguments.fields or [field for field in there if field not in LEFT_OUT]
        asked = there if "all" in asked else asked
        if unknown := [field for field in asked if field not in there]:
            raise WrongUse(f"unknown field {unknown[0]!r}; expected all or some of {', '.join(there)}")
        return {field: self.arrow.chunked_array([articles.field(field)]) for field in asked}

    def _free(self, field: str, table: Any) -> str:
        """What a new column is called: never as one that is there."""
        if field not in table.column_names:
            return field
        own = f"naqi_{field}"
        if field == self.arguments.into or own in table.column_names:
            raise WrongUse(f"there is a column {field!r} already; put ours under another name: --into NAME")
        self.renamed[field] = self.renamed.get(field, 0) + table.num_rows
        return own

    def _reject(self, name: str, row: int) -> None:
        reason = f"the field {self.arguments.text!r} is null, not a string".replace("'", '"')
        if self.arguments.strict:
            raise RuntimeError(f"{name}: row {row}: {reason}")
        self.rejected += 1
        if len(self.first) < TOLD:
            self.first.append((name, row, 0, reason))
        self.notes.write(json.dumps({"file": name, "row": row, "reason": reason}, ensure_ascii=False) + "\n")
