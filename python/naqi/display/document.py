"""The frame of everything that is shown: the style sheet, and saving as a file."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from os import PathLike
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
# What no document of HTML may hold, and what cannot be written as UTF-8.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
LINE_BREAK = re.compile("\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_WORD, _GAP = "[A-Za-z0-9\u00c0-\u024f\u0300-\u036f]", "[ '’.,:;/+@_#=?%&|-]"
LATIN_RUN = re.compile(
    rf"[@#]?(?<![0-9])[0-9]*[A-Za-z\u00C0-\u024F]{_WORD}*(?:{_GAP}+{_WORD}+| ?\({_WORD}+(?:{_GAP}+{_WORD}+)*\))*[+#]*"
    r"|\+[0-9](?:[ ()-]?[0-9])*"  # a telephone number
)


class Category(NamedTuple):
    """How a category is shown."""

    hue: int
    reason: str


class Document:
    """Something to look at: a fragment of HTML for a notebook, a file for a browser, text for a terminal."""

    def _repr_html_(self) -> str:
        raise NotImplementedError

    def _title(self) -> str:
        raise NotImplementedError

    def _whole_html(self) -> str:
        """What a file holds, where a notebook holds less of a long text."""
        return self._repr_html_()

    def save(self, path: str | PathLike[str]) -> None:
        """Writes a file that a browser shows without network."""
        page = (
            '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{escape(self._title())}</title>"
            "<style>:root { color-scheme: light dark } body { margin: 1rem }"
            " body :is(.naqi-page, .naqi-side) { max-height: none }</style></head>\n"
            f"<body>\n{self._whole_html()}\n</body>\n</html>\n"
        )
        Path(path).write_text(page, encoding="utf-8", newline="\n")


def _categories() -> dict[str, Category]:
    lines = (HERE / "categories.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split(maxsplit=2) for line in lines if line and not line.startswith("#"))
    return {name: Category(int(hue), reason) for name, hue, reason in rows}


def _style() -> str:
    tints = (f".naqi [data-cut={name}]{{--hue:{category.hue}}}" for name, category in CATEGORIES.items())
    return f"<style>{(HERE / 'style.css').read_text(encoding='utf-8')}{''.join(tints)}</style>"


CATEGORIES = _categories()
STYLE = _style()  # everything in it is below `.naqi`


def reason(category: str) -> str:
    """What a cut of this category is, in words."""
    known = CATEGORIES.get(category)
    return known.reason if known else category


def chip(category: str, number: int | None = None) -> str:
    """The category's name in its tint."""
    text = category if number is None else f"{number:,} {category}"
    what = f'data-cut="{escape(category)}" title="{escape(reason(category))}"'
    return f'<span class="naqi-chip" {what}>{escape(text)}</span>'


def escape(text: str) -> str:
    """Text as HTML, also within quotes."""
    return html.escape(UNWRITABLE.sub("\ufffd", text))


def isolated(text: str) -> str:
    """Text as HTML, its Latin runs and telephone numbers each isolated: their signs stay on the right side."""
    return "".join(_isolated(text))


def _isolated(text: str) -> Iterator[str]:
    at = 0
    for run in LATIN_RUN.finditer(text):
        yield f'{escape(text[at : run.start()])}<bdi dir="ltr">{escape(run.group())}</bdi>'
        at = run.end()
    yield escape(text[at:])


def direction(text: str) -> str:
    """`ltr` for what is mostly Latin, else `rtl`: a line of Arabic may begin with a Latin name, or hold many."""
    classes = Counter(map(unicodedata.bidirectional, text))
    return "ltr" if classes["L"] > 2 * (classes["AL"] + classes["R"]) else "rtl"


def value(text: str) -> str:
    """A value of the page among Latin labels."""
    return f'<bdi dir="{direction(text)}">{isolated(" ".join(text.split()))}</bdi>'


def count(number: int, thing: str) -> str:
    """`1 part`, `2 parts`."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def share(part: int, whole: int) -> str:
    """A share in per cent; never 0% of something, nor 100% of less than all."""
    if part == 0 or whole == 0:
        return "0%"
    percent = 100 * part / whole
    if percent < 0.1:
        return "<0.1%"
    return f"{percent:.1f}%" if percent < 9.95 else f"{min(round(percent), 99 if part < whole else 100)}%"
