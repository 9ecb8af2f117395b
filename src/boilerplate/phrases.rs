//! Phrases: paths over the numbers of words.
use super::key;
use super::lexicon::{FIRST_WORD, Lexicon, Word};
use super::table::{FxMap, SCATTER};
use super::words::{self, Token, gap};

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

/// Steps from node to node, one number each, so that most look-ups touch one line of the cache.
#[derive(Debug, Default)]
struct Edges {
    /// Node, step and the node reached, side by side; 0 where there is none. Half empty at least.
    slots: Vec<u64>,
    len: usize,
}

impl Edges {
    /// The bits of a step, and of a node.
    const STEP: u32 = 20;
    const NODE: u32 = 22;

    fn with_capacity(len: usize) -> Self {
        Self { slots: vec![0; (2 * len).next_power_of_two().max(16)], len: 0 }
    }

    /// The slot of a step: its own, or the empty one that it would get.
    #[inline]
    fn slot(&self, key: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (key.wrapping_mul(SCATTER) >> 32) as usize & mask;
        while self.slots[at] != 0 && self.slots[at] >> Self::NODE != key {
            at = (at + 1) & mask;
        }
        at
    }

    #[inline]
    fn key(node: u32, step: u32) -> u64 {
        u64::from(node) << Self::STEP | u64::from(step)
    }

    /// The node that a step leads to, 0 for none.
    #[inline]
    fn get(&self, node: u32, step: u32) -> u32 {
        if self.slots.is_empty() {
            return 0;
        }
        (self.slots[self.slot(Self::key(node, step))] & ((1 << Self::NODE) - 1)) as u32
    }

    /// The same where there is one; else it is `new` from now on.
    fn get_or_insert(&mut self, node: u32, step: u32, new: u32) -> Result<u32, Complaint> {
        if step >> Self::STEP != 0 || new >> Self::NODE != 0 {
            return Err("too many phrases: split the file".into());
        }
        if 2 * (self.len + 1) > self.slots.len() {
            let old = std::mem::replace(self, Self::with_capacity(self.slots.len().max(16)));
            self.len = old.len;
            for edge in old.slots.into_iter().filter(|&edge| edge != 0) {
                let at = self.slot(edge >> Self::NODE);
                self.slots[at] = edge;
            }
        }
        let key = Self::key(node, step);
        let at = self.slot(key);
        if self.slots[at] == 0 {
            self.slots[at] = key << Self::NODE | u64::from(new);
            self.len += 1;
        }
        Ok((self.slots[at] & ((1 << Self::NODE) - 1)) as u32)
    }
}

/// Phrases as paths over words; what is found at a path's end is a number that the owner understands. Each has a
/// *kind*, a set of bits of which the owner knows the meaning, so that it can ask what a word may begin or end.
#[derive(Debug, Default)]
pub struct Phrases {
    edges: Edges,
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
    /// By word: how many words the longest phrase has that begins with it.
    lens: Vec<u32>,
    /// The kinds of the phrases that begin with a number, with another slot, end with a number, with another slot.
    begin_number: u32,
    begin_any: u32,
    /// The words behind the slots that the phrases of `begin_any` begin with.
    late_words: Vec<u32>,
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
    /// The path that is being added, and where its words are folded.
    path: Vec<u32>,
    folded: Vec<u8>,
}

impl Phrases {
    /// Room for so many words and steps. `ending`: the kinds that [`Phrases::may_close`] is asked for.
    pub fn with_capacity(words: usize, steps: usize, ending: u32) -> Self {
        let mut phrases = Self { edges: Edges::with_capacity(steps), ending, ..Self::default() };
        phrases.begin.reserve(words);
        phrases.end.reserve(words);
        phrases.alone.reserve(words);
        phrases.lens.reserve(words);
        phrases.ends.reserve(steps);
        phrases.slots.reserve(steps);
        phrases.payloads.reserve(steps);
        phrases
    }

    /// Adds a phrase as it is spelled in a rule file.
    pub fn add(&mut self, spelled: &str, payload: u32, kind: u32, lexicon: &mut Lexicon) -> Result<(), Complaint> {
        let mut path = std::mem::take(&mut self.path);
        path.clear();
        self.read_path(spelled, lexicon, &mut path)?;
        self.insert(&path, payload, kind)?;
        self.path = path;
        Ok(())
    }

    /// Adds the phrases that commas part.
    pub fn add_all(&mut self, listed: &str, payload: u32, kind: u32, lexicon: &mut Lexicon) -> Result<(), Complaint> {
        if memchr::memchr3(b'{', b':', b',', listed.as_bytes()).is_some() {
            return listed.split('،').try_for_each(|one| self.add(one, payload, kind, lexicon));
        }
        // Without slots all of them are folded at once.
        let (mut path, mut folded) = (std::mem::take(&mut self.path), std::mem::take(&mut self.folded));
        key::folded_into(listed, &mut folded);
        for one in folded.split(|&b| b == b',') {
            path.clear();
            path.extend(words::spelled(one).map(|word| lexicon.add(&one[word])));
            if path.is_empty() {
                return Err(no_word(listed));
            }
            self.insert(&path, payload, kind)?;
        }
        (self.path, self.folded) = (path, folded);
        Ok(())
    }

