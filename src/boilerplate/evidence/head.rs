//! The page's head: which line is the headline, and what the lines around it are that no rule knows.
use crate::boilerplate::evidence::credits::FROM;
use crate::boilerplate::evidence::labels;
use crate::boilerplate::evidence::repeat::Repeats;
use crate::boilerplate::key::{self, AND};
use crate::boilerplate::lines::{self, Token, gap};
use crate::boilerplate::names::Class;
use crate::boilerplate::reading::{Body, Mark, Reading, Words};
use crate::boilerplate::rules::Place;
use crate::boilerplate::{Category, RuleId};
use crate::text::Text;

/// A headline has at least and at most this many words.
const SHORTEST: usize = 3;
const LONGEST: usize = 26;
/// From this score on a line could be the headline for its words alone.
const CREDIBLE: i32 = 30;

/// A strip of headlines: parted by wide gaps, or a long line without a stop that speaks of nothing the page speaks of.
pub fn tickers<T: Text>(page: &mut Reading<T>) {
    let rule = page.known().nav_ticker;
    let end = page.len().min(14);
    for line in 0..end {
        let l = &page.sheet.lines[line];
        if page.is_cut(line) || l.period || l.arabic < l.latin || l.count < 9 {
            continue;
        }
        // A wide gap has three blanks, two of them behind another.
        let gaps = if l.blanks >= 4 { lines::wide_gaps(page.text, l.span) } else { 0 };
        if l.stop && gaps < 5 {
            continue;
        }
        let (least, most) = ((gaps + 1) * 3, (gaps + 1) * 12);
        let wide = gaps >= 2
            && !l.colon
            && (least..=most).contains(&lines::count(page.text, l.span, most + 1))
            && !has_comma(page, line);
        let first = (0..line).all(|before| !page.is_prose(before));
        // A story on one line that begins with its credit may hold verse.
        let credited = || page.len() == 1 && page.first_words(line, 6).iter().any(|t| t.gap & gap::COLON != 0);
        if wide && credited() {
            continue;
        }
        if wide || (first && l.count >= 24 && !l.colon && is_strange(page, line)) {
            page.cut(line, rule);
        }
    }
}

/// Whether a line holds a comma: headlines hardly ever do.
fn has_comma<T: Text>(page: &Reading<T>, line: usize) -> bool {
    let sheet = &page.sheet;
    if [sheet.head_key(line), sheet.tail_key(line)].iter().all(|key| memchr::memchr2(b',', b';', key).is_none()) {
        return false;
    }
    let comma = |t: &Token| t.gap & gap::COMMA != 0 && !(t.gap == gap::COMMA && t.word.is_number());
    page.words(line).iter().any(comma) || page.tail_words(line).iter().any(comma)
}

/// Whether running text follows a line and shares next to nothing with it.
fn is_strange<T: Text>(page: &Reading<T>, line: usize) -> bool {
    let prose: Vec<usize> = (line + 1..page.len()).filter(|&l| page.is_prose(l)).take(30).collect();
    let headline =
        line + 1 < page.len() && !page.sheet.lines[line + 1].period && page.sheet.lines[line + 1].count <= LONGEST;
    if prose.len() < 2 || !headline || has_comma(page, line) {
        return false;
    }
    let text: Words = prose.iter().flat_map(|&l| page.topics(l)).copied().collect();
    let topics = page.topics(line);
    let shared = topics.iter().filter(|t| text.contains(t)).count();
    shared * 5 < topics.len()
}

