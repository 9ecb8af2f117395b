//! Writes a text as one byte a character, through a table of the Basic Multilingual Plane, where that needs no thought.
//!
//! In the table 0 is a character of which nothing is left and 1 is one that needs thought; every other byte is written,
//! a space behind a space left out. What the kernels do not take is the caller's, character by character.
#[cfg(target_arch = "x86_64")]
mod avx512;

use super::level::Level;
use crate::text::{Storage, Text};

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

/// Room that a run needs in `out` beyond what it writes.
pub const SLACK: usize = 64;

/// Folds `text` from `run.read` up to `end` into `out` from `run.written` on, as far as there is no unit that needs
/// thought, and room for what is read and [`SLACK`].
#[allow(unsafe_code)] // a call behind a feature test
#[inline]
pub fn run<T: Text>(plane: &Plane, text: T, end: usize, out: &mut [u8], run: &mut Run) {
    #[cfg(target_arch = "x86_64")]
    if Level::current() == Level::Avx512 {
        match text.storage() {
            // SAFETY: the level is never above what the machine has.
            Storage::Ucs2(units) => return unsafe { avx512::run(plane, &units[..end], out, run) },
            // SAFETY: as above.
            Storage::Utf8(bytes) => return unsafe { avx512::run_utf8(plane, &bytes[..end], out, run) },
            Storage::Latin1(_) | Storage::Ucs4(_) => {}
        }
    }
    portable(plane, text, end, out, run);
}

/// Characters that the portable kernel reads at a time.
const FEW: usize = 16;

/// The kernel for every machine and storage: some characters are looked up together, and most such groups can be
/// written as they are.
#[allow(clippy::needless_bitwise_bool)] // letters and spaces alternate as no branch predicts
fn portable<T: Text>(plane: &Plane, text: T, end: usize, out: &mut [u8], run: &mut Run) {
    while let Some(room) = out.get_mut(run.written..).and_then(|out| out.first_chunk_mut::<FEW>()) {
        let mut codes = [0; FEW];
        let mut n = 0;
        let mut at = run.read;
        while n < FEW && at < end {
            let (c, next) = text.decode(at);
            let code = plane.get(c as usize).copied().unwrap_or(SPECIAL);
            if code == SPECIAL {
                break;
            }
            codes[n] = code;
            n += 1;
            at = next;
        }
        if n == 0 {
            return;
        }
        run.read = at;
        let mut plain = (codes[0] != b' ') | !run.after_space;
        for pair in codes.windows(2) {
            plain &= !((pair[0] == b' ') & (pair[1] == b' '));
        }
        plain &= !codes.contains(&GONE);
        if plain {
            *room = codes;
            run.written += FEW;
            run.after_space = codes[FEW - 1] == b' ';
            run.behind_space = run.after_space;
            continue;
        }
        let mut written = 0;
        for &code in &codes[..n] {
            let (space, gone) = (code == b' ', code == GONE);
            let left_out = space & run.after_space;
            room[written] = code;
            written += usize::from(!(gone | left_out));
            run.left_out += usize::from(left_out);
            run.gone_behind_space |= gone & run.behind_space;
            run.behind_space = space;
            run.after_space = space | (gone & run.after_space);
        }
        run.written += written;
        if n < FEW {
            return;
        }
    }
}
