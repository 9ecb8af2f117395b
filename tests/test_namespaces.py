"""The jobs as methods of Polars' and pandas' columns, and as SQL functions of DuckDB."""

import datetime
import subprocess
import sys

import naqi
import pytest
from columns import FIELDS, JOBS, PAGE, TEXTS, expected

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")

TITLE = "عودة القطار إلى المدينة"
METHODS = {
    "strip_diacritics": "strip_diacritics",
    "normalize_alef": "normalize_alef",
    "normalize_yaa": "normalize_yaa",
    "normalize": "normalize",
    "sentences": "split_sentences",
    "sentence_spans": "sentence_spans",
    "find_boilerplate": "find_boilerplate",
    "remove_boilerplate": "remove_boilerplate",
    "extract": "extract",
}
each = pytest.mark.parametrize(("method", "name"), METHODS.items(), ids=METHODS.keys())


def test_importing_naqi_imports_no_data_frames():
    code = """
import sys, naqi, naqi.columns, naqi.compat.camel, naqi.compat.pyarabic
naqi.extract(["خبر."]); naqi.normalize("خبرٌ")
print(sorted({"pandas", "polars", "pyarrow", "numpy", "duckdb"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("[]\n", "")


class TestPolars:
    pl = pytest.importorskip("polars", reason="Polars is not installed")
    pytest.importorskip("naqi.polars")

    @each
    def test_a_series_has_every_job(self, method, name):
        result = getattr(self.pl.Series("page", TEXTS).naqi, method)()
        assert result.name == "page"
        assert pa.chunked_array(result).to_pylist() == expected(JOBS[name], TEXTS)

    @each
    @pytest.mark.parametrize("engine", ["in-memory", "streaming"])
    def test_an_expression_has_every_job_and_its_type_is_known_before(self, method, name, engine):
        lazy = self.pl.LazyFrame({"page": TEXTS * 3}).select(getattr(self.pl.col("page").naqi, method)())
        collected = lazy.collect(engine=engine)
        assert collected.schema == lazy.collect_schema()
        assert pa.chunked_array(collected["page"]).to_pylist() == expected(JOBS[name], TEXTS * 3)

    def test_options_are_checked_where_they_are_written(self):
        with pytest.raises(ValueError, match="preset"):
            self.pl.col("page").naqi.normalize("nws")
        with pytest.raises(ValueError, match="preset"):
            self.pl.Series(["a"]).naqi.normalize("nws")
        result = self.pl.Series(["أخبار"]).naqi.normalize("none", yaa="fold")
        assert result.to_list() == ["أخبار"]

    def test_hints_may_be_expressions(self):
        frame = self.pl.DataFrame({"page": [PAGE, PAGE, None], "title": [TITLE, None, TITLE]})
        pages, titles = frame["page"].to_list(), frame["title"].to_list()
        for engine in ("in-memory", "streaming"):
            hinted = self.pl.col("page").naqi.remove_boilerplate(title=self.pl.col("title"), site="sabq.org")
            result = frame.lazy().select(hinted).collect(engine=engine)["page"]
            assert result.to_list() == naqi.remove_boilerplate(pages, title=titles, site="sabq.org")
        literal = self.pl.col("page").naqi.remove_boilerplate(title=self.pl.lit(TITLE))
        assert frame.select(literal)["page"].to_list() == naqi.remove_boilerplate(pages, title=TITLE)

    def test_categories_stay_categories(self):
        frame = self.pl.DataFrame({"page": self.pl.Series(["أخبار", "اخبار", None], dtype=self.pl.Categorical)})
        lazy = frame.lazy().select(self.pl.col("page").naqi.normalize())
        assert isinstance(lazy.collect_schema()["page"], self.pl.Categorical)
        assert lazy.collect()["page"].cast(self.pl.String).to_list() == ["اخبار", "اخبار", None]

    def test_a_column_of_numbers_is_told(self):
        with pytest.raises(TypeError, match="integers"):
            self.pl.DataFrame({"n": [1]}).select(self.pl.col("n").naqi.normalize())


class TestPandas:
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    pytest.importorskip("naqi.pandas")

    @each
    def test_a_series_has_every_job(self, method, name):
        series = self.pd.Series(TEXTS, name="page", index=range(3, 3 + len(TEXTS)))
        result = getattr(series.naqi, method)()
        assert result.name == "page"
        assert result.index.equals(series.index)
        assert result.array.__arrow_array__().to_pylist() == expected(JOBS[name], TEXTS)

    def test_hints_may_be_columns_of_the_frame(self):
        frame = self.pd.DataFrame({"page": [PAGE, PAGE], "title": [TITLE, None]})
        result = frame["page"].naqi.remove_boilerplate(title=frame["title"])
        assert result.tolist() == naqi.remove_boilerplate([PAGE, PAGE], title=[TITLE, None])


class TestDuckDB:
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")

    @pytest.fixture
    def con(self):
        import naqi.duckdb

        con = self.duckdb.connect()
        naqi.duckdb.register(con)
        con.execute("SET TimeZone = 'UTC'")
        pages = pa.table({"row": range(len(TEXTS)), "page": TEXTS})
        con.register("pages", pages)
        return con

    @pytest.mark.parametrize("name", [name for name in JOBS if name.islower()])
    def test_every_job_is_a_function(self, con, name):
        rows = con.sql(f"SELECT naqi_{name}(page) FROM pages ORDER BY row").fetchall()
        results = [row[0] for row in rows]
        for result in results:
            if isinstance(result, dict) and result["published_at"]:
                result["published_at"] = result["published_at"].astimezone(datetime.UTC)
        assert results == expected(JOBS[name], TEXTS)

    def test_the_fields_of_an_article_are_selected_and_unnested(self, con):
        articles = "(SELECT naqi_extract(page) AS a FROM pages)"
        rows = con.sql(f"SELECT a.published, len(a.sentences) FROM {articles} WHERE a.published IS NOT NULL")
        article = naqi.extract(PAGE)
        assert rows.fetchall() == [(article.published, len(article.sentences))]
        unnested = con.sql("SELECT unnest(naqi_extract(page)) FROM pages LIMIT 1")
        assert unnested.columns == FIELDS

    def test_spans_cut_in_sql_from_one(self, con):
        query = """
            SELECT substring(page, s.start + 1, s."end" - s.start)
            FROM (SELECT page, unnest(naqi_sentence_spans(page)) AS s FROM (SELECT $page AS page))
        """
        assert [row[0] for row in con.execute(query, {"page": PAGE}).fetchall()] == naqi.split_sentences(PAGE)

    def test_hints_stand_behind_the_text(self, con):
        query = "SELECT naqi_extract_with($page, $title, NULL, 'sabq.org').title"
        assert con.execute(query, {"page": "خبر.", "title": "عنوان"}).fetchone() == ("عنوان",)

    def test_options_are_those_of_the_objects(self, con):
        import naqi.duckdb

        naqi.duckdb.register(con, normalizer=naqi.Normalizer("search"), extractor=naqi.Extractor(normalize="search"))
        assert con.sql("SELECT naqi_normalize('مدينةٌ'), naqi_extract('مدينةٌ').body").fetchall() == [("مدينه", "مدينه")]

    def test_many_rows_on_many_threads(self, con):
        con.execute("SET threads = 4")
        query = "SELECT count(*), count(DISTINCT naqi_normalize('الأخبـــارُ ' || i)) FROM range(50000) t(i)"
        assert con.sql(query).fetchall() == [(50000, 50000)]
