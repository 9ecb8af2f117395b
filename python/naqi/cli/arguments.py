"""What may be typed behind `naqi`."""

from __future__ import annotations

import argparse
from typing import Any

import naqi
from naqi.cli import commands

NORMALIZER_OPTIONS = {
    "unicode": "nfc, keep",
    "presentation": "fold, keep: ligatures and presentation forms to letters",
    "honorifics": "keep, expand, strip: phrases in one code point",
    "invisible": "strip, keep: direction marks and the like",
    "zwnj": "keep, strip, space",
    "diacritics": "strip, keep, or classes to strip: harakat,sukun,tanwin,shadda,quran,foreign",
    "dagger-alef": "strip, alef, keep",
    "tatweel": "strip, keep",
    "alef": "fold, extended, keep",
    "yaa": "fold, keep",
    "hamza": "keep, carrier, hamza",
    "teh-marbuta": "keep, heh, teh",
    "lookalikes": "keep, fold: Persian and Urdu twins of Arabic letters",
    "digits": "keep, ascii, arabic",
    "punctuation": "keep, ascii",
    "elongation": "keep, or the longest run of one letter",
    "whitespace": "keep, collapse",
}


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = _Parser(
        prog="naqi",
        description="Prepares Arabic news for data work.",
        epilog="""\
examples:
  naqi extract page.txt              the article: headline, facts, body
  naqi extract --show-cuts page.txt  what was cut, and what it was taken for
  naqi extract --json pages/*.txt > articles.jsonl
  naqi normalize < story.txt         marks off, letters folded
  naqi extract --help                more of one command""",
    )
    top.add_argument("--version", action="version", version=_version())
    verbs = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _extract(verbs)
    _normalize(verbs)
    _sentences(verbs)
    return top


def _version() -> str:
    return f"naqi {naqi.__version__} (rules {naqi.RULES_VERSION}, Unicode {naqi.UNICODE_VERSION})"


class _Parser(argparse.ArgumentParser):
    """Shows texts as they are written, and takes no abbreviations: `--a` would mean another thing next year."""

    def __init__(self, **texts: Any) -> None:
        super().__init__(formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False, **texts)


def _extract(verbs: argparse._SubParsersAction[_Parser]) -> None:
    verb = verbs.add_parser(
        "extract",
        help="the text of a news page → an article",
        description="Turns the text of a news page into an article: headline, facts and body. Pass text, not HTML.",
        epilog="""\
examples:
  naqi extract page.txt
  curl -s ADDRESS | your-html-to-text | naqi extract -
  naqi extract --json --normalize search pages/*.txt > articles.jsonl
  naqi extract --show-cuts --site sabq.org page.txt""",
    )
    verb.add_argument("files", nargs="+", metavar="PAGE", help="a text file, or - for standard input")
    shape = verb.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="one JSON object a line")
    shape.add_argument("--show-cuts", action="store_true", help="the page itself, what is cut marked and named")
    verb.add_argument("--title", help="the headline, where you know it")
    verb.add_argument("--author", help="the writer's name, where you know it")
    verb.add_argument("--site", help="host, address or name of the outlet, where you know it")
    verb.add_argument("--keep", type=_names, default=(), metavar="CATEGORY,…", help="leave these in the body")
    verb.add_argument("--disable", type=_names, default=(), metavar="RULE,…", help="switch these rules off")
    verb.add_argument("--rules", metavar="FILE", help="formulas of your own, beside the built-in ones")
    verb.add_argument(
        "--normalize", metavar="PRESET", help="normalise title, body and sentences: light, news, search …"
    )
    _encoding(verb)
    verb.set_defaults(run=commands.extract, error=verb.error)


def _normalize(verbs: argparse._SubParsersAction[_Parser]) -> None:
    verb = verbs.add_parser(
        "normalize",
        help="a filter: marks off, letters folded",
        description="Writes the text with marks off and letters folded as the preset and the options say.",
        epilog="""\
examples:
  naqi normalize < story.txt
  naqi normalize --preset search --digits keep a.txt b.txt
  naqi normalize --preset none --unicode nfc --diacritics harakat,tanwin story.txt""",
    )
    verb.add_argument("files", nargs="*", metavar="FILE", help="text files; none or -: standard input")
    verb.add_argument("--preset", default="news", help="none, light, news (default), search or lucene")
    options = verb.add_argument_group("options of the normaliser (over the preset)")
    for name, choices in NORMALIZER_OPTIONS.items():
        dest = commands.OPTION + name.replace("-", "_")
        options.add_argument(f"--{name}", dest=dest, metavar="VALUE", help=choices)
    _encoding(verb)
    verb.set_defaults(run=commands.normalize, error=verb.error)


def _sentences(verbs: argparse._SubParsersAction[_Parser]) -> None:
    verb = verbs.add_parser(
        "sentences",
        help="a filter: one sentence a line",
        description="Writes the sentences of the text, one a line.",
        epilog="""\
examples:
  naqi sentences story.txt
  naqi sentences --newlines wrap < hard-wrapped.txt | wc -l""",
    )
    verb.add_argument("files", nargs="*", metavar="FILE", help="text files; none or -: standard input")
    verb.add_argument("--newlines", default="auto", help="what a line break means: auto (default), break or wrap")
    _encoding(verb)
    verb.set_defaults(run=commands.sentences, error=verb.error)


def _encoding(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--encoding", type=_codec, default="utf-8", help="of the input (default: utf-8)")


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _codec(name: str) -> str:
    try:
        "".encode(name)  # refuses unknown names and those that are not encodings of text
    except (LookupError, UnicodeError):
        raise argparse.ArgumentTypeError(f"unknown encoding {name!r}") from None
    return name
