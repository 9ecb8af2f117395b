//! What lines speak of: the stems of their words, without numbers and the words that every text has.
use std::cell::OnceCell;
use std::collections::hash_map::Entry;
use std::ops::Range;

use super::lexicon::pack;
use super::names::Class;
use super::reading::Reading;
use super::table::{FxMap, SCATTER};
use super::words::spelled;
use crate::text::Text;

/// A stem shorter than this says nothing.
const SHORTEST: usize = 3;

/// A set of stems; 0 is none.
#[derive(Debug, Default)]
pub struct Words {
    /// Half empty at least, so that a look-up is one or two reads.
    slots: Vec<u64>,
    len: usize,
}

impl Words {
    fn with_capacity(len: usize) -> Self {
        Self { slots: vec![0; (2 * len).next_power_of_two().max(16)], len: 0 }
    }

    /// Where the stem is, or would be.
    #[inline]
    fn slot(&self, topic: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (topic.wrapping_mul(SCATTER) >> 32) as usize & mask;
        while self.slots[at] != 0 && self.slots[at] != topic {
            at = (at + 1) & mask;
        }
        at
    }

    /// Whether the stem is in it.
    #[inline]
    #[allow(clippy::trivially_copy_pass_by_ref)] // as of every set
    pub fn contains(&self, topic: &u64) -> bool {
        !self.slots.is_empty() && self.slots[self.slot(*topic)] != 0
    }

    /// Adds the stem where it is new and `wanted` says so.
    #[inline]
    fn insert_if(&mut self, topic: u64, wanted: impl FnOnce() -> bool) {
        if 2 * (self.len + 1) > self.slots.len() {
            let old = std::mem::replace(self, Self::with_capacity(self.slots.len().max(8)));
            self.len = old.len;
            for &topic in old.iter() {
                let at = self.slot(topic);
                self.slots[at] = topic;
            }
        }
        let at = self.slot(topic);
        if self.slots[at] == 0 && topic != 0 && wanted() {
            self.slots[at] = topic;
            self.len += 1;
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// All of them, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &u64> {
        self.slots.iter().filter(|slot| **slot != 0)
    }
}

impl FromIterator<u64> for Words {
    fn from_iter<I: IntoIterator<Item = u64>>(topics: I) -> Self {
        let mut words = Self::default();
        words.extend(topics);
        words
    }
}

impl Extend<u64> for Words {
    fn extend<I: IntoIterator<Item = u64>>(&mut self, topics: I) {
        topics.into_iter().for_each(|topic| self.insert_if(topic, || true));
    }
}

impl<T: Text> Reading<'_, T> {
    /// The words of a line that show what it is about. Several steps ask, of few lines: they are found once.
    pub fn topics(&self, line: usize) -> &[u64] {
        self.topics[line].get_or_init(|| {
            let mut topics = Vec::with_capacity(self.sheet.lines[line].count);
            self.each_stem(line, |topic, word| {
                if !self.is_common(word) {
                    topics.push(topic);
                }
            });
            topics.into_boxed_slice()
        })
    }

    fn is_common(&self, word: &[u8]) -> bool {
        self.names().is_word(self.rules.book.lexicon.word(word), Class::Common.bit())
    }

    /// Hands the stems of a line's words that may be topics to `put`, with the words.
    #[inline]
    fn each_stem(&self, line: usize, mut put: impl FnMut(u64, &[u8])) {
        let l = &self.sheet.lines[line];
        let tail = if l.whole() { l.tail.end..l.tail.end } else { l.tail.clone() };
        for part in [l.key.clone(), tail] {
            let key = &self.sheet.key[part];
            for word in spelled(key).map(|word| &key[word]) {
                let stem = stem(word);
                if stem.len() >= SHORTEST && !word[0].is_ascii_digit() {
                    put(pack(stem), word);
                }
            }
        }
    }
}

/// What the running text speaks of; its words are read when someone asks for them.
pub struct Body {
    lines: Vec<usize>,
    topics: OnceCell<Words>,
}

impl Body {
    /// So many lines of running text say what it speaks of.
    const LINES: usize = 60;

    /// The running text as it is known by now.
    pub fn of<T: Text>(page: &Reading<T>) -> Self {
        let lines = (page.lead..page.len()).filter(|&l| page.is_prose(l)).take(Self::LINES).collect();
        Self { lines, topics: OnceCell::new() }
    }

    /// How many of `topics` it speaks of.
    pub fn shared<T: Text>(&self, page: &Reading<T>, topics: &[u64]) -> usize {
        if topics.is_empty() {
            return 0;
        }
        let body = self.topics.get_or_init(|| self.read(page));
        topics.iter().filter(|t| body.contains(t)).count()
    }

