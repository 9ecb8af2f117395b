//! Every storage of a page is read alike, and title, body and cuts hold every visible code point once.
#![no_main]

use libfuzzer_sys::fuzz_target;
use naqi::article::assemble;
use naqi::boilerplate::{Categories, Hints, Rules, read, remove};
use naqi::text::{Span, Units};
use naqi_fuzz::{assert_tiles, both, in_code_points, text};

fuzz_target!(|bytes: &[u8]| {
    let Some((&hinted, rest)) = bytes.split_first() else { return };
    let (hint, page) = rest.split_at(rest.len().min(usize::from(hinted) % 32));
    let (utf8, units) = both(&text(page));
    let (hint, _) = both(&text(hint));
    let hints = || match hinted >> 6 {
        0 => Hints::default().title(hint.as_str()),
        1 => Hints::default().author(hint.as_str()),
        2 => Hints::default().site(hint.as_str()),
        _ => Hints::default(),
    };
    let rules = Rules::standard();
    let wide = read(Units(&units), rules, &hints());
    let article = assemble(Units(&units), &wide, rules, Categories::default());
    let cuts: Vec<Span> = wide.cuts.iter().map(|cut| cut.span).collect();
    let mut all: Vec<Span> = cuts.iter().chain(&article.title).chain(&article.body_spans).copied().collect();
    all.sort_unstable();
    assert_tiles(Units(&units), &all);
    let _ = remove(Units(&units), &cuts);

    let page = read(utf8.as_str(), rules, &hints());
    let from_utf8 = assemble(utf8.as_str(), &page, rules, Categories::default());
    assert_eq!(in_code_points(&utf8, page.cuts.iter().map(|cut| cut.span)), cuts);
    assert!(
        page.cuts.iter().map(|cut| (cut.category, cut.rule)).eq(wide.cuts.iter().map(|cut| (cut.category, cut.rule)))
    );
    assert_eq!(in_code_points(&utf8, from_utf8.tags), article.tags);
    assert_eq!(in_code_points(&utf8, from_utf8.authors), article.authors);
    assert_eq!((from_utf8.published, from_utf8.published_time), (article.published, article.published_time));
});
