"""The pages of tests/data/pages: each phrase is cut where it is furniture, and left alone where it is the story."""

import re
from pathlib import Path

import naqi
import pytest

FOLDER = Path(__file__).parent / "data/pages"
STORIES = [
    "افتتح رئيس البلدية أمس حديقة عامة على ضفة النهر، وسط حضور عشرات العائلات من الأحياء القريبة.",
    "وقال إن العمل فيها استغرق عامين، وإن نصف كلفتها جاء من تبرعات التجار وأهالي المدينة.",
    "وتضم الحديقة ملعباً للأطفال ومكتبة صغيرة، ومن المقرر أن تبقى مفتوحة حتى منتصف الليل.",
    "وأشار مهندس المشروع إلى أن ألف شجرة زيتون ستُزرع حول السور قبل نهاية الربيع المقبل.",
]
SIGNS = re.compile(r"⟦(?:([a-z]+):)?|⟧|¶|\s*⏎\s*")


def read(line: str, default: str) -> tuple[str, list[tuple[str, str]]]:
    """The text of a case, and what must be cut of it: (category, text)."""
    text, cuts, at, stories = "", [], 0, iter(STORIES)
    category, start = "", 0
    for sign in SIGNS.finditer(line):
        text += line[at : sign.start()]
        at = sign.end()
        match sign[0].strip()[0]:
            case "⟦":
                category, start = sign[1] or default, len(text)
            case "⟧":
                cuts.append((category, text[start:]))
            case "¶":
                text += next(stories)
            case _:
                text += "\n"
    return text + line[at:], cuts


def cases() -> list:
    out = []
    for path in sorted(FOLDER.glob("*.txt")):
        if path.stem == "README":
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line and not line.startswith("#"):
                out.append(pytest.param(line, path.stem, id=f"{path.name}:{number}"))
    return out


@pytest.mark.parametrize(("line", "category"), cases())
def test_what_is_marked_is_cut_and_nothing_else(line, category):
    text, expected = read(line, category)
    found = [(cut.category, text[cut.start : cut.end]) for cut in naqi.find_boilerplate(text)]
    assert found == expected
    if not expected:
        assert naqi.remove_boilerplate(text) is text


def test_every_category_has_pages_of_both_kinds():
    lines = {path.stem: path.read_text(encoding="utf-8").splitlines() for path in FOLDER.glob("*.txt")}
    for name in lines.keys() - {"README"}:
        pages = [line for line in lines[name] if line and not line.startswith("#")]
        assert any("⟦" in line for line in pages), name
        assert any("⟦" not in line for line in pages), name
