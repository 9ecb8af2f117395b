//! What is noted of a page: hashes of its lines, and of the words that open and close its lines and sentences.
//!
//! Learning counts these, and a page is looked at with the same eyes: [`PageView`] walks over the lines for both.
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::boilerplate::Rules;
use crate::boilerplate::key::{self, Keys};
use crate::boilerplate::lines::Sheet;
use crate::boilerplate::names::Class;
use crate::text::Text;

/// So much of a page's end, in folded characters, is its tail.
const TAIL: usize = 300;
/// A line of more pieces is none of the head's.
const SHORT: usize = 16;
/// The head's lines are among the first so many.
const HEAD_LINES: usize = 3;
/// A prefix ends within so many pieces.
const PREFIX: usize = 14;
/// A story is told by so many of its longest lines.
const LONGEST: usize = 3;
/// Of a page of more lines, so many are noted from its start, and as many from its end.
const NOTED: usize = 128;

/// A page as learning needs it, some hundred bytes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Digest {
    /// The hash of all its lines: equal pages are one.
    pub page: u64,
    /// The hash of its longest lines: a story that is printed again is no new page.
    pub story: u32,
    /// Its lines.
    pub lines: Vec<u32>,
    /// The first one, two and three words of the lines and sentences in its tail.
    pub tail: Vec<u32>,
    /// What opens and closes the short lines of its head.
    pub head: Vec<u32>,
    /// The same openings and closings where they stand elsewhere.
    pub elsewhere: Vec<u32>,
    /// The signs of the first line up to a colon near its start.
    pub prefix: Option<u32>,
}

impl Digest {
    /// Notes a page; `None` where there is nothing to see.
    pub fn of<T: Text>(text: T, rules: &Rules) -> Option<Self> {
        Sheet::of(text, &rules.book.lexicon, |sheet| {
            let mut digest = Self::new(&PageView::new(sheet, rules))?;
            let mut key = Keys::default();
            for line in 0..sheet.lines.len() {
                let part = key.fold(text, sheet.middle(text, line)).0;
                let middle = LineView::middle(pieces(&key, part, rules));
                digest.elsewhere.extend(middle.openings().flat_map(|at| middle.grams(at)));
                key.clear();
            }
            digest.tidy();
            Some(digest)
        })
    }

    fn new(page: &PageView<'_>) -> Option<Self> {
        let n = page.sheet.lines.len();
        let noted = |line: usize| line < NOTED || line + NOTED >= n;
        if n == 0 {
            return None;
        }
        let mut hash = Hash::new(b'P');
        let mut digest = Self {
            page: 0,
            story: page.story(),
            lines: Vec::new(),
            tail: Vec::new(),
            head: Vec::new(),
            elsewhere: Vec::new(),
            prefix: None,
        };
        for at in 0..n {
            let line = page.line(at);
            hash.add(line.hash);
            if !noted(at) {
                continue;
            }
            if at == 0 {
                digest.prefix = line.prefix().map(|prefix| prefix.shape);
            }
            if line.may_repeat() {
                digest.lines.push(line.hash);
            }
            if at < HEAD_LINES && line.is_short() {
                digest.head.extend(line.ends());
            } else {
                digest.elsewhere.extend(line.ends());
            }
            for opening in line.openings() {
                let list = if line.in_tail(opening) { &mut digest.tail } else { &mut digest.elsewhere };
                list.extend(line.grams(opening));
            }
        }
        digest.page = hash.0;
        Some(digest)
    }

    fn tidy(&mut self) {
        for list in [&mut self.lines, &mut self.tail, &mut self.head, &mut self.elsewhere] {
            list.sort_unstable();
            list.dedup();
        }
    }
}

/// A page's lines as pieces.
pub struct PageView<'a> {
    sheet: &'a Sheet,
    rules: &'a Rules,
    /// How many folded characters stand behind each line.
    behind: Vec<usize>,
}

impl<'a> PageView<'a> {
    /// Looks at a page.
    pub fn new(sheet: &'a Sheet, rules: &'a Rules) -> Self {
        let mut behind = vec![0; sheet.lines.len()];
        let mut sum = 0;
        for (line, behind) in sheet.lines.iter().zip(&mut behind).rev() {
            *behind = sum;
            sum += if line.whole() { line.key.len() + 1 } else { TAIL };
        }
        Self { sheet, rules, behind }
    }

