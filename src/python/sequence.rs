//! Many texts of a list, tuple or iterator, worked window by window; or one.
//!
//! A window is about a megabyte of text. Its strings are held, the interpreter is released while the pool works on
//! them, then the results become objects and signals are looked at. Nothing depends on where a window ends.

use super::container::{may_hold_texts, text_or_none};
use super::errors;
use super::hints::{HintArgs, HintSet};
use super::jobs::{Job, run_on};
use super::str::Held;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyString, PyTuple};

/// At most so many texts in a window, however short.
const WINDOW_ITEMS: usize = 1 << 12;

/// Does `job` on the texts that iterating over `x` gives.
pub fn list<'py, J: Job>(
    job: &J,
    x: &Bound<'py, PyAny>,
    hints: &HintArgs<'py>,
    threads: usize,
) -> PyResult<Bound<'py, PyAny>> {
    if !may_hold_texts(x) {
        return Err(errors::not_text(x));
    }
    let py = x.py();
    let known = match x.cast::<PyList>() {
        Ok(list) => Some(list.len()),
        Err(_) => x.cast::<PyTuple>().ok().map(PyTupleMethods::len),
    };
    let results = if let Some(len) = known {
        let hints = hints.check(Some(len))?;
        let mut batch = Batch::new(job, &hints, threads, len);
        for start in (0..len).step_by(SLICE) {
            // Others may change a list while the interpreter is released; a part of it is ours.
            for (at, item) in slice(x, start, len.min(start + SLICE))?.iter().enumerate() {
                batch.add(py, text_or_none(start + at, item)?)?;
            }
        }
        batch.finish(py)?
    } else {
        let items = x.try_iter().map_err(|_| errors::not_text(x))?.enumerate();
        let texts: Vec<_> = items.map(|(index, item)| text_or_none(index, item?)).collect::<PyResult<_>>()?;
        let hints = hints.check(Some(texts.len()))?;
        let mut batch = Batch::new(job, &hints, threads, texts.len());
        for text in texts {
            batch.add(py, text)?;
        }
        batch.finish(py)?
    };
    Ok(PyList::new(py, results)?.into_any())
}

/// Items of a list that are taken at once: touched in the shortest loop that there is, which waits for memory the least.
const SLICE: usize = 256;

/// The items of a list or tuple from `start` to `end`.
fn slice<'py>(x: &Bound<'py, PyAny>, start: usize, end: usize) -> PyResult<Bound<'py, PyList>> {
    let items = match x.cast::<PyList>() {
        Ok(list) => list.get_slice(start, end),
        Err(_) => x.cast::<PyTuple>()?.get_slice(start, end).to_list(),
    };
    if items.len() < end - start {
        return Err(PyRuntimeError::new_err("the list became shorter while it was worked on"));
    }
    Ok(items)
}

/// Units below which releasing the interpreter costs more than it gives the other threads.
const SHORT: usize = 1 << 12;

/// Does `job` on one text.
pub fn one<'py, J: Job>(job: &J, text: &Bound<'py, PyString>, hints: &HintSet) -> PyResult<Bound<'py, PyAny>> {
    let py = text.py();
    let held = Held::new(text)?;
    if held.len() < SHORT {
        let (out, html) = run_on(job, &held, &hints.at(0));
        if html {
            errors::warn_html(py)?;
        }
        return job.output(text, out);
    }
    let mut batch = Batch::new(job, hints, 1, 1);
    batch.add(py, Some(text.clone()))?;
    Ok(batch.finish(py)?.remove(0))
}

/// Texts on their way through a job, and the results of those that are through.
pub struct Batch<'a, 'py, J: Job> {
    job: &'a J,
    hints: &'a HintSet,
    threads: usize,
    window: Vec<Option<Held>>,
    units: usize,
    results: Vec<Bound<'py, PyAny>>,
    html: bool,
}

impl<'a, 'py, J: Job> Batch<'a, 'py, J> {
    pub fn new(job: &'a J, hints: &'a HintSet, threads: usize, texts: usize) -> Self {
        let results = Vec::with_capacity(texts);
        Self { job, hints, threads, window: Vec::new(), units: 0, results, html: false }
    }

    /// Takes the next text; a window that is full is worked on.
    pub fn add(&mut self, py: Python<'py>, text: Option<Bound<'py, PyString>>) -> PyResult<()> {
        let held = text.map(Held::taking).transpose()?;
        self.units += held.as_ref().map_or(0, Held::len);
        self.window.push(held);
        if self.units >= J::WINDOW || self.window.len() >= WINDOW_ITEMS {
            self.flush(py)?;
        }
        Ok(())
    }

    fn flush(&mut self, py: Python<'py>) -> PyResult<()> {
        let (hints, first) = (self.hints, self.results.len());
        let done = self.job.window(py, &mut self.window, &|index| hints.at(first + index), self.threads)?;
        self.results.extend(done.results);
        self.html |= done.html;
        self.units = 0;
        py.check_signals()
    }

    /// The results of all texts, in their order.
    pub fn finish(mut self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyAny>>> {
        self.flush(py)?;
        if self.html {
            errors::warn_html(py)?;
        }
        Ok(self.results)
    }
}
