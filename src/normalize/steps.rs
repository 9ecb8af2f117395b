//! The steps of normalisation, one after another, on a short run of code points.
//!
//! This is where every step is decided; `pass.rs` brings here whatever depends on what stands around it, cut at places
//! where nothing behind the cut can matter. Steps that only replace or drop single code points are also compiled into
//! actions by `plan.rs`, from the same functions. The order is that of [`run`].

use super::cell::Cell;
use super::dagger::{is_dagger, write_daggers};
use super::nfc::compose_cells;
use super::options::{
    Alef, DaggerAlef, Digits, Fold, Hamza, Honorifics, Options, Punctuation, Strip, TehMarbuta, Unicode, Whitespace,
};
use crate::text::Span;
use crate::unicode::{
    TATWEEL, ZEROS, contains, digit_value, is_combining, is_digit, is_invisible, is_letter, is_line_break, is_mark,
    is_space, lookup, tables,
};

/// Reused room for a run of cells.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    pub cells: Vec<Cell>,
    spare: Vec<Cell>,
}

/// What stands around a run of cells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Around {
    /// Whether the run begins the text.
    pub starts: bool,
    /// The code point behind the run, where there is one.
    pub next: Option<u32>,
    /// From the first to behind the last code point of the text that a reader sees.
    pub visible: Span,
}

const HEH: u32 = 0x647;
const YEH: u32 = 0x64A;
/// MADDAH ABOVE; one that no letter took up is a sign of recitation.
const MADDA: u32 = 0x653;
const HAMZA_ABOVE: u32 = 0x654;
const COMMA: u32 = 0x60C;
const PERCENT: u32 = 0x66A;
const DECIMAL: u32 = 0x66B;
const THOUSANDS: u32 = 0x66C;

/// Options, and the lists that they choose.
#[derive(Clone, Debug)]
pub(super) struct Steps {
    pub options: Options,
    /// Marks to strip: sorted ranges.
    stripped: Vec<(u32, u32)>,
    /// Letters to fold: sorted pairs.
    folds: Vec<(u32, u32)>,
}

impl Steps {
    pub fn new(options: &Options) -> Self {
        Self { options: options.clone(), stripped: stripped(options), folds: folds(options) }
    }

    /// Runs every step on the cells.
    pub fn run(&self, scratch: &mut Scratch, around: Around) {
        let Scratch { cells, spare } = scratch;
        self.compose(cells, spare);
        self.spell_out(cells, spare, around.next);
        self.drop_invisibles(cells, around);
        self.drop_marks(cells);
        self.drop_tatweels(cells, around.next);
        self.compose(cells, spare);
        self.drop_maddas(cells, spare);
        self.fold_yehs(cells, spare);
        self.fold_letters(cells);
        self.map(cells, spare);
        self.compose(cells, spare);
        self.shorten(cells);
        self.write_digits_and_punctuation(cells, spare, around.next);
        self.collapse(cells, around);
    }

    fn compose(&self, cells: &mut Vec<Cell>, spare: &mut Vec<Cell>) {
        if self.options.unicode == Unicode::Nfc {
            compose_cells(cells, spare);
        }
    }

    // Presentation forms and honorifics

