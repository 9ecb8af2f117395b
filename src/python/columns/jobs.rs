//! What each job writes for a row of a column.
//!
//! The reach of the rules is counted in code points, so that a text has one result wherever it comes from: rows are read as
//! units of one code point each, as Python's strings are. Only normalising, which reaches no further than a word, reads UTF-8.

use super::build::{Build, Lists, Strings};
use super::nested::{
    Articles, Cuts, Places, SpanLists, Spans, TextLists, push_parts, push_spans, span_lists, text_lists,
};
use crate::boilerplate;
use crate::python::arrow::{Layout, Type};
use crate::python::article::Extracted;
use crate::python::call::Call;
use crate::python::hints::Given;
use crate::python::jobs::{Extract, Find, Job, Normalize, Remove, SharedRules, Split, SplitSpans};
use crate::scan::transcode;
use crate::text::{UnitBuf, Units};

/// The result of a job on a row.
fn run<J: Job>(job: &J, text: &str, given: &Given<'_>) -> J::Out {
    match transcode::to_ucs2(text) {
        Some(units) => job.run(Units(&units), given),
        None => job.run(Units(&text.chars().map(u32::from).collect::<Vec<_>>()), given),
    }
}

/// Adds a text that was made of units.
fn push_buf(strings: &mut Strings, buf: &UnitBuf) {
    match buf {
        UnitBuf::Latin1(units) => strings.write(2 * units.len(), |data| transcode::append_utf8(units, data)),
        UnitBuf::Ucs2(units) => strings.write(2 * units.len(), |data| transcode::append_utf8(units, data)),
        UnitBuf::Ucs4(units) => strings.write(4 * units.len(), |data| transcode::append_utf8(units, data)),
    }
}

/// A job that knows columns.
pub trait ColumnJob: Job {
    /// What its results are written to.
    type Built: Build;

    /// Whether they are strings, whose layout is that of the column.
    const TEXT: bool = false;

    /// The type of its results, with strings of a layout.
    fn kind(&self, layout: Layout) -> Type;

    /// Room for the results of so many rows, of so many bytes.
    fn room(&self, layout: Layout, rows: usize, bytes: usize) -> Self::Built;

    /// Adds the result of one text.
    fn add(&self, text: &str, given: &Given<'_>, out: &mut Self::Built);
}

impl ColumnJob for Normalize {
    type Built = Strings;

    const TEXT: bool = true;

    fn kind(&self, layout: Layout) -> Type {
        Type::Text(layout)
    }

    fn room(&self, layout: Layout, rows: usize, bytes: usize) -> Strings {
        Strings::new(layout, rows, bytes)
    }

    fn add(&self, text: &str, _: &Given<'_>, out: &mut Strings) {
        out.write(text.len(), |data| self.0.append_str(text, data));
    }
}

/// For jobs that give another text, or none where nothing changes.
macro_rules! rewriting {
    ($($job:ty),*) => {$(
        impl ColumnJob for $job {
            type Built = Strings;

            const TEXT: bool = true;

            fn kind(&self, layout: Layout) -> Type {
                Type::Text(layout)
            }

            fn room(&self, layout: Layout, rows: usize, bytes: usize) -> Strings {
                Strings::new(layout, rows, bytes)
            }

            fn add(&self, text: &str, given: &Given<'_>, out: &mut Strings) {
                match run(self, text, given) {
                    Some(buf) => push_buf(out, &buf),
                    None => out.push(text),
                }
            }
        }
    )*};
}
rewriting!(Remove, Call);

impl ColumnJob for Split {
    type Built = TextLists;

    fn kind(&self, layout: Layout) -> Type {
        Type::List(Box::new(Type::Text(layout)))
    }

    fn room(&self, layout: Layout, _: usize, bytes: usize) -> TextLists {
        text_lists(layout, bytes)
    }

    fn add(&self, text: &str, given: &Given<'_>, out: &mut TextLists) {
        push_parts(out, text, &run(self, text, given));
    }
}

impl ColumnJob for SplitSpans {
    type Built = SpanLists;

    fn kind(&self, _: Layout) -> Type {
        Type::List(Box::new(Spans::kind()))
    }

    fn room(&self, _: Layout, _: usize, _: usize) -> SpanLists {
        span_lists()
    }

    fn add(&self, text: &str, given: &Given<'_>, out: &mut SpanLists) {
        push_spans(out, &run(self, text, given));
    }
}

impl ColumnJob for Find {
    type Built = Lists<Cuts>;

    fn kind(&self, layout: Layout) -> Type {
        Type::List(Box::new(Cuts::kind(layout)))
    }

    fn room(&self, layout: Layout, _: usize, _: usize) -> Lists<Cuts> {
        Lists::new(Cuts::new(layout), Cuts::kind(layout))
    }

    fn add(&self, text: &str, given: &Given<'_>, out: &mut Lists<Cuts>) {
        push_cuts(out, &run(self, text, given), &self.0.rules);
    }
}

fn push_cuts(out: &mut Lists<Cuts>, cuts: &[boilerplate::Cut], rules: &SharedRules) {
    for cut in cuts {
        out.items.push(cut.span, cut.category.name(), rules.rules().id(cut.rule));
    }
    out.close();
}

impl ColumnJob for Extract {
    type Built = Articles;

    fn kind(&self, layout: Layout) -> Type {
        Articles::kind(layout, self.wanted)
    }

    fn room(&self, layout: Layout, _: usize, bytes: usize) -> Articles {
        Articles::new(layout, bytes, self.wanted)
    }

    fn add(&self, text: &str, given: &Given<'_>, out: &mut Articles) {
        let found = run(self, text, given);
        let article = &found.article;
        if let Some(titles) = &mut out.title {
            match (&found.title, article.title) {
                (Some(title), _) => push_buf(titles, title),
                (None, Some(span)) => titles.push(Places::new(text).part(span)),
                (None, None) => titles.null(),
            }
        }
        if out.body.is_some() || out.sentences.is_some() {
            let body = self.body(text, &found);
            if let Some(bodies) = &mut out.body {
                bodies.push(&body);
            }
            match (&mut out.sentences, &found.sentences) {
                (Some(lists), Some(sentences)) => {
                    for sentence in sentences {
                        push_buf(&mut lists.items, sentence);
                    }
                    lists.close();
                }
                (Some(lists), None) => push_parts(lists, &body, &article.sentences),
                (None, _) => {}
            }
        }
        out.push_facts(text, article);
        if let Some(cuts) = &mut out.boilerplate {
            push_cuts(cuts, &found.cuts, &self.reader.rules);
        }
        out.close();
    }
}

impl Extract {
    /// The body of an article, as UTF-8.
    fn body(&self, page: &str, found: &Extracted) -> String {
        if self.normalize.is_some() {
            return match &found.article.body {
                UnitBuf::Latin1(units) => transcode::to_utf8(units),
                UnitBuf::Ucs2(units) => transcode::to_utf8(units),
                UnitBuf::Ucs4(units) => transcode::to_utf8(units),
            };
        }
        // Its pieces as they stand in the page: quicker than turning units back.
        let mut body = String::with_capacity(page.len());
        let mut places = Places::new(page);
        for (before, span) in found.pieces.iter() {
            body.push_str(before);
            body.push_str(places.part(span));
        }
        body
    }
}
