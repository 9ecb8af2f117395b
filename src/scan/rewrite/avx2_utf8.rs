//! The kernels with AVX2 for UTF-8: 32 bytes a block.
//!
//! As with AVX-512: the last eight bits that vary in the two bytes of U+0600 to U+06FF are their low byte, which is
//! looked up in [`Rows`]; a block ends before another code point of more than one byte, which is the scalar kernel's.

use super::avx2::{look_up, look_up_code, set};
use super::avx512_utf8::known;
use super::judge::{Before, End, Masks, Taken};
use super::rows::Rows;
use super::{Actions, Out, scalar};
use std::arch::x86_64::*;

/// Bytes in a block; one more is looked at.
const BLOCK: usize = 32;
const SEEN: usize = BLOCK + 1;

/// A block whose code points are of one byte, or of two in the pages of the rows.
#[derive(Clone, Copy)]
struct Block {
    bytes: __m256i,
    /// At the first byte of each code point, its code; 0 at others.
    codes: __m256i,
    /// First bytes, those of one-byte and those of two-byte code points.
    ascii: u32,
    leads: u32,
    /// How many bytes make whole code points.
    len: usize,
}

impl Block {
    /// Reads `len` bytes, and one more, that begin with a code point, as far as the rows tell their codes; where that is not
    /// far, how many bytes the scalar kernel should take instead.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn read(rows: &Rows, seen: &[u8; SEEN], len: usize) -> Result<Self, usize> {
        let start = seen.as_ptr();
        // SAFETY: 33 bytes are seen.
        let (bytes, next) = unsafe { (_mm256_loadu_si256(start.cast()), _mm256_loadu_si256(start.add(1).cast())) };
        let arabic = _mm256_cmpeq_epi8(_mm256_and_si256(bytes, set(0xFC)), set(0xD8));
        let latin = _mm256_cmpeq_epi8(_mm256_and_si256(bytes, set(0xFE)), set(0xC2));
        let single = _mm256_cmpgt_epi8(bytes, set(0xFF));
        let mask = |hits: __m256i| _mm256_movemask_epi8(hits).cast_unsigned();
        let (ascii, leads) = (mask(single), mask(_mm256_or_si256(arabic, latin)));
        // Behind the block, everything is as good as known.
        let known = known(u64::from(ascii) | u64::MAX << BLOCK, leads.into(), len)?;
        let upper = _mm256_and_si256(_mm256_slli_epi16::<6>(bytes), set(0xC0));
        let low = _mm256_or_si256(upper, _mm256_and_si256(next, set(0x3F)));
        let mut codes = _mm256_and_si256(arabic, look_up(&rows.arabic, low));
        if !rows.latin.is_empty() {
            let low = _mm256_blendv_epi8(low, bytes, single);
            let of_page = _mm256_or_si256(latin, single);
            codes = _mm256_or_si256(codes, _mm256_and_si256(of_page, look_up(&rows.latin, low)));
        }
        // A code point that the block cuts belongs to the next one.
        let len = known.min(BLOCK - (leads >> (BLOCK - 1)) as usize);
        let whole = u32::MAX >> (BLOCK - len);
        Ok(Self { bytes, codes, ascii: ascii & whole, leads: leads & whole, len })
    }

    /// The code points whose code is one of `first..=last`.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn of_codes(&self, first: u8, last: u8) -> u32 {
        let from_first = _mm256_sub_epi8(self.codes, set(first));
        let hits = _mm256_cmpeq_epi8(_mm256_min_epu8(from_first, set(last - first)), from_first);
        _mm256_movemask_epi8(hits).cast_unsigned() & (self.ascii | self.leads)
    }

    /// The code points by what is done with them.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn masks(&self) -> Masks {
        let neighbours = self.of_codes(Actions::STOPS.0, Actions::STOPS.1);
        let drops = self.of_codes(Actions::DROPS, Actions::DROPS);
        let plain = (self.ascii | self.leads) & !(neighbours | drops);
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

    /// The bytes as they are written, and the first bytes of the code points whose second byte is not; `None` where a
    /// code point takes more bytes than it did.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn written(&self, rows: &Rows) -> Option<(__m256i, u32)> {
        let mapped = self.of_codes(Actions::MAPPED, u8::MAX);
        if mapped == 0 {
            return Some((self.bytes, 0));
        }
        let firsts = look_up_code(&rows.utf8_first, self.codes);
        let codes_before =
            _mm256_alignr_epi8::<15>(self.codes, _mm256_permute2x128_si256::<0x08>(self.codes, self.codes));
        let seconds = look_up_code(&rows.utf8_second, codes_before);
        let mask = |hits: __m256i| _mm256_movemask_epi8(hits).cast_unsigned();
        let long = mask(firsts) & mapped;
        if long & self.ascii | long & mask(_mm256_cmpeq_epi8(firsts, set(0xFF))) != 0 {
            return None;
        }
        let is_mapped = |codes: __m256i| _mm256_cmpeq_epi8(_mm256_max_epu8(codes, set(Actions::MAPPED)), codes);
        // A second byte has no code of its own, but the one before it: in one byte, both cannot be.
        let bytes = _mm256_blendv_epi8(self.bytes, firsts, is_mapped(self.codes));
        let second = _mm256_and_si256(is_mapped(codes_before), _mm256_cmpgt_epi8(set(0xC0), self.bytes));
        let bytes = _mm256_blendv_epi8(bytes, seconds, second);
        Some((bytes, mapped & self.leads & !long))
    }
}

