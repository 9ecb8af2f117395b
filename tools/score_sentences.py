"""Scores the splitter on the labelled articles (which are not part of the project), and counts what remains by kind.

usage: python tools/score_sentences.py [--shared DIR] [--show]

Prints F1 on each labelled set below DIR, then a table of the boundaries that were missed and of those that are too
many, by what stands at the place: which mark, and whether a line ends there. `--show` prints each with its
surroundings: ⟦ ⟧ marks the place, ⏎ a line break, ? a place on which two careful readers differ. The scorer is the one
in DIR/eval.
"""

import argparse
import json
import re
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import naqi
from scorer import scorer

PLAIN = "data/sentences/news-commentary-v15.dev.ar"
KINDS = (
    ("line break", r"^\s*\n"),
    ("dots", r"(\.\.|…)[\"»”)\]}]*$"),
    ("behind a closing mark", r"[\"»”)\]}]\.?$"),
    ("question mark", r"[؟?]$"),
    ("exclamation mark", r"!$"),
    ("short word and full stop", r"(^|[^\u0621-\u064A])[\u0621-\u064A]{1,3}\.$"),
    ("number and full stop", r"\d\.$"),
    ("full stop", r"[.۔]$"),
)


@dataclass
class Place:
    """A boundary on which gold and splitter differ."""

    set: str
    text: str
    at: int
    missed: bool
    uncertain: bool

    @property
    def kind(self) -> str:
        """What stands there."""
        before, after = self.text[: self.at].rstrip(), self.text[self.at :]
        for kind, pattern in KINDS:
            if re.search(pattern, after if pattern.startswith("^\\s") else before[-8:]):
                return kind
        return "no mark"

    def shown(self, width: int = 45) -> str:
        """It with what stands around, on one line."""
        before, after = self.text[max(0, self.at - width) : self.at], self.text[self.at : self.at + width]
        sign = ("missed" if self.missed else "extra") + (" ?" if self.uncertain else "")
        return f"{self.set} {sign}: {before}⟦⟧{after}".replace("\n", "⏎")


def ends(text: str) -> list[int]:
    """Where naqi ends the sentences of a text."""
    return [end for _, end in naqi.sentence_spans(text)]


def differences(name: str, text: str, gold: list[int], uncertain: list[int]) -> Iterator[Place]:
    """The places where they differ, white space left out of account."""

    def visible(offset: int) -> int:
        return len(text[:offset].rstrip())

    wanted, found = ({visible(at) for at in offsets} - {visible(len(text))} for offsets in (gold, ends(text)))
    doubtful = {visible(at) for at in uncertain}
    for at in sorted(wanted ^ found):
        yield Place(name, text, at, at in wanted, at in doubtful)


def line(name: str, count: object) -> str:
    """One line of the table of scores."""
    precision, recall, f1 = count.prf()  # type: ignore[attr-defined]
    return f"{name:28} F1 {f1:.4f}  precision {precision:.4f}  recall {recall:.4f}"


def main() -> int:
    """Reads the command line, scores, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--show", action="store_true", help="print each place")
    args = parser.parse_args()
    gold = args.shared / "gold" / "sentences"
    if not gold.is_dir():
        print(f"no labelled articles in {gold}: nothing to score (--shared DIR names another place)", file=sys.stderr)
        return 1
    score = scorer(args.shared, "score_sentences")
    places: list[Place] = []
    with tempfile.TemporaryDirectory() as corpus:
        for archive in (args.shared / "data" / "saudinewsnet").glob("*.zip"):
            with zipfile.ZipFile(archive) as files:
                files.extractall(corpus)
        for name, folder in (("dev", corpus), ("seeds", str(args.shared / "data" / "seeds"))):
            rows = [json.loads(row) for row in (gold / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
            texts = [score.load_corpus_text(folder, row) for row in rows]
            found = [
                {"file": row["file"], "index": row.get("index"), "boundaries": ends(text)}
                for row, text in zip(rows, texts, strict=True)
            ]
            print(line(f"{name}, strict", score.score_jsonl(rows, folder, found)))
            print(line(f"{name}, lenient", score.score_jsonl(rows, folder, found, True)))
            for row, text in zip(rows, texts, strict=True):
                places += differences(name, text, row["boundaries"], row.get("uncertain", []))
    sentences = score.load_plain(args.shared / PLAIN)
    text, wanted = score.plain_text(sentences)
    print(line("news commentary", score.score_plain(sentences, ends(text))))
    places += differences("news commentary", text, wanted, [])
    counts = Counter((place.kind, place.missed) for place in places)
    print(f"\n{'kind of place':28} {'missed':>6} {'extra':>6}")
    for kind in [*(kind for kind, _ in KINDS), "no mark"]:
        print(f"{kind:28} {counts[kind, True]:6} {counts[kind, False]:6}")
    print(f"{'all':28} {sum(place.missed for place in places):6} {sum(not place.missed for place in places):6}")
    if args.show:
        print()
        for place in places:
            print(place.shown())
    return 0


if __name__ == "__main__":
    sys.exit(main())
