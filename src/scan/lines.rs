//! What the units of a page show before anything else is read: where a line ends, and which letters it holds.
//!
//! Loops without a branch in them, so that the compiler reads many units at a time; they are compiled once for every
//! instruction set.
#![allow(clippy::needless_bitwise_bool)] // a branch would read one unit at a time
#![allow(unsafe_code)] // calls behind feature tests
use super::level::Level;
use crate::text::{Span, Storage, Text};
use crate::unicode::is_line_break;

/// Units that are looked at together.
const CHUNK: usize = 64;
/// The counters of a loop are as narrow as its units: after so many units they are added up.
const BATCH: usize = 128;

/// Which letters a part of a text holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Letters {
    /// Code points from HAMZA to YEH BARREE WITH HAMZA ABOVE, marks and digits included.
    pub arabic: usize,
    /// Letters of ASCII.
    pub latin: usize,
    /// Somewhere stands `@`.
    pub at_sign: bool,
}

/// Compiles a function for every level and calls the one in force.
macro_rules! levels {
    ($portable:ident as $avx2:ident, $avx512:ident, ($($name:ident: $type:ty),*) -> $out:ty) => {{
        #[cfg(target_arch = "x86_64")]
        #[target_feature(enable = "avx2,popcnt")]
        fn $avx2($($name: $type),*) -> $out {
            $portable($($name),*)
        }
        #[cfg(target_arch = "x86_64")]
        #[target_feature(enable = "avx512f,avx512bw,avx512vl,popcnt")]
        fn $avx512($($name: $type),*) -> $out {
            $portable($($name),*)
        }
        #[cfg(target_arch = "x86_64")]
        match Level::current() {
            // SAFETY: the level is never above what the machine has.
            Level::Avx512 => return unsafe { $avx512($($name),*) },
            // SAFETY: as above.
            Level::Avx2 => return unsafe { $avx2($($name),*) },
            Level::Scalar => {}
        }
        $portable($($name),*)
    }};
}

/// The offset of the first line break at or behind `from`, or the text's length.
pub fn line_end<T: Text>(text: T, mut from: usize) -> usize {
    loop {
        match may_break(text.storage(), from) {
            Some(at) if is_line_break(text.decode(at).0) => return at,
            Some(at) => from = text.decode(at).1,
            None => return text.len(),
        }
    }
}

/// The first unit from `from` on that may be a line break; in UTF-8 it may also begin another sign.
fn may_break(storage: Storage<'_>, from: usize) -> Option<usize> {
    levels!(search as search_avx2, search_avx512, (storage: Storage<'_>, from: usize) -> Option<usize>)
}

#[inline(always)]
fn search(storage: Storage<'_>, from: usize) -> Option<usize> {
    macro_rules! search {
        ($unit:ty, $units:expr, $breaks:expr) => {{
            let mut at = from;
            for chunk in $units[from..].chunks(CHUNK) {
                if chunk.iter().fold(0, |any, &u| any | <$unit>::from($breaks(u))) != 0 {
                    return chunk.iter().position(|&u| $breaks(u)).map(|i| at + i);
                }
                at += chunk.len();
            }
            None
        }};
    }
    match storage {
        Storage::Latin1(units) => search!(u8, units, |u: u8| (u.wrapping_sub(0x0A) < 4) | (u == 0x85)),
        Storage::Ucs2(units) => {
            search!(u16, units, |u: u16| (u.wrapping_sub(0x0A) < 4) | (u == 0x85) | (u & 0xFFFE == 0x2028))
        }
        Storage::Ucs4(units) => {
            search!(u32, units, |u: u32| (u.wrapping_sub(0x0A) < 4) | (u == 0x85) | (u & !1 == 0x2028))
        }
        // The first bytes of NEXT LINE and of LINE SEPARATOR.
        Storage::Utf8(bytes) => search!(u8, bytes, |u: u8| (u.wrapping_sub(0x0A) < 4) | (u == 0xC2) | (u == 0xE2)),
    }
}

/// Counts the letters of a part of a text.
pub fn letters<T: Text>(text: T, span: Span) -> Letters {
    let storage = text.storage();
    levels!(count as count_avx2, count_avx512, (storage: Storage<'_>, span: Span) -> Letters)
}

#[inline(always)]
fn count(storage: Storage<'_>, span: Span) -> Letters {
    let mut all = Letters::default();
    macro_rules! count {
        ($unit:ty, $units:expr, $arabic:expr) => {
            for chunk in $units[span.start..span.end].chunks(BATCH) {
                let (mut arabic, mut latin, mut at_sign): ($unit, $unit, $unit) = (0, 0, 0);
                for &u in chunk {
                    arabic += <$unit>::from($arabic(u));
                    latin += <$unit>::from((u | 0x20).wrapping_sub(0x61) < 26);
                    at_sign |= <$unit>::from(u == 0x40);
                }
                all.arabic += arabic as usize;
                all.latin += latin as usize;
                all.at_sign |= at_sign != 0;
            }
        };
    }
    match storage {
        Storage::Latin1(units) => count!(u8, units, |_| false),
        Storage::Ucs2(units) => count!(u16, units, |u: u16| u.wrapping_sub(0x621) <= 0x6D3 - 0x621),
        Storage::Ucs4(units) => count!(u32, units, |u: u32| u.wrapping_sub(0x621) <= 0x6D3 - 0x621),
        Storage::Utf8(bytes) => {
            // U+0621 is D8 A1, U+06D3 is DB 93.
            count!(u8, bytes, |u: u8| (u == 0xD9) | (u == 0xDA));
            let bytes = &bytes[span.start..span.end];
            for (firsts, seconds) in bytes.chunks(BATCH).zip(bytes.get(1..).unwrap_or_default().chunks(BATCH)) {
                let mut arabic: u8 = 0;
                for (&first, &second) in firsts.iter().zip(seconds) {
                    arabic += u8::from((first == 0xD8) & (second >= 0xA1) | (first == 0xDB) & (second <= 0x93));
                }
                all.arabic += usize::from(arabic);
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Units;

    #[test]
    fn every_storage_counts_the_same_letters() {
        let text = "خبر ٢٠ من London @ ۓ ە ء ؠ é\u{64B}".repeat(20);
        let wide: Vec<u32> = text.chars().map(u32::from).collect();
        let narrow: Vec<u16> = wide.iter().map(|&c| u16::try_from(c).unwrap()).collect();
        let found = letters(&text[..], text[..].span());
        let arabic = wide.iter().filter(|c| (0x621..=0x6D3).contains(*c)).count();
        assert_eq!(found, Letters { arabic, latin: 120, at_sign: true });
        assert_eq!(letters(Units(&wide[..]), Units(&wide[..]).span()), found);
        assert_eq!(letters(Units(&narrow[..]), Units(&narrow[..]).span()), found);
    }

    #[test]
    fn a_line_ends_at_every_kind_of_break() {
        for sign in ["\n", "\r", "\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}"] {
            let text = format!("{}«…»{sign}خبر", "سطر ".repeat(9));
            let wide: Vec<u32> = text.chars().map(u32::from).collect();
            let narrow: Vec<u16> = wide.iter().map(|&c| u16::try_from(c).unwrap()).collect();
            assert_eq!(line_end(&text[..], 0), text.find(sign).unwrap());
            assert_eq!(line_end(Units(&wide[..]), 1), 39);
            assert_eq!(line_end(Units(&narrow[..]), 2), 39);
        }
        assert_eq!(line_end("سطر", 2), 6);
    }
}
