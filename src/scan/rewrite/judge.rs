//! What a unit's neighbours in the same text decide without the caller: a mark right behind a plain unit is in order,
//! a space between two units that stay stands alone.
//!
//! One rule in two forms: unit by unit ([`Before`]), and for the units of a block at once ([`Masks`]).

use super::Actions;
#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::{_pdep_u64, _pext_u64};

/// What stands before a unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Before {
    /// The unit right before is copied or replaced.
    pub plain: bool,
    /// The nearest unit before that is not dropped is such a one, or a mark in order.
    pub kept: bool,
}

impl Before {
    /// Whether a unit can be taken without the caller; if so, it is what stands before the next one. `next` is the code
    /// of the unit behind it, if there is one.
    #[inline(always)]
    pub fn take(&mut self, code: u8, next: impl FnOnce() -> Option<u8>) -> bool {
        let stays = |code: u8| !Actions::stops(code) && !Actions::drops(code);
        let (taken, after) = match code {
            Actions::MARKS => (self.plain, Self { plain: false, kept: true }),
            Actions::SPACES => (self.kept && next().is_some_and(stays), Self::default()),
            _ if Actions::stops(code) => (false, *self),
            _ if Actions::drops(code) => (true, Self { plain: false, ..*self }),
            _ => (true, Self { plain: true, kept: true }),
        };
        if taken {
            *self = after;
        }
        taken
    }
}

/// The units of a block by what is done with them, one bit a unit.
#[cfg(target_arch = "x86_64")]
#[derive(Clone, Copy, Debug)]
pub(super) struct Masks {
    /// Copied or replaced.
    pub plain: u64,
    pub drops: u64,
    pub marks: u64,
    pub spaces: u64,
    /// For the caller, whatever stands around.
    pub stops: u64,
}

/// How much of a block was taken.
#[cfg(target_arch = "x86_64")]
pub(super) enum Taken {
    /// So many units, and the next one may be taken with those behind it.
    Some(usize),
    /// So many units, and the next one is the caller's.
    Until(usize),
}

/// What follows the last unit of a block.
#[cfg(target_arch = "x86_64")]
#[derive(Clone, Copy)]
pub(super) enum End {
    /// Another block.
    Block,
    /// Nothing.
    Text,
}

#[cfg(target_arch = "x86_64")]
impl End {
    /// What follows where a block may be `cut` short.
    #[inline(always)]
    pub fn of(self, cut: bool) -> Self {
        if cut { Self::Block } else { self }
    }
}

#[cfg(target_arch = "x86_64")]
impl Masks {
    /// The same units where whatever is dropped, or replaced as the units in `mapped` are, stops.
    #[inline(always)]
    pub fn as_it_is(self, mapped: u64) -> Self {
        Self { plain: self.plain & !mapped, drops: 0, stops: self.stops | self.drops | mapped, ..self }
    }

    /// Takes as many of the `block` units (1 to 64) as can be without the caller; with [`End::Text`], nothing follows.
    #[inline(always)]
    pub fn take(&self, block: usize, end: End, before: &mut Before) -> Taken {
        let last = block - 1;
        if self.marks | self.spaces == 0 {
            if self.stops != 0 {
                return Taken::Until(self.stops.trailing_zeros() as usize);
            }
            let kept = self.plain != 0 || before.kept;
            *before = Before { plain: self.plain >> last & 1 == 1, kept };
            return Taken::Some(block);
        }
        let marks = self.marks & (self.plain << 1 | u64::from(before.plain));
        let kept = self.plain | marks;
        let behind_kept = kept << 1 | u64::from(before.kept);
        // Adding to a run of dropped units carries over its end.
        let (sum, over) = (behind_kept & self.drops).overflowing_add(self.drops);
        let behind_kept = behind_kept | sum & !self.drops;
        let alone = self.spaces & behind_kept & (self.plain >> 1);
        let stops = self.stops | self.marks & !marks | self.spaces & !alone;
        let first = (stops.trailing_zeros() as usize).min(block);
        if first < last {
            return Taken::Until(first);
        }
        if first == last {
            // A space that ends the block may be alone: the next block will tell.
            if matches!(end, End::Text) || last == 0 || (self.spaces & behind_kept) >> last & 1 == 0 {
                return Taken::Until(last);
            }
            *before = Before { plain: self.plain >> (last - 1) & 1 == 1, kept: true };
            return Taken::Some(last);
        }
        let kept_on = if block == 64 { over || kept >> last == 1 } else { behind_kept >> block & 1 == 1 };
        *before = Before { plain: self.plain >> last & 1 == 1, kept: kept_on };
        Taken::Some(block)
    }
}

#[cfg(target_arch = "x86_64")]
impl Masks {
    /// [`take`](Self::take) for UTF-8: the bits stand at the first bytes of code points, which are `starts`; what is
    /// taken is counted in bytes, of which the block has `bytes`.
    #[inline]
    #[target_feature(enable = "bmi2,popcnt")]
    pub fn take_bytes(&self, starts: u64, bytes: usize, end: End, before: &mut Before) -> Taken {
        if self.marks | self.spaces == 0 {
            if self.stops != 0 {
                return Taken::Until(self.stops.trailing_zeros() as usize);
            }
            let last = starts.checked_ilog2().unwrap_or(0);
            *before = Before { plain: self.plain >> last & 1 == 1, kept: self.plain != 0 || before.kept };
            return Taken::Some(bytes);
        }
        let units = starts.count_ones() as usize;
        let unit = |mask: u64| _pext_u64(mask, starts);
        let dense = Self {
            plain: unit(self.plain),
            drops: unit(self.drops),
            marks: unit(self.marks),
            spaces: unit(self.spaces),
            stops: unit(self.stops),
        };
        let byte_of = |unit: usize| {
            if unit == units { bytes } else { _pdep_u64(1 << unit, starts).trailing_zeros() as usize }
        };
        match dense.take(units, end, before) {
            Taken::Some(taken) => Taken::Some(byte_of(taken)),
            Taken::Until(taken) => Taken::Until(byte_of(taken)),
        }
    }
}
