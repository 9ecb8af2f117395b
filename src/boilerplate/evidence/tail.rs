//! The page's end: end marks, lists of keywords, writers' addresses and trades, and where the story is over.
use std::sync::LazyLock;

use regex::bytes::Regex;

use crate::boilerplate::Category;
use crate::boilerplate::credit::person;
use crate::boilerplate::key::{self, Key};
use crate::boilerplate::lines::{Token, gap};
use crate::boilerplate::names::Class;
use crate::boilerplate::reading::{Around, Body, Mark, Reading, Words};
use crate::boilerplate::rules::{Form, Place};
use crate::boilerplate::words::Beginnings;
use crate::text::{Span, Text};

/// A pattern over keys; runs of Arabic in it are folded.
pub fn pattern(spelled: &str) -> Regex {
    use std::fmt::Write as _;
    let mut bytes = String::from("(?-u)");
    for c in spelled.chars() {
        if c.is_ascii() {
            bytes.push(c);
        } else {
            for b in key::folded(c.to_string().as_str()) {
                let _ = write!(bytes, "\\x{b:02x}");
            }
        }
    }
    Regex::new(&bytes).unwrap_or_else(|e| unreachable!("a fixed pattern: {e}"))
}

/// An end mark that fills its line.
static MARK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:[/\-(*. ]+ ?(?:انتهى|انتهي|انتهت|النهاية|يتبع) ?[/\-)*. ]+.{0,24}|(?:انتهى|انتهي) ?/ ?.{1,20}|=+.{0,14}|#{3,}|n{4,}|\*{5,}|- ?-? ?\((?:بترا|واس|قنا|كونا|وام|بنا)\).{0,40}|- ?[\x80-\xff]{1,4} ?-|(?:واس|وام|قنا|كونا|بنا|بترا|سانا|وفا) ?/ ?[^0-9:.]{3,60}|[\x80-\xff]\.[\x80-\xff]/[\x80-\xff]\.[\x80-\xff])$",
    )
});
/// An end mark behind the last sentence.
static MARK_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:// ?(?:انتهى|يتبع|انتهت) ?//?[^/]{0,24}|/(?:انتهى|يتبع)/|\((?:انتهى|النهاية|النه)(?:[^\x80-\xff].{0,19})?|={4,}.{0,14}|- ?- ?\((?:بترا|واس|قنا|كونا|وام|بنا)\).{0,40}| n{4,})$",
    )
});
/// Lines that are an address, a handle or a telephone number.
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:(?:e-?mail|ايميل|البريد الالكتروني|بريد الكتروني|بريد|للتواصل|تواصل|t|twitter|تويتر|لمراسلة الكاتب)? ?:? ?@? ?[a-z0-9._-]+ ?@ ?[a-z0-9.-]+(?:[. ][a-z]{2,6})?|(?:t|twitter|تويتر|حساب الكاتب|x) ?:? ?@[a-z0-9_]{2,30}|@[a-z0-9_]{2,30}|(?:https?://)?(?:www\.)?(?:twitter|x|facebook)\.com/[a-z0-9_.]{2,40}|\+[0-9 ]{8,20})$",
    )
});

/// The offices of editors.
static OFFICES: LazyLock<Offices> = LazyLock::new(|| {
    Offices::new(&[
        "رئيس التحرير",
        "رئيسة التحرير",
        "مدير التحرير",
        "رئيس مجلس الادارة",
        "مستشار التحرير",
        "سكرتير التحرير",
        "المشرف العام",
        "المدير العام",
        "نائب رئيس التحرير",
        "رئيس مجلس الادارة ورئيس التحرير",
    ])
});

/// Offices by their last word, to which mastheads glue the name.
struct Offices {
    folded: Vec<Vec<u8>>,
    last: Beginnings,
    /// How many letters the shortest of the last words has.
    shortest: usize,
}

impl Offices {
    fn new(spelled: &[&str]) -> Self {
        let mut last: Vec<&str> = spelled.iter().filter_map(|office| office.split(' ').next_back()).collect();
        last.sort_unstable();
        last.dedup();
        Self {
            folded: spelled.iter().map(|office| key::folded(*office)).collect(),
            shortest: last.iter().map(|word| word.chars().count()).min().unwrap_or(0),
            last: Beginnings::new(&last),
        }
    }

