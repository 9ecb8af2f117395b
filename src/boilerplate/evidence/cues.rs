//! Lines that nobody has spelled out, by what their words speak for together: an act among the first words (`follow`,
//! `subscribe`) and a thing behind it (`our channel`, `your phone`). Labels (`read` + `too`, `words` + `for search`) are
//! the two next to each other, and nothing else before the line's end or a colon.
use crate::boilerplate::lexicon::Word;
use crate::boilerplate::lines::gap;
use crate::boilerplate::names::Class;
use crate::boilerplate::reading::{Label, Reading};
use crate::boilerplate::rules::{Form, Place};
use crate::boilerplate::{Category, RuleId};
use crate::text::Text;

/// The act stands among so many first words.
const FIRST: usize = 4;
/// A line of more words is no such line; a line that is a sentence needs two things.
const LONGEST: usize = 45;
/// Titles and credits are short, too: these kinds count only in lines of at most this many words.
const SHORT: usize = 7;
/// What a sentence asks for stands among its first words, so many.
const SOON: usize = 5;
/// A title behind a label on the same line has at most this many words.
const TITLE: usize = 24;

/// Notes the lines whose words speak for furniture.
pub fn find<T: Text>(page: &mut Reading<T>) {
    for line in 0..page.len() {
        let l = &page.sheet.lines[line];
        if l.count > LONGEST {
            continue;
        }
        let free = page.pending[line].is_none() && page.labels[line].is_none() && !page.is_cut(line);
        // A headline may quote a button's words.
        let quoted = page.sheet.head_key(line).first() == Some(&b'"');
        if !free || quoted || !may_act(page, line) {
            continue;
        }
        if let Some((rule, end)) = label(page, line) {
            let mark = page.mark(rule);
            let place = page.rules.book.rules[rule.0 as usize].place;
            if mark.category == Category::Related {
                let inline = end < page.words(line).len();
                page.labels[line] = Some(Label { mark, inline, place: Place::Any });
            } else {
                page.suggest(line, rule, place);
            }
        } else if let Some(rule) = cue(page, line) {
            page.suggest(line, rule, page.rules.book.rules[rule.0 as usize].place);
        }
    }
}

/// Whether a line names a thing of a category.
pub fn speaks_of<T: Text>(page: &Reading<T>, line: usize, category: Category) -> bool {
    speaks_within(page, line, category, usize::MAX)
}

/// Whether a line names a thing of a category among its first words: "follow the latest news on …", not "the minister
/// followed the latest news on …", which Arabic begins with the same word.
pub fn asks_for<T: Text>(page: &Reading<T>, line: usize, category: Category) -> bool {
    speaks_within(page, line, category, SOON)
}

fn speaks_within<T: Text>(page: &Reading<T>, line: usize, category: Category, most: usize) -> bool {
    let words = page.words(line);
    let book = &page.rules.book;
    let mut found = false;
    for at in 0..words.len().min(most) {
        book.cues.find(&words, at, 0, &mut |rule, _| {
            let r = &book.rules[rule as usize];
            found |= r.form == Form::Thing && r.category == category;
        });
    }
    found
}

/// Whether a line speaks to the site's readers, and of a thing of the site: its channels, its rules.
pub fn of_site<T: Text>(page: &Reading<T>, line: usize) -> bool {
    let words = page.words(line);
    let readers = (0..words.len()).any(|at| page.name(&words, at, Class::Readers.bit()).is_some());
    readers && (speaks_of(page, line, Category::Promo) || speaks_of(page, line, Category::Legal))
}

/// Whether one of a line's first words may open an act: of a sentence only the first.
fn may_act<T: Text>(page: &Reading<T>, line: usize) -> bool {
    let acts = |word: Word| page.rules.book.cues.may_begin(word, Form::Act.bit());
    let l = &page.sheet.lines[line];
    if l.is_prose() {
        return l.first.is_some_and(|t| acts(t.word));
    }
    page.starts(line).take(FIRST).any(|t| acts(t.word))
}

/// Whether a category's acts and things are labels, and so have to stand together.
fn is_label(category: Category) -> bool {
    matches!(category, Category::Related | Category::Tags | Category::Caption)
}

/// The label that a line is or begins with: its rule, and the word behind it.
fn label<T: Text>(page: &Reading<T>, line: usize) -> Option<(RuleId, usize)> {
    let words = page.words(line);
    let book = &page.rules.book;
    let l = &page.sheet.lines[line];
    let mut acts: Vec<(u32, usize)> = Vec::new();
    book.cues.find(&words, 0, 0, &mut |rule, end| acts.push((rule, end)));
    let mut best = None;
    for (act, from) in acts {
        let rule = &book.rules[act as usize];
        if rule.form != Form::Act || !rule.on || !is_label(rule.category) {
            continue;
        }
        let mut end = 0;
        book.cues.find(&words, from, 0, &mut |thing, to| {
            let r = &book.rules[thing as usize];
            if r.form == Form::Thing && r.category == rule.category {
                end = end.max(to);
            }
        });
        let sign = words.get(end).map_or(gap::COLON, |t| t.gap);
        let stops =
            gap::COLON | gap::PIPE | if rule.category == Category::Caption { gap::COMMA | gap::DASH } else { 0 };
        // A list of keywords may have commas, a title has none; "read also: …" may be a sentence of the story.
        let room = rule.category != Category::Related || (words.len() - end <= TITLE && !l.period);
        if end > from && sign & stops != 0 && room && best.is_none_or(|(_, to)| end > to) {
            best = Some((RuleId(act), end));
        }
    }
    best
}

fn cue<T: Text>(page: &Reading<T>, line: usize) -> Option<RuleId> {
    let words = page.words(line);
    let l = &page.sheet.lines[line];
    let book = &page.rules.book;
    let mut acts: Vec<(u32, usize)> = Vec::new();
    // A sentence is told unless it begins by asking for something.
    let first = if l.is_prose() { 1 } else { FIRST };
    for at in 0..words.len().min(first) {
        book.cues.find(&words, at, 0, &mut |rule, end| {
            let r = &book.rules[rule as usize];
            if r.form == Form::Act && r.on && !is_label(r.category) {
                acts.push((rule, end));
            }
        });
    }
    if acts.is_empty() {
        return None;
    }
    let mut things = [0usize; Category::CHOICES.len()];
    let from = acts.iter().map(|a| a.1).min().unwrap_or(0);
    let mut taken = [0usize; Category::CHOICES.len()];
    let mut soon = [false; Category::CHOICES.len()];
    for at in from..words.len() {
        book.cues.find(&words, at, 0, &mut |rule, end| {
            let r = &book.rules[rule as usize];
            let kind = r.category as usize;
            let behind = acts.iter().any(|a| book.rules[a.0 as usize].category == r.category && a.1 <= at);
            if r.form == Form::Thing && behind && at >= taken[kind] {
                things[kind] += 1;
                soon[kind] |= at < SOON;
                taken[kind] = end;
            }
        });
    }
    let sentence = l.is_prose();
    let fits = |&(act, _): &(u32, usize)| {
        let category = book.rules[act as usize].category;
        let short = !matches!(category, Category::Promo | Category::Legal);
        let found = things[category as usize];
        let asked = !(sentence && l.period) || category != Category::Promo || soon[category as usize];
        (asked && found >= if sentence { 2 } else { 1 } && !(short && l.count > SHORT)).then_some((found, act))
    };
    acts.iter().filter_map(fits).max_by_key(|f| f.0).map(|f| RuleId(f.1))
}
