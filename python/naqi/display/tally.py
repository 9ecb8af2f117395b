"""What a report counts while articles go by: only numbers and a few examples are kept, never the pages."""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

import naqi

EXAMPLES = 10
LONGEST = 5  # of the examples: where a wrong cut hurts most
REMEMBERED = 500  # different texts of one rule whose number is counted
SHOWN = 300  # code points of an example
CONTEXT = 40  # on each side of it
STRANGEST = 10  # pages of which most was cut
BINS = 10


class Example(NamedTuple):
    """A cut with what stood around it."""

    page: int
    before: str
    text: str
    after: str
    times: int = 1


@dataclass
class Cuts:
    """What one rule did, or one category."""

    count: int = 0
    pages: int = 0
    length: int = 0


@dataclass
class Rule(Cuts):
    """What one rule did, with examples."""

    category: str = ""
    longest: list[tuple[int, int, Example]] = field(default_factory=list)
    first: dict[str, Example] = field(default_factory=dict)
    times: Counter[str] = field(default_factory=Counter)

    def see(self, page: int, text: str, cut: naqi.Boilerplate) -> None:
        """Remembers a cut."""
        start, end = cut.start, cut.end
        shown = text[start : min(end, start + SHOWN)] + ("…" if end - start > SHOWN else "")
        if shown in self.first:
            self.times[shown] += 1
            return
        example = Example(page, text[max(0, start - CONTEXT) : start], shown, text[end : end + CONTEXT])
        if len(self.first) < REMEMBERED:
            self.first[shown] = example
            self.times[shown] = 1
        if shown not in (known.text for *_, known in self.longest):
            entry = (end - start, -self.count, example)
            if len(self.longest) < LONGEST:
                heapq.heappush(self.longest, entry)
            else:
                heapq.heappushpop(self.longest, entry)

    def examples(self) -> list[Example]:
        """The longest first, then the most frequent."""
        long = [example for *_, example in sorted(self.longest, reverse=True)]
        shown = {example.text for example in long}
        often = [self.first[text] for text, _ in self.times.most_common(EXAMPLES + LONGEST) if text not in shown]
        return [example._replace(times=self.times.get(example.text, 1)) for example in [*long, *often][:EXAMPLES]]


@dataclass
class Site:
    """What was cut from the pages of one site."""

    pages: int = 0
    length: int = 0
    cut: int = 0
    categories: Counter[str] = field(default_factory=Counter)


class Strange(NamedTuple):
    """A page of which much was cut; the more, the greater it is."""

    share: float
    page: int
    cut: int
    length: int
    head: str


class Tally:
    """The counts of a corpus."""

    def __init__(self) -> None:
        self.pages = 0
        self.missing = 0
        self.empty = 0
        self.length = 0
        self.cut = 0
        self.sentences = 0
        self.without_body = 0
        self.rules: dict[tuple[str, str], Rule] = {}
        self.categories: dict[str, Cuts] = {}
        self.sites: dict[str, Site] = {}
        self.bins = [0] * BINS
        self.strange: list[Strange] = []

    def add(self, page: int, article: naqi.Article | None, site: str | None) -> None:
        """Counts a page; `page` is its place in what was given."""
        if article is None:
            self.missing += 1
            return
        text, cuts = article.text, article.boilerplate
        length = sum(cut.end - cut.start for cut in cuts)
        self.pages += 1
        self.length += len(text)
        self.cut += length
        self.sentences += len(article.sentences)
        if not text.strip():
            self.empty += 1
        elif not article.body:
            self.without_body += 1
        share = length / len(text) if text else 0.0
        self.bins[min(int(share * BINS), BINS - 1)] += 1
        self._strange(Strange(share, -page, length, len(text), text.strip()[:80]))
        seen: set[object] = set()
        for cut in cuts:
            rule = self.rules.setdefault((cut.category, cut.rule), Rule(category=cut.category))
            category = self.categories.setdefault(cut.category, Cuts())
            for counts, name in ((rule, (cut.category, cut.rule)), (category, cut.category)):
                counts.count += 1
                counts.length += cut.end - cut.start
                counts.pages += name not in seen
                seen.add(name)
            rule.see(page, text, cut)
        if site is not None:
            of = self.sites.setdefault(site, Site())
            of.pages += 1
            of.length += len(text)
            of.cut += length
            of.categories.update({cut.category for cut in cuts})

    def _strange(self, page: Strange) -> None:
        if page.share <= 0.5:
            return
        if len(self.strange) < STRANGEST:
            heapq.heappush(self.strange, page)
        else:
            heapq.heappushpop(self.strange, page)
