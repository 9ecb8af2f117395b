"""Columns: the container you pass is the container you get, with the results that a list gives."""

import doctest
import re
import subprocess
import sys
from pathlib import Path

import naqi
import pytest
from columns import JOBS, NESTED_JOBS, PAGE, TEXT_JOBS, TEXTS, expected, missing
from hypothesis import given
from hypothesis import strategies as st

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
pd = pytest.importorskip("pandas", reason="pandas is not installed")
pl = pytest.importorskip("polars", reason="Polars is not installed")

each = pytest.mark.parametrize("job", JOBS.values(), ids=JOBS.keys())
each_of_texts = pytest.mark.parametrize("job", TEXT_JOBS.values(), ids=TEXT_JOBS.keys())
each_nested = pytest.mark.parametrize("job", NESTED_JOBS.values(), ids=NESTED_JOBS.keys())

ARROW = {"string": pa.string(), "large_string": pa.large_string(), "string_view": pa.string_view()}
every_layout = pytest.mark.parametrize("kind", ARROW.values(), ids=ARROW.keys())

SPAN = pa.struct([("start", pa.int32()), ("end", pa.int32())])
CUT = pa.struct([("start", pa.int32()), ("end", pa.int32()), ("category", pa.string()), ("rule", pa.string())])
RESULTS = {
    "split_sentences": pa.list_(pa.string()),
    "sentence_spans": pa.list_(SPAN),
    "find_boilerplate": pa.list_(CUT),
    "extract": pa.struct(
        [
            ("title", pa.string()),
            ("body", pa.string()),
            ("sentences", pa.list_(pa.string())),
            ("title_span", SPAN),
            ("body_spans", pa.list_(SPAN)),
            ("sentence_spans", pa.list_(SPAN)),
            ("place", pa.string()),
            ("agency", pa.string()),
            ("authors", pa.list_(pa.string())),
            ("published", pa.date32()),
            ("published_at", pa.timestamp("s", "UTC")),
            ("published_raw", pa.string()),
            ("source", pa.string()),
            ("tags", pa.list_(pa.string())),
            ("related", pa.list_(pa.string())),
            ("boilerplate", pa.list_(CUT)),
        ]
    ),
}
RESULTS["Extractor"] = RESULTS["extract"]


def checked(array):
    """The array, after pyarrow has looked at every offset and byte of it."""
    array.validate(full=True)
    return array


