//! Who wrote the story, behind it: a name, a trade, an address.
use crate::boilerplate::credit::person;
use crate::boilerplate::evidence::marks::ADDRESS;
use crate::boilerplate::key::{Key, is_word};
use crate::boilerplate::lines::{Token, gap};
use crate::boilerplate::names::Class;
use crate::boilerplate::reading::Reading;
use crate::text::{Span, Text};

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
    // The last of a list of the story's.
    let sign = page.sheet.head_key(at).first().filter(|b| !is_word(**b));
    let trade = page.name(&words, 0, Class::Trade.bit()).is_some();
    if !trade && sign.is_some() && at > 0 && !page.is_cut(at - 1) && page.sheet.head_key(at - 1).first() == sign {
        return;
    }
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
