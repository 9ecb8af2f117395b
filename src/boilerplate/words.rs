//! The words of a folded line: where each stands, what it is to the rules, and what parts it from the word before.
use std::cell::RefCell;
use std::ops::{Deref, Range};

use super::key;
use super::lexicon::{Lexicon, Word, pack};
use crate::scan::heads;

/// What stands before a word: bits, or 0 where it is glued to the word before it.
pub mod gap {
    pub const SPACE: u8 = 1;
    pub const COLON: u8 = 2;
    pub const DASH: u8 = 4;
    pub const SLASH: u8 = 8;
    pub const PIPE: u8 = 16;
    pub const STOP: u8 = 32;
    pub const COMMA: u8 = 64;
    pub const OTHER: u8 = 128;
    /// A sign that parts a label or a credit from what follows.
    pub const SEPARATOR: u8 = COLON | DASH | SLASH | PIPE;
}

/// A word of a line.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Which word of the lexicon it is.
    pub word: Word,
    /// Where it stands in the key.
    pub from: usize,
    pub to: usize,
    /// What stands between it and the word before.
    pub gap: u8,
}

/// Cuts a part of `bytes` into words.
pub fn tokens<'a>(bytes: &'a [u8], part: Range<usize>, lexicon: &'a Lexicon) -> Tokens<'a> {
    Tokens { bytes: &bytes[..part.end], at: part.start, lexicon }
}

/// The iterator of [`tokens`].
pub struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
    lexicon: &'a Lexicon,
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    #[inline]
    fn next(&mut self) -> Option<Token> {
        let (from, gap) = skip_signs(self.bytes, self.at);
        if let Some(eight) = self.bytes[from..].first_chunk() {
            // Most words are of less than eight Arabic letters: their bytes are what the lexicon knows them by.
            let eight = u64::from_le_bytes(*eight);
            let signs = !eight & HIGH;
            let letters = signs.trailing_zeros() & !7;
            if signs != 0 && letters != 0 {
                let to = from + letters as usize / 8;
                self.at = to;
                let word = self.lexicon.packed(eight & ((1 << letters) - 1));
                return Some(Token { word, from, to, gap });
            }
        }
        let to = word_end(self.bytes, from)?;
        self.at = to;
        Some(Token { word: self.lexicon.word(&self.bytes[from..to]), from, to, gap })
    }
}

thread_local! {
    /// Buffers for words that are read when someone asks for them.
    static POOL: RefCell<Vec<Vec<Token>>> = const { RefCell::new(Vec::new()) };
}

/// Words in a buffer that goes back to the pool.
pub struct Lent(Vec<Token>);

impl Drop for Lent {
    fn drop(&mut self) {
        let buffer = std::mem::take(&mut self.0);
        // Where the thread ends, the pool is gone.
        let _ = POOL.try_with(|pool| pool.borrow_mut().push(buffer));
    }
}

/// Words of a line: at hand, or read for who asks.
pub enum Words<'a> {
    Kept(&'a [Token]),
    Lent(Lent),
}

impl Words<'_> {
    /// Reads words.
    pub fn read(words: impl Iterator<Item = Token>) -> Self {
        let mut buffer = POOL.with_borrow_mut(Vec::pop).unwrap_or_else(|| Vec::with_capacity(128));
        buffer.clear();
        words.for_each(|word| buffer.push(word));
        Self::Lent(Lent(buffer))
    }
}

impl Deref for Words<'_> {
    type Target = [Token];

    fn deref(&self) -> &[Token] {
        match self {
            Self::Kept(words) => words,
            Self::Lent(Lent(words)) => words,
        }
    }
}

/// Where the words of `bytes` stand.
pub fn spelled(bytes: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let from = skip_signs(bytes, at).0;
        at = word_end(bytes, from)?;
        Some(from..at)
    })
}

/// The place of the next word, and what stands before it.
#[inline]
fn skip_signs(bytes: &[u8], mut at: usize) -> (usize, u8) {
    let mut gap = 0;
    while let Some(&b) = bytes.get(at) {
        let sign = SIGNS[b as usize];
        if sign == 0 {
            break;
        }
        gap |= sign;
        at += 1;
    }
    (at, gap)
}

