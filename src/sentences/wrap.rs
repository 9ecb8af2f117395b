//! Hard wraps: prose whose lines were broken at a fixed width.
//!
//! A break is a wrap where the next word would not have fitted and the neighbouring lines are as wide. Verse has even lines
//! too, but shorter ones with few commas and stops inside them: there a break stays the end of a line.
use super::chars::{is_bare, is_break, is_joining, is_letter, is_silent, is_space};
use super::words::word_after;
use crate::text::Text;

/// The narrowest column, and the widest line that is measured, in visible units.
const WIDTHS: std::ops::RangeInclusive<usize> = 45..=130;
/// How much shorter than the column a full line may be: a long word.
const RAGGED: usize = 14;

/// Lines among the five around a wrap that have a comma or a stop inside; one will do where the next line goes on.
const PROSE: usize = 2;

/// What a line looks like.
#[derive(Clone, Copy, Default)]
struct Line {
    /// Visible units, at most one more than the widest.
    width: usize,
    /// Whether a comma or full stop with a space behind it stands inside.
    prose: bool,
    /// Where it ends.
    end: usize,
}

/// Whether the break at `at` was put in by a wrap; the next line starts at `next`.
pub(super) fn is_hard_wrap<T: Text>(text: T, at: usize, next: usize) -> bool {
    let line = before(text, at);
    if !WIDTHS.contains(&line.width) {
        return false;
    }
    let below = ahead(text, next);
    let above = if line.end > 0 { before(text, line.end) } else { Line::default() };
    let column = line.width.max(below.width).max(above.width);
    let even = |line: Line| line.width + RAGGED >= column && line.width <= *WIDTHS.end();
    if !even(line) || !(even(above) || (even(below) && below.end < text.len())) {
        return false;
    }
    let further = [
        if above.end > 0 { before(text, above.end) } else { Line::default() },
        if below.end < text.len() { ahead(text, text.decode(below.end).1) } else { Line::default() },
    ];
    let prose = [line, below, above].iter().chain(&further).filter(|line| line.prose).count();
    let goes_on = || prose > 0 && word_after(text, next).is_some_and(|word| word.goes_on(text));
    (prose >= PROSE || goes_on()) && line.width + 1 + first_word(text, next) > column
}

/// The line that ends with the break at `at`; its `end` is the break above it, 0 at the start of the text.
fn before<T: Text>(text: T, at: usize) -> Line {
    let (mut line, mut here, mut behind) = (Line::default(), at, 0);
    while here > 0 && line.width <= *WIDTHS.end() {
        let (c, start) = text.decode_before(here);
        if is_bare(c) {
            (here, behind) = (start, c);
            line.width += 1;
            continue;
        }
        if c == 0x20 {
            (here, behind) = (start, c);
            line.width += usize::from(line.width > 0);
            continue;
        }
        if is_break(c) {
            line.end = if c == 0x0A && text.char_before(start) == Some(0x0D) { start - 1 } else { start };
            return line;
        }
        here = start;
        if is_silent(c) {
            continue;
        }
        line.prose |= is_space(behind) && line.width > 1 && is_inner_mark(text, start, c);
        line.width += usize::from(line.width > 0 || !is_space(c));
        behind = c;
    }
    line
}

/// The line that starts at `at`; its `end` is the break behind it.
fn ahead<T: Text>(text: T, at: usize) -> Line {
    let (mut line, mut here, mut mark) = (Line::default(), at, false);
    while here < text.len() && line.width <= *WIDTHS.end() {
        let (c, next) = text.decode(here);
        if is_bare(c) {
            (here, mark) = (next, false);
            line.width += 1;
            continue;
        }
        if c == 0x20 {
            line.prose |= mark;
            (here, mark) = (next, false);
            line.width += 1;
            continue;
        }
        if is_break(c) {
            break;
        }
        if !is_silent(c) {
            line.prose |= mark && is_space(c);
            mark = is_inner_mark(text, here, c);
            line.width += 1;
        }
        here = next;
    }
    line.end = here;
    line
}

/// Whether `c`, which starts at `at`, is a comma or a single full stop: two dots part the halves of a verse.
fn is_inner_mark<T: Text>(text: T, at: usize, c: u32) -> bool {
    is_joining(c) || (c == 0x2E && text.char_before(at) != Some(c))
}

/// Letters of the first word of a line.
fn first_word<T: Text>(text: T, mut at: usize) -> usize {
    let mut letters = 0;
    while at < text.len() && letters <= RAGGED {
        let (c, next) = text.decode(at);
        if !is_letter(c) && !is_silent(c) {
            break;
        }
        letters += usize::from(is_letter(c));
        at = next;
    }
    letters
}
