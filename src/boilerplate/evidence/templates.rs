//! Lines, and parts of them, that the site's other pages showed too.
use crate::boilerplate::RuleId;
use crate::boilerplate::reading::Reading;
use crate::boilerplate::templates::{LineView, PageView, Repeats};
use crate::text::{Span, Text};

/// A part of a line that repeats.
pub type Part = (usize, Span, RuleId);

/// Cuts the lines that repeat, and gives the parts of others that do. What the rules make of a line stands: they know
/// what it is, and a line that they only suspect is now certain.
pub fn lines<T: Text>(page: &mut Reading<T>, repeats: &Repeats) -> Vec<Part> {
    let known = page.known();
    let (mut whole, mut parts) = (Vec::new(), Vec::new());
    let view = PageView::new(&page.sheet, page.rules);
    for at in 0..view.len() {
        let line = view.line(at);
        let key = &page.sheet.lines[at].key;
        if line.may_repeat() && repeats.lines.contains(&line.hash) {
            whole.push((at, known.template_line));
            continue;
        }
        if at == 0
            && let Some(prefix) = line.prefix().filter(|prefix| repeats.prefixes.contains(&prefix.shape))
        {
            parts.push((at, page.part(at, key.start, prefix.end), known.template_prefix));
        }
        if LineView::is_head(at) && line.is_short() && line.ends().any(|end| repeats.head.contains(&end)) {
            whole.push((at, known.template_head));
            continue;
        }
        let repeated = |piece: &usize| line.grams(*piece).any(|gram| repeats.tail.contains(&gram));
        let opening = line.openings().filter(|&piece| line.in_tail(piece) && !line.ends_as_text()).find(repeated);
        match opening.map(|piece| line.from(piece)) {
            Some(part) if part.start == key.start => whole.push((at, known.template_tail)),
            Some(part) => parts.push((at, page.part(at, part.start, part.end), known.template_tail)),
            None => {}
        }
    }
    for (line, rule) in whole {
        match page.pending[line].filter(|_| page.on(rule)) {
            Some(suspected) => page.marks[line] = page.marks[line].or(Some(suspected.mark)),
            None => {
                page.cut(line, rule);
            }
        }
    }
    parts
}

/// Cuts the parts, behind those that the rules found.
pub fn parts<T: Text>(page: &mut Reading<T>, parts: Vec<Part>) {
    for (line, span, rule) in parts {
        page.cut_part(line, span, rule);
    }
}
