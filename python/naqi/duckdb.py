"""The jobs as SQL functions of DuckDB, which hands them its vectors as Arrow.

>>> import duckdb, naqi.duckdb
>>> con = duckdb.connect()
>>> naqi.duckdb.register(con)
>>> con.sql("SELECT naqi_normalize('الأخبـــار') AS text").fetchall()
[('الاخبار',)]
>>> con.sql("SELECT naqi_extract('وصل الوفد.' || chr(10) || 'المصدر: صحيفة المثال').source").fetchall()
[('صحيفة المثال',)]
"""

import contextlib
from collections.abc import Callable
from functools import partial
from typing import Any

import naqi

__all__ = ["register"]

_TEXT = "VARCHAR"
_SPAN = 'STRUCT("start" INTEGER, "end" INTEGER)'
_CUT = 'STRUCT("start" INTEGER, "end" INTEGER, category VARCHAR, rule VARCHAR)'
_FIELDS = {
    "title": _TEXT,
    "body": _TEXT,
    "sentences": f"{_TEXT}[]",
    "title_span": _SPAN,
    "body_spans": f"{_SPAN}[]",
    "sentence_spans": f"{_SPAN}[]",
    "place": _TEXT,
    "agency": _TEXT,
    "authors": f"{_TEXT}[]",
    "published": "DATE",
    "published_at": "TIMESTAMPTZ",
    "published_raw": _TEXT,
    "source": _TEXT,
    "tags": f"{_TEXT}[]",
    "related": f"{_TEXT}[]",
    "boilerplate": f"{_CUT}[]",
}
_ARTICLE = f"STRUCT({', '.join(f'{name} {kind}' for name, kind in _FIELDS.items())})"


def register(
    con: Any,
    *,
    normalizer: naqi.Normalizer | None = None,
    extractor: naqi.Extractor | None = None,
    threads: int | None = 1,
) -> None:
    """Makes the jobs functions of a connection.

    ``naqi_strip_diacritics``, ``naqi_normalize_alef``, ``naqi_normalize_yaa``, ``naqi_normalize``
    (with the options of `normalizer`) and ``naqi_remove_boilerplate`` give VARCHAR,
    ``naqi_split_sentences`` VARCHAR[], ``naqi_sentence_spans`` and ``naqi_find_boilerplate`` lists of
    STRUCT, ``naqi_extract`` (with the options of `extractor`) a STRUCT of the fields of an article.
    ``naqi_extract_with`` takes title, author and site behind the text. NULL gives NULL. A function
    that is there already is made anew.

    Spans count from 0 as everywhere in `naqi`, SQL from 1: ``substring(text, span.start + 1, span.end - span.start)``.

    threads: how many a vector (2048 rows) is spread over; DuckDB calls the functions from threads of its own.
    """
    normalize, extract = normalizer or naqi.Normalizer(), extractor or naqi.Extractor()
    jobs: dict[str, tuple[Callable[..., Any], list[str], str]] = {
        "strip_diacritics": (naqi.strip_diacritics, [], _TEXT),
        "normalize_alef": (naqi.normalize_alef, [], _TEXT),
        "normalize_yaa": (naqi.normalize_yaa, [], _TEXT),
        "normalize": (normalize, [], _TEXT),
        "remove_boilerplate": (naqi.remove_boilerplate, [], _TEXT),
        "split_sentences": (naqi.split_sentences, [], f"{_TEXT}[]"),
        "sentence_spans": (naqi.sentence_spans, [], f"{_SPAN}[]"),
        "find_boilerplate": (naqi.find_boilerplate, [], f"{_CUT}[]"),
        "extract": (extract, [], _ARTICLE),
        "extract_with": (extract, ["title", "author", "site"], _ARTICLE),
    }
    for name, (job, hints, returns) in jobs.items():
        _create(con, f"naqi_{name}", _function(partial(job, threads=threads), hints), 1 + len(hints), returns)


def _function(job: Callable[..., Any], hints: list[str]) -> Callable[..., Any]:
    # DuckDB counts the parameters of what it is given.
    if hints:
        return lambda text, title, author, site: job(text, title=title, author=author, site=site)
    return lambda text: job(text)


def _create(con: Any, name: str, function: Callable[..., Any], parameters: int, returns: str) -> None:
    import duckdb

    with contextlib.suppress(duckdb.InvalidInputException):  # there is none
        con.remove_function(name)
    con.create_function(name, function, [_TEXT] * parameters, returns, type="arrow", null_handling="special")
