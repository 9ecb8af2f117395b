//! The long lists that a batch gives back: spans as pairs of numbers, and parts of a string.
//!
//! Hundreds of thousands of small objects: they are made by the C API at once where they stay. The numbers up to
//! [`SMALL`], most offsets of news, are made once and shared; the collector never looks at a pair of numbers, so it is
//! not told of one.
#![allow(unsafe_code)]

use super::str::{self, Held, View};
use crate::text::Span;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyInt, PyList, PyString};

/// Numbers below this are shared.
const SMALL: usize = 1 << 12;

/// A list of as many items as `items` has, each made by `make`, which gives a new reference or null with an error set.
fn list<'py, I: Copy>(
    py: Python<'py>,
    items: &[I],
    make: impl Fn(I) -> *mut ffi::PyObject,
) -> PyResult<Bound<'py, PyList>> {
    // SAFETY: the list is new and has room for all items; each is set once and before anybody else sees the list, and
    // places left null by an error are what the list's end expects.
    unsafe {
        let list = Bound::from_owned_ptr_or_err(py, ffi::PyList_New(items.len() as ffi::Py_ssize_t))?;
        for (index, &item) in items.iter().enumerate() {
            let object = make(item);
            if object.is_null() {
                return Err(PyErr::fetch(py));
            }
            ffi::PyList_SET_ITEM(list.as_ptr(), index as ffi::Py_ssize_t, object);
        }
        Ok(list.cast_into_unchecked())
    }
}

/// Holds the collector off while a window's results are made: they are new, so that there is nothing to collect, and it
/// would come every few hundred pairs to look through all that were made before. From 3.12 on it waits by itself.
pub struct Uncollected {
    was_on: bool,
}

impl Uncollected {
    pub fn new(py: Python<'_>) -> Self {
        // SAFETY: no condition but that the interpreter is held.
        Self { was_on: py.version_info() < (3, 12) && unsafe { ffi::PyGC_Disable() } == 1 }
    }
}

impl Drop for Uncollected {
    fn drop(&mut self) {
        if self.was_on {
            // SAFETY: as above: the value lives between two places of one function that holds the interpreter.
            unsafe { ffi::PyGC_Enable() };
        }
    }
}

/// Spans as a list of pairs of numbers.
pub fn pairs<'py>(py: Python<'py>, spans: &[Span]) -> PyResult<Bound<'py, PyList>> {
    let small = small(py)?;
    list(py, spans, |span| {
        pair(py, small, span).map_or_else(
            |error| {
                error.restore(py);
                std::ptr::null_mut()
            },
            Bound::into_ptr,
        )
    })
}

/// A span as a pair of numbers.
fn pair<'py>(py: Python<'py>, small: &[Py<PyInt>], span: Span) -> PyResult<Bound<'py, PyAny>> {
    let number = |n: usize| match small.get(n) {
        Some(number) => number.clone_ref(py).into_ptr(),
        // SAFETY: no condition but that the interpreter is held.
        None => unsafe { ffi::PyLong_FromSize_t(n) },
    };
    // SAFETY: the tuple is new and has two places; each takes a reference of its own. A tuple with an empty place may be
    // let go of. Numbers refer to nothing, so that no cycle can lead through the pair.
    unsafe {
        let pair = Bound::from_owned_ptr_or_err(py, ffi::PyTuple_New(2))?;
        for (place, n) in [(0, span.start), (1, span.end)] {
            let number = number(n);
            if number.is_null() {
                return Err(PyErr::fetch(py));
            }
            ffi::PyTuple_SET_ITEM(pair.as_ptr(), place, number);
        }
        ffi::PyObject_GC_UnTrack(pair.as_ptr().cast());
        Ok(pair)
    }
}

/// The numbers below [`SMALL`].
fn small(py: Python<'_>) -> PyResult<&[Py<PyInt>]> {
    static NUMBERS: PyOnceLock<Vec<Py<PyInt>>> = PyOnceLock::new();
    let made = NUMBERS
        .get_or_try_init(py, || (0..SMALL).map(|n| Ok(n.into_pyobject(py)?.unbind())).collect::<PyResult<_>>())?;
    Ok(made)
}

/// The parts of a string in `spans`, as a list.
pub fn slices<'py>(text: &Bound<'py, PyString>, spans: &[Span]) -> PyResult<Bound<'py, PyList>> {
    let py = text.py();
    let held = Held::new(text)?;
    let whole = held.len();
    list(py, spans, |span| {
        if let View::Ucs2(units) = held.view() {
            let units = &units.0[span.start..span.end];
            // What has a wide unit keeps its storage; most have one in front.
            if span.len() < whole && units.iter().any(|&unit| unit > 0xFF) {
                return str::wide(units);
            }
        }
        match str::slice(text, span) {
            Ok(part) => part.into_ptr(),
            Err(error) => {
                error.restore(py);
                std::ptr::null_mut()
            }
        }
    })
}
