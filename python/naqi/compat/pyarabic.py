"""The normalising functions of `pyarabic.araby` and `pyarabic.normalize`, by their names and with their results.

Hamza and alef fold to one letter whatever the word; `naqi.normalize` has options that do less.

>>> from naqi.compat.pyarabic import strip_tashkeel
>>> strip_tashkeel("الأَخْبَارُ")
'الأخبار'
"""

from collections.abc import Iterable
from typing import TypeVar

from naqi import Normalizer
from naqi._naqi import _map_texts

__all__ = [
    "normalize_alef",
    "normalize_hamza",
    "normalize_ligature",
    "normalize_searchtext",
    "normalize_teh",
    "strip_diacritics",
    "strip_harakat",
    "strip_shadda",
    "strip_small",
    "strip_tashkeel",
    "strip_tatweel",
]

T = TypeVar("T", str, list[str], list[str | None])

_ALEF, _HAMZA, _HEH, _LAM, _WAW, _YEH = "\u0627", "\u0621", "\u0647", "\u0644", "\u0648", "\u064a"
_MADDA, _MAKSURA, _DAGGER, _SHADDA, _TATWEEL, _TEH_MARBUTA = 0x0622, 0x0649, 0x0670, 0x0651, 0x0640, 0x0629
_TASHKEEL = range(0x064B, 0x0653)  # FATHATAN to SUKUN
_HARAKAT = [c for c in _TASHKEEL if c != _SHADDA]
# The nonspacing marks from U+0600 to U+06FE
_MARKS = [
    *range(0x0610, 0x061B),
    *range(0x064B, 0x0660),
    _DAGGER,
    *range(0x06D6, 0x06DD),
    *range(0x06DF, 0x06E5),
    *[0x06E7, 0x06E8],
    *range(0x06EA, 0x06EE),
]
_SMALL = [_DAGGER, 0x06E5, 0x06E6]  # with SMALL WAW and SMALL YEH
_LAM_ALEFS = [0xFEF5, 0xFEF7, 0xFEF9, 0xFEFB]  # the isolated forms
_ALEFS = [_MADDA, 0x0623, 0x0625, 0x0671, _MAKSURA, _DAGGER]
_HAMZAS = [0x0623, 0x0624, 0x0625, 0x0626, 0x0654, 0x0655]


def _dropping(points: Iterable[int]) -> dict[int, str | None]:
    return dict.fromkeys(points)


def _writing(points: Iterable[int], letter: str) -> dict[int, str | None]:
    return dict.fromkeys(points, letter)


_STRIP_TASHKEEL = Normalizer("none", map=_dropping(_TASHKEEL))
_STRIP_HARAKAT = Normalizer("none", map=_dropping(_HARAKAT))
_STRIP_SHADDA = Normalizer("none", map=_dropping([_SHADDA]))
_STRIP_MARKS = Normalizer("none", map=_dropping(_MARKS))
_STRIP_SMALL = Normalizer("none", map=_dropping(_SMALL))
_STRIP_TATWEEL = Normalizer("none", map=_dropping([_TATWEEL]))
_FOLD_LAM_ALEFS = Normalizer("none", map=_writing(_LAM_ALEFS, _LAM + _ALEF))
_FOLD_TEH = Normalizer("none", map=_writing([_TEH_MARBUTA], _HEH))
_FOLD_ALEFS = Normalizer("none", map=_writing(_ALEFS, _ALEF))
_FOLD_HAMZAS = Normalizer("none", map=_writing(_HAMZAS, _HAMZA) | {_MADDA: _HAMZA + _HAMZA})
_EASE_HAMZAS = Normalizer(
    "none", map=_writing([_MADDA, 0x0623, 0x0625, 0x0654, 0x0655], _ALEF) | {0x0624: _WAW, 0x0626: _YEH}
)
_SEARCH = Normalizer(
    "none",
    map=_dropping([*_TASHKEEL, _TATWEEL])
    | _writing(_LAM_ALEFS, _LAM + _ALEF)
    | _writing(_HAMZAS, _HAMZA)
    | _writing(_ALEFS, _ALEF)
    | _writing([_TEH_MARBUTA], _HEH),
)


