//! Whether a line break ends a sentence.
use super::chars::{Stop, is_break, is_digit, is_joining, is_letter, is_silent, is_space};
use super::lexicon::Classes;
use super::words::{is_plain, trim_blank, visible_before, word_before};
use super::wrap;
use crate::text::Text;

/// Visible units of a line that is only marks: fewer than this.
const MARKS: usize = 8;

/// Where the sentence that started at `start` goes on, if it does behind the line break at `at`.
pub(super) fn goes_on<T: Text>(text: T, start: usize, at: usize) -> Option<usize> {
    let (next, breaks) = next_line(text, at);
    let c = text.char_at(next)?;
    let (last, last_start) = last_visible(text, start, at)?;
    let end = text.decode(last_start).1;
    let stopped = Stop::of(last).is_some_and(Stop::is_terminal);
    let runs_on = is_orphan(text, next, c, stopped)
        || matches!(Stop::of(last), Some(Stop::OpenBracket | Stop::OpenQuote))
        || (breaks <= 2 && is_letter(c) && leans(text, start, end, last))
        || (breaks == 1 && !stopped && is_letter(c) && wrap::is_hard_wrap(text, at, next));
    runs_on.then_some(next)
}

/// Whether the last word of a line, which ends at `end`, leans on the next: a preposition, a title with its full stop.
fn leans<T: Text>(text: T, start: usize, end: usize, last: u32) -> bool {
    if last == 0x2E {
        let dot = text.decode_before(end).1;
        return !is_plain(text, start, dot)
            && word_before(text, start, dot).is_some_and(|word| {
                let number = visible_before(text, start, trim_blank(text, start, word.start));
                word.is(Classes::NAME) && !number.is_some_and(|(c, _)| is_digit(c))
            });
    }
    is_letter(last) && word_before(text, start, end).is_some_and(|word| word.is(Classes::HANGS))
}

/// The last visible character of `start..at` that is no white space, and where it starts.
fn last_visible<T: Text>(text: T, start: usize, mut at: usize) -> Option<(u32, usize)> {
    while at > start {
        let (c, before) = text.decode_before(at);
        if !is_space(c) && !is_silent(c) {
            return Some((c, before));
        }
        at = before;
    }
    None
}

/// Where the next line with something on it begins, and how many line breaks stand before it (`\r\n` is one).
fn next_line<T: Text>(text: T, mut at: usize) -> (usize, usize) {
    let (mut breaks, mut last) = (0, 0);
    while at < text.len() {
        let (c, next) = text.decode(at);
        if is_break(c) {
            breaks += usize::from(!(c == 0x0A && last == 0x0D));
        } else if !is_space(c) && !is_silent(c) {
            break;
        }
        last = c;
        at = next;
    }
    (at, breaks)
}

/// Whether the line at `at` starts with a mark that can only close or carry on what came before; behind a stop there is
/// nothing to carry on.
fn is_orphan<T: Text>(text: T, at: usize, c: u32, stopped: bool) -> bool {
    match Stop::of(c) {
        Some(Stop::CloseBracket | Stop::CloseQuote) => true,
        Some(Stop::Quote) => is_alone(text, at),
        Some(stop) => stop.is_terminal() && is_alone(text, at),
        None => is_joining(c) && c != 0x2F && (!stopped || is_alone(text, at)),
    }
}

/// Whether no more than marks stand on the line from `at` on.
fn is_alone<T: Text>(text: T, mut at: usize) -> bool {
    let mut left = MARKS;
    while left > 0 {
        let Some(c) = text.char_at(at) else { return true };
        if is_break(c) {
            return true;
        }
        if Stop::of(c).is_none() && !is_joining(c) && !is_space(c) && !is_silent(c) {
            return false;
        }
        left -= usize::from(!is_silent(c));
        at = text.decode(at).1;
    }
    false
}
