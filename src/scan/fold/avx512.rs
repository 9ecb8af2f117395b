//! The kernels with AVX-512: 64 units a block. The low bytes of the code points look their bytes up in registers that hold
//! the rows 00, 06 and 20 of the table; what is left out is squeezed out by `vpcompressb`. In UTF-8 the last eight bits of
//! a code point of these rows stand in its last two bytes, so that the byte of it is found where it ends.
#![allow(unsafe_code)] // loads and stores of a whole vector where the memory is checked to be there
use std::arch::x86_64::*;

use super::{GONE, Plane, Run, SLACK, SPECIAL};

/// Units in a block.
const BLOCK: usize = 64;

/// A row of the table.
type Row = [__m512i; 4];

#[inline]
#[target_feature(enable = "avx512f")]
fn row(plane: &Plane, from: usize) -> Row {
    let row = plane[from..][..256].as_ptr();
    // SAFETY: 256 bytes.
    unsafe {
        [
            _mm512_loadu_si512(row.cast()),
            _mm512_loadu_si512(row.add(64).cast()),
            _mm512_loadu_si512(row.add(128).cast()),
            _mm512_loadu_si512(row.add(192).cast()),
        ]
    }
}

/// Looks bytes up in a row; `upper`: those from 80 on.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
fn pick(row: &Row, bytes: __m512i, upper: u64) -> __m512i {
    let lower = _mm512_permutex2var_epi8(row[0], bytes, row[1]);
    _mm512_mask_mov_epi8(lower, upper, _mm512_permutex2var_epi8(row[2], bytes, row[3]))
}

/// The even numbers.
const EVEN: [u8; 64] = {
    let mut even = [0; 64];
    let mut i = 0;
    while i < 64 {
        even[i] = 2 * i as u8;
        i += 1;
    }
    even
};

/// The places of every second byte of two vectors.
#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn every_second(from: i8) -> __m512i {
    // SAFETY: 64 bytes.
    let even = unsafe { _mm512_loadu_si512(EVEN.as_ptr().cast()) };
    _mm512_add_epi8(even, _mm512_set1_epi8(from))
}

/// The `n` lowest bits.
#[inline]
fn lowest(n: usize) -> u64 {
    if n >= 64 { u64::MAX } else { (1 << n) - 1 }
}

/// See [`super::run`].
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2,popcnt,bmi1")]
pub(super) fn run(plane: &Plane, units: &[u16], out: &mut [u8], run: &mut Run) {
    let rows = [row(plane, 0), row(plane, 0x600), row(plane, 0x2000)];
    let (even, odd) = (every_second(0), every_second(1));
    while run.read < units.len() && run.written + SLACK <= out.len() {
        let rest = &units[run.read..];
        let n = rest.len().min(BLOCK);
        let there = lowest(n);
        // SAFETY: only the first `n` units are loaded, and so many are there.
        let (first, second) = unsafe {
            let start = rest.as_ptr().cast::<i16>();
            (
                _mm512_maskz_loadu_epi16(there as u32, start),
                _mm512_maskz_loadu_epi16((there >> 32) as u32, start.wrapping_add(BLOCK / 2)),
            )
        };
        let low = _mm512_permutex2var_epi8(first, even, second);
        let high = _mm512_permutex2var_epi8(first, odd, second);
        let upper = _mm512_movepi8_mask(low);
        let latin = _mm512_testn_epi8_mask(high, high);
        let arabic = _mm512_cmpeq_epi8_mask(high, _mm512_set1_epi8(0x06));
        let mut codes = pick(&rows[1], low, upper);
        codes = _mm512_mask_mov_epi8(codes, latin, pick(&rows[0], low, upper));
        let mut known = latin | arabic;
        if known != u64::MAX {
            let signs = _mm512_cmpeq_epi8_mask(high, _mm512_set1_epi8(0x20));
            codes = _mm512_mask_mov_epi8(codes, signs, pick(&rows[2], low, upper));
            known |= signs;
        }
        let special = is(codes, SPECIAL);
        let taken = ((!known | special) & there).trailing_zeros().min(n as u32) as usize;
        if taken == 0 {
            return;
        }
        write(codes, taken, out, run);
        run.read += taken;
        if taken < n {
            return;
        }
    }
}

