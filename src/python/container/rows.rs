//! The rows of a column one by one, for what reads texts as a stream.

use super::super::arrow::{self, Texts};
use super::{bad_row, is_capsule, open};
use pyo3::prelude::*;
use pyo3::types::{PyIterator, PyString};

/// An iterator over the texts of a column, `None` where a row has none.
pub fn rows<'py>(x: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyIterator>> {
    let (source, _) = open(x, true, false)?;
    if !is_capsule(&source) {
        return source.try_iter();
    }
    let rows = Rows { chunks: arrow::read(&source)?.chunks, chunk: 0, row: 0, first: 0 };
    Bound::new(x.py(), rows)?.into_any().try_iter()
}

#[pyclass(module = "naqi")]
struct Rows {
    chunks: Vec<Texts>,
    chunk: usize,
    row: usize,
    /// The number of the chunk's first row.
    first: usize,
}

#[pymethods]
impl Rows {
    fn __iter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __next__<'py>(&mut self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        while let Some(texts) = self.chunks.get(self.chunk) {
            if self.row < texts.len() {
                let row = self.row;
                self.row += 1;
                let text = texts.get(row).map_err(|bad| bad_row(&bad, self.first))?;
                let text = text.map(|text| PyString::new(py, text).into_any());
                return Ok(Some(text.unwrap_or_else(|| py.None().into_bound(py))));
            }
            self.first += texts.len();
            (self.chunk, self.row) = (self.chunk + 1, 0);
        }
        Ok(None)
    }
}