def strip_tashkeel(text: T) -> T:
    """Drops the eight marks from FATHATAN to SUKUN.

    >>> strip_tashkeel("مُحَمَّدٌ")
    'محمد'
    """
    return _STRIP_TASHKEEL(text)


def strip_harakat(text: T) -> T:
    """Drops the marks that `strip_tashkeel` drops, but not the shadda.

    >>> strip_harakat("مُدَرِّسٌ") == "مدرّس"
    True
    """
    return _STRIP_HARAKAT(text)


def strip_shadda(text: T) -> T:
    """Drops the shadda.

    >>> strip_shadda("مدرّس")
    'مدرس'
    """
    return _STRIP_SHADDA(text)


def strip_diacritics(text: T) -> T:
    """Drops every nonspacing mark of the block Arabic, the hamza of decomposed letters too.

    Not what `naqi.strip_diacritics` does, which composes first and loses no hamza.

    >>> strip_diacritics("الرَّحْمٰن")
    'الرحمن'
    """
    return _STRIP_MARKS(text)


def strip_small(text: T) -> T:
    """Drops the small alef, waw and yeh of the Quran.

    >>> strip_small("الرحمٰن")
    'الرحمن'
    """
    return _STRIP_SMALL(text)


def strip_tatweel(text: T) -> T:
    """Drops every tatweel, that of هـ (a Hijri year) too.

    >>> strip_tatweel("العـــربية")
    'العربية'
    """
    return _STRIP_TATWEEL(text)


def normalize_ligature(text: T) -> T:
    """Writes لا for the four isolated ligatures of lam and alef; their hamza or madda is lost.

    >>> normalize_ligature("ﻷن")
    'لان'
    """
    return _FOLD_LAM_ALEFS(text)


def normalize_teh(text: T) -> T:
    """Writes ه for ة.

    >>> normalize_teh("مدينة")
    'مدينه'
    """
    return _FOLD_TEH(text)


def normalize_alef(text: T) -> T:
    """Writes ا for آ أ إ ٱ ى and the dagger alef; beside ى the dagger alef goes.

    >>> normalize_alef("إلى الآن")
    'الا الان'
    """
    return _FOLD_ALEFS(_map_texts(_without_dagger_on_maksura, text))


def normalize_hamza(word: T, method: str = "uniform") -> T:
    """Writes ء for every letter with a hamza, ءء for آ; with `method="tasheel"` the letter without its hamza.

    A word of three letters that begins with آ begins with ءا.

    >>> normalize_hamza("سؤال"), normalize_hamza("آمن"), normalize_hamza("سؤال", method="tasheel")
    ('سءال', 'ءامن', 'سوال')
    """
    if method in ("tasheel", "تسهيل"):
        return _EASE_HAMZAS(word)
    return _FOLD_HAMZAS(_map_texts(_with_its_first_madda_apart, word))


def normalize_searchtext(text: T) -> T:
    """Drops tashkeel and tatweel and folds ligatures, alefs (with ى), hamzas and teh marbuta: the text to search in.

    >>> normalize_searchtext("أهؤلاءِ في المدينة")
    'اهءلاء في المدينه'
    """
    return _SEARCH(text)


def _without_dagger_on_maksura(text: str) -> str:
    maksura, dagger = chr(_MAKSURA), chr(_DAGGER)
    return text.replace(dagger + maksura, maksura).replace(maksura + dagger, maksura)


def _with_its_first_madda_apart(word: str) -> str:
    if word.startswith(chr(_MADDA)) and len(word) >= 3:
        second, third = ord(word[1]), ord(word[2])
        if second not in _HARAKAT and (len(word) == 3 or third == _SHADDA):
            return _HAMZA + _ALEF + word[1:]
    return word
