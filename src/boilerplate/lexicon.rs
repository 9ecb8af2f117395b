//! Words: every one that a rule or a name uses has a number.
use std::hash::Hasher;

use super::table::{Fx, SCATTER, Table};

/// A word of the lexicon; unknown ones are all alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Word(u32);

impl Word {
    const NUMBER: u32 = 1 << 31;

    /// Whether it is written in digits.
    pub fn is_number(self) -> bool {
        self.0 & Self::NUMBER != 0
    }

    /// Its number: 0 for words that are unknown.
    pub fn id(self) -> u32 {
        self.0 & !Self::NUMBER
    }

    /// Whether no rule and no name knows it.
    pub fn is_unknown(self) -> bool {
        self.id() == 0
    }
}

/// The number of the first word: those below are kept for the slots of phrases.
pub const FIRST_WORD: u32 = 8;

/// The numbered words.
#[derive(Debug, Default)]
pub struct Lexicon {
    words: Table,
    /// One bit or more for every word: most words of a text are unknown, and this says so from the first cache.
    filter: Vec<u64>,
}

impl Lexicon {
    const FILTER: usize = 2048;

    /// A lexicon with room for so many words.
    pub fn with_capacity(words: usize) -> Self {
        Self { words: Table::with_capacity(words), filter: vec![0; Self::FILTER] }
    }

    /// The word that these folded bytes spell.
    #[inline]
    pub fn word(&self, bytes: &[u8]) -> Word {
        let number = if bytes.first().is_some_and(u8::is_ascii_digit) { Word::NUMBER } else { 0 };
        Word(self.packed(pack(bytes)).0 | number)
    }

    /// The word of these [`pack`]ed bytes, if it is no number.
    #[inline]
    pub fn packed(&self, key: u64) -> Word {
        let (word, bit) = Self::bit(key);
        match self.filter.get(word) {
            Some(bits) if bits & bit != 0 => Word(self.words.get(key)),
            _ => Word(0),
        }
    }

    #[inline]
    fn bit(key: u64) -> (usize, u64) {
        let hash = key.wrapping_mul(SCATTER);
        ((hash >> 53) as usize, 1 << (hash >> 47 & 63))
    }

    /// The number of these folded bytes, a new one where they have none.
    pub fn add(&mut self, bytes: &[u8]) -> u32 {
        if self.filter.is_empty() {
            *self = Self::with_capacity(64);
        }
        let key = pack(bytes);
        let (word, bit) = Self::bit(key);
        self.filter[word] |= bit;
        let next = u32::try_from(self.words.len()).unwrap_or(u32::MAX >> 1) + FIRST_WORD;
        self.words.get_or_insert(key, next)
    }
}

/// A word as a number: the bytes themselves up to eight (a folded byte is never 0), beyond that a hash of them whose
/// first byte is 0. Two long words of one hash would count as the same: nothing depends on it.
#[inline]
pub fn pack(bytes: &[u8]) -> u64 {
    let len = bytes.len();
    let shifted = |byte: u8, at: usize| u64::from(byte) << (8 * at);
    match *bytes {
        [] => return 0,
        // Two halves that overlap where the word has less than eight bytes.
        [_, _, _, _, ..] if len <= 8 => {
            let half = |at: usize| u64::from(u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap_or_default()));
            return half(0) | half(len - 4) << (8 * (len - 4));
        }
        [first, last] => return shifted(first, 0) | shifted(last, 1),
        [first, middle, last] => return shifted(first, 0) | shifted(middle, 1) | shifted(last, 2),
        [one] => return shifted(one, 0),
        _ => {}
    }
    let mut hash = Fx::default();
    hash.write(bytes);
    hash.finish() << 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_word_is_packed_as_it_is() {
        let word = [1, 2, 3, 4, 5, 6, 7, 8];
        for n in 0..=8 {
            let mut want = [0; 8];
            want[..n].copy_from_slice(&word[..n]);
            assert_eq!(pack(&word[..n]), u64::from_le_bytes(want));
        }
        assert_eq!(pack(&[1; 9]) & 0xFF, 0);
    }
}
