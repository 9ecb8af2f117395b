//! Lines that are a date or a time and nothing else, whatever their order and calendar.
use crate::boilerplate::lexicon::Word;
use crate::boilerplate::lines::{Token, gap};
use crate::boilerplate::names::{Class, Names};
use crate::boilerplate::reading::Reading;
use crate::boilerplate::rules::Place;
use crate::text::{Span, Text};

/// A date line has at most this many words.
const LONGEST: usize = 26;
/// A note behind a date and time has at most this many words.
const NOTE: usize = 4;

/// Notes every date line.
pub fn find<T: Text>(page: &mut Reading<T>) {
    for line in 0..page.len() {
        let l = &page.sheet.lines[line];
        if page.is_cut(line) || !l.whole() || l.count > LONGEST {
            continue;
        }
        if !l.first.is_some_and(|first| may_open(page, first)) {
            continue;
        }
        let words = page.words(line);
        if let Some(found) = date_line(page, &words) {
            let rule = page.known().date_line;
            // Decrees and letters end with place and date: behind the story a date needs a neighbour that goes, unless
            // it tells the time of day, too.
            let placed = page.name(&words, 0, Class::Place.bit()).is_some();
            let stamp = found.clock && found.is_day();
            // "published on 24 August, 10:00": a label of two words says that it is the site's. Decrees tell no time.
            let labelled = stamp && page.name(&words, 0, Class::DateLabel.bit()).is_some_and(|f| f.end >= 2);
            let place = if labelled {
                Place::Any
            } else if placed {
                Place::Head
            } else if stamp {
                Place::Edge
            } else {
                Place::Beside
            };
            page.suggest(line, rule, place);
        }
    }
}

const OUTLETS: u32 = Class::Agency.bit() | Class::Outlet.bit() | Class::OutletWord.bit() | Class::Place.bit();

/// The classes of the words of a date.
pub const WORDS: u32 = Class::Month.bit()
    | Class::Hijri.bit()
    | Class::Weekday.bit()
    | Class::DateLabel.bit()
    | Class::TimeUnit.bit()
    | Class::DateWord.bit();

/// Whether a date line may begin with the word.
fn may_open<T: Text>(page: &Reading<T>, first: Token) -> bool {
    first.word.is_number() || page.names().may_begin(first, OUTLETS | Class::Section.bit() | WORDS)
}

/// What a line holds that is a date and nothing else.
fn date_line<T: Text>(page: &Reading<T>, words: &[Token]) -> Option<Parts> {
    let mut at = page.name(words, 0, OUTLETS | Class::Section.bit()).map_or(0, |f| f.end);
    let (found, end) = parse(page.names(), words, at).or_else(|| {
        at = 0;
        parse(page.names(), words, 0)
    })?;
    let mut rest = end;
    for _ in 0..2 {
        rest = if rest < words.len() { page.name(words, rest, OUTLETS).map_or(rest, |f| f.end) } else { rest };
    }
    // "الرياض 12 شوال 1436 هـ واس": an agency that no list knows may end it.
    let placed = at > 0 && page.name(words, 0, Class::Place.bit()).is_some();
    let agency = placed && rest == end && rest + 1 == words.len() && found.is_day() && found.month;
    let ended = rest == words.len()
        || agency
        || (found.clock && (found.is_day() || found.label) && is_noted(page, words, rest));
    (ended && found.is_date()).then_some(found)
}

/// Whether what stands behind a date and time belongs to them: a few words in brackets (the zone), a section's name.
fn is_noted<T: Text>(page: &Reading<T>, words: &[Token], from: usize) -> bool {
    let section = || page.name(words, from, Class::Section.bit()).is_some_and(|found| found.end == words.len());
    let bracket =
        page.sheet.key[words[from].from - 1] == b'(' && page.sheet.key.get(words[words.len() - 1].to) == Some(&b')');
    words.len() - from <= NOTE && (bracket || section())
}

/// The times between the entries of a live report: lines of hour and minute, each followed by running text.
pub fn ticks<T: Text>(page: &mut Reading<T>) {
    let is_tick = |line: usize| {
        if !page.sheet.lines[line].first.is_some_and(|first| first.word.is_number()) {
            return false;
        }
        let words = page.first_words(line, 3);
        let clock = matches!(&words[..], [hour, minute] if hour.word.is_number() && minute.word.is_number() && minute.gap == gap::COLON);
        clock && line + 1 < page.len() && page.is_prose(line + 1)
    };
    let ticks: Vec<usize> = (0..page.len()).filter(|&line| is_tick(line)).collect();
    if ticks.len() >= 2 {
        let rule = page.known().date_line;
        for line in ticks {
            page.cut(line, rule);
        }
    }
}

