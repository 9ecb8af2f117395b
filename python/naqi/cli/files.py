"""Jobs on files: which files are meant, what is said at the end. The stream itself is Rust."""

from __future__ import annotations

import argparse
import glob
import hashlib
import json
import os
import re
import stat
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import naqi
from naqi import _naqi

RECORDS = (".jsonl", ".ndjson")
TEXTS = (".txt",)
PACKED = (".gz", ".zst")
OWN_NAMES = "built in are .jsonl and .txt, each plain, .gz or .zst"
WAYS_OUT = {
    ".tsv": "duckdb -c \"COPY (FROM '{0}') TO 'a.jsonl' (FORMAT json)\"",
    ".json": "jq -c '.[]' {0} > a.jsonl",
    ".bz2": "bzcat {0} | naqi … --from jsonl -",
    ".xz": "xzcat {0} | naqi … --from jsonl -",
}
REASONS = 5  # that a summary tells
HINTS = ("title", "author", "site")

Input = tuple[str | None, bool]


class WrongUse(Exception):
    """What was asked for makes no sense; the message is for the person who typed it."""


def is_job(arguments: argparse.Namespace) -> bool:
    """Whether files are to be worked as streams of documents, not texts to be shown."""
    if arguments.command == "report":
        return True
    if arguments.output is not None or arguments.source is not None:
        return arguments.output is not None or arguments.source == "jsonl"
    return any(_suffix(name) in RECORDS for name in arguments.files or ())


def run(
    arguments: argparse.Namespace,
    work: object,
    *,
    complain: Callable[[str, str], None],
    learnt: Callable[[naqi.Templates], object] | None = None,
) -> dict[str, Any] | None:
    """Does the job and returns what it did, or None where nothing could be done; the caller says the rest.

    With `learnt`, the inputs are read twice: it makes the work of what the first reading learnt of the sites.

    Raises `WrongUse`, and `OSError` and `RuntimeError` where the job was stopped.
    """
    output = None if arguments.output in (None, "-") else arguments.output
    report = arguments.command == "report"
    plain = output is not None and not report and _is_plain(output, arguments)
    inputs, missing = _inputs(arguments, complain)
    if arguments.resume and (output is None or (None, True) in inputs or (None, False) in inputs):
        raise WrongUse("--resume needs files: -o FILE, and inputs that can be read again")
    rejects = arguments.rejects
    if output is not None and not report:
        _apart(output, rejects_of(arguments), inputs)
    if not inputs:
        return None
    asked = {
        "inputs": inputs,
        "output": output,
        "report": report,
        "learn": False,
        "rejects": rejects,
        "text": arguments.text,
        "hints": [getattr(arguments, name, None) for name in HINTS],
        "known": [getattr(arguments, name, None) for name in HINTS],
        "fields": arguments.fields if arguments.command == "extract" else None,
        "into": arguments.into,
        "drop_text": arguments.drop_text,
        "plain": plain,
        "part": arguments.part,
        "resume": arguments.resume,
        "strict": arguments.strict,
        "threads": arguments.threads,
        "longest": arguments.max_record,
        "bar": bar(arguments, _size(inputs)),
    }
    if learnt is not None:
        if any(path is None for path, _ in inputs):
            raise WrongUse("--templates learn reads the inputs twice, and standard input can be read once")
        first = asked | {
            "output": None,
            "rejects": None,
            "report": False,
            "learn": True,
            "strict": False,
            "identity": "",
        }
        work = learnt(_naqi._stream(work, first)["templates"])
    names = ("report", "text", "hints", "known", "fields", "into", "drop_text", "plain", "longest", "inputs")
    asked["identity"] = identity(arguments, work, [asked[name] for name in names])
    log = log_event if arguments.json_log else None
    began = time.monotonic()
    if log:
        log("start", inputs=len(inputs), output=output)

    def look(size: int, records: int, documents: int, rejected: int) -> None:
        log_event("progress", bytes=size, records=records, documents=documents, rejected=rejected)

    try:
        done = _naqi._stream(work, asked, look if log else None)
    except ValueError as error:
        raise WrongUse(str(error)) from None
    for name, message in done["unreadable"]:
        complain(name, message)
    done["seconds"] = round(time.monotonic() - began, 3)
    done["of_records"] = any(records for _, records in inputs)
    done["rejects_file"] = None
    if done["rejected"]:
        done["rejects_file"] = rejects or (rejects_of(arguments) if _is_replaced(output) and not report else None)
    done["unreadable"] = missing + done["unreadable"]
    return done


