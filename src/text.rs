//! One view over a text, however it is stored, and spans in it.
//!
//! A Python `str` is an array of 1-, 2- or 4-byte units, one a code point; Arrow and Rust hold UTF-8. Every room is
//! generic over [`Text`], so that there is one algorithm and no copy of it for each width. Offsets are counted in
//! *units* of the view: code points for [`Units`], bytes for `&str`. Surrogates are code points like any other in
//! [`Units`] and cannot occur in `&str`.

use std::fmt::Debug;

/// A half-open range `[start, end)` of units in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First unit.
    pub start: usize,
    /// The unit behind the last.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to `end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Its length in units.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether nothing is in it.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Whether `other` lies within it.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// A borrowed text: cheap to copy, read by code point, sliced by unit.
///
/// Every offset handed in must be a code-point boundary of this text (any offset is one in [`Units`]).
pub trait Text: Copy + Send + Sync {
    /// An owned text of the same storage.
    type Buf: Buffer;

    /// Its length in units.
    fn len(self) -> usize;

    /// Whether it has no unit.
    fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The code point that starts at `at`, and the offset behind it. `at` must be less than `len()`.
    fn decode(self, at: usize) -> (u32, usize);

    /// The code point that ends at `at`, and the offset of its start. `at` must be more than 0.
    fn decode_before(self, at: usize) -> (u32, usize);

    /// The part of the text in `span`, its offsets counted anew from 0.
    #[must_use]
    fn slice(self, span: Span) -> Self;

    /// Appends the text to `out`.
    fn append_to(self, out: &mut Self::Buf);

    /// The place `n` code points behind `at`, or the end of the text.
    fn ahead(self, at: usize, n: usize) -> usize {
        at.saturating_add(n).min(self.len())
    }

    /// The place `n` code points before `at`, or the start of the text.
    fn back(self, at: usize, n: usize) -> usize {
        at.saturating_sub(n)
    }

    /// The code point that starts at `at`, or `None` at the end.
    fn char_at(self, at: usize) -> Option<u32> {
        (at < self.len()).then(|| self.decode(at).0)
    }

    /// The code point that ends at `at`, or `None` at the start.
    fn char_before(self, at: usize) -> Option<u32> {
        (at > 0).then(|| self.decode_before(at).0)
    }

    /// Its code points in order, each with its offset.
    fn chars(self) -> Chars<Self> {
        Chars { text: self, at: 0 }
    }

    /// Its units as they lie in memory, for the kernels of [`crate::scan`].
    fn storage(&self) -> Storage<'_>;

    /// The whole of it.
    fn span(self) -> Span {
        Span::new(0, self.len())
    }
}

/// The units of a text as they lie in memory.
#[derive(Clone, Copy, Debug)]
pub enum Storage<'a> {
    /// One byte a code point.
    Latin1(&'a [u8]),
    /// Two bytes a code point, surrogates included.
    Ucs2(&'a [u16]),
    /// Four bytes a code point.
    Ucs4(&'a [u32]),
    /// The bytes of a `&str`.
    Utf8(&'a [u8]),
}

/// The iterator of [`Text::chars`].
#[derive(Clone, Debug)]
pub struct Chars<T> {
    text: T,
    at: usize,
}

impl<T: Text> Iterator for Chars<T> {
    type Item = (usize, u32);

    #[inline]
    fn next(&mut self) -> Option<(usize, u32)> {
        let at = self.at;
        if at >= self.text.len() {
            return None;
        }
        let (c, next) = self.text.decode(at);
        self.at = next;
        Some((at, c))
    }
}

/// An owned text that can be written code point by code point and read as a [`Text`].
pub trait Buffer: Default + Send + Sync + Clone + Debug + PartialEq + 'static {
    /// The view of it.
    type View<'a>: Text<Buf = Self>
    where
        Self: 'a;

    /// An empty one with room for so many units.
    fn with_capacity(units: usize) -> Self;

    /// Appends one code point. One that the storage cannot hold is a programming error.
    fn push(&mut self, c: u32);

    /// Reads it.
    fn view(&self) -> Self::View<'_>;
}

/// A unit of storage that holds one code point: Latin-1, UCS-2 or UCS-4.
pub trait Unit: Copy + Default + Send + Sync + Eq + Debug + 'static {
    /// The largest code point it holds.
    const MAX: u32;
    /// Its code point.
    fn get(self) -> u32;
    /// The unit of a code point, which must be at most [`Unit::MAX`].
    fn put(c: u32) -> Self;
    /// A slice of such units as a text's storage.
    fn storage(units: &[Self]) -> Storage<'_>;
}

macro_rules! unit {
    ($($t:ty, $max:expr, $storage:ident;)*) => {$(
        impl Unit for $t {
            const MAX: u32 = $max;
            #[inline(always)]
            fn get(self) -> u32 {
                u32::from(self)
            }
            #[inline(always)]
            fn put(c: u32) -> Self {
                debug_assert!(c <= <Self as Unit>::MAX);
                c as Self
            }
            #[inline(always)]
            fn storage(units: &[Self]) -> Storage<'_> {
                Storage::$storage(units)
            }
        }
    )*};
}
unit! {
    u8, 0xFF, Latin1;
    u16, 0xFFFF, Ucs2;
    u32, 0x0010_FFFF, Ucs4;
}

