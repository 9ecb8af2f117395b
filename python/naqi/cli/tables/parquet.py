"""Parquet files joined as they are: row groups of one file behind those of another, nothing packed anew.

A Parquet file is its row groups, a footer that says where in the file each column of each group lies, and the footer's
length. Read here is no more than the footer, which is Thrift in its compact form
(<https://parquet.apache.org/docs/file-format/metadata/>).
"""

from __future__ import annotations

from typing import Any

MAGIC = b"PAR1"
_TAIL = 8  # the footer's length, and MAGIC

# The kinds of values in Thrift's compact form, by their numbers there.
_TRUE, _FALSE, _BYTE, _DOUBLE, _BINARY, _LIST, _SET, _STRUCT = 1, 2, 3, 7, 8, 9, 10, 12
_NUMBERS = (4, 5, 6)

# Fields, by their numbers in the format's definition.
_ROWS, _GROUPS = 3, 4  # of the footer
_COLUMNS, _GROUP_OFFSET, _ORDINAL = 1, 5, 7  # of a row group
_META = 3  # of a column
_INDEXES = (4, 5, 6, 7)  # of a column: where its indexes of pages lie, which say places in the file themselves
_OFFSETS = (9, 10, 11, 14)  # of the column's metadata: its pages, its dictionary, its Bloom filter

_Struct = list[tuple[int, int, Any]]


def split(file: bytes) -> tuple[bytes, _Struct]:
    """The row groups of a file as they lie there, without MAGIC, and its footer."""
    size = int.from_bytes(file[-_TAIL:-4], "little")
    footer = len(file) - _TAIL - size
    if not (file.startswith(MAGIC) and file.endswith(MAGIC) and footer >= len(MAGIC)):
        raise ValueError("this is no Parquet file")
    return file[len(MAGIC) : footer], _Reader(file[footer:-_TAIL]).struct()


def rows(footer: _Struct) -> int:
    """How many rows the file has."""
    return sum(value for at, _, value in footer if at == _ROWS)


def groups(footer: _Struct, by: int) -> list[bytes]:
    """The footer's row groups as they stand in another footer, in whose file they lie `by` bytes further on."""
    moved = []
    for _, _, (_, found) in (field for field in footer if field[0] == _GROUPS):
        for group in found:
            fields = [(at, kind, value + by if at == _GROUP_OFFSET else value) for at, kind, value in group]
            moved.append(_encoded([_columns(field, by) for field in fields if field[0] != _ORDINAL]))
    return moved


def end(footer: _Struct, rows: int, moved: list[bytes]) -> bytes:
    """What stands behind the row groups: `footer` with these groups instead of its own, its length, MAGIC."""
    fields: _Struct = []
    for at, kind, value in footer:
        if at == _ROWS:
            fields.append((at, kind, rows))
        elif at == _GROUPS:
            fields.append((at, kind, (_STRUCT, moved)))
        else:
            fields.append((at, kind, value))
    written = _encoded(fields)
    return written + len(written).to_bytes(4, "little") + MAGIC


def _columns(field: tuple[int, int, Any], by: int) -> tuple[int, int, Any]:
    at, kind, value = field
    if at != _COLUMNS:
        return field
    of, columns = value
    return at, kind, (of, [[_column(part, by) for part in column if part[0] not in _INDEXES] for column in columns])


def _column(part: tuple[int, int, Any], by: int) -> tuple[int, int, Any]:
    at, kind, value = part
    if at == _META:
        value = [(to, number, place + by if to in _OFFSETS else place) for to, number, place in value]
    elif kind in _NUMBERS and value:  # where its metadata stand a second time; 0: nowhere
        value += by
    return at, kind, value


class _Reader:
    """Reads values one after another."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def byte(self) -> int:
        self.at += 1
        return self.data[self.at - 1]

    def bytes(self, count: int) -> bytes:
        self.at += count
        return self.data[self.at - count : self.at]

    def natural(self) -> int:
        number = shift = 0
        while True:
            byte = self.byte()
            number |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return number

    def integer(self) -> int:
        number = self.natural()
        return (number >> 1) ^ -(number & 1)

    def struct(self) -> _Struct:
        fields: _Struct = []
        at = 0
        while head := self.byte():
            at = at + (head >> 4) if head >> 4 else self.integer()
            kind = head & 0x0F
            fields.append((at, kind, kind == _TRUE if kind in (_TRUE, _FALSE) else self.value(kind)))
        return fields

    def value(self, kind: int) -> Any:
        if kind in (_TRUE, _FALSE, _BYTE):  # in a list each truth is a byte
            return self.byte()
        if kind in _NUMBERS:
            return self.integer()
        if kind == _DOUBLE:
            return self.bytes(8)
        if kind == _BINARY:
            return self.bytes(self.natural())
        if kind in (_LIST, _SET):
            head = self.byte()
            count = head >> 4
            count = self.natural() if count == 0x0F else count
            return head & 0x0F, [self.value(head & 0x0F) for _ in range(count)]
        if kind == _STRUCT:
            return self.struct()
        raise ValueError(f"a value of the unknown kind {kind} in the footer of a Parquet file")


def _encoded(fields: _Struct) -> bytes:
    out = bytearray()
    before = 0
    for at, kind, value in fields:
        if kind in (_TRUE, _FALSE):
            kind = _TRUE if value else _FALSE
        if 0 < at - before <= 0x0F:
            out.append((at - before) << 4 | kind)
        else:
            out.append(kind)
            out += _integer(at)
        if kind not in (_TRUE, _FALSE):
            out += _value(kind, value)
        before = at
    out.append(0)
    return bytes(out)


def _value(kind: int, value: Any) -> bytes:
    if kind in (_TRUE, _FALSE, _BYTE):
        return bytes([value])
    if kind in _NUMBERS:
        return _integer(value)
    if kind == _DOUBLE:
        return bytes(value)
    if kind == _BINARY:
        return _natural(len(value)) + bytes(value)
    if kind in (_LIST, _SET):
        of, items = value
        head = bytes([len(items) << 4 | of]) if len(items) < 0x0F else bytes([0xF0 | of]) + _natural(len(items))
        return head + b"".join(_value(of, item) for item in items)
    return value if isinstance(value, bytes) else _encoded(value)  # bytes: written before


def _integer(number: int) -> bytes:
    return _natural(number << 1 if number >= 0 else (-number << 1) - 1)


def _natural(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)
