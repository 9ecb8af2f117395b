//! Which parts of a page are not the story, and why.
use crate::text::{Span, Text};

mod credit;
mod decode;
mod evidence;
pub(crate) mod facts;
mod key;
mod lexicon;
mod lines;
mod names;
mod offices;
mod phrases;
mod reading;
mod removal;
mod rules;
mod sites;
mod table;
mod templates;
mod topics;
mod words;

use reading::Structural;
use rules::Book;
pub use templates::{Digest, TemplateError, Templates};

/// What a part of the page is, if it is not the story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Category {
    /// Place, agency, date before the lead or on a line of their own.
    Dateline,
    /// A credit with a person's or desk's name.
    Byline,
    /// A line that is a date or time.
    Date,
    /// The outlet that is credited.
    Source,
    /// Other articles: their titles, and their text behind a read-also label.
    Related,
    /// The site advertising itself.
    Promo,
    /// Share widgets.
    Share,
    /// Keywords.
    Tags,
    /// Tweets, players, code and attachment residue.
    Embed,
    /// Photo captions and credits.
    Caption,
    /// Copyright and legal lines.
    Legal,
    /// Wire end marks.
    Endmark,
    /// The writer's e-mail, handle, "write to" line.
    Contact,
    /// Menus, breadcrumbs, counters, repeated titles.
    Nav,
    /// Reader comments and their form.
    Comments,
    /// Advertising.
    Ad,
}

impl Category {
    /// Every category with the name that users see.
    pub const CHOICES: [(&'static str, Self); 16] = [
        ("dateline", Self::Dateline),
        ("byline", Self::Byline),
        ("date", Self::Date),
        ("source", Self::Source),
        ("related", Self::Related),
        ("promo", Self::Promo),
        ("share", Self::Share),
        ("tags", Self::Tags),
        ("embed", Self::Embed),
        ("caption", Self::Caption),
        ("legal", Self::Legal),
        ("endmark", Self::Endmark),
        ("contact", Self::Contact),
        ("nav", Self::Nav),
        ("comments", Self::Comments),
        ("ad", Self::Ad),
    ];

    /// The name that users see.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::CHOICES[self as usize].0
    }
}

/// A set of categories.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Categories(u16);

impl Categories {
    /// Whether `category` is in it.
    #[must_use]
    pub const fn contains(self, category: Category) -> bool {
        self.0 & (1 << category as u16) != 0
    }
}

impl FromIterator<Category> for Categories {
    fn from_iter<I: IntoIterator<Item = Category>>(categories: I) -> Self {
        Self(categories.into_iter().fold(0, |set, category| set | 1 << category as u16))
    }
}

/// A part of the page that is not the story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Where it stands, trimmed of white space.
    pub span: Span,
    /// What it is.
    pub category: Category,
    /// The stable id of the rule that decided; see [`Rules::id`].
    pub rule: RuleId,
}

/// A rule, by its place in the [`Rules`] that found it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RuleId(pub u32);

/// What the caller knows of the page beside its text, folded for matching (so that it does not matter how it was stored).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    title: Option<Vec<u8>>,
    author: Option<Vec<u8>>,
    site: Option<Vec<u8>>,
}

impl Hints {
    /// The headline.
    #[must_use]
    pub fn title<T: Text>(mut self, text: T) -> Self {
        self.title = Some(key::folded(text));
        self
    }

    /// The writer's name.
    #[must_use]
    pub fn author<T: Text>(mut self, text: T) -> Self {
        self.author = Some(key::folded(text));
        self
    }

    /// The site: a host, an address or an outlet's name.
    #[must_use]
    pub fn site<T: Text>(mut self, text: T) -> Self {
        self.site = Some(key::folded(text));
        self
    }
}

/// The compiled rules: built in, less those a user switched off, plus the user's own.
#[derive(Debug)]
pub struct Rules {
    book: Book,
    known: Structural,
}

impl Rules {
    /// The rules that come with the crate, compiled at first use.
    #[must_use]
    pub fn standard() -> &'static Self {
        &rules::STANDARD
    }

    /// The standard rules without `disable` (rule ids, or all that begin with one: `related`) and with the user's
    /// formula file `own` (its text). A line `- phrase` in it takes a phrase or name out of the standard ones.
    ///
    /// # Errors
    /// An id that no rule has, or a line of `own` that is not a formula: the message names it and the way out.
    pub fn custom(disable: &[&str], own: Option<&str>) -> Result<Self, RuleError> {
        Self::build(disable, own)
    }

    fn build(disable: &[&str], own: Option<&str>) -> Result<Self, RuleError> {
        let book = Book::read(disable, own)?;
        let known = Structural::of(&book);
        Ok(Self { book, known })
    }

    /// The stable id of a rule, as users see it: `related.read-also`.
    #[must_use]
    pub fn id(&self, rule: RuleId) -> &str {
        self.book.rule(rule).map_or("", |r| r.id.as_str())
    }

    /// The ids of all rules, in the order of the files.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.book.rules.iter().map(|r| r.id.as_str())
    }
}

/// What is wrong with a rule id or a formula file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleError(pub String);

/// A page as it was read: what to cut, and which line is the headline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The cuts in order: sorted, disjoint, none empty, each trimmed of white space.
    pub cuts: Vec<Cut>,
    /// The headline where the text shows one, its first occurrence; never within a cut.
    pub title: Option<Span>,
}

/// Reads a page.
#[must_use]
pub fn read<T: Text>(text: T, rules: &Rules, hints: &Hints) -> Page {
    decode::decode(text, rules, hints, None)
}

/// Reads a page of a site some of whose pages were seen.
#[must_use]
pub fn read_with<T: Text>(text: T, rules: &Rules, hints: &Hints, templates: &Templates) -> Page {
    decode::decode(text, rules, hints, templates.repeats(hints))
}

/// The text without `cuts`: a cut of whole lines goes with one of its line breaks, a cut inside a line with the white
/// space beside it (one space stays where both sides have text, one line break where the cut held one). `None` where
/// `cuts` is empty.
#[must_use]
pub fn remove<T: Text>(text: T, cuts: &[Span]) -> Option<T::Buf> {
    removal::remove(text, cuts)
}

/// Changes whenever a cut could change, so that a corpus can be pinned: the crate's version, and a checksum of the rules.
#[must_use]
pub fn rules_version() -> String {
    format!("{}+{:08x}", env!("CARGO_PKG_VERSION"), rules::checksum())
}
