//! What a line looks like: one scan of the page finds its lines, folds them (long ones only at their two ends) and cuts
//! the folded copy into words that the rules know or do not know.
use std::ops::Range;

use super::key::{self, Key};
use super::lexicon::{Lexicon, Word};
use crate::text::{Span, Text};

/// Lines up to this many units are folded whole.
const WHOLE: usize = 600;
/// Of a longer line this much is folded at the head, and this much at the tail.
const HEAD: usize = 200;
const TAIL: usize = 300;

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

/// A line with something to see on it.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its text, white space at the ends left off.
    pub span: Span,
    /// Its key: all of it, or the head of a long line.
    pub key: Range<usize>,
    /// The key's end part (the same as `key` where the line is folded whole).
    pub tail: Range<usize>,
    /// The words of `key` and of `tail`.
    pub words: Range<usize>,
    pub tail_words: Range<usize>,
    /// How many words the whole line has.
    pub count: usize,
    /// How many of its letters are Arabic, how many Latin.
    pub arabic: usize,
    pub latin: usize,
    /// It ends as a sentence does.
    pub stop: bool,
    /// It ends with a full stop.
    pub period: bool,
    /// How many wide gaps part it: runs of three blanks and more.
    pub wide: usize,
    /// It ends with an ellipsis.
    pub ellipsis: bool,
    /// It ends with a colon.
    pub colon: bool,
    /// Somewhere in it stands `@`.
    pub at_sign: bool,
}

impl Line {
    /// Whether all of it was folded.
    pub fn whole(&self) -> bool {
        self.key == self.tail
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
    pub key: Key,
    pub lines: Vec<Line>,
    pub tokens: Vec<Token>,
}

impl Sheet {
    /// Reads a page.
    pub fn new<T: Text>(text: T, lexicon: &Lexicon) -> Self {
        let mut sheet = Self::default();
        let mut scan = Scan::default();
        for (at, c) in text.chars() {
            if key::is_break(c) {
                sheet.close(text, &mut scan, lexicon);
            } else {
                scan.see(at, c);
            }
        }
        sheet.close(text, &mut scan, lexicon);
        sheet
    }

    fn close<T: Text>(&mut self, text: T, scan: &mut Scan, lexicon: &Lexicon) {
        let scan = std::mem::take(scan);
        let Some((start, last)) = scan.extent else { return };
        let end = text.decode(last).1;
        let span = Span::new(start, end);
        let (key, tail) = if span.len() <= WHOLE {
            let all = self.key.fold(text, span, start);
            (all.clone(), all)
        } else {
            let head_end = boundary(text, start + HEAD);
            let tail_start = boundary(text, end - TAIL);
            (
                self.key.fold(text, Span::new(start, head_end), start),
                self.key.fold(text, Span::new(tail_start, end), start),
            )
        };
        if key.is_empty() || scan.visible == 0 {
            return;
        }
        let words = self.tokenize(key.clone(), lexicon);
        let tail_words = if key == tail { words.clone() } else { self.tokenize(tail.clone(), lexicon) };
        let end_key = &self.key.bytes[tail.clone()];
        self.lines.push(Line {
            span,
            stop: last_sign(end_key).is_some(),
            period: last_sign(end_key) == Some(b'.') && !end_key.ends_with(b".."),
            wide: scan.wide,
            ellipsis: end_key.ends_with(b".."),
            colon: end_key.ends_with(b":"),
            at_sign: scan.at_sign,
            key,
            tail,
            words,
            tail_words,
            count: scan.words,
            arabic: scan.arabic,
            latin: scan.latin,
        });
    }

    fn tokenize(&mut self, key: Range<usize>, lexicon: &Lexicon) -> Range<usize> {
        let first = self.tokens.len();
        tokenize(&self.key.bytes, key, lexicon, &mut self.tokens);
        first..self.tokens.len()
    }

