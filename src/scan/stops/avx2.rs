//! The kernel with AVX2: the half bytes of a byte look up what it may be and are compared; units of the Arabic block are
//! moved down to bytes first.
#![allow(unsafe_code)] // loads of whole vectors from blocks
use super::{BLOCK, Block, Stretch, blocks};
use crate::text::Storage;
use std::arch::x86_64::*;

/// A line break.
const BREAK: u8 = 1;
/// A tab.
const TAB: u8 = 1 << 1;
/// A space; above ASCII the NO-BREAK SPACE.
const SPACE: u8 = 1 << 2;
/// `! " ( ) - .`
const MARK: u8 = 1 << 3;
/// `?`
const QUESTION: u8 = 1 << 4;
/// `[ ] { }`
const BRACKET: u8 = 1 << 5;
/// A guillemet, and NEXT LINE and MIDDLE DOT with two neighbours.
const UPPER: u8 = 1 << 6;

/// What a byte may be by its low half.
const LOW: [u8; 16] = [
    SPACE,
    MARK,
    MARK,
    0,
    0,
    UPPER,
    0,
    UPPER,
    MARK,
    MARK | TAB,
    BREAK,
    BREAK | BRACKET | UPPER,
    BREAK,
    BREAK | MARK | BRACKET,
    MARK,
    QUESTION,
];
/// What a byte may be by its high half.
const HIGH: [u8; 16] =
    [BREAK | TAB, 0, SPACE | MARK, QUESTION, 0, BRACKET, 0, BRACKET, UPPER, 0, SPACE | UPPER, UPPER, 0, 0, 0, 0];
/// The same for bytes of UTF-8, where only ASCII counts.
const HIGH_ASCII: [u8; 16] = [BREAK | TAB, 0, SPACE | MARK, QUESTION, 0, BRACKET, 0, BRACKET, 0, 0, 0, 0, 0, 0, 0, 0];
/// What a stop has.
const STOP: u8 = BREAK | MARK | QUESTION | BRACKET | UPPER;

/// What is told of 32 units: bytes of ones.
struct Half {
    stops: __m256i,
    letters: __m256i,
    spaces: __m256i,
    breaks: __m256i,
}

/// Reads the blocks from `from` on.
#[target_feature(enable = "avx2")]
pub(super) fn read(storage: Storage<'_>, from: usize, stretch: &mut Stretch) {
    match storage {
        Storage::Latin1(units) => blocks!(units, from, stretch, latin1),
        Storage::Ucs2(units) => blocks!(units, from, stretch, ucs2),
        Storage::Ucs4(units) => blocks!(units, from, stretch, ucs4),
        Storage::Utf8(bytes) => blocks!(bytes, from, stretch, utf8),
    }
}

/// The vector at number `i` of a block of units.
#[inline]
#[target_feature(enable = "avx2")]
fn load<U>(block: &[U; BLOCK], i: usize) -> __m256i {
    assert!((i + 1) * 32 <= size_of_val(block));
    // SAFETY: the vector lies within the block.
    unsafe { _mm256_loadu_si256(block.as_ptr().cast::<u8>().add(i * 32).cast()) }
}

#[inline]
#[target_feature(enable = "avx2")]
fn latin1(block: &[u8; BLOCK], _: u8) -> Block {
    block_of(|i| narrow(load(block, i), &HIGH))
}

#[inline]
#[target_feature(enable = "avx2")]
fn ucs2(block: &[u16; BLOCK], _: u16) -> Block {
    block_of(|i| units(load(block, 2 * i), load(block, 2 * i + 1)))
}

#[inline]
#[target_feature(enable = "avx2")]
fn ucs4(block: &[u32; BLOCK], _: u32) -> Block {
    // units that do not fit become FFFF, which is nothing
    let quarter = |i: usize| in_order(_mm256_packus_epi32(load(block, 2 * i), load(block, 2 * i + 1)));
    block_of(|i| units(quarter(2 * i), quarter(2 * i + 1)))
}

#[inline]
#[target_feature(enable = "avx2")]
fn utf8(block: &[u8; BLOCK], behind: u8) -> Block {
    let leads = |byte: u8| {
        let bits = |i| u64::from(bits(is(load(block, i), byte)));
        (bits(0) | bits(1) << 32) << 1 | u64::from(behind == byte)
    };
    let seconds = |first: u8, last: u8| {
        let bits = |i| u64::from(bits(within(load(block, i), first, last)));
        bits(0) | bits(1) << 32
    };
    let letters = (leads(0xD8) & seconds(0xA1, 0xBA)) | (leads(0xD9) & seconds(0x81, 0x8A));
    let ascii = block_of(|i| {
        let bytes = load(block, i);
        let half = narrow(bytes, &HIGH_ASCII);
        let leads = or(is(bytes, 0xC2), is(bytes, 0xE2));
        let seconds = or(is(bytes, 0x80), or(is(bytes, 0x94), is(bytes, 0x9F)));
        Half { stops: or(half.stops, or(leads, seconds)), ..half }
    });
    Block { letters, ..ascii }
}

