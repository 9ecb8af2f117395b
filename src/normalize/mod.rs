//! All character-level work in one pass: marks, tatweel, letter folding, invisibles, digits, white space.
use crate::text::{Text, Unit, Units};
use std::fmt;

/// The value of an option as a caller gives it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// A word, such as `"fold"`.
    Word(String),
    /// A number, such as the longest run for `elongation`.
    Number(i64),
    /// A set of names, such as the mark classes to strip; kept sorted.
    Set(Vec<String>),
    /// What `str.translate` takes: code point → replacement (empty: deleted); kept sorted by code point.
    Map(Vec<(u32, Vec<u32>)>),
}

/// An option, preset or value that does not exist. Its message names it, the choices, and what was probably meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionError(pub String);

impl fmt::Display for OptionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for OptionError {}

/// What a user asks for, checked: every value in it is one that the option takes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Options {}

impl Options {
    /// The options of a preset: `none`, `light`, `news`, `search` or `lucene`.
    pub fn preset(name: &str) -> Result<Self, OptionError> {
        let _ = name;
        Ok(Self {})
    }

    /// Sets one option.
    pub fn set(&mut self, name: &str, value: &Value) -> Result<(), OptionError> {
        let _ = (name, value);
        Ok(())
    }
}

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
