//! Finds what may end a sentence: terminal marks, line breaks, quotation marks and brackets, dashes and bullets.
//!
//! A kernel reads blocks of 64 units and gives a few bits a unit ([`Block`]). It may report a few stops too many (a
//! neighbour in a Unicode block, a continuation byte), never one too few: who asks looks at the code point anyway. Letters
//! and spaces it reports exactly, so that the most usual end of a sentence is told from them alone ([`Stops::gap`],
//! [`Stops::long_word`]).
//! One promise, several implementations: `scalar.rs` is the oracle of the others.
#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod scalar;

use super::level::Level;
use crate::text::{Storage, Text};

/// Units in a block.
const BLOCK: usize = 64;
/// Blocks that a kernel reads at a time.
const BLOCKS: usize = 8;
/// Letters of a word that [`Stops::long_word`] looks for.
const LONG: usize = 5;

/// What a kernel tells of 64 units, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Block {
    /// Units that may be stops.
    stops: u64,
    /// Arabic letters 0621–063A and 0641–064A; in UTF-8 the second byte of each.
    letters: u64,
    /// White space of the usual kinds: 0009–000D, 0020 and, in units, 00A0.
    spaces: u64,
    /// Line breaks 000A–000D.
    breaks: u64,
}

/// The blocks of a stretch of text.
type Stretch = [Block; BLOCKS];

/// The white space behind a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Behind the white space.
    pub end: usize,
    /// Whether a line break is in it.
    pub broken: bool,
    /// Whether a bare letter follows.
    pub letter: bool,
}

/// The offsets of the stops of a text, in order.
#[derive(Clone, Debug)]
pub struct Stops<T> {
    text: T,
    stretch: Stretch,
    /// The stops of the current block that are still to come.
    mask: u64,
    /// The letters of the block before the stretch.
    letters: u64,
    /// Start of the current block.
    base: usize,
    /// The current block's number in the stretch.
    block: usize,
}

