//! Finds what may end a sentence: terminal marks, line breaks, quotation marks and brackets.
//!
//! A kernel reads blocks of 64 units and gives one bit a unit. It may report a few units too many (a neighbour in a
//! Unicode block, a continuation byte), never one too few: who asks looks at the code point anyway.
//! One promise, several implementations: `scalar.rs` is the oracle of the others.
mod scalar;
#[cfg(target_arch = "x86_64")]
mod x86_64;

use crate::text::{Storage, Text};

/// Units in a block.
const BLOCK: usize = 64;
/// Blocks that a kernel reads at a time.
const BLOCKS: usize = 8;

/// One bit a unit for the blocks of a stretch of text.
type Masks = [u64; BLOCKS];

/// The offsets of the stops of a text, in order.
#[derive(Clone, Debug)]
pub struct Stops<T> {
    text: T,
    /// The stops of the current stretch; those of its current block are in `mask`.
    masks: Masks,
    /// The stops of the current block that are still to come.
    mask: u64,
    /// Start of the current block.
    base: usize,
    /// The current block's number in the stretch.
    block: usize,
    utf8: bool,
}

impl<T: Text> Stops<T> {
    /// The stops of `text` from the start.
    pub fn new(text: T) -> Self {
        let utf8 = matches!(text.storage(), Storage::Utf8(_));
        let mut stops = Self { text, masks: [0; BLOCKS], mask: 0, base: 0, block: 0, utf8 };
        stops.read(0);
        stops
    }

    /// Goes on at `at`, which must not lie before the stop given last.
    #[inline]
    pub fn skip_to(&mut self, at: usize) {
        if at <= self.base {
            return;
        }
        let blocks = (at - self.base) / BLOCK;
        if self.block + blocks >= BLOCKS {
            self.read(at);
            return;
        }
        if blocks > 0 {
            self.block += blocks;
            self.base += blocks * BLOCK;
            self.mask = self.masks[self.block];
        }
        self.mask &= u64::MAX << (at - self.base);
    }

    /// Reads the stretch that starts at `at`.
    fn read(&mut self, at: usize) {
        self.base = at;
        self.block = 0;
        read(self.text.storage(), at, &mut self.masks);
        self.mask = self.masks[0];
    }
}

impl<T: Text> Iterator for Stops<T> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        loop {
            while self.mask == 0 {
                self.base += BLOCK;
                if self.base >= self.text.len() {
                    self.base = self.text.len();
                    return None;
                }
                self.block += 1;
                if self.block < BLOCKS {
                    self.mask = self.masks[self.block];
                } else {
                    self.read(self.base);
                }
            }
            let at = self.base + self.mask.trailing_zeros() as usize;
            self.mask &= self.mask - 1;
            if !self.utf8 {
                return Some(at);
            }
            if let Some(at) = lead(self.text.storage(), at) {
                return Some(at);
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

/// Reads the blocks from `from` on; behind the end of the text nothing is a stop.
#[inline]
fn read(storage: Storage<'_>, from: usize, masks: &mut Masks) {
    #[cfg(target_arch = "x86_64")]
    if x86_64::read(storage, from, masks) {
        return;
    }
    scalar::read(storage, from, masks);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Units;

    /// Code points that are stops, nearly stops, or neither.
    const SAMPLE: [u32; 48] = [
        0x00, 0x09, 0x0A, 0x0B, 0x0D, 0x0E, 0x1F, 0x20, 0x20, 0x21, 0x22, 0x23, 0x27, 0x28, 0x29, 0x2A, 0x2C, 0x2D,
        0x2D, 0x2E, 0x2F, 0x3E, 0x3F, 0x40, 0x5A, 0x5B, 0x5C, 0x5D, 0x7B, 0x7C, 0x7D, 0x84, 0x85, 0xA0, 0xAB, 0xB7,
        0xBB, 0xFF, 0x061F, 0x0627, 0x0640, 0x0640, 0x06D4, 0x1FFF, 0x2000, 0x2026, 0x207F, 0x2080,
    ];

    /// A text of `len` code points, stops rare (`every` in ten thousand), the same for one seed.
    fn sample(len: usize, every: u64, mut seed: u64, most: u32) -> Vec<u32> {
        let mut next = || {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            seed
        };
        (0..len)
            .map(|_| {
                let pick = SAMPLE[(next() % SAMPLE.len() as u64) as usize];
                if next() % 10_000 < every && pick <= most { pick } else { 0x61 + (next() % 20) as u32 }
            })
            .collect()
    }

    fn expected(points: &[u32]) -> Vec<usize> {
        (0..points.len()).filter(|&i| scalar::may_stop(points[i])).collect()
    }

    fn found<T: Text>(text: T) -> Vec<usize> {
        Stops::new(text).filter(|&at| scalar::may_stop(text.decode(at).0)).collect()
    }

    #[test]
    fn every_stop_is_found_in_every_storage_at_every_length() {
        for len in (0..200).chain([1000, 4099]) {
            for every in [0, 50, 1000, 10_000] {
                let points = sample(len, every, 0x9E37_79B9 + len as u64, 0x2FFF);
                let narrow: Vec<u16> = points.iter().map(|&c| c as u16).collect();
                let want = expected(&points);
                assert_eq!(found(Units(&points[..])), want);
                assert_eq!(found(Units(&narrow[..])), want);
                let latin: Vec<u32> = points.iter().map(|&c| if c > 0xFF { 0x61 } else { c }).collect();
                let bytes: Vec<u8> = latin.iter().map(|&c| c as u8).collect();
                assert_eq!(found(Units(&bytes[..])), expected(&latin));
                let text: String = points.iter().filter_map(|&c| char::from_u32(c)).collect();
                let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
                assert_eq!(found(text.as_str()), want.iter().map(|&i| starts[i]).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn the_fast_kernels_report_what_the_scalar_one_reports() {
        let points = sample(5000, 3000, 7, 0x2FFF);
        let narrow: Vec<u16> = points.iter().map(|&c| c as u16).collect();
        let bytes: Vec<u8> = points.iter().map(|&c| c as u8).collect();
        let text: String = points.iter().filter_map(|&c| char::from_u32(c)).collect();
        let storages =
            [Storage::Ucs4(&points), Storage::Ucs2(&narrow), Storage::Latin1(&bytes), Storage::Utf8(text.as_bytes())];
        for storage in storages {
            for from in 0..1000 {
                let (mut want, mut got) = ([0; BLOCKS], [u64::MAX; BLOCKS]);
                scalar::read(storage, from, &mut want);
                read(storage, from, &mut got);
                assert_eq!(got, want, "{from}");
            }
        }
    }

    #[test]
    fn skipping_leaves_out_what_lies_before() {
        let text = ". . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . .";
        for at in 0..text.len() {
            let mut stops = Stops::new(text);
            stops.next();
            stops.skip_to(at.max(1));
            assert_eq!(stops.next(), (at.max(1)..text.len()).find(|i| i % 2 == 0));
        }
    }
}
