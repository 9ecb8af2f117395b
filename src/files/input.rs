//! The inputs as a stream of chunks: whole lines of a file, or a whole file that is one document.

use super::compression;
use super::rejects::Reason;
use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A file to read, or standard input.
#[derive(Clone, Debug)]
pub struct Input {
    /// Where it is; none: standard input.
    pub path: Option<PathBuf>,
    /// Whether each line is a record; else the whole is one document.
    pub records: bool,
}

impl Input {
    /// Its name, as messages and records tell it.
    #[must_use]
    pub fn name(&self) -> String {
        self.path.as_ref().map_or_else(|| "-".into(), |path| path.to_string_lossy().into_owned())
    }
}

/// A place between two records of the inputs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Place {
    /// Which input.
    pub input: usize,
    /// Bytes of it, unpacked, before the place.
    pub byte: u64,
    /// Line breaks of it before the place.
    pub line: u64,
}

/// Some documents of one input.
pub struct Chunk {
    /// Where they begin.
    pub start: Place,
    /// How many they are.
    pub records: u64,
    /// What they are.
    pub body: Body,
}

/// What a [`Chunk`] holds.
pub enum Body {
    /// Whole lines, the last perhaps without its line break.
    Lines(Vec<u8>),
    /// One document.
    Document(Vec<u8>),
    /// One document that cannot be worked on, and why.
    Broken(Reason),
}

/// Chunks that are worked on together.
pub struct Window {
    /// In order.
    pub chunks: Vec<Chunk>,
    /// The place behind them.
    pub end: Place,
    /// Whether a part ends here.
    pub part_ends: bool,
}

/// Bytes that a chunk has at least, where there are so many.
const CHUNK: usize = 1 << 18;
/// Bytes that a window has at most, but for its last chunk.
const WINDOW: usize = 1 << 21;

/// Reads the inputs one after the other.
pub struct Reader {
    inputs: Vec<Input>,
    /// Bytes of the longest record that is taken.
    longest: usize,
    /// Records of a part.
    part: u64,
    place: Place,
    /// Records of the present part that were read.
    in_part: u64,
    open: Option<Open>,
    /// Bytes read from files, as they lie there.
    read: Arc<AtomicU64>,
    /// Tells of inputs that cannot be read.
    tell: Box<dyn FnMut(String, io::Error) + Send>,
}

struct Open {
    source: Box<dyn Read + Send>,
    /// Read, but not given out.
    rest: Vec<u8>,
    /// Nothing more will be read: the input has ended, or failed.
    ended: bool,
    failed: Option<io::Error>,
}

impl Reader {
    /// A reader that begins at `place`, the first of a part.
    pub fn new(
        inputs: Vec<Input>,
        place: Place,
        part: u64,
        longest: usize,
        read: Arc<AtomicU64>,
        tell: Box<dyn FnMut(String, io::Error) + Send>,
    ) -> Self {
        Self { inputs, longest, part, place, in_part: 0, open: None, read, tell }
    }

    /// The next documents, or `None` behind the last.
    pub fn window(&mut self) -> Option<Window> {
        let (mut chunks, mut bytes) = (Vec::new(), 0);
        let mut part_ends = false;
        while bytes < WINDOW && !part_ends {
            let Some(chunk) = self.chunk() else { break };
            bytes += match &chunk.body {
                Body::Lines(body) | Body::Document(body) => body.len(),
                Body::Broken(reason) => reason.kind.len(),
            };
            self.in_part += chunk.records;
            part_ends = self.in_part == self.part;
            chunks.push(chunk);
        }
        if part_ends {
            self.in_part = 0;
        }
        (!chunks.is_empty()).then_some(Window { chunks, end: self.place, part_ends })
    }

    fn chunk(&mut self) -> Option<Chunk> {
        while self.place.input < self.inputs.len() {
            if self.open.is_none() {
                match self.open() {
                    Ok(open) => self.open = Some(open),
                    Err(error) => {
                        self.fail(error);
                        self.next_input();
                        continue;
                    }
                }
            }
            let chunk = if self.inputs[self.place.input].records { self.lines() } else { self.document() };
            match chunk {
                Some(chunk) => return Some(chunk),
                None => self.next_input(),
            }
        }
        None
    }

