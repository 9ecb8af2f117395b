"""A job on tables: piece by piece, by `naqi.engines.Mapper`, into the parts of a file."""

from __future__ import annotations

import argparse
import base64
import os
import time
import warnings
from collections.abc import Callable
from dataclasses import astuple
from typing import Any

from naqi import _naqi
from naqi.cli import files
from naqi.cli.files import HINTS, WrongUse
from naqi.cli.tables import parquet
from naqi.cli.tables.database import Writer
from naqi.cli.tables.interruptible import Stop
from naqi.cli.tables.pieces import Piece, Place, Source, empty, is_text
from naqi.engines.tables import Mapper, Sentences, fields_of

SECOND = 1.0
COUNTS = ("records", "documents", "rejected")
START: Place = (0, 0, 0)


class Job:
    """One table made of others: their rows in order, naqi's columns behind theirs."""

    def __init__(self, arguments: argparse.Namespace, work: Any, sources: list[Source], kind: str) -> None:
        import pyarrow

        self.arrow, self.arguments, self.sources, self.kind = pyarrow, arguments, sources, kind
        self.output: str = arguments.output
        self.rejects = files.rejects_of(arguments)
        schema = _common_schema(sources)
        self.hints = _hints(arguments, schema, pyarrow)
        nests = arguments.into is not None and arguments.command == "sentences"
        try:
            self.mapper = Mapper(
                arguments.command,
                arguments.text,
                Sentences(work) if arguments.command == "sentences" else work,
                tuple(self.hints.items()),
                fields_of(arguments.fields) if arguments.command == "extract" else None,
                None if nests else arguments.into,
                arguments.drop_text,
                arguments.threads,
            )
            self.nested = arguments.into if nests else None
            self.empty = self._nest(self.mapper(empty(pyarrow, schema)), schema.names)
        except ValueError as error:
            raise WrongUse(str(error).replace("into=…", "--into NAME")) from None
        own = [name for name in self.empty.schema.names if name not in schema.names]
        self.renamed = [name.removeprefix("naqi_") for name in own if name.removeprefix("naqi_") in schema.names]

    def _nest(self, table: Any, before: list[str]) -> Any:
        """The new column in a struct of its own, where that is asked for."""
        if self.nested is None:
            return table
        if self.nested in before:
            raise WrongUse(f"there is a column {self.nested!r} already; put ours under another name: --into NAME")
        new = next(name for name in reversed(table.schema.names))
        column = self.arrow.StructArray.from_arrays([table[new].combine_chunks()], [new.removeprefix("naqi_")])
        return table.drop_columns([new]).append_column(self.nested, column)

    def identity(self, work: Any, duckdb: Any) -> str:
        """What tells the job from others, so that only the same one is resumed."""
        asked = {name: getattr(self.arguments, name, None) for name in ("text", "into", "drop_text", "max_record")}
        fields = self.mapper.fields and list(self.mapper.fields)
        schema = [(field.name, str(field.type)) for field in self.empty.schema]
        return files.identity(self.arguments, work, [*asked.values(), self.hints, fields, schema, duckdb.__version__])

    def run(self, parts: Any, con: Any, stop: Stop, log: Callable[..., None] | None) -> dict[str, Any]:
        """Does it."""
        self.parts, self.log, self.told = parts, log, time.monotonic()
        if not parts.all:
            write = Writer(con, self.kind, os.path.join(f"{os.path.realpath(self.output)}.partial", "piece"))
            self._write(_Joined(write, self.empty, parts, self.kind), stop)
        else:
            parts.finish(START)
        done: dict[str, Any] = parts.told()
        return done | {"rejects_file": self.rejects if done["rejected"] else None, "of_records": True}

    def _write(self, joined: _Joined, stop: Stop) -> None:
        place, in_part, part = self.parts.place, 0, self.arguments.part
        for source in self.sources[place[0] :]:
            for piece in source.pieces(place, part, in_part):
                stop.look()
                self._add(piece, joined)
                place, in_part = piece.end, in_part + piece.records
                if in_part == part:
                    self.parts.end_part(place)
                    in_part = 0
                self._tell(source)
            place = (place[0] + 1, 0, 0)
        joined.end(self.parts.counts[1])
        stop.look()
        self.parts.finish(place)

    def _add(self, piece: Piece, joined: _Joined) -> None:
        if self.arguments.strict and piece.rejects:
            raise Rejected(str(piece.rejects[0]))
        table = piece.table
        hints = [len(table) - table[self.hints[name]].null_count if name in self.hints else 0 for name in HINTS]
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            done = self._nest(self.mapper(table), table.schema.names)
        html = 0
        if caught:
            html = sum(map(_naqi._Parts.is_html, table[self.arguments.text].to_pylist()))
        renamed = dict.fromkeys(self.renamed, len(table)) if len(table) else {}
        joined.add(
            done,
            [astuple(reject) for reject in piece.rejects],
            documents=len(table),
            html=html,
            hints=hints,
            renamed=renamed,
        )

    def _tell(self, source: Source) -> None:
        """Says how far the job is."""
        size = sum(other.size for other in self.sources[: self.sources.index(source)]) + source.read()
        self.parts.show(size)
        if self.log and time.monotonic() - self.told >= SECOND:
            self.told = time.monotonic()
            self.log("progress", bytes=size, **dict(zip(COUNTS, self.parts.counts, strict=True)))


