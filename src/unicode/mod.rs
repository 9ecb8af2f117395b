//! What a code point is: the questions that the rooms ask of the generated tables.

/// The version of the Unicode Character Database that the tables come from.
pub const VERSION: &str = "18.0.0";
