//! The small classes: `Boilerplate`, and the configured objects `Normalizer` and `Extractor`.

use super::alignment::Align;
use super::arguments::{self, RulesFile, Threads};
use super::hints::HintArgs;
use super::jobs::{Extract, NamedCut, Normalize, Reader};
use super::sequence;
use super::templates::Templates;
use crate::boilerplate::{self, Category};
use crate::normalize::Options;
use crate::normalize::Plan;
use crate::text::Span;
use pyo3::exceptions::{PyIndexError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

pub fn hash_of(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// A part of a page that is not the story: `page[start:end]`, what it is, and the rule that decided.
///
/// Unpacks and compares like the tuple ``(start, end, category, rule)``; offsets are code points. What each rule knows,
/// with an example, stands in the documentation under its id: :doc:`rules`.
///
/// >>> import naqi
/// >>> cut = naqi.find_boilerplate("افتتح رئيس البلدية المكتبة صباح اليوم.\nالمصدر: صحيفة المثال")[0]
/// >>> cut.category
/// 'source'
/// >>> start, end, category, rule = cut
#[pyclass(frozen, module = "naqi", eq, hash, sequence)]
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Boilerplate {
    cut: NamedCut,
}

impl From<NamedCut> for Boilerplate {
    fn from(cut: NamedCut) -> Self {
        Self { cut }
    }
}

impl NamedCut {
    /// A cut that comes from outside: its category must exist.
    pub fn restored(span: Span, category: &str, rule: String) -> PyResult<Self> {
        let category = arguments::category("category", category)?.name();
        Ok(Self { span, category, rule: rule.into() })
    }
}

#[pymethods]
impl Boilerplate {
    #[new]
    fn new(start: &Bound<'_, PyAny>, end: &Bound<'_, PyAny>, category: &str, rule: String) -> PyResult<Self> {
        let (start, end) = (arguments::offset("start", start)?, arguments::offset("end", end)?);
        if start > end {
            return Err(PyValueError::new_err(format!("start={start} lies behind end={end}")));
        }
        NamedCut::restored(Span::new(start, end), category, rule).map(Self::from)
    }

    /// First code point in the page.
    #[getter]
    fn start(&self) -> usize {
        self.cut.span.start
    }

    /// The code point behind the last.
    #[getter]
    fn end(&self) -> usize {
        self.cut.span.end
    }

    /// What it is: `dateline`, `byline`, `date`, `source`, `related` …
    #[getter]
    fn category(&self) -> &'static str {
        self.cut.category
    }

    /// The stable id of the rule that decided, as `Extractor(disable=…)` takes it; the documentation's page of
    /// rules says what it knows.
    #[getter]
    fn rule(&self) -> &str {
        &self.cut.rule
    }

    /// The four fields as a dict that `json.dumps` takes.
    pub fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        dict.set_item("start", self.start())?;
        dict.set_item("end", self.end())?;
        dict.set_item("category", self.category())?;
        dict.set_item("rule", self.rule())?;
        Ok(dict)
    }

    #[allow(clippy::unused_self)] // a method of the protocol
    fn __len__(&self) -> usize {
        4
    }

    fn __getitem__<'py>(&self, py: Python<'py>, index: isize) -> PyResult<Bound<'py, PyAny>> {
        let index = usize::try_from(if index < 0 { index + 4 } else { index }).unwrap_or(usize::MAX);
        self.tuple(py)?.get_item(index).map_err(|_| PyIndexError::new_err("a Boilerplate has four fields"))
    }

    fn __repr__(&self) -> String {
        let NamedCut { span, category, rule } = &self.cut;
        format!("Boilerplate(start={}, end={}, category='{category}', rule='{rule}')", span.start, span.end)
    }

    fn __getnewargs__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.tuple(py)
    }
}

impl Boilerplate {
    fn tuple<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        (self.start(), self.end(), self.category(), self.rule()).into_pyobject(py)
    }
}