/// A text of code-point units with the width of a unit remembered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnitBuf {
    /// 1-byte units.
    Latin1(Vec<u8>),
    /// 2-byte units.
    Ucs2(Vec<u16>),
    /// 4-byte units.
    Ucs4(Vec<u32>),
}

/// A text of one unit a code point, as Python stores it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Units<'a, U>(pub &'a [U]);

impl<U: Unit> Text for Units<'_, U> {
    type Buf = Vec<U>;

    #[inline(always)]
    fn len(self) -> usize {
        self.0.len()
    }

    #[inline(always)]
    fn decode(self, at: usize) -> (u32, usize) {
        (self.0[at].get(), at + 1)
    }

    #[inline(always)]
    fn decode_before(self, at: usize) -> (u32, usize) {
        (self.0[at - 1].get(), at - 1)
    }

    #[inline(always)]
    fn slice(self, span: Span) -> Self {
        Self(&self.0[span.start..span.end])
    }

    #[inline(always)]
    fn storage(&self) -> Storage<'_> {
        U::storage(self.0)
    }

    fn append_to(self, out: &mut Vec<U>) {
        out.extend_from_slice(self.0);
    }
}

impl<U: Unit> Buffer for Vec<U> {
    type View<'a> = Units<'a, U>;

    fn with_capacity(units: usize) -> Self {
        Vec::with_capacity(units)
    }

    #[inline(always)]
    fn push(&mut self, c: u32) {
        Vec::push(self, U::put(c));
    }

    fn view(&self) -> Units<'_, U> {
        Units(self)
    }
}

impl Text for &str {
    type Buf = String;

    #[inline(always)]
    fn len(self) -> usize {
        str::len(self)
    }

    #[inline(always)]
    fn decode(self, at: usize) -> (u32, usize) {
        // A `str` is valid UTF-8: the first byte says how many follow, and they do. Most are Arabic, and so of two.
        let bytes = self.as_bytes();
        let first = u32::from(bytes[at]);
        match first {
            0..0x80 => (first, at + 1),
            0x80..0xE0 => ((first & 0x1F) << 6 | u32::from(bytes[at + 1] & 0x3F), at + 2),
            _ => decode_long(bytes, at),
        }
    }

    #[inline(always)]
    fn decode_before(self, at: usize) -> (u32, usize) {
        let bytes = self.as_bytes();
        let last = u32::from(bytes[at - 1]);
        if last < 0x80 {
            return (last, at - 1);
        }
        let first = u32::from(bytes[at - 2]);
        if first >= 0xC0 {
            return ((first & 0x1F) << 6 | last & 0x3F, at - 2);
        }
        let start = if bytes[at - 3] >= 0xC0 { at - 3 } else { at - 4 };
        (decode_long(bytes, start).0, start)
    }

