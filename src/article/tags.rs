//! The keywords: parted by their signs or lines, or, where a scraper joined them by spaces, by what the story speaks of.
use std::collections::HashSet;

use super::fields::bare;
use crate::boilerplate::facts;
use crate::boilerplate::{Category, Page, Rules};
use crate::text::{Span, Text};
use crate::unicode;

/// A joined list of more words than this is left as it is, and so many places of a word in the story are looked at:
/// together they keep the work in proportion to the text.
const WORDS: usize = 40;
const PLACES: usize = 32;

/// The keywords of a page; `story`: where its body stands.
pub fn read<T: Text>(text: T, page: &Page, rules: &Rules, story: &[Span]) -> Vec<Span> {
    let cuts = page.cuts.iter().filter(|c| c.category == Category::Tags);
    let lists = cuts.filter_map(|cut| match rules.id(cut.rule) {
        "tags.run" | "tags.list" | "tags.hashtags" => Some(behind_colon(text, cut.span)),
        _ => facts::behind_label(text, cut.span, rules),
    });
    let lists = lists.map(|list| facts::behind_glued_label(text, list, rules));
    let mut tags: Vec<Span> = lists.flat_map(|list| parted(text, list)).collect();
    // The only one may be several that a scraper joined.
    if let [list] = tags[..] {
        let names = facts::long_places(text, list, rules);
        tags = by_story(text, list, &names, page.title, story);
    }
    // Pages print their keywords above the story and below it.
    let mut seen = HashSet::new();
    tags.retain(|&tag| seen.insert(text.slice(tag).chars().map(|c| c.1).collect::<Vec<_>>()));
    tags
}

/// What stands behind the colon, where there is one.
fn behind_colon<T: Text>(text: T, span: Span) -> Span {
    let colon = text.slice(span).chars().find(|c| c.1 == 0x3A).map(|c| span.start + c.0);
    Span::new(colon.map_or(span.start, |at| text.decode(at).1), span.end)
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
        // A dash parts them where a space stands before it: "كرة - سباحة".
        let dash = matches!(c, 0x2D | 0x2013 | 0x2014 | 0x640) && text.char_before(at) == Some(0x20);
        if hash || dot || dash || matches!(c, 0x2C | 0x60C | 0x2F | 0x7C | 0x2022 | 0x3B | 0x61B) || facts::is_break(c)
        {
            parts.extend(bare(text, Span::new(start, at)));
            start = if hash { at } else { text.decode(at).1 };
        }
    }
    parts.extend(bare(text, Span::new(start, span.end)));
    parts.retain(|&part| text.slice(part).chars().any(|(_, c)| unicode::is_letter(c) || unicode::is_digit(c)));
    parts
}

/// The keywords in a joined list: each is the longest run of words that the story or the headline holds too, or one of
/// `names`.
fn by_story<T: Text>(text: T, list: Span, names: &[Span], title: Option<Span>, story: &[Span]) -> Vec<Span> {
    let mut listed: Vec<Word> = Vec::new();
    each_word(text, list, |letters, span| listed.push((letters.to_vec(), span)));
    if listed.len() > WORDS {
        return vec![list];
    }
    let story = Story::read(text, title.iter().chain(story), &Asked::of(&listed));
    let listed: Vec<Word> = listed.into_iter().flat_map(|word| unglued(text, word, &story)).collect();
    let listed: Vec<Keyword> = listed.iter().map(|(letters, span)| Keyword::of(letters, *span)).collect();
    let mut tags: Vec<Span> = Vec::new();
    let (mut at, mut open) = (0, false);
    while at < listed.len() {
        let word = &listed[at];
        let same =
            |place: usize| listed[at + 1..].iter().zip(&story.told[place + 1..]).take_while(|(a, b)| a.hash == **b);
        let told = story.places(word.hash).take(PLACES).map(|place| 1 + same(place).count()).max();
        let named = names.iter().find(|name| name.start == word.span.start);
        let named = named.map(|name| listed[at..].iter().take_while(|w| w.span.end <= name.end).count());
        let longest = told.max(named.filter(|n| *n > 0));
        let end = listed[at + longest.unwrap_or(1) - 1].span.end;
        let before = at.checked_sub(1).map(|i| &listed[i]);
        // What the story lacks describes the word before it: with an article as that has ("البحر الأحمر"), or as the
        // adjective of a noun without ("رياضة بحرية"). What the story lacks before an article is that one's: "ندرة المياه".
        let described = longest.is_none()
            && before.is_some_and(|b| {
                b.span.end < word.span.start && b.definite == word.definite && (word.definite || word.adjective)
            });
        let owned = open && word.definite && longest == Some(1);
        match tags.last_mut() {
            Some(tag) if described || owned => tag.end = end,
            _ => tags.push(Span::new(word.span.start, end)),
        }
        open = longest.is_none() && !word.definite && !described;
        at += longest.unwrap_or(1);
    }
    tags
}

