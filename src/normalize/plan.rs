//! Options compiled for running: an action for each code point, from the very functions of the steps.
//!
//! What can be decided about a code point by itself becomes "copy", "drop" or "replace", which kernels do; all else is
//! left to the steps. Compiling takes some ten microseconds; a plan is meant to be kept.

use super::dagger::is_dagger;
use super::nfc::class;
use super::options::{DaggerAlef, Digits, Honorifics, Options, Punctuation, Strip, Unicode, Whitespace, Zwnj};
use super::steps::Steps;
use crate::scan::rewrite::{Action, Actions};
use crate::unicode::{
    SEPARATORS, TATWEEL, ZEROS, ZWNJ, contains, is_combining, is_digit, is_invisible, is_line_break, is_space, tables,
};
use std::sync::LazyLock;

/// Options compiled for running.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(super) steps: Steps,
    pub(super) actions: Actions,
    /// Whether runs of one letter are shortened: then no text may be cut within one.
    pub(super) shortens: bool,
    /// Whether words are looked up: then no text may be cut within one.
    pub(super) reads_words: bool,
    /// The largest code point that may be written for a smaller one.
    pub(super) widest: u32,
}

impl Plan {
    /// Compiles options.
    #[must_use]
    pub fn new(options: &Options) -> Self {
        let steps = Steps::new(options);
        let composes = options.unicode == Unicode::Nfc;
        let mut actions = if composes { COMPOSING.clone() } else { PLAIN.clone() };
        for c in touched(&steps) {
            actions.set(c, action(&steps, c));
        }
        let digits = if options.digits == Digits::Arabic { ZEROS[1] + 9 } else { 0 };
        let widest = options.map.iter().flat_map(|pair| pair.1.iter().copied()).max().unwrap_or(0).max(digits);
        Self {
            shortens: options.elongation.is_some(),
            reads_words: options.dagger_alef == DaggerAlef::Alef,
            widest,
            actions,
            steps,
        }
    }
}

/// The actions of options that keep everything, without and with composition.
static PLAIN: LazyLock<Actions> = LazyLock::new(|| keeping("none"));
static COMPOSING: LazyLock<Actions> = LazyLock::new(|| keeping("nfc"));

fn keeping(unicode: &str) -> Actions {
    let mut actions = Actions::default();
    for c in points(tables::MARKS) {
        actions.set(c, if unicode == "nfc" && class(c) != 0 { Action::Mark } else { Action::Soft });
    }
    if unicode == "nfc" {
        for c in points(tables::NFC_UNSAFE) {
            actions.set(c, Action::Complex);
        }
    }
    actions
}

fn points(ranges: &[(u32, u32)]) -> impl Iterator<Item = u32> {
    ranges.iter().flat_map(|&(first, last)| first..=last)
}

/// The code points whose action may differ from that of options that keep everything.
fn touched(steps: &Steps) -> impl Iterator<Item = u32> {
    let options = &steps.options;
    let when = |chosen: bool, ranges: &'static [(u32, u32)]| points(if chosen { ranges } else { &[] });
    let forms = tables::FORMS.iter().chain(tables::HONORIFICS).map(|form| form.0);
    let letters = [
        tables::FOLD_ALEF,
        tables::FOLD_ALEF_EXTENDED,
        tables::FOLD_YAA,
        tables::FOLD_HAMZA_CARRIER,
        tables::FOLD_TEH_HEH,
        tables::FOLD_LOOKALIKES,
    ];
    let letters = letters.into_iter().flatten().map(|pair| pair.0);
    let digits = ZEROS.into_iter().flat_map(|zero| zero..zero + 10).chain([0x66A, 0x66B, 0x66C]);
    points(tables::ARABIC_MARKS)
        .chain(points(tables::INVISIBLE_ALWAYS))
        .chain(points(tables::INVISIBLE_BESIDE))
        .chain([ZWNJ, TATWEEL, HEH])
        .chain(letters)
        .chain(forms.filter(|c| steps.form(*c).is_some()))
        .chain(digits.filter(|_| options.digits != Digits::Keep))
        .chain(tables::PUNCTUATION.iter().map(|pair| pair.0).filter(|_| options.punctuation != Punctuation::Keep))
        .chain(when(options.whitespace != Whitespace::Keep, tables::SPACES))
        .chain(when(options.whitespace != Whitespace::Keep, SEPARATORS))
        // Last, so that the map has the last word.
        .chain(options.map.iter().map(|pair| pair.0))
}

const HEH: u32 = 0x647;

