//! The kernels with AVX-512 and AVX2. Everything but UTF-8 is widened or narrowed to 16-bit units and tested there; UTF-8
//! is tested byte by byte. What is left at the end of a text is copied into a block of zeros, which are no stops.
#![allow(unsafe_code)] // loads of a whole vector from memory that is checked to be there, and calls behind feature tests
use super::{BLOCK, Found, with_dashes};
use crate::text::Storage;

/// The masks of a block: stops, dashes, spaces.
type Masks = (u64, u64, u64);

/// The first block at or behind `from` with a stop in it, or `None` where the machine has no kernel.
#[inline]
pub(super) fn next_block(storage: Storage<'_>, from: usize) -> Option<Found> {
    if is_x86_feature_detected!("avx512bw") {
        // SAFETY: the feature is there.
        return Some(unsafe { avx512::next_block(storage, from) });
    }
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the feature is there.
        return Some(unsafe { avx2::next_block(storage, from) });
    }
    None
}

/// Walks a text block by block with the masks of one block: a macro, so that the masks are compiled into the loop.
macro_rules! walk {
    ($units:expr, $from:expr, $masks:ident) => {{
        let (units, mut base) = ($units, $from);
        loop {
            let Some(rest) = units.get(base..).filter(|rest| !rest.is_empty()) else { break None };
            let (stops, dashes, spaces) = if let Some(block) = rest.first_chunk::<BLOCK>() {
                $masks(block)
            } else {
                let mut block = [0; BLOCK];
                block[..rest.len()].copy_from_slice(rest);
                $masks(&block)
            };
            let mask = with_dashes(stops, dashes, spaces);
            // behind the end of the text nothing is a stop
            if mask != 0 && (rest.len() >= BLOCK || mask & ((1 << rest.len()) - 1) != 0) {
                break Some((base, mask));
            }
            base += BLOCK;
        }
    }};
}

mod avx512 {
    use super::{BLOCK, Found, Masks, Storage, with_dashes};
    use std::arch::x86_64::*;

    #[target_feature(enable = "avx512bw")]
    pub(super) fn next_block(storage: Storage<'_>, from: usize) -> Found {
        match storage {
            Storage::Latin1(units) => walk!(units, from, latin1),
            Storage::Ucs2(units) => walk!(units, from, ucs2),
            Storage::Ucs4(units) => walk!(units, from, ucs4),
            Storage::Utf8(units) => walk!(units, from, utf8),
        }
    }

