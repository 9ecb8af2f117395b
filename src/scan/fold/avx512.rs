//! The kernel with AVX-512: 64 units a block. The low bytes of the units look their bytes up in registers that hold the
//! rows 00, 06 and 20 of the table; what is left out is squeezed out by `vpcompressb`.
#![allow(unsafe_code)] // loads and stores of a whole vector where the memory is checked to be there
use std::arch::x86_64::*;

use super::{Plane, Run, SLACK, SPECIAL};

/// Units in a block.
const BLOCK: usize = 64;

/// A row of the table.
type Row = [__m512i; 4];

#[inline]
#[target_feature(enable = "avx512f")]
fn row(plane: &Plane, from: usize) -> Row {
    std::array::from_fn(|i| {
        let row = &plane[from + 64 * i..][..64];
        // SAFETY: 64 bytes.
        unsafe { _mm512_loadu_si512(row.as_ptr().cast()) }
    })
}

/// Looks bytes up in a row; `upper`: those from 80 on.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
fn pick(row: &Row, bytes: __m512i, upper: u64) -> __m512i {
    let lower = _mm512_permutex2var_epi8(row[0], bytes, row[1]);
    _mm512_mask_mov_epi8(lower, upper, _mm512_permutex2var_epi8(row[2], bytes, row[3]))
}

/// The places of every second byte of two vectors.
#[inline]
#[target_feature(enable = "avx512f")]
fn every_second(from: u8) -> __m512i {
    let places: [u8; 64] = std::array::from_fn(|i| 2 * i as u8 + from);
    // SAFETY: 64 bytes.
    unsafe { _mm512_loadu_si512(places.as_ptr().cast()) }
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
        let special = _mm512_cmpeq_epi8_mask(codes, _mm512_set1_epi8(SPECIAL as i8));
        let taken = ((!known | special) & there).trailing_zeros().min(n as u32) as usize;
        if taken == 0 {
            return;
        }
        let valid = lowest(taken);
        let is_space = |bytes: __m512i| _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(0x20));
        let mut spaces = is_space(codes) & valid;
        let gone = _mm512_testn_epi8_mask(codes, codes) & valid;
        let behind = spaces << 1 | u64::from(run.behind_space);
        run.behind_space = spaces >> (taken - 1) & 1 != 0;
        let mut kept = taken;
        if gone != 0 {
            run.gone_behind_space |= gone & behind != 0;
            codes = _mm512_maskz_compress_epi8(valid & !gone, codes);
            kept = (valid & !gone).count_ones() as usize;
            spaces = is_space(codes) & lowest(kept);
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
        // SAFETY: there is room for 64 bytes, see the loop's condition.
        unsafe { _mm512_storeu_si512(out[run.written..].as_mut_ptr().cast(), codes) };
        run.written += kept;
        run.read += taken;
        if taken < n {
            return;
        }
    }
}
