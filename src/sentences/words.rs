//! The words beside a place: read with a bound, silent signs left out.
use super::chars::{Stop, fold, is_break, is_digit, is_joining, is_letter, is_silent, is_space};
use super::lexicon::{ANY, Classes, Key, classes};
use crate::text::Text;

/// Letters of a word that are read; no form in the files is longer.
const LETTERS: usize = 24;
/// Units of a word that are read: letters with their marks.
const REACH: usize = 80;
/// Visible units that are read for each word that is counted.
const WORD: usize = 16;
/// Visible units of a list mark: fewer than this.
const LIST_MARK: usize = 16;
/// Visible units of a phrase that are read.
const PHRASE: usize = 200;
/// Elements of a chain of initials that are read.
const CHAIN: usize = 6;

/// A word, or a chain of initials with the dots inside it (`م.ت.ف`).
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// Its first unit.
    pub start: usize,
    /// The unit behind its last.
    pub end: usize,
    /// Letters in its last element, at most [`LETTERS`].
    pub letters: usize,
    /// Elements: 1, or more in a chain.
    pub elements: usize,
    /// Its first letter.
    pub first: u32,
    /// Its last letter.
    pub last: u32,
    /// What the files say of it.
    pub classes: Classes,
    /// What the files say of it without its first letter.
    pub rest: Classes,
    /// What the files say of all words that start with its first two letters.
    pub head: Classes,
}

impl Word {
    /// Reads the letters of `start..end`.
    fn read<T: Text>(text: T, start: usize, end: usize) -> Self {
        let (mut key, mut rest) = (Key::EMPTY, Key::EMPTY);
        let (mut letters, mut elements, mut first, mut last, mut head) = (0, 1, 0, 0, Classes::default());
        let mut at = start;
        while at < end {
            let (c, next) = text.decode(at);
            at = next;
            if is_letter(c) {
                if first == 0 {
                    first = c;
                } else {
                    rest = rest.push(c);
                }
                last = c;
                letters += 1;
                key = key.push(c);
                if letters == 2 {
                    head = classes(key.push(ANY));
                }
            } else if c == 0x2E {
                elements += 1;
                letters = 0;
                key = key.push(c);
                rest = rest.push(c);
            }
        }
        Self { start, end, letters, elements, first, last, classes: classes(key), rest: classes(rest), head }
    }

    /// Whether it is, or may be, a word with the conjunction و or ف written onto it.
    pub(super) const fn is_conjoined(&self) -> bool {
        matches!(self.first, 0x0648 | 0x0641) && self.letters >= 3
    }

    /// Whether a sentence that it stands in began before it.
    pub(super) fn goes_on(&self) -> bool {
        self.classes.any(Classes::JOINS) || (self.head.any(Classes::JOINS) && !self.classes.any(Classes::OPENS))
    }

    /// Whether it opens a clause that leads up to the main one, also with a conjunction before it.
    pub(super) fn leads(&self) -> bool {
        self.classes.any(Classes::LEADS) || (matches!(self.first, 0x0648 | 0x0641) && self.rest.any(Classes::LEADS))
    }
}

/// Behind the silent signs at `at`.
#[inline]
pub(super) fn skip_silent<T: Text>(text: T, mut at: usize) -> usize {
    while at < text.len() {
        let (c, next) = text.decode(at);
        if !is_silent(c) {
            break;
        }
        at = next;
    }
    at
}

/// Behind the white space at `at`, line breaks included.
#[inline]
pub(super) fn skip_space<T: Text>(text: T, mut at: usize) -> usize {
    while at < text.len() {
        let (c, next) = text.decode(at);
        if !is_space(c) {
            break;
        }
        at = next;
    }
    at
}

/// Before the white space that ends at `at`.
#[inline]
pub(super) fn trim_space<T: Text>(text: T, floor: usize, mut at: usize) -> usize {
    while at > floor {
        let (c, before) = text.decode_before(at);
        if !is_space(c) {
            break;
        }
        at = before;
    }
    at
}

/// Before the white space and silent signs that end at `at`.
#[inline]
pub(super) fn trim_blank<T: Text>(text: T, floor: usize, mut at: usize) -> usize {
    while at > floor {
        let (c, before) = text.decode_before(at);
        if !is_space(c) && !is_silent(c) {
            break;
        }
        at = before;
    }
    at
}

/// The visible code point before `at`, with its start; silent signs are passed over.
#[inline]
pub(super) fn visible_before<T: Text>(text: T, floor: usize, mut at: usize) -> Option<(u32, usize)> {
    while at > floor {
        let (c, before) = text.decode_before(at);
        if !is_silent(c) {
            return Some((c, before));
        }
        at = before;
    }
    None
}

/// The start of the run of letters that ends at `at`.
fn letters_before<T: Text>(text: T, floor: usize, at: usize) -> (usize, usize) {
    let (mut start, mut letters) = (at, 0);
    while start > floor && letters < LETTERS && at - start < REACH {
        let (c, before) = text.decode_before(start);
        if is_letter(c) {
            letters += 1;
        } else if !is_silent(c) {
            break;
        }
        start = before;
    }
    (start, letters)
}

