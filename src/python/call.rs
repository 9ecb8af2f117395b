//! A Python function on every text of any container, for `naqi.compat`: rules that few texts need, written in Python.

use super::hints::{Given, HintArgs, Known};
use super::jobs::Job;
use super::run;
use super::str::{self, Held, Kind};
use crate::text::{UnitBuf, Units};
use pyo3::prelude::*;
use pyo3::types::PyString;
use std::sync::{Mutex, PoisonError};

/// Applies `function` (`str` to `str`) to every text of `x`; what comes back is the container that `x` is.
#[pyfunction]
pub fn _map_texts<'py>(function: Py<PyAny>, x: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let job = Call { function, error: Mutex::default() };
    let result = run::run_on_threads(&job, x, &HintArgs::NONE, || 1)?;
    let error = job.error.into_inner().unwrap_or_else(PoisonError::into_inner);
    error.map_or(Ok(result), Err)
}

/// Calling a function. It holds the interpreter while it does.
pub struct Call {
    function: Py<PyAny>,
    /// What the function raised.
    error: Mutex<Option<PyErr>>,
}

impl Job for Call {
    type Out = Option<UnitBuf>;

    fn run<U: Kind>(&self, text: Units<'_, U>, _: &Given<'_>) -> Self::Out {
        let made = Python::attach(|py| {
            let made = self.function.bind(py).call1((str::from_units(py, text.0)?,))?;
            let held = Held::new(made.cast::<PyString>()?)?;
            PyResult::Ok(Known::Python(held.view()).to_buf())
        });
        made.map_err(|error| *self.error.lock().unwrap_or_else(PoisonError::into_inner) = Some(error)).ok()
    }

    fn output<'py>(&self, text: &Bound<'py, PyString>, out: Self::Out) -> PyResult<Bound<'py, PyAny>> {
        super::jobs::changed_or_same(text, out)
    }
}
