"""The page that the project was made from comes out whole and clean."""

import datetime
import itertools

import naqi
import pytest


@pytest.fixture(scope="module")
def page(shared):
    files = sorted((shared / "data/seeds").glob("*.txt"))
    if not files:
        pytest.skip("no seed page among the evaluation data")
    return files[0].read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def article(page):
    return naqi.extract(page)


def test_the_headline_is_its_first_line(page, article):
    assert article.title == page.split("\n")[0]
    assert article.title_span == (0, len(article.title))


def test_the_body_is_lines_four_to_nine_and_nothing_else(page, article):
    assert article.body == "\n".join(page.split("\n")[3:9])


def test_the_facts(page, article):
    assert article.published == datetime.date(2024, 5, 24)
    assert article.source == page.split("\n")[9].partition(": ")[2]
    assert article.authors == []


def test_the_other_article_is_related_and_not_in_the_body(page, article):
    lines = page.split("\n")
    assert lines[11] in article.related
    for line in lines[12:]:
        assert line not in article.body
    assert "January" not in article.body
    assert "pic.twitter" not in article.body


def test_no_sentence_is_cut_inside_dashes_or_a_percentage(article):
    assert len(article.sentences) in (6, 7)
    for sentence in article.sentences:
        assert sentence.count(" - ") % 2 == 0
    assert not any(sentence.startswith("%") for sentence in article.sentences)


def test_the_parts_tile_the_page(page, article):
    spans = sorted([article.title_span, *article.body_spans, *((c.start, c.end) for c in article.boilerplate)])
    covered = "".join(page[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(page.split())
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))


def test_the_second_article_splits_well_when_it_is_read_alone(page):
    second = "\n".join(page.split("\n")[12:])
    assert not any(s.startswith("%") for s in naqi.split_sentences(second))
