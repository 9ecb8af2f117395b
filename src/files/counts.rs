//! How many documents a job read, wrote and rejected.

/// How many documents came in, went out, and were rejected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Counts {
    /// Read.
    pub records: u64,
    /// Written.
    pub documents: u64,
    /// Rejected.
    pub rejected: u64,
}

impl Counts {
    /// Adds others.
    pub fn add(&mut self, other: Self) {
        self.records += other.records;
        self.documents += other.documents;
        self.rejected += other.rejected;
    }
}
