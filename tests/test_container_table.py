"""The table of containers in the contract (what is taken, what comes back, what is missing), cell by cell.

Each container is made of the same texts, also of none and of nothing but missing ones; it is worked by a job that gives
texts and by jobs that give lists and structs; hints come in the same container.
"""

import collections
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import naqi
import pytest
from columns import PAGE, TEXTS, expected, missing

arro3 = pytest.importorskip("arro3.core")
nanoarrow = pytest.importorskip("nanoarrow")
pa = pytest.importorskip("pyarrow")
pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")

JOBS = {"text": naqi.normalize, "lists": naqi.split_sentences, "structs": naqi.extract}
ROWS = {"texts": TEXTS, "none": [], "missing": [None, None]}


class Stream:
    def __init__(self, array: Any) -> None:
        self.array = array

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self.array.__arrow_c_stream__(requested_schema)


class Array:
    def __init__(self, array: Any) -> None:
        self.array = array

    def __arrow_c_array__(self, requested_schema: Any = None) -> Any:
        return self.array.__arrow_c_array__(requested_schema)


@dataclass
class Container:
    """How a container is made of texts, and how what came back is one of its kind."""

    make: Callable[[list], Any]
    alike: Callable[[Any, Any, str], bool]
    read: Callable[[Any], list]


def of_pandas(dtype: Any) -> Container:
    def make(texts: list) -> Any:
        return pd.Series(texts, index=pd.RangeIndex(5, 5 + len(texts)), name="الاسم", dtype=dtype)

    def alike(given: Any, result: Any, job: str) -> bool:
        kept = result.dtype == given.dtype if job == "text" else isinstance(result.dtype, pd.ArrowDtype)
        return isinstance(result, pd.Series) and result.index.equals(given.index) and result.name == given.name and kept

    def read(result: Any) -> list:
        arrow = isinstance(result.dtype, pd.ArrowDtype)
        values = pa.chunked_array(result.array.__arrow_array__()).to_pylist() if arrow else result.tolist()
        return [None if missing(value) else value for value in values]

    return Container(make, alike, read)


def of_polars(dtype: Any, text: Any = None) -> Container:
    def alike(given: Any, result: Any, job: str) -> bool:
        kept = job != "text" or result.dtype == (text or given.dtype)
        return isinstance(result, pl.Series) and result.name == given.name and kept

    return Container(lambda texts: pl.Series("الاسم", texts, dtype=dtype), alike, lambda result: result.to_list())


def of_pyarrow(make: Callable[[list], Any]) -> Container:
    def alike(given: Any, result: Any, job: str) -> bool:
        if type(result) is not type(given) and not (job != "text" and isinstance(given, pa.Array)):
            return False
        if isinstance(given, pa.ChunkedArray) and list(map(len, given.chunks)) != list(map(len, result.chunks)):
            return False
        return job != "text" or result.type == given.type

    return Container(make, alike, lambda result: result.to_pylist())


def of_capsules(make: Callable[[list], Any], capsule: str) -> Container:
    def alike(_given: Any, result: Any, _job: str) -> bool:
        return hasattr(result, capsule)

    def read(result: Any) -> list:
        return (pa.array if capsule == "__arrow_c_array__" else pa.chunked_array)(result).to_pylist()

    return Container(make, alike, read)


def of_python(make: Callable[[list], Any]) -> Container:
    return Container(make, lambda _given, result, _job: type(result) is list, lambda result: _plain(result))


def _plain(results: list) -> list:
    return expected(lambda _: results, [])


def chunked(texts: list, kind: Any) -> Any:
    array = pa.array(texts, kind)
    return pa.chunked_array([array[:2], array[:0], array[2:]])


def coded(index: Any) -> Callable[[list], Any]:
    return lambda texts: pa.array(texts, pa.string()).dictionary_encode().cast(pa.dictionary(index, pa.string()))


