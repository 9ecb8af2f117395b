"""A preset is exactly its options, and asking for one thing changes that thing alone."""

import naqi
import pytest
import reference
from hypothesis import given
from strategies import texts

TEXT = "إنّ الأُمّةَ فى مـدرسةٍ ٱلعـلم، ﻻ «١٢٪»  کبری ﷺ\u200f مؤمن هـ"


@pytest.mark.parametrize("preset", reference.PRESETS)
def test_a_preset_is_its_options(preset):
    spelt_out = {name: value for name, value in reference.PRESETS[preset].items() if value is not None}
    assert naqi.normalize(TEXT, "none", **spelt_out) == naqi.normalize(TEXT, preset)
    assert naqi.normalize(TEXT, preset) == reference.normalize(TEXT, preset)


def test_presets_differ_where_they_should():
    results = {preset: naqi.normalize(TEXT, preset) for preset in reference.PRESETS}
    assert len(set(results.values())) == 5
    assert results["none"] is TEXT
    assert results["light"] == "إنّ الأُمّةَ فى مدرسةٍ ٱلعلم، لا «١٢٪» کبری ﷺ مؤمن هـ"
    assert results["news"] == "ان الامة في مدرسة العلم، لا «١٢٪»  کبری ﷺ مؤمن هـ"
    assert results["search"] == 'ان الامه في مدرسه العلم, لا "12%" كبري ﷺ مومن هـ'


@given(texts)
def test_the_small_functions_are_one_option_each(text):
    assert naqi.normalize_alef(text) == naqi.normalize(text, "none", unicode="nfc", alef="fold")
    assert naqi.normalize_yaa(text) == naqi.normalize(text, "none", unicode="nfc", yaa="fold")
    assert naqi.strip_diacritics(text) == naqi.normalize(
        text, "none", unicode="nfc", diacritics="strip", dagger_alef="strip"
    )


def test_the_small_functions_leave_the_rest():
    assert naqi.strip_diacritics("الأُمّـــةُ ١٢، فى") == "الأمـــة ١٢، فى"
    assert naqi.normalize_alef("أُمّة إلى آخر ٱلعالم") == "اُمّة الى اخر العالم"
    assert naqi.normalize_yaa("إلى مُوسى") == "إلي مُوسي"


def test_classes_may_be_named_one_by_one():
    word = "م\u064fد\u064eر\u0650\u0651س\u064c"  # in canonical order
    assert naqi.strip_diacritics(word, keep="shadda") == "مدر\u0651س"
    assert naqi.strip_diacritics(word, keep=["shadda", "tanwin"]) == "مدر\u0651س\u064c"
    assert naqi.normalize(word, diacritics={"tanwin"}) == word[:-1]


def test_the_unicode_version_is_the_oracles():
    assert reference.ucd.unidata_version == naqi.UNICODE_VERSION
