//! The kernels with AVX-512 for 2-byte units: 64 units a block.
//!
//! The low bytes of a block look their codes up in registers that hold the rows 00, 06 and the first half of row 20 of
//! the table; a block with a unit of another row is the scalar kernel's. Dropped units are squeezed out by `vpcompressw`.

use super::judge::{Before, Masks, Taken};
use super::{Actions, Out, scalar};
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
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2")]
    pub fn load(actions: &Actions) -> Self {
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
        Self { low, high, codes, known }
    }

    /// The units whose code is one of `first..=last`.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn of_codes(&self, first: u8, last: u8) -> u64 {
        let from_first = _mm512_sub_epi8(self.codes, _mm512_set1_epi8(first.cast_signed()));
        _mm512_cmple_epu8_mask(from_first, _mm512_set1_epi8((last - first).cast_signed()))
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
        Masks { plain: !(neighbours | drops), drops, marks, spaces, stops: neighbours & !marks & !spaces }
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

/// See [`super::write`].
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2")]
pub(super) fn write(actions: &Actions, text: &[u16], out: &mut Out<'_, u16>) -> usize {
    let Some([targets_low, targets_high]) = actions.target_bytes() else {
        return scalar::write(actions, text, out);
    };
    let tables = Tables::load(actions);
    let targets = (halves(targets_low), halves(targets_high));
    let mut before = Before::default();
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
            let taken = scalar::write_some(actions, &text[at..], BLOCK, out, &mut before);
            at += taken;
            if taken < BLOCK {
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
        let (taken, ends) = match masks.take(BLOCK, &mut before) {
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
        if ends {
            return at;
        }
    }
    let rest = &text[at..];
    at + scalar::write_some(actions, rest, rest.len(), out, &mut before)
}

/// A table of 128 bytes in two registers.
#[inline]
#[target_feature(enable = "avx512f")]
pub(super) fn halves(table: &[u8; 128]) -> [__m512i; 2] {
    let (first, second) = table.split_at(64);
    [first, second].map(|half| {
        // SAFETY: a half is 64 bytes.
        unsafe { _mm512_loadu_si512(half.as_ptr().cast()) }
    })
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
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2")]
pub(super) fn unchanged(actions: &Actions, text: &[u16]) -> usize {
    let mut before = Before::default();
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
            if read.known == u64::MAX {
                let mapped = read.of_codes(Actions::MAPPED, u8::MAX);
                match read.masks().as_it_is(mapped).take(BLOCK, &mut before) {
                    Taken::Some(taken) => at += taken,
                    Taken::Until(taken) => return at + taken,
                }
            } else {
                let taken = scalar::unchanged_some(actions, &text[at..], BLOCK, &mut before);
                at += taken;
                if taken < BLOCK {
                    return at;
                }
            }
        }
    }
    let rest = &text[at..];
    at + scalar::unchanged_some(actions, rest, rest.len(), &mut before)
}