    /// The words of a line's head (all of them where it was folded whole).
    pub fn words(&self, line: usize) -> &[Token] {
        &self.tokens[self.lines[line].words.clone()]
    }

    /// The words of a line's tail.
    pub fn tail_words(&self, line: usize) -> &[Token] {
        &self.tokens[self.lines[line].tail_words.clone()]
    }

    /// A line's key (its head only where the line is long).
    pub fn head_key(&self, line: usize) -> &[u8] {
        &self.key.bytes[self.lines[line].key.clone()]
    }

    /// The end of a line's key.
    pub fn tail_key(&self, line: usize) -> &[u8] {
        &self.key.bytes[self.lines[line].tail.clone()]
    }

    /// The bytes of a word.
    pub fn bytes(&self, token: Token) -> &[u8] {
        &self.key.bytes[token.from..token.to]
    }

    /// Where in the text the byte `at` of the key came from; `line` is the line it belongs to.
    pub fn offset(&self, line: usize, at: usize) -> usize {
        self.lines[line].span.start + self.key.pos[at] as usize
    }

    /// Where in the text the part of the key up to `to` ends.
    pub fn end_offset<T: Text>(&self, text: T, line: usize, to: usize) -> usize {
        text.decode(self.offset(line, to - 1)).1
    }
}

/// The nearest code-point boundary at or before `at`.
fn boundary<T: Text>(text: T, at: usize) -> usize {
    text.floor_boundary(at)
}

/// Cuts a key into words.
pub fn tokenize(bytes: &[u8], key: Range<usize>, lexicon: &Lexicon, out: &mut Vec<Token>) {
    let (mut at, end) = (key.start, key.end);
    let mut gap = 0;
    while at < end {
        let kind = kind(bytes[at]);
        if kind == Kind::Sign {
            gap |= sign(bytes[at]);
            at += 1;
            continue;
        }
        let from = at;
        while at < end && self::kind(bytes[at]) == kind {
            at += 1;
        }
        out.push(Token { word: lexicon.word(&bytes[from..at]), from, to: at, gap });
        gap = 0;
    }
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Kind {
    Arabic,
    Latin,
    Digit,
    Foreign,
    Sign,
}

fn kind(b: u8) -> Kind {
    match b {
        0x80.. => Kind::Arabic,
        b'a'..=b'z' => Kind::Latin,
        b'0'..=b'9' => Kind::Digit,
        key::FOREIGN => Kind::Foreign,
        _ => Kind::Sign,
    }
}

fn sign(b: u8) -> u8 {
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

/// The stop that a key ends with, perhaps closed by quotes or brackets.
fn last_sign(key: &[u8]) -> Option<u8> {
    let last = key.iter().rev().find(|b| !matches!(b, b'"' | b'\'' | b')' | b']' | b' ' | b'*' | b'}'))?;
    matches!(last, b'.' | b'!' | b'?').then_some(*last)
}

/// What one line has shown so far.
#[derive(Default)]
struct Scan {
    /// Offsets of its first and last character that is not white space.
    extent: Option<(usize, usize)>,
    visible: usize,
    words: usize,
    in_word: bool,
    blanks: usize,
    wide: usize,
    arabic: usize,
    latin: usize,
    at_sign: bool,
}

impl Scan {
    #[inline]
    fn see(&mut self, at: usize, c: u32) {
        if key::is_space(c) {
            self.in_word = false;
            self.blanks += 1;
            return;
        }
        if self.blanks >= 3 && self.visible > 0 {
            self.wide += 1;
        }
        self.blanks = 0;
        self.extent = Some((self.extent.map_or(at, |e| e.0), at));
        if key::is_invisible(c) {
            return;
        }
        self.visible += 1;
        match c {
            0x0621..=0x06D3 => self.arabic += 1,
            0x41..=0x5A | 0x61..=0x7A => self.latin += 1,
            0x40 => self.at_sign = true,
            _ => {}
        }
        if !self.in_word {
            self.in_word = true;
            self.words += 1;
        }
    }
}
