"""One page: its text with every cut part tinted and named, the record beside it, the sentences below."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import naqi
from naqi.cli import render
from naqi.display.document import (
    LINE_BREAK,
    STYLE,
    Document,
    chip,
    count,
    direction,
    escape,
    isolated,
    reason,
    share,
    value,
)

SHOWN = 50_000  # code points of a page: what a notebook can hold
VALUES = 30  # of one field in the record
# So many lines of nothing but cuts are shown before and behind those that are folded away.
SHOWN_OF_A_RUN = 4
HIJRI_MONTHS = (
    *("Muharram", "Safar", "Rabi I", "Rabi II", "Jumada I", "Jumada II"),
    *("Rajab", "Shaaban", "Ramadan", "Shawwal", "Dhu al-Qida", "Dhu al-Hijja"),
)


class View(Document):
    """One page as `naqi.show` shows it; `article` is what was extracted."""

    def __init__(self, article: naqi.Article) -> None:
        self.article = article

    def __repr__(self) -> str:
        page = render.Page(render.Style())
        return page.cuts(self.article.text, self.article).removesuffix("\n")

    def _repr_html_(self) -> str:
        return article_html(self.article)

    def _whole_html(self) -> str:
        return article_html(self.article, len(self.article.text))

    def _title(self) -> str:
        return self.article.title or "naqi"


class Piece(NamedTuple):
    """A part of one line that is all of one kind."""

    start: int
    end: int
    cut: naqi.Boilerplate | None = None
    is_title: bool = False
    sentence: int | None = None


def article_html(article: naqi.Article, shown: int = SHOWN) -> str:
    """The whole display of an article, or of so many code points of its page."""
    # Of the text, so that a saved notebook stays as it is when it runs again.
    key = f"naqi-{zlib.crc32(article.text.encode('utf-8', 'surrogatepass')):08x}"
    return (
        f'<div class="naqi">{STYLE}<div class="naqi-head">{_summary(article)}</div>'
        f'<div class="naqi-split"><div class="naqi-page">{_page(article, key, shown)}</div>'
        f'<div class="naqi-side">{_record(article)}{_sentences(article, key, shown)}</div></div></div>'
    )


def _summary(article: naqi.Article) -> str:
    cuts = article.boilerplate
    length = sum(cut.end - cut.start for cut in cuts)
    text = f"<b>{count(len(article.sentences), 'sentence')}</b>, "
    if not cuts:
        return text + "nothing was cut"
    text += f"{count(len(cuts), 'part')} cut ({share(length, len(article.text))} of the page)"
    numbers = sorted(Counter(cut.category for cut in cuts).items())
    return text + "".join(f" {chip(name, number)}" for name, number in numbers)


def _page(article: naqi.Article, key: str, shown: int) -> str:
    """The lines of the page; long runs of nothing but cuts are folded."""
    out: list[str] = []
    run: list[str] = []
    seen: set[int] = set()
    for pieces in _lines(article, shown):
        line = _line(article.text, pieces, key, seen)
        if all(piece.cut for piece in pieces):
            run.append(line)
            continue
        out += _folded(run)
        run = []
        out.append(line)
    out += _folded(run)
    if shown < len(article.text):
        whole = f"The first {shown:,} of {len(article.text):,} code points are shown"
        out.append(f'<p class="naqi-none">{whole}; <code>naqi.show(x).save("page.html")</code> writes all.</p>')
    return "".join(out) or '<p class="naqi-none">The text is empty.</p>'


def _folded(run: list[str]) -> list[str]:
    hidden = len(run) - 2 * SHOWN_OF_A_RUN
    if hidden < SHOWN_OF_A_RUN:
        return run
    return [
        *run[:SHOWN_OF_A_RUN],
        f"<details><summary>{hidden} more lines, all cut</summary>",
        *run[SHOWN_OF_A_RUN:-SHOWN_OF_A_RUN],
        "</details>",
        *run[-SHOWN_OF_A_RUN:],
    ]


def _line(text: str, pieces: list[Piece], key: str, seen: set[int]) -> str:
    names = dict.fromkeys(piece.cut.category for piece in pieces if piece.cut)
    labels = " ".join(f'<i data-cut="{escape(name)}">{escape(name)}</i>' for name in names)
    parts = "".join(_piece(text, piece, key, seen) for piece in pieces)
    margin = f'<span class="naqi-label" dir="ltr">{labels}</span>' if labels else ""
    way = direction("".join(text[piece.start : piece.end] for piece in pieces))
    return f'<div class="naqi-line"><p dir="{way}">{parts}</p>{margin}</div>'


def _piece(text: str, piece: Piece, key: str, seen: set[int]) -> str:
    shown = isolated(text[piece.start : piece.end])
    if piece.cut:
        category, rule = escape(piece.cut.category), escape(piece.cut.rule)
        why = f"{category}: {escape(reason(piece.cut.category))} (rule {rule})"
        return f'<del data-cut="{category}" title="{why}">{shown}</del>'
    if piece.is_title:
        return f'<strong title="the headline">{shown}</strong>'
    if piece.sentence is None or piece.sentence in seen:
        return shown
    seen.add(piece.sentence)
    number = piece.sentence + 1
    return (
        f'<span id="{key}-{number}"><a class="naqi-mark" href="#{key}-list-{number}" data-number="{number}"'
        f' title="sentence {number}"></a>{shown}</span>'
    )


def _lines(article: naqi.Article, shown: int) -> Iterator[list[Piece]]:
    """The page line by line, each as its pieces; blank lines are left out."""
    line: list[Piece] = []
    for piece in _pieces(article, min(shown, len(article.text))):
        at = piece.start
        for stop in LINE_BREAK.finditer(article.text, piece.start, piece.end):
            if at < stop.start():
                line.append(piece._replace(start=at, end=stop.start()))
            if any(article.text[part.start : part.end].strip() for part in line):
                yield line
            line = []
            at = stop.end()
        if at < piece.end:
            line.append(piece._replace(start=at))
    if any(article.text[part.start : part.end].strip() for part in line):
        yield line


def _pieces(article: naqi.Article, bound: int) -> Iterator[Piece]:
    """The page in order: cuts, headline, and between them the sentences and the white space that is in none."""
    marked = [Piece(cut.start, min(cut.end, bound), cut) for cut in article.boilerplate if cut.start < bound]
    if article.title_span and article.title_span[1] <= bound:
        marked.append(Piece(*article.title_span, is_title=True))
    marked.sort(key=lambda piece: piece.start)
    sentences = article.sentence_spans
    at = sentence = 0
    for mark in [*marked, Piece(bound, bound)]:
        while at < mark.start:
            while sentence < len(sentences) and sentences[sentence][1] <= at:
                sentence += 1
            start, end = sentences[sentence] if sentence < len(sentences) else (mark.start, mark.start)
            inside = start <= at
            stop = min(mark.start, end if inside else start)
            yield Piece(at, stop, sentence=sentence if inside else None)
            at = stop
        if mark.start < mark.end:
            yield mark
        at = max(at, mark.end)


def _record(article: naqi.Article) -> str:
    rows = [
        ("Title", [value(article.title)] if article.title else []),
        ("Published", list(_dates(article))),
        ("Place", [value(article.place)] if article.place else []),
        ("Agency", [value(article.agency)] if article.agency else []),
        ("Authors", [value(name) for name in article.authors]),
        ("Source", [value(article.source)] if article.source else []),
        ("Tags", [value(tag) for tag in article.tags]),
        ("Related", [value(title) for title in article.related]),
    ]
    known = "".join(
        f"<dt>{name}</dt>" + "".join(f'<dd dir="auto">{text}</dd>' for text in _few(texts))
        for name, texts in rows
        if texts
    )
    return f"<dl>{known}</dl>" if known else '<p class="naqi-none">The page states no facts.</p>'


def _few(texts: list[str]) -> list[str]:
    more = len(texts) - VALUES
    return texts if more <= 0 else [*texts[:VALUES], f"<small>and {more:,} more</small>"]


def _dates(article: naqi.Article) -> Iterator[str]:
    """The date in both calendars, then as the page writes it."""
    if article.published_at:
        yield escape(article.published_at.isoformat(" ", "minutes"))
    elif article.published:
        yield article.published.isoformat()
    if hijri := article._published_hijri():
        year, month, day = hijri
        yield f'{day} {HIJRI_MONTHS[month - 1]} {year} <small title="by the calendar of Umm al-Qura">AH</small>'
    if article.published_raw:
        yield f"<small>as written</small> {value(article.published_raw)}"


def _sentences(article: naqi.Article, key: str, shown: int) -> str:
    """The sentences as they were split, each a link to its place in the page."""
    spans = article.sentence_spans
    first = article.sentences[: sum(start < shown for start, _ in spans)]
    rows = "".join(
        f'<li id="{key}-list-{number}">'
        f'<a href="#{key}-{number}" dir="{direction(text)}">{isolated(" ".join(text.split()))}</a></li>'
        for number, text in enumerate(first, 1)
    )
    if not rows:
        return ""
    return f"<details open><summary>{count(len(article.sentences), 'sentence')}</summary><ol>{rows}</ol></details>"
