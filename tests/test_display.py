"""What is shown is the page, whole, safe and linked."""

import html
import json
import re
import subprocess
import sys
from html.parser import HTMLParser

import naqi
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import options, presets, texts

HOSTILE = (
    "وقّع <script>alert(1)</script> اتفاقاً & \"كلاماً\" مع 'شركة' <img src=x onerror=alert(1)>\n"
    "قال الخبير في C++ إن الرقم +971 4 123 4567 متاح لشركة OpenAI (ChatGPT-4).\x00\x1b[31m\n"
    "شارك هذا الخبر\n"
)
ALLOWED = {
    *("a", "b", "bdi", "code", "dd", "del", "details", "div", "dl", "dt", "h4", "i", "ins", "li", "ol", "p", "rect"),
    *("small", "span", "strong", "style", "summary", "svg", "table", "td", "text", "th", "title", "tr"),
}


class Reader(HTMLParser):
    """Collects what a browser would make of a fragment."""

    def __init__(self, fragment: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.open: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.page: list[str] = []
        self.feed(fragment)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.open.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "p" in self.open:
            self.page.append(data)


def shown(text: str) -> Reader:
    return Reader(naqi.extract(text)._repr_html_())


def visible(text: str) -> str:
    """Without white space and what HTML cannot hold, which is shown as a stand-in."""
    text = re.sub("[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff\ufffe\uffff]", "\ufffd", text)
    return "".join(c for c in text if not (c.isspace() or c in "\x0b\x0c\x1c\x1d\x1e\x1f\x85"))


@given(st.text(max_size=300) | st.text("ابتثو.،؟!ab<>&\"'\n\r\u2028 0123", max_size=300))
def test_the_whole_page_is_shown_once_and_nothing_else(text):
    reader = shown(text)
    assert reader.open == []
    assert set(reader.tags) <= ALLOWED
    if text.strip() and visible(text).strip("\ufffd"):
        assert visible("".join(reader.page)).replace("\ufffd", "").startswith(visible(text).replace("\ufffd", ""))


def test_the_whole_of_an_example_is_shown(examples):
    for text in examples.values():
        article = naqi.extract(text)
        page = Reader(article._repr_html_()).page
        assert visible("".join(page)) == visible(text)


@pytest.mark.parametrize(
    "make", [naqi.show, lambda text: naqi.show([text], site=text), lambda text: naqi.Normalizer().align(text)]
)
def test_markup_of_a_page_is_text(make):
    fragment = make(HOSTILE)._repr_html_()
    reader = Reader(fragment)
    assert set(reader.tags) <= ALLOWED
    assert not [name for name, _ in reader.attributes if name.startswith("on") or name == "src"]
    assert "<script" not in fragment
    assert "<img" not in fragment
    fragment.encode("utf-8")


def test_nothing_is_fetched_and_nothing_is_run(examples):
    fragment = naqi.show(examples["aggregator"])._repr_html_() + naqi.show(list(examples.values()))._repr_html_()
    links = [value for name, value in Reader(fragment).attributes if name == "href"]
    assert links
    assert all(link.startswith("#") for link in links)
    style = "".join(re.findall("<style>(.*?)</style>", fragment, flags=re.S))
    assert "url(" not in style
    assert "@import" not in style


def test_every_sentence_is_linked_with_its_place(examples):
    for text in examples.values():
        article = naqi.extract(text)
        attributes = Reader(article._repr_html_()).attributes
        ids = [value for name, value in attributes if name == "id"]
        links = [value[1:] for name, value in attributes if name == "href"]
        assert sorted(links) == sorted(ids)
        assert len(ids) == len(set(ids)) == 2 * len(article.sentences)


def test_every_cut_is_tinted_and_says_why(examples):
    for text in examples.values():
        fragment = naqi.extract(text)._repr_html_()
        for cut in naqi.find_boilerplate(text):
            assert f"(rule {cut.rule})" in fragment
            assert f'data-cut="{cut.category}"' in fragment


def test_every_category_has_a_tint_and_a_reason():
    from naqi.display.document import CATEGORIES

    with pytest.raises(ValueError, match="expected one of") as error:
        naqi.Extractor(keep="no such category")
    assert sorted(CATEGORIES) == sorted(re.findall("'([a-z]+)'", str(error.value).split("expected one of")[1]))


def test_the_date_is_shown_in_both_calendars(examples):
    fragment = naqi.extract(examples["gulf_newspaper"])._repr_html_()
    assert "2023-11-22" in fragment
    assert "8 Jumada I 1445" in fragment


def test_lines_are_set_by_their_own_direction():
    fragment = naqi.show("OpenAI تعلن عن نموذج جديد للغة العربية.\nAll of this line is English.")._repr_html_()
    assert '<p dir="rtl">' in fragment
    assert '<p dir="ltr">' in fragment


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("شركة OpenAI (ChatGPT-4) أمس", ["OpenAI (ChatGPT-4)"]),
        ("لغة C++ و3.5%", ["C++"]),
        ("الهاتف +971 4 123 4567 متاح", ["+971 4 123 4567"]),
        ("يوم 14th, October 2024 م", ["14th, October 2024"]),
        ("بين 2022-2023", []),
    ],
)
def test_latin_runs_are_isolated(text, runs):
    from naqi.display.document import isolated

    assert re.findall('<bdi dir="ltr">(.*?)</bdi>', isolated(text)) == runs


