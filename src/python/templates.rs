//! `Templates`: what the pages of some sites repeat, learnt from a stream of them.

use super::arguments::Threads;
use super::container;
use super::errors;
use super::hash::hash_of;
use super::str::{Held, on_view};
use crate::boilerplate::{self, Digest};
use crate::parallel;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyIterator, PyString, PyTuple};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How many pages, or code points, are read before the interpreter is released for them.
const WINDOW: usize = 256;
const WINDOW_UNITS: usize = 1 << 20;

/// What the pages of some sites repeat: lines, the openings of their tails, the credits of their heads.
///
/// Learnt once from many pages of a site, then passed as ``templates=``. Of each site a sample of at
/// most 1000 pages is kept, as hashes (some hundred bytes a page), so any number of pages is learnt in
/// bounded memory. What at least three different stories and one page in a hundred show is the
/// site's; a story printed twice is counted once. Immutable, picklable, comparable, hashable.
///
/// >>> import naqi
/// >>> stories = ["فاز فريق الحي أمس.", "سقط المطر ليلا.", "وصلت القافلة.", "افتتحت القاعة الجديدة."]
/// >>> templates = naqi.Templates.learn([story + "\nزاوية القارئ الكريم" for story in stories], site="example.com")
/// >>> naqi.remove_boilerplate("عاد الصيادون سالمين.\nزاوية القارئ الكريم", templates=templates)
/// 'عاد الصيادون سالمين.'
#[pyclass(frozen, module = "naqi")]
pub struct Templates {
    shared: Arc<boilerplate::Templates>,
}

impl From<Arc<boilerplate::Templates>> for Templates {
    fn from(shared: Arc<boilerplate::Templates>) -> Self {
        Self { shared }
    }
}

impl Templates {
    /// What it holds, to be shared by the threads of a batch.
    pub fn shared(&self) -> Arc<boilerplate::Templates> {
        Arc::clone(&self.shared)
    }

    /// Its `repr`.
    pub fn shown(templates: &boilerplate::Templates) -> String {
        let (sites, pages) = templates.sites().fold((0, 0), |(sites, pages), site| (sites + 1, pages + site.1));
        let count = |number, thing| format!("{number} {thing}{}", if number == 1 { "" } else { "s" });
        format!("<naqi.Templates of {} of {}>", count(pages, "page"), count(sites, "site"))
    }
}

#[pymethods]
impl Templates {
    /// No templates yet: `learn` makes them.
    #[new]
    fn new() -> Self {
        Self { shared: Arc::default() }
    }

    /// Learns from the pages of one site, or of many.
    ///
    /// Args:
    ///     texts: an iterable of pages, `str` or None (skipped), read once and never held as a whole.
    ///     site: where they are from, a host, an address or a name: one for all, or an iterable that is
    ///         read alongside. None where all are of one site that needs no name.
    ///     threads: how many threads the work is spread over; None: one a core, or as few as
    ///         ``NAQI_NUM_THREADS`` or ``OMP_NUM_THREADS`` says.
    ///
    /// Raises:
    ///     TypeError: an item is no text. ValueError: ``site`` ends before the pages do.
    ///
    /// >>> import naqi
    /// >>> naqi.Templates.learn(["خبر أول.", "خبر ثان."], site=["a.example", "b.example"]).sites
    /// {'a.example': 1, 'b.example': 1}
    #[staticmethod]
    #[pyo3(
        signature = (texts, *, site = None, threads = None, **unknown),
        text_signature = "(texts, *, site=None, threads=None)"
    )]
    fn learn(
        texts: &Bound<'_, PyAny>,
        site: Option<&Bound<'_, PyAny>>,
        threads: Option<Threads>,
        unknown: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Self> {
        errors::only("Templates.learn", &["site", "threads"], unknown)?;
        let py = texts.py();
        let mut pages = Pages::new(texts, site)?;
        let threads = parallel::threads(threads.map(|threads| threads.0));
        let mut templates = boilerplate::Templates::default();
        loop {
            let window = pages.next_window()?;
            if window.is_empty() {
                pages.check_end(site)?;
                return Ok(Self { shared: Arc::new(templates) });
            }
            let digest = |(page, site): (Held, String)| -> (Option<Digest>, String) {
                (on_view!(page.view(), text => boilerplate::Templates::digest(text)), site)
            };
            for (digest, site) in py.detach(|| parallel::map(window, threads, digest)) {
                templates.add(&site, digest);
            }
            py.check_signals()?;
        }
    }

    /// What this and others have seen, as if it had been learnt at once: learn in pieces, on many machines, in any order.
    ///
    /// >>> import naqi
    /// >>> a, b = (naqi.Templates.learn([page], site="example.com") for page in ("خبر أول.", "خبر ثان."))
    /// >>> a.merge(b) == b.merge(a) == naqi.Templates.learn(["خبر أول.", "خبر ثان."], site="example.com")
    /// True
    #[pyo3(signature = (*others))]
    fn merge(&self, others: &Bound<'_, PyTuple>) -> PyResult<Self> {
        let mut merged = self.shared();
        for other in others {
            let other = other.cast::<Self>().map_err(|_| {
                let name = errors::type_name(&other);
                PyTypeError::new_err(format!("expected naqi.Templates, as many as you like, not {name}"))
            })?;
            merged = Arc::new(merged.merge(&other.get().shared));
        }
        Ok(Self { shared: merged })
    }

    /// Writes them to a file, which `load` reads; a file that was there is replaced at once or not at all.
    ///
    /// >>> import naqi, tempfile, os
    /// >>> path = os.path.join(tempfile.mkdtemp(), "example.naqi")
    /// >>> templates = naqi.Templates.learn(["خبر أول."], site="example.com")
    /// >>> templates.save(path)
    /// >>> naqi.Templates.load(path) == templates
    /// True
    fn save(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        let bytes = self.shared.to_bytes();
        py.detach(|| replace(&path, &bytes)).map_err(|error| errors::of_file(py, &error, path))
    }

    /// Reads a file that `save` wrote.
    ///
    /// Raises:
    ///     OSError: it cannot be read. ValueError: it is something else, damaged, or of another version.
    #[staticmethod]
    fn load(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        let bytes = py.detach(|| std::fs::read(&path)).map_err(|error| errors::of_file(py, &error, path.clone()))?;
        let templates = boilerplate::Templates::from_bytes(&bytes)
            .map_err(|error| PyValueError::new_err(format!("{}: {}", path.display(), error.0)))?;
        Ok(Self { shared: Arc::new(templates) })
    }

    /// The sites, and how many pages of each were seen; `''` is the site without a name.
    #[getter]
    fn sites<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let sites = PyDict::new(py);
        for (name, seen) in self.shared.sites() {
            sites.set_item(name, seen)?;
        }
        Ok(sites)
    }

    fn __repr__(&self) -> String {
        Self::shown(&self.shared)
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| self.shared == other.get().shared)
    }

    fn __hash__(&self) -> u64 {
        hash_of(&self.shared)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyBytes>,))> {
        let restore = py.import("naqi._naqi")?.getattr("_restore_templates")?;
        Ok((restore, (PyBytes::new(py, &self.shared.to_bytes()),)))
    }
}

