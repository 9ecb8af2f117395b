//! Columns of strings out of capsules.

use super::c::{Data, ORDERED, Schema, Stream, Structure};
use super::capsule;
use super::texts::{Codes, Index, Layout, Rows, Texts};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use std::ffi::{CStr, c_void};
use std::sync::Arc;

/// A column that was read: its type, and its arrays.
pub struct Source {
    /// How its strings are laid out; `None` where its type is null.
    pub layout: Option<Layout>,
    /// The codes of a dictionary, and whether the values are in order.
    pub codes: Option<(Index, bool)>,
    /// The arrays, one for each chunk.
    pub chunks: Vec<Texts>,
    /// Whether it was one array, not a stream of them.
    pub single: bool,
}

/// Reads the column behind `__arrow_c_array__` or `__arrow_c_stream__`.
pub fn read(x: &Bound<'_, PyAny>) -> PyResult<Source> {
    let (array, stream) = ("__arrow_c_array__", "__arrow_c_stream__");
    if x.hasattr(array)? {
        match x.call_method0(array) {
            Ok(capsules) => return read_array(&capsules),
            // Some objects have both, and the first works where they are of one chunk.
            Err(error) if !x.hasattr(stream)? => return Err(error),
            Err(_) => {}
        }
    }
    read_stream(&x.call_method0(stream)?)
}

fn read_array(capsules: &Bound<'_, PyAny>) -> PyResult<Source> {
    let pair = capsules.cast::<PyTuple>().ok().filter(|pair| pair.len() == 2).ok_or_else(|| {
        bad(&format!("__arrow_c_array__ gave {} instead of two capsules", super::super::errors::type_name(capsules)))
    })?;
    let schema: Schema = capsule::take(&pair.get_item(0)?)?;
    let kind = Kind::read(&schema)?;
    let data: Data = capsule::take(&pair.get_item(1)?)?;
    Ok(Source { chunks: vec![kind.texts(data)?], single: true, ..kind.source() })
}

fn read_stream(capsule: &Bound<'_, PyAny>) -> PyResult<Source> {
    let py = capsule.py();
    let mut stream: Stream = capsule::take(capsule)?;
    let mut schema = Schema::released();
    // SAFETY: the stream is not released, and the callbacks get it and room for what they write. A producer that needs the
    // interpreter takes it itself, as the interface demands, so it is released here: the producer may wait for others.
    let problem = py.detach(|| unsafe {
        let Some(get_schema) = stream.get_schema else { return Some("it has no get_schema".to_owned()) };
        (get_schema(&raw mut stream, &raw mut schema) != 0).then(|| last_error(&mut stream))
    });
    if let Some(problem) = problem {
        return Err(bad(&format!("the stream gives no schema: {problem}")));
    }
    if schema.is_released() {
        return Err(bad("the stream gives an empty schema"));
    }
    let kind = Kind::read(&schema)?;
    let get_next = stream.get_next.ok_or_else(|| bad("the stream has no get_next"))?;
    let mut chunks = Vec::new();
    loop {
        let mut data = Data::released();
        // SAFETY: as above.
        let code = py.detach(|| unsafe { get_next(&raw mut stream, &raw mut data) });
        if code != 0 {
            return Err(bad(&format!("the stream broke off: {}", last_error(&mut stream))));
        }
        if data.is_released() {
            return Ok(Source { chunks, single: false, ..kind.source() });
        }
        chunks.push(kind.texts(data)?);
        py.check_signals()?;
    }
}

/// What a stream says of its last error.
fn last_error(stream: &mut Stream) -> String {
    let unknown = || "its producer does not say why".to_owned();
    let Some(get_last_error) = stream.get_last_error else { return unknown() };
    // SAFETY: the stream is not released; the string, if there is one, ends with NUL and lives until the next call.
    unsafe {
        let message = get_last_error(stream);
        if message.is_null() { unknown() } else { CStr::from_ptr(message).to_string_lossy().into_owned() }
    }
}

fn bad(problem: &str) -> PyErr {
    PyValueError::new_err(format!("the Arrow data cannot be read: {problem}"))
}

/// A type of strings.
#[derive(Clone, Copy)]
struct Kind {
    layout: Option<Layout>,
    codes: Option<(Index, bool)>,
}

impl Kind {
    fn read(schema: &Schema) -> PyResult<Self> {
        let format = format_of(schema)?;
        let Some(values) = schema.dictionary() else {
            let layout = layout(&format)?.ok_or_else(|| not_strings(&format, schema))?;
            return Ok(Self { layout, codes: None });
        };
        let index = index(&format).ok_or_else(|| bad(&format!("dictionary codes of the type '{format}'")))?;
        let format = format_of(values)?;
        match layout(&format)?.flatten().filter(|_| values.dictionary().is_none()) {
            Some(layout) => Ok(Self { layout: Some(layout), codes: Some((index, schema.flags & ORDERED != 0)) }),
            None => Err(not_strings(&format, values)),
        }
    }

