//! Whether a line break ends a sentence.
use super::chars::{Stop, is_break, is_digit, is_joining, is_letter, is_silent, is_space};
use super::lexicon::Classes;
use super::words::{trim_space, visible_before, word_before};
use crate::text::Text;

/// Whether the sentence that started at `start` goes on behind the line break at `at`.
pub(super) fn runs_on<T: Text>(text: T, start: usize, at: usize) -> bool {
    let (next, breaks) = next_line(text, at);
    let Some(c) = text.char_at(next) else { return false };
    let end = trim_space(text, start, at);
    let Some(last) = text.char_before(end) else { return false };
    if is_orphan(text, next, c, Stop::of(last).is_some_and(Stop::is_terminal)) {
        return true;
    }
    if matches!(Stop::of(last), Some(Stop::OpenBracket | Stop::OpenQuote)) {
        return true;
    }
    if breaks > 2 || !is_letter(c) {
        return false;
    }
    if last == 0x2E {
        let dot = text.decode_before(end).1;
        return word_before(text, start, dot).is_some_and(|word| {
            let number = visible_before(text, start, trim_space(text, start, word.start));
            word.classes.any(Classes::NAME) && !number.is_some_and(|(c, _)| is_digit(c))
        });
    }
    is_letter(last) && word_before(text, start, end).is_some_and(|word| word.classes.any(Classes::HANGS))
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
    for _ in 0..8 {
        let Some(c) = text.char_at(at) else { return true };
        if is_break(c) {
            return true;
        }
        if Stop::of(c).is_none() && !is_joining(c) && !is_space(c) && !is_silent(c) {
            return false;
        }
        at = text.decode(at).1;
    }
    false
}
