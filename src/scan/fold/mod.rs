//! Writes a text as one byte a character, through a table of the Basic Multilingual Plane, where that needs no thought.
//!
//! In the table 0 is a character of which nothing is left and 1 is one that needs thought; every other byte is written,
//! a space behind a space left out. What the kernels do not take is the caller's, character by character.
#[cfg(target_arch = "x86_64")]
mod avx2;
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
#[inline]
pub fn run<T: Text>(plane: &Plane, text: T, end: usize, out: &mut [u8], run: &mut Run) {
    run_at(Level::current(), plane, text, end, out, run);
}

/// The same at a level, which must not be above what the machine has.
#[allow(unsafe_code)] // calls behind a feature test
#[inline(always)]
fn run_at<T: Text>(level: Level, plane: &Plane, text: T, end: usize, out: &mut [u8], run: &mut Run) {
    debug_assert!(level <= Level::best());
    #[cfg(target_arch = "x86_64")]
    match (text.storage(), level) {
        // SAFETY: the level is never above what the machine has.
        (Storage::Ucs2(units), Level::Avx512) => return unsafe { avx512::run(plane, &units[..end], out, run) },
        // SAFETY: as above.
        (Storage::Utf8(bytes), Level::Avx512) => return unsafe { avx512::run_utf8(plane, &bytes[..end], out, run) },
        // SAFETY: as above.
        (Storage::Ucs2(units), Level::Avx2) => return unsafe { avx2::run(plane, &units[..end], out, run) },
        // SAFETY: as above.
        (Storage::Utf8(bytes), Level::Avx2) => return unsafe { avx2::run_utf8(plane, bytes, end, out, run) },
        _ => {}
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Units;

    /// Folds with the kernel of a level, and character by character what it does not take.
    fn folded<T: Text>(level: Level, plane: &Plane, text: T) -> (Vec<u8>, Run) {
        let mut out = vec![0; text.len() + SLACK];
        let mut run = Run::default();
        while run.read < text.len() {
            let before = run.read;
            run_at(level, plane, text, text.len(), &mut out, &mut run);
            if run.read == before {
                portable(plane, text, text.decode(before).1, &mut out, &mut run);
            }
        }
        out.truncate(run.written);
        (out, run)
    }

    #[test]
    fn every_level_folds_alike_whatever_the_storage() {
        let code = |c: usize| [GONE, b' ', b'x'].get(c % 23).copied().unwrap_or((c % 200) as u8 + 3);
        let plane: Box<Plane> = (0..0x1_0000).map(code).collect::<Vec<u8>>().try_into().unwrap();
        let mut seed = 7_u32;
        let mut next = move || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            seed >> 16
        };
        for len in 0..300 {
            let units: Vec<u16> = (0..len)
                .map(|_| {
                    let (pick, low) = (next() % 40, next() as u16 & 0xFF);
                    [low | 0x600, low, low & 0x7F, low | 0x2000, low | 0x4E00, 0x17]
                        .get(pick as usize)
                        .copied()
                        .unwrap_or(0x620 | low & 0x1F)
                })
                .collect();
            let string = String::from_utf16_lossy(&units);
            let (want, seen) = folded(Level::Scalar, &plane, Units(&units[..]));
            let (same, of_utf8) = folded(Level::Scalar, &plane, &string[..]);
            assert_eq!(same, want);
            for level in [Level::Avx2, Level::Avx512].into_iter().filter(|&level| level <= Level::best()) {
                assert_eq!(folded(level, &plane, Units(&units[..])), (want.clone(), seen), "{level:?} {units:x?}");
                assert_eq!(folded(level, &plane, &string[..]), (want.clone(), of_utf8), "{level:?} {units:x?}");
            }
        }
    }
}
