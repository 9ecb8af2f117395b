"""What DuckDB reads by a query. Its calls block; `naqi.cli.tables.interruptible` lets Ctrl-C through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from naqi.cli.tables.pieces import Batched

BATCH = 2048  # rows: what DuckDB works in
SETTINGS = {
    "memory_limit": "'1GB'",
    "preserve_insertion_order": "true",
    "enable_progress_bar": "false",
    "disable_parquet_prefetching": "true",  # of the columns of a row group as a whole
    "streaming_buffer_size": "'1MB'",
}


def connect(threads: int | None) -> Any:
    """A database of its own, in memory."""
    import duckdb

    con = duckdb.connect()
    if threads:
        con.execute(f"SET threads = {threads}")
    for setting, value in SETTINGS.items():
        con.execute(f"SET {setting} = {value}")
    return con


class Query(Batched):
    """The rows of a query."""

    def __init__(self, number: int, name: str, arrow: Any, text: str, con: Any, sql: str) -> None:
        super().__init__(number, name, arrow, text)
        self.con, self.sql = con, f"FROM ({sql})"
        self.schema = self._reader(limit=0).schema.remove_metadata()

    def batches(self, skipped: int) -> Iterator[Any]:
        """See `Batched`."""
        yield from self._reader()

    def _reader(self, limit: int | None = None) -> Any:
        import duckdb

        try:
            relation = self.con.sql(self.sql)
            return _reader(relation if limit is None else relation.limit(limit))
        except duckdb.Error as error:
            raise RuntimeError(str(error)) from None


def _reader(relation: Any) -> Any:
    # The older name is deprecated, and the newer one not in DuckDB 1.
    read = relation.to_arrow_reader if hasattr(relation, "to_arrow_reader") else relation.fetch_record_batch
    return read(BATCH)
