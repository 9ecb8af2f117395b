//! The kernels with AVX-512 and AVX2. What is left at the end of a text is copied into a block of zeros, which are no stops.
#![allow(unsafe_code)] // loads of a whole vector from memory that is checked to be there, and calls behind feature tests
use super::{BLOCK, BLOCKS, Masks};
use crate::text::Storage;

/// Reads the blocks from `from` on, where the machine has a kernel.
#[inline]
pub(super) fn read(storage: Storage<'_>, from: usize, masks: &mut Masks) -> bool {
    if is_x86_feature_detected!("avx512bw") {
        // SAFETY: the feature is there.
        unsafe { avx512::read(storage, from, masks) };
        return true;
    }
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the feature is there.
        unsafe { avx2::read(storage, from, masks) };
        return true;
    }
    false
}

/// Reads block by block with the mask of one block: a macro, so that the mask is compiled into the loop.
macro_rules! blocks {
    ($units:expr, $from:expr, $masks:expr, $mask:ident) => {{
        let mut rest = $units.get($from..).unwrap_or_default();
        prefetch(rest);
        for mask in $masks {
            if let Some((block, more)) = rest.split_first_chunk::<BLOCK>() {
                *mask = $mask(block);
                rest = more;
            } else if rest.is_empty() {
                *mask = 0;
            } else {
                let mut block = [0; BLOCK];
                block[..rest.len()].copy_from_slice(rest);
                *mask = $mask(&block);
                rest = &[];
            }
        }
    }};
}

/// Asks for the stretch behind the one that is about to be read: while its stops are judged, memory can bring it.
#[inline(always)]
fn prefetch<U>(units: &[U]) {
    use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
    const LINE: usize = 64;
    let next = units.as_ptr().wrapping_add(BLOCK * BLOCKS).cast::<i8>();
    for line in 0..BLOCK * BLOCKS * size_of::<U>() / LINE {
        // SAFETY: a prefetch reads nothing and faults nowhere, whatever the address.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(next.wrapping_add(line * LINE)) };
    }
}

mod avx512 {
    use super::{BLOCK, Masks, Storage, prefetch};
    use std::arch::x86_64::*;

    #[target_feature(enable = "avx512bw")]
    pub(super) fn read(storage: Storage<'_>, from: usize, masks: &mut Masks) {
        match storage {
            Storage::Latin1(units) => blocks!(units, from, masks, latin1),
            Storage::Ucs2(units) => blocks!(units, from, masks, ucs2),
            Storage::Ucs4(units) => blocks!(units, from, masks, ucs4),
            Storage::Utf8(units) => blocks!(units, from, masks, utf8),
        }
    }

    #[inline]
    #[target_feature(enable = "avx512bw")]
    fn latin1(block: &[u8; BLOCK]) -> u64 {
        // SAFETY: a block is 64 bytes.
        let bytes = unsafe { _mm512_loadu_si512(block.as_ptr().cast()) };
        narrow(bytes)
    }

    #[inline]
    #[target_feature(enable = "avx512bw")]
    fn ucs2(block: &[u16; BLOCK]) -> u64 {
        // SAFETY: a block is two vectors of 32 units.
        let (low, high) = unsafe {
            (_mm512_loadu_si512(block.as_ptr().cast()), _mm512_loadu_si512(block.as_ptr().add(BLOCK / 2).cast()))
        };
        units(low, high)
    }

    #[inline]
    #[target_feature(enable = "avx512bw")]
    fn ucs4(block: &[u32; BLOCK]) -> u64 {
        // SAFETY: a block is four vectors of 16 units.
        let quarter = |i: usize| unsafe { _mm512_loadu_si512(block.as_ptr().add(i * 16).cast()) };
        // units that do not fit become FFFF, which is no stop
        let half = |i: usize| {
            let (low, high) = (_mm512_cvtusepi32_epi16(quarter(i)), _mm512_cvtusepi32_epi16(quarter(i + 1)));
            _mm512_inserti64x4::<1>(_mm512_castsi256_si512(low), high)
        };
        units(half(0), half(2))
    }

