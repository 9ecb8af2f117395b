"""What the tests of the engines share: a table of pages, and what naqi alone makes of it."""

import pytest

pytest.importorskip("pyarrow", reason="pyarrow is not installed")

import naqi
import pyarrow

HOST = "example.org"
CORNER = "زاوية القارئ الكريم"  # what this site alone repeats
WHO = ["الوفد", "المجلس", "الفريق", "المتحف", "المصنع", "المعهد", "الميناء", "المخبز", "المسرح", "الملعب"]
WHAT = ["زار", "افتتح", "درس", "باع", "أغلق", "رمم", "وسع", "نقل", "جهز", "عرض"]
WHICH = ["القلعة", "المكتبة", "الحديقة", "السفينة", "المدرسة", "القافلة", "الواحة", "الطاحونة", "المنارة", "السوق"]


@pytest.fixture(scope="session")
def pages(examples):
    """A thousand rows: an id, the page (none in one of eight), its address and a headline of its own."""
    stories = [f"{what} {who} {which} مساء أمس." for who in WHO for what in WHAT for which in WHICH]
    made = [f"{story}\nالمصدر: صحيفة المثال\n{CORNER}" for story in stories]
    for i in range(0, 1000, 100):
        made[i] = list(examples.values())[i % len(examples)]
    texts = [None if i % 8 == 5 else text for i, text in enumerate(made)]
    sites = [f"https://{HOST}/{i}" for i in range(1000)]
    return pyarrow.table({"id": range(1000), "text": texts, "site": sites, "title": ["عنوان"] * 1000})


@pytest.fixture(scope="session")
def bodies(pages):
    """The stories, by id."""
    articles = naqi.extract(pages["text"].to_pylist())
    return {i: article and article.body for i, article in enumerate(articles)}