def test_long_runs_of_cuts_are_folded_and_still_there():
    text = "افتتح رئيس البلدية المكتبة صباح اليوم.\n" + "\n".join(["شارك", "فيسبوك", "تويتر"] * 30)
    fragment = naqi.show(text)._repr_html_()
    assert "more lines, all cut" in fragment
    assert fragment.count("<del") == len(naqi.find_boilerplate(text))


@pytest.mark.parametrize(
    "text",
    [
        "قال الوزير إن الخطة ستنفذ العام المقبل.\nشارك هذا الخبر\n" * 3000,
        "قال الوزير إن الخطة ستنفذ العام المقبل. " * 4000,
        "ا" * 200_000,
    ],
    ids=["cuts", "one line", "one word"],
)
def test_a_long_page_is_shown_to_a_bound_says_so_and_is_saved_whole(text, tmp_path):
    view = naqi.show(text)
    fragment = view._repr_html_()
    reader = Reader(fragment)
    assert len(fragment) < 2_000_000
    assert f"The first 50,000 of {len(text):,} code points" in fragment
    assert len(visible("".join(reader.page))) < 51_000
    links = {value[1:] for name, value in reader.attributes if name == "href"}
    assert links == {value for name, value in reader.attributes if name == "id"}
    view.save(tmp_path / "page.html")
    saved = (tmp_path / "page.html").read_text(encoding="utf-8")
    body = saved.partition("<body>")[2].partition("</body>")[0]
    assert visible("".join(Reader(body).page)).startswith(visible(text))
    assert max(map(len, str(view).splitlines())) <= 90


def test_of_a_field_with_many_values_the_first_are_shown():
    tags = "".join(f"وسم{n}\n" for n in range(100))
    fragment = naqi.show(f"افتتح رئيس البلدية المكتبة صباح اليوم.\nالكلمات الدلالية\n{tags}")._repr_html_()
    assert len(naqi.extract(f"افتتح رئيس البلدية المكتبة صباح اليوم.\nالكلمات الدلالية\n{tags}").tags) > 30
    assert re.search("and [0-9]+ more", fragment)


def test_printed_it_is_the_page_with_its_cuts(examples):
    printed = str(naqi.show(examples["aggregator"]))
    assert "✂" in printed
    assert max(map(len, printed.splitlines())) <= 90


def test_saved_it_is_a_whole_document(tmp_path, examples):
    naqi.show(examples["aggregator"]).save(tmp_path / "page.html")
    document = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert document.startswith("<!doctype html>")
    assert html.escape(naqi.extract(examples["aggregator"]).title) in document


def test_a_report_counts_what_was_cut(examples):
    texts = [*examples.values(), None, "  "]
    report = naqi.Report(naqi.extract(texts), site=["https://www.a.org/1", "a.org", "b.org", None, None])
    numbers = report.to_dict()
    cuts = [cut for text in examples.values() for cut in naqi.find_boilerplate(text)]
    assert json.loads(json.dumps(numbers)) == numbers
    assert (numbers["pages"], numbers["missing"], numbers["empty"]) == (4, 1, 1)
    assert sum(rule["cuts"] for rule in numbers["rules"]) == len(cuts)
    assert numbers["characters_cut"] == sum(cut.end - cut.start for cut in cuts)
    assert [(site["site"], site["pages"]) for site in numbers["sites"]] == [("a.org", 2), ("b.org", 1)]
    assert "share.button" in report._repr_html_()
    assert "a.org" in str(report)


def test_the_examples_of_a_rule_are_ten_different_cuts_the_longest_first():
    words = ["الخبر", "المقال", "الصفحة", "الموضوع", "القصة", "الفيديو", "التقرير", "المنشور", "الرابط"]
    lines = [f"شارك {word}" for word in words] + ["شارك هذا الخبر", "شارك هذا المقال", "شارك هذه الصفحة"]
    texts = [f"افتتح رئيس البلدية المكتبة صباح اليوم.\n{line}" for line in lines * 3]
    rules = naqi.show(texts).to_dict()["rules"]
    rule = next(rule for rule in rules if rule["rule"] == "share.button")
    shown = [example["text"] for example in rule["examples"]]
    assert len(shown) == len(set(shown)) == 10
    assert [len(text) for text in shown[:5]] == sorted((len(line) for line in lines), reverse=True)[:5]
    assert all(example["times"] == 3 for example in rule["examples"])


def test_a_report_of_a_column_is_that_of_its_list(examples):
    numpy = pytest.importorskip("numpy")
    texts = list(examples.values())
    assert naqi.show(numpy.array(texts)).to_dict() == naqi.show(texts).to_dict()
    assert naqi.show(iter([*texts, float("nan")])).to_dict()["missing"] == 1