    #[inline]
    #[target_feature(enable = "avx512bw")]
    fn latin1(block: &[u8; BLOCK]) -> Masks {
        // SAFETY: a block is 64 bytes.
        let bytes = unsafe { _mm512_loadu_si512(block.as_ptr().cast()) };
        let low = _mm512_cvtepu8_epi16(_mm512_castsi512_si256(bytes));
        let high = _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64::<1>(bytes));
        join(test(low), test(high))
    }

    #[inline]
    #[target_feature(enable = "avx512bw")]
    fn ucs2(block: &[u16; BLOCK]) -> Masks {
        // SAFETY: a block is two vectors of 32 units.
        let (low, high) = unsafe {
            (_mm512_loadu_si512(block.as_ptr().cast()), _mm512_loadu_si512(block.as_ptr().add(BLOCK / 2).cast()))
        };
        join(test(low), test(high))
    }

    #[inline]
    #[target_feature(enable = "avx512bw")]
    fn ucs4(block: &[u32; BLOCK]) -> Masks {
        // SAFETY: a block is four vectors of 16 units.
        let quarter = |i: usize| unsafe { _mm512_loadu_si512(block.as_ptr().add(i * 16).cast()) };
        // units that do not fit become FFFF, which is no stop
        let half = |i: usize| {
            let (low, high) = (_mm512_cvtusepi32_epi16(quarter(i)), _mm512_cvtusepi32_epi16(quarter(i + 1)));
            _mm512_inserti64x4::<1>(_mm512_castsi256_si512(low), high)
        };
        join(test(half(0)), test(half(2)))
    }

    #[inline]
    #[target_feature(enable = "avx512bw")]
    fn join(low: (u32, u32, u32), high: (u32, u32, u32)) -> Masks {
        let join = |low: u32, high: u32| u64::from(low) | u64::from(high) << 32;
        (join(low.0, high.0), join(low.1, high.1), join(low.2, high.2))
    }

    /// The masks of 32 units: `may_stop` and the dashes of `scalar.rs`.
    #[inline]
    #[target_feature(enable = "avx512bw")]
    fn test(units: __m512i) -> (u32, u32, u32) {
        let is = |units, value: i16| _mm512_cmpeq_epi16_mask(units, _mm512_set1_epi16(value));
        let within = |first: i16, more: i16| {
            _mm512_cmple_epu16_mask(_mm512_sub_epi16(units, _mm512_set1_epi16(first)), _mm512_set1_epi16(more))
        };
        let folded = _mm512_or_si512(units, _mm512_set1_epi16(0x20));
        let ascii = within(0x0A, 3)
            | within(0x21, 1)
            | within(0x28, 1)
            | is(units, 0x2E)
            | is(units, 0x3F)
            | is(folded, 0x7B)
            | is(folded, 0x7D);
        let guillemets = is(_mm512_andnot_si512(_mm512_set1_epi16(0x10), units), 0xAB);
        let latin = is(units, 0x85) | guillemets | is(units, 0xB7);
        let general = is(_mm512_andnot_si512(_mm512_set1_epi16(0x7F), units), 0x2000);
        let arabic = is(units, 0x061F) | is(units, 0x06D4);
        (ascii | latin | arabic | general, is(units, 0x0640) | is(units, 0x2D), is(units, 0x20))
    }

    /// The masks of 64 bytes: `may_stop_byte` of `scalar.rs`.
    #[inline]
    #[target_feature(enable = "avx512bw")]
    fn utf8(block: &[u8; BLOCK]) -> Masks {
        // SAFETY: a block is 64 bytes.
        let bytes = unsafe { _mm512_loadu_si512(block.as_ptr().cast()) };
        let is = |bytes, value: u8| _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(value.cast_signed()));
        let within = |first: i8, more: i8| {
            _mm512_cmple_epu8_mask(_mm512_sub_epi8(bytes, _mm512_set1_epi8(first)), _mm512_set1_epi8(more))
        };
        let folded = _mm512_or_si512(bytes, _mm512_set1_epi8(0x20));
        let ascii = within(0x0A, 3)
            | within(0x21, 1)
            | within(0x28, 1)
            | is(bytes, 0x2E)
            | is(bytes, 0x3F)
            | is(folded, 0x7B)
            | is(folded, 0x7D);
        let wide = is(bytes, 0xC2) | is(bytes, 0xE2) | is(bytes, 0x9F) | is(bytes, 0x94);
        (ascii | wide, is(bytes, 0x80) | is(bytes, 0x2D), is(bytes, 0x20))
    }
}

mod avx2 {
    use super::{BLOCK, Found, Masks, Storage, with_dashes};
    use std::arch::x86_64::*;

