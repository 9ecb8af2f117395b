//! What a player, a tweet or a script left in the text.
use std::sync::LazyLock;

use regex::bytes::Regex;

use crate::boilerplate::key::{Key, folded};
use crate::boilerplate::reading::Reading;
use crate::boilerplate::rules::Place;
use crate::text::{Span, Text};

/// The author's line under a tweet: `— Name (@handle) January 23, 2025`, or with the date in Arabic.
static SIGN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u)(?:- ?)?[^(@]{1,90}\(@[a-z0-9_]{1,30}\)(?: (?:[a-z]{3,9} [0-9]{1,2}, ?[0-9]{4}|[0-9]{1,2} [\x80-\xff]{3,8},? [0-9]{4}))?")
        .unwrap_or_else(|e| unreachable!("a fixed pattern: {e}"))
});
/// The same where it must end a tweet inside a line: with dash and date.
static INSIDE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u)- ?[^(@]{1,90}\(@[a-z0-9_]{1,30}\)(?: [a-z]{3,9} [0-9]{1,2}, ?[0-9]{4})?")
        .unwrap_or_else(|e| unreachable!("a fixed pattern: {e}"))
});
/// Rests of scripts and styles.
static CODE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u)(?:[#.][a-z0-9_-]+ ?[a-z]* ?\{[^}]*\}|function ?\(|document\.|window\.|/\* ?\*/|<!--|\$\()")
        .unwrap_or_else(|e| unreachable!("a fixed pattern: {e}"))
});

/// Finds the rests in every line that could hold one.
pub fn find<T: Text>(page: &mut Reading<T>) {
    for line in 0..page.len() {
        if page.is_cut(line) {
            continue;
        }
        let l = &page.sheet.lines[line];
        if l.at_sign {
            tweet(page, line);
        }
        if page.sheet.lines[line].latin > 0 && !page.is_cut(line) {
            links(page, line);
        }
        code(page, line);
    }
    above_signs(page);
}

/// The word that some sites print before a tweet and a bar ("for more").
static MORE: LazyLock<Vec<u8>> = LazyLock::new(|| folded("للمزيد"));

/// The author's line of a tweet, alone or with the next paragraph glued to it, or a whole tweet inside a line.
fn tweet<T: Text>(page: &mut Reading<T>, line: usize) {
    let key = whole_key(page, line);
    let rule = page.known().embed_tweet;
    if let Some(m) = SIGN.find(&key.bytes)
        && m.start() == 0
        && (key.bytes[0] == b'-' || m.end() == key.bytes.len())
    {
        if m.end() == key.bytes.len() {
            page.cut(line, rule);
        } else {
            cut(page, line, &key, 0, m.end());
        }
        return;
    }
    let mut from = 0;
    while let Some(m) = INSIDE.find_at(&key.bytes, from) {
        let mut start = foreign_start(&key.bytes[from..m.start()]) + from;
        let before = key.bytes[from..start].trim_ascii_end();
        if key.bytes[start] == b'|' && before.ends_with(&MORE) {
            start = from + before.len() - MORE.len();
        }
        if start == 0 && m.end() == key.bytes.len() {
            page.cut(line, rule);
        } else {
            cut(page, line, &key, start, m.end());
        }
        from = m.end();
    }
}

fn cut<T: Text>(page: &mut Reading<T>, line: usize, key: &Key, from: usize, to: usize) {
    let base = page.sheet.lines[line].span.start;
    let mut to = to;
    while to > from && key.bytes[to - 1] == b' ' {
        to -= 1;
    }
    let end = page.text.decode(base + key.pos[to - 1] as usize).1;
    let span = Span::new(base + key.pos[from] as usize, end);
    let rule = page.known().embed_tweet;
    page.cut_part(line, span, rule);
}

/// Where the run without Arabic letters that ends `key` begins: behind the last stop before it.
fn foreign_start(key: &[u8]) -> usize {
    let arabic = key.iter().rposition(|&b| b >= 0x80).map_or(0, |i| i + 1);
    let mut at = arabic;
    while at < key.len() && matches!(key[at], b'.' | b'!' | b'?' | b'"' | b')' | b' ' | b':' | b',') {
        at += 1;
    }
    at
}