    fn insert(&mut self, path: &[u32], payload: u32, kind: u32) -> Result<(), Complaint> {
        if self.ends.is_empty() {
            self.node();
            self.payloads.push((0, 0));
        }
        self.note(path, kind);
        let mut node = 0;
        for &step in path {
            if step < FIRST_WORD {
                self.slots[node as usize] |= 1 << step;
            }
            let next = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
            let reached = self.edges.get_or_insert(node, step, next)?;
            if reached == next {
                self.node();
            }
            node = reached;
        }
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

    /// Appends the steps of a phrase to `path`.
    fn read_path(&mut self, spelled: &str, lexicon: &mut Lexicon, path: &mut Vec<u32>) -> Result<(), Complaint> {
        if memchr::memchr2(b'{', b':', spelled.as_bytes()).is_none() {
            self.read_words(spelled, lexicon, path);
        } else {
            for part in spelled.split_whitespace() {
                match part {
                    "{n}" => path.push(Slot::Number as u32),
                    "{w}" => path.push(Slot::Word as u32),
                    "{any}" => path.push(Slot::Any as u32),
                    ":" => path.push(Slot::Separator as u32),
                    _ if part.as_bytes()[0] == b'{' => {
                        return Err(format!("unknown slot {part}: use {{n}}, {{w}} or {{any}}"));
                    }
                    _ => self.read_words(part, lexicon, path),
                }
            }
        }
        if path.iter().all(|&step| step < FIRST_WORD) {
            return Err(no_word(spelled));
        }
        Ok(())
    }

    /// Appends the words of what has no slot.
    fn read_words(&mut self, spelled: &str, lexicon: &mut Lexicon, path: &mut Vec<u32>) {
        key::folded_into(spelled, &mut self.folded);
        path.extend(words::spelled(&self.folded).map(|word| lexicon.add(&self.folded[word])));
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
            self.lens.resize(most, 0);
        }
        let len = path.iter().map(|&step| Slot::longest(step)).sum();
        self.len = self.len.max(len);
        if first == Slot::Number as u32 {
            self.begin_number |= kind;
        } else if first < FIRST_WORD {
            let slots = path.iter().take_while(|&&step| step < FIRST_WORD);
            self.late = self.late.max(slots.map(|&step| Slot::longest(step)).sum());
            self.late_words.extend(path.iter().find(|&&step| step >= FIRST_WORD));
            self.begin_any |= kind;
        } else {
            self.begin[first as usize] |= kind;
            let longest = &mut self.lens[first as usize];
            *longest = (*longest).max(u32::try_from(len).unwrap_or(u32::MAX));
        }
        if last >= FIRST_WORD {
            self.end[last as usize] |= kind;
        } else if last == Slot::Number as u32 {
            self.end_number |= kind;
        } else {
            self.end_any |= kind;
        }
        if last < FIRST_WORD && last != Slot::Number as u32 && kind & self.ending != 0 {
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

    /// Whether the word stands behind a slot that a phrase begins with.
    pub fn is_late(&self, word: Word) -> bool {
        self.late_words.contains(&word.id())
    }

    /// Whether a phrase may begin with these two words; `None` stands for the end.
    pub fn may_go_on(&self, first: Word, second: Option<Word>) -> bool {
        if first.is_number() && self.begin_number != 0 {
            return true;
        }
        let node = self.edges.get(0, first.id());
        if node == 0 {
            return false;
        }
        self.ends[node as usize] != 0
            || self.slots[node as usize] != 0
            || second.is_some_and(|word| self.edges.get(node, word.id()) != 0)
    }

    /// Whether the word is a phrase of one of these kinds; `None` where the whole path must be walked to say so.
    #[inline]
    pub fn is(&self, word: Word, kinds: u32) -> Option<bool> {
        (self.begin_any == 0).then(|| self.alone.get(word.id() as usize).is_some_and(|k| k & kinds != 0))
    }

    /// How many words the longest phrase has that may begin with the word; `late`: with a slot, too.
    pub fn longest(&self, first: Word, late: bool) -> usize {
        if late || first.is_number() {
            return self.len;
        }
        self.lens.get(first.id() as usize).map_or(0, |&len| len as usize)
    }

    /// How many words the longest phrase has of those that [`Phrases::is_open`] means.
    pub fn open_len(&self) -> usize {
        self.open_len
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

    /// Whether a phrase of one of these kinds may end with `last`; for those that end with a slot see
    /// [`Phrases::is_open`].
    pub fn may_close(&self, last: Word, kinds: u32) -> bool {
        (self.ends(last) | self.begin_any) & kinds != 0
    }

    /// Whether a phrase of one of these kinds begins with the word and ends with a slot that is no number.
    pub fn is_open(&self, word: Word, kinds: u32) -> bool {
        self.begin_open.get(&word.id()).is_some_and(|k| k & kinds != 0)
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
        let next = self.edges.get(node, step);
        if next != 0 {
            self.walk(next, words, at, closing, steps, found);
        }
    }
}

fn no_word(spelled: &str) -> Complaint {
    format!("no word in {spelled:?}: a phrase needs at least one")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(phrases: &Phrases, lexicon: &Lexicon, text: &str) -> Option<(u32, usize)> {
        let bytes = key::folded(text);
        let words: Vec<Token> = words::tokens(&bytes, 0..bytes.len(), lexicon).collect();
        let mut found = Vec::new();
        phrases.find(&words, 0, 0, &mut |payload, end| found.push((payload, end)));
        found.into_iter().max_by_key(|hit| hit.1)
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
