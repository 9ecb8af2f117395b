//! Where the story is over, and what goes with the furniture behind it.
use crate::boilerplate::Category;
use crate::boilerplate::key::AND;
use crate::boilerplate::names::Class;
use crate::boilerplate::reading::{Around, Mark, Reading, Words};
use crate::boilerplate::rules::{Form, Place};
use crate::text::Text;

/// The first line behind which nothing can be the story: a source, an end mark, keywords or the readers' comments,
/// with enough of the story before it.
pub fn closing<T: Text>(page: &Reading<T>) -> Option<usize> {
    let mut told = 0;
    // Asked of the first source only: so many sources are no more work.
    let mut boxed = None;
    for line in 0..page.len() {
        if page.is_prose(line) {
            told += 1;
            continue;
        }
        if told < 2 {
            continue;
        }
        let mark = page.marks[line].or(page.pending[line].map(|p| p.mark));
        let Some(mark) = mark else { continue };
        let form = page.rules.book.rule(mark.rule).map(|r| (r.form, r.id.as_str()));
        let closes = match mark.category {
            Category::Source => {
                mark.rule != page.known().source_outlet
                    && mark.rule != page.known().source_suffix
                    && !*boxed.get_or_insert_with(|| goes_on(page, line))
            }
            // Stars and bars part a text as often as they end it.
            Category::Endmark => {
                mark.rule == page.known().endmark_line
                    && page.sheet.head_key(line).iter().any(|b| *b >= 0x80 || b.is_ascii_lowercase())
            }
            Category::Tags => form.is_some_and(|f| f.1.starts_with("tags.label") || f.1 == "tags.cue"),
            Category::Comments | Category::Nav => form.is_some_and(|f| f.0 == Form::Section),
            _ => false,
        };
        if closes {
            return Some(line);
        }
    }
    None
}

/// Whether the story goes on behind a line, as in a box below it: running text about the same things, and nothing of the
/// site.
fn goes_on<T: Text>(page: &Reading<T>, line: usize) -> bool {
    let rest = line + 1..page.len();
    let of_site = |l: usize| {
        page.labels[l].is_some() || page.marks[l].or(page.pending[l].map(|p| p.mark)).is_some_and(Mark::is_furniture)
    };
    let prose: Vec<usize> = rest.clone().filter(|&l| page.is_prose(l)).take(10).collect();
    if prose.is_empty() || rest.clone().any(of_site) {
        return false;
    }
    // "المصدر: شركة المياه" may be an answer.
    if !super::credits::names_outlet(page, line) {
        return true;
    }
    if prose.len() < 2 {
        return false;
    }
    let mut around = Around::of(page);
    around.move_to(page, line, line + 1);
    let behind: Words = prose.iter().flat_map(|&l| page.topics(l)).copied().collect();
    around.shared(&behind).0 * 4 >= behind.len()
}

/// What stands behind the story among the site's furniture goes with it: some lines without a sentence between two that
/// go, and a line in Latin letters below one.
pub fn between<T: Text>(page: &mut Reading<T>) {
    let known = page.known();
    let mut open: Option<usize> = None;
    let bounds = |mark: Mark| mark.is_furniture() || matches!(mark.category, Category::Embed | Category::Tags);
    lone(page, bounds);
    for line in page.last + 1..page.len() {
        let l = &page.sheet.lines[line];
        if let Some(mark) = page.marks[line] {
            if let Some(from) = open
                && bounds(mark)
                && line - from <= LOOSE
            {
                (from..line).for_each(|loose| {
                    page.cut(loose, known.nav_between);
                });
            }
            open = bounds(mark).then_some(line + 1);
        } else if l.arabic == 0 && l.latin > 0 && l.count <= 30 && line > 0 && page.marks[line - 1].is_some_and(bounds)
        {
            page.cut(line, known.nav_foreign);
            open = Some(line + 1);
        } else if let Some(mark) = again(page, line) {
            page.cut(line, mark.rule);
        } else if !l.whole()
            || l.count > if l.stop { 12 } else { TITLE }
            || l.period
            || l.colon
            || page.labels[line].is_some()
        {
            open = None;
        }
    }
    // Behind the last furniture stands the rest of it.
    if let Some(from) = open
        && page.len() - from <= REST
        && (from..page.len()).all(|l| page.sheet.lines[l].count <= 6 && !page.sheet.lines[l].stop)
    {
        (from..page.len()).for_each(|rest| {
            page.cut(rest, known.nav_between);
        });
    }
}