@pytest.mark.parametrize("x", [b"text", {"a": 1}, 3, [3], [naqi.extract("نص"), "نص"], ["نص", naqi.extract("نص")]])
def test_what_is_no_page_is_refused(x):
    with pytest.raises(TypeError, match="expected"):
        naqi.show(x)


def test_as_many_sites_as_pages_are_wanted(examples):
    pages = list(examples.values())
    for sites in (["a.org"], ["a.org"] * 5):
        with pytest.raises(ValueError, match="site="):
            naqi.Report(naqi.extract(pages), site=sites)
        with pytest.raises(ValueError, match="site="):
            naqi.show(pages, site=sites)


@pytest.mark.parametrize(
    ("misuse", "said"),
    [
        (lambda: naqi.Report(3), "iterable of Article and None, not int"),
        (lambda: naqi.Report(naqi.extract("نص")), "naqi.show"),
        (lambda: naqi.Report([naqi.extract("نص")], site=3), "site= is of type int"),
        (lambda: naqi.Report([naqi.extract("نص")], site=[3]), "site=: item 0 is of type int"),
        (lambda: naqi.show(["نص"], site=3), "site= is of type int"),
        (lambda: naqi.show(naqi.extract("نص"), title="عنوان"), "title= would change nothing"),
        (lambda: naqi.show([naqi.extract("نص")], normalize="news"), "normalize= would change nothing"),
        (lambda: naqi.show(naqi.Normalizer().align("نص"), site="a.org"), "an Alignment is normalised already"),
    ],
)
def test_a_misuse_is_told_in_words_of_its_own(misuse, said):
    with pytest.raises(TypeError) as error:
        misuse()
    assert said in str(error.value)


def test_what_changed_is_tinted_on_both_sides_and_named():
    fragment = naqi.Normalizer().align("قالت الأخبـــار أمس")._repr_html_()
    marks = re.findall('<(?:del|ins) title="(.*?)">(.*?)</', fragment)
    why = "U+0640 dropped ×3, U+0623 → U+0627"
    assert marks == [(why, "الأخبـــار"), ("U+0623 → U+0627", "أمس"), (why, "الاخبار"), ("U+0623 → U+0627", "امس")]
    assert "arabic letter alef with hamza above" in fragment
    assert "2 of 3 words changed" in fragment


@given(texts, presets, options)
def test_both_sides_hold_their_whole_text_word_by_word(text, preset, options):
    from naqi.display.alignment import lines

    aligned = naqi.Normalizer(preset, **options).align(text)
    tokens = [token for line in lines(aligned) for token in line]
    assert "".join("".join(token.original.split()) for token in tokens) == "".join(aligned.original.split())
    assert "".join("".join(token.text.split()) for token in tokens) == "".join(aligned.text.split())
    reader = Reader(aligned._repr_html_())
    assert reader.open == []
    assert set(reader.tags) <= ALLOWED


@pytest.mark.parametrize(
    ("text", "seen"), [("خبر  أول", "\u2423\u2423"), ("خبر \u200f أول", "U+200F"), ("\u064e", "U+064E")]
)
def test_what_has_no_shape_is_seen_where_it_went(text, seen):
    aligned = naqi.Normalizer(whitespace="collapse").align(text)
    assert re.search(f"<del [^>]*>(<bdi dir=.ltr.>)?{re.escape(seen)}", aligned._repr_html_())


@pytest.mark.parametrize("text", ["مدرسة أخرى\n" * 20_000, "أ" * 200_000, "ب" * 200_000])
@pytest.mark.parametrize("spelt_out", ["ا", "ا" * 100])
def test_a_long_text_is_shown_to_a_bound_and_says_so(text, spelt_out):
    aligned = naqi.Normalizer("search", map={"ا": spelt_out}).align(text)
    fragment = aligned._repr_html_()
    assert len(fragment) < 1_000_000
    assert f"of {len(text):,} code points" in fragment
    assert len(repr(aligned)) < 200
    assert len(repr(naqi.show(aligned))) < 10_000


def test_an_alignment_is_printed_and_saved_as_what_changed(tmp_path):
    view = naqi.show(naqi.Normalizer().align("أخبار أخبار اليوم"))
    assert repr(view) == "2 of 3 words changed\n     2 × \u2068أخبار\u2069 → \u2068اخبار\u2069"
    view.save(tmp_path / "compared.html")
    assert "<ins" in (tmp_path / "compared.html").read_text(encoding="utf-8")
    assert repr(naqi.show(naqi.Normalizer().align("نص"))) == "nothing changed"


def test_empty_things_are_shown_as_empty():
    assert "empty" in naqi.show("")._repr_html_()
    assert "empty" in naqi.Normalizer().align("")._repr_html_()
    assert naqi.show([]).pages == 0
    assert naqi.show([None])._repr_html_()


def test_import_reads_neither_the_display_nor_another_package():
    code = "import sys; before = set(sys.modules); import naqi; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert {name for name in done.stdout.split() if not name.startswith("_")} <= {"naqi", "naqi._naqi"}
