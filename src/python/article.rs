//! `Article`: what `extract` returns.

use super::boilerplate::{Boilerplate, NamedCut};
use super::lists::{pairs, slices};
use super::str;
use crate::article::{self, Date, Time};
use crate::boilerplate::Cut;
use crate::suggest;
use crate::text::{Span, UnitBuf};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDate, PyDateTime, PyDelta, PyDict, PyList, PyString, PyTzInfo};
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

/// The facts of an article; all texts among them are spans of the page.
type Facts = article::Article<()>;

/// What `extract` gives before it becomes an object.
pub struct Extracted {
    pub article: article::Article<UnitBuf>,
    /// Where the body stands in the page.
    pub pieces: article::Pieces,
    pub cuts: Vec<Cut>,
    /// The title's text, where it is not simply that of its span.
    pub title: Option<UnitBuf>,
    /// The texts of the sentences, where they are not simply those of their spans.
    pub sentences: Option<Vec<UnitBuf>>,
}

/// Some of the fields of an article.
#[derive(Clone, Copy)]
pub struct Wanted(u32);

impl Wanted {
    pub const ALL: Self = Self(u32::MAX);

    /// Those of these names.
    pub fn of(names: &[String]) -> PyResult<Self> {
        let mut wanted = Self(0);
        for name in names {
            let at = Article::FIELDS.iter().position(|field| field == name);
            let at =
                at.ok_or_else(|| PyValueError::new_err(suggest::unknown_value("fields", name, &Article::FIELDS)))?;
            wanted.0 |= 1 << at;
        }
        Ok(wanted)
    }

    /// Whether the field of this name is among them.
    pub fn has(self, name: &str) -> bool {
        Article::FIELDS.iter().position(|field| *field == name).is_some_and(|at| self.0 >> at & 1 == 1)
    }

    /// Whether the sentences are needed for them.
    pub fn has_sentences(self) -> bool {
        self.has("sentences") || self.has("sentence_spans")
    }
}

/// An article as `extract` found it in the text of a page.
///
/// The fields hold the story and what was cut from the page. Every `*_span` is a half-open range
/// of code points in the page as given: ``page[start:end]`` is the thing. ``title_span``,
/// ``body_spans`` and ``boilerplate`` are sorted and disjoint, and hold every non-space character
/// of the page exactly once.
///
/// >>> import naqi
/// >>> article = naqi.extract("افتتح رئيس البلدية المكتبة صباح اليوم.\nالمصدر: صحيفة المثال")
/// >>> article.body
/// 'افتتح رئيس البلدية المكتبة صباح اليوم.'
/// >>> article.source
/// 'صحيفة المثال'
#[pyclass(frozen, module = "naqi", weakref)]
pub struct Article {
    text: Py<PyString>,
    title: Option<Py<PyString>>,
    body: Py<PyString>,
    facts: Facts,
    cuts: Vec<NamedCut>,
    /// Set from the start where the sentences are not simply parts of the body.
    sentences: PyOnceLock<Py<PyList>>,
    rewritten: bool,
    lists: [PyOnceLock<Py<PyList>>; 6],
}

/// The lists that are made at first use, by their place in `Article::lists`.
#[derive(Clone, Copy)]
enum Lists {
    BodySpans,
    SentenceSpans,
    Authors,
    Tags,
    Related,
    Boilerplate,
}

impl Article {
    /// The fields in the order of the documentation.
    const FIELDS: [&'static str; 16] = [
        "title",
        "body",
        "sentences",
        "title_span",
        "body_spans",
        "sentence_spans",
        "place",
        "agency",
        "authors",
        "published",
        "published_at",
        "published_raw",
        "source",
        "tags",
        "related",
        "boilerplate",
    ];

    /// Makes the object of what was extracted from `text`.
    pub fn new(text: &Bound<'_, PyString>, out: Extracted, cuts: Vec<NamedCut>) -> PyResult<Self> {
        let py = text.py();
        let title = match (&out.title, out.article.title) {
            (Some(title), _) => Some(str::from_buf(py, title)?.unbind()),
            (None, Some(span)) => Some(str::slice(text, span)?.unbind()),
            (None, None) => None,
        };
        let body = str::from_buf(py, &out.article.body)?.unbind();
        let sentences = PyOnceLock::new();
        let rewritten = out.sentences.is_some();
        if let Some(texts) = out.sentences {
            let texts: Vec<_> = texts.iter().map(|text| str::from_buf(py, text)).collect::<PyResult<_>>()?;
            let _ = sentences.set(py, PyList::new(py, texts)?.unbind());
        }
        let facts = out.article.map_body(|_: UnitBuf| ());
        Ok(Self {
            text: text.clone().unbind(),
            title,
            body,
            facts,
            cuts,
            sentences,
            rewritten,
            lists: std::array::from_fn(|_| PyOnceLock::new()),
        })
    }

