//! Lines known by their signs: end marks, addresses, hashtags, mastheads; bare numbers beside what goes.
use std::sync::LazyLock;

use regex::bytes::Regex;

use crate::boilerplate::key;
use crate::boilerplate::lines::{Token, gap};
use crate::boilerplate::names::Class;
use crate::boilerplate::reading::Reading;
use crate::boilerplate::rules::Place;
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

/// An end mark that fills its line.
static MARK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:[/\-(*. ]+ ?(?:انتهى|انتهي|انتهت|النهاية|يتبع) ?[/\-)*. ]+.{0,24}|(?:انتهى|انتهي) ?/ ?.{1,20}|=+.{0,14}|#{3,}|n{4,}|\*{5,}|- ?-? ?\((?:بترا|واس|قنا|كونا|وام|بنا)\).{0,40}|- ?[\x80-\xff]{1,4} ?-|(?:واس|وام|قنا|كونا|بنا|بترا|سانا|وفا) ?/ ?[^0-9:.]{3,60}|[\x80-\xff](?:\. ?[\x80-\xff]){1,3}\.?(?: ?/ ?[\x80-\xff](?:\. ?[\x80-\xff]){0,3}\.?)*|[\x80-\xff](?: [\x80-\xff]){1,2} ?/ ?[\x80-\xff](?: [\x80-\xff]){1,2})$",
    )
});

/// An end mark behind the last sentence.
static MARK_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:// ?(?:انتهى|يتبع|انتهت) ?//?[^/]{0,24}|/(?:انتهى|يتبع)/|\((?:انتهى|النهاية|النه)(?:[^\x80-\xff].{0,19})?|={4,}.{0,14}|- ?- ?\((?:بترا|واس|قنا|كونا|وام|بنا)\).{0,40}| n{4,})$",
    )
});

/// Lines that are an address, a handle or a telephone number.
pub static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:(?:e-?mail|ايميل|البريد الالكتروني|بريد الكتروني|بريد|للتواصل|تواصل|t|twitter|تويتر|لمراسلة الكاتب)? ?:? ?@? ?[a-z0-9._-]+ ?@ ?[a-z0-9.-]+(?:[. ][a-z]{2,6})?|(?:t|twitter|تويتر|حساب الكاتب|x) ?:? ?@[a-z0-9_]{2,30}|@[a-z0-9_]{2,30}|(?:https?://)?(?:www\.)?(?:twitter|x|facebook)\.com/[a-z0-9_.]{2,40}|\+[0-9 ]{8,20})$",
    )
});

/// Whether a line holds an editor's office with the name glued to it, as mastheads print it.
fn is_masthead<T: Text>(page: &Reading<T>, line: usize) -> bool {
    page.words(line).iter().any(|t| page.rules.book.offices.is_glued(&page.sheet.key, *t))
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
    // The initials of those who wrote and edited a story follow it: "س.ن / ل.م".
    let initials = key.len() <= 18 && key.get(1).is_some_and(|b| matches!(b, b'.' | b'/' | b' '));
    !key::is_word(key[0]) || key[0] == b'n' || initials || key[..key.len().min(7)].contains(&b'/')
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
    if !key.starts_with(b"#") {
        return false;
    }
    let closed =
        key.split(|&b| matches!(b, b' ' | b',')).filter(|w| !w.is_empty()).all(|w| w.starts_with(b"#") && w.len() > 2);
    let hashes = memchr::memchr_iter(b'#', key).count();
    // "# ميناء اللؤلؤ # البحر": a few words behind each sign.
    let (l, words) = (&page.sheet.lines[line], page.words(line));
    let said =
        |t: &Token| page.is(*t, Class::Common.bit() | Class::Verb.bit()) || t.gap & (gap::STOP | gap::COLON) != 0;
    closed || (hashes >= 2 && words.len() <= 4 * hashes && !l.stop && !words.iter().any(said))
}

/// Whether a key may hold an end mark behind a sentence: a slash, a bracket, a sign of equality or `n` with what must
/// stand beside it.
fn may_mark_behind(key: &[u8]) -> bool {
    memchr::memchr3_iter(b'/', b'(', b'=', key).chain(memchr::memchr_iter(b'n', key)).any(|at| {
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
