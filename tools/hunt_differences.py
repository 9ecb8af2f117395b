"""Compares the normaliser with its slow oracle on random texts until time is up, and prints the smallest differences.

usage: python tools/hunt_differences.py [--seconds N] [--seed N] [--level LEVEL]

The tests do the same for a few hundred fixed texts; this looks on, with texts that nobody thought of. It checks that
crate and oracle agree, that a second time changes nothing, that the result is composed, that alignment keeps its
promises, and that every instruction set gives the same (one process each, by NAQI_SIMD). A difference is cut down to
the shortest text and the fewest options that show it. The same seed draws the same texts. Exits with 1 where it found
something.
"""

import argparse
import os
import random
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import naqi
import reference
from strategies import (
    CHOICES,
    DAGGER_WORDS,
    DIGITS,
    EMOJI,
    FOREIGN,
    FORMS,
    INVISIBLES,
    LETTERS,
    MARKS,
    ODD,
    PUNCTUATION,
    SPACES,
    TATWEEL_WORDS,
)

LEVELS = ("scalar", "avx2", "avx512")
PRESETS = ("none", "light", "news", "search")
VIRAMAS = "".join(c for c in map(chr, range(0x300, 0x12000)) if unicodedata.combining(c) == 9)
ALPHABETS = [LETTERS, MARKS, INVISIBLES, FORMS, SPACES, DIGITS, PUNCTUATION, FOREIGN, EMOJI, ODD, VIRAMAS]
COMMON = ["\u0640", " ", "ا", "ه", "ى", "\u0654", "\u064e", "\u0651", "\u200c", "\u200d", "\ufe0f", "5", "ل"]

Options = dict[str, object]
Case = tuple[str, str, Options]


def draw_text(dice: random.Random) -> str:
    """A text of hard characters; now and then a long one that crosses the blocks of the kernels."""
    length = dice.choice((3, 6, 12, 24)) if dice.random() < 0.8 else dice.choice((63, 65, 129, 200))
    plain = dice.choice((0, 0, 0.5, 0.95))
    # A few alphabets at a time: neighbours of one kind are what goes wrong.
    alphabets = dice.sample(ALPHABETS, dice.randint(1, 4))
    return "".join(draw_character(dice, alphabets, plain) for _ in range(dice.randint(0, length)))


def draw_character(dice: random.Random, alphabets: list[str], plain: float) -> str:
    kind = dice.random()
    if kind < plain:
        return dice.choice("ابتسلمي ")
    if kind < plain + (1 - plain) * 0.6:
        return dice.choice(dice.choice(alphabets))
    if kind < plain + (1 - plain) * 0.9:
        return dice.choice(COMMON)
    if kind < plain + (1 - plain) * 0.95:
        return dice.choice(TATWEEL_WORDS + DAGGER_WORDS)
    return chr(dice.randrange(0x110000))


def draw_options(dice: random.Random) -> tuple[str, Options]:
    options: Options = {name: dice.choice(values) for name, values in CHOICES.items() if dice.random() < 0.2}
    if dice.random() < 0.2:
        classes = dice.sample(sorted(reference.CLASSES), dice.randint(1, 5))
        options["diacritics"] = dice.choice(("strip", "keep", frozenset(classes)))
    return dice.choice(PRESETS), options


def complaint(case: Case) -> str | None:
    """What is wrong with one case, if anything is."""
    text, preset, options = case
    normalizer = naqi.Normalizer(preset, **options)
    got = normalizer(text)
    if got != (expected := reference.normalize(text, preset, **options)):
        return f"crate  {got!a}\n  oracle {expected!a}"
    if (again := normalizer(got)) != got:
        return f"once  {got!a}\n  twice {again!a}"
    if {**reference.PRESETS[preset], **options}["unicode"] == "nfc":
        composed = reference.ucd.normalize("NFC", got)
        if composed != got:
            return f"not composed: {got!a}"
    return complaint_about_offsets(normalizer.align(text), text, got)


def complaint_about_offsets(aligned: naqi.Alignment, text: str, got: str) -> str | None:
    if aligned.text != got:
        return f"aligned {aligned.text!a}\n  called  {got!a}"
    there = [aligned.to_normalized(i) for i in range(len(text) + 1)]
    back = [aligned.to_original(i) for i in range(len(got) + 1)]
    if there != sorted(there) or back != sorted(back) or there[-1] != len(got) or back[-1] != len(text):
        return f"offsets {there} and {back}"
    if any(back[there[i]] > i for i in range(len(text)) if len(set(aligned.span_to_normalized(i, i + 1))) == 2):
        return f"offsets {there} and {back}: past the edit"
    return None


def shrink(case: Case, wrong: Callable[[Case], str | None]) -> Case:
    """The shortest text and the fewest options, by leaving out one thing after another."""
    smaller = True
    while smaller:
        smaller = False
        for candidate in less_of(case):
            if wrong(candidate):
                case, smaller = candidate, True
                break
    return case


def less_of(case: Case) -> Iterator[Case]:
    text, preset, options = case
    width = len(text) // 2
    while width:
        for i in range(0, len(text), width):
            yield text[:i] + text[i + width :], preset, options
        width //= 2
    for name in options:
        yield text, preset, {key: value for key, value in options.items() if key != name}


def hunt(seconds: float, seed: int) -> int:
    """Looks for differences; gives how many it found."""
    dice = random.Random(seed)
    end = time.monotonic() + seconds
    found, tried = 0, 0
    while time.monotonic() < end:
        preset, options = draw_options(dice)
        for _ in range(20):
            case = draw_text(dice), preset, options
            tried += 1
            if complaint(case):
                found += 1
                text, preset, options = shrink(case, complaint)
                print(f"{text!a} {preset} {options}\n  {complaint((text, preset, options))}", flush=True)
    level = os.environ.get("NAQI_SIMD", "best")
    print(f"{level}: {tried} texts, {found} differences, seed {seed}", flush=True)
    return found


def main() -> int:
    """Hunts at every level in turn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--level", choices=LEVELS, help="one instruction set alone, instead of all in turn")
    args = parser.parse_args()
    if os.environ.get("NAQI_SIMD") == args.level and args.level:
        return int(hunt(args.seconds, args.seed) > 0)
    levels = [args.level] if args.level else LEVELS
    failed = False
    for number, level in enumerate(levels):
        command = [sys.executable, __file__, "--level", level, "--seed", str(args.seed + number)]
        command += ["--seconds", str(args.seconds / len(levels))]
        failed |= subprocess.run(command, env={**os.environ, "NAQI_SIMD": level}, check=False).returncode != 0
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