    fn read<T: Text>(&self, page: &Reading<T>) -> Words {
        let mut words = Words::with_capacity(self.lines.iter().map(|&l| page.sheet.lines[l].count).sum());
        for &line in &self.lines {
            page.each_stem(line, |topic, word| {
                words.insert_if(topic, || !page.is_common(word));
            });
        }
        words
    }
}

/// What the running text speaks of on both sides of a place that moves on; every line is read a few times, however
/// often the place moves.
pub struct Around {
    /// The lines of running text.
    prose: Vec<usize>,
    /// The topics of the first lines, as far as they stand before the place, and how many lines that are.
    before: Words,
    read: usize,
    /// How often each topic stands in the next lines behind the place, and which of `prose` these are.
    behind: FxMap<u64, u32>,
    window: Range<usize>,
    /// How many topics both sides share.
    common: usize,
}

impl Around {
    /// So many lines of running text on either side say what it speaks of.
    const LINES: usize = 40;

    /// The running text from the lead on, before any place.
    pub fn of<T: Text>(page: &Reading<T>) -> Self {
        let prose = (page.lead..page.len()).filter(|&l| page.is_prose(l)).collect();
        let (before, behind) = (Words::default(), FxMap::default());
        Self { prose, before, read: 0, behind, window: 0..0, common: 0 }
    }

    /// Moves the place on: what counts as before it ends at the line `before`, what counts as behind begins at `behind`.
    pub fn move_to<T: Text>(&mut self, page: &Reading<T>, before: usize, behind: usize) {
        let passed = self.prose.partition_point(|&l| l < before).min(Self::LINES);
        for i in self.read..passed {
            for &topic in page.topics(self.prose[i]) {
                self.common += usize::from(!self.before.contains(&topic) && self.behind.contains_key(&topic));
                self.before.extend([topic]);
            }
        }
        self.read = self.read.max(passed);
        let start = self.prose.partition_point(|&l| l < behind);
        let end = (start + Self::LINES).min(self.prose.len());
        for i in self.window.start..start.min(self.window.end) {
            for &topic in page.topics(self.prose[i]) {
                if let Entry::Occupied(mut count) = self.behind.entry(topic) {
                    *count.get_mut() -= 1;
                    if *count.get() == 0 {
                        count.remove();
                        self.common -= usize::from(self.before.contains(&topic));
                    }
                }
            }
        }
        for i in start.max(self.window.end)..end {
            for &topic in page.topics(self.prose[i]) {
                let count = self.behind.entry(topic).or_insert(0);
                *count += 1;
                self.common += usize::from(*count == 1 && self.before.contains(&topic));
            }
        }
        self.window = start..end;
    }

    /// How many of `topics` the text before the place speaks of, and how many that behind it.
    pub fn shared(&self, topics: &Words) -> (usize, usize) {
        let before = topics.iter().filter(|t| self.before.contains(t)).count();
        (before, topics.iter().filter(|t| self.behind.contains_key(t)).count())
    }

    /// Whether the text behind the place speaks of other things than that before it.
    pub fn are_strange(&self) -> bool {
        self.common * 5 < self.behind.len()
    }
}

/// A word without the article, the joined particles and the commonest endings: enough to see that two words are one.
#[allow(clippy::match_same_arms)] // the first that fits counts
pub fn stem(word: &[u8]) -> &[u8] {
    let rest = match word {
        // wal-, fal-, bal-, kal-
        [0xC8 | 0xC1 | 0xA8 | 0xC3, 0xA7, 0xC4, rest @ ..] if rest.len() >= SHORTEST => rest,
        // al-, lil-
        [0xA7 | 0xC4, 0xC4, rest @ ..] if rest.len() >= SHORTEST => rest,
        // wa-, bi-
        [0xC8 | 0xA8, rest @ ..] if rest.len() >= SHORTEST => rest,
        _ => word,
    };
    match rest {
        // -ha, -at, -un, -in, -an
        [stem @ .., 0xC7, 0xA7] | [stem @ .., 0xA7, 0xAA] | [stem @ .., 0xC8 | 0xCA | 0xA7, 0xC6]
            if stem.len() >= SHORTEST =>
        {
            stem
        }
        // -a, -hu; -i; -an (alef of tanwin)
        [stem @ .., 0xC7 | 0xCA | 0xA7] if stem.len() >= SHORTEST => stem,
        _ => rest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boilerplate::key::folded;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for word in ["مدرسة", "المدرسة", "والمدرسة", "بمدرسة", "للمدرسة", "مدرسات"]
        {
            assert_eq!(stem(&folded(word)), folded("مدرس"), "{word}");
        }
    }

    #[test]
    fn what_is_left_has_three_letters() {
        for word in ["الله", "والي", "بنت", "ولد", "هما"] {
            assert!(stem(&folded(word)).len() >= 3, "{word}");
        }
    }
}
