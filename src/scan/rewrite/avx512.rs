//! The kernels with AVX-512 for 2-byte units: 64 units a block.
//!
//! The low bytes of a block look their codes up in registers that hold the rows 00, 06 and the first half of row 20 of
//! the table; a block with a unit of another row is the scalar kernel's. Dropped units are squeezed out by `vpcompressw`.

use super::{Actions, Out, scalar};
use std::arch::x86_64::*;

/// Units in a block.
const BLOCK: usize = 64;

/// The tables of the actions in registers.
#[derive(Clone, Copy)]
struct Tables {
    latin: [__m512i; 4],
    arabic: [__m512i; 4],
    punctuation: [__m512i; 2],
}

impl Tables {
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2")]
    fn load(actions: &Actions) -> Self {
        #[inline]
        #[target_feature(enable = "avx512f")]
        fn rows<const N: usize>(plane: &[u8; 0x1_0000], from: usize) -> [__m512i; N] {
            std::array::from_fn(|i| {
                let row = &plane[from + 64 * i..][..64];
                // SAFETY: a row is 64 bytes.
                unsafe { _mm512_loadu_si512(row.as_ptr().cast()) }
            })
        }
        let plane = actions.plane();
        Self { latin: rows(plane, 0), arabic: rows(plane, 0x600), punctuation: rows(plane, 0x2000) }
    }
}

/// A block, the codes of its units, and which of the units the tables know.
struct Block {
    low: __m512i,
    high: __m512i,
    codes: __m512i,
    known: u64,
}

impl Block {
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2")]
    fn read(tables: &Tables, low: __m512i, high: __m512i) -> Self {
        let latin = _mm512_testn_epi8_mask(high, high);
        let arabic = _mm512_cmpeq_epi8_mask(high, _mm512_set1_epi8(0x06));
        let upper = _mm512_movepi8_mask(low);
        let [a, b, c, d] = tables.arabic;
        let mut codes = _mm512_permutex2var_epi8(a, low, b);
        codes = _mm512_mask_mov_epi8(codes, upper, _mm512_permutex2var_epi8(c, low, d));
        let [a, b, c, d] = tables.latin;
        codes = _mm512_mask_mov_epi8(codes, latin & !upper, _mm512_permutex2var_epi8(a, low, b));
        codes = _mm512_mask_mov_epi8(codes, latin & upper, _mm512_permutex2var_epi8(c, low, d));
        let mut known = latin | arabic;
        if known != u64::MAX {
            let row = _mm512_cmpeq_epi8_mask(high, _mm512_set1_epi8(0x20)) & !upper;
            let [a, b] = tables.punctuation;
            codes = _mm512_mask_mov_epi8(codes, row, _mm512_permutex2var_epi8(a, low, b));
            known |= row;
        }
        Self { low, high, codes, known }
    }

    /// The units whose code is one of `first..=last`.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn of_codes(&self, first: u8, last: u8) -> u64 {
        let from_first = _mm512_sub_epi8(self.codes, _mm512_set1_epi8(first.cast_signed()));
        _mm512_cmple_epu8_mask(from_first, _mm512_set1_epi8((last - first).cast_signed()))
    }
}

/// The low and the high bytes of 64 units.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
fn bytes(first: __m512i, second: __m512i) -> (__m512i, __m512i) {
    // Bytes 0, 2, 4 … of both registers.
    let even = _mm512_add_epi8(
        _mm512_set_epi8(
            63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41, 40, 39, 38, 37,
            36, 35, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10,
            9, 8, 7, 6, 5, 4, 3, 2, 1, 0,
        ),
        _mm512_set_epi8(
            63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41, 40, 39, 38, 37,
            36, 35, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10,
            9, 8, 7, 6, 5, 4, 3, 2, 1, 0,
        ),
    );
    let odd = _mm512_add_epi8(even, _mm512_set1_epi8(1));
    (_mm512_permutex2var_epi8(first, even, second), _mm512_permutex2var_epi8(first, odd, second))
}

