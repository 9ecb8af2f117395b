//! `Normalizer`: the options of `normalize`, compiled.

use super::alignment::Align;
use super::arguments::{Preset, Threads};
use super::errors;
use super::hash::hash_of;
use super::hints::HintArgs;
use super::jobs::Normalize;
use super::options;
use super::run;
use crate::normalize::{OptionError, Options, PRESETS, Plan};
use crate::suggest;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

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
        let job = Normalize(options::compiled(&options));
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
    #[pyo3(signature = (preset = Preset::NEWS, **options), text_signature = "(preset='news', **options)")]
    fn new(preset: Preset, options: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        options::read(&preset.0, options).map(Self::from_options)
    }

    /// The preset that the options change.
    #[getter]
    fn preset(&self) -> &str {
        self.options.preset_name()
    }

    /// The options that differ from the preset, as a dict.
    #[getter]
    fn options<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        options::to_dict(py, &self.options)
    }

    /// The normalised text, or a list of them for a list; `None` stays `None`.
    #[pyo3(signature = (x, *, threads = None, **unknown))]
    fn __call__<'py>(
        &self,
        x: &Bound<'py, PyAny>,
        threads: Option<Threads>,
        unknown: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        errors::only("Normalizer.__call__", &["threads"], unknown)?;
        run::run(&self.job, x, &HintArgs::NONE, threads)
    }

    /// The normalised text beside the original, as an `Alignment`; for a list or column, a list of them, None for None.
    ///
    /// >>> import naqi
    /// >>> aligned = naqi.Normalizer().align("\u0645\u064Fحمد")
    /// >>> aligned.text, aligned.to_original(1)
    /// ('محمد', 2)
    #[pyo3(signature = (x, *, threads = None))]
    fn align<'py>(&self, x: &Bound<'py, PyAny>, threads: Option<Threads>) -> PyResult<Bound<'py, PyAny>> {
        run::run_to_list(&Align(self.job.0.clone()), x, threads)
    }

    pub fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
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

/// The options behind `normalize=`: a preset, a `Normalizer` or None.
pub fn asked(value: Option<&Bound<'_, PyAny>>) -> PyResult<Option<Options>> {
    let Some(value) = value else { return Ok(None) };
    if let Ok(preset) = value.cast::<PyString>() {
        let name = preset.to_string_lossy();
        let unknown = |_| OptionError(suggest::unknown_value("normalize", &name, &PRESETS));
        return Ok(Some(Options::preset(&name).map_err(unknown)?));
    }
    match value.cast::<Normalizer>() {
        Ok(normalizer) => Ok(Some(normalizer.get().checked().clone())),
        Err(_) => Err(PyTypeError::new_err(format!(
            "normalize= is of type {}, expected the name of a preset, a Normalizer or None",
            errors::type_name(value)
        ))),
    }
}