/// Looks for the headline among the lines before the running text. `body`: the topics of the running text.
pub fn title<T: Text>(page: &mut Reading<T>, repeats: &Repeats, body: &Body) {
    if let Some(line) = hinted(page) {
        page.title = Some(line);
        return;
    }
    let mut best: Option<(i32, usize)> = None;
    let end = page.lead.min(page.len()).min(60);
    let mut credited = false;
    for line in 0..end {
        if best.is_some_and(|b| b.0 >= CREDIBLE) && is_credit(page, line) {
            credited = true;
        }
        // What stands twice in a row below a line that could be the headline is a caption.
        let below = line > 0 && !page.is_cut(line - 1) && page.sheet.lines[line - 1].count >= 4;
        let again = repeats.is_repeated(line) && !(below && repeats.is_first_of_two(page, line));
        let Some(mut score) = score(page, line, again, body) else { continue };
        if best.is_some_and(|b| b.0 >= CREDIBLE) {
            // A line printed twice in a row below a headline is a caption, and so is most of what follows the credits.
            if repeats.is_first_of_two(page, line) {
                score -= 30;
            }
            if credited {
                score -= 30;
            }
        }
        if best.is_none_or(|b| score > b.0) {
            best = Some((score, line));
        }
    }
    page.title = best.filter(|b| b.0 >= 20).map(|b| repeats.first(b.1));
}

/// Whether a line is a date, a credit or a share button: what stands below a headline.
fn is_credit<T: Text>(page: &Reading<T>, line: usize) -> bool {
    let mark = page.marks[line].or(page.pending[line].map(|p| p.mark));
    mark.is_some_and(|m| {
        matches!(m.category, Category::Date | Category::Byline | Category::Dateline | Category::Share)
            && m.rule != page.known().byline_name
    })
}

/// How much a line looks like the headline.
fn score<T: Text>(page: &Reading<T>, line: usize, again: bool, body: &Body) -> Option<i32> {
    let l = &page.sheet.lines[line];
    if page.is_cut(line) || page.pending[line].is_some() || page.labels[line].is_some() || !l.whole() {
        return None;
    }
    if l.count < SHORTEST || l.count > LONGEST || l.colon || l.latin > l.arabic {
        return None;
    }
    let topics = page.topics(line);
    if topics.is_empty() {
        return None;
    }
    let shared = body.shared(page, topics);
    let share = i32::try_from(100 * shared / topics.len()).unwrap_or(0);
    let mut score = share / 2 + 10;
    if l.count >= 5 {
        score += 12;
    }
    if l.count >= 7 {
        score += 6;
    }
    if again {
        score += if l.count >= 5 { 15 } else { 3 };
    }
    if l.period {
        score -= 60;
    } else if l.ellipsis {
        score -= 15;
    }
    if shared == 0 {
        score -= 10;
    }
    let scene = || {
        let words = page.words(line);
        line == 0 && words.len() <= 6 && !l.stop && is_scene(page, &words, topics, body)
    };
    if ends_in_credit(page, line) || scene() {
        score -= 60;
    }
    if matches!(page.sheet.head_key(line).first(), Some(b'-' | b'*')) {
        score -= 20;
    }
    Some(score)
}

/// The line that is the headline hinted at.
fn hinted<T: Text>(page: &Reading<T>) -> Option<usize> {
    let hint = page.hints.title.as_deref().filter(|h| h.len() >= 6)?;
    let end = page.len().min(80);
    (0..end).find(|&line| {
        let key = page.sheet.head_key(line);
        page.sheet.lines[line].whole() && (key == hint || (key.len() > 12 && hint.starts_with(key)))
    })
}

/// Decides on the lines before the running text that no rule knows.
pub fn unknown<T: Text>(page: &mut Reading<T>, body: &Body) {
    let lead = page.lead;
    if lead >= page.len() {
        // Without running text there is no head.
        return;
    }
    match page.title {
        Some(title) => {
            for line in 0..title {
                above(page, line, body);
            }
            let headline: Words = page.topics(title).iter().copied().collect();
            // What goes shows what stood above it, too.
            for line in (title + 1..lead).chain((title + 1..lead).rev()) {
                below(page, line, Some((title, &headline)), body);
            }
        }
        None => {
            for line in 0..lead {
                below(page, line, None, body);
            }
        }
    }
}

/// Whether a mark shows a site's page and not a newspaper's bare text: furniture, or a date.
fn is_site(mark: Mark) -> bool {
    mark.is_furniture() || matches!(mark.category, Category::Date | Category::Contact)
}

