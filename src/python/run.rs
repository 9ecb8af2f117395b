//! One text or many, a `str`, a column, or a list, tuple or iterator of `str`: each goes to the room that works it.

use super::arguments::Threads;
use super::columns::{self, ColumnJob};
use super::container;
use super::hints::HintArgs;
use super::jobs::Job;
use super::sequence;
use crate::parallel;
use pyo3::prelude::*;
use pyo3::types::PyString;

/// Does `job` on `x`: what `x` is says what comes back.
pub fn run<'py, J: ColumnJob>(
    job: &J,
    x: &Bound<'py, PyAny>,
    hints: &HintArgs<'py>,
    threads: Option<Threads>,
) -> PyResult<Bound<'py, PyAny>> {
    run_on_threads(job, x, hints, || parallel::threads(threads.map(|threads| threads.0)))
}

/// The same with another number of threads. It is asked for batches only: to find the cores that a process may use costs
/// more than a short text.
pub fn run_on_threads<'py, J: ColumnJob>(
    job: &J,
    x: &Bound<'py, PyAny>,
    hints: &HintArgs<'py>,
    threads: impl FnOnce() -> usize,
) -> PyResult<Bound<'py, PyAny>> {
    if let Ok(text) = x.cast::<PyString>() {
        return sequence::one(job, text, &hints.check(None)?);
    }
    let threads = threads();
    if container::is_column(x) { columns::run(job, x, hints, threads) } else { sequence::list(job, x, hints, threads) }
}

/// Does a job whose results no column holds: many texts give a list, a column too.
pub fn run_to_list<'py, J: Job>(
    job: &J,
    x: &Bound<'py, PyAny>,
    threads: Option<Threads>,
) -> PyResult<Bound<'py, PyAny>> {
    if let Ok(text) = x.cast::<PyString>() {
        return sequence::one(job, text, &HintArgs::NONE.check(None)?);
    }
    let texts = if container::is_column(x) { container::rows(x)?.into_any() } else { x.clone() };
    sequence::list(job, &texts, &HintArgs::NONE, parallel::threads(threads.map(|threads| threads.0)))
}
