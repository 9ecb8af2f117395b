//! The kernels with AVX2: 32 units a block. The rows of 16 of the table that news is made of stand in registers; a code
//! point of another row is left to the caller. What is left out is squeezed out eight bytes at a time, by a table.
#![allow(unsafe_code)] // loads and stores of a whole vector where the memory is checked to be there
use std::arch::x86_64::*;

use super::{GONE, Plane, Run, SLACK, SPECIAL};

/// Units in a block.
const BLOCK: usize = 32;

/// The rows: U+0020 to U+007F, U+00A0 to U+00BF, U+0600 to U+066F, U+2000 to U+202F.
struct Rows {
    ascii: [__m256i; 6],
    latin: [__m256i; 2],
    arabic: [__m256i; 7],
    signs: [__m256i; 3],
}

/// Where the code points of a block stand, by their page; each at its first unit.
#[derive(Clone, Copy)]
struct Pages {
    latin: __m256i,
    arabic: __m256i,
    signs: __m256i,
}

#[inline]
#[target_feature(enable = "avx2")]
fn row(plane: &Plane, from: usize) -> __m256i {
    let row = &plane[from..][..16];
    // SAFETY: 16 bytes.
    _mm256_broadcastsi128_si256(unsafe { _mm_loadu_si128(row.as_ptr().cast()) })
}

macro_rules! rows {
    ($plane:expr, $($from:literal)*) => { [$(row($plane, $from)),*] };
}

#[inline]
#[target_feature(enable = "avx2")]
fn byte(byte: u8) -> __m256i {
    _mm256_set1_epi8(byte.cast_signed())
}

#[inline]
#[target_feature(enable = "avx2")]
fn mask(bytes: __m256i) -> u32 {
    _mm256_movemask_epi8(bytes).cast_unsigned()
}

/// The places of a byte.
#[inline]
#[target_feature(enable = "avx2")]
fn is(bytes: __m256i, wanted: u8) -> __m256i {
    _mm256_cmpeq_epi8(bytes, byte(wanted))
}

/// The places of the bytes whose `bits` are those of `top`.
#[inline]
#[target_feature(enable = "avx2")]
fn begins(bytes: __m256i, bits: u8, top: u8) -> __m256i {
    is(_mm256_and_si256(bytes, byte(bits)), top)
}

/// The last two bits of one byte and the last six of the next.
#[inline]
#[target_feature(enable = "avx2")]
fn joined(one: __m256i, next: __m256i) -> __m256i {
    let top = _mm256_and_si256(_mm256_slli_epi16::<6>(one), byte(0xC0));
    _mm256_or_si256(top, _mm256_and_si256(next, byte(0x3F)))
}

/// The bytes of units below 0x100.
#[inline]
#[target_feature(enable = "avx2")]
fn side_by_side(first: __m256i, second: __m256i) -> __m256i {
    _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_packus_epi16(first, second))
}

/// Looks the low bytes of some code points up in rows, the first of which is that of the high half `first`.
macro_rules! look_up {
    ($rows:expr, $first:literal, $low:expr, $high:expr, $codes:expr) => {
        for (i, &row) in $rows.iter().enumerate() {
            let here = is($high, $first + i as u8);
            $codes = _mm256_or_si256($codes, _mm256_and_si256(_mm256_shuffle_epi8(row, $low), here));
        }
    };
}

impl Rows {
    #[inline]
    #[target_feature(enable = "avx2")]
    fn new(plane: &Plane) -> Self {
        Self {
            ascii: rows!(plane, 0x20 0x30 0x40 0x50 0x60 0x70),
            latin: rows!(plane, 0xA0 0xB0),
            arabic: rows!(plane, 0x600 0x610 0x620 0x630 0x640 0x650 0x660),
            signs: rows!(plane, 0x2000 0x2010 0x2020),
        }
    }

