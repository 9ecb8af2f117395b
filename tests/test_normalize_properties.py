"""`normalize` equals the oracle on any text and any options, and keeps its general promises."""

import collections
import types

import naqi
import reference
import unicodedata2 as ucd
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import any_texts, hard_texts, options, presets, texts


@given(texts, presets, options)
def test_equals_the_oracle(text, preset, options):
    assert naqi.normalize(text, preset, **options) == reference.normalize(text, preset, **options)


@given(texts)
def test_equals_the_oracle_with_lucenes_rules(text):
    assert naqi.normalize(text, "lucene") == reference.normalize(text, "lucene")


@given(texts, st.sets(st.sampled_from([*reference.CLASSES, "dagger_alef"])))
def test_strip_diacritics_equals_the_oracle(text, keep):
    assert naqi.strip_diacritics(text, keep=keep) == reference.strip_diacritics(text, keep)


@given(texts)
def test_normalize_alef_and_yaa_equal_the_oracle(text):
    assert naqi.normalize_alef(text) == reference.normalize_alef(text)
    assert naqi.normalize_yaa(text) == reference.normalize_yaa(text)


@given(texts, presets, options)
@example("\ufe8e\u0654", "news", {"yaa": "keep"})
@example("\u0649\u0654", "none", {"unicode": "nfc", "yaa": "fold", "hamza": "hamza"})
def test_a_second_time_changes_nothing(text, preset, options):
    once = naqi.normalize(text, preset, **options)
    assert naqi.normalize(once, preset, **options) == once


@given(texts, presets, options)
def test_the_result_is_nfc(text, preset, options):
    result = naqi.normalize(text, preset, **{**options, "unicode": "nfc"})
    assert ucd.normalize("NFC", result) == result


@given(any_texts | hard_texts)
def test_the_same_object_comes_back_where_nothing_changes(text):
    clean = naqi.normalize(text)
    assert naqi.normalize(clean) is clean
    assert naqi.normalize([clean])[0] is clean
    assert naqi.normalize(text, "none") is text


@given(st.lists(st.none() | texts, max_size=6), presets, options)
def test_a_batch_is_the_map(batch, preset, options):
    one_by_one = [None if text is None else naqi.normalize(text, preset, **options) for text in batch]
    assert naqi.normalize(batch, preset, **options) == one_by_one


@given(texts, options)
def test_function_and_object_agree(text, options):
    assert naqi.Normalizer("news", **options)(text) == naqi.normalize(text, **options)


@given(hard_texts, st.dictionaries(st.characters(), st.none() | st.text(max_size=3), max_size=4))
def test_map_is_what_str_translate_does(text, mapping):
    table = str.maketrans(mapping)
    assert naqi.normalize(text, "none", map=table) == text.translate(table)


@given(hard_texts, st.dictionaries(st.sampled_from("اهيوء١1a\u064e"), st.none() | st.text("ابة\u0651", max_size=2)))
def test_map_sees_the_letters_as_the_options_left_them(text, mapping):
    table = str.maketrans(mapping)
    assert naqi.normalize(text, map=table) == reference.normalize(text, map=table)


def test_map_takes_what_translate_takes():
    text = "كتاب، ABC"
    for table in (
        {0x628: 0x67E, 0x60C: ",", ord("A"): None, ord("B"): "xyz", ord("C"): ""},
        str.maketrans("بA", "پa"),
        str.maketrans("ب", "پ", "ABC"),
        str.maketrans({"ب": "پپ", "A": None, 0x42: 0x43}),
        types.MappingProxyType({0x628: "پ"}),
        collections.OrderedDict({0x628: "پ"}),
        {},
    ):
        assert naqi.normalize(text, "none", map=table) == text.translate(table)
        assert naqi.Normalizer("none", map=table)([text]) == [text.translate(table)]
    assert naqi.normalize(text, "none", map={"ب": "پ"}) == text.replace("ب", "پ")
    assert naqi.normalize(text, "none", map={"ب": "\ud800"}) == text.replace("ب", "\ud800")