    /// Whether the word at `token` is the last of an office and three letters of a name.
    fn is_glued(&self, key: &[u8], token: Token) -> bool {
        token.to - token.from >= self.shortest + 3
            && self.last.of(&key[token.from..token.to]).any(|last| {
                let end = token.from + last.len();
                token.to >= end + 3 && self.folded.iter().any(|office| key[..end].ends_with(office))
            })
    }
}

/// Whether a line holds an editor's office with the name glued to it, as mastheads print it.
fn is_masthead<T: Text>(page: &Reading<T>, line: usize) -> bool {
    page.words(line).iter().any(|t| OFFICES.is_glued(&page.sheet.key, *t))
}

/// Notes what an end of a page may hold.
pub fn find<T: Text>(page: &mut Reading<T>) {
    for line in 0..page.len() {
        let l = &page.sheet.lines[line];
        if page.is_cut(line) || !l.whole() || l.count > 14 {
            continue;
        }
        let key = page.sheet.head_key(line);
        let known = page.known();
        if l.count <= 12 && !l.stop && is_masthead(page, line) {
            page.suggest(line, known.contact_masthead, Place::Edge);
        } else if matches!(key, [b'-' | b'|' | b'<' | b'/' | b'_']) {
            page.suggest(line, known.nav_between, Place::Beside);
        } else if may_mark(key) && MARK.is_match(key) {
            page.suggest(line, known.endmark_line, Place::Tail);
        } else if (l.at_sign || l.latin > 3 || key.starts_with(b"+")) && ADDRESS.is_match(key) {
            page.suggest(line, known.contact_line, Place::Tail);
        } else if hashtags(page, line) {
            page.suggest(line, known.tags_hash, Place::Edge);
        }
    }
}

/// Whether a key may be an end mark: it begins with a sign, with `n`, or a slash parts its first word from the rest.
fn may_mark(key: &[u8]) -> bool {
    !key::is_word(key[0]) || key[0] == b'n' || key[..key.len().min(7)].contains(&b'/')
}

/// A bare number: a counter of views or comments.
fn is_number<T: Text>(page: &Reading<T>, line: usize) -> bool {
    let key = page.sheet.head_key(line);
    key.len() <= 7 && key.iter().all(u8::is_ascii_digit)
}

/// Numbers with their units: "511 views 0", "14.2K".
fn is_counter<T: Text>(page: &Reading<T>, line: usize) -> bool {
    let (l, words) = (&page.sheet.lines[line], page.words(line));
    let numbers = words.iter().filter(|t| t.word.is_number()).count();
    let units = words.len() - numbers;
    let plain = words.iter().all(|t| t.gap & (gap::COLON | gap::DASH) == 0 && !page.is(*t, Class::Verb.bit()));
    l.whole()
        && plain
        && !l.stop
        && numbers > 0
        && (1..=numbers.min(2)).contains(&units)
        && words.len() <= 4
        && page.title != Some(line)
}

/// A line of hashtags only.
fn hashtags<T: Text>(page: &Reading<T>, line: usize) -> bool {
    let key = page.sheet.head_key(line);
    key.starts_with(b"#") && key.split(|&b| b == b' ').all(|w| w.starts_with(b"#") && w.len() > 2)
}

/// Whether a key may hold an end mark behind a sentence: a slash, a bracket, a sign of equality or `n` with what must
/// stand beside it.
fn may_mark_behind(key: &[u8]) -> bool {
    (0..key.len()).any(|at| {
        let next = key.get(at + 1).copied().unwrap_or(0);
        match key[at] {
            b'/' => next == b'/' || next >= 0x80,
            b'(' => next == 0xA7 || key[..at].trim_ascii_end().ends_with(b"-"),
            sign @ (b'=' | b'n') => next == sign,
            _ => false,
        }
    })
}

