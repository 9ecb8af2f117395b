//! A page while it is being read: its lines, what each was found to be so far, and the questions that evidence asks.
use std::collections::HashSet;
use std::hash::BuildHasherDefault;

use super::lexicon::Fx;
use super::lines::{Sheet, Token};
use super::names::{Class, Found, Names};
use super::rules::{Book, Place};
use super::{Category, Hints, RuleId, Rules};
use crate::text::{Span, Text};

macro_rules! structural {
    ($($name:ident: $id:literal,)*) => {
        /// The rules that are code, by name; their ids and meanings stand in `structure.txt`.
        #[derive(Debug, Default)]
        pub struct Structural { $(pub $name: RuleId,)* }

        impl Structural {
            /// Looks their numbers up.
            pub fn of(book: &Book) -> Self {
                Self { $($name: book.structural($id),)* }
            }
        }
    };
}
structural! {
    dateline_line: "dateline.line",
    dateline_prefix: "dateline.prefix",
    byline_line: "byline.line",
    byline_prefix: "byline.prefix",
    byline_name: "byline.name",
    byline_trade: "byline.trade",
    date_line: "date.line",
    source_suffix: "source.suffix",
    source_outlet: "source.outlet-line",
    related_list: "related.list",
    related_glued: "related.glued-label",
    related_article: "related.second-article",
    related_other: "related.other-headline",
    share_row: "share.row",
    tags_hash: "tags.hashtags",
    tags_run: "tags.run",
    tags_list: "tags.list",
    embed_tweet: "embed.tweet",
    embed_code: "embed.code",
    embed_link: "embed.link",
    embed_note: "embed.note",
    caption_line: "caption.line",
    caption_again: "caption.repeated",
    caption_credit: "caption.credit",
    endmark_line: "endmark.line",
    endmark_suffix: "endmark.suffix",
    contact_line: "contact.line",
    contact_masthead: "contact.masthead",
    nav_number: "nav.number",
    nav_title: "nav.title-again",
    nav_section: "nav.section",
    nav_ticker: "nav.ticker",
    nav_foreign: "nav.foreign-line",
    nav_between: "nav.between-cuts",
}

/// What a line was found to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub category: Category,
    pub rule: RuleId,
}

impl Mark {
    /// Whether it is the site's own furniture, not a credit or an address that the writer may have put there.
    pub fn is_furniture(self) -> bool {
        use Category as C;
        matches!(self.category, C::Related | C::Promo | C::Share | C::Legal | C::Nav | C::Comments | C::Ad)
    }
}

/// What a line would be if it stands where it must.
#[derive(Clone, Copy, Debug)]
pub struct Pending {
    pub mark: Mark,
    pub place: Place,
}

pub type Words = HashSet<u64, BuildHasherDefault<Fx>>;

/// The page in hand.
pub struct Reading<'a, T> {
    pub text: T,
    pub rules: &'a Rules,
    pub hints: &'a Hints,
    pub sheet: Sheet,
    /// By line: what it is, if it goes whole.
    pub marks: Vec<Option<Mark>>,
    /// By line: what it is if its place is right.
    pub pending: Vec<Option<Pending>>,
    /// By line: it opens a list of other articles (the label's own line may hold the first).
    pub labels: Vec<Option<Label>>,
    /// By line: it belongs to a list of the story.
    pub guarded: Vec<bool>,
    /// Parts of lines that go.
    pub parts: Vec<(usize, Span, Mark)>,
    /// The headline's line.
    pub title: Option<usize>,
    /// The first and last line of running text; both are the number of lines where there is none.
    pub lead: usize,
    pub last: usize,
}

/// A label that opens a list of other articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    pub mark: Mark,
    /// A title follows on the same line.
    pub inline: bool,
    pub place: Place,
}

impl<'a, T: Text> Reading<'a, T> {
    /// Cuts the page into lines.
    pub fn new(text: T, rules: &'a Rules, hints: &'a Hints) -> Self {
        let sheet = Sheet::new(text, &rules.book.lexicon);
        let n = sheet.lines.len();
        Self {
            text,
            rules,
            hints,
            sheet,
            marks: vec![None; n],
            pending: vec![None; n],
            labels: vec![None; n],
            guarded: vec![false; n],
            parts: Vec::new(),
            title: None,
            lead: n,
            last: n,
        }
    }

    /// How many lines the page has.
    pub fn len(&self) -> usize {
        self.sheet.lines.len()
    }

