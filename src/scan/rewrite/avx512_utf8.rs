//! The kernels with AVX-512 for UTF-8: 64 bytes a block.
//!
//! The two bytes of U+0600 to U+06FF hold their low byte in the last eight bits that vary, so that the tables of the
//! kernel for 2-byte units serve here too. A block ends before a code point of three bytes or more, or of another page: that
//! one is the scalar kernel's. Dropped code points are squeezed out by `vpcompressb`.

use super::avx512::{Tables, halves, pick};
use super::judge::{Before, End, Masks, Taken};
use super::{Actions, Out, scalar};
use std::arch::x86_64::*;

/// Bytes in a block.
const BLOCK: usize = 64;

/// A block whose code points are of one byte, or of two in the pages of the tables.
#[derive(Clone, Copy)]
struct Block {
    bytes: __m512i,
    /// At the first byte of each code point, its code.
    codes: __m512i,
    /// First bytes, those of one-byte and those of two-byte code points.
    ascii: u64,
    leads: u64,
    /// How many bytes make whole code points.
    len: usize,
}

impl Block {
    /// Reads `len` bytes that begin with a code point, as far as the tables tell their codes; where that is not far, how
    /// many bytes the scalar kernel should take instead.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2")]
    fn read(tables: &Tables, bytes: __m512i, len: usize) -> Result<Self, usize> {
        let byte = |byte: u8| _mm512_set1_epi8(byte.cast_signed());
        let ascii = !_mm512_movepi8_mask(bytes);
        let arabic = _mm512_cmpeq_epi8_mask(_mm512_and_si512(bytes, byte(0xFC)), byte(0xD8));
        let latin = _mm512_cmpeq_epi8_mask(_mm512_and_si512(bytes, byte(0xFE)), byte(0xC2));
        let leads = arabic | latin;
        let known = known(ascii, leads, len)?;
        let next = _mm512_permutexvar_epi8(load(&BEHIND), bytes);
        let upper = _mm512_and_si512(_mm512_slli_epi16::<6>(bytes), byte(0xC0));
        let low = _mm512_or_si512(upper, _mm512_and_si512(next, byte(0x3F)));
        let second_half = _mm512_movepi8_mask(low);
        let mut codes = pick(low, tables.arabic[0], tables.arabic[1]);
        codes = _mm512_mask_mov_epi8(codes, ascii, pick(bytes, tables.latin[0], tables.latin[1]));
        if (leads & second_half) != 0 {
            codes = _mm512_mask_mov_epi8(codes, arabic & second_half, pick(low, tables.arabic[2], tables.arabic[3]));
            codes = _mm512_mask_mov_epi8(codes, latin, pick(low, tables.latin[2], tables.latin[3]));
        }
        // A code point that the block cuts belongs to the next one.
        let len = known.min(BLOCK - (leads >> (BLOCK - 1)) as usize);
        let whole = u64::MAX >> (BLOCK - len);
        Ok(Self { bytes, codes, ascii: ascii & whole, leads: leads & whole, len })
    }

    /// The code points whose code is one of `first..=last`.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn of_codes(&self, first: u8, last: u8) -> u64 {
        let from_first = _mm512_sub_epi8(self.codes, _mm512_set1_epi8(first.cast_signed()));
        let hits = _mm512_cmple_epu8_mask(from_first, _mm512_set1_epi8((last - first).cast_signed()));
        hits & (self.ascii | self.leads)
    }

    /// The code points by what is done with them.
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
        let plain = (self.ascii | self.leads) & !(neighbours | drops);
        Masks { plain, drops, marks, spaces, stops: neighbours & !marks & !spaces }
    }
}

/// 64 bytes in a register.
#[inline]
#[target_feature(enable = "avx512f")]
fn load(bytes: &[u8; BLOCK]) -> __m512i {
    // SAFETY: they are 64 bytes.
    unsafe { _mm512_loadu_si512(bytes.as_ptr().cast()) }
}

/// How many of the first `len` bytes of a block make code points that are known, `ascii` or `leads` and what follows
/// these; where that are not two code points, how many bytes to go on without them.
#[inline(always)]
pub(super) fn known(ascii: u64, leads: u64, len: usize) -> Result<usize, usize> {
    let strange = !(ascii | leads | leads << 1);
    if strange == 0 {
        return Ok(len);
    }
    let starts = ascii | leads;
    let before = strange.wrapping_sub(1) & !strange;
    let known = before & starts;
    if known & known.wrapping_sub(1) != 0 {
        return Ok(len.min(before.trailing_ones() as usize));
    }
    let behind = starts & !before;
    Err(len.min(behind.trailing_zeros() as usize).max(1))
}

