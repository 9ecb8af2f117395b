//! The kernels with AVX2 for 2-byte units: 32 units a block.
//!
//! AVX2 looks up 16 entries at a time, so a code is looked up in each row of 16 code points that has one
//! ([`Rows`]): a handful for most plans. A block with a unit of another page is the scalar kernel's. Dropped units are
//! squeezed out eight at a time by a table of shuffles.

use super::judge::{Before, End, Masks, Taken};
use super::rows::{Row, Rows};
use super::{Actions, Out, scalar};
use crate::scan::prefetch::{AHEAD, prefetch_line};
use std::arch::x86_64::*;

/// Units in a block.
const BLOCK: usize = 32;

/// A block: the low and the high bytes of its units in the order in which `packus` leaves them, their codes, and which
/// units are the text's.
struct Block {
    low: __m256i,
    high: __m256i,
    codes: __m256i,
    whole: u32,
}

impl Block {
    /// Reads a block of so many units; `None` where the rows do not tell the code of one.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn read(rows: &Rows, first: __m256i, second: __m256i, units: usize) -> Option<Self> {
        let byte = _mm256_set1_epi16(0xFF);
        let low = _mm256_packus_epi16(_mm256_and_si256(first, byte), _mm256_and_si256(second, byte));
        let high = _mm256_packus_epi16(_mm256_srli_epi16::<8>(first), _mm256_srli_epi16::<8>(second));
        let arabic = _mm256_cmpeq_epi8(high, _mm256_set1_epi8(0x06));
        let latin = _mm256_cmpeq_epi8(high, _mm256_setzero_si256());
        let mut codes = _mm256_and_si256(arabic, look_up(&rows.arabic, low));
        if !rows.latin.is_empty() {
            codes = _mm256_or_si256(codes, _mm256_and_si256(latin, look_up(&rows.latin, low)));
        }
        let known = _mm256_or_si256(arabic, latin);
        if _mm256_movemask_epi8(known) != -1 {
            // Signed, a low byte below 0x80 is greater than -1.
            let lower = _mm256_cmpgt_epi8(low, _mm256_set1_epi8(-1));
            let row = _mm256_and_si256(_mm256_cmpeq_epi8(high, _mm256_set1_epi8(0x20)), lower);
            if _mm256_movemask_epi8(_mm256_or_si256(known, row)) != -1 {
                return None;
            }
            codes = _mm256_or_si256(codes, _mm256_and_si256(row, look_up(&rows.punctuation, low)));
        }
        Some(Self { low, high, codes, whole: u32::MAX >> (BLOCK - units) })
    }

    /// The units whose code is one of `first..=last`, one bit a unit, in the order of the text.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn of_codes(&self, first: u8, last: u8) -> u32 {
        let from_first = _mm256_sub_epi8(self.codes, _mm256_set1_epi8(first.cast_signed()));
        let within = _mm256_min_epu8(from_first, _mm256_set1_epi8((last - first).cast_signed()));
        let hits = _mm256_cmpeq_epi8(within, from_first);
        _mm256_movemask_epi8(_mm256_permute4x64_epi64::<0b11_01_10_00>(hits)).cast_unsigned() & self.whole
    }

    /// The units by what is done with them.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn masks(&self) -> Masks {
        let neighbours = self.of_codes(Actions::STOPS.0, Actions::STOPS.1);
        let drops = self.of_codes(Actions::DROPS, Actions::DROPS);
        let plain = self.whole & !(neighbours | drops);
        let (mut marks, mut spaces) = (0, 0);
        if neighbours != 0 {
            marks = self.of_codes(Actions::MARKS, Actions::MARKS);
            spaces = self.of_codes(Actions::SPACES, Actions::SPACES);
        }
        let stops = neighbours & !marks & !spaces;
        Masks {
            plain: plain.into(),
            drops: drops.into(),
            marks: marks.into(),
            spaces: spaces.into(),
            stops: stops.into(),
        }
    }

    /// The units as they are written.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn mapped(&self, rows: &Rows) -> (__m256i, __m256i) {
        let mapped = _mm256_cmpeq_epi8(_mm256_max_epu8(self.codes, set(Actions::MAPPED)), self.codes);
        let low = _mm256_blendv_epi8(self.low, look_up_code(&rows.target_low, self.codes), mapped);
        let high = _mm256_blendv_epi8(self.high, look_up_code(&rows.target_high, self.codes), mapped);
        (_mm256_unpacklo_epi8(low, high), _mm256_unpackhi_epi8(low, high))
    }
}

#[inline]
#[target_feature(enable = "avx2")]
pub(super) fn set(byte: u8) -> __m256i {
    _mm256_set1_epi8(byte.cast_signed())
}

/// 16 bytes in each half of a register.
#[inline]
#[target_feature(enable = "avx2")]
fn twice(bytes: &[u8; 16]) -> __m256i {
    // SAFETY: they are 16 bytes.
    _mm256_broadcastsi128_si256(unsafe { _mm_loadu_si128(bytes.as_ptr().cast()) })
}

