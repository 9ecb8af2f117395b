//! Records that could not be worked on: where they stand, and why; how many there are of each kind.

use super::json;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;

/// Why a record is rejected, for a person: `kind`, then `detail`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// What it has in common with others: of these there are few, whatever the records.
    pub kind: String,
    /// What it has alone.
    pub detail: String,
}

impl Reason {
    /// A reason that says more than its kind.
    pub fn new(kind: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { kind: kind.into(), detail: detail.into() }
    }
}

impl<S: Into<String>> From<S> for Reason {
    fn from(kind: S) -> Self {
        Self::new(kind, "")
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.kind, self.detail)
    }
}

/// A rejected record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reject {
    /// The name of the file.
    pub file: String,
    /// The line, counted from 1 as an editor shows it; the row, where a table has no lines.
    pub line: u64,
    /// The offset of the record's first byte in the file (unpacked, if it is packed), where it has lines.
    pub byte: Option<u64>,
    /// Why.
    pub reason: Reason,
}

impl Reject {
    /// Writes it as a line of JSONL.
    pub fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"file\":");
        json::string(&self.file, out);
        let place = match self.byte {
            Some(byte) => format!(",\"line\":{},\"byte\":{byte},\"reason\":", self.line),
            None => format!(",\"row\":{},\"reason\":", self.line),
        };
        out.extend_from_slice(place.as_bytes());
        json::string(&self.reason.to_string(), out);
        out.extend_from_slice(b"}\n");
    }

    /// Where it stands, for a person.
    #[must_use]
    pub fn place(&self) -> String {
        let file = if self.file == "-" { "standard input" } else { &self.file };
        let row = if self.byte.is_none() { " row " } else { "" };
        format!("{file}:{row}{}", self.line)
    }
}

impl fmt::Display for Reject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place(), self.reason)
    }
}

/// How many rejects there are of each kind, and the first of them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Rejects(BTreeMap<String, (u64, Reject)>);

impl Rejects {
    /// Counts one.
    pub fn count(&mut self, reject: &Reject) {
        self.add_kind(&reject.reason.kind, 1, reject);
    }

    /// Adds those of documents that come behind.
    pub fn add(&mut self, other: &Self) {
        for (kind, (count, first)) in &other.0 {
            self.add_kind(kind, *count, first);
        }
    }

    fn add_kind(&mut self, kind: &str, count: u64, first: &Reject) {
        match self.0.entry(kind.to_owned()) {
            Entry::Occupied(mut entry) => entry.get_mut().0 += count,
            Entry::Vacant(entry) => drop(entry.insert((count, first.clone()))),
        }
    }

    /// Count and first of each kind, the most frequent kind first.
    #[must_use]
    pub fn by_count(&self) -> Vec<(u64, &Reject)> {
        let mut all: Vec<_> = self.0.values().map(|(count, first)| (*count, first)).collect();
        all.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reject(line: u64, kind: &str, detail: &str) -> Reject {
        Reject { file: "a".into(), line, byte: Some(0), reason: Reason::new(kind, detail) }
    }

    #[test]
    fn kinds_are_counted_with_their_first() {
        let (mut all, mut later) = (Rejects::default(), Rejects::default());
        all.count(&reject(1, "blank", ""));
        for line in 2..4 {
            later.count(&reject(line, "not JSON", " at byte 7"));
        }
        later.count(&reject(4, "blank", ""));
        all.add(&later);
        let told: Vec<_> = all.by_count().iter().map(|(count, first)| format!("{count} {first}")).collect();
        assert_eq!(told, ["2 a:1: blank", "2 a:2: not JSON at byte 7"]);
    }

    #[test]
    fn a_row_has_no_byte() {
        let mut out = Vec::new();
        Reject { byte: None, ..reject(3, "null", "") }.write(&mut out);
        assert_eq!(String::from_utf8(out).unwrap(), "{\"file\":\"a\",\"row\":3,\"reason\":\"null\"}\n");
    }
}
