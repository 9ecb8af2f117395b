//! Finds in a folded text, one byte a character, where one of a few words may begin: by its first three letters.
//!
//! Every head has one of eight bits. Three tables say of a byte which heads have it as first, second, third letter; what
//! all three agree on may be a head. A kernel looks 64 places up at once; the portable one only the starts of words.
#![allow(unsafe_code)] // a call behind a feature test, loads that are checked
use super::level::Level;

/// The heads looked for. Their letters are bytes from 80 on; all other bytes part words.
#[derive(Clone, Debug)]
pub struct Heads {
    /// By place and byte: the heads that have it there. A byte that is no letter, or the end, stands behind those that end
    /// before it.
    letters: [[u8; 256]; 3],
}

impl Default for Heads {
    fn default() -> Self {
        Self { letters: [[0; 256]; 3] }
    }
}

/// Bytes that are looked at together.
const BLOCK: usize = 64;

impl Heads {
    /// Adds the head of a word: its first three letters, or all of it where it has fewer. Of a text, what is found has
    /// `bits`.
    pub fn add(&mut self, word: &[u8], bits: u8) {
        for (place, table) in self.letters.iter_mut().enumerate() {
            match word.get(place) {
                Some(&letter) => table[usize::from(letter | 0x80)] |= bits,
                None => table.iter_mut().for_each(|set| *set |= bits),
            }
        }
    }

    /// The bits of the heads that may stand at `at`.
    #[inline(always)]
    fn at(&self, bytes: &[u8], at: usize) -> u8 {
        let three = match bytes[at..].first_chunk() {
            Some(three) => *three,
            None => [0, 1, 2].map(|place| bytes.get(at + place).copied().unwrap_or(0)),
        };
        let [first, second, third] = &self.letters;
        first[usize::from(three[0])] & second[usize::from(three[1])] & third[usize::from(three[2])]
    }

    /// Whether one of the heads may be that of `word`, or longer than it.
    #[must_use]
    pub fn may_begin(&self, word: &[u8]) -> bool {
        let tables = self.letters.iter().zip(word);
        tables.fold(u8::MAX, |bits, (table, letter)| bits & table[usize::from(letter | 0x80)]) != 0
    }

    /// Whether `found` says so of the place and the bits of some head; at the first such the search ends. `words`: it
    /// may also end behind so many.
    #[inline]
    pub fn any(&self, bytes: &[u8], words: usize, mut found: impl FnMut(usize, u8) -> bool) -> bool {
        #[cfg(target_arch = "x86_64")]
        if Level::current() == Level::Avx512 {
            // SAFETY: the level is never above what the machine has.
            return unsafe { avx512::any(self, bytes, words, &mut found) };
        }
        self.any_portable(bytes, words, &mut found)
    }

    fn any_portable(&self, bytes: &[u8], words: usize, found: &mut impl FnMut(usize, u8) -> bool) -> bool {
        let (mut word_before, mut seen) = (0, 0);
        for at in (0..bytes.len()).step_by(BLOCK) {
            let letters = if let Some(block) = bytes[at..].first_chunk() {
                letters(block)
            } else {
                let mut block = [0; BLOCK];
                block[..bytes.len() - at].copy_from_slice(&bytes[at..]);
                letters(&block)
            };
            let mut starts = letters & !(letters << 1 | word_before);
            word_before = letters >> (BLOCK - 1);
            seen += starts.count_ones() as usize;
            while starts != 0 {
                let start = at + starts.trailing_zeros() as usize;
                starts &= starts - 1;
                let bits = self.at(bytes, start);
                if bits != 0 && found(start, bits) {
                    return true;
                }
            }
            if seen >= words {
                break;
            }
        }
        false
    }
}

/// A bit for every byte of a block that is a letter.
#[inline(always)]
fn letters(block: &[u8; BLOCK]) -> u64 {
    // The product moves the highest bits of eight bytes side by side.
    let eight = |bytes: &[u8; 8]| {
        let highest = u64::from_le_bytes(*bytes) >> 7 & 0x0101_0101_0101_0101;
        highest.wrapping_mul(0x0102_0408_1020_4080) >> 56
    };
    let (chunks, _) = block.as_chunks();
    chunks.iter().rev().fold(0, |all, bytes| all << 8 | eight(bytes))
}

#[cfg(target_arch = "x86_64")]
mod avx512 {
    use std::arch::x86_64::*;

    use super::Heads;

    /// See [`Heads::any`].
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi,popcnt,bmi1")]
    pub(super) fn any(heads: &Heads, bytes: &[u8], words: usize, found: &mut impl FnMut(usize, u8) -> bool) -> bool {
        let tables = [0, 1, 2].map(|place: usize| {
            let letters = &heads.letters[place][128..];
            // SAFETY: these are two vectors.
            unsafe { (_mm512_loadu_si512(letters.as_ptr().cast()), _mm512_loadu_si512(letters[64..].as_ptr().cast())) }
        });
        let (mut word_before, mut seen) = (0, 0);
        for at in (0..bytes.len()).step_by(64) {
            let place = |place: usize| {
                let rest = bytes.get(at + place..).unwrap_or_default();
                let there = if rest.len() < 64 { (1 << rest.len()) - 1 } else { u64::MAX };
                // SAFETY: only bytes that are there are loaded.
                unsafe { _mm512_maskz_loadu_epi8(there, rest.as_ptr().cast()) }
            };
            let set = |block: __m512i, place: usize| {
                let set = _mm512_permutex2var_epi8(tables[place].0, block, tables[place].1);
                let other = heads.letters[place][0];
                _mm512_mask_mov_epi8(_mm512_set1_epi8(other.cast_signed()), _mm512_movepi8_mask(block), set)
            };
            let block = place(0);
            let letters = _mm512_movepi8_mask(block);
            let starts = letters & !(letters << 1 | word_before);
            word_before = letters >> 63;
            let two = _mm512_and_si512(set(block, 0), set(place(1), 1));
            let mut heads_at = _mm512_test_epi8_mask(two, set(place(2), 2)) & starts;
            while heads_at != 0 {
                let start = at + heads_at.trailing_zeros() as usize;
                heads_at &= heads_at - 1;
                if found(start, heads.at(bytes, start)) {
                    return true;
                }
            }
            seen += starts.count_ones() as usize;
            if seen >= words {
                break;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_finds_the_same_heads() {
        let mut heads = Heads::default();
        heads.add(&[0xA1, 0xA2, 0xA3, 0xA4], 1);
        heads.add(&[0xA2, 0xA1], 2);
        heads.add(&[0xA3], 4);
        let mut seed = 7_u32;
        for len in 0..300 {
            let bytes: Vec<u8> = (0..len)
                .map(|_| {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    [b' ', 0xA1, 0xA2, 0xA3, b'.', 0xA4, b' '][(seed >> 16) as usize % 7]
                })
                .collect();
            let want: Vec<(usize, u8)> = (0..bytes.len())
                .filter(|&at| bytes[at] >= 0x80 && (at == 0 || bytes[at - 1] < 0x80))
                .map(|at| (at, heads.at(&bytes, at)))
                .filter(|found| found.1 != 0)
                .collect();
            let (mut all, mut portable) = (Vec::new(), Vec::new());
            heads.any(&bytes, usize::MAX, |at, bits| {
                all.push((at, bits));
                false
            });
            heads.any_portable(&bytes, usize::MAX, &mut |at, bits| {
                portable.push((at, bits));
                false
            });
            assert_eq!(all, want);
            assert_eq!(portable, want);
        }
    }
}