/// A line above the headline: another story's headline, a section, a masthead; or a kicker, which stays.
fn above<T: Text>(page: &mut Reading<T>, line: usize, body: &Body) {
    if page.is_cut(line) {
        return;
    }
    let l = &page.sheet.lines[line];
    let known = page.known();
    let topics = page.topics(line);
    let shared = body.shared(page, topics);
    let foreign = shared * 4 <= topics.len();
    let listed = page.words(line).iter().take(5).any(|t| t.gap & gap::COLON != 0);
    let furnished = (0..page.lead.min(page.len())).any(|l| page.marks[l].is_some_and(is_site));
    // A date alone heads a decree, too.
    let site = (0..page.lead.min(page.len())).any(|l| page.marks[l].is_some_and(Mark::is_furniture));
    if l.latin > l.arabic && furnished {
        page.cut(line, known.nav_foreign);
    } else if let Some(pending) = page.pending[line] {
        page.cut(line, pending.mark.rule);
    } else if !furnished {
    } else if [line.wrapping_sub(1), line + 1]
        .iter()
        .all(|&l| page.marks.get(l).is_some_and(|m| m.is_some_and(Mark::is_furniture)))
        && shared == 0
        && !l.period
        && l.count <= 13
    {
        page.cut(line, known.related_other);
    } else if l.count <= 3 && !l.colon && !listed {
        page.cut(line, known.nav_section);
    } else if foreign && site && (!l.stop || l.ellipsis) && (l.count <= 13 || l.count > 30) && !listed && !l.colon {
        let rule = if l.count > 30 { known.nav_ticker } else { known.related_other };
        page.cut(line, rule);
    }
}

/// A line between the headline (or the page's start) and the running text: a caption, a credit, or the standfirst.
fn below<T: Text>(page: &mut Reading<T>, line: usize, title: Option<(usize, &Words)>, body: &Body) {
    if page.is_cut(line) || page.title == Some(line) {
        return;
    }
    let l = &page.sheet.lines[line];
    let known = page.known();
    let described = line > 0 && page.marks[line - 1].is_some_and(|m| m.category == Category::Caption);
    if described && l.count <= 16 && line < page.lead && page.title.is_some_and(|t| t < line) && l.whole() && !l.colon {
        let sourced = page.sheet.head_key(line - 1).contains(&key::FOREIGN);
        if sourced {
            page.cut(line, known.caption_line);
            return;
        }
    }
    if !l.whole() || l.count > 26 || l.colon {
        return;
    }
    if ends_in_credit(page, line)
        && (!l.period || page.sheet.head_key(line).ends_with(b")."))
        && (page.cut_before(line) || page.cut_after(line) || line + 1 == page.lead)
    {
        page.cut(line, known.caption_credit);
        return;
    }
    if l.count > 12 || (l.stop && l.count > 9) {
        return;
    }
    let words = page.words(line);
    let before = page.cut_before(line);
    let after = page.cut_after(line);
    let at_lead = line + 1 == page.lead;
    // A film's or programme's name heads its review.
    let of_page = |l: usize| {
        page.marks
            .get(l)
            .is_some_and(|m| m.is_some_and(|m| !matches!(m.category, Category::Byline | Category::Dateline)))
    };
    if l.latin > l.arabic && (of_page(line.wrapping_sub(1)) || of_page(line + 1)) {
        page.cut(line, known.nav_foreign);
        return;
    }
    let verbal = words.first().is_some_and(|t| page.is(*t, Class::Verb.bit()) || is_present(page.sheet.bytes(*t)));
    let photo = (0..words.len()).any(|at| page.name(&words, at, Class::Photo.bit()).is_some());
    if photo && (before || after || at_lead) {
        page.cut(line, known.caption_line);
        return;
    }
    let pair = words.len() <= 7
        && words.len() >= 2
        && words.iter().all(|t| !t.word.is_number())
        && words[1..].iter().any(|t| t.gap & (gap::DASH | gap::SLASH | gap::PIPE) != 0);
    let dated = after && page.marks[line + 1].is_some_and(|m| m.category == Category::Date);
    if pair && (before || at_lead || dated) && title.is_some() {
        page.cut(line, known.dateline_line);
        return;
    }
    let topics = page.topics(line);
    if title.is_none()
        && line == 0
        && at_lead
        && (2..=6).contains(&words.len())
        && !l.stop
        && is_scene(page, &words, topics, body)
    {
        page.cut(line, known.caption_line);
        return;
    }
    let below = title.is_some_and(|t| line == t.0 + 1);
    if title.is_some()
        && (below || before)
        && (at_lead || dated)
        && !l.stop
        && is_unheard_name(page, &words, topics, body, dated)
    {
        page.cut(line, known.byline_name);
        return;
    }
    if let Some((title, headline)) = title
        && let Some(rule) = told_by_shape(page, line, title, headline, body)
    {
        page.cut(line, rule);
        return;
    }
    if let Some((title, headline)) = title {
        let shared = topics.iter().filter(|t| headline.contains(t)).count();
        let echo = !topics.is_empty() && shared == topics.len() && l.count < page.sheet.lines[title].count;
        if verbal && !echo {
            return;
        }
        if echo && (before || after || (at_lead && line == title + 1))
            || ((before && after) && l.count <= 9)
            || (before && at_lead && l.count <= 6)
        {
            page.cut(line, known.caption_line);
        }
    }
}

