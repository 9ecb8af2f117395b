//! A column of strings as another library holds it, read in place and checked before anything is read as text.

use super::c::Data;
use crate::scan::utf8;
use std::sync::Arc;

/// How the strings of a column are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Layout {
    /// `string`: offsets of 4 bytes.
    Small,
    /// `large_string`: offsets of 8 bytes.
    Large,
    /// `string_view`.
    View,
}

/// The integers that a dictionary's codes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Index {
    /// 1, 2, 4 or 8.
    pub bytes: usize,
    /// Whether they have a sign.
    pub signed: bool,
}

impl Index {
    /// The largest code.
    pub fn max(self) -> u64 {
        u64::MAX >> (64 - 8 * self.bytes + usize::from(self.signed))
    }
}

/// The rows of one array. Memory is borrowed from `owner`, which is released with the last user.
#[derive(Clone)]
pub struct Texts {
    pub(super) len: usize,
    /// A bit a row, from bit `offset` on; all rows are valid where there is none.
    pub(super) valid: Option<(&'static [u8], usize)>,
    pub(super) rows: Rows,
    /// What keeps the memory.
    #[allow(dead_code)] // held, never asked
    pub(super) owner: Arc<Data>,
}

/// Memory may lie on any byte, so integers are read from their bytes.
#[derive(Clone)]
pub(super) enum Rows {
    Missing,
    Small { offsets: &'static [[u8; 4]], data: &'static [u8] },
    Large { offsets: &'static [[u8; 8]], data: &'static [u8] },
    View { views: &'static [[u8; 16]], data: Vec<&'static [u8]> },
    Coded { codes: Codes, values: Arc<Texts> },
}

#[derive(Clone, Copy)]
pub(super) struct Codes {
    pub bytes: &'static [u8],
    pub index: Index,
}

/// Why a row cannot be read: its place in the array, and what is wrong.
#[derive(Debug, PartialEq, Eq)]
pub struct BadRow {
    /// Counted from the start of the array.
    pub row: usize,
    /// The rest of a sentence that begins with "row N".
    pub problem: &'static str,
}

const OUTSIDE: &str = "lies outside the array's data";
const NOT_UTF8: &str = "is not valid UTF-8";
const NO_VALUE: &str = "points to no value of the dictionary";

impl Texts {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether its type is null, which has no values.
    pub fn is_null(&self) -> bool {
        matches!(self.rows, Rows::Missing)
    }

    /// About how many bytes of text the rows have; a row that is not valid counts too.
    pub fn bytes(&self, rows: std::ops::Range<usize>) -> usize {
        match &self.rows {
            Rows::Small { data, .. } | Rows::Large { data, .. } => {
                self.start(rows.end).min(data.len()).saturating_sub(self.start(rows.start))
            }
            Rows::Missing => 0,
            _ => rows.map(|row| self.raw(row).map_or(0, <[u8]>::len)).sum(),
        }
    }

    /// The codes and values of a dictionary.
    pub fn dictionary(&self) -> Option<&Texts> {
        match &self.rows {
            Rows::Coded { values, .. } => Some(values),
            _ => None,
        }
    }

    /// Whether the row has a value.
    pub fn is_valid(&self, row: usize) -> bool {
        let bit = |(bits, offset): (&[u8], usize)| bits[(offset + row) / 8] >> ((offset + row) % 8) & 1 == 1;
        !matches!(self.rows, Rows::Missing) && self.valid.is_none_or(bit)
    }

    /// The place in the dictionary that a valid row points to.
    pub fn code(&self, row: usize) -> Result<usize, BadRow> {
        let Rows::Coded { codes, values } = &self.rows else { return Ok(row) };
        codes.get(row).filter(|&code| code < values.len).ok_or(BadRow { row, problem: NO_VALUE })
    }

    /// Where the bytes of a row start; offsets that are no places count as the far end.
    fn start(&self, row: usize) -> usize {
        match &self.rows {
            Rows::Small { offsets, .. } => offsets.get(row).map(|&at| i64::from(i32::from_ne_bytes(at))),
            Rows::Large { offsets, .. } => offsets.get(row).map(|&at| i64::from_ne_bytes(at)),
            _ => None,
        }
        .and_then(|at| usize::try_from(at).ok())
        .unwrap_or(usize::MAX)
    }

