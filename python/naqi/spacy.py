"""A sentence splitter for spaCy pipelines: `nlp.add_pipe("naqi_sentencizer")`. Needs spaCy."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Any, Literal

from spacy.language import Language
from spacy.tokens import Doc

import naqi

__all__ = ["NaqiSentencizer"]


class NaqiSentencizer:
    """Sets ``token.is_sent_start`` by the sentences of `naqi.sentence_spans`.

    A sentence that begins within a token begins at that token. spaCy finds the component by the
    name ``naqi_sentencizer``; no import is needed.

    Args:
        newlines: what a line break means: ``"auto"``, ``"break"`` or ``"wrap"``.

    >>> import spacy
    >>> nlp = spacy.blank("ar")
    >>> _ = nlp.add_pipe("naqi_sentencizer")
    >>> [sentence.text for sentence in nlp("قال د. سامي إن النمو بلغ 3.14%. وأضاف: سنواصل!").sents]
    ['قال د. سامي إن النمو بلغ 3.14%.', 'وأضاف: سنواصل!']
    """

    def __init__(self, newlines: Literal["auto", "break", "wrap"] = "auto") -> None:
        naqi.sentence_spans("", newlines=newlines)  # an unknown value is refused here
        self.newlines = newlines

    def __call__(self, doc: Doc) -> Doc:
        """Marks the sentences of one document."""
        return _marked(doc, naqi.sentence_spans(doc.text, newlines=self.newlines))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """Marks the sentences of a stream, a batch at a time, over all cores."""
        stream = iter(stream)
        while docs := list(itertools.islice(stream, batch_size)):
            spans = naqi.sentence_spans([doc.text for doc in docs], newlines=self.newlines)
            yield from map(_marked, docs, spans)


def _marked(doc: Doc, spans: list[tuple[int, int]]) -> Doc:
    places = [token.idx for token in doc]
    starts = {max(0, bisect_right(places, start) - 1) for start, _ in spans} | {0}
    for token in doc:
        token.is_sent_start = token.i in starts
    return doc


@Language.factory("naqi_sentencizer", assigns=["token.is_sent_start", "doc.sents"], default_config={"newlines": "auto"})
def make_sentencizer(nlp: Language, name: str, newlines: Any) -> NaqiSentencizer:
    """What spaCy calls to build the component from a pipeline's configuration."""
    return NaqiSentencizer(newlines)
