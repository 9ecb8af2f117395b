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
    #[cfg(target_arch = "x86_64")]
    if Level::current() == Level::Avx512 {
        match storage {
            // SAFETY: the level is never above what the machine has.
            Storage::Ucs2(units) => return unsafe { avx512::may_break(units, from) },
            // SAFETY: as above.
            Storage::Utf8(bytes) => return unsafe { avx512::may_break_utf8(bytes, from) },
            Storage::Latin1(_) | Storage::Ucs4(_) => {}
        }
    }
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
    #[cfg(target_arch = "x86_64")]
    if Level::current() == Level::Avx512 {
        match storage {
            // SAFETY: the level is never above what the machine has.
            Storage::Ucs2(units) => return unsafe { avx512::letters(&units[span.start..span.end]) },
            // SAFETY: as above.
            Storage::Utf8(bytes) => return unsafe { avx512::letters_utf8(&bytes[span.start..span.end]) },
            Storage::Latin1(_) | Storage::Ucs4(_) => {}
        }
    }
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

/// Whether somewhere in a part of a text three blanks may stand in a row; a yes may be wrong, a no is not.
pub fn may_gape<T: Text>(text: T, span: Span) -> bool {
    let storage = text.storage();
    levels!(gape as gape_avx2, gape_avx512, (storage: Storage<'_>, span: Span) -> bool)
}

#[inline(always)]
fn gape(storage: Storage<'_>, span: Span) -> bool {
    macro_rules! gape {
        ($unit:ty, $units:expr, $blank:expr) => {{
            let units = &$units[span.start..span.end];
            let [second, third] = [1, 2].map(|from| units.get(from..).unwrap_or_default());
            units.chunks(CHUNK).zip(second.chunks(CHUNK)).zip(third.chunks(CHUNK)).any(|((a, b), c)| {
                let rows = a.iter().zip(b).zip(c);
                rows.fold(0, |any, ((&a, &b), &c)| any | <$unit>::from($blank(a) & $blank(b) & $blank(c))) != 0
            })
        }};
    }
    match storage {
        Storage::Latin1(units) => gape!(u8, units, |u: u8| (u <= 0x20) | (u == 0x85) | (u == 0xA0)),
        Storage::Ucs2(units) => gape!(u16, units, |u: u16| (u <= 0x20)
            | (u == 0x85)
            | (u == 0xA0)
            | (u == 0x1680)
            | (u.wrapping_sub(0x2000) < 0x60)
            | (u == 0x3000)),
        Storage::Ucs4(units) => gape!(u32, units, |u: u32| (u <= 0x20)
            | (u == 0x85)
            | (u == 0xA0)
            | (u == 0x1680)
            | (u.wrapping_sub(0x2000) < 0x60)
            | (u == 0x3000)),
        // The bytes of NO-BREAK SPACE and its like; the first bytes of Arabic letters are not among them.
        Storage::Utf8(bytes) => {
            gape!(u8, bytes, |u: u8| (u <= 0x20) | (u.wrapping_sub(0x80) <= 0x42) | (u.wrapping_sub(0xE1) <= 2))
        }
    }
}

/// What a folded text shows at one glance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Glance {
    /// How many spaces.
    pub spaces: usize,
    /// A Latin letter, or one of a script that folding does not know: `foreign`.
    pub foreign: bool,
    /// A sign of code: `{`, `*`, `$`, `<`, `[`.
    pub code: bool,
    /// A digit.
    pub digit: bool,
}

/// Looks at a folded text, in which `foreign` stands for letters of other scripts.
#[must_use]
pub fn glance(bytes: &[u8], foreign: u8) -> Glance {
    #[cfg(target_arch = "x86_64")]
    if Level::current() == Level::Avx512 {
        // SAFETY: the level is never above what the machine has.
        return unsafe { avx512::glance(bytes, foreign) };
    }
    levels!(look as look_avx2, look_avx512, (bytes: &[u8], foreign: u8) -> Glance)
}

#[inline(always)]
fn look(bytes: &[u8], foreign_letter: u8) -> Glance {
    let mut all = Glance::default();
    for chunk in bytes.chunks(BATCH) {
        let (mut spaces, mut foreign, mut code, mut digit): (u8, u8, u8, u8) = (0, 0, 0, 0);
        for &b in chunk {
            spaces += u8::from(b == b' ');
            foreign |= u8::from((b.wrapping_sub(b'a') < 26) | (b == foreign_letter));
            code |= u8::from((b == b'{') | (b == b'*') | (b == b'$') | (b == b'<') | (b == b'['));
            digit |= u8::from(b.wrapping_sub(b'0') < 10);
        }
        all.spaces += usize::from(spaces);
        all.foreign |= foreign != 0;
        all.code |= code != 0;
        all.digit |= digit != 0;
    }
    all
}

#[cfg(target_arch = "x86_64")]
mod avx512 {
    use std::arch::x86_64::*;

    use super::{Glance, Letters};

    /// The first and the second half of a block of up to 64 units; what is not there is 0.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn load(units: &[u16]) -> [__m512i; 2] {
        let there = if units.len() < 64 { (1 << units.len()) - 1 } else { u64::MAX };
        let start = units.as_ptr().cast::<i16>();
        // SAFETY: only units that are there are loaded.
        unsafe {
            [
                _mm512_maskz_loadu_epi16(there as u32, start),
                _mm512_maskz_loadu_epi16((there >> 32) as u32, start.wrapping_add(32)),
            ]
        }
    }

    /// One bit a unit of a block.
    #[inline]
    fn mask([first, second]: [u32; 2]) -> u64 {
        u64::from(first) | u64::from(second) << 32
    }

    /// Which units lie within `first..=last`.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn within(units: __m512i, first: i16, last: i16) -> u32 {
        let from_first = _mm512_sub_epi16(units, _mm512_set1_epi16(first));
        _mm512_cmple_epu16_mask(from_first, _mm512_set1_epi16(last - first))
    }

    /// See [`super::may_break`].
    #[target_feature(enable = "avx512f,avx512bw,popcnt,bmi1")]
    pub(super) fn may_break(units: &[u16], from: usize) -> Option<usize> {
        let mut at = from;
        while at < units.len() {
            let found = mask(load(&units[at..]).map(|half| {
                within(half, 0x0A, 0x0D)
                    | _mm512_cmpeq_epi16_mask(half, _mm512_set1_epi16(0x85))
                    | within(half, 0x2028, 0x2029)
            }));
            if found != 0 {
                return Some(at + found.trailing_zeros() as usize);
            }
            at += 64;
        }
        None
    }

    /// Up to 64 bytes; what is not there is 0.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn load_bytes(bytes: &[u8]) -> __m512i {
        let there = if bytes.len() < 64 { (1 << bytes.len()) - 1 } else { u64::MAX };
        // SAFETY: only bytes that are there are loaded.
        unsafe { _mm512_maskz_loadu_epi8(there, bytes.as_ptr().cast()) }
    }

    /// The places of a byte.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn is(block: __m512i, byte: u8) -> u64 {
        _mm512_cmpeq_epi8_mask(block, _mm512_set1_epi8(byte.cast_signed()))
    }

    /// Which bytes lie among the `n` from `first` on.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn among(block: __m512i, first: u8, n: i8) -> u64 {
        let from_first = _mm512_sub_epi8(block, _mm512_set1_epi8(first.cast_signed()));
        _mm512_cmplt_epu8_mask(from_first, _mm512_set1_epi8(n))
    }

    /// See [`super::may_break`].
    #[target_feature(enable = "avx512f,avx512bw,popcnt,bmi1")]
    pub(super) fn may_break_utf8(bytes: &[u8], from: usize) -> Option<usize> {
        let mut at = from;
        while at < bytes.len() {
            let block = load_bytes(&bytes[at..]);
            let (latin, sign) = (is(block, 0xC2), is(block, 0xE2));
            let mut found = among(block, 0x0A, 4);
            if latin | sign != 0 {
                // NEXT LINE is C2 85, LINE SEPARATOR and PARAGRAPH SEPARATOR are E2 80 A8 and E2 80 A9.
                let rest = |places: usize| load_bytes(bytes.get(at + places..).unwrap_or_default());
                let (second, third) = (rest(1), rest(2));
                found |= latin & is(second, 0x85) | sign & is(second, 0x80) & among(third, 0xA8, 2);
            }
            if found != 0 {
                return Some(at + found.trailing_zeros() as usize);
            }
            at += 64;
        }
        None
    }

    /// See [`super::letters`].
    #[target_feature(enable = "avx512f,avx512bw,popcnt,bmi1")]
    pub(super) fn letters_utf8(bytes: &[u8]) -> Letters {
        let mut all = Letters::default();
        for at in (0..bytes.len()).step_by(64) {
            let block = load_bytes(&bytes[at..]);
            let (first, last) = (is(block, 0xD8), is(block, 0xDB));
            let mut arabic = among(block, 0xD9, 2);
            if first | last != 0 {
                // U+0621 is D8 A1, U+06D3 is DB 93.
                let second = load_bytes(bytes.get(at + 1..).unwrap_or_default());
                arabic |= first & among(second, 0xA1, 0x1F) | last & among(second, 0x80, 0x14);
            }
            all.arabic += arabic.count_ones() as usize;
            all.latin += among(_mm512_or_si512(block, _mm512_set1_epi8(0x20)), b'a', 26).count_ones() as usize;
            all.at_sign |= is(block, b'@') != 0;
        }
        all
    }

    /// See [`super::glance`].
    #[target_feature(enable = "avx512f,avx512bw,popcnt,bmi1")]
    pub(super) fn glance(bytes: &[u8], foreign_letter: u8) -> Glance {
        let mut all = Glance::default();
        let (mut foreign, mut code, mut digit) = (0, 0, 0);
        for at in (0..bytes.len()).step_by(64) {
            let block = load_bytes(&bytes[at..]);
            all.spaces += is(block, b' ').count_ones() as usize;
            foreign |= among(block, b'a', 26) | is(block, foreign_letter);
            digit |= among(block, b'0', 10);
            code |= is(block, b'{') | is(block, b'*') | is(block, b'$') | is(block, b'<') | is(block, b'[');
        }
        all.foreign = foreign != 0;
        all.code = code != 0;
        all.digit = digit != 0;
        all
    }

    /// See [`super::letters`].
    #[target_feature(enable = "avx512f,avx512bw,popcnt,bmi1")]
    pub(super) fn letters(units: &[u16]) -> Letters {
        let mut all = Letters::default();
        for at in (0..units.len()).step_by(64) {
            let block = load(&units[at..]);
            let arabic = mask(block.map(|half| within(half, 0x621, 0x6D3)));
            let latin = mask(block.map(|half| within(_mm512_or_si512(half, _mm512_set1_epi16(0x20)), 0x61, 0x7A)));
            let at_sign = mask(block.map(|half| _mm512_cmpeq_epi16_mask(half, _mm512_set1_epi16(0x40))));
            all.arabic += arabic.count_ones() as usize;
            all.latin += latin.count_ones() as usize;
            all.at_sign |= at_sign != 0;
        }
        all
    }
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
    fn every_level_counts_and_finds_the_same() {
        let signs =
            [0x20, 0x627, 0x61, 0x5A, 0x40, 0x6D3, 0xAB, 0x201D, 0x620, 0x6D4, 0x85, 0x2029, 0x0A, 0x4E2D, 0x660];
        let mut seed = 7_u32;
        for len in 0..300 {
            let units: Vec<u16> = (0..len)
                .map(|_| {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    signs[(seed >> 16) as usize % if len % 3 == 0 { 10 } else { 15 }]
                })
                .collect();
            let text = Units(&units[..]);
            assert_eq!(letters(text, text.span()), count(text.storage(), text.span()));
            for from in (0..len).step_by(17) {
                assert_eq!(may_break(text.storage(), from), search(text.storage(), from));
            }
            let string = String::from_utf16_lossy(&units);
            assert_eq!(letters(&string[..], string[..].span()), count(text.storage(), text.span()));
            let first = string.char_indices().find(|c| is_line_break(u32::from(c.1)));
            assert_eq!(line_end(&string[..], 0), first.map_or(string.len(), |c| c.0));
        }
    }

    #[test]
    fn every_level_sees_the_same_at_a_glance() {
        for len in 0..200 {
            for (at, byte) in [(0, b'z'), (len / 2, b'{'), (len / 2, b'7'), (len / 3, 3), (len / 4, b'['), (0, b' ')] {
                let mut bytes = b"\xA7\xA8 ".repeat(70)[..len].to_vec();
                if let Some(b) = bytes.get_mut(at) {
                    *b = byte;
                }
                assert_eq!(glance(&bytes, 3), look(&bytes, 3));
            }
        }
    }

    #[test]
    fn three_blanks_in_a_row_are_never_missed() {
        for (text, wide) in [("ab  c", false), ("خبر  عن", false), ("خبر   عن", true), ("a\t \u{A0}b", true)]
        {
            for pad in 0..140 {
                let text = format!("{}{text}", "x".repeat(pad));
                let units: Vec<u16> = text.encode_utf16().collect();
                assert_eq!(may_gape(Units(&units[..]), Units(&units[..]).span()), wide, "{text}");
                assert!(!wide || may_gape(&text[..], text[..].span()), "{text}");
            }
        }
        assert!(!may_gape("خبر عن ـ سطر", "خبر عن ـ سطر".span()));
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