    /// What becomes of the code points of these low bytes, and which of them are in no row.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn codes(&self, bytes: __m256i, pages: Pages) -> (__m256i, u32) {
        let low = _mm256_and_si256(bytes, byte(0x0F));
        let high = _mm256_and_si256(_mm256_srli_epi16::<4>(bytes), byte(0x0F));
        let mut arabic = _mm256_setzero_si256();
        look_up!(self.arabic, 0, low, high, arabic);
        let mut known = _mm256_and_si256(pages.arabic, _mm256_cmpgt_epi8(byte(7), high));
        let mut latin = _mm256_setzero_si256();
        look_up!(self.ascii[..2], 2, low, high, latin);
        let signs_and_digits = begins(high, 0x0E, 0x02);
        known = _mm256_or_si256(known, _mm256_and_si256(pages.latin, signs_and_digits));
        if mask(_mm256_andnot_si256(signs_and_digits, pages.latin)) != 0 {
            look_up!(self.ascii[2..], 4, low, high, latin);
            look_up!(self.latin, 0x0A, low, high, latin);
            let letters = begins(high, 0x0C, 0x04);
            let upper = begins(high, 0x0E, 0x0A);
            known = _mm256_or_si256(known, _mm256_and_si256(pages.latin, _mm256_or_si256(letters, upper)));
        }
        let mut codes = _mm256_or_si256(_mm256_and_si256(arabic, pages.arabic), _mm256_and_si256(latin, pages.latin));
        if mask(pages.signs) != 0 {
            let mut signs = _mm256_setzero_si256();
            look_up!(self.signs, 0, low, high, signs);
            codes = _mm256_or_si256(codes, _mm256_and_si256(signs, pages.signs));
            known = _mm256_or_si256(known, _mm256_and_si256(pages.signs, _mm256_cmpgt_epi8(byte(3), high)));
        }
        (codes, !mask(known))
    }
}

/// The `n` lowest bits.
#[inline]
fn lowest(n: u32) -> u32 {
    if n >= 32 { u32::MAX } else { (1 << n) - 1 }
}

/// By mask: the places of the bytes that stay, in order.
static SQUEEZE: [[u8; 8]; 256] = {
    let mut table = [[0; 8]; 256];
    let mut mask = 0;
    while mask < 256 {
        let (mut place, mut n) = (0_u8, 0);
        while place < 8 {
            if mask >> place & 1 != 0 {
                table[mask][n] = place;
                n += 1;
            }
            place += 1;
        }
        mask += 1;
    }
    table
};

/// Writes the codes that `chars` says are there, at least one, but for what is left out of them.
#[inline]
#[target_feature(enable = "avx2,bmi2,popcnt,lzcnt")]
fn write(codes: __m256i, chars: u32, out: &mut [u8], run: &mut Run) {
    let (spaces, gone) = (mask(is(codes, b' ')) & chars, mask(is(codes, GONE)) & chars);
    let last_is_space = spaces >> chars.ilog2() & 1 != 0;
    let mut kept = chars;
    // A space takes three bytes at most.
    let near = spaces << 1 | spaces << 2 | spaces << 3 | u32::from(run.after_space);
    if gone == 0 && spaces & near == 0 {
        run.after_space = last_is_space;
    } else {
        let (side_by_side, gone) = (_pext_u32(spaces, chars), _pext_u32(gone, chars));
        let behind = side_by_side << 1 | u32::from(run.behind_space);
        run.gone_behind_space |= gone & behind != 0;
        let shown = lowest(chars.count_ones()) & !gone;
        let spaces = _pext_u32(side_by_side, shown);
        let left_out = spaces & (spaces << 1 | u32::from(run.after_space));
        let n = shown.count_ones();
        if n > 0 {
            run.after_space = spaces >> (n - 1) & 1 != 0;
        }
        run.left_out += left_out.count_ones() as usize;
        kept = _pdep_u32(_pdep_u32(!left_out & lowest(n), shown), chars);
    }
    run.behind_space = last_is_space;
    let out = &mut out[run.written..][..SLACK];
    if kept & kept.wrapping_add(1) == 0 {
        // SAFETY: these are 64 bytes.
        unsafe { _mm256_storeu_si256(out.as_mut_ptr().cast(), codes) };
    } else {
        let mut at = 0;
        for (i, eight) in eights(codes).into_iter().enumerate() {
            let kept = (kept >> (8 * i)) as usize & 0xFF;
            let places = i64::from_le_bytes(SQUEEZE[kept]);
            let squeezed = _mm_shuffle_epi8(_mm_cvtsi64_si128(eight), _mm_cvtsi64_si128(places));
            out[at..at + 8].copy_from_slice(&_mm_cvtsi128_si64(squeezed).to_le_bytes());
            at += kept.count_ones() as usize;
        }
    }
    run.written += kept.count_ones() as usize;
}

