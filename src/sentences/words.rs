//! The words beside a place: read with a bound. Every bound counts visible code points, whatever their storage, and silent
//! signs count for nothing: so a text is cut in one way in UTF-8, in units, vocalised and stretched.
use super::chars::{Stop, fold, is_bare, is_break, is_digit, is_joining, is_latin, is_letter, is_silent, is_space};
use super::lexicon::{ANY, Classes, Key, classes};
use crate::text::{Span, Text};

/// Letters of a word that is no abbreviation whatever stands beside it.
const LONG: usize = 5;
/// Letters of a word that are read; no form in the files is longer.
const LETTERS: usize = 24;
/// Visible code points that are looked at in search of a word.
const REACH: usize = 40;
/// Visible code points that are read for each word that is counted.
const WORD: usize = 16;
/// Visible code points of a list mark: fewer than this.
const LIST_MARK: usize = 16;
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
    key: Key,
}

impl Word {
    /// Reads the letters of `start..end`.
    fn read<T: Text>(text: T, start: usize, end: usize) -> Self {
        let mut key = Key::EMPTY;
        let (mut letters, mut elements, mut first, mut last) = (0, 1, 0, 0);
        let mut at = start;
        while at < end {
            let (c, next) = text.decode(at);
            at = next;
            if is_letter(c) {
                first = if first == 0 { c } else { first };
                last = c;
                letters += 1;
                key = key.push(c);
            } else if c == 0x2E {
                elements += 1;
                letters = 0;
                key = key.push(c);
            }
        }
        Self { start, end, letters, elements, first, last, key }
    }

    /// What the files say of it.
    pub(super) fn classes(&self) -> Classes {
        classes(self.key)
    }

    /// Whether the files say `class` of it.
    pub(super) fn is(&self, class: Classes) -> bool {
        self.classes().any(class)
    }

    /// Whether the files say `class` of what follows its first letter.
    pub(super) fn rest_is<T: Text>(&self, text: T, class: Classes) -> bool {
        let key = letters(text, self.start, self.end).skip(1).fold(Key::EMPTY, Key::push);
        classes(key).any(class)
    }

    /// Whether the files say `class` of all words that start with its first two letters.
    fn head_is<T: Text>(&self, text: T, class: Classes) -> bool {
        let key = letters(text, self.start, self.end).take(2).fold(Key::EMPTY, Key::push);
        classes(key.push(ANY)).any(class)
    }

    /// Whether it is, or may be, a word with the conjunction و or ف written onto it.
    pub(super) const fn is_conjoined(&self) -> bool {
        matches!(self.first, 0x0648 | 0x0641) && self.letters >= 3
    }

    /// Whether the article stands behind its first letter: `والبيت`.
    pub(super) fn has_article<T: Text>(&self, text: T) -> bool {
        letters(text, self.start, self.end).skip(1).take(2).map(fold).eq([0x0627, 0x0644])
    }

    /// Whether a sentence that it stands in began before it.
    pub(super) fn goes_on<T: Text>(&self, text: T) -> bool {
        self.is(Classes::JOINS) || (self.head_is(text, Classes::JOINS) && !self.is(Classes::OPENS))
    }

    /// Whether it opens a clause that leads up to the main one, also with a conjunction before it.
    pub(super) fn leads<T: Text>(&self, text: T) -> bool {
        self.is(Classes::LEADS) || (matches!(self.first, 0x0648 | 0x0641) && self.rest_is(text, Classes::LEADS))
    }
}

