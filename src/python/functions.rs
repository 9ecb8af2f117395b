//! The functions of the package: each is one job with its options, on one text or many.

use super::arguments::{self, Policy, Preset, Threads};
use super::article::Wanted;
use super::errors;
use super::hints::HintArgs;
use super::jobs::{Extract, Find, Normalize, Reader, Remove, Split, SplitSpans};
use super::normalizer;
use super::options;
use super::run;
use super::templates;
use crate::boilerplate::Categories;
use crate::normalize::{Options, Value};
use pyo3::prelude::*;
use pyo3::types::PyDict;

/// Strips the diacritics: harakat, tanwin, shadda, sukun, Quranic marks, dagger alef. Letters stay.
///
/// The hamza of أ إ ؤ ئ and the madda of آ are part of the letter and stay, also where the text
/// writes them as marks of their own.
///
/// Args:
///     x: a `str`, or a list, tuple, iterator or column (pandas, Polars, Arrow) of `str` and None.
///     keep: classes of marks to leave in place, of ``harakat``, ``sukun``, ``tanwin``, ``shadda``,
///         ``quran``, ``foreign`` and ``dagger_alef``.
///     threads: how many threads a batch is spread over; None: one a core, or as few as
///         ``NAQI_NUM_THREADS`` or ``OMP_NUM_THREADS`` says.
///
/// Returns:
///     A `str` for a `str` (the same object where nothing changes), a column for a column, else a list of the same length.
///
/// Raises:
///     TypeError: `x` or an item of it is no text. ValueError: a class does not exist.
///
/// >>> import naqi
/// >>> naqi.strip_diacritics("\u0643\u064E\u062A\u064E\u0628\u064E")
/// 'كتب'
/// >>> naqi.strip_diacritics(["\u0634\u062F\u0651\u064E", None], keep={"shadda"}) == ["\u0634\u062F\u0651", None]
/// True
#[pyfunction]
#[pyo3(
    signature = (x, *, keep = None, threads = None, **unknown),
    text_signature = "(x, *, keep=None, threads=None)"
)]
pub fn strip_diacritics<'py>(
    x: &Bound<'py, PyAny>,
    keep: Option<&Bound<'py, PyAny>>,
    threads: Option<Threads>,
    unknown: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    errors::only("strip_diacritics", &["keep", "threads"], unknown)?;
    let options = Options::strip_diacritics(&errors::names("keep", keep)?)?;
    normalize_with(&options, x, threads)
}

/// Folds the alef: أ إ آ ٱ become ا. Nothing else changes.
///
/// >>> import naqi
/// >>> naqi.normalize_alef("أحمد في إطار الآن")
/// 'احمد في اطار الان'
///
/// Takes, returns and raises what `strip_diacritics` does (there is no ``keep``).
#[pyfunction]
#[pyo3(
    signature = (x, *, threads = None, **unknown),
    text_signature = "(x, *, threads=None)"
)]
pub fn normalize_alef<'py>(
    x: &Bound<'py, PyAny>,
    threads: Option<Threads>,
    unknown: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    errors::only("normalize_alef", &["threads"], unknown)?;
    normalize_with(&single("alef")?, x, threads)
}

/// Folds the alef maqsura: ى becomes ي. Nothing else changes.
///
/// >>> import naqi
/// >>> naqi.normalize_yaa("مستشفى ليلى")
/// 'مستشفي ليلي'
///
/// Takes, returns and raises what `strip_diacritics` does (there is no ``keep``).
#[pyfunction]
#[pyo3(
    signature = (x, *, threads = None, **unknown),
    text_signature = "(x, *, threads=None)"
)]
pub fn normalize_yaa<'py>(
    x: &Bound<'py, PyAny>,
    threads: Option<Threads>,
    unknown: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    errors::only("normalize_yaa", &["threads"], unknown)?;
    normalize_with(&single("yaa")?, x, threads)
}

/// NFC and one letter option, nothing else.
fn single(option: &str) -> PyResult<Options> {
    let mut options = Options::preset("none")?;
    options.set("unicode", &Value::Word("nfc".into()))?;
    options.set(option, &Value::Word("fold".into()))?;
    Ok(options)
}

fn normalize_with<'py>(
    options: &Options,
    x: &Bound<'py, PyAny>,
    threads: Option<Threads>,
) -> PyResult<Bound<'py, PyAny>> {
    run::run(&Normalize(options::compiled(options)), x, &HintArgs::NONE, threads)
}

