//! Where results go: a stream, or a file that is written beside its place, part by part, and renamed when it is whole.

use super::compression::{Packer, Packing};
use super::counts::Counts;
use super::input::Place;
use super::job::Notes;
use super::manifest::{Done, Header, Manifest, Part, Piece};
use super::{Error, named};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

// The files in the folder of a file in the making.
const OUTPUT: &str = "output";
const JOINED: &str = "joined";
const REJECTS: &str = "rejects";
const MANIFEST: &str = "manifest";

/// Results of some documents, in order.
#[derive(Default)]
pub struct Results {
    /// What was written.
    pub output: Vec<u8>,
    /// The rejects.
    pub rejects: Vec<u8>,
    /// How many documents came in, went out, and were rejected.
    pub counts: Counts,
    /// What was noticed.
    pub notes: Notes,
}

/// A file that packs, counts and sums what is written into it.
struct Sink {
    packing: Packing,
    file: Option<Tally>,
    packer: Option<Packer<Tally>>,
}

struct Tally {
    file: File,
    piece: u64,
    sum: crc32fast::Hasher,
}

impl Write for Tally {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.piece += written as u64;
        self.sum.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Sink {
    fn new(file: File, packing: Packing) -> Self {
        Self { packing, file: Some(Tally { file, piece: 0, sum: crc32fast::Hasher::new() }), packer: None }
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if bytes.is_empty() {
            return Ok(());
        }
        self.packer()?.write(bytes)
    }

    /// The packer of the present part. It is made when it is needed: one that is dropped writes the end of a file.
    fn packer(&mut self) -> io::Result<&mut Packer<Tally>> {
        if let Some(file) = self.file.take() {
            self.packer = Some(Packer::new(self.packing, file)?);
        }
        self.packer.as_mut().ok_or_else(|| io::ErrorKind::BrokenPipe.into())
    }

    /// Whether something was written since the last part.
    fn has_begun(&self) -> bool {
        self.packer.is_some()
    }

    /// Ends a part; what it holds lies on the disk if it `lasts`.
    fn end_part(&mut self, lasts: bool) -> io::Result<Piece> {
        if let Some(packer) = self.packer.take() {
            self.file = Some(packer.finish()?);
        }
        let Some(tally) = &mut self.file else { return Err(io::ErrorKind::BrokenPipe.into()) };
        if lasts {
            tally.file.sync_data()?;
        }
        let sum = std::mem::take(&mut tally.sum).finalize();
        Ok(Piece { bytes: std::mem::take(&mut tally.piece), sum })
    }
}

/// Where results go.
pub struct Output {
    documents: Option<Sink>,
    rejects: Option<Sink>,
    /// The names of both, for messages.
    names: [PathBuf; 2],
    partial: Option<Partial>,
    /// Of the present part.
    part: Part,
    /// Lines written into the output and the rejects since the start, where lines are records.
    lines: Option<[u64; 2]>,
}

/// A file in the making, with what belongs to it, in a folder of its own beside the place where it will be.
struct Partial {
    folder: PathBuf,
    place: PathBuf,
    rejects: PathBuf,
    manifest: Manifest,
}

impl Output {
    /// Output that goes nowhere, but for the rejects.
    ///
    /// # Errors
    /// The file of the rejects cannot be made.
    pub fn none(rejects: Option<&Path>) -> Result<Self, Error> {
        Self::bare(None, PathBuf::new(), rejects)
    }

    /// Output into a stream: a pipe, a terminal, a device.
    ///
    /// # Errors
    /// The stream is closed, or the file of the rejects cannot be made.
    pub fn stream(path: Option<&Path>, rejects: Option<&Path>) -> Result<Self, Error> {
        let name = path.map_or_else(|| PathBuf::from("-"), Path::to_owned);
        let (file, packing) = match path {
            Some(path) => (OpenOptions::new().write(true).open(path), Packing::of_name(path)),
            None => (standard_output(), Packing::None),
        };
        let file = file.map_err(|error| Error::write(&name, error))?;
        Self::bare(Some(Sink::new(file, packing)), name, rejects)
    }