class TestPyarrow:
    @every_layout
    @each_of_texts
    def test_the_type_given_is_the_type_returned(self, job, kind):
        result = checked(job(pa.array(TEXTS, kind)))
        assert isinstance(result, pa.Array)
        assert result.type == kind
        assert result.to_pylist() == expected(job, TEXTS)

    @every_layout
    @pytest.mark.parametrize("name", NESTED_JOBS)
    def test_nested_results_have_the_types_of_the_contract(self, name, kind):
        result = checked(NESTED_JOBS[name](pa.array(TEXTS, kind)))
        assert result.type == RESULTS[name]
        assert result.to_pylist() == expected(NESTED_JOBS[name], TEXTS)

    @every_layout
    @each
    def test_a_slice_is_worked_on_and_nothing_else(self, job, kind):
        array = pa.array([*TEXTS, "x"] * 3, kind)
        for start, length in [(0, 0), (1, 5), (9, 13), (len(array), 0), (len(array) - 1, 1)]:
            part = array.slice(start, length)
            assert checked(job(part)).to_pylist() == expected(job, part.to_pylist())

    @every_layout
    @each
    def test_a_chunked_array_keeps_its_chunks(self, job, kind):
        array = pa.array(TEXTS, kind)
        chunked = pa.chunked_array([array[:3], array[:0], array[3:], array[2:4]])
        result = checked(job(chunked))
        assert isinstance(result, pa.ChunkedArray)
        assert [len(chunk) for chunk in result.chunks] == [3, 0, len(TEXTS) - 3, 2]
        assert result.to_pylist() == expected(job, chunked.to_pylist())

    @each
    def test_no_chunks_no_rows_and_nothing_but_nulls(self, job):
        kind = job(pa.array(TEXTS)).type
        for array in [pa.array([], pa.string()), pa.array([None] * 9, pa.string()), pa.array([""], pa.string())[:0]]:
            result = checked(job(array))
            assert result.type == kind
            assert result.to_pylist() == array.to_pylist()
        result = checked(job(pa.chunked_array([], pa.string())))
        assert (result.type, result.num_chunks) == (kind, 0)

    def test_a_column_of_the_type_null(self):
        nulls = pa.nulls(5)
        for job in TEXT_JOBS.values():
            assert checked(job(nulls)).equals(nulls)
        for name, job in NESTED_JOBS.items():
            result = checked(job(nulls))
            assert (result.type, result.null_count) == (RESULTS[name], 5)

    @pytest.mark.parametrize("index", ["int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"])
    @pytest.mark.parametrize("kind", [pa.string(), pa.large_string()], ids=str)
    def test_a_dictionary_comes_back_with_its_values_unified(self, index, kind):
        texts = ["أخبار", "اخبار", None, "خبرٌ", "أخبار", "خبر"] * 3
        array = pa.array(texts, kind).dictionary_encode().cast(pa.dictionary(getattr(pa, index)(), kind))
        for part in (array, array[2:7], array[:0]):
            result = checked(naqi.normalize(part))
            assert result.type == array.type
            assert result.to_pylist() == naqi.normalize(part.to_pylist())
            assert len(set(result.dictionary.to_pylist())) == len(result.dictionary)
        assert naqi.normalize(array).dictionary.to_pylist() == ["اخبار", "خبر"]

    @each
    def test_a_dictionary_gives_what_its_rows_give(self, job):
        array = pa.array(TEXTS * 2).dictionary_encode()
        assert checked(job(array)).to_pylist() == expected(job, TEXTS * 2)
        chunked = pa.chunked_array([array, array[3:]])
        assert checked(job(chunked)).to_pylist() == expected(job, TEXTS * 2 + (TEXTS * 2)[3:])

    def test_a_value_that_is_null_in_the_dictionary_is_null_in_its_rows(self):
        array = pa.DictionaryArray.from_arrays(pa.array([0, 1, None, 1]), pa.array(["خبرٌ", None]))
        assert checked(naqi.normalize(array)).to_pylist() == ["خبر", None, None, None]
        assert checked(naqi.split_sentences(array)).to_pylist() == [["خبرٌ"], None, None, None]

    def test_offsets_count_code_points(self):
        text = "\U0001f682 عاد القطار. caf\u00e9 مغلق! \uffff انتهى."
        (spans,) = naqi.sentence_spans(pa.array([text])).to_pylist()
        assert [text[span["start"] : span["end"]] for span in spans] == naqi.split_sentences(text)

    def test_long_strings_and_many_strings(self):
        texts = ["خبرٌ رقم واحد. " * 20_000, None, *(f"خبرٌ {i}." if i % 5 else "" for i in range(20_000))]
        for kind in ARROW.values():
            for threads in (1, 2, 3):
                result = checked(naqi.normalize(pa.array(texts, kind), threads=threads))
                assert result.to_pylist() == naqi.normalize(texts)
            assert checked(naqi.split_sentences(pa.array(texts, kind))).to_pylist() == naqi.split_sentences(texts)

    @each
    def test_how_many_threads_does_not_show(self, job):
        array = pa.array(TEXTS * 700)
        alone = job(array, threads=1)
        assert alone.equals(job(array, threads=3))
        assert alone.equals(job(array))

    def test_texts_that_grow_find_room(self):
        normalizer = naqi.Normalizer("none", map={"a": "اب" * 50})
        for kind in ARROW.values():
            for texts in (["a" * 3000, "b", None, "aa"], ["a"] * 5000):
                assert checked(normalizer(pa.array(texts, kind))).to_pylist() == normalizer(texts)


@given(st.lists(st.none() | st.text(st.characters(exclude_categories=["Cs"])), max_size=6), st.sampled_from(list(JOBS)))
def test_any_texts_give_in_a_column_what_they_give_in_a_list(texts, name):
    array = pa.array(texts, pa.string())
    assert checked(JOBS[name](array)).to_pylist() == expected(JOBS[name], texts)


PANDAS = {
    "object": object,
    "string[python]": "string[python]",
    "string[pyarrow]": "string[pyarrow]",
    "str": "str",
    "ArrowDtype": pd.ArrowDtype(pa.string()),
    "ArrowDtype(large)": pd.ArrowDtype(pa.large_string()),
}


