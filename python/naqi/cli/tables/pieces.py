"""Pieces: some rows of a table, cut so that a piece depends on the rows alone, whoever hands them out."""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

PIECE = 1 << 21  # bytes of strings that a piece has at most, but for its last row
ROW = 8  # bytes that a row is counted for beside its strings
TOLD = 10  # rejects that a summary shows

# Which input; bytes of it, or rows, before the place; line breaks of it before the place.
Place = tuple[int, int, int]


@dataclass
class Reject:
    """A record that is put aside, and why; `line` is a row where the table has no lines."""

    file: str
    line: int
    byte: int | None
    kind: str  # of the reason: what it has in common with others
    detail: str = ""

    @property
    def place(self) -> str:
        """Where it stands, for a person."""
        return f"{self.file}:{' row ' if self.byte is None else ''}{self.line}"

    def __str__(self) -> str:
        return f"{self.place}: {self.kind}{self.detail}"


@dataclass
class Piece:
    """Rows whose text is there, and the records between them that were put aside."""

    table: Any  # pyarrow.Table
    end: Place
    rejects: list[Reject] = field(default_factory=list)

    @property
    def records(self) -> int:
        """How many there are."""
        return len(self.table) + len(self.rejects)


class Source(Protocol):
    """A table that is read."""

    name: str
    size: int  # bytes, 0 where nobody knows

    @property
    def schema(self) -> Any:
        """Of its rows, a pyarrow.Schema."""

    def pieces(self, place: Place, part: int, in_part: int) -> Iterator[Piece]:
        """The rows behind a place; a piece ends where a part of so many records does, of which `in_part` are done."""

    def read(self) -> int:
        """About how many bytes of it were read."""


class Batched:
    """A source that hands out its rows in batches, however many."""

    def __init__(self, number: int, name: str, arrow: Any, text: str) -> None:
        self.number, self.name, self.arrow, self.text = number, name, arrow, text
        self.size = self.row = 0

    def batches(self, skipped: int) -> Iterator[Any]:
        """The rows behind the first `skipped`, as record batches."""
        raise NotImplementedError

    def pieces(self, place: Place, part: int, in_part: int) -> Iterator[Piece]:
        """See `Source`."""
        self.row = place[1]
        cut = Cut(part, in_part)
        batches: list[Any] = []
        for batch in self._read(self.row):
            start = 0
            for at, size in enumerate(_sizes(self.arrow, batch)):
                if cut.ends(size):
                    batches.append(batch.slice(start, at + 1 - start))
                    yield self._piece(batches)
                    batches, start = [], at + 1
            if start < batch.num_rows:
                batches.append(batch.slice(start))
        if batches:
            yield self._piece(batches)

    def read(self) -> int:
        """See `Source`."""
        return 0

    def _read(self, skipped: int) -> Iterator[Any]:
        try:
            yield from self.batches(skipped)
        except (OSError, self.arrow.ArrowException) as error:
            raise RuntimeError(f"{self.name}: {error}") from None

    def _piece(self, batches: list[Any]) -> Piece:
        """The rows whose text is there, and rejects for the others."""
        table = self.arrow.Table.from_batches(batches)
        first, self.row = self.row, self.row + len(table)
        piece = Piece(table.replace_schema_metadata(), (self.number, self.row, 0))
        column = table[self.text]
        if column.null_count:
            null = (row for row, null in enumerate(column.is_null().to_pylist()) if null)
            piece.rejects = [Reject(self.name, first + row + 1, None, null_text(self.text)) for row in null]
            piece.table = piece.table.filter(column.is_valid())
        return piece


class Cut:
    """Says where pieces end: at the row that fills one, and where a part of so many records ends."""

    def __init__(self, part: int, in_part: int) -> None:
        self.part, self.in_part, self.bytes = part, in_part, 0

    def ends(self, size: int) -> bool:
        """Whether a piece ends with this record, of so many bytes."""
        self.in_part += 1
        self.bytes += size + ROW
        if self.in_part == self.part:
            self.in_part = 0
        elif self.bytes < PIECE:
            return False
        self.bytes = 0
        return True


def is_text(arrow: Any, kind: Any) -> bool:
    """Whether a column of this type holds strings."""
    types = arrow.types
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def strings(arrow: Any, texts: Sequence[str]) -> Any:
    """An array of these strings, null for those that are empty.

    Made without `pyarrow.array` and `pyarrow.scalar`, which load pandas where it is there: 45 MB.
    """
    from pyarrow import compute

    data = [text.encode() for text in texts]
    ends = array("i", itertools.accumulate(map(len, data), initial=0))
    column = arrow.StringArray.from_buffers(len(data), arrow.py_buffer(ends), arrow.py_buffer(b"".join(data)))
    return compute.if_else(compute.binary_length(column).cast(arrow.bool_()), column, arrow.nulls(1, arrow.string())[0])


def empty(arrow: Any, schema: Any) -> Any:
    """A table of no rows. (As for `strings`: not by `Schema.empty_table`.)"""
    return arrow.Table.from_arrays([arrow.nulls(0, field.type) for field in schema], schema=schema)


def null_text(text: str) -> str:
    """Why a row without text is rejected."""
    return f'the field "{text}" is null, not a string'


def _sizes(arrow: Any, batch: Any) -> list[int]:
    """The bytes of strings in each row."""
    from pyarrow import compute

    kinds = (arrow.string(), arrow.large_string(), arrow.binary(), arrow.large_binary())
    columns = [compute.binary_length(column).to_pylist() for column in batch.columns if column.type in kinds]
    return [sum(filter(None, row)) for row in zip(*columns, strict=True)]
