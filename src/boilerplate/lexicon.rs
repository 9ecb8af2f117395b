//! Words and phrases: every word that a rule or a name uses has a number, and phrases are paths over these numbers.
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::key;
use super::lines::{self, Token, gap};

/// A word of the lexicon; unknown ones are all alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Word(u32);

impl Word {
    const NUMBER: u32 = 1 << 31;

    /// Whether it is written in digits.
    pub fn is_number(self) -> bool {
        self.0 & Self::NUMBER != 0
    }

    fn id(self) -> u32 {
        self.0 & !Self::NUMBER
    }

    /// Whether no rule and no name knows it.
    pub fn is_unknown(self) -> bool {
        self.id() == 0
    }
}

/// A small multiplicative hash: keys are short and come from our own files or are only looked up.
#[derive(Default)]
pub struct Fx(u64);

impl Hasher for Fx {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(word));
        }
    }

    fn write_u8(&mut self, n: u8) {
        self.write_u64(u64::from(n));
    }

    fn write_u32(&mut self, n: u32) {
        self.write_u64(u64::from(n));
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = (self.0.rotate_left(5) ^ n).wrapping_mul(0x517C_C1B7_2722_0A95);
    }

    fn write_usize(&mut self, n: usize) {
        self.write_u64(n as u64);
    }
}

pub type FxMap<K, V> = HashMap<K, V, BuildHasherDefault<Fx>>;

/// The numbered words.
#[derive(Debug, Default)]
pub struct Lexicon {
    words: FxMap<Box<[u8]>, u32>,
}

impl Lexicon {
    /// The word that these folded bytes spell.
    pub fn word(&self, bytes: &[u8]) -> Word {
        let number = if bytes.first().is_some_and(u8::is_ascii_digit) { Word::NUMBER } else { 0 };
        Word(self.words.get(bytes).copied().unwrap_or(0) | number)
    }

    fn add(&mut self, bytes: &[u8]) -> u32 {
        // Low numbers are kept for slots.
        let next = u32::try_from(self.words.len()).unwrap_or(u32::MAX >> 1) + Slot::FIRST_WORD;
        *self.words.entry(bytes.into()).or_insert(next)
    }
}

/// A place in a phrase that stands for more than one spelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    /// `{n}`: a number.
    Number = 1,
    /// `{w}`: one word.
    Word = 2,
    /// `{any}`: one to eight words.
    Any = 3,
    /// `:`: a separator must stand here.
    Separator = 4,
}

impl Slot {
    const FIRST_WORD: u32 = 8;
}

/// The longest run that `{any}` stands for.
const ANY: usize = 8;

/// What cannot be read in a phrase.
pub type Complaint = String;

/// Phrases as paths over words; what is found at a path's end is a number that the owner understands.
#[derive(Debug, Default)]
pub struct Phrases {
    edges: FxMap<(u32, u32), u32>,
    /// By node: what ends there, and whether slots leave it.
    ends: Vec<Vec<u32>>,
    slots: Vec<u8>,
}

impl Phrases {
    /// Adds a phrase as it is spelled in a rule file.
    pub fn add(&mut self, spelled: &str, payload: u32, lexicon: &mut Lexicon) -> Result<(), Complaint> {
        let path = path(spelled, lexicon)?;
        if self.ends.is_empty() {
            self.node();
        }
        let mut node = 0;
        for step in path {
            if step < Slot::FIRST_WORD {
                self.slots[node as usize] |= 1 << step;
            }
            node = if let Some(&next) = self.edges.get(&(node, step)) {
                next
            } else {
                let next = self.node();
                self.edges.insert((node, step), next);
                next
            };
        }
        let ends = &mut self.ends[node as usize];
        if !ends.contains(&payload) {
            ends.push(payload);
        }
        Ok(())
    }

    fn node(&mut self) -> u32 {
        self.ends.push(Vec::new());
        self.slots.push(0);
        u32::try_from(self.ends.len() - 1).unwrap_or(0)
    }

    /// Calls `found(payload, end)` for every phrase that begins at `words[from]`; `end` is the word behind it.
    pub fn find(&self, words: &[Token], from: usize, closing: u8, found: &mut dyn FnMut(u32, usize)) {
        if !self.ends.is_empty() {
            let mut steps = 400;
            self.walk(0, words, from, closing, &mut steps, found);
        }
    }