def summary(arguments: argparse.Namespace, done: dict[str, Any]) -> Iterator[str]:
    """What is to be said of a job that was done."""
    if arguments.json_log:
        log_event("done", **{name: value for name, value in done.items() if name != "report"})
        return
    yield from done["rejects"] if done["rejects_file"] is None else ()
    told = done["documents"] > 0 or done["rejected"] > 0
    if arguments.output in (None, "-") and not done["rejected"] and not arguments.json_log:
        told = False  # a filter is quiet where all went well
    if told and not arguments.quiet:
        yield _counts(done)
    if arguments.quiet:
        return
    if done["rejects_file"] or done["rejected"] > len(done["rejects"]):
        yield from reasons(done)
    if done["html"]:
        yield f"{done['html']:,} texts look like HTML; pass what an extractor (trafilatura, readability) returns"
    for name, count in done["renamed"].items():
        yield f"{count:,} records had a field {name!r} already, which stays; ours is 'naqi_{name}' (--into NAME nests)"
    for name, found in zip(HINTS, done["hints"], strict=True):
        asked = getattr(arguments, name, None)
        if asked is not None and not found and done["of_records"] and done["documents"]:
            yield f"no record has text in a field {asked!r} (--{name})"


def reasons(done: dict[str, Any]) -> Iterator[str]:
    """Why records were rejected, the most frequent reasons first."""
    for reason in done["reasons"][:REASONS]:
        yield f"{reason['count']:,} rejected: {reason['reason']} (first: {reason['first']})"
    if rest := sum(reason["count"] for reason in done["reasons"][REASONS:]):
        yield f"{rest:,} rejected for other reasons"


def rejects_of(arguments: argparse.Namespace) -> str:
    """The file of the rejects, for output that is a file."""
    return arguments.rejects or f"{arguments.output}.rejects.jsonl"


def left_behind(arguments: argparse.Namespace) -> str:
    """What to say of a job that was stopped and can go on."""
    if arguments.output in (None, "-") or not os.path.isdir(f"{arguments.output}.partial"):
        return ""
    return f"; what was done lies in {arguments.output}.partial, --resume goes on with it"


def _counts(done: dict[str, Any]) -> str:
    size, seconds = done["bytes"] / 1e6, max(done["seconds"], 1e-3)
    line = f"{done['records']:,} documents in, {done['documents']:,} out, {done['rejected']:,} rejected"
    if done["rejects_file"]:
        line += f" ({done['rejects_file']})"
    if done["resumed"]:
        line += f"; {done['resumed']:,} of them before, resumed"
    return f"{line}; {size:,.1f} MB in {seconds:,.1f} s ({size / seconds:,.1f} MB/s)"


def log_event(event: str, **values: object) -> None:
    """A line of `--json-log`."""
    print(json.dumps({"event": event, **values}, ensure_ascii=False), file=sys.stderr, flush=True)


def log_error(name: str, message: str) -> None:
    """An error as an event of `--json-log`."""
    log_event("error", file=name, message=message)


def _suffix(name: str) -> str:
    path = Path(name)
    if path.suffix.lower() in PACKED:
        path = path.with_suffix("")
    return path.suffix.lower()


def _is_plain(output: str, arguments: argparse.Namespace) -> bool:
    """Whether the output is plain text; complains of names that no output has."""
    suffix = _suffix(output)
    if suffix in RECORDS or (os.path.exists(output) and not _is_replaced(output)):
        return False
    if suffix in TEXTS and arguments.command in ("normalize", "sentences"):
        return True
    if suffix in TEXTS:
        raise WrongUse(f"{output}: an article has fields; write them into a .jsonl file")
    raise WrongUse(
        f"{output}: naqi writes .jsonl{' and .txt' if arguments.command != 'extract' else ''}, plain, .gz or .zst"
    )


def _is_replaced(output: str | None) -> bool:
    """Whether an output is a file (that may be there), not a device or a pipe."""
    return output is not None and (not os.path.exists(output) or os.path.isfile(output))


def _inputs(
    arguments: argparse.Namespace, complain: Callable[[str, str], None]
) -> tuple[list[Input], list[tuple[str, str]]]:
    """The inputs that can be read, and what is wrong with the others."""
    inputs: list[Input] = []
    missing: list[tuple[str, str]] = []
    for name, records in _forms(arguments):
        if name == "-":
            inputs.append((None, records))
            continue
        try:
            if stat.S_ISREG(os.stat(name).st_mode):
                open(name, "rb").close()
            inputs.append((name, records))
        except (OSError, ValueError) as error:  # ValueError: a NUL in the name
            missing.append((name, getattr(error, "strerror", None) or str(error)))
    for name, message in missing:
        complain(name, message)
    return inputs, missing


def _forms(arguments: argparse.Namespace) -> Iterator[tuple[str, bool]]:
    """Every input file by its name, folders and patterns walked, and whether its lines are records."""
    for name in arguments.files or ["-"]:
        if name == "-":
            yield name, arguments.source != "txt" if arguments.source else not _writes_texts(arguments)
        elif os.path.isdir(name):
            yield from _folder(name, arguments.source)
        elif not os.path.lexists(name) and glob.has_magic(name):
            for path in matches(name):
                yield path, _is_records(path, arguments.source)
        else:
            yield name, _is_records(name, arguments.source)


def matches(name: str) -> list[str]:
    """The files that a pattern names, in order; what matches nothing, or is no pattern, names itself."""
    if os.path.lexists(name) or not glob.has_magic(name):
        return [name]
    return sorted(path for path in glob.glob(name, recursive=True) if not os.path.isdir(path)) or [name]


