//! Columns under construction: written row by row, joined, and finished as arrays.

use crate::python::arrow::{Array, Layout, Type, with_room};
use std::sync::Arc;

/// A column that grows.
pub trait Build: Send {
    /// How many rows it has.
    fn len(&self) -> usize;

    /// Adds a row without a value.
    fn null(&mut self);

    /// Adds the rows of another.
    fn append(&mut self, other: Self);

    /// The whole.
    fn finish(self) -> Result<Array, TooLong>;

    /// The column as one of strings; none where it is of something else.
    fn into_strings(self) -> Strings
    where
        Self: Sized,
    {
        Strings::new(Layout::Small, 0, 0)
    }
}

/// More text, items or code points in one array than its offsets can count.
#[derive(Debug)]
pub struct TooLong;

/// Which rows have a value. Nothing is kept as long as all have.
#[derive(Default)]
pub struct Bits {
    bytes: Vec<u8>,
    len: usize,
    missing: usize,
}

impl Bits {
    pub fn push(&mut self, valid: bool) {
        if !valid && self.missing == 0 {
            self.bytes = vec![u8::MAX; self.len.div_ceil(8)];
        }
        self.missing += usize::from(!valid);
        if self.missing > 0 {
            if self.len.is_multiple_of(8) {
                self.bytes.push(0);
            }
            let bit = 1 << (self.len % 8);
            let byte = &mut self.bytes[self.len / 8];
            *byte = if valid { *byte | bit } else { *byte & !bit };
        }
        self.len += 1;
    }

    /// Adds the bits of another; see [`Build::append`].
    pub fn append(&mut self, other: &Self) {
        if self.missing == 0 && other.missing == 0 {
            self.len += other.len;
            return;
        }
        for at in 0..other.len {
            self.push(other.get(at));
        }
    }

    fn get(&self, at: usize) -> bool {
        self.missing == 0 || self.bytes[at / 8] >> (at % 8) & 1 == 1
    }

    fn array(self, kind: Type) -> Array {
        let valid = (self.missing > 0).then_some(self.bytes);
        let (buffers, children) = (Vec::new(), Vec::new());
        Array { len: self.len, missing: self.missing, buffers, valid, children, dictionary: None, kind }
    }
}

/// Strings in one of the three layouts.
pub struct Strings {
    valid: Bits,
    places: Places,
    /// The text that is being written; of views, behind that of `full`.
    data: Vec<u8>,
    /// Text of views that no offset could go beyond.
    full: Vec<Vec<u8>>,
    too_long: bool,
}

/// Where the strings stand.
enum Places {
    Small(Vec<i32>),
    Large(Vec<i64>),
    View(Vec<u128>),
}

/// The longest string that is written into its view.
const INLINE: usize = 12;

/// The furthest that an offset of 4 bytes goes.
const FURTHEST: usize = i32::MAX as usize;

impl Strings {
    /// With room for so many rows and bytes.
    pub fn new(layout: Layout, rows: usize, bytes: usize) -> Self {
        let mut strings = Self {
            valid: Bits::default(),
            places: match layout {
                Layout::Small => Places::Small(with_room(rows.saturating_add(1))),
                Layout::Large => Places::Large(with_room(rows.saturating_add(1))),
                Layout::View => Places::View(with_room(rows)),
            },
            data: with_room(bytes),
            full: Vec::new(),
            too_long: false,
        };
        match &mut strings.places {
            Places::Small(ends) => ends.push(0),
            Places::Large(ends) => ends.push(0),
            Places::View(_) => {}
        }
        strings
    }

    /// The bytes of a row of the layout `Large`, if it has a value.
    pub fn get(&self, row: usize) -> Option<&[u8]> {
        let Places::Large(ends) = &self.places else { return None };
        let start = usize::try_from(ends[row]).ok()?;
        let end = usize::try_from(ends[row + 1]).ok()?;
        self.valid.get(row).then(|| &self.data[start..end])
    }

    /// Adds a string.
    pub fn push(&mut self, text: &str) {
        self.write(text.len(), |data| data.extend_from_slice(text.as_bytes()));
    }

    /// Adds a string, or a row without one.
    pub fn push_some(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.push(text),
            None => self.null(),
        }
    }

    /// Adds the string that `write` appends, of about `bytes` bytes.
    pub fn write(&mut self, bytes: usize, write: impl FnOnce(&mut Vec<u8>)) {
        if matches!(self.places, Places::View(_)) && self.data.len() + bytes > FURTHEST && !self.data.is_empty() {
            self.full.push(std::mem::take(&mut self.data));
        }
        let start = self.data.len();
        write(&mut self.data);
        self.valid.push(true);
        self.end(start);
    }

    fn end(&mut self, start: usize) {
        let end = self.data.len();
        match &mut self.places {
            Places::Small(ends) => {
                self.too_long |= end > FURTHEST;
                ends.push(end as i32);
            }
            Places::Large(ends) => ends.push(end as i64),
            Places::View(views) => {
                self.too_long |= end > FURTHEST;
                let text = &self.data[start..];
                views.push(view(text, self.full.len(), start));
                if text.len() <= INLINE {
                    self.data.truncate(start);
                }
            }
        }
    }
}

/// A string as a view: its length, and itself or its beginning and its place.
fn view(text: &[u8], buffer: usize, start: usize) -> u128 {
    let mut view = [0; 16];
    view[..4].copy_from_slice(&(text.len() as u32).to_ne_bytes());
    if text.len() <= INLINE {
        view[4..4 + text.len()].copy_from_slice(text);
    } else {
        view[4..8].copy_from_slice(&text[..4]);
        view[8..12].copy_from_slice(&(buffer as u32).to_ne_bytes());
        view[12..].copy_from_slice(&(start as u32).to_ne_bytes());
    }
    u128::from_ne_bytes(view)
}

