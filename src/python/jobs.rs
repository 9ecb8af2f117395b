//! The jobs: what is done to a text with the interpreter released, and how the result becomes an object.

use super::article::Article;
use super::classes::Boilerplate;
use super::str::{self, Fresh, Held, Kind, View, on_view};
use crate::boilerplate::{self, Categories, Cut, Hints, Page, Rules, Templates};
use crate::normalize::{Outcome, Plan};
use crate::sentences::{self, Newlines};
use crate::text::{Span, UnitBuf, Units};
use crate::{article, markup, parallel};
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyString};
use std::borrow::Cow;
use std::sync::Arc;

/// What the caller told about one text.
#[derive(Default)]
pub struct Given<'a> {
    /// Folded for the rules.
    pub hints: Hints,
    /// The headline as given.
    pub title: Option<View<'a>>,
}

/// One of the five jobs with its options.
pub trait Job: Sync {
    /// What the pure part gives.
    type Out: Send;

    /// Whether the text is a page, which must not be HTML.
    const PAGE: bool = false;

    /// The pure part: may run on any thread, sees no Python object.
    fn run<U: Kind>(&self, text: Units<'_, U>, given: &Given<'_>) -> Self::Out;

    /// The result as an object.
    fn output<'py>(&self, text: &Bound<'py, PyString>, out: Self::Out) -> PyResult<Bound<'py, PyAny>>;

    /// The results of some texts, the pure part done with the interpreter released; `given`: what is known of each.
    fn window<'py, 'g>(
        &self,
        py: Python<'py>,
        texts: &[Option<Held>],
        given: &(dyn Fn(usize) -> Given<'g> + Sync),
        threads: usize,
    ) -> PyResult<Done<'py>> {
        let indexed: Vec<(usize, &Option<Held>)> = texts.iter().enumerate().collect();
        let outs = py.detach(|| {
            parallel::map(indexed, threads, |(index, text)| Some(run_on(self, text.as_ref()?, &given(index))))
        });
        let mut done = Done { results: Vec::with_capacity(texts.len()), html: false };
        for (text, out) in texts.iter().zip(outs) {
            done.results.push(match (text, out) {
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

    /// Strings of 2-byte units that change are written where they will stay: the room is made with the interpreter
    /// held, filled with it released, and shortened with it held. Texts that grow find no room and are written elsewhere.
    fn window<'py, 'g>(
        &self,
        py: Python<'py>,
        texts: &[Option<Held>],
        _: &(dyn Fn(usize) -> Given<'g> + Sync),
        threads: usize,
    ) -> PyResult<Done<'py>> {
        let held: Vec<&Option<Held>> = texts.iter().collect();
        let changes = |text: &Held| on_view!(text.view(), text => self.0.changes(text));
        let changed = py.detach(|| parallel::map(held, threads, |text| text.as_ref().filter(|text| changes(text))));
        let mut work = Vec::with_capacity(texts.len());
        for text in changed {
            let wide = text.filter(|text| matches!(text.view(), View::Ucs2(_)));
            let fresh = wide.map(|text| Fresh::new(py, text.len())).transpose()?;
            work.push((text, fresh));
        }
        let written = py.detach(|| parallel::map(work, threads, |(text, fresh)| Some(self.write(text?, fresh))));
        let mut results = Vec::with_capacity(texts.len());
        for (text, written) in texts.iter().zip(written) {
            results.push(match (text, written) {
                (None, _) => py.None().into_bound(py),
                (Some(_), Some(Written::Fresh(fresh, len, width))) => fresh.finish(py, len, width)?.into_any(),
                (Some(text), Some(Written::Other(out))) => changed_or_same(text.object().bind(py), out)?,
                (Some(text), None) => str::exact(text.object().bind(py))?.into_any(),
            });
        }
        Ok(Done { results, html: false })
    }
}

/// A text that was changed: in a string of its own, or elsewhere.
enum Written {
    Fresh(Fresh, usize, u32),
    Other(Option<UnitBuf>),
}

impl Normalize {
    fn write(&self, text: &Held, fresh: Option<Fresh>) -> Written {
        if let (View::Ucs2(text), Some(mut fresh)) = (text.view(), fresh)
            && let Outcome::Written { len, width } = self.0.run_into(text, fresh.room())
        {
            return Written::Fresh(fresh, len, width);
        }
        Written::Other(on_view!(text.view(), text => self.0.run_units(text)))
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

    fn run<U: Kind>(&self, text: Units<'_, U>, _: &Given<'_>) -> Self::Out {
        sentences::spans(text, self.0)
    }

    fn output<'py>(&self, text: &Bound<'py, PyString>, out: Self::Out) -> PyResult<Bound<'py, PyAny>> {
        slices(text, &out).map(Bound::into_any)
    }
}

/// The parts of a string in `spans`, as a list.
pub fn slices<'py>(text: &Bound<'py, PyString>, spans: &[Span]) -> PyResult<Bound<'py, PyList>> {
    let parts: Vec<_> = spans.iter().map(|&span| str::slice(text, span)).collect::<PyResult<_>>()?;
    PyList::new(text.py(), parts)
}

