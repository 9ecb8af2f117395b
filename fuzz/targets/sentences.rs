//! Every storage of a text is cut at the same places, and nothing is lost.
#![no_main]

use libfuzzer_sys::fuzz_target;
use naqi::sentences::{Newlines, spans};
use naqi::text::Units;
use naqi_fuzz::{assert_tiles, both, in_code_points, narrow, text};

fuzz_target!(|bytes: &[u8]| {
    let Some((&first, rest)) = bytes.split_first() else { return };
    let (_, newlines) = Newlines::CHOICES[usize::from(first) % Newlines::CHOICES.len()];
    let (utf8, units) = both(&text(rest));
    let wide = spans(Units(&units), newlines);
    assert_tiles(Units(&units), &wide);
    assert_eq!(in_code_points(&utf8, spans(utf8.as_str(), newlines)), wide);
    if let Some(units) = narrow(&units) {
        assert_eq!(spans(Units(&units), newlines), wide);
    }
});
