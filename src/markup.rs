//! Whether a text still has its HTML tags, so that a caller can be told to pass extracted text.
//!
//! One tag in a story is quoted code; tags all through it are a page that nobody extracted.

use crate::text::Text;

/// As much of the text as is looked at, in units.
const WINDOW: usize = 1 << 16;

/// Tags that every page is full of, without their bracket.
const TAGS: [&str; 8] = ["p", "div", "span", "a", "br", "li", "td", "script"];

/// Whether tags stand throughout `text`: at least four of the usual ones, and one in every thousand units.
#[must_use]
pub fn looks_like_html<T: Text>(text: T) -> bool {
    let mut tags = 0;
    let mut seen = 0;
    let mut rest = text.chars();
    while let Some((at, c)) = rest.next() {
        if at >= WINDOW {
            break;
        }
        seen = at;
        if c == u32::from('<') && is_tag(rest.clone()) {
            tags += 1;
        }
    }
    tags >= 4 && tags * 1000 >= seen
}

/// Whether what follows a `<` is one of the [`TAGS`], closing or not.
fn is_tag(rest: impl Iterator<Item = (usize, u32)>) -> bool {
    let mut name = String::new();
    for (_, c) in rest.take(8) {
        match char::from_u32(c) {
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

    #[test]
    fn tags_throughout_are_html() {
        assert!(looks_like_html("<div class=\"x\"><p>سطر</p>\n<p>سطر آخر</p></div>"));
    }

    #[test]
    fn a_story_with_a_bracket_or_a_quoted_tag_is_not() {
        assert!(!looks_like_html("كتب المبرمج <p> في أول الصفحة ثم </p> في آخرها، و3 < 5."));
        assert!(!looks_like_html("< < < < < < <"));
        assert!(!looks_like_html(""));
    }
}
