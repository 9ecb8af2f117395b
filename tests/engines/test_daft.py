"""The mapper in Daft."""

import pytest

pytest.importorskip("daft", reason="daft is not installed: make test-engines")

import daft
import pyarrow as pa
from naqi.engines import mapper


def test_articles_are_those_of_naqi(pages, bodies):
    step = mapper(fields=["body", "source"], into="article", threads=1)
    kind = daft.DataType.from_arrow_type(step.schema(pages.schema).field("article").type)

    @daft.func.batch(return_dtype=kind)
    def extracted(text: daft.Series):
        return step(pa.table({"text": text.to_arrow()}))["article"].combine_chunks()

    table = daft.from_arrow(pages).into_partitions(4).with_column("article", extracted(daft.col("text")))
    done = table.select("id", daft.col("article")["body"].alias("body")).to_pydict()
    assert dict(zip(done["id"], done["body"], strict=True)) == bodies
