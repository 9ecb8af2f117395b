//! `Alignment`: what `Normalizer.align` returns.

use super::arguments;
use super::hints::Given;
use super::jobs::{Job, changed_or_same};
use super::str::{self, Kind};
use crate::normalize::{self, Plan};
use crate::text::{Span, UnitBuf, Units};
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::{PyIndexError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// A text beside its normalised form: what was found in the one is pointed at in the other.
///
/// Made by `Normalizer.align`. Offsets are code points. A code point of ``text`` reaches to where the
/// next one begins, so that what was dropped behind a letter, such as its marks, belongs to the
/// letter. Kept as the places where lengths differ: a text that did not change costs nothing.
/// Immutable, comparable, hashable, picklable.
///
/// >>> import naqi
/// >>> page = "قالت و\u064Eزا\u0631\u064E\u0629 الصحة"
/// >>> aligned = naqi.Normalizer().align(page)
/// >>> start = aligned.text.index("وزارة")
/// >>> start, end = aligned.span_to_original(start, start + len("وزارة"))
/// >>> page[start:end] == "و\u064Eزا\u0631\u064E\u0629"
/// True
#[pyclass(frozen, module = "naqi", weakref)]
pub struct Alignment {
    text: Py<PyString>,
    original: Py<PyString>,
    offsets: normalize::Alignment,
}

/// How much of a text the `repr` shows.
const SHOWN: usize = 40;

#[pymethods]
impl Alignment {
    /// The normalised text; the original itself where nothing changed.
    #[getter]
    fn text(&self, py: Python<'_>) -> Py<PyString> {
        self.text.clone_ref(py)
    }

    /// The text as it was given.
    #[getter]
    fn original(&self, py: Python<'_>) -> Py<PyString> {
        self.original.clone_ref(py)
    }

    /// Where what stands at ``i`` of ``text`` begins in the original; the end for the end.
    ///
    /// Within what was spelt out, such as a ligature, it is where all of that begins. `IndexError`
    /// behind the end.
    fn to_original(&self, i: &Bound<'_, PyAny>) -> PyResult<usize> {
        Ok(self.offsets.to_original(within("i", i, "text", self.offsets.normalized_len())?))
    }

    /// Where what stands at ``i`` of the original begins in ``text``; the end for the end.
    ///
    /// For something dropped it is where what follows begins; within what was joined, such as a
    /// letter and its hamza, where all of that begins. `IndexError` behind the end.
    fn to_normalized(&self, i: &Bound<'_, PyAny>) -> PyResult<usize> {
        Ok(self.offsets.to_normalized(within("i", i, "original", self.offsets.original_len())?))
    }

    /// The span of the original that ``text[start:end]`` was made of, whole: half a ligature is all of it.
    ///
    /// An empty span stays empty. `IndexError` behind the end of the text, `ValueError` where it ends before it starts.
    fn span_to_original(&self, start: &Bound<'_, PyAny>, end: &Bound<'_, PyAny>) -> PyResult<(usize, usize)> {
        let span = span("text", start, end, self.offsets.normalized_len())?;
        let span = self.offsets.span_to_original(span);
        Ok((span.start, span.end))
    }

    /// The span of ``text`` that ``original[start:end]`` became, whole; empty where all of it was dropped.
    ///
    /// `IndexError` behind the end of the original, `ValueError` where it ends before it starts.
    fn span_to_normalized(&self, start: &Bound<'_, PyAny>, end: &Bound<'_, PyAny>) -> PyResult<(usize, usize)> {
        let span = span("original", start, end, self.offsets.original_len())?;
        let span = self.offsets.span_to_normalized(span);
        Ok((span.start, span.end))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let (text, original) = (shown(self.text.bind(py))?, shown(self.original.bind(py))?);
        Ok(format!("Alignment(text={text}, original={original})"))
    }

    /// What a notebook shows: the original beside the normalised text, what changed tinted.
    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("naqi.display")?.call_method1("alignment_html", (slf,))
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> PyResult<bool> {
        let (Ok(other), py) = (other.cast::<Self>(), other.py()) else { return Ok(false) };
        let other = other.get();
        Ok(self.offsets == other.offsets
            && self.text.bind(py).as_any().eq(&other.text)?
            && self.original.bind(py).as_any().eq(&other.original)?)
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<u64> {
        let mut hasher = DefaultHasher::new();
        (self.text.bind(py).hash()?, self.original.bind(py).hash()?).hash(&mut hasher);
        Ok(hasher.finish())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let restore = py.import("naqi._naqi")?.getattr("_restore_alignment")?;
        let edits: Vec<(usize, usize, usize)> =
            self.offsets.edits().map(|(span, written)| (span.start, span.end, written)).collect();
        Ok((restore, (&self.text, &self.original, edits).into_pyobject(py)?))
    }
}

/// Makes an `Alignment` of what `pickle` kept of it.
#[pyfunction]
pub fn _restore_alignment(
    py: Python<'_>,
    text: Py<PyString>,
    original: Py<PyString>,
    edits: Vec<(usize, usize, usize)>,
) -> PyResult<Alignment> {
    let edits = edits.into_iter().map(|(start, end, written)| (Span::new(start, end), written));
    normalize::Alignment::from_edits(edits, original.bind(py).len()?)
        .filter(|offsets| text.bind(py).len().is_ok_and(|len| len == offsets.normalized_len()))
        .map(|offsets| Alignment { text, original, offsets })
        .ok_or_else(|| PyValueError::new_err("the edits are not those of an alignment of these texts"))
}

/// An offset into a text of that length.
fn within(name: &str, at: &Bound<'_, PyAny>, text: &str, len: usize) -> PyResult<usize> {
    let at = arguments::offset(name, at)?;
    if at > len {
        return Err(PyIndexError::new_err(format!("{name}={at}: the {text} ends at {len}")));
    }
    Ok(at)
}

fn span(text: &str, start: &Bound<'_, PyAny>, end: &Bound<'_, PyAny>, len: usize) -> PyResult<Span> {
    let span = Span::new(within("start", start, text, len)?, within("end", end, text, len)?);
    if span.start > span.end {
        return Err(PyValueError::new_err(format!("start={} lies behind end={}", span.start, span.end)));
    }
    Ok(span)
}

/// The beginning of a text as Python shows it.
fn shown(text: &Bound<'_, PyString>) -> PyResult<String> {
    if text.len()? <= SHOWN {
        return Ok(text.repr()?.to_string_lossy().into_owned());
    }
    let beginning = str::slice(text, Span::new(0, SHOWN))?.repr()?.to_string_lossy().into_owned();
    Ok(format!("{beginning}…"))
}

/// `Normalizer.align`.
pub struct Align(pub Arc<Plan>);

impl Job for Align {
    type Out = (Option<UnitBuf>, normalize::Alignment);

    fn run<U: Kind>(&self, text: Units<'_, U>, _: &Given<'_>) -> Self::Out {
        match self.0.run_units(text) {
            None => (None, normalize::Alignment::unchanged(text.0.len())),
            changed => (changed, self.0.align_units(text)),
        }
    }

    fn output<'py>(&self, text: &Bound<'py, PyString>, (changed, offsets): Self::Out) -> PyResult<Bound<'py, PyAny>> {
        let original = str::exact(text)?;
        let text = changed_or_same(&original, changed)?.cast_into::<PyString>()?;
        let py = original.py();
        Alignment { text: text.unbind(), original: original.unbind(), offsets }.into_bound_py_any(py)
    }
}