/// Normalises the characters of Arabic text: marks, tatweel, letters, digits, invisibles, white space, in one pass.
///
/// Args:
///     x: a `str`, or a list, tuple, iterator or column (pandas, Polars, Arrow) of `str` and None.
///     preset: ``"none"``, ``"light"`` (what no reader can see), ``"news"``, ``"search"``, ``"lucene"``.
///     threads: how many threads a batch is spread over; None: one a core, or as few as
///         ``NAQI_NUM_THREADS`` or ``OMP_NUM_THREADS`` says.
///     **options: change single options of the preset, such as ``alef="keep"``, ``digits="ascii"``,
///         ``diacritics={"harakat", "tanwin"}``; the guide lists them all.
///
/// Returns:
///     A `str` for a `str` (the same object where nothing changes), a column for a column, else a list of the same length.
///     The result is NFC, and normalising it again changes nothing (not promised for ``map=`` and
///     the preset ``"lucene"``).
///
/// Raises:
///     TypeError: `x` or an item of it is no text. ValueError: a preset, option or value does not exist.
///
/// >>> import naqi
/// >>> naqi.normalize("الأخبـــار العاجلة")
/// 'الاخبار العاجلة'
/// >>> naqi.normalize("الأخبـــار ١٢", alef="keep", digits="ascii")
/// 'الأخبار 12'
#[pyfunction]
#[pyo3(
    signature = (x, preset = Preset::NEWS, *, threads = None, **options),
    text_signature = "(x, preset='news', *, threads=None, **options)"
)]
pub fn normalize<'py>(
    x: &Bound<'py, PyAny>,
    preset: Preset,
    threads: Option<Threads>,
    options: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    normalize_with(&options::read(&preset.0, options)?, x, threads)
}

/// Splits text into sentences.
///
/// Args:
///     x: a `str`, or a list, tuple, iterator or column (pandas, Polars, Arrow) of `str` and None.
///     newlines: ``"auto"``: a line break ends a sentence unless the sentence clearly runs on;
///         ``"break"``: it always does; ``"wrap"``: it is white space like any other.
///     threads: how many threads a batch is spread over; None: one a core, or as few as
///         ``NAQI_NUM_THREADS`` or ``OMP_NUM_THREADS`` says.
///
/// Returns:
///     A list of `str` for a `str`, a column of lists for a column, else a list of such lists. Sentences are parts of the text,
///     trimmed of white space; together they hold all the rest of it.
///
/// Raises:
///     TypeError: `x` or an item of it is no text. ValueError: a value does not exist.
///
/// >>> import naqi
/// >>> naqi.split_sentences("وصل د. سالم أمس. هل يعود؟ نعم.")
/// ['وصل د. سالم أمس.', 'هل يعود؟', 'نعم.']
#[pyfunction]
#[pyo3(
    signature = (x, *, newlines = Policy::default(), threads = None, **unknown),
    text_signature = "(x, *, newlines='auto', threads=None)"
)]
pub fn split_sentences<'py>(
    x: &Bound<'py, PyAny>,
    newlines: Policy,
    threads: Option<Threads>,
    unknown: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    errors::only("split_sentences", &["newlines", "threads"], unknown)?;
    run::run(&Split(newlines.0), x, &HintArgs::NONE, threads)
}

/// Finds the sentences of a text: `split_sentences` as half-open ranges of code points.
///
/// >>> import naqi
/// >>> text = "وصل الوفد. وغادر."
/// >>> naqi.sentence_spans(text)
/// [(0, 10), (11, 17)]
/// >>> [text[start:end] for start, end in naqi.sentence_spans(text)] == naqi.split_sentences(text)
/// True
///
/// Takes and raises what `split_sentences` does; returns a list of ``(start, end)`` for a `str`,
/// else a list of such lists.
#[pyfunction]
#[pyo3(
    signature = (x, *, newlines = Policy::default(), threads = None, **unknown),
    text_signature = "(x, *, newlines='auto', threads=None)"
)]
pub fn sentence_spans<'py>(
    x: &Bound<'py, PyAny>,
    newlines: Policy,
    threads: Option<Threads>,
    unknown: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    errors::only("sentence_spans", &["newlines", "threads"], unknown)?;
    run::run(&SplitSpans(newlines.0), x, &HintArgs::NONE, threads)
}

/// Finds the parts of a news page that are not the story, and says what each is.
///
/// Args:
///     x: the text of a page, or a list, tuple, iterator or column (pandas, Polars, Arrow) of such and None.
///     title, author, site: what you know of the page: its headline, its writer, its host, address
///         or outlet; one value for all pages, or a sequence or column with one for each.
///     templates: what `Templates.learn` saw the pages of the site repeat, or None.
///     threads: how many threads a batch is spread over; None: one a core, or as few as
///         ``NAQI_NUM_THREADS`` or ``OMP_NUM_THREADS`` says.
///
/// Returns:
///     A list of `Boilerplate` for a `str`, in order and disjoint, offsets in code points; else a list of such lists.
///
/// Raises:
///     TypeError: `x` or an item of it is no text. ValueError: a hint has not one value for each text.
///
/// >>> import naqi
/// >>> page = "افتتح رئيس البلدية المكتبة صباح اليوم.\nالمصدر: صحيفة المثال"
/// >>> [(page[cut.start:cut.end], cut.category) for cut in naqi.find_boilerplate(page)]
/// [('المصدر: صحيفة المثال', 'source')]
#[pyfunction]
#[pyo3(
    signature = (x, *, title = None, author = None, site = None, templates = None, threads = None, **unknown),
    text_signature = "(x, *, title=None, author=None, site=None, templates=None, threads=None)"
)]
pub fn find_boilerplate<'py>(
    x: &Bound<'py, PyAny>,
    title: Option<Bound<'py, PyAny>>,
    author: Option<Bound<'py, PyAny>>,
    site: Option<Bound<'py, PyAny>>,
    templates: Option<&Bound<'py, PyAny>>,
    threads: Option<Threads>,
    unknown: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    errors::only("find_boilerplate", &["title", "author", "site", "templates", "threads"], unknown)?;
    let job = Find(Reader::standard(templates::asked(templates)?));
    run::run(&job, x, &HintArgs { title, author, site }, threads)
}

