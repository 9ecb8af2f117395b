"""`naqi.engines.spark` on real Spark: two workers, four lives a task."""

import dataclasses
import os
import shutil
import signal
import sys

import naqi
import pytest

pytest.importorskip("pyspark", reason="pyspark is not installed: make test-engines")
if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
    pytest.skip("Spark needs Java", allow_module_level=True)

import pyarrow as pa
import pyarrow.parquet
from naqi.engines import mapper
from naqi.engines import spark as naqi_spark
from pyspark import cloudpickle
from pyspark.errors import PythonException
from pyspark.sql import SparkSession

cloudpickle.register_pickle_by_value(sys.modules[__name__])  # workers cannot import a test


@pytest.fixture(scope="module")
def spark():
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2,4]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", "50")
    session = builder.config("spark.sql.shuffle.partitions", "4").getOrCreate()
    session.sparkContext.setLogLevel("OFF")  # workers are killed here, at length
    yield session
    session.stop()


@pytest.fixture
def df(spark, pages):
    return spark.createDataFrame(pages).repartitionByRange(4, "id")


def test_articles_are_those_of_naqi(df, bodies):
    rows = naqi_spark.extract(df, fields=["body", "published_at", "boilerplate"]).collect()
    assert {row.id: row.body for row in rows} == bodies
    assert len(rows) == len(bodies)
    for row in rows:
        cuts = naqi.find_boilerplate(row.text) if row.text else []
        assert [tuple(cut) for cut in row.boilerplate or ()] == list(map(tuple, cuts))


def test_the_schema_is_derived_and_other_columns_keep_theirs(spark):
    types = "id BIGINT NOT NULL, price DECIMAL(10,2), at TIMESTAMP, text STRING, tags ARRAY<STRING>"
    df = spark.createDataFrame([], types)
    done = naqi_spark.extract(df, fields=["all"], into="article")
    assert done.schema.fields[:5] == df.schema.fields
    names = naqi.extract("").to_dict()
    assert done.schema["article"].dataType.names == list(names)
    assert done.schema["article"].dataType["published_at"].dataType.simpleString() == "timestamp"
    assert naqi_spark.normalize(df).schema == df.schema
    assert done.count() == 0


def test_time_of_day_survives(spark):
    page = "عنوان الخبر في المدينة\nنشر في: 2023-11-22 10:30 GMT\nوصل الوفد إلى المدينة مساء أمس الأربعاء."
    article = naqi.extract(page)
    df = spark.createDataFrame([(page,)], "text string")
    (row,) = naqi_spark.extract(df).selectExpr("unix_timestamp(published_at) AS at", "published").collect()
    assert row.at == (article.published_at and int(article.published_at.timestamp()))
    assert row.published == article.published


def test_texts_and_sentences(df, pages):
    texts = pages["text"].to_pylist()
    rows = naqi_spark.normalize(df, preset="search").orderBy("id").collect()
    assert [row.text for row in rows] == naqi.normalize(texts, "search")
    rows = naqi_spark.sentences(df, drop_text=True).orderBy("id").collect()
    assert [row.sentences for row in rows] == naqi.split_sentences(texts)


def test_what_cannot_work_is_told_before_a_row_is_read(spark, df):
    def poison(batches):
        raise RuntimeError("was run")
        yield

    poisoned = df.mapInArrow(poison, df.schema)
    with pytest.raises(ValueError, match="no column 'page'; there are 'id', 'text'"):
        naqi_spark.extract(poisoned, text="page")
    assert "body" in naqi_spark.extract(poisoned).columns


def test_columns_in_another_order_are_refused(df):
    step = naqi_spark._Task(mapper(fields=["body"]), mapper(fields=["source"]).schema(df.limit(0).toArrow().schema))
    done = df.mapInArrow(step, "id long, text string, site string, title string, source string")
    with pytest.raises(PythonException, match=r"columns .*'body'.* where .*'source'.* were announced"):
        done.collect()


@dataclasses.dataclass(frozen=True)
class DiesOnce:
    """An extractor whose process is killed as it comes to a text, the first time."""

    work: object
    text: str
    marker: str

    def _fields(self, texts, fields, **options):
        if self.text in texts.to_pylist():
            try:
                os.close(os.open(self.marker, os.O_CREAT | os.O_EXCL))
            except FileExistsError:
                pass
            else:
                os.kill(os.getpid(), signal.SIGKILL)
        return self.work._fields(texts, fields, **options)


@pytest.mark.skipif(os.name == "nt", reason="nothing is killed here")
def test_a_killed_worker_loses_nothing_and_doubles_nothing(df, pages, bodies, tmp_path):
    marker, out = tmp_path / "killed", tmp_path / "out"
    step = mapper(fields=["body"])
    # In the third batch of its partition: two were handed on already.
    dying = dataclasses.replace(step, work=DiesOnce(step.work, pages["text"][373 + 1].as_py(), str(marker)))
    naqi_spark.apply(df, dying).write.parquet(str(out))
    assert marker.exists()
    table = pyarrow.parquet.read_table(out)
    assert sorted(table["id"].to_pylist()) == list(range(1000))
    assert dict(zip(table["id"].to_pylist(), table["body"].to_pylist(), strict=True)) == bodies


def test_templates_learnt_in_pieces_are_those_learnt_at_once(df, pages):
    at_once = naqi.Templates.learn(pages["text"].to_pylist(), site=pages["site"].to_pylist())
    assert naqi_spark.learn(df, site="site").sites.keys() == at_once.sites.keys()
    assert naqi_spark.learn(df, site="site") == at_once
    assert naqi_spark.learn(df, partitions=1) == naqi.Templates.learn(pages["text"].to_pylist())
    cleaned = naqi_spark.extract(df, site="site", templates=at_once, fields=["body"])
    assert cleaned.where("id = 1").first().body == pages["text"][1].as_py().split("\n")[0]


@pytest.mark.skipif(not os.path.isdir("/proc/self/task"), reason="threads are counted in /proc")
def test_a_worker_works_with_one_thread(df):
    def count(batches):
        for _ in batches:
            before = len(os.listdir("/proc/self/task"))
            naqi.normalize(["الأخبارُ العاجـــلة " * 200] * 2000)
            yield pa.RecordBatch.from_pydict({"more": [len(os.listdir("/proc/self/task")) - before]})

    assert {row.more for row in df.mapInArrow(count, "more long").collect()} == {0}
