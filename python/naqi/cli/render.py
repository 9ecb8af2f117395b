"""An article, or a page with its cuts, as lines for a terminal.

Readable with and without bidi support: Arabic stands alone on its lines or, beside a label, within isolates; letters
are never reshaped. Everything fits 80 columns. Colours are for terminals alone, and not where NO_COLOR is set.
"""

from __future__ import annotations

import os
import shutil
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

import naqi

COLUMNS = 80
LABEL = 12  # columns of the names on the left
FSI, PDI = "\u2068", "\u2069"  # FIRST STRONG ISOLATE, POP DIRECTIONAL ISOLATE


@dataclass(frozen=True)
class Style:
    """How wide, and whether with colours."""

    columns: int = COLUMNS
    colour: bool = False

    @classmethod
    def of(cls, stream: TextIO) -> Style:
        """What `stream` can show."""
        if not stream.isatty():
            return cls()
        plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        return cls(min(COLUMNS, shutil.get_terminal_size().columns), not plain)

    def bold(self, text: str) -> str:
        return self._paint("1", text)

    def faint(self, text: str) -> str:
        return self._paint("2", text)

    def red(self, text: str) -> str:
        return self._paint("31", text)

    def _paint(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text


class Page:
    """Renders in one style."""

    def __init__(self, style: Style) -> None:
        self.style = style

    def heading(self, name: str) -> str:
        """Above each page, where there are several."""
        return self.style.faint(f"── {name} ".ljust(self.style.columns, "─"))

    def article(self, article: naqi.Article) -> str:
        """Headline, facts and body."""
        lines: list[str] = []
        if article.title:
            lines += [self.style.bold(line) for line in wrap(one_line(article.title), self.style.columns)]
            lines.append("")
        facts = list(self._facts(article))
        lines += [*facts, ""] if facts else []
        for paragraph in article.body.splitlines():
            lines += wrap(clean(paragraph), self.style.columns)
        lines += ["", *self._summary(article)]
        return "\n".join(lines) + "\n"

    def cuts(self, text: str, article: naqi.Article) -> str:
        """The page as it came: what each part is on the left, ✂ at what is cut, ┊ where a part shares its line."""
        rows = list(self._rows(text, article))
        rules = Counter((cut.category, cut.rule) for cut in article.boilerplate)
        table = [f"{count:>4} × {category:<{LABEL - 3}} {rule}" for (category, rule), count in sorted(rules.items())]
        return "\n".join([*rows, "", *self._summary(article), *map(self.style.faint, table)]) + "\n"

    def _summary(self, article: naqi.Article) -> Iterator[str]:
        return map(self.style.faint, wrap(summary(article), self.style.columns))

    def _facts(self, article: naqi.Article) -> Iterator[str]:
        if article.published_at:
            date = article.published_at.isoformat(sep=" ", timespec="minutes")
        else:
            date = str(article.published or "")
        if article.published_raw and article.published_raw != date:
            date += f"{'  ' if date else ''}({isolate(one_line(article.published_raw))})"
        for label, value in (
            ("Published", date),
            ("Place", isolate(article.place)),
            ("Agency", isolate(article.agency)),
            ("Authors", listed(article.authors)),
            ("Source", isolate(article.source)),
            ("Tags", listed(article.tags)),
        ):
            if value:
                yield from self._labelled(label, value)
        for i, title in enumerate(article.related):
            yield from self._labelled("" if i else "Related", isolate(one_line(title)))

    def _labelled(self, label: str, value: str) -> Iterator[str]:
        for i, line in enumerate(wrap(value, self.style.columns - LABEL)):
            yield self.style.faint(("" if i else label).ljust(LABEL)) + line

    def _rows(self, text: str, article: naqi.Article) -> Iterator[str]:
        marked: list[tuple[int, int, str]] = [(cut.start, cut.end, cut.category) for cut in article.boilerplate]
        if article.title_span:
            marked.append((*article.title_span, "title"))
        marked.sort()
        offset = 0
        for line in text.splitlines(keepends=True) or [""]:
            bar = "│"
            for start, end, name in pieces(offset, offset + len(line), marked):
                part = clean(text[start:end]).strip()
                if not part and (start, end) != (offset, offset + len(line)):
                    continue  # white space between two parts
                yield from self._row(name, bar, part)
                bar = "┊"
            offset += len(line)

    def _row(self, name: str, bar: str, part: str) -> Iterator[str]:
        is_cut = name not in ("", "title")
        paint = self.style.red if is_cut else self.style.bold if name else str
        gutter = f"{name:<{LABEL - 2}}{'✂' if is_cut else ' '}{bar} "
        for line in wrap(part, self.style.columns - LABEL - 1) or [""]:
            yield f"{self.style.faint(gutter)}{paint(isolate(line))}".rstrip()
            gutter = " " * (LABEL - 2) + gutter[LABEL - 2 :]


def pieces(start: int, end: int, marked: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """`start` to `end` in order, as parts that are wholly marked (with the name) or not at all (with "")."""
    at = start
    for i in range(bisect_right(marked, start, key=lambda mark: mark[1]), len(marked)):
        first, last, name = marked[i]
        first, last = max(first, start), min(last, end)
        if first >= last:
            break
        if at < first:
            yield at, first, ""
        yield first, last, name
        at = last
    if at < end or start == end:
        yield at, end, ""


def summary(article: naqi.Article) -> str:
    """One line: how much was kept, what was cut."""
    count = len(article.sentences)
    kept = f"{count} sentence{'' if count == 1 else 's'}"
    cuts = Counter(cut.category for cut in article.boilerplate)
    if not cuts:
        return f"{kept}; nothing was cut"
    return f"{kept}; cut: " + ", ".join(f"{number} {name}" for name, number in sorted(cuts.items()))


def isolate(text: str | None) -> str:
    """Text of either direction beside Latin labels."""
    return f"{FSI}{clean(text)}{PDI}" if text else ""


def listed(texts: list[str]) -> str:
    return " · ".join(isolate(one_line(text)) for text in texts)


def one_line(text: str) -> str:
    return " ".join(text.split())


def clean(text: str) -> str:
    """Without what would command the terminal (escape sequences in a hostile page) or move its cursor."""
    return "".join(
        "\ufffd" if unicodedata.category(c) in ("Cc", "Cs") else c
        for c in text.replace("\t", " ").rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
    )


def width(text: str) -> int:
    """Columns of a terminal: marks and invisible characters take none, wide ones two."""
    return sum(
        0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def wrap(text: str, columns: int) -> list[str]:
    """`text` in lines of at most `columns`; a longer word is broken."""
    lines: list[str] = []
    line, used = "", 0
    for word in text.split():
        at, size = 0, width(word)
        while size > columns:
            head = word[at : at + (max(1, columns // 2) if size > len(word) - at else columns)]
            lines += [line, head] if line else [head]
            line, used, at, size = "", 0, at + len(head), size - width(head)
        word = word[at:]
        if line and used + 1 + size > columns:
            lines.append(line)
            line, used = "", 0
        line, used = (f"{line} {word}", used + 1 + size) if line else (word, size)
    return [*lines, line] if line else lines
