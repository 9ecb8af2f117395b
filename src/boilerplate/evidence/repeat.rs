//! What the page says twice: the title, a caption, a teaser.
use std::hash::BuildHasherDefault;

use crate::boilerplate::lines;
use crate::boilerplate::reading::Reading;
use crate::boilerplate::table::FxMap;
use crate::text::Text;

/// The lines before the running text that stand more than once.
pub struct Repeats {
    /// For each of them the first line with the same key (itself for the first), and whether there are more.
    lines: Vec<(usize, bool)>,
}

impl Repeats {
    /// The first line that reads as `line` does.
    pub fn first(&self, line: usize) -> usize {
        self.lines.get(line).map_or(line, |l| l.0)
    }

    /// Whether another line reads as `line` does.
    pub fn is_repeated(&self, line: usize) -> bool {
        self.lines.get(self.first(line)).is_some_and(|l| l.1)
    }

    /// Whether `line` is the first that reads so, and the one behind it the next.
    pub fn is_first_of_two<T: Text>(&self, page: &Reading<T>, line: usize) -> bool {
        let again = || key(page, line).is_some_and(|k| key(page, line + 1) == Some(k));
        self.first(line) == line && line + 1 < page.len() && again()
    }
}

/// More short lines than these between headline and running text are a poem.
const VERSE: usize = 10;

/// Looks for them among all lines.
pub fn find<T: Text>(page: &Reading<T>) -> Repeats {
    let head = page.lead.min(page.len());
    let mut lines: Vec<(usize, bool)> = (0..head).map(|line| (line, false)).collect();
    let mut seen: FxMap<&[u8], usize> = FxMap::with_capacity_and_hasher(head, BuildHasherDefault::default());
    let mut lengths = [0u64; 16];
    for line in 0..page.len() {
        if head == 0 {
            break;
        }
        let Some(key) = key(page, line) else { continue };
        let (word, bit) = (key.len() / 64 % lengths.len(), 1 << (key.len() % 64));
        if line < head {
            lengths[word] |= bit;
            let first = *seen.entry(key).or_insert(line);
            lines[first].1 |= first != line;
            lines[line].0 = first;
        } else if lengths[word] & bit != 0
            && let Some(&first) = seen.get(key)
        {
            lines[first].1 = true;
        }
    }
    Repeats { lines }
}

/// What a line is compared by: its key without the signs at its ends. Long lines and specks are not compared.
fn key<'a, T: Text>(page: &'a Reading<T>, line: usize) -> Option<&'a [u8]> {
    let key = page.sheet.head_key(line);
    (page.sheet.lines[line].whole() && key.len() >= 3).then(|| trimmed(key))
}

fn trimmed(key: &[u8]) -> &[u8] {
    let is_sign = |b: &u8| !(b.is_ascii_alphanumeric() || *b >= 0x80);
    let from = key.iter().position(|b| !is_sign(b)).unwrap_or(0);
    let to = key.iter().rposition(|b| !is_sign(b)).map_or(key.len(), |i| i + 1);
    &key[from..to]
}

/// Cuts the headline where it stands again.
pub fn title<T: Text>(page: &mut Reading<T>) {
    let Some(title) = page.title else { return };
    let rule = page.known().nav_title;
    // A short line that stands again within the running text is a sub-headline announced above.
    let short = page.sheet.lines[title].count < 5 || page.sheet.head_key(title).starts_with(b"-");
    for line in 0..page.len() {
        let same = line != title && key(page, title).is_some_and(|t| key(page, line) == Some(t));
        if same && !(short && page.inside(line)) {
            page.cut(line, rule);
        }
    }
}

/// Cuts the headline where the lead's line begins with it.
pub fn title_before_lead<T: Text>(page: &mut Reading<T>) {
    let (Some(title), lead) = (page.title, page.lead) else { return };
    if lead >= page.len() || page.is_cut(lead) || lead == title {
        return;
    }
    let (key, line) = (page.sheet.head_key(title), page.sheet.head_key(lead));
    let Some(rest) = line.strip_prefix(key) else { return };
    let enough = page.sheet.lines[title].count + 7;
    let room = lines::count(page.text, page.sheet.lines[lead].span, enough) == enough;
    if room && key.len() >= 20 && rest.first() == Some(&b' ') {
        let from = page.sheet.lines[lead].key.start;
        let span = page.part(lead, from, from + key.len());
        let rule = page.known().nav_title;
        page.cut_part(lead, span, rule);
    }
}

/// Cuts captions that stand twice in the head.
pub fn captions<T: Text>(page: &mut Reading<T>, repeats: &Repeats) {
    let rule = page.known().caption_again;
    // Verse repeats its lines.
    let Some(title) = page.title else { return };
    let short =
        (title..page.lead.min(page.len())).filter(|&l| !page.is_cut(l) && page.sheet.lines[l].count > 0).count();
    if page.lead >= page.len() || short > VERSE {
        return;
    }
    for line in title..page.lead {
        let first = repeats.first(line);
        let together = || (first + 1..line).all(|between| page.is_cut(between));
        if first != line && Some(first) != page.title && Some(line) != page.title && together() {
            page.cut(line, rule);
            page.cut(first, rule);
        }
    }
}
