//! The jobs: what is done to a text with the interpreter released, and how the result becomes an object.

use super::article::{Article, Extracted, Wanted};
use super::boilerplate::{Boilerplate, NamedCut};
use super::hints::{Given, Known};
use super::lists::{Uncollected, pairs, slices};
use super::str::{self, Held, Kind, View, on_view};
use crate::boilerplate::{self, Categories, Cut, Hints, Page, Rules, Templates};
use crate::normalize::{Appended, Plan};
use crate::scan::prefetch::prefetch;
use crate::sentences::{self, Newlines};
use crate::text::{Span, UnitBuf, Units};
use crate::{article, markup, parallel};
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyString};
use std::borrow::Cow;
use std::sync::Arc;

/// One of the five jobs with its options.
pub trait Job: Sync {
    /// What the pure part gives.
    type Out: Send;

    /// Whether the text is a page, which must not be HTML.
    const PAGE: bool = false;

    /// About how much text is worked on between two looks at signals, in code points.
    const WINDOW: usize = 1 << 20;

    /// The pure part: may run on any thread, sees no Python object.
    fn run<U: Kind>(&self, text: Units<'_, U>, given: &Given<'_>) -> Self::Out;

    /// The result as an object.
    fn output<'py>(&self, text: &Bound<'py, PyString>, out: Self::Out) -> PyResult<Bound<'py, PyAny>>;

    /// Takes some texts out and gives their results, the pure part done with the interpreter released; `given`: what is
    /// known of each.
    fn window<'py, 'g>(
        &self,
        py: Python<'py>,
        texts: &mut Vec<Option<Held>>,
        given: &(dyn Fn(usize) -> Given<'g> + Sync),
        threads: usize,
    ) -> PyResult<Done<'py>> {
        let indexed: Vec<(usize, &Option<Held>)> = texts.iter().enumerate().collect();
        let outs = py.detach(|| {
            parallel::map(indexed, threads, |(index, text)| Some(run_on(self, text.as_ref()?, &given(index))))
        });
        let mut done = Done { results: Vec::with_capacity(texts.len()), html: false };
        let _uncollected = Uncollected::new(py);
        for (text, out) in texts.drain(..).zip(outs) {
            done.results.push(match (&text, out) {
                (Some(text), Some((out, html))) => {
                    done.html |= html;
                    self.output(text.object().bind(py), out)?
                }
                _ => py.None().into_bound(py),
            });
        }
        Ok(done)
    }
}

/// The results of a window.
pub struct Done<'py> {
    pub results: Vec<Bound<'py, PyAny>>,
    /// Whether a page looked like HTML.
    pub html: bool,
}

/// The pure part on a held string, and whether it looked like HTML.
pub fn run_on<J: Job + ?Sized>(job: &J, text: &Held, given: &Given<'_>) -> (J::Out, bool) {
    on_view!(text.view(), text => (job.run(text, given), J::PAGE && markup::looks_like_html(text)))
}

/// `normalize` and its kin.
pub struct Normalize(pub Arc<Plan>);

impl Job for Normalize {
    type Out = Option<UnitBuf>;

    fn run<U: Kind>(&self, text: Units<'_, U>, _: &Given<'_>) -> Self::Out {
        self.0.run_units(text)
    }

    fn output<'py>(&self, text: &Bound<'py, PyString>, out: Self::Out) -> PyResult<Bound<'py, PyAny>> {
        changed_or_same(text, out)
    }

    /// Small enough that a window and what becomes of it stay in the caches.
    const WINDOW: usize = 1 << 18;

    /// Texts of 2-byte units are written one behind another into memory that stays warm, and become strings of just
    /// their length; texts that grow are written elsewhere.
    fn window<'py, 'g>(
        &self,
        py: Python<'py>,
        texts: &mut Vec<Option<Held>>,
        _: &(dyn Fn(usize) -> Given<'g> + Sync),
        threads: usize,
    ) -> PyResult<Done<'py>> {
        let parts = if threads == 1 { 1 } else { threads * PARTS };
        let parts = texts.chunks(texts.len().div_ceil(parts).max(1)).collect();
        let parts = py.detach(|| parallel::map(parts, threads, |texts: &[_]| self.fill(texts)));
        let mut results = Vec::with_capacity(texts.len());
        let mut texts = texts.drain(..);
        for Filled { units, outcomes } in parts {
            let mut start = 0;
            for (outcome, text) in outcomes.into_iter().zip(&mut texts) {
                results.push(match (outcome, text) {
                    (_, None) => py.None().into_bound(py),
                    (Outcome::Same, Some(text)) => text.into_exact(py)?.into_any(),
                    (Outcome::Next { len, width }, _) => {
                        let units = &units[start..start + len];
                        start += len;
                        str::from_wide(py, units, width)?.into_any()
                    }
                    (Outcome::Apart(buf), _) => str::from_buf(py, &buf)?.into_any(),
                });
            }
        }
        Ok(Done { results, html: false })
    }
}