    fn source(self) -> Source {
        Source { layout: self.layout, codes: self.codes, chunks: Vec::new(), single: false }
    }

    /// The rows of an array, its structure checked.
    fn texts(self, data: Data) -> PyResult<Texts> {
        let owner = Arc::new(data);
        self.texts_of(&owner, &owner).map_err(|problem| bad(&problem))
    }

    fn texts_of(self, data: &Data, owner: &Arc<Data>) -> Result<Texts, String> {
        let (len, offset) = (count(data.length, "length")?, count(data.offset, "offset")?);
        let end = len.checked_add(offset).ok_or(BEYOND)?;
        let buffers = Buffers::of(data)?;
        let owner = Arc::clone(owner);
        let (Some(layout), codes) = (self.layout, self.codes) else {
            return Ok(Texts { len, valid: None, rows: Rows::Missing, owner });
        };
        let valid = match data.null_count {
            0 => None,
            _ => buffers.bytes(0, end.div_ceil(8))?.map(|bits| (bits, offset)),
        };
        let rows = if let Some((index, _)) = codes {
            buffers.expect(2)?;
            // SAFETY: null, or a structure that lives as long as this one.
            let values = unsafe { data.dictionary.as_ref() }.ok_or("it has no dictionary")?;
            let values = Arc::new(Self { codes: None, ..self }.texts_of(values, &owner)?);
            let codes = Codes { bytes: &buffers.need::<u8>(1, end, index.bytes)?[offset * index.bytes..], index };
            Rows::Coded { codes, values }
        } else {
            match layout {
                Layout::Small => {
                    buffers.expect(3)?;
                    let offsets = buffers.offsets::<4>(len, offset)?;
                    let last = offsets.last().map_or(0, |last| i64::from(i32::from_ne_bytes(*last)));
                    Rows::Small { offsets, data: buffers.need(2, count(last, "last offset")?, 1)? }
                }
                Layout::Large => {
                    buffers.expect(3)?;
                    let offsets = buffers.offsets::<8>(len, offset)?;
                    let last = offsets.last().map_or(0, |last| i64::from_ne_bytes(*last));
                    Rows::Large { offsets, data: buffers.need(2, count(last, "last offset")?, 1)? }
                }
                Layout::View => {
                    let views = &buffers.need::<[u8; 16]>(1, end, 1)?[offset..];
                    Rows::View { views, data: buffers.variadic()? }
                }
            }
        };
        Ok(Texts { len, valid, rows, owner })
    }
}

fn format_of(schema: &Schema) -> PyResult<String> {
    schema.format().map(|format| format.to_string_lossy().into_owned()).ok_or_else(|| bad("its schema has no format"))
}

/// The layout of strings, `Some(None)` for the null type, `None` for all that is no text.
#[allow(clippy::option_option)]
fn layout(format: &str) -> PyResult<Option<Option<Layout>>> {
    Ok(match format {
        "u" => Some(Some(Layout::Small)),
        "U" => Some(Some(Layout::Large)),
        "vu" => Some(Some(Layout::View)),
        "n" => Some(None),
        "z" | "Z" | "vz" => {
            return Err(PyTypeError::new_err(
                "expected a column of strings, not of bytes; decode it first: cast it to a string type",
            ));
        }
        _ => None,
    })
}

fn index(format: &str) -> Option<Index> {
    let (bytes, signed) = match format {
        "c" => (1, true),
        "C" => (1, false),
        "s" => (2, true),
        "S" => (2, false),
        "i" => (4, true),
        "I" => (4, false),
        "l" => (8, true),
        "L" => (8, false),
        _ => return None,
    };
    Some(Index { bytes, signed })
}

/// `TypeError` for a column of something else, or a table.
fn not_strings(format: &str, schema: &Schema) -> PyErr {
    let is_text = |schema: &Schema| {
        let schema = schema.dictionary().unwrap_or(schema);
        schema.format().is_some_and(|format| matches!(format.to_bytes(), b"u" | b"U" | b"vu"))
    };
    if format == "+s" {
        let names: Vec<String> =
            schema.children().filter(|(_, child)| is_text(child)).map(|(name, _)| format!("'{name}'")).collect();
        return super::super::errors::is_table(&names);
    }
    let name = match format.split(':').next().unwrap_or_default() {
        "b" => "bool",
        "c" | "C" | "s" | "S" | "i" | "I" | "l" | "L" => "integers",
        "e" | "f" | "g" => "floats",
        "d" => "decimals",
        "tdD" | "tdm" => "dates",
        "tss" | "tsm" | "tsu" | "tsn" => "timestamps",
        "+l" | "+L" | "+vl" | "+vL" | "+w" => "lists",
        "+r" => "runs (decode it first)",
        _ => return PyTypeError::new_err(format!("expected a column of strings, not of the Arrow type '{format}'")),
    };
    PyTypeError::new_err(format!("expected a column of strings, not of {name}"))
}

