//! What a user may ask of the normaliser: every option, its values, and the presets.
//!
//! Options are checked here, once; a [`Options`] that exists holds only values that the pass knows, and nothing that
//! is compiled from it can fail. The order of the options is that in which the steps run.

use crate::suggest::{guess, listed, unknown_value};
use crate::unicode::TATWEEL;
use std::collections::BTreeMap;
use std::fmt;

/// The value of an option as a caller gives it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// A word, such as `"fold"`.
    Word(String),
    /// A number, such as the longest run for `elongation`.
    Number(i64),
    /// A set of names, such as the mark classes to strip; kept sorted.
    Set(Vec<String>),
    /// What `str.translate` takes: code point → replacement (empty: deleted); kept sorted by code point.
    Map(Vec<(u32, Vec<u32>)>),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => write!(f, "'{word}'"),
            Self::Number(number) => write!(f, "{number}"),
            Self::Set(names) if names.is_empty() => f.write_str("set()"),
            Self::Set(names) => {
                let quoted: Vec<String> = names.iter().map(|name| format!("'{name}'")).collect();
                write!(f, "{{{}}}", quoted.join(", "))
            }
            Self::Map(pairs) => write!(f, "a map of {} code points", pairs.len()),
        }
    }
}

/// An option, preset or value that does not exist. Its message names it, the choices, and what was probably meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionError(pub String);

impl fmt::Display for OptionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for OptionError {}

/// A closed set of words that an option takes.
trait Choice: Copy + PartialEq + 'static {
    const ALL: &'static [(&'static str, Self)];

    fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, choice)| *choice == self).map_or("", |(word, _)| word)
    }

    fn parse(option: &str, value: &Value) -> Result<Self, OptionError> {
        let words: Vec<&str> = Self::ALL.iter().map(|(word, _)| *word).collect();
        let Value::Word(given) = value else {
            return Err(OptionError(format!("{option}={value}: expected one of {}", listed(&words))));
        };
        let known = Self::ALL.iter().find(|(word, _)| word == given).map(|(_, choice)| *choice);
        known.ok_or_else(|| OptionError(unknown_value(option, given, &words)))
    }
}

macro_rules! choices {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident $word:literal),+ })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(clippy::enum_variant_names)] // a variant is its word
        pub(super) enum $name { $($(#[$vdoc])* $variant),+ }

        impl Choice for $name {
            const ALL: &'static [(&'static str, Self)] = &[$(($word, Self::$variant)),+];
        }
    )+};
}

choices! {
    /// Canonical composition.
    Unicode { Nfc "nfc", Keep "keep" }
    /// A step that is done or not.
    Fold { Fold "fold", Keep "keep" }
    /// A kind of code point that is removed or not.
    Strip { Strip "strip", Keep "keep" }
    /// Honorifics of one code point.
    Honorifics { Keep "keep", Expand "expand", Strip "strip" }
    /// The boundary between letters of one word.
    Zwnj { Keep "keep", Strip "strip", Space "space" }
    /// The alef above (or below) a letter.
    DaggerAlef { Strip "strip", Alef "alef", Keep "keep" }
    /// The alefs that carry something.
    Alef { Fold "fold", Extended "extended", Keep "keep" }
    /// Hamza on waw and yeh.
    Hamza { Keep "keep", Carrier "carrier", Hamza "hamza" }
    /// Teh marbuta.
    TehMarbuta { Keep "keep", Heh "heh", Teh "teh" }
    /// Decimal digits.
    Digits { Keep "keep", Ascii "ascii", Arabic "arabic" }
    /// Arabic punctuation and typographic quotes.
    Punctuation { Keep "keep", Ascii "ascii" }
    /// Runs of white space.
    Whitespace { Keep "keep", Collapse "collapse" }
}

/// The mark classes that `diacritics` can name, in the order of the bits of [`Classes`].
pub const MARK_CLASSES: [&str; 6] = ["harakat", "sukun", "tanwin", "shadda", "quran", "foreign"];

/// A set of mark classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Classes(u8);

impl Classes {
    const ALL: Self = Self((1 << MARK_CLASSES.len()) - 1);
    const NONE: Self = Self(0);

    pub(super) fn has(self, class: usize) -> bool {
        self.0 & (1 << class) != 0
    }

