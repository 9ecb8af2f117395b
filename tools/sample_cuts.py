"""Prints cuts of a corpus in their context for a person to judge; `--kept` shows short lines that stayed instead.

usage: python tools/sample_cuts.py CORPUS... [--cuts N] [--rare N] [--kept N] [--seed S]

CORPUS: JSON arrays of objects with a "content" (as SaudiNewsNet's), zipped or not. The sample is seeded: N cuts of all,
and so many of each rule that made fewer than a hundredth of them. Kept lines are those at a page's ends that are short
and end without a stop.
"""

import argparse
import collections
import json
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

import naqi

CONTEXT = 60
EDGE = 3  # lines at either end of a page that --kept looks at
SHORT = 8  # words of a line that could be furniture


def texts(path: Path) -> list[str]:
    """The articles of one file."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            data = archive.read(archive.namelist()[0])
    else:
        data = path.read_bytes()
    return [article["content"] or "" for article in json.loads(data.decode("utf-8-sig"))]


def shown(text: str, start: int, end: int) -> str:
    """A piece with what stands around it, line breaks made visible."""
    part = text[start:end]
    if len(part) > 3 * CONTEXT:
        part = part[: 2 * CONTEXT] + " … " + part[-CONTEXT:]
    return f"{text[max(0, start - CONTEXT) : start]}⟦{part}⟧{text[end : end + CONTEXT]}".replace("\n", "⏎")


def kept(text: str, cuts: list[naqi.Boilerplate]) -> Iterator[tuple[int, int]]:
    """The lines at the ends of a page that look like furniture and were kept."""
    at, lines = 0, []
    for line in text.split("\n"):
        if line.strip():
            lines.append((at + len(line) - len(line.lstrip()), at + len(line.rstrip())))
        at += len(line) + 1
    for i, (start, end) in enumerate(lines):
        edge = i < EDGE or i >= len(lines) - EDGE
        short = len(text[start:end].split()) <= SHORT and text[end - 1] not in '.!?؟"»:'
        if len(lines) > 1 and edge and short and not any(c.start < end and c.end > start for c in cuts):
            yield start, end


def main() -> None:
    """Prints the sample."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, nargs="+")
    parser.add_argument("--cuts", type=int, default=300, help="of all cuts (300)")
    parser.add_argument("--rare", type=int, default=20, help="of each rare rule (20)")
    parser.add_argument("--kept", type=int, default=0, help="short lines that stayed, instead of cuts")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    cuts, lines = [], []
    for path in sorted(args.corpus):
        articles = texts(path)
        for number, (text, found) in enumerate(zip(articles, naqi.find_boilerplate(articles), strict=True)):
            where = f"{path.stem}[{number}]"
            cuts += [(cut.rule, where, shown(text, cut.start, cut.end)) for cut in found]
            lines += [("kept", where, shown(text, *line)) for line in kept(text, found)] if args.kept else []
    dice = random.Random(args.seed)
    if args.kept:
        print(f"{len(lines)} short lines stayed at the ends of pages")
        sample = dice.sample(lines, min(args.kept, len(lines)))
    else:
        rules = collections.Counter(cut[0] for cut in cuts)
        print(f"{len(cuts)} cuts: " + ", ".join(f"{rule} {n}" for rule, n in rules.most_common()))
        sample = dice.sample(cuts, min(args.cuts, len(cuts)))
        for rule in sorted(rule for rule, n in rules.items() if n * 100 < len(cuts)):
            own = [cut for cut in cuts if cut[0] == rule and cut not in sample]
            sample += dice.sample(own, min(args.rare, len(own)))
    for rule, where, piece in sorted(sample):
        print(f"{rule:22} {where:18} {piece}")


if __name__ == "__main__":
    main()
