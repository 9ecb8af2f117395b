//! What the steps work on.

/// A code point, and the units of the original text that it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub c: u32,
    pub from: usize,
    pub to: usize,
}
