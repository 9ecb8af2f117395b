"""The columns of the real packages: the container that is passed is the type that comes back. Checked, never run."""

from typing import Any, assert_type

import naqi
import pandas as pd
import polars as pl

series = pl.Series(["نص", None])
assert_type(naqi.normalize(series), pl.Series)
assert_type(naqi.split_sentences(series), pl.Series)
assert_type(naqi.extract(series, title=pl.Series(["عنوان", None])), pl.Series)
assert_type(naqi.Normalizer()(series), pl.Series)

column: "pd.Series[str]" = pd.Series(["نص"])
assert_type(naqi.normalize(column), "pd.Series[str]")
assert_type(naqi.sentence_spans(column), Any)
