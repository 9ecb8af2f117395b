//! The keywords: parted by their signs or lines, or, where a scraper joined them by spaces, by what the story speaks of.
use super::fields::bare;
use crate::boilerplate::facts;
use crate::boilerplate::{Category, Page, Rules};
use crate::text::{Span, Text};
use crate::unicode;
use std::collections::HashMap;

/// A joined list of more words than this is left as it is, and so many places of a word in the story are looked at:
/// together they keep the work in proportion to the text.
const WORDS: usize = 40;
const PLACES: usize = 32;

/// The keywords of a page; `story`: where its body stands.
pub fn read<T: Text>(text: T, page: &Page, rules: &Rules, story: &[Span]) -> Vec<Span> {
    let mut tags: Vec<Span> = Vec::new();
    for cut in page.cuts.iter().filter(|c| c.category == Category::Tags) {
        let Some(span) = facts::behind_label(text, cut.span, rules) else { continue };
        let parts = parted(text, span);
        match parts[..] {
            // One part may be several keywords where it is the whole list.
            [part] if is_list(text, page, cut.span, part) => tags.extend(by_story(text, part, page.title, story)),
            _ => tags.extend(parts),
        }
    }
    tags
}

/// The parts between the signs that part keywords.
fn parted<T: Text>(text: T, span: Span) -> Vec<Span> {
    let mut parts: Vec<Span> = Vec::new();
    let mut start = span.start;
    for (at, c) in text.slice(span).chars() {
        let at = span.start + at;
        // NUMBER SIGN opens a keyword; a full stop parts them where spaces stand on both sides.
        let hash = c == 0x23;
        let dot = c == 0x2E && text.char_before(at) == Some(0x20) && text.char_at(at + 1) == Some(0x20);
        if hash || dot || matches!(c, 0x2C | 0x60C | 0x2F | 0x7C | 0x2022 | 0x3B | 0x61B) || facts::is_break(c) {
            parts.extend(bare(text, Span::new(start, at)));
            start = if hash { at } else { text.decode(at).1 };
        }
    }
    parts.extend(bare(text, Span::new(start, span.end)));
    parts.retain(|&part| !text.slice(part).chars().all(|(_, c)| c == 0x23));
    parts
}

/// Whether the only part of a cut is the page's whole list: it stands behind a label, or no other cut holds keywords.
fn is_list<T: Text>(text: T, page: &Page, cut: Span, part: Span) -> bool {
    let labelled = text.slice(Span::new(cut.start, part.start)).chars().any(|(_, c)| unicode::is_letter(c));
    labelled || page.cuts.iter().filter(|c| c.category == Category::Tags).count() == 1
}

/// The keywords in a joined list: each is the longest run of words that the story or the headline holds too.
fn by_story<T: Text>(text: T, list: Span, title: Option<Span>, story: &[Span]) -> Vec<Span> {
    let listed = words(text, list);
    if listed.len() < 2 || listed.len() > WORDS {
        return vec![list];
    }
    let mut told: Vec<u64> = Vec::new();
    for &span in title.iter().chain(story) {
        told.extend(words(text, span).into_iter().map(|word| word.0));
        told.push(0); // no keyword runs over a line's end
    }
    let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
    for (at, &word) in told.iter().enumerate() {
        let known = places.entry(word).or_default();
        if known.len() < PLACES {
            known.push(at);
        }
    }
    let mut tags = Vec::new();
    let mut at = 0;
    while at < listed.len() {
        let run = |&place: &usize| listed[at..].iter().zip(&told[place..]).take_while(|(a, b)| a.0 == **b).count();
        let longest = places.get(&listed[at].0).into_iter().flatten().map(run).max().unwrap_or(0).max(1);
        tags.push(Span::new(listed[at].1.start, listed[at + longest - 1].1.end));
        at += longest;
    }
    tags
}

/// The words of a part of the text: a hash of the folded letters, and the place.
fn words<T: Text>(text: T, span: Span) -> Vec<(u64, Span)> {
    const OFFSET: u64 = 0xCBF2_9CE4_8422_2325; // FNV-1a
    const PRIME: u64 = 0x0100_0000_01B3;
    let mut words: Vec<(u64, Span)> = Vec::new();
    let mut open = false;
    for (at, c) in text.slice(span).chars() {
        if unicode::is_mark(c) || unicode::is_invisible(c) || c == unicode::TATWEEL {
            continue;
        }
        let letter = unicode::is_letter(c) || unicode::is_digit(c);
        let start = span.start + at;
        if letter && !open {
            words.push((OFFSET, Span::new(start, start)));
        }
        if let Some((hash, place)) = words.last_mut()
            && letter
        {
            *hash = (*hash ^ u64::from(unicode::fold_letter(c))).wrapping_mul(PRIME);
            place.end = text.decode(start).1;
        }
        open = letter;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(list: &str, story: &str) -> Vec<String> {
        let text = format!("{story}\n{list}");
        let list = Span::new(story.len() + 1, text.len());
        let tags = by_story(&text[..], list, None, &[Span::new(0, story.len())]);
        tags.into_iter().map(|tag| text[tag.start..tag.end].to_owned()).collect()
    }

    #[test]
    fn a_joined_list_is_parted_by_what_the_story_speaks_of() {
        let story = "زار الوفد سوق السمك الكبير في مدينة النورس، ثم التقى نقابة الصيادين.";
        assert_eq!(split("سوق السمك النورس نقابة الصيادين", story), ["سوق السمك", "النورس", "نقابة الصيادين"]);
    }

    #[test]
    fn words_that_the_story_lacks_stand_alone() {
        assert_eq!(split("بحر سفن", "لا شيء هنا."), ["بحر", "سفن"]);
    }

    #[test]
    fn signs_part_keywords() {
        let parts = |list: &str| -> Vec<String> {
            parted(list, list.span()).into_iter().map(|tag| list[tag.start..tag.end].to_owned()).collect()
        };
        assert_eq!(parts("البحر، السفن، ميناء اللؤلؤ"), ["البحر", "السفن", "ميناء اللؤلؤ"]);
        assert_eq!(parts("#البحر #ميناء_اللؤلؤ"), ["#البحر", "#ميناء_اللؤلؤ"]);
        assert_eq!(parts("البحر . السفن"), ["البحر", "السفن"]);
        assert_eq!(parts("أ.د. سالم"), ["أ.د. سالم"]);
    }
}