    /// What a presentation form or an honorific is written as.
    pub fn form(&self, c: u32) -> Option<&'static str> {
        self.honorific(c).or_else(|| self.presentation_form(c))
    }

    fn presentation_form(&self, c: u32) -> Option<&'static str> {
        if self.options.presentation == Fold::Fold && is_form(c) { lookup(tables::FORMS, c) } else { None }
    }

    fn honorific(&self, c: u32) -> Option<&'static str> {
        match self.options.honorifics {
            Honorifics::Keep => None,
            _ if !is_form(c) => None,
            Honorifics::Strip => lookup(tables::HONORIFICS, c).map(|_| ""),
            Honorifics::Expand => lookup(tables::HONORIFICS, c),
        }
    }

    fn spell_out(&self, cells: &mut Vec<Cell>, spare: &mut Vec<Cell>, next: Option<u32>) {
        replace(cells, spare, |c| self.presentation_form(c).map(|text| text.chars().map(u32::from)));
        if self.options.honorifics == Honorifics::Expand {
            self.expand(cells, spare, next);
        } else {
            replace(cells, spare, |c| self.honorific(c).map(|text| text.chars().map(u32::from)));
        }
    }

    /// Writes honorifics as phrases. One that is glued to a word gets the space that the single sign did not need.
    fn expand(&self, cells: &mut Vec<Cell>, spare: &mut Vec<Cell>, next: Option<u32>) {
        if !cells.iter().any(|cell| self.honorific(cell.c).is_some()) {
            return;
        }
        spare.clear();
        let of_word = |c: u32| is_letter(c) || is_digit(c) || c == TATWEEL;
        let (mut before_is_word, mut owes_space) = (false, None);
        for cell in cells.iter() {
            let phrase = self.honorific(cell.c);
            let carries = !is_combining(cell.c) && !is_invisible(cell.c);
            if carries {
                let is_word = phrase.is_some() || of_word(cell.c);
                if let Some((at, space)) = owes_space.take().filter(|_| is_word) {
                    spare.insert(at, space);
                } else if phrase.is_some() && before_is_word {
                    spare.push(Cell { c: 0x20, ..*cell });
                }
                before_is_word = is_word;
            }
            match phrase {
                Some(phrase) => {
                    spare.extend(phrase.chars().map(|c| Cell { c: c.into(), ..*cell }));
                    owes_space = Some((spare.len(), Cell { c: 0x20, ..*cell }));
                }
                None => spare.push(*cell),
            }
        }
        if let Some((at, space)) = owes_space.filter(|_| next.is_some_and(of_word)) {
            spare.insert(at, space);
        }
        std::mem::swap(cells, spare);
    }

    // Invisibles

    /// Whether nothing is seen of a code point where it stands between letters: what the step of the invisibles looks
    /// through. A dagger alef that will be written is seen.
    pub fn is_seen_through(&self, c: u32) -> bool {
        if self.options.dagger_alef == DaggerAlef::Alef && is_dagger(c) {
            return false;
        }
        is_mark(c) || c == TATWEEL || is_invisible(c)
    }

    /// Whether a reader sees a code point of the original text.
    pub fn is_visible(&self, c: u32) -> bool {
        let seen = |c| !self.is_seen_through(c) && !is_space(c);
        self.form(c).map_or_else(|| seen(c), |text| text.chars().any(|c| seen(c.into())))
    }

    /// Whether the step of the invisibles asks for the visible part of the text.
    pub fn needs_visible(&self, c: u32) -> bool {
        self.options.invisible == Strip::Strip && contains(tables::INVISIBLE_BESIDE, c)
    }

    // Marks and tatweel

    /// Whether the step of the marks drops a code point whatever stands around it.
    pub fn strips_mark(&self, c: u32) -> bool {
        contains(&self.stripped, c) || c == MADDA && self.options.diacritics.has(QURAN)
    }

    fn drop_marks(&self, cells: &mut Vec<Cell>) {
        if self.options.dagger_alef == DaggerAlef::Alef && cells.iter().any(|cell| is_dagger(cell.c)) {
            write_daggers(cells);
        }
        if !self.stripped.is_empty() {
            cells.retain(|cell| !is_mark(cell.c) || !contains(&self.stripped, cell.c));
        }
    }

    fn drop_tatweels(&self, cells: &mut Vec<Cell>, next: Option<u32>) {
        if self.options.tatweel == Strip::Keep || !cells.iter().any(|cell| cell.c == TATWEEL) {
            return;
        }
        let mut kept: usize = 0;
        let mut at = 0;
        while at < cells.len() {
            if cells[at].c != TATWEEL {
                cells[kept] = cells[at];
                kept += 1;
                at += 1;
                continue;
            }
            let run = cells[at..].iter().take_while(|cell| cell.c == TATWEEL || is_combining(cell.c)).count();
            let after = cells.get(at + run).map(|cell| cell.c).or(next);
            let mut stay = tatweels_that_stay(&cells[..kept], after);
            for at in at..at + run {
                let cell = cells[at];
                if cell.c == TATWEEL {
                    if stay == 0 {
                        continue;
                    }
                    stay -= 1;
                }
                cells[kept] = cell;
                kept += 1;
            }
            at += run;
        }
        cells.truncate(kept);
    }

    // Letters

    /// What a letter is folded to.
    pub fn fold(&self, c: u32) -> Option<u32> {
        lookup(&self.folds, c)
    }

    /// Whether the step of the letters drops a hamza or madda by itself whatever stands around it.
    pub fn drops_part(&self, c: u32) -> bool {
        self.options.hamza != Hamza::Keep && matches!(c, 0x654 | 0x655)
    }

    /// Whether a folded alef takes a hamza or madda behind it with it.
    pub fn folds_alef(&self) -> bool {
        self.options.alef != Alef::Keep
    }

    /// Drops the maddas that no letter took up, once the marks that kept them apart are gone.
    fn drop_maddas(&self, cells: &mut Vec<Cell>, spare: &mut Vec<Cell>) {
        if self.options.diacritics.has(QURAN) && cells.iter().any(|cell| cell.c == MADDA) {
            cells.retain(|cell| cell.c != MADDA);
            self.compose(cells, spare);
        }
    }

    /// Folds what becomes a yeh before other letters: with a hamza behind it, it becomes a letter that is folded, and
    /// mapped, too.
    fn fold_yehs(&self, cells: &mut Vec<Cell>, spare: &mut Vec<Cell>) {
        if cells.iter().any(|cell| cell.c == HAMZA_ABOVE) {
            for cell in cells.iter_mut() {
                cell.c = self.fold(cell.c).filter(|folded| *folded == YEH).unwrap_or(cell.c);
            }
            self.compose(cells, spare);
        }
    }

    fn fold_letters(&self, cells: &mut Vec<Cell>) {
        if self.folds.is_empty() && self.options.hamza == Hamza::Keep {
            return;
        }
        // Whether the marks at hand stand on an alef as folding leaves it.
        let mut on_folded_alef = false;
        cells.retain_mut(|cell| {
            if is_combining(cell.c) {
                let part = matches!(cell.c, 0x653..=0x655);
                return !(part && on_folded_alef || self.drops_part(cell.c));
            }
            if let Some(folded) = self.fold(cell.c) {
                cell.c = folded;
            }
            on_folded_alef = self.folds_alef() && cell.c == 0x627;
            true
        });
    }

    /// What the user's map makes of a code point.
    pub fn mapped(&self, c: u32) -> Option<&[u32]> {
        let map = &self.options.map;
        map.binary_search_by_key(&c, |pair| pair.0).ok().map(|at| map[at].1.as_slice())
    }

    fn map(&self, cells: &mut Vec<Cell>, spare: &mut Vec<Cell>) {
        if !self.options.map.is_empty() {
            replace(cells, spare, |c| self.mapped(c).map(|to| to.iter().copied()));
        }
    }

    fn shorten(&self, cells: &mut Vec<Cell>) {
        let Some(longest) = self.options.elongation else { return };
        let (mut last, mut run) = (None, 0);
        cells.retain(|cell| {
            run = if last == Some(cell.c) { run + 1 } else { 1 };
            last = Some(cell.c);
            run <= longest || !is_letter(cell.c)
        });
    }

    // Digits, punctuation and white space

    /// What a digit is written as.
    pub fn digit(&self, c: u32) -> Option<u32> {
        let zero = match self.options.digits {
            Digits::Keep => return None,
            Digits::Ascii => ZEROS[0],
            Digits::Arabic => ZEROS[1],
        };
        digit_value(c).map(|value| zero + value).filter(|written| *written != c)
    }

    /// Whether a sign is written as another only beside digits, or only away from them.
    pub fn asks_for_digits(&self, c: u32) -> bool {
        self.options.digits == Digits::Ascii && matches!(c, PERCENT | DECIMAL | THOUSANDS)
            || self.options.punctuation == Punctuation::Ascii && c == COMMA
    }

    /// What a punctuation mark is written as.
    pub fn punctuation(&self, c: u32) -> Option<&'static str> {
        if self.options.punctuation == Punctuation::Keep { None } else { lookup(tables::PUNCTUATION, c) }
    }

    fn write_digits_and_punctuation(&self, cells: &mut Vec<Cell>, spare: &mut Vec<Cell>, next: Option<u32>) {
        if self.options.digits == Digits::Keep && self.options.punctuation == Punctuation::Keep {
            return;
        }
        spare.clear();
        for (at, cell) in cells.iter().enumerate() {
            let mut write = |c: u32| spare.push(Cell { c, ..*cell });
            let after_digit = at.checked_sub(1).is_some_and(|before| is_digit(cells[before].c));
            let after = cells.get(at + 1).map(|cell| cell.c).or(next);
            let between_digits = after_digit && after.is_some_and(is_digit);
            match cell.c {
                PERCENT if self.asks_for_digits(PERCENT) && after_digit => write('%'.into()),
                DECIMAL if self.asks_for_digits(DECIMAL) && between_digits => write('.'.into()),
                THOUSANDS if self.asks_for_digits(THOUSANDS) && between_digits => write(','.into()),
                COMMA if between_digits => write(COMMA),
                c => match (self.digit(c), self.punctuation(c)) {
                    (Some(digit), _) => write(digit),
                    (None, Some(text)) => text.chars().for_each(|c| write(c.into())),
                    (None, None) => write(c),
                },
            }
        }
        std::mem::swap(cells, spare);
    }

    fn collapse(&self, cells: &mut Vec<Cell>, around: Around) {
        if self.options.whitespace == Whitespace::Keep || !cells.iter().any(|cell| is_space(cell.c)) {
            return;
        }
        let blank = |c: u32| is_space(c) && !is_line_break(c);
        let mut kept = 0;
        let mut at = 0;
        while at < cells.len() {
            let run = cells[at..].iter().take_while(|cell| blank(cell.c)).count();
            let mut cell = cells[at];
            if run > 0 {
                cell = Cell { c: 0x20, from: cell.from, to: cells[at + run - 1].to };
            }
            at += run.max(1);
            let line_starts = if kept == 0 { around.starts } else { is_line_break(cells[kept - 1].c) };
            let line_ends = cells.get(at).map(|cell| cell.c).or(around.next).is_none_or(is_line_break);
            if run == 0 || !line_starts && !line_ends {
                cells[kept] = cell;
                kept += 1;
            }
        }
        cells.truncate(kept);
    }
}