    /// The bytes of a row, valid or not, where the array has such.
    fn raw(&self, row: usize) -> Option<&[u8]> {
        match &self.rows {
            Rows::Missing => None,
            Rows::Small { data, .. } | Rows::Large { data, .. } => data.get(self.start(row)..self.start(row + 1)),
            Rows::View { views, data } => view(&views[row], data),
            Rows::Coded { codes, values } => values.raw(codes.get(row).filter(|&code| code < values.len)?),
        }
    }

    /// Some rows, all of whose text is checked at once where it lies in one piece.
    pub fn block(&self, rows: std::ops::Range<usize>) -> Block<'_> {
        let whole = match &self.rows {
            Rows::Small { data, .. } | Rows::Large { data, .. } => {
                let base = self.start(rows.start);
                let bytes = data.get(base..self.start(rows.end));
                bytes.and_then(utf8::checked).map(|text| (text, base))
            }
            _ => None,
        };
        Block { texts: self, whole }
    }

    /// The text of a row, or `None` where it has none.
    pub fn get(&self, row: usize) -> Result<Option<&str>, BadRow> {
        if !self.is_valid(row) {
            return Ok(None);
        }
        if let Rows::Coded { values, .. } = &self.rows {
            return values.get(self.code(row)?).map_err(|bad| BadRow { row, ..bad });
        }
        let bytes = self.raw(row).ok_or(BadRow { row, problem: OUTSIDE })?;
        utf8::checked(bytes).map(Some).ok_or(BadRow { row, problem: NOT_UTF8 })
    }
}

/// Rows of a [`Texts`] that are read one after another.
pub struct Block<'a> {
    texts: &'a Texts,
    /// All text of the rows, where it is valid, and the offset of its start.
    whole: Option<(&'a str, usize)>,
}

impl<'a> Block<'a> {
    /// The text of a row, or `None` where it has none.
    pub fn get(&self, row: usize) -> Result<Option<&'a str>, BadRow> {
        let Some((text, base)) = self.whole else { return self.texts.get(row) };
        if !self.texts.is_valid(row) {
            return Ok(None);
        }
        let (start, end) = (self.texts.start(row).wrapping_sub(base), self.texts.start(row + 1).wrapping_sub(base));
        match text.get(start..end) {
            Some(text) => Ok(Some(text)),
            None if start <= end && end <= text.len() => Err(BadRow { row, problem: NOT_UTF8 }),
            None => Err(BadRow { row, problem: OUTSIDE }),
        }
    }
}

impl Codes {
    /// The code of a row, unless it is below zero.
    fn get(self, row: usize) -> Option<usize> {
        let Index { bytes, signed } = self.index;
        let code = &self.bytes[row * bytes..(row + 1) * bytes];
        let mut wide = [0; 8];
        if cfg!(target_endian = "little") {
            wide[..bytes].copy_from_slice(code);
        } else {
            wide[8 - bytes..].copy_from_slice(code);
        }
        let code = u64::from_ne_bytes(wide);
        let below_zero = signed && code >> (8 * bytes - 1) == 1;
        usize::try_from(code).ok().filter(|_| !below_zero)
    }
}

/// The bytes of a view: in it, or where it says.
fn view<'a>(view: &'a [u8; 16], data: &[&'a [u8]]) -> Option<&'a [u8]> {
    const INLINE: usize = 12;
    let word = |at: usize| i32::from_ne_bytes([view[at], view[at + 1], view[at + 2], view[at + 3]]);
    let len = usize::try_from(word(0)).ok()?;
    if len <= INLINE {
        return Some(&view[4..4 + len]);
    }
    let buffer = data.get(usize::try_from(word(8)).ok()?)?;
    let start = usize::try_from(word(12)).ok()?;
    buffer.get(start..start.checked_add(len)?)
}