/// The options of `normalize`, checked and compiled once, for calling again and again.
///
/// Takes what `normalize` takes: a preset (``"none"``, ``"light"``, ``"news"``, ``"search"``,
/// ``"lucene"``) and options that change it. Immutable, hashable, picklable; equal options make
/// equal objects. Unknown presets, options and values raise `ValueError`.
///
/// >>> import naqi
/// >>> keep_alef = naqi.Normalizer("news", alef="keep")
/// >>> keep_alef
/// Normalizer('news', alef='keep')
/// >>> keep_alef(["الأخبـــار", None])
/// ['الأخبار', None]
#[pyclass(frozen, module = "naqi")]
pub struct Normalizer {
    options: Options,
    job: Normalize,
}

impl Normalizer {
    /// An object for options that are already checked.
    pub fn from_options(options: Options) -> Self {
        let job = Normalize(arguments::plan(&options));
        Self { options, job }
    }

    /// Its options, compiled.
    pub fn plan(&self) -> &Plan {
        &self.job.0
    }

    /// Its options, checked.
    pub fn checked(&self) -> &Options {
        &self.options
    }
}

#[pymethods]
impl Normalizer {
    #[new]
    #[pyo3(signature = (preset = "news", **options))]
    fn new(preset: &str, options: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        arguments::options(preset, options).map(Self::from_options)
    }

    /// The preset that the options change.
    #[getter]
    fn preset(&self) -> &str {
        self.options.preset_name()
    }

    /// The options that differ from the preset, as a dict.
    #[getter]
    fn options<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        arguments::options_dict(py, &self.options)
    }

    /// The normalised text, or a list of them for a list; `None` stays `None`.
    #[pyo3(signature = (x, *, threads = None))]
    fn __call__<'py>(&self, x: &Bound<'py, PyAny>, threads: Option<Threads>) -> PyResult<Bound<'py, PyAny>> {
        sequence::run(&self.job, x, &HintArgs::NONE, threads)
    }

    /// The normalised text beside the original, as an `Alignment`; for a list or column, a list of them, None for None.
    ///
    /// >>> import naqi
    /// >>> aligned = naqi.Normalizer().align("\u0645\u064Fحمد")
    /// >>> aligned.text, aligned.to_original(1)
    /// ('محمد', 2)
    #[pyo3(signature = (x, *, threads = None))]
    fn align<'py>(&self, x: &Bound<'py, PyAny>, threads: Option<Threads>) -> PyResult<Bound<'py, PyAny>> {
        sequence::run_to_list(&Align(self.job.0.clone()), x, threads)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let mut parts = vec![format!("'{}'", self.preset())];
        for (name, value) in self.options(py)? {
            parts.push(format!("{name}={}", value.repr()?.to_string_lossy()));
        }
        Ok(format!("Normalizer({})", parts.join(", ")))
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| self.options == other.get().options)
    }

    fn __hash__(&self) -> u64 {
        hash_of(&self.options)
    }

    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<((&str,), Bound<'py, PyDict>)> {
        Ok(((self.preset(),), self.options(py)?))
    }
}

/// The options of `extract`, checked and compiled once, for calling again and again.
///
/// ``keep``: categories that stay in the body. ``disable``: ids of rules that are switched off (a
/// whole group by its first word). ``rules``: the path of a formula file of your own, read once.
/// ``templates``: what `Templates.learn` saw the site repeat. ``normalize``: a preset, a `Normalizer` or None, for title,
/// body and sentences.
/// Immutable, hashable, picklable (the file's content travels along).
///
/// >>> import naqi
/// >>> extractor = naqi.Extractor(keep={"source"})
/// >>> extractor("افتتح رئيس البلدية المكتبة صباح اليوم.\nالمصدر: صحيفة المثال").body
/// 'افتتح رئيس البلدية المكتبة صباح اليوم.\nالمصدر: صحيفة المثال'
#[pyclass(frozen, module = "naqi")]
pub struct Extractor {
    keep: Vec<Category>,
    disable: Vec<String>,
    rules: Option<RulesFile>,
    normalize: Option<Options>,
    job: Extract,
}

impl Extractor {
    fn build(
        keep: Vec<Category>,
        mut disable: Vec<String>,
        rules: Option<RulesFile>,
        templates: Option<Arc<boilerplate::Templates>>,
        normalize: Option<Options>,
    ) -> PyResult<Self> {
        disable.sort();
        disable.dedup();
        let job = Extract {
            reader: Reader { rules: arguments::rules(&disable, rules.as_ref())?, templates },
            keep: keep.iter().copied().collect(),
            normalize: normalize.as_ref().map(arguments::plan),
        };
        Ok(Self { keep, disable, rules, normalize, job })
    }