/// The letters in `start..end`.
fn letters<T: Text>(text: T, start: usize, end: usize) -> impl Iterator<Item = u32> {
    text.slice(Span::new(start, end)).chars().map(|(_, c)| c).filter(|&c| is_letter(c))
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

/// Whether `most` visible code points or more stand in `start..end`.
pub(super) fn is_far<T: Text>(text: T, start: usize, mut end: usize, most: usize) -> bool {
    let mut left = most;
    while end > start && left > 0 {
        let (c, before) = text.decode_before(end);
        left -= usize::from(is_bare(c) || !is_silent(c));
        end = before;
    }
    left == 0
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

/// The start of the run of letters of one script that ends at `at`: `وDr` is a Latin word.
fn letters_before<T: Text>(text: T, floor: usize, at: usize) -> (usize, usize) {
    let (mut start, mut letters, mut latin) = (at, 0, false);
    while start > floor && letters < LETTERS {
        let (c, before) = text.decode_before(start);
        if is_letter(c) {
            if letters > 0 && is_latin(c) != latin {
                break;
            }
            latin = is_latin(c);
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

/// Whether the word that ends at `at` is of bare letters and no abbreviation: a long one, or one that no file speaks of and
/// that stands behind a space. Said without reading more of it than that takes.
#[inline]
pub(super) fn is_plain<T: Text>(text: T, floor: usize, at: usize) -> bool {
    let (mut start, mut count) = (at, 0);
    while start > floor {
        let (c, before) = text.decode_before(start);
        if !is_bare(c) {
            let first = text.decode(start).0;
            let short = c == 0x20 && count >= 2 && (first != 0x0648 || count > 2);
            return short && classes(letters(text, start, at).fold(Key::EMPTY, Key::push)) == Classes::default();
        }
        start = before;
        count += 1;
        if count == LONG {
            return start > floor;
        }
    }
    false
}

/// The word that starts at `at` or behind the opening marks there, if a letter does.
pub(super) fn word_after<T: Text>(text: T, at: usize) -> Option<Word> {
    let (mut start, mut left) = (at, REACH);
    while start < text.len() && left > 0 {
        let (c, next) = text.decode(start);
        if is_letter(c) {
            break;
        }
        left -= usize::from(!is_silent(c));
        let opens = matches!(Stop::of(c), Some(Stop::OpenQuote | Stop::Quote | Stop::OpenBracket));
        let passed = opens || is_silent(c) || (is_space(c) && !is_break(c));
        if !passed {
            return None;
        }
        start = next;
    }
    let (mut end, mut letters) = (start, 0);
    while end < text.len() && letters < LETTERS {
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

/// How many words stand between `floor` and `at`, counted backwards up to `most`; a colon or line break ends the count.
pub(super) fn words_back<T: Text>(text: T, floor: usize, at: usize, most: usize) -> usize {
    let (mut count, mut inside, mut here, mut left) = (0, false, at, most * WORD);
    while here > floor && left > 0 && count < most {
        let (c, before) = text.decode_before(here);
        here = before;
        if is_bare(c) || c == 0x20 {
            left -= 1;
            count += usize::from(c != 0x20 && !inside);
            inside = c != 0x20;
            continue;
        }
        if is_silent(c) {
            continue;
        }
        left -= 1;
        let letter = is_letter(c) || is_digit(c);
        count += usize::from(letter && !inside);
        inside = letter;
        if c == 0x3A || is_break(c) {
            break;
        }
    }
    count
}

/// How many words follow `at`, counted up to `most`, before the next terminal mark or line break; and that mark.
pub(super) fn words_ahead<T: Text>(text: T, at: usize, most: usize) -> (usize, Option<Stop>) {
    let (mut count, mut inside, mut here, mut left) = (0, false, at, most * WORD);
    while here < text.len() && left > 0 && count < most {
        let (c, next) = text.decode(here);
        here = next;
        if is_bare(c) || c == 0x20 {
            left -= 1;
            count += usize::from(c != 0x20 && !inside);
            inside = c != 0x20;
            continue;
        }
        if is_silent(c) {
            continue;
        }
        let letter = is_letter(c) || is_digit(c);
        count += usize::from(letter && !inside);
        inside = letter;
        left -= 1;
        if letter {
            continue;
        }
        if let Some(stop) = Stop::of(c).filter(|stop| stop.is_terminal() || *stop == Stop::Break) {
            return (count, Some(stop));
        }
    }
    (count, None)
}

/// Whether a letter or digit stands in `start..end`; told by what stands at its edges.
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
    let (mut here, mut left) = (end, REACH);
    while here > at && left > 0 {
        let (c, before) = text.decode_before(here);
        if is_letter(c) || is_digit(c) {
            return true;
        }
        left -= usize::from(!is_silent(c));
        here = before;
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
        if left == 0 || digits > 3 || letters > 4 || (is_joining(c) && digits + letters > 0) {
            return false;
        }
    }
    let most = if roman { 4 } else { 1 };
    (digits > 0 && digits <= 3 && letters == 0) || (digits == 0 && letters > 0 && letters <= most)
}
