//! The structures of the interface, as its specification declares them.
#![allow(clippy::struct_field_names)] // the specification's

use std::ffi::{CStr, c_char, c_int, c_void};
use std::ptr;

/// `ArrowSchema::flags`: the codes of a dictionary are in the order of its values.
pub const ORDERED: i64 = 1;
/// `ArrowSchema::flags`: values may be missing.
pub const NULLABLE: i64 = 2;

/// What type an array has.
#[repr(C)]
pub struct Schema {
    pub format: *const c_char,
    pub name: *const c_char,
    pub metadata: *const c_char,
    pub flags: i64,
    pub n_children: i64,
    pub children: *mut *mut Schema,
    pub dictionary: *mut Schema,
    pub release: Option<unsafe extern "C" fn(*mut Schema)>,
    pub private_data: *mut c_void,
}

/// Where the buffers of an array lie.
#[repr(C)]
pub struct Data {
    pub length: i64,
    pub null_count: i64,
    pub offset: i64,
    pub n_buffers: i64,
    pub n_children: i64,
    pub buffers: *mut *const c_void,
    pub children: *mut *mut Data,
    pub dictionary: *mut Data,
    pub release: Option<unsafe extern "C" fn(*mut Data)>,
    pub private_data: *mut c_void,
}

/// Arrays of one type, one after another.
#[repr(C)]
pub struct Stream {
    pub get_schema: Option<unsafe extern "C" fn(*mut Stream, *mut Schema) -> c_int>,
    pub get_next: Option<unsafe extern "C" fn(*mut Stream, *mut Data) -> c_int>,
    pub get_last_error: Option<unsafe extern "C" fn(*mut Stream) -> *const c_char>,
    pub release: Option<unsafe extern "C" fn(*mut Stream)>,
    pub private_data: *mut c_void,
}

/// One of the three: moved by copying it and forgetting the old place's release callback, released by that callback.
pub trait Structure: Sized {
    /// The name of its capsules.
    const NAME: &'static CStr;

    /// The structure that stands for nothing.
    fn released() -> Self;

    /// Whether there is nothing (left) in it.
    fn is_released(&self) -> bool;

    /// Moves it out of memory of somebody else's, which then stands for nothing.
    ///
    /// # Safety
    /// The memory holds such a structure, and nobody uses it at the same time.
    unsafe fn take(from: *mut Self) -> Self {
        // SAFETY: the caller's promise.
        unsafe { ptr::replace(from, Self::released()) }
    }
}

macro_rules! structure {
    ($type:ident, $name:literal, { $($field:ident: $nothing:expr),* }) => {
        impl Structure for $type {
            const NAME: &'static CStr = $name;

            fn released() -> Self {
                Self { $($field: $nothing,)* release: None, private_data: ptr::null_mut() }
            }

            fn is_released(&self) -> bool {
                self.release.is_none()
            }
        }

        impl Drop for $type {
            fn drop(&mut self) {
                if let Some(release) = self.release {
                    // SAFETY: it was not released yet, and the callback is the producer's own.
                    unsafe { release(self) }
                }
            }
        }
    };
}

structure!(Schema, c"arrow_schema", {
    format: ptr::null(), name: ptr::null(), metadata: ptr::null(), flags: 0,
    n_children: 0, children: ptr::null_mut(), dictionary: ptr::null_mut()
});
structure!(Data, c"arrow_array", {
    length: 0, null_count: 0, offset: 0, n_buffers: 0, n_children: 0,
    buffers: ptr::null_mut(), children: ptr::null_mut(), dictionary: ptr::null_mut()
});
structure!(Stream, c"arrow_array_stream", { get_schema: None, get_next: None, get_last_error: None });

// SAFETY: the specification lets a structure be read and released on any thread, one at a time; nothing here changes one
// that is shared.
unsafe impl Send for Data {}
// SAFETY: as above.
unsafe impl Sync for Data {}
// SAFETY: as above.
unsafe impl Send for Schema {}
// SAFETY: as above; a stream is asked on one thread at a time.
unsafe impl Send for Stream {}

impl Schema {
    /// Its format string.
    pub fn format(&self) -> Option<&CStr> {
        // SAFETY: a string of the producer's that ends with NUL and lives as long as the schema.
        (!self.format.is_null()).then(|| unsafe { CStr::from_ptr(self.format) })
    }

    /// The type of a dictionary's values.
    pub fn dictionary(&self) -> Option<&Self> {
        // SAFETY: null, or a structure that lives as long as this one.
        unsafe { self.dictionary.as_ref() }
    }

    /// The name and schema of each child.
    pub fn children(&self) -> impl Iterator<Item = (String, &Self)> {
        let count = if self.children.is_null() { 0 } else { usize::try_from(self.n_children).unwrap_or(0) };
        (0..count).filter_map(|at| {
            // SAFETY: as many pointers as the producer counts, each null or to a structure that lives as long as this one.
            let child = unsafe { (*self.children.add(at)).as_ref()? };
            let name = (!child.name.is_null()).then(|| {
                // SAFETY: as in `format`.
                unsafe { CStr::from_ptr(child.name) }.to_string_lossy().into_owned()
            });
            Some((name.unwrap_or_default(), child))
        })
    }
}