/// The block of two halves.
#[inline]
#[target_feature(enable = "avx2")]
fn block_of(half: impl Fn(usize) -> Half) -> Block {
    let (low, high) = (half(0), half(1));
    let both = |low, high| u64::from(bits(low)) | u64::from(bits(high)) << 32;
    Block {
        stops: both(low.stops, high.stops),
        letters: both(low.letters, high.letters),
        spaces: both(low.spaces, high.spaces),
        breaks: both(low.breaks, high.breaks),
    }
}

/// What is told of 32 units of two bytes.
#[inline]
#[target_feature(enable = "avx2")]
fn units(low: __m256i, high: __m256i) -> Half {
    // packing reads units as signed: from 256 on they become FF or, from 8000 on, 00, which are nothing
    let pack = |low, high| in_order(_mm256_packus_epi16(low, high));
    let half = narrow(pack(low, high), &HIGH);
    let base = _mm256_set1_epi16(0x0600);
    let arabic = pack(_mm256_sub_epi16(low, base), _mm256_sub_epi16(high, base));
    let letters = or(within(arabic, 0x21, 0x3A), within(arabic, 0x41, 0x4A));
    let marks = or(is(arabic, 0x1F), or(is(arabic, 0x40), is(arabic, 0xD4)));
    let general = in_order(_mm256_packs_epi16(is_general(low), is_general(high)));
    Half { stops: or(half.stops, or(marks, general)), letters, ..half }
}

/// Which units are general punctuation, as units of ones.
#[inline]
#[target_feature(enable = "avx2")]
fn is_general(units: __m256i) -> __m256i {
    _mm256_cmpeq_epi16(_mm256_and_si256(units, _mm256_set1_epi16(!0x7F)), _mm256_set1_epi16(0x2000))
}

/// What is told of 32 bytes; no letters.
#[inline]
#[target_feature(enable = "avx2")]
fn narrow(bytes: __m256i, high: &[u8; 16]) -> Half {
    let half = _mm256_set1_epi8(0x0F);
    let low = _mm256_shuffle_epi8(table(&LOW), _mm256_and_si256(bytes, half));
    let high = _mm256_shuffle_epi8(table(high), _mm256_and_si256(_mm256_srli_epi16::<4>(bytes), half));
    let what = _mm256_and_si256(low, high);
    let with = |bits: u8| {
        let none = _mm256_cmpeq_epi8(_mm256_and_si256(what, set(bits)), _mm256_setzero_si256());
        _mm256_xor_si256(none, set(u8::MAX))
    };
    Half { stops: with(STOP), letters: _mm256_setzero_si256(), spaces: with(BREAK | TAB | SPACE), breaks: with(BREAK) }
}

/// A table of sixteen bytes in both halves of a vector.
#[inline]
#[target_feature(enable = "avx2")]
fn table(bytes: &[u8; 16]) -> __m256i {
    // SAFETY: the table is sixteen bytes.
    _mm256_broadcastsi128_si256(unsafe { _mm_loadu_si128(bytes.as_ptr().cast()) })
}

#[inline]
#[target_feature(enable = "avx2")]
fn bits(bytes: __m256i) -> u32 {
    _mm256_movemask_epi8(bytes).cast_unsigned()
}

#[inline]
#[target_feature(enable = "avx2")]
fn set(byte: u8) -> __m256i {
    _mm256_set1_epi8(byte.cast_signed())
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
    let from_first = _mm256_sub_epi8(bytes, set(first));
    _mm256_cmpeq_epi8(_mm256_min_epu8(from_first, set(last - first)), from_first)
}

#[inline]
#[target_feature(enable = "avx2")]
fn is(bytes: __m256i, value: u8) -> __m256i {
    _mm256_cmpeq_epi8(bytes, set(value))
}

/// What packing two vectors left as quarters 0 2 1 3.
#[inline]
#[target_feature(enable = "avx2")]
fn in_order(packed: __m256i) -> __m256i {
    _mm256_permute4x64_epi64::<0b11_01_10_00>(packed)
}
