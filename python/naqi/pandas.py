"""The accessor `naqi` on pandas' Series, there once this module is imported.

>>> import pandas as pd, naqi.pandas
>>> pd.Series(["الأخبـــار العاجلة"]).naqi.normalize()[0]
'الاخبار العاجلة'
"""

from collections.abc import Callable
from typing import Any

import pandas

from naqi._methods import Methods

__all__ = ["SeriesMethods"]


@pandas.api.extensions.register_series_accessor("naqi")
class SeriesMethods(Methods):
    """Every job of `naqi` on a Series."""

    def __init__(self, series: Any) -> None:
        self._series = series

    def _run(self, job: Callable[..., Any], texts: bool, **hints: Any) -> Any:
        return job(self._series, **hints)