    fn key(&self) -> impl Eq + Hash + '_ {
        (&self.keep, &self.disable, &self.rules, &self.job.reader.templates, &self.normalize)
    }

    /// Its job, for the functions that are one call of it.
    pub fn job(&self) -> &Extract {
        &self.job
    }
}

#[pymethods]
impl Extractor {
    #[new]
    #[pyo3(signature = (*, keep = None, disable = None, rules = None, templates = None, normalize = None))]
    fn new(
        keep: Option<&Bound<'_, PyAny>>,
        disable: Option<&Bound<'_, PyAny>>,
        rules: Option<&Bound<'_, PyAny>>,
        templates: Option<&Bound<'_, PyAny>>,
        normalize: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        Self::build(
            arguments::categories(keep)?,
            super::errors::names("disable", disable)?,
            rules.map(RulesFile::read).transpose()?,
            arguments::templates(templates)?,
            arguments::normalizer(normalize)?,
        )
    }

    /// The article of one page, or a list of them for a list; `None` stays `None`.
    #[pyo3(signature = (x, *, title = None, author = None, site = None, threads = None))]
    fn __call__<'py>(
        &self,
        x: &Bound<'py, PyAny>,
        title: Option<Bound<'py, PyAny>>,
        author: Option<Bound<'py, PyAny>>,
        site: Option<Bound<'py, PyAny>>,
        threads: Option<Threads>,
    ) -> PyResult<Bound<'py, PyAny>> {
        sequence::run(&self.job, x, &HintArgs { title, author, site }, threads)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let mut parts = Vec::new();
        if !self.keep.is_empty() {
            let names: Vec<String> = self.keep.iter().map(|category| format!("'{}'", category.name())).collect();
            parts.push(format!("keep={{{}}}", names.join(", ")));
        }
        if !self.disable.is_empty() {
            let names: Vec<String> = self.disable.iter().map(|id| format!("'{id}'")).collect();
            parts.push(format!("disable={{{}}}", names.join(", ")));
        }
        if let Some(rules) = &self.rules {
            parts.push(format!("rules={}", rules.path.clone().into_pyobject(py)?.repr()?));
        }
        if let Some(templates) = &self.job.reader.templates {
            parts.push(format!("templates={}", Templates::shown(templates)));
        }
        if let Some(options) = &self.normalize {
            parts.push(format!("normalize={}", Normalizer::from_options(options.clone()).__repr__(py)?));
        }
        Ok(format!("Extractor({})", parts.join(", ")))
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| self.key() == other.get().key())
    }

    fn __hash__(&self) -> u64 {
        hash_of(&self.key())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, ExtractorState)> {
        let restore = py.import("naqi._naqi")?.getattr("_restore_extractor")?;
        let keep = self.keep.iter().map(|category| category.name().to_owned()).collect();
        let rules = self.rules.as_ref().map(|rules| (rules.path.clone(), rules.content.clone()));
        let normalize =
            self.normalize.clone().map(|options| Py::new(py, Normalizer::from_options(options))).transpose()?;
        let templates = self.job.reader.templates.clone();
        let templates = templates.map(|shared| Py::new(py, Templates::from(shared))).transpose()?;
        Ok((restore, (keep, self.disable.clone(), rules, templates, normalize)))
    }
}

/// What `pickle` keeps of an [`Extractor`].
type ExtractorState =
    (Vec<String>, Vec<String>, Option<(String, String)>, Option<Py<Templates>>, Option<Py<Normalizer>>);

/// Makes an `Extractor` of what `pickle` kept of it.
#[pyfunction]
pub fn _restore_extractor(
    keep: Vec<String>,
    disable: Vec<String>,
    rules: Option<(String, String)>,
    templates: Option<Py<Templates>>,
    normalize: Option<Py<Normalizer>>,
) -> PyResult<Extractor> {
    let keep = keep.iter().map(|name| arguments::category("keep", name)).collect::<PyResult<_>>()?;
    let rules = rules.map(|(path, content)| RulesFile { path, content });
    let templates = templates.map(|templates| templates.get().shared());
    Extractor::build(keep, disable, rules, templates, normalize.map(|normalizer| normalizer.get().options.clone()))
}
