//! What becomes of a pass: a text, or the place of the first change.

use super::cell::Cell;
use super::pass::Sink;
use crate::scan::rewrite::{self, Action, Actions, Out};
use crate::text::{Span, Text, Unit, Units};

/// How many code points are written for one of this action where no step was asked.
fn is_written(action: Action) -> bool {
    !matches!(action, Action::Drop | Action::Tatweel)
}

/// Writes units.
pub(super) struct Write<'a, 'room, W>(pub &'a mut Out<'room, W>);

impl<U: Unit, W: Unit> Sink<Units<'_, U>> for Write<'_, '_, W> {
    fn simple(&mut self, actions: &Actions, text: Units<'_, U>, span: Span) -> usize {
        span.start + rewrite::write(actions, text.slice(span).0, self.0)
    }

    fn keep(&mut self, text: Units<'_, U>, span: Span) {
        self.0.extend(text.slice(span).0);
    }

    fn skip(&mut self, _: Span) {}

    fn put(&mut self, _: Units<'_, U>, _: Span, cells: &[Cell]) {
        for cell in cells {
            self.0.push_any(cell.c);
        }
    }

    fn take_back(&mut self, actions: &Actions, text: Units<'_, U>, span: Span) {
        let written = text.slice(span).chars().filter(|(_, c)| is_written(actions.of(*c))).count();
        self.0.truncate(self.0.len() - written);
    }

    fn is_done(&self) -> bool {
        self.0.is_full()
    }
}

/// Writes UTF-8.
pub(super) struct WriteUtf8<'a, 'room>(pub &'a mut Out<'room, u8>);

impl Sink<&str> for WriteUtf8<'_, '_> {
    fn simple(&mut self, actions: &Actions, text: &str, span: Span) -> usize {
        span.start + rewrite::write_utf8(actions, text.slice(span), self.0)
    }

    fn keep(&mut self, text: &str, span: Span) {
        self.0.extend(text.slice(span).as_bytes());
    }

    fn skip(&mut self, _: Span) {}

    fn put(&mut self, _: &str, _: Span, cells: &[Cell]) {
        for cell in cells {
            self.0.push_utf8(cell.c);
        }
    }

    fn take_back(&mut self, actions: &Actions, text: &str, span: Span) {
        let written = Text::chars(text.slice(span)).map(|(_, c)| match actions.of(c) {
            Action::Map(to) => <&str>::units_of(to),
            action if is_written(action) => <&str>::units_of(c),
            _ => 0,
        });
        self.0.truncate(self.0.len() - written.sum::<usize>());
    }

    fn is_done(&self) -> bool {
        self.0.is_full()
    }
}

/// Looks for the first change.
#[derive(Default)]
pub(super) struct Probe {
    /// Up to here nothing changes, and behind it something does.
    pub change: Option<usize>,
}

/// What a pass asks of a storage.
pub(super) trait Stored: Text {
    /// How many units a code point takes.
    fn units_of(c: u32) -> usize;

    /// The length of the longest prefix whose code points are all copied.
    fn unchanged(self, actions: &Actions) -> usize;
}

impl<U: Unit> Stored for Units<'_, U> {
    fn units_of(_: u32) -> usize {
        1
    }

    fn unchanged(self, actions: &Actions) -> usize {
        rewrite::unchanged(actions, self.0)
    }
}

impl Stored for &str {
    /// A surrogate is written as U+FFFD.
    fn units_of(c: u32) -> usize {
        char::from_u32(c).unwrap_or(char::REPLACEMENT_CHARACTER).len_utf8()
    }

    fn unchanged(self, actions: &Actions) -> usize {
        rewrite::unchanged_utf8(actions, self)
    }
}

impl<T: Stored> Sink<T> for Probe {
    fn simple(&mut self, actions: &Actions, text: T, span: Span) -> usize {
        let at = span.start + text.slice(span).unchanged(actions);
        if at < span.end && matches!(actions.of(text.decode(at).0), Action::Drop | Action::Map(_)) {
            self.change = Some(at);
        }
        at
    }

    fn keep(&mut self, _: T, _: Span) {}

    fn skip(&mut self, span: Span) {
        self.change = Some(span.start);
    }

    fn put(&mut self, text: T, span: Span, cells: &[Cell]) {
        let same = text.slice(span).chars().map(|(_, c)| c).eq(cells.iter().map(|cell| cell.c));
        if !same {
            self.change = Some(span.start);
        }
    }

    fn take_back(&mut self, _: &Actions, _: T, _: Span) {}

    fn is_done(&self) -> bool {
        self.change.is_some()
    }
}
