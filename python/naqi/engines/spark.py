r"""The jobs on a DataFrame of Spark (4.0 or newer), by `mapInArrow`.

>>> from naqi.engines import spark  # doctest: +SKIP
>>> articles = spark.extract(df, text="page", site="url")  # doctest: +SKIP

Lazy as everything of Spark. A task whose worker dies is run again by Spark, from the same rows to the same results.
Each task works with one thread, unless `spark.task.cpus` gives it more: Spark tells its workers by `OMP_NUM_THREADS`.
"""

from __future__ import annotations

import itertools
import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import naqi
from naqi.engines.tables import Mapper, mapper

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

__all__ = ["apply", "extract", "learn", "normalize", "sentences"]


def extract(df: DataFrame, text: str = "text", **options: Any) -> DataFrame:
    """Adds the fields of the article to each row; `options` are those of `naqi.engines.mapper`."""
    return apply(df, mapper("extract", text, **options))


def normalize(df: DataFrame, text: str = "text", **options: Any) -> DataFrame:
    """Replaces each text by its normal form; `options` are those of `naqi.engines.mapper`."""
    return apply(df, mapper("normalize", text, **options))


def sentences(df: DataFrame, text: str = "text", **options: Any) -> DataFrame:
    """Adds each text's sentences as a list; `options` are those of `naqi.engines.mapper`."""
    return apply(df, mapper("sentences", text, **options))


def apply(df: DataFrame, mapper: Mapper) -> DataFrame:
    """The DataFrame with the results of a mapper; its schema is derived from that of `df`.

    Raises:
        ValueError: a column that the mapper names is missing. No job is run to find out.
    """
    from pyspark.sql.types import StructField, StructType

    result = mapper.schema(df.limit(0).toArrow().schema)
    # Spark's own reading of the types, there and back: it has no seconds, and may want large strings.
    made = df.sparkSession.createDataFrame(result.empty_table())
    before = {field.name: field for field in df.schema.fields}
    fields = [
        StructField(new.name, old.dataType, old.nullable, old.metadata) if (old := before.get(new.name)) else new
        for new in made.schema.fields
    ]
    return df.mapInArrow(_Task(mapper, made.limit(0).toArrow().schema), StructType(fields))


def learn(df: DataFrame, text: str = "text", *, site: str | None = None, partitions: int = 16) -> naqi.Templates:
    """What the pages of each site repeat, learnt where they lie and merged.

    Args:
        df: the pages.
        text: the column that holds them.
        site: the column that says where a page is from; None where all are of one site.
        partitions: the tasks that merge what was learnt, before the last merge in the driver.
    """
    from pyspark.sql.functions import col, lit

    pages = df.select(col(text), lit(None).cast("string").alias("site") if site is None else col(site))
    learnt = pages.mapInArrow(_learn, "templates binary")
    rows = learnt.repartition(partitions).mapInArrow(_merge, "templates binary").collect()
    return naqi.Templates().merge(*(pickle.loads(row.templates) for row in rows))


@dataclass(frozen=True)
class _Task:
    """What a worker runs."""

    mapper: Mapper
    schema: pyarrow.Schema

    def __call__(self, batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        for batch in self.mapper.batches(batches):
            # Spark takes columns by their place, whatever they are called.
            if batch.schema.names != self.schema.names:
                raise AssertionError(f"columns {batch.schema.names} where {self.schema.names} were announced")
            yield batch.cast(self.schema)


def _learn(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
    rows = (row for batch in batches for row in zip(*(column.to_pylist() for column in batch.columns), strict=True))
    pages, sites = itertools.tee(rows)
    yield _row(naqi.Templates.learn((text for text, _ in pages), site=(site for _, site in sites)))


def _merge(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
    yield _row(
        naqi.Templates().merge(*(pickle.loads(part) for batch in batches for part in batch.column(0).to_pylist()))
    )


def _row(templates: naqi.Templates) -> pyarrow.RecordBatch:
    import pyarrow

    return pyarrow.RecordBatch.from_pydict({"templates": [pickle.dumps(templates)]})