/// A word: its folded letters, and its place.
type Word = (Vec<u32>, Span);

/// What the words of a list, and the pieces that may be glued in them, ask the story for: one bit or more each.
struct Asked([u64; Self::BITS / 64]);

impl Asked {
    const BITS: usize = 4096;

    fn of(listed: &[Word]) -> Self {
        let mut asked = Self([0; Self::BITS / 64]);
        for (letters, _) in listed {
            let n = letters.len();
            for to in if n <= GLUED { 1..=n } else { n..=n } {
                each_ending(&letters[..to], usize::MAX, |_, hash| asked.0[Self::bit(hash).0] |= Self::bit(hash).1);
            }
        }
        asked
    }

    fn bit(hash: u64) -> (usize, u64) {
        let bit = (hash >> 32) as usize % Self::BITS;
        (bit / 64, 1 << (bit % 64))
    }

    fn may_hold(&self, hash: u64) -> bool {
        let (word, bit) = Self::bit(hash);
        self.0[word] & bit != 0
    }
}

/// The words of the story.
struct Story {
    /// Each without its article, in order; no keyword runs over a line's end, which is 0.
    told: Vec<u64>,
    /// What is left of those that are asked for without each of the prefixes, sorted; and which of `told` it is.
    bare: Vec<(u64, usize)>,
}

impl Story {
    fn read<'a, T: Text>(text: T, lines: impl Iterator<Item = &'a Span>, asked: &Asked) -> Self {
        let (mut told, mut bare) = (Vec::new(), Vec::new());
        for &line in lines {
            each_word(text, line, |letters, _| {
                let (starts, article) = (starts(letters), letters.len() - without_article(letters).len());
                // No prefixes are longer than four letters: every form of a word ends as the word does.
                each_ending(letters, 4, |from, hash| {
                    if starts & 1 << from != 0 && asked.may_hold(hash) {
                        bare.push((hash, told.len()));
                    }
                    if from == article {
                        told.push(hash);
                    }
                });
            });
            told.push(0);
        }
        bare.sort_unstable();
        Self { told, bare }
    }

    /// The places of a word.
    fn places(&self, word: u64) -> impl Iterator<Item = usize> {
        let from = self.bare.partition_point(|found| found.0 < word);
        self.bare[from..].iter().take_while(move |found| found.0 == word).map(|found| found.1)
    }

    fn holds(&self, word: u64) -> bool {
        self.places(word).next().is_some()
    }
}

/// A word of a joined list.
struct Keyword {
    /// Without its article.
    hash: u64,
    span: Span,
    definite: bool,
    /// It ends as adjectives of origin and kind do in the feminine: -iyya.
    adjective: bool,
}

impl Keyword {
    fn of(letters: &[u32], span: Span) -> Self {
        let bare = without_article(letters);
        let adjective = letters.len() >= 5 && matches!(letters, [.., YEH, TEH_MARBUTA | HEH]);
        Self { hash: hash(bare), span, definite: bare.len() < letters.len(), adjective }
    }
}

/// The longest word that is taken for several run together, and the shortest of these, in letters.
const GLUED: usize = 40;
const PIECE: usize = 3;

/// A word as the story's words that a scraper ran together to it, where it is nothing but these: the fewest of them.
fn unglued<T: Text>(text: T, word: Word, story: &Story) -> Vec<Word> {
    let (letters, span) = &word;
    let n = letters.len();
    let glued = (2 * PIECE..=GLUED).contains(&n) && !story.holds(hash(letters));
    if !glued || text.slice(*span).chars().count() != n {
        return vec![word];
    }
    // By letter: how many pieces end there at least, and where the last of them begins.
    let mut best: Vec<Option<(usize, usize)>> = vec![None; n + 1];
    best[0] = Some((0, 0));
    for to in PIECE..=n {
        for from in 0..=to - PIECE {
            if let Some((count, _)) = best[from]
                && best[to].is_none_or(|(least, _)| count + 1 < least)
                && story.holds(hash(&letters[from..to]))
            {
                best[to] = Some((count + 1, from));
            }
        }
    }
    // What is left behind two of them is one more where it begins with the article.
    if best[n].is_none()
        && let Some(known) =
            (PIECE..n).rev().find(|&to| best[to].is_some_and(|b| b.0 >= 2) && letters[to..].starts_with(&[ALEF, LAM]))
        && n - known > PIECE
    {
        best[n] = Some((0, known));
    }
    let (mut pieces, mut to) = (Vec::new(), n);
    while to > 0 {
        let Some((_, from)) = best[to] else { return vec![word] };
        let at = |k: usize| text.slice(*span).chars().nth(k).map_or(span.end, |c| span.start + c.0);
        pieces.push((letters[from..to].to_vec(), Span::new(at(from), at(to))));
        to = from;
    }
    pieces.reverse();
    pieces
}

