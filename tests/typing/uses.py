"""What a user writes and a type checker must take, with the types that come back. Checked, never run."""

import datetime
from collections.abc import Iterator
from typing import Any, assert_type

import naqi
from naqi.display import Comparison, View


class Column:
    """Any column with Arrow's protocol."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        raise NotImplementedError


def pages() -> Iterator[str | None]:
    yield from ("نص", None)


text = "نص"
texts = ["نص", "نص"]
gaps: list[str | None] = ["نص", None]

# One text
assert_type(naqi.normalize(text), str)
assert_type(naqi.normalize(text, "search", digits="ascii", diacritics={"harakat"}, map={"ک": "ك"}), str)
assert_type(naqi.strip_diacritics(text, keep={"shadda"}), str)
assert_type(naqi.normalize_alef(text), str)
assert_type(naqi.normalize_yaa(text), str)
assert_type(naqi.split_sentences(text, newlines="wrap"), list[str])
assert_type(naqi.sentence_spans(text), list[tuple[int, int]])
assert_type(naqi.find_boilerplate(text, site="example.org"), list[naqi.Boilerplate])
assert_type(naqi.remove_boilerplate(text, keep="dateline"), str)
assert_type(naqi.extract(text, title="عنوان", normalize="news"), naqi.Article)

# Many
assert_type(naqi.normalize(texts), list[str])
assert_type(naqi.normalize(tuple(texts)), list[str])
assert_type(naqi.normalize(gaps), list[str | None])
assert_type(naqi.normalize(pages()), list[str | None])
assert_type(naqi.split_sentences(texts), list[list[str]])
assert_type(naqi.split_sentences(gaps), list[list[str] | None])
assert_type(naqi.sentence_spans(texts, threads=2), list[list[tuple[int, int]]])
assert_type(naqi.find_boilerplate(gaps), list[list[naqi.Boilerplate] | None])
assert_type(naqi.remove_boilerplate(texts, keep=("dateline", "byline")), list[str])
assert_type(naqi.extract(texts, title=gaps, site=["example.org", None]), list[naqi.Article])
assert_type(naqi.extract(gaps), list[naqi.Article | None])

# Columns: the container that was passed
assert_type(naqi.normalize(Column()), Column)
assert_type(naqi.remove_boilerplate(Column()), Column)
assert_type(naqi.Normalizer("light")(Column()), Column)
answer: Column = naqi.extract(Column())

# Objects
normalizer = naqi.Normalizer("search", teh_marbuta="heh", elongation=2)
assert_type(normalizer(text), str)
assert_type(normalizer(gaps), list[str | None])
assert_type(normalizer.options, dict[str, Any])
extractor = naqi.Extractor(keep=("dateline",), disable="nav.breadcrumb", rules="own.txt", normalize=normalizer)
assert_type(extractor(text), naqi.Article)
assert_type(extractor(texts), list[naqi.Article])
for maybe in naqi.extract_iter(pages(), site="example.org"):
    assert_type(maybe, naqi.Article | None)

assert_type(normalizer.align(text), naqi.Alignment)
assert_type(normalizer.align(gaps), list[naqi.Alignment | None])
assert_type(normalizer.align(text).span_to_original(0, 1), tuple[int, int])
templates = naqi.Templates.learn(pages(), site="example.org").merge(naqi.Templates.load("other.naqi"))
assert_type(templates.sites, dict[str, int])
assert_type(naqi.extract(text, templates=templates), naqi.Article)
assert_type(naqi.__version__, str)

# What an article holds
article = naqi.extract(text)
assert_type(article.title, str | None)
assert_type(article.body, str)
assert_type(article.published, datetime.date | None)
assert_type(article.title_span, tuple[int, int] | None)
assert_type([cut.rule for cut in article.boilerplate], list[str])

# To look at
assert_type(naqi.show(text), View)
assert_type(naqi.show(article), View)
assert_type(naqi.show(normalizer.align(text)), Comparison)
assert_type(naqi.show(texts, site="example.org"), naqi.Report)
assert_type(naqi.show(naqi.extract_iter(pages())), naqi.Report)
assert_type(naqi.Report([article, None]).pages, int)