    fn bare(output: Option<Sink>, name: PathBuf, rejects: Option<&Path>) -> Result<Self, Error> {
        let sink = rejects.map(|path| File::create(path).map_err(|error| Error::write(path, error))).transpose()?;
        Ok(Self {
            documents: output,
            rejects: sink.map(|file| Sink::new(file, Packing::None)),
            names: [name, rejects.unwrap_or(Path::new("")).to_owned()],
            partial: None,
            part: Part::default(),
            lines: None,
        })
    }

    /// Output into a file. With `resume`, what an earlier run left is taken over.
    ///
    /// # Errors
    /// The files cannot be made or read, another job writes them, or what is there comes from another job.
    pub fn file(place: &Path, rejects: &Path, header: &Header, resume: bool) -> Result<(Self, Done), Error> {
        let place = &fs::canonicalize(place).unwrap_or_else(|_| place.to_owned());
        let folder = named(place, ".partial");
        let fail = |error| Error::write(place, error);
        match fs::create_dir(&folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(fail(error)),
            _ => {}
        }
        let manifest = Manifest::open(&folder.join(MANIFEST))?;
        let parts = [folder.join(OUTPUT), folder.join(REJECTS)];
        let (manifest, done) = manifest.begin(header, resume, &parts)?;
        let mut lengths = [0, 0];
        for part in &manifest.parts {
            lengths[0] += part.output.bytes;
            lengths[1] += part.rejects.bytes;
        }
        let open = |path: &Path, len: u64| {
            let mut file = OpenOptions::new().write(true).create(true).truncate(false).open(path)?;
            file.set_len(len)?;
            file.seek(SeekFrom::End(0)).map(|_| file)
        };
        let mut sinks = [None, None];
        if !done.all {
            remove(&folder.join(JOINED)).map_err(fail)?;
            let packings = [Packing::of_name(place), Packing::None];
            for at in 0..2 {
                let file = open(&parts[at], lengths[at]).map_err(fail)?;
                sinks[at] = Some(Sink::new(file, packings[at]));
            }
        }
        let [output, rejected] = sinks;
        let output = Self {
            documents: output,
            rejects: rejected,
            names: [place.clone(), rejects.to_owned()],
            partial: Some(Partial { folder, place: place.clone(), rejects: rejects.to_owned(), manifest }),
            part: Part::default(),
            lines: None,
        };
        Ok((output, done))
    }

    /// Where the parts of a file lie, and where the file may be written that takes their place when it is finished.
    #[must_use]
    pub fn files(&self) -> Option<(PathBuf, PathBuf)> {
        self.partial.as_ref().map(|partial| (partial.folder.join(OUTPUT), partial.folder.join(JOINED)))
    }

    /// Counts the lines that are written, to check them against the documents at the end.
    pub fn count_lines(&mut self) {
        self.lines = Some([0, 0]);
    }

    /// Writes results.
    ///
    /// # Errors
    /// The disk is full, the reader of the pipe has left …
    pub fn write(&mut self, results: &Results) -> Result<(), Error> {
        let both = [(&mut self.documents, &results.output), (&mut self.rejects, &results.rejects)];
        for (at, (sink, bytes)) in both.into_iter().enumerate() {
            if let Some(sink) = sink {
                sink.write(bytes).map_err(|error| Error::write(&self.names[at], error))?;
                if let Some(lines) = &mut self.lines {
                    lines[at] += memchr::memchr_iter(b'\n', bytes).count() as u64;
                }
            }
        }
        self.part.counts.add(results.counts);
        self.part.notes.add(&results.notes);
        Ok(())
    }

