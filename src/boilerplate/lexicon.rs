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
        // Tables read the lowest bits, products mix the highest best.
        self.0.rotate_left(26)
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

/// A table from numbers to numbers above 0, half empty at least, so that a look-up is one or two reads.
#[derive(Debug, Default)]
pub struct Table {
    slots: Vec<(u64, u32)>,
    len: usize,
}

impl Table {
    /// Odd, from the golden ratio.
    const SCATTER: u64 = 0x9E37_79B9_7F4A_7C15;

    /// An empty table with room for so many.
    pub fn with_capacity(len: usize) -> Self {
        Self { slots: vec![(0, 0); (2 * len).next_power_of_two().max(16)], len: 0 }
    }

    /// The slot of `key`: its own, or the empty one that it would get.
    #[inline]
    fn slot(&self, key: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (key.wrapping_mul(Self::SCATTER) >> 32) as usize & mask;
        while self.slots[at].1 != 0 && self.slots[at].0 != key {
            at = (at + 1) & mask;
        }
        at
    }

    /// The value of `key`, 0 for none.
    #[inline]
    pub fn get(&self, key: u64) -> u32 {
        if self.slots.is_empty() { 0 } else { self.slots[self.slot(key)].1 }
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// The keys, in no order.
    pub fn keys(&self) -> impl Iterator<Item = &u64> {
        self.slots.iter().filter(|slot| slot.1 != 0).map(|slot| &slot.0)
    }

    /// The value of `key`, which becomes `new` where it has none.
    pub fn get_or_insert(&mut self, key: u64, new: u32) -> u32 {
        if 2 * (self.len + 1) > self.slots.len() {
            let old = std::mem::replace(self, Self::with_capacity(self.slots.len().max(16)));
            for (key, value) in old.slots {
                if value != 0 {
                    self.get_or_insert(key, value);
                }
            }
        }
        let at = self.slot(key);
        if self.slots[at].1 == 0 {
            self.slots[at] = (key, new);
            self.len += 1;
        }
        self.slots[at].1
    }
}

/// The numbered words.
#[derive(Debug, Default)]
pub struct Lexicon {
    words: Table,
    /// One bit or more for every word: most words of a text are unknown, and this says so from the first cache.
    filter: Vec<u64>,
    /// Where phrases are folded while they are added.
    folded: Vec<u8>,
}

impl Lexicon {
    const FILTER: usize = 2048;

    /// A lexicon with room for so many words.
    pub fn with_capacity(words: usize) -> Self {
        Self { words: Table::with_capacity(words), filter: vec![0; Self::FILTER], folded: Vec::new() }
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
        let hash = key.wrapping_mul(Table::SCATTER);
        ((hash >> 53) as usize, 1 << (hash >> 47 & 63))
    }

    fn add(&mut self, bytes: &[u8]) -> u32 {
        if self.filter.is_empty() {
            *self = Self::with_capacity(64);
        }
        let key = pack(bytes);
        let (word, bit) = Self::bit(key);
        self.filter[word] |= bit;
        // Low numbers are kept for slots.
        let next = u32::try_from(self.words.len).unwrap_or(u32::MAX >> 1) + Slot::FIRST_WORD;
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

    /// How many words a step takes at most.
    fn longest(step: u32) -> usize {
        match step {
            _ if step == Self::Number as u32 => NUMBERS,
            _ if step == Self::Any as u32 => ANY,
            _ if step == Self::Separator as u32 => 0,
            _ => 1,
        }
    }
}

/// The longest run that `{any}` stands for.
const ANY: usize = 8;
/// The longest run that `{n}` stands for: 12/3/2025 is three.
const NUMBERS: usize = 4;

/// What cannot be read in a phrase.
pub type Complaint = String;

/// Phrases as paths over words; what is found at a path's end is a number that the owner understands. Each has a
/// *kind*, a set of bits of which the owner knows the meaning, so that it can ask what a word may begin or end.
#[derive(Debug, Default)]
pub struct Phrases {
    edges: Table,
    /// By node: the first of `payloads` that ends there, 0 for none.
    ends: Vec<u32>,
    /// What ends at a node, and the next that does.
    payloads: Vec<(u32, u32)>,
    /// By node: which slots leave it.
    slots: Vec<u8>,
    /// By word: the kinds of the phrases that begin with it, end with it, are it.
    begin: Vec<u32>,
    end: Vec<u32>,
    alone: Vec<u32>,
    /// The kinds of the phrases that begin with a number, with another slot, end with a number, with another slot.
    begin_number: u32,
    begin_any: u32,
    /// How many words the slots take that the phrases of `begin_any` begin with.
    late: usize,
    end_number: u32,
    end_any: u32,
    /// By word: the kinds of the phrases that begin with it and end with a slot that is no number; and how many words
    /// the longest of them has.
    begin_open: FxMap<u32, u32>,
    open_len: usize,
    /// The kinds of which the ends are asked for.
    ending: u32,
    /// How many words the longest phrase has.
    len: usize,
    /// The path that is being added.
    path: Vec<u32>,
}

impl Phrases {
    /// Room for so many words and steps. `ending`: the kinds that [`Phrases::may_close`] is asked for.
    pub fn with_capacity(words: usize, steps: usize, ending: u32) -> Self {
        let mut phrases = Self { edges: Table::with_capacity(steps), ending, ..Self::default() };
        phrases.begin.reserve(words);
        phrases.end.reserve(words);
        phrases.alone.reserve(words);
        phrases.ends.reserve(steps);
        phrases.slots.reserve(steps);
        phrases
    }