    fn list<'py>(
        &self,
        py: Python<'py>,
        which: Lists,
        make: impl FnOnce() -> PyResult<Bound<'py, PyList>>,
    ) -> PyResult<Bound<'py, PyList>> {
        let list = self.lists[which as usize].get_or_try_init(py, || make().map(Bound::unbind))?;
        Ok(copy(list.bind(py)))
    }

    fn part<'py>(&self, py: Python<'py>, span: Option<Span>) -> PyResult<Option<Bound<'py, PyString>>> {
        span.map(|span| str::slice(self.text.bind(py), span)).transpose()
    }

    fn parts<'py>(&self, py: Python<'py>, which: Lists, spans: &[Span]) -> PyResult<Bound<'py, PyList>> {
        self.list(py, which, || slices(self.text.bind(py), spans))
    }
}

#[pymethods]
impl Article {
    /// The headline where the page has one, else the `title=` hint, else None.
    #[getter]
    fn title(&self, py: Python<'_>) -> Option<Py<PyString>> {
        self.title.as_ref().map(|title| title.clone_ref(py))
    }

    /// The story without headline and boilerplate, paragraphs separated by a line break.
    #[getter]
    fn body(&self, py: Python<'_>) -> Py<PyString> {
        self.body.clone_ref(py)
    }

