//! The rules as they stand in the files: what a rule is called, where its phrases count, and the names it leans on.
use std::sync::LazyLock;

use super::Category;
use super::lexicon::Lexicon;
use super::names::{Class, Names};
use super::offices::Offices;
use super::phrases::Phrases;
use super::words::{Beginnings, Heads};
use super::{RuleError, RuleId};
use crate::suggest::guess;

/// How much of a line a phrase speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// It is the whole line.
    Line,
    /// A line that begins so goes whole.
    Open,
    /// A line that ends so goes whole.
    Close,
    /// A line, or the head of one before a separator, that opens a list of other articles.
    Label,
    /// It opens a part of the page (a form, a table) that runs to the next running text.
    Section,
    /// Only these words go, where a line begins so.
    Prefix,
    /// Only these words go, where a line ends so.
    Suffix,
    /// Behind a stop near the end of a line: from here to the line's end.
    Rest,
    /// Among a line's first words it speaks for the line, together with a thing of the same category behind it.
    Act,
    /// What such an act is about.
    Thing,
}

impl Form {
    /// Its bit in a set of forms.
    pub const fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// What a line's last words can be.
pub const ENDS: u32 = Form::Close.bit() | Form::Suffix.bit();
/// What [`Book::rests`] says of a word that opens a rest wherever it stands.
pub const ANYWHERE: u8 = 2;
/// What [`Book::rests`] says of a word that opens a closing phrase whose end is a slot.
pub const OPEN: u8 = 4;
/// The bit of the rests that need no stop before them, beside that of [`Form::Rest`].
pub const REST_ANYWHERE: u32 = 1 << 16;

/// Where on the page a phrase counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Wherever it stands.
    Any,
    /// Before the story or behind it, not within.
    Edge,
    /// Before the story.
    Head,
    /// Behind the story.
    Tail,
    /// Only beside a line that goes as well.
    Near,
    /// Before the story, and elsewhere beside a line that goes.
    Beside,
}

/// A rule.
#[derive(Debug)]
pub struct Rule {
    pub id: String,
    pub category: Category,
    pub form: Form,
    pub place: Place,
    pub on: bool,
}

impl Rule {
    /// What its phrases are, for [`Phrases`].
    fn kind(&self) -> u32 {
        let anywhere = self.form == Form::Rest && self.place == Place::Any;
        self.form.bit() | if anywhere { REST_ANYWHERE } else { 0 }
    }
}

/// About how many words the crate's own files have, how many steps their phrases and their names.
const WORDS: usize = 8_000;
const STEPS: usize = 13_000;
const NAME_STEPS: usize = 6_500;

/// The files that come with the crate: rules and names by kind.
const FILES: &[(&str, &str)] = &[
    ("structure.txt", include_str!("formulas/structure.txt")),
    ("ad.txt", include_str!("formulas/ad.txt")),
    ("byline.txt", include_str!("formulas/byline.txt")),
    ("caption.txt", include_str!("formulas/caption.txt")),
    ("comments.txt", include_str!("formulas/comments.txt")),
    ("contact.txt", include_str!("formulas/contact.txt")),
    ("cues.txt", include_str!("formulas/cues.txt")),
    ("embed.txt", include_str!("formulas/embed.txt")),
    ("legal.txt", include_str!("formulas/legal.txt")),
    ("nav.txt", include_str!("formulas/nav.txt")),
    ("promo.txt", include_str!("formulas/promo.txt")),
    ("related.txt", include_str!("formulas/related.txt")),
    ("share.txt", include_str!("formulas/share.txt")),
    ("source.txt", include_str!("formulas/source.txt")),
    ("tags.txt", include_str!("formulas/tags.txt")),
    ("dates.txt", include_str!("names/dates.txt")),
    ("outlets.txt", include_str!("names/outlets.txt")),
    ("people.txt", include_str!("names/people.txt")),
    ("places.txt", include_str!("names/places.txt")),
    ("words.txt", include_str!("names/words.txt")),
];

/// A checksum of what the files say (FNV-1a), comments left aside.
pub fn checksum() -> u32 {
    checksum_of(FILES.iter().map(|file| file.1).chain([super::sites::FILE]))
}

