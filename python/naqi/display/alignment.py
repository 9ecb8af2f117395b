"""A text beside its normalised form: what changed is tinted on both sides, word by word."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import naqi
from naqi.display.document import STYLE, count, direction, escape, isolated
from naqi.display.page import LINE_BREAK

# The white space at a line's end belongs to its break.
PIECE = re.compile(r"\s+|\S+")
# So many pieces are shown, words and the spaces between them.
SHOWN = 4000
# So many of the characters that went or came are named.
NAMED = 4


class Piece(NamedTuple):
    """A word, or the space between two, before and after."""

    old: str
    new: str


def alignment_html(alignment: naqi.Alignment) -> str:
    """The whole display of an alignment."""
    rows, words, changed, left = [], 0, 0, SHOWN
    for line in _lines(alignment):
        if left > 0:
            shown = line[:left]
            rows += [_side(shown, new=False), _side(shown, new=True)]
            left -= len(shown)
        words += sum(not piece.old.isspace() for piece in line)
        changed += sum(piece.old != piece.new and not piece.old.isspace() for piece in line)
    more = ""
    if left <= 0:
        more = f'<p class="naqi-none">Only the first {SHOWN:,} words and spaces are shown.</p>'
    heads = "<small>as it was given</small><small>normalised</small>"
    return (
        f'<div class="naqi">{STYLE}<div class="naqi-head">{_summary(alignment, words, changed)}</div>'
        f'<div class="naqi-pairs">{heads}{"".join(rows)}</div>{more}</div>'
    )


def _summary(alignment: naqi.Alignment, words: int, changed: int) -> str:
    if alignment.original == alignment.text:
        return "<b>Nothing changed</b>"
    length = len(alignment.text) - len(alignment.original)
    size = (
        f"{count(abs(length), 'character')} {'longer' if length > 0 else 'shorter'}" if length else "as long as before"
    )
    return f"<b>{changed:,} of {count(words, 'word')} changed</b>, {size}"


def _lines(alignment: naqi.Alignment) -> Iterator[list[Piece]]:
    """The lines with something to see on them, piece by piece."""
    original, at = alignment.original, 0
    for stop in [*(found.span() for found in LINE_BREAK.finditer(original)), (len(original), len(original))]:
        line = list(_pieces(alignment, at, stop[0]))
        at = stop[1]
        if any(not piece.old.isspace() for piece in line):
            yield line


def _pieces(alignment: naqi.Alignment, start: int, end: int) -> Iterator[Piece]:
    at = alignment.to_normalized(start)
    for found in PIECE.finditer(alignment.original, start, end):
        # What two pieces became together is the first one's.
        _, stop = alignment.span_to_normalized(*found.span())
        yield Piece(found.group(), alignment.text[at:stop])
        at = max(at, stop)


def _side(line: list[Piece], *, new: bool) -> str:
    """One of the two forms of a line."""
    parts, same = [], ""
    for piece in line:
        if piece.old == piece.new:
            same += piece.old
            continue
        parts.append(isolated(same))
        same = ""
        text = piece.new if new else piece.old
        if text:
            tag = "ins" if new else "del"
            parts.append(f'<{tag} title="{escape(_difference(piece))}">{isolated(text)}</{tag}>')
    way = direction("".join(piece.old for piece in line))
    return f'<p dir="{way}">{"".join(parts)}{isolated(same)}</p>'


def _difference(piece: Piece) -> str:
    """Which characters went, and which came."""
    old, new = Counter(piece.old), Counter(piece.new)
    told = [f"{sign} {_named(chars)}" for sign, chars in (("\u2212", old - new), ("+", new - old)) if chars]
    return "; ".join(told) or "another order"


def _named(chars: Counter[str]) -> str:
    names = [_name(c) + (f" \u00d7{number}" if number > 1 else "") for c, number in chars.items()]
    return ", ".join(_few(names))


def _few(names: list[str]) -> Iterable[str]:
    return names if len(names) <= NAMED else [*names[:NAMED], f"{len(names) - NAMED} more"]


def _name(char: str) -> str:
    return unicodedata.name(char, f"U+{ord(char):04X}")
