"""Scores the removal of boilerplate on the labelled pages beside the checkout; `--misses` shows what went wrong.

With `--hints`, only the newspaper sets, which know their title, author and site.

One table: exactly right, pages that lost body, precision, and recall by category, for every set.
"""

import argparse
import collections
import io
import json
import sys
import unicodedata
import zipfile
from pathlib import Path

import naqi
from naqi.display import document

SHARED = Path(__file__).parents[2] / "shared"
SETS = ("dev", "forms_dev", "authored", "pages_dev", "more")
CONTEXT = 40
CATEGORIES = list(document.CATEGORIES)


def newspaper(name, gold):
    """The articles that the labels of a newspaper set belong to."""
    days = {}
    for line in (gold / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        day = label["file"].removesuffix(".json")
        if day not in days:
            with zipfile.ZipFile(SHARED / f"data/saudinewsnet/{day}.zip") as archive:
                days[day] = json.loads(archive.read(archive.namelist()[0]).decode("utf-8-sig"))
        article = days[day][label["index"]]
        hints = {"title": article["title"], "author": article["author"] or None, "site": article["source"]}
        page = {"id": f"{day}[{label['index']}]", "text": article["content"], "spans": label["spans"]}
        yield {**page, "family": label["source"], "hints": hints}


def pages(name, shared=SHARED):
    """The pages of one set: id, text, spans, family, and whether nothing may be cut."""
    gold = shared / "gold/boilerplate"
    if name in ("dev", "forms_dev"):
        yield from newspaper(name, gold)
    elif name == "pages_dev":
        for line in (gold / "pages_dev.jsonl").read_text(encoding="utf-8").splitlines():
            page = json.loads(line)
            yield {**page, "trap": page.get("clean", False), "family": page["site"]}
    else:
        for file in sorted((gold / name).glob("*.json")):
            yield json.loads(file.read_text(encoding="utf-8"))


def counts(c):
    """Whether a character is scored: neither white space nor a control or format sign."""
    return not c.isspace() and unicodedata.category(c) not in ("Cf", "Cc")


def runs(positions):
    """The runs of consecutive numbers in a sorted list, allowing for white space between them."""
    run = []
    for at in positions:
        if run and at > run[-1] + 2:
            yield run[0], run[-1] + 1
            run = []
        run.append(at)
    if run:
        yield run[0], run[-1] + 1


class Score:
    """What was right and wrong on the pages seen so far."""

    def __init__(self):
        self.tally = collections.Counter()
        self.found = collections.Counter()
        self.gold = collections.Counter()

    def add(self, page, cuts):
        """Scores one page; returns the missed and the wrongly cut runs as (start, end, category or rule)."""
        text = page["text"]
        want = {i: s["category"] for s in page["spans"] for i in range(s["start"], s["end"]) if counts(text[i])}
        got = {i: cut.rule for cut in cuts for i in range(cut.start, cut.end) if counts(text[i])}
        missed = sorted(set(want) - set(got))
        lost = sorted(set(got) - set(want))
        self.tally["pages"] += 1
        self.tally["exact"] += not missed and not lost
        self.tally["hurt"] += bool(lost)
        self.tally["lost"] += len(lost)
        self.tally["got"] += len(got)
        self.tally["touched"] += bool(page.get("trap") and cuts)
        for i, category in want.items():
            self.gold[category] += 1
            self.found[category] += i in got
        return [(a, b, want[a]) for a, b in runs(missed)], [(a, b, got[a]) for a, b in runs(lost)]

    def row(self, name, categories):
        """The table's line."""
        t = self.tally
        right = 1 - t["lost"] / t["got"] if t["got"] else 1
        cells = [f"{self.found[c] / self.gold[c]:6.2f}" if self.gold[c] else "     -" for c in categories]
        recall = sum(self.found.values()) / max(1, sum(self.gold.values()))
        return (
            f"{name:<10} {t['pages']:5} {t['exact'] / max(1, t['pages']):6.3f} {t['hurt']:5} {t['touched']:5} "
            f"{right:6.3f} {recall:6.3f} " + "".join(cells)
        )


def shown(text, start, end):
    """A run with what stands around it, line breaks made visible."""
    before, part, after = text[max(0, start - CONTEXT) : start], text[start:end], text[end : end + CONTEXT]
    if len(part) > 6 * CONTEXT:
        part = part[: 3 * CONTEXT] + " … " + part[-3 * CONTEXT :]
    return f"{before}⟦{part}⟧{after}".replace("\n", "⏎")


def main():
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="show every missed and wrongly cut run in context")
    parser.add_argument("--hints", action="store_true", help="give title=, author= and site= where they are known")
    parser.add_argument("--set", choices=SETS, action="append", help="only these sets")
    parser.add_argument("--category", help="show only misses of this category")
    args = parser.parse_args()
    if not (SHARED / "gold/boilerplate").is_dir():
        sys.exit("skipped: the labelled pages are not beside the checkout (../shared/gold/boilerplate)")
    categories = CATEGORIES
    table = io.StringIO()
    kinds = "".join(f"{c[:5]:>6}" for c in categories)
    print(
        f"{'set':<10} {'pages':>5} {'exact':>6} {'hurt':>5} {'traps':>5} {'prec':>6} {'recall':>6} {kinds}", file=table
    )
    for name in args.set or (SETS[:2] if args.hints else SETS):
        score = Score()
        for page in pages(name):
            hints = page.get("hints", {}) if args.hints else {}
            missed, lost = score.add(page, naqi.find_boilerplate(page["text"], **hints))
            if args.misses:
                for start, end, category in missed:
                    if args.category in (None, category):
                        print(f"{name} {page['id']} missed {category}: {shown(page['text'], start, end)}")
                for start, end, rule in lost:
                    print(f"{name} {page['id']} LOST by {rule}: {shown(page['text'], start, end)}")
        print(score.row(name, categories), file=table)
    print(table.getvalue(), end="")


if __name__ == "__main__":
    main()
