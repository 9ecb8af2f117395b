//! What a caller asks for, read from Python objects and checked.

use super::classes::Normalizer;
use super::errors;
use super::jobs::SharedRules;
use super::templates::Templates;
use crate::boilerplate::{self, Categories, Category, Rules};
use crate::normalize::{OptionError, Options, PRESETS, Plan, Value};
use crate::sentences::Newlines;
use crate::suggest;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{IntoPyDict, PyBool, PyDict, PyFrozenSet, PyInt, PyList, PyMapping, PySet, PyString, PyTuple};
use std::sync::{Arc, Mutex, PoisonError};

/// The options of a preset, changed by keyword arguments.
pub fn options(preset: &str, changes: Option<&Bound<'_, PyDict>>) -> PyResult<Options> {
    let mut options = Options::preset(preset)?;
    for (name, value) in changes.into_iter().flatten() {
        let name = name.cast::<PyString>()?.to_string();
        options.set(&name, &option_value(&name, &value)?)?;
    }
    Ok(options)
}

fn option_value(name: &str, value: &Bound<'_, PyAny>) -> PyResult<Value> {
    if let Ok(word) = value.cast::<PyString>() {
        return Ok(Value::Word(word.to_string_lossy().into_owned()));
    }
    if value.is_instance_of::<PyInt>() && !value.is_instance_of::<PyBool>() {
        let too_large = |_| PyValueError::new_err(format!("{name}={}: the number is too large", shown(value)));
        return value.extract().map(Value::Number).map_err(too_large);
    }
    if let Ok(table) = value.cast::<PyMapping>() {
        return translation(name, table).map(Value::Map);
    }
    let collection = value.is_instance_of::<PySet>()
        || value.is_instance_of::<PyFrozenSet>()
        || value.is_instance_of::<PyList>()
        || value.is_instance_of::<PyTuple>();
    if collection {
        let mut names = errors::names(name, Some(value))?;
        names.sort();
        names.dedup();
        return Ok(Value::Set(names));
    }
    Err(PyValueError::new_err(format!(
        "{name}={}: expected a str, an int, a set of names or a dict, not {}",
        value.repr()?.to_string_lossy(),
        errors::type_name(value)
    )))
}

/// `threads=`: a whole number of at least one, however large.
#[derive(Clone, Copy)]
pub struct Threads(pub usize);

impl<'py> FromPyObject<'_, 'py> for Threads {
    type Error = PyErr;

    fn extract(value: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if !value.is_instance_of::<PyInt>() || value.is_instance_of::<PyBool>() {
            let name = errors::type_name(&value);
            return Err(PyTypeError::new_err(format!("expected a whole number or None, not {name}")));
        }
        if value.lt(1)? {
            return Err(PyValueError::new_err(format!(
                "threads={}: expected a whole number of at least 1, or None for one a core (fewer by NAQI_NUM_THREADS)",
                shown(&value)
            )));
        }
        Ok(Self(value.extract().unwrap_or(usize::MAX)))
    }
}

/// An offset into a text.
pub fn offset(name: &str, value: &Bound<'_, PyAny>) -> PyResult<usize> {
    let wrong = |_| PyValueError::new_err(format!("{name}={}: expected an offset, 0 or more", shown(value)));
    let number = value.cast::<PyInt>().map_err(|_| {
        PyTypeError::new_err(format!("{name}= is of type {}, expected an int", errors::type_name(value)))
    })?;
    number.extract().map_err(wrong)
}

/// What `str.translate` takes, with the same meaning; and as in `str.maketrans`, a key may be a character.
fn translation(name: &str, table: &Bound<'_, PyMapping>) -> PyResult<Vec<(u32, Vec<u32>)>> {
    let wrong = |what: &str, value: &Bound<'_, PyAny>| {
        PyValueError::new_err(format!("{name}=: {what} {} is not what str.translate takes", shown(value)))
    };
    let items = table.items()?;
    let mut entries: Vec<(u32, Vec<u32>)> = Vec::with_capacity(items.len());
    for item in items {
        let (key, value): (Bound<'_, PyAny>, Bound<'_, PyAny>) = item.extract()?;
        let from = match code_points(&key) {
            Some(points) if points.len() == 1 => points[0],
            _ => return Err(wrong("the key", &key)),
        };
        let to =
            if value.is_none() { Vec::new() } else { code_points(&value).ok_or_else(|| wrong("the value", &value))? };
        entries.push((from, to));
    }
    entries.sort();
    if let Some(twice) = entries.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        return Err(PyValueError::new_err(format!("{name}=: U+{:04X} has two values", twice[0].0)));
    }
    Ok(entries)
}

fn shown(value: &Bound<'_, PyAny>) -> String {
    value.repr().map_or_else(|_| errors::type_name(value), |repr| repr.to_string_lossy().into_owned())
}

