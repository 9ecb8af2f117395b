//! The page as an article: the kept spans as headline and body, the cut ones as place, people, date and source.
use crate::boilerplate::{Categories, Category, Page, Rules};
use crate::sentences::Newlines;
use crate::text::{Buffer, Span, Text};

mod body;
mod credit;
mod dates;
mod extraction;
mod fields;
mod tags;

pub use body::Pieces;
pub use extraction::{Extracted, Extraction};

/// A day in the Gregorian calendar, valid by construction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    /// 1 to 9999.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl Date {
    /// The day in the Hijri calendar of Umm al-Qura: year, month, day.
    #[must_use]
    pub fn hijri(self) -> Option<(u32, u8, u8)> {
        dates::to_hijri(self)
    }
}

/// A time of day with its distance from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Time {
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: u8,
    /// Minutes east of UTC.
    pub offset: i16,
}

/// A page as an article. All but the body's text and the dates are spans of the page.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Article<B> {
    /// The headline.
    pub title: Option<Span>,
    /// What is kept, each piece trimmed of white space; with title and cuts it holds every non-space unit once.
    pub body_spans: Vec<Span>,
    /// The text of the body, paragraphs separated by `\n`.
    pub body: B,
    /// The sentences, in `body`.
    pub sentences: Vec<Span>,
    /// The sentences, in the page (a sentence that a cut interrupts spans it).
    pub sentence_spans: Vec<Span>,
    /// Place of the dateline or byline.
    pub place: Option<Span>,
    /// Agency of the dateline or byline.
    pub agency: Option<Span>,
    /// Persons of the bylines, roles stripped.
    pub authors: Vec<Span>,
    /// The article's own day.
    pub published: Option<Date>,
    /// The time of it, where it is stated with a zone or the zone is known.
    pub published_time: Option<Time>,
    /// The date as written.
    pub published_raw: Option<Span>,
    /// The outlet credited.
    pub source: Option<Span>,
    /// Keywords.
    pub tags: Vec<Span>,
    /// Titles of other articles that the page carried.
    pub related: Vec<Span>,
}

impl<B> Article<B> {
    /// The article with another kind of body.
    pub fn map_body<C>(self, convert: impl FnOnce(B) -> C) -> Article<C> {
        Article {
            title: self.title,
            body_spans: self.body_spans,
            body: convert(self.body),
            sentences: self.sentences,
            sentence_spans: self.sentence_spans,
            place: self.place,
            agency: self.agency,
            authors: self.authors,
            published: self.published,
            published_time: self.published_time,
            published_raw: self.published_raw,
            source: self.source,
            tags: self.tags,
            related: self.related,
        }
    }
}

impl<B: Buffer> Article<B> {
    /// Finds the sentences of a body that stands in the page as `pieces` says.
    pub fn split(&mut self, pieces: &Pieces) {
        self.sentences = crate::sentences::spans(self.body.view(), Newlines::default());
        self.sentence_spans = self.sentences.iter().map(|&sentence| pieces.in_page(sentence)).collect();
    }
}

/// Makes an article of a page that [`crate::boilerplate::read`] has read. Cuts of the categories in `keep` give their
/// facts and stay in the body.
#[must_use]
pub fn assemble<T: Text>(text: T, page: &Page, rules: &Rules, keep: Categories) -> Article<T::Buf> {
    let (mut article, pieces) = story(text, page, rules, keep);
    article.split(&pieces);
    article
}

/// The same without the sentences, and where the body stands in the page.
#[must_use]
pub fn story<T: Text>(text: T, page: &Page, rules: &Rules, keep: Categories) -> (Article<T::Buf>, Pieces) {
    let (body_spans, body, pieces) = body::gather(text, page, keep);
    let credits = credit::read(text, page, rules, body_spans.last().map_or(0, |span| span.end));
    let published = published(text, page, rules);
    let tags = tags::read(text, page, rules, &body_spans);
    let source = fields::source(text, page, rules, credits.agency, &body_spans);
    let article = Article {
        title: page.title,
        body_spans,
        sentences: Vec::new(),
        sentence_spans: Vec::new(),
        place: credits.place,
        agency: credits.agency,
        authors: credits.authors,
        published: published.date,
        published_time: published.time,
        published_raw: published.raw,
        source,
        tags,
        related: fields::related(text, page, rules),
        body,
    };
    (article, pieces)
}

/// The article's own day: that of the first date line, byline or dateline that names one.
fn published<T: Text>(text: T, page: &Page, rules: &Rules) -> dates::Reading {
    let mut first = dates::Reading::default();
    for (i, cut) in page.cuts.iter().enumerate() {
        // The date below another story's title is that story's.
        let other = i.checked_sub(1).map(|i| &page.cuts[i]).is_some_and(|above| {
            above.category == Category::Related && credit::is_next_line(text, above.span, cut.span)
        });
        if other || !matches!(cut.category, Category::Date | Category::Dateline | Category::Byline) {
            continue;
        }
        let found = dates::read(text, cut.span, rules);
        if found.date.is_some() {
            return found;
        }
        if first.raw.is_none() && cut.category == Category::Date {
            first.raw = found.raw;
        }
    }
    first
}
