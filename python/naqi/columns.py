"""The columns of pandas, Polars and pyarrow: what of a column holds its texts, and how its kind is made again.

No library is imported here that the caller has not loaded: who passes a column has.
"""

import sys
from collections.abc import Callable, Iterable
from typing import Any

__all__ = ["open_column", "string_columns"]

_Finish = Callable[[Any], Any]


def open_column(x: Any, texts: bool, alike: bool) -> tuple[Any, _Finish | None]:
    """What holds the texts of `x` (an object with an Arrow capsule, or a list of `str` and None), and what makes a
    container like `x` of the results; `texts`: the results are strings too, `alike`: equal texts have equal results.
    """
    if (names := string_columns(x)) is not None:
        way_out = (
            f"pass one of its columns of strings: {', '.join(map(repr, names))}" if names else "it has none of strings"
        )
        raise TypeError(
            f"expected a str, a column of str, or a list, tuple or iterator of str and None, not a table; {way_out}"
        )
    pandas, polars, pyarrow = (sys.modules.get(name) for name in ("pandas", "polars", "pyarrow"))
    if pandas is not None and isinstance(x, pandas.Series):
        return _open_pandas(pandas, pyarrow, x, texts, alike)
    if polars is not None and isinstance(x, polars.Series):
        return x, lambda result: polars.Series(result).alias(x.name)
    if pyarrow is not None and isinstance(x, pyarrow.Array):
        return x, pyarrow.array
    if pyarrow is not None and isinstance(x, pyarrow.ChunkedArray):
        return x, pyarrow.chunked_array
    return x, None


def string_columns(x: Any) -> list[str] | None:
    """The names of the columns of strings in a table of pandas, Polars or pyarrow; None for what is no table."""
    pandas, polars, pyarrow = (sys.modules.get(name) for name in ("pandas", "polars", "pyarrow"))
    if pandas is not None and isinstance(x, pandas.DataFrame):
        return [name for name, dtype in x.dtypes.items() if _is_text(pandas, dtype)]
    if polars is not None and isinstance(x, polars.DataFrame | polars.LazyFrame):
        kinds = (polars.String, polars.Categorical, polars.Enum)
        return [name for name, dtype in x.collect_schema().items() if isinstance(dtype, kinds)]
    if pyarrow is not None and isinstance(x, pyarrow.Table | pyarrow.RecordBatch | pyarrow.RecordBatchReader):
        return [field.name for field in x.schema if _is_arrow_text(pyarrow, field.type)]
    return None


def _is_arrow_text(pyarrow: Any, kind: Any) -> bool:
    types = pyarrow.types
    if types.is_dictionary(kind):
        kind = kind.value_type
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def _is_text(pandas: Any, dtype: Any) -> bool:
    if isinstance(dtype, pandas.CategoricalDtype):
        dtype = dtype.categories.dtype
    if isinstance(dtype, pandas.ArrowDtype):
        return _is_arrow_text(sys.modules["pyarrow"], dtype.pyarrow_dtype)
    return pandas.api.types.is_object_dtype(dtype) or isinstance(dtype, pandas.StringDtype)


def _open_pandas(pandas: Any, pyarrow: Any, x: Any, texts: bool, alike: bool) -> tuple[Any, _Finish]:
    dtype = x.dtype
    if not _is_text(pandas, dtype) and len(x) and not x.isna().all():
        raise TypeError(f"expected a column of strings, not of {dtype}")

    def series(values: Any, dtype: Any = None) -> Any:
        return pandas.Series(values, index=x.index, name=x.name, dtype=dtype, copy=False)

    def nested(result: Any) -> Any:
        make = pyarrow.array if hasattr(result, "__arrow_c_array__") else pyarrow.chunked_array
        return series(pandas.arrays.ArrowExtensionArray(make(result)))

    arrow = getattr(x.array, "__arrow_array__", None)
    if pyarrow is not None and arrow is not None and getattr(dtype, "storage", "pyarrow") == "pyarrow":
        # Its memory is Arrow's already.
        chunks = arrow()
        make = pyarrow.chunked_array if isinstance(chunks, pyarrow.ChunkedArray) else pyarrow.array
        return chunks, (lambda result: series(dtype.__from_arrow__(make(result)))) if texts else nested
    if isinstance(dtype, pandas.CategoricalDtype) and texts and alike:
        return _open_categories(pandas, x, series)
    values = [None if missing else text for text, missing in zip(x.tolist(), x.isna(), strict=True)]
    if texts and isinstance(dtype, pandas.CategoricalDtype):
        return values, lambda result: series(pandas.Categorical(result, ordered=dtype.ordered))
    if texts:
        kind = dtype if isinstance(dtype, pandas.StringDtype) else object
        return values, lambda result: series([pandas.NA if text is None else text for text in result], kind)
    if pyarrow is not None and all(text is None or isinstance(text, str) for text in values):
        try:
            return pyarrow.array(values, pyarrow.large_string()), nested
        except UnicodeEncodeError:
            pass  # a lone surrogate, which Arrow has no room for
    return values, lambda result: series(_objects(result), object)


def _open_categories(pandas: Any, x: Any, series: _Finish) -> tuple[Any, _Finish]:
    """The categories, each worked on once, and what gives every row the category that its own became."""

    def finish(result: Iterable[str]) -> Any:
        unique = dict.fromkeys(result)
        places = {text: place for place, text in enumerate(unique)}
        lookup = [places[text] for text in result]
        codes = [code if code < 0 else lookup[code] for code in x.cat.codes.tolist()]
        categories = pandas.Index(list(unique), dtype=x.cat.categories.dtype)
        return series(pandas.Categorical.from_codes(codes, categories=categories, ordered=x.cat.ordered))

    return x.cat.categories.tolist(), finish


def _objects(values: list[Any]) -> Any:
    """An array of objects; NumPy would make two dimensions of lists of one length."""
    import numpy

    array = numpy.empty(len(values), dtype=object)
    for place, value in enumerate(values):
        array[place] = value
    return array
