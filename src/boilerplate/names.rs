//! Names and words that credits, dates and labels are made of: towns, agencies, outlets, people, months, roles.
use super::lexicon::{Lexicon, Word};
use super::phrases::{Complaint, Phrases};
use super::words::Token;

/// What a name or word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Class {
    /// A town, province or country.
    Place,
    /// A news agency.
    Agency,
    /// An outlet whose name is no common word.
    Outlet,
    /// An outlet whose name is a common word: it counts only in quotes or beside a separator.
    OutletWord,
    /// A word that names of outlets end or begin with (نيوز, برس, صحيفة).
    OutletPart,
    /// A given name.
    First,
    /// A part that joins names (بن, آل, أبو, عبد).
    Joint,
    /// A title before a name (د., الشيخ).
    Title,
    /// A word of a credit (كتب, تقرير, تصوير).
    Role,
    /// A desk or generic source (خاص, متابعات, وكالات).
    Desk,
    /// What a writer is (كاتب, باحث, أستاذ).
    Trade,
    /// An office or rank, as writers give it behind a star (نائب الرئيس، عضو).
    Rank,
    /// A month, by its number.
    Month,
    /// A month of the Hijri calendar, by its number.
    Hijri,
    /// A day of the week, by its number from Monday.
    Weekday,
    /// A word that belongs to a date or time.
    DateWord,
    /// A label before a date.
    DateLabel,
    /// A unit of time (دقيقة, ساعة).
    TimeUnit,
    /// A share button or network.
    Network,
    /// A section of a site.
    Section,
    /// A word too common to show what a text is about.
    Common,
    /// A verb that opens a lead.
    Verb,
    /// A word of a caption.
    Photo,
    /// An editor's office, to which mastheads glue the name.
    Office,
    /// A read-also label to which titles are glued.
    GluedLabel,
    /// A word that marks the end of a block.
    End,
    /// The heading of a summary.
    Summary,
    /// A label of keywords to which they are glued.
    GluedTags,
    /// What a button asks for, and the other words of buttons.
    Button,
    ButtonWord,
    /// A word by which a site speaks to its readers of itself.
    Readers,
}

impl Class {
    const ALL: [(&'static str, Self); 31] = [
        ("place", Self::Place),
        ("agency", Self::Agency),
        ("outlet", Self::Outlet),
        ("outlet-word", Self::OutletWord),
        ("outlet-part", Self::OutletPart),
        ("first", Self::First),
        ("joint", Self::Joint),
        ("title", Self::Title),
        ("role", Self::Role),
        ("desk", Self::Desk),
        ("trade", Self::Trade),
        ("rank", Self::Rank),
        ("month", Self::Month),
        ("hijri", Self::Hijri),
        ("weekday", Self::Weekday),
        ("date-word", Self::DateWord),
        ("date-label", Self::DateLabel),
        ("time-unit", Self::TimeUnit),
        ("network", Self::Network),
        ("section", Self::Section),
        ("common", Self::Common),
        ("verb", Self::Verb),
        ("photo", Self::Photo),
        ("office", Self::Office),
        ("glued-label", Self::GluedLabel),
        ("end", Self::End),
        ("summary", Self::Summary),
        ("glued-tags", Self::GluedTags),
        ("button", Self::Button),
        ("button-word", Self::ButtonWord),
        ("readers", Self::Readers),
    ];

    /// Its bit in a set of classes.
    pub const fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// The names, by class.
#[derive(Debug, Default)]
pub struct Names {
    phrases: Phrases,
    /// What a payload of `phrases` means: class and value.
    meanings: Vec<(Class, i16)>,
}

/// A name found in a line.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// The classes of it, as bits.
    pub classes: u32,
    /// The word behind it.
    pub end: usize,
}

impl Names {
    /// Room for so many words and steps of names.
    pub fn with_capacity(words: usize, steps: usize) -> Self {
        Self { phrases: Phrases::with_capacity(words, steps, 0), meanings: Vec::new() }
    }

    /// The class of a `[name.…]` group.
    pub fn class(name: &str) -> Result<Class, Complaint> {
        Class::ALL.iter().find(|c| c.0 == name).map(|c| c.1).ok_or_else(|| {
            let all: Vec<_> = Class::ALL.iter().map(|c| c.0).collect();
            format!("unknown class of names {name:?}: use one of {}", all.join(", "))
        })
    }

    /// Adds a line of a `[name.…]` group: `name`, or `name = number`.
    pub fn add(&mut self, class: Class, line: &str, lexicon: &mut Lexicon) -> Result<(), Complaint> {
        let (name, value) = match line.split_once('=') {
            Some((name, value)) => {
                let number = value.trim().parse().map_err(|_| format!("{value:?} is no number"))?;
                (name, number)
            }
            None => (line, 0),
        };
        let payload = self.meaning(class, value);
        self.phrases.add_all(name, payload, class.bit(), lexicon)
    }

    fn meaning(&mut self, class: Class, value: i16) -> u32 {
        let at = self.meanings.iter().position(|m| *m == (class, value)).unwrap_or_else(|| {
            self.meanings.push((class, value));
            self.meanings.len() - 1
        });
        u32::try_from(at).unwrap_or(0)
    }

    /// The longest name of one of `classes` that begins at `words[from]`.
    pub fn longest(&self, words: &[Token], from: usize, classes: u32) -> Option<Found> {
        if !self.may_begin(*words.get(from)?, classes) {
            return None;
        }
        let mut best: Option<Found> = None;
        self.phrases.find(words, from, 0, &mut |payload, end| {
            let bit = self.meanings[payload as usize].0.bit();
            if bit & classes == 0 {
                return;
            }
            match &mut best {
                Some(found) if found.end > end => {}
                Some(found) if found.end == end => found.classes |= bit,
                _ => best = Some(Found { classes: bit, end }),
            }
        });
        best
    }

    /// The longest name of `class` that begins at `words[from]`: its value and its end.
    pub fn value(&self, words: &[Token], from: usize, class: Class) -> Option<(i16, usize)> {
        if !self.may_begin(*words.get(from)?, class.bit()) {
            return None;
        }
        let mut best: Option<(i16, usize)> = None;
        self.phrases.find(words, from, 0, &mut |payload, end| {
            let (found, value) = self.meanings[payload as usize];
            if found == class && best.is_none_or(|b| end > b.1) {
                best = Some((value, end));
            }
        });
        best
    }

    /// Whether a name of one of `classes` may begin with the word.
    #[inline]
    pub fn may_begin(&self, word: Token, classes: u32) -> bool {
        self.phrases.late(classes).is_some() || self.phrases.may_begin(word.word, classes)
    }

    /// Whether a name of one of `classes` may end with the word.
    pub fn may_end(&self, word: Word, classes: u32) -> bool {
        self.phrases.may_end(word, classes)
    }

    /// Whether the one word is a name of one of `classes`.
    #[inline]
    pub fn is_word(&self, word: Word, classes: u32) -> bool {
        self.is(Token { word, from: 0, to: 0, gap: 0 }, classes)
    }

    /// The same of a word of a line.
    #[inline]
    pub fn is(&self, word: Token, classes: u32) -> bool {
        let known = self.phrases.is(word.word, classes);
        known.unwrap_or_else(|| self.longest(std::slice::from_ref(&word), 0, classes).is_some())
    }
}
