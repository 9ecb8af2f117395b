"""Nothing of a page is lost: headline, body and cuts tile it, and a cut is made as the oracle makes it."""

import naqi
import pytest
import reference
import unicodedata2
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import any_texts, hard_texts

LINES = [
    "الرئيسية",
    "الرئيسية / محليات",
    "كتب - سامر الخطيب:",
    "الدوحة - قنا: أعلن الميناء استقبال أول سفينة، وقال مديره إن العمل بدأ.",
    "تاريخ النشر: 24th, May 2024 GMT",
    "تابع أحدث الأخبار عبر تطبيق",
    "المصدر: صحيفة الوادي",
    "إقرأ أيضاً:",
    "مشاركة",
    "فيسبوك",
    "// انتهى //",
    "سمات",
    "وافتتح المدير المعرض صباح أمس، وسط حضور كبير من الزوار. // انتهى //",
    "#BREAKING A headline in Latin letters pic.twitter.com/abc",
    "— News Agency (@NA) January 23, 2025كما أكد المدير أن المعرض سيستمر أسبوعاً.",
    "وأضاف: «سنعود في الربيع المقبل».",
    "جميع الحقوق محفوظة © 2024",
    "قصة قصيرة بلا شيء غيرها.",
    "",
    "   ",
    "\t",
]
breaks = st.sampled_from(["\n", "\n", "\n", "\r\n", "\n\n", " \n  "])
pages = st.lists(st.tuples(st.sampled_from(LINES), breaks), max_size=14).map(
    lambda lines: "".join(line + end for line, end in lines)
)
texts = st.one_of(pages, hard_texts, any_texts, st.tuples(pages, any_texts).map("".join))


def tiles(text: str, spans: list[tuple[int, int]]) -> None:
    """Sorted, disjoint, trimmed, and every other character is white space."""
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(text)
        assert text[at:start] == "" or text[at:start].isspace()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert text[at:] == "" or text[at:].isspace()


def seen(text: str) -> str:
    """The characters that can be seen."""
    return "".join(c for c in text if not c.isspace() and unicodedata2.category(c) not in ("Cc", "Cf"))


@given(texts)
@example("الدوحة - قنا: أعلن الميناء استقبال أول سفينة.")
def test_headline_body_and_cuts_tile_the_page(text):
    article = naqi.extract(text)
    cuts = [(cut.start, cut.end) for cut in article.boilerplate]
    title = [article.title_span] if article.title_span else []
    for spans in (cuts, article.body_spans):
        assert spans == sorted(spans)
    tiles(text, sorted([*title, *article.body_spans, *cuts]))


@given(texts)
def test_every_job_sees_the_same_cuts(text):
    assert naqi.extract(text).boilerplate == naqi.find_boilerplate(text)


@given(texts)
def test_cuts_are_made_as_the_oracle_makes_them(text):
    cuts = [(cut.start, cut.end) for cut in naqi.find_boilerplate(text)]
    assert naqi.remove_boilerplate(text) == reference.remove_cuts(text, cuts)


@given(texts, st.sets(st.sampled_from(["dateline", "byline", "related", "date", "share", "endmark"])))
def test_what_is_kept_stays_and_the_rest_goes(text, keep):
    cuts = [(cut.start, cut.end) for cut in naqi.find_boilerplate(text) if cut.category not in keep]
    assert naqi.remove_boilerplate(text, keep=keep) == reference.remove_cuts(text, cuts)


@given(texts)
def test_a_page_without_boilerplate_is_the_same_object(text):
    if not naqi.find_boilerplate(text):
        assert naqi.remove_boilerplate(text) is text
        assert naqi.remove_boilerplate([text])[0] is text


@given(texts)
def test_the_body_holds_what_its_spans_show_and_its_sentences_hold_the_body(text):
    article = naqi.extract(text)
    # A line of nothing that can be seen has a span and no paragraph.
    assert seen(article.body) == seen("".join(text[start:end] for start, end in article.body_spans))
    assert "".join("".join(article.sentences).split()) == "".join(article.body.split())
    assert len(article.sentences) == len(article.sentence_spans)
    assert article.sentence_spans == sorted(article.sentence_spans)
    for sentence, (start, end) in zip(article.sentences, article.sentence_spans, strict=True):
        assert text[start] == sentence[0]
        assert text[end - 1] == sentence[-1]


@given(texts)
def test_the_headline_is_where_it_says(text):
    article = naqi.extract(text)
    if article.title_span:
        start, end = article.title_span
        assert article.title == text[start:end]
    else:
        assert article.title is None


@given(pages)
def test_normalising_changes_texts_and_no_span(text):
    plain, normal = naqi.extract(text), naqi.extract(text, normalize="search")
    assert normal.body_spans == plain.body_spans
    assert normal.sentence_spans == plain.sentence_spans
    assert normal.boilerplate == plain.boilerplate
    assert normal.title_span == plain.title_span
    assert normal.sentences == naqi.normalize(plain.sentences, "search")


@given(st.lists(st.none() | texts, max_size=4))
def test_a_batch_is_the_map(batch):
    for job in (naqi.extract, naqi.find_boilerplate, naqi.remove_boilerplate):
        assert job(batch) == [None if text is None else job(text) for text in batch]
    assert list(naqi.extract_iter(iter(batch))) == naqi.extract(batch)


# The oracle itself, held to what the design says in so many words.
@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[x]\nb", "b"),
        ("a\n[x]", "a"),
        ("a\n[x]\n", "a\n"),
        ("a\n[x]\nb", "a\nb"),
        ("a\r\n[x]\r\nb", "a\r\nb"),
        ("a\n[x]\n[y]\nb", "a\nb"),
        ("a\n[x\ny]\nb", "a\nb"),
        ("a\n  [x]  \nb", "a\nb"),
        ("a\n\n[x]\n\nb", "a\n\n\nb"),
        ("[x] a", "a"),
        ("a [x]", "a"),
        ("a [x]\nb", "a\nb"),
        ("a  [x]  b", "a b"),
        ("a[x]b", "a b"),
        ("a [x] [y] b", "a b"),
        ("[x]\n[y]b", "b"),
        ("a [x\ny] b", "a\nb"),
        ("a [x]\n[y] b", "a\nb"),
        ("[x]", ""),
        ("a", "a"),
    ],
)
def test_the_oracle_cuts_as_the_design_says(marked, expected):
    text, cuts, start = "", [], 0
    for c in marked:
        if c == "[":
            start = len(text)
        elif c == "]":
            cuts.append((start, len(text)))
        else:
            text += c
    assert reference.remove_cuts(text, cuts) == expected