fn count(number: i64, what: &str) -> Result<usize, String> {
    usize::try_from(number).map_err(|_| format!("its {what} is {number}"))
}

const BEYOND: &str = "its length is beyond all memory";

/// The buffers of an array.
struct Buffers<'a> {
    pointers: &'a [*const c_void],
}

impl<'a> Buffers<'a> {
    fn of(data: &'a Data) -> Result<Self, String> {
        // A view has a buffer for each stretch of text; more than this is no array.
        const MOST: usize = 1 << 31;
        let buffers = count(data.n_buffers, "number of buffers")?;
        if buffers == 0 {
            return Ok(Self { pointers: &[] });
        }
        if data.buffers.is_null() || !data.buffers.is_aligned() || buffers > MOST {
            return Err("its buffers are nowhere".into());
        }
        // SAFETY: as many pointers as the producer counts; they live as long as the structure.
        Ok(Self { pointers: unsafe { std::slice::from_raw_parts(data.buffers, buffers) } })
    }

    fn expect(&self, buffers: usize) -> Result<(), String> {
        match self.pointers.len() {
            n if n == buffers => Ok(()),
            n => Err(format!("it has {n} buffers instead of {buffers}")),
        }
    }

    /// The buffer at `at`, of `len` times `times` elements that are made of bytes; `None` where its pointer is null.
    fn slice<T: Bytes>(&self, at: usize, len: usize, times: usize) -> Result<Option<&'static [T]>, String> {
        let pointer = *self.pointers.get(at).ok_or("a buffer is missing")?;
        let len = len.checked_mul(times).ok_or(BEYOND)?;
        if pointer.is_null() {
            return Ok(None);
        }
        // No system puts a program's memory into the upper half of the addresses.
        let end = len.checked_mul(size_of::<T>()).and_then(|bytes| bytes.checked_add(pointer.addr()));
        end.and_then(|end| isize::try_from(end).ok()).ok_or(BEYOND)?;
        // SAFETY: the producer says that it has so many elements there, each of which may lie anywhere and be anything. The
        // memory stays until the structure is released, which the `Texts` that gets the slice holds.
        Ok(Some(unsafe { std::slice::from_raw_parts(pointer.cast::<T>(), len) }))
    }

    fn bytes(&self, at: usize, len: usize) -> Result<Option<&'static [u8]>, String> {
        self.slice(at, len, 1)
    }

    /// The same for a buffer that must be there unless it is empty.
    fn need<T: Bytes>(&self, at: usize, len: usize, times: usize) -> Result<&'static [T], String> {
        match self.slice(at, len, times)? {
            Some(slice) => Ok(slice),
            None if len == 0 => Ok(&[]),
            None => Err(format!("its buffer {at} is nowhere")),
        }
    }

    /// Where the rows begin, and where the last ends. An array without rows may come without.
    fn offsets<const N: usize>(&self, len: usize, offset: usize) -> Result<&'static [[u8; N]], String>
    where
        [u8; N]: Bytes,
    {
        if len == 0 {
            return Ok(&[]);
        }
        let end = len.checked_add(offset).and_then(|end| end.checked_add(1)).ok_or(BEYOND)?;
        Ok(&self.need::<[u8; N]>(1, end, 1)?[offset..])
    }

    /// The stretches of text that views point into; their lengths are the last buffer.
    fn variadic(&self) -> Result<Vec<&'static [u8]>, String> {
        let stretches = self.pointers.len().checked_sub(3).ok_or("a buffer is missing")?;
        let lengths = self.need::<[u8; 8]>(self.pointers.len() - 1, stretches, 1)?;
        let stretch = |(at, length): (usize, &[u8; 8])| {
            self.need(at + 2, count(i64::from_ne_bytes(*length), "buffer's length")?, 1)
        };
        lengths.iter().enumerate().map(stretch).collect()
    }
}

/// Types that any bytes are a value of, wherever they lie.
trait Bytes: 'static {}
impl Bytes for u8 {}
impl Bytes for [u8; 4] {}
impl Bytes for [u8; 8] {}
impl Bytes for [u8; 16] {}