    /// The hash of the longest lines, where a story differs from another even if the longest of all is the site's.
    fn story(&self) -> u32 {
        let len = |line: usize| self.sheet.lines[line].key.len();
        let mut longest: Vec<usize> = (0..self.len()).collect();
        longest.sort_by_key(|&line| std::cmp::Reverse(len(line)));
        let mut hash = Hash::new(b'T');
        longest.iter().take(LONGEST).for_each(|&line| hash.add(self.line(line).hash));
        hash.short()
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.sheet.lines.len()
    }

    /// One of them.
    pub fn line(&self, at: usize) -> LineView {
        let line = &self.sheet.lines[at];
        let mut pieces = pieces(&self.sheet.key, line.key.clone(), self.rules);
        let head = pieces.len();
        if !line.whole() {
            pieces.extend(self::pieces(&self.sheet.key, line.tail.clone(), self.rules));
        }
        let mut hash = Hash::new(b'L');
        for piece in &pieces {
            hash.add(piece.hash);
        }
        LineView {
            hash: hash.short(),
            pieces,
            head,
            whole: line.whole(),
            first: at == 0,
            tail_from: (self.behind[at] < TAIL).then(|| line.tail.end.saturating_sub(TAIL - self.behind[at])),
        }
    }
}

/// A line as pieces: words and signs, digits masked.
pub struct LineView {
    /// Of all its pieces.
    pub hash: u32,
    pieces: Vec<Piece>,
    /// How many of the pieces belong to the head of a long line.
    head: usize,
    whole: bool,
    first: bool,
    /// From this place of the key on it belongs to the page's tail.
    tail_from: Option<usize>,
}

/// The part of a first line up to a colon.
pub struct Prefix {
    /// The hash of its signs.
    pub shape: u32,
    /// The end of the colon in the key.
    pub end: usize,
}

impl LineView {
    /// What stands between the two ends of a long line.
    fn middle(pieces: Vec<Piece>) -> Self {
        Self { hash: 0, head: 0, pieces, whole: false, first: false, tail_from: None }
    }

    /// Whether something is written on it.
    pub fn has_word(&self) -> bool {
        self.pieces.iter().any(Piece::is_word)
    }

    /// Whether it may be the site's: something is written on it, and it announces nothing, as a column's own heading does.
    pub fn may_repeat(&self) -> bool {
        self.has_word() && self.pieces.last().is_some_and(|last| last.sign != Some(b':'))
    }

    /// Whether it ends as the story's own words do: a writer's farewell with a stop, a heading with a colon.
    pub fn ends_as_text(&self) -> bool {
        let last = self.pieces.iter().rev().find(|piece| !piece.is_closing());
        last.is_some_and(|last| last.is_stop() || last.sign == Some(b':'))
    }

    /// Whether it may be a line of the head that is not text.
    pub fn is_short(&self) -> bool {
        let stops = || self.pieces.iter().any(Piece::is_stop);
        self.whole && self.pieces.len() <= SHORT && self.has_word() && !stops()
    }

    /// Whether it is among the lines that can be the head's, by its number.
    pub fn is_head(at: usize) -> bool {
        at < HEAD_LINES
    }

    /// The pieces that open it or a sentence in it; never the page's first.
    pub fn openings(&self) -> impl Iterator<Item = usize> {
        let from = usize::from(self.first);
        (from..self.pieces.len()).filter(|&at| self.opens(at))
    }

    fn opens(&self, at: usize) -> bool {
        if !self.pieces[at].may_open() {
            return false;
        }
        let before = self.pieces[..at].iter().rev().find(|piece| !piece.is_closing());
        // The tail of a long line is not its start, and what is glued behind a stop may be the rest of an address.
        let part = (at == self.head && !self.whole)
            || (self.pieces[at].latin && at > 0 && self.pieces[at - 1].to == self.pieces[at].from);
        !part && before.map_or(!self.first || at > 0, |piece| piece.is_stop() && !self.pieces[at].is_stop())
    }

    /// Whether a piece stands in the page's tail.
    pub fn in_tail(&self, at: usize) -> bool {
        self.tail_from.is_some_and(|from| self.pieces[at].from >= from) && (self.whole || at >= self.head)
    }

    /// The first one, two and three pieces from one on.
    pub fn grams(&self, at: usize) -> impl Iterator<Item = u32> {
        (1..=3).filter_map(move |n| Some(gram(b'O', self.pieces.get(at..at + n)?)))
    }