    fn without(self, class: usize) -> Self {
        Self(self.0 & !(1 << class))
    }

    fn names(self) -> Vec<String> {
        let mut names: Vec<String> =
            (0..MARK_CLASSES.len()).filter(|&class| self.has(class)).map(|class| MARK_CLASSES[class].into()).collect();
        names.sort_unstable();
        names
    }

    fn parse(option: &str, value: &Value) -> Result<Self, OptionError> {
        match value {
            Value::Word(word) if word == "strip" => Ok(Self::ALL),
            Value::Word(word) if word == "keep" => Ok(Self::NONE),
            Value::Set(names) => names.iter().try_fold(Self::NONE, |set, name| {
                let class = MARK_CLASSES.iter().position(|class| class == name);
                class.map(|class| Self(set.0 | 1 << class)).ok_or_else(|| {
                    let (classes, guess) = (listed(&MARK_CLASSES), guess(name, &MARK_CLASSES));
                    OptionError(format!("{option}={value}: expected 'strip', 'keep' or a set of {classes}{guess}"))
                })
            }),
            _ => {
                let guess = if let Value::Word(word) = value { guess(word, &["strip", "keep"]) } else { String::new() };
                let classes = listed(&MARK_CLASSES);
                Err(OptionError(format!("{option}={value}: expected 'strip', 'keep' or a set of {classes}{guess}")))
            }
        }
    }

    fn value(self) -> Value {
        match self {
            Self::ALL => Value::Word("strip".into()),
            Self::NONE => Value::Word("keep".into()),
            _ => Value::Set(self.names()),
        }
    }
}

/// Every option by name, in the order of the steps.
pub const OPTIONS: [&str; 18] = [
    "unicode",
    "presentation",
    "honorifics",
    "invisible",
    "zwnj",
    "diacritics",
    "dagger_alef",
    "tatweel",
    "alef",
    "yaa",
    "hamza",
    "teh_marbuta",
    "lookalikes",
    "map",
    "elongation",
    "digits",
    "punctuation",
    "whitespace",
];

/// Every preset by name.
pub const PRESETS: [&str; 5] = ["none", "light", "news", "search", "lucene"];

/// What each preset asks for beyond `none`, as options are given; `lucene` is a map.
const LIGHT: &[(&str, &str)] = &[
    ("unicode", "nfc"),
    ("presentation", "fold"),
    ("invisible", "strip"),
    ("tatweel", "strip"),
    ("whitespace", "collapse"),
];
const NEWS: &[(&str, &str)] = &[
    ("unicode", "nfc"),
    ("presentation", "fold"),
    ("invisible", "strip"),
    ("diacritics", "strip"),
    ("dagger_alef", "strip"),
    ("tatweel", "strip"),
    ("alef", "fold"),
    ("yaa", "fold"),
];
const SEARCH: &[(&str, &str)] = &[
    ("hamza", "carrier"),
    ("teh_marbuta", "heh"),
    ("lookalikes", "fold"),
    ("digits", "ascii"),
    ("punctuation", "ascii"),
    ("zwnj", "strip"),
    ("whitespace", "collapse"),
];

/// Lucene's `ArabicNormalizer`: the alefs with madda and hamza as ا, ى as ي, ة as ه; tatweel and the marks from
/// FATHATAN to SUKUN dropped.
const LUCENE_FOLDS: [(u32, u32); 5] = [(0x622, 0x627), (0x623, 0x627), (0x625, 0x627), (0x629, 0x647), (0x649, 0x64A)];
const LUCENE_DROPS: std::ops::RangeInclusive<u32> = 0x64B..=0x652;

/// What a user asks for, checked: every value in it is one that the option takes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Options {
    preset: &'static str,
    pub(super) unicode: Unicode,
    pub(super) presentation: Fold,
    pub(super) honorifics: Honorifics,
    pub(super) invisible: Strip,
    pub(super) zwnj: Zwnj,
    pub(super) diacritics: Classes,
    pub(super) dagger_alef: DaggerAlef,
    pub(super) tatweel: Strip,
    pub(super) alef: Alef,
    pub(super) yaa: Fold,
    pub(super) hamza: Hamza,
    pub(super) teh_marbuta: TehMarbuta,
    pub(super) lookalikes: Fold,
    /// Sorted by code point, each once.
    pub(super) map: Vec<(u32, Vec<u32>)>,
    /// The longest run of one letter.
    pub(super) elongation: Option<u32>,
    pub(super) digits: Digits,
    pub(super) punctuation: Punctuation,
    pub(super) whitespace: Whitespace,
}