/// How many tatweels of a run of them and their marks stay, given what stands before and behind it.
fn tatweels_that_stay(before: &[Cell], after: Option<u32>) -> usize {
    let base = |cells: &[Cell]| cells.iter().rposition(|cell| !is_combining(cell.c));
    let is_letter_at = |at: Option<usize>, cells: &[Cell]| at.is_some_and(|at| is_letter(cells[at].c));
    let carrier = base(before);
    let goes_on = after.is_some_and(is_letter);
    match carrier {
        // The heh that stands for a Hijri year, or for a name.
        Some(at) if before[at].c == HEH => {
            let first = !is_letter_at(base(&before[..at]), before);
            usize::from(first && !goes_on)
        }
        _ if goes_on || is_letter_at(carrier, before) => 0,
        // It lengthens no letter: a rule line or a dash.
        _ => usize::MAX,
    }
}

/// Whether a code point is of the blocks of the presentation forms.
fn is_form(c: u32) -> bool {
    (0xFB50..=0xFEFC).contains(&c)
}

/// Replaces every code point that `by` has something for.
fn replace<I: Iterator<Item = u32>>(cells: &mut Vec<Cell>, spare: &mut Vec<Cell>, by: impl Fn(u32) -> Option<I>) {
    let Some(first) = cells.iter().position(|cell| by(cell.c).is_some()) else { return };
    spare.clear();
    spare.extend_from_slice(&cells[..first]);
    for cell in &cells[first..] {
        match by(cell.c) {
            Some(text) => spare.extend(text.map(|c| Cell { c, ..*cell })),
            None => spare.push(*cell),
        }
    }
    std::mem::swap(cells, spare);
}

