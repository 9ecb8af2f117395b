//! One pass over a text: kernels do what needs no context, the steps do the rest, on the shortest run that decides it.
//!
//! A text may be cut before a code point that is copied or replaced whatever stands around it ([`Pass::may_cut`]).
//! Where something asks for its neighbours, the run between two such places goes through [`Steps::run`]; what the
//! kernels wrote of it is taken back. A run begins behind the last one, so that the pass is linear in the text. What
//! becomes of the text (a text, the first change, edits) is the [`Sink`]'s.

use super::cell::Cell;
use super::nfc::class;
use super::plan::Plan;
use super::steps::{Around, Scratch};
use crate::scan::rewrite::{Action, Actions};
use crate::text::{Span, Text};
use crate::unicode::{TATWEEL, is_arabic_letter, is_combining, is_invisible, is_letter};

/// What a pass writes to. Spans are of the original text.
pub(super) trait Sink<T: Text> {
    /// Takes the longest part of `span`, from its start, in which every code point is copied, replaced or dropped.
    /// Gives where it ends.
    fn simple(&mut self, actions: &Actions, text: T, span: Span) -> usize;

    /// Takes a span as it is.
    fn keep(&mut self, text: T, span: Span);

    /// Takes a span as dropped.
    fn skip(&mut self, span: Span);

    /// Takes a span as replaced by the cells.
    fn put(&mut self, text: T, span: Span, cells: &[Cell]);

    /// Takes back a span, the last that was taken, but for spans that were [`put`](Self::put).
    fn take_back(&mut self, actions: &Actions, text: T, span: Span);

    /// Whether nothing more is to be taken.
    fn is_done(&self) -> bool;
}

/// A pass over one text.
pub(super) struct Pass<'p, T> {
    plan: &'p Plan,
    text: T,
    /// Behind the last run that went through the steps.
    cut: usize,
    /// The next place, known so far, where a code point repeats the letter before it.
    repeat: usize,
    visible: Option<Span>,
    scratch: Scratch,
}

/// How far a space looks for its neighbours over what is dropped, before the steps are asked.
const NEAR: usize = 8;

impl<'p, T: Text> Pass<'p, T> {
    pub fn new(plan: &'p Plan, text: T) -> Self {
        Self { plan, text, cut: 0, repeat: 0, visible: None, scratch: Scratch::default() }
    }

    /// Another pass at the same place.
    pub fn again(&self) -> Self {
        Self { scratch: Scratch::default(), ..*self }
    }

    /// Takes the text as it is up to `change`, and runs on from there.
    pub fn run_from<S: Sink<T>>(&mut self, change: usize, sink: &mut S) {
        sink.keep(self.text, Span::new(0, change));
        self.run(change, sink);
    }

    /// Runs from `at`, up to which `sink` has taken everything, to the end or until the sink is done.
    pub fn run<S: Sink<T>>(&mut self, mut at: usize, sink: &mut S) {
        let actions = &self.plan.actions;
        while at < self.text.len() {
            let end = if self.plan.shortens { self.repeat_behind(at) } else { self.text.len() };
            at = sink.simple(actions, self.text, Span::new(at, end));
            if sink.is_done() || at == self.text.len() {
                return;
            }
            let (c, next) = self.text.decode(at);
            at = match actions.of(c) {
                Action::Mark if self.is_in_order(at, c) => self.keep(Span::new(at, next), sink),
                Action::Space if self.stands_alone(at, next) => self.keep(Span::new(at, next), sink),
                Action::Tatweel if self.lengthens_letter(at) => self.skip_tatweels(at, sink),
                _ => self.steps(at, next, sink),
            };
            if sink.is_done() {
                return;
            }
        }
    }

    fn keep<S: Sink<T>>(&self, span: Span, sink: &mut S) -> usize {
        sink.keep(self.text, span);
        span.end
    }

    fn skip_tatweels<S: Sink<T>>(&self, at: usize, sink: &mut S) -> usize {
        let mut end = at;
        while let Some(c) = self.text.char_at(end)
            && matches!(self.plan.actions.of(c), Action::Tatweel | Action::Drop)
        {
            end = self.text.decode(end).1;
        }
        sink.skip(Span::new(at, end));
        end
    }

    /// Puts the run around the code point from `at` to `next` through the steps.
    fn steps<S: Sink<T>>(&mut self, at: usize, next: usize, sink: &mut S) -> usize {
        let (mut from, mut to) = (at, next);
        while from > self.cut && !self.may_cut(from) {
            from = self.text.decode_before(from).1;
        }
        while to < self.text.len() && !self.may_cut(to) {
            to = self.text.decode(to).1;
        }
        let run = Span::new(from, to);
        sink.take_back(&self.plan.actions, self.text, Span::new(from, at));

        let mut asks = false;
        self.scratch.cells.clear();
        while from < to {
            let (c, next) = self.text.decode(from);
            asks |= self.plan.steps.needs_visible(c);
            self.scratch.cells.push(Cell { c, from, to: next });
            from = next;
        }
        let visible = if asks { self.visible() } else { self.text.span() };
        let around = Around { starts: run.start == 0, next: self.text.char_at(to), visible };
        self.plan.steps.run(&mut self.scratch, around);
        sink.put(self.text, run, &self.scratch.cells);
        if !sink.is_done() {
            self.cut = to;
        }
        to
    }

