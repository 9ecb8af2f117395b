"""`Normalizer.align` points from the normalised text to the original and back."""

import pickle

import naqi
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import hard_texts, options, presets, texts

PAGE = "\ufeffقالت و\u064eزا\u0631\u064e\u0629 الصح\u064e\u0651ة \ufdf2"


def offsets(text: str) -> range:
    return range(len(text) + 1)


def found(aligned: naqi.Alignment, pattern: str) -> str:
    start = aligned.text.index(pattern)
    start, end = aligned.span_to_original(start, start + len(pattern))
    return aligned.original[start:end]


def test_what_is_found_in_the_text_is_seen_in_the_original_with_its_marks():
    aligned = naqi.Normalizer().align(PAGE)
    assert aligned.text == naqi.normalize(PAGE)
    assert aligned.original is PAGE
    assert found(aligned, "وزارة") == "و\u064eزا\u0631\u064e\u0629"
    assert found(aligned, "الصحة") == "الصح\u064e\u0651ة"
    assert found(aligned, "لل") == "\ufdf2"


@given(texts, presets, options)
def test_its_text_is_the_normalised_text(text, preset, options):
    normalizer = naqi.Normalizer(preset, **options)
    assert normalizer.align(text).text == normalizer(text)


@given(texts, presets, options)
def test_offsets_go_up_and_ends_meet(text, preset, options):
    aligned = naqi.Normalizer(preset, **options).align(text)
    there = [aligned.to_normalized(i) for i in offsets(text)]
    back = [aligned.to_original(i) for i in offsets(aligned.text)]
    assert there == sorted(there)
    assert back == sorted(back)
    assert there[-1] == len(aligned.text)
    assert back[-1] == len(text)
    assert aligned.span_to_normalized(0, len(text)) == (there[0], len(aligned.text))


@given(texts, presets, options)
def test_the_way_back_never_goes_past_the_edit_that_the_way_there_fell_into(text, preset, options):
    aligned = naqi.Normalizer(preset, **options).align(text)
    for i in range(len(text)):
        start, end = aligned.span_to_normalized(i, i + 1)
        if start < end:
            first, last = aligned.span_to_original(start, end)
            assert first <= i < last
            assert aligned.to_original(aligned.to_normalized(i)) <= i
    for i in range(len(aligned.text)):
        start, end = aligned.span_to_original(i, i + 1)
        assert start < end
        first, last = aligned.span_to_normalized(start, end)
        assert first <= i < last


@given(hard_texts)
def test_marks_that_go_leave_the_letters_where_they_are(text):
    """For options that only drop, the part of the original that a match is made of becomes that match again."""
    normalizer = naqi.Normalizer("none", diacritics="strip", dagger_alef="strip")
    aligned = normalizer.align(text)
    for start in range(0, len(aligned.text), 3):
        pattern = aligned.text[start : start + 3]
        first, last = aligned.span_to_original(start, start + len(pattern))
        assert normalizer(text[first:last]) == pattern


@given(st.lists(st.sampled_from(["سلام", "على", "مدرسة", "أحمد", "مؤمن", "خبر"]), min_size=2), st.data())
def test_a_word_that_is_found_comes_from_a_word_that_normalises_to_it(words, data):
    marks = st.text("\u064b\u064e\u064f\u0650\u0651\u0652\u0670\u0640", max_size=2)
    page = " ".join("".join(c + data.draw(marks) for c in word) for word in words)
    normalizer = naqi.Normalizer()
    aligned = normalizer.align(page)
    for word in words:
        assert normalizer(found(aligned, normalizer(word))) == normalizer(word)


@given(texts)
def test_a_text_that_does_not_change_costs_nothing(text):
    clean = naqi.normalize(text)
    aligned = naqi.Normalizer().align(clean)
    assert aligned.text is clean
    assert aligned.original is clean
    assert [aligned.to_original(i) for i in offsets(clean)] == list(offsets(clean))
    assert aligned.__reduce__()[1] == (clean, clean, [])


def test_memory_goes_with_the_edits_and_not_with_the_length():
    edits = naqi.Normalizer().align("خبر " * 1000 + "ب\u064e\u064f\u0651").__reduce__()[1][2]
    assert edits == [(4001, 4004, 0)]


