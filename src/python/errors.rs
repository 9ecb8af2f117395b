//! What a caller hears when an argument cannot be used: the thing, the value, and the way out.

use crate::boilerplate::RuleError;
use crate::normalize::OptionError;
use crate::suggest;
use pyo3::exceptions::{PyOSError, PyTypeError, PyUserWarning, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyFrozenSet, PySet, PyString};
use std::borrow::Cow;
use std::ffi::OsString;
use std::io;

impl From<OptionError> for PyErr {
    fn from(error: OptionError) -> Self {
        PyValueError::new_err(error.0)
    }
}

impl From<RuleError> for PyErr {
    fn from(error: RuleError) -> Self {
        PyValueError::new_err(error.0)
    }
}

/// The name of an object's type as a user writes it: `list`, `pandas.DataFrame`.
pub fn type_name(object: &Bound<'_, PyAny>) -> String {
    let class = object.get_type();
    let name = class.name().map_or_else(|_| "object".into(), |name| name.to_string());
    match class.module().map(|module| module.to_string()) {
        Ok(module) if module != "builtins" => format!("{}.{name}", module.split('.').next().unwrap_or(&module)),
        _ => name,
    }
}

/// A value as Python shows it.
pub fn shown(value: &Bound<'_, PyAny>) -> String {
    value.repr().map_or_else(|_| type_name(value), |repr| repr.to_string_lossy().into_owned())
}

/// `TypeError` for something that is no text and no container of texts.
pub fn not_text(x: &Bound<'_, PyAny>) -> PyErr {
    let (name, way_out) = (type_name(x), way_out(x));
    PyTypeError::new_err(format!(
        "expected a str, a column of str, or a list, tuple or iterator of str and None, not {name}{way_out}"
    ))
}

/// How what was given instead of a text becomes one.
fn way_out(x: &Bound<'_, PyAny>) -> String {
    let name = type_name(x);
    if x.is_instance_of::<PyBytes>() || name == "bytearray" || name == "memoryview" {
        "; decode it first: x.decode('utf-8')".to_owned()
    } else if x.is_instance_of::<PyDict>() {
        "; pass list(x.values())".to_owned()
    } else if x.is_instance_of::<PySet>() || x.is_instance_of::<PyFrozenSet>() {
        ": a set has no order; pass sorted(x)".to_owned()
    } else if x.hasattr("read_text").unwrap_or(false) {
        "; read it first: x.read_text(encoding='utf-8')".to_owned()
    } else if name == "naqi.Article" {
        "; the page that it was extracted from is x.text".to_owned()
    } else if x.extract::<f64>().is_ok_and(f64::is_nan) || name == "pandas.NAType" {
        "; pass None for what is missing, or the column itself".to_owned()
    } else {
        String::new()
    }
}

/// `TypeError` for an item of a container that is neither `str` nor `None`.
pub fn not_text_at(index: usize, item: &Bound<'_, PyAny>) -> PyErr {
    let (name, way_out) = (type_name(item), way_out(item));
    PyTypeError::new_err(format!("item {index} is of type {name}, expected str or None{way_out}"))
}

/// `TypeError` for a table, with the names of its columns of strings.
pub fn is_table(columns: &[String]) -> PyErr {
    let way_out = match columns {
        [] => "it has none of strings".to_owned(),
        columns => format!("pass one of its columns of strings: {}", columns.join(", ")),
    };
    PyTypeError::new_err(format!(
        "expected a str, a column of str, or a list, tuple or iterator of str and None, not a table; {way_out}"
    ))
}

/// The same error, told to be about a hint.
pub fn in_hint(py: Python<'_>, hint: &str, error: PyErr) -> PyErr {
    let message = format!("{hint}=: {}", error.value(py));
    PyErr::from_type(error.get_type(py), message)
}

/// `ValueError` for a hint that does not have one value for each text.
pub fn wrong_length(hint: &str, values: usize, texts: usize) -> PyErr {
    PyValueError::new_err(format!(
        "{hint}= has {values} values for {texts} texts; give one value for all, or one for each"
    ))
}

