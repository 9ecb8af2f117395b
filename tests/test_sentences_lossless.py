"""Sentences lose nothing: with the white space between them they are the text again."""

import naqi
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import any_texts, hard_texts

NEWLINES = ("auto", "break", "wrap")
WORDS = ["قال", "وقال", "د.", "م.ت.ف", "U.S.", "3.14", "1-", "1436هـ.", "كلمة.كلمة", "http://a.b/c", "«نعم", "نعم»."]
MARKS = ["؟!", "...", "…", ".", '"', "(", ")", ":", "\u200f", "\u064e"]
SPACES = [" ", "\n", "\n\n", "\r\n", "\u2028", "\u0085", "\u00a0"]
pieces = st.sampled_from([*WORDS, *MARKS, *SPACES])
news_like = st.lists(pieces, max_size=30).map("".join)
texts = st.one_of(news_like, hard_texts, any_texts)


@given(texts, st.sampled_from(NEWLINES))
def test_pieces_and_gaps_are_the_text_and_gaps_are_white_space(text, newlines):
    spans = naqi.sentence_spans(text, newlines=newlines)
    rebuilt, at = [], 0
    for start, end in spans:
        gap, sentence = text[at:start], text[start:end]
        assert gap == "" or gap.isspace()
        assert sentence != ""
        assert sentence == sentence.strip()
        rebuilt += [gap, sentence]
        at = end
    assert text[at:] == "" or text[at:].isspace()
    assert "".join([*rebuilt, text[at:]]) == text


@given(texts, st.sampled_from(NEWLINES))
def test_spans_and_sentences_agree(text, newlines):
    spans = naqi.sentence_spans(text, newlines=newlines)
    assert naqi.split_sentences(text, newlines=newlines) == [text[start:end] for start, end in spans]


@given(st.lists(st.none() | texts, max_size=5))
def test_a_batch_is_the_map(batch):
    assert naqi.split_sentences(batch) == [None if t is None else naqi.split_sentences(t) for t in batch]
    assert naqi.sentence_spans(batch) == [None if t is None else naqi.sentence_spans(t) for t in batch]


@given(news_like)
def test_how_python_stores_a_text_does_not_matter(text):
    """Something from beyond the basic plane makes Python store the whole text in four bytes a character."""
    wide = naqi.sentence_spans(text + "\n\n\U0001f680")
    narrow = naqi.sentence_spans(text + "\n\n\u2708")
    assert wide == narrow


@pytest.mark.parametrize("text", ["", " ", "\n", " \r\n\u2028 \u00a0"])
@pytest.mark.parametrize("newlines", NEWLINES)
def test_nothing_in_gives_nothing(text, newlines):
    assert naqi.split_sentences(text, newlines=newlines) == []
    assert naqi.sentence_spans(text, newlines=newlines) == []


def test_what_a_line_break_means():
    text = "عنوان بلا نقطة\nخبر أول.\nخبر ثان."
    assert naqi.split_sentences(text) == ["عنوان بلا نقطة", "خبر أول.", "خبر ثان."]
    assert naqi.split_sentences(text, newlines="break") == ["عنوان بلا نقطة", "خبر أول.", "خبر ثان."]
    assert naqi.split_sentences(text, newlines="wrap") == ["عنوان بلا نقطة\nخبر أول.", "خبر ثان."]


@pytest.mark.parametrize("unit", [".", "«", "ا ", "؟", "\n", "..", "د. ", '"', "(", "1436هـ. "])
def test_a_long_text_of_one_thing_is_read_to_its_end(unit):
    text = unit * (200_000 // len(unit))
    spans = naqi.sentence_spans(text)
    assert sum(not c.isspace() for c in text) == sum(
        sum(not c.isspace() for c in text[start:end]) for start, end in spans
    )