/// The word that ends at `at`, if a letter does; a single letter takes the initials before it into the word.
pub(super) fn word_before<T: Text>(text: T, floor: usize, at: usize) -> Option<Word> {
    let (mut start, mut letters) = letters_before(text, floor, at);
    if letters == 0 {
        return None;
    }
    let mut elements = 1;
    while letters == 1 && elements < CHAIN && start > floor {
        let (c, dot) = text.decode_before(start);
        if c != 0x2E {
            break;
        }
        let (before, count) = letters_before(text, floor, dot);
        if count == 0 || count > 2 {
            break;
        }
        (start, letters) = (before, count);
        elements += 1;
    }
    Some(Word::read(text, start, at))
}

/// The word that starts at `at` or behind the opening marks there, if a letter does.
pub(super) fn word_after<T: Text>(text: T, at: usize) -> Option<Word> {
    let (mut start, limit) = (at, at.saturating_add(REACH));
    while start < text.len() && start < limit {
        let (c, next) = text.decode(start);
        if is_letter(c) {
            break;
        }
        let opens = matches!(Stop::of(c), Some(Stop::OpenQuote | Stop::Quote | Stop::OpenBracket));
        let passed = opens || is_silent(c) || (is_space(c) && !is_break(c));
        if !passed {
            return None;
        }
        start = next;
    }
    let (mut end, mut letters) = (start, 0);
    while end < text.len() && letters < LETTERS && end - start < REACH {
        let (c, next) = text.decode(end);
        if is_letter(c) {
            letters += 1;
        } else if !is_silent(c) {
            break;
        }
        end = next;
    }
    (letters > 0).then(|| Word::read(text, start, end))
}

/// Where the phrase that ends at `end` starts: behind the last terminal mark or line break in reach, else at `floor`.
pub(super) fn phrase_start<T: Text>(text: T, floor: usize, end: usize) -> usize {
    let (mut at, mut left) = (end, PHRASE);
    while at > floor && left > 0 {
        let (c, before) = text.decode_before(at);
        if is_break(c) || Stop::of(c).is_some_and(Stop::is_terminal) {
            return at;
        }
        left -= usize::from(!is_silent(c));
        at = before;
    }
    floor
}

/// How many words stand between `floor` and `at`, counted backwards up to `most`; a colon or line break ends the count.
pub(super) fn words_back<T: Text>(text: T, floor: usize, at: usize, most: usize) -> usize {
    let (mut count, mut inside, mut here, mut left) = (0, false, at, most * WORD);
    while here > floor && left > 0 && count < most {
        let (c, before) = text.decode_before(here);
        here = before;
        if is_silent(c) {
            continue;
        }
        let letter = is_letter(c) || is_digit(c);
        count += usize::from(letter && !inside);
        inside = letter;
        if c == 0x3A || is_break(c) {
            break;
        }
        left -= 1;
    }
    count
}

/// How many words follow `at`, counted up to `most`, before the next terminal mark or line break; and that mark.
pub(super) fn words_ahead<T: Text>(text: T, at: usize, most: usize) -> (usize, Option<Stop>) {
    let (mut count, mut inside, mut here, mut left) = (0, false, at, most * WORD);
    while here < text.len() && left > 0 && count < most {
        let (c, next) = text.decode(here);
        here = next;
        if is_silent(c) {
            continue;
        }
        let letter = is_letter(c) || is_digit(c);
        count += usize::from(letter && !inside);
        inside = letter;
        if let Some(stop) = Stop::of(c).filter(|stop| stop.is_terminal() || *stop == Stop::Break) {
            return (count, Some(stop));
        }
        left -= 1;
    }
    (count, None)
}

/// Whether a letter or digit stands in `start..end`; told by the first units, for a sentence starts with its words.
pub(super) fn has_word<T: Text>(text: T, start: usize, end: usize) -> bool {
    let (mut at, mut left) = (start, REACH);
    while at < end && left > 0 {
        let (c, next) = text.decode(at);
        if is_letter(c) || is_digit(c) {
            return true;
        }
        left -= usize::from(!is_silent(c));
        at = next;
    }
    false
}

/// Whether `start..end` is no more than a list mark: a short number, a letter or a Roman numeral, with brackets and bullets.
pub(super) fn is_list_mark<T: Text>(text: T, start: usize, end: usize) -> bool {
    let (mut digits, mut letters, mut roman, mut at, mut left) = (0, 0, true, start, LIST_MARK);
    while at < end {
        let (c, next) = text.decode(at);
        at = next;
        if is_silent(c) {
            continue;
        }
        if is_digit(c) {
            digits += 1;
        } else if is_letter(c) {
            letters += 1;
            roman &= matches!(fold(c), 0x69 | 0x76 | 0x78); // i v x
        }
        left -= 1;
        if left == 0 || (is_joining(c) && digits + letters > 0) {
            return false;
        }
    }
    let most = if roman { 4 } else { 1 };
    (digits > 0 && digits <= 3 && letters == 0) || (digits == 0 && letters > 0 && letters <= most)
}