class TestAsAValue:
    @given(texts, presets)
    def test_it_comes_back_from_a_pickle(self, text, preset):
        aligned = naqi.Normalizer(preset).align(text)
        again = pickle.loads(pickle.dumps(aligned))
        assert again == aligned
        assert hash(again) == hash(aligned)
        assert [again.to_original(i) for i in offsets(again.text)] == [
            aligned.to_original(i) for i in offsets(aligned.text)
        ]

    def test_a_pickle_that_was_tampered_with_is_refused(self):
        for edits in ([(0, 9, 0)], [(2, 1, 0)], [(1, 2, 0), (0, 1, 0)], [(0, 1, 5)]):
            with pytest.raises(ValueError, match="edits"):
                naqi._naqi._restore_alignment("خبر", "خبر", edits)

    def test_it_equals_itself_and_no_other(self):
        align = naqi.Normalizer().align
        assert align(PAGE) == align(PAGE)
        assert align(PAGE) != naqi.Normalizer("search").align(PAGE)
        assert align("خبر\u064e") != align("خب\u064eر")
        assert align("خبر") != "خبر"
        assert len({align(PAGE), align(PAGE), align("خبر")}) == 2

    def test_it_cannot_be_changed(self):
        aligned = naqi.Normalizer().align(PAGE)
        for name in ("text", "original", "new"):
            with pytest.raises((AttributeError, TypeError)):
                setattr(aligned, name, "")
        with pytest.raises(TypeError):
            naqi.Alignment("", "")

    def test_it_prints_well(self):
        assert (
            repr(naqi.Normalizer().align("كت\u064eب")) == f"Alignment(text='كتب', original={'كت' + chr(0x64E) + 'ب'!r})"
        )
        assert len(repr(naqi.Normalizer().align("كت\u064eب " * 1000))) < 130


class TestBadOffsets:
    @pytest.fixture
    def aligned(self):
        return naqi.Normalizer().align("كت\u064eب")

    @pytest.mark.parametrize("i", [4, 10**6])
    def test_an_offset_behind_the_end_is_refused(self, aligned, i):
        with pytest.raises(IndexError, match=f"i={i}: the text ends at 3"):
            aligned.to_original(i)
        with pytest.raises(IndexError, match=f"end={i}: the text ends at 3"):
            aligned.span_to_original(0, i)

    @pytest.mark.parametrize("i", [-1, -(10**30), 10**30])
    def test_an_offset_that_no_text_has_is_refused(self, aligned, i):
        with pytest.raises(ValueError, match=f"i={i}"):
            aligned.to_original(i)
        with pytest.raises(ValueError, match=f"start={i}"):
            aligned.span_to_normalized(i, 1)

    def test_each_text_has_its_own_length(self, aligned):
        assert aligned.to_normalized(4) == 3
        with pytest.raises(IndexError, match="original ends at 4"):
            aligned.to_normalized(5)

    def test_a_span_that_ends_before_it_starts_is_refused(self, aligned):
        for method in (aligned.span_to_original, aligned.span_to_normalized):
            with pytest.raises(ValueError, match="start=2 lies behind end=1"):
                method(2, 1)

    def test_what_is_no_number_is_refused(self, aligned):
        for i in ("1", 1.0, None):
            with pytest.raises(TypeError):
                aligned.to_original(i)


class TestMany:
    def test_a_list_gives_a_list(self):
        normalizer = naqi.Normalizer("search")
        pages = [PAGE, None, "", "خبر"]
        assert normalizer.align(pages) == [None if page is None else normalizer.align(page) for page in pages]
        assert normalizer.align(iter(pages), threads=2) == normalizer.align(tuple(pages), threads=1)

    def test_what_is_no_text_is_refused(self):
        align = naqi.Normalizer().align
        with pytest.raises(TypeError, match="int"):
            align(3)
        with pytest.raises(TypeError, match="item 1"):
            align(["a", 3])

    def test_a_string_of_another_class_becomes_a_string(self):
        class Mine(str):
            __slots__ = ()

        aligned = naqi.Normalizer().align(Mine("خبر"))
        assert type(aligned.text) is type(aligned.original) is str
