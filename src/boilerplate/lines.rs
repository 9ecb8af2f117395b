//! What a line looks like: the page is cut into lines and each is folded (long ones only at their two ends). Short lines
//! are cut into words that the rules know or do not know; the words of others are read when someone asks for them.
use std::cell::Cell;
use std::ops::Range;

use super::key::{self, Keys, Seen};
use super::lexicon::Lexicon;
use super::words::Words;
pub use super::words::{Token, gap, spelled, tokens};
use crate::scan::lines::{Letters, glance, letters, line_end, may_gape};
use crate::text::{Span, Text};

/// Lines up to this many characters are folded whole.
const WHOLE: usize = 600;
/// Of a longer line this much is folded at the head, and this much at the tail.
const HEAD: usize = 200;
const TAIL: usize = 300;
/// Lines of up to this many words are cut into words at once.
const SHORT: usize = 16;
/// The words of a line that is not folded whole are counted up to here: nothing asks for more.
const MANY: usize = 64;
/// A buffer of more bytes than this is not kept for the next page.
const KEPT: usize = 1 << 20;

thread_local! {
    /// The buffers of the page before.
    static SPARE: Cell<Option<Sheet>> = const { Cell::new(None) };
}

/// A line with something to see on it.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools)] // independent facts
pub struct Line {
    /// Its text, white space at the ends left off.
    pub span: Span,
    /// Its key: all of it, or the head of a long line.
    pub key: Range<usize>,
    /// The key's end part (the same as `key` where the line is folded whole).
    pub tail: Range<usize>,
    /// Its words, where they have been read.
    read: Option<Range<usize>>,
    /// Its first word.
    pub first: Option<Token>,
    /// How many words the whole line has; of a line that is not folded whole, at most [`MANY`].
    pub count: usize,
    /// How many of its letters are Arabic, how many Latin.
    pub arabic: usize,
    pub latin: usize,
    /// It ends as a sentence does.
    pub stop: bool,
    /// It ends with a full stop.
    pub period: bool,
    /// It ends with an ellipsis.
    pub ellipsis: bool,
    /// It ends with a colon.
    pub colon: bool,
    /// Somewhere in it stands `@`.
    pub at_sign: bool,
    /// How many blanks stand behind another, or more.
    pub blanks: usize,
    /// Its key, or the end part of it, holds a letter that is not Arabic; a sign of code.
    pub foreign: bool,
    pub code_sign: bool,
    /// There stands a digit.
    pub digit: bool,
}

impl Line {
    /// Whether all of it was folded.
    pub fn whole(&self) -> bool {
        self.key == self.tail
    }

    /// Whether its words are at hand.
    pub fn is_read(&self) -> bool {
        self.read.is_some()
    }

    /// Whether it reads like running text: a sentence, or too long for anything else.
    pub fn is_prose(&self) -> bool {
        let sentence = (self.period && self.count >= 6) || (self.stop && self.count >= 10);
        self.arabic > self.latin && (self.count >= 14 || sentence)
    }
}

/// The page as lines.
#[derive(Debug, Default)]
pub struct Sheet {
    pub key: Keys,
    pub lines: Vec<Line>,
    tokens: Vec<Token>,
}

impl Sheet {
    /// Reads a page, with the buffers of the page that this thread read before.
    pub fn new<T: Text>(text: T, lexicon: &Lexicon) -> Self {
        let mut sheet = SPARE.take().unwrap_or_default();
        sheet.key.clear();
        sheet.lines.clear();
        sheet.tokens.clear();
        let mut from = 0;
        while from < text.len() {
            let end = line_end(text, from);
            if end > from {
                sheet.add(text, Span::new(from, end), lexicon);
            }
            from = if end < text.len() { text.decode(end).1 } else { end };
        }
        sheet
    }

    /// Reads a part of a page for a question about it.
    pub fn of<T: Text, R>(text: T, lexicon: &Lexicon, ask: impl FnOnce(&Self) -> R) -> R {
        let sheet = Self::new(text, lexicon);
        let answer = ask(&sheet);
        sheet.spare();
        answer
    }

    /// Leaves the buffers to the next page.
    pub fn spare(self) {
        let size = self.lines.capacity() * size_of::<Line>() + self.tokens.capacity() * size_of::<Token>();
        if self.key.capacity() + size <= KEPT {
            SPARE.set(Some(self));
        }
    }

    fn add<T: Text>(&mut self, text: T, span: Span, lexicon: &Lexicon) {
        let span = bare(text, span);
        if span.is_empty() {
            return;
        }
        let whole = span.len() <= WHOLE || text.ahead(span.start, WHOLE) >= span.end;
        let (key, tail, seen) = if whole {
            let (all, seen) = self.key.fold(text, span);
            (all.clone(), all, seen)
        } else {
            let (head, seen) = self.key.fold(text, Span::new(span.start, head_end(text, span)));
            let (tail, more) = self.key.fold(text, Span::new(tail_start(text, span), span.end));
            (head, tail, Seen { odd: seen.odd | more.odd, blanks: usize::MAX })
        };
        if key.is_empty() {
            return;
        }
        let end = &self.key[tail.clone()];
        let shown = glance(end, key::FOREIGN);
        let count = if whole && !seen.odd {
            shown.spaces + 1
        } else {
            // The words of the two ends are enough of a long line, as a rule.
            let ends = if whole { 0 } else { shown.spaces + glance(&self.key[key.clone()], key::FOREIGN).spaces };
            if ends >= MANY && !seen.odd { MANY } else { count(text, span, if whole { usize::MAX } else { MANY }) }
        };
        let Letters { arabic, latin, at_sign } = letters(text, span);
        let stop = last_sign(end);
        let mut words = tokens(&self.key, key.clone(), lexicon);
        let first = words.next();
        let (ellipsis, colon) = (end.ends_with(b".."), end.ends_with(b":"));
        let read = (whole && count <= SHORT).then(|| {
            let from = self.tokens.len();
            self.tokens.extend(first);
            self.tokens.extend(words);
            from..self.tokens.len()
        });
        self.lines.push(Line {
            span,
            key,
            tail,
            read,
            first,
            count,
            arabic,
            latin,
            stop: stop.is_some(),
            period: stop == Some(b'.') && !ellipsis,
            ellipsis,
            colon,
            at_sign,
            blanks: seen.blanks,
            foreign: shown.foreign,
            code_sign: shown.code,
            digit: shown.digit,
        });
    }

