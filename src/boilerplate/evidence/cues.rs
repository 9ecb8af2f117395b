//! Lines that nobody has spelled out, by what their words speak for together: an act among the first words (`follow`,
//! `subscribe`) and a thing behind it (`our channel`, `your phone`). It counts only before and behind the story.
use crate::boilerplate::reading::Reading;
use crate::boilerplate::rules::Form;
use crate::boilerplate::{Category, RuleId};
use crate::text::Text;

/// The act stands among so many first words.
const FIRST: usize = 4;
/// A line of more words is no such line; a line that is a sentence needs two things.
const LONGEST: usize = 45;
/// Titles and credits are short, too: these kinds count only in lines of at most this many words.
const SHORT: usize = 7;

/// Notes the lines whose words speak for furniture.
pub fn find<T: Text>(page: &mut Reading<T>) {
    for line in 0..page.len() {
        let l = &page.sheet.lines[line];
        let free = page.pending[line].is_none() && page.labels[line].is_none() && !page.is_cut(line);
        if free
            && l.count <= LONGEST
            && let Some(rule) = cue(page, line)
        {
            page.suggest(line, rule, page.rules.book.rules[rule.0 as usize].place);
        }
    }
}

fn cue<T: Text>(page: &Reading<T>, line: usize) -> Option<RuleId> {
    let words = page.sheet.words(line);
    let l = &page.sheet.lines[line];
    let book = &page.rules.book;
    // A headline may quote a button's words.
    if page.sheet.head_key(line).first() == Some(&b'"') {
        return None;
    }
    let mut acts: Vec<(u32, usize)> = Vec::new();
    // A sentence is told unless it begins by asking for something.
    let first = if l.is_prose() { 1 } else { FIRST };
    for at in 0..words.len().min(first) {
        book.cues.find(words, at, 0, &mut |rule, end| {
            if book.rules[rule as usize].form == Form::Act && book.rules[rule as usize].on {
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
    for at in from..words.len() {
        book.cues.find(words, at, 0, &mut |rule, end| {
            let r = &book.rules[rule as usize];
            let kind = r.category as usize;
            let behind = acts.iter().any(|a| book.rules[a.0 as usize].category == r.category && a.1 <= at);
            if r.form == Form::Thing && behind && at >= taken[kind] {
                things[kind] += 1;
                taken[kind] = end;
            }
        });
    }
    let sentence = l.is_prose();
    let best = acts.iter().max_by_key(|a| things[book.rules[a.0 as usize].category as usize])?;
    let category = book.rules[best.0 as usize].category;
    let short = !matches!(category, Category::Promo | Category::Legal);
    let enough = things[category as usize] >= if sentence { 2 } else { 1 };
    (enough && !(short && l.count > SHORT)).then_some(RuleId(best.0))
}
