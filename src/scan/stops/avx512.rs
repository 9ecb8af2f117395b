//! The kernel with AVX-512: a table look-up says of the low seven bits of a unit what it is in each row of 128 code points,
//! another says of the rest which row it is in.
#![allow(unsafe_code)] // loads of whole vectors from blocks
use super::scalar::{is_bare, may_stop, may_stop_byte};
use super::{BLOCK, Block, Stretch, blocks};
use crate::text::Storage;
use std::arch::x86_64::*;

/// A stop of ASCII that is no line break.
const STOP: u8 = 1;
/// A line break.
const BREAK: u8 = 1 << 1;
/// A space or a tab.
const BLANK: u8 = 1 << 2;
/// A stop of the rows 0080 and 0680.
const UPPER_STOP: u8 = 1 << 3;
/// NO-BREAK SPACE
const NO_BREAK: u8 = 1 << 4;
/// A stop of the row 0600.
const ARABIC_STOP: u8 = 1 << 5;
/// A bare letter.
const LETTER: u8 = 1 << 6;
/// A stop of general punctuation.
const GENERAL_STOP: u8 = 1 << 7;

/// What a unit may be by its low seven bits.
static COLUMNS: [u8; 128] = {
    let mut columns = [0; 128];
    let mut at = 0;
    while at < 128 {
        let c = at as u32;
        let mut bits = 0;
        if may_stop(c) && !is_break(c) {
            bits |= STOP;
        }
        if is_break(c) {
            bits |= BREAK;
        }
        if c == 0x09 || c == 0x20 {
            bits |= BLANK;
        }
        if may_stop(0x80 | c) || may_stop(0x0680 | c) {
            bits |= UPPER_STOP;
        }
        if 0x80 | c == 0xA0 {
            bits |= NO_BREAK;
        }
        if may_stop(0x0600 | c) {
            bits |= ARABIC_STOP;
        }
        if is_bare(0x0600 | c) {
            bits |= LETTER;
        }
        if may_stop(0x2000 | c) {
            bits |= GENERAL_STOP;
        }
        columns[at] = bits;
        at += 1;
    }
    columns
};

/// What a unit may be by its other bits.
static ROWS: [u8; 128] = {
    let mut rows = [0; 128];
    rows[0x0000 >> 7] = STOP | BREAK | BLANK;
    rows[0x0080 >> 7] = UPPER_STOP | NO_BREAK;
    rows[0x0600 >> 7] = ARABIC_STOP | LETTER;
    rows[0x0680 >> 7] = UPPER_STOP;
    rows[0x2000 >> 7] = GENERAL_STOP;
    rows
};

/// From this unit on nothing is anything: units are cut off here, so that a row's number has seven bits.
const LAST: i16 = 0x3FFF;

const fn is_break(c: u32) -> bool {
    matches!(c, 0x0A..=0x0D)
}

/// Reads the blocks from `from` on.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
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
#[target_feature(enable = "avx512f")]
fn load<U>(block: &[U; BLOCK], i: usize) -> __m512i {
    assert!((i + 1) * 64 <= size_of_val(block));
    // SAFETY: the vector lies within the block.
    unsafe { _mm512_loadu_si512(block.as_ptr().cast::<u8>().add(i * 64).cast()) }
}

/// What a table of 128 bytes has for the low seven bits of each byte.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
fn look_up(table: &[u8; 128], bytes: __m512i) -> __m512i {
    // SAFETY: a table is two vectors.
    let (low, high) =
        unsafe { (_mm512_loadu_si512(table.as_ptr().cast()), _mm512_loadu_si512(table.as_ptr().add(64).cast())) };
    _mm512_permutex2var_epi8(low, bytes, high)
}

/// Which bytes have one of the bits.
#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn with(bytes: __m512i, bits: u8) -> u64 {
    _mm512_test_epi8_mask(bytes, _mm512_set1_epi8(bits.cast_signed()))
}

