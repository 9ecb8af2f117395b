"""A text beside its normalised form: what changed is tinted word by word, and counted by code point."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

import naqi
from naqi.cli import render
from naqi.display.document import LATIN_RUN, LINE_BREAK, STYLE, Document, count, direction, escape, isolated

SHOWN = 10_000  # code points of either text: what a notebook can hold; counts are of these
KINDS = 20  # rows of the table, the most frequent
PRINTED = 20  # changed words in a terminal
NAMED = 8  # code points of one place that are named
SPACES_OR_WORD = re.compile(r"\s+|\S+")

Change: TypeAlias = tuple[str, str]  # what stood in the original, what stands for it


class Token(NamedTuple):
    """A word, a Latin run or white space, and what it became."""

    start: int
    end: int
    original: str
    text: str


class Comparison(Document):
    """A text beside its normalised form as `naqi.show` shows it; `alignment` is what is shown."""

    def __init__(self, alignment: naqi.Alignment) -> None:
        self.alignment = alignment

    def __repr__(self) -> str:
        return "\n".join(self._printed())

    def _printed(self) -> Iterator[str]:
        """The words that changed, once each, and how often."""
        changed: Counter[Change] = Counter()
        rest = _end(self.alignment) < len(self.alignment.original)
        tokens = [token for line in lines(self.alignment) for token in line]
        changed.update((token.original, token.text) for token in tokens if token.original != token.text)
        yield _summary(self.alignment, tokens)
        for (before, after), number in changed.most_common(PRINTED):
            before, after = (render.isolate(_legible(part[:80])) for part in (before, after))
            yield f"{number:>6,} × {before} → {after}"
        if len(changed) > PRINTED or rest:
            yield "     …"

    def _repr_html_(self) -> str:
        return alignment_html(self.alignment)

    def _title(self) -> str:
        return "naqi: original and normalised"


def alignment_html(alignment: naqi.Alignment) -> str:
    """The whole display of an alignment."""
    shown = list(lines(alignment))
    kinds: Counter[Change] = Counter()
    rows = "".join(_row(alignment, line, kinds) for line in shown)
    if rows:
        heads = "".join(f'<div class="naqi-head" dir="ltr">{name}</div>' for name in ("original", "normalised"))
        rows = f'<div class="naqi-page"><div class="naqi-pairs">{heads}{rows}</div></div>'
    summary = escape(_summary(alignment, [token for line in shown for token in line]))
    return (
        f'<div class="naqi">{STYLE}<div class="naqi-head"><b>{summary}</b></div>'
        f"{rows or '<p class=naqi-none>The text is empty.</p>'}{_table(kinds)}</div>"
    )


def _summary(alignment: naqi.Alignment, tokens: list[Token]) -> str:
    words = [token for token in tokens if not token.original.isspace()]
    changed = sum(token.original != token.text for token in words)
    spaces = sum(token.original != token.text for token in tokens) - changed
    text = f"{changed:,} of {count(len(words), 'word')} changed" if changed or spaces else "nothing changed"
    if spaces:
        text += f", and {count(spaces, 'place')} between words"
    end, whole = _end(alignment), len(alignment.original)
    return text if end == whole else f"{text} in the first {end:,} of {whole:,} code points"


def _end(alignment: naqi.Alignment) -> int:
    """The end of what is shown of the original: it is bounded by both texts."""
    of_text = alignment.to_original(min(SHOWN, len(alignment.text)))
    if len(alignment.text) <= SHOWN:
        of_text = len(alignment.original)
    return max(min(SHOWN, of_text), min(1, len(alignment.original)))


def lines(alignment: naqi.Alignment) -> Iterator[list[Token]]:
    """The lines of the original, each with its break; blank ones that stayed as they were are left out."""
    shown = alignment.original[: _end(alignment)]
    at = 0
    for stop in [*LINE_BREAK.finditer(shown), None]:
        start, end = stop.span() if stop else (len(shown), len(shown))
        line = [_token(alignment, *part) for part in [*_parts(shown, at, start), (start, end)] if part[0] < part[1]]
        if any(not token.original.isspace() or token.original != token.text for token in line):
            yield line
        at = end


def _token(alignment: naqi.Alignment, start: int, end: int) -> Token:
    # Each piece of the normalised text begins where the one before it ended.
    first, last = alignment.to_normalized(start), alignment.to_normalized(end)
    return Token(start, end, alignment.original[start:end], alignment.text[first:last])


def _parts(text: str, at: int, end: int) -> Iterator[tuple[int, int]]:
    """A line as words and white space; Latin runs within Arabic stay whole, for they are set as one."""
    runs = LATIN_RUN.finditer(text, at, end) if direction(text[at:end]) == "rtl" else iter(())
    for run in [*runs, None]:
        stop = run.start() if run else end
        yield from (part.span() for part in SPACES_OR_WORD.finditer(text, at, stop))
        if run:
            yield run.span()
            at = run.end()


def _row(alignment: naqi.Alignment, line: list[Token], kinds: Counter[Change]) -> str:
    before, after = [], []
    for token in line:
        if token.original == token.text:
            shown = isolated(token.original)
            before.append(shown)
            after.append(shown)
            continue
        changes = Counter(_changes(alignment, token))
        kinds.update(changes)
        why = escape(_why(changes))
        # Without styles, as in a notebook that is not trusted, the one is struck through and the other underlined.
        for side, tag, text in ((before, "del", token.original), (after, "ins", token.text)):
            if text:
                side.append(f'<{tag} title="{why}">{isolated(_legible(text))}</{tag}>')
    way = direction("".join(token.original for token in line))
    return "".join(f'<p dir="{way}">{"".join(side)}</p>' for side in (before, after))


def _changes(alignment: naqi.Alignment, token: Token) -> Iterator[Change]:
    """What became what within a token, in the smallest parts that the alignment knows."""
    at = token.start
    while at < token.end:
        first, last = alignment.span_to_normalized(at, at + 1)
        end = at + 1
        while first < last and end < token.end:  # joined with what follows: a letter and its hamza
            start, stop = alignment.span_to_normalized(end, end + 1)
            if start == stop or start >= last:
                break
            last, end = max(last, stop), end + 1
        before, after = alignment.original[at:end], alignment.text[first:last]
        if before != after:
            yield before, after
        at = end


def _why(changes: Counter[Change]) -> str:
    parts = []
    for (before, after), number in changes.most_common(NAMED):
        times = f" ×{number}" if number > 1 else ""
        parts.append(f"{_codes(before)} → {_codes(after)}{times}" if after else f"{_codes(before)} dropped{times}")
    return ", ".join(parts) + (", …" if len(changes) > NAMED else "")


def _table(kinds: Counter[Change]) -> str:
    if not kinds:
        return ""
    rows = "".join(
        f'<tr><td>{number:,}</td><td class="naqi-left">{_named(before)}</td>'
        f'<td class="naqi-left">{_named(after) if after else "<small>dropped</small>"}</td></tr>'
        for (before, after), number in kinds.most_common(KINDS)
    )
    rest = len(kinds) - KINDS
    more = f"<p><small>and {count(rest, 'rarer change')}</small></p>" if rest > 0 else ""
    head = '<tr><th>times</th><th class="naqi-left">from</th><th class="naqi-left">to</th></tr>'
    return (
        f"<details open><summary>{count(len(kinds), 'kind')} of change</summary>"
        f'<div class="naqi-wide"><table>{head}{rows}</table></div>{more}</details>'
    )


def _named(text: str) -> str:
    """The sign itself, its code points, and the name where it is one."""
    name = unicodedata.name(text, "").lower() if len(text) == 1 else ""
    # A dotted circle carries a mark that would hang on nothing.
    sign = "\u25cc" + text if unicodedata.combining(text[0]) else text
    glyph = "" if all(unicodedata.category(c)[0] in "CZ" for c in text) else f"<bdi>{escape(sign[:NAMED])}</bdi> "
    return f"{glyph}<small>{escape(_codes(text))} {escape(name)}</small>"


def _codes(text: str) -> str:
    return " ".join(f"U+{ord(c):04X}" for c in text[:NAMED]) + (" …" if len(text) > NAMED else "")


def _is_invisible(text: str) -> bool:
    return all(unicodedata.category(c)[0] in "CZM" for c in text)


def _legible(text: str) -> str:
    """Text that can be seen and is not too long: spaces as open boxes, what has no shape as its code points."""
    if all(unicodedata.category(c) == "Zs" for c in text):
        return "\u2423" * min(len(text), NAMED) + ("…" if len(text) > NAMED else "")
    if _is_invisible(text):
        return _codes(text)
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"
