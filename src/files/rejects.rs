//! Records that could not be worked on: where they stand, and why.

use super::json;

/// A rejected record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    /// The name of the file.
    pub file: String,
    /// The line, counted from 1 as an editor shows it.
    pub line: u64,
    /// The offset of the record's first byte in the file (unpacked, if it is packed).
    pub byte: u64,
    /// Why, for a person.
    pub reason: String,
}

impl Reject {
    /// Writes it as a line of JSONL.
    pub fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"file\":");
        json::string(&self.file, out);
        out.extend_from_slice(format!(",\"line\":{},\"byte\":{},\"reason\":", self.line, self.byte).as_bytes());
        json::string(&self.reason, out);
        out.extend_from_slice(b"}\n");
    }
}
