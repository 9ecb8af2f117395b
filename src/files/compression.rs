//! gzip and Zstandard: known by their first bytes when read, by the name of the file when written.

use flate2::Compression;
use flate2::bufread::MultiGzDecoder;
use flate2::write::GzEncoder;
use std::io::{self, BufReader, Read, Write};
use std::path::Path;

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// It is not.
    None,
    /// gzip.
    Gzip,
    /// Zstandard.
    Zstd,
}

impl Packing {
    /// As the name of a file says.
    #[must_use]
    pub fn of_name(path: &Path) -> Self {
        match path.extension().and_then(|extension| extension.to_str()).map(str::to_ascii_lowercase).as_deref() {
            Some("gz") => Self::Gzip,
            Some("zst") => Self::Zstd,
            _ => Self::None,
        }
    }
}

const GZIP: [u8; 2] = [0x1F, 0x8B];
const ZSTD: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];
/// Bytes that are read from a file at once where it is decompressed.
const ROOM: usize = 1 << 17;

/// The bytes of a file, unpacked if they are packed. No text begins like a packed file.
///
/// # Errors
/// The file cannot be read.
pub fn reader(mut file: impl Read + Send + 'static) -> io::Result<Box<dyn Read + Send>> {
    let mut head = Vec::with_capacity(ZSTD.len());
    (&mut file).take(ZSTD.len() as u64).read_to_end(&mut head)?;
    let gzip = head.starts_with(&GZIP);
    let zstd = head.starts_with(&ZSTD);
    let whole = io::Cursor::new(head).chain(file);
    Ok(if gzip {
        Box::new(MultiGzDecoder::new(BufReader::with_capacity(ROOM, whole)))
    } else if zstd {
        Box::new(zstd::Decoder::with_buffer(BufReader::with_capacity(ROOM, whole))?)
    } else {
        Box::new(whole)
    })
}

/// Bytes that a packer is given at once, so that what it makes of them does not depend on how they came.
const BLOCK: usize = 1 << 16;

/// Writes into a sink, packed or not; what is written from start to [`finish`](Self::finish) can be unpacked alone.
pub struct Packer<W: Write> {
    inner: Inner<W>,
    block: Vec<u8>,
}

enum Inner<W: Write> {
    None(W),
    Gzip(GzEncoder<W>),
    Zstd(zstd::Encoder<'static, W>),
}

impl<W: Write> Packer<W> {
    /// A packer that writes into `sink`.
    ///
    /// # Errors
    /// There is no memory for it.
    pub fn new(packing: Packing, sink: W) -> io::Result<Self> {
        let inner = match packing {
            Packing::None => Inner::None(sink),
            Packing::Gzip => Inner::Gzip(GzEncoder::new(sink, Compression::default())),
            Packing::Zstd => {
                let mut encoder = zstd::Encoder::new(sink, zstd::DEFAULT_COMPRESSION_LEVEL)?;
                encoder.include_checksum(true)?;
                Inner::Zstd(encoder)
            }
        };
        Ok(Self { inner, block: Vec::new() })
    }

    /// Writes bytes.
    ///
    /// # Errors
    /// The sink does not take them.
    pub fn write(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        if let Inner::None(sink) = &mut self.inner {
            return sink.write_all(bytes);
        }
        while !bytes.is_empty() {
            let taken = bytes.len().min(BLOCK - self.block.len());
            self.block.extend_from_slice(&bytes[..taken]);
            bytes = &bytes[taken..];
            if self.block.len() == BLOCK {
                self.pack()?;
            }
        }
        Ok(())
    }

    fn pack(&mut self) -> io::Result<()> {
        match &mut self.inner {
            Inner::None(sink) => sink.write_all(&self.block)?,
            Inner::Gzip(encoder) => encoder.write_all(&self.block)?,
            Inner::Zstd(encoder) => encoder.write_all(&self.block)?,
        }
        self.block.clear();
        Ok(())
    }

    /// Writes what is still held back, and gives the sink back.
    ///
    /// # Errors
    /// The sink does not take it.
    pub fn finish(mut self) -> io::Result<W> {
        self.pack()?;
        match self.inner {
            Inner::None(sink) => Ok(sink),
            Inner::Gzip(encoder) => encoder.finish(),
            Inner::Zstd(encoder) => encoder.finish(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(packing: Packing, parts: &[&[u8]]) -> Vec<u8> {
        let mut out = Vec::new();
        for part in parts {
            let mut packer = Packer::new(packing, out).unwrap();
            packer.write(part).unwrap();
            out = packer.finish().unwrap();
        }
        out
    }

    fn unpacked(bytes: Vec<u8>) -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        reader(io::Cursor::new(bytes))?.read_to_end(&mut out).map(|_| out)
    }

    const PACKINGS: [Packing; 3] = [Packing::None, Packing::Gzip, Packing::Zstd];

    #[test]
    fn parts_that_were_packed_apart_are_read_as_one() {
        for packing in PACKINGS {
            assert_eq!(unpacked(packed(packing, &[b"one ", b"two", b""])).unwrap(), b"one two", "{packing:?}");
        }
    }

    #[test]
    fn short_and_empty_files_are_read() {
        for bytes in [&b""[..], b"a", b"{}\n"] {
            assert_eq!(unpacked(bytes.to_vec()).unwrap(), bytes);
        }
    }

    #[test]
    fn a_packed_file_that_ends_too_early_is_an_error() {
        for packing in [Packing::Gzip, Packing::Zstd] {
            let whole = packed(packing, &[b"one two three", b"four five six seven"]);
            let first = packed(packing, &[b"one two three"]).len();
            for len in (5..whole.len()).filter(|&len| len != first) {
                assert!(unpacked(whole[..len].to_vec()).is_err(), "{packing:?} {len} of {}", whole.len());
            }
        }
    }

    #[test]
    fn what_is_packed_does_not_depend_on_how_it_came() {
        let bytes: Vec<u8> = (0..300_000_u32).flat_map(|n| (n.wrapping_mul(n) / 7).to_le_bytes()).collect();
        for packing in PACKINGS {
            let mut packer = Packer::new(packing, Vec::new()).unwrap();
            bytes.chunks(777).try_for_each(|chunk| packer.write(chunk)).unwrap();
            assert_eq!(packer.finish().unwrap(), packed(packing, &[&bytes]));
        }
    }
}
