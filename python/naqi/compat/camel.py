"""The normalising functions of `camel_tools.utils` for Arabic script, by their names and with their results.

>>> from naqi.compat.camel import dediac_ar, normalize_alef_ar
>>> normalize_alef_ar(dediac_ar("أَخْبَار"))
'اخبار'
"""

import unicodedata
from typing import TypeVar

from naqi import Normalizer

__all__ = [
    "dediac_ar",
    "normalize_alef_ar",
    "normalize_alef_maksura_ar",
    "normalize_teh_marbuta_ar",
    "normalize_unicode",
]

T = TypeVar("T", str, list[str], list[str | None])

# FATHATAN to SUKUN, SUPERSCRIPT ALEF
_DEDIAC = Normalizer("none", map=dict.fromkeys([*range(0x064B, 0x0653), 0x0670]))
_ALEF = Normalizer("none", map=dict.fromkeys([0x0622, 0x0623, 0x0625, 0x0671], "\u0627"))
_YEH = Normalizer("none", map={0x0649: "\u064a"})
_HEH = Normalizer("none", map={0x0629: "\u0647"})
_NFC = Normalizer("none", unicode="nfc")
_NFKC: list[Normalizer] = []  # made when it is first asked for: it looks at every code point


def dediac_ar(s: T) -> T:
    """Drops the eight marks from FATHATAN to SUKUN and the dagger alef; other marks and tatweel stay.

    >>> dediac_ar("مُحَمَّدٌ")
    'محمد'
    """
    return _DEDIAC(s)


def normalize_alef_ar(s: T) -> T:
    """Writes ا for آ أ إ ٱ. A hamza that stands as a code point of its own stays: see `naqi.normalize_alef`.

    >>> normalize_alef_ar("آخر الأخبار")
    'اخر الاخبار'
    """
    return _ALEF(s)


def normalize_alef_maksura_ar(s: T) -> T:
    """Writes ي for ى.

    >>> normalize_alef_maksura_ar("على")
    'علي'
    """
    return _YEH(s)


def normalize_teh_marbuta_ar(s: T) -> T:
    """Writes ه for ة.

    >>> normalize_teh_marbuta_ar("مدينة")
    'مدينه'
    """
    return _HEH(s)


def normalize_unicode(s: T, compatibility: bool = True) -> T:
    """Composes: NFKC, with ﷼ as ريال and ﷽ spelt out; NFC where `compatibility` is false.

    A difference: composition knows the characters of the Unicode version of `naqi`, not of the interpreter.

    >>> normalize_unicode("ﻻ ﷼ ½")
    'لا ريال 1⁄2'
    """
    if not compatibility:
        return _NFC(s)
    if not _NFKC:
        _NFKC.append(_compatibility())
    return _NFKC[0](s)


def _compatibility() -> Normalizer:
    """Compatibility mappings as a map, which composition follows: together NFKC."""
    decomposable = filter(unicodedata.decomposition, map(chr, range(0x110000)))
    table = {ord(c): nfkc for c in decomposable if (nfkc := unicodedata.normalize("NFKC", c)) != _NFC(c)}
    table |= {0xFDFC: "ريال", 0xFDFD: "بسم الله الرحمن الرحيم"}
    return Normalizer("none", unicode="nfc", map=table)
