//! Kernels that write a text while they change what needs no context, and stop where something does.
//!
//! [`Actions`] says what is to be done with each code point. A kernel takes the longest prefix of a text in which
//! every code point is copied, replaced by one other, or dropped; what it stops at is the caller's to decide. One
//! promise, a kernel for each instruction set, and for each the same tests: `scalar` is what the others must equal.
//! `NAQI_SIMD=scalar|avx2|avx512` forces one. The kernels write into memory that need not be initialised ([`Out`]);
//! that is why this room may hold `unsafe` code.
#![allow(unsafe_code)] // each use has its reason beside it

mod actions;
mod out;
mod scalar;

pub use actions::{Action, Actions};
pub use out::Out;

use crate::text::Unit;

/// Writes the longest prefix of `text` whose code points are copied, replaced or dropped, and gives its length in
/// units. It ends early where `out` is full.
pub fn write<U: Unit, W: Unit>(actions: &Actions, text: &[U], out: &mut Out<'_, W>) -> usize {
    scalar::write(actions, text, out)
}

/// The length in units of the longest prefix of `text` whose code points are all copied.
#[must_use]
pub fn unchanged<U: Unit>(actions: &Actions, text: &[U]) -> usize {
    scalar::unchanged(actions, text)
}

/// [`write`] for UTF-8; the length is in bytes, and ends at a boundary of code points.
pub fn write_utf8(actions: &Actions, text: &str, out: &mut Out<'_, u8>) -> usize {
    scalar::write_utf8(actions, text, out)
}

/// [`unchanged`] for UTF-8; the length is in bytes, and ends at a boundary of code points.
#[must_use]
pub fn unchanged_utf8(actions: &Actions, text: &str) -> usize {
    scalar::unchanged_utf8(actions, text)
}
