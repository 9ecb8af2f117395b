//! Captions of pictures behind the story.
use crate::boilerplate::credit::person;
use crate::boilerplate::evidence::keywords::known_topics;
use crate::boilerplate::lines::gap;
use crate::boilerplate::names::Class;
use crate::boilerplate::reading::{Body, Reading};
use crate::text::Text;

/// A picture's caption behind the story: a short line that an outlet in quotes or brackets ends.
pub fn caption<T: Text>(page: &mut Reading<T>) {
    const OUTLETS: u32 = Class::Agency.bit() | Class::Outlet.bit() | Class::OutletWord.bit();
    let line = page.last + 1;
    if line >= page.len() || page.is_cut(line) {
        return;
    }
    let l = &page.sheet.lines[line];
    let closed = matches!(page.sheet.head_key(line).last(), Some(b'"' | b')'));
    if !(l.whole() && l.count <= 14 && !l.period && closed) {
        return;
    }
    let words = page.words(line);
    let n = words.len();
    let credited = (n.saturating_sub(3)..n).any(|i| {
        i >= 3
            && words[i].gap & gap::OTHER != 0
            && words[i].gap & gap::STOP == 0
            && page.name(&words, i, OUTLETS).is_some_and(|f| f.end == n)
    });
    if credited {
        let rule = page.known().caption_credit;
        page.cut(line, rule);
    }
}

/// The captions of a story's pictures, run together behind it: short lines up to the page's end, one of which shows a scene
/// or goes on from the one before (`.. and greets the guests`), or all of which say again what the story says.
pub fn captions<T: Text>(page: &mut Reading<T>, body: &Body) {
    let first = page.last.saturating_add(1);
    let end = page.len();
    if first >= end || end - first > CAPTIONS || !page.sheet.lines[page.last].period {
        return;
    }
    let mut scene = false;
    let mut told = end - first > 1;
    for line in first..end {
        if page.is_cut(line) {
            continue;
        }
        let (l, words, key) = (&page.sheet.lines[line], page.words(line), page.sheet.head_key(line));
        let goes_on = key.starts_with(b"..") && key.len() > 8;
        let listed = matches!(key.first(), Some(b'-' | b'*' | b'(' | b'#' | b'"' | b'0'..=b'9')) || l.at_sign;
        let short = l.whole() && !l.stop && !l.colon && (2..=14).contains(&l.count) && l.arabic > l.latin;
        if !short || listed || page.labels[line].is_some() || key.ends_with(b",") {
            return;
        }
        scene |= goes_on || (0..words.len()).any(|i| page.name(&words, i, Class::Photo.bit()).is_some());
        // A letter ends with a name.
        told &= words.len() >= 3
            && known_topics(page, line, body) >= 60
            && page.topics(line).len() >= 2
            && person(page.names(), &words, 0, words.len()).is_none();
    }
    if scene || told {
        let rule = page.known().caption_line;
        (first..end).for_each(|line| {
            page.cut(line, rule);
        });
    }
}

/// A story has at most so many captions behind it.
const CAPTIONS: usize = 8;