/// Parts of a window for each thread, so that none waits long for another.
const PARTS: usize = 4;

/// What became of some texts.
struct Filled {
    /// Those that changed, one behind another.
    units: Vec<u16>,
    outcomes: Vec<Outcome>,
}

enum Outcome {
    Same,
    /// The next `len` units.
    Next {
        len: usize,
        width: u32,
    },
    Apart(UnitBuf),
}

impl Normalize {
    fn fill(&self, texts: &[Option<Held>]) -> Filled {
        let wide = |text: &Held| if let View::Ucs2(text) = text.view() { text.0.len() } else { 0 };
        let mut units = Vec::with_capacity(texts.iter().flatten().map(wide).sum::<usize>() + Plan::SLACK);
        let mut outcomes = Vec::with_capacity(texts.len());
        for (at, text) in texts.iter().enumerate() {
            if let Some(Some(next)) = texts.get(at + 1) {
                on_view!(next.view(), next => prefetch(next.0));
            }
            outcomes.push(text.as_ref().map_or(Outcome::Same, |text| self.put(text, &mut units)));
        }
        Filled { units, outcomes }
    }

    fn put(&self, text: &Held, units: &mut Vec<u16>) -> Outcome {
        if let View::Ucs2(text) = text.view() {
            match self.0.append_units(text, units) {
                Appended::Unchanged => return Outcome::Same,
                Appended::Text { len, width } => return Outcome::Next { len, width },
                Appended::NoRoom => {}
            }
        }
        on_view!(text.view(), text => self.0.run_units(text)).map_or(Outcome::Same, Outcome::Apart)
    }
}

/// What an optional change made of a text.
pub fn changed_or_same<'py>(text: &Bound<'py, PyString>, out: Option<UnitBuf>) -> PyResult<Bound<'py, PyAny>> {
    Ok(match out {
        Some(buf) => str::from_buf(text.py(), &buf)?,
        None => str::exact(text)?,
    }
    .into_any())
}

/// `split_sentences`.
pub struct Split(pub Newlines);

impl Job for Split {
    type Out = Vec<Span>;

    const WINDOW: usize = Found::WINDOW;

    fn run<U: Kind>(&self, text: Units<'_, U>, _: &Given<'_>) -> Self::Out {
        sentences::spans(text, self.0)
    }

    fn output<'py>(&self, text: &Bound<'py, PyString>, out: Self::Out) -> PyResult<Bound<'py, PyAny>> {
        slices(text, &out).map(Bound::into_any)
    }

    fn window<'py, 'g>(
        &self,
        py: Python<'py>,
        texts: &mut Vec<Option<Held>>,
        _: &(dyn Fn(usize) -> Given<'g> + Sync),
        threads: usize,
    ) -> PyResult<Done<'py>> {
        Found::window(py, texts, self.0, threads, |text, spans| slices(text.object().bind(py), spans))
    }
}

/// `sentence_spans`.
pub struct SplitSpans(pub Newlines);

impl Job for SplitSpans {
    type Out = Vec<Span>;

    const WINDOW: usize = Found::WINDOW;

    fn run<U: Kind>(&self, text: Units<'_, U>, _: &Given<'_>) -> Self::Out {
        sentences::spans(text, self.0)
    }

