"""Rows as the bytes in which a part of a table is kept: a stream of Arrow, or CSV."""

from __future__ import annotations

import contextlib
import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from naqi.cli.tables.pieces import is_text


def as_arrow(table: Any) -> bytes:
    """A stream of Arrow that can be read alone."""
    import pyarrow

    packed = pyarrow.ipc.IpcWriteOptions(compression="lz4", use_threads=False)
    sink = pyarrow.BufferOutputStream()
    with pyarrow.ipc.new_stream(sink, table.schema, options=packed) as stream:
        stream.write_table(table.combine_chunks())
    data: bytes = sink.getvalue().to_pybytes()
    return data


def as_csv(table: Any) -> bytes:
    """Rows of CSV."""
    return lines(zip(*map(_texts, table.columns), strict=True))


def lines(rows: Iterable[Sequence[str | None]]) -> bytes:
    """CSV, quoted where that is needed."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def _texts(column: Any) -> list[str | None]:
    """What stands in the fields of a column: of lists and structs JSON."""
    import pyarrow

    types = pyarrow.types
    if types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if types.is_primitive(column.type) or types.is_decimal(column.type) or is_text(pyarrow, column.type):
        with contextlib.suppress(pyarrow.ArrowNotImplementedError):  # of durations
            texts: list[str | None] = column.cast(pyarrow.string()).to_pylist()
            return texts
    return [None if value is None else _json(value) for value in column.to_pylist()]


def _json(value: object) -> str:
    if isinstance(value, (list, tuple, dict)):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_json)
    if isinstance(value, bytes):
        return value.hex()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
