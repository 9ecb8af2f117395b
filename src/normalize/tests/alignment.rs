//! The alignment keeps what it promises, for every text and option.

use super::equality::{Random, pool, random_options};
use super::*;
use crate::text::Span;

fn span(start: usize, end: usize) -> Span {
    Span::new(start, end)
}

fn units(text: &str) -> Vec<u32> {
    text.chars().map(u32::from).collect()
}

#[test]
fn a_match_found_in_normalised_text_is_found_in_the_original_with_its_marks() {
    let plan = plan("news", &[]);
    let text = "\u{FEFF}قالت و\u{64E}زا\u{631}\u{64E}ةُ الصحّ\u{64E}ة \u{FDF2}";
    let normal = run(&plan, text);
    let alignment = plan.align_str(text);
    let found = normal.find("وزارة").unwrap();
    let original = alignment.span_to_original(span(found, found + "وزارة".len()));
    assert_eq!(&text[original.start..original.end], "و\u{64E}زا\u{631}\u{64E}ةُ");
    let half = normal.find("لله").unwrap();
    let ligature = alignment.span_to_original(span(half, half + 2));
    assert_eq!(&text[ligature.start..ligature.end], "\u{FDF2}");
    assert_eq!(alignment.to_original(0), '\u{FEFF}'.len_utf8());
}

#[test]
fn a_span_of_the_original_is_found_in_the_normalised_text() {
    let plan = plan("news", &[]);
    let text = units("كت\u{64E}ب \u{FEFB} ثم");
    let alignment = plan.align_units(Units(&text));
    assert_eq!(alignment.span_to_normalized(span(0, 4)), span(0, 3));
    assert_eq!(alignment.span_to_normalized(span(2, 3)), span(2, 2));
    assert_eq!(alignment.span_to_normalized(span(5, 6)), span(4, 6));
    assert_eq!(alignment.span_to_original(span(5, 6)), span(5, 6));
    assert_eq!(alignment.span_to_original(span(4, 4)), span(5, 5));
}

#[test]
fn a_text_that_keeps_its_length_has_no_edits() {
    let plan = plan("news", &[]);
    for text in ["", "قال المتحدث", "أحمد إلى مستشفى", "می\u{200C}روم 1445هـ"] {
        let alignment = plan.align_units(Units(&units(text)));
        assert_eq!(alignment.edits().len(), 0, "{text}");
        assert_eq!(alignment.to_original(3), 3.min(text.chars().count()));
    }
    assert_eq!(plan.align_str(&"ب\u{64E}\u{651}".repeat(100)).edits().len(), 100);
    assert_eq!(plan.align_str(&"ب\u{64E}".repeat(100)[2..]).edits().len(), 100);
}

#[test]
fn offsets_are_monotone_and_stay_within_the_edit_they_fall_into() {
    let (mut random, pool) = (Random(23), pool());
    for _ in 0..200 {
        let plan = Plan::new(&random_options(&mut random));
        for _ in 0..40 {
            let text: Vec<u32> = (0..random.below(14)).map(|_| random.pick(&pool)).collect();
            let written = points(&plan, &text).len();
            let alignment = plan.align_units(Units(&text));
            assert_eq!((alignment.original_len(), alignment.normalized_len()), (text.len(), written), "{text:04X?}");
            let there: Vec<usize> = (0..=text.len()).map(|at| alignment.to_normalized(at)).collect();
            let back: Vec<usize> = (0..=written).map(|at| alignment.to_original(at)).collect();
            assert!(there.is_sorted() && there.last() == Some(&written), "{text:04X?}");
            assert!(back.is_sorted() && back.last() == Some(&text.len()), "{text:04X?}");
            for at in 0..written {
                let whole = alignment.span_to_original(span(at, at + 1));
                assert!(whole.start == back[at] && whole.end >= back[at + 1], "{text:04X?}");
                assert!(alignment.to_normalized(whole.start) <= at, "{text:04X?}");
                let again = alignment.span_to_normalized(whole);
                assert!(again.start <= at && at < again.end, "{text:04X?}");
            }
            for at in 0..text.len() {
                let whole = alignment.span_to_normalized(span(at, at + 1));
                let again = alignment.span_to_original(whole);
                assert!(whole.is_empty() || again.start <= at && at < again.end, "{text:04X?}");
            }
        }
    }
}

#[test]
fn edits_make_the_same_alignment_again_and_others_make_none() {
    let text = units("ك\u{64E}ت\u{64E}ب \u{FEFB}");
    let alignment = plan("news", &[]).align_units(Units(&text));
    assert_eq!(Alignment::from_edits(alignment.edits(), text.len()).as_ref(), Some(&alignment));
    assert_eq!(Alignment::from_edits([], 3), Some(Alignment::unchanged(3)));
    for wrong in
        [&[(span(1, 4), 0)][..], &[(span(2, 1), 0)], &[(span(1, 2), 0), (span(0, 1), 0)], &[(span(0, 1), usize::MAX)]]
    {
        assert_eq!(Alignment::from_edits(wrong.iter().copied(), 3), None);
    }
}

#[test]
fn bytes_and_code_points_are_aligned_alike() {
    let (mut random, pool) = (Random(29), pool());
    for _ in 0..100 {
        let plan = Plan::new(&random_options(&mut random));
        for _ in 0..20 {
            let text: Vec<u32> = (0..random.below(14)).map(|_| random.pick(&pool)).collect();
            let Some(string) = text.iter().map(|&c| char::from_u32(c)).collect::<Option<String>>() else { continue };
            let normal = run(&plan, &string);
            let (points, bytes) = (plan.align_units(Units(&text)), plan.align_str(&string));
            let byte_of =
                |text: &str, at: usize| text.char_indices().map(|(byte, _)| byte).nth(at).unwrap_or(text.len());
            for at in 0..=normal.chars().count() {
                let original = points.to_original(at);
                assert_eq!(bytes.to_original(byte_of(&normal, at)), byte_of(&string, original), "{text:04X?}");
            }
        }
    }
}
