//! The stream: one thread reads, the pool works, one thread writes; the caller's own looks on and may stop it.

use super::counts::Counts;
use super::input::{Body, Chunk, Input, Place, Reader, Window, too_long};
use super::job::{Job, Notes};
use super::manifest::{Done, Header};
use super::output::{Output, Results};
use super::rejects::{Reason, Reject};
use super::{Error, named};
use crate::boilerplate::Templates;
use crate::parallel;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender, TrySendError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// Where results go.
#[derive(Clone, Debug)]
pub enum Target {
    /// Nowhere: what is counted is the result.
    Nothing,
    /// Standard output.
    Standard,
    /// A file.
    File(PathBuf),
}

/// A job on files.
pub struct Settings<'a> {
    /// What is done to each document.
    pub job: Job<'a>,
    /// The files, in order.
    pub inputs: Vec<Input>,
    /// Where results go.
    pub target: Target,
    /// Where rejects go; none: beside a file, or nowhere.
    pub rejects: Option<PathBuf>,
    /// What tells this job from others, for `resume`.
    pub identity: String,
    /// Records of a part.
    pub part: u64,
    /// Whether to go on where an earlier run was stopped.
    pub resume: bool,
    /// Whether the first reject stops the job.
    pub strict: bool,
    /// Threads that work.
    pub threads: usize,
    /// Bytes of the longest record that is taken.
    pub longest: usize,
}

/// How far a job is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Progress {
    /// Bytes read from the files, as they lie there.
    pub bytes: u64,
    /// Documents.
    pub counts: Counts,
}

/// What a job did.
#[derive(Default)]
pub struct Summary {
    /// All documents, those of earlier runs of the same job included.
    pub counts: Counts,
    /// Documents of earlier runs.
    pub resumed: Counts,
    /// What was noticed.
    pub notes: Notes,
    /// What was learnt.
    pub templates: Templates,
    /// Bytes read from the files, as they lie there.
    pub bytes: u64,
    /// Inputs that could not be read (to their end), and why.
    pub unreadable: Vec<(String, std::io::Error)>,
    /// The first rejects of this run.
    pub rejects: Vec<Reject>,
}

impl Summary {
    /// Keeps a reject of this run, if it is one of the first.
    pub fn reject(&mut self, reject: Reject) {
        if self.rejects.len() < TOLD {
            self.rejects.push(reject);
        }
    }
}

/// Rejects that a summary tells.
const TOLD: usize = 10;
/// How long a stopped job takes to notice.
const TICK: Duration = Duration::from_millis(50);

/// Does the job. `look` is called again and again; where it returns `false`, the job is stopped.
///
/// # Errors
/// Output could not be written, the job was stopped … Inputs that cannot be read are no error: the others are done,
/// and the summary tells.
pub fn run(settings: &Settings<'_>, look: &mut dyn FnMut(Progress) -> bool) -> Result<Summary, Error> {
    let (mut output, done) = open(settings)?;
    let mut summary = Summary { counts: done.counts, resumed: done.counts, notes: done.notes, ..Summary::default() };
    if done.all {
        output.finish(done.place, Counts::default())?;
        return Ok(summary);
    }
    if !settings.job.plain && !matches!(settings.target, Target::Nothing) {
        output.count_lines();
    }
    let read = Arc::new(AtomicU64::new(0));
    let unreadable = Arc::new(Mutex::new(Vec::new()));
    let windows = start_reading(settings, done.place, &read, &unreadable);
    let (results, writer) = start_writing(output);
    let mut end = done.place;
    let mut look = |counts| look(Progress { bytes: read.load(Ordering::Relaxed), counts });
    let names: Vec<String> = settings.inputs.iter().map(Input::name).collect();
    loop {
        let window: Window = match windows.recv_timeout(TICK) {
            Ok(window) => window,
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) if look(summary.counts) => continue,
            Err(RecvTimeoutError::Timeout) => return Err(Error::Stopped),
        };
        end = window.end;
        let worker = Worker { settings, names: &names };
        let mut worked = parallel::map(window.chunks, settings.threads, |chunk| worker.work(&chunk));
        for (result, rejects) in &mut worked {
            for (site, page) in result.notes.pages.drain(..) {
                summary.templates.add(&site, page);
            }
            summary.counts.add(result.counts);
            summary.notes.add(&result.notes);
            if let (true, Some(reject)) = (settings.strict, rejects.first()) {
                drop(results);
                if let Ok(Ok(output)) = writer.join() {
                    output.discard();
                }
                return Err(Error::Rejected(reject.clone()));
            }
            rejects.drain(..).for_each(|reject| summary.reject(reject));
        }
        let mut message = Message::Results(worked.into_iter().map(|(result, _)| result).collect());
        let mut part_end = window.part_ends.then_some(Message::PartEnd(end));
        loop {
            match results.try_send(message) {
                Ok(()) => match part_end.take() {
                    Some(next) => message = next,
                    None => break,
                },
                Err(TrySendError::Full(back)) => {
                    message = back;
                    std::thread::sleep(Duration::from_millis(1));
                }
                Err(TrySendError::Disconnected(_)) => return Err(failure(writer)),
            }
            if !look(summary.counts) {
                return Err(Error::Stopped);
            }
        }
    }
    drop(results);
    while !writer.is_finished() {
        std::thread::sleep(Duration::from_millis(1));
        if !look(summary.counts) {
            return Err(Error::Stopped);
        }
    }
    let output = writer.join().unwrap_or_else(|_| Err(Error::Lost("the writing thread broke off".into())))?;
    let mut counts = summary.counts;
    counts.records -= done.counts.records;
    counts.documents -= done.counts.documents;
    counts.rejected -= done.counts.rejected;
    if counts.records != counts.documents + counts.rejected {
        return Err(Error::Lost(format!("{counts:?}")));
    }
    output.finish(end, counts)?;
    summary.bytes = read.load(Ordering::Relaxed);
    summary.unreadable = std::mem::take(&mut *unreadable.lock().unwrap_or_else(PoisonError::into_inner));
    Ok(summary)
}