STREAM, ARRAY = "__arrow_c_stream__", "__arrow_c_array__"
CONTAINERS = {
    "list": of_python(list),
    "tuple": of_python(tuple),
    "iterator": of_python(iter),
    "generator": of_python(lambda texts: (text for text in texts)),
    "deque": of_python(collections.deque),
    "pandas object": of_pandas(object),
    "pandas str": of_pandas("str"),
    "pandas string[python]": of_pandas("string[python]"),
    "pandas string[pyarrow]": of_pandas("string[pyarrow]"),
    "pandas ArrowDtype string": of_pandas(pd.ArrowDtype(pa.string())),
    "pandas ArrowDtype large_string": of_pandas(pd.ArrowDtype(pa.large_string())),
    "Polars String": of_polars(pl.String),
    "Polars Categorical": of_polars(pl.Categorical),
    "pyarrow string": of_pyarrow(lambda texts: pa.array(texts, pa.string())),
    "pyarrow large_string": of_pyarrow(lambda texts: pa.array(texts, pa.large_string())),
    "pyarrow string_view": of_pyarrow(lambda texts: pa.array(texts, pa.string_view())),
    "pyarrow slice": of_pyarrow(lambda texts: pa.array(["x", *texts, "y"], pa.string())[1:-1]),
    "pyarrow dictionary int8": of_pyarrow(coded(pa.int8())),
    "pyarrow dictionary int32": of_pyarrow(coded(pa.int32())),
    "pyarrow chunked string": of_pyarrow(lambda texts: chunked(texts, pa.string())),
    "pyarrow chunked string_view": of_pyarrow(lambda texts: chunked(texts, pa.string_view())),
    "nanoarrow Array": of_capsules(lambda texts: nanoarrow.Array(texts, nanoarrow.string()), ARRAY),
    "nanoarrow ArrayStream": of_capsules(lambda texts: nanoarrow.ArrayStream(pa.array(texts, pa.string())), STREAM),
    "nanoarrow c_array": of_capsules(lambda texts: nanoarrow.c_array(texts, nanoarrow.string()), ARRAY),
    "arro3 Array": of_capsules(lambda texts: arro3.Array(texts, type=arro3.DataType.string()), ARRAY),
    "arro3 ChunkedArray": of_capsules(lambda texts: arro3.ChunkedArray.from_arrow(chunked(texts, pa.string())), STREAM),
    "arro3 ArrayReader": of_capsules(lambda texts: arro3.ArrayReader.from_arrow(chunked(texts, pa.string())), STREAM),
    "any array": of_capsules(lambda texts: Array(pa.array(texts, pa.large_string())), ARRAY),
    "any stream": of_capsules(lambda texts: Stream(chunked(texts, pa.string_view())), STREAM),
}
each = pytest.mark.parametrize("container", CONTAINERS.values(), ids=CONTAINERS.keys())


@each
@pytest.mark.parametrize("texts", ROWS.values(), ids=ROWS.keys())
@pytest.mark.parametrize("job", JOBS)
def test_a_cell(container, texts, job):
    given = container.make(texts)
    result = JOBS[job](given)
    assert container.alike(given, result, job)
    assert container.read(result) == expected(JOBS[job], texts)


@each
def test_hints_in_the_same_container(container):
    texts, titles = [PAGE, "خبر.", None], ["عودة القطار إلى المدينة", None, "عنوان"]
    result = naqi.extract(container.make(texts), title=container.make(titles), site=container.make([None] * 3))
    assert container.read(result) == expected(lambda rows: naqi.extract(rows, title=titles), texts)


@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
@pytest.mark.parametrize("texts", ROWS.values(), ids=ROWS.keys())
@pytest.mark.parametrize("method", ["normalize", "sentences", "extract"])
def test_an_expression_of_polars(texts, method, engine):
    import naqi.polars

    frame = pl.LazyFrame({"text": pl.Series(texts, dtype=pl.String)})
    got = frame.select(getattr(pl.col("text").naqi, method)()).collect(engine=engine)["text"].to_list()
    job = {"normalize": naqi.normalize, "sentences": naqi.split_sentences, "extract": naqi.extract}[method]
    assert got == expected(job, texts)


@pytest.mark.parametrize("texts", ROWS.values(), ids=ROWS.keys())
@pytest.mark.parametrize("name", ["normalize", "split_sentences", "extract"])
def test_a_column_of_duckdb(texts, name):
    import naqi.duckdb

    duckdb = pytest.importorskip("duckdb")
    con = duckdb.connect()
    naqi.duckdb.register(con)
    con.register("pages", pa.table({"n": range(len(texts)), "text": pa.array(texts, pa.string())}))
    result = con.sql(f"SELECT naqi_{name}(text) FROM pages ORDER BY n").to_arrow_table()
    rows = result.column(0).to_pylist()
    assert [row and _dated(row) for row in rows] == [
        row and _dated(row) for row in expected(getattr(naqi, name), texts)
    ]


def _dated(row: Any) -> Any:
    """A row whose time is a moment, whatever zone it is told in."""
    if isinstance(row, dict) and row.get("published_at"):
        return row | {"published_at": row["published_at"].timestamp()}
    return row


def test_one_text_is_one_result():
    assert type(naqi.normalize("أ")) is str
    assert naqi.split_sentences("خبر. وآخر.") == ["خبر.", "وآخر."]
    assert naqi.sentence_spans("خبر.") == [(0, 4)]
    assert all(isinstance(cut, naqi.Boilerplate) for cut in naqi.find_boilerplate(PAGE))
    assert isinstance(naqi.extract(PAGE), naqi.Article)


def test_a_relation_of_duckdb_is_a_table_and_is_told_its_columns():
    duckdb = pytest.importorskip("duckdb")
    with pytest.raises(TypeError, match="'text'"):
        naqi.normalize(duckdb.sql("SELECT 1 AS n, 'خبر' AS text"))
