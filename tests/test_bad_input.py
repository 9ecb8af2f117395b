"""What bad input gets: the table of the contract, row by row."""

import collections
import pathlib
import warnings

import naqi
import pytest

FUNCTIONS = [
    naqi.strip_diacritics,
    naqi.normalize_alef,
    naqi.normalize_yaa,
    naqi.normalize,
    naqi.split_sentences,
    naqi.sentence_spans,
    naqi.find_boilerplate,
    naqi.remove_boilerplate,
    naqi.extract,
    naqi.Normalizer(),
    naqi.Extractor(),
]
each = pytest.mark.parametrize("f", FUNCTIONS, ids=lambda f: getattr(f, "__name__", type(f).__name__))


@each
@pytest.mark.parametrize("x", [3, 3.5, None, True, object(), str, pathlib.Path("a")])
def test_a_wrong_type_is_named_with_what_is_taken(f, x):
    with pytest.raises(TypeError, match=r"str.*list") as error:
        f(x)
    assert type(x).__name__ in str(error.value)


@each
@pytest.mark.parametrize("x", [b"abc", bytearray(b"abc"), memoryview(b"abc")])
def test_bytes_are_told_to_be_decoded(f, x):
    with pytest.raises(TypeError, match="decode"):
        f(x)


@each
@pytest.mark.parametrize("x", [{"a": "b"}, {"a"}, frozenset("a"), collections.OrderedDict(a="b")])
def test_what_has_no_order_or_two_sides_is_refused(f, x):
    with pytest.raises(TypeError, match=type(x).__name__):
        f(x)


@each
@pytest.mark.parametrize("make", [list, tuple, iter])
def test_a_wrong_item_is_named_by_its_place_and_type(f, make):
    with pytest.raises(TypeError, match=r"item 2 .*\bint\b"):
        f(make(["a", None, 3, "b"]))
    with pytest.raises(TypeError, match=r"item 1 .*\bbytes\b"):
        f(make(["a", b"b"]))


@each
def test_a_nested_list_is_a_wrong_item(f):
    with pytest.raises(TypeError, match=r"item 0 .*\blist\b"):
        f([["a"]])


@each
def test_what_an_iterator_raises_comes_through(f):
    def broken():
        yield "a"
        raise LookupError("the disk is gone")

    with pytest.raises(LookupError, match="the disk is gone"):
        f(broken())


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (lambda: naqi.normalize("a", "nws"), ["preset", "nws", "news", "search", "light", "none", "lucene"]),
        (lambda: naqi.Normalizer("nws"), ["preset", "nws", "news"]),
        (lambda: naqi.extract("a", normalize="nws"), ["normalize", "nws", "news"]),
        (lambda: naqi.normalize("a", alef="flod"), ["alef", "flod", "fold", "extended", "keep"]),
        (lambda: naqi.Normalizer(hamza="seat"), ["hamza", "seat", "carrier", "keep"]),
        (lambda: naqi.normalize("a", teh_marbuta="ha"), ["teh_marbuta", "ha", "heh", "teh"]),
        (lambda: naqi.normalize("a", tehmarbuta="heh"), ["tehmarbuta", "teh_marbuta"]),
        (lambda: naqi.normalize("a", diacritics={"harakt"}), ["diacritics", "harakt", "harakat", "tanwin"]),
        (lambda: naqi.strip_diacritics("a", keep="shada"), ["keep", "shada", "shadda", "dagger_alef"]),
        (lambda: naqi.normalize("a", elongation=0), ["elongation", "0"]),
        (lambda: naqi.normalize("a", elongation=-3), ["elongation", "-3"]),
        (lambda: naqi.split_sentences("a", newlines="brek"), ["newlines", "brek", "auto", "break", "wrap"]),
        (lambda: naqi.sentence_spans(["a"], newlines=""), ["newlines", "auto", "break", "wrap"]),
        (lambda: naqi.remove_boilerplate("a", keep={"datline"}), ["keep", "datline", "dateline", "byline"]),
        (lambda: naqi.Extractor(keep="bylines"), ["keep", "bylines", "byline"]),
        (lambda: naqi.Extractor(disable=["no.such-rule"]), ["no.such-rule"]),
        (lambda: naqi.normalize("a", threads=0), ["threads", "0"]),
        (lambda: naqi.normalize(["a"], threads=-1), ["threads", "-1"]),
        (lambda: naqi.normalize(["a"], threads=-(10**30)), ["threads", "-1000000"]),
        (lambda: naqi.Boilerplate(-1, 2, "nav", "nav.number"), ["start", "-1"]),
        (lambda: naqi.Boilerplate(1, 10**30, "nav", "nav.number"), ["end", "1000000"]),
    ],
)
def test_an_unknown_name_or_value_is_named_with_the_choices(call, names):
    with pytest.raises(ValueError, match=r".") as error:
        call()
    for name in names:
        assert name in str(error.value)


