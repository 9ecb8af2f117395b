"""CSV read record by record, so that one that is broken is a reject with its place and costs no other.

Not by DuckDB, which counts records instead of lines and passes over the rest of a file behind a quotation mark that is
never closed. Every field is text, and stays as it stands: leading zeros, long numbers, dates. An empty one is null.
"""

from __future__ import annotations

import csv
import gzip
import itertools
import os
from collections.abc import Iterator
from typing import IO, Any

from naqi.cli.files import WrongUse
from naqi.cli.tables.pieces import Cut, Piece, Place, Reject, null_text, strings

DELIMITERS = ",;\t|"
GZIP = b"\x1f\x8b"
OPEN = "a quotation mark is never closed"
HEADER = 1 << 20  # bytes that a line of the names of the columns has at most

Reason = tuple[str, str]  # what it has in common with others, and what it has alone


class Csv:
    """A file of CSV: fields in double quotes where they need them (RFC 4180), parted by what parts the names."""

    def __init__(self, number: int, name: str, arrow: Any, text: str, longest: int) -> None:
        self.number, self.name, self.arrow, self.text, self.longest = number, name, arrow, text, longest
        self.size = os.path.getsize(name)
        with self._open() as file:
            lines = _Lines(file, HEADER)
            try:
                first = next(iter(lines), "").removeprefix("\ufeff")
                self.delimiter = max(DELIMITERS, key=_unquoted(first).count)
                header = csv.reader(itertools.chain([first], lines), delimiter=self.delimiter, strict=True)
                self.columns = _named(next(header, []))
                if any(map(_is_broken, self.columns)):
                    raise csv.Error("not valid UTF-8")
            except (csv.Error, _TooLong) as error:
                raise WrongUse(f"{name}: the names of its columns cannot be read: {error or 'too long'}") from None
            self.start = (number, lines.byte, lines.line)
        self.schema = arrow.schema([(column, arrow.string()) for column in self.columns])

    def pieces(self, place: Place, part: int, in_part: int) -> Iterator[Piece]:
        """See `Source`."""
        place = max(place, self.start)
        csv.field_size_limit(self.longest)
        with self._open() as file:
            file.seek(place[1])
            lines = _Lines(file, self.longest, *place[1:])
            rows: list[list[str]] = []
            rejects: list[Reject] = []
            cut = Cut(part, in_part)
            for row, reject in self._records(lines):
                if row is None:
                    rejects.append(reject)
                else:
                    rows.append(row)
                if cut.ends(lines.byte - place[1]):
                    yield self._piece(rows, rejects, lines)
                    rows, rejects = [], []
                place = (self.number, lines.byte, lines.line)
            if rows or rejects:
                yield self._piece(rows, rejects, lines)

    def read(self) -> int:
        """See `Source`."""
        return 0 if self.packed.closed else self.packed.tell()

    def _open(self) -> IO[bytes]:
        self.packed = open(self.name, "rb")  # noqa: SIM115  whoever asks closes it
        packed = self.packed.read(len(GZIP)) == GZIP
        self.packed.seek(0)
        return gzip.open(self.packed) if packed else self.packed  # type: ignore[return-value]

    def _records(self, lines: _Lines) -> Iterator[tuple[list[str] | None, Any]]:
        """Every record: its fields, or its reject."""
        reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
        text = self.columns.index(self.text) if self.text in self.columns else None
        while True:
            line, byte = lines.begin()
            try:
                row = next(reader)
                reason = self._wrong(row, text)
            except StopIteration:
                return
            except csv.Error as error:
                row, reason = [], _reason(str(error))
                if reason == (OPEN, ""):
                    lines.rewind()
                elif lines.line - line > 1:
                    reason = (reason[0], f"{reason[1]} (lines {line + 1} to {lines.line})")
            except _TooLong:
                row, reason = [], (f"longer than {self.longest} bytes", "; --max-record takes longer ones")
            yield (row, None) if reason is None else (None, Reject(self.name, line + 1, byte, *reason))

    def _wrong(self, row: list[str], text: int | None) -> Reason | None:
        """What is wrong with a record."""
        if not row:
            return "a blank line", ""
        if len(row) != len(self.columns):
            kind = f"{'more' if len(row) > len(self.columns) else 'fewer'} fields than the header has"
            return kind, f": {len(row)}, not {len(self.columns)}"
        if text is not None and not row[text]:
            return null_text(self.text), ""
        if any(not field.isascii() and _is_broken(field) for field in row):
            return "not valid UTF-8", "; convert it: iconv -f windows-1256 -t UTF-8"
        return None

    def _piece(self, rows: list[list[str]], rejects: list[Reject], lines: _Lines) -> Piece:
        columns = zip(*rows, strict=True) if rows else [()] * len(self.columns)
        table = self.arrow.Table.from_arrays([strings(self.arrow, column) for column in columns], schema=self.schema)
        return Piece(table, (self.number, lines.byte, lines.line), rejects)


class _TooLong(Exception):
    """A line that is not held."""


class _Lines:
    """The lines of a file for `csv`, and how far they have come. Bytes that are no UTF-8 become surrogates."""

    def __init__(self, file: IO[bytes], longest: int, byte: int = 0, line: int = 0) -> None:
        self.file, self.longest = file, longest
        self.byte, self.line = byte, line
        self.taken: list[bytes] = []
        self.back: list[bytes] = []  # to be read again, the last first

    def begin(self) -> tuple[int, int]:
        """Where the record begins whose lines come next: lines and bytes before it."""
        self.taken.clear()
        return self.line, self.byte

    def rewind(self) -> None:
        """Goes back behind the first line of the record."""
        for line in reversed(self.taken[1:]):
            self.back.append(line)
            self.byte -= len(line)
            self.line -= 1

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self.back.pop() if self.back else self.file.readline(self.longest + 1)
        if not line:
            raise StopIteration
        self.byte += len(line)
        self.line += 1
        if len(line) > self.longest:
            while line and not line.endswith(b"\n"):
                line = self.file.readline(1 << 16)
                self.byte += len(line)
            raise _TooLong
        self.taken.append(line)
        return line.decode("utf-8", "surrogateescape")


def _is_broken(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _unquoted(line: str) -> str:
    """What of a line stands outside of quotation marks."""
    return "".join(line.split('"')[::2])


def _named(row: list[str]) -> list[str]:
    """Names for all columns, each once."""
    names: list[str] = []
    for at, name in enumerate(row):
        base = name or f"column{at}"
        others = (f"{base}_{n}" for n in itertools.count(1))
        taken = {other.casefold() for other in names}
        names.append(next(one for one in itertools.chain([base], others) if one.casefold() not in taken))
    return names


def _reason(error: str) -> Reason:
    # A field beyond the limit that began on this line and did not end on it is one whose end is missing.
    if "field larger" in error or "unexpected end" in error:
        return OPEN, ""
    if "expected after" in error:
        return "a quotation mark stands inside a field", "; where one is meant it is doubled"
    return "not CSV", f": {error}"
