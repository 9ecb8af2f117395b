//! Datelines and bylines: lines of their own, and what stands before the lead on its line.
use super::dates;
use crate::boilerplate::RuleId;
use crate::boilerplate::lines::{Token, gap, spelled};
use crate::boilerplate::names::Class;
use crate::boilerplate::reading::Reading;
use crate::boilerplate::rules::Place;
use crate::text::{Span, Text};

use crate::boilerplate::credit::{Kind, NAMES, OUTLETS, Part, part, parts};

/// A credit line has at most this many words, an unknown part of one at most this many.
const LONGEST: usize = 16;
const UNKNOWN: usize = 4;
/// A leading credit ends within so many words, one to which the lead is glued within so many.
const LEADING: usize = 20;
const GLUED: usize = 8;
/// The word "from".
pub const FROM: &[u8] = &[0xC5, 0xC6];
/// The signs between the parts of a credit to which the lead is glued.
const SIGNS: u8 = gap::DASH | gap::SLASH | gap::PIPE | gap::OTHER;

/// Notes every line that is a credit.
pub fn lines<T: Text>(page: &mut Reading<T>) {
    for line in 0..page.len() {
        let l = &page.sheet.lines[line];
        if page.is_cut(line) || !l.whole() || l.count > LONGEST {
            continue;
        }
        if is_bracketed_agency(page, line) {
            let rule = page.known().source_outlet;
            page.suggest(line, rule, Place::Any);
        }
        if page.pending[line].is_some() || page.sheet.head_key(line).ends_with(b"?") {
            continue;
        }
        if let Some((rule, place)) = credit(page, line) {
            page.suggest(line, rule, place);
        }
    }
    spare_lists(page);
}

/// So many names below each other are a list of the story's: the honoured, the injured.
const NAMES_OF_A_LIST: usize = 4;

/// Gives back the names that stand in a list of them.
fn spare_lists<T: Text>(page: &mut Reading<T>) {
    let name = page.known().byline_name;
    let mut from = 0;
    for line in 0..=page.len() {
        if line < page.len() && page.pending[line].is_some_and(|p| p.mark.rule == name) {
            continue;
        }
        if line - from >= NAMES_OF_A_LIST {
            page.pending[from..line].fill(None);
        }
        from = line + 1;
    }
}

/// Whether a line is an agency's name in brackets: between two paragraphs, too, it is the credit of a picture.
fn is_bracketed_agency<T: Text>(page: &Reading<T>, line: usize) -> bool {
    let key = page.sheet.head_key(line);
    if !(key.starts_with(b"(") && key.ends_with(b")") && page.sheet.lines[line].count <= 6) {
        return false;
    }
    let words = page.words(line);
    page.name(&words, 0, Class::Agency.bit()).is_some_and(|f| f.end == words.len())
}

/// The parts of a line, and whether an outlet that a list or the hints know is among them.
fn read<T: Text>(page: &Reading<T>, words: &[Token]) -> Option<(Vec<Part>, bool)> {
    let mut parts = parts(page.names(), words, words.len())?;
    // "… speaks to «…»" is no credit.
    let parted = |p: &Part| p.from == 0 || p.gap & gap::SEPARATOR != 0;
    let own = |p: &Part| parted(p) && page.own_name(words, p.from) == Some(p.to);
    let listed = page.name(words, 0, OUTLETS).is_some() || parts.iter().any(own);
    parts.iter_mut().filter(|p| own(p)).for_each(|p| p.kind = Kind::Outlet);
    Some((parts, listed))
}

