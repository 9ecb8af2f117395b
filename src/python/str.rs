//! Python strings: their buffers read in place, new ones made from units.
//!
//! A `str` never changes, so its buffer can be read while the interpreter is released, as long as somebody holds the
//! object: [`Held`] does. Nothing is encoded on the way in, so surrogates and NUL are code points like any other.
#![allow(unsafe_code)]

use crate::text::{Span, Unit, UnitBuf, Units};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyString;
use pyo3::types::string::PyStringData;
use std::ffi::c_int;

/// A unit that Python stores strings in.
pub trait Kind: Unit {
    /// `PyUnicode_1BYTE_KIND` and its kin: the size of a unit in bytes.
    const KIND: c_int = size_of::<Self>() as c_int;

    /// The buffer with its kind remembered.
    fn buf(units: Vec<Self>) -> UnitBuf;
}

impl Kind for u8 {
    fn buf(units: Vec<u8>) -> UnitBuf {
        UnitBuf::Latin1(units)
    }
}

impl Kind for u16 {
    fn buf(units: Vec<u16>) -> UnitBuf {
        UnitBuf::Ucs2(units)
    }
}

impl Kind for u32 {
    fn buf(units: Vec<u32>) -> UnitBuf {
        UnitBuf::Ucs4(units)
    }
}

/// The text of a Python string in the width that it has.
#[derive(Clone, Copy)]
pub enum View<'a> {
    Latin1(Units<'a, u8>),
    Ucs2(Units<'a, u16>),
    Ucs4(Units<'a, u32>),
}

/// Runs one generic expression on whichever width a [`View`] has.
macro_rules! on_view {
    ($view:expr, $text:ident => $run:expr) => {
        match $view {
            $crate::python::str::View::Latin1($text) => $run,
            $crate::python::str::View::Ucs2($text) => $run,
            $crate::python::str::View::Ucs4($text) => $run,
        }
    };
}
pub(crate) use on_view;

/// A string that is held, so that its text may be read on any thread with the interpreter released.
pub struct Held {
    view: View<'static>,
    object: Py<PyString>,
}

impl Held {
    /// Takes a strong reference and the place of the text.
    pub fn new(string: &Bound<'_, PyString>) -> PyResult<Self> {
        Self::taking(string.clone())
    }

    /// Takes this reference and the place of the text.
    pub fn taking(string: Bound<'_, PyString>) -> PyResult<Self> {
        // SAFETY: the buffer belongs to the string, never moves and never changes; `object` keeps the string alive for
        // as long as this value lives, and `view()` ties what it lends to this value's own lifetime.
        let view = unsafe {
            match string.data()? {
                PyStringData::Ucs1(units) => View::Latin1(Units(forever(units))),
                PyStringData::Ucs2(units) => View::Ucs2(Units(forever(units))),
                PyStringData::Ucs4(units) => View::Ucs4(Units(forever(units))),
            }
        };
        Ok(Self { view, object: string.unbind() })
    }

    /// Its text.
    pub fn view(&self) -> View<'_> {
        self.view
    }

    /// The string itself.
    pub fn object(&self) -> &Py<PyString> {
        &self.object
    }

    /// The string as exactly a `str`: itself, or a copy where it is of a subclass.
    pub fn into_exact(self, py: Python<'_>) -> PyResult<Bound<'_, PyString>> {
        let object = self.object.bind(py);
        if object.is_exact_instance_of::<PyString>() {
            return Ok(self.object.into_bound(py));
        }
        on_view!(self.view, text => from_units(py, text.0))
    }

    /// How many code points it has.
    pub fn len(&self) -> usize {
        on_view!(self.view, text => text.0.len())
    }
}

/// Frees a slice of its lifetime.
///
/// # Safety
/// The caller keeps the memory alive and unchanged for as long as the result is used.
unsafe fn forever<T>(slice: &[T]) -> &'static [T] {
    // SAFETY: the same memory; the caller's promise.
    unsafe { std::slice::from_raw_parts(slice.as_ptr(), slice.len()) }
}

/// A new string of these units, in the narrowest storage that holds them (as Python compares and hashes by it).
pub fn from_units<'py, U: Kind>(py: Python<'py>, units: &[U]) -> PyResult<Bound<'py, PyString>> {
    // SAFETY: `units` is readable for its length, and its unit has the size that `KIND` says; the function copies.
    unsafe {
        let length = units.len() as ffi::Py_ssize_t;
        let object = ffi::PyUnicode_FromKindAndData(U::KIND, units.as_ptr().cast(), length);
        Ok(Bound::from_owned_ptr_or_err(py, object)?.cast_into_unchecked())
    }
}

/// A new string of 2-byte units, of which `width` is below 0x100 exactly where all of them are.
pub fn from_wide<'py>(py: Python<'py>, units: &[u16], width: u32) -> PyResult<Bound<'py, PyString>> {
    if width < 0x100 {
        // Python stores these in one byte a unit, and compares and hashes by that.
        return from_units(py, units);
    }
    // SAFETY: the new string has 2-byte units by its largest code point, so its data is memory for as many of them as
    // were asked for, aligned for them, and nobody else has seen it yet.
    unsafe {
        let length = units.len() as ffi::Py_ssize_t;
        let object = Bound::from_owned_ptr_or_err(py, ffi::PyUnicode_New(length, 0xFFFF))?;
        let data = ffi::PyUnicode_DATA(object.as_ptr()).cast::<u16>();
        std::ptr::copy_nonoverlapping(units.as_ptr(), data, units.len());
        Ok(object.cast_into_unchecked())
    }
}

/// A new string of 2-byte units, one of which is above FF: a new reference, or null with an error set.
pub fn wide(units: &[u16]) -> *mut ffi::PyObject {
    // SAFETY: the new string has 2-byte units by its largest code point, so its data is memory for as many of them as
    // `units` has; nobody else has seen it.
    unsafe {
        let object = ffi::PyUnicode_New(units.len() as ffi::Py_ssize_t, 0xFFFF);
        if !object.is_null() {
            let room = ffi::PyUnicode_DATA(object).cast::<u16>();
            std::ptr::copy_nonoverlapping(units.as_ptr(), room, units.len());
        }
        object
    }
}

/// A new string of a buffer.
pub fn from_buf<'py>(py: Python<'py>, buf: &UnitBuf) -> PyResult<Bound<'py, PyString>> {
    match buf {
        UnitBuf::Latin1(units) => from_units(py, units),
        UnitBuf::Ucs2(units) => from_units(py, units),
        UnitBuf::Ucs4(units) => from_units(py, units),
    }
}

/// The part of a string in `span` (code points); the string itself where that is all of it.
pub fn slice<'py>(string: &Bound<'py, PyString>, span: Span) -> PyResult<Bound<'py, PyString>> {
    // SAFETY: both offsets come from a room that read this string, so they lie within it.
    unsafe {
        let (start, end) = (span.start as ffi::Py_ssize_t, span.end as ffi::Py_ssize_t);
        let object = ffi::PyUnicode_Substring(string.as_ptr(), start, end);
        Ok(Bound::from_owned_ptr_or_err(string.py(), object)?.cast_into_unchecked())
    }
}

/// The string as exactly a `str`: itself, or a copy where it is of a subclass.
pub fn exact<'py>(string: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyString>> {
    Held::new(string)?.into_exact(string.py())
}
