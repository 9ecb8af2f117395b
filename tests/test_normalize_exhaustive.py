"""Every code point, pair and form that there is in Arabic: the crate equals the oracle, at every instruction set.

The oracle is slow by the call and not by the character, so that it reads many texts in one, a line each.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import naqi
import pytest
import reference
import unicodedata2 as ucd

EVERYTHING = {
    "honorifics": "expand",
    "alef": "extended",
    "hamza": "carrier",
    "teh_marbuta": "heh",
    "lookalikes": "fold",
    "digits": "ascii",
    "punctuation": "ascii",
    "zwnj": "space",
    "whitespace": "collapse",
}
OPTIONS = {
    "news": {},
    "keep": {"diacritics": "keep", "dagger_alef": "keep", "alef": "keep", "yaa": "keep"},
    "dagger": {"dagger_alef": "alef", "diacritics": {"harakat", "tanwin"}, "hamza": "hamza"},
    "everything": EVERYTHING,
}

BLOCKS = [(0x600, 0x6FF), (0x750, 0x77F), (0x870, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF)]
BLOCKS += [(0x10EC0, 0x10EFF), (0x1EE00, 0x1EEFF)]
ARABIC = [chr(c) for first, last in BLOCKS for c in range(first, last + 1)]
LETTERS = [c for c in ARABIC if reference.is_letter(c)]
MARKS = sorted(reference.ARABIC_MARKS)
FORMS = [c for c in sorted(reference.PRESENTATION_BLOCKS) if ucd.name(c, "")]

FRAMES = ["{}", "ب{}ت", "{}ت", "ب{}", " {} ", "1{}2", "ا{}\u0654", "ب{0}{0}{0}", "{0}ب{0}", "ه{}", "a{}\u0301"]

TEXTS = {
    "every code point": [frame.format(c) for frame in FRAMES for c in ARABIC],
    "every letter with every mark": [letter + mark for letter in LETTERS for mark in MARKS],
    "every mark with every mark": ["ي" + first + second + "ب" for first in MARKS for second in MARKS],
    "every mark with every mark on an alef": ["ا" + first + second for first in MARKS for second in MARKS],
}


def in_lines(texts: list[str]) -> Iterator[str]:
    """The texts, a few hundred to each."""
    for i in range(0, len(texts), 400):
        yield "\n".join(texts[i : i + 400])


@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
@pytest.mark.parametrize("texts", TEXTS.values(), ids=TEXTS)
def test_it_equals_the_oracle(texts, options):
    for text in in_lines(texts):
        got, expected = naqi.normalize(text, **options), reference.normalize(text, **options)
        if got != expected:
            lines = zip(text.split("\n"), got.split("\n"), expected.split("\n"), strict=True)
            assert [(ascii(line), ascii(a), ascii(b)) for line, a, b in lines if a != b] == []
            raise AssertionError("a line break changed")


@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
def test_a_text_of_its_own_is_treated_as_a_line_is(options):
    """What stands at the ends of a text; the oracle is asked where the two differ."""
    texts = [*TEXTS["every code point"], *TEXTS["every letter with every mark"]]
    alone = naqi.normalize(texts, **options)
    lines = [line for text in in_lines(texts) for line in naqi.normalize(text, **options).split("\n")]
    differing = [text for text, a, b in zip(texts, alone, lines, strict=True) if a != b]
    assert len(differing) < 500
    assert naqi.normalize(differing, **options) == [reference.normalize(text, **options) for text in differing]


@pytest.mark.parametrize("preset", ["light", "news", "search"])
def test_every_form_between_letters_is_what_the_database_says(preset):
    assert len(FORMS) == 797
    assert len(reference.FORMS) - len(reference.FORMS.keys() & reference.HONORIFICS.keys()) == 729
    texts = [f"ب{c}ت" for c in FORMS]
    assert naqi.normalize(texts, preset) == [reference.normalize(text, preset) for text in texts]
    folded = naqi.normalize(texts, "none", unicode="nfc", presentation="fold")
    for c, got in zip(FORMS, folded, strict=True):
        kept = c in reference.HONORIFICS or not ucd.decomposition(c)
        assert got == ucd.normalize("NFC", f"ب{c if kept else reference.FORMS[c]}ت")


# Instruction sets


def all_results() -> str:
    """A digest of what becomes of all texts, at the ends of blocks of the kernels and within them."""
    digest = hashlib.sha256()
    for texts in TEXTS.values():
        for shift in (0, 29, 61):
            shifted = ["ب" * shift + text for text in in_lines(texts)] + texts[shift::3]
            for options in ({}, EVERYTHING):
                for result in naqi.normalize(shifted, **options):
                    digest.update(result.encode("utf-32", "surrogatepass"))
    return digest.hexdigest()


def test_every_instruction_set_gives_the_same():
    """A level that the machine does not have falls back to one that it has."""
    results = {}
    for level in ("scalar", "avx2", "avx512"):
        done = subprocess.run(
            [sys.executable, __file__], env={**os.environ, "NAQI_SIMD": level}, capture_output=True, check=True
        )
        results[level] = done.stdout.strip().decode()
    assert len(results["scalar"]) == 64
    assert len(set(results.values())) == 1, results


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    print(all_results())