fn checksum_of<'a>(files: impl Iterator<Item = &'a str>) -> u32 {
    let lines = files.flat_map(str::lines).filter(|line| !is_comment(line));
    let bytes = lines.flat_map(|line| line.trim().bytes().chain([b'\n']));
    bytes.fold(0x811C_9DC5, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Whether a line says nothing.
fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    line.is_empty() || line.starts_with('#')
}

/// Everything that was read from the files.
#[derive(Debug, Default)]
pub struct Book {
    pub rules: Vec<Rule>,
    pub lexicon: Lexicon,
    pub phrases: Phrases,
    /// The acts and things of lines that no phrase spells out.
    pub cues: Phrases,
    pub names: Names,
    /// The words that open a rest or a closing phrase whose end is a slot, and the first words of phrases that begin with a slot.
    pub rests: Heads,
    pub lates: Heads,
    /// The words that names of networks begin with.
    pub networks: Heads,
    /// Editors' offices, and the labels of other stories to which titles are glued.
    pub offices: Offices,
    pub glued: Beginnings,
    /// Labels of keywords to which they are glued.
    pub glued_tags: Beginnings,
}

impl Book {
    /// The standard book without the rules `disable` names and with the user's own file.
    pub fn read(disable: &[&str], own: Option<&str>) -> Result<Self, RuleError> {
        let mut book = Self {
            lexicon: Lexicon::with_capacity(WORDS),
            phrases: Phrases::with_capacity(WORDS, STEPS, ENDS),
            names: Names::with_capacity(WORDS, NAME_STEPS),
            ..Self::default()
        };
        let taken = own.map(removed).unwrap_or_default();
        for (file, text) in FILES {
            book.add(file, text, &taken)?;
        }
        if let Some(text) = own {
            book.add("rules", text, &[])?;
        }
        for id in disable {
            book.disable(id)?;
        }
        Ok(book)
    }

    fn disable(&mut self, id: &str) -> Result<(), RuleError> {
        let mut any = false;
        for rule in &mut self.rules {
            if rule.id == id || rule.id.strip_prefix(id).is_some_and(|rest| rest.starts_with('.')) {
                rule.on = false;
                any = true;
            }
        }
        if any { Ok(()) } else { Err(RuleError(self.unknown(id))) }
    }

    /// What is said of a rule that does not exist: the rules of its category, else all.
    fn unknown(&self, id: &str) -> String {
        let ids: Vec<&str> = self.rules.iter().map(|rule| rule.id.as_str()).collect();
        let category = id.split('.').next().unwrap_or_default();
        let near = ids.iter().filter(|rule| rule.split('.').next() == Some(category)).copied().collect::<Vec<_>>();
        let (of, rules) = if near.is_empty() { (String::new(), &ids) } else { (format!(" of {category}"), &near) };
        format!("disable='{id}': no rule is called so{}; the rules{of} are: {}", guess(id, &ids), rules.join(", "))
    }

    fn add(&mut self, file: &str, text: &str, taken: &[Vec<u8>]) -> Result<(), RuleError> {
        let mut group = None;
        let mut from = 0;
        for (i, end) in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]).enumerate() {
            let line = text[from..end].trim();
            from = end + 1;
            let fail = |why: String| RuleError(format!("{file}, line {}: {why}", i + 1));
            if matches!(line.as_bytes(), [] | [b'#', ..] | [b'-', b' ', ..]) {
                continue;
            }
            if line.as_bytes()[0] == b'['
                && let Some(head) = line[1..].strip_suffix(']')
            {
                group = Some(self.group(head).map_err(fail)?);
                continue;
            }
            let Some(group) = group else {
                return Err(fail(
                    "a phrase before the first [rule]: begin with a line like [promo.mine line edge]".into(),
                ));
            };
            if !taken.is_empty() && taken.contains(&super::key::folded(line)) {
                continue;
            }
            match group {
                Group::Rule(rule) => {
                    let form = self.rules[rule as usize].form;
                    if matches!(form, Form::Act | Form::Thing) {
                        self.cues.add(line, rule, form.bit(), &mut self.lexicon).map_err(fail)?;
                        continue;
                    }
                    let kind = self.rules[rule as usize].kind();
                    self.phrases.add(line, rule, kind, &mut self.lexicon).map_err(fail)?;
                    if kind & Form::Rest.bit() != 0 {
                        self.rests.add(line, if kind & REST_ANYWHERE != 0 { ANYWHERE } else { 1 });
                    }
                    let late = matches!(line.as_bytes(), [b'{' | b':', ..]);
                    let slot = matches!(line.as_bytes(), [.., b'}' | b':']);
                    let open = kind & ENDS != 0 && slot && !line.ends_with("{n}");
                    if open && !late {
                        self.rests.add(line, OPEN);
                    }
                    if late && !line.starts_with("{n}") {
                        self.lates.add(line, 1);
                    }
                }
                Group::Name(class) if taken.is_empty() => self.name(class, line).map_err(fail)?,
                Group::Name(class) => {
                    // A line holds several names; only the one meant is taken out.
                    let (names, value) =
                        line.split_once('=').map_or((line, None), |(names, value)| (names, Some(value)));
                    for name in names.split('،').filter(|name| !taken.contains(&super::key::folded(name.trim()))) {
                        let one = value.map_or_else(|| name.to_owned(), |value| format!("{name} = {value}"));
                        self.name(class, &one).map_err(fail)?;
                    }
                }
                Group::Structure => {}
            }
        }
        Ok(())
    }

    fn name(&mut self, class: Class, line: &str) -> Result<(), String> {
        let names = line.split('،').map(str::trim);
        match class {
            Class::Network => names.for_each(|name| self.networks.add(name, 1)),
            Class::Office => names.for_each(|name| self.offices.add(name)),
            Class::GluedLabel => names.for_each(|name| self.glued.add(name)),
            Class::GluedTags => names.for_each(|name| self.glued_tags.add(name)),
            _ => {}
        }
        self.names.add(class, line, &mut self.lexicon)
    }

    /// `category.name form place`, `template.name category structure`, or `name.class`.
    fn group(&mut self, head: &str) -> Result<Group, String> {
        let mut parts = head.split_whitespace();
        let id = parts.next().unwrap_or_default();
        if let Some(class) = id.strip_prefix("name.") {
            return Names::class(class).map(Group::Name);
        }
        // What a site repeats is of no category by its name: the file says which.
        let name = if id.starts_with("template.") { parts.next() } else { id.split('.').next() };
        let category = Category::CHOICES.iter().find(|c| Some(c.0) == name).map(|c| c.1).ok_or_else(|| {
            let all: Vec<_> = Category::CHOICES.iter().map(|c| c.0).collect();
            format!("{id:?} begins with no category: use one of {}", all.join(", "))
        })?;
        let (mut form, mut place, mut structure) = (Form::Line, Place::Edge, false);
        for word in parts {
            match word {
                "line" => form = Form::Line,
                "open" => form = Form::Open,
                "close" => form = Form::Close,
                "label" => form = Form::Label,
                "section" => form = Form::Section,
                "prefix" => form = Form::Prefix,
                "suffix" => form = Form::Suffix,
                "rest" => form = Form::Rest,
                "act" => form = Form::Act,
                "thing" => form = Form::Thing,
                "any" => place = Place::Any,
                "edge" => place = Place::Edge,
                "head" => place = Place::Head,
                "tail" => place = Place::Tail,
                "near" => place = Place::Near,
                "beside" => place = Place::Beside,
                "structure" => structure = true,
                _ => {
                    const FORMS: [&str; 10] =
                        ["line", "open", "close", "label", "section", "prefix", "suffix", "rest", "act", "thing"];
                    const PLACES: [&str; 6] = ["any", "edge", "head", "tail", "near", "beside"];
                    return Err(format!(
                        "{word:?} is neither a form ({}) nor a place ({}){}",
                        FORMS.join(" "),
                        PLACES.join(" "),
                        guess(word, &[&FORMS[..], &PLACES[..]].concat())
                    ));
                }
            }
        }
        let at = u32::try_from(self.rules.len()).unwrap_or(u32::MAX);
        self.rules.push(Rule { id: id.to_owned(), category, form, place, on: true });
        Ok(if structure { Group::Structure } else { Group::Rule(at) })
    }

    /// The rule of a structural id; they are all in `structure.txt`.
    pub fn structural(&self, id: &str) -> RuleId {
        let at = self.rules.iter().position(|r| r.id == id);
        debug_assert!(at.is_some(), "{id} is missing in structure.txt");
        RuleId(u32::try_from(at.unwrap_or(0)).unwrap_or(0))
    }

    /// The rule behind an id.
    pub fn rule(&self, id: RuleId) -> Option<&Rule> {
        self.rules.get(id.0 as usize)
    }
}

#[derive(Clone, Copy)]
enum Group {
    Rule(u32),
    Name(super::names::Class),
    Structure,
}

/// The phrases that a user's file takes out of the standard ones: its lines `- phrase`, folded.
fn removed(own: &str) -> Vec<Vec<u8>> {
    own.lines().filter_map(|l| l.trim().strip_prefix("- ")).map(super::key::folded).collect()
}

/// The standard book, read at first use.
pub static STANDARD: LazyLock<super::Rules> = LazyLock::new(|| {
    super::Rules::build(&[], None).unwrap_or_else(|e| unreachable!("the crate's own rules can be read: {}", e.0))
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_do_not_change_the_checksum_and_phrases_do() {
        let of = |file: &str| checksum_of([file].into_iter());
        assert_eq!(of("# first\n[nav.mine line]\n\nسطر\n"), of("[nav.mine line]\n  # second\nسطر"));
        assert_ne!(of("[nav.mine line]\nسطر\n"), of("[nav.mine line]\nسطر آخر\n"));
    }
}
