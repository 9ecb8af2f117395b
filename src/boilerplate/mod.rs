//! Which parts of a page are not the story, and why.
use crate::text::{Span, Text};

/// What a cut part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Category {
    Dateline, Byline, Date, Source, Related, Promo, Share, Tags, Embed, Caption, Legal, Endmark, Contact, Nav, Comments, Ad,
}

/// A part of the page that is not the story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Where it stands, trimmed of white space.
    pub span: Span,
    /// What it is.
    pub category: Category,
    /// The stable id of the rule that decided.
    pub rule: &'static str,
}