@pytest.mark.parametrize(
    "call",
    [
        lambda: naqi.normalize("a", alef=3),
        lambda: naqi.normalize("a", alef=None),
        lambda: naqi.normalize("a", alef=True),
        lambda: naqi.normalize("a", elongation="three"),
        lambda: naqi.normalize("a", elongation=1.5),
        lambda: naqi.normalize("a", elongation=2**70),
        lambda: naqi.normalize("a", diacritics=3),
        lambda: naqi.normalize("a", map="abc"),
        lambda: naqi.normalize("a", map={"ab": "c"}),
        lambda: naqi.normalize("a", map={-1: "c"}),
        lambda: naqi.normalize("a", map={"": "c"}),
        lambda: naqi.normalize("a", map={"a": "b", 97: "c"}),
        lambda: naqi.normalize("a", map={"a": b"b"}),
        lambda: naqi.normalize("a", map=[(97, "b")]),
        lambda: naqi.normalize("a", map={0x110000: "c"}),
        lambda: naqi.normalize("a", map={"a": 1.5}),
        lambda: naqi.normalize("a", 3),
        lambda: naqi.split_sentences("a", newlines=3),
        lambda: naqi.remove_boilerplate("a", keep=3),
        lambda: naqi.extract("a", normalize=3),
        lambda: naqi.extract("a", title=3),
        lambda: naqi.extract("a", threads="two"),
        lambda: naqi.extract("a", threads=1.5),
        lambda: naqi.extract("a", threads=True),
        lambda: naqi.Boilerplate("1", 2, "nav", "nav.number"),
        lambda: naqi.Extractor(templates=3),
        lambda: naqi.extract("a", templates="site.naqi"),
        lambda: naqi.Templates.learn("one page"),
        lambda: naqi.Templates.learn(["a"], site=3),
        lambda: naqi.Templates.learn(["a", 3]),
        lambda: naqi.Templates.learn(["a", "b"], site=["x"]),
        lambda: naqi.Templates().merge(3),
        lambda: naqi.Extractor(rules=3),
        lambda: naqi.extract("a", tilte="x"),
        lambda: naqi.extract(),
        lambda: naqi.Extractor("byline"),
    ],
)
def test_a_value_of_a_wrong_kind_is_a_type_or_value_error(call):
    with pytest.raises((TypeError, ValueError)):
        call()


def test_a_missing_rules_file_is_an_os_error():
    with pytest.raises(FileNotFoundError):
        naqi.Extractor(rules="no-such-rules.txt")


@pytest.mark.parametrize("hint", ["title", "author", "site"])
def test_a_hint_of_a_wrong_length_tells_both_lengths(hint):
    for job in (naqi.extract, naqi.find_boilerplate, naqi.remove_boilerplate, naqi.Extractor()):
        with pytest.raises(ValueError, match=rf"{hint}.*\b3\b.*\b2\b"):
            job(["a", "b"], **{hint: ["x", "y", "z"]})


@pytest.mark.parametrize("hint", ["title", "author", "site"])
def test_a_wrong_value_among_many_of_a_hint_is_named_by_its_place(hint):
    with pytest.raises(TypeError, match=rf"{hint}.*item 1.*int"):
        naqi.extract(["a", "b"], **{hint: ["x", 3]})
    with pytest.raises(TypeError, match=rf"{hint}.*item 1.*int"):
        list(naqi.extract_iter(["a", "b"], **{hint: iter(["x", 3])}))


def test_one_text_is_no_stream_of_pages():
    with pytest.raises(TypeError, match=r"iterable.*not one str.*extract"):
        naqi.extract_iter("text")


@each
@pytest.mark.parametrize(
    "text", ["\ud800", "ا\udfffب", "\0", "ا\0ب", "\U000e0fff", "\u064e", "\u0378", "\ufffe", "\u200f"]
)
def test_any_str_is_taken(f, text):
    f(text)
    f([text, None])


def test_odd_characters_pass_through():
    text = "ا\ud800\0\ufffe\u0378ب"
    assert naqi.normalize(text) == text
    assert naqi.remove_boilerplate(text) == text
    assert naqi.extract(text).body == text


@each
def test_nothing_in_gives_nothing_of_the_right_type(f):
    assert f([]) == []
    assert f(()) == []
    assert f(iter([])) == []
    assert f([None, None]) == [None, None]


def test_the_empty_text():
    assert naqi.normalize("") == ""
    assert naqi.split_sentences("") == []
    assert naqi.find_boilerplate("") == []
    assert naqi.remove_boilerplate("") == ""
    article = naqi.extract("")
    assert (article.title, article.body, article.sentences, article.boilerplate) == (None, "", [], [])


HTML = "<div class='story'><p>خبر أول.</p><p>خبر ثان.</p><p>خبر ثالث.</p></div>" * 5


def test_html_is_worked_on_with_one_warning():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        article = naqi.extract([HTML, HTML])[0]
    assert article.body
    assert [w.category for w in caught] == [UserWarning]
    assert "extractor" in str(caught[0].message)
    assert caught[0].filename == __file__


def test_html_under_warnings_as_errors_raises():
    with pytest.raises(UserWarning, match="HTML"):
        naqi.extract(HTML)


@pytest.mark.parametrize("text", ["a < b و c > d", "السعر <50 دولارا", "<3", "وسم <p> في الشرح وحده"])
def test_a_story_that_mentions_a_tag_is_not_html(text):
    naqi.extract(text)  # a warning would be an error here
