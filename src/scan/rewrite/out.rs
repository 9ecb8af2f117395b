//! Memory that a pass writes to: given by the caller, not initialised, never written past its end.

use crate::text::Unit;
#[cfg(target_arch = "x86_64")]
use std::any::TypeId;
use std::mem::MaybeUninit;

/// A stretch of memory, and how much of it is written.
#[derive(Debug)]
pub struct Out<'a, W> {
    room: &'a mut [MaybeUninit<W>],
    /// The first `len` units of `room` are initialised.
    len: usize,
    full: bool,
    narrow: bool,
}

impl<'a, W: Unit> Out<'a, W> {
    /// Nothing written yet.
    pub fn new(room: &'a mut [MaybeUninit<W>]) -> Self {
        Self { room, len: 0, full: false, narrow: false }
    }

    /// A vector of at most `capacity` units, written by `write`; `None` where something did not fit.
    pub fn collect(capacity: usize, write: impl FnOnce(&mut Out<'_, W>)) -> Option<Vec<W>> {
        let mut units = Vec::with_capacity(capacity);
        let mut out = Out::new(&mut units.spare_capacity_mut()[..capacity]);
        write(&mut out);
        let (len, full) = (out.len, out.full);
        // SAFETY: `out` wrote to the vector's spare room, and its first `len` units are initialised.
        unsafe { units.set_len(len) };
        (!full).then_some(units)
    }

    /// Appends at most `most` units to `units`, written by `write`; where something does not fit, nothing is appended, and
    /// the answer is no.
    pub fn append(units: &mut Vec<W>, most: usize, write: impl FnOnce(&mut Out<'_, W>)) -> bool {
        units.reserve(most);
        let start = units.len();
        let mut out = Out::new(&mut units.spare_capacity_mut()[..most]);
        write(&mut out);
        let (len, full) = (out.len, out.full);
        if !full {
            // SAFETY: `out` wrote to the vector's spare room, and its first `len` units are initialised.
            unsafe { units.set_len(start + len) };
        }
        !full
    }

    /// How many units are written: that many, from the first on, are initialised.
    #[must_use]
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether nothing is written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether something did not fit, and is missing.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.full
    }

    /// Whether what did not fit is a code point that is wider than the units.
    #[must_use]
    pub fn is_too_narrow(&self) -> bool {
        self.narrow
    }

    /// What was written.
    #[must_use]
    pub fn written(&self) -> &[W] {
        let written = &self.room[..self.len];
        // SAFETY: the first `len` units are initialised, and `MaybeUninit<W>` has the layout of `W`.
        unsafe { std::slice::from_raw_parts(written.as_ptr().cast::<W>(), written.len()) }
    }

    /// A code point that is below 0x80, 0x100 or 0x10000 exactly where every written one is.
    #[must_use]
    pub fn width(&self) -> u32 {
        let widest = match W::MAX {
            0..=0xFF => 0x80,
            0x100..=0xFFFF => 0x100,
            _ => 0x1_0000,
        };
        let mut bits = 0;
        for chunk in self.written().chunks(64) {
            bits |= chunk.iter().fold(0, |bits, unit| bits | unit.get());
            if bits >= widest {
                break;
            }
        }
        bits
    }

    /// Writes a code point of any width, where there is a unit for it.
    pub fn push_any(&mut self, c: u32) {
        if c > W::MAX {
            (self.full, self.narrow) = (true, true);
        } else {
            self.push(c);
        }
    }

    /// Writes a unit.
    #[inline(always)]
    pub fn push(&mut self, c: u32) {
        match self.room.get_mut(self.len) {
            Some(slot) => {
                slot.write(W::put(c));
                self.len += 1;
            }
            None => self.full = true,
        }
    }

    /// The next `units` units of room, if so many are left; nothing counts as written before [`advance`](Self::advance).
    #[inline(always)]
    pub(super) fn room_for(&mut self, units: usize) -> Option<&mut [MaybeUninit<W>]> {
        self.room.get_mut(self.len..)?.get_mut(..units)
    }

    /// Counts the next `units` units of room as written.
    ///
    /// # Safety
    /// They are within the room, and initialised.
    #[inline(always)]
    pub(super) unsafe fn advance(&mut self, units: usize) {
        self.len += units;
    }

    /// Takes back what was written behind the first `len` units.
    pub fn truncate(&mut self, len: usize) {
        self.len = self.len.min(len);
    }

    /// Writes units of the same or a smaller width as they are.
    pub fn extend<U: Unit>(&mut self, units: &[U]) {
        let Some(room) = self.room.get_mut(self.len..self.len + units.len()) else {
            self.full = true;
            return;
        };
        for (slot, unit) in room.iter_mut().zip(units) {
            slot.write(W::put(unit.get()));
        }
        self.len += units.len();
    }
}

impl<'a, W: Unit> Out<'a, W> {
    /// The same memory, if its units are of two bytes.
    #[cfg(target_arch = "x86_64")]
    pub(super) fn as_u16(&mut self) -> Option<&mut Out<'a, u16>> {
        // SAFETY: the types are the same.
        (TypeId::of::<W>() == TypeId::of::<u16>()).then(|| unsafe { &mut *std::ptr::from_mut(self).cast() })
    }
}

