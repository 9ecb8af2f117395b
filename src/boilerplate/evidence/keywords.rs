//! Lists of keywords behind the story: below one another, run together by a scraper, or taken for something else.
use crate::boilerplate::Category;
use crate::boilerplate::key::AND;
use crate::boilerplate::lines::{Token, gap};
use crate::boilerplate::names::Class;
use crate::boilerplate::reading::{Body, Mark, Reading};
use crate::text::Text;

/// Keywords: short lines behind the running text that name what it is about.
pub fn keywords<T: Text>(page: &mut Reading<T>, body: &Body) {
    let first = page.last + 1;
    let mut line = first;
    while line < page.len() {
        let start = line;
        let (mut known, mut all) = (0, 0);
        while line < page.len()
            && let Some((shared, topics)) = keyword(page, line, body)
        {
            known += shared;
            all += topics;
            line += 1;
        }
        let beside = (start > first && page.is_cut(start - 1)) || (line < page.len() && page.is_cut(line));
        // One line that a scraper joined, between the story and the site's furniture.
        if line == start
            && start == first
            && line + 1 < page.len()
            && !page.is_cut(line)
            && page.marks[line + 1].is_some_and(Mark::is_furniture)
            && (joined(page, line, body, 34) && page.words(line).len() >= 5 || listed(page, line, body))
        {
            let rule = page.known().tags_run;
            page.cut(line, rule);
        }
        // A line alone may be the story's last: of a keyword the story speaks.
        let enough = if line == start + 1 { known == all } else { known * 2 >= all };
        if line > start && beside && enough && known > 0 {
            let rule = page.known().tags_run;
            (start..line).for_each(|l| {
                page.cut(l, rule);
            });
        }
        line = line.max(start + 1);
    }
}

/// Calls keywords what other steps cut behind the story: names beside keywords, lists that a scraper joined, what stands
/// behind "read more about:", and lines of one or two words that the story speaks of.
pub fn rename<T: Text>(page: &mut Reading<T>, body: &Body) {
    let known = page.known();
    let tags = page.mark(known.tags_run);
    let weak = [known.nav_between, known.nav_section, known.byline_name, known.dateline_line, known.source_outlet];
    let lists = [known.related_list, known.nav_between, known.source_outlet];
    let first = page.last.saturating_add(1).min(page.len());
    if !page.on(tags.rule) {
        return;
    }
    let marked =
        |page: &Reading<T>, l: usize, is: &dyn Fn(Mark) -> bool| page.marks.get(l).is_some_and(|m| m.is_some_and(is));
    let is_tag = |m: Mark| m.category == Category::Tags;
    // Down for the names below keywords, up for those above.
    for line in (first..page.len()).chain((first..page.len()).rev()) {
        let Some(mark) = page.marks[line] else { continue };
        let l = &page.sheet.lines[line];
        let beside =
            |is: &dyn Fn(Mark) -> bool| (line > first && marked(page, line - 1, is)) || marked(page, line + 1, is);
        let label_below = marked(page, line + 1, &|m| m.rule == known.tags_label_line || m.rule == known.tags_label);
        let above = line > first && marked(page, line - 1, &is_tag);
        let name = weak.contains(&mark.rule) && l.count <= 4 && beside(&is_tag) && (above || !label_below);
        let near = (page.last + 1..line).all(|l| {
            page.marks[l].is_some_and(|m| matches!(m.category, Category::Promo | Category::Share | Category::Tags))
        });
        let list = lists.contains(&mark.rule)
            && (joined(page, line, body, if near || !is_joined_by_and(page, line) { 50 } else { 75 })
                || listed(page, line, body))
            || (mark.rule == known.caption_line && near && (joined(page, line, body, 60) || listed(page, line, body)));
        let label = mark.category == Category::Related && about(page, line, body);
        let short = mark.rule == known.related_list
            && l.count <= 2
            && known_topics(page, line, body) == 100
            && beside(&|m| is_tag(m) || m.rule == known.related_list);
        if name || list || label || short {
            page.marks[line] = Some(tags);
        }
    }
}

/// How many of a line's topics the story knows, in a hundred.
pub fn known_topics<T: Text>(page: &Reading<T>, line: usize, body: &Body) -> usize {
    let topics = page.topics(line);
    let known = body.shared(page, topics);
    100 * known / topics.len().max(1)
}

/// Whether a line is a label, a colon, and a list of short keywords parted by commas.
fn about<T: Text>(page: &Reading<T>, line: usize, body: &Body) -> bool {
    let l = &page.sheet.lines[line];
    let words = page.words(line);
    let Some(from) = (1..words.len().min(5)).find(|&i| words[i].gap & gap::COLON != 0) else { return false };
    let Some(commas) = one_sign(&words[from + 1..]) else { return false };
    l.whole()
        && !l.stop
        && commas >= 1
        && words.len() - from <= (commas + 1) * 4
        && known_topics(page, line, body) >= 30
}

