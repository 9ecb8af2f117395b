//! Single arguments, read from Python objects and checked.

use super::errors;
use crate::boilerplate::{Categories, Category};
use crate::normalize::{OptionError, PRESETS};
use crate::sentences::Newlines;
use crate::suggest;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyInt};
use std::borrow::Cow;

/// `threads=`: a whole number of at least one, however large.
#[derive(Clone, Copy)]
pub struct Threads(pub usize);

impl<'py> FromPyObject<'_, 'py> for Threads {
    type Error = PyErr;

    fn extract(value: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if !value.is_instance_of::<PyInt>() || value.is_instance_of::<PyBool>() {
            let (value, name) = (errors::shown(&value), errors::type_name(&value));
            return Err(PyTypeError::new_err(format!(
                "threads={value}: expected a whole number of at least 1, or None, not {name}"
            )));
        }
        if value.lt(1)? {
            return Err(PyValueError::new_err(format!(
                "threads={}: expected a whole number of at least 1, or None for one a core (fewer by NAQI_NUM_THREADS)",
                errors::shown(&value)
            )));
        }
        Ok(Self(value.extract().unwrap_or(usize::MAX)))
    }
}

/// An offset into a text.
pub fn offset(name: &str, value: &Bound<'_, PyAny>) -> PyResult<usize> {
    let wrong = |_| PyValueError::new_err(format!("{name}={}: expected an offset, 0 or more", errors::shown(value)));
    let number = value.cast::<PyInt>().map_err(|_| {
        let (value, class) = (errors::shown(value), errors::type_name(value));
        PyTypeError::new_err(format!("{name}={value}: expected an offset (int), not {class}"))
    })?;
    number.extract().map_err(wrong)
}

/// A category by its name.
pub fn category(option: &str, name: &str) -> PyResult<Category> {
    let of_rule = name
        .split('.')
        .next()
        .filter(|first| *first != name && Category::CHOICES.iter().any(|(known, _)| known == first));
    if let Some(category) = of_rule {
        let message = format!("{option}='{name}': this is a rule, and a category is expected: '{category}'");
        return Err(PyValueError::new_err(message));
    }
    choose(option, name, &Category::CHOICES)
}

/// The categories of `keep=`, sorted.
pub fn categories(value: Option<&Bound<'_, PyAny>>) -> PyResult<Vec<Category>> {
    let names = errors::names("keep", value)?;
    let mut categories = names.iter().map(|name| category("keep", name)).collect::<PyResult<Vec<_>>>()?;
    categories.sort_unstable();
    categories.dedup();
    Ok(categories)
}

/// The set of them.
pub fn keep(value: Option<&Bound<'_, PyAny>>) -> PyResult<Categories> {
    Ok(categories(value)?.into_iter().collect())
}

/// A new-line policy by its name.
pub fn newlines(name: &str) -> PyResult<Newlines> {
    choose("newlines", name, &Newlines::CHOICES)
}

/// `newlines=`: a policy by its name.
#[derive(Clone, Copy, Default)]
pub struct Policy(pub Newlines);

impl<'py> FromPyObject<'_, 'py> for Policy {
    type Error = PyErr;

    fn extract(value: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let names = Newlines::CHOICES.map(|(name, _)| name);
        let name = errors::word("newlines", &value, &format!("one of {}", suggest::listed(&names)))?;
        newlines(&name).map(Self)
    }
}

/// `preset=`: the name of one.
pub struct Preset(pub Cow<'static, str>);

impl Preset {
    /// What counts where none is named.
    pub const NEWS: Self = Self(Cow::Borrowed("news"));
}

impl<'py> FromPyObject<'_, 'py> for Preset {
    type Error = PyErr;

    fn extract(value: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let way_out = if errors::type_name(&value) == "naqi.Normalizer" {
            " (a Normalizer is called: normalizer(x))"
        } else {
            ""
        };
        let expected = format!("one of {}{way_out}", suggest::listed(&PRESETS));
        errors::word("preset", &value, &expected).map(|name| Self(Cow::Owned(name.into_owned())))
    }
}

fn choose<T: Copy>(option: &str, name: &str, choices: &[(&'static str, T)]) -> PyResult<T> {
    if let Some((_, value)) = choices.iter().find(|(choice, _)| *choice == name) {
        return Ok(*value);
    }
    let names: Vec<&str> = choices.iter().map(|(choice, _)| *choice).collect();
    Err(OptionError(suggest::unknown_value(option, name, &names)).into())
}