/// The bytes of a block, the last one of a text filled up with 0; how many are the text's, and what follows.
#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn next(rest: &[u8]) -> (__m512i, usize, End) {
    if let Some(block) = rest.first_chunk::<BLOCK>() {
        return (load(block), BLOCK, End::Block);
    }
    // SAFETY: only the bytes of the mask are read, and they are the text's.
    let bytes = unsafe { _mm512_maskz_loadu_epi8((1 << rest.len()) - 1, rest.as_ptr().cast()) };
    (bytes, rest.len(), End::Text)
}

/// The place behind, and before, each of 64 bytes.
const BEHIND: [u8; BLOCK] = places(1);
const BEFORE: [u8; BLOCK] = places(63);

const fn places(from: usize) -> [u8; BLOCK] {
    let mut places = [0; BLOCK];
    let mut at = 0;
    while at < BLOCK {
        places[at] = ((at + from) % BLOCK) as u8;
        at += 1;
    }
    places
}

/// See [`super::write_utf8`].
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2,bmi1,bmi2,lzcnt,popcnt")]
pub(super) fn write(actions: &Actions, text: &str, out: &mut Out<'_, u8>) -> usize {
    let Some([first, second]) = actions.utf8_bytes() else { return scalar::write_utf8(actions, text, out) };
    let tables = Tables::load(actions);
    let (first, second) = (halves(first), halves(second));
    let mut before = Before::default();
    let mut at = 0;
    while at < text.len()
        && let Some(room) = out.room_for(BLOCK)
    {
        let (bytes, len, end) = next(&text.as_bytes()[at..]);
        let read = Block::read(&tables, bytes, len);
        let changed = read.and_then(|read| read.written(first, second).map(|written| (read, written)).ok_or(read.len));
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
            match masks.take_bytes(read.ascii | read.leads, read.len, end.of(read.len < len), &mut before) {
                Taken::Some(taken) => (taken, false),
                Taken::Until(taken) => (taken, true),
            };
        let dropped = masks.drops | (masks.drops & read.leads) << 1 | joined << 1;
        let kept = !dropped & if taken == BLOCK { u64::MAX } else { (1 << taken) - 1 };
        // SAFETY: the room holds 64 bytes, and of those stored the first `kept` are whole code points of UTF-8.
        unsafe {
            _mm512_storeu_si512(room.as_mut_ptr().cast(), _mm512_maskz_compress_epi8(kept, bytes));
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

impl Block {
    /// The bytes as they are written, and the first bytes of the code points whose second byte is not; `None` where a
    /// code point takes more bytes than it did.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
    fn written(&self, first: [__m512i; 2], second: [__m512i; 2]) -> Option<(__m512i, u64)> {
        let mapped = self.of_codes(Actions::MAPPED, u8::MAX);
        if mapped == 0 {
            return Some((self.bytes, 0));
        }
        let firsts = pick(self.codes, first[0], first[1]);
        let seconds = pick(_mm512_permutexvar_epi8(load(&BEFORE), self.codes), second[0], second[1]);
        let long = _mm512_movepi8_mask(firsts) & mapped;
        if long & self.ascii | long & _mm512_cmpeq_epi8_mask(firsts, _mm512_set1_epi8(-1)) != 0 {
            return None;
        }
        let bytes = _mm512_mask_mov_epi8(self.bytes, mapped, firsts);
        let bytes = _mm512_mask_mov_epi8(bytes, (mapped & self.leads) << 1, seconds);
        Some((bytes, mapped & self.leads & !long))
    }
}

/// See [`super::unchanged_utf8`].
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2,bmi1,bmi2,lzcnt,popcnt")]
pub(super) fn unchanged(actions: &Actions, text: &str) -> usize {
    let tables = Tables::load(actions);
    let mut before = Before::default();
    let mut at = 0;
    while at < text.len() {
        let (bytes, len, end) = next(&text.as_bytes()[at..]);
        match Block::read(&tables, bytes, len) {
            Ok(read) => {
                let masks = read.masks().as_it_is(read.of_codes(Actions::MAPPED, u8::MAX));
                match masks.take_bytes(read.ascii | read.leads, read.len, end.of(read.len < len), &mut before) {
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