/// What the rows hold for each byte, 0 where they hold nothing.
#[inline]
#[target_feature(enable = "avx2")]
pub(super) fn look_up(rows: &[Row], bytes: __m256i) -> __m256i {
    let nibble = set(0x0F);
    let (column, line) = (_mm256_and_si256(bytes, nibble), _mm256_and_si256(_mm256_srli_epi16::<4>(bytes), nibble));
    let mut found = _mm256_setzero_si256();
    for row in rows {
        let here = _mm256_cmpeq_epi8(line, set(row.line));
        found = _mm256_or_si256(found, _mm256_and_si256(here, _mm256_shuffle_epi8(twice(&row.codes), column)));
    }
    found
}

/// What a table of at least as many entries as there are codes holds for each code.
#[inline]
#[target_feature(enable = "avx2")]
pub(super) fn look_up_code(table: &[[u8; 16]], codes: __m256i) -> __m256i {
    let Some((first, rest)) = table.split_first() else { return codes };
    let column = _mm256_and_si256(codes, set(0x0F));
    let mut found = _mm256_shuffle_epi8(twice(first), column);
    for (line, row) in (1_u8..).zip(rest) {
        let here = _mm256_cmpeq_epi8(_mm256_and_si256(_mm256_srli_epi16::<4>(codes), set(0x0F)), set(line));
        found = _mm256_blendv_epi8(found, _mm256_shuffle_epi8(twice(row), column), here);
    }
    found
}

#[inline]
#[target_feature(enable = "avx2")]
fn load(block: &[u16; BLOCK]) -> (__m256i, __m256i) {
    let start = block.as_ptr();
    // SAFETY: a block is 64 bytes.
    unsafe { (_mm256_loadu_si256(start.cast()), _mm256_loadu_si256(start.add(BLOCK / 2).cast())) }
}

/// The units of a block, the last one of a text filled up with U+0000; how many are the text's, and what follows.
#[inline]
#[target_feature(enable = "avx2")]
fn next(rest: &[u16]) -> (__m256i, __m256i, usize, End) {
    if let Some(block) = rest.first_chunk::<BLOCK>() {
        prefetch_line(block.as_ptr().cast::<u8>().wrapping_add(AHEAD));
        let (first, second) = load(block);
        return (first, second, BLOCK, End::Block);
    }
    let mut block = [0; BLOCK];
    block[..rest.len()].copy_from_slice(rest);
    let (first, second) = load(&block);
    (first, second, rest.len(), End::Text)
}

/// See [`super::write`].
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
pub(super) fn write(actions: &Actions, text: &[u16], out: &mut Out<'_, u16>) -> usize {
    let Some(rows) = actions.rows() else { return scalar::write(actions, text, out) };
    let mut before = Before::default();
    let mut at = 0;
    while at < text.len()
        && let Some(room) = out.room_for(BLOCK)
    {
        let (mut first, mut second, units, end) = next(&text[at..]);
        let Some(read) = Block::read(rows, first, second, units) else {
            let taken = scalar::write_some(actions, &text[at..], units, out, &mut before);
            at += taken;
            if taken < units {
                return at;
            }
            continue;
        };
        let masks = read.masks();
        if read.of_codes(Actions::MAPPED, u8::MAX) != 0 {
            (first, second) = read.mapped(rows);
        }
        let (taken, ends) = match masks.take(units, end, &mut before) {
            Taken::Some(taken) => (taken, false),
            Taken::Until(taken) => (taken, true),
        };
        let kept = !(masks.drops as u32) & if taken == BLOCK { u32::MAX } else { (1 << taken) - 1 };
        let to = room.as_mut_ptr().cast::<u16>();
        // SAFETY: the room holds 32 units; a store fills 16 or 8 of them, from at most as many on as there are units
        // before those stored. What is then counted as written was stored.
        unsafe {
            if masks.drops == 0 {
                _mm256_storeu_si256(to.cast(), first);
                _mm256_storeu_si256(to.add(BLOCK / 2).cast(), second);
            } else {
                let mut written = 0;
                for (eighth, units) in [
                    _mm256_castsi256_si128(first),
                    _mm256_extracti128_si256::<1>(first),
                    _mm256_castsi256_si128(second),
                    _mm256_extracti128_si256::<1>(second),
                ]
                .into_iter()
                .enumerate()
                {
                    let mask = (kept >> (8 * eighth)) as u8;
                    let order = _mm_loadu_si128(SQUEEZE[usize::from(mask)].as_ptr().cast());
                    _mm_storeu_si128(to.add(written).cast(), _mm_shuffle_epi8(units, order));
                    written += mask.count_ones() as usize;
                }
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

/// For each choice of eight units, the shuffle that puts those chosen first.
static SQUEEZE: [[u8; 16]; 256] = {
    let mut table = [[0; 16]; 256];
    let mut mask = 0;
    while mask < 256 {
        let (mut unit, mut to) = (0_u8, 0);
        while unit < 8 {
            if mask >> unit & 1 == 1 {
                table[mask][2 * to] = 2 * unit;
                table[mask][2 * to + 1] = 2 * unit + 1;
                to += 1;
            }
            unit += 1;
        }
        mask += 1;
    }
    table
};

/// See [`super::unchanged`].
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
pub(super) fn unchanged(actions: &Actions, text: &[u16]) -> usize {
    let Some(rows) = actions.rows() else { return scalar::unchanged(actions, text) };
    let mut before = Before::default();
    let mut at = 0;
    while at < text.len() {
        let (first, second, units, end) = next(&text[at..]);
        if let Some(read) = Block::read(rows, first, second, units) {
            let mapped = u64::from(read.of_codes(Actions::MAPPED, u8::MAX));
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