    /// The rules that are code.
    pub fn known(&self) -> &'a Structural {
        &self.rules.known
    }

    /// Whether a rule is switched on.
    pub fn on(&self, rule: RuleId) -> bool {
        self.rules.book.rule(rule).is_some_and(|r| r.on)
    }

    /// A rule's mark.
    pub fn mark(&self, rule: RuleId) -> Mark {
        Mark { category: self.rules.book.rule(rule).map_or(Category::Nav, |r| r.category), rule }
    }

    /// Protects the lists of the story: the short lines below running text that ends with a colon, up to the next
    /// running text.
    pub fn guard_lists(&mut self) {
        let mut listing = false;
        for line in self.lead..self.last.min(self.len()) {
            let l = &self.sheet.lines[line];
            if self.is_prose(line) || (l.colon && l.count >= 4 && self.labels[line].is_none()) {
                listing = l.colon;
            } else if listing {
                self.guarded[line] = true;
            }
        }
    }

    /// Marks a line, unless it is marked already, it is the headline, or the rule is off.
    pub fn cut(&mut self, line: usize, rule: RuleId) -> bool {
        let free = self.marks[line].is_none() && self.title != Some(line) && !self.guarded[line] && self.on(rule);
        if free {
            self.marks[line] = Some(self.mark(rule));
        }
        free
    }

    /// Notes what a line would be.
    pub fn suggest(&mut self, line: usize, rule: RuleId, place: Place) {
        let better = |old: &Pending| place == Place::Any && old.place != Place::Any;
        if self.pending[line].as_ref().is_none_or(better) && self.on(rule) {
            self.pending[line] = Some(Pending { mark: self.mark(rule), place });
        }
    }

    /// Cuts a part of a line.
    pub fn cut_part(&mut self, line: usize, span: Span, rule: RuleId) {
        if self.on(rule) && !span.is_empty() {
            self.parts.push((line, span, self.mark(rule)));
        }
    }

    /// The part of the text that the key's bytes `from..to` came from.
    pub fn part(&self, line: usize, from: usize, to: usize) -> Span {
        Span::new(self.sheet.offset(line, from), self.sheet.end_offset(self.text, line, to))
    }

    /// Whether a line goes.
    pub fn is_cut(&self, line: usize) -> bool {
        self.marks[line].is_some()
    }

    /// Whether a line is running text that nothing else claims.
    pub fn is_prose(&self, line: usize) -> bool {
        self.marks[line].is_none()
            && self.pending[line].is_none()
            && self.labels[line].is_none()
            && self.sheet.lines[line].is_prose()
    }

    /// The names that the rules lean on.
    pub fn names(&self) -> &'a Names {
        &self.rules.book.names
    }

    /// The longest name of one of `classes` at a word.
    pub fn name(&self, words: &[Token], from: usize, classes: u32) -> Option<Found> {
        self.rules.book.names.longest(words, from, classes)
    }

    /// Whether a word belongs to one of `classes`.
    pub fn is(&self, word: Token, classes: u32) -> bool {
        self.rules.book.names.is(word, classes)
    }

    /// The line cut next before `line`, if it is the line just before.
    pub fn cut_before(&self, line: usize) -> bool {
        line > 0 && self.is_cut(line - 1)
    }

    /// Whether the line just after goes.
    pub fn cut_after(&self, line: usize) -> bool {
        line + 1 < self.len() && self.is_cut(line + 1)
    }

    /// Whether a line is in the page's head: before the running text.
    pub fn in_head(&self, line: usize) -> bool {
        line < self.lead
    }

    /// Whether a line is in the page's tail: behind the running text.
    pub fn in_tail(&self, line: usize) -> bool {
        self.last < self.len() && line > self.last
    }

    /// Whether a line stands within the running text.
    pub fn inside(&self, line: usize) -> bool {
        line > self.lead && self.last < self.len() && line < self.last
    }

    /// The words of a line that show what it is about.
    pub fn topics(&self, line: usize) -> Vec<u64> {
        let mut topics = Vec::new();
        let l = &self.sheet.lines[line];
        let tail = if l.whole() { &[][..] } else { self.sheet.tail_words(line) };
        for &token in self.sheet.words(line).iter().chain(tail) {
            if let Some(topic) = self.topic(token) {
                topics.push(topic);
            }
        }
        topics
    }

    fn topic(&self, token: Token) -> Option<u64> {
        if token.word.is_number() || self.is(token, Class::Common.bit()) {
            return None;
        }
        let stem = stem(self.sheet.bytes(token));
        (stem.len() >= 3).then(|| {
            use std::hash::Hasher;
            let mut hash = Fx::default();
            hash.write(stem);
            hash.finish()
        })
    }
}

/// A word without the article, the joined particles and the commonest endings: enough to see that two words are one.
pub fn stem(mut word: &[u8]) -> &[u8] {
    const PREFIXES: [&[u8]; 8] = [
        &[0xC8, 0xA7, 0xC4], // wal-
        &[0xC1, 0xA7, 0xC4], // fal-
        &[0xA8, 0xA7, 0xC4], // bal-
        &[0xC3, 0xA7, 0xC4], // kal-
        &[0xA7, 0xC4],       // al-
        &[0xC4, 0xC4],       // lil-
        &[0xC8],             // wa-
        &[0xA8],             // bi-
    ];
    const SUFFIXES: [&[u8]; 8] = [
        &[0xC7, 0xA7], // -ha
        &[0xA7, 0xAA], // -at
        &[0xC8, 0xC6], // -un
        &[0xCA, 0xC6], // -in
        &[0xA7, 0xC6], // -an
        &[0xC7],       // -a, -hu
        &[0xCA],       // -i
        &[0xA7],       // -an (alef of tanwin)
    ];
    if let Some(p) = PREFIXES.iter().find(|p| word.starts_with(p) && word.len() >= p.len() + 3) {
        word = &word[p.len()..];
    }
    if let Some(s) = SUFFIXES.iter().find(|s| word.ends_with(s) && word.len() >= s.len() + 3) {
        word = &word[..word.len() - s.len()];
    }
    word
}