/// One or two words right behind the last sentence and above the furniture: the outlet's name, a button no list knows.
fn lone<T: Text>(page: &mut Reading<T>, bounds: impl Fn(Mark) -> bool) {
    let line = page.last.saturating_add(1);
    if line + 1 >= page.len() || page.is_cut(line) || !page.marks[line + 1].is_some_and(bounds) {
        return;
    }
    let l = &page.sheet.lines[line];
    // "Until we meet": so a writer takes leave.
    let said = page
        .words(line)
        .iter()
        .any(|t| page.is(*t, Class::Common.bit() | Class::Verb.bit()) || page.sheet.bytes(*t)[0] == AND);
    if l.whole() && l.count <= 2 && !l.stop && !l.colon && !said && page.sheet.lines[page.last].period {
        let rule = page.known().nav_between;
        page.cut(line, rule);
    }
}

/// Sentences behind the story that are not its: they speak of the site, or stand behind its furniture and speak of
/// nothing that the story speaks of.
pub fn strange<T: Text>(page: &mut Reading<T>) {
    for _ in 0..SENTENCES {
        let line = page.last;
        let Some(before) = (page.lead..line.min(page.len())).rev().find(|&l| page.is_prose(l)) else { return };
        let furniture = |l: usize| {
            let mark = page.marks[l].or(page.pending[l].map(|p| p.mark));
            page.labels[l].is_some() || mark.is_some_and(|m| m.is_furniture() || m.category == Category::Tags)
        };
        // Buttons, keywords, readers' comments: what stands below a story, not within it.
        let below = |l: usize| {
            let mark = page.marks[l].or(page.pending[l].map(|p| p.mark));
            mark.is_some_and(|m| {
                matches!(m.category, Category::Share | Category::Comments | Category::Legal | Category::Tags)
            })
        };
        let parted = (before + 1..line).filter(|&l| below(l)).count() >= 2;
        let talk = (line + 1 < page.len() && furniture(line + 1) || furniture(line - 1))
            && page.sheet.lines[line].count <= TALK
            && super::cues::of_site(page, line);
        // What the story speaks of is read last: most pages end with it.
        if !(parted || talk) || page.sheet.lines[before].count < 8 {
            return;
        }
        let mut around = Around::of(page);
        around.move_to(page, line, line + 1);
        let topics: Words = page.topics(line).iter().copied().collect();
        let strange = around.shared(&topics).0 * 6 < topics.len();
        let away = parted && topics.len() >= 4;
        if !strange || !(away || talk) {
            return;
        }
        let known = page.known();
        page.suggest(line, if away { known.related_article } else { known.promo_talk }, Place::Any);
        page.last = before;
    }
}

/// What a site says to its readers has at most so many words.
const TALK: usize = 45;
/// So many sentences behind the story are looked at, from the last up.
const SENTENCES: usize = 8;

/// What an equal line just above was cut as: sites print a card's title twice.
fn again<T: Text>(page: &Reading<T>, line: usize) -> Option<Mark> {
    let key = page.sheet.head_key(line);
    let same = |&l: &usize| page.sheet.head_key(l) == key && page.is_cut(l);
    if !page.sheet.lines[line].whole() || key.len() < 6 {
        return None;
    }
    (line.saturating_sub(3)..line).rev().find(same).and_then(|l| page.marks[l])
}

/// So many lines behind the page's last furniture are more of it.
const REST: usize = 3;

/// A title among the furniture has at most this many words.
const TITLE: usize = 20;

/// So many lines between two that go may go with them.
const LOOSE: usize = 6;