    /// The sentences of the body.
    #[getter]
    fn sentences<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let make = || slices(self.body.bind(py), &self.facts.sentences).map(Bound::unbind);
        Ok(copy(self.sentences.get_or_try_init(py, make)?.bind(py)))
    }

    /// Where the headline stands in the page, or None.
    #[getter]
    fn title_span(&self) -> Option<(usize, usize)> {
        self.facts.title.map(|span| (span.start, span.end))
    }

    /// Where the kept pieces stand in the page.
    #[getter]
    fn body_spans<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        self.list(py, Lists::BodySpans, || pairs(py, &self.facts.body_spans))
    }

    /// Where the sentences stand in the page; one that a cut interrupts spans it.
    #[getter]
    fn sentence_spans<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        self.list(py, Lists::SentenceSpans, || pairs(py, &self.facts.sentence_spans))
    }

    /// The place of the dateline or byline, or None.
    #[getter]
    fn place<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyString>>> {
        self.part(py, self.facts.place)
    }

    /// The agency of the dateline or byline, or None.
    #[getter]
    fn agency<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyString>>> {
        self.part(py, self.facts.agency)
    }

    /// The persons of the bylines, roles stripped.
    #[getter]
    fn authors<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        self.parts(py, Lists::Authors, &self.facts.authors)
    }

    /// The article's own date as a `datetime.date` of the Gregorian calendar, or None.
    #[getter]
    fn published<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDate>>> {
        self.facts.published.map(|Date { year, month, day }| PyDate::new(py, year.into(), month, day)).transpose()
    }

    /// Date and time as a `datetime.datetime` with its zone, where both are stated or known, or None.
    #[getter]
    fn published_at<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDateTime>>> {
        let (Some(date), Some(time)) = (self.facts.published, self.facts.published_time) else { return Ok(None) };
        let Date { year, month, day } = date;
        let Time { hour, minute, second, offset } = time;
        let zone = PyTzInfo::fixed_offset(py, PyDelta::new(py, 0, i32::from(offset) * 60, 0, true)?)?;
        PyDateTime::new(py, year.into(), month, day, hour, minute, second, 0, Some(&zone)).map(Some)
    }

    /// The date as the page writes it, or None.
    #[getter]
    fn published_raw<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyString>>> {
        self.part(py, self.facts.published_raw)
    }

    /// The outlet that the page credits, or None.
    #[getter]
    fn source<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyString>>> {
        self.part(py, self.facts.source)
    }

    /// The page's keywords.
    #[getter]
    fn tags<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        self.parts(py, Lists::Tags, &self.facts.tags)
    }

    /// The titles of other articles that the page carried.
    #[getter]
    fn related<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        self.parts(py, Lists::Related, &self.facts.related)
    }

    /// Everything that was cut, as `Boilerplate` over the page.
    #[getter]
    fn boilerplate<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let cuts = || PyList::new(py, self.cuts.iter().cloned().map(Boilerplate::from));
        self.list(py, Lists::Boilerplate, cuts)
    }

    /// The page as it was given.
    #[getter]
    fn text(&self, py: Python<'_>) -> Py<PyString> {
        self.text.clone_ref(py)
    }

    /// The fields as a dict that `json.dumps` takes: dates in ISO form, spans as lists. `text` is left out.
    ///
    /// >>> import naqi
    /// >>> naqi.extract("سقط المطر على المدينة مساء أمس.").to_dict().get("body")
    /// 'سقط المطر على المدينة مساء أمس.'
    fn to_dict<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyDict>> {
        let py = slf.py();
        let this = slf.get();
        let dict = PyDict::new(py);
        for name in Self::FIELDS {
            match name {
                "published" | "published_at" => {
                    let value = slf.getattr(name)?;
                    let iso = if value.is_none() { value } else { value.call_method0("isoformat")? };
                    dict.set_item(name, iso)?;
                }
                "title_span" => dict.set_item(name, this.facts.title.map(|span| [span.start, span.end]))?,
                "body_spans" => dict.set_item(name, lists(&this.facts.body_spans))?,
                "sentence_spans" => dict.set_item(name, lists(&this.facts.sentence_spans))?,
                "boilerplate" => {
                    let cuts = this.cuts.iter().map(|cut| Boilerplate::from(cut.clone()).to_dict(py));
                    dict.set_item(name, cuts.collect::<PyResult<Vec<_>>>()?)?;
                }
                _ => dict.set_item(name, slf.getattr(name)?)?,
            }
        }
        Ok(dict)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let title = self.title.as_ref().map_or_else(|| Ok("None".into()), |title| quoted(title.bind(py)))?;
        let date =
            self.facts.published.map(|Date { year, month, day }| format!(" published={year:04}-{month:02}-{day:02}"));
        let source =
            self.source(py)?.map(|source| quoted(&source)).transpose()?.map(|source| format!(" source={source}"));
        let (sentences, cuts) = (self.facts.sentences.len(), self.cuts.len());
        let facts = date.unwrap_or_default() + &source.unwrap_or_default();
        Ok(format!("<Article title={title}{facts} sentences={sentences} cut={cuts}>"))
    }

    /// What a notebook shows: the page with its cuts, and the record beside it.
    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("naqi.display")?.call_method1("article_html", (slf,))
    }

    /// `published` as year, month and day of the Hijri calendar, for a page that shows both.
    fn _published_hijri(&self) -> Option<(u32, u8, u8)> {
        self.facts.published.and_then(Date::hijri)
    }

    fn __eq__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        let Ok(other) = other.cast::<Self>() else { return Ok(py.NotImplemented()) };
        let other = other.get();
        let same = self.facts == other.facts
            && self.cuts == other.cuts
            && self.text.bind(py).as_any().eq(other.text.bind(py))?
            && self.body.bind(py).as_any().eq(other.body.bind(py))?
            && self.sentences(py)?.as_any().eq(other.sentences(py)?)?
            && match (&self.title, &other.title) {
                (Some(a), Some(b)) => a.bind(py).as_any().eq(b.bind(py))?,
                (a, b) => a.is_none() == b.is_none(),
            };
        Ok(same.into_pyobject(py)?.to_owned().into_any().unbind())
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<u64> {
        let mut hasher = DefaultHasher::new();
        self.text.bind(py).hash()?.hash(&mut hasher);
        self.cuts.hash(&mut hasher);
        Ok(hasher.finish())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyDict>,))> {
        let restore = py.import("naqi._naqi")?.getattr("_restore_article")?;
        let facts = &self.facts;
        let state = PyDict::new(py);
        state.set_item("text", &self.text)?;
        state.set_item("title", &self.title)?;
        state.set_item("body", &self.body)?;
        state.set_item("sentences", self.rewritten.then(|| self.sentences(py)).transpose()?)?;
        let one = |span: Option<Span>| span.map(|span| (span.start, span.end));
        state.set_item("title_span", one(facts.title))?;
        state.set_item("body_spans", pairs(py, &facts.body_spans)?)?;
        state.set_item("sentences_in_body", pairs(py, &facts.sentences)?)?;
        state.set_item("sentence_spans", pairs(py, &facts.sentence_spans)?)?;
        state.set_item("place", one(facts.place))?;
        state.set_item("agency", one(facts.agency))?;
        state.set_item("authors", pairs(py, &facts.authors)?)?;
        state.set_item("date", facts.published.map(|date| (date.year, date.month, date.day)))?;
        state.set_item("time", facts.published_time.map(|time| (time.hour, time.minute, time.second, time.offset)))?;
        state.set_item("published_raw", one(facts.published_raw))?;
        state.set_item("source", one(facts.source))?;
        state.set_item("tags", pairs(py, &facts.tags)?)?;
        state.set_item("related", pairs(py, &facts.related)?)?;
        let cuts = self.cuts.iter().map(|cut| (cut.span.start, cut.span.end, cut.category, &*cut.rule));
        state.set_item("cuts", cuts.collect::<Vec<_>>())?;
        Ok((restore, (state,)))
    }
}

