//! The list of the parts of a file in the making: what each holds, its checksum, and where in the inputs it ended.

use super::Error;
use super::counts::Counts;
use super::input::Place;
use super::job::Notes;
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// What a job is: only the same one can go on where another run was stopped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The versions of the program and of its rules.
    pub version: String,
    /// The job and its options.
    pub job: String,
    /// Records of a part.
    pub part: u64,
    /// The inputs: name, length in bytes, time of the last change in nanoseconds.
    pub inputs: Vec<(String, u64, u128)>,
}

/// A part.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Part {
    /// Where in the inputs it ended.
    pub end: Place,
    /// Its documents.
    pub counts: Counts,
    /// What was noticed in them.
    pub notes: Notes,
    /// Its piece of the output.
    pub output: Piece,
    /// Its piece of the rejects.
    pub rejects: Piece,
}

/// What an earlier run left.
#[derive(Default)]
pub struct Done {
    /// Where its last whole part ended.
    pub place: Place,
    /// What is in its parts.
    pub counts: Counts,
    /// What was noticed in them.
    pub notes: Notes,
    /// All parts are there.
    pub all: bool,
}

/// A piece of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// How long it is.
    pub bytes: u64,
    /// Its CRC-32.
    pub sum: u32,
}

/// The manifest, locked while a job writes.
pub struct Manifest {
    file: File,
    /// The parts that are whole.
    pub parts: Vec<Part>,
}

const FINISHED: &str = "finished\n";

impl Manifest {
    /// Opens or makes the file at `path`.
    ///
    /// # Errors
    /// It cannot be made, or another job has it.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
        let file = file.map_err(|error| Error::write(path, error))?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => Err(Error::Locked(path.parent().unwrap_or(path).to_owned())),
            // Some network disks know no locks.
            Ok(()) | Err(TryLockError::Error(_)) => Ok(Self { file, parts: Vec::new() }),
        }
    }

    /// Takes over the whole parts of an earlier run of the same job, or starts anew.
    ///
    /// # Errors
    /// What is there comes from another job, or cannot be read.
    pub fn begin(mut self, header: &Header, resume: bool, files: &[PathBuf; 2]) -> Result<(Self, Done), Error> {
        let mut done = Done::default();
        let mut whole = 0;
        if resume && let Some((first, lines)) = self.earlier().map_err(|error| Error::read(&files[0], error))? {
            header.check(&first)?;
            whole = lines[0].len() as u64 + 1;
            let mut readers = files.each_ref().map(|path| File::open(path).ok());
            for line in lines.into_iter().skip(1) {
                if line == FINISHED.trim_end().as_bytes() {
                    done.all = true;
                    break;
                }
                let Ok(part) = serde_json::from_slice::<Part>(&line) else { break };
                // Where the output is gone, it was put in its place already.
                if readers[0].is_some() && !part.is_whole(&mut readers) {
                    break;
                }
                whole += line.len() as u64 + 1;
                done.place = part.end;
                done.counts.add(part.counts);
                done.notes.add(&part.notes);
                self.parts.push(part);
            }
            if readers[0].is_none() && !done.all {
                (self.parts, done, whole) = (Vec::new(), Done::default(), 0);
            }
        }
        let write = |error| Error::write(&files[0], error);
        if !done.all {
            self.file.set_len(whole).map_err(write)?;
        }
        self.file.seek(SeekFrom::End(0)).map_err(write)?;
        if whole == 0 {
            self.line(header).map_err(write)?;
        }
        Ok((self, done))
    }

    /// What an earlier run wrote: its header, and all its lines. None where it broke off before the first was whole.
    fn earlier(&self) -> io::Result<Option<(Header, Vec<Vec<u8>>)>> {
        let lines = BufReader::new(&self.file).split(b'\n').collect::<io::Result<Vec<_>>>()?;
        let header = lines.first().and_then(|first| serde_json::from_slice(first).ok());
        Ok(header.map(|header| (header, lines)))
    }

    /// Adds a part, whose pieces lie on the disk.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn add(&mut self, part: Part) -> io::Result<()> {
        self.line(&part)?;
        self.parts.push(part);
        Ok(())
    }

    /// Notes that all parts are there.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn finish(&mut self) -> io::Result<()> {
        self.file.write_all(FINISHED.as_bytes())?;
        self.file.sync_data()
    }

    fn line(&mut self, line: &impl Serialize) -> io::Result<()> {
        let mut bytes = serde_json::to_vec(line)?;
        bytes.push(b'\n');
        self.file.write_all(&bytes)?;
        self.file.sync_data()
    }
}

impl Header {
    /// That of a job on inputs, by their names and where they lie.
    #[must_use]
    pub fn new<'a>(job: String, part: u64, inputs: impl Iterator<Item = (String, Option<&'a Path>)>) -> Self {
        let inputs = inputs.map(|(name, path)| {
            let there = path.and_then(|path| path.metadata().ok());
            let changed = there.as_ref().and_then(|there| there.modified().ok()?.duration_since(UNIX_EPOCH).ok());
            (name, there.map_or(0, |there| there.len()), changed.map_or(0, |changed| changed.as_nanos()))
        });
        let version = format!("naqi {}, rules {}", env!("CARGO_PKG_VERSION"), crate::boilerplate::rules_version());
        Self { version, job, part, inputs: inputs.collect() }
    }

    /// Whether another is that of the same job.
    fn check(&self, other: &Self) -> Result<(), Error> {
        let differs = if other.version != self.version {
            format!("it was begun with {}, this is {}", other.version, self.version)
        } else if other.inputs != self.inputs {
            "the inputs are others, or have changed".into()
        } else if other.part != self.part {
            format!("it was begun with --part {}", other.part)
        } else if other.job != self.job {
            "it was begun with other options".into()
        } else {
            return Ok(());
        };
        Err(Error::Unresumable(differs))
    }
}

impl Part {
    /// Whether its pieces are what comes next in the files.
    fn is_whole(&self, files: &mut [Option<File>; 2]) -> bool {
        files.iter_mut().zip([self.output, self.rejects]).all(|(file, piece)| match file {
            Some(file) => piece.is_next(file).unwrap_or(false),
            None => piece.bytes == 0,
        })
    }
}

impl Piece {
    fn is_next(self, file: &mut File) -> io::Result<bool> {
        let mut sum = crc32fast::Hasher::new();
        let mut left = self.bytes;
        let mut room = vec![0; 1 << 17];
        while left > 0 {
            let most = room.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            match file.read(&mut room[..most])? {
                0 => return Ok(false),
                read => {
                    sum.update(&room[..read]);
                    left -= read as u64;
                }
            }
        }
        Ok(sum.finalize() == self.sum)
    }
}
