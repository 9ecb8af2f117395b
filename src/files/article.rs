//! The fields of an article as JSON, under the names and in the forms of `Article.to_dict()`.

use super::json;
use crate::article::{self, Date, Time};
use crate::boilerplate::{Cut, Hints};
use crate::normalize::Plan;
use crate::text::Span;
use std::borrow::Cow;

macro_rules! fields {
    ($($variant:ident $name:literal $usual:literal)+) => {
        /// A field that `extract` can add to a record.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs)] // the fields of `Article`
        pub enum Field { $($variant),+ }

        impl Field {
            /// Every field, its name, and whether it is added where nobody says which.
            pub const ALL: &'static [(Self, &'static str, bool)] = &[$((Self::$variant, $name, $usual)),+];
        }
    };
}

fields! {
    Title "title" true
    Body "body" true
    Sentences "sentences" false
    TitleSpan "title_span" false
    BodySpans "body_spans" false
    SentenceSpans "sentence_spans" false
    Place "place" true
    Agency "agency" true
    Authors "authors" true
    Published "published" true
    PublishedAt "published_at" true
    PublishedRaw "published_raw" true
    Source "source" true
    Tags "tags" true
    Related "related" true
    Boilerplate "boilerplate" false
}

impl Field {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// Whether the sentences are needed for it.
    #[must_use]
    pub fn is_of_sentences(self) -> bool {
        matches!(self, Self::Sentences | Self::SentenceSpans)
    }
}

/// The options of `extract`.
#[derive(Clone, Copy)]
pub struct Extraction<'a> {
    /// How pages are read.
    pub pages: article::Extraction<'a>,
    /// What is done to the text of title, body and sentences.
    pub normalize: Option<&'a Plan>,
}

/// The article of a page, ready to be written.
pub struct Extracted<'a> {
    page: &'a str,
    found: article::Extracted<String>,
    extraction: Extraction<'a>,
    /// The headline as the caller knows it, for a page that shows none.
    title: Option<&'a str>,
}

impl<'a> Extraction<'a> {
    /// Extracts the article of a page.
    #[must_use]
    pub fn run(self, page: &'a str, hints: &Hints, title: Option<&'a str>) -> Extracted<'a> {
        let title = title.filter(|title| !title.trim().is_empty());
        Extracted { page, found: self.pages.run(page, hints), extraction: self, title }
    }
}

impl Extracted<'_> {
    /// Finds the sentences, which fields of theirs need.
    pub fn split(&mut self) {
        self.found.split();
    }

    /// Writes the value of a field.
    pub fn write(&self, field: Field, out: &mut Vec<u8>) {
        let article = &self.found.article;
        match field {
            Field::Title => {
                let title = article.title.map(|span| self.part(span)).or(self.title);
                json::optional(title.map(|title| self.normalized(title)).as_deref(), out);
            }
            Field::Body => json::string(&self.normalized(&article.body), out),
            Field::Sentences => json::list(&article.sentences, out, |span, out| {
                json::string(&self.normalized(&article.body[span.start..span.end]), out);
            }),
            Field::TitleSpan => match article.title {
                Some(title) => self.spans(&[title], out, json::pair),
                None => out.extend_from_slice(b"null"),
            },
            Field::BodySpans => self.listed(&article.body_spans, out),
            Field::SentenceSpans => self.listed(&article.sentence_spans, out),
            Field::Place => json::optional(article.place.map(|span| self.part(span)), out),
            Field::Agency => json::optional(article.agency.map(|span| self.part(span)), out),
            Field::Authors => self.parts(&article.authors, out),
            Field::Published => json::optional(article.published.map(day).as_deref(), out),
            Field::PublishedAt => {
                let at = article.published.zip(article.published_time).map(|(date, time)| day(date) + &clock(time));
                json::optional(at.as_deref(), out);
            }
            Field::PublishedRaw => json::optional(article.published_raw.map(|span| self.part(span)), out),
            Field::Source => json::optional(article.source.map(|span| self.part(span)), out),
            Field::Tags => self.parts(&article.tags, out),
            Field::Related => self.parts(&article.related, out),
            Field::Boilerplate => self.boilerplate(out),
        }
    }

    /// The page.
    #[must_use]
    pub fn page(&self) -> &str {
        self.page
    }

    /// What is cut, with its text and the id of the rule that decided.
    pub fn cuts(&self) -> impl Iterator<Item = (&Cut, &str, &str)> {
        self.found.cuts.iter().map(|cut| (cut, self.part(cut.span), self.extraction.pages.rules.id(cut.rule)))
    }

    fn normalized<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.extraction.normalize.and_then(|plan| plan.run_str(text)).map_or(Cow::Borrowed(text), Cow::Owned)
    }

    fn part(&self, span: Span) -> &str {
        &self.page[span.start..span.end]
    }

    fn parts(&self, spans: &[Span], out: &mut Vec<u8>) {
        json::list(spans, out, |&span, out| json::string(self.part(span), out));
    }

    fn listed(&self, spans: &[Span], out: &mut Vec<u8>) {
        out.push(b'[');
        let mut first = true;
        self.spans(spans, out, |span, out| {
            json::comma(&mut first, out);
            json::pair(span, out);
        });
        out.push(b']');
    }

    fn boilerplate(&self, out: &mut Vec<u8>) {
        let spans: Vec<Span> = self.found.cuts.iter().map(|cut| cut.span).collect();
        let mut cuts = self.found.cuts.iter();
        out.push(b'[');
        let mut first = true;
        self.spans(&spans, out, |span, out| {
            let Some(cut) = cuts.next() else { return };
            json::comma(&mut first, out);
            out.extend_from_slice(format!("{{\"start\":{},\"end\":{},\"category\":", span.start, span.end).as_bytes());
            json::string(cut.category.name(), out);
            out.extend_from_slice(b",\"rule\":");
            json::string(self.extraction.pages.rules.id(cut.rule), out);
            out.push(b'}');
        });
        out.push(b']');
    }

    /// Gives spans of the page, counted in code points. They come in order, so the page is walked once.
    fn spans(&self, spans: &[Span], out: &mut Vec<u8>, mut write: impl FnMut(Span, &mut Vec<u8>)) {
        let (mut byte, mut point) = (0, 0);
        let mut points = |to: usize| {
            if to < byte {
                (byte, point) = (0, 0);
            }
            point += self.page[byte..to].chars().count();
            byte = to;
            point
        };
        for span in spans {
            let start = points(span.start);
            write(Span::new(start, points(span.end)), out);
        }
    }
}

/// A date in ISO form.
fn day(Date { year, month, day }: Date) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

/// A time in ISO form, as it stands behind a date.
fn clock(Time { hour, minute, second, offset }: Time) -> String {
    let sign = if offset < 0 { '-' } else { '+' };
    let zone = offset.unsigned_abs();
    format!("T{hour:02}:{minute:02}:{second:02}{sign}{:02}:{:02}", zone / 60, zone % 60)
}
