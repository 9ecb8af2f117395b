//! Whether a text still has its HTML tags, so that a caller can be told to extract it first.
//!
//! One tag in a story is quoted code; tags all through it are a page that nobody extracted.

use crate::text::{Unit, Units};

/// As much of the text as is looked at, in units.
const WINDOW: usize = 1 << 16;

/// Tags that every page is full of, without their bracket.
const TAGS: [&str; 8] = ["p", "div", "span", "a", "br", "li", "td", "script"];

/// How many tags make a page.
const ENOUGH: usize = 4;

/// Whether tags stand throughout `text`: at least four of the usual ones, and one in every thousand units.
#[must_use]
pub fn looks_like_html<U: Unit>(text: Units<'_, U>) -> bool {
    let bracket = U::put(u32::from('<'));
    let units = &text.0[..text.0.len().min(WINDOW)];
    // Counting is one pass of vector instructions; nearly no text goes further.
    if units.iter().filter(|&&unit| unit == bracket).count() < ENOUGH {
        return false;
    }
    let brackets = (0..units.len()).filter(|&at| units[at] == bracket);
    let tags = brackets.filter(|&at| is_tag(&units[at + 1..])).count();
    tags >= ENOUGH && tags * 1000 >= units.len()
}

/// The same for UTF-8, with the same answer.
#[must_use]
pub fn text_looks_like_html(text: &str) -> bool {
    let head = &text.as_bytes()[..text.len().min(4 * WINDOW)];
    if memchr::memchr_iter(b'<', head).take(ENOUGH).count() < ENOUGH {
        return false;
    }
    let units: Vec<u32> = text.chars().take(WINDOW).map(u32::from).collect();
    looks_like_html(Units(&units))
}

/// Whether what follows a `<` is one of the [`TAGS`], closing or not.
fn is_tag<U: Unit>(units: &[U]) -> bool {
    let mut name = String::new();
    for unit in units.iter().take(8) {
        match char::from_u32(unit.get()) {
            Some('/') if name.is_empty() => {}
            Some(c) if c.is_ascii_alphabetic() => name.push(c.to_ascii_lowercase()),
            Some('>' | '/' | ' ' | '\n' | '\t') => break,
            _ => return false,
        }
    }
    TAGS.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks(text: &str) -> bool {
        let units: Vec<u32> = text.chars().map(u32::from).collect();
        let looks = looks_like_html(Units(&units));
        assert_eq!(text_looks_like_html(text), looks);
        looks
    }

    #[test]
    fn tags_throughout_are_html() {
        assert!(looks("<div class=\"x\"><p>سطر</p>\n<p>سطر آخر</p></div>"));
    }

    #[test]
    fn a_story_with_a_bracket_or_a_quoted_tag_is_not() {
        assert!(!looks("كتب المبرمج <p> في أول الصفحة ثم </p> في آخرها، و3 < 5."));
        assert!(!looks("< < < < < < <"));
        assert!(!looks(""));
    }

    #[test]
    fn a_long_story_with_a_few_tags_is_not() {
        assert!(!looks(&("<p>سطر</p><p>سطر</p>".to_owned() + &"كلمة ".repeat(10_000))));
    }
}
