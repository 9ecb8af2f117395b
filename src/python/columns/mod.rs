//! Columns in, columns out: the five jobs over Arrow arrays, with no Python object a row.
//!
//! A column is worked window by window like a list. With one thread a result is written where it stays; with more, each
//! block of a window is written by itself and joined while it is in the cache.

mod build;
mod dictionary;
mod jobs;
mod nested;

pub use jobs::ColumnJob;

use super::arrow::{self, Array, ArrowArray, ArrowChunks, Layout, Source, Texts, Type};
use super::container::{bad_row, is_capsule, open};
use super::errors;
use super::hints::{HintArgs, HintSet};
use super::sequence;
use crate::{markup, parallel};
use build::{Build, TooLong};
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use std::ops::Range;

/// About how many bytes of text a thread takes at a time.
const BLOCK: usize = 1 << 16;

/// At most so many rows in a block, however short.
const BLOCK_ROWS: usize = 1 << 12;

/// How many blocks are worked on between two looks at signals.
const WINDOW: usize = 16;

/// A chunk with more text than this gives `list<large_string>` where others give `list<string>`.
const MUCH: usize = 1 << 30;

/// Does `job` on a column; the container is that of `x`.
pub fn run<'py, J: ColumnJob>(
    job: &J,
    x: &Bound<'py, PyAny>,
    hints: &HintArgs<'py>,
    threads: usize,
) -> PyResult<Bound<'py, PyAny>> {
    let (source, finish) = open(x, J::TEXT, hints.are_one_for_all())?;
    let result = if is_capsule(&source) {
        let source = arrow::read(&source)?;
        let rows = source.chunks.iter().map(Texts::len).sum();
        let hints = hints.check(Some(rows))?;
        Work { job, hints: &hints, threads, html: false }.column(x.py(), &source)?
    } else {
        sequence::list(job, &source, hints, threads)?
    };
    match finish {
        Some(finish) => finish.call1((result,)),
        None => Ok(result),
    }
}

/// A column being worked on.
struct Work<'a, J> {
    job: &'a J,
    hints: &'a HintSet,
    threads: usize,
    /// Whether a page looked like HTML.
    html: bool,
}

/// What came of a block: its rows, and whether one looked like HTML.
type Part<B> = PyResult<(B, bool)>;

