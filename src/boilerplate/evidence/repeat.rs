//! What the page says twice: the title, a caption, a teaser.
use crate::boilerplate::lexicon::FxMap;
use crate::boilerplate::reading::Reading;
use crate::text::Text;

/// The lines that stand more than once: for each line, the first line with the same key (itself for the first).
pub fn groups<T: Text>(page: &Reading<T>) -> Vec<usize> {
    let mut seen: FxMap<&[u8], usize> = FxMap::default();
    (0..page.len())
        .map(|line| {
            let l = &page.sheet.lines[line];
            if !l.whole() || page.sheet.head_key(line).len() < 3 {
                return line;
            }
            *seen.entry(trimmed(page.sheet.head_key(line))).or_insert(line)
        })
        .collect()
}

fn trimmed(key: &[u8]) -> &[u8] {
    let is_sign = |b: &u8| !(b.is_ascii_alphanumeric() || *b >= 0x80);
    let from = key.iter().position(|b| !is_sign(b)).unwrap_or(0);
    let to = key.iter().rposition(|b| !is_sign(b)).map_or(key.len(), |i| i + 1);
    &key[from..to]
}

/// Cuts the headline where it stands again, also where only its beginning or end does.
pub fn title<T: Text>(page: &mut Reading<T>, groups: &[usize]) {
    let Some(title) = page.title else { return };
    for line in 0..page.len() {
        if line != title && groups[line] == groups[title] {
            let rule = page.known().nav_title;
            page.cut(line, rule);
        }
    }
}

/// Cuts captions that stand twice in the head.
pub fn captions<T: Text>(page: &mut Reading<T>, groups: &[usize]) {
    let rule = page.known().caption_again;
    for line in 0..page.len().min(page.lead) {
        let first = groups[line];
        if first != line && Some(first) != page.title && Some(line) != page.title {
            page.cut(line, rule);
            page.cut(first, rule);
        }
    }
}
