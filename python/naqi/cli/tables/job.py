"""A job on tables: piece by piece, by `naqi.engines.Mapper`, into the parts of a file."""

from __future__ import annotations

import argparse
import time
import warnings
from collections.abc import Callable
from dataclasses import astuple
from typing import Any

from naqi import _naqi
from naqi.cli import files
from naqi.cli.files import HINTS, WrongUse
from naqi.cli.tables import parquet, written
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
        self.encoded = written.as_arrow if kind == "parquet" else written.as_csv
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

    def identity(self, work: Any) -> str:
        """What tells the job from others, so that only the same one is resumed."""
        asked = {name: getattr(self.arguments, name, None) for name in ("text", "into", "drop_text", "max_record")}
        fields = self.mapper.fields and list(self.mapper.fields)
        schema = [(field.name, str(field.type)) for field in self.empty.schema]
        return files.identity(
            self.arguments, work, [*asked.values(), self.hints, fields, schema, self.arrow.__version__]
        )

    def run(self, parts: Any, stop: Stop, log: Callable[..., None] | None) -> dict[str, Any]:
        """Does it."""
        self.parts, self.log, self.told = parts, log, time.monotonic()
        if not parts.all:
            self._write(stop)
        else:
            parts.finish(START)
        done: dict[str, Any] = parts.told()
        return done | {"rejects_file": self.rejects if done["rejected"] else None, "of_records": True}

    def _write(self, stop: Stop) -> None:
        place, in_part, part = self.parts.place, 0, self.arguments.part
        if self.kind == "csv" and self.parts.counts[0] == 0:
            self.parts.write(written.lines([self.empty.schema.names]), [])
        for source in self.sources[place[0] :]:
            for piece in source.pieces(place, part, in_part):
                stop.look()
                self._add(piece)
                place, in_part = piece.end, in_part + piece.records
                if in_part == part:
                    self.parts.end_part(place)
                    in_part = 0
                self._tell(source)
            place = (place[0] + 1, 0, 0)
        if self.kind == "parquet":
            self.parts.end_part(place)
            stored, whole = self.parts.files
            rows, documents = parquet.join(stored, whole, self.empty.schema, stop), self.parts.counts[1]
            if rows != documents:
                raise RuntimeError(f"{documents} rows were put into parts and {rows} found there")
        stop.look()
        self.parts.finish(place)

    def _add(self, piece: Piece) -> None:
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
        self.parts.write(
            self.encoded(done) if len(table) else b"",
            [astuple(reject) for reject in piece.rejects],
            documents=len(table),
            html=html,
            hints=hints,
            renamed=dict.fromkeys(self.renamed, len(table)) if len(table) else {},
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


def _common_schema(sources: list[Source]) -> Any:
    first = sources[0]
    for source in sources:
        if not source.schema.equals(first.schema):
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