    /// Adds a phrase as it is spelled in a rule file.
    pub fn add(&mut self, spelled: &str, payload: u32, kind: u32, lexicon: &mut Lexicon) -> Result<(), Complaint> {
        let mut path = std::mem::take(&mut self.path);
        path.clear();
        read_path(spelled, lexicon, &mut path)?;
        if self.ends.is_empty() {
            self.node();
            self.payloads.push((0, 0));
        }
        self.note(&path, kind);
        let mut node = 0;
        for &step in &path {
            if step < Slot::FIRST_WORD {
                self.slots[node as usize] |= 1 << step;
            }
            let next = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
            let reached = self.edges.get_or_insert(edge(node, step), next);
            if reached == next {
                self.node();
            }
            node = reached;
        }
        self.path = path;
        let new = u32::try_from(self.payloads.len()).unwrap_or(0);
        let mut last = self.ends[node as usize];
        if last == 0 {
            self.ends[node as usize] = new;
        } else {
            while self.payloads[last as usize].0 != payload {
                let next = &mut self.payloads[last as usize].1;
                if *next == 0 {
                    *next = new;
                    break;
                }
                last = *next;
            }
            if self.payloads[last as usize].0 == payload {
                return Ok(());
            }
        }
        self.payloads.push((payload, 0));
        Ok(())
    }

    fn node(&mut self) {
        self.ends.push(0);
        self.slots.push(0);
    }

    /// Notes what the ends of a path say of its kind.
    fn note(&mut self, path: &[u32], kind: u32) {
        let (Some(&first), Some(&last)) = (path.first(), path.last()) else { return };
        let most = path.iter().max().map_or(0, |&w| w as usize + 1);
        if most > self.begin.len() {
            self.begin.resize(most, 0);
            self.end.resize(most, 0);
            self.alone.resize(most, 0);
        }
        let len = path.iter().map(|&step| Slot::longest(step)).sum();
        self.len = self.len.max(len);
        if first == Slot::Number as u32 {
            self.begin_number |= kind;
        } else if first < Slot::FIRST_WORD {
            let slots = path.iter().take_while(|&&step| step < Slot::FIRST_WORD);
            self.late = self.late.max(slots.map(|&step| Slot::longest(step)).sum());
            self.begin_any |= kind;
        } else {
            self.begin[first as usize] |= kind;
        }
        if last >= Slot::FIRST_WORD {
            self.end[last as usize] |= kind;
        } else if last == Slot::Number as u32 {
            self.end_number |= kind;
        } else {
            self.end_any |= kind;
        }
        if last < Slot::FIRST_WORD && last != Slot::Number as u32 && kind & self.ending != 0 {
            *self.begin_open.entry(first).or_insert(0) |= kind;
            self.open_len = self.open_len.max(len);
        }
        if path.len() == 1 {
            self.alone[first as usize] |= kind;
        }
    }

    /// Whether a phrase of one of these kinds may begin with the word; those that begin with a slot are left aside, see
    /// [`Phrases::late`].
    #[inline]
    pub fn may_begin(&self, word: Word, kinds: u32) -> bool {
        let begin = self.begin.get(word.id() as usize).map_or(0, |k| *k);
        (begin | if word.is_number() { self.begin_number } else { 0 }) & kinds != 0
    }

    /// Whether phrases of these kinds begin with a slot for other things than numbers: at most how many words.
    pub fn late(&self, kinds: u32) -> Option<usize> {
        (self.begin_any & kinds != 0).then_some(self.late)
    }

    /// Whether a phrase may begin with these two words; `None` stands for the end.
    pub fn may_go_on(&self, first: Word, second: Option<Word>) -> bool {
        if first.is_number() && self.begin_number != 0 {
            return true;
        }
        let node = self.edges.get(edge(0, first.id()));
        if node == 0 {
            return false;
        }
        self.ends[node as usize] != 0
            || self.slots[node as usize] != 0
            || second.is_some_and(|word| self.edges.get(edge(node, word.id())) != 0)
    }

