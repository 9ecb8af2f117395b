//! All character-level work in one pass: marks, tatweel, letter folding, invisibles, digits, white space.
mod align;
mod cell;
mod dagger;
mod invisibles;
mod nfc;
mod options;
mod pass;
mod plan;
mod sink;
mod steps;

pub use align::Alignment;
pub use options::{MARK_CLASSES, OPTIONS, OptionError, Options, PRESETS, Value};
pub use plan::Plan;

use crate::scan::rewrite::Out;
use crate::text::{Text, Unit, UnitBuf, Units};
use align::Note;
use pass::Pass;
use sink::{Probe, Stored, Write, WriteUtf8};

/// What came of appending a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Appended {
    /// Nothing changes, and nothing is appended.
    Unchanged,
    /// The normalised text is appended.
    Text {
        /// How many units.
        len: usize,
        /// A code point that is below 0x80, 0x100 or 0x10000 exactly where every code point of the text is.
        width: u32,
    },
    /// Nothing is appended: the text grows by more than a little, or needs wider units.
    NoRoom,
}

impl Plan {
    /// A few units of room more than a text has: for the odd ligature, and so that kernels find room for whole blocks.
    pub const SLACK: usize = 64;

    /// The normalised text, or `None` where nothing changes.
    #[must_use]
    pub fn run_units<U: Unit>(&self, text: Units<'_, U>) -> Option<UnitBuf> {
        let done = match U::MAX.max(self.widest) {
            0..=0xFF => self.collect::<U, u8>(text)?.map(|(units, _)| UnitBuf::Latin1(units)),
            0x100..=0xFFFF => self.collect::<U, u16>(text)?.map(|(units, width)| match width {
                0..=0xFF => UnitBuf::Latin1(narrowed(&units)),
                _ => UnitBuf::Ucs2(units),
            }),
            _ => None,
        };
        done.or_else(|| {
            self.collect::<U, u32>(text)?.map(|(units, width)| match width {
                0..=0xFF => UnitBuf::Latin1(narrowed(&units)),
                0x100..=0xFFFF => UnitBuf::Ucs2(narrowed(&units)),
                _ => UnitBuf::Ucs4(units),
            })
        })
    }

    /// The normalised text, or `None` where nothing changes.
    #[must_use]
    pub fn run_str(&self, text: &str) -> Option<String> {
        let mut pass = Pass::new(self, text);
        let change = first_change(&mut pass)?;
        grow(text.len(), |capacity| {
            let mut pass = pass.again();
            Out::collect_utf8(capacity, |out| {
                let mut sink = WriteUtf8(out);
                pass.run_from(change, &mut sink);
            })
        })
    }

    /// Appends the normalised text, which is UTF-8, to `out`.
    pub fn append_str(&self, text: &str, out: &mut Vec<u8>) {
        let write = |out: &mut Vec<u8>, room| {
            Out::append(out, room, |out| Pass::new(self, text).run(0, &mut WriteUtf8(out))).then_some(())
        };
        let _ = grow(text.len(), |room| write(out, room));
    }

    /// Appends the normalised text to `out`, unless it grows by more than a little (spelt-out honorifics and ligatures,
    /// a map), for which [`run_units`](Self::run_units) finds room.
    pub fn append_units<U: Unit>(&self, text: Units<'_, U>, out: &mut Vec<U>) -> Appended {
        if self.widest > U::MAX {
            return Appended::NoRoom;
        }
        let mut pass = Pass::new(self, text);
        let Some(change) = first_change(&mut pass) else { return Appended::Unchanged };
        let (mut len, mut width) = (0, 0);
        let fits = Out::append(out, text.len() + Self::SLACK, |out| {
            pass.run_from(change, &mut Write(out));
            (len, width) = (out.len(), out.width());
        });
        if fits { Appended::Text { len, width } } else { Appended::NoRoom }
    }

    /// The offsets of the text beside those of its normalised form, which [`run_units`](Self::run_units) gives.
    #[must_use]
    pub fn align_units<U: Unit>(&self, text: Units<'_, U>) -> Alignment {
        self.align(text)
    }

    /// The offsets of the text beside those of its normalised form, which [`run_str`](Self::run_str) gives.
    #[must_use]
    pub fn align_str(&self, text: &str) -> Alignment {
        self.align(text)
    }

    fn align<T: Stored>(&self, text: T) -> Alignment {
        let mut note = Note::default();
        Pass::new(self, text).run(0, &mut note);
        note.finish(text.len())
    }

    /// The normalised text in units of `W`, and its width; `Some(None)` where these are too narrow. That is rare: a few
    /// ideographs of the Basic Multilingual Plane compose to others beyond it.
    #[allow(clippy::option_option)] // no change, no room, and the text
    fn collect<U: Unit, W: Unit>(&self, text: Units<'_, U>) -> Option<Option<(Vec<W>, u32)>> {
        let mut pass = Pass::new(self, text);
        let change = first_change(&mut pass)?;
        grow(text.len(), |capacity| {
            let mut pass = pass.again();
            let (mut width, mut narrow) = (0, false);
            let units = Out::collect(capacity, |out| {
                pass.run_from(change, &mut Write(out));
                (width, narrow) = (out.width(), out.is_too_narrow());
            });
            if narrow { Some(None) } else { units.map(|units| Some((units, width))) }
        })
    }
}

/// Where the text first changes, if it does.
fn first_change<T: Stored>(pass: &mut Pass<'_, T>) -> Option<usize> {
    let mut probe = Probe::default();
    pass.run(0, &mut probe);
    probe.change
}

/// What `write` gives for the first capacity that suffices, starting with the length of the text.
fn grow<R>(len: usize, write: impl FnMut(usize) -> Option<R>) -> Option<R> {
    // A code point becomes at most a phrase in the tables, and any number of others in a map.
    std::iter::successors(Some(len + Plan::SLACK), |capacity| capacity.checked_mul(2)).find_map(write)
}

/// Units in a narrower storage that is known to hold them.
fn narrowed<U: Unit, W: Unit>(units: &[U]) -> Vec<W> {
    units.iter().map(|unit| W::put(unit.get())).collect()
}

#[cfg(test)]
mod tests;
