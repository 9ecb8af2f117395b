//! The kernel in plain Rust: what every machine has, and what the others are held to.
use super::{BLOCK, Block, Stretch, blocks};
use crate::text::{Storage, Unit};

/// Whether a code point may be a stop.
#[inline(always)]
pub(super) const fn may_stop(c: u32) -> bool {
    // LINE FEED to CARRIAGE RETURN; ! " ( ) - . ? [ ] { }; NEXT LINE, the guillemets, MIDDLE DOT; ARABIC QUESTION MARK,
    // TATWEEL, ARABIC FULL STOP; dashes, curly quotation marks, bullet, dot leader, ellipsis, the separators of lines and
    // paragraphs, double prime, single guillemets, doubled marks
    matches!(c, 0x0A..=0x0D | 0x21 | 0x22 | 0x28 | 0x29 | 0x2D | 0x2E | 0x3F | 0x5B | 0x5D | 0x7B | 0x7D | 0x85 | 0xAB
        | 0xB7 | 0xBB | 0x061F | 0x0640 | 0x06D4 | 0x2013..=0x2015 | 0x201C..=0x201F | 0x2022 | 0x2025 | 0x2026
        | 0x2028 | 0x2029 | 0x2033 | 0x2039 | 0x203A | 0x203C | 0x2047..=0x2049)
}

/// An Arabic letter as [`Block`] has them.
#[inline(always)]
pub(super) const fn is_bare(c: u32) -> bool {
    matches!(c, 0x0621..=0x063A | 0x0641..=0x064A)
}

/// Whether a byte of UTF-8 may belong to a stop: the ASCII ones, the lead bytes C2 and E2, the second bytes of 061F, 0640
/// and 06D4.
#[inline(always)]
pub(super) const fn may_stop_byte(b: u8) -> bool {
    (b < 0x80 && may_stop(b as u32)) || matches!(b, 0xC2 | 0xE2 | 0x80 | 0x94 | 0x9F)
}

/// Reads the blocks from `from` on.
pub(super) fn read(storage: Storage<'_>, from: usize, stretch: &mut Stretch) {
    match storage {
        Storage::Latin1(units) => blocks!(units, from, stretch, units_of),
        Storage::Ucs2(units) => blocks!(units, from, stretch, units_of),
        Storage::Ucs4(units) => blocks!(units, from, stretch, units_of),
        Storage::Utf8(bytes) => blocks!(bytes, from, stretch, bytes_of),
    }
}

fn units_of<U: Unit>(units: &[U; BLOCK], _: U) -> Block {
    let bits = |of: fn(u32) -> bool| units.iter().rev().fold(0, |bits, unit| bits << 1 | u64::from(of(unit.get())));
    Block {
        stops: bits(may_stop),
        letters: bits(is_bare),
        spaces: bits(|c| matches!(c, 0x09..=0x0D | 0x20 | 0xA0)),
        breaks: bits(|c| matches!(c, 0x0A..=0x0D)),
    }
}

fn bytes_of(bytes: &[u8; BLOCK], behind: u8) -> Block {
    let bits = |of: fn(u8) -> bool| bytes.iter().rev().fold(0, |bits, &byte| bits << 1 | u64::from(of(byte)));
    let mut lead = behind;
    let letters = bytes.iter().enumerate().fold(0, |letters, (i, &byte)| {
        let letter = matches!((lead, byte), (0xD8, 0xA1..=0xBA) | (0xD9, 0x81..=0x8A));
        lead = byte;
        letters | u64::from(letter) << i
    });
    Block {
        stops: bits(may_stop_byte),
        letters,
        spaces: bits(|b| matches!(b, 0x09..=0x0D | 0x20)),
        breaks: bits(|b| matches!(b, 0x0A..=0x0D)),
    }
}
