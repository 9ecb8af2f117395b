"""The jobs as methods of a column, for the namespaces of data-frame libraries."""

from collections.abc import Callable, Collection
from functools import partial
from typing import Any

import naqi

__all__ = ["Methods"]

_Names = str | Collection[str] | None


class Methods:
    """Every job of `naqi` on the column that the namespace belongs to.

    Arguments are those of the functions; `title`, `author` and `site` are one value for all rows, or
    a column with one for each.
    """

    def _run(self, job: Callable[..., Any], texts: bool, **hints: Any) -> Any:
        """The results of a job; `texts`: they are strings, as the column is."""
        raise NotImplementedError

    def strip_diacritics(self, *, keep: _Names = None, threads: int | None = None) -> Any:
        """Strips the diacritics: see `naqi.strip_diacritics`."""
        return self._run(partial(naqi.strip_diacritics, keep=keep, threads=threads), True)

    def normalize_alef(self, *, threads: int | None = None) -> Any:
        """Folds the alef: see `naqi.normalize_alef`."""
        return self._run(partial(naqi.normalize_alef, threads=threads), True)

    def normalize_yaa(self, *, threads: int | None = None) -> Any:
        """Folds the alef maqsura: see `naqi.normalize_yaa`."""
        return self._run(partial(naqi.normalize_yaa, threads=threads), True)

    def normalize(self, preset: Any = "news", *, threads: int | None = None, **options: Any) -> Any:
        """Normalises the characters: see `naqi.normalize`."""
        return self._run(partial(naqi.Normalizer(preset, **options), threads=threads), True)

    def sentences(self, *, newlines: Any = "auto", threads: int | None = None) -> Any:
        """Splits into sentences: see `naqi.split_sentences`."""
        return self._run(partial(naqi.split_sentences, newlines=newlines, threads=threads), False)

    def sentence_spans(self, *, newlines: Any = "auto", threads: int | None = None) -> Any:
        """Finds the sentences: see `naqi.sentence_spans`."""
        return self._run(partial(naqi.sentence_spans, newlines=newlines, threads=threads), False)

    def find_boilerplate(
        self,
        *,
        title: Any = None,
        author: Any = None,
        site: Any = None,
        templates: Any = None,
        threads: int | None = None,
    ) -> Any:
        """Finds what is not the story: see `naqi.find_boilerplate`."""
        job = partial(naqi.find_boilerplate, templates=templates, threads=threads)
        return self._run(job, False, title=title, author=author, site=site)

    def remove_boilerplate(
        self,
        *,
        keep: Any = None,
        title: Any = None,
        author: Any = None,
        site: Any = None,
        templates: Any = None,
        threads: int | None = None,
    ) -> Any:
        """Removes what is not the story: see `naqi.remove_boilerplate`."""
        job = partial(naqi.remove_boilerplate, keep=keep, templates=templates, threads=threads)
        return self._run(job, True, title=title, author=author, site=site)

    def extract(
        self,
        *,
        title: Any = None,
        author: Any = None,
        site: Any = None,
        templates: Any = None,
        normalize: Any = None,
        threads: int | None = None,
    ) -> Any:
        """Turns pages into articles: see `naqi.extract`."""
        job = partial(naqi.extract, templates=templates, normalize=normalize, threads=threads)
        return self._run(job, False, title=title, author=author, site=site)