impl Out<'_, u8> {
    /// Writes a code point as UTF-8; a surrogate, which UTF-8 has none for, as U+FFFD.
    pub fn push_utf8(&mut self, c: u32) {
        let c = char::from_u32(c).unwrap_or(char::REPLACEMENT_CHARACTER);
        let mut bytes = [0; 4];
        let bytes = c.encode_utf8(&mut bytes).as_bytes();
        if self.room.len() - self.len < bytes.len() {
            self.full = true;
            return;
        }
        for byte in bytes {
            self.push(u32::from(*byte));
        }
    }

    /// A string of at most `capacity` bytes, written by `write` in whole code points; `None` where something did not
    /// fit.
    pub(crate) fn collect_utf8(capacity: usize, write: impl FnOnce(&mut Out<'_, u8>)) -> Option<String> {
        let bytes = Self::collect(capacity, write)?;
        debug_assert!(std::str::from_utf8(&bytes).is_ok());
        // SAFETY: a pass over a `str` writes whole code points: copies of it between boundaries, and `push_utf8`.
        Some(unsafe { String::from_utf8_unchecked(bytes) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_told_and_never_written() {
        let mut room = [MaybeUninit::<u16>::uninit(); 3];
        let mut out = Out::new(&mut room);
        out.extend(&[1_u8, 2]);
        out.push(0x627);
        assert_eq!((out.written(), out.is_full()), (&[1, 2, 0x627][..], false));
        out.push(4);
        assert_eq!((out.len(), out.is_full()), (3, true));
        let mut narrow = Out::new(&mut room);
        narrow.push_any(0xFFFF);
        assert!(!narrow.is_full());
        narrow.push_any(0x1_0000);
        assert_eq!((narrow.len(), narrow.is_full(), narrow.is_too_narrow()), (1, true, true));
        assert_eq!(Out::<u8>::collect(2, |out| out.extend(&[1_u8, 2, 3])), None);
        let mut units = vec![1_u8];
        assert!(!Out::append(&mut units, 2, |out| out.extend(&[2_u8, 3, 4])));
        assert!(Out::append(&mut units, 3, |out| out.extend(&[2_u8, 3])));
        assert_eq!(units, [1, 2, 3]);
        assert_eq!(Out::collect_utf8(4, |out| [0x627, 0xD800].into_iter().for_each(|c| out.push_utf8(c))), None);
        assert_eq!(Out::collect_utf8(5, |out| out.push_utf8(0xD800)).as_deref(), Some("\u{FFFD}"));
    }

    #[test]
    fn the_width_is_that_of_what_is_left() {
        let mut room = [MaybeUninit::<u16>::uninit(); 200];
        let mut out = Out::new(&mut room);
        (0..150).for_each(|_| out.push(0x41));
        assert!(out.width() < 0x80);
        out.push(0xE9);
        assert!((0x80..0x100).contains(&out.width()));
        out.push(0x627);
        assert!(out.width() >= 0x100);
        out.truncate(150);
        assert!(out.width() < 0x80);
    }
}
