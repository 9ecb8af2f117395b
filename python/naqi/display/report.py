"""Many pages: what was cut, by which rule, from which site, with examples to judge it by."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sized
from itertools import chain, repeat
from typing import Any

import naqi
from naqi.cli import render
from naqi.display.document import STYLE, Document, chip, count, direction, escape, isolated, share, value
from naqi.display.tally import BINS, Cuts, Example, Rule, Tally

SITES = 40  # at most so many rows, the most frequent
CHART = 34  # columns of the bars in a terminal


class Report(Document):
    r"""What was cut from a corpus and why: for finding a bad rule before it hurts.

    Reads the articles once and keeps only counts and a few examples, so that the articles may be
    the stream of `extract_iter`. In a notebook it draws itself; printed, it is plain text;
    ``save("report.html")`` writes it as a file. ``to_dict()`` holds the numbers.

    Args:
        articles: `Article` or None, in any iterable.
        site: one value for all, or one for each article (a host, an address or an outlet's
            name): groups the numbers.

    Raises:
        TypeError: an item is no `Article`. ValueError: not as many sites as articles.

    >>> import naqi
    >>> pages = ["سقط المطر على المدينة مساء أمس.\nشارك هذا الخبر", "عاد البحارة إلى الميناء.\nشارك"]
    >>> naqi.Report(naqi.extract(pages), site="example.org").to_dict()["rules"][0]["rule"]
    'share.button'
    """

    def __init__(self, articles: Iterable[naqi.Article | None], *, site: str | Iterable[str | None] | None = None):
        self._tally = Tally()
        if isinstance(articles, naqi.Article) or not hasattr(articles, "__iter__"):
            name = type(articles).__name__
            raise TypeError(f"expected an iterable of Article and None, not {name}; for one page: naqi.show(x)")
        sites = repeat(site) if site is None or isinstance(site, str) else chain(each(site, "site"), _end("site"))
        page = -1
        for page, article in enumerate(articles):
            if not (article is None or isinstance(article, naqi.Article)):
                raise TypeError(
                    f"item {page} is of type {type(article).__name__}, expected an Article or None;"
                    " for texts: naqi.show(texts), or Report(naqi.extract_iter(texts))"
                )
            of: str | None = next(sites)
            if not (of is None or isinstance(of, str)):
                raise TypeError(f"site=: item {page} is of type {type(of).__name__}, expected str or None")
            self._tally.add(page, article, _host(of))
        if isinstance(site, Sized) and not isinstance(site, str) and len(site) != page + 1:
            raise ValueError(
                f"site= has {len(site)} values for {page + 1} articles; give one value for all, or one for each"
            )

    @property
    def pages(self) -> int:
        """How many articles were counted; None is not."""
        return self._tally.pages

    def to_dict(self) -> dict[str, Any]:
        """The numbers, ready for `json.dumps` or a data frame."""
        tally = self._tally
        return {
            "pages": tally.pages,
            "missing": tally.missing,
            "empty": tally.empty,
            "without_body": tally.without_body,
            "sentences": tally.sentences,
            "characters": tally.length,
            "characters_cut": tally.cut,
            "rules": [
                {
                    "category": rule.category,
                    "rule": name,
                    "cuts": rule.count,
                    "pages": rule.pages,
                    "characters": rule.length,
                    "examples": [example._asdict() for example in rule.examples()],
                }
                for name, rule in self._rules()
            ],
            "sites": [
                {
                    "site": name,
                    "pages": site.pages,
                    "characters": site.length,
                    "characters_cut": site.cut,
                    "pages_with": dict(sorted(site.categories.items())),
                }
                for name, site in sorted(tally.sites.items(), key=lambda item: (-item[1].pages, item[0]))
            ],
            "most_cut": [
                {"page": -page.page, "characters": page.length, "characters_cut": page.cut, "head": page.head}
                for page in sorted(tally.strange, reverse=True)
            ],
        }

    def _rules(self) -> list[tuple[str, Rule]]:
        """By category, the greatest first, and within it by number."""
        tally = self._tally
        order = sorted(
            tally.rules.items(), key=lambda item: (-tally.categories[item[0][0]].length, item[0][0], -item[1].count)
        )
        return [(name, rule) for (_, name), rule in order]

    def _categories(self) -> list[tuple[str, Cuts]]:
        return sorted(self._tally.categories.items(), key=lambda item: (-item[1].length, item[0]))

    def _title(self) -> str:
        return f"naqi: {count(self.pages, 'page')}"

    def __repr__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        tally = self._tally
        yield from render.wrap(self._summary(), render.COLUMNS)
        most = max((cuts.length for cuts in tally.categories.values()), default=0)
        if most:
            yield ""
            yield f"{'category':<10}{'cuts':>8}{'pages':>7}{'text':>6}"
        for name, cuts in self._categories():
            bar = "█" * max(1, round(CHART * cuts.length / most)) if cuts.length else ""
            pages, text = share(cuts.pages, tally.pages), share(cuts.length, tally.length)
            yield f"{name:<10}{cuts.count:>8,}{pages:>7}{text:>6}  {bar}".rstrip()
        if tally.sites:
            yield ""
            yield f"{'site':<34}{'pages':>8}{'cut':>6}"
        for name, site in sorted(tally.sites.items(), key=lambda item: (-item[1].pages, item[0]))[:SITES]:
            pad = " " * (34 - len(name[:33]))
            yield f"{render.isolate(name[:33])}{pad}{site.pages:>8,}{share(site.cut, site.length):>6}"

    def _summary(self) -> str:
        tally = self._tally
        text = f"{count(tally.pages, 'page')}, {count(tally.sentences, 'sentence')}; "
        text += f"{share(tally.cut, tally.length)} of the text was cut"
        if tally.without_body:
            text += f"; nothing is left of {count(tally.without_body, 'page')}"
        if tally.empty:
            text += f"; {tally.empty:,} without text"
        if tally.missing:
            text += f"; {tally.missing:,} missing"
        return text

    def _repr_html_(self) -> str:
        parts = [self._html_categories(), self._html_pages(), self._html_sites(), self._html_rules()]
        return (
            f'<div class="naqi">{STYLE}<div class="naqi-head"><b>{escape(self._summary())}</b></div>'
            f"{''.join(parts)}</div>"
        )

    def _html_categories(self) -> str:
        tally = self._tally
        if not tally.categories:
            return ""
        most = max(cuts.length for cuts in tally.categories.values())
        rows = "".join(
            f"<tr><td>{chip(name)}</td><td>{cuts.count:,}</td><td>{share(cuts.pages, tally.pages)}</td>"
            f"<td>{share(cuts.length, tally.length)}</td>"
            f'<td class="naqi-left"><span class="naqi-bar" data-cut="{escape(name)}"'
            f' style="width: {100 * cuts.length / max(1, most):.1f}%"></span></td></tr>'
            for name, cuts in self._categories()
        )
        head = "<tr><th>category</th><th>cuts</th><th>pages</th><th>of the text</th><th></th></tr>"
        return f'<h4>What was cut</h4><div class="naqi-wide"><table>{head}{rows}</table></div>'

    def _html_pages(self) -> str:
        """How much of a page goes, as a chart, and the pages of which most went."""
        tally = self._tally
        if not tally.pages:
            return ""
        most = max(tally.bins)
        columns = "".join(_column(i, number, most) for i, number in enumerate(tally.bins)) + _tick(BINS)
        chart = (
            '<svg viewBox="0 0 350 125" width="350" height="125" role="img" fill="currentColor" font-size="10"'
            f' text-anchor="middle"><title>Pages by the share of their text that was cut</title>{columns}</svg>'
        )
        rows = "".join(
            f"<tr><td>{-page.page}</td><td>{share(page.cut, page.length)}</td><td>{page.length:,}</td>"
            f'<td class="naqi-left">{value(page.head)}</td></tr>'
            for page in sorted(tally.strange, reverse=True)
        )
        table = (
            "<details><summary>Pages of which most was cut</summary>"
            '<div class="naqi-wide"><table><tr><th>page</th><th>cut</th><th>characters</th><th class="naqi-left">begins'
            f"</th></tr>{rows}</table></div></details>"
        )
        return f"<h4>How much of a page was cut</h4>{chart}{table if rows else ''}"

    def _html_sites(self) -> str:
        tally = self._tally
        if not tally.sites:
            return ""
        names = [name for name, _ in self._categories()]
        order = sorted(tally.sites.items(), key=lambda item: (-item[1].pages, item[0]))
        rows = "".join(
            f"<tr><td>{value(name)}</td><td>{site.pages:,}</td><td>{share(site.cut, site.length)}</td>"
            + "".join(_cell(category, site.categories, site.pages) for category in names)
            + "</tr>"
            for name, site in order[:SITES]
        )
        head = "<tr><th>site</th><th>pages</th><th>cut</th>" + "".join(f"<th>{escape(name)}</th>" for name in names)
        more = len(order) - SITES
        rest = f"<p><small>and {count(more, 'smaller site')}</small></p>" if more > 0 else ""
        note = "<small>share of the site’s pages that had one</small>"
        return f'<h4>Sites</h4>{note}<div class="naqi-wide"><table>{head}</tr>{rows}</table></div>{rest}'

    def _html_rules(self) -> str:
        rules = self._rules()
        if not rules:
            return ""
        note = (
            "<small>each with the longest cuts first, then the most frequent; a rule that is wrong for your pages:"
            " <code>naqi.Extractor(disable=[…])</code></small>"
        )
        return f"<h4>Rules</h4>{note}{''.join(_rule(name, rule) for name, rule in rules)}"


def _column(place: int, number: int, most: int) -> str:
    height = max(1, round(90 * number / most)) if number else 0
    x = 14 + 32 * place
    return (
        f'<rect x="{x + 1}" y="{105 - height}" width="30" height="{height}" opacity=".45"></rect>'
        f'<text x="{x + 16}" y="{101 - height}">{number:,}</text>{_tick(place)}'
    )


def _tick(place: int) -> str:
    return f'<text x="{14 + 32 * place}" y="120" opacity=".7">{100 * place // BINS}%</text>'


def _cell(category: str, pages: Counter[str], whole: int) -> str:
    part = pages[category]
    if not part:
        return "<td></td>"
    return (
        f'<td class="naqi-share" data-cut="{escape(category)}" style="--share: {100 * part / whole:.0f}%">'
        f"{share(part, whole)}</td>"
    )


def _rule(name: str, rule: Rule) -> str:
    examples = "".join(_example(rule.category, example) for example in rule.examples())
    numbers = f"{count(rule.count, 'cut')} on {count(rule.pages, 'page')}"
    return (
        f"<details><summary>{chip(rule.category)} <b>{escape(name)}</b> {numbers}</summary>"
        f"<ol>{examples}</ol></details>"
    )


def _example(category: str, example: Example) -> str:
    before, text, after = (isolated(_line(part)) for part in (example.before, example.text, example.after))
    way = direction(example.before + example.text + example.after)
    times = f", {example.times:,} times" if example.times > 1 else ""
    return (
        f'<li>page {example.page}{times}<span class="naqi-example" dir="{way}">{before}'
        f'<del data-cut="{escape(category)}">{text}</del>{after}</span></li>'
    )


def _line(text: str) -> str:
    """On one line; line breaks of the page are shown as one."""
    return " ".join(re.sub(r"\s*\n\s*", " ⏎ ", text).split())


def _host(site: str | None) -> str | None:
    """`https://www.example.org/1` and `example.org` are one site."""
    if site is None:
        return None
    name = site.split("://", 1)[-1].split("/", 1)[0].strip() if "://" in site or "." in site else site.strip()
    return name.removeprefix("www.") or None


def each(values: Iterable[str | None], hint: str) -> Iterable[str | None]:
    """The values of a hint, if it has many."""
    if not hasattr(values, "__iter__") or isinstance(values, bytes):
        raise TypeError(f"{hint}= is of type {type(values).__name__}, expected a str, None, or a sequence of them")
    return values


def _end(hint: str) -> Iterator[str]:
    raise ValueError(f"{hint}= has fewer values than there are articles; give one value for all, or one for each")
    yield
