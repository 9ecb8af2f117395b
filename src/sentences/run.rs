//! A run of terminal marks with what closes behind it: `.`  `؟!`  `.»`  `".`  `!! ..`
use super::chars::{Stop, is_break, is_silent, is_space};
use super::enclosure::Enclosures;
use super::tail::tail;
use super::words::skip_silent;
use crate::text::Text;

/// What a run stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One full stop.
    Period,
    /// Two or more dots, or an ellipsis.
    Dots,
    /// A question mark is in it.
    Question,
    /// An exclamation mark is in it and no question mark.
    Exclamation,
}

/// A run of terminal marks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    /// Its first mark.
    pub start: usize,
    /// Behind its last mark or closing mark and the silent signs there.
    pub end: usize,
    pub kind: Kind,
    /// Whether a closing quotation mark or bracket is in it.
    pub closed: bool,
    /// Whether a terminal mark stands behind the last of these: the sentence's own, it says what the run stands for.
    pub outside: bool,
    /// Where the bracket opened that closes last in it, if nothing stands behind.
    pub bracket: Option<usize>,
    /// What is open behind it.
    pub open: Enclosures,
    /// Where the text goes on behind white space.
    pub next: usize,
    /// Whether white space stands before it goes on.
    pub spaced: bool,
    /// Whether a line break does.
    pub broken: bool,
}

impl Run {
    /// The run that starts with the terminal mark at `start`. `first` is what its sentence starts with, `open` what is open,
    /// `wrap` says whether a line break is like any space.
    pub(super) fn read<T: Text>(text: T, start: usize, first: u32, open: Enclosures, wrap: bool) -> Self {
        let mut run = Self {
            start,
            end: start,
            kind: Kind::Period,
            closed: false,
            outside: false,
            bracket: None,
            open,
            next: start,
            spaced: false,
            broken: false,
        };
        let (mut dots, mut most, mut question, mut exclamation) = (0, 0, false, false);
        while run.next < text.len() {
            let (c, mut behind) = text.decode(run.next);
            let stop = Stop::of(c);
            match stop {
                Some(stop) if stop.is_terminal() => {
                    if run.closed && !run.outside {
                        (most, question, exclamation) = (0, false, false);
                        (run.outside, run.bracket) = (true, None);
                    }
                    dots += match stop {
                        Stop::Period => 1,
                        Stop::Ellipsis => 3,
                        _ => 0,
                    };
                    most = most.max(dots);
                    question |= stop == Stop::Question;
                    exclamation |= stop == Stop::Exclamation;
                }
                Some(stop) if run.open.closes(text, run.next, stop) => {
                    run.bracket = run.open.bracket_start().filter(|_| stop == Stop::CloseBracket);
                    run.open.meet(text, run.next, stop);
                    (run.closed, run.outside) = (true, false);
                    dots = 0;
                }
                _ => {
                    let Some(tail) = tail(text, run.next, run.spaced, first) else { break };
                    run.closed |= tail.closes;
                    behind = tail.end;
                }
            }
            run.end = skip_silent(text, behind);
            run.look(text, wrap);
            if run.broken {
                break;
            }
        }
        run.kind = if question {
            Kind::Question
        } else if exclamation {
            Kind::Exclamation
        } else if most > 1 {
            Kind::Dots
        } else {
            Kind::Period
        };
        run
    }

    /// Looks past the white space behind the run.
    fn look<T: Text>(&mut self, text: T, wrap: bool) {
        (self.next, self.spaced, self.broken) = (self.end, false, false);
        while self.next < text.len() {
            let (c, next) = text.decode(self.next);
            if !is_space(c) && !is_silent(c) {
                break;
            }
            self.spaced |= is_space(c);
            self.broken |= is_break(c) && !wrap;
            if self.broken {
                break;
            }
            self.next = next;
        }
    }
}
