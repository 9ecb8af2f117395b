//! Texts for the targets, made of the fuzzer's bytes: a byte is a code point that some rule cares about, two bytes
//! are a phrase of the rule files, so that mutations stay close to what the rooms decide on.

use naqi::text::{Span, Units};
use std::sync::OnceLock;

/// Letters of every class, marks, tatweel, digits, what surrounds sentences, invisibles, white space, the unusual.
const ALPHABET: &str = "\
    ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأؤإئٱپچڤگیکەۀۃۓ٠١٢٣٤٥٦٧٨٩۰۱۲۳0123456789\
    \u{64B}\u{64E}\u{650}\u{651}\u{652}\u{653}\u{654}\u{655}\u{670}\u{640}\u{6DF}\u{8F0}\
    .،؛:؟!…۔\"'«»“”()[]{}﴿﴾-–—_/|•*#@%+=,;?<>\
    abcdeSTUVWXYZé \u{A0}\u{2009}\t\n\r\u{85}\u{2028}\u{200B}\u{200C}\u{200D}\u{200E}\u{200F}\u{202B}\u{2066}\u{FEFF}\u{FE0F}\
    \u{0}\u{FEFB}\u{FEFC}\u{FDFA}\u{FDF2}\u{FB50}\u{FC5E}\u{301}\u{94D}\u{1F600}\u{1EE00}\u{10FFFF}\u{FFFD}";

/// Files whose lines are phrases of pages.
const PHRASES: [&str; 6] = [
    include_str!("../../src/boilerplate/formulas/nav.txt"),
    include_str!("../../src/boilerplate/formulas/related.txt"),
    include_str!("../../src/boilerplate/formulas/source.txt"),
    include_str!("../../src/boilerplate/formulas/share.txt"),
    include_str!("../../src/boilerplate/formulas/caption.txt"),
    include_str!("../../src/boilerplate/formulas/contact.txt"),
];

/// The code points of a text.
#[must_use]
pub fn text(bytes: &[u8]) -> Vec<char> {
    static TOKENS: OnceLock<(Vec<char>, Vec<&str>)> = OnceLock::new();
    let (alphabet, phrases) = TOKENS.get_or_init(|| {
        let phrases = PHRASES.iter().flat_map(|file| file.lines()).filter(|line| !line.is_empty());
        (ALPHABET.chars().collect(), phrases.collect())
    });
    let mut text = Vec::new();
    let mut bytes = bytes.iter();
    while let Some(&byte) = bytes.next() {
        match (alphabet.get(usize::from(byte)), bytes.clone().next()) {
            (Some(&c), _) => text.push(c),
            (None, Some(&next)) => {
                bytes.next();
                let phrase = phrases[(usize::from(byte) << 8 | usize::from(next)) % phrases.len()];
                text.extend(phrase.chars());
                text.push('\n');
            }
            (None, None) => {}
        }
    }
    text
}

/// The same text as UTF-8 and as Python keeps it.
#[must_use]
pub fn both(text: &[char]) -> (String, Vec<u32>) {
    (text.iter().collect(), text.iter().map(|&c| c.into()).collect())
}

/// A text in 2-byte units, where it fits.
#[must_use]
pub fn narrow(units: &[u32]) -> Option<Vec<u16>> {
    units.iter().map(|&c| u16::try_from(c).ok()).collect()
}

/// Bytes of UTF-8 as code points.
#[must_use]
pub fn in_code_points(text: &str, spans: impl IntoIterator<Item = Span>) -> Vec<Span> {
    let mut at = vec![0; text.len() + 1];
    let mut count = 0;
    for (byte, _) in text.char_indices() {
        at[byte] = count;
        count += 1;
    }
    at[text.len()] = count;
    spans.into_iter().map(|span| Span::new(at[span.start], at[span.end])).collect()
}

/// Spans are in order, apart, and every code point outside them is white space.
pub fn assert_tiles(units: Units<'_, u32>, spans: &[Span]) {
    let mut end = 0;
    for span in spans {
        assert!(end <= span.start && span.start < span.end, "{spans:?}");
        assert_blank(&units.0[end..span.start]);
        end = span.end;
    }
    assert_blank(&units.0[end..]);
}

fn assert_blank(units: &[u32]) {
    for &c in units {
        assert!(naqi::unicode::is_space(c), "U+{c:04X} is in no span");
    }
}