class Rejected(RuntimeError):
    """The first reject of a strict job."""


class _Joined:
    """Pieces one behind another in one file of a kind."""

    def __init__(self, write: Writer, empty: Any, parts: Any, kind: str) -> None:
        self.write, self.parts, self.kind = write, parts, kind
        begun = parts.counts[0] > 0
        head = write(empty, header=True)
        self.footer: Any = None
        self.groups: list[bytes] = []
        self.size = 0
        if kind == "parquet":
            _, self.footer = parquet.split(head)
            self.groups = [base64.b64decode(group) for group in parts.tails.split()]
            self.size = parts.size if begun else len(parquet.MAGIC)
            head = parquet.MAGIC
        if not begun:
            parts.write(head, [])

    def add(self, table: Any, rejects: list[Any], **counts: Any) -> None:
        """Adds rows, and what was rejected among them."""
        piece, tail = b"", ""
        if len(table):
            piece = self.write(table)
        if piece and self.kind == "parquet":
            piece, footer = parquet.split(piece)
            if parquet.rows(footer) != len(table):
                raise RuntimeError(f"{len(table)} rows were given to DuckDB and {parquet.rows(footer)} written")
            groups = parquet.groups(footer, self.size - len(parquet.MAGIC))
            self.groups += groups
            self.size += len(piece)
            tail = "".join(base64.b64encode(group).decode() + "\n" for group in groups)
        self.parts.write(piece, rejects, tail=tail, **counts)

    def end(self, rows: int) -> None:
        """Writes what stands behind the last row."""
        if self.kind == "parquet":
            self.parts.write(parquet.end(self.footer, rows, self.groups), [])


def _common_schema(sources: list[Source]) -> Any:
    first = sources[0]
    for source in sources:
        if not source.schema.equals(first.schema, check_metadata=True):
            raise WrongUse(
                f"{source.name}: its columns are not those of {first.name}; "
                'bring them together: "duckdb:FROM read_parquet([…], union_by_name = true)"'
            )
    return first.schema


def _hints(arguments: argparse.Namespace, schema: Any, arrow: Any) -> dict[str, str]:
    """The columns that hold hints; those of something else than strings hold none."""
    asked = {hint: getattr(arguments, hint, None) for hint in HINTS}
    return {
        hint: column
        for hint, column in asked.items()
        if column is not None and column in schema.names and is_text(arrow, schema.field(column).type)
    }
