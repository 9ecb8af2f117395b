"""The container you pass is the container you get: a text for a text, a list for anything that has an order."""

import collections

import naqi
import pytest

TEXTS = ["الأخبارُ", None, "خبر. وآخر.", "", "plain ascii", "caf\u00e9", "\U0001f680 خبر"]
JOBS = {
    "strip_diacritics": naqi.strip_diacritics,
    "normalize_alef": naqi.normalize_alef,
    "normalize_yaa": naqi.normalize_yaa,
    "normalize": naqi.normalize,
    "split_sentences": naqi.split_sentences,
    "sentence_spans": naqi.sentence_spans,
    "find_boilerplate": naqi.find_boilerplate,
    "remove_boilerplate": naqi.remove_boilerplate,
    "extract": naqi.extract,
    "Normalizer": naqi.Normalizer("search"),
    "Extractor": naqi.Extractor(normalize="light"),
}
each = pytest.mark.parametrize("job", JOBS.values(), ids=JOBS.keys())


class Sequence:
    """What Python iterates over by `__getitem__` alone."""

    def __init__(self, items):
        self.items = items

    def __getitem__(self, index):
        return self.items[index]


class Text(str):
    """A subclass, as some libraries hand out."""


@each
def test_every_kind_of_sequence_gives_the_same_list(job):
    expected = [None if text is None else job(text) for text in TEXTS]
    containers = [
        TEXTS,
        tuple(TEXTS),
        iter(TEXTS),
        (text for text in TEXTS),
        map(lambda text: text, TEXTS),  # noqa: C417
        collections.deque(TEXTS),
        dict(enumerate(TEXTS)).values(),
        Sequence(TEXTS),
    ]
    for container in containers:
        result = job(container)
        assert type(result) is list
        assert result == expected


@each
def test_a_subclass_of_str_is_a_text(job):
    assert job(Text("خبرٌ أول.")) == job("خبرٌ أول.")
    assert job([Text("خبرٌ أول.")]) == [job("خبرٌ أول.")]


@each
def test_a_numpy_array_of_strings_gives_a_list(job):
    numpy = pytest.importorskip("numpy", reason="NumPy is not installed")
    texts = [text for text in TEXTS if text is not None]
    expected = [job(text) for text in texts]
    assert job(numpy.array(texts)) == expected
    assert job(numpy.array(TEXTS, dtype=object)) == job(TEXTS)


@each
def test_a_long_list_comes_back_in_order(job):
    texts = [f"خبرٌ رقم {i}. انتهى." for i in range(5000)]
    assert job(texts) == [job(text) for text in texts]


@each
def test_the_input_is_left_as_it_was(job):
    texts = list(TEXTS)
    job(texts)
    assert texts == TEXTS


def test_the_same_text_many_times_is_one_result_each():
    text = "خبرٌ أول."
    assert naqi.normalize([text] * 1000) == ["خبر أول.".replace("أ", "ا")] * 1000


class TestHints:
    TITLE = "افتتاح معرض الكتاب في المدينة"
    PAGE = f"{TITLE}\nافتتح رئيس البلدية أمس معرض الكتاب، وسط حضور كبير من الزوار.\nوأضاف أن المعرض سيستمر أسبوعاً."

    def test_one_value_serves_all(self):
        assert naqi.extract([self.PAGE] * 3, title=self.TITLE) == [naqi.extract(self.PAGE, title=self.TITLE)] * 3

    @pytest.mark.parametrize("make", [list, tuple, iter])
    def test_a_sequence_gives_one_each_and_none_is_no_hint(self, make):
        titles = [self.TITLE, None, "عنوان لا يظهر في الصفحة"]
        expected = [naqi.extract(self.PAGE, title=title) for title in titles]
        assert naqi.extract([self.PAGE] * 3, title=make(titles)) == expected

    def test_all_three_at_once(self):
        hints = {"title": self.TITLE, "author": "ماهر عبد السميع", "site": "https://www.example.com/news/1"}
        one = naqi.extract(self.PAGE, **hints)
        many = naqi.extract([self.PAGE] * 2, **{name: [value] * 2 for name, value in hints.items()})
        assert many == [one, one]

    def test_a_title_that_the_text_does_not_show_is_the_title_all_the_same(self):
        article = naqi.extract("قال المدير إن العمل بدأ، وسط حضور كبير من الزوار.", title="عنوان من مكان آخر")
        assert article.title == "عنوان من مكان آخر"
        assert article.title_span is None

    @pytest.mark.parametrize("site", ["", "no such site", "http://", "://", "\ud800", "a" * 10_000, "sabq.org"])
    def test_an_odd_site_does_no_harm(self, site):
        assert naqi.extract(self.PAGE, site=site).body == naqi.extract(self.PAGE).body

    def test_hints_of_a_list_may_come_as_a_numpy_array(self):
        numpy = pytest.importorskip("numpy", reason="NumPy is not installed")
        titles = [self.TITLE, "آخر"]
        assert naqi.extract([self.PAGE] * 2, title=numpy.array(titles)) == naqi.extract([self.PAGE] * 2, title=titles)


class TestExtractIter:
    def test_it_is_lazy_and_looks_ahead_a_bounded_way(self):
        taken = 0

        def pages():
            nonlocal taken
            for i in range(1_000_000):
                taken += 1
                yield f"خبر رقم {i}."

        articles = naqi.extract_iter(pages())
        assert taken == 0
        first = next(articles)
        assert first == naqi.extract("خبر رقم 0.")
        assert 0 < taken < 100_000

    def test_it_keeps_order_and_nones(self):
        texts = [f"خبر رقم {i}." if i % 3 else None for i in range(3000)]
        assert list(naqi.extract_iter(texts)) == naqi.extract(texts)

    def test_a_wrong_item_is_named_where_it_comes(self):
        articles = naqi.extract_iter(["خبر.", 3])
        with pytest.raises(TypeError, match=r"item 1 .*int"):
            list(articles)
