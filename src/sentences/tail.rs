//! What belongs to a sentence behind its stop: `.[1]`  `.¹`  `.'`  `! 😂`
//!
//! Marks that the scan does not halt at, since elsewhere they are apostrophes, lists or ornaments.
use super::chars::{is_digit, is_letter, is_silent, is_space};
use super::words::skip_silent;
use crate::text::Text;

/// Digits, letters and marks between the brackets of a footnote's mark, at most.
const NOTE: usize = 8;
/// Reactions in a row that are read.
const REACTIONS: usize = 16;

/// What stands behind a stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tail {
    pub end: usize,
    /// Whether it closes a quotation.
    pub closes: bool,
}

/// The tail that starts at `at`, behind a stop and white space if `spaced`; `first` is what the sentence starts with.
pub(super) fn tail<T: Text>(text: T, at: usize, spaced: bool, first: u32) -> Option<Tail> {
    let c = text.char_at(at)?;
    let (end, closes) = match c {
        // a number in round brackets with a space before it, or none behind it, is the next item of a list
        0x28 if !spaced => {
            let end = footnote(text, at)?;
            (text.char_at(skip_silent(text, end)).is_none_or(is_space).then_some(end)?, false)
        }
        0x5B if !spaced || first != 0x5B => (footnote(text, at)?, false),
        _ if is_superscript(c) && !spaced => (while_is(text, at, NOTE, is_superscript), false),
        _ if closes_quotation(c) && !spaced => {
            let end = while_is(text, at, 2, |mark| mark == c);
            let alone = c != 0x3E || end > at + 1; // > closes in pairs
            let tight = text.char_at(end).is_some_and(|c| is_letter(c) || is_digit(c));
            return (alone && !tight).then_some(Tail { end, closes: true });
        }
        _ if is_reaction(c) && !is_reaction(first) => (reactions(text, at), false),
        _ => return None,
    };
    Some(Tail { end, closes })
}

/// Behind the mark of a footnote: `[1]` `[12، 13]` `(٤)` `[أ]`.
fn footnote<T: Text>(text: T, at: usize) -> Option<usize> {
    let (open, mut here) = text.decode(at);
    let close = if open == 0x28 { 0x29 } else { 0x5D };
    let (mut digits, mut letters, mut left) = (0, 0, NOTE);
    while here < text.len() && left > 0 {
        let (c, next) = text.decode(here);
        here = next;
        if c == close {
            return (digits > 0 && letters == 0 || digits == 0 && letters == 1).then_some(here);
        }
        // COMMA, HYPHEN-MINUS, ARABIC COMMA, EN DASH
        let passed = is_space(c) || is_silent(c) || matches!(c, 0x2C | 0x2D | 0x060C | 0x2013);
        if is_digit(c) {
            digits += 1;
        } else if is_letter(c) {
            letters += 1;
        } else if !passed {
            return None;
        }
        left -= usize::from(!is_silent(c));
    }
    None
}

/// Behind the reactions at `at`, white space between them included.
fn reactions<T: Text>(text: T, at: usize) -> usize {
    let (mut end, mut here, mut left) = (at, at, REACTIONS);
    while here < text.len() && left > 0 {
        let (c, next) = text.decode(here);
        here = next;
        if is_reaction(c) || is_part_of_reaction(c) || is_silent(c) {
            end = here;
        } else if c != 0x20 {
            break;
        }
        left -= usize::from(!is_silent(c));
    }
    end
}

/// Behind what is of a kind from `at` on and the silent signs among it, at most `most` of them.
fn while_is<T: Text>(text: T, mut at: usize, most: usize, kind: impl Fn(u32) -> bool) -> usize {
    for _ in 0..most {
        if !text.char_at(at).is_some_and(&kind) {
            break;
        }
        at = skip_silent(text, text.decode(at).1);
    }
    at
}

/// SUPERSCRIPT ONE to THREE, ZERO, FOUR to NINE
const fn is_superscript(c: u32) -> bool {
    matches!(c, 0xB2 | 0xB3 | 0xB9 | 0x2070 | 0x2074..=0x2079)
}

/// APOSTROPHE, GRAVE and ACUTE ACCENT, single curly quotation marks, GREATER-THAN SIGN, ornate parentheses
const fn closes_quotation(c: u32) -> bool {
    matches!(c, 0x27 | 0x60 | 0xB4 | 0x2018 | 0x2019 | 0x201B | 0x3E | 0xFD3E | 0xFD3F)
}

/// Faces, hearts, hands, flowers, feasts: what a writer adds to what was said. Arrows, ticks and pins lead to what follows.
const fn is_reaction(c: u32) -> bool {
    matches!(c, 0x2639 | 0x263A | 0x2763 | 0x2764 | 0x1F337..=0x1F33C | 0x1F389 | 0x1F38A | 0x1F440 | 0x1F44A..=0x1F44F
        | 0x1F490..=0x1F49F | 0x1F4AA | 0x1F4AF | 0x1F525 | 0x1F600..=0x1F64F | 0x1F90C..=0x1F917 | 0x1F919..=0x1F93E
        | 0x1F970..=0x1F97A | 0x1F9E1)
}

/// Colours of skin, joined parts of a person: a sign behind a reaction that belongs to it.
const fn is_part_of_reaction(c: u32) -> bool {
    matches!(c, 0x1F3FB..=0x1F3FF | 0x2640 | 0x2642)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end_of(text: &str, spaced: bool) -> Option<&str> {
        tail(text, 0, spaced, 0x0628).map(|tail| &text[..tail.end])
    }

    #[test]
    fn marks_of_footnotes_closing_marks_and_reactions_belong_to_the_sentence() {
        for (text, spaced, expected) in [
            ("[1] ب", true, Some("[1]")),
            ("[١٢، ١٣] ب", false, Some("[١٢، ١٣]")),
            ("(4) ب", false, Some("(4)")),
            ("¹² ب", false, Some("¹²")),
            ("' ب", false, Some("'")),
            (">> ب", false, Some(">>")),
            ("😂 ❤\u{FE0F} ب", true, Some("😂 ❤\u{FE0F}")),
            ("(4) ب", true, None),
            ("(4)ب", false, None),
            ("[كذا وكذا] ب", false, None),
            ("'ب", false, None),
            ("> ب", false, None),
            ("👉 ب", true, None),
            ("[1", false, None),
            ("", false, None),
        ] {
            assert_eq!(end_of(text, spaced), expected, "{text}");
        }
    }

    #[test]
    fn what_a_list_starts_its_items_with_is_the_next_items() {
        assert_eq!(tail("[2] ب", 0, true, 0x5B), None);
        assert_eq!(tail("😂 ب", 0, true, 0x1F602), None);
    }
}
