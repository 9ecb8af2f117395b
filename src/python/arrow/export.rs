//! Columns handed to any library that speaks the interface, as often as it asks; the memory is shared, not copied.

use super::array::{Array, Type};
use super::c::{self, Data, Schema, Stream, Structure};
use super::capsule;
use pyo3::prelude::*;
use std::ffi::{CString, c_char, c_int, c_void};
use std::ptr;
use std::sync::Arc;

/// A column of results in Arrow's memory: pass it to any library that speaks the Arrow PyCapsule interface.
///
/// It comes back for objects that have ``__arrow_c_array__`` and are none of pyarrow's, pandas' or
/// Polars' own, and is read with ``pyarrow.array(column)``, ``polars.Series(column)`` or the like.
#[pyclass(frozen, module = "naqi", weakref)]
pub struct ArrowArray {
    array: Arc<Array>,
}

/// A column of results in chunks, in Arrow's memory: pass it to any library that speaks the Arrow PyCapsule interface.
///
/// It comes back for objects that have ``__arrow_c_stream__`` and are none of pyarrow's, pandas' or
/// Polars' own, and is read with ``pyarrow.chunked_array(column)``, ``polars.Series(column)`` or the like.
#[pyclass(frozen, module = "naqi", weakref)]
pub struct ArrowChunks {
    kind: Type,
    chunks: Vec<Arc<Array>>,
}

impl ArrowArray {
    pub fn new(array: Array) -> Self {
        Self { array: Arc::new(array) }
    }
}

impl ArrowChunks {
    pub fn new(kind: Type, chunks: Vec<Array>) -> Self {
        Self { kind, chunks: chunks.into_iter().map(Arc::new).collect() }
    }
}

#[pymethods]
impl ArrowArray {
    fn __len__(&self) -> usize {
        self.array.len
    }

    fn __repr__(&self) -> String {
        format!("<ArrowArray of {} rows, {} missing>", self.array.len, self.array.missing)
    }

    /// Its type, as a capsule.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        capsule::put(py, schema(&self.array.kind, ""))
    }

    /// Its type and data, as two capsules; a schema that is asked for is not followed, as the interface allows.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyAny>)> {
        let _ = requested_schema;
        Ok((self.__arrow_c_schema__(py)?, capsule::put(py, data(&self.array))?))
    }
}

#[pymethods]
impl ArrowChunks {
    fn __len__(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.len).sum()
    }

    fn __repr__(&self) -> String {
        let missing: usize = self.chunks.iter().map(|chunk| chunk.missing).sum();
        format!("<ArrowChunks of {} rows in {} chunks, {missing} missing>", self.__len__(), self.chunks.len())
    }

    /// Its type, as a capsule.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        capsule::put(py, schema(&self.kind, ""))
    }

    /// Its chunks, as a capsule; a schema that is asked for is not followed, as the interface allows.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let _ = requested_schema;
        let left = Left { kind: self.kind.clone(), chunks: self.chunks.clone().into_iter() };
        let stream = Stream {
            get_schema: Some(get_schema),
            get_next: Some(get_next),
            get_last_error: Some(get_last_error),
            release: Some(release_stream),
            private_data: Box::into_raw(Box::new(left)).cast(),
        };
        capsule::put(py, stream)
    }
}

/// The chunks of a stream that nobody has asked for yet.
struct Left {
    kind: Type,
    chunks: std::vec::IntoIter<Arc<Array>>,
}

unsafe extern "C" fn get_schema(stream: *mut Stream, out: *mut Schema) -> c_int {
    // SAFETY: the consumer passes a stream of ours that is not released, and room for a schema.
    unsafe { out.write(schema(&(*(*stream).private_data.cast::<Left>()).kind, "")) };
    0
}

unsafe extern "C" fn get_next(stream: *mut Stream, out: *mut Data) -> c_int {
    // SAFETY: as above.
    unsafe {
        let left = &mut *(*stream).private_data.cast::<Left>();
        out.write(left.chunks.next().map_or_else(Data::released, |chunk| data(&chunk)));
    }
    0
}

unsafe extern "C" fn get_last_error(_: *mut Stream) -> *const c_char {
    ptr::null()
}