/// The block of the bits of 64 units.
#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn block_of(bits: __m512i) -> Block {
    Block {
        stops: with(bits, STOP | BREAK | UPPER_STOP | ARABIC_STOP | GENERAL_STOP),
        letters: with(bits, LETTER),
        spaces: with(bits, BREAK | BLANK | NO_BREAK),
        breaks: with(bits, BREAK),
    }
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
fn latin1(block: &[u8; BLOCK], _: u8) -> Block {
    let bytes = load(block, 0);
    let rows = _mm512_mask_blend_epi8(
        _mm512_movepi8_mask(bytes),
        _mm512_set1_epi8(ROWS[0].cast_signed()),
        _mm512_set1_epi8(ROWS[1].cast_signed()),
    );
    block_of(_mm512_and_si512(rows, look_up(&COLUMNS, bytes)))
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
fn ucs2(block: &[u16; BLOCK], _: u16) -> Block {
    units(load(block, 0), load(block, 1))
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
fn ucs4(block: &[u32; BLOCK], _: u32) -> Block {
    // units that do not fit become FFFF, which is nothing
    let half = |i: usize| {
        let (low, high) = (_mm512_cvtusepi32_epi16(load(block, i)), _mm512_cvtusepi32_epi16(load(block, i + 1)));
        _mm512_inserti64x4::<1>(_mm512_castsi256_si512(low), high)
    };
    units(half(0), half(2))
}

/// The block of 64 units of two bytes.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
fn units(low: __m512i, high: __m512i) -> Block {
    let last = _mm512_set1_epi16(LAST);
    let (low, high) = (_mm512_min_epu16(low, last), _mm512_min_epu16(high, last));
    let (rows_low, rows_high) = (_mm512_srli_epi16::<7>(low), _mm512_srli_epi16::<7>(high));
    let columns = look_up(&COLUMNS, low_bytes(low, high));
    let rows = look_up(&ROWS, low_bytes(rows_low, rows_high));
    block_of(_mm512_and_si512(rows, columns))
}

/// The low bytes of 64 units, in order.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
fn low_bytes(low: __m512i, high: __m512i) -> __m512i {
    static EVEN: [u8; 64] = {
        let mut even = [0; 64];
        let mut at = 0;
        while at < 64 {
            even[at] = 2 * at as u8;
            at += 1;
        }
        even
    };
    _mm512_permutex2var_epi8(low, load(&EVEN, 0), high)
}

/// Lead bytes of the Arabic block and what may stand behind them, by the low seven bits of a byte from 80 on.
const LEAD_D8: u8 = 1;
const LEAD_D9: u8 = 1 << 1;
const BEHIND_D8: u8 = 1 << 2;
const BEHIND_D9: u8 = 1 << 3;
const PART_OF_STOP: u8 = 1 << 4;

static UPPER_BYTES: [u8; 128] = {
    let mut bytes = [0; 128];
    let mut at = 0;
    while at < 128 {
        bytes[at] = match 0x80 | at {
            0xD8 => LEAD_D8,
            0xD9 => LEAD_D9,
            0xA1..=0xBA => BEHIND_D8,
            0x81..=0x8A => BEHIND_D9,
            _ => 0,
        };
        if may_stop_byte(0x80 | at as u8) {
            bytes[at] |= PART_OF_STOP;
        }
        at += 1;
    }
    bytes
};

#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
fn utf8(block: &[u8; BLOCK], behind: u8) -> Block {
    let bytes = load(block, 0);
    let is_upper = _mm512_movepi8_mask(bytes);
    let upper = _mm512_maskz_mov_epi8(is_upper, look_up(&UPPER_BYTES, bytes));
    let ascii = _mm512_maskz_mov_epi8(!is_upper, look_up(&COLUMNS, bytes));
    let after = |lead: u8, byte: u8| with(upper, lead) << 1 | u64::from(behind == byte);
    Block {
        stops: with(ascii, STOP | BREAK) | with(upper, PART_OF_STOP),
        letters: (after(LEAD_D8, 0xD8) & with(upper, BEHIND_D8)) | (after(LEAD_D9, 0xD9) & with(upper, BEHIND_D9)),
        spaces: with(ascii, BREAK | BLANK),
        breaks: with(ascii, BREAK),
    }
}
