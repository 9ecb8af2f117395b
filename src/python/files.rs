//! The stream of documents in files, for the command line.

use super::arguments;
use super::errors;
use super::extractor::Extractor;
use super::normalizer::Normalizer;
use super::templates::Templates;
use crate::files::{
    self, Bar, Counts, Error, Extraction, Field, Input, Job, Progress, Reject, ReportCounts, Settings, Summary, Target,
    Work,
};
use crate::{parallel, suggest};
use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What the command line says of a job, as a dict.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub struct Asked {
    /// Path (None: standard input), and whether its lines are records.
    inputs: Vec<(Option<PathBuf>, bool)>,
    /// Path; None: standard output.
    output: Option<PathBuf>,
    /// Nothing is written, what is cut is counted.
    report: bool,
    /// Nothing is written, what the sites repeat is learnt.
    learn: bool,
    rejects: Option<PathBuf>,
    text: String,
    /// The names of the fields that hold title, author, site.
    hints: [Option<String>; 3],
    /// Title, author, site of texts.
    known: [Option<String>; 3],
    fields: Option<Vec<String>>,
    into: Option<String>,
    drop_text: bool,
    plain: bool,
    identity: String,
    part: u64,
    resume: bool,
    strict: bool,
    threads: Option<usize>,
    longest: usize,
    /// A bar for so many bytes; 0: as many as there are.
    bar: Option<u64>,
}

/// What does the work, held so that it outlives the interpreter's release.
enum Held {
    Extractor(Py<Extractor>),
    Normalizer(Py<Normalizer>),
    Sentences(crate::sentences::Newlines),
}

impl Held {
    fn new(work: &Bound<'_, PyAny>) -> PyResult<Self> {
        if let Ok(extractor) = work.cast::<Extractor>() {
            Ok(Self::Extractor(extractor.clone().unbind()))
        } else if let Ok(normalizer) = work.cast::<Normalizer>() {
            Ok(Self::Normalizer(normalizer.clone().unbind()))
        } else if let Ok(newlines) = work.cast::<PyString>() {
            arguments::newlines(&newlines.to_string_lossy()).map(Self::Sentences)
        } else {
            Err(PyTypeError::new_err(format!(
                "expected an Extractor, a Normalizer or a policy of line breaks, not {}",
                errors::type_name(work)
            )))
        }
    }

    fn work(&self, asked: &Asked) -> PyResult<Work<'_>> {
        Ok(match self {
            Self::Normalizer(normalizer) => Work::Normalize(normalizer.get().plan()),
            Self::Sentences(newlines) => Work::Sentences(*newlines),
            Self::Extractor(extractor) => {
                let job = extractor.get().job();
                let extraction = Extraction { pages: job.pages(), normalize: job.normalize.as_deref() };
                if asked.learn {
                    Work::Learn
                } else if asked.report {
                    Work::Report(extraction)
                } else {
                    Work::Extract(extraction, fields(asked)?)
                }
            }
        })
    }
}

/// The fields that were asked for.
fn fields(asked: &Asked) -> PyResult<Vec<Field>> {
    let Some(names) = &asked.fields else {
        return Ok(Field::ALL.iter().filter(|(_, _, usual)| *usual).map(|(field, ..)| *field).collect());
    };
    let mut fields = Vec::new();
    for name in names {
        match Field::ALL.iter().find(|(_, known, _)| known == name) {
            Some((field, ..)) if fields.contains(field) => {}
            Some((field, ..)) => fields.push(*field),
            None if name == "all" => fields = Field::ALL.iter().map(|(field, ..)| *field).collect(),
            None => {
                let mut known: Vec<_> = Field::ALL.iter().map(|(_, known, _)| *known).collect();
                known.push("all");
                return Err(PyValueError::new_err(suggest::unknown_value("fields", name, &known)));
            }
        }
    }
    Ok(fields)
}

