//! A file in the making, for jobs of the command line whose results are made in Python: parts with checksums in a
//! folder beside it, a list of them to go on from, put in its place when it is whole. Records are written by `files`.

use super::files::{raised, told};
use crate::files::{Bar, Counts, Done, Header, Notes, Output, Progress, Reason, Reject, Results, Summary};
use crate::markup;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A place between two records: which input, bytes or rows of it before the place, line breaks of it before the place.
type Place = (usize, u64, u64);

/// File, line or row, byte where there are lines, and why: what many have in common, and what this one has alone.
type Rejected = (String, u64, Option<u64>, String, String);

/// The parts of a file.
#[pyclass(module = "naqi._naqi", frozen)]
pub struct _Parts {
    output: Mutex<Option<Output>>,
    done: Done,
    summary: Mutex<Summary>,
    bar: Option<Bar>,
}

#[pymethods]
impl _Parts {
    /// `inputs`: names and paths; `bar`: one for so many bytes, 0 where nobody knows.
    #[new]
    #[allow(clippy::too_many_arguments)]
    #[pyo3(signature = (output, rejects, identity, part, inputs, resume, bar))]
    fn new(
        py: Python<'_>,
        output: PathBuf,
        rejects: PathBuf,
        identity: String,
        part: u64,
        inputs: Vec<(String, Option<PathBuf>)>,
        resume: bool,
        bar: Option<u64>,
    ) -> PyResult<Self> {
        let named = inputs.iter().map(|(name, path)| (name.clone(), path.as_deref()));
        let header = Header::new(identity, part, named);
        let (output, done) = Output::file(&output, &rejects, &header, resume).map_err(|error| raised(py, error))?;
        let bar = bar.map(|total| Bar::new((total > 0).then_some(total)));
        let Done { counts, notes, .. } = &done;
        let summary = Summary { counts: *counts, resumed: *counts, notes: notes.clone(), ..Summary::default() };
        Ok(Self { output: Mutex::new(Some(output)), done, summary: Mutex::new(summary), bar })
    }

    /// Where an earlier run had got to.
    #[getter]
    fn place(&self) -> Place {
        (self.done.place.input, self.done.place.byte, self.done.place.line)
    }

    /// Records, documents and rejects, those of earlier runs included.
    #[getter]
    fn counts(&self) -> (u64, u64, u64) {
        let Counts { records, documents, rejected } = self.summary().counts;
        (records, documents, rejected)
    }

    /// The summary of the job.
    fn told<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        told(py, &self.summary(), false)
    }

    /// Where the parts lie, one behind another; and where the file is to be written that takes their place in the
    /// end, for a format whose parts do not make a whole.
    #[getter]
    fn files(&self) -> PyResult<(PathBuf, PathBuf)> {
        let output = self.output.lock().unwrap_or_else(PoisonError::into_inner);
        output.as_ref().and_then(Output::files).ok_or_else(ended)
    }

    /// Whether all parts are there.
    #[getter]
    fn all(&self) -> bool {
        self.done.all
    }

    /// Writes results into the present part.
    #[allow(clippy::too_many_arguments)]
    #[pyo3(signature = (output, rejects, *, documents = 0, html = 0, hints = [0; 3], renamed = BTreeMap::new()))]
    fn write(
        &self,
        py: Python<'_>,
        output: &[u8],
        rejects: Vec<Rejected>,
        documents: u64,
        html: u64,
        hints: [u64; 3],
        renamed: BTreeMap<String, u64>,
    ) -> PyResult<()> {
        let rejected = rejects.len() as u64;
        let mut results = Results {
            output: output.to_vec(),
            rejects: Vec::new(),
            counts: Counts { records: documents + rejected, documents, rejected },
            notes: Notes { html, hints, renamed, ..Notes::default() },
        };
        let mut summary = self.summary();
        for (file, line, byte, kind, detail) in rejects {
            let reject = Reject { file, line, byte, reason: Reason { kind, detail } };
            reject.write(&mut results.rejects);
            results.notes.rejects.count(&reject);
            summary.reject(reject);
        }
        summary.counts.add(results.counts);
        summary.notes.add(&results.notes);
        drop(summary);
        self.on_output(py, |output| output.write(&results))
    }

    /// Ends the present part: it outlasts the process.
    fn end_part(&self, py: Python<'_>, place: Place) -> PyResult<()> {
        self.on_output(py, |output| output.end_part(at(place)))
    }

    /// Puts the whole in its place.
    fn finish(&self, py: Python<'_>, place: Place) -> PyResult<()> {
        let output = self.take()?;
        py.detach(|| output.finish(at(place), Counts::default())).map_err(|error| raised(py, error))
    }

    /// Throws away what nobody can go on with.
    fn discard(&self) {
        if let Ok(output) = self.take() {
            output.discard();
        }
    }

    /// Shows how far the job is.
    fn show(&self, bytes: u64) {
        if let Some(bar) = &self.bar {
            bar.show(Progress { bytes, counts: self.summary().counts });
        }
    }

    /// Takes the bar away.
    fn hide(&self) {
        if let Some(bar) = &self.bar {
            bar.end();
        }
    }

    /// Whether a text looks like HTML.
    #[staticmethod]
    fn is_html(text: &str) -> bool {
        markup::text_looks_like_html(text)
    }
}

impl _Parts {
    fn summary(&self) -> MutexGuard<'_, Summary> {
        self.summary.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn on_output(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&mut Output) -> Result<(), crate::files::Error> + Send,
    ) -> PyResult<()> {
        let done = py.detach(|| {
            let mut output = self.output.lock().unwrap_or_else(PoisonError::into_inner);
            output.as_mut().map(work)
        });
        done.ok_or_else(ended)?.map_err(|error| raised(py, error))
    }

    fn take(&self) -> PyResult<Output> {
        self.output.lock().unwrap_or_else(PoisonError::into_inner).take().ok_or_else(ended)
    }
}

fn at((input, byte, line): Place) -> crate::files::Place {
    crate::files::Place { input, byte, line }
}

fn ended() -> PyErr {
    PyValueError::new_err("the file has ended")
}
