//! `extract_iter`: articles of a stream of pages, as they come.

use super::arguments::Threads;
use super::container;
use super::errors;
use super::functions::extract_job;
use super::hints::{HintSet, HintStreams};
use super::jobs::Extract;
use super::sequence::Batch;
use crate::parallel;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyIterator, PyString};
use std::collections::VecDeque;

/// The iterator that `extract_iter` returns: articles in the order of the pages, `None` for `None`.
#[pyclass(module = "naqi")]
pub struct ArticleIterator {
    pages: Option<Py<PyIterator>>,
    hints: HintStreams,
    job: Extract,
    threads: usize,
    taken: usize,
    ready: VecDeque<Py<PyAny>>,
    /// What the stream raised, held back until what came before it is handed out.
    error: Option<PyErr>,
}

/// How far the iterator reads ahead of what it hands out: so many pages, or so many code points.
const AHEAD: usize = 256;
const AHEAD_UNITS: usize = 1 << 20;

/// Extracts the articles of a stream of pages, lazily and in order.
///
/// Reads at most 256 pages (or about a million code points) ahead, works on them in parallel, and
/// hands them out one by one; an error of the stream comes where it happened, behind the articles
/// before it. ``title``, ``author`` and ``site`` are one value for all, or an iterable that is read alongside.
/// The other arguments are those of `extract`.
///
/// >>> import naqi
/// >>> pages = (page for page in ["سقط المطر على المدينة مساء أمس.", None])
/// >>> [article and article.body for article in naqi.extract_iter(pages)]
/// ['سقط المطر على المدينة مساء أمس.', None]
#[pyfunction]
#[pyo3(
    signature = (iterable, *, title = None, author = None, site = None, templates = None, normalize = None, threads = None, **unknown),
    text_signature = "(iterable, *, title=None, author=None, site=None, templates=None, normalize=None, threads=None)"
)]
#[allow(clippy::too_many_arguments)] // those of Python, by name
pub fn extract_iter(
    iterable: &Bound<'_, PyAny>,
    title: Option<&Bound<'_, PyAny>>,
    author: Option<&Bound<'_, PyAny>>,
    site: Option<&Bound<'_, PyAny>>,
    templates: Option<&Bound<'_, PyAny>>,
    normalize: Option<&Bound<'_, PyAny>>,
    threads: Option<Threads>,
    unknown: Option<&Bound<'_, PyDict>>,
) -> PyResult<ArticleIterator> {
    errors::only("extract_iter", &["title", "author", "site", "templates", "normalize", "threads"], unknown)?;
    if iterable.is_instance_of::<PyString>() {
        return Err(PyTypeError::new_err(
            "expected an iterable of str and None, not one str; extract(x) takes a single page",
        ));
    }
    let pages = container::iterate(iterable)?.ok_or_else(|| errors::not_text(iterable))?;
    Ok(ArticleIterator {
        pages: Some(pages.unbind()),
        hints: HintStreams::new(title, author, site)?,
        job: extract_job(templates, normalize)?,
        threads: parallel::threads(threads.map(|threads| threads.0)),
        taken: 0,
        ready: VecDeque::new(),
        error: None,
    })
}

#[pymethods]
impl ArticleIterator {
    fn __iter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __next__(&mut self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        if self.ready.is_empty() && self.error.is_none() {
            self.read_ahead(py)?;
        }
        match self.ready.pop_front() {
            Some(article) => Ok(Some(article)),
            None => self.error.take().map_or(Ok(None), Err),
        }
    }
}

impl ArticleIterator {
    /// Takes the next pages from the stream and works on them.
    fn read_ahead(&mut self, py: Python<'_>) -> PyResult<()> {
        let mut pages = Vec::new();
        let mut hints = HintSet::empty();
        let mut units = 0;
        while self.pages.is_some() && pages.len() < AHEAD && units < AHEAD_UNITS {
            if let Err(error) = self.take(py, &mut pages, &mut hints) {
                self.pages = None;
                self.error = Some(error);
                break;
            }
            let last = pages.last().and_then(Option::as_ref);
            units += last.map_or(Ok(0), |page: &Bound<'_, PyString>| page.len())?;
        }
        let mut batch = Batch::new(&self.job, &hints, self.threads, pages.len());
        for page in pages {
            batch.add(py, page)?;
        }
        self.ready = batch.finish(py)?.into_iter().map(Bound::unbind).collect();
        Ok(())
    }

    /// Puts the next page into `pages` and what is known of it into `hints`; forgets the stream at its end.
    fn take<'py>(
        &mut self,
        py: Python<'py>,
        pages: &mut Vec<Option<Bound<'py, PyString>>>,
        hints: &mut HintSet,
    ) -> PyResult<()> {
        let Some(stream) = &self.pages else { return Ok(()) };
        let Some(page) = stream.bind(py).clone().next() else {
            self.pages = None;
            return Ok(());
        };
        let page = container::text_or_none(self.taken, page?)?;
        self.hints.next_into(py, self.taken, hints)?;
        pages.push(page);
        self.taken += 1;
        Ok(())
    }
}
