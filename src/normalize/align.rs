//! Which part of a text became which part of the normalised text: to find in one, and act on the other.
//!
//! Kept as the places where lengths differ, not as one entry a code point: a text that does not change has none.
//! Offsets are counted in units of the storage, as everywhere: code points in Python's strings, bytes in `&str`.

use super::cell::Cell;
use super::pass::Sink;
use super::sink::Stored;
use crate::scan::rewrite::{Action, Actions};
use crate::text::Span;

/// A part of the original, and what was written for it; one of them may be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Edit {
    original: Span,
    normalized: Span,
}

/// The offsets of a text and of its normalised form, side by side.
///
/// A code point of the normalised text reaches to where the next one begins, so that what was dropped behind a letter,
/// such as its marks, belongs to the letter. What was dropped at the head of the text belongs to nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alignment {
    /// Sorted and disjoint, in both texts.
    edits: Vec<Edit>,
    original_len: usize,
    normalized_len: usize,
}

impl Alignment {
    /// That of a text which did not change.
    #[must_use]
    pub fn unchanged(len: usize) -> Self {
        Self { edits: Vec::new(), original_len: len, normalized_len: len }
    }

    /// The alignment whose [`edits`](Self::edits) these are, of an original of that length; `None` where they are not
    /// in order, or not within it.
    pub fn from_edits(edits: impl IntoIterator<Item = (Span, usize)>, original_len: usize) -> Option<Self> {
        let edits: Vec<_> = edits.into_iter().collect();
        let in_order = edits.iter().all(|(span, _)| span.start <= span.end && span.end <= original_len)
            && edits.is_sorted_by(|(before, _), (span, _)| before.end <= span.start);
        let total = edits.iter().try_fold(original_len, |total, (_, written)| total.checked_add(*written));
        (in_order && total.is_some()).then(|| Note { edits }.finish(original_len))
    }

    /// The places that differ, in order: the part of the original, and the length of what was written for it.
    #[must_use]
    pub fn edits(&self) -> impl ExactSizeIterator<Item = (Span, usize)> + '_ {
        self.edits.iter().map(|edit| (edit.original, edit.normalized.len()))
    }

    /// The length of the original.
    #[must_use]
    pub fn original_len(&self) -> usize {
        self.original_len
    }

    /// The length of the normalised text.
    #[must_use]
    pub fn normalized_len(&self) -> usize {
        self.normalized_len
    }

    /// Where what stands at an offset of the normalised text begins in the original: within what was spelt out, where
    /// all of it begins; at the end or behind it, the end.
    #[must_use]
    pub fn to_original(&self, at: usize) -> usize {
        match self.edits[..self.edits.partition_point(|edit| edit.normalized.start <= at)].last() {
            None => at.min(self.original_len),
            Some(edit) if at < edit.normalized.end => edit.original.start,
            Some(edit) => (edit.original.end + (at - edit.normalized.end)).min(self.original_len),
        }
    }

    /// Where what stands at an offset of the original begins in the normalised text: for something dropped, what
    /// follows it; within what was joined, where all of it begins; at the end or behind it, the end.
    #[must_use]
    pub fn to_normalized(&self, at: usize) -> usize {
        match self.edits[..self.edits.partition_point(|edit| edit.original.start <= at)].last() {
            None => at.min(self.normalized_len),
            Some(edit) if at < edit.original.end => edit.normalized.start,
            Some(edit) => (edit.normalized.end + (at - edit.original.end)).min(self.normalized_len),
        }
    }

    /// The part of the original that a span of the normalised text was made of, whole: half a ligature is all of it.
    #[must_use]
    pub fn span_to_original(&self, span: Span) -> Span {
        let start = self.to_original(span.start);
        let before = self.edits.partition_point(|edit| edit.normalized.start < span.end);
        let end = match self.edits[..before].last() {
            Some(edit) if span.end < edit.normalized.end => edit.original.end,
            _ => self.to_original(span.end),
        };
        Span::new(start, if span.is_empty() { start } else { end.max(start) })
    }

    /// The part of the normalised text that a span of the original became, whole.
    #[must_use]
    pub fn span_to_normalized(&self, span: Span) -> Span {
        let start = self.to_normalized(span.start);
        let before = self.edits.partition_point(|edit| edit.original.start < span.end);
        let end = match self.edits[..before].last() {
            Some(edit) if span.end < edit.original.end => edit.normalized.end,
            _ => self.to_normalized(span.end),
        };
        Span::new(start, if span.is_empty() { start } else { end.max(start) })
    }
}

/// Notes the edits of a pass.
#[derive(Default)]
pub(super) struct Note {
    /// Parts of the original, and the length of what was written for each.
    edits: Vec<(Span, usize)>,
}

impl Note {
    fn edit(&mut self, span: Span, written: usize) {
        match self.edits.last_mut() {
            Some((last, 0)) if written == 0 && last.end == span.start => last.end = span.end,
            _ => self.edits.push((span, written)),
        }
    }

    /// The alignment of a text of that length.
    pub fn finish(self, original_len: usize) -> Alignment {
        let (mut original, mut normalized) = (0, 0);
        let edits = self.edits.into_iter().map(|(span, written)| {
            let start = normalized + (span.start - original);
            (original, normalized) = (span.end, start + written);
            Edit { original: span, normalized: Span::new(start, normalized) }
        });
        let edits: Vec<Edit> = edits.collect();
        Alignment { edits, original_len, normalized_len: normalized + (original_len - original) }
    }
}

impl<T: Stored> Sink<T> for Note {
    fn simple(&mut self, actions: &Actions, text: T, span: Span) -> usize {
        let mut at = span.start;
        while at < span.end {
            let (c, next) = text.decode(at);
            match actions.of(c) {
                Action::Copy | Action::Soft => {}
                Action::Drop => self.edit(Span::new(at, next), 0),
                Action::Map(to) if T::units_of(to) == next - at => {}
                Action::Map(to) => self.edit(Span::new(at, next), T::units_of(to)),
                _ => break,
            }
            at = next;
        }
        at
    }

    fn keep(&mut self, _: T, _: Span) {}

    fn skip(&mut self, span: Span) {
        self.edit(span, 0);
    }

    fn put(&mut self, text: T, span: Span, cells: &[Cell]) {
        // Where the origins of a cell and of all behind it begin: composition puts marks in another order.
        let mut begins: Vec<usize> = cells.iter().map(|cell| cell.from).collect();
        for at in (1..begins.len()).rev() {
            begins[at - 1] = begins[at - 1].min(begins[at]);
        }
        let mut done = span.start;
        let mut at = 0;
        while at < cells.len() {
            // Cells whose origins overlap, or stand in another order, are one edit.
            let first = at;
            let mut from = Span::new(begins[at], cells[at].to);
            at += 1;
            while at < cells.len() && begins[at] < from.end {
                from.end = from.end.max(cells[at].to);
                at += 1;
            }
            if done < from.start {
                self.edit(Span::new(done, from.start), 0);
            }
            let written = cells[first..at].iter().map(|cell| T::units_of(cell.c)).sum();
            let one_for_one = at - first == 1 && text.decode(from.start).1 == from.end && written == from.len();
            if !one_for_one {
                self.edit(from, written);
            }
            done = from.end;
        }
        if done < span.end {
            self.edit(Span::new(done, span.end), 0);
        }
    }

    fn take_back(&mut self, _: &Actions, _: T, span: Span) {
        while self.edits.last().is_some_and(|(edit, _)| edit.start >= span.start) {
            self.edits.pop();
        }
    }

    fn is_done(&self) -> bool {
        false
    }
}
