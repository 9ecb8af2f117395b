//! UTF-8 to units of one code point each, and back: for rooms whose reach is counted in code points.
//!
//! Four code points of two bytes (Arabic is that) at a time in a 64-bit word, or 64 bytes at a time with AVX-512; what is
//! longer goes one by one.
#![allow(unsafe_code)] // each use has its reason beside it

#[cfg(target_arch = "x86_64")]
use super::level::Level;
use crate::text::Unit;

/// The code points of a text in 2-byte units; `None` where one does not fit.
#[must_use]
pub fn to_ucs2(text: &str) -> Option<Vec<u16>> {
    let mut units = Vec::new();
    #[cfg(target_arch = "x86_64")]
    if Level::current() >= Level::Avx512 {
        // SAFETY: the machine has the instructions that the level stands for.
        return unsafe { avx512::append_ucs2(text, &mut units) }.then_some(units);
    }
    append_ucs2(text, &mut units).then_some(units)
}

/// Appends as `to_ucs2` gives; false where a code point does not fit.
fn append_ucs2(text: &str, units: &mut Vec<u16>) -> bool {
    units.reserve(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        while let Some(word) = rest.as_bytes().first_chunk()
            && let Some(four) = four_of_two_bytes(u64::from_le_bytes(*word))
        {
            units.extend_from_slice(&four);
            rest = &rest[8..];
        }
        let mut chars = rest.chars();
        for c in chars.by_ref().take(2) {
            match u16::try_from(u32::from(c)) {
                Ok(unit) => units.push(unit),
                Err(_) => return false,
            }
        }
        rest = chars.as_str();
    }
    true
}

/// The code points of eight bytes, lowest first, if they are four of two bytes each.
fn four_of_two_bytes(word: u64) -> Option<[u16; 4]> {
    if word & 0xC0E0_C0E0_C0E0_C0E0 != 0x80C0_80C0_80C0_80C0 {
        return None;
    }
    let units = (word & 0x001F_001F_001F_001F) << 6 | word >> 8 & 0x003F_003F_003F_003F;
    Some([units as u16, (units >> 16) as u16, (units >> 32) as u16, (units >> 48) as u16])
}

