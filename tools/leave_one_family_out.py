"""Scores every family of modern pages without the words that only its own pages show.

A phrase or name of the rule files that occurs, folded, in the pages of one family and of no other is taken out before
that family is scored. Structural rules stay, and so does what two families share: the figure is an upper bound of what
unseen families will see, and one to compare two versions by.
"""

import argparse
import collections
import re
import sys
import tempfile
import unicodedata
from pathlib import Path

import naqi
from score_pages import CATEGORIES, SHARED, Score, pages

RULES = Path(__file__).parents[1] / "src/boilerplate"
LETTERS = str.maketrans("أإآٱىؤئةـ", "اااايويه ")
WORD = re.compile(r"[^\W\d_]+|\d+")
SLOT = re.compile(r"\{(?:n|w|any)\}|(?:^|\s):(?=\s|$)")


def folded(text):
    """Words only, spellings made equal, one space on either side of each."""
    bare = "".join(c for c in unicodedata.normalize("NFKC", text) if not unicodedata.combining(c))
    bare = bare.lower().replace("ـ", "").translate(LETTERS)
    return " " + " ".join(WORD.findall(bare)) + " "


def entries():
    """Every phrase and name of the rule files, as it is spelled there."""
    for file in sorted(RULES.glob("*/*.txt")):
        group = ""
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                group = line
            elif line.strip() and not line.startswith("#") and group:
                names = line.partition("=")[0].split("،") if group.startswith("[name.") else [line]
                yield from (name.strip() for name in names if name.strip())


def families():
    """The modern pages by family: authored, more, pages_dev."""
    found = collections.defaultdict(list)
    for name in ("authored", "more", "pages_dev"):
        for page in pages(name):
            found[page["family"].removesuffix(".com").removesuffix(".net")].append(page)
    return found


def only_there(texts):
    """By family: the entries that occur in its pages and in no other's."""
    own = collections.defaultdict(list)
    for entry in set(entries()):
        parts = [part for part in (folded(piece) for piece in SLOT.split(entry)) if part.strip()]
        where = [family for family, text in texts.items() if all(part in text for part in parts)]
        if parts and len(where) == 1:
            own[where[0]].append(entry)
    return own


def main():
    """Prints the table and, on demand, what each family misses."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--by-family", action="store_true", help="one line a family")
    args = parser.parse_args()
    if not (SHARED / "gold/boilerplate").is_dir():
        sys.exit("skipped: the labelled pages are not beside the checkout (../shared/gold/boilerplate)")
    found = families()
    own = only_there({family: " ".join(folded(page["text"]) for page in group) for family, group in found.items()})
    whole, without = Score(), Score()
    for family, group in sorted(found.items()):
        here = Score()
        with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
            file.writelines(f"- {entry}\n" for entry in own[family])
            file.flush()
            extract = naqi.Extractor(rules=file.name)
            for page in group:
                whole.add(page, naqi.find_boilerplate(page["text"]))
                cuts = extract(page["text"]).boilerplate
                without.add(page, cuts)
                here.add(page, cuts)
        if args.by_family:
            print(f"{len(own[family]):4} entries taken  {here.row(family[:30], ())}")
    taken = sum(len(o) for o in own.values())
    print(f"{len(found)} families, {taken} entries taken away in all")
    kinds = "".join(f"{c[:5]:>6}" for c in CATEGORIES)
    print(f"{'':<10} {'pages':>5} {'exact':>6} {'hurt':>5} {'traps':>5} {'prec':>6} {'recall':>6} {kinds}")
    print(whole.row("as it is", CATEGORIES))
    print(without.row("left out", CATEGORIES))


if __name__ == "__main__":
    main()