/// The action of a code point.
fn action(steps: &Steps, c: u32) -> Action {
    if steps.options.unicode == Unicode::Nfc && contains(tables::NFC_UNSAFE, c) {
        return Action::Complex;
    }
    let action = match steps.form(c) {
        None => action_of_character(steps, c),
        Some("") => Action::Drop,
        Some(text) => {
            let mut points = text.chars().map(u32::from);
            match (points.next(), points.next()) {
                (Some(c), None) => match action_of_character(steps, c) {
                    Action::Copy => Action::Map(c),
                    action @ (Action::Map(_) | Action::Drop) => action,
                    _ => Action::Complex,
                },
                _ => Action::Complex,
            }
        }
    };
    // What stands on both sides of something dropped may become a run.
    if action == Action::Drop && steps.options.elongation.is_some() { Action::Complex } else { action }
}

/// The action of a code point that is no presentation form.
fn action_of_character(steps: &Steps, c: u32) -> Action {
    let options = &steps.options;
    let strips = options.invisible == Strip::Strip;
    if c == ZWNJ {
        return match options.zwnj {
            Zwnj::Strip => Action::Drop,
            Zwnj::Keep if !strips => action_of_kept(steps, c),
            Zwnj::Keep | Zwnj::Space => Action::Complex,
        };
    }
    if is_invisible(c) && strips {
        return if contains(tables::INVISIBLE_BESIDE, c) { Action::Complex } else { Action::Drop };
    }
    if is_combining(c) {
        return action_of_mark(steps, c);
    }
    if c == TATWEEL && options.tatweel == Strip::Strip {
        return Action::Tatweel;
    }
    action_of_kept(steps, c)
}

fn action_of_mark(steps: &Steps, c: u32) -> Action {
    let part_of_alef = matches!(c, 0x653..=0x655) && steps.folds_alef();
    if steps.options.dagger_alef == DaggerAlef::Alef && is_dagger(c) {
        Action::Complex
    } else if steps.strips_mark(c) || steps.drops_part(c) {
        Action::Drop
    } else if part_of_alef {
        Action::Complex
    } else {
        match (steps.mapped(c), action_of_kept(steps, c)) {
            (None, _) if steps.options.unicode == Unicode::Nfc && class(c) != 0 => Action::Mark,
            (None, _) => Action::Soft,
            (Some(_), Action::Drop) => Action::Drop,
            (Some(_), _) => Action::Complex,
        }
    }
}

/// The action of a code point that the steps before the letters let pass.
fn action_of_kept(steps: &Steps, c: u32) -> Action {
    let options = &steps.options;
    let folded = steps.fold(c).unwrap_or(c);
    let written = match steps.mapped(folded) {
        None => folded,
        Some([]) => return if nothing_looks_around(options) { Action::Drop } else { Action::Complex },
        Some(&[to]) => {
            let unsafe_here = contains(tables::NFC_UNSAFE, to) || class(to) != 0;
            let looked_at = |c| is_digit(c) || is_space(c) || steps.asks_for_digits(c);
            if options.unicode == Unicode::Nfc && unsafe_here || looked_at(c) || looked_at(to) {
                return Action::Complex;
            }
            to
        }
        Some(_) => return Action::Complex,
    };
    if steps.asks_for_digits(written) {
        return Action::Complex;
    }
    if options.whitespace == Whitespace::Collapse && is_space(written) {
        return if written == c && (c == 0x20 || is_line_break(c)) { Action::Space } else { Action::Complex };
    }
    let written = match (steps.digit(written), steps.punctuation(written)) {
        (Some(digit), _) => digit,
        (None, Some(text)) if text.len() == 1 => u32::from(text.as_bytes()[0]),
        (None, Some(_)) => return Action::Complex,
        (None, None) => written,
    };
    // A heh may be that of a Hijri year; invisibles and tatweels are looked through.
    let soft = c == HEH && options.tatweel == Strip::Strip || is_invisible(c) || c == TATWEEL;
    match (written == c, soft) {
        (true, true) => Action::Soft,
        (true, false) => Action::Copy,
        (false, true) => Action::Complex,
        (false, false) => Action::Map(written),
    }
}

/// Whether no step asks what stands beside a code point, so that dropping one cannot change another.
fn nothing_looks_around(options: &Options) -> bool {
    options.invisible == Strip::Keep
        && options.zwnj == Zwnj::Keep
        && options.honorifics == Honorifics::Keep
        && options.dagger_alef != DaggerAlef::Alef
        && options.tatweel == Strip::Keep
        && options.digits == Digits::Keep
        && options.punctuation == Punctuation::Keep
        && options.whitespace == Whitespace::Keep
}
