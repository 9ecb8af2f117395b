"""What may be typed behind `naqi`."""

from __future__ import annotations

import argparse
from typing import Any

import naqi
from naqi.cli import commands, files

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
  naqi extract pages.jsonl.gz --text content -o articles.jsonl
                                     records in files, millions of them
  naqi extract --help                more of one command""",
    )
    top.add_argument("--version", action="version", version=_version())
    verbs = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _extract(verbs)
    _normalize(verbs)
    _sentences(verbs)
    _report(verbs)
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
        description="Turns the text of a news page into an article: headline, facts and body. Pass text, not HTML.\n"
        "With -o, or where an input is JSONL, files are worked record by record: see `records in files` below.",
        epilog="""\
examples:
  naqi extract page.txt
  curl -s ADDRESS | your-html-to-text | naqi extract -
  naqi extract --json --normalize search pages/*.txt > articles.jsonl
  naqi extract --show-cuts --site sabq.org page.txt
  naqi extract pages.jsonl --text content --title headline -o articles.jsonl.zst
  naqi extract folder-of-texts -o articles.jsonl""",
    )
    verb.add_argument("files", nargs="+", metavar="INPUT", help="a file, a pattern, a folder, or - for standard input")
    shape = verb.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="one JSON object a line")
    shape.add_argument("--show-cuts", action="store_true", help="the page itself, what is cut marked and named")
    _hints(verb)
    verb.add_argument("--keep", type=_names, default=(), metavar="CATEGORY,…", help="leave these in the body")
    verb.add_argument("--disable", type=_names, default=(), metavar="RULE,…", help="switch these rules off")
    verb.add_argument("--rules", metavar="FILE", help="formulas of your own, beside the built-in ones")
    verb.add_argument(
        "--normalize", metavar="PRESET", help="normalise title, body and sentences: light, news, search …"
    )
    _templates(verb)
    _encoding(verb)
    group = _records(verb)
    group.add_argument(
        "--fields",
        type=_names,
        metavar="NAME,…",
        help="the fields to add, or all (default: all but sentences, spans and boilerplate)",
    )
    _new_fields(group)
    verb.set_defaults(run=commands.extract, error=verb.error, command="extract")


def _normalize(verbs: argparse._SubParsersAction[_Parser]) -> None:
    verb = verbs.add_parser(
        "normalize",
        help="a filter: marks off, letters folded",
        description="Writes the text with marks off and letters folded as the preset and the options say.",
        epilog="""\
examples:
  naqi normalize < story.txt
  naqi normalize --preset search --digits keep a.txt b.txt
  naqi normalize --preset none --unicode nfc --diacritics harakat,tanwin story.txt
  naqi normalize corpus.jsonl.gz -o normal.jsonl.gz""",
    )
    verb.add_argument("files", nargs="*", metavar="INPUT", help="files, patterns, folders; none or -: standard input")
    verb.add_argument("--preset", default="news", help="none, light, news (default), search or lucene")
    options = verb.add_argument_group("options of the normaliser (over the preset)")
    for name, choices in NORMALIZER_OPTIONS.items():
        dest = commands.OPTION + name.replace("-", "_")
        options.add_argument(f"--{name}", dest=dest, metavar="VALUE", help=choices)
    _encoding(verb)
    _records(verb)
    verb.set_defaults(run=commands.normalize, error=verb.error, command="normalize")


def _sentences(verbs: argparse._SubParsersAction[_Parser]) -> None:
    verb = verbs.add_parser(
        "sentences",
        help="a filter: one sentence a line",
        description="Writes the sentences of the text, one a line.",
        epilog="""\
examples:
  naqi sentences story.txt
  naqi sentences --newlines wrap < hard-wrapped.txt | wc -l
  naqi sentences corpus.jsonl -o sentences.txt""",
    )
    verb.add_argument("files", nargs="*", metavar="INPUT", help="files, patterns, folders; none or -: standard input")
    verb.add_argument("--newlines", default="auto", help="what a line break means: auto (default), break or wrap")
    _encoding(verb)
    _new_fields(_records(verb))
    verb.set_defaults(run=commands.sentences, error=verb.error, command="sentences")


def _report(verbs: argparse._SubParsersAction[_Parser]) -> None:
    verb = verbs.add_parser(
        "report",
        help="what would be cut from a collection of pages, and why",
        description="Counts what `extract` would cut: by category, by rule and, with --site, by site.",
        epilog="""\
examples:
  naqi report pages.jsonl --text content --site url
  naqi report --json folder-of-texts > report.json""",
    )
    verb.add_argument("files", nargs="+", metavar="INPUT", help="a file, a pattern, a folder, or - for standard input")
    verb.add_argument("--json", action="store_true", help="one JSON object, with every rule")
    _hints(verb)
    verb.add_argument("--keep", type=_names, default=(), metavar="CATEGORY,…", help="leave these out")
    verb.add_argument("--disable", type=_names, default=(), metavar="RULE,…", help="switch these rules off")
    verb.add_argument("--rules", metavar="FILE", help="formulas of your own, beside the built-in ones")
    _templates(verb)
    _records(verb, writes=False)
    verb.set_defaults(run=commands.report, error=verb.error, command="report", encoding="utf-8")


def _templates(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--templates",
        metavar="learn|FILE",
        help="what the sites repeat: a file of naqi.Templates, or learn: read records twice and learn it first",
    )


def _hints(verb: argparse.ArgumentParser) -> None:
    """What is known of a page; of records, the field that holds it."""
    verb.add_argument("--title", help="the headline, where you know it; for records the field that holds it")
    verb.add_argument("--author", help="the writer's name, where you know it; for records its field")
    verb.add_argument("--site", help="host, address or name of the outlet, where you know it; for records its field")


def _records(verb: argparse.ArgumentParser, *, writes: bool = True) -> argparse._ArgumentGroup:
    """The options of jobs on files."""
    group = verb.add_argument_group(
        "records in files: .jsonl and .txt, each plain, .gz or .zst; with naqi[files] .parquet, .csv and duckdb:QUERY"
    )
    target = "the file to write, put in its place when it is whole" if writes else "write the report into a file"
    group.add_argument("-o", "--output", metavar="FILE", help=f"{target}; -: standard output")
    group.add_argument(
        "--from", dest="source", choices=("jsonl", "txt"), help="what the inputs hold, where their names do not say"
    )
    group.add_argument("--text", metavar="FIELD", default="text", help="the field that holds the text (default: text)")
    group.add_argument(
        "--rejects", metavar="FILE", help="where broken records are noted (default: FILE.rejects.jsonl beside -o FILE)"
    )
    group.add_argument("--strict", action="store_true", help="stop at the first broken record, with exit code 1")
    if writes:
        group.add_argument("--resume", action="store_true", help="go on where a job that was stopped had got to")
    group.add_argument(
        "--part",
        type=files.count,
        default=10_000,
        metavar="N",
        help="records between two places to resume from (default: 10000)" if writes else argparse.SUPPRESS,
    )
    group.add_argument(
        "--max-record",
        type=files.size,
        default="8M",
        metavar="SIZE",
        help="the longest record that is taken (default: 8M)",
    )
    group.add_argument(
        "--threads", type=files.count, metavar="N", help="default: one a core, or fewer by NAQI_NUM_THREADS"
    )
    group.add_argument("--quiet", action="store_true", help="no progress bar and no summary, errors alone")
    group.add_argument("--json-log", action="store_true", help="progress, errors and summary as JSON, one a line")
    verb.set_defaults(into=None, drop_text=False, fields=None, resume=False)
    return group


def _new_fields(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--into", metavar="NAME", help="put the new fields together under this name")
    group.add_argument("--drop-text", action="store_true", help="leave the text out of the record")


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
