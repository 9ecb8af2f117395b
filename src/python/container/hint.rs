//! Hints that come as a column.

use super::super::arrow::{self, Texts};
use super::super::errors;
use super::{bad_row, is_capsule, open};
use pyo3::prelude::*;

/// The texts of a column by their number.
pub struct HintColumn {
    chunks: Vec<Texts>,
    /// The number of each chunk's first row.
    starts: Vec<usize>,
    len: usize,
}

impl HintColumn {
    /// Reads and checks a column; where it holds its texts as Python objects, the list of these.
    pub fn read<'py>(name: &str, value: &Bound<'py, PyAny>) -> PyResult<Result<Self, Bound<'py, PyAny>>> {
        let py = value.py();
        let named = |error| errors::in_hint(py, name, error);
        let (source, _) = open(value, true, false).map_err(named)?;
        if !is_capsule(&source) {
            return Ok(Err(source));
        }
        let chunks = arrow::read(&source).map_err(named)?.chunks;
        let (mut starts, mut len) = (Vec::with_capacity(chunks.len()), 0);
        for chunk in &chunks {
            for row in 0..chunk.len() {
                chunk.get(row).map_err(|bad| named(bad_row(&bad, len)))?;
            }
            starts.push(len);
            len += chunk.len();
        }
        Ok(Ok(Self { chunks, starts, len }))
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// The text of a row, if it has one.
    pub fn get(&self, row: usize) -> Option<&str> {
        let chunk = self.starts.partition_point(|&start| start <= row).checked_sub(1)?;
        let texts = &self.chunks[chunk];
        let row = row - self.starts[chunk];
        if row < texts.len() { texts.get(row).ok().flatten() } else { None }
    }
}
