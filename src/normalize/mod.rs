//! All character-level work in one pass: marks, tatweel, letter folding, invisibles, digits, white space.
mod options;

pub use options::{MARK_CLASSES, OPTIONS, OptionError, Options, PRESETS, Value};

use crate::text::{Text, Unit, Units};

/// A text of code-point units in the narrowest of three storages that the pass could write to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnitBuf {
    /// 1-byte units.
    Latin1(Vec<u8>),
    /// 2-byte units.
    Ucs2(Vec<u16>),
    /// 4-byte units.
    Ucs4(Vec<u32>),
}

/// Options compiled for running.
#[derive(Clone, Debug)]
pub struct Plan {}

impl Plan {
    /// Compiles options.
    #[must_use]
    pub fn new(options: &Options) -> Self {
        let _ = options;
        Self {}
    }

    /// The normalised text, or `None` where nothing changes.
    #[must_use]
    pub fn run_units<U: Unit>(&self, text: Units<'_, U>) -> Option<UnitBuf> {
        let _ = text.len();
        None
    }

    /// The normalised text, or `None` where nothing changes.
    #[must_use]
    pub fn run_str(&self, text: &str) -> Option<String> {
        let _ = text;
        None
    }
}
