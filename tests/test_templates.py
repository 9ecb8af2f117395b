"""What a site repeats: learnt from its pages, merged, kept in a file, and cut from the next page."""

import pickle
import tracemalloc

import naqi
import pytest

SITE = "example.com"
STORIES = [
    "أقر المجلس البلدي خطة لزراعة الأشجار في شوارع المدينة كلها.",
    "فاز فريق الحي ببطولة الشطرنج بعد مباراة طويلة أمس.",
    "تساقطت الثلوج على المرتفعات وأغلقت المدارس أبوابها يومين.",
    "افتتح المتحف قاعة جديدة للمخطوطات النادرة أمام الزوار.",
    "ارتفع منسوب النهر بعد أمطار غزيرة في الشمال الليلة الماضية.",
]
NEW = "وصلت القافلة إلى الواحة بعد رحلة شاقة عبر الرمال."
WIDGET = "زاوية القارئ الكريم"


def pages():
    return [f"{story}\n{WIDGET}" for story in STORIES]


@pytest.fixture(scope="module")
def templates():
    return naqi.Templates.learn(pages(), site=SITE)


def test_every_function_that_reads_pages_takes_them(templates):
    page = f"{NEW}\n{WIDGET}"
    assert naqi.remove_boilerplate(page) == page
    assert naqi.remove_boilerplate(page, templates=templates) == NEW
    assert naqi.extract(page, templates=templates).body == NEW
    assert naqi.Extractor(templates=templates)([page, None])[0].body == NEW
    assert [article.body for article in naqi.extract_iter([page], templates=templates)] == [NEW]
    (cut,) = naqi.find_boilerplate(page, templates=templates)
    assert (page[cut.start : cut.end], cut.rule) == (WIDGET, "template.line")


def test_they_speak_of_their_own_site_only(templates):
    page = f"{NEW}\n{WIDGET}"
    assert naqi.remove_boilerplate(page, site=f"https://www.{SITE}/news/7", templates=templates) == NEW
    assert naqi.remove_boilerplate(page, site="other.example", templates=templates) == page
    both = templates.merge(naqi.Templates.learn(STORIES, site="other.example"))
    assert naqi.remove_boilerplate([page] * 2, site=[SITE, "other.example"], templates=both) == [NEW, page]


def test_a_rule_of_them_can_be_switched_off(templates):
    page = f"{NEW}\n{WIDGET}"
    assert naqi.Extractor(templates=templates, disable=["template.line"])(page).body == page
    assert naqi.Extractor(templates=templates, disable=["template"])(page).body == page


def test_learning_reads_a_stream_with_none_in_it_and_sites_beside_it():
    stream = (page for page in [*pages(), None])
    sites = (site for site in ["a.example", "b.example", None, "a.example", "a.example", "b.example"])
    templates = naqi.Templates.learn(stream, site=sites)
    assert templates.sites == {"": 1, "a.example": 3, "b.example": 1}


def test_learning_in_pieces_on_many_machines_is_learning_at_once(templates):
    pieces = [naqi.Templates.learn([page], site=SITE) for page in pages()]
    assert pieces[0].merge(*pieces[1:]) == templates
    assert pieces[3].merge(pieces[0], pieces[4].merge(pieces[2]), pieces[1]) == templates
    assert templates.merge() == templates
    assert naqi.Templates().merge(templates) == templates


def test_threads_do_not_show(templates):
    assert naqi.Templates.learn(pages(), site=SITE, threads=1) == templates
    assert naqi.Templates.learn(pages(), site=SITE, threads=3) == templates


def test_a_file_reads_back_and_refuses_what_is_no_file_of_templates(templates, tmp_path):
    path = tmp_path / "site.naqi"
    templates.save(path)
    assert naqi.Templates.load(path) == naqi.Templates.load(str(path)) == templates
    assert [file.name for file in tmp_path.iterdir()] == ["site.naqi"]
    data = path.read_bytes()
    for wrong in (b"", b"hello", data[:-1], data[:40], data + b"x", data[:-3] + bytes([data[-3] ^ 1]) + data[-2:]):
        path.write_bytes(wrong)
        with pytest.raises(ValueError, match=r"site\.naqi: .*"):
            naqi.Templates.load(path)
    with pytest.raises(FileNotFoundError, match=r"gone\.naqi"):
        naqi.Templates.load(tmp_path / "gone.naqi")
    with pytest.raises(FileNotFoundError):
        templates.save(tmp_path / "no-such-folder" / "site.naqi")


def test_they_are_values(templates):
    again = pickle.loads(pickle.dumps(templates))
    assert again == templates
    assert hash(again) == hash(templates)
    assert templates != naqi.Templates()
    assert repr(templates) == "<naqi.Templates of 5 pages of 1 site>"
    extractor = naqi.Extractor(templates=templates)
    assert pickle.loads(pickle.dumps(extractor)) == extractor != naqi.Extractor()


def test_the_memory_of_a_site_does_not_grow_with_its_pages():
    def stream(n):
        for i in range(n):
            yield "\n".join(
                chr(0x628 + (i * 7 + j) % 30) * (j + 2) + f" {chr(0x628 + i % 29)}" * (i % 97) for j in range(12)
            )

    def size(templates):
        return len(pickle.dumps(templates))

    tracemalloc.start()
    few, many = naqi.Templates.learn(stream(1500)), naqi.Templates.learn(stream(6000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size(many) < size(few) * 1.1
    assert peak < 20_000_000


def test_an_interrupted_stream_raises_what_it_raised():
    def broken():
        yield "خبر"
        raise LookupError("the disk is gone")

    with pytest.raises(LookupError, match="the disk is gone"):
        naqi.Templates.learn(broken())
