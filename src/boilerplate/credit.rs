//! The grammar of a credit: places, outlets, desks, people, roles and dates between separators.
use super::evidence::dates;
use super::lines::{Token, gap};
use super::names::{Class, Names};

/// What a part of a credit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Place,
    Outlet,
    Desk,
    Person,
    Role,
    Trade,
    Date,
    Unknown,
}

#[derive(Clone, Copy, Debug)]
pub struct Part {
    pub kind: Kind,
    pub from: usize,
    pub to: usize,
    /// What stands before it.
    pub gap: u8,
}

pub const OUTLETS: u32 = Class::Agency.bit() | Class::Outlet.bit() | Class::OutletWord.bit();
pub const NAMES: u32 = Class::First.bit() | Class::Joint.bit() | Class::Title.bit();

/// The parts of `words[..end]`, or none where there are too many.
pub fn parts(names: &Names, words: &[Token], end: usize) -> Option<Vec<Part>> {
    let mut parts: Vec<Part> = Vec::new();
    let mut at = 0;
    while at < end {
        if parts.len() > 8 {
            return None;
        }
        let (kind, to) = part(names, words, at, end);
        parts.push(Part { kind, from: at, to, gap: words[at].gap });
        at = to;
    }
    (!parts.is_empty()).then_some(parts)
}

/// The end of the run of words from `from` that no sign and no date interrupts.
fn segment(names: &Names, words: &[Token], from: usize, end: usize) -> usize {
    let inner = gap::SEPARATOR | gap::OTHER | gap::COMMA;
    (from + 1..end).find(|&i| words[i].gap & inner != 0 || (i < from + 7 && is_date(names, words, i))).unwrap_or(end)
}

/// Whether a day or a time of day begins here.
fn is_date(names: &Names, words: &[Token], at: usize) -> bool {
    dates::parse(names, words, at).is_some_and(|(found, _)| found.is_day() || found.clock)
}

/// The longest known part at `words[from]`; else the unknown run up to the next sign.
pub fn part(names: &Names, words: &[Token], from: usize, end: usize) -> (Kind, usize) {
    let stop = segment(names, words, from, end);
    if let Some((found, to)) = dates::parse(names, words, from)
        && to <= end
        && (found.is_day()
            || found.clock
            || (found.numbers > 0 && !found.unit && words[from].word.is_number() && words[from].gap & gap::DASH != 0))
    {
        return (Kind::Date, to);
    }
    let at = |classes: u32| names.longest(&words[..end], from, classes).map(|f| f.end);
    // "رأي اليوم" is an outlet though "رأي" opens a credit.
    if let Some(to) = at(Class::Role.bit())
        && at(OUTLETS).is_none_or(|outlet| outlet <= to)
    {
        return (Kind::Role, to);
    }
    if let Some(to) = at(OUTLETS)
        && (to == stop
            || to == end
            || names.is(words[to], Class::Verb.bit())
            || names.is(words[to], Class::Role.bit()) && words[to].word != words[from].word
            || words[to].gap & (gap::SEPARATOR | gap::OTHER | gap::COMMA) != 0)
    {
        return (Kind::Outlet, to);
    }
    // "عربي21": a word with a number glued to it.
    if stop - from <= 4 && stop - from >= 2 && words[stop - 1].word.is_number() && words[stop - 1].gap == 0 {
        return (Kind::Outlet, stop);
    }
    if let Some(to) = at(Class::Desk.bit())
        && (to >= stop || words[to].gap & gap::SEPARATOR != 0)
    {
        return (Kind::Desk, to);
    }
    if let Some(to) = at(Class::Place.bit())
        && to >= stop
    {
        return (Kind::Place, to);
    }
    let speaks = || words[from..stop].iter().any(|t| names.is(*t, Class::Common.bit() | Class::Verb.bit()));
    if stop - from <= 5 && (from..stop).any(|i| names.is(words[i], Class::OutletPart.bit())) && !speaks() {
        return (Kind::Outlet, stop);
    }
    if let Some(to) = person(names, words, from, stop) {
        return (Kind::Person, to);
    }
    if names.longest(words, from, Class::Trade.bit()).is_some() && stop - from <= 9 {
        return (Kind::Trade, stop);
    }
    (Kind::Unknown, stop)
}

/// The end of a person's name: a given name and what follows it, with nothing that a name cannot hold.
pub fn person(names: &Names, words: &[Token], from: usize, stop: usize) -> Option<usize> {
    let mut first = from;
    while first < stop && names.is(words[first], Class::Title.bit()) {
        first += 1;
    }
    let titled = first > from;
    if stop - first > 6 || first == stop || (stop - first == 1 && !titled) {
        return None;
    }
    if stop - first > 4 && !words[first..stop].iter().any(|t| names.is(*t, Class::Joint.bit())) {
        return None;
    }
    // "س. منصور": an initial.
    let initial = words[first].to - words[first].from == 1
        && !words[first].word.is_number()
        && words.get(first + 1).is_some_and(|next| first + 1 < stop && next.gap & gap::STOP != 0)
        && (first + 2..stop).all(|i| words[i].gap == gap::SPACE)
        && stop - first <= 3;
    let given = initial || names.is(words[first], Class::First.bit() | Class::Joint.bit());
    let foreign = words[first..stop].iter().any(|t| {
        t.word.is_number()
            || names.is(*t, Class::Common.bit() | Class::Verb.bit() | Class::Section.bit() | Class::OutletPart.bit())
                && !names.is(*t, NAMES)
    });
    (!foreign && (given || titled)).then_some(stop)
}
