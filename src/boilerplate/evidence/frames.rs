//! Blocks inside the page whose two ends are marked: a heading that stands again with a word for the end behind it, and
//! a machine's summary between its heading and the note on the machine.
use crate::boilerplate::lines::Token;
use crate::boilerplate::names::Class;
use crate::boilerplate::reading::Reading;
use crate::text::Text;

/// A heading has at most this many words, a block so many lines.
const HEADING: usize = 6;
const BLOCK: usize = 14;

/// Cuts them.
pub fn find<T: Text>(page: &mut Reading<T>) {
    for line in 0..page.len() {
        if page.sheet.lines[line].count > HEADING + 2 || !page.sheet.lines[line].whole() {
            continue;
        }
        let known = page.known();
        let frame = ended(page, line).map(|found| (found, known.related_frame));
        if let Some(((first, last), rule)) = frame.or_else(|| Some((summary(page, line)?, known.nav_summary))) {
            (first..=last).for_each(|l| {
                page.cut(l, rule);
            });
        }
    }
}

/// "stories", titles, "end of stories": the lines of the block, with a line above that offers to skip them.
fn ended<T: Text>(page: &Reading<T>, end: usize) -> Option<(usize, usize)> {
    let words = page.words(end);
    let is_end = |t: &Token| page.is(*t, Class::End.bit());
    let (from, to) = match &words[..] {
        [heading @ .., last] if !heading.is_empty() && is_end(last) => (0, heading.len()),
        [first, heading @ ..] if !heading.is_empty() && is_end(first) => (1, words.len()),
        _ => return None,
    };
    let heading = &words[from..to];
    let spelled = &page.sheet.key[heading[0].from..heading[heading.len() - 1].to];
    // "skip X" may open what "end of X" ends.
    let opens = |line: usize| {
        let key = page.sheet.head_key(line);
        // "list of 3 items … end of list"
        if from > 0 && spelled[0].is_ascii_lowercase() && key.len() > spelled.len() && key.starts_with(spelled) {
            return key[spelled.len()] == b' ' && page.sheet.lines[line].arabic == 0;
        }
        let before = key.strip_suffix(spelled);
        before.is_some_and(|before| before.is_empty() || (from > 0 && memchr::memchr_iter(b' ', before).count() == 1))
    };
    let first = (end.saturating_sub(BLOCK)..end).rev().find(|&line| page.sheet.lines[line].whole() && opens(line))?;
    let prose = (first..end).filter(|&line| page.is_prose(line)).count();
    if prose > 1 + 2 * from {
        return None;
    }
    // "skip stories and read on" stands above.
    let offers = |line: usize| {
        let (l, key) = (&page.sheet.lines[line], page.sheet.head_key(line));
        l.whole() && l.count <= HEADING + 4 && memchr::memmem::find(key, spelled).is_some_and(|at| at > 0)
    };
    let above = first > 0 && offers(first - 1);
    Some((first - usize::from(above), end))
}

/// The heading of a summary, its text, and the note that a machine wrote it.
fn summary<T: Text>(page: &Reading<T>, heading: usize) -> Option<(usize, usize)> {
    let words = page.words(heading);
    let named = page.name(&words, 0, Class::Summary.bit()).is_some_and(|found| found.end == words.len());
    if !named {
        return None;
    }
    let end = (heading + 2..page.len().min(heading + BLOCK)).find(|&line| {
        let mark = page.marks[line].or(page.pending[line].map(|p| p.mark));
        mark.is_some_and(|mark| page.rules.book.rule(mark.rule).is_some_and(|rule| rule.id == "legal.ai"))
    })?;
    Some((heading, end))
}