    #[target_feature(enable = "avx2")]
    pub(super) fn next_block(storage: Storage<'_>, from: usize) -> Found {
        match storage {
            Storage::Latin1(units) => walk!(units, from, latin1),
            Storage::Ucs2(units) => walk!(units, from, ucs2),
            Storage::Ucs4(units) => walk!(units, from, ucs4),
            Storage::Utf8(units) => walk!(units, from, utf8),
        }
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn latin1(block: &[u8; BLOCK]) -> Masks {
        block_of(|i| {
            // SAFETY: a block is four quarters of 16 bytes.
            _mm256_cvtepu8_epi16(unsafe { _mm_loadu_si128(block.as_ptr().add(i * 16).cast()) })
        })
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn ucs2(block: &[u16; BLOCK]) -> Masks {
        // SAFETY: a block is four vectors of 16 units.
        block_of(|i| unsafe { _mm256_loadu_si256(block.as_ptr().add(i * 16).cast()) })
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn ucs4(block: &[u32; BLOCK]) -> Masks {
        block_of(|i| {
            // SAFETY: a block is eight vectors of 8 units.
            let (low, high) = unsafe {
                let at = block.as_ptr().add(i * 16);
                (_mm256_loadu_si256(at.cast()), _mm256_loadu_si256(at.add(8).cast()))
            };
            // units that do not fit become FFFF, which is no stop; packing leaves the 64-bit quarters as 0 2 1 3
            _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_packus_epi32(low, high))
        })
    }

    /// The masks of a block whose quarters, 16 units each, `quarter` loads.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn block_of(quarter: impl Fn(usize) -> __m256i) -> Masks {
        let (a, b, c, d) = (test(quarter(0)), test(quarter(1)), test(quarter(2)), test(quarter(3)));
        let join = |a, b, c, d| u64::from(bits(a, b)) | u64::from(bits(c, d)) << 32;
        (join(a.0, b.0, c.0, d.0), join(a.1, b.1, c.1, d.1), join(a.2, b.2, c.2, d.2))
    }

    /// One bit for each of 32 units that is all ones.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn bits(low: __m256i, high: __m256i) -> u32 {
        let packed = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_packs_epi16(low, high));
        _mm256_movemask_epi8(packed).cast_unsigned()
    }

    /// The masks of 16 units as vectors: `may_stop` and the dashes of `scalar.rs`.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn test(units: __m256i) -> (__m256i, __m256i, __m256i) {
        let is = |units, value: i16| _mm256_cmpeq_epi16(units, _mm256_set1_epi16(value));
        let within = |first: i16, more: i16| {
            let from_first = _mm256_sub_epi16(units, _mm256_set1_epi16(first));
            _mm256_cmpeq_epi16(_mm256_min_epu16(from_first, _mm256_set1_epi16(more)), from_first)
        };
        let or = |a, b| _mm256_or_si256(a, b);
        let folded = or(units, _mm256_set1_epi16(0x20));
        let ascii = or(
            or(or(within(0x0A, 3), within(0x21, 1)), or(within(0x28, 1), is(units, 0x2E))),
            or(or(is(units, 0x3F), is(folded, 0x7B)), is(folded, 0x7D)),
        );
        let guillemets = is(_mm256_andnot_si256(_mm256_set1_epi16(0x10), units), 0xAB);
        let latin = or(or(is(units, 0x85), guillemets), is(units, 0xB7));
        let general = is(_mm256_andnot_si256(_mm256_set1_epi16(0x7F), units), 0x2000);
        let arabic = or(is(units, 0x061F), is(units, 0x06D4));
        (or(or(ascii, latin), or(arabic, general)), or(is(units, 0x0640), is(units, 0x2D)), is(units, 0x20))
    }

    /// The masks of 64 bytes: `may_stop_byte` of `scalar.rs`.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn utf8(block: &[u8; BLOCK]) -> Masks {
        // SAFETY: a block is two vectors of 32 bytes.
        let (low, high) = unsafe {
            (_mm256_loadu_si256(block.as_ptr().cast()), _mm256_loadu_si256(block.as_ptr().add(BLOCK / 2).cast()))
        };
        let (low, high) = (test_bytes(low), test_bytes(high));
        let join = |low: u32, high: u32| u64::from(low) | u64::from(high) << 32;
        (join(low.0, high.0), join(low.1, high.1), join(low.2, high.2))
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn test_bytes(bytes: __m256i) -> (u32, u32, u32) {
        let is = |bytes, value: u8| _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(value.cast_signed()));
        let within = |first: i8, more: i8| {
            let from_first = _mm256_sub_epi8(bytes, _mm256_set1_epi8(first));
            _mm256_cmpeq_epi8(_mm256_min_epu8(from_first, _mm256_set1_epi8(more)), from_first)
        };
        let or = |a, b| _mm256_or_si256(a, b);
        let folded = or(bytes, _mm256_set1_epi8(0x20));
        let ascii = or(
            or(or(within(0x0A, 3), within(0x21, 1)), or(within(0x28, 1), is(bytes, 0x2E))),
            or(or(is(bytes, 0x3F), is(folded, 0x7B)), is(folded, 0x7D)),
        );
        let wide = or(or(is(bytes, 0xC2), is(bytes, 0xE2)), or(is(bytes, 0x9F), is(bytes, 0x94)));
        let bits = |mask| _mm256_movemask_epi8(mask).cast_unsigned();
        (bits(or(ascii, wide)), bits(or(is(bytes, 0x80), is(bytes, 0x2D))), bits(is(bytes, 0x20)))
    }
}
