//! Lines known by their shape, whatever their words: in Latin letters only, a label before a date, networks with a word
//! that no list knows, several credits in a row, a note in square brackets.
use super::dates;
use crate::boilerplate::key::FOREIGN as FOREIGN_LETTER;
use crate::boilerplate::lines::{Token, gap};
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
/// The owner of a picture is named in at most so many words.
const OWNER: usize = 9;
/// A button has at most this many words.
const BUTTONS: usize = 7;
/// COPYRIGHT SIGN
const COPYRIGHT: u32 = 0xA9;

/// Notes the lines whose shape speaks for furniture or a credit.
pub fn find<T: Text>(page: &mut Reading<T>) {
    let known = page.known();
    for line in 0..page.len() {
        let l = &page.sheet.lines[line];
        let open = page.labels[line].is_none() && !page.is_cut(line);
        if !open || !l.whole() || l.count > LONGEST || l.period {
            continue;
        }
        if is_button(page, line) {
            page.suggest(line, known.share_words, Place::Tail);
            continue;
        }
        if page.pending[line].is_some() {
            continue;
        }
        if is_note(page, line) {
            page.suggest(line, known.embed_note, Place::Any);
        } else if let Some(place) = font_button(page.sheet.head_key(line)) {
            page.suggest(line, known.share_button, place);
        } else if is_owner(page, line) {
            page.suggest(line, known.caption_credit, Place::Head);
        } else if is_handled(page, line) {
            page.suggest(line, known.byline_line, Place::Head);
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

/// A short line of nothing but the words of buttons, the first of which or another says what it does.
fn is_button<T: Text>(page: &Reading<T>, line: usize) -> bool {
    const BUTTON: u32 = Class::Button.bit();
    const WORDS: u32 = BUTTON | Class::ButtonWord.bit() | Class::Network.bit();
    let (l, words) = (&page.sheet.lines[line], page.words(line));
    let first = |t: &Token| page.names().may_begin(*t, WORDS) || t.word.is_number();
    if words.is_empty() || words.len() > BUTTONS || l.stop && l.period || !first(&words[0]) {
        return false;
    }
    let (mut at, mut acts) = (0, 0);
    while at < words.len() {
        if words[at].word.is_number() {
            at += 1;
            continue;
        }
        let Some(found) = page.name(&words, at, WORDS) else { return false };
        acts += usize::from(found.classes & BUTTON != 0);
        at = found.end;
    }
    acts > 0
}

/// Buttons that change the size of letters: one letter, thrice or with a sign behind it: `A+`, `خ-`, `ع ع ع`.
fn font_button(key: &[u8]) -> Option<Place> {
    if key.len() > 9 {
        return None;
    }
    let is_letter = |b: &u8| *b >= 0x80 || b.is_ascii_lowercase();
    let mut letters = key.iter().filter(|b| is_letter(b));
    let letter = letters.next()?;
    let signs = key.iter().filter(|b| !is_letter(b) && **b != b' ').count();
    let plain = key.iter().all(|b| is_letter(b) || matches!(b, b' ' | b'+' | b'-' | b'|' | b'/'));
    let alike = letters.all(|other| other == letter);
    let apart = key.windows(2).all(|two| !(is_letter(&two[0]) && is_letter(&two[1])));
    if !plain || !alike || !apart {
        return None;
    }
    let count = key.iter().filter(|b| is_letter(b)).count();
    // "أ -" counts the points of a list, too.
    (count >= 3 || (count >= 2 && signs >= 1) || key.contains(&b'+'))
        .then_some(Place::Edge)
        .or_else(|| (count == 1 && signs == 1 && key.ends_with(b"-")).then_some(Place::Near))
}

/// The owner of a picture behind the sign of copyright, with no year as the page's own rights have it: `© Reuters/A. Name`.
fn is_owner<T: Text>(page: &Reading<T>, line: usize) -> bool {
    let (l, key) = (&page.sheet.lines[line], page.sheet.head_key(line));
    key.first() == Some(&FOREIGN_LETTER)
        && page.text.decode(l.span.start).0 == COPYRIGHT
        && !l.digit
        && l.count <= OWNER
        && l.latin > l.arabic
}

/// A name with its handle: `Samir Nader (Irbid) @samir_n`.
fn is_handled<T: Text>(page: &Reading<T>, line: usize) -> bool {
    let (l, key) = (&page.sheet.lines[line], page.sheet.head_key(line));
    let handles = key.iter().enumerate().filter(|&(at, b)| *b == b'@' && (at == 0 || key[at - 1] == b' ')).count();
    let words = page.words(line);
    let said = Class::Verb.bit() | Class::Common.bit();
    l.at_sign
        && handles == 1
        && l.arabic > 0
        && !l.stop
        && !l.colon
        && (3..=8).contains(&words.len())
        && key.split(|&b| b == b' ').next_back().is_some_and(|last| last.starts_with(b"@"))
        && !words.iter().any(|t| page.is(*t, said))
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
