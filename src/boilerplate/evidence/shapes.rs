//! Lines known by their shape, whatever their words: in Latin letters only, a label before a date, networks with a word
//! that no list knows, several credits in a row, a note in square brackets.
use super::dates;
use crate::boilerplate::lines::gap;
use crate::boilerplate::names::Class;
use crate::boilerplate::reading::{Mark, Reading};
use crate::boilerplate::rules::Place;
use crate::text::Text;

/// A line of more words has no such shape.
const LONGEST: usize = 20;
/// So many words a label before a date has at most, a note in brackets, a line in Latin letters.
const LABEL: usize = 5;
const NOTE: usize = 4;
const FOREIGN: usize = 12;

/// Notes the lines whose shape speaks for furniture or a credit.
pub fn find<T: Text>(page: &mut Reading<T>) {
    let known = page.known();
    for line in 0..page.len() {
        let l = &page.sheet.lines[line];
        let free = page.pending[line].is_none() && page.labels[line].is_none() && !page.is_cut(line);
        if !free || !l.whole() || l.count > LONGEST || l.period {
            continue;
        }
        if is_note(page, line) {
            page.suggest(line, known.embed_note, Place::Any);
        } else if is_labelled_date(page, line) {
            page.suggest(line, known.date_line, Place::Beside);
        } else if let Some(networks) = networks(page, line) {
            page.suggest(line, known.share_row, if networks > 2 { Place::Edge } else { Place::Tail });
        } else if is_credits(page, line) {
            page.suggest(line, known.byline_line, Place::Tail);
        } else if is_written(page, line) {
            page.suggest(line, known.byline_line, Place::Head);
        }
    }
}

/// Cuts lines in Latin letters beside the site's furniture, outside the story, and those next to them.
pub fn foreign<T: Text>(page: &mut Reading<T>) {
    let rule = page.known().nav_foreign;
    let n = page.len();
    for line in (0..n).chain((0..n).rev()) {
        let l = &page.sheet.lines[line];
        let plain = l.arabic == 0 && l.latin > 1 && l.count <= FOREIGN && !l.at_sign;
        if page.is_cut(line) || !plain || !(page.in_tail(line) || page.in_head(line)) {
            continue;
        }
        let beside = [line.wrapping_sub(1), line + 1];
        if beside.iter().any(|&l| page.marks.get(l).is_some_and(|m| m.is_some_and(Mark::is_furniture))) {
            page.cut(line, rule);
        }
    }
}

/// `[a break for advertising]`, `[ad_1]`: no part of any sentence.
fn is_note<T: Text>(page: &Reading<T>, line: usize) -> bool {
    let key = page.sheet.head_key(line);
    let words = page.words(line);
    let closed =
        key.starts_with(b"[") && key.ends_with(b"]") && key.iter().filter(|b| matches!(b, b'[' | b']')).count() == 2;
    closed && (1..=NOTE).contains(&words.len()) && words.iter().any(|t| !t.word.is_number())
}

/// A few words, a sign, and a date that the line ends with: "entered the archive: 3 May 2024, 10:15".
fn is_labelled_date<T: Text>(page: &Reading<T>, line: usize) -> bool {
    let words = page.words(line);
    let sign = |i: usize| words[i].gap & gap::SEPARATOR != 0;
    let Some(at) = (1..words.len().min(LABEL + 1)).find(|&i| sign(i)) else { return false };
    let spelled = (0..at).all(|i| !words[i].word.is_number() || words[i].gap == 0);
    let date = dates::parse(page.names(), &words, at);
    spelled && date.is_some_and(|(found, end)| end == words.len() && (found.is_day() || found.clock))
}

/// How many networks stand on a line that names two or more, and hardly anything else.
fn networks<T: Text>(page: &Reading<T>, line: usize) -> Option<usize> {
    let words = page.words(line);
    let (mut at, mut known, mut other) = (0, 0, 0);
    // "3. «X» application": a list of the story.
    if words.iter().any(|t| t.word.is_number() || t.gap & (gap::OTHER | gap::COMMA | gap::STOP) != 0) {
        return None;
    }
    while at < words.len() {
        if let Some(name) = page.name(&words, at, Class::Network.bit()) {
            at = name.end;
            known += 1;
        } else {
            other += 1;
            at += 1;
        }
    }
    (known >= 2 && other * 2 <= known && !page.sheet.lines[line].stop).then_some(known)
}

/// "(reporting by … - editing by …)": two roles, each at the beginning of a part.
fn is_credits<T: Text>(page: &Reading<T>, line: usize) -> bool {
    let words = page.words(line);
    let opens = |i: usize| i == 0 || words[i].gap & (gap::DASH | gap::SLASH | gap::PIPE | gap::OTHER) != 0;
    let roles = (0..words.len()).filter(|&i| opens(i) && page.is(words[i], Class::Role.bit())).count();
    roles >= 2 && !words.iter().any(|t| page.is(*t, Class::Verb.bit()) && !page.is(*t, Class::Role.bit()))
}

/// "Samir Nader wrote in the Daily:" before what he wrote.
fn is_written<T: Text>(page: &Reading<T>, line: usize) -> bool {
    let (l, words) = (&page.sheet.lines[line], page.words(line));
    l.colon
        && (3..=10).contains(&words.len())
        && page.is(words[0], Class::Role.bit())
        && page.is(words[0], Class::Verb.bit())
        && words[1..].iter().all(|t| t.gap == gap::SPACE || t.gap == gap::SPACE | gap::OTHER)
}
