//! The border to Python: the only room that knows `PyO3`. It reads what Python passes, calls a room, and makes objects
//! of the result; no rule of the language lives here.
// Docstrings are read in Python, where a class needs no backticks; PyO3 hands arguments over by value.
#![allow(clippy::doc_markdown, clippy::doc_link_with_quotes, clippy::needless_pass_by_value)]

mod alignment;
mod arguments;
mod arrow;
mod article;
mod boilerplate;
mod call;
mod columns;
mod container;
mod errors;
mod extractor;
mod files;
mod functions;
mod hash;
mod hints;
mod jobs;
mod lists;
mod normalizer;
mod options;
mod parts;
mod run;
mod sequence;
mod str;
mod stream;
mod templates;

use crate::{parallel, unicode};

/// The compiled half of `naqi`.
#[pyo3::pymodule(gil_used = false)]
mod _naqi {
    use super::{parallel, unicode};
    use crate::boilerplate::rules_version;
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::alignment::{_restore_alignment, Alignment};
    #[pymodule_export]
    use super::arrow::{ArrowArray, ArrowChunks};
    #[pymodule_export]
    use super::article::{_restore_article, Article};
    #[pymodule_export]
    use super::boilerplate::Boilerplate;
    #[pymodule_export]
    use super::call::_map_texts;
    #[pymodule_export]
    use super::extractor::{_restore_extractor, Extractor};
    #[pymodule_export]
    use super::files::_stream;
    #[pymodule_export]
    use super::functions::{
        extract, find_boilerplate, normalize, normalize_alef, normalize_yaa, remove_boilerplate, sentence_spans,
        split_sentences, strip_diacritics,
    };
    #[pymodule_export]
    use super::normalizer::Normalizer;
    #[pymodule_export]
    use super::parts::_Parts;
    #[pymodule_export]
    use super::stream::{ArticleIterator, extract_iter};
    #[pymodule_export]
    use super::templates::{_restore_templates, Templates};

    /// Ends the thread pool before a fork, so that no thread of ours is alive in it.
    #[pyfunction]
    fn _before_fork(py: Python<'_>) {
        py.detach(parallel::shut);
    }

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        module.add("RULES_VERSION", rules_version())?;
        module.add("UNICODE_VERSION", unicode::UNICODE_VERSION)
    }
}
