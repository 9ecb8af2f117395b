//! The hash of a configured object.

use std::hash::{DefaultHasher, Hash, Hasher};

/// The same for equal values, within one process.
pub fn hash_of(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