    fn ahead(self, mut at: usize, mut n: usize) -> usize {
        let bytes = self.as_bytes();
        while let Some(starts) = bytes.get(at..).and_then(<[u8]>::first_chunk).map(starts)
            && starts <= n
        {
            // Where this block ends inside a code point, its rest holds no start.
            (at, n) = (at + BLOCK, n - starts);
        }
        while at < bytes.len() && (n > 0 || !self.is_char_boundary(at)) {
            n -= usize::from(self.is_char_boundary(at));
            at += 1;
        }
        at
    }

    fn back(self, mut at: usize, mut n: usize) -> usize {
        let bytes = self.as_bytes();
        while let Some(starts) = bytes[..at].last_chunk().map(starts)
            && starts < n
        {
            (at, n) = (at - BLOCK, n - starts);
        }
        while at > 0 && n > 0 {
            at -= 1;
            n -= usize::from(self.is_char_boundary(at));
        }
        at
    }

    #[inline(always)]
    fn slice(self, span: Span) -> Self {
        &self[span.start..span.end]
    }

    #[inline(always)]
    fn storage(&self) -> Storage<'_> {
        Storage::Utf8(self.as_bytes())
    }

    fn append_to(self, out: &mut String) {
        out.push_str(self);
    }
}

/// The code point of three or four bytes at `at`, and the offset behind it.
#[inline(never)]
fn decode_long(bytes: &[u8], at: usize) -> (u32, usize) {
    let next = |i: usize| u32::from(bytes[at + i] & 0x3F);
    match u32::from(bytes[at]) {
        first @ 0..0xF0 => ((first & 0x0F) << 12 | next(1) << 6 | next(2), at + 3),
        first => ((first & 0x07) << 18 | next(1) << 12 | next(2) << 6 | next(3), at + 4),
    }
}

/// Bytes of UTF-8 that are counted together.
const BLOCK: usize = 32;

/// How many code points of UTF-8 start in a block.
fn starts(block: &[u8; BLOCK]) -> usize {
    // The bytes that follow a first one are the lowest of the signed.
    usize::from(block.iter().fold(0_u8, |starts, &b| starts + u8::from(b.cast_signed() >= -0x40)))
}

impl Buffer for String {
    type View<'a> = &'a str;

    fn with_capacity(units: usize) -> Self {
        String::with_capacity(units)
    }

    fn push(&mut self, c: u32) {
        String::push(self, char::from_u32(c).unwrap_or(char::REPLACEMENT_CHARACTER));
    }

    fn view(&self) -> &str {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points<T: Text>(text: T) -> Vec<u32> {
        text.chars().map(|(_, c)| c).collect()
    }

    #[test]
    fn every_storage_reads_the_same_code_points() {
        let s = "خبر 1 é";
        let wide: Vec<u32> = s.chars().map(u32::from).collect();
        let narrow: Vec<u16> = wide.iter().map(|&c| u16::put(c)).collect();
        assert_eq!(points(s), wide);
        assert_eq!(points(Units(&wide[..])), wide);
        assert_eq!(points(Units(&narrow[..])), wide);
    }

    #[test]
    fn steps_count_code_points_in_every_storage() {
        let s = "خبر عاجل: a😀é وصل الوفد إلى المدينة 12 مساء.";
        let places: Vec<usize> = s.char_indices().map(|(at, _)| at).chain([s.len()]).collect();
        let wide: Vec<u32> = s.chars().map(u32::from).collect();
        for (i, &from) in places.iter().enumerate() {
            for n in 0..places.len() + 2 {
                assert_eq!(s.ahead(from, n), places[Units(&wide[..]).ahead(i, n)], "{n} behind {from}");
                assert_eq!(s.back(from, n), places[Units(&wide[..]).back(i, n)], "{n} before {from}");
            }
        }
    }

    #[test]
    fn decoding_backwards_undoes_decoding_forwards() {
        let s = "aب…😀";
        let mut at = 0;
        while at < s.len() {
            let (c, next) = s.decode(at);
            assert_eq!(s.decode_before(next), (c, at));
            at = next;
        }
    }

    #[test]
    fn a_buffer_gives_back_what_was_written() {
        let mut buf = String::new();
        Buffer::push(&mut buf, 0x627);
        "ب".append_to(&mut buf);
        assert_eq!(buf.view(), "اب");
    }
}
