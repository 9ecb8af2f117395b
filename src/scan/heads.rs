//! Finds in a folded text, one byte a character, where one of a few words may begin: by its first three letters.
//!
//! Every head has one of eight bits. Three tables say of a byte which heads have it as first, second, third letter; what
//! all three agree on may be a head. A kernel looks 64 places up at once; the portable one only the starts of words.
#![allow(unsafe_code)] // a call behind a feature test, loads that are checked
use super::level::Level;

/// The heads looked for. Their letters are bytes from 80 on; all other bytes part words.
#[derive(Clone, Debug)]
pub struct Heads {
    letters: [[u8; 128]; 3],
    /// By second and third place: the heads that end before it.
    short: [u8; 2],
}

impl Default for Heads {
    fn default() -> Self {
        Self { letters: [[0; 128]; 3], short: [0; 2] }
    }
}

/// The highest bit of each of eight bytes.
const HIGH: u64 = 0x8080_8080_8080_8080;

impl Heads {
    /// Adds the head of a word: its first three letters, or all of it where it has fewer. Of a text, what is found has
    /// `bits`.
    pub fn add(&mut self, word: &[u8], bits: u8) {
        for (place, table) in self.letters.iter_mut().enumerate() {
            if let Some(letter) = word.get(place) {
                table[usize::from(letter & 0x7F)] |= bits;
            } else {
                for set in table.iter_mut() {
                    *set |= bits;
                }
                self.short[place - 1] |= bits;
            }
        }
    }

    /// The bits of the heads that may stand at `at`.
    #[inline]
    fn at(&self, bytes: &[u8], at: usize) -> u8 {
        let set = |place: usize| match bytes.get(at + place) {
            Some(byte) if *byte >= 0x80 => self.letters[place][usize::from(byte & 0x7F)],
            _ => self.short.get(place.wrapping_sub(1)).copied().unwrap_or(0),
        };
        set(0) & set(1) & set(2)
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
        let mut at = 0;
        while at < bytes.len() {
            let eight = bytes[at..].first_chunk().copied().unwrap_or_else(|| {
                let mut eight = [0; 8];
                eight[..bytes.len() - at].copy_from_slice(&bytes[at..]);
                eight
            });
            let letters = u64::from_le_bytes(eight) & HIGH;
            let mut starts = letters & !(letters << 8 | word_before);
            word_before = letters >> 56;
            seen += starts.count_ones() as usize;
            while starts != 0 {
                let start = at + starts.trailing_zeros() as usize / 8;
                starts &= starts - 1;
                let bits = self.at(bytes, start);
                if bits != 0 && found(start, bits) {
                    return true;
                }
            }
            if seen >= words {
                break;
            }
            at += 8;
        }
        false
    }
}

#[cfg(target_arch = "x86_64")]
mod avx512 {
    use std::arch::x86_64::*;

    use super::Heads;

    /// See [`Heads::any`].
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi,popcnt,bmi1")]
    pub(super) fn any(heads: &Heads, bytes: &[u8], words: usize, found: &mut impl FnMut(usize, u8) -> bool) -> bool {
        let tables = [0, 1, 2].map(|place: usize| {
            let table = &heads.letters[place];
            // SAFETY: a table is two vectors.
            unsafe { (_mm512_loadu_si512(table.as_ptr().cast()), _mm512_loadu_si512(table[64..].as_ptr().cast())) }
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
                let other = heads.short.get(place.wrapping_sub(1)).copied().unwrap_or(0);
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
