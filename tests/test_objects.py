"""Configured objects and results are values: immutable, comparable, hashable, picklable, with a repr to type back."""

import copy
import datetime
import json
import pickle

import naqi
import pytest

NORMALIZERS = [
    naqi.Normalizer(),
    naqi.Normalizer("search"),
    naqi.Normalizer("none"),
    naqi.Normalizer("lucene"),
    naqi.Normalizer("search", digits="keep", elongation=2),
    naqi.Normalizer(diacritics={"tanwin", "harakat"}, dagger_alef="alef"),
    naqi.Normalizer("none", map={"a": "b", 0x628: None, "c": "xyz", "d": 0x64A}),
]
EXTRACTORS = [
    naqi.Extractor(),
    naqi.Extractor(keep=["byline", "dateline"]),
    naqi.Extractor(keep="byline"),
    naqi.Extractor(normalize="search"),
    naqi.Extractor(normalize=naqi.Normalizer("light", alef="fold"), keep={"tags"}),
]
OBJECTS = NORMALIZERS + EXTRACTORS
each = pytest.mark.parametrize("thing", OBJECTS, ids=repr)
TEXT = "كتب - سامر:\nأكّد المديرُ أنّ العمل بدأ abcd. ب"


@each
def test_the_repr_could_be_typed_back(thing):
    namespace = {"Normalizer": naqi.Normalizer, "Extractor": naqi.Extractor, "naqi": naqi}
    again = eval(repr(thing), namespace)
    assert again == thing
    assert again(TEXT) == thing(TEXT)


@each
@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))  # no one has asked for 0 and 1 since 2003
def test_it_comes_back_from_a_pickle(thing, protocol):
    again = pickle.loads(pickle.dumps(thing, protocol))
    assert again == thing
    assert hash(again) == hash(thing)
    assert again(TEXT) == thing(TEXT)


@each
def test_it_can_be_copied(thing):
    assert copy.copy(thing) == thing
    assert copy.deepcopy(thing) == thing


@each
def test_it_cannot_be_changed(thing):
    with pytest.raises((AttributeError, TypeError)):
        thing.preset = "none"
    with pytest.raises((AttributeError, TypeError)):
        thing.anything = 1


def test_equal_options_make_equal_objects():
    assert naqi.Normalizer() == naqi.Normalizer("news")
    assert naqi.Normalizer("news", alef="fold") == naqi.Normalizer("news")
    assert naqi.Normalizer(diacritics={"tanwin", "harakat"}) == naqi.Normalizer(diacritics=["harakat", "tanwin"])
    assert naqi.Extractor(keep="byline") == naqi.Extractor(keep=["byline"])
    assert naqi.Extractor(normalize="search") == naqi.Extractor(normalize=naqi.Normalizer("search"))
    assert len({naqi.Normalizer(), naqi.Normalizer("news"), naqi.Normalizer("light")}) == 2
    assert len(set(OBJECTS)) == len(OBJECTS)


def test_other_options_make_other_objects():
    assert naqi.Normalizer() != naqi.Normalizer("search")
    assert naqi.Normalizer() != naqi.Normalizer(alef="keep")
    assert naqi.Extractor() != naqi.Extractor(keep="byline")
    assert naqi.Normalizer() != "Normalizer('news')"
    assert naqi.Normalizer() != naqi.Extractor()


def article() -> naqi.Article:
    page = (
        "افتتاح معرض الكتاب في المدينة\nتاريخ النشر: 3rd, March 2025 GMT\nكتب - سامر الخطيب:\n"
        "افتتح رئيس البلدية أمس معرض الكتاب، وسط حضور كبير من الزوار.\n"
        "وأضاف أن المعرض سيستمر أسبوعاً.\nالمصدر: صحيفة الوادي"
    )
    return naqi.extract(page)


class TestArticle:
    def test_it_comes_back_from_a_pickle(self):
        again = pickle.loads(pickle.dumps(article()))
        assert again == article()
        assert hash(again) == hash(article())
        assert again.to_dict() == article().to_dict()

    def test_it_equals_itself_and_no_other(self):
        assert article() == article()
        assert article() != naqi.extract("خبر آخر.")
        assert article() != article().to_dict()

    def test_it_cannot_be_changed(self):
        for name in ("body", "title", "published", "new"):
            with pytest.raises((AttributeError, TypeError)):
                setattr(article(), name, None)

    def test_changing_a_list_that_it_gave_changes_nothing_of_it(self):
        mine = article()
        mine.sentences.append("x")
        mine.boilerplate.clear()
        assert mine == article()

    def test_its_record_is_ready_for_json(self):
        record = article().to_dict()
        again = json.loads(json.dumps(record, ensure_ascii=False))
        assert set(again) == {
            "title", "body", "sentences", "title_span", "body_spans", "sentence_spans", "place", "agency", "authors",
            "published", "published_at", "published_raw", "source", "tags", "related", "boilerplate",
        }  # fmt: skip
        assert again["published"] == "2025-03-03"
        assert datetime.date.fromisoformat(again["published"]) == article().published
        for cut in again["boilerplate"]:
            assert set(cut) == {"start", "end", "category", "rule"}
        assert again["body"] == article().body

    def test_it_prints_well(self):
        shown = repr(article())
        assert "افتتاح معرض الكتاب" in shown
        assert "\n" not in shown
        assert len(shown) < 300

    def test_a_long_headline_does_not_flood_the_screen(self):
        assert len(repr(naqi.extract("خبر", title="عنوان " * 1000))) < 400

    def test_its_types(self):
        mine = article()
        assert type(mine.body) is str
        assert type(mine.published) is datetime.date
        assert all(type(span) is tuple for span in [*mine.body_spans, *mine.sentence_spans])


class TestBoilerplate:
    def test_it_is_a_value(self):
        cut = naqi.Boilerplate(1, 5, "byline", "byline.name")
        assert (cut.start, cut.end, cut.category, cut.rule) == (1, 5, "byline", "byline.name")
        assert cut == naqi.Boilerplate(1, 5, "byline", "byline.name")
        assert cut != naqi.Boilerplate(1, 6, "byline", "byline.name")
        assert len({cut, naqi.Boilerplate(1, 5, "byline", "byline.name")}) == 1
        assert pickle.loads(pickle.dumps(cut)) == cut
        assert eval(repr(cut), {"Boilerplate": naqi.Boilerplate}) == cut
        with pytest.raises((AttributeError, TypeError)):
            cut.start = 2

    def test_it_unpacks(self):
        start, end, category, rule = naqi.Boilerplate(1, 5, "byline", "byline.name")
        assert (start, end, category, rule) == (1, 5, "byline", "byline.name")

    def test_an_unknown_category_is_refused(self):
        with pytest.raises(ValueError, match="category"):
            naqi.Boilerplate(1, 5, "bylines", "byline.name")

    def test_every_cut_has_a_reason(self, examples):
        for text in examples.values():
            cuts = naqi.find_boilerplate(text)
            assert cuts
            for cut in cuts:
                assert cut.rule
                assert cut.rule.isascii()
                assert cut == naqi.Boilerplate(cut.start, cut.end, cut.category, cut.rule)

    def test_a_rule_can_be_switched_off(self, examples):
        text = examples["aggregator"]
        for rule in {cut.rule for cut in naqi.find_boilerplate(text)}:
            assert rule not in {cut.rule for cut in naqi.Extractor(disable=[rule])(text).boilerplate}
