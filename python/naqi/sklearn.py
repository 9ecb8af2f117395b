"""A transformer for scikit-learn pipelines: texts in, normalised texts out. Needs scikit-learn."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Self

from sklearn.base import BaseEstimator, TransformerMixin

import naqi

__all__ = ["NaqiTransformer"]


class NaqiTransformer(TransformerMixin, BaseEstimator):
    """Cleans and normalises texts ahead of a vectoriser.

    Learns nothing: `fit` only looks at the parameters. Works inside `Pipeline`, `ColumnTransformer`
    (name the column as a `str`, so that it comes as a series) and `GridSearchCV`; clones and pickles.

    Args:
        normalize: a preset, a `Normalizer`, or None to leave letters as they are.
        remove_boilerplate: whether what is not the story is cut first.
        keep: categories that are then left in.
        threads: how many threads a batch is spread over; None: one a core, or as few as
            ``NAQI_NUM_THREADS`` or ``OMP_NUM_THREADS`` says.

    >>> from naqi.sklearn import NaqiTransformer
    >>> NaqiTransformer("search").fit_transform(["مدرسةُ الفنّ", None])
    ['مدرسه الفن', None]
    """

    def __init__(
        self,
        normalize: Any = "news",
        *,
        remove_boilerplate: bool = False,
        keep: Collection[Any] = (),
        threads: int | None = None,
    ) -> None:
        self.normalize = normalize
        self.remove_boilerplate = remove_boilerplate
        self.keep = keep
        self.threads = threads

    def fit(self, X: Any, y: Any = None) -> Self:
        """Checks the parameters."""
        self._normalizer()
        naqi.Extractor(keep=self.keep)
        return self

    def transform(self, X: Any) -> Any:
        """The texts in the container that they came in."""
        normalizer = self._normalizer()
        if self.remove_boilerplate:
            X = naqi.remove_boilerplate(X, keep=self.keep, threads=self.threads)
        return X if normalizer is None else normalizer(X, threads=self.threads)

    def _normalizer(self) -> naqi.Normalizer | None:
        if self.normalize is None or isinstance(self.normalize, naqi.Normalizer):
            return self.normalize
        return naqi.Normalizer(self.normalize)

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.requires_fit = False
        tags.no_validation = True
        return tags
