//! Arrays that are made here, to be handed out.

use super::texts::{Index, Layout};
use std::ffi::c_void;
use std::sync::Arc;

/// A type of the results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// Nothing but missing values.
    Null,
    /// Strings.
    Text(Layout),
    /// `int32`.
    Int32,
    /// `date32`: days since 1970.
    Date,
    /// `timestamp[s, UTC]`: seconds since 1970.
    Timestamp,
    /// Lists with offsets of 4 bytes.
    List(Box<Type>),
    /// Named fields.
    Struct(Vec<(&'static str, Type)>),
    /// Strings by codes, and whether they are said to be in order.
    Dictionary(Index, bool, Layout),
}

impl Type {
    /// The format string of the interface.
    pub fn format(&self) -> &'static std::ffi::CStr {
        match self {
            Self::Null => c"n",
            Self::Text(Layout::Small) => c"u",
            Self::Text(Layout::Large) => c"U",
            Self::Text(Layout::View) => c"vu",
            Self::Int32 => c"i",
            Self::Date => c"tdD",
            Self::Timestamp => c"tss:UTC",
            Self::List(_) => c"+l",
            Self::Struct(_) => c"+s",
            Self::Dictionary(index, ..) => match (index.bytes, index.signed) {
                (1, true) => c"c",
                (1, false) => c"C",
                (2, true) => c"s",
                (2, false) => c"S",
                (4, true) => c"i",
                (4, false) => c"I",
                (_, true) => c"l",
                (_, false) => c"L",
            },
        }
    }

    /// The name and type of each child.
    pub fn children(&self) -> Vec<(&'static str, &Type)> {
        match self {
            Self::List(item) => vec![("item", item)],
            Self::Struct(fields) => fields.iter().map(|(name, field)| (*name, field)).collect(),
            _ => Vec::new(),
        }
    }
}

/// Memory of an array: a vector of plain integers.
pub trait Memory: Send + Sync {
    /// Where it begins.
    fn start(&self) -> *const c_void;

    /// How long it is, in bytes.
    fn bytes(&self) -> usize;
}

macro_rules! memory {
    ($($integer:ty),*) => {$(
        impl Memory for Vec<$integer> {
            fn start(&self) -> *const c_void {
                self.as_ptr().cast()
            }

            fn bytes(&self) -> usize {
                size_of_val(self.as_slice())
            }
        }
    )*};
}
memory!(u8, u16, u32, u64, i32, i64, u128);

/// One array with all that it consists of. Its makers in `columns` answer for its being whole.
pub struct Array {
    /// How many rows.
    pub len: usize,
    /// How many of them are missing.
    pub missing: usize,
    /// All buffers but that of validity.
    pub buffers: Vec<Box<dyn Memory>>,
    /// A bit a row that is set where it has a value; `None` where all have.
    pub valid: Option<Vec<u8>>,
    /// Of a list or struct.
    pub children: Vec<Arc<Array>>,
    /// The values that codes stand for.
    pub dictionary: Option<Arc<Array>>,
    /// What it is.
    pub kind: Type,
}

impl Array {
    /// Rows without a value.
    pub fn missing(len: usize) -> Self {
        Self {
            len,
            missing: len,
            buffers: Vec::new(),
            valid: None,
            children: Vec::new(),
            dictionary: None,
            kind: Type::Null,
        }
    }
}