    /// What opens and closes the line: two and three pieces with a word among them.
    pub fn ends(&self) -> impl Iterator<Item = u32> {
        let n = self.pieces.len();
        let some = |part: &[Piece], kind| part.iter().any(Piece::is_word).then(|| gram(kind, part));
        (2..=3).flat_map(move |len| {
            let first = self.pieces.get(..len).and_then(|part| some(part, b'S'));
            let last = n.checked_sub(len).filter(|&from| from > 0).and_then(|from| some(&self.pieces[from..], b'E'));
            first.into_iter().chain(last)
        })
    }

    /// Its part up to a colon near its start.
    pub fn prefix(&self) -> Option<Prefix> {
        let start = &self.pieces[..self.pieces.len().min(PREFIX).min(self.head)];
        let colon = start.iter().position(|piece| piece.sign == Some(b':'))?;
        let part = &start[..=colon];
        if part.iter().any(Piece::is_stop) || !part.iter().any(Piece::is_word) {
            return None;
        }
        let mut shape = Hash::new(b'X');
        part.iter().filter_map(|piece| piece.sign).for_each(|sign| shape.add(u32::from(sign)));
        Some(Prefix { shape: shape.short(), end: part[colon].to })
    }

    /// Where a piece stands in the key, up to the line's end.
    pub fn from(&self, at: usize) -> Range<usize> {
        self.pieces[at].from..self.pieces.last().map_or(0, |last| last.to)
    }
}

/// A word or a sign of a key.
struct Piece {
    hash: u32,
    from: usize,
    to: usize,
    /// The sign, if it is one.
    sign: Option<u8>,
    /// It is a word that begins with a Latin letter or a digit.
    latin: bool,
}

impl Piece {
    fn is_word(&self) -> bool {
        self.sign.is_none()
    }

    fn is_stop(&self) -> bool {
        matches!(self.sign, Some(b'.' | b'!' | b'?'))
    }

    fn is_closing(&self) -> bool {
        matches!(self.sign, Some(b'"' | b'\'' | b')' | b']' | b'}'))
    }

    /// Whether a widget or credit may begin so.
    fn may_open(&self) -> bool {
        self.sign.is_none_or(|sign| matches!(sign, b'*' | b'/' | b'-' | b'#' | b'@'))
    }
}

fn pieces(bytes: &[u8], part: Range<usize>, rules: &Rules) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = part.start;
    while at < part.end {
        let from = at;
        at += 1;
        if !key::is_word(bytes[from]) {
            if bytes[from] != b' ' {
                pieces.push(Piece {
                    hash: u32::from(bytes[from]),
                    from,
                    to: at,
                    sign: Some(bytes[from]),
                    latin: false,
                });
            }
            continue;
        }
        while at < part.end && key::is_word(bytes[at]) {
            at += 1;
        }
        pieces.push(Piece {
            hash: word(&bytes[from..at], rules),
            from,
            to: at,
            sign: None,
            latin: bytes[from].is_ascii_alphanumeric(),
        });
    }
    pieces
}

/// The hash of a word; all numbers are alike, and all months.
fn word(bytes: &[u8], rules: &Rules) -> u32 {
    const DATE: u32 = Class::Month.bit() | Class::Hijri.bit() | Class::Weekday.bit();
    let known = rules.book.lexicon.word(bytes);
    if !known.is_number() && rules.book.names.is_word(known, DATE) {
        return Hash::new(b'M').short();
    }
    let mut hash = Hash::new(b'W');
    let mut digits = false;
    for &byte in bytes {
        let digit = byte.is_ascii_digit();
        if !digit || !digits {
            hash.add(if digit { u32::from(b'0') } else { u32::from(byte) });
        }
        digits = digit;
    }
    hash.short()
}

fn gram(kind: u8, pieces: &[Piece]) -> u32 {
    let mut hash = Hash::new(kind);
    for piece in pieces {
        hash.add(piece.hash);
    }
    hash.short()
}

/// FNV-1a over words of 32 bits; the files hold its values, so it never changes.
struct Hash(u64);

impl Hash {
    fn new(kind: u8) -> Self {
        let mut hash = Self(0xCBF2_9CE4_8422_2325);
        hash.add(u32::from(kind));
        hash
    }

    fn add(&mut self, n: u32) {
        for byte in n.to_le_bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
        }
    }

    fn short(&self) -> u32 {
        (self.0 ^ (self.0 >> 32)) as u32
    }
}