/// What is behind `templates=`.
pub fn asked(value: Option<&Bound<'_, PyAny>>) -> PyResult<Option<Arc<boilerplate::Templates>>> {
    let Some(value) = value else { return Ok(None) };
    match value.cast::<Templates>() {
        Ok(templates) => Ok(Some(templates.get().shared())),
        Err(_) => Err(PyTypeError::new_err(format!(
            "templates= is of type {}, expected naqi.Templates or None; Templates.load(path) reads a file of them",
            errors::type_name(value)
        ))),
    }
}

/// Makes `Templates` of what `pickle` kept of them.
#[pyfunction]
pub fn _restore_templates(bytes: &[u8]) -> PyResult<Templates> {
    let templates = boilerplate::Templates::from_bytes(bytes).map_err(|error| PyValueError::new_err(error.0))?;
    Ok(Templates { shared: Arc::new(templates) })
}

/// Pages and their sites, read side by side.
struct Pages<'py> {
    texts: Bound<'py, PyIterator>,
    site: Sites<'py>,
    taken: usize,
}

enum Sites<'py> {
    All(String),
    Each(Bound<'py, PyIterator>),
}

impl<'py> Pages<'py> {
    fn new(texts: &Bound<'py, PyAny>, site: Option<&Bound<'py, PyAny>>) -> PyResult<Self> {
        if texts.is_instance_of::<PyString>() {
            return Err(PyTypeError::new_err(
                "expected an iterable of str and None, not one str: one page repeats nothing",
            ));
        }
        let pages = container::iterate(texts)?.ok_or_else(|| errors::not_text(texts))?;
        let site = match site {
            None => Sites::All(String::new()),
            Some(site) => match site.cast::<PyString>() {
                Ok(name) => Sites::All(name.to_string_lossy().into_owned()),
                Err(_) => Sites::Each(container::iterate(site)?.ok_or_else(|| errors::not_hint("site", site, false))?),
            },
        };
        Ok(Self { texts: pages, site, taken: 0 })
    }

    /// The next pages that are there.
    fn next_window(&mut self) -> PyResult<Vec<(Held, String)>> {
        let (mut window, mut units) = (Vec::new(), 0);
        while window.len() < WINDOW && units < WINDOW_UNITS {
            let Some(item) = self.texts.next() else { break };
            let page = container::text_or_none(self.taken, item?)?;
            let site = self.next_site()?;
            self.taken += 1;
            if let Some(page) = page {
                let held = Held::new(&page)?;
                units += held.len();
                window.push((held, site));
            }
        }
        Ok(window)
    }

    /// What holds more sites than there were pages was not made for them; an iterator may go on.
    fn check_end(&self, site: Option<&Bound<'py, PyAny>>) -> PyResult<()> {
        match (&self.site, site.and_then(|site| site.len().ok())) {
            (Sites::Each(_), Some(values)) if values > self.taken => {
                Err(errors::wrong_length("site", values, self.taken))
            }
            _ => Ok(()),
        }
    }

    fn next_site(&mut self) -> PyResult<String> {
        let values = match &mut self.site {
            Sites::All(site) => return Ok(site.clone()),
            Sites::Each(values) => values,
        };
        let value = values.next().ok_or_else(|| errors::ended_early("site", self.taken))??;
        if value.is_none() {
            return Ok(String::new());
        }
        let name = value.cast::<PyString>().map_err(|_| errors::not_hint_at("site", self.taken, &value))?;
        Ok(name.to_string_lossy().into_owned())
    }
}

/// Writes a file beside `path` and puts it in its place.
fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}.part", std::process::id()));
    let written = std::fs::write(&beside, bytes).and_then(|()| std::fs::rename(&beside, path));
    if written.is_err() {
        let _ = std::fs::remove_file(&beside);
    }
    written
}
