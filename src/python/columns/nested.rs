//! The columns of results that are more than one string: spans, cuts, articles.

use super::build::{Bits, Build, Lists, Numbers, Strings, TooLong, record};
use crate::article::{Article, Date, Time};
use crate::python::arrow::{Array, Layout, Type};
use crate::python::article::Wanted;
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
        /// A struct of those fields of an article that are wanted.
        pub struct Articles {
            valid: Bits,
            rows: usize,
            kind: Type,
            $(pub $field: Option<$build>,)*
        }

        impl Articles {
            /// Its type, with strings of a layout.
            pub fn kind(layout: Layout, wanted: Wanted) -> Type {
                let mut fields = Vec::new();
                $(if wanted.has(stringify!($field)) {
                    fields.push((stringify!($field), $kind(layout)));
                })*
                Type::Struct(fields)
            }

            /// Room for so many bytes of pages.
            pub fn new(layout: Layout, bytes: usize, wanted: Wanted) -> Self {
                Self {
                    valid: Bits::default(),
                    rows: 0,
                    kind: Self::kind(layout, wanted),
                    $($field: wanted.has(stringify!($field)).then(|| $make(layout, bytes)),)*
                }
            }

            /// Ends a row: each field has one more.
            pub fn close(&mut self) {
                self.valid.push(true);
                self.rows += 1;
            }
        }

        impl Build for Articles {
            fn len(&self) -> usize {
                self.rows
            }

            fn null(&mut self) {
                self.valid.push(false);
                self.rows += 1;
                $(if let Some(column) = &mut self.$field {
                    column.null();
                })*
            }

            fn append(&mut self, other: Self) {
                self.valid.append(&other.valid);
                self.rows += other.rows;
                $(if let (Some(column), Some(more)) = (&mut self.$field, other.$field) {
                    column.append(more);
                })*
            }

            fn finish(self) -> Result<Array, TooLong> {
                let mut fields = Vec::new();
                $(if let Some(column) = self.$field {
                    fields.push(column.finish()?);
                })*
                Ok(record(self.valid, self.kind, fields))
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
        if let Some(spans) = &mut self.title_span {
            match article.title {
                Some(span) => spans.push(span),
                None => spans.null(),
            }
        }
        for (column, spans) in
            [(&mut self.body_spans, &article.body_spans), (&mut self.sentence_spans, &article.sentence_spans)]
        {
            if let Some(column) = column {
                push_spans(column, spans);
            }
        }
        for (column, span) in [
            (&mut self.place, article.place),
            (&mut self.agency, article.agency),
            (&mut self.published_raw, article.published_raw),
            (&mut self.source, article.source),
        ] {
            if let Some(column) = column {
                column.push_some(span.map(|span| Places::new(page).part(span)));
            }
        }
        for (column, spans) in [
            (&mut self.authors, &article.authors),
            (&mut self.tags, &article.tags),
            (&mut self.related, &article.related),
        ] {
            if let Some(column) = column {
                push_parts(column, page, spans);
            }
        }
        if let Some(dates) = &mut self.published {
            dates.push(article.published.map(days));
        }
        if let Some(times) = &mut self.published_at {
            times.push(article.published.zip(article.published_time).map(|(date, time)| seconds(date, time)));
        }
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