/// Writes the first `n` codes of a block, at least one, but for what is left out of them.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi2,popcnt,bmi1")]
fn write(mut codes: __m512i, n: usize, out: &mut [u8], run: &mut Run) {
    let valid = lowest(n);
    let mut spaces = is(codes, b' ') & valid;
    let gone = is(codes, GONE) & valid;
    let behind = spaces << 1 | u64::from(run.behind_space);
    run.behind_space = spaces >> (n - 1) & 1 != 0;
    let mut kept = n;
    if gone != 0 {
        run.gone_behind_space |= gone & behind != 0;
        codes = _mm512_maskz_compress_epi8(valid & !gone, codes);
        kept = (valid & !gone).count_ones() as usize;
        spaces = is(codes, b' ') & lowest(kept);
    }
    let left_out = spaces & (spaces << 1 | u64::from(run.after_space));
    if kept > 0 {
        run.after_space = spaces >> (kept - 1) & 1 != 0;
    }
    if left_out != 0 {
        codes = _mm512_maskz_compress_epi8(lowest(kept) & !left_out, codes);
        let count = left_out.count_ones() as usize;
        kept -= count;
        run.left_out += count;
    }
    // SAFETY: these are 64 bytes.
    unsafe { _mm512_storeu_si512(out[run.written..][..SLACK].as_mut_ptr().cast(), codes) };
    run.written += kept;
}

/// The places of a byte.
#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn is(bytes: __m512i, byte: u8) -> u64 {
    _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(byte.cast_signed()))
}

/// The places of the bytes that begin with the bits `top` of `mask`.
#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn begin(bytes: __m512i, mask: u8, top: u8) -> u64 {
    is(_mm512_and_si512(bytes, _mm512_set1_epi8(mask.cast_signed())), top)
}

/// See [`super::run`]; `bytes` are UTF-8, and so are those from `run.read` on.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2,popcnt,bmi1,lzcnt")]
pub(super) fn run_utf8(plane: &Plane, bytes: &[u8], out: &mut [u8], run: &mut Run) {
    let rows = [row(plane, 0), row(plane, 0x600), row(plane, 0x2000)];
    while run.read < bytes.len() && run.written + SLACK <= out.len() {
        let rest = &bytes[run.read..];
        let n = rest.len().min(BLOCK);
        let there = lowest(n);
        // SAFETY: only bytes that are there are loaded.
        let (block, before) = unsafe {
            let start = rest.as_ptr().cast::<i8>();
            (_mm512_maskz_loadu_epi8(there, start), _mm512_maskz_loadu_epi8(there << 1, start.wrapping_sub(1)))
        };
        let follow = begin(block, 0xC0, 0x80);
        let ascii = !_mm512_movepi8_mask(block) & there;
        // D8 to DB lead U+0600 to U+06FF; C2 and C3 what is left of the row 00; E2 and 80 to 83 the row 20.
        let arabic = begin(block, 0xFC, 0xD8);
        let latin = begin(block, 0xFE, 0xC2);
        let (sign, second) = (is(block, 0xE2), begin(block, 0xFC, 0x80));
        let whole = (arabic | latin) & (follow >> 1) | sign & (second >> 1) & (follow >> 2);
        let unknown = !(ascii | follow | whole) & there;
        // The last two bits of one byte and the last six of the next.
        let top = _mm512_slli_epi16::<6>(before);
        let pair = _mm512_ternarylogic_epi64::<0xCA>(_mm512_set1_epi8(0x3F), block, top);
        let low = _mm512_mask_mov_epi8(block, follow, pair);
        let upper = _mm512_movepi8_mask(low);
        let mut ends = ascii | (arabic | latin) << 1;
        let mut codes = pick(&rows[1], low, upper);
        codes = _mm512_mask_mov_epi8(codes, ascii | latin << 1, pick(&rows[0], low, upper));
        if sign != 0 {
            let signs = (sign << 1 & second) << 1;
            codes = _mm512_mask_mov_epi8(codes, signs, pick(&rows[2], low, upper));
            ends |= signs;
        }
        let stop = unknown | is(codes, SPECIAL) & ends;
        let mut taken = n;
        if stop != 0 {
            // Where the code point begins at which the block ends.
            let until = u64::MAX >> (63 - stop.trailing_zeros());
            taken = 63 - (!follow & there & until).leading_zeros() as usize;
        }
        if taken == 0 {
            return;
        }
        let ends = ends & lowest(taken);
        write(_mm512_maskz_compress_epi8(ends, codes), ends.count_ones() as usize, out, run);
        run.read += taken;
        // A code point that a full block cuts may be known whole.
        if taken + 3 < n {
            return;
        }
    }
}