    fn output<'py>(&self, text: &Bound<'py, PyString>, out: Self::Out) -> PyResult<Bound<'py, PyAny>> {
        pairs(text.py(), &out).map(Bound::into_any)
    }

    fn window<'py, 'g>(
        &self,
        py: Python<'py>,
        texts: &mut Vec<Option<Held>>,
        _: &(dyn Fn(usize) -> Given<'g> + Sync),
        threads: usize,
    ) -> PyResult<Done<'py>> {
        Found::window(py, texts, self.0, threads, |_, spans| pairs(py, spans))
    }
}

/// The sentences of some texts, one behind another: no memory of its own for each text.
struct Found {
    spans: Vec<Span>,
    /// How many each text has.
    counts: Vec<usize>,
}

impl Found {
    /// Code points between two looks at signals and at what the collector may do.
    const WINDOW: usize = 1 << 21;
    /// Code points that one thread reads at a time: few enough that they are still in the caches when objects are made.
    const CACHED: usize = 1 << 18;

    fn read(texts: &[Option<Held>], newlines: Newlines) -> Self {
        let mut found = Self { spans: Vec::new(), counts: Vec::with_capacity(texts.len()) };
        for text in texts {
            let before = found.spans.len();
            if let Some(text) = text {
                on_view!(text.view(), text => found.spans.extend(sentences::sentences(text, newlines)));
            }
            found.counts.push(found.spans.len() - before);
        }
        found
    }

    /// [`Job::window`] for jobs that make something of the sentences.
    fn window<'py>(
        py: Python<'py>,
        texts: &mut Vec<Option<Held>>,
        newlines: Newlines,
        threads: usize,
        make: impl Fn(&Held, &[Span]) -> PyResult<Bound<'py, PyList>>,
    ) -> PyResult<Done<'py>> {
        let (parts, most) = if threads == 1 { (1, Self::CACHED) } else { (threads * PARTS, Self::WINDOW) };
        let mut results = Vec::with_capacity(texts.len());
        let _uncollected = Uncollected::new(py);
        let mut rest = &texts[..];
        while !rest.is_empty() {
            let mut units = 0;
            let fits = |text: &&Option<Held>| {
                let more = units < most;
                units += text.as_ref().map_or(0, Held::len);
                more
            };
            let (group, behind) = rest.split_at(rest.iter().take_while(fits).count());
            rest = behind;
            let chunks = group.chunks(group.len().div_ceil(parts)).collect();
            let found = py.detach(|| parallel::map(chunks, threads, |texts: &[_]| Self::read(texts, newlines)));
            let mut group = group.iter();
            for Self { spans, counts } in found {
                let mut start = 0;
                for (count, text) in counts.into_iter().zip(&mut group) {
                    results.push(match text {
                        Some(text) => make(text, &spans[start..start + count])?.into_any(),
                        None => py.None().into_bound(py),
                    });
                    start += count;
                }
            }
        }
        texts.clear();
        Ok(Done { results, html: false })
    }
}

/// Rules, shared by every call that uses them.
#[derive(Clone)]
pub enum SharedRules {
    /// Those that come with the crate.
    Standard(&'static Rules),
    /// Those of one `Extractor`.
    Custom(Arc<Rules>),
}

/// How pages are read: by which rules, and with what was learnt of their sites.
#[derive(Clone)]
pub struct Reader {
    pub rules: SharedRules,
    pub templates: Option<Arc<Templates>>,
}

impl Reader {
    /// The rules that come with the crate.
    pub fn standard(templates: Option<Arc<Templates>>) -> Self {
        Self { rules: SharedRules::Standard(Rules::standard()), templates }
    }

    /// The same with what stays of a page.
    fn keeping(&self, keep: Categories) -> article::Extraction<'_> {
        article::Extraction { rules: self.rules.rules(), templates: self.templates.as_deref(), keep }
    }

    fn read<U: Kind>(&self, text: Units<'_, U>, hints: &Hints) -> Page {
        self.keeping(Categories::default()).read(text, hints)
    }
}

impl SharedRules {
    /// The rules.
    pub fn rules(&self) -> &Rules {
        match self {
            Self::Standard(rules) => rules,
            Self::Custom(rules) => rules,
        }
    }

