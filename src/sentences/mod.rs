//! Where sentences begin and end.
//!
//! One scan forward that halts only at what may end a sentence: terminal marks, line breaks, quotation marks and brackets.
//! Each place is judged at once, looking a bounded way back and ahead. Lossless: every unit that is not white space is in
//! exactly one sentence. Marks, tatweel and invisible signs never change a cut.
mod chars;
mod dateline;
mod embed;
mod enclosure;
mod lexicon;
mod lines;
mod rules;
mod run;
mod soft;
mod stage;
mod tail;
mod words;
mod wrap;

use crate::scan::stops::{Gap, Stops};
use crate::text::{Span, Text};
use chars::{Stop, is_bare, is_break, is_digit, is_joining, is_letter, is_silent, is_space};
use enclosure::Enclosures;
use rules::Place;
use run::Run;

/// Units of a usual sentence: room for the spans of a text is made by it.
const USUAL: usize = 128;
/// Sentences of a short text.
const FEW: usize = 4;
/// What a line break means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Newlines {
    /// It ends a sentence unless the sentence clearly runs on.
    #[default]
    Auto,
    /// It always ends a sentence.
    Break,
    /// It is white space like any other.
    Wrap,
}

impl Newlines {
    /// Every choice with its name.
    pub const CHOICES: [(&'static str, Self); 3] = [("auto", Self::Auto), ("break", Self::Break), ("wrap", Self::Wrap)];
}

/// The sentences of `text` in order, trimmed of white space; every other unit is in exactly one.
#[must_use]
pub fn spans<T: Text>(text: T, newlines: Newlines) -> Vec<Span> {
    let mut spans = Vec::with_capacity(text.len() / USUAL + FEW);
    spans.extend(sentences(text, newlines));
    spans
}

/// The same one by one, nothing collected.
#[must_use]
pub fn sentences<T: Text>(text: T, newlines: Newlines) -> Sentences<T> {
    Sentences {
        text,
        newlines,
        stops: Stops::new(text),
        start: words::skip_space(text, 0),
        judged: 0,
        blank: 0,
        wordless: 0,
        item: 0,
        open: Enclosures::default(),
    }
}

/// The iterator of [`sentences`].
#[derive(Clone, Debug)]
pub struct Sentences<T> {
    text: T,
    newlines: Newlines,
    stops: Stops<T>,
    /// First unit of the sentence that is being read.
    start: usize,
    /// Terminal marks before this place are judged.
    judged: usize,
    /// Nothing is to be seen before this place in a sentence that starts before it.
    blank: usize,
    /// No word starts before this place in a sentence that starts before it.
    wordless: usize,
    /// The number of the list item begun last.
    item: u32,
    open: Enclosures,
}

impl<T: Text> Sentences<T> {
    /// Gives the sentence that ends at `end` and starts the next.
    #[inline]
    fn emit(&mut self, end: usize) -> Span {
        let span = Span::new(self.start, end);
        self.start = words::skip_space(self.text, end);
        span
    }

    /// Whether the sentence ends with the full stop at `at` as most do: behind a plain word or a closing mark and before a
    /// word, with nothing open or at the end of its line. The rules would cut here too; this saves asking them.
    #[inline(always)]
    fn is_plain_end(&mut self, at: usize, gap: Gap) -> bool {
        let broken = gap.broken && self.newlines != Newlines::Wrap;
        if at <= self.start || (self.open.is_open() && !broken) {
            return false;
        }
        if !gap.letter && !starts_plainly(self.text, gap.end) {
            return false;
        }
        if let Some(word) = self.stops.long_word(at) {
            return broken || word > self.start;
        }
        (broken || gap.letter) && self.is_plain(at, broken)
    }

    /// Whether a plain word or a mark that no word is cut short by stands before the full stop at `at`.
    #[inline]
    fn is_plain(&mut self, at: usize, broken: bool) -> bool {
        let text = self.text;
        match text.decode_before(at).0 {
            c if is_bare(c) => words::is_plain(text, self.start, at),
            c if broken => !is_letter(c) && !is_silent(c),
            // QUOTATION MARK, RIGHT PARENTHESIS, RIGHT GUILLEMET, curly quotation marks
            0x22 | 0x29 | 0xBB | 0x201C | 0x201D => at >= self.judged && self.has_word(at),
            _ => false,
        }
    }

    /// Whether the mark at `at` stands between two digits of ASCII: the rules would not cut there.
    #[inline]
    fn is_decimal(&self, at: usize, next: usize) -> bool {
        let is_digit = |c: Option<u32>| c.is_some_and(|c| matches!(c, 0x30..=0x39));
        at > self.start
            && is_digit(self.text.char_at(next))
            && is_digit(self.text.char_before(at))
            && self.text.char_at(at) == Some(0x2E)
    }

    /// Judges the run of terminal marks at `at`: where the sentence ends, if it does.
    fn terminal(&mut self, at: usize, next: usize) -> Option<usize> {
        if self.is_decimal(at, next) {
            self.judged = next;
            return None;
        }
        if self.text.char_at(next).is_none_or(is_break) && self.newlines != Newlines::Wrap {
            return None;
        }
        if self.text.char_at(next).is_some_and(is_joining) {
            self.judged = next;
            return None;
        }
        let wrap = self.newlines == Newlines::Wrap;
        let start = if self.is_visible(at) { self.blank } else { at };
        let run = Run::read(self.text, at, self.text.decode(start).0, self.open, wrap);
        let judged = std::mem::replace(&mut self.judged, run.end);
        if run.broken || run.next >= self.text.len() {
            return None;
        }
        if !self.has_word(at) {
            return None;
        }
        if run.open.is_open() {
            let mut open = run.open;
            let wrapped = open.is_wrapped(&self.stops, self.text, start, run.end, wrap);
            self.open.remember(open);
            if wrapped {
                return None;
            }
        }
        let place = Place { text: self.text, run: &run, start, phrase: judged.max(start), item: self.item };
        if place.ends() {
            return Some(run.end);
        }
        if let Some(item) = place.list_item() {
            self.item = item;
        }
        None
    }

    /// Where the words end that lead to a list whose lines were joined: `… ما يلي: • الأول`.
    fn list_lead(&self, bullet: usize) -> Option<usize> {
        let end = words::trim_space(self.text, self.start, bullet);
        let words = words::trim_blank(self.text, self.start, bullet);
        (words > self.start && self.text.char_before(words) == Some(0x3A)).then_some(end)
    }

    /// Where the sentence ends before or behind the bracket at `at`, if it does without a stop.
    fn bracket(&mut self, at: usize, stop: Stop) -> Option<usize> {
        if !self.is_visible(at) {
            return None;
        }
        let (text, start) = (self.text, self.blank);
        match stop {
            Stop::OpenBracket => stage::end_before(text, start, at),
            Stop::CloseBracket => embed::signature_end(text, at).or_else(|| stage::note_end(text, start, at)),
            _ => None,
        }
    }

    /// Judges the line break at `at`. A line with nothing to see goes with the next.
    fn line_break(&mut self, at: usize) -> Option<usize> {
        let end = words::trim_space(self.text, self.start, at);
        if !self.is_visible(end) {
            return None;
        }
        if self.newlines == Newlines::Auto
            && let Some(next) = lines::goes_on(self.text, self.start, at)
        {
            self.stops.skip_to(next);
            return None;
        }
        self.open = Enclosures::default();
        Some(end)
    }

    /// Whether the sentence up to `end` has a word or number.
    #[inline]
    fn has_word(&mut self, end: usize) -> bool {
        let mut at = self.start.max(self.wordless);
        while at < end {
            let (c, next) = self.text.decode(at);
            if is_letter(c) || is_digit(c) {
                break;
            }
            at = next;
        }
        self.wordless = at;
        at < end
    }

    /// Whether the sentence up to `end` has anything to see, and if so, `blank` is where; what has not goes with the next.
    fn is_visible(&mut self, end: usize) -> bool {
        let mut at = self.start.max(self.blank);
        while at < end {
            let (c, next) = self.text.decode(at);
            if !is_silent(c) && !is_space(c) {
                self.blank = at;
                return true;
            }
            at = next;
        }
        self.blank = at;
        false
    }
}

/// Whether a digit, or a mark that can only open what follows, stands at `at`.
fn starts_plainly<T: Text>(text: T, at: usize) -> bool {
    let Some(c) = text.char_at(at) else { return false };
    match c {
        // LEFT PARENTHESIS, digits, LEFT GUILLEMET
        0x28 | 0x30..=0x39 | 0xAB => true,
        // QUOTATION MARK, curly quotation marks
        0x22 | 0x201C | 0x201D => text.char_at(text.decode(at).1).is_some_and(is_bare),
        _ => false,
    }
}

impl<T: Text> Iterator for Sentences<T> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        while let Some(at) = self.stops.next() {
            let (c, next) = self.text.decode(at);
            if c == 0x2E
                && let Some(gap) = self.stops.gap(at)
            {
                if self.is_plain_end(at, gap) {
                    if gap.broken {
                        self.open = Enclosures::default();
                    }
                    let span = Span::new(self.start, next);
                    self.start = gap.end;
                    self.stops.skip_to(gap.end);
                    return Some(span);
                }
                if gap.broken && self.newlines != Newlines::Wrap {
                    // what ends here is for the line break to say
                    self.judged = self.judged.max(next);
                    continue;
                }
            }
            let Some(stop) = Stop::of(c) else { continue };
            let end = match stop {
                Stop::Break if self.newlines == Newlines::Wrap || at < self.start => None,
                Stop::Break => {
                    if let Some(end) = self.line_break(at) {
                        let span = self.emit(end);
                        self.stops.skip_to(self.start);
                        return Some(span);
                    }
                    None
                }
                Stop::Dash if at >= self.start && self.text.char_at(next) == Some(0x20) => {
                    dateline::headline_end(self.text, self.start, at)
                }
                Stop::Bullet if at > self.start => self.list_lead(at),
                Stop::Dash | Stop::Bullet => None,
                _ if stop.is_terminal() => (at >= self.judged).then(|| self.terminal(at, next)).flatten(),
                Stop::OpenBracket | Stop::CloseBracket => {
                    self.open.meet(self.text, at, stop);
                    if at > self.start { self.bracket(at, stop) } else { None }
                }
                _ => {
                    self.open.meet(self.text, at, stop);
                    None
                }
            };
            if let Some(end) = end {
                return Some(self.emit(end));
            }
        }
        let end = words::trim_space(self.text, self.start, self.text.len());
        (end > self.start).then(|| self.emit(end))
    }
}
