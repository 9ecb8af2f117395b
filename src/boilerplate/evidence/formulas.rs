//! Phrases of the rule files: whole lines, line heads and ends, labels, rows of buttons.
use crate::boilerplate::key::AND;
use crate::boilerplate::lexicon::Word;
use crate::boilerplate::lines::{Token, gap, spelled};
use crate::boilerplate::names::Class;
use crate::boilerplate::reading::{Label, Reading};
use crate::boilerplate::rules::{ANYWHERE, ENDS, Form, OPEN, Place, REST_ANYWHERE};
use crate::boilerplate::words::{is_behind_latin, is_spaced, last_words, word_at};
use crate::boilerplate::{Category, RuleId};
use crate::text::{Span, Text};

/// A line that goes whole for its first or last words has at most this many.
const LONGEST: usize = 60;
/// A title behind a label on the same line has at most this many words.
const TITLE: usize = 24;
/// So far from a line's end a closing phrase may begin, in words.
const CLOSING: usize = 14;
/// Names of networks run together have at most this many letters.
const RUN: usize = 120;
/// A row of buttons has at most this many words.
const BUTTONS: usize = 30;

/// Matches every line.
pub fn find<T: Text>(page: &mut Reading<T>) {
    for line in 0..page.len() {
        opening(page, line);
        closing(page, line);
        if page.pending[line].is_none() && page.marks[line].is_none() {
            row(page, line);
        }
    }
}

fn note<T: Text>(page: &mut Reading<T>, line: usize, rule: u32) {
    let place = page.rules.book.rules[rule as usize].place;
    page.suggest(line, RuleId(rule), place);
}

/// What a line's first words can be.
const OPENING: u32 = Form::Line.bit()
    | Form::Section.bit()
    | Form::Open.bit()
    | Form::Rest.bit()
    | Form::Label.bit()
    | Form::Prefix.bit();

fn opening<T: Text>(page: &mut Reading<T>, line: usize) {
    let hits = beginning(page, line);
    if hits.is_empty() {
        glued_label(page, line);
        glued_tags(page, line);
        return;
    }
    let l = &page.sheet.lines[line];
    let (count, whole) = (l.count, l.whole());
    let words = page.words(line);
    let n = words.len();
    let quoted = page.sheet.head_key(line).first() == Some(&b'"');
    let behind: Vec<u8> = words.iter().map(|t| t.gap).collect();
    // "the editor in chief apologises"
    let acting: Vec<bool> = hits.iter().map(|hit| words.get(hit.1).is_some_and(|t| acts(page, *t))).collect();
    for ((rule, end), acting) in hits.into_iter().zip(acting) {
        let r = &page.rules.book.rules[rule as usize];
        if !r.on {
            continue;
        }
        match r.form {
            Form::Line | Form::Section if whole && end == n && !is_answer(page, line, r.category) => {
                note(page, line, rule);
            }
            // A headline may quote a button's words.
            Form::Open if acting && r.category == Category::Contact => {}
            Form::Open | Form::Rest
                if whole && count <= LONGEST && !quoted && !is_told_in_full(page, line, r.category) =>
            {
                note(page, line, rule);
            }
            Form::Label if whole => {
                let inline = end < n;
                let parted =
                    !inline || behind[end] & gap::SEPARATOR != 0 || behind[end] == 0 || behind[end] & gap::STOP != 0;
                if parted && n - end <= TITLE {
                    let mark = page.mark(RuleId(rule));
                    page.labels[line].get_or_insert(Label { mark, inline, place: r.place });
                }
            }
            Form::Prefix if end < n => {
                let (from, to) = (page.sheet.lines[line].key.start, page.words(line)[end].from);
                let span = part_before(page, line, from, to);
                page.cut_part(line, span, RuleId(rule));
            }
            _ => {}
        }
    }
}

/// Whether a word behind an office is a verb: no name, and in the form of the present.
fn acts<T: Text>(page: &Reading<T>, token: Token) -> bool {
    const YEH: u8 = 0xCA;
    let named = page.is(token, Class::First.bit() | Class::Joint.bit() | Class::Title.bit());
    let present = token.to - token.from >= 4 && page.sheet.bytes(token)[0] == YEH;
    token.gap == gap::SPACE && !named && (present || page.is(token, Class::Verb.bit()))
}