impl<T: Text> Stops<T> {
    /// The stops of `text` from the start.
    pub fn new(text: T) -> Self {
        let mut stops = Self { text, stretch: [Block::default(); BLOCKS], mask: 0, letters: 0, base: 0, block: 0 };
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
            self.letters = 0;
            self.read(at);
            return;
        }
        if blocks > 0 {
            self.block += blocks;
            self.base += blocks * BLOCK;
            self.mask = self.stretch[self.block].stops;
        }
        self.mask &= u64::MAX << (at - self.base);
    }

    /// The white space behind the mark of one unit at `at`, the stop given last, as far as the bits show it: none where it
    /// is not of the usual kinds or reaches the end of what was read.
    #[inline(always)]
    pub fn gap(&self, at: usize) -> Option<Gap> {
        let here = self.stretch[self.block];
        let bit = at - self.base;
        let (next, known) = match self.stretch.get(self.block + 1) {
            Some(next) => (*next, BLOCK),
            None => (Block::default(), BLOCK - 1 - bit),
        };
        // the bits from the unit behind the mark on
        let behind = |here: u64, next: u64| here >> bit >> 1 | next << (BLOCK - 1 - bit);
        let white = behind(here.spaces, next.spaces).trailing_ones() as usize;
        if white == 0 || white >= known {
            return None;
        }
        let broken = (behind(here.breaks, next.breaks).trailing_zeros() as usize) < white;
        let letter = white + usize::from(self.is_utf8());
        let letter = letter < known && behind(here.letters, next.letters) >> letter & 1 == 1;
        Some(Gap { end: at + 1 + white, broken, letter })
    }

    /// Where five bare letters start that end at `at`, the stop given last.
    #[inline(always)]
    pub fn long_word(&self, at: usize) -> Option<usize> {
        let width = 1 + usize::from(self.is_utf8());
        let word: u64 = if self.is_utf8() { 0b10_1010_1010 } else { 0b1_1111 };
        let before = self.block.checked_sub(1).map_or(self.letters, |block| self.stretch[block].letters);
        let both = u128::from(self.stretch[self.block].letters) << BLOCK | u128::from(before);
        let bits = (both >> (BLOCK + (at - self.base) - LONG * width)) as u64;
        (bits & word == word).then(|| at - LONG * width)
    }

    /// Reads the stretch that starts at `at`.
    fn read(&mut self, at: usize) {
        self.base = at;
        self.block = 0;
        read(Level::current(), self.text.storage(), at, &mut self.stretch);
        self.mask = self.stretch[0].stops;
    }

    #[inline(always)]
    fn is_utf8(&self) -> bool {
        matches!(self.text.storage(), Storage::Utf8(_))
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
                    self.mask = self.stretch[self.block].stops;
                } else {
                    self.letters = self.stretch[BLOCKS - 1].letters;
                    self.read(self.base);
                }
            }
            let at = self.base + self.mask.trailing_zeros() as usize;
            self.mask &= self.mask - 1;
            if !self.is_utf8() {
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

/// Reads the blocks from `from` on with the kernel of a level; behind the end of the text nothing is anything.
#[inline]
#[allow(unsafe_code)] // calls behind the level that the machine has
fn read(level: Level, storage: Storage<'_>, from: usize, stretch: &mut Stretch) {
    match storage {
        Storage::Latin1(units) | Storage::Utf8(units) => prefetch(units, from),
        Storage::Ucs2(units) => prefetch(units, from),
        Storage::Ucs4(units) => prefetch(units, from),
    }
    match level {
        #[cfg(target_arch = "x86_64")]
        // SAFETY: the machine has the instructions that the level stands for.
        Level::Avx512 => unsafe { avx512::read(storage, from, stretch) },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: as above.
        Level::Avx2 => unsafe { avx2::read(storage, from, stretch) },
        _ => scalar::read(storage, from, stretch),
    }
}

/// Asks for the stretch behind the one at `from`: while its stops are judged, memory can bring it.
#[inline(always)]
#[allow(unsafe_code)] // a hint that reads nothing
fn prefetch<U>(units: &[U], from: usize) {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        const LINE: usize = 64;
        let next = units.as_ptr().wrapping_add(from + BLOCK * BLOCKS).cast::<i8>();
        for line in 0..BLOCK * BLOCKS * size_of::<U>() / LINE {
            // SAFETY: a prefetch reads nothing and faults nowhere, whatever the address.
            unsafe { _mm_prefetch::<_MM_HINT_T0>(next.wrapping_add(line * LINE)) };
        }
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = (units, from);
}

/// Reads block by block with the kernel of one block, `($block, $behind)`: `$behind` is the unit before the block, 0 at the
/// start. A macro, so that the kernel is compiled into the loop. What is left at the end of a text is copied into a block
/// of zeros, which are nothing.
macro_rules! blocks {
    ($units:expr, $from:expr, $stretch:expr, $kernel:ident) => {{
        let mut rest = $units.get($from..).unwrap_or_default();
        let mut behind = $from.checked_sub(1).and_then(|at| $units.get(at)).copied().unwrap_or_default();
        for out in $stretch {
            if let Some((block, more)) = rest.split_first_chunk::<BLOCK>() {
                *out = $kernel(block, behind);
                behind = block[BLOCK - 1];
                rest = more;
            } else if rest.is_empty() {
                *out = Block::default();
            } else {
                let mut block = [0; BLOCK];
                block[..rest.len()].copy_from_slice(rest);
                *out = $kernel(&block, behind);
                rest = &[];
            }
        }
    }};
}
use blocks;

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

    /// The levels that the machine has.
    fn levels() -> impl Iterator<Item = Level> {
        [Level::Scalar, Level::Avx2, Level::Avx512].into_iter().filter(|&level| level <= Level::best())
    }

    #[test]
    fn every_kernel_reports_all_stops_and_exactly_the_letters_and_spaces() {
        let points = sample(5000, 3000, 7, 0x2FFF);
        let all: Vec<u32> = (0..0x3000).chain([0x4020, 0x4627, 0xD800, 0xDC00, 0xFFFF, 0x1_F600, 0x10_FFFF]).collect();
        let narrow: Vec<u16> = (0..=u16::MAX).collect();
        let bytes: Vec<u8> = (0..=u8::MAX).chain(points.iter().map(|&c| c as u8)).collect();
        let text: String = points.iter().chain(&all).filter_map(|&c| char::from_u32(c)).collect();
        let storages = [
            Storage::Ucs4(&points),
            Storage::Ucs4(&all),
            Storage::Ucs2(&narrow),
            Storage::Latin1(&bytes),
            Storage::Utf8(text.as_bytes()),
        ];
        for (storage, level) in storages.iter().flat_map(|storage| levels().map(move |level| (*storage, level))) {
            for from in (0..1000).chain((1000..=u16::MAX.into()).step_by(61)) {
                let (mut want, mut got) = ([Block::default(); BLOCKS], [Block::default(); BLOCKS]);
                scalar::read(storage, from, &mut want);
                read(level, storage, from, &mut got);
                for (want, got) in want.iter().zip(got) {
                    assert_eq!(want.stops & !got.stops, 0, "{level:?} {from}");
                    assert_eq!(Block { stops: want.stops, ..got }, *want, "{level:?} {from}");
                }
            }
        }
    }

    fn gaps<T: Text>(text: T) -> Vec<(usize, Gap, usize)> {
        let mut stops = Stops::new(text);
        let mut gaps = Vec::new();
        while let Some(at) = stops.next() {
            let found = stops.gap(at).filter(|gap| gap.letter).and_then(|gap| Some((at, gap, stops.long_word(at)?)));
            gaps.extend(found);
        }
        gaps
    }

    #[test]
    fn a_plain_gap_stands_between_a_long_word_with_a_mark_and_another_word() {
        let text = "\u{645}\u{62F}\u{64A}\u{646}\u{629}. \u{648}"; // a word of five letters
        assert_eq!(gaps(text), [(10, Gap { end: 12, broken: false, letter: true }, 0)]);
        let wide: Vec<u16> = text.encode_utf16().collect();
        assert_eq!(gaps(Units(&wide)), [(5, Gap { end: 7, broken: false, letter: true }, 0)]);
        assert_eq!(gaps(&*text.replace(' ', " \r\n ")), [(10, Gap { end: 15, broken: true, letter: true }, 0)]);
        for other in [text.replace(' ', ""), text.replace('\u{648}', "a"), text[2..].to_owned()] {
            assert_eq!(gaps(&*other), [], "{other}");
        }
        for lead in 0..200 {
            let shifted = format!("{}{text}", "a".repeat(lead));
            // none is wrong, though one that reaches over the edge of a block is not seen
            assert!(
                gaps(&*shifted)
                    .iter()
                    .all(|&gap| gap == (lead + 10, Gap { end: lead + 12, broken: false, letter: true }, lead))
            );
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
