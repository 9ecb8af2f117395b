//! The values in source lines and lists of other articles: their labels and signs left off.
use super::credit;
use crate::boilerplate::facts;
use crate::boilerplate::{Category, Cut, Page, Rules};
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

/// The outlet credited: behind the label of a source line, in the sentence that sends there, or a line's own name.
pub fn source<T: Text>(text: T, page: &Page, rules: &Rules, agency: Option<Span>, story: &[Span]) -> Option<Span> {
    let end = story.last().map_or(0, |s| s.end);
    let credited = |(i, cut): (usize, &Cut)| match rules.id(cut.rule) {
        "source.read-there" => facts::outlet(text, cut.span, rules),
        "source.suffix" => bare(text, cut.span),
        "source.outlet-line" => {
            let value = bare(text, cut.span)?;
            (is_credit(text, page, i, rules, end) && agency.is_none_or(|a| !same(text, a, value))).then_some(value)
        }
        // "name, published in the newspaper on 5 11 2022"
        "byline.close" => facts::published_in(text, cut.span, rules),
        _ if cut.category == Category::Source => {
            let value = bare(text, facts::behind_label(text, cut.span, rules)?)?;
            (!credit::is_byline(&facts::credit(text, value, rules))).then_some(value)
        }
        _ => None,
    };
    page.cuts.iter().enumerate().find_map(credited)
}

/// Whether an outlet's name alone on its line credits it: below a headline beside the date, below a label, or behind the
/// story where it is a known one. Above the headline it is the site's own name.
fn is_credit<T: Text>(text: T, page: &Page, at: usize, rules: &Rules, end: usize) -> bool {
    let cut = &page.cuts[at];
    let near = |other: Option<&Cut>, category: Category| other.is_some_and(|c| c.category == category);
    let before = at.checked_sub(1).map(|i| &page.cuts[i]).filter(|b| credit::is_next_line(text, b.span, cut.span));
    let behind = page.cuts.get(at + 1).filter(|b| credit::is_next_line(text, cut.span, b.span));
    let labelled = before.is_some_and(|b| b.category == Category::Source && rules.id(b.rule) != "source.outlet-line");
    let dated = near(before, Category::Date) || near(behind, Category::Date);
    let below = page.title.is_some_and(|title| title.start < cut.span.start);
    let last = cut.span.start >= end && before.is_none();
    labelled || (dated && below) || (last && facts::is_listed(text, cut.span, rules))
}

fn same<T: Text>(text: T, a: Span, b: Span) -> bool {
    text.slice(a).chars().map(|c| c.1).eq(text.slice(b).chars().map(|c| c.1))
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
