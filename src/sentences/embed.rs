//! The signature of an embedded post: `— Name (@name) January 23, 2025`. What follows it is the article again, often glued
//! to the year where the extraction lost the break.
use super::chars::{is_bare, is_digit, is_latin, is_space};
use super::words::skip_silent;
use crate::text::Text;

/// Letters of a user's name with its sign, at most.
const NAME: usize = 40;

/// Where the signature ends whose bracket closes at `bracket`, if Arabic text follows in the same line.
pub(super) fn signature_end<T: Text>(text: T, bracket: usize) -> Option<usize> {
    let (gap, at) = run(text, text.decode(bracket).1, is_space);
    if gap == 0 || !text.char_at(at).is_some_and(is_latin) || !is_user(text, bracket) {
        return None;
    }
    let (month, at) = run(text, at, is_latin);
    let (_, at) = run(text, at, is_space);
    let (day, at) = run(text, at, is_digit);
    let (_, at) = run(text, at, |c| c == 0x2C || is_space(c));
    let (year, end) = run(text, at, is_digit);
    let (_, next) = run(text, end, |c| c == 0x20);
    let dated = (3..=9).contains(&month) && (1..=2).contains(&day) && year == 4;
    (dated && text.char_at(next).is_some_and(is_bare)).then_some(end)
}

/// Whether `(@name` stands before the bracket.
fn is_user<T: Text>(text: T, bracket: usize) -> bool {
    let (mut at, mut left) = (bracket, NAME);
    while at > 0 && left > 0 {
        let (c, before) = text.decode_before(at);
        (at, left) = (before, left - 1);
        if c == 0x40 {
            return text.char_before(at) == Some(0x28);
        }
        if !is_latin(c) && !is_digit(c) && c != 0x5F {
            return false;
        }
    }
    false
}

/// How many code points from `at` on are of a kind, and the place behind them and the silent signs among them; no more
/// than ten are read.
fn run<T: Text>(text: T, mut at: usize, kind: impl Fn(u32) -> bool) -> (usize, usize) {
    let mut count = 0;
    while count < 10 {
        at = skip_silent(text, at);
        if !text.char_at(at).is_some_and(&kind) {
            break;
        }
        at = text.decode(at).1;
        count += 1;
    }
    (count, at)
}