/// Whether a word of a line begins with "and", as words of phrases and titles do and keywords do not.
fn is_joined_by_and<T: Text>(page: &Reading<T>, line: usize) -> bool {
    page.words(line).iter().skip(1).any(|t| page.sheet.bytes(*t)[0] == AND && t.to - t.from > 3)
}

/// How often the sign stands that parts `words`, if there is but one.
fn one_sign(words: &[Token]) -> Option<usize> {
    const SIGNS: u8 = gap::COMMA | gap::PIPE | gap::DASH | gap::SLASH | gap::OTHER;
    let mut all = 0;
    let mut count = 0;
    for token in words {
        let sign = token.gap & !gap::SPACE;
        all |= sign;
        count += usize::from(sign != 0);
    }
    (all & !SIGNS == 0 && all.count_ones() <= 1).then_some(count)
}

/// Whether a line is a list of keywords parted by one sign: three and more names of which the story speaks.
fn listed<T: Text>(page: &Reading<T>, line: usize, body: &Body) -> bool {
    let (l, words) = (&page.sheet.lines[line], page.words(line));
    if !l.whole() || l.stop || l.colon || l.at_sign || words.len() < 4 {
        return false;
    }
    // A label may stand before them.
    let from = (1..4).find(|&i| words[i].gap & gap::COLON != 0).unwrap_or(0);
    let words = &words[from..];
    let Some(signs) = one_sign(&words[1..]).filter(|&signs| signs >= 2) else { return false };
    let said = |t: &Token| page.is(*t, Class::Common.bit() | Class::Verb.bit()) || t.word.is_number();
    words.len() <= (signs + 1) * 3 && !words.iter().any(said) && known_topics(page, line, body) >= 60
}

/// Whether a line is a list of keywords that a scraper joined: only names of things, and the story speaks of most.
fn joined<T: Text>(page: &Reading<T>, line: usize, body: &Body, share: usize) -> bool {
    let l = &page.sheet.lines[line];
    let words = page.words(line);
    let said = Class::Verb.bit() | if share < 75 { Class::Common.bit() } else { 0 };
    let told = words.iter().any(|t| page.is(*t, said) || t.gap & !gap::SPACE != 0 || t.word.is_number());
    l.whole() && !l.stop && (3..=12).contains(&l.count) && !told && known_topics(page, line, body) >= share
}

/// Keywords run together as the page's last line, with nothing beside them that goes: names of what the text is about,
/// and no word of a sentence among them.
pub fn last_keywords<T: Text>(page: &mut Reading<T>, body: &Body) {
    let Some(line) = (page.last + 1..page.len()).rev().find(|&l| !page.is_cut(l)) else { return };
    let l = &page.sheet.lines[line];
    let behind = (line + 1..page.len()).all(|l| page.is_cut(l));
    if !behind || line != page.last + 1 || !l.whole() || l.stop || l.colon || l.latin > 0 {
        return;
    }
    if listed(page, line, body) {
        let rule = page.known().tags_run;
        page.cut(line, rule);
        return;
    }
    let words = page.words(line);
    let speaks = |t: &Token| {
        page.is(*t, Class::Common.bit() | Class::Verb.bit() | Class::Photo.bit() | Class::Trade.bit())
            || t.word.is_number()
            || matches!(page.sheet.bytes(*t), [0xCA | 0xAA, _, _, _, ..])
            || t.gap & (gap::COLON | gap::DASH | gap::STOP | gap::OTHER) != 0
    };
    if !(4..=16).contains(&words.len()) || words.iter().any(speaks) {
        return;
    }
    let topics = page.topics(line);
    let known = body.shared(page, topics);
    if topics.len() >= 4 && known * 3 >= topics.len() * 2 {
        let rule = page.known().tags_run;
        page.cut(line, rule);
    }
}

/// How many topics of a line that could be a keyword the story shares, and how many it has.
fn keyword<T: Text>(page: &Reading<T>, line: usize, body: &Body) -> Option<(usize, usize)> {
    let l = &page.sheet.lines[line];
    if page.is_cut(line)
        || !l.whole()
        || l.count > 7
        || l.stop
        || l.colon
        || page.title == Some(line)
        || page.labels[line].is_some()
    {
        return None;
    }
    let topics = page.topics(line);
    let known = body.shared(page, topics);
    (l.count <= 4 || known * 3 >= topics.len() * 2).then_some((known, topics.len()))
}