def _writes_texts(arguments: argparse.Namespace) -> bool:
    return arguments.output not in (None, "-") and _suffix(arguments.output) in TEXTS


def _folder(folder: str, source: str | None) -> Iterator[tuple[str, bool]]:
    """The documents in a folder and those below it, by name; hidden files and other kinds of files are passed over."""
    found = False
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not name.endswith(".partial"))
        for name in sorted(files):
            if not name.startswith(".") and _suffix(name) in (*RECORDS, *TEXTS):
                found = True
                path = os.path.join(where, name)
                yield path, _is_records(path, source)
    if not found:
        raise WrongUse(f"{folder}: no file in it that naqi reads; {OWN_NAMES}")


def _is_records(name: str, source: str | None) -> bool:
    if source is not None:
        return source == "jsonl"
    suffix = _suffix(name)
    if suffix in RECORDS:
        return True
    if suffix in TEXTS:
        return False
    way_out = WAYS_OUT.get(suffix) or WAYS_OUT.get(Path(name).suffix.lower())
    if way_out:
        raise WrongUse(f"{name}: {OWN_NAMES}; turn it into JSONL first: {way_out.format(name)}")
    raise WrongUse(f"{name}: its name does not say what it holds ({OWN_NAMES}); say it: --from jsonl, or --from txt")


def _apart(output: str, rejects: str, inputs: list[Input]) -> None:
    """Complains where a file would be read and written."""
    for path, _ in inputs:
        for written in (output, rejects):
            if (
                path is not None
                and _is_replaced(written)
                and os.path.exists(written)
                and os.path.samefile(path, written)
            ):
                raise WrongUse(f"{written} is read and would be written; give -o another name")


def bar(arguments: argparse.Namespace, size: int | None) -> int | None:
    """How many bytes a progress bar is for (0: nobody knows), or None where there is to be none."""
    quiet = arguments.quiet or arguments.json_log or not sys.stderr or not sys.stderr.isatty()
    if quiet or (arguments.output in (None, "-") and sys.stdout.isatty()):
        return None
    return size or 0


def _size(inputs: list[Input]) -> int | None:
    """The bytes of all inputs together, where that is known."""
    paths = [path for path, _ in inputs if path is not None]
    return sum(os.stat(path).st_size for path in paths) if len(paths) == len(inputs) else None


def identity(arguments: argparse.Namespace, work: object, asked: list[Any]) -> str:
    """What tells a job from others, so that only the same one is resumed."""
    own = []
    for name in (getattr(arguments, "rules", None), getattr(arguments, "templates", None)):
        own.append(hashlib.sha256(Path(name).read_bytes()).hexdigest() if name and name != "learn" else name)
    return json.dumps([arguments.command, repr(work), own, *asked])


def size(text: str) -> int:
    """A number of bytes, as `--max-record` takes it: 500000, 64K, 32M, 1G."""
    match = re.fullmatch(r"([1-9][0-9]*)([KMG]?)(?:i?B)?", text.strip(), flags=re.IGNORECASE)
    if not match:
        raise argparse.ArgumentTypeError(f"{text!r} is no size; expected a number of bytes such as 64M")
    return int(match[1]) << {"": 0, "K": 10, "M": 20, "G": 30}[match[2].upper()]


def count(text: str) -> int:
    """A whole number of at least 1."""
    if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number of at least 1")
    return int(text)


def report_lines(report: dict[str, Any]) -> Iterator[str]:
    """A report as a table for the terminal."""
    cut = sum(category["characters"] for category in report["categories"].values())
    yield f"{_pages(report)}, {report['characters']:,} characters, {_percent(cut, report['characters'])} cut"
    yield from _table(report, rules=True)
    for site, counts in sorted(report["sites"].items(), key=lambda item: (-item[1]["pages"], item[0])):
        yield ""
        yield f"{_printable(site)}: {_pages(counts)}"
        yield from _table(counts, rules=False)


def _table(counts: dict[str, Any], *, rules: bool) -> Iterator[str]:
    if not counts["categories"]:
        return
    yield ""
    yield f"{'category':<12}{'pages':>10}{'':>7}{'cuts':>10}{'characters':>13}"
    rows = sorted(counts["categories"].items(), key=lambda item: (-item[1]["characters"], item[0]))
    for name, cuts in rows:
        pages, share = _percent(cuts["pages"], counts["pages"]), _percent(cuts["characters"], counts["characters"])
        yield f"{name:<12}{cuts['pages']:>10,}{pages:>7}{cuts['cuts']:>10,}{cuts['characters']:>13,}{share:>7}"
        if rules:
            top = sorted(cuts["rules"].items(), key=lambda item: (-item[1], item[0]))[:3]
            yield "    " + ", ".join(f"{rule} {number:,}" for rule, number in top)


def _pages(counts: dict[str, Any]) -> str:
    return "1 page" if counts["pages"] == 1 else f"{counts['pages']:,} pages"


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "0.0%"


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in text)