/// Whether a whole line is a credit, and where it must stand to count as one.
fn credit<T: Text>(page: &Reading<T>, line: usize) -> Option<(RuleId, Place)> {
    let words = page.words(line);
    let (parts, listed) = read(page, &words)?;
    let known = page.known();
    let has = |kind: Kind| parts.iter().any(|p| p.kind == kind);
    let unknown = parts.iter().filter(|p| p.kind == Kind::Unknown).count();
    let separated =
        parts.len() > 1 && parts[1..].iter().any(|p| p.gap & (gap::SEPARATOR | gap::OTHER | gap::COMMA) != 0);
    // "the harbour at night - photo: Samir Nader"
    let taken = |p: &Part| p.kind == Kind::Role && page.is(words[p.from], Class::Photo.bit());
    if parts[0].to >= 3 && parts[0].kind != Kind::Person && parts[1..].iter().any(taken) {
        return Some((known.caption_credit, Place::Edge));
    }
    if has(Kind::Role) && has(Kind::Person) && unknown == 0 {
        return Some((known.byline_line, Place::Edge));
    }
    // A name may be spelled like a verb.
    let common = |words: &[Token]| words.iter().any(|t| page.is(*t, Class::Common.bit()));
    let short = parts.len() == 2 && parts[1].to - parts[1].from <= 4 && !common(&words[parts[1].from..]);
    if short && parts[0].kind == Kind::Role && parts[1].gap & gap::SEPARATOR != 0 && parts[1].gap & gap::OTHER == 0 {
        return Some((known.byline_line, Place::Edge));
    }
    if parts[0].kind == Kind::Role
        && !page.is(words[0], Class::Common.bit())
        && parts.len() == 2
        && unknown == 1
        && words.len() <= 5
        && !spoken(page, &words[1..])
    {
        return Some((known.byline_line, Place::Head));
    }
    if unknown == 1 && has(Kind::Person) && separated && words.len() <= 6 && !spoken(page, &words) {
        return Some((known.byline_line, Place::Head));
    }
    if let [name, date] = &parts[..]
        && date.kind == Kind::Date
        && matches!(name.kind, Kind::Unknown | Kind::Person)
        && (2..=4).contains(&name.to)
        && words[1..name.to].iter().all(|t| t.gap == gap::SPACE)
        && !spoken(page, &words[..name.to])
    {
        return Some((known.byline_line, Place::Near));
    }
    if unknown == 0 && has(Kind::Person) {
        if has(Kind::Outlet) || ((has(Kind::Place) || has(Kind::Desk)) && separated) {
            return Some((known.byline_line, Place::Edge));
        }
        if has(Kind::Trade) {
            return Some((known.byline_line, Place::Near));
        }
        if parts.len() == 1 && page.sheet.head_key(line).ends_with(b"*") {
            // The star leads to a note on who the writer is.
            return Some((known.byline_name, Place::Head));
        }
        if parts.len() == 1 || parts.iter().all(|p| p.kind == Kind::Person) {
            return Some((known.byline_name, Place::Near));
        }
    }
    if unknown == 1
        && separated
        && words.len() <= 8
        && words.iter().all(|t| !t.word.is_number() || t.gap == 0)
        && parts.iter().all(|p| {
            p.kind != Kind::Unknown || p.to == p.from + 1 || !spoken(page, before_outlet(page, &words[p.from..p.to]))
        })
        && (has(Kind::Outlet) || has(Kind::Place) || has(Kind::Desk))
    {
        // A person or an outlet that no list knows, beside a place or outlet that one knows.
        let writer = parts[0].kind == Kind::Unknown && (2..=3).contains(&parts[0].to);
        return Some((if has(Kind::Outlet) || writer { known.byline_line } else { known.dateline_line }, Place::Head));
    }
    // "الرياض 25 شوال 1436 هـ … المصدر": an agency that no list knows behind place and date.
    if let [.., date, last] = &parts[..]
        && unknown == 1
        && last.kind == Kind::Unknown
        && last.to - last.from <= 2
        && date.kind == Kind::Date
        && has(Kind::Place)
        && !spoken(page, &words[last.from..])
    {
        return Some((known.dateline_line, Place::Head));
    }
    if unknown > 0 {
        return None;
    }
    if has(Kind::Outlet) && has(Kind::Place) || (has(Kind::Outlet) && has(Kind::Date)) {
        return Some((known.dateline_line, Place::Head));
    }
    if has(Kind::Outlet) {
        let rule = if separated || has(Kind::Desk) { known.dateline_line } else { known.source_outlet };
        return Some((rule, if listed { Place::Edge } else { Place::Near }));
    }
    if has(Kind::Desk) && !has(Kind::Place) {
        return Some((known.dateline_line, Place::Head));
    }
    if has(Kind::Place) && (separated || has(Kind::Desk)) {
        return Some((known.dateline_line, Place::Head));
    }
    if parts.len() == 1 && has(Kind::Trade) {
        return Some((known.byline_trade, Place::Tail));
    }
    if parts.len() == 1 && has(Kind::Place) {
        return Some((known.dateline_line, Place::Near));
    }
    None
}