/// Whether a line is a whole sentence of which nothing but its beginning speaks for `category`: keywords and credits are no
/// sentence, and of a prompt or a notice more than the first words must say so.
fn is_told_in_full<T: Text>(page: &Reading<T>, line: usize, category: Category) -> bool {
    let l = &page.sheet.lines[line];
    if !(l.is_prose() && l.period) {
        return false;
    }
    match category {
        Category::Tags | Category::Byline | Category::Contact => true,
        Category::Promo => !super::cues::asks_for(page, line, category),
        Category::Legal => !super::cues::speaks_of(page, line, category),
        Category::Source => is_answer(page, line, category) && speaks(page, line),
        _ => false,
    }
}

/// Whether a line that could be a source's credit ends as a sentence does and names no outlet: "المصدر: بئر قديمة."
fn is_answer<T: Text>(page: &Reading<T>, line: usize, category: Category) -> bool {
    category == Category::Source && page.sheet.lines[line].period && !super::credits::names_outlet(page, line)
}

/// Whether a label's colon stands before words of a sentence.
fn speaks<T: Text>(page: &Reading<T>, line: usize) -> bool {
    let words = page.words(line);
    let said = |t: &Token| page.is(*t, Class::Common.bit() | Class::Verb.bit());
    words.get(1).is_some_and(|t| t.gap & gap::COLON != 0) && words[1..].iter().any(said)
}

/// The phrases that a line begins with, and the word behind each; none where none of the forms that matter is among them.
fn beginning<T: Text>(page: &Reading<T>, line: usize) -> Vec<(u32, usize)> {
    let l = &page.sheet.lines[line];
    let forms = if l.whole() { OPENING } else { Form::Prefix.bit() };
    let phrases = &page.rules.book.phrases;
    let mut hits = Vec::new();
    let Some(first) = l.first else { return hits };
    let second = || page.starts(line).nth(1).map(|second| second.word);
    let begins = phrases.may_begin(first.word, forms) && phrases.may_go_on(first.word, second());
    let late = begins_late(page, line, forms);
    if begins || late {
        // A word more than the longest phrase has shows what stands behind it.
        let words = page.first_words(line, phrases.longest(first.word, late) + 1);
        let closing = if l.colon { gap::COLON } else { 0 };
        phrases.find(&words, 0, closing, &mut |rule, end| hits.push((rule, end)));
    }
    hits
}

/// Whether the line may begin with a phrase that begins with a slot.
fn begins_late<T: Text>(page: &Reading<T>, line: usize, forms: u32) -> bool {
    let book = &page.rules.book;
    let Some(most) = book.phrases.late(forms) else { return false };
    let l = &page.sheet.lines[line];
    let key = page.sheet.head_key(line);
    book.lates.any(key, most + 1, l.foreign || !l.whole(), |start, _| {
        book.phrases.is_late(word_at(key, start, &book.lexicon).0) && spelled(&key[..start]).nth(most).is_none()
    })
}

/// A read-also label to which the title behind it is glued.
fn glued_label<T: Text>(page: &mut Reading<T>, line: usize) {
    let l = &page.sheet.lines[line];
    let key = page.sheet.head_key(line);
    let glued = |label: &[u8]| matches!(key[label.len()..], [0x80..=0xFF, 0x80..=0xFF, ..]);
    if !(l.whole() && l.count <= TITLE && !l.period && page.rules.book.glued.of(key).any(glued)) {
        return;
    }
    let mut known = false;
    let closing = if l.colon { gap::COLON } else { 0 };
    page.rules.book.phrases.find(&page.words(line), 0, closing, &mut |_, _| known = true);
    let mark = page.mark(page.known().related_glued);
    if !known && page.on(mark.rule) {
        page.labels[line].get_or_insert(Label { mark, inline: true, place: Place::Any });
    }
}

/// A label of keywords to which the first of them is glued, where no word of it is a sentence's.
fn glued_tags<T: Text>(page: &mut Reading<T>, line: usize) {
    let l = &page.sheet.lines[line];
    let key = page.sheet.head_key(line);
    let book = &page.rules.book;
    let glued = |label: &[u8]| matches!(key[label.len()..], [0x80..=0xFF, 0x80..=0xFF, 0x80..=0xFF, ..]);
    if !(l.whole() && l.count <= TITLE && !l.stop && book.glued_tags.of(key).any(glued)) {
        return;
    }
    let said = page.words(line).iter().any(|t| page.is(*t, Class::Common.bit() | Class::Verb.bit()));
    if l.first.is_some_and(|first| first.word.is_unknown()) && !said {
        page.suggest(line, page.known().tags_label, Place::Tail);
    }
}

