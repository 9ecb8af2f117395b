//! `Extractor`: the options of `extract`, compiled.

use super::arguments::{self, Threads};
use super::article::Wanted;
use super::errors;
use super::hash::hash_of;
use super::hints::HintArgs;
use super::jobs::{Extract, Reader, SharedRules};
use super::normalizer::{self, Normalizer};
use super::options;
use super::run;
use super::templates::{self, Templates};
use crate::boilerplate::{self, Category, Rules};
use crate::normalize::Options;
use pyo3::prelude::*;
use pyo3::types::{IntoPyDict, PyDict};
use std::hash::Hash;
use std::sync::Arc;

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
            reader: Reader { rules: custom(&disable, rules.as_ref())?, templates },
            keep: keep.iter().copied().collect(),
            normalize: normalize.as_ref().map(options::compiled),
            wanted: Wanted::ALL,
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
    #[pyo3(
        signature = (*, keep = None, disable = None, rules = None, templates = None, normalize = None, **unknown),
        text_signature = "(*, keep=None, disable=None, rules=None, templates=None, normalize=None)"
    )]
    fn new(
        keep: Option<&Bound<'_, PyAny>>,
        disable: Option<&Bound<'_, PyAny>>,
        rules: Option<&Bound<'_, PyAny>>,
        templates: Option<&Bound<'_, PyAny>>,
        normalize: Option<&Bound<'_, PyAny>>,
        unknown: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Self> {
        errors::only("Extractor", &["keep", "disable", "rules", "templates", "normalize"], unknown)?;
        Self::build(
            arguments::categories(keep)?,
            errors::names("disable", disable)?,
            rules.map(RulesFile::read).transpose()?,
            templates::asked(templates)?,
            normalizer::asked(normalize)?,
        )
    }

    /// The article of one page, or a list of them for a list; `None` stays `None`.
    #[pyo3(
        signature = (x, *, title = None, author = None, site = None, threads = None, **unknown)
    )]
    fn __call__<'py>(
        &self,
        x: &Bound<'py, PyAny>,
        title: Option<Bound<'py, PyAny>>,
        author: Option<Bound<'py, PyAny>>,
        site: Option<Bound<'py, PyAny>>,
        threads: Option<Threads>,
        unknown: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        errors::only("Extractor.__call__", &["title", "author", "site", "threads"], unknown)?;
        run::run(&self.job, x, &HintArgs { title, author, site }, threads)
    }

    /// The articles of a column, with some of their fields.
    #[pyo3(signature = (x, fields, *, title = None, author = None, site = None, threads = None))]
    fn _fields<'py>(
        &self,
        x: &Bound<'py, PyAny>,
        fields: Vec<String>,
        title: Option<Bound<'py, PyAny>>,
        author: Option<Bound<'py, PyAny>>,
        site: Option<Bound<'py, PyAny>>,
        threads: Option<Threads>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let job = Extract { wanted: Wanted::of(&fields)?, ..self.job.clone() };
        run::run(&job, x, &HintArgs { title, author, site }, threads)
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
    Extractor::build(keep, disable, rules, templates, normalize.map(|normalizer| normalizer.get().checked().clone()))
}

/// A formula file of the user's, as it was when it was read.
#[derive(Clone, PartialEq, Eq, Hash)]
struct RulesFile {
    path: String,
    content: String,
}

impl RulesFile {
    /// Reads the file at `path` (`str` or `os.PathLike`) as UTF-8.
    fn read(path: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = path.py();
        // First of all: `open` would take a number too, and read and close that file descriptor.
        let plain = py.import("os")?.getattr("fspath")?.call1((path,)).unwrap_or_else(|_| path.clone());
        let path = errors::word("rules", &plain, "the path of a file of rules (str or os.PathLike)")?.into_owned();
        let options = [("encoding", "utf-8")].into_py_dict(py)?;
        let file = py.import("io")?.getattr("open")?.call((&path,), Some(&options))?;
        let content = file.call_method0("read").and_then(|content| content.extract());
        file.call_method0("close")?;
        Ok(Self { path, content: content? })
    }
}

/// The rules without `disable` and with the user's own.
fn custom(disable: &[String], own: Option<&RulesFile>) -> PyResult<SharedRules> {
    if disable.is_empty() && own.is_none() {
        return Ok(SharedRules::Standard(Rules::standard()));
    }
    let disable: Vec<&str> = disable.iter().map(String::as_str).collect();
    let rules = Rules::custom(&disable, own.map(|file| file.content.as_str()))?;
    Ok(SharedRules::Custom(Arc::new(rules)))
}