/// The end of the word that begins at `from`; `None` at the end.
#[inline]
fn word_end(bytes: &[u8], from: usize) -> Option<usize> {
    let kind = kind(*bytes.get(from)?);
    let mut at = from + 1;
    if kind == Kind::Arabic {
        while let Some(eight) = bytes.get(at..at + 8) {
            let ends = !u64::from_le_bytes(eight.try_into().unwrap_or_default()) & HIGH;
            if ends != 0 {
                return Some(at + ends.trailing_zeros() as usize / 8);
            }
            at += 8;
        }
    }
    while bytes.get(at).is_some_and(|&b| self::kind(b) == kind) {
        at += 1;
    }
    Some(at)
}

/// The highest bit of each of eight bytes: in a key, an Arabic letter's.
const HIGH: u64 = 0x8080_8080_8080_8080;

/// The words of `bytes` at its end, the last one last: at most as many as `out` holds.
pub fn last_words<'a>(bytes: &[u8], lexicon: &Lexicon, out: &'a mut [Word]) -> &'a [Word] {
    let (mut n, mut at) = (0, bytes.len());
    while n < out.len() {
        while at > 0 && kind(bytes[at - 1]) == Kind::Sign {
            at -= 1;
        }
        if at == 0 {
            break;
        }
        let to = at;
        let kind = kind(bytes[to - 1]);
        while let Some(eight) = bytes[..at].last_chunk::<8>()
            && kind == Kind::Arabic
        {
            let letters = (!u64::from_le_bytes(*eight) & HIGH).leading_zeros() as usize / 8;
            at -= letters;
            if letters < 8 {
                break;
            }
        }
        while at > 0 && self::kind(bytes[at - 1]) == kind {
            at -= 1;
        }
        out[n] = lexicon.word(&bytes[at..to]);
        n += 1;
    }
    out[..n].reverse();
    &out[..n]
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Kind {
    Arabic,
    Latin,
    Digit,
    Foreign,
    Sign,
}

#[inline]
fn kind(b: u8) -> Kind {
    static KINDS: [Kind; 256] = {
        let mut kinds = [Kind::Sign; 256];
        let mut b = 0;
        while b < 256 {
            #[allow(clippy::cast_possible_truncation)] // below 256
            let byte = b as u8;
            kinds[b] = kind_of(byte);
            b += 1;
        }
        kinds
    };
    KINDS[b as usize]
}

const fn kind_of(b: u8) -> Kind {
    match b {
        0x80.. => Kind::Arabic,
        b'a'..=b'z' => Kind::Latin,
        b'0'..=b'9' => Kind::Digit,
        key::FOREIGN => Kind::Foreign,
        _ => Kind::Sign,
    }
}

/// The bit of [`gap`] of every byte that is no part of a word.
static SIGNS: [u8; 256] = {
    let mut signs = [0; 256];
    let mut b = 0;
    while b < 256 {
        #[allow(clippy::cast_possible_truncation)] // below 256
        let byte = b as u8;
        if matches!(kind_of(byte), Kind::Sign) {
            signs[b] = sign(byte);
        }
        b += 1;
    }
    signs
};

const fn sign(b: u8) -> u8 {
    match b {
        b' ' | b'_' => gap::SPACE,
        b':' => gap::COLON,
        b'-' => gap::DASH,
        b'/' | b'\\' => gap::SLASH,
        b'|' => gap::PIPE,
        b'.' | b'!' | b'?' => gap::STOP,
        b',' | b';' => gap::COMMA,
        _ => gap::OTHER,
    }
}

/// Words that are looked for throughout a line, by their first three letters: a filter before the look-up.
#[derive(Debug, Default)]
pub struct Heads {
    arabic: heads::Heads,
    any: bool,
    /// One of them begins with a letter that is not Arabic; with a digit.
    foreign: bool,
    number: bool,
}

impl Heads {
    /// Adds the first word of a phrase that is no slot. Of a place where it may stand, [`Heads::any`] says `bits`.
    pub fn add(&mut self, phrase: &str, bits: u8) {
        let is_word = |part: &&str| !part.starts_with('{') && *part != ":";
        let folded = key::folded(phrase.split_whitespace().find(is_word).unwrap_or_default());
        let Some(word) = spelled(&folded).next() else { return };
        match &folded[word] {
            word @ [0x80..=0xFF, ..] => {
                self.arabic.add(word, bits);
                self.any = true;
            }
            [b'0'..=b'9', ..] => self.number = true,
            _ => self.foreign = true,
        }
    }

    /// Whether one of them may begin as `word` does, or `word` is not Arabic.
    pub fn may_begin(&self, word: &[u8]) -> bool {
        !matches!(word, [0x80..=0xFF, ..]) || self.arabic.may_begin(word)
    }

