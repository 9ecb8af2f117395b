//! The kernels with AVX-512 for 2-byte units: 64 units a block.
//!
//! The low bytes of a block look their codes up in registers that hold the rows 00, 06 and the first half of row 20 of
//! the table; a block with a unit of another row is the scalar kernel's. Dropped units are squeezed out by `vpcompressw`.

use super::judge::{Before, End, Masks, Taken};
use super::{Actions, Out, scalar};
use crate::scan::prefetch::{AHEAD, prefetch_line};
use std::arch::x86_64::*;

/// Units in a block.
const BLOCK: usize = 64;

/// The tables of the actions in registers.
#[derive(Clone, Copy)]
pub(super) struct Tables {
    pub latin: [__m512i; 4],
    pub arabic: [__m512i; 4],
    punctuation: [__m512i; 2],
}

impl Tables {
    #[inline]
    #[target_feature(enable = "avx512f")]
    pub fn load(actions: &Actions) -> Self {
        #[inline]
        #[target_feature(enable = "avx512f")]
        fn two(plane: &[u8; 0x1_0000], from: usize) -> [__m512i; 2] {
            halves(plane[from..].first_chunk().unwrap_or(&[0; 128]))
        }
        let plane = actions.plane();
        let ([l0, l1], [l2, l3]) = (two(plane, 0), two(plane, 0x80));
        let ([a0, a1], [a2, a3]) = (two(plane, 0x600), two(plane, 0x680));
        Self { latin: [l0, l1, l2, l3], arabic: [a0, a1, a2, a3], punctuation: two(plane, 0x2000) }
    }
}

/// A block, the codes of its units, which of the units the tables know, and which are the text's.
struct Block {
    low: __m512i,
    high: __m512i,
    codes: __m512i,
    known: u64,
    whole: u64,
}

impl Block {
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2")]
    fn read(tables: &Tables, low: __m512i, high: __m512i, units: usize) -> Self {
        let latin = _mm512_testn_epi8_mask(high, high);
        let arabic = _mm512_cmpeq_epi8_mask(high, _mm512_set1_epi8(0x06));
        let upper = _mm512_movepi8_mask(low);
        let mut codes = pick(low, tables.arabic[0], tables.arabic[1]);
        codes = _mm512_mask_mov_epi8(codes, latin, pick(low, tables.latin[0], tables.latin[1]));
        // Guillemets, no-break spaces, Persian letters: not in every block.
        if upper != 0 {
            codes = _mm512_mask_mov_epi8(codes, arabic & upper, pick(low, tables.arabic[2], tables.arabic[3]));
            codes = _mm512_mask_mov_epi8(codes, latin & upper, pick(low, tables.latin[2], tables.latin[3]));
        }
        let mut known = latin | arabic;
        if known != u64::MAX {
            let row = _mm512_cmpeq_epi8_mask(high, _mm512_set1_epi8(0x20)) & !upper;
            codes = _mm512_mask_mov_epi8(codes, row, pick(low, tables.punctuation[0], tables.punctuation[1]));
            known |= row;
        }
        Self { low, high, codes, known, whole: u64::MAX >> (BLOCK - units) }
    }

    /// The units whose code is one of `first..=last`.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn of_codes(&self, first: u8, last: u8) -> u64 {
        let from_first = _mm512_sub_epi8(self.codes, _mm512_set1_epi8(first.cast_signed()));
        _mm512_mask_cmple_epu8_mask(self.whole, from_first, _mm512_set1_epi8((last - first).cast_signed()))
    }

    /// The units by what is done with them.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn masks(&self) -> Masks {
        let neighbours = self.of_codes(Actions::STOPS.0, Actions::STOPS.1);
        let drops = self.of_codes(Actions::DROPS, Actions::DROPS);
        let (mut marks, mut spaces) = (0, 0);
        if neighbours != 0 {
            marks = self.of_codes(Actions::MARKS, Actions::MARKS);
            spaces = self.of_codes(Actions::SPACES, Actions::SPACES);
        }
        let plain = self.whole & !(neighbours | drops);
        Masks { plain, drops, marks, spaces, stops: neighbours & !marks & !spaces }
    }
}

/// Looks the low seven bits of each byte up in a table of 128 bytes.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
pub(super) fn pick(bytes: __m512i, first: __m512i, second: __m512i) -> __m512i {
    _mm512_permutex2var_epi8(first, bytes, second)
}

/// The low and the high bytes of 64 units.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
fn bytes(first: __m512i, second: __m512i) -> (__m512i, __m512i) {
    let (even, odd) = (load(&EVEN), load(&ODD));
    (_mm512_permutex2var_epi8(first, even, second), _mm512_permutex2var_epi8(first, odd, second))
}

/// The units of a block, the last one of a text filled up with U+0000; which of them are the text's, and what follows.
#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn next(rest: &[u16]) -> (__m512i, __m512i, usize, End) {
    let start = rest.as_ptr();
    if rest.len() >= BLOCK {
        let ahead = start.cast::<u8>().wrapping_add(AHEAD);
        prefetch_line(ahead);
        prefetch_line(ahead.wrapping_add(64));
        // SAFETY: a block is 128 bytes.
        let (first, second) =
            unsafe { (_mm512_loadu_si512(start.cast()), _mm512_loadu_si512(start.add(BLOCK / 2).cast())) };
        return (first, second, BLOCK, End::Block);
    }
    let whole = (1_u64 << rest.len()) - 1;
    // SAFETY: only the units of the mask are read, and they are the text's.
    let (first, second) = unsafe {
        (
            _mm512_maskz_loadu_epi16(whole as u32, start.cast()),
            _mm512_maskz_loadu_epi16((whole >> 32) as u32, start.wrapping_add(BLOCK / 2).cast()),
        )
    };
    (first, second, rest.len(), End::Text)
}