/// Does a job on files, as the command line asks for it, and returns what it did.
///
/// `look` is called with bytes read, documents read, documents written and rejects, about once a second.
#[pyfunction]
#[pyo3(signature = (work, asked, look = None))]
pub fn _stream<'py>(
    py: Python<'py>,
    work: &Bound<'py, PyAny>,
    asked: Asked,
    look: Option<Py<PyAny>>,
) -> PyResult<Bound<'py, PyDict>> {
    let held = Held::new(work)?;
    let job = Job {
        work: held.work(&asked)?,
        text: asked.text,
        hints: asked.hints,
        known: asked.known,
        into: asked.into,
        drop_text: asked.drop_text,
        plain: asked.plain,
    };
    let target = match asked.output {
        _ if asked.report || asked.learn => Target::Nothing,
        None => Target::Standard,
        Some(path) => Target::File(path),
    };
    let settings = Settings {
        job,
        inputs: asked.inputs.into_iter().map(|(path, records)| Input { path, records }).collect(),
        target,
        rejects: asked.rejects,
        identity: asked.identity,
        part: asked.part.max(1),
        resume: asked.resume,
        strict: asked.strict,
        threads: parallel::threads(asked.threads),
        longest: asked.longest,
    };
    let mut watch = Watch {
        bar: asked.bar.map(|total| Bar::new((total > 0).then_some(total))),
        look,
        told: Instant::now(),
        raised: None,
    };
    let done = py.detach(|| files::run(&settings, &mut |progress| watch.look(progress)));
    if let Some(bar) = &watch.bar {
        bar.end();
    }
    match (done, watch.raised) {
        (_, Some(raised)) => Err(raised),
        (Ok(mut summary), None) => {
            let learnt = std::mem::take(&mut summary.templates);
            let dict = told(py, &summary, asked.report)?;
            if asked.learn {
                dict.set_item("templates", Py::new(py, Templates::from(Arc::new(learnt)))?)?;
            }
            Ok(dict)
        }
        (Err(error), None) => Err(raised(py, error)),
    }
}

/// The exception for what stopped a job.
pub fn raised(py: Python<'_>, error: Error) -> PyErr {
    match error {
        Error::File(path, error) => errors::of_file(py, &error, path),
        error => PyRuntimeError::new_err(error.to_string()),
    }
}

/// Shows how far a job is, and takes note of Ctrl-C.
struct Watch {
    bar: Option<Bar>,
    look: Option<Py<PyAny>>,
    told: Instant,
    raised: Option<PyErr>,
}

impl Watch {
    fn look(&mut self, progress: Progress) -> bool {
        if let Some(bar) = &self.bar {
            bar.show(progress);
        }
        let tell = self.told.elapsed() >= Duration::from_secs(1);
        if tell {
            self.told = Instant::now();
        }
        let done = Python::attach(|py| {
            py.check_signals()?;
            if let (true, Some(look)) = (tell, &self.look) {
                let Counts { records, documents, rejected } = progress.counts;
                look.call1(py, (progress.bytes, records, documents, rejected))?;
            }
            Ok(())
        });
        self.raised = done.err();
        self.raised.is_none()
    }
}

/// The summary as a dict.
pub fn told<'py>(py: Python<'py>, summary: &Summary, report: bool) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    dict.set_item("records", summary.counts.records)?;
    dict.set_item("documents", summary.counts.documents)?;
    dict.set_item("rejected", summary.counts.rejected)?;
    dict.set_item("resumed", summary.resumed.records)?;
    dict.set_item("bytes", summary.bytes)?;
    dict.set_item("html", summary.notes.html)?;
    dict.set_item("hints", summary.notes.hints)?;
    dict.set_item("renamed", &summary.notes.renamed)?;
    let mut unreadable = Vec::new();
    for (name, error) in &summary.unreadable {
        unreadable.push((name, errors::said(py, error)));
    }
    dict.set_item("unreadable", unreadable)?;
    dict.set_item("rejects", summary.rejects.iter().map(Reject::to_string).collect::<Vec<_>>())?;
    let mut reasons = Vec::new();
    for (count, first) in summary.notes.rejects.by_count() {
        let reason = PyDict::new(py);
        reason.set_item("count", count)?;
        reason.set_item("reason", first.reason.to_string())?;
        reason.set_item("first", first.place())?;
        reasons.push(reason);
    }
    dict.set_item("reasons", reasons)?;
    if report {
        let counted = counts_dict(py, &summary.notes.report.all)?;
        let sites = PyDict::new(py);
        for (site, counts) in &summary.notes.report.sites {
            sites.set_item(site, counts_dict(py, counts)?)?;
        }
        counted.set_item("sites", sites)?;
        dict.set_item("report", counted)?;
    }
    Ok(dict)
}

fn counts_dict<'py>(py: Python<'py>, counts: &ReportCounts) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    dict.set_item("pages", counts.pages)?;
    dict.set_item("characters", counts.characters)?;
    let categories = PyDict::new(py);
    for (name, cuts) in &counts.categories {
        let category = PyDict::new(py);
        category.set_item("pages", cuts.pages)?;
        category.set_item("cuts", cuts.cuts)?;
        category.set_item("characters", cuts.characters)?;
        category.set_item("rules", &cuts.rules)?;
        categories.set_item(name, category)?;
    }
    dict.set_item("categories", categories)?;
    Ok(dict)
}
