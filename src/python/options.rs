//! The options of `normalize`, read from keyword arguments, written back as such, and compiled.

use super::errors;
use super::str;
use crate::normalize::{Options, Plan, Value};
use crate::text::Unit;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFrozenSet, PyInt, PyList, PyMapping, PySet, PyString, PyTuple};
use std::sync::{Arc, Mutex, PoisonError};

/// The options of a preset, changed by keyword arguments.
pub fn read(preset: &str, changes: Option<&Bound<'_, PyDict>>) -> PyResult<Options> {
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
        let too_large = |_| PyValueError::new_err(format!("{name}={}: the number is too large", errors::shown(value)));
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
    Err(PyValueError::new_err(unusable(name, value)))
}

/// Says what the option takes: in the words that it has for a name that it does not know.
fn unusable(name: &str, value: &Bound<'_, PyAny>) -> String {
    let shown = errors::shown(value);
    match Options::default().set(name, &Value::Word(shown.clone())) {
        Err(error) => error.0.replacen(&format!("{name}='{shown}'"), &format!("{name}={shown}"), 1),
        Ok(()) => format!("{name}={shown}: expected a str, not {}", errors::type_name(value)),
    }
}

/// What `str.translate` takes, with the same meaning; and as in `str.maketrans`, a key may be a character.
fn translation(name: &str, table: &Bound<'_, PyMapping>) -> PyResult<Vec<(u32, Vec<u32>)>> {
    let wrong = |what: &str, value: &Bound<'_, PyAny>| {
        PyValueError::new_err(format!(
            "{name}=: {what} {} is not what str.translate takes, such as {{'ک': 'ك'}}",
            errors::shown(value)
        ))
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

/// A code point, or the code points of a string.
fn code_points(value: &Bound<'_, PyAny>) -> Option<Vec<u32>> {
    if let Ok(text) = value.cast::<PyString>() {
        let held = str::Held::new(text).ok()?;
        return Some(str::on_view!(held.view(), text => text.0.iter().map(|unit| Unit::get(*unit)).collect()));
    }
    value.extract::<u32>().ok().filter(|&c| c <= 0x0010_FFFF).map(|c| vec![c])
}

/// The options that differ from their preset, as keyword arguments.
pub fn to_dict<'py>(py: Python<'py>, options: &Options) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    for (name, value) in options.items() {
        match value {
            Value::Word(word) => dict.set_item(name, word)?,
            Value::Number(number) => dict.set_item(name, number)?,
            Value::Set(names) => dict.set_item(name, PySet::new(py, names)?)?,
            Value::Map(entries) => {
                let table = PyDict::new(py);
                for (from, to) in entries {
                    let to = str::from_units(py, &to)?;
                    table.set_item(from, if to.len()? == 0 { py.None().into_bound(py) } else { to.into_any() })?;
                }
                dict.set_item(name, table)?;
            }
        }
    }
    Ok(dict)
}

/// Compiled options; those used last are kept, so that a call a word costs no compiling.
pub fn compiled(options: &Options) -> Arc<Plan> {
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