fn open(settings: &Settings<'_>) -> Result<(Output, Done), Error> {
    let rejects = settings.rejects.as_deref();
    let path = match &settings.target {
        Target::Nothing => return Output::none(rejects).map(|output| (output, Done::default())),
        Target::Standard => return Output::stream(None, rejects).map(|output| (output, Done::default())),
        Target::File(path) => path,
    };
    // A device or a pipe with a name cannot be replaced by a file.
    if path.metadata().is_ok_and(|there| !there.is_file()) {
        return Output::stream(Some(path), rejects).map(|output| (output, Done::default()));
    }
    let inputs = settings.inputs.iter().map(|input| (input.name(), input.path.as_deref()));
    let header = Header::new(settings.identity.clone(), settings.part, inputs);
    let rejects = rejects.map_or_else(|| named(path, ".rejects.jsonl"), std::path::Path::to_owned);
    Output::file(path, &rejects, &header, settings.resume)
}

/// Starts the thread that reads. It is never waited for: a pipe may have nothing to say for a long time.
fn start_reading(
    settings: &Settings<'_>,
    place: Place,
    read: &Arc<AtomicU64>,
    unreadable: &Arc<Mutex<Vec<(String, std::io::Error)>>>,
) -> Receiver<Window> {
    // One window is worked on while the next is read; more would be held for nothing.
    let (sender, windows) = mpsc::sync_channel(0);
    let unreadable = Arc::clone(unreadable);
    let tell = move |name, error| unreadable.lock().unwrap_or_else(PoisonError::into_inner).push((name, error));
    let inputs = settings.inputs.clone();
    let mut reader = Reader::new(inputs, place, settings.part, settings.longest, Arc::clone(read), Box::new(tell));
    std::thread::spawn(move || {
        while let Some(window) = reader.window() {
            if sender.send(window).is_err() {
                return;
            }
        }
    });
    windows
}

enum Message {
    Results(Vec<Results>),
    PartEnd(Place),
}

/// Starts the thread that writes; it gives the output back when there is nothing more.
fn start_writing(mut output: Output) -> (SyncSender<Message>, JoinHandle<Result<Output, Error>>) {
    let (sender, messages) = mpsc::sync_channel(1);
    let writer = std::thread::spawn(move || {
        for message in messages {
            match message {
                Message::Results(results) => results.iter().try_for_each(|result| output.write(result))?,
                Message::PartEnd(end) => output.end_part(end)?,
            }
        }
        Ok(output)
    });
    (sender, writer)
}

/// Why the writer ended before its time.
fn failure(writer: JoinHandle<Result<Output, Error>>) -> Error {
    match writer.join() {
        Ok(Err(error)) => error,
        _ => Error::Lost("the writing thread broke off".into()),
    }
}

struct Worker<'a> {
    settings: &'a Settings<'a>,
    names: &'a [String],
}

impl Worker<'_> {
    /// Works on a chunk; its results, and its first rejects.
    fn work(&self, chunk: &Chunk) -> (Results, Vec<Reject>) {
        let mut done = Shift { worker: self, results: Results::default(), rejects: Vec::new(), at: chunk.start };
        match &chunk.body {
            Body::Lines(body) => {
                let mut from = 0;
                for end in memchr::memchr_iter(b'\n', body) {
                    done.line(&body[from..end]);
                    from = end + 1;
                }
                if from < body.len() {
                    done.line(&body[from..]);
                }
            }
            Body::Document(body) => {
                let name = &self.names[chunk.start.input];
                done.one(|job, results| job.document(name, body, &mut results.output, &mut results.notes));
            }
            Body::Broken(reason) => done.one(|_, _| Err(reason.clone())),
        }
        (done.results, done.rejects)
    }
}

/// The work on one chunk.
struct Shift<'a> {
    worker: &'a Worker<'a>,
    results: Results,
    rejects: Vec<Reject>,
    at: Place,
}

impl Shift<'_> {
    fn line(&mut self, line: &[u8]) {
        let longest = self.worker.settings.longest;
        self.one(|job, results| {
            if line.len() > longest {
                return Err(too_long(longest));
            }
            job.record(line, &mut results.output, &mut results.notes)
        });
        self.at.line += 1;
        self.at.byte += line.len() as u64 + 1;
    }

    fn one(&mut self, work: impl FnOnce(&Job<'_>, &mut Results) -> Result<(), Reason>) {
        self.results.counts.records += 1;
        let Err(reason) = work(&self.worker.settings.job, &mut self.results) else {
            self.results.counts.documents += 1;
            return;
        };
        self.results.counts.rejected += 1;
        let file = self.worker.names[self.at.input].clone();
        let reject = Reject { file, line: self.at.line + 1, byte: Some(self.at.byte), reason };
        reject.write(&mut self.results.rejects);
        self.results.notes.rejects.count(&reject);
        if self.rejects.len() < TOLD {
            self.rejects.push(reject);
        }
    }
}
