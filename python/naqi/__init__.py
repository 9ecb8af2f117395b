"""naqi (نقي, "pure") prepares Arabic news for data work.

The text of a news page in, the article out: headline, clean body, sentences, date, source, people,
and a list of everything that was cut and why. Each job is one function that takes a `str` or many.

>>> import naqi
>>> naqi.normalize("الأخبـــار العاجلة")
'الاخبار العاجلة'
"""

import os

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
    "split_sentences",
    "strip_diacritics",
]

# A fork with threads alive is a deadlock waiting to happen, and CPython 3.12 warns of it: the pool ends first.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_before_fork)
del os
