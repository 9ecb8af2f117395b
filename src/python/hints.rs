//! `title=`, `author=`, `site=`: what the caller knows of the pages, one value for all or one for each.

use super::container::{self, HintColumn};
use super::errors;
use super::str::{Held, Kind, View, on_view};
use crate::boilerplate::Hints;
use crate::text::{Text, Unit, UnitBuf, Units};
use pyo3::prelude::*;
use pyo3::types::{PyIterator, PyString};

/// The hints as given.
pub struct HintArgs<'py> {
    pub title: Option<Bound<'py, PyAny>>,
    pub author: Option<Bound<'py, PyAny>>,
    pub site: Option<Bound<'py, PyAny>>,
}

impl HintArgs<'_> {
    /// For the jobs that take none.
    pub const NONE: Self = Self { title: None, author: None, site: None };

    /// Whether each is one value for all texts.
    pub fn are_one_for_all(&self) -> bool {
        let one = |hint: &Option<Bound<'_, PyAny>>| hint.as_ref().is_none_or(Bound::is_instance_of::<PyString>);
        one(&self.title) && one(&self.author) && one(&self.site)
    }

    /// The hints of `texts` texts, or of the one text where `texts` is `None`.
    pub fn check(&self, texts: Option<usize>) -> PyResult<HintSet> {
        Ok(HintSet {
            title: Hint::new("title", self.title.as_ref(), texts)?,
            author: Hint::new("author", self.author.as_ref(), texts)?,
            site: Hint::new("site", self.site.as_ref(), texts)?,
        })
    }
}

/// What the caller told about one text.
#[derive(Default)]
pub struct Given<'a> {
    /// Folded for the rules.
    pub hints: Hints,
    /// The headline as given.
    pub title: Option<Known<'a>>,
}

/// Hints, checked against the texts they are for.
pub struct HintSet {
    title: Hint,
    author: Hint,
    site: Hint,
}

enum Hint {
    All(Option<Held>),
    Each(Vec<Option<Held>>),
    Column(HintColumn),
}

/// A hint's text: a Python string's, or that of a row of a column.
#[derive(Clone, Copy)]
pub enum Known<'a> {
    Python(View<'a>),
    Utf8(&'a str),
}

impl Known<'_> {
    /// Whether it is white space and nothing else.
    pub fn is_blank(self) -> bool {
        fn blank<T: Text>(text: T) -> bool {
            text.chars().all(|(_, c)| char::from_u32(c).is_some_and(char::is_whitespace))
        }
        match self {
            Self::Python(view) => on_view!(view, text => blank(text)),
            Self::Utf8(text) => blank(text),
        }
    }

    /// As Python stores it.
    pub fn to_buf(self) -> UnitBuf {
        fn buf<U: Kind>(text: Units<'_, U>) -> UnitBuf {
            U::buf(text.0.to_vec())
        }
        fn units<U: Unit>(text: &str) -> Vec<U> {
            text.chars().map(|c| U::put(u32::from(c))).collect()
        }
        match self {
            Self::Python(view) => on_view!(view, text => buf(text)),
            Self::Utf8(text) => match text.chars().max().map_or(0, u32::from) {
                0..=0xFF => UnitBuf::Latin1(units(text)),
                0x100..=0xFFFF => UnitBuf::Ucs2(units(text)),
                _ => UnitBuf::Ucs4(units(text)),
            },
        }
    }
}

impl Hint {
    fn new(name: &str, value: Option<&Bound<'_, PyAny>>, texts: Option<usize>) -> PyResult<Self> {
        let Some(value) = value else { return Ok(Self::All(None)) };
        if let Ok(text) = value.cast::<PyString>() {
            return Held::new(text).map(|held| Self::All(Some(held)));
        }
        let Some(texts) = texts else { return Err(errors::not_hint(name, value, true)) };
        if container::is_column(value) {
            return match HintColumn::read(name, value)? {
                Ok(column) if column.len() == texts => Ok(Self::Column(column)),
                Ok(column) => Err(errors::wrong_length(name, column.len(), texts)),
                Err(list) => Self::new(name, Some(&list), Some(texts)),
            };
        }
        let values: Vec<_> = values_of(name, value)?.collect::<PyResult<_>>()?;
        if values.len() != texts {
            return Err(errors::wrong_length(name, values.len(), texts));
        }
        values
            .iter()
            .enumerate()
            .map(|(index, value)| held_or_none(name, index, value))
            .collect::<PyResult<_>>()
            .map(Self::Each)
    }