impl Default for Options {
    /// The preset `news`.
    fn default() -> Self {
        Self::none("news").with(NEWS)
    }
}

impl Options {
    /// The options of a preset: `none`, `light`, `news`, `search` or `lucene`.
    ///
    /// # Errors
    /// Where there is no preset of that name.
    pub fn preset(name: &str) -> Result<Self, OptionError> {
        match name {
            "none" => Ok(Self::none("none")),
            "light" => Ok(Self::none("light").with(LIGHT)),
            "news" => Ok(Self::default()),
            "search" => Ok(Self::none("search").with(NEWS).with(SEARCH)),
            "lucene" => Ok(Self { map: lucene(), ..Self::none("lucene") }),
            _ => Err(OptionError(unknown_value("preset", name, &PRESETS))),
        }
    }

    /// The options of `strip_diacritics`: canonical composition and every mark class stripped, the dagger alef too,
    /// but for the names in `keep` (mark classes or `dagger_alef`).
    ///
    /// # Errors
    /// Where a name in `keep` is neither.
    pub fn strip_diacritics(keep: &[String]) -> Result<Self, OptionError> {
        let mut options =
            Self::none("none").with(&[("unicode", "nfc"), ("diacritics", "strip"), ("dagger_alef", "strip")]);
        let choices = [&MARK_CLASSES[..], &["dagger_alef"]].concat();
        for name in keep {
            if name == "dagger_alef" {
                options.dagger_alef = DaggerAlef::Keep;
            } else if let Some(class) = MARK_CLASSES.iter().position(|class| class == name) {
                options.diacritics = options.diacritics.without(class);
            } else {
                return Err(OptionError(unknown_value("keep", name, &choices)));
            }
        }
        Ok(options)
    }

    /// Sets one option. `map` adds to the map that the preset has, entry by entry.
    ///
    /// # Errors
    /// Where there is no option of that name, or it does not take that value.
    pub fn set(&mut self, name: &str, value: &Value) -> Result<(), OptionError> {
        match name {
            "unicode" => self.unicode = Choice::parse(name, value)?,
            "presentation" => self.presentation = Choice::parse(name, value)?,
            "honorifics" => self.honorifics = Choice::parse(name, value)?,
            "invisible" => self.invisible = Choice::parse(name, value)?,
            "zwnj" => self.zwnj = Choice::parse(name, value)?,
            "diacritics" => self.diacritics = Classes::parse(name, value)?,
            "dagger_alef" => self.dagger_alef = Choice::parse(name, value)?,
            "tatweel" => self.tatweel = Choice::parse(name, value)?,
            "alef" => self.alef = Choice::parse(name, value)?,
            "yaa" => self.yaa = Choice::parse(name, value)?,
            "hamza" => self.hamza = Choice::parse(name, value)?,
            "teh_marbuta" => self.teh_marbuta = Choice::parse(name, value)?,
            "lookalikes" => self.lookalikes = Choice::parse(name, value)?,
            "map" => self.map_also(value)?,
            "elongation" => self.elongation = elongation(value)?,
            "digits" => self.digits = Choice::parse(name, value)?,
            "punctuation" => self.punctuation = Choice::parse(name, value)?,
            "whitespace" => self.whitespace = Choice::parse(name, value)?,
            _ => {
                let (guess, options) = (guess(name, &OPTIONS), listed(&OPTIONS));
                return Err(OptionError(format!("unknown option '{name}'{guess}: expected one of {options}")));
            }
        }
        Ok(())
    }