/// Appends units as UTF-8; what is no code point of it (a surrogate) as U+FFFD.
pub fn append_utf8<U: Unit>(units: &[U], out: &mut Vec<u8>) {
    out.reserve(2 * units.len());
    let mut rest = units;
    while !rest.is_empty() {
        while let Some((four, behind)) = rest.split_first_chunk::<4>()
            && let Some(bytes) = two_bytes_each(four.map(Unit::get))
        {
            out.extend_from_slice(&bytes);
            rest = behind;
        }
        for unit in rest.iter().take(2) {
            let c = char::from_u32(unit.get()).unwrap_or(char::REPLACEMENT_CHARACTER);
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
        rest = rest.get(2..).unwrap_or_default();
    }
}

/// Units as UTF-8; see [`append_utf8`].
#[must_use]
pub fn to_utf8<U: Unit>(units: &[U]) -> String {
    let mut bytes = Vec::new();
    append_utf8(units, &mut bytes);
    // SAFETY: nothing but whole code points was written.
    unsafe { String::from_utf8_unchecked(bytes) }
}

/// Four code points as UTF-8, if each takes two bytes.
fn two_bytes_each(points: [u32; 4]) -> Option<[u8; 8]> {
    let mut bytes = [0; 8];
    for (at, c) in points.into_iter().enumerate() {
        if !(0x80..0x800).contains(&c) {
            return None;
        }
        bytes[2 * at] = 0xC0 | (c >> 6) as u8;
        bytes[2 * at + 1] = 0x80 | (c & 0x3F) as u8;
    }
    Some(bytes)
}

#[cfg(target_arch = "x86_64")]
mod avx512 {
    use std::arch::x86_64::*;

    const BLOCK: usize = 64;

    /// The place behind each of 64 bytes.
    const BEHIND: [u8; BLOCK] = {
        let mut places = [0; BLOCK];
        let mut at = 0;
        while at < BLOCK {
            places[at] = ((at + 1) % BLOCK) as u8;
            at += 1;
        }
        places
    };

    /// See [`super::append_ucs2`].
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2,popcnt")]
    pub fn append_ucs2(text: &str, units: &mut Vec<u16>) -> bool {
        units.reserve(text.len() + BLOCK);
        let byte = |byte: u8| _mm512_set1_epi8(byte.cast_signed());
        // SAFETY: 64 bytes.
        let behind = unsafe { _mm512_loadu_si512(BEHIND.as_ptr().cast()) };
        let mut at = 0;
        while let Some(block) = text.as_bytes()[at..].first_chunk::<BLOCK>() {
            // SAFETY: 64 bytes.
            let bytes = unsafe { _mm512_loadu_si512(block.as_ptr().cast()) };
            let ascii = !_mm512_movepi8_mask(bytes);
            let leads = _mm512_cmpeq_epi8_mask(_mm512_and_si512(bytes, byte(0xE0)), byte(0xC0));
            if ascii | leads | leads << 1 != u64::MAX {
                let mut end = at + BLOCK;
                while !text.is_char_boundary(end) {
                    end -= 1;
                }
                if !super::append_ucs2(&text[at..end], units) {
                    return false;
                }
                at = end;
                units.reserve(text.len() - at + BLOCK);
                continue;
            }
            let next = _mm512_permutexvar_epi8(behind, bytes);
            let upper = _mm512_and_si512(_mm512_slli_epi16::<6>(bytes), byte(0xC0));
            let low = _mm512_or_si512(upper, _mm512_and_si512(next, byte(0x3F)));
            let low = _mm512_mask_mov_epi8(low, ascii, bytes);
            let high = _mm512_and_si512(_mm512_srli_epi16::<2>(bytes), byte(0x07));
            let high = _mm512_maskz_mov_epi8(leads, high);
            // A code point that the block cuts belongs to the next one.
            let cut = (leads >> (BLOCK - 1)) as usize;
            let firsts = (ascii | leads) & u64::MAX >> cut;
            let (low, high) = (_mm512_maskz_compress_epi8(firsts, low), _mm512_maskz_compress_epi8(firsts, high));
            let joined = |low: __m256i, high: __m256i| {
                _mm512_or_si512(_mm512_cvtepu8_epi16(low), _mm512_slli_epi16::<8>(_mm512_cvtepu8_epi16(high)))
            };
            let first = joined(_mm512_castsi512_si256(low), _mm512_castsi512_si256(high));
            let second = joined(_mm512_extracti64x4_epi64::<1>(low), _mm512_extracti64x4_epi64::<1>(high));
            // SAFETY: there is room for as many units as bytes are left, and for 64 more; as many as there are first bytes
            // are units of the text.
            unsafe {
                let room = units.as_mut_ptr().add(units.len());
                _mm512_storeu_si512(room.cast(), first);
                _mm512_storeu_si512(room.add(BLOCK / 2).cast(), second);
                units.set_len(units.len() + firsts.count_ones() as usize);
            }
            at += BLOCK - cut;
        }
        super::append_ucs2(&text[at..], units)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) {
        let plain: Option<Vec<u16>> = text.chars().map(|c| u16::try_from(u32::from(c)).ok()).collect();
        assert_eq!(to_ucs2(text), plain, "{text:?}");
        let mut swar = Vec::new();
        assert_eq!(append_ucs2(text, &mut swar).then_some(swar), plain, "{text:?}");
        let mut back = b"before ".to_vec();
        append_utf8(&text.chars().map(u32::from).collect::<Vec<_>>(), &mut back);
        assert_eq!(back, ["before ", text].concat().as_bytes());
        assert_eq!(to_utf8(&text.chars().map(u32::from).collect::<Vec<_>>()), text);
    }

    #[test]
    fn every_text_comes_through_across_the_edges_of_words_and_blocks() {
        let all = ["ب", "ا", " ", "a", "é", "\u{7FF}", "\u{800}", "\u{FFFF}", "7"];
        let mut seed = 1_u64;
        let mut random = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % below
        };
        for len in 0..400 {
            for kinds in [2, 4, all.len()] {
                let text: String = (0..len).map(|_| all[random(kinds)]).collect();
                check(&text);
                check(&format!("{text}\u{10FFFF}{text}"));
            }
        }
    }

    #[test]
    fn a_surrogate_becomes_the_replacement_character() {
        let mut out = Vec::new();
        append_utf8(&[0x627_u16, 0xD800, 0x41], &mut out);
        assert_eq!(out, "ا\u{FFFD}A".as_bytes());
    }
}
