"""The three example pages, without any data from elsewhere: the main job from end to end."""

import datetime
import subprocess
import sys
from pathlib import Path

import naqi
import pytest

# page → its story, by the numbers of its lines; the lead of the second stands behind its dateline.
STORIES = {
    "aggregator": [4, 5, 6, 7, 8],
    "gulf_newspaper": [4, 5, 6, 7, 8],
    "egyptian_portal": [10, 11, 12, 16, 17],
}
TITLES = {"aggregator": 1, "gulf_newspaper": 2, "egyptian_portal": 2}
DATELINE = "الدوحة - قنا: "


@pytest.mark.parametrize("name", STORIES)
def test_headline_and_body_are_exactly_the_story(examples, name):
    lines = examples[name].split("\n")
    article = naqi.extract(examples[name])
    assert article.title == lines[TITLES[name] - 1]
    assert article.body.split("\n") == [lines[number - 1].removeprefix(DATELINE) for number in STORIES[name]]


def test_the_facts_of_the_aggregator(examples):
    article = naqi.extract(examples["aggregator"])
    assert article.published == datetime.date(2024, 10, 14)
    assert article.source == "صحيفة الرابية"
    assert article.related == ["صيّادو المرسى القديم يعيدون بناء آخر قارب شراعي"]
    assert article.authors == []
    assert len(article.sentences) == 5


def test_the_facts_of_the_newspaper(examples):
    article = naqi.extract(examples["gulf_newspaper"])
    assert article.published == datetime.date(2023, 11, 22)
    assert article.published_raw.startswith("الأربعاء 8 جمادى الأولى 1445 هـ الموافق 22 نوفمبر 2023")
    assert (article.place, article.agency) == ("الدوحة", "قنا")
    assert article.tags == ["ميناء اللؤلؤ", "الهيدروجين", "الشحن البحري"]


def test_the_facts_of_the_portal(examples):
    article = naqi.extract(examples["egyptian_portal"])
    assert article.published == datetime.date(2024, 3, 5)
    assert article.authors == ["ماهر عبد السميع"]
    assert article.related[:2] == ["مدرسة في النوبة تحوّل سطحها إلى مزرعة", "ما سر عودة الطرابيش إلى أسواق القاهرة؟"]
    assert {cut.category for cut in article.boilerplate} >= {"byline", "date", "share", "caption", "related", "promo"}


def test_the_demo_runs_and_shows_the_result():
    demo = Path(__file__).parent.parent / "examples/demo.py"
    done = subprocess.run([sys.executable, demo], capture_output=True, check=True)
    shown = done.stdout.decode()
    assert "2024-10-14" in shown
    assert "✂" in shown
    assert "ماهر عبد السميع" in shown
    assert all(len(line) < 200 for line in shown.splitlines())