// WAW, FEH, BEH, LAM, KAF
const PREFIXES: [u32; 5] = [0x648, 0x641, 0x628, LAM, 0x643];
const ALEF: u32 = 0x627;
const YEH: u32 = 0x64A;
const HEH: u32 = 0x647;
const TEH_MARBUTA: u32 = 0x629;
const LAM: u32 = 0x644;

/// Where the word's stem begins without the article, and what is left of the word without each of the conjunctions and
/// prepositions written onto it: a bit each.
fn starts(letters: &[u32]) -> u8 {
    let mut starts = 0;
    for taken in 0..3 {
        let rest = &letters[taken..];
        starts |= 1 << taken | 1 << (letters.len() - without_article(rest).len());
        if taken == 2 || rest.len() <= 2 || !PREFIXES.contains(&rest[0]) {
            break;
        }
    }
    starts
}

/// The word without its article.
fn without_article(letters: &[u32]) -> &[u32] {
    match letters {
        [ALEF | LAM, LAM, bare @ ..] if bare.len() > 1 => bare,
        _ => letters,
    }
}

/// Hashes letters from the last to the first, so that every ending of a word has its own hash on the way; hands those
/// that begin at `most` or before to `put`.
fn each_ending(letters: &[u32], most: usize, mut put: impl FnMut(usize, u64)) {
    let mut hash: u64 = 0;
    for (from, &letter) in letters.iter().enumerate().rev() {
        hash = (hash.rotate_left(5) ^ u64::from(letter)).wrapping_mul(0x517C_C1B7_2722_0A95);
        if from <= most {
            put(from, hash);
        }
    }
}

fn hash(letters: &[u32]) -> u64 {
    let mut all = 0;
    each_ending(letters, usize::MAX, |_, hash| all = hash);
    all
}

/// Hands the words of a part of the text to `put`: their folded letters, and their places.
fn each_word<T: Text>(text: T, span: Span, mut put: impl FnMut(&[u32], Span)) {
    let (mut letters, mut place) = (Vec::new(), Span::new(span.start, span.start));
    for (at, c) in text.slice(span).chars() {
        if unicode::is_mark(c) || unicode::is_invisible(c) || c == unicode::TATWEEL {
            continue;
        }
        if unicode::is_letter(c) || unicode::is_digit(c) {
            place.end = span.start + at;
            if letters.is_empty() {
                place.start = place.end;
            }
            letters.push(unicode::fold_letter(c));
        } else if !letters.is_empty() {
            put(&letters, Span::new(place.start, text.decode(place.end).1));
            letters.clear();
        }
    }
    if !letters.is_empty() {
        put(&letters, Span::new(place.start, text.decode(place.end).1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(list: &str, story: &str) -> Vec<String> {
        let text = format!("{story}\n{list}");
        let list = Span::new(story.len() + 1, text.len());
        let tags = by_story(&text[..], list, &[], None, &[Span::new(0, story.len())]);
        tags.into_iter().map(|tag| text[tag.start..tag.end].to_owned()).collect()
    }

    #[test]
    fn a_joined_list_is_parted_by_what_the_story_speaks_of() {
        let story = "زار الوفد سوق السمك الكبير في مدينة النورس، ثم التقى بنقابة الصيادين.";
        assert_eq!(split("سوق السمك النورس نقابة الصيادين", story), ["سوق السمك", "النورس", "نقابة الصيادين"]);
    }

    #[test]
    fn words_that_the_story_lacks_stand_alone() {
        assert_eq!(split("بحر سفن", "لا شيء هنا."), ["بحر", "سفن"]);
    }

    #[test]
    fn words_that_a_scraper_ran_together_are_parted() {
        let story = "زار الوفد البحر والميناء القديم.";
        assert_eq!(split("البحرالميناءالقديم", story), ["البحر", "الميناءالقديم"]);
        assert_eq!(split("السفن", story), ["السفن"]);
        assert_eq!(split("البحرالقديمالسياحة", story), ["البحر", "القديم", "السياحة"]);
    }

    #[test]
    fn an_article_may_stand_in_the_story_and_not_in_the_list() {
        let story = "افتتح المعرض السنوي للحرف التراثية في سيوة، على شاطئ البحر.";
        assert_eq!(split("حرف تراثية سيوة البحر الأحمر", story), ["حرف تراثية", "سيوة", "البحر الأحمر"]);
    }

    #[test]
    fn what_the_story_lacks_belongs_to_its_neighbour_by_its_form() {
        let story = "زار الوفد المياه والعزلة القديمة، وسوق سيوة.";
        assert_eq!(split("ندرة المياه سيوة", story), ["ندرة المياه", "سيوة"]);
        assert_eq!(split("سيوة رياضة بحرية", story), ["سيوة", "رياضة بحرية"]);
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
        assert_eq!(parts("البحر - ميناء اللؤلؤ"), ["البحر", "ميناء اللؤلؤ"]);
    }
}