class TestPandas:
    @pytest.mark.parametrize("dtype", PANDAS.values(), ids=PANDAS.keys())
    @each_of_texts
    def test_index_name_and_dtype_are_kept(self, job, dtype):
        series = pd.Series(TEXTS, dtype=dtype, name="page", index=[f"row {i}" for i in range(len(TEXTS))])
        result = job(series)
        assert isinstance(result, pd.Series)
        assert (result.dtype, result.name) == (series.dtype, "page")
        assert result.index.equals(series.index)
        assert [None if missing(item) else item for item in result] == expected(job, TEXTS)

    @pytest.mark.parametrize("dtype", PANDAS.values(), ids=PANDAS.keys())
    @pytest.mark.parametrize("name", NESTED_JOBS)
    def test_nested_results_are_columns_of_arrow(self, name, dtype):
        series = pd.Series(TEXTS, dtype=dtype, name="page", index=range(5, 5 + len(TEXTS)))
        result = NESTED_JOBS[name](series)
        assert (result.dtype, result.name) == (pd.ArrowDtype(RESULTS[name]), "page")
        assert result.index.equals(series.index)
        assert pa.chunked_array(result.array.__arrow_array__()).to_pylist() == expected(NESTED_JOBS[name], TEXTS)

    @pytest.mark.parametrize("empty", [None, float("nan"), pd.NA])
    def test_every_way_of_missing_is_missing(self, empty):
        series = pd.Series(["خبرٌ", empty], dtype=object)
        assert naqi.normalize(series)[0] == "خبر"
        assert naqi.normalize(series)[1] is pd.NA
        assert naqi.split_sentences(series).isna().tolist() == [False, True]
        for dtype in ("string", "str"):
            result = naqi.normalize(pd.Series(["خبرٌ", empty], dtype=dtype))
            assert result.isna().tolist() == [False, True]

    @pytest.mark.parametrize("ordered", [False, True])
    def test_a_category_comes_back_with_its_categories_unified(self, ordered):
        series = pd.Series(pd.Categorical(["أخبار", "اخبار", None, "خبرٌ"], ordered=ordered), index=[3, 2, 1, 0])
        result = naqi.normalize(series)
        assert isinstance(result.dtype, pd.CategoricalDtype)
        assert result.dtype.ordered == ordered
        assert sorted(result.cat.categories) == ["اخبار", "خبر"]
        assert [None if missing(item) else item for item in result] == ["اخبار", "اخبار", None, "خبر"]
        assert naqi.split_sentences(series).tolist()[:2] == [["أخبار"], ["اخبار"]]

    def test_hints_of_each_row_tell_equal_categories_apart(self):
        title = "عودة القطار إلى المدينة"
        series = pd.Series([PAGE, PAGE], dtype="category")
        result = naqi.remove_boilerplate(series, title=[title, None])
        assert result.tolist() == naqi.remove_boilerplate([PAGE, PAGE], title=[title, None])

    def test_a_slice_and_a_chunked_column(self):
        for dtype in PANDAS.values():
            series = pd.concat([pd.Series(TEXTS, dtype=dtype)] * 2, ignore_index=True)[3:15:2]
            result = naqi.normalize(series)
            assert result.index.equals(series.index)
            texts = [None if missing(item) else item for item in series]
            assert [None if missing(item) else item for item in result] == naqi.normalize(texts)

    def test_nothing_in_gives_nothing_of_the_right_type(self):
        for dtype in PANDAS.values():
            series = pd.Series([], dtype=dtype, name="page")
            assert naqi.normalize(series).dtype == series.dtype
            assert naqi.sentence_spans(series).dtype == pd.ArrowDtype(RESULTS["sentence_spans"])

    def test_a_lone_surrogate_is_a_code_point_like_any_other(self):
        series = pd.Series(["خبر\ud800. وآخر.", None], dtype=object)
        assert naqi.normalize(series)[0] == naqi.normalize(series[0])
        assert naqi.split_sentences(series)[0] == naqi.split_sentences(series[0])

    def test_an_item_that_is_no_text_is_named(self):
        for job in (naqi.normalize, naqi.split_sentences):
            with pytest.raises(TypeError, match=r"item 1 .*\bint\b"):
                job(pd.Series(["a", 3], dtype=object))
            with pytest.raises(TypeError, match=r"item 1 .*\bbytes\b"):
                job(pd.Series(["a", b"b"], dtype=object))

    def test_the_series_is_left_as_it_was(self):
        for dtype in PANDAS.values():
            series = pd.Series(TEXTS, dtype=dtype)
            before = series.copy(deep=True)
            naqi.normalize(series)
            pd.testing.assert_series_equal(series, before)

    def test_without_pyarrow_nested_results_are_objects(self):
        code = """
import sys
sys.modules["pyarrow"] = None  # as if it were not installed
import naqi, pandas as pd
series = pd.Series(["خبر. وآخر.", None], dtype=object, index=[4, 5], name="page")
for dtype in (object, "string[python]", "category"):
    column = series.astype(dtype)
    result = naqi.sentence_spans(column)
    assert (result.dtype, result.name, list(result.index)) == (object, "page", [4, 5]), result.dtype
    assert result[4] == [(0, 4), (5, 10)] and result[5] is None
    assert naqi.extract(column)[4].body == "خبر. وآخر."
    assert naqi.normalize(column).dtype == column.dtype or dtype == "category"
    assert naqi.normalize(column)[4] == "خبر. واخر."
print("ok")
"""
        done = subprocess.run(
            [sys.executable, "-X", "utf8", "-c", code], capture_output=True, text=True, encoding="utf-8"
        )
        assert (done.stdout, done.stderr) == ("ok\n", "")


