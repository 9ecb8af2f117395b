#!/usr/bin/env python3
"""Write docs/rules.md, the catalogue of rules, from the rule files and the examples that the tests run.

A rule without a comment above its `[id form place]` line, or without its two examples, stops the generator.

    python tools/make_rules_page.py            writes the page
    python tools/make_rules_page.py --check    fails where the page is not what would be written
"""

from __future__ import annotations

import html
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FORMULAS = ROOT / "src" / "boilerplate" / "formulas"
EXAMPLES = ROOT / "tests" / "data" / "boilerplate" / "examples.txt"
TARGET = ROOT / "docs" / "rules.md"

TITLES = {
    "dateline": "Datelines",
    "byline": "Bylines",
    "date": "Dates",
    "source": "Sources",
    "related": "Other articles",
    "promo": "The outlet advertising itself",
    "share": "Share buttons",
    "tags": "Keywords",
    "embed": "Players and embedded posts",
    "caption": "Captions",
    "legal": "Legal lines",
    "endmark": "End marks",
    "contact": "Contacts",
    "nav": "Navigation",
    "comments": "Comments",
    "ad": "Advertising",
}
FORMS = {
    "line": "a whole line",
    "open": "a line that begins so",
    "close": "a line that ends so",
    "label": "a label and the titles below it",
    "section": "a title and the part of the page that it opens",
    "prefix": "only these words, where a line begins so",
    "suffix": "only these words, where a line ends so",
    "rest": "from these words to the end of the line",
    "act": "a line with an act among its first words and a thing behind it",
    "structure": "decided by the line's build, neighbours and place",
}
PLACES = {
    "any": "anywhere",
    "edge": "before or behind the story",
    "head": "before the story",
    "tail": "behind the story",
    "near": "beside another line that goes",
    "beside": "before the story, elsewhere beside another line that goes",
}
SHOWN = 5

HEAD = """\
<!-- Written by tools/make_rules_page.py from the rule files and their examples: change those, then `make rules`. -->

# Rules

Every cut names the rule that decided ({py:class}`naqi.Boilerplate`, its field `rule`); here is what that rule knows.
Switch one off with `Extractor(disable=["share.button"])`, a whole category with `disable=["share"]`; leave what a
category finds in the text with `keep`. [Pages to articles](extract.md) shows these and how to add phrases of your own.

A phrase matches whatever the spelling of hamza, ة/ه and ى/ي, with or without marks, tatweel and punctuation. In phrases
`{n}` stands for a number, `{w}` for a word, `{any}` for up to eight words, and `:` for a separator that must be there.

Each rule is shown with a page that it cuts and one with like words that it leaves whole. Both are run by the tests.
<del>What is struck through</del> is cut; *العنوان* stands for a headline and *النص* for two paragraphs of a story.
"""


class Incomplete(SystemExit):
    """A rule lacks its comment or an example."""


@dataclass
class Rule:
    id: str
    form: str
    place: str
    about: str
    phrases: list[str] = field(default_factory=list)
    examples: dict[str, list[str]] = field(default_factory=lambda: {"+": [], "-": []})


def read_rules() -> dict[str, Rule]:
    rules: dict[str, Rule] = {}
    for path in sorted(FORMULAS.glob("*.txt")):
        comment: list[str] = []
        rule = None
        for line in map(str.strip, path.read_text(encoding="utf-8").splitlines()):
            if line.startswith("#"):
                comment.append(line.removeprefix("#").strip())
                continue
            if line.startswith("["):
                ident, *words = line[1:-1].split()
                rule = rules.get(ident)
                if rule is None:
                    if not comment:
                        raise Incomplete(f"{path.name}: no comment above [{ident} …] says what the rule is")
                    form = next((word for word in words if word in FORMS), "line")
                    place = next((word for word in words if word in PLACES), "edge")
                    rule = rules[ident] = Rule(ident, form, place, " ".join(comment))
            elif line and rule:
                rule.phrases.append(line)
            comment = []
    return rules


def add_examples(rules: dict[str, Rule]) -> None:
    for line in EXAMPLES.read_text(encoding="utf-8").splitlines():
        if line.startswith(("+ ", "- ")):
            sign, ident, page = line.split(" ", 2)
            rules[ident].examples[sign].append(page)
    for rule in rules.values():
        if not rule.id.startswith("template.") and not all(rule.examples.values()):
            raise Incomplete(f"{EXAMPLES.name}: {rule.id} lacks its example or its counter-example")


def page(text: str) -> str:
    """An example as the reader sees it: the cut struck through, the line breaks real, from the right."""
    shown = html.escape(text, quote=False)
    for sign, tag in {
        "⟦": "<del>",
        "⟧": "</del>",
        "⏎": "<br>\n",
        "HEADLINE": "<i>العنوان</i>",
        "STORY": "<i>النص</i>",
    }.items():
        shown = shown.replace(sign, tag)
    return f'<blockquote dir="rtl" lang="ar">\n{shown}\n</blockquote>'


def phrases(rule: Rule) -> str:
    shown = " ، ".join(f"<code>{html.escape(phrase, quote=False)}</code>" for phrase in rule.phrases[:SHOWN])
    rest = " …" if len(rule.phrases) > SHOWN else ""
    return f'<p dir="rtl" lang="ar">{shown}{rest}</p>'


def entry(rule: Rule) -> str:
    about = re.sub(r'"([^"]*)"', r"“\1”", rule.about)
    parts = [f"({rule.id})=\n### {rule.id}", about]
    if rule.form == "structure":
        parts.append(f"*{FORMS[rule.form].capitalize()}.*")
    else:
        count = f"{len(rule.phrases):,} phrase{'s' * (len(rule.phrases) != 1)}"
        parts += [f"*{FORMS[rule.form].capitalize()}; {PLACES[rule.place]}; {count}:*", phrases(rule)]
    parts += ["Cut:", page(rule.examples["+"][0]), "Left whole:", page(rule.examples["-"][0])]
    return "\n\n".join(parts)


def document() -> str:
    rules = read_rules()
    add_examples(rules)
    parts = [HEAD.rstrip()]
    for category, title in TITLES.items():
        parts.append(f"## {title}: `{category}`")
        parts += [entry(rule) for rule in rules.values() if rule.id.split(".")[0] == category]
    parts.append("## What one site repeats: `template`")
    parts.append("These find only what was learnt before from a site's pages: see [Templates](templates.md).")
    templates = [rule for rule in rules.values() if rule.id.startswith("template.")]
    parts += [f"({rule.id})=\n### {rule.id}\n\n{rule.about}" for rule in templates]
    unknown = {rule.id.split(".")[0] for rule in rules.values()} - {*TITLES, "template"}
    if unknown:
        raise Incomplete(f"categories without a title in {Path(__file__).name}: {', '.join(sorted(unknown))}")
    return "\n\n".join(parts) + "\n"


def main() -> None:
    text = document()
    if "--check" not in sys.argv[1:]:
        TARGET.write_text(text, encoding="utf-8")
    elif not TARGET.is_file() or TARGET.read_text(encoding="utf-8") != text:
        raise SystemExit("docs/rules.md is not what the rule files and examples give: make rules")


if __name__ == "__main__":
    main()
