//! The kernel in plain Rust: what every machine has, and what the others are held to.
use super::{BLOCK, Masks};
use crate::text::Storage;

/// Whether a code point may be a stop: the set that every kernel reports, in few ranges, so that it takes in neighbours
/// that are rare in text.
#[inline(always)]
pub(super) const fn may_stop(c: u32) -> bool {
    // LINE FEED to CARRIAGE RETURN; ! to . with quotation mark, brackets, hyphen; ?; [ \\ ] { | }; NEXT LINE, the guillemets,
    // MIDDLE DOT; ARABIC QUESTION MARK; TATWEEL; ARABIC FULL STOP; general punctuation
    matches!(c, 0x0A..=0x0D | 0x21..=0x2E | 0x3F | 0x5B..=0x5D | 0x7B..=0x7D | 0x85..=0xBB | 0x061F | 0x0640 | 0x06D4
        | 0x2000..=0x207F)
}

/// Whether a byte of UTF-8 may belong to a stop: the ASCII ones, the lead bytes C2 and E2, the second bytes of 061F, 0640
/// and 06D4.
#[inline(always)]
pub(super) const fn may_stop_byte(b: u8) -> bool {
    matches!(b, 0x0A..=0x0D | 0x21..=0x2E | 0x3F | 0x5B..=0x5D | 0x7B..=0x7D | 0xC2 | 0xE2 | 0x80 | 0x94 | 0x9F)
}

/// Reads the blocks from `from` on.
pub(super) fn read(storage: Storage<'_>, from: usize, masks: &mut Masks) {
    match storage {
        Storage::Latin1(units) => blocks(units, from, masks, |u| may_stop(u32::from(u))),
        Storage::Ucs2(units) => blocks(units, from, masks, |u| may_stop(u32::from(u))),
        Storage::Ucs4(units) => blocks(units, from, masks, may_stop),
        Storage::Utf8(bytes) => blocks(bytes, from, masks, may_stop_byte),
    }
}

#[inline(always)]
fn blocks<U: Copy>(units: &[U], from: usize, masks: &mut Masks, hit: impl Fn(U) -> bool) {
    *masks = [0; _];
    let rest = units.get(from..).unwrap_or_default();
    for (block, mask) in rest.chunks(BLOCK).zip(masks) {
        *mask = block.iter().enumerate().fold(0, |mask, (i, &u)| mask | u64::from(hit(u)) << i);
    }
}
