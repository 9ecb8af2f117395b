"""What a notebook shows: a page with its cuts and its record, a text beside its normalised form, a report on a corpus.

Plain HTML that needs neither network nor script; everything that comes from a page is escaped. `naqi.show` and
`naqi.Report` are the public names.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Any, Literal, TypeAlias, overload

import naqi
from naqi.display.alignment import Comparison, alignment_html
from naqi.display.document import Document
from naqi.display.page import View, article_html
from naqi.display.report import Report, each

__all__ = ["Comparison", "Document", "Report", "View", "alignment_html", "article_html", "show"]

_Normalize: TypeAlias = Literal["none", "light", "news", "search", "lucene"] | naqi.Normalizer | None
_Many: TypeAlias = Iterable[str | None] | Iterable[naqi.Article | None]
_Hint: TypeAlias = str | Iterable[str | None] | None


@overload
def show(x: naqi.Alignment) -> Comparison: ...
@overload
def show(
    x: str | naqi.Article,
    *,
    title: str | None = None,
    author: str | None = None,
    site: str | None = None,
    templates: naqi.Templates | None = None,
    normalize: _Normalize = None,
) -> View: ...
@overload
def show(
    x: _Many,
    *,
    title: _Hint = None,
    author: _Hint = None,
    site: _Hint = None,
    templates: naqi.Templates | None = None,
    normalize: _Normalize = None,
) -> Report: ...
def show(
    x: str | naqi.Article | naqi.Alignment | _Many,
    *,
    title: _Hint = None,
    author: _Hint = None,
    site: _Hint = None,
    templates: naqi.Templates | None = None,
    normalize: _Normalize = None,
) -> View | Report | Comparison:
    r"""Shows one page with everything that was cut from it, or what was cut from many.

    In a notebook the result draws itself; printed, it is plain text; ``save("page.html")`` writes
    it as a file for a browser.

    Args:
        x: the text of a page or an `Article` for the page; a list, column or iterator of either
            for a `Report` of the whole; an `Alignment` for a text beside its normalised form.
        title: as `extract` takes it.
        author: as `extract` takes it.
        site: as `extract` takes it; groups the numbers of a report too.
        templates: as `extract` takes it.
        normalize: as `extract` takes it.

    Raises:
        TypeError, ValueError: as `extract` does.

    >>> import naqi
    >>> view = naqi.show("سقط المطر على المدينة مساء أمس.\nشارك هذا الخبر")
    >>> [cut.rule for cut in view.article.boilerplate]
    ['share.button']
    >>> naqi.show(["سقط المطر على المدينة مساء أمس.\nشارك هذا الخبر", None]).pages
    1
    >>> naqi.show(naqi.Normalizer().align("الأخبار العاجلة"))
    1 of 2 words changed
         1 × \u2068الأخبار\u2069 → \u2068الاخبار\u2069
    """
    how: dict[str, Any] = {"title": title, "author": author, "templates": templates, "normalize": normalize}
    if isinstance(x, naqi.Article | naqi.Alignment):
        _refuse(x, how | {"site": site})
        return View(x) if isinstance(x, naqi.Article) else Comparison(x)
    if isinstance(x, str):
        one: naqi.Article = naqi.extract(x, **how | {"site": site})
        return View(one)
    first, items = _peeked(_values(x))
    if isinstance(first, naqi.Article):
        _refuse(first, how)
        return Report(items, site=site)
    sites = site if site is None or isinstance(site, str) else list(each(site, "site"))
    return Report(naqi.extract_iter(items, site=sites, **how), site=sites)


def _refuse(x: object, options: dict[str, Any]) -> None:
    """What says how to extract is of no use for what is extracted."""
    if given := [f"{name}=" for name, value in options.items() if value is not None]:
        what = "an Article is extracted" if isinstance(x, naqi.Article) else "an Alignment is normalised"
        raise TypeError(f"{what} already: {', '.join(given)} would change nothing; pass the text instead")


def _values(x: Any) -> Iterator[Any]:
    """The values of a container, the missing ones of any kind as None."""
    refused = isinstance(x, bytes | bytearray | memoryview | dict | set | frozenset)
    if refused or hasattr(x, "columns") or not hasattr(x, "__iter__"):
        naqi.extract(x)  # refuses it, in the library's words
    for method in ("to_pylist", "to_list", "tolist"):  # Arrow; pandas and Polars; NumPy
        if hasattr(x, method):
            x = getattr(x, method)()
            break
    return (None if _is_missing(value) else value for value in x)


def _is_missing(value: object) -> bool:
    """Whether it is NaN or pandas' NA, which columns have for None."""
    return (isinstance(value, float) and value != value) or type(value).__name__ in ("NAType", "NaTType")


def _peeked(values: Iterator[Any]) -> tuple[Any, Iterator[Any]]:
    """The first value that is not missing, and all of them."""
    read = []
    for value in values:
        read.append(value)
        if value is not None:
            break
    return (read[-1] if read else None), itertools.chain(read, values)
