//! A headline that runs into the dateline of its article: `عنوان بلا نقطة باريس ــ النص`. The sentence starts with the place.
//! Only where the mark of a dateline follows a known place and a short headline without any mark stands before it.
use super::chars::{Stop, is_joining, is_latin, is_letter, is_silent, is_space};
use super::lexicon::{Classes, Key, classes};
use super::words::{is_far, trim_blank, trim_space, visible_before, word_after, word_before, words_back};
use crate::text::Text;

/// Words of a place's name, at most.
const NAME: usize = 3;
/// Words of a headline, at least and at most.
const HEADLINE: std::ops::Range<usize> = 2..16;
/// Visible code points of a headline with its place: fewer than this.
const REACH: usize = 240;
/// Visible code points in which a second dash shows that the first began an aside.
const ASIDE: usize = 60;

/// Where the headline ends that starts at `start`, if a dateline ends with the dash at `dash`.
pub(super) fn headline_end<T: Text>(text: T, start: usize, dash: usize) -> Option<usize> {
    let place = place_before(text, start, first_dash(text, start, dash))?;
    if is_far(text, start, dash, REACH) {
        return None;
    }
    let place = match visible_before(text, start, trim_blank(text, start, place)) {
        Some((c, mark)) if is_joining(c) => place_before(text, start, mark)?,
        _ => place,
    };
    let end = trim_blank(text, start, place);
    if place == end || !HEADLINE.contains(&words_back(text, start, end, HEADLINE.end)) || is_marked(text, start, end) {
        return None;
    }
    let leans = word_before(text, start, end).is_none_or(|word| word.is(Classes::HANGS));
    let opens_plainly = word_after(text, start).is_some_and(|word| word.first != 0x0648 && !is_latin(word.first));
    let behind = text.decode(dash).1;
    let story = word_after(text, behind).is_some_and(|word| !word.is(Classes::PLACE));
    (!leans && opens_plainly && story && !is_aside(text, behind)).then(|| trim_space(text, start, place))
}

/// The first of the dashes that end at `dash`.
fn first_dash<T: Text>(text: T, start: usize, dash: usize) -> usize {
    let mut at = dash;
    while at > start {
        let (c, before) = text.decode_before(at);
        if Stop::of(c) != Some(Stop::Dash) {
            break;
        }
        at = before;
    }
    at
}

/// The start of the place whose name ends at `at` or before the white space there.
fn place_before<T: Text>(text: T, start: usize, at: usize) -> Option<usize> {
    let end = trim_blank(text, start, at);
    let mut first = end;
    for _ in 0..NAME {
        let gap = trim_blank(text, start, first);
        let mut word = gap;
        while let Some((c, before)) = visible_before(text, start, word).filter(|&(c, _)| is_letter(c)) {
            let _ = c;
            word = before;
        }
        if word == gap {
            return None;
        }
        first = word;
        let found = classes(key(text, first, end));
        if found.any(Classes::PLACE) {
            return Some(first);
        }
        if gap == end && !found.any(Classes::TAIL) {
            return None;
        }
    }
    None
}

/// The key of the words in `start..end`.
fn key<T: Text>(text: T, start: usize, end: usize) -> Key {
    let (mut key, mut at) = (Key::EMPTY, start);
    while at < end {
        let (c, next) = text.decode(at);
        if !is_silent(c) {
            key = key.push(if is_space(c) { 0x20 } else { c });
        }
        at = next;
    }
    key
}

/// Whether a mark other than a quotation mark or bracket stands in `start..end`: a headline has none.
fn is_marked<T: Text>(text: T, start: usize, end: usize) -> bool {
    let mut at = start;
    while at < end {
        let (c, next) = text.decode(at);
        if !is_silent(c) && (is_joining(c) || Stop::of(c).is_some_and(|stop| stop.is_terminal() || stop == Stop::Dash))
        {
            return true;
        }
        at = next;
    }
    false
}

/// Whether another dash follows soon: what stands between is an aside.
fn is_aside<T: Text>(text: T, from: usize) -> bool {
    let (mut at, mut left) = (from, ASIDE);
    while at < text.len() && left > 0 {
        let (c, next) = text.decode(at);
        if Stop::of(c) == Some(Stop::Dash) && text.char_at(next).is_some_and(is_space) {
            return true;
        }
        left -= usize::from(!is_silent(c));
        at = next;
    }
    false
}