/// A code point, or the code points of a string.
fn code_points(value: &Bound<'_, PyAny>) -> Option<Vec<u32>> {
    if let Ok(text) = value.cast::<PyString>() {
        let held = super::str::Held::new(text).ok()?;
        return Some(
            super::str::on_view!(held.view(), text => text.0.iter().map(|unit| crate::text::Unit::get(*unit)).collect()),
        );
    }
    value.extract::<u32>().ok().filter(|&c| c <= 0x0010_FFFF).map(|c| vec![c])
}

/// The options that differ from their preset, as keyword arguments.
pub fn options_dict<'py>(py: Python<'py>, options: &Options) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    for (name, value) in options.items() {
        match value {
            Value::Word(word) => dict.set_item(name, word)?,
            Value::Number(number) => dict.set_item(name, number)?,
            Value::Set(names) => dict.set_item(name, PySet::new(py, names)?)?,
            Value::Map(entries) => {
                let table = PyDict::new(py);
                for (from, to) in entries {
                    let to = super::str::from_units(py, &to)?;
                    table.set_item(from, if to.len()? == 0 { py.None().into_bound(py) } else { to.into_any() })?;
                }
                dict.set_item(name, table)?;
            }
        }
    }
    Ok(dict)
}

/// Compiled options; those used last are kept, so that a call a word costs no compiling.
pub fn plan(options: &Options) -> Arc<Plan> {
    const KEPT: usize = 16;
    static PLANS: Mutex<Vec<(Options, Arc<Plan>)>> = Mutex::new(Vec::new());
    let mut plans = PLANS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(at) = plans.iter().position(|(known, _)| known == options) {
        plans[..=at].rotate_right(1);
        return Arc::clone(&plans[0].1);
    }
    let plan = Arc::new(Plan::new(options));
    plans.truncate(KEPT - 1);
    plans.insert(0, (options.clone(), Arc::clone(&plan)));
    plan
}

/// The options behind `normalize=`: a preset, a `Normalizer` or None.
pub fn normalizer(value: Option<&Bound<'_, PyAny>>) -> PyResult<Option<Options>> {
    let Some(value) = value else { return Ok(None) };
    if let Ok(preset) = value.cast::<PyString>() {
        let name = preset.to_string_lossy();
        let unknown = |_| OptionError(suggest::unknown_value("normalize", &name, &PRESETS));
        return Ok(Some(Options::preset(&name).map_err(unknown)?));
    }
    match value.cast::<Normalizer>() {
        Ok(normalizer) => Ok(Some(normalizer.get().checked().clone())),
        Err(_) => Err(PyTypeError::new_err(format!(
            "normalize= is of type {}, expected the name of a preset, a Normalizer or None",
            errors::type_name(value)
        ))),
    }
}

/// A category by its name.
pub fn category(option: &str, name: &str) -> PyResult<Category> {
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

fn choose<T: Copy>(option: &str, name: &str, choices: &[(&'static str, T)]) -> PyResult<T> {
    if let Some((_, value)) = choices.iter().find(|(choice, _)| *choice == name) {
        return Ok(*value);
    }
    let names: Vec<&str> = choices.iter().map(|(choice, _)| *choice).collect();
    Err(OptionError(suggest::unknown_value(option, name, &names)).into())
}

/// What is behind `templates=`.
pub fn templates(value: Option<&Bound<'_, PyAny>>) -> PyResult<Option<Arc<boilerplate::Templates>>> {
    let Some(value) = value else { return Ok(None) };
    match value.cast::<Templates>() {
        Ok(templates) => Ok(Some(templates.get().shared())),
        Err(_) => Err(PyTypeError::new_err(format!(
            "templates= is of type {}, expected naqi.Templates or None; Templates.load(path) reads a file of them",
            errors::type_name(value)
        ))),
    }
}

/// A formula file of the user's, as it was when it was read.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct RulesFile {
    pub path: String,
    pub content: String,
}

impl RulesFile {
    /// Reads the file at `path` (`str` or `os.PathLike`) as UTF-8.
    pub fn read(path: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = path.py();
        // First of all: `open` would take a number too, and read and close that file descriptor.
        let path = py.import("os")?.getattr("fspath")?.call1((path,))?.extract::<String>()?;
        let options = [("encoding", "utf-8")].into_py_dict(py)?;
        let file = py.import("io")?.getattr("open")?.call((&path,), Some(&options))?;
        let content = file.call_method0("read").and_then(|content| content.extract());
        file.call_method0("close")?;
        Ok(Self { path, content: content? })
    }
}

/// The rules without `disable` and with the user's own.
pub fn rules(disable: &[String], own: Option<&RulesFile>) -> PyResult<SharedRules> {
    if disable.is_empty() && own.is_none() {
        return Ok(SharedRules::Standard(Rules::standard()));
    }
    let disable: Vec<&str> = disable.iter().map(String::as_str).collect();
    let rules = Rules::custom(&disable, own.map(|file| file.content.as_str()))?;
    Ok(SharedRules::Custom(Arc::new(rules)))
}
