//! Reads the page as a whole: head, headline, story, tail, other articles. Evidence is gathered first, then each step
//! leans on what the steps before it have settled; a line that nothing speaks against stays.
use super::evidence::{
    captions, closing, credits, cues, dates, embed, formulas, frames, head, hinted, keywords, labels, marks, repeat,
    shapes, signature, templates,
};
use super::reading::{Body, Pending, Reading};
use super::templates::Repeats;
use super::{Category, Cut, Hints, Page, Rules};
use crate::boilerplate::key::{FOREIGN, is_invisible, is_space};
use crate::boilerplate::names::Class;
use crate::text::{Span, Text};

/// See [`super::read`].
pub fn decode<T: Text>(text: T, rules: &Rules, hints: &Hints, repeats: Option<&Repeats>) -> Page {
    let mut page = Reading::new(text, rules, hints);
    if page.len() == 0 {
        return Page::default();
    }
    hinted::find(&mut page);
    formulas::find(&mut page);
    embed::find(&mut page);
    marks::find(&mut page);
    dates::find(&mut page);
    credits::lines(&mut page);
    cues::find(&mut page);
    shapes::find(&mut page);
    frames::find(&mut page);
    let repeated = repeats.map(|repeats| templates::lines(&mut page, repeats));

    head::tickers(&mut page);
    signature::starred(&mut page);
    head::sections(&mut page);
    bounds(&mut page);
    dates::ticks(&mut page);
    let repeats = repeat::find(&page);
    let body = Body::of(&page);
    head::title(&mut page, &repeats, &body);
    if let Some(from) = closing::closing(&page).filter(|&l| l > page.lead) {
        page.last = (0..from).rev().find(|&l| page.is_prose(l)).unwrap_or(page.last);
        labels::close(&mut page, from);
    } else if let Some(label) = labels::second_article(&page) {
        page.last = (0..label).rev().find(|&l| page.is_prose(l)).unwrap_or(page.last);
        labels::close(&mut page, label);
    }
    closing::strange(&mut page);
    page.guard_lists();
    repeat::title(&mut page);
    head::settle(&mut page);
    credits::below_standfirst(&mut page);
    dates::cards(&mut page);
    labels::follow(&mut page);
    repeat::captions(&mut page, &repeats);
    head::near(&mut page);
    marks::numbers(&mut page);
    shapes::foreign(&mut page);
    head::unknown(&mut page, &body);
    head::near(&mut page);
    keywords::keywords(&mut page, &body);
    captions::caption(&mut page);
    captions::captions(&mut page, &body);
    signature::signature(&mut page);
    keywords::last_keywords(&mut page, &body);
    closing::between(&mut page);
    head::near(&mut page);
    keywords::rename(&mut page, &body);
    inside_lines(&mut page);
    templates::parts(&mut page, repeated.unwrap_or_default());
    let found = finish(&page);
    page.spare();
    found
}

/// Finds the first and the last line of running text.
fn bounds<T: Text>(page: &mut Reading<T>) {
    let n = page.len();
    page.lead = (0..n).find(|&l| page.is_prose(l) && opens(page, l)).unwrap_or(n);
    page.last = (0..n).rev().find(|&l| page.is_prose(l)).unwrap_or(n);
}

/// Whether running text can begin here: a headline of many words is followed by more, a sentence is not.
fn opens<T: Text>(page: &Reading<T>, line: usize) -> bool {
    let l = &page.sheet.lines[line];
    // Below the owner of a picture stands what it shows.
    let owner = |p: &Pending| p.mark.category == Category::Caption && page.sheet.head_key(line - 1).contains(&FOREIGN);
    let shown = line > 0 && l.count <= 16 && page.pending[line - 1].as_ref().is_some_and(owner);
    // "… (م.ن).": a photographer's initials end a caption.
    let taken = l.count <= 16 && head::ends_in_initials(page, line);
    if !shown && !taken && (l.count > 26 || l.period || l.colon) {
        return true;
    }
    if l.count >= 14 && l.first.is_some_and(|t| page.is(t, Class::Verb.bit())) {
        return true;
    }
    // A long headline or question: running text follows within some lines.
    !(line + 1..page.len().min(line + 25)).any(|next| page.is_prose(next))
}

/// Credits before the lead and behind the last sentence.
fn inside_lines<T: Text>(page: &mut Reading<T>) {
    let n = page.len();
    let kept = |page: &Reading<T>, l: usize| !page.is_cut(l) && page.title != Some(l);
    repeat::title_before_lead(page);
    if page.lead < n
        && let Some(first) = (0..n).find(|&l| kept(page, l) && (page.is_prose(l) || l == page.lead))
    {
        credits::prefix(page, first);
        if first != page.lead && kept(page, page.lead) {
            let lead = page.lead;
            credits::prefix(page, lead);
        }
    }
    for line in 0..n {
        let closed = matches!(page.sheet.tail_key(line).last(), Some(b')' | b'"' | b']'));
        if closed && kept(page, line) {
            credits::suffix(page, line);
        }
    }
    if let Some(end) = (0..n).rev().find(|&l| kept(page, l)) {
        marks::suffix(page, end);
        signature::trade(page, end);
        hinted::suffix(page, end);
    }
    signature::address_before(page);
    dates::suffixes(page);
}

/// The cuts in order, none over another.
fn finish<T: Text>(page: &Reading<T>) -> Page {
    let mut cuts: Vec<Cut> = Vec::new();
    let mut parts: Vec<_> = page.parts.iter().filter(|p| !page.is_cut(p.0) && page.title != Some(p.0)).collect();
    parts.sort_by_key(|p| (p.1.start, std::cmp::Reverse(p.1.end)));
    let mut next = parts.into_iter().peekable();
    for line in 0..page.len() {
        let whole = page.sheet.lines[line].span;
        // One line alone is no page: unless it is a strip of headlines, it is not cut whole.
        let alone = page.len() == 1;
        if let Some(mark) = page.marks[line]
            && (!alone || mark.rule == page.known().nav_ticker)
        {
            cuts.push(Cut { span: whole, category: mark.category, rule: mark.rule });
        }
        while let Some(part) = next.next_if(|p| p.0 == line) {
            let span = trimmed(page.text, part.1, whole);
            let free = cuts.last().map_or(0, |c| c.span.end);
            let span = Span::new(span.start.max(free), span.end);
            if !span.is_empty() {
                cuts.push(Cut { span, category: part.2.category, rule: part.2.rule });
            }
        }
    }
    Page { cuts, title: page.title.map(|l| page.sheet.lines[l].span) }
}

/// A part without white space at its ends, with the invisible signs beside it, within its line.
fn trimmed<T: Text>(text: T, span: Span, line: Span) -> Span {
    let Span { mut start, mut end } = span;
    while start < end && is_space(text.decode(start).0) {
        start = text.decode(start).1;
    }
    while end > start && is_space(text.decode_before(end).0) {
        end = text.decode_before(end).1;
    }
    while start > line.start && is_invisible(text.decode_before(start).0) {
        start = text.decode_before(start).1;
    }
    while end < line.end && is_invisible(text.decode(end).0) {
        end = text.decode(end).1;
    }
    Span::new(start, end)
}
