//! What a cut says, for the room that makes an article of it: the parts of a credit, the words of a date.
use super::credit;
pub use super::credit::Kind;
pub use super::key::{is_break, is_invisible, is_space};
pub use super::lines::gap;
use super::lines::{Sheet, Token};
use super::names::Class;
use super::rules::Form;
use super::{Category, Rules};
use crate::text::{Span, Text};

/// A piece of a cut.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    pub kind: Kind,
    pub span: Span,
    /// What stands before it, as bits of [`gap`].
    pub gap: u8,
    /// Whatever else it is, it is a place's name, too.
    pub place: bool,
    /// It is a role of those who take pictures.
    pub photo: bool,
}

/// The parts of the credit in `span`.
pub fn credit<T: Text>(text: T, span: Span, rules: &Rules) -> Vec<Piece> {
    let part = text.slice(span);
    let names = &rules.book.names;
    let mut pieces = Vec::new();
    Sheet::of(part, &rules.book.lexicon, |sheet| {
        for line in 0..sheet.lines.len() {
            let words = sheet.words(line, &rules.book.lexicon);
            for p in credit::parts(names, &words, words.len()).unwrap_or_default() {
                let (from, to) = (words[p.from].from, words[p.to - 1].to);
                let inner = Span::new(sheet.offset(part, line, from), sheet.end_offset(part, line, to));
                pieces.push(Piece {
                    kind: p.kind,
                    span: Span::new(span.start + inner.start, span.start + inner.end),
                    gap: p.gap,
                    place: names.longest(&words[..p.to], p.from, Class::Place.bit()).is_some_and(|f| f.end == p.to),
                    photo: p.kind == Kind::Role && (p.from..p.to).any(|i| names.is(words[i], Class::Photo.bit())),
                });
            }
        }
    });
    pieces
}

/// Asks about the first line in `span` and its words.
fn first_line<T: Text, R>(text: T, span: Span, rules: &Rules, ask: impl FnOnce(&Sheet, &[Token]) -> R) -> R {
    let lexicon = &rules.book.lexicon;
    Sheet::of(text.slice(span), lexicon, |sheet| {
        if sheet.lines.is_empty() { ask(sheet, &[]) } else { ask(sheet, &sheet.words(0, lexicon)) }
    })
}

/// The part of `span` that is no sentence's word, from its first word on: a name before what is said of it. None where
/// not two words of it are one.
pub fn name<T: Text>(text: T, span: Span, rules: &Rules) -> Option<Span> {
    let (part, names) = (text.slice(span), &rules.book.names);
    let said = |t: &Token| names.is(*t, SAID) && !names.is(*t, Class::First.bit() | Class::Joint.bit());
    first_line(text, span, rules, |sheet, words| {
        let count = words.iter().take_while(|t| !said(t)).count();
        (count >= 2).then(|| Span::new(span.start, span.start + sheet.end_offset(part, 0, words[count - 1].to)))
    })
}

const SAID: u32 = Class::Common.bit() | Class::Verb.bit() | Class::Trade.bit();

/// The outlet that a sentence names: its kind (a newspaper, a site) and the words behind it up to the first that no name
/// holds.
pub fn outlet<T: Text>(text: T, span: Span, rules: &Rules) -> Option<Span> {
    let (part, names) = (text.slice(span), &rules.book.names);
    first_line(text, span, rules, |sheet, words| {
        let from = (0..words.len()).find(|&i| names.is(words[i], Class::OutletPart.bit()))?;
        let count = words[from..].iter().take_while(|t| !names.is(**t, SAID)).take(4).count();
        let to = words.get(from + count.checked_sub(1).filter(|&n| n > 0)?)?.to;
        let start = sheet.offset(part, 0, words[from].from);
        Some(Span::new(span.start + start, span.start + sheet.end_offset(part, 0, to)))
    })
}

/// The outlet in "published in … on 5 11 2022": between the label of a date and the date.
pub fn published_in<T: Text>(text: T, span: Span, rules: &Rules) -> Option<Span> {
    let (part, names) = (text.slice(span), &rules.book.names);
    let dated = |t: &Token| t.word.is_number() || names.is(*t, Class::DateWord.bit() | Class::Weekday.bit());
    first_line(text, span, rules, |sheet, words| {
        let label = |i: usize| names.longest(words, i, Class::DateLabel.bit()).map(|f| f.end).filter(|&e| e >= i + 2);
        let from = (0..words.len()).find_map(label)?;
        let count = words[from..].iter().take_while(|t| !dated(t)).count();
        let to = words[from..from + count].last()?.to;
        let start = sheet.offset(part, 0, words[from].from);
        Some(Span::new(span.start + start, span.start + sheet.end_offset(part, 0, to)))
    })
}

/// Whether `span` is the name of an agency or outlet that the lists hold.
pub fn is_listed<T: Text>(text: T, span: Span, rules: &Rules) -> bool {
    first_line(text, span, rules, |_, words| {
        rules.book.names.longest(words, 0, credit::OUTLETS).is_some_and(|f| f.end == words.len())
    })
}

/// The end of the words at the beginning of `span` that belong to the date before it: `م`, `GMT`.
pub fn date_end<T: Text>(text: T, span: Span, rules: &Rules) -> Option<usize> {
    let (part, names) = (text.slice(span), &rules.book.names);
    first_line(text, span, rules, |sheet, words| {
        let mut at = 0;
        while let Some(found) = names.longest(words, at, Class::DateWord.bit())
            && words[at..found.end].iter().all(|t| t.gap & !gap::SPACE == 0)
            && at < 4
        {
            at = found.end;
        }
        (at > 0).then(|| span.start + sheet.end_offset(part, 0, words[at - 1].to))
    })
}

