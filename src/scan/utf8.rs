//! Whether bytes are UTF-8: the check that foreign text goes through, at the speed of memory.
//!
//! With AVX-512, 64 bytes at a time whose code points take one to three bytes; a block with one of four bytes, and every
//! other machine, is left to `simdutf8`, which is the oracle too.
#![allow(unsafe_code)] // each use has its reason beside it

/// The bytes as a text, if they are one.
#[must_use]
pub fn checked(bytes: &[u8]) -> Option<&str> {
    #[cfg(target_arch = "x86_64")]
    if bytes.len() >= avx512::WORTH && super::level::Level::current() >= super::level::Level::Avx512 {
        // SAFETY: the machine has the instructions that the level stands for.
        let valid = unsafe { avx512::is_utf8(bytes) };
        // SAFETY: they are valid.
        return valid.then(|| unsafe { std::str::from_utf8_unchecked(bytes) });
    }
    simdutf8::basic::from_utf8(bytes).ok()
}

#[cfg(target_arch = "x86_64")]
mod avx512 {
    use std::arch::x86_64::*;

    const BLOCK: usize = 64;

    /// Fewer bytes are not worth it.
    pub const WORTH: usize = 2 * BLOCK;

    /// What a block leaves to the next: continuation bytes that must come first, and limits of the first one.
    #[derive(Default)]
    struct Owed {
        continuations: u64,
        /// U+0800 to U+0FFF: the second byte must not be lower than A0, or there is a shorter form.
        high: u64,
        /// U+D000 to U+D7FF: it must be lower, or it is a surrogate.
        low: u64,
    }

    /// Whether bytes are UTF-8.
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2,popcnt")]
    pub fn is_utf8(bytes: &[u8]) -> bool {
        let byte = |byte: u8| _mm512_set1_epi8(byte.cast_signed());
        let mut owed = Owed::default();
        let mut at = 0;
        while let Some(block) = bytes[at..].first_chunk::<BLOCK>() {
            // SAFETY: 64 bytes.
            let block = unsafe { _mm512_loadu_si512(block.as_ptr().cast()) };
            let wide = _mm512_movepi8_mask(block);
            if wide == 0 && owed.continuations == 0 {
                at += BLOCK;
                continue;
            }
            let is_least = |least: u8| _mm512_cmpge_epu8_mask(block, byte(least));
            let leads = is_least(0xC2);
            let threes = is_least(0xE0);
            if is_least(0xF0) != 0 {
                // From where the code point starts that the last block cut, as far as one starts in some blocks.
                let start = owed.start(bytes, at);
                let mut end = bytes.len().min(at + 4 * BLOCK);
                while end < bytes.len() && end > at && bytes[end] & 0xC0 == 0x80 {
                    end -= 1;
                }
                if simdutf8::basic::from_utf8(&bytes[start..end]).is_err() {
                    return false;
                }
                owed = Owed::default();
                at = end;
                continue;
            }
            let wanted = leads << 1 | threes << 2 | owed.continuations;
            let zero = _mm512_cmpeq_epi8_mask(block, byte(0xE0));
            let last = _mm512_cmpeq_epi8_mask(block, byte(0xED));
            let upper = is_least(0xA0);
            let too_low = (zero << 1 | owed.high) & !upper;
            let too_high = (last << 1 | owed.low) & upper;
            // C0 and C1 are neither leads nor continuations, so that they are in neither of the sets that must be equal.
            let none = too_low | too_high | _mm512_mask_cmpge_epu8_mask(wanted, block, byte(0xC0));
            if wanted != wide & !leads || none != 0 {
                return false;
            }
            owed = Owed { continuations: leads >> 63 | threes >> 62, high: zero >> 63, low: last >> 63 };
            at += BLOCK;
        }
        simdutf8::basic::from_utf8(&bytes[owed.start(bytes, at)..]).is_ok()
    }

    impl Owed {
        /// Where the code point starts that the block before `at` cuts, if it does, else `at`.
        fn start(&self, bytes: &[u8], mut at: usize) -> usize {
            if self.continuations != 0 {
                at -= 1;
                while bytes[at] < 0xC0 {
                    at -= 1;
                }
            }
            at
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8]) {
        assert_eq!(checked(bytes), std::str::from_utf8(bytes).ok(), "{bytes:02X?}");
    }

    #[test]
    fn every_text_passes_and_no_broken_one_does_wherever_it_is_broken() {
        let parts: [&[u8]; 22] = [
            b"a",
            "ب".as_bytes(),
            "ا".as_bytes(),
            b" ",
            "\u{7FF}".as_bytes(),
            "\u{800}".as_bytes(),
            "\u{FFF}".as_bytes(),
            "\u{D7FF}".as_bytes(),
            "\u{E000}".as_bytes(),
            "\u{FFFF}".as_bytes(),
            "\u{10000}".as_bytes(),
            "\u{10FFFF}".as_bytes(),
            b"\x80",
            b"\xC0\x80",
            b"\xC1\xBF",
            b"\xE0\x9F\xBF",
            b"\xED\xA0\x80",
            b"\xF0\x8F\xBF\xBF",
            b"\xF4\x90\x80\x80",
            b"\xF5\x80\x80\x80",
            b"\xFF",
            b"\xE2\x80",
        ];
        let mut seed = 1_u64;
        let mut random = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % below
        };
        for len in 0..200 {
            for kinds in [2, 5, 10, 12] {
                let mut text: Vec<u8> = (0..len).flat_map(|_| parts[random(kinds)].to_vec()).collect();
                check(&text);
                for part in parts {
                    let at = random(text.len() + 1);
                    let mut bad = text.clone();
                    bad.splice(at..at, part.iter().copied());
                    check(&bad);
                }
                text.truncate(text.len().saturating_sub(1));
                check(&text);
            }
        }
        for shift in 55..70 {
            for part in parts {
                check(&[&vec![b'x'; shift], part, &[b'x'; 200][..]].concat());
                check(&[&vec![b'x'; shift], part].concat());
                check(&[&"ب".repeat(shift).into_bytes()[..], part, &[b'x'; 200][..]].concat());
            }
        }
    }
}
