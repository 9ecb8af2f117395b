//! Read-also labels, how far they reach, and the second article that may stand behind one.
use crate::boilerplate::Category;
use crate::boilerplate::lines::{Token, gap};
use crate::boilerplate::names::Class;
use crate::boilerplate::reading::{Around, Reading, Words};
use crate::boilerplate::rules::Place;
use crate::text::Text;

/// A label inside the story takes at most this many titles, of at most this many words each.
const TITLES: usize = 8;
const TITLE: usize = 24;
/// A short line right before running text is a sub-headline, not a title.
const SUBHEAD: usize = 4;

/// The letter with which verbs of the third person begin in the present.
const YEH: u8 = 0xCA;

/// Whether a word looks like a verb of the third person in the present.
fn is_present<T: Text>(page: &Reading<T>, token: Token) -> bool {
    page.sheet.bytes(token)[0] == YEH
        && token.to - token.from > 3
        && !page.is(token, Class::First.bit() | Class::Place.bit())
}

/// Whether a label's line says for itself that it is no part of the story, whatever follows.
pub fn stands_alone<T: Text>(page: &Reading<T>, line: usize) -> bool {
    let told = page.pending[line].is_some_and(|p| p.mark.rule == page.known().related_alone);
    told && page.labels[line].is_some_and(|label| !label.inline)
}

/// Follows every label.
pub fn follow<T: Text>(page: &mut Reading<T>) {
    let mut line = 0;
    while line < page.len() {
        let Some(label) = page.labels[line].filter(|_| page.title != Some(line)) else {
            line += 1;
            continue;
        };
        let next = line + 1;
        let inside = page.last < page.len() && line < page.last && !page.in_head(line);
        if label.inline {
            // The title stands beside the label. Inside the story only a true label may claim a whole line.
            if !inside || (label.place == Place::Any && !page.sheet.lines[line].stop) {
                page.cut(line, label.mark.rule);
            }
            line = next;
            continue;
        }
        let end = reach(page, next, inside);
        let leads_on = end > next || (next < page.len() && page.is_cut(next));
        if inside && !leads_on && stands_alone(page, line) {
            let rule = page.known().related_alone;
            page.cut(line, rule);
        } else if leads_on || !inside {
            page.cut(line, label.mark.rule);
            for title in next..end {
                let rule = page.known().related_list;
                page.cut(title, rule);
            }
        }
        line = end.max(next);
    }
}

/// The line behind the last title of a list that begins at `from`.
fn reach<T: Text>(page: &Reading<T>, from: usize, inside: bool) -> usize {
    let mut end = from;
    while end < page.len() && end - from < TITLES {
        let l = &page.sheet.lines[end];
        if page.is_cut(end) {
            // Lists print when each of their titles appeared.
            let dated = page.marks[end].is_some_and(|m| m.category == Category::Date);
            if inside || !dated {
                break;
            }
            end += 1;
            continue;
        }
        let sentence = l.stop && !l.ellipsis && !ends_as_title(page, end);
        if page.labels[end].is_some() || page.title == Some(end) || l.count > TITLE || (sentence && l.count > 3) {
            break;
        }
        let before_prose = end + 1 < page.len() && page.is_prose(end + 1);
        if inside && end > from && l.count <= SUBHEAD && before_prose {
            break;
        }
        end += 1;
    }
    end
}

/// A title may end with a question or an exclamation.
fn ends_as_title<T: Text>(page: &Reading<T>, line: usize) -> bool {
    let key = page.sheet.tail_key(line);
    let last = key.iter().rev().find(|b| !matches!(b, b'"' | b')' | b' '));
    matches!(last, Some(b'?' | b'!'))
}

/// Cuts everything from `from` on: the story is over there.
pub fn close<T: Text>(page: &mut Reading<T>, from: usize) {
    let mut tags = false;
    for line in from..page.len() {
        let l = &page.sheet.lines[line];
        let (plain, short) = (page.labels[line].is_none() && page.pending[line].is_none(), l.count <= 8 && !l.stop);
        if page.is_cut(line) {
            continue;
        }
        // A keyword may look like a place, an outlet or a section.
        let known = page.known();
        let alike = [known.dateline_line, known.source_outlet, known.nav_section];
        let looks = page.pending[line].is_some_and(|p| alike.contains(&p.mark.rule));
        // A title tells something, a keyword names it.
        let told = || {
            let words = page.words(line);
            words.len() > 3
                && words
                    .iter()
                    .any(|t| page.is(*t, Class::Verb.bit()) || is_present(page, *t) || t.gap & gap::COLON != 0)
        };
        if (plain || (looks && page.labels[line].is_none())) && tags && short && !told() {
            let rule = page.known().tags_list;
            page.cut(line, rule);
            continue;
        }
        tags = page.pending[line].is_some_and(|p| p.mark.category == Category::Tags);
        if let Some(label) = page.labels[line] {
            page.cut(line, label.mark.rule);
        } else if let Some(pending) = page.pending[line] {
            page.cut(line, pending.mark.rule);
        } else {
            let known = page.known();
            let rule = if page.sheet.lines[line].is_prose() { known.related_article } else { known.related_list };
            page.cut(line, rule);
        }
    }
}

/// The label inside the running text behind which another article stands: its title speaks of what follows and not
/// of what went before.
pub fn second_article<T: Text>(page: &Reading<T>) -> Option<usize> {
    let mut around = None;
    for line in page.lead + 1..page.last.min(page.len()) {
        let Some(label) = page.labels[line] else { continue };
        if label.inline || line + 2 >= page.len() || !page.is_prose(line + 2) {
            continue;
        }
        let title: Words = page.topics(line + 1).iter().copied().collect();
        if title.len() < 3 || page.is_prose(line + 1) && page.sheet.lines[line + 1].stop {
            continue;
        }
        let around = around.get_or_insert_with(|| Around::of(page));
        around.move_to(page, line, line + 2);
        let tenths = |shared: usize| shared * 10 / title.len();
        let (before, behind) = around.shared(&title);
        if tenths(behind) >= 5 && tenths(before) <= 2 && around.are_strange() {
            return Some(line);
        }
    }
    None
}