    /// The mask of 64 units: those below 256 as bytes, the others as they are.
    #[inline]
    #[target_feature(enable = "avx512bw")]
    fn units(low: __m512i, high: __m512i) -> u64 {
        // units from 256 on become FF, which is no stop
        let bytes =
            _mm512_inserti64x4::<1>(_mm512_castsi256_si512(_mm512_cvtusepi16_epi8(low)), _mm512_cvtusepi16_epi8(high));
        narrow(bytes) | u64::from(wide(low)) | u64::from(wide(high)) << 32
    }

    /// The mask of 64 units below 256.
    #[inline]
    #[target_feature(enable = "avx512bw")]
    fn narrow(bytes: __m512i) -> u64 {
        ascii(bytes) | within(bytes, 0x85, 0xBB)
    }

    #[inline]
    #[target_feature(enable = "avx512bw")]
    fn ascii(bytes: __m512i) -> u64 {
        let folded = _mm512_or_si512(bytes, _mm512_set1_epi8(0x20));
        within(bytes, 0x0A, 0x0D) | within(bytes, 0x21, 0x2E) | is(bytes, 0x3F) | within(folded, 0x7B, 0x7D)
    }

    /// Which bytes lie in `first..=last`.
    #[inline]
    #[target_feature(enable = "avx512bw")]
    fn within(bytes: __m512i, first: u8, last: u8) -> u64 {
        let from_first = _mm512_sub_epi8(bytes, _mm512_set1_epi8(first.cast_signed()));
        _mm512_cmple_epu8_mask(from_first, _mm512_set1_epi8((last - first).cast_signed()))
    }

    #[inline]
    #[target_feature(enable = "avx512bw")]
    fn is(bytes: __m512i, value: u8) -> u64 {
        _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(value.cast_signed()))
    }

    /// The mask of 32 units from 256 on.
    #[inline]
    #[target_feature(enable = "avx512bw")]
    fn wide(units: __m512i) -> u32 {
        let is = |units, value: i16| _mm512_cmpeq_epi16_mask(units, _mm512_set1_epi16(value));
        let general = is(_mm512_and_si512(units, _mm512_set1_epi16(!0x7F)), 0x2000);
        is(units, 0x061F) | is(units, 0x0640) | is(units, 0x06D4) | general
    }

    /// The mask of 64 bytes of UTF-8.
    #[inline]
    #[target_feature(enable = "avx512bw")]
    fn utf8(block: &[u8; BLOCK]) -> u64 {
        // SAFETY: a block is 64 bytes.
        let bytes = unsafe { _mm512_loadu_si512(block.as_ptr().cast()) };
        ascii(bytes) | is(bytes, 0xC2) | is(bytes, 0xE2) | is(bytes, 0x80) | is(bytes, 0x94) | is(bytes, 0x9F)
    }
}

mod avx2 {
    use super::{BLOCK, Masks, Storage, prefetch};
    use std::arch::x86_64::*;

