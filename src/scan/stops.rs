//! Finds what may end a sentence: terminal marks, line breaks, quotation marks and brackets.
//!
//! A kernel reads blocks of 64 units and gives one bit a unit. It may report a few units too many (a neighbour in a
//! Unicode block, a continuation byte), never one too few: who asks looks at the code point anyway.
//! One promise, several implementations: the scalar one is the oracle of the others.
use crate::text::{Storage, Text};

/// Units in a block.
const BLOCK: usize = 64;

/// A block and the units in it that may be stops.
type Found = Option<(usize, u64)>;

/// The offsets of the stops of a text, in order.
#[derive(Clone, Debug)]
pub struct Stops<T> {
    text: T,
    /// Start of the current block.
    base: usize,
    /// Its stops that are still to come, one bit a unit.
    mask: u64,
    /// Where the next block starts.
    ahead: usize,
    utf8: bool,
}

impl<T: Text> Stops<T> {
    /// The stops of `text` from the start.
    pub fn new(text: T) -> Self {
        let utf8 = matches!(text.storage(), Storage::Utf8(_));
        Self { text, base: 0, mask: 0, ahead: 0, utf8 }
    }

    /// Goes on at `at`, which must not lie before the stop given last.
    #[inline]
    pub fn skip_to(&mut self, at: usize) {
        if at >= self.ahead {
            self.mask = 0;
            self.ahead = at;
        } else if at > self.base {
            self.mask &= u64::MAX << (at - self.base);
        }
    }

    fn refill(&mut self) -> bool {
        let Some((base, mask)) = next_block(self.text.storage(), self.ahead) else {
            self.ahead = self.text.len();
            return false;
        };
        self.base = base;
        self.mask = mask;
        self.ahead = (base + BLOCK).min(self.text.len());
        true
    }
}

impl<T: Text> Iterator for Stops<T> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        loop {
            while self.mask != 0 {
                let at = self.base + self.mask.trailing_zeros() as usize;
                self.mask &= self.mask - 1;
                if !self.utf8 {
                    return Some(at);
                }
                if let Some(at) = lead(self.text.storage(), at) {
                    return Some(at);
                }
            }
            if !self.refill() {
                return None;
            }
        }
    }
}

/// The start of the code point that a byte of UTF-8 was reported for.
#[inline]
fn lead(storage: Storage<'_>, at: usize) -> Option<usize> {
    let Storage::Utf8(bytes) = storage else { return Some(at) };
    match bytes[at] {
        0x9F => (at > 0 && bytes[at - 1] == 0xD8).then(|| at - 1),
        0x94 => (at > 0 && bytes[at - 1] == 0xDB).then(|| at - 1),
        0x80 => (at > 0 && bytes[at - 1] == 0xD9).then(|| at - 1),
        _ => Some(at),
    }
}

/// Whether a code point may be a stop: the set that every kernel covers.
#[inline(always)]
#[must_use]
pub const fn may_stop(c: u32) -> bool {
    // TAB is no stop; LINE FEED to CARRIAGE RETURN are; ! and "; ( and ); . and ?; [ ] { }; NEXT LINE; the guillemets; MIDDLE DOT;
    // ARABIC QUESTION MARK; ARABIC FULL STOP; general punctuation
    matches!(c, 0x0A..=0x0D | 0x21 | 0x22 | 0x28 | 0x29 | 0x2E | 0x3F | 0x5B | 0x5D | 0x7B | 0x7D
        | 0x85 | 0xAB | 0xB7 | 0xBB | 0x061F | 0x06D4 | 0x2000..=0x207F)
}

/// Whether a byte of UTF-8 may belong to a stop: the ASCII ones, the lead bytes C2 and E2, the second bytes of 061F and 06D4.
#[inline(always)]
const fn may_stop_byte(b: u8) -> bool {
    matches!(
        b,
        0x0A..=0x0D | 0x21 | 0x22 | 0x28 | 0x29 | 0x2E | 0x3F | 0x5B | 0x5D | 0x7B | 0x7D | 0xC2 | 0xE2 | 0x9F | 0x94
    )
}

/// The first block at or behind `from` with a stop in it.
fn next_block(storage: Storage<'_>, from: usize) -> Found {
    scalar(storage, from)
}

fn scalar(storage: Storage<'_>, from: usize) -> Found {
    let wide = |u: u32| (may_stop(u), u == 0x0640 || u == 0x2D, u == 0x20);
    match storage {
        Storage::Latin1(units) => scalar_blocks(units, from, |u| wide(u32::from(u))),
        Storage::Ucs2(units) => scalar_blocks(units, from, |u| wide(u32::from(u))),
        Storage::Ucs4(units) => scalar_blocks(units, from, wide),
        Storage::Utf8(bytes) => scalar_blocks(bytes, from, |b| (may_stop_byte(b), b == 0x80 || b == 0x2D, b == 0x20)),
    }
}

/// A tatweel or hyphen counts where a space follows: elsewhere it stretches or joins words. Behind the block's last unit anything may follow.
#[inline(always)]
const fn with_dashes(stops: u64, dashs: u64, spaces: u64) -> u64 {
    stops | (dashs & (spaces >> 1 | 1 << (BLOCK - 1)))
}

#[inline(always)]
fn scalar_blocks<U: Copy>(units: &[U], from: usize, hit: impl Fn(U) -> (bool, bool, bool)) -> Found {
    let mut base = from;
    while base < units.len() {
        let block = &units[base..units.len().min(base + BLOCK)];
        let (mut stops, mut dashs, mut spaces) = (0, 0, 0);
        for (i, &u) in block.iter().enumerate() {
            let (stop, dash, space) = hit(u);
            stops |= u64::from(stop) << i;
            dashs |= u64::from(dash) << i;
            spaces |= u64::from(space) << i;
        }
        let mask = with_dashes(stops, dashs, spaces);
        if mask != 0 {
            return Some((base, mask));
        }
        base += BLOCK;
    }
    None
}
