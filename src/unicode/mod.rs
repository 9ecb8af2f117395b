//! What a code point is: the questions that the rooms ask of the generated tables.
//!
//! Every question takes a code point as `u32`, so that a surrogate can be asked about too (it is nothing). The answers
//! for the Basic Multilingual Plane come from one array of bits that the compiler fills from the ranges in `tables.rs`;
//! the rest is searched for. The tables are written by `tools/make_tables.py`, never by hand.

/// The generated tables: sorted ranges, pairs and words.
#[rustfmt::skip]
#[allow(clippy::unreadable_literal)] // generated: code points as the database writes them
pub mod tables;

pub use tables::UNICODE_VERSION;

type Ranges = &'static [(u32, u32)];

const LETTER: u8 = 1;
const ARABIC: u8 = 2;
const LATIN: u8 = 4;
const COMBINING: u8 = 8;
const ARABIC_MARK: u8 = 16;
const SPACE: u8 = 32;
const INVISIBLE: u8 = 64;
const DIGIT: u8 = 128;

/// DIGIT ZERO, ARABIC-INDIC DIGIT ZERO and EXTENDED ARABIC-INDIC DIGIT ZERO.
pub const ZEROS: [u32; 3] = [0x30, 0x660, 0x6F0];
/// TATWEEL, which lengthens a letter and is none.
pub const TATWEEL: u32 = 0x640;
/// ZERO WIDTH NON-JOINER, a letter boundary within a word.
pub const ZWNJ: u32 = 0x200C;
/// ZERO WIDTH JOINER.
pub const ZWJ: u32 = 0x200D;

/// INFORMATION SEPARATOR FOUR to ONE: control characters that Python's `str.isspace` and `str.strip` take for spaces.
pub const SEPARATORS: &[(u32, u32)] = &[(0x1C, 0x1F)];

const SOURCES: [(u8, Ranges); 12] = [
    (LETTER, tables::LETTERS),
    (ARABIC, tables::ARABIC_LETTERS),
    (LATIN, tables::LATIN_LETTERS),
    (COMBINING, tables::MARKS),
    (ARABIC_MARK, tables::ARABIC_MARKS),
    (SPACE, tables::SPACES),
    (SPACE, SEPARATORS),
    (INVISIBLE, tables::INVISIBLE_ALWAYS),
    (INVISIBLE, tables::INVISIBLE_BESIDE),
    (INVISIBLE, &[(ZWNJ, ZWNJ)]),
    (DIGIT, &[(ZEROS[0], ZEROS[0] + 9)]),
    (DIGIT, &[(ZEROS[1], ZEROS[1] + 9), (ZEROS[2], ZEROS[2] + 9)]),
];

#[allow(long_running_const_eval)] // 65,536 bytes, once
static PLANE: [u8; 0x1_0000] = {
    let mut plane = [0; 0x1_0000];
    let mut source = 0;
    while source < SOURCES.len() {
        let (bit, ranges) = SOURCES[source];
        let mut i = 0;
        while i < ranges.len() && ranges[i].0 < 0x1_0000 {
            let mut c = ranges[i].0;
            while c <= ranges[i].1 && c < 0x1_0000 {
                plane[c as usize] |= bit;
                c += 1;
            }
            i += 1;
        }
        source += 1;
    }
    plane
};

/// Whether a sorted list of ranges holds `c`.
#[must_use]
pub fn contains(ranges: &[(u32, u32)], c: u32) -> bool {
    let after = ranges.partition_point(|&(first, _)| first <= c);
    after > 0 && c <= ranges[after - 1].1
}

#[inline]
fn is(c: u32, bit: u8) -> bool {
    match PLANE.get(c as usize) {
        Some(bits) => bits & bit != 0,
        None => SOURCES.iter().any(|&(source, ranges)| source == bit && contains(ranges, c)),
    }
}

/// White space as Python's `str.isspace` has it: the Unicode property `White_Space` (so also NO-BREAK SPACE and the line
/// breaks) and U+001C to U+001F.
#[must_use]
#[inline]
pub fn is_space(c: u32) -> bool {
    is(c, SPACE)
}

/// A line break: LF, VT, FF, CR, NEL, LINE SEPARATOR, PARAGRAPH SEPARATOR.
#[must_use]
#[inline]
pub const fn is_line_break(c: u32) -> bool {
    matches!(c, 0x0A..=0x0D | 0x85 | 0x2028 | 0x2029)
}

/// A combining mark of the Arabic blocks: harakat, tanwin, shadda, sukun, Quranic signs, the hamza of a letter.
#[must_use]
#[inline]
pub fn is_mark(c: u32) -> bool {
    is(c, ARABIC_MARK)
}

/// A combining mark of any script (general category M).
#[must_use]
#[inline]
pub fn is_combining(c: u32) -> bool {
    is(c, COMBINING)
}

/// What no reader sees: direction marks, zero-width code points, joiners, variation selectors, the soft hyphen.
#[must_use]
#[inline]
pub fn is_invisible(c: u32) -> bool {
    is(c, INVISIBLE)
}

/// A decimal digit as Arabic news writes them: 0–9, ٠–٩ or ۰–۹.
#[must_use]
#[inline]
pub fn is_digit(c: u32) -> bool {
    is(c, DIGIT)
}

/// The value of such a digit.
#[must_use]
pub fn digit_value(c: u32) -> Option<u32> {
    ZEROS.iter().map(|zero| c.wrapping_sub(*zero)).find(|value| *value < 10)
}

/// A letter of any script (general category L); TATWEEL is none.
#[must_use]
#[inline]
pub fn is_letter(c: u32) -> bool {
    is(c, LETTER)
}

