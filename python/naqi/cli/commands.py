"""What each command does with its inputs."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, TextIO, TypeVar

import naqi
from naqi.cli import files, tables
from naqi.cli.inputs import InputError, read
from naqi.cli.render import Page, Style

T = TypeVar("T")

OPTION = "option_"  # what the names of the normaliser's options begin with among the arguments
LINE_BREAK = re.compile(r"\s*[\n\r\v\f\x85\u2028\u2029]\s*")


def output(stream: TextIO | None) -> TextIO:
    """A stream of UTF-8 onto where `stream` writes; a terminal that cannot show a character shows a stand-in.

    It has a buffer of its own: without one (PYTHONUNBUFFERED), Python loses what a pipe does not take at once.
    """
    if stream is None:  # closed by the caller (`>&-`)
        return open(os.devnull, "w", encoding="utf-8")
    try:
        number = stream.fileno()
    except (AttributeError, OSError):  # a caller's own (a test's, a notebook's)
        return stream
    if stream.isatty():
        return open(number, "w", encoding=stream.encoding, errors="replace", closefd=False)
    return open(number, "w", encoding="utf-8", errors="backslashreplace", newline="\n", closefd=False)


def extract(arguments: argparse.Namespace) -> int:
    """`naqi extract`."""
    extractor = _extractor(arguments)
    if extractor is None:
        return 1
    if _is_job(arguments):
        if arguments.json or arguments.show_cuts:
            arguments.error("--json and --show-cuts are for texts; records are written as JSONL")
        return _job(arguments, extractor)
    _only_texts(arguments)
    page = Page(Style.of(sys.stdout))

    def work(name: str, text: str) -> None:
        article = extractor(text, title=arguments.title, author=arguments.author, site=arguments.site)
        if arguments.json:
            record = {"file": os.fsencode(name).decode("utf-8", "replace"), **article.to_dict()}
            print(json.dumps(record, ensure_ascii=False))
            return
        if len(arguments.files) > 1:
            print(page.heading(name))
        print(page.cuts(text, article) if arguments.show_cuts else page.article(article))

    return _each_input(arguments, work)


def normalize(arguments: argparse.Namespace) -> int:
    """`naqi normalize`."""
    given = {name.removeprefix(OPTION): text for name, text in vars(arguments).items() if name.startswith(OPTION)}
    options: dict[str, Any] = {name: _value(name, text) for name, text in given.items() if text is not None}
    normalizer = _checked(arguments, lambda: naqi.Normalizer(arguments.preset, **options))
    if _is_job(arguments):
        return _job(arguments, normalizer)
    _only_texts(arguments)
    return _each_input(arguments, lambda _, text: sys.stdout.write(normalizer(text)))


def sentences(arguments: argparse.Namespace) -> int:
    """`naqi sentences`."""
    _checked(arguments, lambda: naqi.split_sentences("", newlines=arguments.newlines))
    if _is_job(arguments):
        return _job(arguments, arguments.newlines)
    _only_texts(arguments)

    def work(_: str, text: str) -> None:
        for sentence in naqi.split_sentences(text, newlines=arguments.newlines):
            print(LINE_BREAK.sub(" ", sentence))  # a sentence that runs over a line break still gets one line

    return _each_input(arguments, work)


def report(arguments: argparse.Namespace) -> int:
    """`naqi report`."""
    extractor = _extractor(arguments)
    return 1 if extractor is None else _job(arguments, extractor)


def _extractor(arguments: argparse.Namespace, learnt: naqi.Templates | None = None) -> naqi.Extractor | None:
    """The extractor that the options describe; None, and a complaint, where a file of theirs cannot be read."""
    if arguments.rules is not None:
        try:
            read(arguments.rules, "utf-8")
        except InputError as error:
            _complain(arguments.rules, str(error))
            return None
    if arguments.templates == "learn":
        if not _is_job(arguments):
            arguments.error("--templates learn is for records in files: name a .jsonl file, or give -o FILE")
    elif arguments.templates is not None:
        try:
            learnt = naqi.Templates.load(arguments.templates)
        except OSError as error:
            _complain(arguments.templates, error.strerror or str(error))
            return None
        except ValueError as error:
            _complain("", str(error))
            return None
    return _checked(
        arguments,
        lambda: naqi.Extractor(
            keep=arguments.keep,
            disable=arguments.disable,
            rules=arguments.rules,
            templates=learnt,
            normalize=getattr(arguments, "normalize", None),
        ),
    )


def _is_job(arguments: argparse.Namespace) -> bool:
    """Whether files are to be worked record by record, not texts to be shown."""
    return files.is_job(arguments) or tables.is_job(arguments)


def _job(arguments: argparse.Namespace, work: object) -> int:
    """Does a job on files; the exit code."""
    if arguments.encoding != "utf-8":
        arguments.error("--encoding is for texts; records are UTF-8: iconv -f windows-1256 -t UTF-8")

    def complain(name: str, message: str) -> None:
        files.log_error(name, message) if arguments.json_log else _complain(name, message)

    learns = getattr(arguments, "templates", None) == "learn"
    try:
        work_files = tables.run if tables.is_job(arguments) else files.run
        done = work_files(
            arguments,
            work,
            complain=complain,
            learnt=(lambda templates: _extractor(arguments, templates)) if learns else None,
        )
    except files.WrongUse as error:
        complain("", str(error))
        return 2
    except BrokenPipeError:
        raise
    except OSError as error:
        complain(os.fsdecode(error.filename), f"cannot write: {error.strerror}{files.left_behind(arguments)}")
        return 1
    except RuntimeError as error:
        complain("", str(error))
        return 1
    except KeyboardInterrupt:
        if left := files.left_behind(arguments):
            complain("", f"stopped{left}")
        raise
    if done is None:
        return 1
    if "report" in done:
        _print_report(arguments, done["report"])
    for line in files.summary(arguments, done):
        print(f"naqi: {line}", file=sys.stderr)
    nothing = done["rejected"] > 0 and not done["documents"]
    if nothing:
        why = f"; {next(files.reasons(done))}" if arguments.quiet else ""
        complain("", f"every record was rejected{why}")
    return 1 if nothing or done["unreadable"] else 0


def _print_report(arguments: argparse.Namespace, counted: dict[str, Any]) -> None:
    text = json.dumps(counted, ensure_ascii=False) if arguments.json else "\n".join(files.report_lines(counted))
    if arguments.output in (None, "-"):
        print(text)
        return
    beside = Path(f"{arguments.output}.partial")
    beside.write_text(text + "\n", encoding="utf-8")
    beside.replace(arguments.output)


def _only_texts(arguments: argparse.Namespace) -> None:
    """Complains of options that mean something for records alone."""
    given = [name for name in ("rejects", "into", "fields", "threads") if getattr(arguments, name) is not None]
    given += [name for name in ("drop_text", "strict", "resume", "quiet", "json_log") if getattr(arguments, name)]
    if given:
        arguments.error(f"--{given[0].replace('_', '-')} is for records in files: name a .jsonl file, or give -o FILE")


def _value(name: str, text: str) -> object:
    """An option's value as Python would be given it."""
    if name == "elongation" and re.fullmatch(r"[+-]?[0-9]+", text):
        return int(text)
    if name == "diacritics" and text not in ("strip", "keep"):
        return {part.strip() for part in text.split(",") if part.strip()}
    return text


def _checked(arguments: argparse.Namespace, build: Callable[[], T]) -> T:
    """What `build` makes; a value that the library refuses is a wrong use, told in the library's words."""
    try:
        return build()
    except (ValueError, TypeError) as error:
        refuse: Callable[[str], NoReturn] = arguments.error
        refuse(str(error))


def _each_input(arguments: argparse.Namespace, work: Callable[[str, str], object]) -> int:
    """Does `work` on every input that can be read, names the others; the exit code."""
    code = 0
    for name in arguments.files or ["-"]:
        try:
            text = read(name, arguments.encoding)
        except InputError as error:
            _complain(name, str(error))
            code = 1
            continue
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            work(name, text)
        for warning in caught:
            _complain(name, str(warning.message))
    return code


def _complain(name: str, message: str) -> None:
    sys.stdout.flush()
    where = f"{'standard input' if name == '-' else name}: " if name else ""
    print(f"naqi: {where}{message}", file=sys.stderr)