/// What a line between headline and running text is by its shape and what stands beside it: a name with a dash, a name
/// above what its bearer is, a section's name above the furniture, another story's headline below a credit.
fn told_by_shape<T: Text>(
    page: &Reading<T>,
    line: usize,
    title: usize,
    headline: &Words,
    body: &Body,
) -> Option<RuleId> {
    const SPOKEN: u32 = Class::Common.bit() | Class::Verb.bit() | Class::Photo.bit();
    const NAMED: u32 = Class::First.bit() | Class::Joint.bit() | Class::Title.bit();
    let known = page.known();
    let (l, words) = (&page.sheet.lines[line], page.words(line));
    let n = words.len();
    let said = |t: &Token| page.is(*t, SPOKEN) && !page.is(*t, NAMED) || t.word.is_number();
    let plain = n > 0 && words[1..].iter().all(|t| t.gap == gap::SPACE) && !words.iter().any(said);
    let (before, after, at_lead) = (page.cut_before(line), page.cut_after(line), line + 1 == page.lead);
    let trade = |l: usize| {
        let words = page.words(l);
        words.len() <= 7 && page.name(&words, 0, Class::Trade.bit()).is_some() && !page.sheet.lines[l].stop
    };
    let topics = page.topics(line);
    let strange = body.shared(page, topics) == 0 && !topics.iter().any(|t| headline.contains(t));
    if page.sheet.head_key(line).ends_with(b" -") && plain && n <= 4 && (at_lead || before) {
        return Some(if n >= 2 { known.byline_name } else { known.dateline_line });
    }
    if plain
        && (2..=4).contains(&n)
        && strange
        && line + 1 < page.lead
        && trade(line + 1)
        && (before || line == title + 1)
    {
        return Some(known.byline_name);
    }
    // "النهر من بنسليمان": an outlet, "from", and a place that a list knows.
    if let Some(from) = (1..n.min(3)).find(|&i| page.sheet.bytes(words[i]) == FROM)
        && page.name(&words, from + 1, Class::Place.bit()).is_some_and(|f| f.end == n)
        && words[1..].iter().all(|t| t.gap == gap::SPACE)
        && !words[..from].iter().any(said)
        && (before || after)
    {
        return Some(known.dateline_line);
    }
    // "ينبع: الخليج": a town that a list knows, a colon, an outlet that none does.
    if (at_lead || after)
        && (2..=3).contains(&n)
        && !l.stop
        && !l.colon
        && !words.iter().any(said)
        && page.name(&words, 0, Class::Place.bit()).is_some_and(|f| f.end < n && words[f.end].gap & gap::COLON != 0)
        && words.iter().filter(|t| t.gap & gap::COLON != 0).count() == 1
    {
        return Some(known.dateline_line);
    }
    if trade(line) && before && (after || at_lead) && line > title + 1 {
        return Some(known.byline_trade);
    }
    let furniture = after && page.marks[line + 1].is_some_and(Mark::is_furniture);
    if plain && n <= 3 && strange && line == title + 1 && furniture && !l.stop {
        return Some(known.nav_section);
    }
    let credited =
        before && page.marks[line - 1].is_some_and(|m| matches!(m.category, Category::Dateline | Category::Byline));
    let other = |line: usize| {
        let topics = page.topics(line);
        let strange = body.shared(page, topics) == 0 && !topics.iter().any(|t| headline.contains(t));
        strange && topics.len() >= 4 && !page.sheet.lines[line].stop && !page.is_cut(line)
    };
    // One alone may be the standfirst.
    if (credited && line + 1 < page.lead && other(line) && other(line + 1))
        || (before && page.marks[line - 1].is_some_and(|m| m.rule == known.related_other) && other(line))
    {
        return Some(known.related_other);
    }
    None
}

