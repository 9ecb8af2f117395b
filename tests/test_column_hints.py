"""Hints and drop-in functions take columns too; what is no column of strings is told so, with the way out."""

import naqi
import pytest
from columns import JOBS, NESTED_JOBS, PAGE, TEXT_JOBS, TEXTS, expected
from naqi.compat import camel, pyarabic

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
pd = pytest.importorskip("pandas", reason="pandas is not installed")
pl = pytest.importorskip("polars", reason="Polars is not installed")

each = pytest.mark.parametrize("job", JOBS.values(), ids=JOBS.keys())
MAKERS = {
    "list": list,
    "pyarrow": pa.array,
    "chunks": lambda values: pa.chunked_array([values[:1], [], values[1:]], pa.string()),
    "dictionary": lambda values: pa.array(values).dictionary_encode(),
    "pandas": pd.Series,
    "pandas-object": lambda values: pd.Series(values, dtype=object),
    "polars": pl.Series,
}
HINTED = {
    "find_boilerplate": naqi.find_boilerplate,
    "remove_boilerplate": naqi.remove_boilerplate,
    "extract": naqi.extract,
    "Extractor": naqi.Extractor(normalize="search"),
}
TITLE = "عودة القطار إلى المدينة"
PAGES = [PAGE, PAGE, "خبرٌ أول. \U0001f682", PAGE, None]
HINTS = {
    "title": [TITLE, None, "عنوان \U0001f680 لا يظهر", "caf\u00e9", None],
    "author": [None, "سامر العلي", None, "سامر العلي", "ليلى"],
    "site": ["sabq.org", None, "صحيفة المثال", "https://example.com/", None],
}


class TestHints:
    @pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS.keys())
    @pytest.mark.parametrize("name", HINTED)
    def test_hints_are_columns_or_sequences_whatever_the_texts_are(self, name, make):
        job = HINTED[name]
        wanted = expected(job, PAGES, **HINTS)
        assert wanted != expected(job, PAGES) or name != "extract"
        hints = {key: make(values) for key, values in HINTS.items()}
        for texts in (pa.array(PAGES), pa.chunked_array([PAGES[:2], PAGES[2:]]), pa.array(PAGES).dictionary_encode()):
            assert job(texts, **hints).to_pylist() == wanted
        assert pa.chunked_array(job(pl.Series(PAGES), **hints)).to_pylist() == wanted
        assert job(PAGES, **hints) == job(PAGES, **HINTS)

    def test_one_value_serves_all(self):
        result = naqi.extract(pa.array(PAGES), title=TITLE, site="sabq.org")
        assert result.to_pylist() == expected(naqi.extract, PAGES, title=TITLE, site="sabq.org")

    @pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS.keys())
    @pytest.mark.parametrize("hint", ["title", "author", "site"])
    def test_a_wrong_length_is_told_with_both(self, hint, make):
        for texts in (["a", "b"], pa.array(["a", "b"]), pl.Series(["a", "b"]), pd.Series(["a", "b"])):
            with pytest.raises(ValueError, match=rf"{hint}.*\b3\b.*\b2\b"):
                naqi.extract(texts, **{hint: make(["x", "y", "z"])})

    def test_a_column_that_is_no_text_is_told_with_the_hint(self):
        with pytest.raises(TypeError, match=r"title=.*integers"):
            naqi.extract(pa.array(["a"]), title=pa.array([1]))
        with pytest.raises(TypeError, match=r"site=.*'a'"):
            naqi.extract(pa.array(["a"]), site=pa.table({"a": ["x"]}))
        broken = pa.Array.from_buffers(pa.string(), 1, pa.array([b"\xff"]).buffers())
        with pytest.raises(ValueError, match=r"author=.*row 0 is not valid UTF-8"):
            naqi.extract(pa.array(["a"]), author=broken)

    def test_a_column_is_no_hint_for_one_text(self):
        with pytest.raises(TypeError, match="title="):
            naqi.extract("a", title=pa.array(["a"]))


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS.keys())
def test_what_reads_texts_as_a_stream_reads_columns_too(make):
    pages, titles = make(PAGES), make(HINTS["title"])
    assert list(naqi.extract_iter(pages, title=titles)) == naqi.extract(PAGES, title=HINTS["title"])
    sites = ["a.example", "b.example", "a.example", "a.example", "b.example"]
    assert naqi.Templates.learn(pages, site=make(sites)) == naqi.Templates.learn(PAGES, site=sites)


