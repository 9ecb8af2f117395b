"""Parquet files: read page by page, and written from the parts of a job when all of them are there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from naqi.cli.tables import pieces
from naqi.cli.tables.interruptible import Stop
from naqi.cli.tables.pieces import PIECE, Batched, Place

ROWS = 2048  # that are read at once, at most
BUFFER = 1 << 16  # bytes that are read at once of a column
GROUP = 1 << 24  # bytes of a row group that is written, at least
DICTIONARY = 1 << 16  # bytes of the values of a column that are written once each


class Parquet(Batched):
    """A file of Parquet."""

    def __init__(self, number: int, name: str, arrow: Any, text: str) -> None:
        from pyarrow import parquet

        super().__init__(number, name, arrow, text)
        self.size = os.path.getsize(name)
        try:
            self.file = parquet.ParquetFile(name, buffer_size=BUFFER, pre_buffer=False)
        except (OSError, arrow.ArrowException) as error:
            raise RuntimeError(f"{name}: {error}") from None
        self.schema = self.file.schema_arrow.remove_metadata()
        self.rows = self.file.metadata.num_rows

    def pieces(self, place: Place, part: int, in_part: int) -> Iterator[pieces.Piece]:
        """See `Source`."""
        yield from super().pieces(place, part, in_part)
        if self.row != self.rows:
            raise RuntimeError(f"{self.name}: {self.rows} rows were promised and {self.row} read")

    def read(self) -> int:
        """See `Source`."""
        return self.size * self.row // self.rows if self.rows else 0

    def batches(self, skipped: int) -> Iterator[Any]:
        """See `Batched`."""
        metadata = self.file.metadata
        for group in range(metadata.num_row_groups):
            of = metadata.row_group(group)
            if skipped >= of.num_rows > 0:
                skipped -= of.num_rows
                continue
            rows = max(1, min(ROWS, PIECE * of.num_rows // max(of.total_byte_size, 1)))
            for batch in self.file.iter_batches(rows, row_groups=[group], use_threads=False):
                yield batch.slice(skipped)
                skipped = max(0, skipped - batch.num_rows)


def join(parts: Path, target: Path, schema: Any, stop: Stop) -> int:
    """Writes the rows of `parts`, streams of Arrow one behind another, as one file; how many there are."""
    import pyarrow
    from pyarrow import parquet

    rows = held = 0
    batches: list[Any] = []
    with (
        open(target, "wb") as file,
        parquet.ParquetWriter(file, schema, compression="zstd", dictionary_pagesize_limit=DICTIONARY) as writer,
    ):
        for batch in _stored(pyarrow, parts):
            stop.look()
            rows += batch.num_rows
            held += batch.nbytes
            batches.append(batch)
            if held >= GROUP:
                writer.write_table(pyarrow.Table.from_batches(batches))
                batches, held = [], 0
        if batches:
            writer.write_table(pyarrow.Table.from_batches(batches))
        writer.close()
        file.flush()
        os.fsync(file.fileno())
    return rows


def _stored(arrow: Any, path: Path) -> Iterator[Any]:
    with open(path, "rb") as file:
        while file.peek(1):
            yield from arrow.ipc.open_stream(file)