/// A word of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateWord {
    /// A number, with how many digits it has.
    Number(u32, usize),
    Month(u8),
    Hijri(u8),
    /// 1 is Monday.
    Weekday(u8),
    /// A label before the date ("published on").
    Label,
    /// Any other word, spelled in folded bytes.
    Word,
}

/// The words of the date in `span`, each with its place and what stands before it.
pub fn date<T: Text>(text: T, span: Span, rules: &Rules) -> Vec<(DateWord, Span, u8, Vec<u8>)> {
    let part = text.slice(span);
    let names = &rules.book.names;
    let mut out = Vec::new();
    Sheet::of(part, &rules.book.lexicon, |sheet| {
        for line in 0..sheet.lines.len() {
            let words = sheet.words(line, &rules.book.lexicon);
            let mut at = 0;
            while at < words.len() {
                let (word, end) = date_word(sheet, names, &words, at);
                let inner = Span::new(
                    sheet.offset(part, line, words[at].from),
                    sheet.end_offset(part, line, words[end - 1].to),
                );
                let spelled = sheet.key[words[at].from..words[end - 1].to].to_vec();
                out.push((word, Span::new(span.start + inner.start, span.start + inner.end), words[at].gap, spelled));
                at = end;
            }
        }
    });
    out
}

fn date_word(sheet: &Sheet, names: &super::names::Names, words: &[Token], at: usize) -> (DateWord, usize) {
    let token = words[at];
    if token.word.is_number() {
        let digits = sheet.bytes(token);
        let value = digits.iter().take(9).fold(0u32, |n, d| n * 10 + u32::from(d - b'0'));
        return (DateWord::Number(value, digits.len()), at + 1);
    }
    let value = |class: Class| names.value(words, at, class);
    let small = |n: i16| u8::try_from(n).unwrap_or(0);
    let found = [
        value(Class::Month).map(|(n, end)| (DateWord::Month(small(n)), end)),
        value(Class::Hijri).map(|(n, end)| (DateWord::Hijri(small(n)), end)),
        value(Class::Weekday).map(|(n, end)| (DateWord::Weekday(small(n)), end)),
        value(Class::DateLabel).map(|(_, end)| (DateWord::Label, end)),
    ];
    found.into_iter().flatten().max_by_key(|f| f.1).unwrap_or((DateWord::Word, at + 1))
}

/// Whether `word` (folded) is what `spelled` says.
pub fn spells(spelled: &str, word: &[u8]) -> bool {
    super::key::folded(spelled) == word
}

/// What stands behind the label of a cut: behind its first separator if a label stands before one, behind the label's
/// words if a rule spells them, else all of it. None where only the label is there.
pub fn behind_label<T: Text>(text: T, span: Span, rules: &Rules) -> Option<Span> {
    let part = text.slice(span);
    Sheet::of(part, &rules.book.lexicon, |sheet| value(part, span, sheet, rules))
}

/// The names of places in `span` that are two words and more.
pub fn long_places<T: Text>(text: T, span: Span, rules: &Rules) -> Vec<Span> {
    let (part, names) = (text.slice(span), &rules.book.names);
    first_line(text, span, rules, |sheet, words| {
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let end = names.longest(words, at, Class::Place.bit()).map_or(at + 1, |f| f.end);
            if end > at + 1 {
                let (from, to) = (sheet.offset(part, 0, words[at].from), sheet.end_offset(part, 0, words[end - 1].to));
                found.push(Span::new(span.start + from, span.start + to));
            }
            at = end;
        }
        found
    })
}

/// What stands behind a label of keywords to which the first is glued; all of `span` where there is none.
pub fn behind_glued_label<T: Text>(text: T, span: Span, rules: &Rules) -> Span {
    let part = text.slice(span);
    Sheet::of(part, &rules.book.lexicon, |sheet| {
        let label = |key| rules.book.glued_tags.of(key).map(<[u8]>::len).max();
        let glued = (!sheet.lines.is_empty()).then(|| sheet.head_key(0)).filter(|key| key.len() > 4).and_then(label);
        let next = glued.filter(|&len| sheet.head_key(0).get(len).is_some_and(|b| *b >= 0x80));
        next.map_or(span, |len| Span::new(span.start + sheet.offset(part, 0, sheet.lines[0].key.start + len), span.end))
    })
}

fn value<T: Text>(part: T, span: Span, sheet: &Sheet, rules: &Rules) -> Option<Span> {
    if sheet.lines.is_empty() {
        return None;
    }
    let words = sheet.words(0, &rules.book.lexicon);
    let (mut end, mut least) = (0, words.len());
    rules.book.phrases.find(&words, 0, gap::COLON, &mut |rule, to| {
        let form = rules.book.rules[rule as usize].form;
        let label = matches!(form, Form::Label | Form::Rest | Form::Open | Form::Line);
        let fixed = to == 1 || words[1..to].iter().all(|t| t.gap & gap::SEPARATOR == 0);
        if label && fixed {
            end = end.max(to);
            if rules.book.rules[rule as usize].category == Category::Tags {
                least = least.min(to);
            }
        }
    });
    // A phrase with a slot may hold all keywords; the label is the shortest then.
    if end == words.len() {
        end = least;
    }
    if end == 0 {
        return Some(span);
    }
    let start = match words.get(end) {
        Some(token) => sheet.offset(part, 0, token.from),
        None if sheet.lines.len() > 1 => sheet.lines[1].span.start,
        None => return None,
    };
    // Signs that open a value belong to it.
    Some(Span::new(span.start + start, span.end))
}