/// "من معايدة فرع الوزارة": a scene of what the text tells.
fn is_scene<T: Text>(page: &Reading<T>, words: &[Token], topics: &[u64], body: &Body) -> bool {
    let spoken =
        words[1..].iter().any(|t| page.is(*t, Class::Common.bit() | Class::Verb.bit()) || t.gap & !gap::SPACE != 0);
    page.sheet.bytes(words[0]) == FROM && !spoken && topics.len() >= 2 && body.shared(page, topics) * 2 >= topics.len()
}

/// Two or three words of which nothing is said anywhere: the reporter's name, where the text does not explain them.
/// `dated`: a date stands below. "من" may stand before them.
fn is_unheard_name<T: Text>(page: &Reading<T>, words: &[Token], topics: &[u64], body: &Body, dated: bool) -> bool {
    const SPOKEN: u32 =
        Class::Common.bit() | Class::Verb.bit() | Class::Section.bit() | Class::Photo.bit() | Class::Trade.bit();
    const FIRST: u32 = Class::First.bit() | Class::Joint.bit() | Class::Title.bit();
    let bytes = |t: &Token| page.sheet.bytes(*t);
    let from = words.len() > 2 && bytes(&words[0]) == FROM;
    let words = &words[usize::from(from)..];
    if !(2..=if from { 6 } else { 3 }).contains(&words.len()) {
        return false;
    }
    let plain = words.iter().all(|t| !t.word.is_number() && t.gap & !gap::SPACE == 0 && bytes(t)[0] >= 0x80);
    let definite = |t: &Token| bytes(t).starts_with(&[0xA7, 0xC4]);
    plain
        && !words.iter().any(|t| page.is(*t, SPOKEN) && !page.is(*t, FIRST))
        && !definite(&words[0])
        && (dated || from || page.is(words[0], FIRST) || definite(&words[words.len() - 1]))
        && body.shared(page, topics) == 0
}

/// Whether a line ends with an agency's or photographer's initials in brackets: "(ن.م)".
pub fn ends_in_initials<T: Text>(page: &Reading<T>, line: usize) -> bool {
    let key = page.sheet.tail_key(line);
    if !(key.ends_with(b")") || key.ends_with(b").")) {
        return false;
    }
    let words = page.tail_words(line);
    let n = words.len();
    let initials = |from: usize| words[from..].iter().all(|t| t.to - t.from == 1 && page.sheet.bytes(*t)[0] >= 0x80);
    (n.saturating_sub(3)..n)
        .any(|from| from >= 2 && n - from >= 2 && words[from].gap & gap::OTHER != 0 && initials(from))
}

/// Whether a line ends with an agency, an outlet or a photo word in brackets or behind a dash.
fn ends_in_credit<T: Text>(page: &Reading<T>, line: usize) -> bool {
    const CREDITS: u32 = Class::Agency.bit() | Class::Outlet.bit() | Class::OutletWord.bit() | Class::Photo.bit();
    let words = page.tail_words(line);
    let n = words.len();
    let key = page.sheet.tail_key(line);
    let bracket = key.ends_with(b")") || key.ends_with(b").");
    if ends_in_initials(page, line) {
        return true;
    }
    // "… - عربي21", "… - CC0": a word with a number glued to it, a word in Latin letters.
    let signed = |from: usize| {
        let latin = words[from..].iter().all(|t| page.sheet.bytes(*t)[0] < 0x80 && !t.word.is_number() || t.gap == 0);
        let glued = n - from == 2 && words[n - 1].word.is_number() && words[n - 1].gap == 0;
        words[from].gap & gap::DASH != 0 && (glued || (latin && n - from <= 3))
    };
    (n.saturating_sub(4)..n).any(|from| from >= 3 && words[from].gap & gap::STOP == 0 && signed(from))
        || (n.saturating_sub(4)..n).any(|from| {
            from >= 2
                && words[from].gap & (gap::OTHER | gap::DASH) != 0
                && words[from].gap & gap::STOP == 0
                && (bracket || words[from].gap & gap::DASH != 0)
                && (page.name(&words, from, CREDITS).is_some_and(|f| f.end == n)
                    || (bracket && page.is(words[from], Class::Photo.bit())))
        })
}