/// The cards of other stories inside the running text: a title without a stop and below it when it was published.
pub fn cards<T: Text>(page: &mut Reading<T>) {
    for line in page.lead + 1..page.last.min(page.len()) {
        let stamp = page.pending[line].is_some()
            && date_line(page, &page.words(line))
                .is_some_and(|found| found.clock && (found.month || found.joined >= 2));
        let l = &page.sheet.lines[line - 1];
        let title = !page.is_cut(line - 1) && !l.stop && !l.colon && (4..=18).contains(&l.count);
        if stamp && title && line >= 2 && page.is_prose(line - 2) && page.is_prose(line + 1) {
            let (list, date) = (page.known().related_list, page.known().date_line);
            page.cut(line - 1, list);
            page.cut(line, date);
        }
    }
}

/// Cuts a date with an outlet from behind the last stop of any line: `… . 17.10.2025, سبوتنيك عربي`.
pub fn suffixes<T: Text>(page: &mut Reading<T>) {
    for line in 0..page.len() {
        let outlet = |last: Word| page.names().may_end(last, OUTLETS);
        if !page.sheet.lines[line].digit || page.is_cut(line) || !page.last_word(line, 10).is_some_and(outlet) {
            continue;
        }
        let words = page.tail_words(line);
        let n = words.len();
        if n < 10 {
            continue;
        }
        let first = (n - 8..n - 3)
            .find(|&i| words[i].word.is_number() && words[i].gap & gap::STOP != 0 && !words[i - 1].word.is_number());
        let Some(from) = first else { continue };
        let Some((found, end)) = parse(page.names(), &words, from) else { continue };
        if found.joined >= 2 && end < n && page.name(&words, end, OUTLETS).is_some_and(|f| f.end == n) {
            let span = Span::new(page.sheet.offset(page.text, line, words[from].from), page.sheet.lines[line].span.end);
            let rule = page.known().date_line;
            page.cut_part(line, span, rule);
        }
    }
}

/// What a run of date words held.
#[derive(Clone, Copy, Debug, Default)]
pub struct Parts {
    pub numbers: usize,
    pub month: bool,
    pub weekday: bool,
    /// Numbers joined as in 3/4/2025.
    pub joined: usize,
    /// Numbers joined as in 12:30.
    pub clock: bool,
    pub label: bool,
    /// A unit of time, as in "3 hours ago".
    pub unit: bool,
    pub word: bool,
}

impl Parts {
    /// Whether it is enough to be a date or a time.
    pub fn is_date(self) -> bool {
        (self.month && self.numbers > 0)
            || self.joined >= 2
            || self.clock
            || (self.unit && self.word)
            || (self.weekday && (self.numbers > 0 || self.label))
    }

    /// Whether it names a day.
    pub fn is_day(self) -> bool {
        (self.month && self.numbers > 0) || self.joined >= 2
    }
}

/// The longest run of date words at `words[from]`: what it held and its end.
pub fn parse(names: &Names, words: &[Token], from: usize) -> Option<(Parts, usize)> {
    let mut parts = Parts::default();
    let mut at = from;
    while let Some(&token) = words.get(at) {
        if token.word.is_number() {
            let glued = at > from && words[at - 1].word.is_number();
            if glued && token.gap & (gap::SLASH | gap::DASH | gap::STOP) != 0 {
                parts.joined += 1;
            }
            if glued && token.gap == gap::COLON {
                parts.clock = true;
            }
            parts.numbers += 1;
            at += 1;
            continue;
        }
        let Some(end) = date_word(names, words, at, &mut parts) else { break };
        at = end;
    }
    (at > from).then_some((parts, at))
}

fn date_word(names: &Names, words: &[Token], at: usize, parts: &mut Parts) -> Option<usize> {
    let found = names.longest(words, at, WORDS)?;
    let has = |class: Class| found.classes & class.bit() != 0;
    parts.month |= has(Class::Month) || has(Class::Hijri);
    parts.weekday |= has(Class::Weekday);
    parts.label |= has(Class::DateLabel);
    parts.unit |= has(Class::TimeUnit);
    parts.word |= has(Class::DateWord);
    Some(found.end)
}
