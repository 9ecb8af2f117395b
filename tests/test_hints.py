"""What `title=`, `author=` and `site=` tell of a page: names count as names there, and nowhere else."""

import naqi
import pytest

TITLE = "افتتاح حديقة عامة على ضفة النهر"
STORY = [
    "افتتح رئيس البلدية أمس حديقة عامة على ضفة النهر، وسط حضور عشرات العائلات من الأحياء القريبة.",
    "وقال إن العمل فيها استغرق عامين، وإن نصف كلفتها جاء من تبرعات التجار وأهالي المدينة.",
    "وتضم الحديقة ملعباً للأطفال ومكتبة صغيرة، ومن المقرر أن تبقى مفتوحة حتى منتصف الليل.",
]


def cuts(text: str, **hints: str) -> list[str]:
    return [text[cut.start : cut.end] for cut in naqi.find_boilerplate(text, **hints)]


@pytest.mark.parametrize("line", ["الضفة", "الضفة - خاص", "خاص الضفة", "الضفة – سلا"])
def test_the_sites_own_name_at_the_end_is_cut_where_the_site_is_told(line):
    page = "\n".join([TITLE, *STORY, line])
    assert cuts(page, site="الضفة") == [line]
    assert line not in cuts(page, site="الساحل")


@pytest.mark.parametrize("credit", ["الضفة:", "الضفة -", "خاص - الضفة:", "الضفة / سلا:"])
def test_it_may_open_the_lead(credit):
    page = "\n".join([TITLE, f"{credit} {STORY[0]}", *STORY[1:]])
    assert cuts(page, site="الضفة") == [credit]


@pytest.mark.parametrize("end", ["الضفة", " الضفة", " - الضفة", " (الضفة)"])
def test_it_may_be_glued_to_the_last_sentence(end):
    page = "\n".join([TITLE, *STORY]) + end
    assert cuts(page) == []
    assert cuts(page, site="الضفة") == [end.strip()]


def test_a_site_that_no_list_knows_is_known_by_its_host():
    for line in ("diffanews", "diffanews.example", "www.diffanews.example"):
        page = "\n".join([TITLE, *STORY, line])
        assert cuts(page, site="https://www.diffanews.example/a/1") == [line]


def test_a_known_host_tells_what_the_outlet_is_called():
    page = "\n".join([TITLE, *STORY, "جسر"])
    assert cuts(page, site="https://jesrpress.com/1") == ["جسر"]
    assert cuts(page, site="https://diffanews.example/") == []


@pytest.mark.parametrize("line", ["زبير المجدي", "زبير المجدي - سلا"])
def test_the_writers_name_is_cut_where_it_is_told(line):
    page = "\n".join([TITLE, *STORY, line])
    assert cuts(page, author="زبير المجدي") == [line]
    page = "\n".join([TITLE, *STORY]) + f" {line.split(' -')[0]}"
    assert cuts(page, author="زبير المجدي") == [line.split(" -")[0]]


def test_names_within_sentences_stay():
    page = "\n".join([TITLE, *STORY, "وقالت الضفة إن زبير المجدي كتب عنها."])
    assert cuts(page, site="الضفة", author="زبير المجدي", title=TITLE) == []
    page = "\n".join([TITLE, "الضفة التي عرفناها صغارا صارت حديقة، كما يقول زبير المجدي.", *STORY])
    assert cuts(page, site="الضفة", author="زبير المجدي") == []


def test_a_keyword_that_the_page_prints_twice_is_one():
    page = "\n".join([TITLE, *STORY, "الكلمات الدلالية: النهر، حديقة، النهر، البلدية، حديقة"])
    assert naqi.extract(page).tags == ["النهر", "حديقة", "البلدية"]
