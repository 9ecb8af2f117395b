//! All character-level work in one pass: marks, tatweel, letter folding, invisibles, digits, white space.
use crate::text::{Text, Unit, UnitBuf, Units};
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

    /// `none` + NFC + the diacritics stripped, but for the classes in `keep`.
    pub fn strip_diacritics(keep: &[String]) -> Result<Self, OptionError> {
        let _ = keep;
        Ok(Self {})
    }

    /// The preset that the options change.
    #[must_use]
    pub fn preset_name(&self) -> &'static str {
        "news"
    }

    /// The options that differ from the preset.
    #[must_use]
    pub fn items(&self) -> Vec<(&'static str, Value)> {
        Vec::new()
    }

    /// Sets one option.
    pub fn set(&mut self, name: &str, value: &Value) -> Result<(), OptionError> {
        let _ = (name, value);
        Ok(())
    }
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