    /// The name of the preset that these options started from.
    #[must_use]
    pub fn preset_name(&self) -> &'static str {
        self.preset
    }

    /// The options that differ from those of the preset, in the order of the steps: with
    /// [`preset_name`](Self::preset_name), all that is needed to build the same options again.
    #[must_use]
    pub fn items(&self) -> Vec<(&'static str, Value)> {
        let Ok(preset) = Self::preset(self.preset) else { return Vec::new() };
        OPTIONS
            .into_iter()
            .filter_map(|name| {
                let value = self.get(name)?;
                (preset.get(name).as_ref() != Some(&value)).then_some((name, value))
            })
            .collect()
    }

    /// The value of an option, or `None` where there is no such option.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Value> {
        let word = match name {
            "unicode" => self.unicode.word(),
            "presentation" => self.presentation.word(),
            "honorifics" => self.honorifics.word(),
            "invisible" => self.invisible.word(),
            "zwnj" => self.zwnj.word(),
            "diacritics" => return Some(self.diacritics.value()),
            "dagger_alef" => self.dagger_alef.word(),
            "tatweel" => self.tatweel.word(),
            "alef" => self.alef.word(),
            "yaa" => self.yaa.word(),
            "hamza" => self.hamza.word(),
            "teh_marbuta" => self.teh_marbuta.word(),
            "lookalikes" => self.lookalikes.word(),
            "map" => return Some(Value::Map(self.map.clone())),
            "elongation" => match self.elongation {
                Some(longest) => return Some(Value::Number(longest.into())),
                None => "keep",
            },
            "digits" => self.digits.word(),
            "punctuation" => self.punctuation.word(),
            "whitespace" => self.whitespace.word(),
            _ => return None,
        };
        Some(Value::Word(word.into()))
    }

    /// Every option `keep`.
    fn none(preset: &'static str) -> Self {
        Self {
            preset,
            unicode: Unicode::Keep,
            presentation: Fold::Keep,
            honorifics: Honorifics::Keep,
            invisible: Strip::Keep,
            zwnj: Zwnj::Keep,
            diacritics: Classes::NONE,
            dagger_alef: DaggerAlef::Keep,
            tatweel: Strip::Keep,
            alef: Alef::Keep,
            yaa: Fold::Keep,
            hamza: Hamza::Keep,
            teh_marbuta: TehMarbuta::Keep,
            lookalikes: Fold::Keep,
            map: Vec::new(),
            elongation: None,
            digits: Digits::Keep,
            punctuation: Punctuation::Keep,
            whitespace: Whitespace::Keep,
        }
    }

    /// With the words of a preset's list, each of which its option takes (a test holds the lists to that).
    fn with(mut self, words: &[(&str, &str)]) -> Self {
        for (name, word) in words {
            let set = self.set(name, &Value::Word((*word).into()));
            debug_assert_eq!(set, Ok(()));
        }
        self
    }

    fn map_also(&mut self, value: &Value) -> Result<(), OptionError> {
        let Value::Map(pairs) = value else {
            return Err(OptionError(format!("map={value}: expected what str.translate takes, such as {{'ک': 'ك'}}")));
        };
        for (c, replacement) in pairs {
            if let Some(bad) = replacement.iter().chain([c]).find(|c| **c > 0x0010_FFFF) {
                return Err(OptionError(format!("map: {bad:#X} is no code point; they end at 0x10FFFF")));
            }
        }
        let mut all: BTreeMap<u32, Vec<u32>> = std::mem::take(&mut self.map).into_iter().collect();
        all.extend(pairs.iter().cloned());
        self.map = all.into_iter().collect();
        Ok(())
    }
}

fn elongation(value: &Value) -> Result<Option<u32>, OptionError> {
    match value {
        Value::Word(word) if word == "keep" => Ok(None),
        Value::Number(longest @ 1..) => Ok(Some(u32::try_from(*longest).unwrap_or(u32::MAX))),
        _ => Err(OptionError(format!(
            "elongation={value}: expected 'keep' or the longest run, an integer of at least 1"
        ))),
    }
}

