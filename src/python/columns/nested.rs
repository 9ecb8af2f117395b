//! The columns of results that are more than one string: spans, cuts, articles.

use super::build::{Bits, Build, Lists, Numbers, Strings, TooLong, record};
use crate::article::{Article, Date, Time};
use crate::python::arrow::{Array, Layout, Type};
use crate::text::Span;

/// Finds code points in a text of UTF-8, in one walk where they are asked for in order.
pub struct Places<'a> {
    text: &'a str,
    byte: usize,
    point: usize,
}

/// Bytes that are counted at once.
const STRIDE: usize = 64;

impl<'a> Places<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, byte: 0, point: 0 }
    }

    /// The part of the text in a span of code points.
    pub fn part(&mut self, span: Span) -> &'a str {
        let start = self.byte_of(span.start);
        let end = self.byte_of(span.end);
        &self.text[start..end]
    }

    /// The byte at which a code point starts, or the end.
    fn byte_of(&mut self, point: usize) -> usize {
        if point < self.point {
            *self = Self::new(self.text);
        }
        let bytes = self.text.as_bytes();
        while let Some(stride) = bytes[self.byte..].first_chunk::<STRIDE>() {
            let points = stride.iter().filter(|&&byte| starts_point(byte)).count();
            if self.point + points > point {
                break;
            }
            (self.byte, self.point) = (self.byte + STRIDE, self.point + points);
        }
        // The stride may have ended within a code point.
        while self.byte < bytes.len() && (self.point < point || !starts_point(bytes[self.byte])) {
            self.point += usize::from(starts_point(bytes[self.byte]));
            self.byte += 1;
        }
        self.byte
    }
}