/// Whether a line holds the name of an outlet, what outlets call themselves, or a desk.
pub fn names_outlet<T: Text>(page: &Reading<T>, line: usize) -> bool {
    let words = page.words(line);
    let classes = OUTLETS | Class::OutletPart.bit() | Class::Desk.bit();
    (0..words.len()).any(|at| page.name(&words, at, classes).is_some())
}

/// Cuts a credit of its own line that follows a standfirst: one or two sentences stand above it, the story below.
pub fn below_standfirst<T: Text>(page: &mut Reading<T>) {
    let known = page.known();
    let end = (page.lead + 4).min(page.len().saturating_sub(1));
    let mut told = 0;
    for line in page.lead..end {
        if page.is_prose(line) {
            told += 1;
            continue;
        }
        let credit =
            page.pending[line].filter(|p| p.mark.rule == known.dateline_line || p.mark.rule == known.byline_line);
        let separated = |words: &[Token]| {
            words.iter().skip(1).any(|t| t.gap & gap::DASH != 0) && words.iter().all(|t| !t.word.is_number())
        };
        if let Some(credit) = credit
            && told <= 2
            && separated(&page.words(line))
            && !page.sheet.lines[line].colon
            && !page.sheet.lines[line].stop
            && page.is_prose(line + 1)
        {
            page.cut(line, credit.mark.rule);
        }
    }
}

/// Cuts the credit before the lead on the lead's own line.
pub fn prefix<T: Text>(page: &mut Reading<T>, line: usize) {
    let l = &page.sheet.lines[line];
    if l.count < 7 || !(is_parted(page.sheet.head_key(line)) || may_lead(page, &page.first_words(line, GLUED))) {
        return;
    }
    let words = page.first_words(line, LEADING + 4);
    if words.len() < 6 {
        return;
    }
    let Some((end, rule)) = leading(page, &words) else {
        glued(page, line);
        return;
    };
    if again(page, line, words[0]) {
        return;
    }
    let (from, next) = (l.key.start, words[end].from);
    let bytes = &page.sheet.key;
    let mut to = next;
    // The closing bracket and the separator belong to the credit, an opening mark to the lead.
    while to > from && matches!(bytes[to - 1], b'"' | b'(' | b'#' | b'[' | b'\'') {
        to -= 1;
    }
    while to > from && bytes[to - 1] == b' ' {
        to -= 1;
    }
    let span = page.part(line, from, to);
    page.cut_part(line, span, rule);
}

/// Whether a sign that may part a credit from the lead stands among the first words of a key.
fn is_parted(key: &[u8]) -> bool {
    let first = memchr::memchr3(b':', b'-', b'/', key).into_iter().chain(memchr::memchr3(b'\\', b'|', b')', key)).min();
    first.is_some_and(|sign| spelled(&key[..sign]).nth(LEADING).is_none())
}

/// Whether a credit that no separator parts from the lead may begin the line of which these are the first words.
fn may_lead<T: Text>(page: &Reading<T>, first: &[Token]) -> bool {
    const OPENING: u32 = OUTLETS
        | NAMES
        | dates::WORDS
        | Class::Role.bit()
        | Class::Desk.bit()
        | Class::Place.bit()
        | Class::Trade.bit();
    let named = |t: &Token| t.word.is_number() || page.names().may_begin(*t, OPENING);
    first.first().is_some_and(named)
        || first.iter().take(5).any(|t| page.is(*t, Class::OutletPart.bit()))
        || may_be_glued(page, first)
}

/// Whether one of the first words may end a credit to which the lead is glued: a sign or the name of a photo begins it.
fn may_be_glued<T: Text>(page: &Reading<T>, first: &[Token]) -> bool {
    let photo = |t: &Token| page.names().may_begin(*t, Class::Photo.bit());
    first.iter().skip(1).any(|t| t.gap & SIGNS != 0 || photo(t))
}