/// A letter of the Arabic script, presentation forms included; TATWEEL is none.
#[must_use]
#[inline]
pub fn is_arabic_letter(c: u32) -> bool {
    is(c, ARABIC)
}

/// A letter of the Latin script, accented and full-width ones included.
#[must_use]
#[inline]
pub fn is_latin_letter(c: u32) -> bool {
    is(c, LATIN)
}

/// The letter under which words are compared: every alef as ا, ى and ی as ي, ک as ك, the forms of heh as ه.
/// Other code points come back as they are.
#[must_use]
#[inline]
pub fn fold_letter(c: u32) -> u32 {
    c.checked_sub(FOLDED_FROM).and_then(|at| FOLDED.get(at as usize)).map_or(c, |&folded| u32::from(folded))
}

/// [`fold_letter`] of the Arabic blocks, U+0600 to U+08FF.
static FOLDED: [u16; 0x300] = {
    let lists: [&[(u32, u32)]; 4] =
        [tables::FOLD_ALEF, tables::FOLD_ALEF_EXTENDED, tables::FOLD_YAA, tables::FOLD_LOOKALIKES];
    let mut folded = [0; 0x300];
    let mut at = 0;
    while at < folded.len() {
        folded[at] = FOLDED_FROM as u16 + at as u16;
        at += 1;
    }
    // The first list that holds a letter counts.
    let mut list = lists.len();
    while list > 0 {
        list -= 1;
        let mut at = 0;
        while at < lists[list].len() {
            let (c, to) = lists[list][at];
            if c >= FOLDED_FROM && c < FOLDED_FROM + 0x300 {
                folded[(c - FOLDED_FROM) as usize] = to as u16;
            }
            at += 1;
        }
    }
    folded
};
const FOLDED_FROM: u32 = 0x600;

/// What a sorted list of pairs holds for `c`.
#[must_use]
pub fn lookup<V: Copy>(pairs: &[(u32, V)], c: u32) -> Option<V> {
    pairs.binary_search_by_key(&c, |pair| pair.0).ok().map(|at| pairs[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_and_disjoint() {
        for (_, ranges) in SOURCES {
            assert!(ranges.iter().all(|&(first, last)| first <= last));
            assert!(ranges.windows(2).all(|pair| pair[0].1 < pair[1].0));
        }
        assert!(tables::FORMS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(tables::HONORIFICS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(tables::PUNCTUATION.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn the_array_of_the_plane_says_what_the_ranges_say() {
        for c in 0..0x1_0000 {
            for bit in [LETTER, ARABIC, LATIN, COMBINING, ARABIC_MARK, SPACE, INVISIBLE, DIGIT] {
                let listed = SOURCES.iter().any(|&(source, ranges)| source == bit && contains(ranges, c));
                assert_eq!(is(c, bit), listed, "U+{c:04X}");
            }
        }
    }

    #[test]
    fn every_arabic_mark_has_exactly_one_class() {
        let classes = [
            tables::MARKS_HARAKAT,
            tables::MARKS_SUKUN,
            tables::MARKS_TANWIN,
            tables::MARKS_SHADDA,
            tables::MARKS_QURAN,
            tables::MARKS_FOREIGN,
            tables::MARKS_DAGGER,
            tables::MARKS_PART,
        ];
        let marks: Vec<u32> = (0..0x11_0000).filter(|&c| is_mark(c)).collect();
        assert_eq!(marks.len(), 135);
        for c in marks {
            assert_eq!(classes.iter().filter(|ranges| contains(ranges, c)).count(), 1, "U+{c:04X}");
        }
    }

    #[test]
    fn a_letter_is_no_mark_and_a_tatweel_is_no_letter() {
        assert!(is_letter(0x628) && is_arabic_letter(0x628) && !is_mark(0x628)); // BEH
        assert!(is_letter(0x65) && is_latin_letter(0xE9) && !is_arabic_letter(0x65));
        assert!(!is_letter(TATWEEL) && !is_mark(TATWEEL));
        assert!(is_mark(0x64B) && is_combining(0x64B) && !is_letter(0x64B)); // FATHATAN
        assert!(is_combining(0x5B0) && !is_mark(0x5B0)); // HEBREW POINT SHEVA
        assert!(is_mark(0x10EFD) && !is_letter(0xD800) && !is_letter(0x11_FFFF));
    }

    #[test]
    fn spaces_digits_and_invisibles_are_told_apart() {
        assert!(is_space(0x20) && is_space(0xA0) && is_space(0x0A) && is_space(0x3000));
        assert!(!is_space(0x200B) && is_invisible(0x200B)); // ZERO WIDTH SPACE
        assert!(is_invisible(0x200F) && is_invisible(ZWNJ) && is_invisible(ZWJ) && is_invisible(0xE0001));
        assert!(is_line_break(0x0A) && !is_line_break(0x09));
        assert_eq!([0x37, 0x667, 0x6F7, 0x61].map(digit_value), [Some(7), Some(7), Some(7), None]);
        assert!(is_digit(0x669) && !is_digit(0x66A) && !is_digit(0xB2)); // ARABIC PERCENT SIGN, SUPERSCRIPT TWO
    }

    #[test]
    fn folding_joins_the_shapes_of_one_letter_and_no_others() {
        assert_eq!([0x622, 0x623, 0x625, 0x671, 0x870].map(fold_letter), [0x627; 5]); // the alefs
        assert_eq!([0x649, 0x6CC].map(fold_letter), [0x64A; 2]); // ALEF MAKSURA, FARSI YEH
        assert_eq!([0x67E, 0x6A4, 0x629, 0x626, 0x61].map(fold_letter), [0x67E, 0x6A4, 0x629, 0x626, 0x61]);
    }
}
