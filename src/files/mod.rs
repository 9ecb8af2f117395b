//! Streams of documents in files: JSONL and text, plain or compressed, read, worked and written without holding more
//! than a few megabytes. Broken records are put aside with the place where they stand and the reason; a file is
//! written beside its place and renamed when it is whole; a job that was stopped can go on.
//!
//! For texts that are in memory already, call the rooms themselves.

mod article;
mod compression;
mod counts;
mod input;
mod job;
mod json;
mod manifest;
mod output;
mod progress;
mod record;
mod rejects;
mod report;
mod stream;

pub use article::{Extraction, Field};
pub use counts::Counts;
pub use input::{Input, Place};
pub use job::{Job, Notes, PREFIX, Work};
pub use manifest::{Done, Header};
pub use output::{Output, Results};
pub use progress::Bar;
pub use rejects::{Reason, Reject, Rejects};
pub use report::{Counts as ReportCounts, Cuts, Report};
pub use stream::{Progress, Settings, Summary, Target, run};

use std::ffi::OsString;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a job was stopped.
#[derive(Debug)]
pub enum Error {
    /// A file could not be read or written.
    File(PathBuf, io::Error),
    /// The first reject of a strict job.
    Rejected(Reject),
    /// Another job writes the same file; its folder.
    Locked(PathBuf),
    /// What an earlier run left is of another job; how they differ.
    Unresumable(String),
    /// Documents in are not documents out and rejects: an error of this program.
    Lost(String),
    /// The caller said so.
    Stopped,
}

impl Error {
    fn write(path: &Path, error: io::Error) -> Self {
        Self::File(path.to_owned(), error)
    }

    fn read(path: &Path, error: io::Error) -> Self {
        Self::File(path.to_owned(), error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Rejected(reject) => reject.fmt(f),
            Self::Locked(folder) => write!(f, "another job is writing into {}", folder.display()),
            Self::Unresumable(how) => write!(f, "cannot resume the job: {how}; leave out --resume to start anew"),
            Self::Lost(how) => write!(f, "documents were lost or doubled, please report this: {how}"),
            Self::Stopped => f.write_str("stopped"),
        }
    }
}

impl std::error::Error for Error {}

/// A path with something behind its name.
fn named(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    name.into()
}