/// Whether a byte is the first of a code point.
fn starts_point(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

/// An offset as columns have it. A text of more code points is refused before it is worked on.
fn offset(point: usize) -> Option<i32> {
    i32::try_from(point).ok()
}

/// `struct<start: int32, end: int32>`.
pub struct Spans {
    valid: Bits,
    start: Numbers<i32>,
    end: Numbers<i32>,
}

impl Spans {
    pub fn kind() -> Type {
        Type::Struct(vec![("start", Type::Int32), ("end", Type::Int32)])
    }

    pub fn new() -> Self {
        Self { valid: Bits::default(), start: Numbers::new(Type::Int32), end: Numbers::new(Type::Int32) }
    }

    /// Adds a span.
    pub fn push(&mut self, span: Span) {
        self.valid.push(true);
        self.start.push(offset(span.start));
        self.end.push(offset(span.end));
    }
}

impl Build for Spans {
    fn len(&self) -> usize {
        self.start.len()
    }

    fn null(&mut self) {
        self.valid.push(false);
        self.start.null();
        self.end.null();
    }

    fn append(&mut self, other: Self) {
        self.valid.append(&other.valid);
        self.start.append(other.start);
        self.end.append(other.end);
    }

    fn finish(self) -> Result<Array, TooLong> {
        Ok(record(self.valid, Self::kind(), vec![self.start.finish()?, self.end.finish()?]))
    }
}

/// `list<struct<start: int32, end: int32>>`.
pub type SpanLists = Lists<Spans>;

/// Room for lists of spans.
pub fn span_lists() -> SpanLists {
    Lists::new(Spans::new(), Spans::kind())
}

/// Adds the spans of a row.
pub fn push_spans(lists: &mut SpanLists, spans: &[Span]) {
    for &span in spans {
        lists.items.push(span);
    }
    lists.close();
}

/// `list<string>`.
pub type TextLists = Lists<Strings>;

/// Room for lists of strings, of so many bytes altogether.
pub fn text_lists(layout: Layout, bytes: usize) -> TextLists {
    Lists::new(Strings::new(layout, 0, bytes), Type::Text(layout))
}

/// Adds the parts of a text in `spans` as a row.
pub fn push_parts(lists: &mut TextLists, text: &str, spans: &[Span]) {
    let mut places = Places::new(text);
    for &span in spans {
        lists.items.push(places.part(span));
    }
    lists.close();
}

/// `struct<start: int32, end: int32, category: string, rule: string>`.
pub struct Cuts {
    valid: Bits,
    start: Numbers<i32>,
    end: Numbers<i32>,
    category: Strings,
    rule: Strings,
}

impl Cuts {
    pub fn kind(layout: Layout) -> Type {
        let text = Type::Text(layout);
        Type::Struct(vec![("start", Type::Int32), ("end", Type::Int32), ("category", text.clone()), ("rule", text)])
    }

    pub fn new(layout: Layout) -> Self {
        Self {
            valid: Bits::default(),
            start: Numbers::new(Type::Int32),
            end: Numbers::new(Type::Int32),
            category: Strings::new(layout, 0, 0),
            rule: Strings::new(layout, 0, 0),
        }
    }

    pub fn push(&mut self, span: Span, category: &str, rule: &str) {
        self.valid.push(true);
        self.start.push(offset(span.start));
        self.end.push(offset(span.end));
        self.category.push(category);
        self.rule.push(rule);
    }
}

impl Build for Cuts {
    fn len(&self) -> usize {
        self.start.len()
    }

    fn null(&mut self) {
        self.valid.push(false);
        self.start.null();
        self.end.null();
        self.category.null();
        self.rule.null();
    }

    fn append(&mut self, other: Self) {
        self.valid.append(&other.valid);
        self.start.append(other.start);
        self.end.append(other.end);
        self.category.append(other.category);
        self.rule.append(other.rule);
    }

    fn finish(self) -> Result<Array, TooLong> {
        let (category, rule) = (self.category.finish()?, self.rule.finish()?);
        let Type::Text(layout) = category.kind else { return Err(TooLong) };
        let fields = vec![self.start.finish()?, self.end.finish()?, category, rule];
        Ok(record(self.valid, Self::kind(layout), fields))
    }
}

macro_rules! articles {
    ($($field:ident: $build:ty = $make:expr, $kind:expr;)*) => {
        /// A struct of the fields of an article.
        pub struct Articles {
            valid: Bits,
            layout: Layout,
            $(pub $field: $build,)*
        }

        impl Articles {
            /// Its type, with strings of a layout.
            pub fn kind(layout: Layout) -> Type {
                Type::Struct(vec![$((stringify!($field), $kind(layout)),)*])
            }

            /// Room for so many bytes of pages.
            pub fn new(layout: Layout, bytes: usize) -> Self {
                Self { valid: Bits::default(), layout, $($field: $make(layout, bytes),)* }
            }

            /// Ends a row: each field has one more.
            pub fn close(&mut self) {
                self.valid.push(true);
            }
        }

        impl Build for Articles {
            fn len(&self) -> usize {
                self.title.len()
            }

            fn null(&mut self) {
                self.valid.push(false);
                $(self.$field.null();)*
            }

            fn append(&mut self, other: Self) {
                self.valid.append(&other.valid);
                $(self.$field.append(other.$field);)*
            }

            fn finish(self) -> Result<Array, TooLong> {
                Ok(record(self.valid, Self::kind(self.layout), vec![$(self.$field.finish()?,)*]))
            }
        }
    };
}

fn list(item: Type) -> Type {
    Type::List(Box::new(item))
}

articles! {
    title: Strings = |layout, _| Strings::new(layout, 0, 0), Type::Text;
    body: Strings = |layout, bytes| Strings::new(layout, 0, bytes), Type::Text;
    sentences: TextLists = text_lists, |layout| list(Type::Text(layout));
    title_span: Spans = |_, _| Spans::new(), |_| Spans::kind();
    body_spans: SpanLists = |_, _| span_lists(), |_| list(Spans::kind());
    sentence_spans: SpanLists = |_, _| span_lists(), |_| list(Spans::kind());
    place: Strings = |layout, _| Strings::new(layout, 0, 0), Type::Text;
    agency: Strings = |layout, _| Strings::new(layout, 0, 0), Type::Text;
    authors: TextLists = |layout, _| text_lists(layout, 0), |layout| list(Type::Text(layout));
    published: Numbers<i32> = |_, _| Numbers::new(Type::Date), |_| Type::Date;
    published_at: Numbers<i64> = |_, _| Numbers::new(Type::Timestamp), |_| Type::Timestamp;
    published_raw: Strings = |layout, _| Strings::new(layout, 0, 0), Type::Text;
    source: Strings = |layout, _| Strings::new(layout, 0, 0), Type::Text;
    tags: TextLists = |layout, _| text_lists(layout, 0), |layout| list(Type::Text(layout));
    related: TextLists = |layout, _| text_lists(layout, 0), |layout| list(Type::Text(layout));
    boilerplate: Lists<Cuts> = |layout, _| Lists::new(Cuts::new(layout), Cuts::kind(layout)), |layout| list(Cuts::kind(layout));
}

impl Articles {
    /// Adds the fields that are spans or parts of the page, and the dates.
    pub fn push_facts<B>(&mut self, page: &str, article: &Article<B>) {
        let part = |span: Option<Span>| span.map(|span| Places::new(page).part(span));
        match article.title {
            Some(span) => self.title_span.push(span),
            None => self.title_span.null(),
        }
        push_spans(&mut self.body_spans, &article.body_spans);
        push_spans(&mut self.sentence_spans, &article.sentence_spans);
        self.place.push_some(part(article.place));
        self.agency.push_some(part(article.agency));
        push_parts(&mut self.authors, page, &article.authors);
        self.published.push(article.published.map(days));
        self.published_at.push(article.published.zip(article.published_time).map(|(date, time)| seconds(date, time)));
        self.published_raw.push_some(part(article.published_raw));
        self.source.push_some(part(article.source));
        push_parts(&mut self.tags, page, &article.tags);
        push_parts(&mut self.related, page, &article.related);
    }
}

/// Days from 1970-01-01 to a day (the usual arithmetic with years that begin in March).
fn days(Date { year, month, day }: Date) -> i32 {
    let (month, day) = (i32::from(month), i32::from(day));
    let year = i32::from(year) - i32::from(month <= 2);
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Seconds from 1970-01-01 00:00 UTC to a time.
fn seconds(date: Date, Time { hour, minute, second, offset }: Time) -> i64 {
    let minutes = i64::from(hour) * 60 + i64::from(minute) - i64::from(offset);
    i64::from(days(date)) * 86_400 + minutes * 60 + i64::from(second)
}