/// The view of the same text in another place.
fn moved(view: u128, buffer: usize, start: usize) -> u128 {
    let mut bytes = view.to_ne_bytes();
    let word = |at: usize| u32::from_ne_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
    if word(0) as usize <= INLINE {
        return view;
    }
    let (buffer, start) = (word(8) + buffer as u32, word(12) + start as u32);
    bytes[8..12].copy_from_slice(&buffer.to_ne_bytes());
    bytes[12..].copy_from_slice(&start.to_ne_bytes());
    u128::from_ne_bytes(bytes)
}

impl Build for Strings {
    fn len(&self) -> usize {
        self.valid.len
    }

    fn null(&mut self) {
        self.valid.push(false);
        self.end(self.data.len());
    }

    fn append(&mut self, mut other: Self) {
        self.valid.append(&other.valid);
        self.too_long |= other.too_long;
        let mut base = self.data.len();
        match (&mut self.places, other.places) {
            (Places::Small(ends), Places::Small(more)) => {
                self.too_long |= base + other.data.len() > FURTHEST;
                ends.extend(more[1..].iter().map(|end| end.wrapping_add(base as i32)));
            }
            (Places::Large(ends), Places::Large(more)) => ends.extend(more[1..].iter().map(|end| end + base as i64)),
            (Places::View(views), Places::View(more)) => {
                if base + other.data.len() > FURTHEST || !other.full.is_empty() {
                    self.full.push(std::mem::take(&mut self.data));
                    base = 0;
                }
                let first = self.full.len();
                self.full.append(&mut other.full);
                views.extend(more.iter().map(|&view| moved(view, first, base)));
            }
            _ => unreachable!("parts of one column have one layout"),
        }
        self.data.extend_from_slice(&other.data);
    }

    fn into_strings(self) -> Strings {
        self
    }

    fn finish(self) -> Result<Array, TooLong> {
        if self.too_long {
            return Err(TooLong);
        }
        Ok(match self.places {
            Places::Small(ends) => Array {
                buffers: vec![Box::new(ends), Box::new(self.data)],
                ..self.valid.array(Type::Text(Layout::Small))
            },
            Places::Large(ends) => Array {
                buffers: vec![Box::new(ends), Box::new(self.data)],
                ..self.valid.array(Type::Text(Layout::Large))
            },
            Places::View(views) => {
                let mut array = self.valid.array(Type::Text(Layout::View));
                array.buffers.push(Box::new(views));
                for data in self.full.into_iter().chain([self.data]) {
                    array.buffers.push(Box::new(data));
                }
                array
            }
        })
    }
}

/// Lists of what another column holds.
pub struct Lists<B> {
    valid: Bits,
    ends: Vec<i32>,
    /// The items of all lists, one after another.
    pub items: B,
    kind: Type,
}

impl<B: Build> Lists<B> {
    /// Lists of items of a type.
    pub fn new(items: B, item: Type) -> Self {
        Self { valid: Bits::default(), ends: vec![0], items, kind: Type::List(Box::new(item)) }
    }

    /// Ends a list: its items are those added since the last end.
    pub fn close(&mut self) {
        self.end(true);
    }

    fn end(&mut self, valid: bool) {
        self.valid.push(valid);
        self.ends.push(i32::try_from(self.items.len()).unwrap_or(i32::MAX));
    }
}

impl<B: Build> Build for Lists<B> {
    fn len(&self) -> usize {
        self.valid.len
    }

    fn null(&mut self) {
        self.end(false);
    }

    fn append(&mut self, other: Self) {
        let base = self.items.len() as i32;
        self.valid.append(&other.valid);
        self.ends.extend(other.ends[1..].iter().map(|end| end.saturating_add(base)));
        self.items.append(other.items);
    }

    fn finish(self) -> Result<Array, TooLong> {
        if self.items.len() > FURTHEST {
            return Err(TooLong);
        }
        let children = vec![Arc::new(self.items.finish()?)];
        Ok(Array { buffers: vec![Box::new(self.ends)], children, ..self.valid.array(self.kind) })
    }
}

/// Numbers of one type.
pub struct Numbers<N> {
    valid: Bits,
    values: Vec<N>,
    kind: Type,
}

impl<N: Default> Numbers<N> {
    /// Numbers that stand for values of `kind`.
    pub fn new(kind: Type) -> Self {
        Self { valid: Bits::default(), values: Vec::new(), kind }
    }

    /// Adds a number, or a row without one.
    pub fn push(&mut self, value: Option<N>) {
        self.valid.push(value.is_some());
        self.values.push(value.unwrap_or_default());
    }
}

impl<N: Default + Send> Build for Numbers<N>
where
    Vec<N>: crate::python::arrow::Memory + 'static,
{
    fn len(&self) -> usize {
        self.values.len()
    }

    fn null(&mut self) {
        self.push(None);
    }

    fn append(&mut self, mut other: Self) {
        self.valid.append(&other.valid);
        self.values.append(&mut other.values);
    }

    fn finish(self) -> Result<Array, TooLong> {
        Ok(Array { buffers: vec![Box::new(self.values)], ..self.valid.array(self.kind) })
    }
}

/// The array of a struct whose fields are these.
pub fn record(valid: Bits, kind: Type, fields: Vec<Array>) -> Array {
    Array { children: fields.into_iter().map(Arc::new).collect(), ..valid.array(kind) }
}