/// `TypeError` for a hint that is neither text nor a sequence of texts.
pub fn not_hint(hint: &str, value: &Bound<'_, PyAny>, single: bool) -> PyErr {
    let expected = if single { "a str or None for one text" } else { "a str, None, or a sequence of them" };
    PyTypeError::new_err(format!("{hint}= is of type {}, expected {expected}", type_name(value)))
}

/// `ValueError` for values that are read beside pages and end before them.
pub fn ended_early(hint: &str, values: usize) -> PyErr {
    PyValueError::new_err(format!(
        "{hint}= ended after {values} values, before the pages did; give one value for all, or one for each"
    ))
}

/// `TypeError` for one of many values of a hint.
pub fn not_hint_at(hint: &str, index: usize, value: &Bound<'_, PyAny>) -> PyErr {
    PyTypeError::new_err(format!("{hint}=: item {index} is of type {}, expected str or None", type_name(value)))
}

/// The names in a `str` (one name) or a collection of `str`, for `keep=` and `disable=`.
pub fn names(option: &str, value: Option<&Bound<'_, PyAny>>) -> PyResult<Vec<String>> {
    let Some(value) = value else { return Ok(Vec::new()) };
    if let Ok(name) = value.cast::<PyString>() {
        return Ok(vec![name.to_string()]);
    }
    let items = value.try_iter().map_err(|_| {
        let (value, name) = (shown(value), type_name(value));
        PyTypeError::new_err(format!("{option}={value}: expected a name or a collection of names, not {name}"))
    })?;
    let name = |item: Bound<'_, PyAny>| match item.cast::<PyString>() {
        Ok(name) => Ok(name.to_string()),
        Err(_) => Err(PyTypeError::new_err(format!(
            "{option}= holds {}, of type {}, expected only names (str)",
            shown(&item),
            type_name(&item)
        ))),
    };
    items.map(|item| name(item?)).collect()
}

/// A `str`, or `TypeError` that says what the argument may be.
pub fn word<'a>(option: &str, value: &'a Bound<'_, PyAny>, expected: &str) -> PyResult<Cow<'a, str>> {
    let word = value.cast::<PyString>().map(|word| word.to_string_lossy());
    word.map_err(|_| {
        let (value, name) = (shown(value), type_name(value));
        PyTypeError::new_err(format!("{option}={value}: expected {expected}, not {name}"))
    })
}

/// `TypeError` for keywords that a function does not have; `known`: those that it has.
pub fn only(function: &str, known: &[&str], unknown: Option<&Bound<'_, PyDict>>) -> PyResult<()> {
    let Some((name, _)) = unknown.and_then(|unknown| unknown.iter().next()) else { return Ok(()) };
    let name = name.to_string();
    let way_out = match name.as_str() {
        "keep" | "disable" | "rules" | "templates" | "normalize"
            if function != "Extractor" && known.contains(&"title") =>
        {
            format!("; naqi.Extractor({name}=…) has it")
        }
        _ => suggest::guess(&name, known),
    };
    Err(PyTypeError::new_err(format!(
        "{function}() has no argument '{name}'{way_out}; those by name are {}",
        suggest::listed(known)
    )))
}

/// The exception for a file that cannot be read or written: `FileNotFoundError` and the like, with its name.
pub fn of_file(py: Python<'_>, error: &io::Error, path: impl Into<OsString>) -> PyErr {
    PyOSError::new_err((error.raw_os_error(), said(py, error), path.into()))
}

/// What the system says of an error, in Python's words.
pub fn said(py: Python<'_>, error: &io::Error) -> String {
    let system = |number| py.import("os")?.call_method1("strerror", (number,))?.extract();
    error.raw_os_error().and_then(|number| system(number).ok()).unwrap_or_else(|| error.to_string())
}

/// Warns once that a page still has its tags.
pub fn warn_html(py: Python<'_>) -> PyResult<()> {
    let message =
        c"the text looks like HTML; naqi works on text: pass what an extractor (trafilatura, readability) returns";
    PyErr::warn(py, &py.get_type::<PyUserWarning>(), message, 1)
}