    #[target_feature(enable = "avx2")]
    pub(super) fn read(storage: Storage<'_>, from: usize, masks: &mut Masks) {
        match storage {
            Storage::Latin1(units) => blocks!(units, from, masks, latin1),
            Storage::Ucs2(units) => blocks!(units, from, masks, ucs2),
            Storage::Ucs4(units) => blocks!(units, from, masks, ucs4),
            Storage::Utf8(units) => blocks!(units, from, masks, utf8),
        }
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn latin1(block: &[u8; BLOCK]) -> u64 {
        // SAFETY: a block is two vectors of 32 bytes.
        halves(|i| narrow(unsafe { _mm256_loadu_si256(block.as_ptr().add(i * 32).cast()) }))
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn ucs2(block: &[u16; BLOCK]) -> u64 {
        // SAFETY: a block is four vectors of 16 units.
        let quarter = |i: usize| unsafe { _mm256_loadu_si256(block.as_ptr().add(i * 16).cast()) };
        halves(|i| units(quarter(2 * i), quarter(2 * i + 1)))
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn ucs4(block: &[u32; BLOCK]) -> u64 {
        // SAFETY: a block is eight vectors of 8 units.
        let eighth = |i: usize| unsafe { _mm256_loadu_si256(block.as_ptr().add(i * 8).cast()) };
        // units that do not fit become FFFF, which is no stop
        let quarter = |i: usize| in_order(_mm256_packus_epi32(eighth(2 * i), eighth(2 * i + 1)));
        halves(|i| units(quarter(2 * i), quarter(2 * i + 1)))
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn halves(half: impl Fn(usize) -> __m256i) -> u64 {
        let bits = |i| u64::from(_mm256_movemask_epi8(half(i)).cast_unsigned());
        bits(0) | bits(1) << 32
    }

    /// What packing two vectors left as quarters 0 2 1 3.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn in_order(packed: __m256i) -> __m256i {
        _mm256_permute4x64_epi64::<0b11_01_10_00>(packed)
    }

    /// The mask of 32 units as bytes of ones: those below 256 as bytes, the others as they are.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn units(low: __m256i, high: __m256i) -> __m256i {
        // packing reads units as signed: from 256 on they become FF or, from 8000 on, 00, which are no stops
        let bytes = in_order(_mm256_packus_epi16(low, high));
        or(narrow(bytes), in_order(_mm256_packs_epi16(wide(low), wide(high))))
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn narrow(bytes: __m256i) -> __m256i {
        or(ascii(bytes), within(bytes, 0x85, 0xBB))
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn ascii(bytes: __m256i) -> __m256i {
        let folded = or(bytes, _mm256_set1_epi8(0x20));
        let marks = or(within(bytes, 0x0A, 0x0D), within(bytes, 0x21, 0x2E));
        or(marks, or(is(bytes, 0x3F), within(folded, 0x7B, 0x7D)))
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn or(a: __m256i, b: __m256i) -> __m256i {
        _mm256_or_si256(a, b)
    }

    /// Which bytes lie in `first..=last`.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn within(bytes: __m256i, first: u8, last: u8) -> __m256i {
        let from_first = _mm256_sub_epi8(bytes, _mm256_set1_epi8(first.cast_signed()));
        let most = _mm256_set1_epi8((last - first).cast_signed());
        _mm256_cmpeq_epi8(_mm256_min_epu8(from_first, most), from_first)
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn is(bytes: __m256i, value: u8) -> __m256i {
        _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(value.cast_signed()))
    }

    /// The mask of 16 units from 256 on.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn wide(units: __m256i) -> __m256i {
        let is = |units, value: i16| _mm256_cmpeq_epi16(units, _mm256_set1_epi16(value));
        let general = is(_mm256_and_si256(units, _mm256_set1_epi16(!0x7F)), 0x2000);
        or(or(is(units, 0x061F), is(units, 0x0640)), or(is(units, 0x06D4), general))
    }

    /// The mask of 64 bytes of UTF-8.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn utf8(block: &[u8; BLOCK]) -> u64 {
        halves(|i| {
            // SAFETY: a block is two vectors of 32 bytes.
            let bytes = unsafe { _mm256_loadu_si256(block.as_ptr().add(i * 32).cast()) };
            let leads = or(is(bytes, 0xC2), is(bytes, 0xE2));
            or(or(ascii(bytes), leads), or(is(bytes, 0x80), or(is(bytes, 0x94), is(bytes, 0x9F))))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::stops::scalar;

    #[test]
    fn avx2_reports_what_the_scalar_kernel_reports() {
        if !is_x86_feature_detected!("avx2") {
            return;
        }
        let points: Vec<u32> = (0..0x3000).chain([0xD800, 0xDC00, 0xFFFF, 0x1_F600, 0x10_FFFF]).collect();
        let narrow: Vec<u16> = (0..=u16::MAX).collect();
        let bytes: Vec<u8> = (0..=u8::MAX).cycle().take(1000).collect();
        for storage in [Storage::Ucs4(&points), Storage::Ucs2(&narrow), Storage::Latin1(&bytes), Storage::Utf8(&bytes)]
        {
            for from in (0..=u16::MAX.into()).step_by(61) {
                let (mut want, mut got) = ([0; BLOCKS], [u64::MAX; BLOCKS]);
                scalar::read(storage, from, &mut want);
                // SAFETY: the feature is there.
                unsafe { avx2::read(storage, from, &mut got) };
                assert_eq!(got, want, "{from}");
            }
        }
    }
}
