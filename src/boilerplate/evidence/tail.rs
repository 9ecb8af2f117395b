//! The page's end: end marks, lists of keywords, writers' addresses and trades, and where the story is over.
use std::sync::LazyLock;

use regex::bytes::Regex;

use crate::boilerplate::Category;
use crate::boilerplate::credit::person;
use crate::boilerplate::key;
use crate::boilerplate::names::Class;
use crate::boilerplate::reading::{Body, Reading};
use crate::boilerplate::rules::{Form, Place};
use crate::text::{Span, Text};

/// A pattern over keys; runs of Arabic in it are folded.
fn pattern(spelled: &str) -> Regex {
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

/// An end mark that fills its line: it begins with a sign, with `n` or with ALEF and NOON.
static MARK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:[/\-(*. ]+ ?(?:انتهى|انتهي|انتهت|النهاية|يتبع) ?[/\-)*. ]+.{0,24}|(?:انتهى|انتهي) ?/ ?.{1,20}|=+.{0,14}|#{3,}|n{4,}|\*{5,}|- ?-? ?\((?:بترا|واس|قنا|كونا|وام|بنا)\).{0,40})$",
    )
});
/// An end mark behind the last sentence.
static MARK_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:// ?(?:انتهى|يتبع|انتهت) ?//?[^/]{0,24}|/(?:انتهى|يتبع)/|\((?:انتهى|النهاية|النه)\)?.{0,20}|={4,}.{0,14}|- ?- ?\((?:بترا|واس|قنا|كونا|وام|بنا)\).{0,40}| n{4,})$",
    )
});
/// Lines that are an address, a handle or a telephone number.
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:(?:e-?mail|ايميل|البريد الالكتروني|بريد الكتروني|بريد|للتواصل|تواصل|t|twitter|تويتر|لمراسلة الكاتب)? ?:? ?@? ?[a-z0-9._-]+ ?@ ?[a-z0-9.-]+(?:[. ][a-z]{2,6})?|(?:t|twitter|تويتر|حساب الكاتب|x) ?:? ?@[a-z0-9_]{2,30}|@[a-z0-9_]{2,30}|(?:https?://)?(?:www\.)?(?:twitter|x|facebook)\.com/[a-z0-9_.]{2,40}|\+[0-9 ]{8,20})$",
    )
});

/// Notes what an end of a page may hold.
pub fn find<T: Text>(page: &mut Reading<T>) {
    for line in 0..page.len() {
        let l = &page.sheet.lines[line];
        if page.is_cut(line) || !l.whole() || l.count > 14 {
            continue;
        }
        let key = page.sheet.head_key(line);
        let known = page.known();
        if l.first.is_none() && l.count == 1 && key.len() == 1 {
            page.suggest(line, known.nav_between, Place::Beside);
        } else if (!key::is_word(key[0]) || matches!(key, [b'n', ..] | [0xA7, 0xC6, ..])) && MARK.is_match(key) {
            page.suggest(line, known.endmark_line, Place::Tail);
        } else if (l.at_sign || l.latin > 3 || key.starts_with(b"+")) && ADDRESS.is_match(key) {
            page.suggest(line, known.contact_line, Place::Tail);
        } else if hashtags(page, line) {
            page.suggest(line, known.tags_hash, Place::Edge);
        }
    }
}

/// A line of hashtags only.
fn hashtags<T: Text>(page: &Reading<T>, line: usize) -> bool {
    let key = page.sheet.head_key(line);
    key.starts_with(b"#") && key.split(|&b| b == b' ').all(|w| w.starts_with(b"#") && w.len() > 2)
}

/// Cuts an end mark from the end of the last line of running text.
pub fn suffix<T: Text>(page: &mut Reading<T>, line: usize) {
    let key = page.sheet.tail_key(line);
    let window = key.len().saturating_sub(80);
    // Every end mark holds one of these.
    if !key[window..].iter().any(|b| matches!(b, b'/' | b'(' | b'=' | b'n')) {
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
            Category::Source => mark.rule != page.known().source_outlet && mark.rule != page.known().source_suffix,
            Category::Endmark => mark.rule == page.known().endmark_line,
            Category::Tags => form.is_some_and(|f| f.1.starts_with("tags.label")),
            Category::Comments | Category::Nav => form.is_some_and(|f| f.0 == Form::Section),
            _ => false,
        };
        if closes {
            return Some(line);
        }
    }
    None
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
        if line > start && beside && known * 2 >= all && known > 0 {
            let rule = page.known().tags_run;
            (start..line).for_each(|l| {
                page.cut(l, rule);
            });
        }
        line = line.max(start + 1);
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
    let known = body.shared(page, &topics);
    (l.count <= 4 || known * 3 >= topics.len() * 2).then_some((known, topics.len()))
}

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
    if !l.whole() || l.count > 8 || words.is_empty() || l.stop || l.colon {
        return;
    }
    let known = page.known();
    let starred = page.sheet.head_key(at).starts_with(b"*");
    let close = at == page.last + 1 || page.cut_before(at);
    if close && page.name(&words, 0, Class::Trade.bit()).is_some() || (starred && l.count >= 2) {
        page.cut(at, known.byline_trade);
    } else if l.count <= 5 && person(page.names(), &words, 0, words.len()) == Some(words.len()) && at == page.last + 1 {
        page.cut(at, known.byline_name);
    }
}
