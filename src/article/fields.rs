//! The values in source lines and lists of other articles: their labels and signs left off.
use super::credit;
use crate::boilerplate::facts;
use crate::boilerplate::{Category, Page, Rules};
use crate::text::{Span, Text};

/// Signs around a value that are no part of it.
fn is_frame(c: u32) -> bool {
    crate::boilerplate::facts::is_space(c)
        || matches!(c, 0x22 | 0x27..=0x2A | 0x2C..=0x2F | 0x3A | 0x5B | 0x5D | 0x7B..=0x7D | 0xAB | 0xBB | 0x60C | 0x2013 | 0x2014 | 0x2018..=0x201E | 0x2022 | 0x2190..=0x2193 | 0x200B..=0x200F)
}

/// A span without the signs around it, or none where nothing is left.
pub fn bare<T: Text>(text: T, span: Span) -> Option<Span> {
    let Span { mut start, mut end } = span;
    while start < end && is_frame(text.decode(start).0) {
        start = text.decode(start).1;
    }
    while end > start && is_frame(text.decode_before(end).0) {
        end = text.decode_before(end).1;
    }
    (start < end).then(|| Span::new(start, end))
}

/// The outlet credited: behind the label of a source line, or the line itself.
pub fn source<T: Text>(text: T, page: &Page, rules: &Rules) -> Option<Span> {
    page.cuts.iter().filter(|c| c.category == Category::Source).find_map(|cut| {
        let id = rules.id(cut.rule);
        if id == "source.read-there" {
            return None;
        }
        let value = bare(text, facts::behind_label(text, cut.span, rules)?)?;
        (!credit::is_byline(&facts::credit(text, value, rules))).then_some(value)
    })
}

/// Titles of other articles.
pub fn related<T: Text>(text: T, page: &Page, rules: &Rules) -> Vec<Span> {
    let cuts = page.cuts.iter().filter(|c| c.category == Category::Related);
    cuts.filter_map(|cut| match rules.id(cut.rule) {
        "related.list" | "related.other-headline" => bare_line(text, cut.span),
        "related.second-article" | "related.end" | "related.list-line" => None,
        _ => bare(text, facts::behind_label(text, cut.span, rules)?),
    })
    .collect()
}

/// A title keeps its quotes; bullets and dashes before it go.
fn bare_line<T: Text>(text: T, span: Span) -> Option<Span> {
    let mut start = span.start;
    while start < span.end && matches!(text.decode(start).0, 0x20 | 0x2D | 0x2013 | 0x2022 | 0xA0 | 0x2A) {
        start = text.decode(start).1;
    }
    (start < span.end).then(|| Span::new(start, span.end))
}
