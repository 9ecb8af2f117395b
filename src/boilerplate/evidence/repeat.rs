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
    // A short line that stands again within the running text is a sub-headline announced above.
    let short = page.sheet.lines[title].count < 5 || page.sheet.head_key(title).starts_with(b"-");
    for line in 0..page.len() {
        if line != title && groups[line] == groups[title] && !(short && page.inside(line)) {
            let rule = page.known().nav_title;
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
    let room = page.sheet.lines[lead].count > page.sheet.lines[title].count + 6;
    let Some(rest) = line.strip_prefix(key) else { return };
    if room && key.len() >= 20 && rest.first() == Some(&b' ') {
        let from = page.sheet.lines[lead].key.start;
        let span = page.part(lead, from, from + key.len());
        let rule = page.known().nav_title;
        page.cut_part(lead, span, rule);
    }
}

/// Cuts captions that stand twice in the head.
pub fn captions<T: Text>(page: &mut Reading<T>, groups: &[usize]) {
    let rule = page.known().caption_again;
    if page.lead >= page.len() {
        // Verse repeats its lines.
        return;
    }
    for (line, &first) in groups.iter().enumerate().take(page.lead) {
        let together = (first + 1..line).all(|between| page.is_cut(between));
        if first != line && together && Some(first) != page.title && Some(line) != page.title {
            page.cut(line, rule);
            page.cut(first, rule);
        }
    }
}