    /// Ends a part: it will outlast the process.
    ///
    /// # Errors
    /// As [`write`](Self::write).
    pub fn end_part(&mut self, end: Place) -> Result<(), Error> {
        let Some(partial) = &mut self.partial else { return Ok(()) };
        let mut part = std::mem::take(&mut self.part);
        part.end = end;
        for (at, sink) in [&mut self.documents, &mut self.rejects].into_iter().enumerate() {
            let Some(sink) = sink else { continue };
            let piece = sink.end_part(true).map_err(|error| Error::write(&self.names[at], error))?;
            *(if at == 0 { &mut part.output } else { &mut part.rejects }) = piece;
        }
        partial.manifest.add(part).map_err(|error| Error::write(&partial.place, error))
    }

    /// Throws away what nobody can go on with.
    pub fn discard(self) {
        if let Some(partial) = self.partial {
            for name in [OUTPUT, JOINED, REJECTS, MANIFEST] {
                // What cannot be removed is overwritten by the next job.
                let _ = remove(&partial.folder.join(name));
            }
            let _ = fs::remove_dir(&partial.folder);
        }
    }

    /// Puts the whole in its place. `counts`: those of this run, to be checked against what was written.
    ///
    /// # Errors
    /// As [`write`](Self::write); or documents were lost or doubled, which is an error of this program.
    pub fn finish(mut self, end: Place, counts: Counts) -> Result<(), Error> {
        if let Some([documents, rejected]) = self.lines {
            let rejected = if self.rejects.is_some() { rejected } else { counts.rejected };
            if documents != counts.documents || rejected != counts.rejected {
                return Err(Error::Lost(format!(
                    "{} documents and {} rejects were counted, {documents} and {rejected} written",
                    counts.documents, counts.rejected
                )));
            }
        }
        let name = self.names[0].clone();
        let fail = |error| Error::write(&name, error);
        if self.partial.is_some() {
            let empty = self.partial.as_ref().is_some_and(|partial| partial.manifest.parts.is_empty());
            if empty && let Some(output) = &mut self.documents {
                // A packed file without content is not an empty file.
                output.packer().map_err(fail)?;
            }
            if empty || self.part.counts.records > 0 || self.documents.as_ref().is_some_and(Sink::has_begun) {
                self.end_part(end)?;
            }
        }
        if let Some(partial) = self.partial {
            return partial.commit().map_err(fail);
        }
        for (at, sink) in [&mut self.documents, &mut self.rejects].into_iter().enumerate() {
            if let Some(sink) = sink {
                sink.end_part(false).map_err(|error| Error::write(&self.names[at], error))?;
            }
        }
        Ok(())
    }
}

impl Partial {
    /// Renames the whole into its place; done again after an interruption, it does what was not done.
    fn commit(mut self) -> io::Result<()> {
        self.manifest.finish()?;
        let [output, joined, rejects] = [OUTPUT, JOINED, REJECTS].map(|name| self.folder.join(name));
        let whole = if joined.exists() {
            remove(&output)?;
            joined
        } else {
            output
        };
        if whole.exists() {
            let rejected = self.manifest.parts.iter().any(|part| part.counts.rejected > 0);
            if rejected && rejects.exists() {
                fs::rename(&rejects, &self.rejects)?;
            } else if !rejected {
                // Those of an earlier job would be taken for those of this one.
                remove(&self.rejects)?;
            }
            if let Ok(old) = fs::metadata(&self.place) {
                fs::set_permissions(&whole, old.permissions())?;
            }
            fs::rename(&whole, &self.place)?;
            sync_folder(&self.place)?;
        }
        remove(&rejects)?;
        remove(&self.folder.join(MANIFEST))?;
        // Something of the user's in it is left there.
        let _ = fs::remove_dir(&self.folder);
        Ok(())
    }
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Makes a renaming last, where folders can be synced.
fn sync_folder(file: &Path) -> io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(unix)]
fn standard_output() -> io::Result<File> {
    use std::os::fd::AsFd;
    io::stdout().as_fd().try_clone_to_owned().map(File::from)
}

#[cfg(windows)]
fn standard_output() -> io::Result<File> {
    use std::os::windows::io::AsHandle;
    io::stdout().as_handle().try_clone_to_owned().map(File::from)
}
