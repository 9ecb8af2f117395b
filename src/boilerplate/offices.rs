//! Editors' offices to which mastheads glue a name.
use super::key;
use super::lines::Token;
use super::words::Beginnings;

/// Offices by their last word, to which mastheads glue the name.
#[derive(Debug, Default)]
pub struct Offices {
    folded: Vec<Vec<u8>>,
    last: Beginnings,
    /// How many letters the shortest of the last words has.
    shortest: usize,
}

impl Offices {
    /// Adds an office.
    pub fn add(&mut self, spelled: &str) {
        let last = spelled.split_whitespace().next_back().unwrap_or_default();
        let len = last.chars().count();
        self.shortest = if self.folded.is_empty() { len } else { self.shortest.min(len) };
        self.last.add(last);
        self.folded.push(key::folded(spelled));
    }

    /// Whether the word at `token` is the last of an office and three letters of a name.
    pub fn is_glued(&self, key: &[u8], token: Token) -> bool {
        token.to - token.from >= self.shortest + 3
            && self.last.of(&key[token.from..token.to]).any(|last| {
                let end = token.from + last.len();
                token.to >= end + 3 && self.folded.iter().any(|office| key[..end].ends_with(office))
            })
    }
}