/// The part of the line from key byte `from` to just before the white space before `to`.
fn part_before<T: Text>(page: &Reading<T>, line: usize, from: usize, to: usize) -> Span {
    let mut end = to;
    while end > from && matches!(page.sheet.key[end - 1], b' ' | b'"' | b'(' | b'#') {
        end -= 1;
    }
    page.part(line, from, end.max(from + 1))
}

fn closing<T: Text>(page: &mut Reading<T>, line: usize) {
    if !page.sheet.lines[line].is_read() && !may_close(page, line) {
        return;
    }
    let words = page.tail_words(line);
    let phrases = &page.rules.book.phrases;
    let begins = |t: Token, forms: u32| phrases.may_begin(t.word, forms) || phrases.late(forms).is_some();
    let n = words.len();
    let first = n.saturating_sub(CLOSING);
    let mut hits = Vec::new();
    for from in (first..n).filter(|&from| begins(words[from], ENDS | Form::Rest.bit())) {
        page.rules.book.phrases.find(&words, from, 0, &mut |rule, end| {
            let form = page.rules.book.rules[rule as usize].form;
            if (end == n && matches!(form, Form::Close | Form::Suffix)) || form == Form::Rest {
                hits.push((rule, from));
            }
        });
    }
    // A line's rest may be longer than a closing phrase: look for its first words further back, too.
    for from in (0..first).filter(|&from| begins(words[from], Form::Rest.bit())) {
        phrases.find(&words, from, 0, &mut |rule, _| {
            if page.rules.book.rules[rule as usize].form == Form::Rest {
                hits.push((rule, from));
            }
        });
    }
    let mut stop = n;
    if let Some(end) =
        hits.iter().filter(|hit| page.rules.book.rules[hit.0 as usize].form == Form::Rest).map(|hit| hit.1).min()
    {
        // What ends the text before the rest ends the story, too.
        stop = end;
        for from in end.saturating_sub(6)..end {
            phrases.find(&words, from, 0, &mut |rule, to| {
                if to == end && page.rules.book.rules[rule as usize].form == Form::Suffix {
                    hits.push((rule, from));
                }
            });
        }
    }
    if hits.is_empty() {
        return;
    }
    let (key, base) = (page.sheet.tail_key(line), page.sheet.lines[line].tail.start);
    // An address or a file's name may stand before a list of keywords.
    let behind = |from: usize| (words[from], is_behind_latin(key, words[from].from - base));
    let behind: Vec<(Token, bool)> = hits.iter().map(|hit| behind(hit.1)).collect();
    let (first, end) = (words.first().copied(), words.get(stop).copied());
    for ((rule, from), (word, latin)) in hits.into_iter().zip(behind) {
        let r = &page.rules.book.rules[rule as usize];
        if !r.on {
            continue;
        }
        match r.form {
            Form::Close if page.sheet.lines[line].whole() && n <= LONGEST => {
                // "… in a message on Telegram." ends many a story.
                let told = page.sheet.lines[line].is_prose() || first.is_some_and(|t| is_told(page, t));
                if r.category != Category::Promo || !told {
                    note(page, line, rule);
                }
            }
            Form::Suffix if from > 0 && (word.gap & (gap::STOP | gap::OTHER | gap::COLON) != 0 || word.gap == 0) => {
                rest(page, line, word, end.filter(|_| from < stop), rule);
            }
            Form::Rest
                if from > 0
                    && (r.place == Place::Any
                        || word.gap & gap::STOP != 0
                        || word.gap == 0
                        || (r.category == Category::Tags && latin)) =>
            {
                rest(page, line, word, None, rule);
            }
            _ => {}
        }
    }
}