class TestPolars:
    @each_of_texts
    def test_name_and_type_are_kept(self, job):
        series = pl.Series("page", TEXTS)
        result = job(series)
        assert isinstance(result, pl.Series)
        assert (result.name, result.dtype) == ("page", pl.String)
        assert result.to_list() == expected(job, TEXTS)

    @pytest.mark.parametrize("name", NESTED_JOBS)
    def test_nested_results_are_lists_and_structs(self, name):
        result = NESTED_JOBS[name](pl.Series("page", TEXTS))
        assert result.name == "page"
        assert pa.chunked_array(result).cast(RESULTS[name]).to_pylist() == expected(NESTED_JOBS[name], TEXTS)

    def test_the_fields_of_articles_are_columns_of_a_frame(self):
        frame = pl.DataFrame({"page": TEXTS}).with_columns(naqi.extract(pl.Series("article", TEXTS))).unnest("article")
        assert frame.columns[1:] == RESULTS["extract"].names
        assert frame["published"].dtype == pl.Date
        assert frame["published_at"].dtype.time_zone == "UTC"

    @pytest.mark.parametrize("dtype", [pl.Categorical, pl.Enum(["أخبار", "اخبار", "خبرٌ"])], ids=["Categorical", "Enum"])
    def test_categories_come_back_as_categories(self, dtype):
        series = pl.Series("page", ["أخبار", "اخبار", None, "خبرٌ"], dtype=dtype)
        result = naqi.normalize(series)
        assert isinstance(result.dtype, pl.Categorical)
        assert result.cast(pl.String).to_list() == ["اخبار", "اخبار", None, "خبر"]

    @each
    def test_slices_chunks_and_empty_columns(self, job):
        series = pl.concat([pl.Series("page", TEXTS), pl.Series("page", TEXTS[:4])], rechunk=False)
        assert job(series).n_chunks() == 2
        for part in (series, series[2:9], series[:0], series.filter(series.is_null()), pl.Series("page", [None, None])):
            result = job(part)
            assert result.name == "page"
            assert pa.chunked_array(result).to_pylist() == expected(job, part.to_list())

    def test_offsets_are_those_of_its_own_functions(self):
        frame = pl.DataFrame({"page": [PAGE, None, "خبر \U0001f680. وآخر."]})
        spans = frame.with_columns(spans=naqi.sentence_spans(frame["page"]), texts=naqi.split_sentences(frame["page"]))
        spans = spans.explode("spans", "texts").unnest("spans")
        cut = pl.col("page").str.slice(pl.col("start"), pl.col("end") - pl.col("start"))
        assert spans.select(cut == pl.col("texts")).to_series().all()


def test_the_examples_of_the_guide_run_as_printed():
    for library in ("duckdb", "polars", "pandas"):
        pytest.importorskip(library)
    guide = (Path(__file__).parent.parent / "docs/columns.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", guide, flags=re.S)
    assert len(blocks) >= 6
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "columns.md", "columns.md", 0)
    report: list[str] = []
    runner = doctest.DocTestRunner()
    runner.run(test, out=report.append)
    assert runner.failures == 0, "".join(report)


@pytest.mark.parametrize("normalize", [None, "search"])
def test_a_field_alone_is_what_it_is_among_all(normalize):
    extractor, pages = naqi.Extractor(normalize=normalize), pa.chunked_array([TEXTS[:4], TEXTS[4:]], pa.string())
    whole = extractor(pages, title="عنوان")
    for threads in (1, 2):
        for fields in (*([field.name] for field in whole.type), ["body", "title"], ["sentences", "sentence_spans"], []):
            some = extractor._fields(pages, fields, title="عنوان", threads=threads)
            assert {field.name for field in some.type} == set(fields)
            for got, every in zip(some.to_pylist(), whole.to_pylist(), strict=True):
                assert got == (every and {name: every[name] for name in got})
    with pytest.raises(ValueError, match="did you mean 'title'"):
        extractor._fields(pages, ["titel"])
