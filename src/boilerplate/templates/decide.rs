//! What of a site's pages repeats often enough to be the site's and not the stories'.
use std::collections::{HashMap, HashSet};

use super::digest::Digest;

/// At least so many different stories must show a thing, however small the sample,
const STORIES: usize = 3;
/// and what opens a widget without being one whole line, so many,
const OPENINGS: usize = 8;
/// and one page in so many.
const ONE_IN: usize = 100;
/// What opens the tail's lines or frames the head's stands elsewhere on at most one page for so many of these.
const ONLY: usize = 19;
/// A shape of prefixes is the site's if one page in so many begins so, and half of all begin with some prefix.
const SHAPE_ONE_IN: usize = 50;

/// What a site repeats.
#[derive(Clone, Debug, Default)]
pub struct Repeats {
    /// Whole lines.
    pub lines: HashSet<u32>,
    /// What opens a line or sentence of the tail: from there to the line's end.
    pub tail: HashSet<u32>,
    /// What opens or closes a short line of the head.
    pub head: HashSet<u32>,
    /// The signs of a prefix up to its colon.
    pub prefixes: HashSet<u32>,
}

impl Repeats {
    /// Counts over different stories: one printed twice shows its lines twice without their being the site's.
    pub fn of<'a>(pages: impl Iterator<Item = &'a Digest>) -> Self {
        let mut stories = HashSet::new();
        let pages: Vec<&Digest> = pages.filter(|page| stories.insert(page.story)).collect();
        let n = pages.len();
        let elsewhere = count(pages.iter().flat_map(|page| &page.elsewhere));
        let often = |hashes: HashMap<u32, usize>, least: usize, alone: bool| -> HashSet<u32> {
            let enough = least.max(n.div_ceil(ONE_IN));
            let only = |hash: &u32, count: usize| elsewhere.get(hash).is_none_or(|other| other * ONLY <= count);
            hashes.into_iter().filter(|(h, c)| *c >= enough && (!alone || only(h, *c))).map(|(h, _)| h).collect()
        };
        let mut prefixes = count(pages.iter().filter_map(|page| page.prefix.as_ref()));
        if prefixes.values().sum::<usize>() * 2 <= n {
            prefixes.clear();
        }
        prefixes.retain(|_, count| *count >= STORIES.max(n.div_ceil(SHAPE_ONE_IN)));
        Self {
            lines: often(count(pages.iter().flat_map(|page| &page.lines)), STORIES, false),
            tail: often(count(pages.iter().flat_map(|page| &page.tail)), OPENINGS, true),
            head: often(count(pages.iter().flat_map(|page| &page.head)), STORIES, true),
            prefixes: prefixes.into_keys().collect(),
        }
    }

    /// Whether nothing repeats.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.tail.is_empty() && self.head.is_empty() && self.prefixes.is_empty()
    }
}

fn count<'a>(hashes: impl Iterator<Item = &'a u32>) -> HashMap<u32, usize> {
    let mut counts = HashMap::new();
    hashes.for_each(|&hash| *counts.entry(hash).or_default() += 1);
    counts
}