#[inline]
#[target_feature(enable = "avx2")]
fn eights(bytes: __m256i) -> [i64; 4] {
    let (first, second) = (_mm256_castsi256_si128(bytes), _mm256_extracti128_si256::<1>(bytes));
    [_mm_cvtsi128_si64(first), _mm_extract_epi64::<1>(first), _mm_cvtsi128_si64(second), _mm_extract_epi64::<1>(second)]
}

/// See [`super::run`].
#[target_feature(enable = "avx2,bmi1,bmi2,popcnt,lzcnt")]
pub(super) fn run(plane: &Plane, units: &[u16], out: &mut [u8], run: &mut Run) {
    let rows = Rows::new(plane);
    while run.read < units.len() && run.written + SLACK <= out.len() {
        let rest = &units[run.read..];
        let n = rest.len().min(BLOCK);
        let mut few = [0; BLOCK];
        let block = rest.first_chunk().unwrap_or_else(|| {
            few[..n].copy_from_slice(rest);
            &few
        });
        // SAFETY: 32 units.
        let (first, second) = unsafe {
            (_mm256_loadu_si256(block.as_ptr().cast()), _mm256_loadu_si256(block[BLOCK / 2..].as_ptr().cast()))
        };
        let of_low = _mm256_set1_epi16(0xFF);
        let low = side_by_side(_mm256_and_si256(first, of_low), _mm256_and_si256(second, of_low));
        let high = side_by_side(_mm256_srli_epi16::<8>(first), _mm256_srli_epi16::<8>(second));
        let pages = Pages { latin: is(high, 0x00), arabic: is(high, 0x06), signs: is(high, 0x20) };
        let (codes, unknown) = rows.codes(low, pages);
        let stop = unknown | mask(is(codes, SPECIAL));
        let taken = stop.trailing_zeros().min(n as u32);
        if taken == 0 {
            return;
        }
        write(codes, lowest(taken), out, run);
        run.read += taken as usize;
        if (taken as usize) < n {
            return;
        }
    }
}

/// See [`super::run`]; `bytes` are UTF-8, and `end` is where one of their code points begins.
#[target_feature(enable = "avx2,bmi1,bmi2,popcnt,lzcnt")]
pub(super) fn run_utf8(plane: &Plane, bytes: &[u8], end: usize, out: &mut [u8], run: &mut Run) {
    let rows = Rows::new(plane);
    while run.read < end && run.written + SLACK <= out.len() {
        let n = (end - run.read).min(BLOCK) as u32;
        let rest = &bytes[run.read..];
        let mut few = [0; BLOCK + 2];
        let block: &[u8; BLOCK + 2] = rest.first_chunk().unwrap_or_else(|| {
            let there = rest.len().min(few.len());
            few[..there].copy_from_slice(&rest[..there]);
            &few
        });
        // SAFETY: 32 bytes from each place on.
        let (first, second, third) = unsafe {
            (
                _mm256_loadu_si256(block.as_ptr().cast()),
                _mm256_loadu_si256(block[1..].as_ptr().cast()),
                _mm256_loadu_si256(block[2..].as_ptr().cast()),
            )
        };
        let (follow, ascii) = (begins(first, 0xC0, 0x80), begins(first, 0x80, 0));
        // D8 to DB lead U+0600 to U+06FF; C2 and C3 U+0080 to U+00FF; E2 and 80 to 83 U+2000 to U+20FF.
        let (arabic, latin) = (begins(first, 0xFC, 0xD8), begins(first, 0xFE, 0xC2));
        let signs = _mm256_and_si256(is(first, 0xE2), begins(second, 0xFC, 0x80));
        let mut low = _mm256_blendv_epi8(joined(first, second), first, ascii);
        if mask(signs) != 0 {
            low = _mm256_blendv_epi8(low, joined(second, third), signs);
        }
        let (codes, unknown) = rows.codes(low, Pages { latin: _mm256_or_si256(ascii, latin), arabic, signs });
        // A code point that the block cuts belongs to the next one.
        let cut = mask(_mm256_or_si256(arabic, latin)) & !lowest(n - 1) | mask(signs) & !lowest(n.saturating_sub(2));
        let chars = !mask(follow);
        let stop = (unknown | cut | mask(is(codes, SPECIAL))) & chars;
        let taken = stop.trailing_zeros().min(n);
        if taken == 0 {
            return;
        }
        write(codes, chars & lowest(taken), out, run);
        run.read += taken as usize;
        if taken + 3 < n {
            return;
        }
    }
}