fn whole_key<T: Text>(page: &Reading<T>, line: usize) -> Key {
    Key::of(page.text, page.sheet.lines[line].span)
}

/// A picture's address inside a line.
static PICTURE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u)https?://[a-z0-9./_%~:+-]{8,300}\.(?:jpe?g|png|gif|webp)(?:\?[a-z0-9=&_%.-]{0,120})?")
        .unwrap_or_else(|e| unreachable!("a fixed pattern: {e}"))
});

/// Lines that are nothing but an address or a picture's name, and text that ends in a tweet's picture.
fn links<T: Text>(page: &mut Reading<T>, line: usize) {
    let l = &page.sheet.lines[line];
    let (key, known) = (page.sheet.head_key(line), page.known());
    if key.contains(&b' ')
        && contains(key, b"http")
        && let Some(m) = PICTURE.find(key)
    {
        let base = l.key.start;
        let span = page.part(line, base + m.start(), base + m.end());
        page.cut_part(line, span, known.embed_link);
        return;
    }
    if !l.whole() {
        return;
    }
    if contains(key, b"pic.twitter.com/") || contains(key, b"pic.x.com/") {
        let last = key.rsplit(|&b| b == b' ').next().unwrap_or_default();
        if l.latin >= l.arabic || (l.count <= 60 && contains(last, b"pic.")) {
            page.cut(line, known.embed_tweet);
        }
        return;
    }
    let single = !key.contains(&b' ');
    let short_link = key.starts_with(b"https://t.co/") || key.starts_with(b"http://t.co/");
    if single && (short_link || is_picture(key)) {
        page.cut(line, known.embed_link);
    } else if single && (key.starts_with(b"http") || key.starts_with(b"www.")) {
        page.suggest(line, known.embed_link, Place::Near);
    }
}

fn is_picture(key: &[u8]) -> bool {
    [&b".jpg"[..], b".jpeg", b".png", b".gif", b".webp"].iter().any(|e| key.ends_with(e))
}

fn contains(key: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(key, part).is_some()
}

/// Script and style rests: whole lines, or from the rest to its end inside a line.
fn code<T: Text>(page: &mut Reading<T>, line: usize) {
    let l = &page.sheet.lines[line];
    if !l.code_sign {
        return;
    }
    let key = page.sheet.tail_key(line);
    let rule = page.known().embed_code;
    if l.whole() && CODE.is_match(key) && l.arabic * 4 < l.latin {
        page.cut(line, rule);
        return;
    }
    if key.contains(&b'}') && l.count >= 12 {
        // A widget's style and script run on to the line's end, its few words behind them included.
        let (start, key) = (l.span.start, whole_key(page, line));
        let behind = key.bytes.iter().rposition(|b| matches!(b, b'}' | b';')).map_or(&[][..], |at| &key.bytes[at..]);
        if behind.len() <= 200
            && let Some(m) = CODE.find(&key.bytes)
        {
            let span = Span::new(start + key.pos[m.start()] as usize, page.sheet.lines[line].span.end);
            page.cut_part(line, span, rule);
            return;
        }
    }
    let l = &page.sheet.lines[line];
    let key = page.sheet.tail_key(line);
    let base = l.tail.start;
    if let Some(at) = memchr::memmem::find(key, b"/* */") {
        let span = page.part(line, base + at, base + at + 5);
        page.cut_part(line, span, rule);
    }
}

/// The text of a tweet stands on the line above its author's.
fn above_signs<T: Text>(page: &mut Reading<T>) {
    let rule = page.known().embed_tweet;
    let mut signed: Vec<bool> = page.marks.iter().map(|m| m.is_some_and(|m| m.rule == rule)).collect();
    page.parts.iter().filter(|p| p.2.rule == rule).for_each(|p| signed[p.0] = true);
    for (above, &signed) in signed.iter().skip(1).enumerate() {
        let l = &page.sheet.lines[above];
        if !signed || page.is_cut(above) || !l.whole() || l.count > 60 {
            continue;
        }
        let key = page.sheet.head_key(above);
        if key.starts_with(b"#") || contains(key, b"t.co/") || l.latin > l.arabic {
            page.cut(above, rule);
        }
    }
}
