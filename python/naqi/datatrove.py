"""A block for datatrove pipelines: pages in, stories out, with what was read in their metadata. Needs datatrove."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from typing import Any

from datatrove.data import Document
from datatrove.pipeline.base import PipelineStep  # the package of filters needs more than datatrove itself
from datatrove.utils.typeshelper import StatHints

import naqi

__all__ = ["ArticleExtractor"]

FACTS = ("title", "published", "published_at", "place", "agency", "authors", "source", "tags", "related")


class ArticleExtractor(PipelineStep):
    r"""Replaces each document's text by its story, and drops documents of which none is left.

    The facts of the page (title, published, source, authors, …), the share that was cut and the
    version of the rules are put in ``metadata["naqi"]``. Dropped documents carry the reason
    ``no_story``. datatrove runs many processes; each document is worked on by one thread.

    Args:
        extractor: the `Extractor` to use; None: one with its defaults.
        min_sentences: documents with fewer are dropped.
        headline: whether the text begins with the headline.
        site: the key of the metadata that holds the page's address, if any.
        title: the key of the metadata that holds its headline, if any.
        exclusion_writer: where dropped documents go, as with every filter of datatrove.

    >>> from datatrove.data import Document
    >>> from naqi.datatrove import ArticleExtractor
    >>> page = Document(text="افتتح رئيس البلدية المكتبة صباح اليوم.\nشارك هذا الخبر", id="1")
    >>> [story.text for story in ArticleExtractor()([page])]
    ['افتتح رئيس البلدية المكتبة صباح اليوم.']
    """

    type = "🔻 - FILTER"
    name = "naqi articles"

    def __init__(
        self,
        extractor: naqi.Extractor | None = None,
        *,
        min_sentences: int = 1,
        headline: bool = True,
        site: str = "url",
        title: str = "title",
        exclusion_writer: Any = None,
    ) -> None:
        super().__init__()
        self.exclusion_writer = exclusion_writer
        self.extractor = extractor or naqi.Extractor()
        self.min_sentences = min_sentences
        self.headline = headline
        self.site = site
        self.title = title

    def run(self, data: Iterable[Document], rank: int = 0, world_size: int = 1) -> Iterator[Document]:
        """What datatrove calls: the stories of a stream of pages."""
        with self.exclusion_writer or contextlib.nullcontext() as writer:
            for doc in data:
                self.stat_update(StatHints.total)
                with self.track_time():
                    is_story = self._extract(doc)
                if is_story:
                    self.stat_update(StatHints.forwarded)
                    self.update_doc_stats(doc)
                    yield doc
                    continue
                self.stat_update(StatHints.dropped, "dropped_no_story")
                if writer:
                    doc.metadata["filter_reason"] = "no_story"
                    writer.write(doc, rank)

    def _extract(self, doc: Document) -> bool:
        """Whether the document holds a story; changes its text and metadata where it does."""
        hints = (doc.metadata.get(self.site), doc.metadata.get(self.title))
        site, title = (hint if isinstance(hint, str) else None for hint in hints)
        article = self.extractor(doc.text, site=site, title=title)
        if len(article.sentences) < self.min_sentences:
            return False
        facts = article.to_dict()
        cut = sum(part.end - part.start for part in article.boilerplate)
        doc.metadata["naqi"] = {name: facts[name] for name in FACTS} | {
            "cut": round(cut / max(1, len(doc.text)), 4),
            "rules": naqi.RULES_VERSION,
        }
        head = [article.title] if self.headline and article.title else []
        doc.text = "\n".join([*head, article.body])
        return True