COMPAT = {
    f"{module.__name__.rpartition('.')[2]}.{name}": getattr(module, name)
    for module in (camel, pyarabic)
    for name in module.__all__
}
WORDS = ["آمن", "آمّ", None, "إلىٰ", "الرَّحْمٰن", "ىٰ", "ٰى", "سؤالٌ ﻷن", "", "مدينة", "abc"]


@pytest.mark.parametrize("function", COMPAT.values(), ids=COMPAT.keys())
def test_the_functions_of_other_packages_take_columns(function):
    wanted = [None if word is None else function(word) for word in WORDS]
    assert function(WORDS) == wanted
    for array in (pa.array(WORDS), pa.array(WORDS, pa.large_string()), pa.array(WORDS).dictionary_encode()):
        result = function(array)
        result.validate(full=True)
        assert (result.type, result.to_pylist()) == (array.type, wanted)
    assert function(pl.Series("word", WORDS)).to_list() == wanted
    for dtype in (object, "string", "str"):
        result = function(pd.Series(WORDS, dtype=dtype))
        assert result.dtype == pd.Series(WORDS, dtype=dtype).dtype
        assert [word for word in result if isinstance(word, str)] == [word for word in wanted if word is not None]


TABLES = {
    "pyarrow.Table": pa.table({"page": ["a"], "n": [1], "kind": pa.array(["x"]).dictionary_encode()}),
    "pyarrow.RecordBatch": pa.record_batch({"page": ["a"], "n": [1], "kind": pa.array(["x"], pa.large_string())}),
    "pandas.DataFrame": pd.DataFrame({"page": ["a"], "n": [1], "kind": pd.Categorical(["x"])}),
    "polars.DataFrame": pl.DataFrame({"page": ["a"], "n": [1], "kind": pl.Series(["x"], dtype=pl.Categorical)}),
    "polars.LazyFrame": pl.LazyFrame({"page": ["a"], "n": [1], "kind": ["x"]}),
}


@each
@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_a_table_is_refused_with_the_names_of_its_columns_of_strings(job, table):
    with pytest.raises(TypeError, match=r"not a table.*'page', 'kind'") as error:
        job(table)
    assert "'n'" not in str(error.value)


@each
def test_a_table_of_any_other_library_is_refused_too(job):
    class Frame:
        def __arrow_c_stream__(self, requested_schema=None):
            return TABLES["pyarrow.Table"].__arrow_c_stream__()

    with pytest.raises(TypeError, match=r"not a table.*'page', 'kind'"):
        job(Frame())
    with pytest.raises(TypeError, match=r"not a table.*none of strings"):
        job(pa.table({"n": [1]}))


@each
@pytest.mark.parametrize(
    ("column", "name"),
    [
        (pa.array([1, 2]), "integers"),
        (pa.array([1.5]), "floats"),
        (pa.array([True]), "bool"),
        (pa.array([["a"]]), "lists"),
        (pa.array([b"a"]), "bytes; decode"),
        (pa.array([1, 2]).dictionary_encode(), "integers"),
        (pl.Series([1, 2]), "integers"),
        (pl.Series([["a"]]), "lists"),
        (pd.Series([1, 2]), "int64"),
        (pd.Series([b"a"]), "item 0 .*bytes"),
        (pd.Series([1, 2], dtype="category"), "category"),
    ],
)
def test_a_column_of_anything_else_is_refused_by_its_kind(job, column, name):
    with pytest.raises(TypeError, match=name):
        job(column)


def test_html_in_a_column_gives_one_warning():
    html = "<div class='story'><p>خبر أول.</p><p>خبر ثان.</p><p>خبر ثالث.</p></div>" * 5
    with pytest.warns(UserWarning, match="HTML") as caught:
        naqi.extract(pa.chunked_array([[html, html], [html]]))
    assert len(caught) == 1
    naqi.normalize(pa.array([html]))  # no page, no warning


def test_the_names_here_are_those_of_the_contract():
    assert set(TEXT_JOBS) | set(NESTED_JOBS) == set(JOBS)
    assert TEXTS