    fn at(&self, index: usize) -> Option<Known<'_>> {
        match self {
            Self::All(held) => held.as_ref().map(|held| Known::Python(held.view())),
            Self::Each(held) => held[index].as_ref().map(|held| Known::Python(held.view())),
            Self::Column(column) => column.get(index).map(Known::Utf8),
        }
    }
}

fn values_of<'py>(name: &str, value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyIterator>> {
    container::iterate(value)?.ok_or_else(|| errors::not_hint(name, value, false))
}

/// The value for the text at `index`.
fn held_or_none(name: &str, index: usize, value: &Bound<'_, PyAny>) -> PyResult<Option<Held>> {
    if value.is_none() {
        return Ok(None);
    }
    let text = value.cast::<PyString>().map_err(|_| errors::not_hint_at(name, index, value))?;
    Held::new(text).map(Some)
}

impl HintSet {
    /// For texts that will be added with [`HintStreams::next_into`].
    pub fn empty() -> Self {
        let none = || Hint::Each(Vec::new());
        Self { title: none(), author: none(), site: none() }
    }

    /// What is known of the text at `index`.
    pub fn at(&self, index: usize) -> Given<'_> {
        /// Calls a generic method with the text of a hint, where there is one.
        macro_rules! with {
            ($hints:ident.$method:ident($known:expr)) => {
                match $known {
                    None => $hints,
                    Some(Known::Python(view)) => on_view!(view, text => $hints.$method(text)),
                    Some(Known::Utf8(text)) => $hints.$method(text),
                }
            };
        }
        let hints = Hints::default();
        let hints = with!(hints.title(self.title.at(index)));
        let hints = with!(hints.author(self.author.at(index)));
        let hints = with!(hints.site(self.site.at(index)));
        Given { hints, title: self.title.at(index) }
    }

    /// Whether the same is known of every text.
    pub fn is_one_for_all(&self) -> bool {
        [&self.title, &self.author, &self.site].iter().all(|hint| matches!(hint, Hint::All(_)))
    }
}

/// Hints of a stream of pages: each one value for all, or an iterable that is read alongside.
pub struct HintStreams {
    title: HintStream,
    author: HintStream,
    site: HintStream,
}

enum HintStream {
    All(Option<Py<PyString>>),
    Each(Py<PyIterator>),
}

impl HintStreams {
    /// The streams of what `extract_iter` was given.
    pub fn new(
        title: Option<&Bound<'_, PyAny>>,
        author: Option<&Bound<'_, PyAny>>,
        site: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        Ok(Self {
            title: HintStream::new("title", title)?,
            author: HintStream::new("author", author)?,
            site: HintStream::new("site", site)?,
        })
    }

    /// Takes the hints of the page at `index` and puts them into `hints`.
    pub fn next_into(&self, py: Python<'_>, index: usize, hints: &mut HintSet) -> PyResult<()> {
        self.title.next_into(py, "title", index, &mut hints.title)?;
        self.author.next_into(py, "author", index, &mut hints.author)?;
        self.site.next_into(py, "site", index, &mut hints.site)
    }
}

impl HintStream {
    fn new(name: &str, value: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        let Some(value) = value else { return Ok(Self::All(None)) };
        match value.cast::<PyString>() {
            Ok(text) => Ok(Self::All(Some(text.clone().unbind()))),
            Err(_) => values_of(name, value).map(|values| Self::Each(values.unbind())),
        }
    }

    fn next_into(&self, py: Python<'_>, name: &str, index: usize, into: &mut Hint) -> PyResult<()> {
        let held = match self {
            Self::All(text) => text.as_ref().map(|text| Held::new(text.bind(py))).transpose()?,
            Self::Each(values) => match values.bind(py).clone().next() {
                Some(value) => held_or_none(name, index, &value?)?,
                None => {
                    return Err(errors::ended_early(name, index));
                }
            },
        };
        if let Hint::Each(values) = into {
            values.push(held);
        }
        Ok(())
    }
}