/// Whether a phrase may close the line or open its rest, by its last words and by those that a rest begins with: most
/// long lines are ruled out without being read word by word.
fn may_close<T: Text>(page: &Reading<T>, line: usize) -> bool {
    const REST: u32 = Form::Rest.bit();
    let book = &page.rules.book;
    let key = page.sheet.tail_key(line);
    let near = book.phrases.open_len().min(CLOSING);
    last_words(key, &book.lexicon, &mut [Word::default()]).iter().any(|&last| book.phrases.may_close(last, ENDS))
        || book.phrases.late(REST | REST_ANYWHERE).is_some()
        || book.rests.any(key, usize::MAX, page.sheet.lines[line].foreign, |start, bits| {
            if bits & OPEN != 0
                && book.phrases.is_open(word_at(key, start, &book.lexicon).0, ENDS)
                && spelled(&key[start..]).nth(near).is_none()
            {
                return true;
            }
            if bits & !OPEN == 0 {
                return false;
            }
            let latin = is_behind_latin(key, start);
            if bits & ANYWHERE == 0 && !latin && is_spaced(key, start) {
                return false;
            }
            let (word, gap) = word_at(key, start, &book.lexicon);
            let parted = gap & gap::STOP != 0 || gap == 0 || latin;
            book.phrases.may_begin(word, if parted { REST } else { REST_ANYWHERE })
        })
}

/// Whether a word is a verb that reports, with or without "and" before it.
fn is_told<T: Text>(page: &Reading<T>, token: Token) -> bool {
    let bare = match page.sheet.bytes(token) {
        [AND, rest @ ..] => Token { word: page.rules.book.lexicon.word(rest), ..token },
        _ => token,
    };
    page.is(token, Class::Verb.bit()) || page.is(bare, Class::Verb.bit())
}

/// Cuts a line from a word of its tail to another, or to its end; an opening bracket or mark before the word goes with it.
fn rest<T: Text>(page: &mut Reading<T>, line: usize, word: Token, until: Option<Token>, rule: u32) {
    let l = &page.sheet.lines[line];
    let mut start = word.from;
    while start > l.tail.start && matches!(page.sheet.key[start - 1], b'(' | b'*' | b'[' | b'-' | b'|' | b'<') {
        start -= 1;
    }
    let end = until.map_or(l.span.end, |word| page.sheet.offset(page.text, line, word.from));
    let span = Span::new(page.sheet.offset(page.text, line, start), end);
    page.cut_part(line, span, RuleId(rule));
    if word.gap & gap::STOP != 0 && page.on(RuleId(rule)) {
        // What is left of the line ends as a sentence does.
        page.sheet.lines[line].stop = true;
        page.sheet.lines[line].period = true;
    }
}

/// A row of buttons: nothing but networks and sharing words, spaced or run together.
fn row<T: Text>(page: &mut Reading<T>, line: usize) {
    let l = &page.sheet.lines[line];
    let classes = Class::Network.bit();
    let Some(first) = l.first.filter(|_| l.whole()) else { return };
    let opens = first.word.is_number() || page.names().may_begin(first, classes);
    let bytes = page.sheet.bytes(first);
    let glued = || page.rules.book.networks.may_begin(bytes) && run_together(page, bytes) > 0;
    if !(opens || glued()) {
        return;
    }
    if spelled(page.sheet.head_key(line)).nth(BUTTONS).is_some() {
        return;
    }
    let words = page.words(line);
    let (mut at, mut found) = (0, 0);
    while at < words.len() {
        if let Some(name) = page.name(&words, at, classes) {
            at = name.end;
            found += 1;
        } else if words[at].word.is_number() {
            at += 1;
        } else {
            match run_together(page, page.sheet.bytes(words[at])) {
                0 => return,
                n => found += n,
            }
            at += 1;
        }
    }
    let rule = page.known().share_row;
    match found {
        0 => {}
        1 | 2 => page.suggest(line, rule, Place::Near),
        _ => {
            page.cut(line, rule);
        }
    }
}

/// How many names of networks make up a word, 0 if they do not.
fn run_together<T: Text>(page: &Reading<T>, word: &[u8]) -> usize {
    if word.len() > RUN {
        return 0;
    }
    let mut reached = [0_usize; RUN + 1];
    reached[0] = 1;
    let mut furthest = 0;
    for from in 0..word.len() {
        if from > furthest {
            return 0;
        }
        if reached[from] == 0 {
            continue;
        }
        for to in from + 1..=word.len().min(from + 14) {
            let token = Token { word: page.rules.book.lexicon.word(&word[from..to]), from: 0, to: 0, gap: 0 };
            if !token.word.is_unknown() && page.is(token, Class::Network.bit()) {
                reached[to] = reached[to].max(reached[from] + 1);
                furthest = furthest.max(to);
            }
        }
    }
    reached[word.len()].saturating_sub(1)
}
