r"""The namespace `naqi` on Polars' Series and expressions, there once this module is imported.

Expressions are lazy, and work row by row: a streaming query needs no more memory for them than a batch.

>>> import polars as pl, naqi.polars
>>> pl.Series("text", ["الأخبـــار", None]).naqi.normalize().to_list()
['الاخبار', None]
>>> frame = pl.LazyFrame({"page": ["وصل الوفد.\nالمصدر: صحيفة المثال"]})
>>> frame.select(pl.col("page").naqi.extract()).unnest("page").select("body", "source").collect().rows()
[('وصل الوفد.', 'صحيفة المثال')]
"""

from collections.abc import Callable, Sequence
from typing import Any

import polars

from naqi._methods import Methods

__all__ = ["ExprMethods", "SeriesMethods"]


@polars.api.register_series_namespace("naqi")
class SeriesMethods(Methods):
    """Every job of `naqi` on a Series."""

    def __init__(self, series: polars.Series) -> None:
        self._series = series

    def _run(self, job: Callable[..., Any], texts: bool, **hints: Any) -> Any:
        return job(self._series, **hints)


@polars.api.register_expr_namespace("naqi")
class ExprMethods(Methods):
    """Every job of `naqi` on an expression; `title`, `author` and `site` may be expressions too."""

    def __init__(self, expr: polars.Expr) -> None:
        self._expr = expr

    def _run(self, job: Callable[..., Any], texts: bool, **hints: Any) -> Any:
        names = [name for name, hint in hints.items() if isinstance(hint, polars.Expr)]
        fixed = {name: hint for name, hint in hints.items() if name not in names and hint is not None}

        def work(columns: Sequence[polars.Series]) -> polars.Series:
            pages, *known = columns
            # A literal is one row, whatever the others are.
            rows = {name: hint if len(hint) == len(pages) else hint[0] for name, hint in zip(names, known, strict=True)}
            result: polars.Series = job(pages, **rows, **fixed)
            return result

        def planned(expr: polars.Expr, dtype: Any) -> polars.Expr:
            inputs = [expr, *(hints[name] for name in names)]
            return polars.map_batches(inputs, work, return_dtype=_result(job, texts, dtype), is_elementwise=True)

        return self._expr.pipe_with_dtype(planned)


def _result(job: Callable[..., Any], texts: bool, dtype: Any) -> Any:
    """The type of a job's results for a column of a type."""
    if not texts:
        return job(polars.Series([], dtype=polars.String)).dtype
    # The values of an Enum are no more those that it was declared with.
    return polars.Categorical() if isinstance(dtype, polars.Enum) else dtype
