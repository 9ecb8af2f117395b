//! Writes a text as one byte a character, through a table of the Basic Multilingual Plane, where that needs no thought.
//!
//! In the table 0 is a character of which nothing is left and 1 is one that needs thought; every other byte is written,
//! a space behind a space left out. What the kernels do not take is the caller's, character by character.
#[cfg(target_arch = "x86_64")]
mod avx512;

use super::level::Level;

/// The table: a byte for every code point of the plane.
pub type Plane = [u8; 0x1_0000];
/// In the table: nothing is left of it.
pub const GONE: u8 = 0;
/// In the table: it needs thought.
pub const SPECIAL: u8 = 1;

/// What stands before a run, and what the run showed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// Units read.
    pub read: usize,
    /// Bytes written.
    pub written: usize,
    /// The last byte written is a space.
    pub after_space: bool,
    /// The last unit read is a space.
    pub behind_space: bool,
    /// Some unit of which nothing is left stands behind a space.
    pub gone_behind_space: bool,
    /// How many spaces were left out.
    pub left_out: usize,
}

/// Whether the machine has a kernel.
#[must_use]
pub fn is_available() -> bool {
    cfg!(target_arch = "x86_64") && Level::current() == Level::Avx512
}

/// Room that a run needs in `out` beyond what it writes.
pub const SLACK: usize = 64;

/// Folds `units` from `run.read` on into `out` from `run.written` on, up to a unit that needs thought. Without a kernel
/// or without room for the units and [`SLACK`] nothing is read.
#[allow(unsafe_code)] // a call behind a feature test
pub fn run(plane: &Plane, units: &[u16], out: &mut [u8], run: &mut Run) {
    #[cfg(target_arch = "x86_64")]
    if is_available() {
        // SAFETY: the level is never above what the machine has.
        unsafe { avx512::run(plane, units, out, run) };
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = (plane, units, out, run);
}