impl<J: ColumnJob> Work<'_, J> {
    fn column<'py>(mut self, py: Python<'py>, source: &Source) -> PyResult<Bound<'py, PyAny>> {
        let kind = self.kind(source);
        let mut first = 0;
        let mut arrays = Vec::with_capacity(source.chunks.len());
        for texts in &source.chunks {
            arrays.push(self.chunk(py, texts, first, &kind)?);
            first += texts.len();
        }
        if self.html {
            errors::warn_html(py)?;
        }
        match arrays.pop() {
            Some(array) if source.single => ArrowArray::new(array).into_bound_py_any(py),
            last => {
                arrays.extend(last);
                ArrowChunks::new(kind, arrays).into_bound_py_any(py)
            }
        }
    }

    /// The type of the results: that of the column, for strings.
    fn kind(&self, source: &Source) -> Type {
        if J::TEXT {
            return match (source.layout, source.codes) {
                (None, _) => Type::Null,
                (Some(layout), Some((index, ordered))) => Type::Dictionary(index, ordered, layout),
                (Some(layout), None) => Type::Text(layout),
            };
        }
        let much = source.chunks.iter().any(|texts| texts.bytes(0..texts.len()) > MUCH);
        self.job.kind(if much { Layout::Large } else { Layout::Small })
    }

    fn chunk(&mut self, py: Python<'_>, texts: &Texts, first: usize, kind: &Type) -> PyResult<Array> {
        let done = match (kind, texts.dictionary()) {
            (Type::Null, _) => Ok(Array::missing(texts.len())),
            (Type::Text(layout), _) => self.rows(py, texts, Some(first), *layout)?.finish(),
            // Each value once, unless something else is known of each row.
            (Type::Dictionary(..), Some(values)) if self.hints.is_one_for_all() => {
                let strings = self.rows(py, values, None, Layout::Large)?.into_strings();
                let codes = (0..texts.len()).map(|row| texts.is_valid(row).then(|| texts.code(row)).transpose());
                let codes = codes.collect::<Result<Vec<_>, _>>().map_err(|bad| bad_row(&bad, first))?;
                dictionary::unify(&strings, &codes, kind.clone())
            }
            (Type::Dictionary(..), _) => {
                let strings = self.rows(py, texts, Some(first), Layout::Large)?.into_strings();
                let codes: Vec<_> = (0..texts.len()).map(|row| texts.is_valid(row).then_some(row)).collect();
                dictionary::unify(&strings, &codes, kind.clone())
            }
            // Rows that need no memory where they come from.
            _ if texts.is_null() && texts.len() > i32::MAX as usize => Err(TooLong),
            _ => {
                let large = *kind == self.job.kind(Layout::Large);
                self.rows(py, texts, Some(first), if large { Layout::Large } else { Layout::Small })?.finish()
            }
        };
        done.map_err(|TooLong| too_long())
    }

    /// The results of some rows; `first`: the number of the first in the column, or none for values of a dictionary.
    fn rows(&mut self, py: Python<'_>, texts: &Texts, first: Option<usize>, layout: Layout) -> PyResult<J::Built> {
        let rows = texts.len();
        let mut built = self.job.room(layout, rows, texts.bytes(0..rows));
        let mut blocks = Blocks { texts, row: 0 };
        loop {
            let window: Vec<Range<usize>> = blocks.by_ref().take(WINDOW).collect();
            if window.is_empty() {
                return Ok(built);
            }
            if self.threads == 1 || rows == 1 {
                let html = py.detach(|| {
                    window.into_iter().try_fold(false, |html, rows| {
                        Ok::<_, PyErr>(self.block(texts, first, rows, &mut built)? | html)
                    })
                })?;
                self.html |= html;
            } else {
                let part = |rows: Range<usize>| -> Part<J::Built> {
                    let mut part = self.job.room(layout, rows.len(), texts.bytes(rows.clone()));
                    let html = self.block(texts, first, rows, &mut part)?;
                    Ok((part, html))
                };
                let parts = py.detach(|| parallel::map(window, self.threads, part));
                for part in parts {
                    let (part, html) = part?;
                    built.append(part);
                    self.html |= html;
                }
            }
            py.check_signals()?;
        }
    }

    /// Adds the results of a block of rows; tells whether one of them looks like HTML.
    fn block(&self, texts: &Texts, first: Option<usize>, rows: Range<usize>, out: &mut J::Built) -> PyResult<bool> {
        let block = texts.block(rows.clone());
        let mut html = false;
        for row in rows {
            let bad = |bad| match first {
                Some(first) => bad_row(&bad, first),
                None => PyValueError::new_err(format!("value {row} of the dictionary {}", bad.problem)),
            };
            match block.get(row).map_err(bad)? {
                None => out.null(),
                Some(text) if !J::TEXT && text.len() > i32::MAX as usize => return Err(too_long()),
                Some(text) => {
                    self.job.add(text, &self.hints.at(first.unwrap_or(0) + row), out);
                    html |= J::PAGE && markup::text_looks_like_html(text);
                }
            }
        }
        Ok(html)
    }
}

/// The rows of an array in pieces of about the same amount of text.
struct Blocks<'a> {
    texts: &'a Texts,
    row: usize,
}

impl Iterator for Blocks<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let (start, mut bytes) = (self.row, 0);
        while self.row < self.texts.len() && bytes < BLOCK && self.row - start < BLOCK_ROWS {
            bytes += self.texts.bytes(self.row..self.row + 1).min(BLOCK);
            self.row += 1;
        }
        (start < self.row).then_some(start..self.row)
    }
}

fn too_long() -> PyErr {
    PyValueError::new_err(
        "the results of one chunk are longer than its type can hold (2 GB); cast the column to large_string, or split it into chunks",
    )
}