    /// Whether the text may be cut before the code point at `at`.
    fn may_cut(&self, at: usize) -> bool {
        let c = self.text.decode(at).0;
        if !self.plan.actions.of(c).is_boundary() {
            return false;
        }
        if !self.plan.shortens && !self.plan.reads_words {
            return true;
        }
        let Some(before) = self.text.char_before(at) else { return true };
        let of_word = |c| is_of_word(c) || self.plan.steps.form(c).is_some();
        let within_word = self.plan.reads_words && of_word(before) && of_word(c);
        let within_run = self.plan.shortens && (self.may_repeat(before, c) || self.may_compose(at));
        !within_word && !within_run
    }

    /// Whether the letter that `c` is written as may stand at the end of what `before` is written as.
    fn may_repeat(&self, before: u32, c: u32) -> bool {
        match (self.written(before), self.written(c)) {
            (Some(before), Some(c)) => before == c && is_letter(c),
            _ => true,
        }
    }

    /// Whether what stands behind the code point at `at` may make another letter of it.
    fn may_compose(&self, at: usize) -> bool {
        let behind = self.text.char_at(self.text.decode(at).1);
        behind.is_some_and(|c| {
            is_combining(c)
                || !matches!(self.plan.actions.of(c), Action::Copy | Action::Map(_) | Action::Soft | Action::Space)
        })
    }

    fn written(&self, c: u32) -> Option<u32> {
        match self.plan.actions.of(c) {
            Action::Copy | Action::Soft | Action::Space => Some(c),
            Action::Map(to) => Some(to),
            _ => None,
        }
    }

    /// The first place behind `at` where a letter is written twice in a row.
    fn repeat_behind(&mut self, at: usize) -> usize {
        if self.repeat <= at {
            let mut last = self.written(self.text.decode(at).0);
            self.repeat = self.text.decode(at).1;
            while let Some(c) = self.text.char_at(self.repeat) {
                let written = self.written(c);
                if written.is_some() && written == last && written.is_some_and(is_letter) {
                    break;
                }
                last = written;
                self.repeat = self.text.decode(self.repeat).1;
            }
        }
        self.repeat
    }

    /// Whether a mark stands where canonical order has it.
    fn is_in_order(&self, at: usize, c: u32) -> bool {
        let stays = self.nearest_before(at, |before| class(before) <= class(c));
        at == 0 || stays == Some(true)
    }

    /// Whether a space or line break stands between two code points that stay and are none.
    fn stands_alone(&self, at: usize, next: usize) -> bool {
        self.nearest_before(at, |_| true) == Some(true) && self.nearest_behind(next) == Some(true)
    }

    /// Whether the nearest code point before `at` that is not dropped stays, whatever stands around it, and passes
    /// `test`; `None` where there is none near.
    fn nearest_before(&self, mut at: usize, test: impl Fn(u32) -> bool) -> Option<bool> {
        (0..NEAR).find_map(|_| {
            let c = self.text.char_before(at)?;
            at = self.text.decode_before(at).1;
            self.stays(c).map(|stays| stays && test(c))
        })
    }

    /// [`nearest_before`](Self::nearest_before) in the other direction.
    fn nearest_behind(&self, mut at: usize) -> Option<bool> {
        (0..NEAR).find_map(|_| {
            let c = self.text.char_at(at)?;
            at = self.text.decode(at).1;
            self.stays(c)
        })
    }

    /// Whether something is written for a code point; `None` where it is dropped, and the next one is to be asked.
    fn stays(&self, c: u32) -> Option<bool> {
        match self.plan.actions.of(c) {
            Action::Drop => None,
            action => Some(action.is_kept()),
        }
    }

    /// Whether a tatweel follows a letter whose word goes on or may end with it: any but the heh of a Hijri year.
    fn lengthens_letter(&self, at: usize) -> bool {
        let mut before = at;
        while let Some(c) = self.text.char_before(before) {
            match self.plan.actions.of(c) {
                Action::Drop => before = self.text.decode_before(before).1,
                Action::Copy | Action::Map(_) => return is_letter(c) && !self.plan.shortens,
                _ => return false,
            }
        }
        false
    }

    /// From the first to behind the last code point that a reader sees.
    fn visible(&mut self) -> Span {
        if let Some(visible) = self.visible {
            return visible;
        }
        let seen = |c| self.plan.steps.is_visible(c);
        let (mut start, mut end) = (0, self.text.len());
        while let Some(c) = self.text.char_at(start)
            && !seen(c)
        {
            start = self.text.decode(start).1;
        }
        while let Some(c) = self.text.char_before(end)
            && !seen(c)
        {
            end = self.text.decode_before(end).1;
        }
        *self.visible.insert(Span::new(start, end))
    }
}

/// What a word may consist of where words are looked up; any mark, since order may move it out of the word.
fn is_of_word(c: u32) -> bool {
    is_arabic_letter(c) || is_combining(c) || c == TATWEEL || is_invisible(c)
}
