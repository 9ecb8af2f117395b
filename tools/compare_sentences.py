"""Shows where two builds of the splitter differ over a corpus of news, for a person to read before a rule is changed.

usage: python tools/compare_sentences.py dump FILE [--corpus DIR] [--newlines auto|break|wrap]
       python tools/compare_sentences.py diff OLD NEW [--corpus DIR] [--sample N] [--seed N] [--context N]

`dump` writes the ends of the sentences of every article, as the naqi that is installed cuts them: run it with the old
build and with the new one. `diff` prints how many boundaries came and went, and a random sample of them with what
stands around: `+` a boundary only the new build has, `-` one only the old build had; ⟦ ⟧ marks the place, ⏎ a line
break.

DIR holds zip files of JSON arrays of objects with a `content` (SaudiNewsNet, which is for research and not part of the
project). Read the sample; a rule that makes one article right makes others wrong.
"""

import argparse
import json
import random
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

CORPUS = Path("../shared/data/saudinewsnet")


def articles(corpus: Path) -> Iterator[tuple[str, int, str]]:
    """File, index and content of every article."""
    for path in sorted(corpus.glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            for name in sorted(archive.namelist()):
                for index, article in enumerate(json.loads(archive.read(name).decode("utf-8-sig"))):
                    yield name, index, article["content"] or ""


def dump(args: argparse.Namespace) -> int:
    """Writes one JSON object an article: file, index, ends."""
    import naqi

    with args.file.open("w", encoding="utf-8") as out:
        for name, index, text in articles(args.corpus):
            ends = [end for _, end in naqi.sentence_spans(text, newlines=args.newlines)]
            out.write(json.dumps({"file": name, "index": index, "boundaries": ends}) + "\n")
    return 0


def around(text: str, at: int, width: int) -> str:
    """What stands around a place, on one line."""
    before, after = text[max(0, at - width) : at], text[at : at + width]
    return f"{before}⟦⟧{after}".replace("\r", "␍").replace("\n", "⏎")


def diff(args: argparse.Namespace) -> int:
    """Prints the counts and a sample of the differences."""

    def read(path: Path) -> dict[tuple[str, int], set[int]]:
        with path.open(encoding="utf-8") as lines:
            return {(row["file"], row["index"]): set(row["boundaries"]) for row in map(json.loads, lines)}

    old, new = read(args.old), read(args.new)
    places, marks = [], Counter()
    for name, index, text in articles(args.corpus):
        before, after = old.get((name, index), set()), new.get((name, index), set())
        for at in sorted(before ^ after):
            sign = "+" if at in after else "-"
            marks[sign, text[max(0, at - 2) : at].strip()[-1:]] += 1
            places.append(f"{sign} {name}[{index}]@{at} {around(text, at, args.context)}")
    total = sum(map(len, old.values()))
    came = sum(place.startswith("+") for place in places)
    print(f"{total} boundaries before; {came} came, {len(places) - came} went")
    for (sign, mark), count in marks.most_common(12):
        print(f"  {sign} behind {mark!r}: {count}")
    for place in random.Random(args.seed).sample(places, min(args.sample, len(places))):
        print(place)
    return 0


def main() -> int:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    for name, run in (("dump", dump), ("diff", diff)):
        command = commands.add_parser(name)
        command.set_defaults(run=run)
        command.add_argument("--corpus", type=Path, default=CORPUS)
        if name == "dump":
            command.add_argument("file", type=Path)
            command.add_argument("--newlines", default="auto")
        else:
            command.add_argument("old", type=Path)
            command.add_argument("new", type=Path)
            command.add_argument("--sample", type=int, default=200)
            command.add_argument("--seed", type=int, default=1)
            command.add_argument("--context", type=int, default=70)
    args = parser.parse_args()
    if not args.corpus.is_dir():
        print(f"no corpus at {args.corpus}: nothing to compare (--corpus DIR names another)", file=sys.stderr)
        return 1
    result: int = args.run(args)
    return result


if __name__ == "__main__":
    sys.exit(main())
