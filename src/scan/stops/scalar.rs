//! The kernel in plain Rust: what every machine has, and what the others are held to.
use super::{BLOCK, Found, with_dashes};
use crate::text::Storage;

/// Whether a code point may be a stop: the set that every kernel covers.
#[inline(always)]
pub(super) const fn may_stop(c: u32) -> bool {
    // TAB is no stop; LINE FEED to CARRIAGE RETURN are; ! and "; ( and ); . and ?; [ ] { }; NEXT LINE; the guillemets; MIDDLE DOT;
    // ARABIC QUESTION MARK; ARABIC FULL STOP; general punctuation
    matches!(c, 0x0A..=0x0D | 0x21 | 0x22 | 0x28 | 0x29 | 0x2E | 0x3F | 0x5B | 0x5D | 0x7B | 0x7D
        | 0x85 | 0xAB | 0xB7 | 0xBB | 0x061F | 0x06D4 | 0x2000..=0x207F)
}

/// Whether a byte of UTF-8 may belong to a stop: the ASCII ones, the lead bytes C2 and E2, the second bytes of 061F and 06D4.
#[inline(always)]
const fn may_stop_byte(b: u8) -> bool {
    matches!(
        b,
        0x0A..=0x0D | 0x21 | 0x22 | 0x28 | 0x29 | 0x2E | 0x3F | 0x5B | 0x5D | 0x7B | 0x7D | 0xC2 | 0xE2 | 0x9F | 0x94
    )
}

/// The first block at or behind `from` with a stop in it.
pub(super) fn next_block(storage: Storage<'_>, from: usize) -> Found {
    let wide = |u: u32| (may_stop(u), u == 0x0640 || u == 0x2D, u == 0x20);
    match storage {
        Storage::Latin1(units) => blocks(units, from, |u| wide(u32::from(u))),
        Storage::Ucs2(units) => blocks(units, from, |u| wide(u32::from(u))),
        Storage::Ucs4(units) => blocks(units, from, wide),
        Storage::Utf8(bytes) => blocks(bytes, from, |b| (may_stop_byte(b), b == 0x80 || b == 0x2D, b == 0x20)),
    }
}

#[inline(always)]
fn blocks<U: Copy>(units: &[U], from: usize, hit: impl Fn(U) -> (bool, bool, bool)) -> Found {
    let mut base = from;
    while base < units.len() {
        let block = &units[base..units.len().min(base + BLOCK)];
        let (mut stops, mut dashs, mut spaces) = (0, 0, 0);
        for (i, &u) in block.iter().enumerate() {
            let (stop, dash, space) = hit(u);
            stops |= u64::from(stop) << i;
            dashs |= u64::from(dash) << i;
            spaces |= u64::from(space) << i;
        }
        let mask = with_dashes(stops, dashs, spaces);
        if mask != 0 {
            return Some((base, mask));
        }
        base += BLOCK;
    }
    None
}
