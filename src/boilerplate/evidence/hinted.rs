//! What the hints tell of a page: the name of its own site and of its writer, where they stand for no part of the story.
use crate::boilerplate::RuleId;
use crate::boilerplate::lines::{Token, gap};
use crate::boilerplate::names::Class;
use crate::boilerplate::reading::Reading;
use crate::boilerplate::rules::Place;
use crate::text::{Span, Text};

/// A line that names the site or the writer has at most this many words.
const LONGEST: usize = 7;
/// A name behind the last sentence stands in a line of at least so many words.
const STORY: usize = 6;

/// Notes the lines that hold such a name and nothing but what stands beside one: a desk, a town, a role, a sign.
pub fn find<T: Text>(page: &mut Reading<T>) {
    if page.site.is_empty() && page.hints.author.is_none() {
        return;
    }
    for line in 0..page.len() {
        let l = &page.sheet.lines[line];
        if l.whole()
            && l.count <= LONGEST
            && !page.is_cut(line)
            && let Some(rule) = named(page, line)
        {
            page.suggest(line, rule, Place::Edge);
        }
    }
}

fn named<T: Text>(page: &Reading<T>, line: usize) -> Option<RuleId> {
    const BESIDE: u32 = Class::Desk.bit() | Class::OutletPart.bit() | Class::Place.bit() | Class::Role.bit();
    let words = page.words(line);
    let beside = |part: &[Token]| {
        let mut at = 0;
        while at < part.len() {
            match page.name(part, at, BESIDE) {
                Some(found) => at = found.end,
                None => return false,
            }
        }
        true
    };
    let known = page.known();
    (0..words.len()).find_map(|from| {
        let (end, rule) = match (page.own_name(&words, from), page.own_writer(&words, from)) {
            (Some(end), _) if from == 0 && end == words.len() => (end, known.source_outlet),
            (Some(end), _) => (end, known.dateline_line),
            (None, Some(end)) => (end, known.byline_line),
            (None, None) => return None,
        };
        (beside(&words[..from]) && beside(&words[end..])).then_some(rule)
    })
}

/// Cuts the site's or the writer's name behind the last sentence: `… . عين المدينة`, `… (عين المدينة)`.
pub fn suffix<T: Text>(page: &mut Reading<T>, line: usize) {
    if page.site.is_empty() && page.hints.author.is_none() {
        return;
    }
    let words = page.tail_words(line);
    let (n, l) = (words.len(), &page.sheet.lines[line]);
    let known = page.known();
    let found = (STORY..n).find_map(|from| {
        let rule = match (page.own_name(&words, from), page.own_writer(&words, from)) {
            (Some(end), _) if end == n => known.source_suffix,
            (_, Some(end)) if end == n => known.byline_line,
            _ => return None,
        };
        Some((from, rule))
    });
    let Some((from, rule)) = found else { return };
    let bytes = &page.sheet.key;
    let before = &bytes[words[from - 1].to..words[from].from];
    let ended = words[from].gap & (gap::STOP | gap::DASH) != 0 || before.ends_with(b"(");
    let closed = matches!(&bytes[words[n - 1].to..l.tail.end], b"" | b")" | b"." | b" ");
    if !ended || !closed || page.parts.iter().any(|p| p.0 == line && p.1.end == l.span.end) {
        return;
    }
    let mut start = words[from].from;
    while start > l.tail.start && matches!(bytes[start - 1], b'(' | b'"' | b'*' | b'-' | b'[' | b' ') {
        start -= 1;
    }
    let span = Span::new(page.sheet.offset(page.text, line, start), l.span.end);
    page.cut_part(line, span, rule);
}