/// Whether a word looks like a verb of the third person in the present: it begins with yeh.
fn is_present(word: &[u8]) -> bool {
    word.len() >= 4 && word[0] == 0xCA
}

/// Notes the lines of a page's first part that name a section, or several, and nothing else.
pub fn sections<T: Text>(page: &mut Reading<T>) {
    let rule = page.known().nav_section;
    for line in 0..page.len().min(24) {
        let l = &page.sheet.lines[line];
        let taken = page.pending[line].is_some_and(|p| p.place != Place::Near);
        if page.is_cut(line) || taken || page.labels[line].is_some() {
            continue;
        }
        let words = match l.first {
            Some(first) if page.names().may_begin(first, Class::Section.bit()) => page.words(line),
            _ => continue,
        };
        let short = l.whole() && words.len() <= 40 && !l.colon && !l.stop;
        if short && is_sections(page, &words) {
            page.pending[line] = None;
            page.suggest(line, rule, Place::Head);
        }
    }
}

fn is_sections<T: Text>(page: &Reading<T>, words: &[Token]) -> bool {
    let mut at = 0;
    while at < words.len() {
        let joined = || {
            let [AND, rest @ ..] = page.sheet.bytes(words[at]) else { return false };
            let bare = Token { word: page.rules.book.lexicon.word(rest), ..words[at] };
            at > 0 && page.is(bare, Class::Section.bit())
        };
        at = match page.name(words, at, Class::Section.bit()) {
            Some(found) => found.end,
            None if joined() => at + 1,
            None => return false,
        };
    }
    true
}

/// Cuts pending lines whose place is right, and then those whose neighbour goes, until nothing changes.
pub fn settle<T: Text>(page: &mut Reading<T>) {
    for line in 0..page.len() {
        let Some(pending) = page.pending[line] else { continue };
        if labels::stands_alone(page, line) {
            // Its titles are looked for first.
            continue;
        }
        let right = match pending.place {
            Place::Any => !(page.sheet.lines[line].is_prose() && page.inside(line)),
            Place::Edge => page.in_head(line) || page.in_tail(line),
            Place::Head | Place::Beside => page.in_head(line),
            Place::Tail => page.in_tail(line),
            Place::Near => false,
        };
        if right {
            page.cut(line, pending.mark.rule);
        }
    }
    for at in 0..page.tails.len() {
        let (line, rule) = page.tails[at];
        if page.in_tail(line) {
            page.cut(line, rule);
        }
    }
    near(page);
}

/// Cuts pending lines whose neighbour goes: one sweep down and one up reach every run.
pub fn near<T: Text>(page: &mut Reading<T>) {
    let n = page.len();
    for line in (0..n).chain((0..n).rev()) {
        if page.is_cut(line) || page.title == Some(line) {
            continue;
        }
        let Some(pending) = page.pending[line] else { continue };
        let outside = page.in_head(line) || page.in_tail(line);
        let beside = page.cut_before(line) || page.cut_after(line);
        let fits = match pending.place {
            Place::Tail => page.in_tail(line),
            Place::Head => page.in_head(line),
            _ => true,
        };
        let at_lead = pending.place == Place::Near && page.in_head(line) && line + 1 == page.lead;
        if fits && (beside || (at_lead && outside)) {
            page.cut(line, pending.mark.rule);
        }
    }
}