/// See [`super::write`].
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2,bmi1,bmi2,lzcnt,popcnt")]
pub(super) fn write(actions: &Actions, text: &[u16], out: &mut Out<'_, u16>) -> usize {
    let Some([targets_low, targets_high]) = actions.target_bytes() else {
        return scalar::write(actions, text, out);
    };
    let tables = Tables::load(actions);
    let targets = (halves(targets_low), halves(targets_high));
    let mut before = Before::default();
    let mut at = 0;
    while at < text.len()
        && let Some(room) = out.room_for(BLOCK)
    {
        let (mut first, mut second, units, end) = next(&text[at..]);
        let (low, high) = bytes(first, second);
        let read = Block::read(&tables, low, high, units);
        if read.known != u64::MAX {
            let taken = scalar::write_some(actions, &text[at..], units, out, &mut before);
            at += taken;
            if taken < units {
                return at;
            }
            continue;
        }
        let masks = read.masks();
        let maps = read.of_codes(Actions::MAPPED, u8::MAX);
        if maps != 0 {
            let low = _mm512_mask_mov_epi8(read.low, maps, pick(read.codes, targets.0[0], targets.0[1]));
            let high = _mm512_mask_mov_epi8(read.high, maps, pick(read.codes, targets.1[0], targets.1[1]));
            first = _mm512_permutex2var_epi8(low, load(&FIRST), high);
            second = _mm512_permutex2var_epi8(low, load(&SECOND), high);
        }
        let (taken, ends) = match masks.take(units, end, &mut before) {
            Taken::Some(taken) => (taken, false),
            Taken::Until(taken) => (taken, true),
        };
        let kept = !masks.drops & if taken == BLOCK { u64::MAX } else { (1 << taken) - 1 };
        let (kept_first, kept_second) = (kept as u32, (kept >> 32) as u32);
        let written_first = kept_first.count_ones() as usize;
        let to = room.as_mut_ptr().cast::<u16>();
        // SAFETY: the room holds 64 units; the first store fills 32 of them from its start, the second 32 from at most
        // the 32nd on. The first `kept` of what is stored are then counted as written.
        unsafe {
            if masks.drops == 0 {
                _mm512_storeu_si512(to.cast(), first);
                _mm512_storeu_si512(to.add(BLOCK / 2).cast(), second);
            } else {
                _mm512_storeu_si512(to.cast(), _mm512_maskz_compress_epi16(kept_first, first));
                _mm512_storeu_si512(to.add(written_first).cast(), _mm512_maskz_compress_epi16(kept_second, second));
            }
            out.advance(kept.count_ones() as usize);
        }
        at += taken;
        if ends {
            return at;
        }
    }
    // Too little room for a block.
    let rest = &text[at..];
    at + scalar::write_some(actions, rest, rest.len(), out, &mut before)
}

/// A table of 128 bytes in two registers.
#[inline]
#[target_feature(enable = "avx512f")]
pub(super) fn halves(table: &[u8; 128]) -> [__m512i; 2] {
    let start = table.as_ptr();
    // SAFETY: a half is 64 bytes.
    unsafe { [_mm512_loadu_si512(start.cast()), _mm512_loadu_si512(start.add(64).cast())] }
}

/// 64 bytes in a register.
#[inline]
#[target_feature(enable = "avx512f")]
fn load(bytes: &[u8; BLOCK]) -> __m512i {
    // SAFETY: they are 64 bytes.
    unsafe { _mm512_loadu_si512(bytes.as_ptr().cast()) }
}

/// Where the low bytes of 64 units stand in two registers, and where the high ones do.
const EVEN: [u8; BLOCK] = places(0, 2, 0);
const ODD: [u8; BLOCK] = places(1, 2, 0);
/// Where the bytes of the first and of the last 32 units stand in a register of low and one of high bytes.
const FIRST: [u8; BLOCK] = places(0, 1, 64);
const SECOND: [u8; BLOCK] = places(32, 1, 64);

/// `from`, `from + step` …; with `other`, each followed by the same place `other` bytes further.
const fn places(from: u8, step: u8, other: u8) -> [u8; BLOCK] {
    let mut places = [0; BLOCK];
    let mut at = 0;
    while at < BLOCK {
        places[at] =
            if other == 0 { from + at as u8 * step } else { from + at as u8 / 2 * step + (at as u8 % 2) * other };
        at += 1;
    }
    places
}

/// See [`super::unchanged`].
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2,bmi1,bmi2,lzcnt,popcnt")]
pub(super) fn unchanged(actions: &Actions, text: &[u16]) -> usize {
    let tables = Tables::load(actions);
    let mut before = Before::default();
    let mut at = 0;
    while at < text.len() {
        let (first, second, units, end) = next(&text[at..]);
        let (low, high) = bytes(first, second);
        let read = Block::read(&tables, low, high, units);
        if read.known == u64::MAX {
            let mapped = read.of_codes(Actions::MAPPED, u8::MAX);
            match read.masks().as_it_is(mapped).take(units, end, &mut before) {
                Taken::Some(taken) => at += taken,
                Taken::Until(taken) => return at + taken,
            }
        } else {
            let taken = scalar::unchanged_some(actions, &text[at..], units, &mut before);
            at += taken;
            if taken < units {
                return at;
            }
        }
    }
    at
}
