//! The cases in `tests/data/sentences`, which an Arabic speaker edits (its README says how), run as they stand and with
//! what must make no difference: marks, tatweel, direction marks, the storage of the text.

use naqi::sentences::{Newlines, spans};
use naqi::text::{Buffer, Text, Units};
use std::fs;
use std::path::Path;

struct Case {
    place: String,
    text: String,
    sentences: Vec<String>,
    newlines: Newlines,
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/sentences");
    let mut cases = Vec::new();
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths.iter().filter(|path| !path.ends_with("README.txt")) {
        let mut newlines = Newlines::Auto;
        for (number, line) in fs::read_to_string(path).unwrap().lines().enumerate() {
            let place = format!("{}:{}", path.file_name().unwrap().display(), number + 1);
            if line.starts_with('#') {
                continue;
            }
            if let Some(option) = line.strip_prefix('@') {
                let choice = Newlines::CHOICES.iter().find(|choice| choice.0 == option.trim());
                newlines = choice.unwrap_or_else(|| panic!("{place}: no such option: {option}")).1;
            } else if !line.trim().is_empty() {
                let written = spelled(line);
                let sentences = written.split('¦').map(trimmed).filter(|s| !s.is_empty()).collect();
                cases.push(Case { place, text: written.replace('¦', ""), sentences, newlines });
            }
        }
    }
    cases
}

/// The signs of the README as what they stand for.
fn spelled(line: &str) -> String {
    let line = line.replace('⏎', "\n").replace('⍽', "\u{A0}");
    let mut parts = line.split('‹');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, rest) = part.split_once('›').expect("a code point ends with ›");
        out.push(char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap());
        out += rest;
    }
    out
}

/// What is compared: without white space at the ends and signs that cannot be seen.
fn trimmed(text: &str) -> String {
    let silent = |c: &char| !naqi::unicode::is_invisible(u32::from(*c));
    text.trim().chars().filter(silent).collect::<String>().trim().to_owned()
}

fn split<T: Text>(text: T, newlines: Newlines, read: impl Fn(T) -> String) -> Vec<String> {
    spans(text, newlines).into_iter().map(|span| trimmed(&read(text.slice(span)))).collect()
}

/// What came out otherwise than expected.
fn check(case: &Case, what: &str, add: impl Fn(&str) -> String) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut compare = |found: Vec<String>, expected: &[String], storage: &str| {
        if found != expected {
            wrong.push(format!("{} {what}, {storage}\n     found {found:?}\n  expected {expected:?}", case.place));
        }
    };
    let text = add(&case.text);
    let expected: Vec<String> = case.sentences.iter().map(|sentence| trimmed(&add(sentence))).collect();
    compare(split(&text[..], case.newlines, str::to_owned), &expected, "UTF-8");
    let wide: Vec<u32> = text.chars().map(u32::from).collect();
    let read = |part: Units<'_, u32>| part.0.iter().filter_map(|&c| char::from_u32(c)).collect();
    compare(split(Units(&wide), case.newlines, read), &expected, "4-byte units");
    let mut narrow: Vec<u16> = Vec::new();
    if wide.iter().all(|&c| c < 0x1_0000) {
        for &c in &wide {
            Buffer::push(&mut narrow, c);
        }
        let read = |part: Units<'_, u16>| String::from_utf16_lossy(part.0);
        compare(split(Units(&narrow), case.newlines, read), &expected, "2-byte units");
    }
    wrong
}

/// `sign` behind every Arabic letter that another one follows (or behind every one).
fn behind_letters(text: &str, sign: char, joined_only: bool) -> String {
    let letter = |c: char| naqi::unicode::is_arabic_letter(u32::from(c));
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        out.push(c);
        if letter(c) && (!joined_only || chars.peek().is_some_and(|&next| letter(next))) {
            out.push(sign);
        }
    }
    out
}

#[test]
fn sentences_end_where_the_cases_say() {
    let wrong: Vec<String> = cases().iter().flat_map(|case| check(case, "as written", str::to_owned)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn marks_tatweel_and_direction_marks_change_no_cut() {
    let mut wrong = Vec::new();
    for case in &cases() {
        wrong.extend(check(case, "vocalised", |text| behind_letters(text, '\u{64E}', false))); // FATHA
        wrong.extend(check(case, "stretched", |text| behind_letters(text, '\u{640}', true))); // TATWEEL
        wrong.extend(check(case, "with joiners", |text| behind_letters(text, '\u{200C}', false))); // ZERO WIDTH NON-JOINER
        wrong.extend(check(case, "with direction marks", |text| text.replace(' ', " \u{200F}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn there_are_enough_cases() {
    assert!(cases().len() >= 150, "{}", cases().len());
}
