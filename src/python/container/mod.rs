//! What callers keep their texts in: lists, columns, iterators; telling them apart and getting at the texts.

mod hint;
mod rows;

pub use hint::HintColumn;
pub use rows::rows;

use super::arrow;
use super::errors;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{
    PyByteArray, PyBytes, PyDict, PyFrozenSet, PyIterator, PyList, PyMemoryView, PySequence, PySet, PyString, PyTuple,
};

/// Whether an object has an Arrow capsule.
pub fn is_capsule(x: &Bound<'_, PyAny>) -> bool {
    ["__arrow_c_array__", "__arrow_c_stream__"].iter().any(|name| x.hasattr(*name).unwrap_or(false))
}

/// Whether an object is a column, or a table: something with an Arrow capsule, or of pandas.
pub fn is_column(x: &Bound<'_, PyAny>) -> bool {
    is_capsule(x)
        || matches!(
            errors::type_name(x).as_str(),
            "pandas.Series" | "pandas.DataFrame" | "polars.LazyFrame" | "pyarrow.Dataset"
        )
}

/// What a container holds its texts in (something with a capsule, or a list), and what makes such a container of the
/// results; `texts`: whether they are strings too, `alike`: whether equal texts have equal results.
pub fn open<'py>(
    x: &Bound<'py, PyAny>,
    texts: bool,
    alike: bool,
) -> PyResult<(Bound<'py, PyAny>, Option<Bound<'py, PyAny>>)> {
    x.py().import("naqi.columns")?.getattr("open_column")?.call1((x, texts, alike))?.extract()
}

/// `ValueError` for a row that cannot be read.
pub fn bad_row(bad: &arrow::BadRow, first: usize) -> PyErr {
    PyValueError::new_err(format!("row {} {}", first + bad.row, bad.problem))
}

/// An item of a container of texts.
pub fn text_or_none(index: usize, item: Bound<'_, PyAny>) -> PyResult<Option<Bound<'_, PyString>>> {
    if item.is_none() {
        return Ok(None);
    }
    item.cast_into::<PyString>().map(Some).map_err(|error| errors::not_text_at(index, &error.into_inner()))
}

/// An iterator over what a container or column holds; `None` for what is neither.
pub fn iterate<'py>(x: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyIterator>>> {
    if is_column(x) {
        return rows(x).map(Some);
    }
    Ok(if may_hold_texts(x) { x.try_iter().ok() } else { None })
}

/// Whether iterating over `x` gives its texts: not so for mappings, sets and bytes.
pub fn may_hold_texts(x: &Bound<'_, PyAny>) -> bool {
    if x.is_instance_of::<PyList>() || x.is_instance_of::<PyTuple>() {
        return true;
    }
    let never = x.is_instance_of::<PyBytes>()
        || x.is_instance_of::<PyByteArray>()
        || x.is_instance_of::<PyMemoryView>()
        || x.is_instance_of::<PySet>()
        || x.is_instance_of::<PyFrozenSet>()
        || x.is_instance_of::<PyDict>()
        || x.is_instance_of::<PyString>()
        || (x.hasattr("keys").unwrap_or(false) && x.cast::<PySequence>().is_err());
    !never
}