/// Cuts a credit to whose last word the lead's first is glued: `رام الله - وفاأعلنت`.
fn glued<T: Text>(page: &mut Reading<T>, line: usize) {
    let words = page.first_words(line, GLUED);
    let Some(at) = (1..words.len().min(GLUED)).find(|&i| words[i].word.is_unknown()) else { return };
    if !may_be_glued(page, &words[..=at]) {
        return;
    }
    let token = words[at];
    let word = |from: usize, to: usize| {
        let bytes = &page.sheet.key[from..to];
        Token { word: page.rules.book.lexicon.word(bytes), from, to, gap: 0 }
    };
    for split in token.from + 2..token.to.saturating_sub(2) {
        let (left, right) = (word(token.from, split), word(split, token.to));
        if left.word.is_unknown() || !page.is(right, Class::Verb.bit()) {
            continue;
        }
        let mut credit = words[..at].to_vec();
        credit.push(Token { gap: token.gap, ..left });
        let pictured = |i: usize| {
            page.name(&credit, i, Class::Photo.bit()).is_some_and(|f| f.end == credit.len() && f.end > i + 1)
        };
        if (1..=at).any(pictured) && !spoken(page, &credit[..1]) {
            let span = page.part(line, page.sheet.lines[line].key.start, split);
            let rule = page.known().caption_line;
            page.cut_part(line, span, rule);
            return;
        }
        let Some(parts) = parts(page.names(), &credit, credit.len()) else { continue };
        let is = |kind: Kind| parts.iter().any(|p| p.kind == kind);
        let parted = parts.len() > 1 && parts[1..].iter().all(|p| p.gap & SIGNS != 0);
        if parted && is(Kind::Outlet) && !is(Kind::Unknown) {
            let span = page.part(line, page.sheet.lines[line].key.start, split);
            let known = page.known();
            let rule = if is(Kind::Person) { known.byline_prefix } else { known.dateline_prefix };
            page.cut_part(line, span, rule);
            return;
        }
    }
}

/// The word behind a leading credit.
fn leading<T: Text>(page: &Reading<T>, words: &[Token]) -> Option<(usize, RuleId)> {
    let known = page.known();
    let limit = words.len().min(LEADING);
    let mut seen: Vec<Kind> = Vec::new();
    let (mut at, mut best, mut dashed) = (0, None, false);
    while at < limit && seen.len() < 7 {
        let (mut kind, mut to) = part(page.names(), words, at, limit);
        if let Some(end) = page.own_name(&words[..limit], at).filter(|&end| end + 1 >= to) {
            (kind, to) = (Kind::Outlet, end);
        } else if let Some(end) = page.own_writer(&words[..limit], at) {
            (kind, to) = (Kind::Person, end);
        }
        // "عمان 8 أيار (بترا) -": what stands in brackets behind a place or date is an agency, known or not.
        let bytes = &page.sheet.key;
        if kind == Kind::Unknown
            && to - at <= 2
            && seen.iter().all(|k| matches!(k, Kind::Place | Kind::Date))
            && !seen.is_empty()
            && bytes[words[at].from - 1] == b'('
            && bytes[words[to - 1].to] == b')'
            && !spoken(page, &words[at..to])
        {
            kind = Kind::Outlet;
        }
        if to >= words.len() {
            break;
        }
        let sign = words[to].gap;
        if kind == Kind::Unknown && (to - at > UNKNOWN || sign & gap::SEPARATOR == 0 || spoken(page, &words[at..to])) {
            break;
        }
        seen.push(kind);
        at = to;
        let has = |k: Kind| seen.contains(&k);
        let unknown = seen.iter().filter(|k| **k == Kind::Unknown).count();
        let bracket = kind == Kind::Outlet && seen.len() > 1 && page.sheet.key[words[to - 1].to] == b')';
        let told = kind == Kind::Outlet && seen.len() > 1 && page.is(words[to], Class::Verb.bit());
        if sign & gap::SEPARATOR == 0 && !bracket && !told {
            let open = matches!(kind, Kind::Date | Kind::Role | Kind::Place);
            if sign & (gap::OTHER | gap::COMMA) == 0 && !open {
                break;
            }
            continue;
        }
        dashed |= sign & (gap::DASH | gap::SLASH | gap::PIPE) != 0;
        let dash = dashed;
        let verb = page.is(words[to], Class::Verb.bit());
        let good = if has(Kind::Outlet) {
            unknown <= 1
        } else if has(Kind::Role) && has(Kind::Person) {
            unknown == 0
        } else if has(Kind::Person) {
            unknown == 0 && has(Kind::Place) && (dash || verb)
        } else if has(Kind::Desk) {
            unknown == 0 && verb
        } else if has(Kind::Place) {
            let told = verb || tells(page, words[to]) || (seen.len() == 1 && begins_a_lead(page, words[to]));
            unknown <= 1 && seen.len() <= 3 && dash && told
        } else {
            unknown == 1 && seen.len() == 1 && dash && (verb || tells(page, words[to])) && at <= 3
        };
        if good {
            let person = has(Kind::Person) || (has(Kind::Unknown) && has(Kind::Outlet) && seen.len() > 1);
            best = Some((to, if person { known.byline_prefix } else { known.dateline_prefix }));
        }
    }
    best
}