/// The bytes of a block and one more, at the end of a text filled up with 0; how many are the block's, and what follows.
#[inline]
fn next<'a>(rest: &'a [u8], filled: &'a mut [u8; SEEN]) -> (&'a [u8; SEEN], usize, End) {
    if let Some(seen) = rest.first_chunk::<SEEN>() {
        return (seen, BLOCK, End::Block);
    }
    filled.fill(0);
    filled[..rest.len()].copy_from_slice(rest);
    (filled, rest.len().min(BLOCK), End::Text)
}

/// See [`super::write_utf8`].
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
pub(super) fn write(actions: &Actions, text: &str, out: &mut Out<'_, u8>) -> usize {
    let Some(rows) = actions.rows() else { return scalar::write_utf8(actions, text, out) };
    let mut before = Before::default();
    let mut at = 0;
    let mut filled = [0; SEEN];
    while at < text.len()
        && let Some(room) = out.room_for(BLOCK)
    {
        let (seen, len, end) = next(&text.as_bytes()[at..], &mut filled);
        let read = Block::read(rows, seen, len);
        let changed = read.and_then(|read| read.written(rows).map(|written| (read, written)).ok_or(read.len));
        let (read, (bytes, joined)) = match changed {
            Ok(changed) => changed,
            Err(len) => {
                let taken = scalar::write_utf8_some(actions, &text[at..], len, out, &mut before);
                at += taken;
                if taken < len {
                    return at;
                }
                continue;
            }
        };
        let masks = read.masks();
        let (taken, ends) =
            match masks.take_bytes((read.ascii | read.leads).into(), read.len, end.of(read.len < len), &mut before) {
                Taken::Some(taken) => (taken, false),
                Taken::Until(taken) => (taken, true),
            };
        let drops = masks.drops as u32;
        let dropped = drops | (drops & read.leads) << 1 | joined << 1;
        let kept = !dropped & if taken == BLOCK { u32::MAX } else { (1 << taken) - 1 };
        let to = room.as_mut_ptr().cast::<u8>();
        // SAFETY: the room holds 32 bytes; a store fills 32 or 8 of them, from at most as many on as there are bytes
        // before those stored. What is then counted as written was stored, and is whole code points of UTF-8.
        unsafe {
            if kept == u32::MAX {
                _mm256_storeu_si256(to.cast(), bytes);
            } else {
                let mut written = 0;
                for (quarter, bytes) in [
                    _mm256_extract_epi64::<0>(bytes),
                    _mm256_extract_epi64::<1>(bytes),
                    _mm256_extract_epi64::<2>(bytes),
                    _mm256_extract_epi64::<3>(bytes),
                ]
                .into_iter()
                .enumerate()
                {
                    let mask = (kept >> (8 * quarter)) as u8;
                    let order = _mm_loadl_epi64(SQUEEZE[usize::from(mask)].as_ptr().cast());
                    _mm_storel_epi64(to.add(written).cast(), _mm_shuffle_epi8(_mm_cvtsi64_si128(bytes), order));
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
    at + scalar::write_utf8_some(actions, rest, rest.len(), out, &mut before)
}

/// For each choice of eight bytes, the shuffle that puts those chosen first.
static SQUEEZE: [[u8; 8]; 256] = {
    let mut table = [[0; 8]; 256];
    let mut mask = 0;
    while mask < 256 {
        let (mut byte, mut to) = (0_u8, 0);
        while byte < 8 {
            if mask >> byte & 1 == 1 {
                table[mask][to] = byte;
                to += 1;
            }
            byte += 1;
        }
        mask += 1;
    }
    table
};

/// See [`super::unchanged_utf8`].
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
pub(super) fn unchanged(actions: &Actions, text: &str) -> usize {
    let Some(rows) = actions.rows() else { return scalar::unchanged_utf8(actions, text) };
    let mut before = Before::default();
    let mut at = 0;
    let mut filled = [0; SEEN];
    while at < text.len() {
        let (seen, len, end) = next(&text.as_bytes()[at..], &mut filled);
        match Block::read(rows, seen, len) {
            Ok(read) => {
                let masks = read.masks().as_it_is(read.of_codes(Actions::MAPPED, u8::MAX).into());
                match masks.take_bytes((read.ascii | read.leads).into(), read.len, end.of(read.len < len), &mut before)
                {
                    Taken::Some(taken) => at += taken,
                    Taken::Until(taken) => return at + taken,
                }
            }
            Err(len) => {
                let taken = scalar::unchanged_utf8_some(actions, &text[at..], len, &mut before);
                at += taken;
                if taken < len {
                    return at;
                }
            }
        }
    }
    at
}
