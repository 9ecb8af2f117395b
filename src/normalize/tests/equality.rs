//! The fused pass equals the steps, for every option and any text.

use super::*;
use crate::unicode::{is_combining, is_letter, tables};

/// A generator of numbers that is the same everywhere.
pub(super) struct Random(pub u64);

impl Random {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

const WORDS: [(&str, &[&str]); 17] = [
    ("unicode", &["nfc", "nfc", "keep"]),
    ("presentation", &["fold", "keep"]),
    ("honorifics", &["keep", "expand", "strip"]),
    ("invisible", &["strip", "keep"]),
    ("zwnj", &["keep", "strip", "space"]),
    ("diacritics", &["strip", "keep"]),
    ("dagger_alef", &["strip", "alef", "keep"]),
    ("tatweel", &["strip", "keep"]),
    ("alef", &["fold", "extended", "keep"]),
    ("yaa", &["fold", "keep"]),
    ("hamza", &["keep", "carrier", "hamza"]),
    ("teh_marbuta", &["keep", "heh", "teh"]),
    ("lookalikes", &["keep", "fold"]),
    ("elongation", &["keep", "keep", "1", "2"]),
    ("digits", &["keep", "ascii", "arabic"]),
    ("punctuation", &["keep", "ascii"]),
    ("whitespace", &["keep", "collapse"]),
];

pub(super) fn random_options(random: &mut Random) -> Options {
    let chosen: Vec<(&str, &str)> = WORDS.iter().map(|(name, words)| (*name, random.pick(words))).collect();
    let mut options = options("none", &chosen);
    if random.below(4) == 0 {
        let classes = MARK_CLASSES.iter().filter(|_| random.below(2) == 0).map(|class| (*class).into()).collect();
        options.set("diacritics", &Value::Set(classes)).unwrap();
    }
    options
}

/// Code points that something is done about, and those that stand around them in texts.
pub(super) fn pool() -> Vec<u32> {
    let mut pool: Vec<u32> = (0x600..0x700).collect();
    for chosen in [tables::INVISIBLE_ALWAYS, tables::INVISIBLE_BESIDE, tables::SPACES, tables::ARABIC_MARKS] {
        pool.extend(chosen.iter().map(|range| range.0));
    }
    pool.extend(tables::FORMS.iter().step_by(23).map(|form| form.0));
    pool.extend(tables::HONORIFICS.iter().step_by(7).map(|form| form.0));
    pool.extend(tables::PUNCTUATION.iter().map(|form| form.0));
    for _ in 0..12 {
        pool.extend([0x20, 0x0A, 0x640, 0x647, 0x627, 0x648, 0x64A, 0x649, 0x644, 0x670, 0x654, 0x64E, 0x651]);
        pool.extend([0x200C, 0x200D, 0xFE0F, 0x35, 0x665, 0x66B, 0x66A, 0x60C]);
    }
    pool.extend([0, 0x61, 0xE9, 0x300, 0x301, 0x316, 0x345, 0x5B0, 0x93C, 0x94D, 0x928, 0x1100, 0x1161, 0x11A8]);
    pool.extend([0x1F468, 0x2764, 0x20E3, 0x4E00, 0xD800, 0xDC00, 0xFFFD, 0x10EFD, 0x2F800, 0xFA6C, 0x110B9, 0x110BA]);
    pool
}

fn assert_equal(plan: &Plan, text: &[u32]) {
    assert_eq!(points(plan, text), slowly(plan, text), "{text:04X?} under {:?}", plan.steps.options.items());
}

#[test]
fn the_pass_equals_the_steps_for_any_text_and_options() {
    let (mut random, pool) = (Random(7), pool());
    for _ in 0..600 {
        let plan = Plan::new(&random_options(&mut random));
        for _ in 0..60 {
            let len = random.below(14);
            let text: Vec<u32> = (0..len).map(|_| random.pick(&pool)).collect();
            assert_equal(&plan, &text);
        }
    }
}

#[test]
fn the_pass_equals_the_steps_for_the_presets_and_any_text() {
    let (mut random, pool) = (Random(11), pool());
    for preset in PRESETS {
        let plan = plan(preset, &[]);
        for _ in 0..8_000 {
            let len = random.below(40);
            let text: Vec<u32> = (0..len).map(|_| random.pick(&pool)).collect();
            assert_equal(&plan, &text);
        }
    }
}

#[test]
fn normalising_twice_changes_nothing_more_and_leaves_composed_text() {
    use unicode_normalization::{IsNormalized, is_nfc_quick};
    let (mut random, pool) = (Random(13), pool());
    for _ in 0..600 {
        let options = random_options(&mut random);
        let plan = Plan::new(&options);
        for _ in 0..60 {
            let len = random.below(14);
            let text: Vec<u32> = (0..len).map(|_| random.pick(&pool)).collect();
            let once = points(&plan, &text);
            assert_eq!(points(&plan, &once), once, "{text:04X?} under {:?}", options.items());
            if options.unicode == options::Unicode::Nfc {
                let chars: Vec<char> = once.iter().map(|&c| char::from_u32(c).unwrap_or('\u{FFFD}')).collect();
                let composed = is_nfc_quick(chars.iter().copied()) == IsNormalized::Yes
                    || unicode_normalization::UnicodeNormalization::nfc(chars.iter().copied())
                        .eq(chars.iter().copied());
                assert!(composed, "{text:04X?} → {once:04X?}");
            }
        }
    }
}

#[test]
fn every_code_point_of_the_arabic_blocks_alone_between_letters_and_at_the_ends() {
    let blocks = [0x600..0x700, 0x750..0x780, 0x870..0x900, 0xFB50..0xFE00, 0xFE70..0xFF00, 0x10EC0..0x10F00];
    for preset in PRESETS {
        let plan = plan(preset, &[]);
        for c in blocks.iter().cloned().flatten() {
            for text in [&[c][..], &[0x628, c, 0x62A], &[c, 0x62A], &[0x628, c], &[0x20, c, 0x20], &[0x31, c, 0x32]] {
                assert_equal(&plan, text);
            }
        }
    }
}

#[test]
fn every_pair_of_marks_and_of_letter_and_mark() {
    let marks: Vec<u32> = tables::ARABIC_MARKS.iter().flat_map(|&(first, last)| first..=last).collect();
    let letters: Vec<u32> = (0x620..0x6D6).chain(0xFE80..0xFEFD).filter(|&c| is_letter(c)).collect();
    assert!(marks.iter().all(|&c| is_combining(c)));
    for set in [&[][..], &[("diacritics", "keep"), ("dagger_alef", "alef")], &[("alef", "keep"), ("yaa", "keep")]] {
        let plan = plan("news", set);
        for &first in letters.iter().chain(&marks) {
            for &second in &marks {
                assert_equal(&plan, &[0x628, first, second, 0x62A]);
            }
        }
    }
}

#[test]
fn a_map_is_merged_into_the_pass() {
    let (mut random, pool) = (Random(17), pool());
    for _ in 0..300 {
        let mut options = random_options(&mut random);
        let pairs: Vec<(u32, Vec<u32>)> =
            (0..6).map(|_| (random.pick(&pool), (0..random.below(3)).map(|_| random.pick(&pool)).collect())).collect();
        options.set("map", &Value::Map(pairs)).unwrap();
        let plan = Plan::new(&options);
        for _ in 0..60 {
            let mut text: Vec<u32> = (0..random.below(10)).map(|_| random.pick(&pool)).collect();
            let keys: Vec<u32> = options.map.iter().map(|pair| pair.0).collect();
            text.extend((0..random.below(4)).map(|_| random.pick(&keys)));
            assert_equal(&plan, &text);
        }
    }
}