unsafe extern "C" fn release_stream(stream: *mut Stream) {
    // SAFETY: the consumer passes a stream of ours, once.
    unsafe {
        drop(Box::from_raw((*stream).private_data.cast::<Left>()));
        (*stream).release = None;
    }
}

/// What a schema that was handed out refers to.
struct SchemaParts {
    #[allow(dead_code)] // held, never asked
    name: CString,
    children: Vec<*mut Schema>,
    dictionary: *mut Schema,
}

fn schema(kind: &Type, name: &str) -> Schema {
    let dictionary = match kind {
        Type::Dictionary(_, _, layout) => Box::into_raw(Box::new(schema(&Type::Text(*layout), ""))),
        _ => ptr::null_mut(),
    };
    let ordered = if matches!(kind, Type::Dictionary(_, true, _)) { c::ORDERED } else { 0 };
    let children = kind.children().iter().map(|(name, child)| Box::into_raw(Box::new(schema(child, name)))).collect();
    let name = CString::new(name).unwrap_or_default();
    let mut parts = Box::new(SchemaParts { name, children, dictionary });
    Schema {
        format: kind.format().as_ptr(),
        name: parts.name.as_ptr(),
        metadata: ptr::null(),
        flags: c::NULLABLE | ordered,
        n_children: parts.children.len() as i64,
        children: parts.children.as_mut_ptr(),
        dictionary,
        release: Some(release_schema),
        private_data: Box::into_raw(parts).cast(),
    }
}

unsafe extern "C" fn release_schema(schema: *mut Schema) {
    // SAFETY: the consumer passes a schema of ours, once. What it moved out of it is marked as released, and dropping the
    // rest releases it.
    unsafe {
        let parts = Box::from_raw((*schema).private_data.cast::<SchemaParts>());
        release_all(&parts.children, parts.dictionary);
        (*schema).release = None;
    }
}

/// What an array that was handed out refers to.
struct DataParts {
    #[allow(dead_code)] // held, never asked
    array: Arc<Array>,
    #[allow(dead_code)]
    lengths: Vec<i64>,
    buffers: Vec<*const c_void>,
    children: Vec<*mut Data>,
    dictionary: *mut Data,
}

fn data(array: &Arc<Array>) -> Data {
    let valid = array.valid.as_ref().map_or(ptr::null(), |bits| bits.as_ptr().cast());
    let mut buffers = if array.kind == Type::Null { Vec::new() } else { vec![valid] };
    buffers.extend(array.buffers.iter().map(|buffer| buffer.start()));
    let mut lengths = Vec::new();
    if array.kind == Type::Text(super::Layout::View) {
        lengths.extend(array.buffers[1..].iter().map(|buffer| buffer.bytes() as i64));
        buffers.push(lengths.as_ptr().cast());
    }
    let children = array.children.iter().map(|child| Box::into_raw(Box::new(data(child)))).collect();
    let dictionary = array.dictionary.as_ref().map_or(ptr::null_mut(), |values| Box::into_raw(Box::new(data(values))));
    let mut parts = Box::new(DataParts { array: Arc::clone(array), lengths, buffers, children, dictionary });
    Data {
        length: array.len as i64,
        null_count: array.missing as i64,
        offset: 0,
        n_buffers: parts.buffers.len() as i64,
        n_children: parts.children.len() as i64,
        buffers: parts.buffers.as_mut_ptr(),
        children: parts.children.as_mut_ptr(),
        dictionary,
        release: Some(release_data),
        private_data: Box::into_raw(parts).cast(),
    }
}

unsafe extern "C" fn release_data(data: *mut Data) {
    // SAFETY: as in `release_schema`.
    unsafe {
        let parts = Box::from_raw((*data).private_data.cast::<DataParts>());
        release_all(&parts.children, parts.dictionary);
        (*data).release = None;
    }
}

/// Frees structures that `Box::into_raw` gave.
///
/// # Safety
/// Each is used no more; `dictionary` may be null.
unsafe fn release_all<S>(children: &[*mut S], dictionary: *mut S) {
    for &child in children.iter().chain([&dictionary]).filter(|child| !child.is_null()) {
        // SAFETY: the caller's promise.
        drop(unsafe { Box::from_raw(child) });
    }
}
