//! `Boilerplate`: a part of a page that is not the story, as Python sees it.

use super::arguments;
use super::errors;
use crate::text::Span;
use pyo3::exceptions::{PyIndexError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use std::borrow::Cow;

/// A cut with the names of its category and its rule.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NamedCut {
    pub span: Span,
    pub category: &'static str,
    pub rule: Cow<'static, str>,
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
    fn new(
        start: &Bound<'_, PyAny>,
        end: &Bound<'_, PyAny>,
        category: &Bound<'_, PyAny>,
        rule: &Bound<'_, PyAny>,
    ) -> PyResult<Self> {
        let (start, end) = (arguments::offset("start", start)?, arguments::offset("end", end)?);
        if start > end {
            return Err(PyValueError::new_err(format!("start={start} lies behind end={end}")));
        }
        let category = errors::word("category", category, "the name of a category")?;
        let rule = errors::word("rule", rule, "the id of a rule")?.into_owned();
        NamedCut::restored(Span::new(start, end), &category, rule).map(Self::from)
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
