//! Hash tables for short keys that come from our own files or are only looked up.
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A small multiplicative hash.
#[derive(Default)]
pub struct Fx(u64);

impl Hasher for Fx {
    fn finish(&self) -> u64 {
        // Tables read the lowest bits, products mix the highest best.
        self.0.rotate_left(26)
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(word));
        }
    }

    fn write_u8(&mut self, n: u8) {
        self.write_u64(u64::from(n));
    }

    fn write_u32(&mut self, n: u32) {
        self.write_u64(u64::from(n));
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = (self.0.rotate_left(5) ^ n).wrapping_mul(0x517C_C1B7_2722_0A95);
    }

    fn write_usize(&mut self, n: usize) {
        self.write_u64(n as u64);
    }
}

pub type FxMap<K, V> = HashMap<K, V, BuildHasherDefault<Fx>>;

/// Scatters keys over a table: odd, from the golden ratio.
pub const SCATTER: u64 = 0x9E37_79B9_7F4A_7C15;

/// A table from numbers to numbers above 0, half empty at least, so that a look-up is one or two reads.
#[derive(Debug, Default)]
pub struct Table {
    slots: Vec<(u64, u32)>,
    len: usize,
}

impl Table {
    /// An empty table with room for so many.
    pub fn with_capacity(len: usize) -> Self {
        Self { slots: vec![(0, 0); (2 * len).next_power_of_two().max(16)], len: 0 }
    }

    /// The slot of `key`: its own, or the empty one that it would get.
    #[inline]
    fn slot(&self, key: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (key.wrapping_mul(SCATTER) >> 32) as usize & mask;
        while self.slots[at].1 != 0 && self.slots[at].0 != key {
            at = (at + 1) & mask;
        }
        at
    }

    /// The value of `key`, 0 for none.
    #[inline]
    pub fn get(&self, key: u64) -> u32 {
        if self.slots.is_empty() { 0 } else { self.slots[self.slot(key)].1 }
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Makes room for one more.
    #[inline]
    fn grow(&mut self) {
        if 2 * (self.len + 1) > self.slots.len() {
            let old = std::mem::replace(self, Self::with_capacity(self.slots.len().max(16)));
            for (key, value) in old.slots {
                if value != 0 {
                    self.get_or_insert(key, value);
                }
            }
        }
    }

    /// The value of `key`, which becomes `new` where it has none.
    pub fn get_or_insert(&mut self, key: u64, new: u32) -> u32 {
        self.grow();
        let at = self.slot(key);
        if self.slots[at].1 == 0 {
            self.slots[at] = (key, new);
            self.len += 1;
        }
        self.slots[at].1
    }
}
