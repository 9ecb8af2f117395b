//! From a page to its article in one step, with what was learnt of its site and what is to stay.

use super::{Article, Pieces, story};
use crate::boilerplate::{self, Categories, Cut, Hints, Page, Rules, Templates};
use crate::text::{Buffer, Text};

/// How pages are read, and what stays of them.
#[derive(Clone, Copy)]
pub struct Extraction<'a> {
    /// The rules of boilerplate.
    pub rules: &'a Rules,
    /// What was learnt of the sites.
    pub templates: Option<&'a Templates>,
    /// What stays in the body.
    pub keep: Categories,
}

/// What came of a page.
pub struct Extracted<B> {
    /// The article; its sentences are there once they were asked for.
    pub article: Article<B>,
    /// Where its body stands in the page.
    pub pieces: Pieces,
    /// What is cut.
    pub cuts: Vec<Cut>,
}

impl Extraction<'_> {
    /// Reads a page: all cuts, those too that are to stay.
    #[must_use]
    pub fn read<T: Text>(self, page: T, hints: &Hints) -> Page {
        match self.templates {
            Some(templates) => boilerplate::read_with(page, self.rules, hints, templates),
            None => boilerplate::read(page, self.rules, hints),
        }
    }

    /// Extracts the article of a page.
    #[must_use]
    pub fn run<T: Text>(self, page: T, hints: &Hints) -> Extracted<T::Buf> {
        let mut read = self.read(page, hints);
        let (article, pieces) = story(page, &read, self.rules, self.keep);
        read.cuts.retain(|cut| !self.keep.contains(cut.category));
        Extracted { article, pieces, cuts: read.cuts }
    }
}

impl<B: Buffer> Extracted<B> {
    /// Finds the sentences.
    pub fn split(&mut self) {
        self.article.split(&self.pieces);
    }
}
