"""`naqi.engines.mapper`: what it makes is what the functions make, it travels, and it refuses early."""

import pickle

import naqi
import pytest

pytest.importorskip("pyarrow", reason="pyarrow is not installed")

import pyarrow as pa
from naqi.engines import JOBS, Mapper, mapper

MAPPERS = {
    "extract": mapper(),
    "all, nested": mapper(fields=["all"], into="article", site="site"),
    "normalize": mapper("normalize", preset="search"),
    "normalize, beside": mapper("normalize", into="folded"),
    "sentences": mapper("sentences", newlines="wrap", drop_text=True),
}


def test_the_fields_are_those_of_the_articles(pages):
    texts, sites = pages["text"].to_pylist(), pages["site"].to_pylist()
    expected = [article and article.to_dict() for article in naqi.extract(texts, site=sites)]
    done = mapper(fields=["body", "source", "published", "authors"], site="site")(pages)
    assert done.select(pages.column_names).equals(pages)
    for name in ("body", "source", "authors"):
        assert done[name].to_pylist() == [row and row[name] for row in expected]
    assert done["published"].to_pylist() == [a and a.published for a in naqi.extract(texts, site=sites)]


def test_texts_are_replaced_and_sentences_added(pages):
    texts = pages["text"].to_pylist()
    done = mapper("normalize", preset="search")(pages)
    assert done.column_names == pages.column_names
    assert done["text"].to_pylist() == naqi.normalize(texts, "search")
    done = mapper("sentences", into="parts", drop_text=True)(pages)
    assert done.column_names == ["id", "site", "title", "parts"]
    assert done["parts"].to_pylist() == naqi.split_sentences(texts)


@pytest.mark.parametrize("name", MAPPERS)
def test_the_schema_is_known_before_a_row_is(name, pages):
    schema = MAPPERS[name].schema(pages.schema)
    assert MAPPERS[name](pages).schema.equals(schema)
    assert MAPPERS[name](pages.slice(0, 0)).schema.equals(schema)


@pytest.mark.parametrize("name", MAPPERS)
def test_batches_give_what_the_table_gives(name, pages):
    batches = [*pages.to_batches(max_chunksize=70), pages.schema.empty_table().to_batches() or []]
    batches = [batch for batch in batches if batch] + [pa.RecordBatch.from_pylist([], pages.schema)]
    done = list(MAPPERS[name].batches(iter(batches)))
    assert [batch.num_rows for batch in done] == [batch.num_rows for batch in batches]
    assert pa.Table.from_batches(done).equals(MAPPERS[name](pages))


@pytest.mark.parametrize("name", MAPPERS)
def test_it_travels(name, pages):
    again = pickle.loads(pickle.dumps(MAPPERS[name]))
    assert again == MAPPERS[name]
    assert hash(again) == hash(MAPPERS[name])
    assert again(pages).equals(MAPPERS[name](pages))


def test_templates_travel_with_it(pages):
    templates = naqi.Templates.learn(pages["text"].to_pylist(), site=pages["site"].to_pylist())
    step = pickle.loads(pickle.dumps(mapper(templates=templates, site="site", fields=["body"])))
    assert naqi.extract(pages["text"][1].as_py()).body.endswith("زاوية القارئ الكريم")
    assert step(pages)["body"][1].as_py() == pages["text"][1].as_py().split("\n")[0]


def test_every_type_of_text_is_taken(pages):
    plain = mapper(fields=["body"])(pages)["body"].to_pylist()
    for kind in (pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())):
        table = pages.set_column(1, "text", pages["text"].cast(pa.large_string()).cast(kind))
        assert mapper(fields=["body"])(table)["body"].to_pylist() == plain
        assert mapper("normalize")(table).schema.equals(table.schema)


def test_what_a_field_carries_stays():
    fields = [pa.field("text", pa.string(), nullable=False, metadata={"k": "v"})]
    table = pa.table({"text": ["خبرٌ"]}, schema=pa.schema(fields, metadata={"pandas": "{}"}))
    assert mapper("normalize").schema(table.schema).equals(table.schema, check_metadata=True)
    assert mapper("extract").schema(table.schema).metadata == {b"pandas": b"{}"}


def test_nothing_that_is_there_is_overwritten(pages):
    done = mapper()(pages)
    assert done["title"].equals(pages["title"])
    assert "naqi_title" in done.column_names
    with pytest.raises(ValueError, match=r"column 'title' already.*into="):
        mapper().schema(done.schema)
    with pytest.raises(ValueError, match="column 'id' already"):
        mapper(into="id").schema(pages.schema)


def test_a_null_page_is_null_in_every_field():
    table = pa.table({"text": pa.array([None, "خبر."], pa.string())})
    flat = mapper(fields=["all"])(table)
    assert all(flat[name][0].as_py() is None for name in flat.column_names)
    nested = mapper(into="article")(table)["article"]
    assert nested[0].as_py() is None
    assert nested[1].as_py()["body"] == "خبر."
    assert list(nested[1].as_py()) == [name for name in naqi.extract("").to_dict() if name in nested[1].as_py()]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"job": "extrat"}, "did you mean 'extract'"),
        ({"job": "sentences", "site": "site"}, "for job='extract'"),
        ({"job": "normalize", "fields": ["body"]}, "for job='extract'"),
        ({"job": "normalize", "drop_text": True}, "into="),
        ({"job": "normalize", "preset": "serch"}, "serch"),
        ({"job": "sentences", "newlines": "brek"}, "brek"),
        ({"keep": "datline"}, "datline"),
        ({"fields": ["bodi"]}, "unknown field 'bodi'"),
        ({"threads": 0}, "threads=0"),
    ],
)
def test_options_are_refused_where_they_are_given(wrong, message):
    with pytest.raises(ValueError, match=message):
        mapper(**wrong)


def test_one_field_is_a_list_of_one():
    with pytest.raises(TypeError, match=r"\['body'\]"):
        mapper(fields="body")
    with pytest.raises(TypeError, match="alef"):
        mapper("sentences", alef="fold")


def test_columns_are_refused_where_the_schema_is_seen(pages):
    with pytest.raises(ValueError, match="no column 'page'; there are 'id', 'text'"):
        mapper(text="page").schema(pages.schema)
    with pytest.raises(ValueError, match="no column 'url'"):
        mapper(site="url").schema(pages.schema)
    with pytest.raises(ValueError, match="more than one column 'text'"):
        mapper().schema(pa.schema([("text", pa.string()), ("text", pa.string())]))
    with pytest.raises(TypeError, match="strings"):
        mapper(text="id").schema(pages.schema)


def test_every_job_is_named_by_an_example():
    assert {made.job for made in MAPPERS.values()} == set(JOBS)
    assert all(isinstance(made, Mapper) for made in MAPPERS.values())