    /// The words of a line's head (all of them where it was folded whole).
    pub fn words(&self, line: usize, lexicon: &Lexicon) -> Words<'_> {
        let l = &self.lines[line];
        match &l.read {
            Some(words) => Words::Kept(&self.tokens[words.clone()]),
            None => Words::read(tokens(&self.key, l.key.clone(), lexicon)),
        }
    }

    /// The first `n` words of a line, or all where they are at hand.
    pub fn first_words(&self, line: usize, n: usize, lexicon: &Lexicon) -> Words<'_> {
        let l = &self.lines[line];
        match &l.read {
            Some(words) => Words::Kept(&self.tokens[words.clone()]),
            None => Words::read(tokens(&self.key, l.key.clone(), lexicon).take(n)),
        }
    }

    /// The words of a line's tail.
    pub fn tail_words(&self, line: usize, lexicon: &Lexicon) -> Words<'_> {
        let l = &self.lines[line];
        match &l.read {
            Some(words) => Words::Kept(&self.tokens[words.clone()]),
            None => Words::read(tokens(&self.key, l.tail.clone(), lexicon)),
        }
    }

    /// A line's key (its head only where the line is long).
    pub fn head_key(&self, line: usize) -> &[u8] {
        &self.key[self.lines[line].key.clone()]
    }

    /// The end of a line's key.
    pub fn tail_key(&self, line: usize) -> &[u8] {
        &self.key[self.lines[line].tail.clone()]
    }

    /// The part of a long line between its head and its tail, which is not folded.
    pub fn middle<T: Text>(&self, text: T, line: usize) -> Span {
        let l = &self.lines[line];
        if l.whole() {
            return Span::new(l.span.end, l.span.end);
        }
        Span::new(head_end(text, l.span), tail_start(text, l.span))
    }

    /// The bytes of a word.
    pub fn bytes(&self, token: Token) -> &[u8] {
        &self.key[token.from..token.to]
    }

    /// Where in the text the byte `at` of the key came from; `line` is the line it belongs to.
    pub fn offset<T: Text>(&self, text: T, line: usize, at: usize) -> usize {
        let l = &self.lines[line];
        if at < l.key.end {
            key::place(text, l.span, at - l.key.start)
        } else {
            key::place(text, Span::new(tail_start(text, l.span), l.span.end), at - l.tail.start)
        }
    }

    /// Where in the text the part of the key up to `to` ends.
    pub fn end_offset<T: Text>(&self, text: T, line: usize, to: usize) -> usize {
        text.decode(self.offset(text, line, to - 1)).1
    }
}

/// Where the head of a long line ends.
fn head_end<T: Text>(text: T, span: Span) -> usize {
    text.ahead(span.start, HEAD)
}

/// Where the tail of a long line starts.
fn tail_start<T: Text>(text: T, span: Span) -> usize {
    text.back(span.end, TAIL)
}

/// A span without white space at its ends.
fn bare<T: Text>(text: T, span: Span) -> Span {
    let Span { mut start, mut end } = span;
    while start < end {
        let (c, next) = text.decode(start);
        if !key::is_space(c) {
            break;
        }
        start = next;
    }
    while end > start {
        let (c, before) = text.decode_before(end);
        if !key::is_space(c) {
            break;
        }
        end = before;
    }
    Span::new(start, end)
}

/// How many words a part of a text has, up to `most`; one without anything to see is none.
pub fn count<T: Text>(text: T, span: Span, most: usize) -> usize {
    let (mut words, mut in_word) = (0, false);
    for (_, c) in text.slice(span).chars() {
        if key::is_space(c) {
            in_word = false;
        } else if !in_word && !key::is_invisible(c) {
            in_word = true;
            words += 1;
            if words == most {
                break;
            }
        }
    }
    words
}

/// How many wide gaps part a text: runs of three blanks and more.
pub fn wide_gaps<T: Text>(text: T, span: Span) -> usize {
    if !may_gape(text, span) {
        return 0;
    }
    let (mut gaps, mut blanks, mut shown) = (0, 0, false);
    for (_, c) in text.slice(span).chars() {
        if key::is_space(c) {
            blanks += 1;
            continue;
        }
        gaps += usize::from(blanks >= 3 && shown);
        blanks = 0;
        shown |= !key::is_invisible(c);
    }
    gaps
}

/// The stop that a key ends with, perhaps closed by quotes or brackets.
fn last_sign(key: &[u8]) -> Option<u8> {
    let last = key.iter().rev().find(|b| !matches!(b, b'"' | b'\'' | b')' | b']' | b' ' | b'*' | b'}'))?;
    matches!(last, b'.' | b'!' | b'?').then_some(*last)
}
