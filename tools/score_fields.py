"""Scores the facts of `naqi.extract` on the labelled modern pages (which are not part of the project).

usage: python tools/score_fields.py [--shared DIR] [--misses [FIELD]]

Reads the pages and the gold fields below DIR and prints, for each field, how often it is right, how often one that the
page has is found, and how often one that it has not is invented. The scorer is the one in DIR/eval.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import naqi
from scorer import scorer


def predictions(shared: Path) -> dict[str, dict[str, Any]]:
    """What naqi finds on each page, by the page's id."""
    found = {}
    for folder in ("authored", "more"):
        for path in sorted((shared / "gold" / "boilerplate" / folder).glob("*.json")):
            page = json.loads(path.read_text(encoding="utf-8"))
            found[page["id"]] = naqi.extract(page["text"]).to_dict()
    return found


def main() -> int:
    """Scores and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--misses", nargs="?", const="all", metavar="FIELD", help="list what is wrong")
    args = parser.parse_args()
    gold_path = args.shared / "gold" / "fields" / "dev.jsonl"
    if not gold_path.is_file():
        print(f"no gold at {gold_path}: nothing to score (--shared DIR names another folder)", file=sys.stderr)
        return 1
    score = scorer(args.shared, "score_fields")
    gold = [json.loads(line) for line in gold_path.read_text(encoding="utf-8").splitlines() if line.strip()]
    found = predictions(args.shared)
    if args.misses:
        for page in gold:
            for field in score.FIELDS if args.misses == "all" else (args.misses,):
                if field in page:
                    want, got = page[field], found[page["id"]].get(field)
                    if (score.fold(want) or None) != (score.fold(got) or None):
                        print(f"{page['id']:6} {field:10} {want!r} ← {got!r}")
    print("field      pages right  with  recall without invented")
    for field, row in score.score(gold, found).items():
        shown = ["  n/a" if row[k] is None else f"{row[k]:5.3f}" for k in ("right", "recall", "invented")]
        print(
            f"{field:10} {row['pages']:5} {shown[0]} {row['with_value']:5}  {shown[1]} {row['without']:7}  {shown[2]}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
