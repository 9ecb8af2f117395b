"""Scores what templates alone remove, every rule off, learnt on a site's other pages, on labelled newspaper articles.

Reads SaudiNewsNet and its labels beside the checkout, and says so where they are missing.
"""

import argparse
import collections
import json
import sys
import zipfile

import naqi
from score_pages import CATEGORIES, SHARED, counts, newspaper


def corpus():
    """Every article of SaudiNewsNet: its name in the labels, its site, its text."""
    for file in sorted((SHARED / "data/saudinewsnet").glob("*.zip")):
        with zipfile.ZipFile(file) as archive:
            articles = json.loads(archive.read(archive.namelist()[0]).decode("utf-8-sig"))
        for index, article in enumerate(articles):
            yield f"{file.stem}[{index}]", article["source"], article["content"]


def removed(spans, text):
    """The offsets of the characters that are scored within the spans."""
    return {at for start, end in spans for at in range(start, end) if counts(text[at])}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", default="dev", choices=("dev", "forms_dev"))
    parser.add_argument("--misses", action="store_true", help="show what was wrong")
    options = parser.parse_args()
    if not SHARED.is_dir():
        sys.exit("the labelled pages are not beside this checkout (../shared): nothing to score")
    labelled = {page["id"]: page for page in newspaper(options.set, SHARED / "gold/boilerplate")}
    pages = [(site, text) for name, site, text in corpus() if name not in labelled]
    templates = naqi.Templates.learn((text for _, text in pages), site=(site for site, _ in pages))
    alone = naqi.Extractor(disable=CATEGORIES, templates=templates)
    right, hurt, sites = 0, 0, collections.defaultdict(list)
    for name, page in labelled.items():
        text = page["text"]
        cuts = alone(text, site=page["family"]).boilerplate
        found = removed([(cut.start, cut.end) for cut in cuts], text)
        gold = removed([(span["start"], span["end"]) for span in page["spans"]], text)
        right += found == gold
        hurt += bool(found - gold)
        sites[page["family"]].append(found == gold)
        if options.misses and found != gold:
            lost, left = ("".join(text[at] for at in sorted(part)) for part in (found - gold, gold - found))
            print(f"{name} {page['family']}: lost {lost[:80]!r}, left {left[:80]!r}")
    print(f"{options.set}: {len(labelled)} articles, exactly right {right / len(labelled):.3f}, lost body {hurt}")
    for site, exact in sorted(sites.items()):
        print(f"  {site:14} {sum(exact)} of {len(exact)}")


if __name__ == "__main__":
    main()