/// Cuts an end mark from the end of the last line of running text.
pub fn suffix<T: Text>(page: &mut Reading<T>, line: usize) {
    let key = page.sheet.tail_key(line);
    let window = key.len().saturating_sub(80);
    if !may_mark_behind(&key[window..]) {
        return;
    }
    if let Some(m) = MARK_BEHIND.find(&key[window..])
        && window + m.start() > 0
    {
        let l = &page.sheet.lines[line];
        let mut start = l.tail.start + window + m.start();
        while page.sheet.key[start] == b' ' {
            start += 1;
        }
        let span = Span::new(page.sheet.offset(page.text, line, start), l.span.end);
        let rule = page.known().endmark_suffix;
        page.cut_part(line, span, rule);
    }
}

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
    if prose.len() < 2 || rest.clone().any(of_site) {
        return false;
    }
    let mut around = Around::of(page);
    around.move_to(page, line, line + 1);
    let behind: Words = prose.iter().flat_map(|&l| page.topics(l)).collect();
    around.shared(&behind).0 * 4 >= behind.len()
}

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
            && page.words(line).len() >= 5
            && joined(page, line, body, 50)
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
        let name = weak.contains(&mark.rule) && l.count <= 4 && beside(&is_tag);
        let list = lists.contains(&mark.rule) && joined(page, line, body, 75);
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
fn known_topics<T: Text>(page: &Reading<T>, line: usize, body: &Body) -> usize {
    let topics = page.topics(line);
    let known = body.shared(page, &topics);
    100 * known / topics.len().max(1)
}

/// Whether a line is a label, a colon, and a list of short keywords parted by commas.
fn about<T: Text>(page: &Reading<T>, line: usize, body: &Body) -> bool {
    let l = &page.sheet.lines[line];
    let words = page.words(line);
    let Some(from) = (1..words.len().min(5)).find(|&i| words[i].gap & gap::COLON != 0) else { return false };
    let commas = words[from + 1..].iter().filter(|t| t.gap & gap::COMMA != 0).count();
    let plain = words[from + 1..].iter().all(|t| t.gap & !(gap::COMMA | gap::SPACE) == 0);
    l.whole()
        && !l.stop
        && plain
        && commas >= 1
        && words.len() - from <= (commas + 1) * 4
        && known_topics(page, line, body) >= 30
}

/// Whether a line is a list of keywords that a scraper joined: only names of things, and the story speaks of most.
fn joined<T: Text>(page: &Reading<T>, line: usize, body: &Body, share: usize) -> bool {
    let l = &page.sheet.lines[line];
    let words = page.words(line);
    let said = Class::Verb.bit() | if share < 75 { Class::Common.bit() } else { 0 };
    let told = words.iter().any(|t| page.is(*t, said) || t.gap & !gap::SPACE != 0 || t.word.is_number());
    let known = known_topics(page, line, body) >= share;
    l.whole() && !l.stop && (3..=12).contains(&l.count) && !told && known
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
    let known = body.shared(page, &topics);
    if topics.len() >= 4 && known * 3 >= topics.len() * 2 {
        let rule = page.known().tags_run;
        page.cut(line, rule);
    }
}

