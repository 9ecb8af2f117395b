"""Reading what was named on the command line, and saying plainly what went wrong."""

from __future__ import annotations

import codecs
import sys
from pathlib import Path


class InputError(Exception):
    """An input that could not be read; the message is for the person who typed its name."""


def read(name: str, encoding: str) -> str:
    """The text of a file, or of standard input for "-"; a byte order mark is not part of it."""
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise InputError(getattr(error, "strerror", None) or str(error)) from None
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise InputError(_not_decoded(data, encoding, error)) from None
    except UnicodeError as error:
        raise InputError(f"not valid {encoding}: {error}") from None


def _not_decoded(data: bytes, encoding: str, error: UnicodeDecodeError) -> str:
    where = f"not valid {encoding.upper()} at byte {error.start}"
    if error.start < len(data):
        where += f" (0x{data[error.start]:02x})"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return f"{where}; it begins like UTF-16: try --encoding utf-16"
    if codecs.lookup(encoding).name == "utf-8":
        return f"{where}; if it is in another encoding, name it: --encoding windows-1256"
    return f"{where}; name the encoding it is in with --encoding"