fn lucene() -> Vec<(u32, Vec<u32>)> {
    let folds = LUCENE_FOLDS.into_iter().map(|(from, to)| (from, vec![to]));
    let mut map: Vec<_> = folds.chain(LUCENE_DROPS.chain([TATWEEL]).map(|c| (c, Vec::new()))).collect();
    map.sort_unstable();
    map
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(word: &str) -> Value {
        Value::Word(word.into())
    }

    fn names(names: &[&str]) -> Value {
        Value::Set(names.iter().map(|name| (*name).into()).collect())
    }

    #[test]
    fn every_preset_exists_and_differs_from_itself_in_nothing() {
        for name in PRESETS {
            let options = Options::preset(name).unwrap();
            assert_eq!((options.preset_name(), options.items()), (name, Vec::new()));
        }
        assert_eq!(Options::preset("news"), Ok(Options::default()));
    }

    #[test]
    fn preset_lists_name_only_options_and_values_that_exist() {
        for (name, value) in [LIGHT, NEWS, SEARCH].concat() {
            assert_eq!(Options::default().set(name, &word(value)), Ok(()), "{name}={value}");
        }
    }

    #[test]
    fn items_build_the_same_options_again() {
        let mut options = Options::preset("search").unwrap();
        options.set("diacritics", &names(&["tanwin", "harakat"])).unwrap();
        options.set("elongation", &Value::Number(2)).unwrap();
        options.set("alef", &word("extended")).unwrap();
        options.set("map", &Value::Map(vec![(0x67E, vec![0x628])])).unwrap();
        options.set("yaa", &word("fold")).unwrap(); // as the preset has it
        let items = options.items();
        assert_eq!(items.iter().map(|item| item.0).collect::<Vec<_>>(), ["diacritics", "alef", "map", "elongation"]);
        assert_eq!(items[0].1, names(&["harakat", "tanwin"]));
        let mut again = Options::preset(options.preset_name()).unwrap();
        for (name, value) in items {
            again.set(name, &value).unwrap();
        }
        assert_eq!(again, options);
    }

    #[test]
    fn a_map_adds_to_that_of_lucene() {
        let mut options = Options::preset("lucene").unwrap();
        options.set("map", &Value::Map(vec![(0x629, vec![]), (0x67E, vec![0x628])])).unwrap();
        assert!(options.map.windows(2).all(|pair| pair[0].0 < pair[1].0));
        let of = |c| options.map.iter().find(|pair| pair.0 == c).map(|pair| pair.1.clone());
        assert_eq!(
            [of(0x629), of(0x649), of(0x67E), of(0x64C)],
            [Some(vec![]), Some(vec![0x64A]), Some(vec![0x628]), Some(vec![])]
        );
    }

    #[test]
    fn a_class_set_of_all_is_strip_and_of_none_is_keep() {
        let mut options = Options::default();
        options.set("diacritics", &names(&MARK_CLASSES)).unwrap();
        assert_eq!(options, Options::default());
        options.set("diacritics", &names(&[])).unwrap();
        assert_eq!(options.get("diacritics"), Some(word("keep")));
    }

    #[test]
    fn strip_diacritics_keeps_what_it_is_told_to() {
        let options = Options::strip_diacritics(&["shadda".into(), "dagger_alef".into()]).unwrap();
        assert_eq!(options.get("dagger_alef"), Some(word("keep")));
        assert_eq!(options.get("diacritics"), Some(names(&["foreign", "harakat", "quran", "sukun", "tanwin"])));
        assert_eq!(options.get("tatweel"), Some(word("keep")));
        let error = Options::strip_diacritics(&["shada".into()]).unwrap_err().0;
        assert!(error.contains("keep='shada'") && error.contains("did you mean 'shadda'"), "{error}");
    }

    #[test]
    fn an_error_names_the_option_the_value_and_the_choices() {
        let mut options = Options::default();
        let mut error = |name: &str, value: Value| options.set(name, &value).unwrap_err().0;
        assert_eq!(
            error("alef", word("folt")),
            "alef='folt': expected one of 'fold', 'extended', 'keep' (did you mean 'fold'?)"
        );
        assert_eq!(error("yaa", Value::Number(3)), "yaa=3: expected one of 'fold', 'keep'");
        assert!(
            error("teh_marbutta", word("heh"))
                .starts_with("unknown option 'teh_marbutta' (did you mean 'teh_marbuta'?)")
        );
        assert!(error("elongation", Value::Number(0)).starts_with("elongation=0: expected 'keep' or"));
        assert!(error("diacritics", word("stripp")).contains("did you mean 'strip'"));
        assert!(error("diacritics", names(&["sukuun"])).contains("did you mean 'sukun'"));
        assert!(error("map", word("x")).contains("str.translate"));
        assert!(error("map", Value::Map(vec![(1, vec![0x11_0000])])).contains("0x110000"));
        assert!(Options::preset("nwes").unwrap_err().0.contains("did you mean 'news'"));
    }
}
