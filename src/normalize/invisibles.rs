//! What no reader sees: which of it goes, by what is seen beside it.
//!
//! A neighbour is the nearest code point that is seen ([`Steps::is_seen_through`]): what may be stripped later is passed
//! over, so that what is decided once would be decided again. Asked of a run of code points, with what follows it.

use super::cell::Cell;
use super::dagger::is_dagger;
use super::nfc::class;
use super::options::{Strip, Zwnj};
use super::steps::{Around, Steps};
use crate::text::Span;
use crate::unicode::{ZWJ, ZWNJ, contains, is_arabic_letter, is_combining, is_invisible, is_letter, tables};

impl Steps {
    pub fn drop_invisibles(&self, cells: &mut Vec<Cell>, around: Around) {
        if cells.iter().any(|cell| cell.c == ZWNJ) {
            // First, since what stands beside a boundary that is written as a space stands beside a space.
            self.rewrite(cells, around.next, |c| c == ZWNJ, |_, before, after| self.zwnj(before, after));
        }
        if self.options.invisible == Strip::Strip && cells.iter().any(|cell| is_invisible(cell.c)) {
            let decide = |cell, before, after| is_of_use(cell, before, after, around.visible).then_some(cell.c);
            self.rewrite(cells, around.next, |c| c != ZWNJ && is_invisible(c), decide);
        }
    }

    /// Rewrites or drops those code points that are `chosen`, each between its neighbours.
    fn rewrite(
        &self,
        cells: &mut Vec<Cell>,
        next: Option<u32>,
        chosen: impl Fn(u32) -> bool,
        decide: impl Fn(Cell, Neighbours, Neighbours) -> Option<u32>,
    ) {
        let mut before = Neighbours::default();
        let mut ahead = Ahead::new(self, next);
        let mut kept = 0;
        for at in 0..cells.len() {
            let cell = cells[at];
            let written = if chosen(cell.c) {
                let decided = decide(cell, before, ahead.at(&cells[at..], at));
                before.boundary |= cell.c == ZWNJ;
                decided
            } else {
                before.pass(self, cell.c);
                Some(cell.c)
            };
            if let Some(c) = written {
                // What is looked at ahead is never written over: `kept` is at most `at`.
                cells[kept] = Cell { c, ..cell };
                kept += 1;
            }
        }
        cells.truncate(kept);
    }

    /// What a ZERO WIDTH NON-JOINER is written as.
    fn zwnj(&self, before: Neighbours, after: Neighbours) -> Option<u32> {
        let inner = before.base.is_some_and(is_letter) && after.base.is_some_and(is_letter);
        match self.options.zwnj {
            Zwnj::Strip => None,
            // However often it was typed between two letters, it is one boundary.
            Zwnj::Space => (inner && !before.boundary).then_some(0x20),
            Zwnj::Keep => (inner || self.options.invisible == Strip::Keep).then_some(ZWNJ),
        }
    }
}

/// Whether a reader sees a difference where an invisible code point stands.
fn is_of_use(cell: Cell, before: Neighbours, after: Neighbours, visible: Span) -> bool {
    if !contains(tables::INVISIBLE_BESIDE, cell.c) {
        return false;
    }
    let starts = cell.from <= visible.start;
    let ends = cell.to >= visible.end;
    // A dagger alef that is seen is one that will be written as an alef.
    let beside = |seen: Option<u32>| seen.is_some_and(|c| is_arabic_letter(c) || is_dagger(c));
    if cell.c == ZWJ {
        before.virama || !(starts || ends || beside(before.seen) || beside(after.seen))
    } else {
        // A variation selector belongs to what stands before it.
        let chooses = before.seen.is_some_and(takes_selector);
        !starts && !beside(before.seen) && (chooses || !ends && !beside(after.seen))
    }
}

/// Whether a variation selector behind a code point chooses a form of it: symbols and letters of scripts that have
/// such forms.
fn takes_selector(c: u32) -> bool {
    contains(tables::SYMBOLS, c) || is_letter(c) && !is_arabic_letter(c) && !contains(tables::LATIN_LETTERS, c)
}

/// The code points nearest to an invisible one on one side.
#[derive(Clone, Copy, Debug, Default)]
struct Neighbours {
    /// The nearest that is not seen through.
    seen: Option<u32>,
    /// The nearest that is no mark of any script either.
    base: Option<u32>,
    /// Whether a virama stands among the marks right before, which composition may put in another order.
    virama: bool,
    /// Whether a ZERO WIDTH NON-JOINER stands behind the base.
    boundary: bool,
}

impl Neighbours {
    fn pass(&mut self, steps: &Steps, c: u32) {
        if !steps.is_seen_through(c) {
            self.seen = Some(c);
            let is_mark = class(c) != 0 && !is_dagger(c);
            self.virama = contains(tables::VIRAMAS, c) || self.virama && is_mark;
            if !is_combining(c) {
                self.base = Some(c);
                self.boundary = false;
            }
        }
    }
}

/// Finds the neighbours ahead; what it has found it does not look for again.
struct Ahead<'s> {
    steps: &'s Steps,
    next: Option<u32>,
    seen: (usize, Option<u32>),
    base: (usize, Option<u32>),
}

impl<'s> Ahead<'s> {
    fn new(steps: &'s Steps, next: Option<u32>) -> Self {
        Self { steps, next, seen: (0, None), base: (0, None) }
    }

    /// The neighbours behind the first of `rest`, which stands at `at`.
    fn at(&mut self, rest: &[Cell], at: usize) -> Neighbours {
        let find = |test: &dyn Fn(u32) -> bool| match rest.iter().skip(1).position(|cell| test(cell.c)) {
            Some(steps) => (at + 1 + steps, Some(rest[1 + steps].c)),
            None => (usize::MAX, self.next),
        };
        let steps = self.steps;
        if self.seen.0 <= at {
            self.seen = find(&|c| !steps.is_seen_through(c));
        }
        if self.base.0 <= at {
            self.base = find(&|c| !steps.is_seen_through(c) && !is_combining(c));
        }
        Neighbours { seen: self.seen.1, base: self.base.1, ..Neighbours::default() }
    }
}