fn lists(spans: &[Span]) -> Vec<[usize; 2]> {
    spans.iter().map(|span| [span.start, span.end]).collect()
}

/// What a caller does to a list that it was given changes nothing of the article.
fn copy<'py>(list: &Bound<'py, PyList>) -> Bound<'py, PyList> {
    list.get_slice(0, list.len())
}

/// The text as a literal, its end left out where it is long. Lone surrogates are shown as Python shows them, escaped.
fn quoted(text: &Bound<'_, PyString>) -> PyResult<String> {
    const SHOWN: usize = 80;
    if text.len()? <= SHOWN {
        return Ok(text.repr()?.to_string_lossy().into_owned());
    }
    let head = str::slice(text, Span::new(0, SHOWN))?;
    Ok(head.repr()?.to_string_lossy().into_owned() + "…")
}

/// Makes an `Article` of what `pickle` kept of it.
#[pyfunction]
pub fn _restore_article(state: &Bound<'_, PyDict>) -> PyResult<Article> {
    let py = state.py();
    let get = |key: &str| state.get_item(key)?.ok_or_else(|| pyo3::exceptions::PyKeyError::new_err(key.to_owned()));
    let span = |key: &str| -> PyResult<Option<Span>> {
        Ok(get(key)?.extract::<Option<(usize, usize)>>()?.map(|(start, end)| Span::new(start, end)))
    };
    let spans = |key: &str| -> PyResult<Vec<Span>> {
        Ok(get(key)?.extract::<Vec<(usize, usize)>>()?.into_iter().map(|(start, end)| Span::new(start, end)).collect())
    };
    let date = get("date")?.extract::<Option<(u16, u8, u8)>>()?;
    let time = get("time")?.extract::<Option<(u8, u8, u8, i16)>>()?;
    let facts = Facts {
        title: span("title_span")?,
        body_spans: spans("body_spans")?,
        body: (),
        sentences: spans("sentences_in_body")?,
        sentence_spans: spans("sentence_spans")?,
        place: span("place")?,
        agency: span("agency")?,
        authors: spans("authors")?,
        published: date.map(|(year, month, day)| Date { year, month, day }),
        published_time: time.map(|(hour, minute, second, offset)| Time { hour, minute, second, offset }),
        published_raw: span("published_raw")?,
        source: span("source")?,
        tags: spans("tags")?,
        related: spans("related")?,
    };
    let cuts = get("cuts")?.extract::<Vec<(usize, usize, String, String)>>()?;
    let cuts =
        cuts.into_iter().map(|(start, end, category, rule)| NamedCut::restored(Span::new(start, end), &category, rule));
    let sentences = PyOnceLock::new();
    let texts = get("sentences")?.extract::<Option<Py<PyList>>>()?;
    let rewritten = texts.is_some();
    if let Some(texts) = texts {
        let _ = sentences.set(py, texts);
    }
    Ok(Article {
        text: get("text")?.extract()?,
        title: get("title")?.extract()?,
        body: get("body")?.extract()?,
        facts,
        cuts: cuts.collect::<PyResult<_>>()?,
        sentences,
        rewritten,
        lists: std::array::from_fn(|_| PyOnceLock::new()),
    })
}