/// Whether a word that no list knows has the form of a verb that reports: "استنفر", "تحتضن" behind a dash.
fn tells<T: Text>(page: &Reading<T>, token: Token) -> bool {
    const ALEF: u8 = 0xA7;
    let bytes = page.sheet.bytes(token);
    let past = bytes.starts_with(&[ALEF, 0xB3, 0xAA]) && bytes.len() >= 6 && bytes[bytes.len() - 2] != ALEF;
    past && !page.is(token, Class::Common.bit() | Class::Place.bit())
}

/// Whether the word behind a town and a dash may begin the lead: not another town, nor what is said of the town.
fn begins_a_lead<T: Text>(page: &Reading<T>, token: Token) -> bool {
    const PRESENT: [u8; 2] = [0xCA, 0xAA];
    let bytes = page.sheet.bytes(token);
    PRESENT.contains(&bytes[0])
        && token.to - token.from >= 4
        && !page.is(token, Class::Common.bit() | Class::First.bit())
        && !page.names().may_begin(token, Class::Place.bit() | OUTLETS)
}

/// The words before the outlet that ends a part: a name of common words does not speak.
fn before_outlet<'a, T: Text>(page: &Reading<T>, words: &'a [Token]) -> &'a [Token] {
    let outlet = (1..words.len()).find(|&at| page.name(words, at, OUTLETS).is_some_and(|f| f.end == words.len()));
    &words[..outlet.unwrap_or(words.len())]
}

/// Whether words speak: a verb or a word that no name holds.
fn spoken<T: Text>(page: &Reading<T>, words: &[Token]) -> bool {
    words.iter().any(|t| page.is(*t, Class::Common.bit() | Class::Verb.bit()))
}

/// Whether another line begins with the same word and a separator: then it is a dialogue or a list.
fn again<T: Text>(page: &Reading<T>, line: usize, first: Token) -> bool {
    let bytes = page.sheet.bytes(first);
    let end = page.len().min(line + 200);
    (line + 1..end).any(|other| {
        let words = page.words(other);
        words.len() > 4
            && page.sheet.bytes(words[0]) == bytes
            && words[1..].iter().take(3).any(|t| t.gap & gap::COLON != 0)
    })
}

/// Cuts the agency in brackets or quotes behind the last sentence: `… . (رويترز)`.
pub fn suffix<T: Text>(page: &mut Reading<T>, line: usize) {
    let closed = matches!(page.sheet.tail_key(line).last(), Some(b')' | b'"' | b']'));
    if !closed {
        return;
    }
    let words = page.tail_words(line);
    let n = words.len();
    if n < 7 {
        return;
    }
    let first = (n.saturating_sub(6)..n).find(|&i| words[i].gap & gap::OTHER != 0 && words[i].gap & gap::STOP != 0);
    let Some(from) = first else { return };
    let Some(found) = page.name(&words, from, OUTLETS | Class::Desk.bit()) else { return };
    if found.end != n {
        return;
    }
    let l = &page.sheet.lines[line];
    let bytes = &page.sheet.key;
    let (mut start, end) = (words[from].from, l.span.end);
    while start > l.tail.start && matches!(bytes[start - 1], b'(' | b'"' | b'*' | b'-' | b'[') {
        start -= 1;
    }
    if start < words[from].from {
        let span = Span::new(page.sheet.offset(page.text, line, start), end);
        let rule = page.known().source_suffix;
        page.cut_part(line, span, rule);
    }
}