/// What stands behind the story among the site's furniture goes with it: some lines without a sentence between two that
/// go, and a line in Latin letters below one.
pub fn between<T: Text>(page: &mut Reading<T>) {
    let known = page.known();
    let mut open: Option<usize> = None;
    let bounds = |mark: Mark| mark.is_furniture() || mark.category == Category::Embed;
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
        } else if !l.whole() || l.count > 12 || l.period || l.colon || page.labels[line].is_some() {
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

/// So many lines between two that go may go with them.
const LOOSE: usize = 6;

/// Bare numbers beside lines that go, outside the story: counters of views and comments.
pub fn numbers<T: Text>(page: &mut Reading<T>) {
    let rule = page.known().nav_number;
    for line in 0..page.len() {
        let beside = page.in_head(line) && page.cut_before(line)
            || (page.in_head(line) || page.in_tail(line)) && page.cut_after(line);
        if !page.is_cut(line) && beside && (is_number(page, line) || is_counter(page, line)) {
            page.cut(line, rule);
        }
    }
}

/// A person and what he or she is, or where from: "سامر منصور كاتب أردني", "سامر منصور - جامعة اليرموك".
fn described_person<T: Text>(page: &Reading<T>, words: &[Token]) -> bool {
    let quiet = |words: &[Token]| {
        words
            .iter()
            .all(|t| !page.is(*t, Class::Verb.bit()) && !t.word.is_number() && t.gap & (gap::COLON | gap::STOP) == 0)
    };
    (2..=4).any(|k| {
        k < words.len()
            && person(page.names(), words, 0, k) == Some(k)
            && quiet(&words[1..])
            && (page.is(words[k], Class::Trade.bit()) || words[k].gap & gap::DASH != 0)
            && words[1..k].iter().all(|t| t.gap == gap::SPACE)
    })
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
    let known = body.shared(page, &topics);
    (l.count <= 4 || known * 3 >= topics.len() * 2).then_some((known, topics.len()))
}

/// What the writer is, behind a star on the page's last line, even where it reads like a sentence.
pub fn starred<T: Text>(page: &mut Reading<T>) {
    let Some(line) = (0..page.len()).rev().find(|&l| !page.is_cut(l)) else { return };
    let l = &page.sheet.lines[line];
    let is_star = |at: usize| page.sheet.head_key(at).starts_with(b"*");
    if line < 2 || !l.whole() || l.count > 18 || l.colon || !is_star(line) || (0..line).any(is_star) {
        return;
    }
    let words = page.words(line);
    let trade = Class::Trade.bit() | Class::Rank.bit() | Class::Desk.bit();
    if page.name(&words, 0, trade).is_some() && !words.iter().any(|t| page.is(*t, Class::Verb.bit())) {
        let rule = page.known().byline_trade;
        page.cut(line, rule);
    }
}

/// What the writer is, glued to the last full stop: `… . كاتب وباحث`, or behind a star.
pub fn trade<T: Text>(page: &mut Reading<T>, line: usize) {
    if page.sheet.lines[line].stop && !page.sheet.tail_key(line).contains(&b'*') {
        return;
    }
    let words = page.tail_words(line);
    let n = words.len();
    let Some(from) = (n.saturating_sub(16)..n).rev().find(|&i| i >= 3 && words[i].gap & gap::STOP != 0) else { return };
    let (l, bytes) = (&page.sheet.lines[line], &page.sheet.key);
    let between = &bytes[words[from - 1].to..words[from].from];
    let star = between.contains(&b'*');
    if between.iter().any(|b| matches!(b, b'"' | b'(' | b'[')) {
        return;
    }
    let speaks =
        |t: &Token| page.is(*t, Class::Verb.bit()) || t.word.is_number() || t.gap & (gap::COLON | gap::STOP) != 0;
    if (l.stop && !star) || words[from + 1..].iter().any(speaks) || page.is(words[from], Class::Verb.bit()) {
        return;
    }
    let definite = page.sheet.bytes(words[from]).starts_with(&[0xA7, 0xC4]);
    let trade = Class::Trade.bit() | if star { Class::Rank.bit() | Class::Desk.bit() } else { 0 };
    if (2..=if star { 16 } else { 7 }).contains(&(n - from))
        && (star || !definite)
        && page.name(&words, from, trade).is_some()
    {
        let mut start = words[from].from;
        while start > words[from - 1].to && matches!(bytes[start - 1], b'*' | b' ') {
            start -= 1;
        }
        // The stop before belongs to the story.
        while matches!(bytes[start], b' ' | b'.') {
            start += 1;
        }
        let span = Span::new(page.sheet.offset(page.text, line, start), l.span.end);
        let rule = page.known().byline_trade;
        page.cut_part(line, span, rule);
    }
}

/// A writer's address that is all a line holds before the part of it that goes.
pub fn address_before<T: Text>(page: &mut Reading<T>) {
    let rule = page.known().contact_line;
    for at in 0..page.parts.len() {
        let (line, part, _) = page.parts[at];
        let l = &page.sheet.lines[line];
        if !l.at_sign || l.count > 60 || part.end != l.span.end {
            continue;
        }
        let (start, key) = (l.span.start, Key::of(page.text, l.span));
        let end = key.pos.partition_point(|&p| start + (p as usize) < part.start);
        let before = key.bytes[..end].trim_ascii();
        if !before.is_empty() && ADDRESS.is_match(before) {
            page.cut_part(line, Span::new(start, part.start), rule);
        }
    }
}

/// A picture's caption behind the story: a short line that an outlet in quotes or brackets ends.
pub fn caption<T: Text>(page: &mut Reading<T>) {
    const OUTLETS: u32 = Class::Agency.bit() | Class::Outlet.bit() | Class::OutletWord.bit();
    let line = page.last + 1;
    if line >= page.len() || page.is_cut(line) {
        return;
    }
    let l = &page.sheet.lines[line];
    let closed = matches!(page.sheet.head_key(line).last(), Some(b'"' | b')'));
    if !(l.whole() && l.count <= 14 && !l.period && closed) {
        return;
    }
    let words = page.words(line);
    let n = words.len();
    let credited = (n.saturating_sub(3)..n).any(|i| {
        i >= 3
            && words[i].gap & gap::OTHER != 0
            && words[i].gap & gap::STOP == 0
            && page.name(&words, i, OUTLETS).is_some_and(|f| f.end == n)
    });
    if credited {
        let rule = page.known().caption_credit;
        page.cut(line, rule);
    }
}

/// The captions of a story's pictures, run together behind it: short lines up to the page's end, one of which shows a scene
/// or goes on from the one before (`.. and greets the guests`), or all of which say again what the story says.
pub fn captions<T: Text>(page: &mut Reading<T>, body: &Body) {
    let first = page.last.saturating_add(1);
    let end = page.len();
    if first >= end || end - first > CAPTIONS || !page.sheet.lines[page.last].period {
        return;
    }
    let mut scene = false;
    let mut told = end - first > 1;
    for line in first..end {
        if page.is_cut(line) {
            continue;
        }
        let (l, words, key) = (&page.sheet.lines[line], page.words(line), page.sheet.head_key(line));
        let goes_on = key.starts_with(b"..") && key.len() > 8;
        let listed = matches!(key.first(), Some(b'-' | b'*' | b'(' | b'#' | b'"' | b'0'..=b'9')) || l.at_sign;
        let short = l.whole() && !l.stop && !l.colon && (2..=14).contains(&l.count) && l.arabic > l.latin;
        if !short || listed || page.labels[line].is_some() || key.ends_with(b",") {
            return;
        }
        scene |= goes_on || (0..words.len()).any(|i| page.name(&words, i, Class::Photo.bit()).is_some());
        // A letter ends with a name.
        told &= words.len() >= 3
            && known_topics(page, line, body) >= 60
            && page.topics(line).len() >= 2
            && person(page.names(), &words, 0, words.len()).is_none();
    }
    if scene || told {
        let rule = page.known().caption_line;
        (first..end).for_each(|line| {
            page.cut(line, rule);
        });
    }
}

/// A story has at most so many captions behind it.
const CAPTIONS: usize = 8;

/// The writer's name or trade as the page's last line.
pub fn signature<T: Text>(page: &mut Reading<T>) {
    let mut line = page.len();
    while line > page.last + 1 && page.is_cut(line - 1) {
        line -= 1;
    }
    if line <= page.last + 1 || line == 0 {
        return;
    }
    let at = line - 1;
    let words = page.words(at);
    let l = &page.sheet.lines[at];
    let known = page.known();
    if !l.whole() || l.count > 10 || words.is_empty() || l.stop || l.colon {
        return;
    }
    let starred = page.sheet.head_key(at).starts_with(b"*");
    if described_person(page, &words) {
        page.cut(at, known.byline_trade);
        return;
    }
    let close = at == page.last + 1 || page.cut_before(at);
    if l.count > 8 {
        return;
    }
    if close && page.name(&words, 0, Class::Trade.bit()).is_some() || (starred && l.count >= 2) {
        page.cut(at, known.byline_trade);
    } else if l.count <= 5 && person(page.names(), &words, 0, words.len()) == Some(words.len()) && at == page.last + 1 {
        page.cut(at, known.byline_name);
    }
}