    /// Opens the present input at the present place.
    fn open(&self) -> io::Result<Open> {
        let source: Box<dyn Read + Send> = match &self.inputs[self.place.input].path {
            Some(path) => {
                let file = File::open(path)?;
                if file.metadata()?.is_dir() {
                    return Err(io::ErrorKind::IsADirectory.into());
                }
                Box::new(file)
            }
            None => Box::new(io::stdin()),
        };
        let mut source = compression::reader(Counted { source, read: Arc::clone(&self.read) })?;
        let skipped = io::copy(&mut (&mut source).take(self.place.byte), &mut io::sink())?;
        if skipped < self.place.byte {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(Open { source, rest: Vec::new(), ended: false, failed: None })
    }

    fn fail(&mut self, error: io::Error) {
        (self.tell)(self.inputs[self.place.input].name(), error);
    }

    fn next_input(&mut self) {
        self.open = None;
        self.place = Place { input: self.place.input + 1, byte: 0, line: 0 };
    }

    /// The next lines of the present input, at most so many as the part still takes.
    fn lines(&mut self) -> Option<Chunk> {
        let most = self.part - self.in_part;
        let open = self.open.as_mut()?;
        let mut body = std::mem::take(&mut open.rest);
        loop {
            if open.ended || body.len() >= CHUNK {
                let (end, lines) = last_line(&body, most);
                if lines > 0 {
                    return Some(self.cut(body, end, lines));
                }
                if open.ended {
                    break;
                }
            }
            if body.len() > self.longest.max(CHUNK) {
                return Some(self.skip_line(body));
            }
            open.fill(&mut body, self.longest);
        }
        if let Some(error) = open.failed.take() {
            // What was read of the line that broke off is not the record.
            let reason = Reason::new("the file cannot be read further", format!(": {error}"));
            self.fail(error);
            return Some(Chunk { start: self.place, records: 1, body: Body::Broken(reason) });
        }
        if body.is_empty() || (body == BOM && self.place.byte == 0) {
            return None;
        }
        let end = body.len();
        Some(self.cut(body, end, 1))
    }

    /// Gives out the first `end` bytes.
    fn cut(&mut self, mut body: Vec<u8>, end: usize, lines: u64) -> Chunk {
        if let Some(open) = &mut self.open {
            open.rest.extend_from_slice(&body[end..]);
        }
        body.truncate(end);
        let mut start = self.place;
        self.place.byte += end as u64;
        self.place.line += lines;
        if start.byte == 0 && body.starts_with(&BOM) {
            // A mark of the file, not of its first record.
            body.drain(..BOM.len());
            start.byte = BOM.len() as u64;
        }
        Chunk { start, records: lines, body: Body::Lines(body) }
    }

    /// Passes over a line that is too long to be held.
    fn skip_line(&mut self, mut body: Vec<u8>) -> Chunk {
        let start = self.place;
        while let Some(open) = &mut self.open {
            if let Some(at) = memchr::memchr(b'\n', &body) {
                open.rest.extend_from_slice(&body[at + 1..]);
                self.place.byte += at as u64 + 1;
                break;
            }
            self.place.byte += body.len() as u64;
            body.clear();
            if open.ended {
                break;
            }
            open.fill(&mut body, self.longest);
        }
        self.place.line += 1;
        Chunk { start, records: 1, body: Body::Broken(too_long(self.longest)) }
    }

    /// The present input as a whole.
    fn document(&mut self) -> Option<Chunk> {
        let start = self.place;
        let open = self.open.as_mut()?;
        let mut body = Vec::new();
        let read = (&mut open.source).take(self.longest as u64 + 1).read_to_end(&mut body);
        let body = match read {
            Ok(_) if body.len() > self.longest => Body::Broken(too_long(self.longest)),
            Ok(_) => Body::Document(body),
            Err(error) => {
                let reason = Reason::new("the file cannot be read", format!(": {error}"));
                self.fail(error);
                Body::Broken(reason)
            }
        };
        self.next_input();
        Some(Chunk { start, records: 1, body })
    }
}

const BOM: [u8; 3] = [0xEF, 0xBB, 0xBF];

/// Why a record that is longer than `longest` bytes is rejected.
pub fn too_long(longest: usize) -> Reason {
    format!("longer than {longest} bytes; --max-record takes longer ones").into()
}

impl Open {
    /// Reads on behind what `body` holds: up to a chunk, then half as much again as there is, so that a long line is
    /// searched few times; never far beyond the `longest` that is taken.
    fn fill(&mut self, body: &mut Vec<u8>, longest: usize) {
        let len = body.len();
        let more = CHUNK.saturating_sub(len).max(len / 2).max(CHUNK / 4);
        let end = len + more.min(longest.saturating_sub(len) + CHUNK);
        body.resize(end, 0);
        let mut at = len;
        while at < end && !self.ended {
            match self.source.read(&mut body[at..]) {
                Ok(0) => self.ended = true,
                Ok(read) => at += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.ended = true;
                    self.failed = Some(error);
                }
            }
        }
        body.truncate(at);
    }
}

/// Where the last whole line ends, of at most `most`, and how many lines end up to there.
fn last_line(body: &[u8], most: u64) -> (usize, u64) {
    let mut found = (0, 0);
    for at in memchr::memchr_iter(b'\n', body) {
        found = (at + 1, found.1 + 1);
        if found.1 == most {
            break;
        }
    }
    found
}

/// Counts what is read.
struct Counted {
    source: Box<dyn Read + Send>,
    read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(room)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
