//! What is done to each document, and how its result becomes a record again.

use super::article::{Extracted, Extraction, Field};
use super::json;
use super::record::Record;
use super::rejects::{Reason, Rejects};
use super::report::Report;
use crate::boilerplate::{Digest, Hints, Templates};
use crate::markup;
use crate::normalize::Plan;
use crate::sentences::{self, Newlines};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// One of the jobs.
pub enum Work<'a> {
    /// Adds the fields of the article.
    Extract(Extraction<'a>, Vec<Field>),
    /// Replaces the text by its normalised form.
    Normalize(&'a Plan),
    /// Adds the sentences.
    Sentences(Newlines),
    /// Writes nothing and counts what would be cut.
    Report(Extraction<'a>),
    /// Writes nothing and learns what the sites repeat.
    Learn,
}

/// A job with all that was said about it.
pub struct Job<'a> {
    /// What is done.
    pub work: Work<'a>,
    /// The name of the field that holds the text.
    pub text: String,
    /// The names of the fields that hold title, author and site.
    pub hints: [Option<String>; 3],
    /// Title, author and site of documents that are no records.
    pub known: [Option<String>; 3],
    /// The name under which the new fields stand together; none: beside the others.
    pub into: Option<String>,
    /// Whether the text is left out of the record.
    pub drop_text: bool,
    /// Whether plain text is written, not records.
    pub plain: bool,
}

/// What was noticed on the way. Sums over documents, so that their order does not matter.
#[derive(Default, Clone, serde::Serialize, serde::Deserialize)]
pub struct Notes {
    /// Texts that look like HTML.
    pub html: u64,
    /// Records that had a title, an author, a site.
    pub hints: [u64; 3],
    /// New fields that got another name, since the record had theirs.
    pub renamed: BTreeMap<String, u64>,
    /// What was rejected.
    pub rejects: Rejects,
    /// What was counted for a report.
    #[serde(skip)]
    pub report: Report,
    /// What is to be learnt: pages and their sites, in order.
    #[serde(skip)]
    pub pages: Vec<(String, Option<Digest>)>,
}

impl Notes {
    /// Adds what was noticed elsewhere, but for the pages, which are not to be held.
    pub fn add(&mut self, other: &Self) {
        self.html += other.html;
        self.hints.iter_mut().zip(other.hints).for_each(|(sum, more)| *sum += more);
        for (name, count) in &other.renamed {
            *self.renamed.entry(name.clone()).or_default() += count;
        }
        self.rejects.add(&other.rejects);
        self.report.add(&other.report);
    }
}

/// What stands before the name of a new field whose own name the record has already.
pub const PREFIX: &str = "naqi_";

impl Job<'_> {
    /// Works on the record in `line` and writes the result with its line break. On an error nothing is written.
    ///
    /// # Errors
    /// Why the record is rejected.
    pub fn record(&self, line: &[u8], out: &mut Vec<u8>, notes: &mut Notes) -> Result<(), Reason> {
        let record = Record::read(line)?;
        let (text, raw) = record.text(&self.text)?;
        let hint = |at: usize| self.hints[at].as_ref().and_then(|name| record.hint(name));
        let hints = [hint(0), hint(1), hint(2)];
        for (count, hint) in notes.hints.iter_mut().zip(&hints) {
            *count += u64::from(hint.is_some());
        }
        if self.plain {
            self.plain(&text, out);
            return Ok(());
        }
        match &self.work {
            Work::Extract(..) | Work::Sentences(_) => {
                let taken = |name: &str| record.has(name) && !(self.drop_text && name == self.text);
                let members = self.members(&text, &hints, taken, notes)?;
                record.write_extended(&members, self.drop_text.then_some(raw), out);
            }
            Work::Normalize(plan) => match plan.run_str(&text) {
                Some(normalized) => record.write_replaced(raw, |out| json::string(&normalized, out), out),
                None => record.write(out),
            },
            Work::Report(_) | Work::Learn => {
                self.take_note(&text, &hints, notes);
                return Ok(());
            }
        }
        out.push(b'\n');
        Ok(())
    }

    /// Works on a document that is a file of its own: it becomes a record with the file's name and the text.
    ///
    /// # Errors
    /// Why the document is rejected.
    pub fn document(&self, file: &str, bytes: &[u8], out: &mut Vec<u8>, notes: &mut Notes) -> Result<(), Reason> {
        let text = simdutf8::basic::from_utf8(bytes).map_err(|_| {
            let at = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
            let place = format!(" at byte {at} of the file; convert it: iconv -f windows-1256 -t UTF-8");
            Reason::new("not valid UTF-8", place)
        })?;
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let known = self.known.each_ref().map(|known| known.as_deref().map(Cow::Borrowed));
        if self.plain {
            self.plain(text, out);
            return Ok(());
        }
        if matches!(self.work, Work::Report(_) | Work::Learn) {
            self.take_note(text, &known, notes);
            return Ok(());
        }
        let taken = |name: &str| name == "file" || (name == self.text && !self.drop_text);
        let members = self.members(text, &known, taken, notes)?;
        out.extend_from_slice(b"{\"file\":");
        json::string(file, out);
        if !self.drop_text {
            let normalized = if let Work::Normalize(plan) = &self.work { plan.run_str(text) } else { None };
            out.push(b',');
            json::string(&self.text, out);
            out.push(b':');
            json::string(normalized.as_deref().unwrap_or(text), out);
        }
        if !members.is_empty() {
            out.push(b',');
            out.extend_from_slice(&members);
        }
        out.extend_from_slice(b"}\n");
        Ok(())
    }

    /// Does a job that writes nothing.
    fn take_note(&self, text: &str, known: &[Option<Cow<'_, str>>; 3], notes: &mut Notes) {
        let site = known[2].as_deref();
        if let Work::Report(extraction) = &self.work {
            let extracted = extract(*extraction, text, known, notes);
            notes.report.count(&extracted, site);
        } else {
            notes.pages.push((site.unwrap_or_default().to_owned(), Templates::digest(text)));
        }
    }

    /// The new fields as they stand in a record.
    fn members(
        &self,
        text: &str,
        known: &[Option<Cow<'_, str>>; 3],
        taken: impl Fn(&str) -> bool,
        notes: &mut Notes,
    ) -> Result<Vec<u8>, Reason> {
        match &self.work {
            Work::Extract(extraction, fields) => {
                let mut extracted = extract(*extraction, text, known, notes);
                if fields.iter().any(|field| field.is_of_sentences()) {
                    extracted.split();
                }
                let names: Vec<_> = fields.iter().map(|field| field.name()).collect();
                self.named(&names, |at, out| extracted.write(fields[at], out), taken, notes)
            }
            Work::Sentences(newlines) => {
                let spans = sentences::spans(text, *newlines);
                let write = |_, out: &mut Vec<u8>| {
                    json::list(&spans, out, |span, out| json::string(&text[span.start..span.end], out));
                };
                self.named(&["sentences"], write, taken, notes)
            }
            Work::Normalize(_) | Work::Report(_) | Work::Learn => Ok(Vec::new()),
        }
    }

    /// Writes new fields under their names, or under the one that holds them all; a name that is taken gets a
    /// [`PREFIX`].
    fn named(
        &self,
        names: &[&'static str],
        write: impl Fn(usize, &mut Vec<u8>),
        taken: impl Fn(&str) -> bool,
        notes: &mut Notes,
    ) -> Result<Vec<u8>, Reason> {
        let mut out = Vec::new();
        if let Some(into) = &self.into {
            if taken(into) {
                return Err(format!("the record has a field \"{into}\" already; give --into another name").into());
            }
            json::string(into, &mut out);
            out.extend_from_slice(b":{");
        }
        let mut first = true;
        for (at, name) in names.iter().enumerate() {
            json::comma(&mut first, &mut out);
            if self.into.is_none() && taken(name) {
                let other = format!("{PREFIX}{name}");
                if taken(&other) {
                    return Err(format!("the record has \"{name}\" and \"{other}\" already; nest: --into NAME").into());
                }
                *notes.renamed.entry((*name).to_owned()).or_default() += 1;
                json::string(&other, &mut out);
            } else {
                json::string(name, &mut out);
            }
            out.push(b':');
            write(at, &mut out);
        }
        if self.into.is_some() {
            out.push(b'}');
        }
        Ok(out)
    }

    /// Writes the result as plain text that ends its last line.
    fn plain(&self, text: &str, out: &mut Vec<u8>) {
        match &self.work {
            Work::Normalize(plan) => {
                let text = plan.run_str(text).map_or(Cow::Borrowed(text), Cow::Owned);
                out.extend_from_slice(text.as_bytes());
                if !text.is_empty() && !text.ends_with('\n') {
                    out.push(b'\n');
                }
            }
            Work::Sentences(newlines) => {
                for span in sentences::sentences(text, *newlines) {
                    let lines = text[span.start..span.end].split(|c| crate::unicode::is_line_break(u32::from(c)));
                    let lines = lines.map(str::trim).filter(|line| !line.is_empty()).enumerate();
                    for (at, line) in lines {
                        if at > 0 {
                            out.push(b' ');
                        }
                        out.extend_from_slice(line.as_bytes());
                    }
                    out.push(b'\n');
                }
            }
            Work::Extract(..) | Work::Report(_) | Work::Learn => {}
        }
    }
}

fn extract<'a>(
    extraction: Extraction<'a>,
    text: &'a str,
    known: &'a [Option<Cow<'_, str>>; 3],
    notes: &mut Notes,
) -> Extracted<'a> {
    notes.html += u64::from(markup::text_looks_like_html(text));
    let [title, author, site] = known.each_ref().map(Option::as_deref);
    let mut hints = Hints::default();
    if let Some(title) = title {
        hints = hints.title(title);
    }
    if let Some(author) = author {
        hints = hints.author(author);
    }
    if let Some(site) = site {
        hints = hints.site(site);
    }
    extraction.run(text, &hints, title)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article;
    use crate::boilerplate::{Categories, Rules};
    use crate::normalize::Options;

    fn job(work: Work<'_>) -> Job<'_> {
        let none = || [None, None, None];
        Job { work, text: "text".into(), hints: none(), known: none(), into: None, drop_text: false, plain: false }
    }

    fn extraction() -> Extraction<'static> {
        let pages = article::Extraction { rules: Rules::standard(), templates: None, keep: Categories::default() };
        Extraction { pages, normalize: None }
    }

    fn run(job: &Job<'_>, line: &str) -> Result<String, String> {
        let mut out = Vec::new();
        job.record(line.as_bytes(), &mut out, &mut Notes::default()).map_err(|reason| reason.to_string())?;
        Ok(String::from_utf8(out).unwrap())
    }

    #[test]
    fn a_record_that_does_not_change_stays_byte_for_byte() {
        let plan = Plan::new(&Options::preset("news").unwrap());
        let line = r#"{"id":18446744073709551616, "text":"\u0627\u0628"}"#;
        assert_eq!(run(&job(Work::Normalize(&plan)), line).unwrap(), format!("{line}\n"));
    }

    #[test]
    fn a_field_that_the_record_has_is_never_touched() {
        let mut job = job(Work::Extract(extraction(), vec![Field::Title, Field::Body]));
        let line = r#"{"title":"عنوان", "text":"وصل الوفد."}"#;
        let base = line.strip_suffix('}').unwrap();
        assert_eq!(run(&job, line).unwrap(), format!("{base},\"naqi_title\":null,\"body\":\"وصل الوفد.\"}}\n"));
        job.into = Some("naqi".into());
        assert_eq!(run(&job, line).unwrap(), format!("{base},\"naqi\":{{\"title\":null,\"body\":\"وصل الوفد.\"}}}}\n"));
        job.into = Some("title".into());
        assert!(run(&job, line).unwrap_err().contains("--into"));
    }

    #[test]
    fn a_record_with_both_names_is_rejected() {
        let job = job(Work::Sentences(Newlines::Auto));
        let line = r#"{"text":"x","sentences":[],"naqi_sentences":[]}"#;
        assert!(run(&job, line).unwrap_err().contains("nest: --into NAME"));
    }

    #[test]
    fn the_text_may_make_way_for_the_body() {
        let mut job = job(Work::Extract(extraction(), vec![Field::Body]));
        (job.text, job.drop_text) = ("body".into(), true);
        assert_eq!(run(&job, r#"{"body":"وصل الوفد."}"#).unwrap(), "{\"body\":\"وصل الوفد.\"}\n");
    }

    #[test]
    fn the_headline_that_a_record_has_helps_and_stands_in() {
        let mut job = job(Work::Extract(extraction(), vec![Field::Title]));
        job.hints[0] = Some("headline".into());
        let line = r#"{"headline":"عنوان", "text":"وصل الوفد."}"#;
        assert!(run(&job, line).unwrap().ends_with("\"title\":\"عنوان\"}\n"));
    }

    #[test]
    fn a_file_becomes_a_record_with_its_name() {
        let job = job(Work::Sentences(Newlines::Auto));
        let mut out = Vec::new();
        job.document("a.txt", "\u{FEFF}وصل. ذهب.".as_bytes(), &mut out, &mut Notes::default()).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "{\"file\":\"a.txt\",\"text\":\"وصل. ذهب.\",\"sentences\":[\"وصل.\",\"ذهب.\"]}\n"
        );
    }
}