fn stripped(options: &Options) -> Vec<(u32, u32)> {
    let classes = [
        tables::MARKS_HARAKAT,
        tables::MARKS_SUKUN,
        tables::MARKS_TANWIN,
        tables::MARKS_SHADDA,
        tables::MARKS_QURAN,
        tables::MARKS_FOREIGN,
    ];
    let chosen = classes.iter().enumerate().filter(|(class, _)| options.diacritics.has(*class));
    let mut ranges: Vec<(u32, u32)> = chosen.flat_map(|(_, ranges)| ranges.iter().copied()).collect();
    if options.dagger_alef != DaggerAlef::Keep {
        ranges.extend_from_slice(tables::MARKS_DAGGER);
    }
    ranges.sort_unstable();
    ranges
}

/// The index of the class `quran` in `MARK_CLASSES`.
const QURAN: usize = 4;

fn folds(options: &Options) -> Vec<(u32, u32)> {
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    let mut also = |chosen: bool, more: &[(u32, u32)]| {
        if chosen {
            pairs.extend_from_slice(more);
        }
    };
    also(options.alef != Alef::Keep, tables::FOLD_ALEF);
    also(options.alef == Alef::Extended, tables::FOLD_ALEF_EXTENDED);
    also(options.yaa == Fold::Fold, tables::FOLD_YAA);
    also(options.hamza == Hamza::Carrier, tables::FOLD_HAMZA_CARRIER);
    also(options.hamza == Hamza::Hamza, tables::FOLD_HAMZA_HAMZA);
    also(options.teh_marbuta == TehMarbuta::Heh, tables::FOLD_TEH_HEH);
    also(options.teh_marbuta == TehMarbuta::Teh, tables::FOLD_TEH_TEH);
    also(options.lookalikes == Fold::Fold, tables::FOLD_LOOKALIKES);
    pairs.sort_unstable();
    pairs
}
