//! A page while it is being read: its lines, what each was found to be so far, and the questions that evidence asks.
use std::cell::{Cell, OnceCell};

use super::lexicon::Word;
use super::lines::{Sheet, Token};
use super::names::{Found, Names};
use super::rules::{Book, Place};
pub use super::topics::{Around, Body, Words};
use super::words::{self, Tokens, last_words, tokens};
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
    related_alone: "related.alone",
    related_glued: "related.glued-label",
    related_article: "related.second-article",
    related_other: "related.other-headline",
    related_frame: "related.frame",
    promo_talk: "promo.talk",
    share_row: "share.row",
    share_button: "share.button",
    share_words: "share.words",
    tags_label: "tags.label",
    tags_label_line: "tags.label-line",
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
    nav_summary: "nav.summary",
    nav_title: "nav.title-again",
    nav_section: "nav.section",
    nav_ticker: "nav.ticker",
    nav_foreign: "nav.foreign-line",
    nav_between: "nav.between-cuts",
    template_line: "template.line",
    template_head: "template.head",
    template_prefix: "template.prefix",
    template_tail: "template.tail",
}

/// Buffers for more lines and parts than this are not kept for the next page.
const KEPT: usize = 1 << 13;

/// What is known of each line, and the parts that go: the buffers of a [`Reading`].
#[derive(Default)]
struct Columns {
    marks: Vec<Option<Mark>>,
    pending: Vec<Option<Pending>>,
    labels: Vec<Option<Label>>,
    guarded: Vec<bool>,
    parts: Vec<(usize, Span, Mark)>,
    tails: Vec<(usize, RuleId)>,
}

thread_local! {
    /// The buffers of the page before.
    static SPARE: Cell<Columns> = Cell::default();
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
    /// Lines that go behind the story, whatever else they may be elsewhere, and the rule that says so.
    pub tails: Vec<(usize, RuleId)>,
    /// By line: what it is about, as far as someone asked.
    pub(super) topics: Vec<OnceCell<Box<[u64]>>>,
    /// The headline's line.
    pub title: Option<usize>,
    /// What the page's own site calls itself, folded, the longest name first: from the hint.
    pub site: Vec<Vec<u8>>,
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
        let Columns { mut marks, mut pending, mut labels, mut guarded, mut parts, mut tails } = SPARE.take();
        marks.clear();
        marks.resize(n, None);
        pending.clear();
        pending.resize(n, None);
        labels.clear();
        labels.resize(n, None);
        guarded.clear();
        guarded.resize(n, false);
        parts.clear();
        tails.clear();
        let site = hints.site.as_deref().map(super::sites::names).unwrap_or_default();
        let topics = std::iter::repeat_with(OnceCell::new).take(n).collect();
        let (title, lead, last) = (None, n, n);
        Self {
            text,
            rules,
            hints,
            sheet,
            marks,
            pending,
            labels,
            guarded,
            parts,
            tails,
            topics,
            title,
            site,
            lead,
            last,
        }
    }

    /// Leaves the buffers to the next page.
    pub fn spare(self) {
        self.sheet.spare();
        if self.marks.capacity() + self.parts.capacity() <= KEPT {
            let Self { marks, pending, labels, guarded, parts, tails, .. } = self;
            SPARE.set(Columns { marks, pending, labels, guarded, parts, tails });
        }
    }

    /// The words of a line's head (all of them where it was folded whole).
    pub fn words(&self, line: usize) -> words::Words<'_> {
        self.sheet.words(line, &self.rules.book.lexicon)
    }

    /// The first `n` words of a line, or more.
    pub fn first_words(&self, line: usize, n: usize) -> words::Words<'_> {
        self.sheet.first_words(line, n, &self.rules.book.lexicon)
    }

    /// The words of a line from its first, read one by one.
    pub fn starts(&self, line: usize) -> Tokens<'_> {
        tokens(&self.sheet.key, self.sheet.lines[line].key.clone(), &self.rules.book.lexicon)
    }

    /// The words of a line's tail.
    pub fn tail_words(&self, line: usize) -> words::Words<'_> {
        self.sheet.tail_words(line, &self.rules.book.lexicon)
    }

    /// The last word of a line, unless the line is known to have less than `least`.
    pub fn last_word(&self, line: usize, least: usize) -> Option<Word> {
        if self.sheet.lines[line].is_read() {
            let words = self.words(line);
            return words.last().filter(|_| words.len() >= least).map(|last| last.word);
        }
        let mut last = [Word::default()];
        last_words(self.sheet.tail_key(line), &self.rules.book.lexicon, &mut last).first().copied()
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

    /// Notes what a line would be, or, where it would be something else already, what it is behind the story.
    pub fn suggest(&mut self, line: usize, rule: RuleId, place: Place) {
        let better = |old: &Pending| place == Place::Any && old.place != Place::Any;
        if place == Place::Tail && self.pending[line].is_some() && self.on(rule) {
            self.tails.push((line, rule));
        } else if self.pending[line].as_ref().is_none_or(better) && self.on(rule) {
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
        Span::new(self.sheet.offset(self.text, line, from), self.sheet.end_offset(self.text, line, to))
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

    /// The end of the name of the page's own site that begins at `words[from]`.
    pub fn own_name(&self, words: &[Token], from: usize) -> Option<usize> {
        self.site.iter().find_map(|name| self.spelled(words, from, name))
    }

    /// The end of the name of the page's writer, as hinted, that begins at `words[from]`.
    pub fn own_writer(&self, words: &[Token], from: usize) -> Option<usize> {
        self.hints
            .author
            .as_deref()
            .filter(|name| name.contains(&b' '))
            .and_then(|name| self.spelled(words, from, name))
    }

    fn spelled(&self, words: &[Token], from: usize, name: &[u8]) -> Option<usize> {
        let start = words.get(from)?.from;
        let to = start + name.len();
        let end = || from + words[from..].iter().take_while(|t| t.to < to).count() + 1;
        (self.sheet.key.get(start..to) == Some(name))
            .then(end)
            .filter(|&end| words.get(end - 1).is_some_and(|t| t.to == to))
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
}
