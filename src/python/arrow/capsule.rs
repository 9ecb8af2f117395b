//! The structures in Python's capsules: taken out once, or put in and released with the capsule if nobody took them.

use super::c::{Data, Schema, Stream, Structure};
use pyo3::exceptions::PyValueError;
use pyo3::ffi;
use pyo3::prelude::*;

/// Moves the structure out of a capsule.
pub fn take<S: Structure>(capsule: &Bound<'_, PyAny>) -> PyResult<S> {
    let wanted = || S::NAME.to_string_lossy();
    // SAFETY: the function takes any object, and says no for all but valid capsules of that name.
    if unsafe { ffi::PyCapsule_IsValid(capsule.as_ptr(), S::NAME.as_ptr()) } == 0 {
        let problem = format!("expected a capsule named '{}', not {}", wanted(), capsule.repr()?.to_string_lossy());
        return Err(PyValueError::new_err(problem));
    }
    // SAFETY: it is a valid capsule of that name, by which the producer says that its memory is such a structure; only a
    // holder of the interpreter touches it.
    let structure = unsafe {
        let pointer = ffi::PyCapsule_GetPointer(capsule.as_ptr(), S::NAME.as_ptr()).cast::<S>();
        if !pointer.is_aligned() {
            return Err(PyValueError::new_err(format!("the capsule '{}' points between two words", wanted())));
        }
        S::take(pointer)
    };
    if structure.is_released() {
        return Err(PyValueError::new_err(format!(
            "the capsule '{}' is empty: its content was taken before",
            wanted()
        )));
    }
    Ok(structure)
}

/// A capsule that holds a structure until somebody takes it.
pub fn put<S: Structure + Releasable>(py: Python<'_>, structure: S) -> PyResult<Bound<'_, PyAny>> {
    let pointer = Box::into_raw(Box::new(structure));
    // SAFETY: the pointer is not null, the name lives forever, and the destructor frees what the box held.
    unsafe {
        let capsule = ffi::PyCapsule_New(pointer.cast(), S::NAME.as_ptr(), Some(S::DESTROY));
        Bound::from_owned_ptr_or_err(py, capsule).inspect_err(|_| drop(Box::from_raw(pointer)))
    }
}

/// What a capsule can let go of.
pub trait Releasable {
    /// The destructor of its capsules.
    const DESTROY: unsafe extern "C" fn(*mut ffi::PyObject);
}

macro_rules! releasable {
    ($($type:ty),*) => {$(
        impl Releasable for $type {
            const DESTROY: unsafe extern "C" fn(*mut ffi::PyObject) = {
                unsafe extern "C" fn destroy(capsule: *mut ffi::PyObject) {
                    // SAFETY: Python calls it once with a capsule that `put` made; dropping the box releases the
                    // structure unless it was taken.
                    unsafe {
                        let pointer = ffi::PyCapsule_GetPointer(capsule, <$type as Structure>::NAME.as_ptr());
                        if !pointer.is_null() {
                            drop(Box::from_raw(pointer.cast::<$type>()));
                        }
                    }
                }
                destroy
            };
        }
    )*};
}
releasable!(Schema, Data, Stream);