    /// A cut with the name of its rule.
    fn named(&self, cut: &Cut) -> NamedCut {
        let rule = match self {
            Self::Standard(rules) => Cow::Borrowed(rules.id(cut.rule)),
            Self::Custom(rules) => Cow::Owned(rules.id(cut.rule).to_owned()),
        };
        NamedCut { span: cut.span, category: cut.category.name(), rule }
    }
}

/// `find_boilerplate`.
pub struct Find(pub Reader);

impl Job for Find {
    type Out = Vec<Cut>;

    const PAGE: bool = true;

    fn run<U: Kind>(&self, text: Units<'_, U>, given: &Given<'_>) -> Self::Out {
        self.0.read(text, &given.hints).cuts
    }

    fn output<'py>(&self, text: &Bound<'py, PyString>, out: Self::Out) -> PyResult<Bound<'py, PyAny>> {
        let cuts: Vec<_> = out.iter().map(|cut| Boilerplate::from(self.0.rules.named(cut))).collect();
        cuts.into_bound_py_any(text.py())
    }
}

/// `remove_boilerplate`.
pub struct Remove {
    pub reader: Reader,
    pub keep: Categories,
}

impl Job for Remove {
    type Out = Option<UnitBuf>;

    const PAGE: bool = true;

    fn run<U: Kind>(&self, text: Units<'_, U>, given: &Given<'_>) -> Self::Out {
        let page = self.reader.read(text, &given.hints);
        let cuts: Vec<Span> =
            page.cuts.iter().filter(|cut| !self.keep.contains(cut.category)).map(|cut| cut.span).collect();
        boilerplate::remove(text, &cuts).map(U::buf)
    }

    fn output<'py>(&self, text: &Bound<'py, PyString>, out: Self::Out) -> PyResult<Bound<'py, PyAny>> {
        changed_or_same(text, out)
    }
}

/// `extract`.
#[derive(Clone)]
pub struct Extract {
    pub reader: Reader,
    pub keep: Categories,
    pub normalize: Option<Arc<Plan>>,
    /// Of articles in columns, the fields that are wanted.
    pub wanted: Wanted,
}

impl Extract {
    /// How pages are read, and what stays of them.
    pub fn pages(&self) -> article::Extraction<'_> {
        self.reader.keeping(self.keep)
    }
}

impl Job for Extract {
    type Out = Extracted;

    const PAGE: bool = true;

    fn run<U: Kind>(&self, text: Units<'_, U>, given: &Given<'_>) -> Self::Out {
        let mut found = self.pages().run(text, &given.hints);
        if self.wanted.has_sentences() {
            found.split();
        }
        let article::Extracted { mut article, pieces, cuts } = found;
        let shown = article.title.map(|span| U::buf(text.0[span.start..span.end].to_vec()));
        let hinted = || given.title.filter(|title| !title.is_blank()).map(Known::to_buf);
        let Some(plan) = &self.normalize else {
            let title = if shown.is_some() { None } else { hinted() };
            return Extracted { article: article.map_body(U::buf), pieces, cuts, title, sentences: None };
        };
        let body = std::mem::take(&mut article.body);
        let normal = |units: &[U]| plan.run_units(Units(units)).unwrap_or_else(|| U::buf(units.to_vec()));
        let sentences = article.sentences.iter().map(|span| normal(&body[span.start..span.end])).collect();
        Extracted {
            title: shown.or_else(hinted).map(|title| normalized(plan, title)),
            sentences: Some(sentences),
            article: article.map_body(|_: Vec<U>| normal(&body)),
            pieces,
            cuts,
        }
    }

    fn output<'py>(&self, text: &Bound<'py, PyString>, out: Self::Out) -> PyResult<Bound<'py, PyAny>> {
        let cuts = out.cuts.iter().map(|cut| self.reader.rules.named(cut)).collect();
        Article::new(&str::exact(text)?, out, cuts)?.into_bound_py_any(text.py())
    }
}

fn normalized(plan: &Plan, text: UnitBuf) -> UnitBuf {
    let changed = match &text {
        UnitBuf::Latin1(units) => plan.run_units(Units(units)),
        UnitBuf::Ucs2(units) => plan.run_units(Units(units)),
        UnitBuf::Ucs4(units) => plan.run_units(Units(units)),
    };
    changed.unwrap_or(text)
}