/// See [`super::write`].
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2")]
pub(super) fn write(actions: &Actions, text: &[u16], out: &mut Out<'_, u16>) -> usize {
    let Some([targets_low, targets_high]) = actions.target_bytes() else {
        return scalar::write(actions, text, out);
    };
    let tables = Tables::load(actions);
    let targets = (halves(&targets_low), halves(&targets_high));
    let mut at = 0;
    while let Some(block) = text[at..].first_chunk::<BLOCK>()
        && let Some(room) = out.room_for(BLOCK)
    {
        // SAFETY: a block is 128 bytes.
        let (mut first, mut second) = unsafe {
            let start = block.as_ptr();
            (_mm512_loadu_si512(start.cast()), _mm512_loadu_si512(start.add(BLOCK / 2).cast()))
        };
        let (low, high) = bytes(first, second);
        let read = Block::read(&tables, low, high);
        if read.known != u64::MAX {
            let taken = scalar::write(actions, block, out);
            at += taken;
            if taken < BLOCK {
                return at;
            }
            continue;
        }
        let stops = read.of_codes(Actions::STOPS.0, Actions::STOPS.1);
        let drops = read.of_codes(Actions::DROPS, Actions::DROPS);
        let maps = read.of_codes(Actions::MAPPED, u8::MAX);
        if maps != 0 {
            let target = |[a, b]: [__m512i; 2]| _mm512_permutex2var_epi8(a, read.codes, b);
            let low = _mm512_mask_mov_epi8(read.low, maps, target(targets.0));
            let high = _mm512_mask_mov_epi8(read.high, maps, target(targets.1));
            first = words(_mm512_castsi512_si256(low), _mm512_castsi512_si256(high));
            second = words(_mm512_extracti64x4_epi64::<1>(low), _mm512_extracti64x4_epi64::<1>(high));
        }
        let taken = (stops.trailing_zeros() as usize).min(BLOCK);
        let kept = !drops & if taken == BLOCK { u64::MAX } else { (1 << taken) - 1 };
        let (kept_first, kept_second) = (kept as u32, (kept >> 32) as u32);
        let written_first = kept_first.count_ones() as usize;
        let to = room.as_mut_ptr().cast::<u16>();
        // SAFETY: the room holds 64 units; the first store fills 32 of them from its start, the second 32 from at most
        // the 32nd on. The first `kept` of what is stored are then counted as written.
        unsafe {
            if kept == u64::MAX {
                _mm512_storeu_si512(to.cast(), first);
                _mm512_storeu_si512(to.add(BLOCK / 2).cast(), second);
            } else {
                _mm512_storeu_si512(to.cast(), _mm512_maskz_compress_epi16(kept_first, first));
                _mm512_storeu_si512(to.add(written_first).cast(), _mm512_maskz_compress_epi16(kept_second, second));
            }
            out.advance(kept.count_ones() as usize);
        }
        at += taken;
        if taken < BLOCK {
            return at;
        }
    }
    at + scalar::write(actions, &text[at..], out)
}

/// A table of 128 bytes in two registers.
#[inline]
#[target_feature(enable = "avx512f")]
fn halves(table: &[u8; 128]) -> [__m512i; 2] {
    // SAFETY: the table holds both.
    unsafe {
        let start = table.as_ptr();
        [_mm512_loadu_si512(start.cast()), _mm512_loadu_si512(start.add(64).cast())]
    }
}

/// Words of low and high bytes.
#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn words(low: __m256i, high: __m256i) -> __m512i {
    _mm512_or_si512(_mm512_cvtepu8_epi16(low), _mm512_slli_epi16::<8>(_mm512_cvtepu8_epi16(high)))
}

/// See [`super::unchanged`].
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2")]
pub(super) fn unchanged(actions: &Actions, text: &[u16]) -> usize {
    let mut at = 0;
    // Most texts change early: the tables are worth loading behind the first units only.
    if text.len() >= BLOCK {
        let tables = Tables::load(actions);
        while let Some(block) = text[at..].first_chunk::<BLOCK>() {
            // SAFETY: a block is 128 bytes.
            let (first, second) = unsafe {
                let start = block.as_ptr();
                (_mm512_loadu_si512(start.cast()), _mm512_loadu_si512(start.add(BLOCK / 2).cast()))
            };
            let (low, high) = bytes(first, second);
            let read = Block::read(&tables, low, high);
            let changed = !read.of_codes(0, Actions::COPIED) | !read.known;
            if changed != 0 {
                at += changed.trailing_zeros() as usize;
                // The unit may be of a row that the tables do not hold.
                let rest = scalar::unchanged(actions, &text[at..text.len().min(at + BLOCK)]);
                if rest < BLOCK.min(text.len() - at) {
                    return at + rest;
                }
                at += rest;
            } else {
                at += BLOCK;
            }
        }
    }
    at + scalar::unchanged(actions, &text[at..])
}