    /// Whether the word is a phrase of one of these kinds; `None` where the whole path must be walked to say so.
    #[inline]
    pub fn is(&self, word: Word, kinds: u32) -> Option<bool> {
        (self.begin_any == 0).then(|| self.alone.get(word.id() as usize).is_some_and(|k| k & kinds != 0))
    }

    /// How many words the longest phrase has.
    pub fn len(&self) -> usize {
        self.len
    }

    /// How many words at a line's end [`Phrases::may_close`] must see.
    pub fn closing_len(&self) -> usize {
        self.open_len.max(1)
    }

    /// The kinds of the phrases that end with the word, or with a number if it is one.
    fn ends(&self, word: Word) -> u32 {
        let ends = self.end.get(word.id() as usize).map_or(0, |k| *k);
        ends | if word.is_number() { self.end_number } else { 0 }
    }

    /// Whether a phrase of one of these kinds may end with the word.
    pub fn may_end(&self, word: Word, kinds: u32) -> bool {
        (self.ends(word) | self.end_any) & kinds != 0
    }

    /// Whether a phrase of one of these kinds may end where `last`, the last words of a line, do.
    pub fn may_close(&self, last: &[Word], kinds: u32) -> bool {
        let Some(&word) = last.last() else { return false };
        (self.ends(word) | self.begin_any) & kinds != 0
            || self.end_any & kinds != 0
                && last.iter().any(|w| self.begin_open.get(&w.id()).is_some_and(|k| k & kinds != 0))
    }

    /// Calls `found(payload, end)` for every phrase that begins at `words[from]`; `end` is the word behind it.
    pub fn find(&self, words: &[Token], from: usize, closing: u8, found: &mut dyn FnMut(u32, usize)) {
        let begins = match words.get(from) {
            Some(token) => self.begin_any != 0 || self.may_begin(token.word, u32::MAX),
            None => self.begin_any != 0,
        };
        if begins {
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
        let mut end = self.ends[node as usize];
        while end != 0 {
            let (payload, next) = self.payloads[end as usize];
            found(payload, at);
            end = next;
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
            let run = words[at..].iter().take(NUMBERS).take_while(|t| t.word.is_number()).count();
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
        step: u32,
        words: &[Token],
        at: usize,
        closing: u8,
        steps: &mut usize,
        found: &mut dyn FnMut(u32, usize),
    ) {
        let next = self.edges.get(edge(node, step));
        if next != 0 {
            self.walk(next, words, at, closing, steps, found);
        }
    }
}

/// An edge as a number.
#[inline]
fn edge(node: u32, step: u32) -> u64 {
    u64::from(node) << 32 | u64::from(step)
}

/// Appends the steps of a phrase to `path`.
fn read_path(spelled: &str, lexicon: &mut Lexicon, path: &mut Vec<u32>) -> Result<(), Complaint> {
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
                let mut bytes = std::mem::take(&mut lexicon.folded);
                key::folded_into(part, &mut bytes);
                path.extend(lines::spelled(&bytes).map(|word| lexicon.add(&bytes[word])));
                lexicon.folded = bytes;
            }
        }
    }
    if path.iter().all(|&step| step < Slot::FIRST_WORD) {
        return Err(format!("no word in {spelled:?}: a phrase needs at least one"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(phrases: &Phrases, lexicon: &Lexicon, text: &str) -> Option<(u32, usize)> {
        let bytes = key::folded(text);
        let words: Vec<Token> = lines::tokens(&bytes, 0..bytes.len(), lexicon).collect();
        let mut found = Vec::new();
        phrases.find(&words, 0, 0, &mut |payload, end| found.push((payload, end)));
        found.into_iter().max_by_key(|hit| hit.1)
    }

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

    #[test]
    fn phrases_match_whatever_the_signs_between_their_words() {
        let (mut lexicon, mut phrases) = (Lexicon::default(), Phrases::default());
        phrases.add("مدة القراءة {n} دقائق", 7, 1, &mut lexicon).unwrap();
        assert_eq!(found(&phrases, &lexicon, "مدّة القراءة: ٣ دقائق"), Some((7, 4)));
        assert_eq!(found(&phrases, &lexicon, "مدة القراءة طويلة"), None);
    }

    #[test]
    fn a_separator_is_asked_for_where_one_is_spelled() {
        let (mut lexicon, mut phrases) = (Lexicon::default(), Phrases::default());
        phrases.add("كتب : {w}", 1, 1, &mut lexicon).unwrap();
        assert_eq!(found(&phrases, &lexicon, "كتب - سامر"), Some((1, 2)));
        assert_eq!(found(&phrases, &lexicon, "كتب سامر"), None);
    }

    #[test]
    fn a_phrase_without_a_word_is_refused() {
        assert!(Phrases::default().add("{any} :", 0, 1, &mut Lexicon::default()).is_err());
    }
}
