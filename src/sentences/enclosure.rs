//! Quotations and brackets: which are open, and whether the sentence goes on behind them.
//!
//! A stop inside `قال «أ. ب»، مضيفا` ends nothing: words of one sentence stand on both sides. A stop inside
//! `وقال: «أ. ب.»` does. Whether an enclosure is wrapped is found once, at the first stop in it, by following the marks up
//! to its end or the end of the line; the walk takes the same steps later, so that the whole stays linear.
use super::chars::{Stop, is_bare, is_digit, is_joining, is_letter, is_silent, is_space};
use super::lexicon::Classes;
use super::words::{has_word, skip_silent, trim_blank, visible_before, word_after, word_before};
use crate::scan::stops::Stops;
use crate::text::Text;

/// Which side a mark is on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Open,
    Close,
}

/// What is open at a place.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Enclosures {
    quotes: Depth,
    brackets: Depth,
}

#[derive(Clone, Copy, Debug, Default)]
struct Depth {
    /// Marks opened and not closed.
    count: usize,
    /// The outermost of them.
    open: usize,
    /// Whether the sentence goes on behind its end, once known.
    wrapped: Option<bool>,
}

impl Depth {
    fn meet(&mut self, side: Side, at: usize) {
        match side {
            Side::Open if self.count == 0 => *self = Self { count: 1, open: at, wrapped: None },
            Side::Open => self.count += 1,
            Side::Close => self.count = self.count.saturating_sub(1),
        }
    }
}

impl Enclosures {
    /// Takes note of a quotation mark or bracket.
    #[inline]
    pub(super) fn meet<T: Text>(&mut self, text: T, at: usize, stop: Stop) {
        match stop {
            Stop::OpenBracket => self.brackets.meet(Side::Open, at),
            Stop::CloseBracket => self.brackets.meet(Side::Close, at),
            Stop::OpenQuote | Stop::CloseQuote | Stop::Quote => {
                let side = quote_side(text, at, stop, self.quotes.count > 0);
                self.quotes.meet(side, at);
            }
            _ => {}
        }
    }

    /// Whether a mark at `at` closes what is open.
    pub(super) fn closes<T: Text>(&self, text: T, at: usize, stop: Stop) -> bool {
        match stop {
            Stop::CloseBracket => true,
            Stop::OpenQuote | Stop::CloseQuote | Stop::Quote => {
                quote_side(text, at, stop, self.quotes.count > 0) == Side::Close
            }
            _ => false,
        }
    }

    /// Whether something is open.
    #[inline]
    pub(super) const fn is_open(&self) -> bool {
        self.quotes.count > 0 || self.brackets.count > 0
    }

    /// Where the outermost bracket opened, if one is open.
    pub(super) fn bracket_start(&self) -> Option<usize> {
        (self.brackets.count > 0).then_some(self.brackets.open)
    }

    /// Whether the quotation that was opened last opened at `at`.
    pub(super) const fn opens_at(&self, at: usize) -> bool {
        self.quotes.open == at
    }

    /// Whether a colon led to the quotation that was opened last.
    pub(super) fn is_led_to<T: Text>(&self, text: T, floor: usize) -> bool {
        self.quotes.open > floor && follows_colon(text, floor, self.quotes.open)
    }

    /// Keeps what `other` found out about the enclosures that are open here too.
    pub(super) fn remember(&mut self, other: Self) {
        for (mine, theirs) in [(&mut self.quotes, other.quotes), (&mut self.brackets, other.brackets)] {
            if mine.count > 0 && theirs.count > 0 && mine.open == theirs.open {
                mine.wrapped = theirs.wrapped;
            }
        }
    }

    /// Whether a stop behind which the text goes on at `at` stands in an enclosure that its sentence, begun at `start`, wraps.
    /// `across` says whether an enclosure may reach over a line break.
    pub(super) fn is_wrapped<T: Text>(
        &mut self,
        stops: &Stops<T>,
        text: T,
        start: usize,
        at: usize,
        across: bool,
    ) -> bool {
        for brackets in [true, false] {
            let mut ahead = *self;
            let depth = if brackets { self.brackets } else { self.quotes };
            if depth.count == 0 || depth.open < start || !has_word(text, start, depth.open) {
                continue;
            }
            let wrapped = depth.wrapped.unwrap_or_else(|| {
                let end = ahead.end(stops.clone(), text, at, brackets, across);
                let aside = brackets && !follows_colon(text, start, depth.open);
                end.is_some_and(|end| aside || goes_on(text, end, across))
            });
            let depth = if brackets { &mut self.brackets } else { &mut self.quotes };
            depth.wrapped = Some(wrapped);
            if wrapped {
                return true;
            }
        }
        false
    }

