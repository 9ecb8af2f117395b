//! The dagger alef as today's spelling has it: written ا, but in the words that never took one.
//!
//! Works on whole words of a segment, before marks are stripped: a word is found in the list by its letters alone.
//! Not used where the option `dagger_alef` strips or keeps.

use super::cell::Cell;
use crate::unicode::{TATWEEL, fold_letter, is_arabic_letter, is_invisible, is_mark};
use std::collections::HashSet;
use std::sync::LazyLock;

const ALEF: u32 = 0x627;
const ALEF_MAKSURA: u32 = 0x649;
const FARSI_YEH: u32 = 0x6CC;
const WAW: u32 = 0x648;
const LAM: u32 = 0x644;
const TEH: u32 = 0x62A;
const TEH_MARBUTA: u32 = 0x629;

/// SUPERSCRIPT ALEF and SUPERSCRIPT ALEF MOKHASSAS.
pub(super) fn is_dagger(c: u32) -> bool {
    matches!(c, 0x670 | 0x89D)
}

struct Words {
    prefixes: Vec<u32>,
    whole: HashSet<Vec<u32>>,
    before_waw: HashSet<Vec<u32>>,
    /// The longest word with its prefixes.
    longest: usize,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words { prefixes: Vec::new(), whole: HashSet::new(), before_waw: HashSet::new(), longest: 0 };
    let lines = include_str!("dagger_words.txt").lines().filter(|line| !line.starts_with('#'));
    for (kind, entries) in lines.filter_map(|line| line.split_once(' ')) {
        for entry in entries.split_whitespace().map(|entry| entry.chars().map(u32::from).collect::<Vec<_>>()) {
            words.longest = words.longest.max(entry.len() + 2);
            match kind {
                "prefix" => words.prefixes.extend(entry),
                "waw" => drop(words.before_waw.insert(entry[..entry.len().saturating_sub(2)].to_vec())),
                _ => drop(words.whole.insert(entry)),
            }
        }
    }
    words
});

impl Words {
    /// The word, and what is left of it without one or two prefixes.
    fn readings<'w>(&self, word: &'w [u32]) -> impl Iterator<Item = &'w [u32]> {
        let prefixes = word.iter().take(2).take_while(|c| self.prefixes.contains(c)).count();
        (0..=prefixes).map(move |cut| &word[cut..])
    }

    fn never_takes_alef(&self, word: &[u32]) -> bool {
        word.len() <= self.longest && self.readings(word).any(|reading| self.whole.contains(reading))
    }

    /// Whether the letters before a waw, and the one behind it, are those of a word such as صلوة.
    fn waw_is_alef(&self, before: &[u32], after: Option<u32>) -> bool {
        let article = |reading: &[u32]| match reading {
            [ALEF | LAM, LAM, stem @ ..] => self.before_waw.contains(stem),
            _ => false,
        };
        matches!(after, Some(TEH | TEH_MARBUTA))
            && before.len() <= self.longest + 2
            && self.readings(before).any(|reading| self.before_waw.contains(reading) || article(reading))
    }
}

/// Writes or drops every dagger alef of the cells, word by word.
pub(super) fn write_daggers(cells: &mut Vec<Cell>) {
    let of_word = |c: u32| is_arabic_letter(c) || is_mark(c) || c == TATWEEL || is_invisible(c);
    for word in cells.chunk_by_mut(|a, b| of_word(a.c) && of_word(b.c)) {
        if word.iter().any(|cell| is_dagger(cell.c)) {
            write_word(word);
        }
    }
    cells.retain(|cell| cell.c != DROPPED);
}

/// Stands for a cell to be dropped; no code point.
const DROPPED: u32 = u32::MAX;

fn write_word(word: &mut [Cell]) {
    let letters: Vec<u32> = word.iter().map(|cell| cell.c).filter(|c| is_arabic_letter(*c)).collect();
    let folded: Vec<u32> = letters.iter().map(|&c| if c == ALEF_MAKSURA { c } else { fold_letter(c) }).collect();
    let dropped = WORDS.never_takes_alef(&folded);
    // How many letters were passed, and where the last of them stands.
    let (mut passed, mut last): (usize, usize) = (0, 0);
    for at in 0..word.len() {
        let c = word[at].c;
        if is_arabic_letter(c) {
            (passed, last) = (passed + 1, at);
        }
        if !is_dagger(c) {
            continue;
        }
        let carrier = passed.checked_sub(1).map(|index| letters[index]);
        word[at].c = match carrier {
            _ if dropped => DROPPED,
            Some(ALEF_MAKSURA) => DROPPED,
            // At the end of a word, what a Persian keyboard has for alef maksura.
            Some(FARSI_YEH) if passed == letters.len() => DROPPED,
            Some(WAW) if WORDS.waw_is_alef(&folded[..passed - 1], letters.get(passed).copied()) => {
                word[last].c = ALEF;
                DROPPED
            }
            _ => ALEF,
        };
    }
}
