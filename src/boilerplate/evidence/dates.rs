//! Lines that are a date or a time and nothing else, whatever their order and calendar.
use crate::boilerplate::lines::{Token, gap};
use crate::boilerplate::names::{Class, Names};
use crate::boilerplate::reading::Reading;
use crate::boilerplate::rules::Place;
use crate::text::Text;

/// A date line has at most this many words.
const LONGEST: usize = 26;

/// Notes every date line.
pub fn find<T: Text>(page: &mut Reading<T>) {
    for line in 0..page.len() {
        let l = &page.sheet.lines[line];
        if page.is_cut(line) || !l.whole() || l.count > LONGEST {
            continue;
        }
        let opens = |first: Token| first.word.is_number() || page.names().may_begin(first, OUTLETS | WORDS);
        if !l.first.is_some_and(opens) {
            continue;
        }
        let words = page.words(line);
        if is_date_line(page, &words) {
            let rule = page.known().date_line;
            // Decrees and letters end with place and date: behind the story a date needs a neighbour that goes.
            let placed = page.name(&words, 0, Class::Place.bit()).is_some();
            page.suggest(line, rule, if placed { Place::Head } else { Place::Beside });
        }
    }
}

const OUTLETS: u32 = Class::Agency.bit() | Class::Outlet.bit() | Class::OutletWord.bit() | Class::Place.bit();

/// The classes of the words of a date.
const WORDS: u32 = Class::Month.bit()
    | Class::Hijri.bit()
    | Class::Weekday.bit()
    | Class::DateLabel.bit()
    | Class::TimeUnit.bit()
    | Class::DateWord.bit();

fn is_date_line<T: Text>(page: &Reading<T>, words: &[Token]) -> bool {
    let mut at = page.name(words, 0, OUTLETS).map_or(0, |f| f.end);
    let Some((found, end)) = parse(page.names(), words, at).or_else(|| {
        at = 0;
        parse(page.names(), words, 0)
    }) else {
        return false;
    };
    let rest = if end < words.len() { page.name(words, end, OUTLETS).map_or(end, |f| f.end) } else { end };
    rest == words.len() && found.is_date()
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
            || (self.unit && self.word && (self.numbers > 0 || self.label))
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
