"""naqi (نقي, "pure") prepares Arabic news for data work.

The text of a news page in, the article out: headline, clean body, sentences, date, source, people,
and a list of everything that was cut and why. Each job is one function that takes a `str` or many.

>>> import naqi
>>> naqi.normalize("الأخبـــار العاجلة")
'الاخبار العاجلة'
"""

import os
import sys

from naqi._naqi import (
    RULES_VERSION,
    UNICODE_VERSION,
    Alignment,
    ArrowArray,
    ArrowChunks,
    Article,
    ArticleIterator,
    Boilerplate,
    Extractor,
    Normalizer,
    Templates,
    __version__,
    _before_fork,
    extract,
    extract_iter,
    find_boilerplate,
    normalize,
    normalize_alef,
    normalize_yaa,
    remove_boilerplate,
    sentence_spans,
    split_sentences,
    strip_diacritics,
)

__all__ = [
    "RULES_VERSION",
    "UNICODE_VERSION",
    "Alignment",
    "ArrowArray",
    "ArrowChunks",
    "Article",
    "ArticleIterator",
    "Boilerplate",
    "Extractor",
    "Normalizer",
    "Report",
    "Templates",
    "__version__",
    "extract",
    "extract_iter",
    "find_boilerplate",
    "normalize",
    "normalize_alef",
    "normalize_yaa",
    "remove_boilerplate",
    "sentence_spans",
    "show",
    "show_versions",
    "split_sentences",
    "strip_diacritics",
]

TYPE_CHECKING = False  # type checkers know the name; `typing` itself would cost a third of the import
if TYPE_CHECKING:
    from naqi.display import Report, show
    from naqi.versions import show_versions

# What is only for looking is read at first use: `import naqi` stays quick.
_LAZY = {"Report": "naqi.display", "show": "naqi.display", "show_versions": "naqi.versions"}


def __getattr__(name: str) -> object:
    if name not in _LAZY:
        # `name` and `obj`: Python then guesses what was meant.
        raise AttributeError(f"module 'naqi' has no attribute {name!r}", name=name, obj=sys.modules[__name__])
    import importlib

    return getattr(importlib.import_module(_LAZY[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)


# A fork with threads alive is a deadlock waiting to happen, and CPython 3.12 warns of it: the pool ends first.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_before_fork)
del os