/// Removes what `find_boilerplate` finds. A page without boilerplate comes back as it is.
///
/// A part that fills whole lines goes with one of its line breaks, a part of a line with the white
/// space beside it. The headline stays. ``keep``: categories that stay, such as ``{"dateline", "byline"}``.
///
/// >>> import naqi
/// >>> naqi.remove_boilerplate("افتتح رئيس البلدية المكتبة صباح اليوم.\nالمصدر: صحيفة المثال")
/// 'افتتح رئيس البلدية المكتبة صباح اليوم.'
///
/// Takes and raises what `find_boilerplate` does, and `ValueError` for a category that does not
/// exist; returns a `str` for a `str`, else a list.
#[pyfunction]
#[pyo3(
    signature = (x, *, keep = None, title = None, author = None, site = None, templates = None, threads = None, **unknown),
    text_signature = "(x, *, keep=None, title=None, author=None, site=None, templates=None, threads=None)"
)]
#[allow(clippy::too_many_arguments)] // those of Python, by name
pub fn remove_boilerplate<'py>(
    x: &Bound<'py, PyAny>,
    keep: Option<&Bound<'py, PyAny>>,
    title: Option<Bound<'py, PyAny>>,
    author: Option<Bound<'py, PyAny>>,
    site: Option<Bound<'py, PyAny>>,
    templates: Option<&Bound<'py, PyAny>>,
    threads: Option<Threads>,
    unknown: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    errors::only("remove_boilerplate", &["keep", "title", "author", "site", "templates", "threads"], unknown)?;
    let job = Remove { reader: Reader::standard(templates::asked(templates)?), keep: arguments::keep(keep)? };
    run::run(&job, x, &HintArgs { title, author, site }, threads)
}

/// Turns the text of a news page into an `Article`: headline, body, sentences, date, people, source, and all that was cut.
///
/// Args:
///     x: the text of a page, or a list, tuple, iterator or column (pandas, Polars, Arrow) of such and None.
///     title, author, site: what you know of the page; one value for all pages, or a sequence or column with one for each.
///     templates: what `Templates.learn` saw the pages of the site repeat, or None.
///     normalize: a preset, a `Normalizer` or None: changes the text of title, body and sentences, never a span.
///     threads: how many threads a batch is spread over; None: one a core, or as few as
///         ``NAQI_NUM_THREADS`` or ``OMP_NUM_THREADS`` says.
///
/// Returns:
///     An `Article` for a `str`, a column of structs for a column, else a list of articles.
///
/// Raises:
///     TypeError: `x` or an item of it is no text. ValueError: a hint has not one value for each text, or a preset
///         does not exist.
///
/// >>> import naqi
/// >>> article = naqi.extract("افتتح رئيس البلدية المكتبة صباح اليوم.\nالمصدر: صحيفة المثال")
/// >>> article.body, article.source
/// ('افتتح رئيس البلدية المكتبة صباح اليوم.', 'صحيفة المثال')
#[pyfunction]
#[pyo3(
    signature = (x, *, title = None, author = None, site = None, templates = None, normalize = None, threads = None, **unknown),
    text_signature = "(x, *, title=None, author=None, site=None, templates=None, normalize=None, threads=None)"
)]
#[allow(clippy::too_many_arguments)] // those of Python, by name
pub fn extract<'py>(
    x: &Bound<'py, PyAny>,
    title: Option<Bound<'py, PyAny>>,
    author: Option<Bound<'py, PyAny>>,
    site: Option<Bound<'py, PyAny>>,
    templates: Option<&Bound<'py, PyAny>>,
    normalize: Option<&Bound<'py, PyAny>>,
    threads: Option<Threads>,
    unknown: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    errors::only("extract", &["title", "author", "site", "templates", "normalize", "threads"], unknown)?;
    run::run(&extract_job(templates, normalize)?, x, &HintArgs { title, author, site }, threads)
}

/// The job of `extract` and `extract_iter`.
pub fn extract_job(templates: Option<&Bound<'_, PyAny>>, normalize: Option<&Bound<'_, PyAny>>) -> PyResult<Extract> {
    let normalize = normalizer::asked(normalize)?;
    Ok(Extract {
        reader: Reader::standard(templates::asked(templates)?),
        keep: Categories::default(),
        normalize: normalize.as_ref().map(options::compiled),
        wanted: Wanted::ALL,
    })
}