/// `sentence_spans`.
pub struct SplitSpans(pub Newlines);

impl Job for SplitSpans {
    type Out = Vec<Span>;

    fn run<U: Kind>(&self, text: Units<'_, U>, _: &Given<'_>) -> Self::Out {
        sentences::spans(text, self.0)
    }

    fn output<'py>(&self, text: &Bound<'py, PyString>, out: Self::Out) -> PyResult<Bound<'py, PyAny>> {
        pairs(&out).into_bound_py_any(text.py())
    }
}

/// Spans as Python sees them.
pub fn pairs(spans: &[Span]) -> Vec<(usize, usize)> {
    spans.iter().map(|span| (span.start, span.end)).collect()
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

    fn read<U: Kind>(&self, text: Units<'_, U>, hints: &Hints) -> Page {
        match &self.templates {
            Some(templates) => boilerplate::read_with(text, self.rules.rules(), hints, templates),
            None => boilerplate::read(text, self.rules.rules(), hints),
        }
    }
}

impl SharedRules {
    fn rules(&self) -> &Rules {
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

/// A cut as Python sees it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NamedCut {
    pub span: Span,
    pub category: &'static str,
    pub rule: Cow<'static, str>,
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
pub struct Extract {
    pub reader: Reader,
    pub keep: Categories,
    pub normalize: Option<Arc<Plan>>,
}

/// What `extract` gives before it becomes an object.
pub struct Extracted {
    pub article: article::Article<UnitBuf>,
    pub cuts: Vec<Cut>,
    /// The title's text, where it is not simply that of its span.
    pub title: Option<UnitBuf>,
    /// The texts of the sentences, where they are not simply those of their spans.
    pub sentences: Option<Vec<UnitBuf>>,
}

impl Job for Extract {
    type Out = Extracted;

    const PAGE: bool = true;

    fn run<U: Kind>(&self, text: Units<'_, U>, given: &Given<'_>) -> Self::Out {
        let mut page = self.reader.read(text, &given.hints);
        let mut article = article::assemble(text, &page, self.reader.rules.rules(), self.keep);
        page.cuts.retain(|cut| !self.keep.contains(cut.category));
        let shown = article.title.map(|span| U::buf(text.0[span.start..span.end].to_vec()));
        let hinted = || given.title.filter(|&title| !is_blank(title)).map(to_buf);
        let Some(plan) = &self.normalize else {
            let title = if shown.is_some() { None } else { hinted() };
            return Extracted { article: article.map_body(U::buf), cuts: page.cuts, title, sentences: None };
        };
        let body = std::mem::take(&mut article.body);
        let normal = |units: &[U]| plan.run_units(Units(units)).unwrap_or_else(|| U::buf(units.to_vec()));
        let sentences = article.sentences.iter().map(|span| normal(&body[span.start..span.end])).collect();
        Extracted {
            title: shown.or_else(hinted).map(|title| normalized(plan, title)),
            sentences: Some(sentences),
            article: article.map_body(|_: Vec<U>| normal(&body)),
            cuts: page.cuts,
        }
    }

    fn output<'py>(&self, text: &Bound<'py, PyString>, out: Self::Out) -> PyResult<Bound<'py, PyAny>> {
        let cuts = out.cuts.iter().map(|cut| self.reader.rules.named(cut)).collect();
        Article::new(&str::exact(text)?, out, cuts)?.into_bound_py_any(text.py())
    }
}

fn is_blank(view: View<'_>) -> bool {
    fn blank<U: Kind>(text: Units<'_, U>) -> bool {
        text.0.iter().all(|unit| char::from_u32(unit.get()).is_some_and(char::is_whitespace))
    }
    on_view!(view, text => blank(text))
}

fn to_buf(view: View<'_>) -> UnitBuf {
    fn buf<U: Kind>(text: Units<'_, U>) -> UnitBuf {
        U::buf(text.0.to_vec())
    }
    on_view!(view, text => buf(text))
}

fn normalized(plan: &Plan, text: UnitBuf) -> UnitBuf {
    let changed = match &text {
        UnitBuf::Latin1(units) => plan.run_units(Units(units)),
        UnitBuf::Ucs2(units) => plan.run_units(Units(units)),
        UnitBuf::Ucs4(units) => plan.run_units(Units(units)),
    };
    changed.unwrap_or(text)
}