    /// Behind the mark that closes the outermost bracket or quotation.
    fn end<T: Text>(
        &mut self,
        mut stops: Stops<T>,
        text: T,
        from: usize,
        brackets: bool,
        across: bool,
    ) -> Option<usize> {
        stops.skip_to(from);
        for at in stops {
            let (c, next) = text.decode(at);
            match Stop::of(c) {
                Some(Stop::Break) if !across => return None,
                Some(stop) => self.meet(text, at, stop),
                None => {}
            }
            let depth = if brackets { self.brackets.count } else { self.quotes.count };
            if depth == 0 {
                return Some(next);
            }
        }
        None
    }
}

/// Whether a colon stands before the mark at `at`: what it holds is quoted.
fn follows_colon<T: Text>(text: T, floor: usize, at: usize) -> bool {
    text.char_before(trim_blank(text, floor, at)) == Some(0x3A)
}

/// Whether the sentence goes on behind a quotation that ends at `end`.
fn goes_on<T: Text>(text: T, end: usize, across: bool) -> bool {
    let at = next_visible(text, end, across);
    let Some(c) = text.char_at(at) else { return false };
    match Stop::of(c) {
        Some(Stop::Break) => return false,
        Some(stop) if stop.is_terminal() => return false,
        _ => {}
    }
    if is_joining(c) {
        return true;
    }
    let mark = text.decode_before(end).1;
    let stopped = last_visible(text, mark).and_then(Stop::of).is_some_and(Stop::is_terminal);
    !stopped || word_after(text, at).is_some_and(|word| word.is(Classes::JOINS))
}

/// The next place behind white space and silent signs, up to the end of the line unless `across`.
fn next_visible<T: Text>(text: T, mut at: usize, across: bool) -> usize {
    while at < text.len() {
        let (c, next) = text.decode(at);
        let space = is_space(c) && (across || Stop::of(c) != Some(Stop::Break));
        if !space && !is_silent(c) {
            break;
        }
        at = next;
    }
    at
}

fn last_visible<T: Text>(text: T, mut at: usize) -> Option<u32> {
    while at > 0 {
        let (c, before) = text.decode_before(at);
        if !is_space(c) && !is_silent(c) {
            return Some(c);
        }
        at = before;
    }
    None
}

/// Which side a quotation mark is on: papers mix the forms, so the spaces beside it say more than its shape.
fn quote_side<T: Text>(text: T, at: usize, stop: Stop, inside: bool) -> Side {
    match (stop, inside) {
        (Stop::OpenQuote, false) => return Side::Open,
        (Stop::CloseQuote, true) => return Side::Close,
        _ => {}
    }
    if stop == Stop::Quote {
        // what most are: a space on one side and a letter on the other; one in a row of its like closes
        let behind = text.char_at(text.decode(at).1);
        match (text.char_before(at), behind) {
            (Some(0x20), Some(behind)) if is_bare(behind) => return Side::Open,
            (Some(before), Some(0x20)) if is_bare(before) => return Side::Close,
            (Some(0x22), Some(0x22)) => return Side::Close,
            _ => {}
        }
    }
    let tight_before = || visible_before(text, 0, at).is_some_and(|(c, _)| !is_space(c) && !is_joining(c) && !opens(c));
    let tight_behind = || {
        let behind = text.char_at(skip_silent(text, text.decode(at).1));
        behind.is_some_and(|c| is_letter(c) || is_digit(c) || opens(c))
    };
    let closes = match stop {
        Stop::OpenQuote => inside && !tight_behind() && tight_before(),
        Stop::CloseQuote => inside || !tight_behind() || tight_before(),
        _ => match (tight_before(), tight_behind()) {
            // و"كلمة": a prefix is written onto the quotation
            (true, true) => inside && word_before(text, 0, at).is_none_or(|word| word.letters > 2),
            (false, false) => inside,
            (before, _) => before,
        },
    };
    if closes { Side::Close } else { Side::Open }
}

/// Whether a mark opens what follows it.
fn opens(c: u32) -> bool {
    matches!(Stop::of(c), Some(Stop::OpenBracket | Stop::OpenQuote)) || matches!(c, 0x23 | 0x40) // # @
}