    /// `closing`: what stands behind the last word. The steps are counted, so that slots cannot make it slow.
    fn walk(
        &self,
        node: u32,
        words: &[Token],
        at: usize,
        closing: u8,
        steps: &mut usize,
        found: &mut dyn FnMut(u32, usize),
    ) {
        if *steps == 0 {
            return;
        }
        *steps -= 1;
        for &payload in &self.ends[node as usize] {
            found(payload, at);
        }
        let slots = self.slots[node as usize];
        if slots & (1 << Slot::Separator as u8) != 0 {
            let sign = words.get(at).map_or(closing, |t| t.gap);
            if sign & gap::SEPARATOR != 0 {
                self.step(node, Slot::Separator as u32, words, at, closing, steps, found);
            }
        }
        let Some(token) = words.get(at) else { return };
        if !token.word.is_unknown() {
            self.step(node, token.word.id(), words, at + 1, closing, steps, found);
        }
        if slots & (1 << Slot::Number as u8) != 0 && token.word.is_number() {
            let run = words[at..].iter().take(4).take_while(|t| t.word.is_number()).count();
            for k in 1..=run {
                self.step(node, Slot::Number as u32, words, at + k, closing, steps, found);
            }
        }
        if slots & (1 << Slot::Word as u8) != 0 {
            self.step(node, Slot::Word as u32, words, at + 1, closing, steps, found);
        }
        if slots & (1 << Slot::Any as u8) != 0 {
            for k in 1..=ANY.min(words.len() - at) {
                self.step(node, Slot::Any as u32, words, at + k, closing, steps, found);
            }
        }
    }

    #[allow(clippy::too_many_arguments)] // one step of `walk`
    fn step(
        &self,
        node: u32,
        edge: u32,
        words: &[Token],
        at: usize,
        closing: u8,
        steps: &mut usize,
        found: &mut dyn FnMut(u32, usize),
    ) {
        if let Some(&next) = self.edges.get(&(node, edge)) {
            self.walk(next, words, at, closing, steps, found);
        }
    }
}

/// The steps of a phrase.
fn path(spelled: &str, lexicon: &mut Lexicon) -> Result<Vec<u32>, Complaint> {
    let mut path = Vec::new();
    for part in spelled.split_whitespace() {
        match part {
            "{n}" => path.push(Slot::Number as u32),
            "{w}" => path.push(Slot::Word as u32),
            "{any}" => path.push(Slot::Any as u32),
            ":" => path.push(Slot::Separator as u32),
            _ if part.starts_with('{') => {
                return Err(format!("unknown slot {part}: use {{n}}, {{w}} or {{any}}"));
            }
            _ => {
                let bytes = key::folded(part);
                let mut tokens = Vec::new();
                lines::tokenize(&bytes, 0..bytes.len(), &Lexicon::default(), &mut tokens);
                path.extend(tokens.iter().map(|t| lexicon.add(&bytes[t.from..t.to])));
            }
        }
    }
    if path.iter().all(|&step| step < Slot::FIRST_WORD) {
        return Err(format!("no word in {spelled:?}: a phrase needs at least one"));
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(phrases: &Phrases, lexicon: &Lexicon, text: &str) -> Option<(u32, usize)> {
        let bytes = key::folded(text);
        let mut words = Vec::new();
        lines::tokenize(&bytes, 0..bytes.len(), lexicon, &mut words);
        let mut found = Vec::new();
        phrases.find(&words, 0, 0, &mut |payload, end| found.push((payload, end)));
        found.into_iter().max_by_key(|hit| hit.1)
    }

    #[test]
    fn phrases_match_whatever_the_signs_between_their_words() {
        let (mut lexicon, mut phrases) = (Lexicon::default(), Phrases::default());
        phrases.add("مدة القراءة {n} دقائق", 7, &mut lexicon).unwrap();
        assert_eq!(found(&phrases, &lexicon, "مدّة القراءة: ٣ دقائق"), Some((7, 4)));
        assert_eq!(found(&phrases, &lexicon, "مدة القراءة طويلة"), None);
    }

    #[test]
    fn a_separator_is_asked_for_where_one_is_spelled() {
        let (mut lexicon, mut phrases) = (Lexicon::default(), Phrases::default());
        phrases.add("كتب : {w}", 1, &mut lexicon).unwrap();
        assert_eq!(found(&phrases, &lexicon, "كتب - سامر"), Some((1, 2)));
        assert_eq!(found(&phrases, &lexicon, "كتب سامر"), None);
    }

    #[test]
    fn a_phrase_without_a_word_is_refused() {
        assert!(Phrases::default().add("{any} :", 0, &mut Lexicon::default()).is_err());
    }
}