    /// Whether `found` says so of the place and the bits of any word of `bytes` that begins like one of these; at the
    /// first such the search ends, and it may end behind so many `words`. Words that are not Arabic are not told apart: where `foreign` says that there are
    /// such, and one of these is, the answer is yes; for numbers it always is.
    pub fn any(&self, bytes: &[u8], words: usize, foreign: bool, found: impl FnMut(usize, u8) -> bool) -> bool {
        self.number || (self.foreign && foreign) || (self.any && self.arabic.any(bytes, words, found))
    }
}

/// Folded spellings that a key may begin with; all are compared with its first four bytes at once.
#[derive(Debug, Default)]
pub struct Beginnings {
    heads: Vec<u32>,
    spelled: Vec<Vec<u8>>,
}

impl Beginnings {
    /// Adds the folded form of `spelled`, if it has four letters and more.
    pub fn add(&mut self, spelled: &str) {
        let folded = key::folded(spelled);
        if let Some(head) = head(&folded)
            && !self.spelled.contains(&folded)
        {
            self.heads.push(head);
            self.spelled.push(folded);
        }
    }

    /// Those that `key` begins with.
    pub fn of<'a>(&'a self, key: &[u8]) -> impl Iterator<Item = &'a [u8]> {
        let found = head(key).is_some_and(|head| self.heads.contains(&head));
        let spelled = if found { &self.spelled[..] } else { &[] };
        spelled.iter().map(Vec::as_slice).filter(move |one| key.starts_with(one))
    }
}

fn head(bytes: &[u8]) -> Option<u32> {
    bytes.first_chunk().map(|four| u32::from_le_bytes(*four))
}

/// Whether the word before that which begins at `start` is Latin.
pub fn is_behind_latin(bytes: &[u8], start: usize) -> bool {
    bytes[..start].iter().rfind(|&&b| kind(b) != Kind::Sign).is_some_and(u8::is_ascii_lowercase)
}

/// Whether nothing but a space parts the word that begins at `start` from the word before.
pub fn is_spaced(bytes: &[u8], start: usize) -> bool {
    start >= 2 && bytes[start - 1] == b' ' && kind(bytes[start - 2]) != Kind::Sign
}

/// The word that begins at `start`, and what stands before it.
pub fn word_at(bytes: &[u8], start: usize, lexicon: &Lexicon) -> (Word, u8) {
    let mut gap = 0;
    let mut at = start;
    while at > 0 && kind(bytes[at - 1]) == Kind::Sign {
        at -= 1;
        gap |= sign(bytes[at]);
    }
    let end = word_end(bytes, start).unwrap_or(start);
    (lexicon.packed(pack(&bytes[start..end])), gap)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_words_are_those_that_reading_forwards_gives() {
        let lexicon = Lexicon::default();
        for text in ["", "...", "خبر", "(خبر) عن 2024م - abc.", "a1b2 «سطر»"] {
            let key = key::folded(text);
            let all: Vec<Word> = tokens(&key, 0..key.len(), &lexicon).map(|t| t.word).collect();
            let mut out = [Word::default(); 3];
            let last = last_words(&key, &lexicon, &mut out);
            assert_eq!(last, &all[all.len().saturating_sub(3)..], "{text}");
        }
    }

    #[test]
    fn a_key_begins_with_every_spelling_it_starts_with() {
        let mut labels = Beginnings::default();
        for label in ["شاهد أيضا", "شاهد", "طالع"] {
            labels.add(label);
        }
        let of = |text: &str| labels.of(&key::folded(text)).count();
        assert_eq!(of("شاهد أيضاًالحلقة"), 2);
        assert_eq!(of("شاهد الحلقة"), 1);
        assert_eq!(of("شاه"), 0);
        assert_eq!(of("ويطالع"), 0);
    }

    #[test]
    fn a_head_is_found_at_the_start_of_a_word_only() {
        let mut heads = Heads::default();
        heads.add("رابط الخبر", 1);
        heads.add("{w} : من هنا", 2);
        let places = |text: &str| {
            let mut places = Vec::new();
            heads.any(&key::folded(text), usize::MAX, false, |at, _| {
                places.push(at);
                false
            });
            places
        };
        assert_eq!(places("سطر أول، رابط الخبر 7رابط وترابط"), [9, 21]);
        assert_eq!(places("سطر من"), [4]);
        assert!(places("سطر ثمن").is_empty());
    }
}
