//! A note of what is heard in a talk: `(ضحك)` `[تصفيق]`. It stands between sentences and is one of its own.
use super::chars::{Stop, is_joining, is_letter, is_silent, is_space};
use super::lexicon::Classes;
use super::words::{trim_blank, trim_space, visible_before, word_after, words_back};
use crate::text::Text;

/// Words of a note, at most.
const WORDS: usize = 3;
/// Words of a sentence that a note ends where no mark does.
const SENTENCE: usize = 3;

/// Where the sentence ends that started at `start`, if a note begins with the bracket at `bracket`.
pub(super) fn end_before<T: Text>(text: T, start: usize, bracket: usize) -> Option<usize> {
    end_of_note(text, bracket)?;
    let words = trim_blank(text, start, bracket);
    let (last, _) = visible_before(text, start, words)?;
    let ends = is_letter(last) && words_back(text, start, words, SENTENCE) == SENTENCE;
    ends.then(|| trim_space(text, start, bracket))
}

/// Where the note ends that is all of the sentence from `start` up to the bracket at `bracket`.
pub(super) fn note_end<T: Text>(text: T, start: usize, bracket: usize) -> Option<usize> {
    let opens = text.char_at(start).and_then(Stop::of) == Some(Stop::OpenBracket);
    (opens && end_of_note(text, start)? == text.decode(bracket).1).then(|| text.decode(bracket).1)
}

/// Behind the bracket that closes the note which the one at `at` opens, if a sentence follows in the same line.
fn end_of_note<T: Text>(text: T, at: usize) -> Option<usize> {
    let mut here = text.decode(at).1;
    if text.char_at(here).and_then(Stop::of).is_some() {
        return None;
    }
    for _ in 0..WORDS {
        let word = word_after(text, here)?;
        let heard = word.is(Classes::HEARD) || (word.is_conjoined() && word.rest_is(text, Classes::HEARD));
        let next = text.char_at(word.end)?;
        if !heard {
            return None;
        }
        if Stop::of(next) == Some(Stop::CloseBracket) {
            let end = text.decode(word.end).1;
            return goes_on(text, end).then_some(end);
        }
        here = word.end;
    }
    None
}

/// Whether words follow behind a space, or another note.
fn goes_on<T: Text>(text: T, mut at: usize) -> bool {
    let mut spaced = false;
    while at < text.len() {
        let (c, next) = text.decode(at);
        if !is_space(c) && !is_silent(c) {
            let tied =
                is_joining(c) || Stop::of(c).is_some_and(|stop| stop.is_terminal() || stop == Stop::CloseBracket);
            return spaced && !tied;
        }
        spaced |= is_space(c);
        at = next;
    }
    false
}
