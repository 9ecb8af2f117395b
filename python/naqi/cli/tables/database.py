"""What DuckDB reads and writes. Its calls block; `naqi.cli.tables.interruptible` lets Ctrl-C through."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from typing import Any

from naqi.cli.tables.pieces import Cut, Piece, Place, Reject, null_text, without_null

MEMORY = "1GB"  # of each database
BATCH = 2048  # rows: what DuckDB works in
COPY = {
    # A piece is one row group.
    "parquet": "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 1048576",
    "csv": "FORMAT csv, HEADER {header}, COMPRESSION none",
}


SETTINGS = {
    "memory_limit": f"'{MEMORY}'",
    "preserve_insertion_order": "true",
    "arrow_lossless_conversion": "true",  # hugeint, uuid and the like come back as they were
    "enable_progress_bar": "false",
    "disable_parquet_prefetching": "true",  # of the columns of a row group as a whole
    "streaming_buffer_size": "'1MB'",
}


def connect(duckdb: Any, threads: int | None) -> Any:
    """A database of its own, in memory."""
    con = duckdb.connect()
    if threads:
        con.execute(f"SET threads = {threads}")
    return _set(con)


def cursor(con: Any) -> Any:
    """A further connection to the same database."""
    return _set(con.cursor())


def _set(con: Any) -> Any:
    for setting, value in SETTINGS.items():  # some hold for one connection alone
        con.execute(f"SET {setting} = {value}")
    return con


def quoted(text: str) -> str:
    """A string of SQL."""
    return "'" + text.replace("'", "''") + "'"


def literal(path: str) -> str:
    """A string of SQL for this very file, whatever signs of patterns its name has."""
    return quoted(re.sub(r"[*?\[]", r"[\g<0>]", path))


def name(column: str) -> str:
    """A name of SQL."""
    return '"' + column.replace('"', '""') + '"'


class Table:
    """A table that DuckDB reads: a file, or a query."""

    def __init__(self, number: int, name: str, con: Any, sql: str, arrow: Any, text: str) -> None:
        self.number, self.name, self.con, self.sql, self.arrow, self.text = number, name, con, sql, arrow, text
        self.size = os.path.getsize(name) if os.path.isfile(name) else 0
        self.rows = self.row = 0
        relation = con.sql(f"FROM {sql}")
        self.schema = _reader(relation.limit(0)).schema

    def pieces(self, place: Place, part: int, in_part: int) -> Iterator[Piece]:
        """See `Source`."""
        self.row = place[1]
        if self.size:  # a file
            ((self.rows,),) = self.con.execute(f"SELECT count(*) FROM {self.sql}").fetchall()
        cut = Cut(part, in_part)
        batches: list[Any] = []
        for batch in self._batches(skipped=self.row):
            start = 0
            for at, size in enumerate(_sizes(batch)):
                if cut.ends(size):
                    batches.append(batch.slice(start, at + 1 - start))
                    yield self._piece(batches)
                    batches, start = [], at + 1
            if start < batch.num_rows:
                batches.append(batch.slice(start))
        if batches:
            yield self._piece(batches)
        if self.size and self.row != self.rows:
            raise RuntimeError(f"{self.name}: {self.rows} rows were promised and {self.row} read")

    def read(self) -> int:
        """See `Source`."""
        return self.size * self.row // self.rows if self.rows else 0

    def _batches(self, skipped: int) -> Iterator[Any]:
        # Not by OFFSET, for which DuckDB holds all rows.
        reader = _reader(self.con.sql(f"FROM {self.sql}"))
        while True:
            try:
                batch = reader.read_next_batch()
            except StopIteration:
                return
            except (OSError, self.arrow.ArrowException) as error:  # what DuckDB says, told by Arrow
                raise RuntimeError(f"{self.name}: {error}") from None
            if skipped < batch.num_rows:
                yield batch.slice(skipped)
            skipped = max(0, skipped - batch.num_rows)

    def _piece(self, batches: list[Any]) -> Piece:
        table = self.arrow.Table.from_batches(batches)
        first, self.row = self.row, self.row + len(table)
        piece = Piece(table, (self.number, self.row, 0))
        return without_null(
            piece, self.text, lambda row: Reject(self.name, first + row + 1, None, null_text(self.text))
        )


def _reader(relation: Any) -> Any:
    # The older name is deprecated, and the newer one not in DuckDB 1.
    read = relation.to_arrow_reader if hasattr(relation, "to_arrow_reader") else relation.fetch_record_batch
    return read(BATCH)


def _sizes(batch: Any) -> list[int]:
    """The bytes of strings in each row."""
    import pyarrow
    from pyarrow import compute

    kinds = (pyarrow.string(), pyarrow.large_string(), pyarrow.binary(), pyarrow.large_binary())
    columns = [compute.binary_length(column).to_pylist() for column in batch.columns if column.type in kinds]
    return [sum(filter(None, row)) for row in zip(*columns, strict=True)]


class Writer:
    """Pieces as bytes of a file of a kind, made by DuckDB."""

    def __init__(self, con: Any, kind: str, beside: str) -> None:
        self.con, self.kind, self.beside = con, kind, beside  # `beside`: a file that is free for this

    def __call__(self, table: Any, *, header: bool = False) -> bytes:
        """The file that holds these rows alone."""
        import duckdb
        import pyarrow

        columns = "*"
        nested = [name(field.name) for field in table.schema if pyarrow.types.is_nested(field.type)]
        if self.kind == "csv" and nested:
            columns = f"* REPLACE ({', '.join(f'to_json({column})::VARCHAR AS {column}' for column in nested)})"
        self.con.register("naqi_rows", table.to_reader())
        try:
            target = f"{quoted(self.beside)} ({COPY[self.kind].format(header=str(header).lower())})"
            self.con.execute(f"COPY (SELECT {columns} FROM naqi_rows) TO {target}")
            with open(self.beside, "rb") as file:
                return file.read()
        except duckdb.IOException as error:
            number = re.search(r'"errno":"([0-9]+)"', str(error))
            said = os.strerror(int(number[1])) if number else str(error).splitlines()[0]
            raise OSError(None, said, self.beside) from None
        finally:
            self.con.unregister("naqi_rows")
            with contextlib.suppress(OSError):
                os.remove(self.beside)
