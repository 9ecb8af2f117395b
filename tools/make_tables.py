#!/usr/bin/env python3
"""Write src/unicode/tables.rs from the Unicode Character Database and the decisions beside this file.

The database is that of the package unicodedata2 (pinned in the Makefile), never the interpreter's older one. What the
database cannot say, such as the class of an Arabic mark, stands in tools/decisions/*.txt; a mark, letter or
presentation form that the database has and no decision names stops the generator.

    python tools/make_tables.py            writes the file
    python tools/make_tables.py --check    fails where the file is not what would be written
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import unicodedata2 as ucd

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "src" / "unicode" / "tables.rs"

BLOCKS = [(0x0600, 0x06FF), (0x0750, 0x077F), (0x0870, 0x08FF), (0x10EC0, 0x10EFF), (0x1EE00, 0x1EEFF)]
FORM_BLOCKS = [(0xFB50, 0xFDFF), (0xFE70, 0xFEFF)]
CLASSES = ["harakat", "sukun", "tanwin", "shadda", "quran", "foreign", "dagger", "part"]
HANGUL_VOWELS, HANGUL_FINALS = range(0x1161, 0x1176), range(0x11A8, 0x11C3)
EMOJI_PUNCTUATION = [0x203C, 0x2049, 0x3030, 0x303D]  # all that have a default presentation as text and are of P
SPACES = [*range(0x09, 0x0E), 0x85]  # the controls among the White_Space code points; the rest are of category Z


class Undecided(SystemExit):
    """The database and the decisions do not fit each other."""


def category(c: int) -> str:
    return ucd.category(chr(c))


def name(c: int) -> str:
    return ucd.name(chr(c), "")


def every() -> range:
    return range(0x110000)


def within(blocks: Iterable[tuple[int, int]]) -> Iterator[int]:
    for first, last in blocks:
        yield from range(first, last + 1)


# Decisions


def decisions(file: str) -> Iterator[tuple[list[str], str]]:
    """The lines `head words: value` of a decision file."""
    for line in (HERE / "decisions" / file).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            head, _, value = line.rpartition(":")
            yield head.split(), value.strip()


def codes(value: str) -> list[int]:
    """The code points of a list such as `0622 0671-0673`."""
    out: list[int] = []
    for item in value.split():
        first, _, last = item.partition("-")
        out.extend(range(int(first, 16), int(last or first, 16) + 1))
    return out


def complete(what: str, decided: Iterable[int], known: Iterable[int]) -> None:
    """Stops where the database knows code points that nothing decides, or the other way round."""
    decided, known = sorted(decided), set(known)
    twice = {a for a, b in itertools.pairwise(decided) if a == b}
    if twice:
        raise Undecided(f"{what} decided twice: " + " ".join(f"{c:04X}" for c in sorted(twice)))
    missing, excess = known - set(decided), set(decided) - known
    for c in sorted(missing):
        print(f"{c:04X} {category(c)} {name(c)}", file=sys.stderr)
    if missing:
        raise Undecided(f"{what} of the database that no decision names: see above")
    if excess:
        raise Undecided(f"{what} decided, but not in the database: " + " ".join(f"{c:04X}" for c in sorted(excess)))


def mark_classes() -> dict[int, str]:
    out = [(c, head[0]) for head, value in decisions("marks.txt") for c in codes(value)]
    known = [c for c in within(BLOCKS + FORM_BLOCKS) if category(c)[0] == "M"]
    complete("marks", (c for c, _ in out), known)
    return dict(out)


def letter_folds() -> dict[str, dict[int, int]]:
    """Option → letter → what it folds to."""
    out: dict[str, dict[int, int]] = {}
    decided: set[int] = set()
    for (option, target), value in decisions("letters.txt"):
        for c in codes(value):
            if category(c)[0] != "L":
                continue  # a hole in the block of the mathematical letters
            decided.add(c)
            if target != "-":
                out.setdefault(option, {})[c] = int(target, 16)
    complete("letters", decided, (c for c in within(BLOCKS) if category(c)[0] == "L"))
    return out


def forms() -> tuple[dict[int, str], dict[int, str]]:
    """The folding of every presentation form that has one, and the expansion of every honorific."""
    honorifics: dict[int, str] = {}
    kept: list[int] = []
    for head, value in decisions("forms.txt"):
        if head[0] == "honorific":
            honorifics[int(head[1], 16)] = value
        else:
            kept += codes(value)
    folds: dict[int, str] = {}
    known = [c for c in within(FORM_BLOCKS) if name(c)]
    for c in known:
        mapping = ucd.decomposition(chr(c))
        if mapping.startswith("<") and c not in honorifics:
            # What the database maps it to and no further (U+0677 is a letter); a spacing form of a mark is written as
            # the mark, without the space that carries it.
            mapped = "".join(chr(int(code, 16)) for code in mapping.split()[1:])
            folds[c] = ucd.normalize("NFC", mapped).removeprefix(" ")
    complete("presentation forms", [*honorifics, *kept, *folds], known)
    return folds, honorifics


def invisibles() -> dict[str, list[int]]:
    out: dict[str, list[int]] = {}
    for head, value in decisions("invisibles.txt"):
        out.setdefault(head[0], []).extend(codes(value))
    return out


def punctuation() -> dict[int, str]:
    return {c: head[0] for head, value in decisions("punctuation.txt") for c in codes(value)}


# What the database says


def composes_backwards() -> set[int]:
    """Code points that canonical composition can join to what stands before them (NFC_Quick_Check=Maybe)."""
    out = {*HANGUL_VOWELS, *HANGUL_FINALS}
    for c in every():
        parts = ucd.decomposition(chr(c)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            pair = "".join(chr(int(part, 16)) for part in parts)
            if ucd.normalize("NFC", pair) == chr(c):
                out.add(int(parts[1], 16))
    return out


def nfc_unsafe() -> set[int]:
    """Code points that are not in NFC whatever surrounds them: NFC_Quick_Check is No or Maybe."""
    never = {c for c in every() if not 0xD800 <= c <= 0xDFFF and ucd.normalize("NFC", chr(c)) != chr(c)}
    return never | composes_backwards()


# Rust


def ranges(members: Iterable[int]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for c in sorted(members):
        if out and out[-1][1] == c - 1:
            out[-1] = (out[-1][0], c)
        else:
            out.append((c, c))
    return out


def where(test: Callable[[int], bool]) -> list[tuple[int, int]]:
    return ranges(c for c in every() if test(c))


def literal(text: str) -> str:
    return '"' + "".join(rf"\u{{{ord(c):X}}}" if ord(c) > 0x7E or c in '"\\' else c for c in text) + '"'


def array(doc: str, head: str, items: Iterable[str]) -> str:
    """A static slice, its items wrapped at 116 columns."""
    lines: list[str] = []
    line = "   "
    for item in items:
        if len(line) + len(item) + 2 > 116:
            lines.append(line)
            line = "   "
        line += f" {item},"
    return "\n".join([f"/// {doc}", f"pub static {head} = &[", *lines, line, "];", ""])


def span_array(doc: str, ident: str, spans: Iterable[tuple[int, int]]) -> str:
    return array(doc, f"{ident}: &[(u32, u32)]", (f"(0x{a:X}, 0x{b:X})" for a, b in spans))


def pair_array(doc: str, ident: str, pairs: dict[int, int]) -> str:
    return array(doc, f"{ident}: &[(u32, u32)]", (f"(0x{a:X}, 0x{b:X})" for a, b in sorted(pairs.items())))


def text_array(doc: str, ident: str, texts: dict[int, str]) -> str:
    return array(doc, f"{ident}: &[(u32, &str)]", (f"(0x{c:X}, {literal(t)})" for c, t in sorted(texts.items())))


def class_arrays() -> Iterator[str]:
    classes = mark_classes()
    for cls in CLASSES:
        members = ranges(c for c, other in classes.items() if other == cls)
        yield span_array(f"Marks of the class `{cls}`.", f"MARKS_{cls.upper()}", members)


def fold_arrays() -> Iterator[str]:
    for option, pairs in letter_folds().items():
        yield pair_array(
            f"Letters that `{option}` folds, and to what.", f"FOLD_{option.upper().replace('-', '_')}", pairs
        )


def render() -> str:
    folds, honorifics = forms()
    hidden = invisibles()
    arabic_marks = mark_classes()
    parts = [
        "// GENERATED by tools/make_tables.py from the Unicode Character Database, never edited.\n",
        "/// The version of the Unicode Character Database.\n"
        f'pub const UNICODE_VERSION: &str = "{ucd.unidata_version}";\n',
        span_array(
            "Letters of any script (general category L), TATWEEL not among them.",
            "LETTERS",
            where(lambda c: category(c)[0] == "L" and c != 0x640),
        ),
        span_array(
            "Letters of the Arabic script, presentation forms included, TATWEEL not.",
            "ARABIC_LETTERS",
            where(lambda c: category(c)[0] == "L" and name(c).startswith("ARABIC ") and c != 0x640),
        ),
        span_array(
            "Letters of the Latin script.",
            "LATIN_LETTERS",
            where(lambda c: category(c)[0] == "L" and "LATIN " in name(c)),
        ),
        span_array(
            "Combining marks of any script (general category M).", "MARKS", where(lambda c: category(c)[0] == "M")
        ),
        span_array("Combining marks of the Arabic blocks.", "ARABIC_MARKS", ranges(arabic_marks)),
        span_array(
            "White space (the property `White_Space`).", "SPACES", where(lambda c: category(c)[0] == "Z" or c in SPACES)
        ),
        span_array(
            "Symbols (general category S) and punctuation that is an emoji too: what a variation selector may follow.",
            "SYMBOLS",
            where(lambda c: category(c)[0] == "S" or c in EMOJI_PUNCTUATION),
        ),
        span_array(
            "Signs that suppress a vowel (combining class 9) or hold one that does: a joiner behind one has a meaning.",
            "VIRAMAS",
            where(lambda c: any(ucd.combining(part) == 9 for part in ucd.normalize("NFD", chr(c)))),
        ),
        span_array("Invisible code points of no use in any text.", "INVISIBLE_ALWAYS", ranges(hidden["always"])),
        span_array(
            "Invisible code points of no use beside Arabic letters.", "INVISIBLE_BESIDE", ranges(hidden["beside"])
        ),
        *class_arrays(),
        *fold_arrays(),
        text_array("Presentation forms, and what they stand for.", "FORMS", folds),
        text_array("Honorifics of one code point, and their words.", "HONORIFICS", honorifics),
        text_array("Punctuation, and its ASCII counterpart.", "PUNCTUATION", punctuation()),
        span_array("Code points that NFC may change (quick check No or Maybe).", "NFC_UNSAFE", ranges(nfc_unsafe())),
        span_array(
            "Code points of a combining class other than 0.", "REORDERED", where(lambda c: ucd.combining(chr(c)) != 0)
        ),
    ]
    return "\n".join(parts)


def main(arguments: list[str]) -> int:
    text = render()
    if arguments == ["--check"]:
        if not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text:
            print(f"{TARGET.relative_to(HERE.parent)} is stale: run tools/make_tables.py", file=sys.stderr)
            return 1
        return 0
    if arguments:
        print(__doc__, file=sys.stderr)
        return 2
    TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
