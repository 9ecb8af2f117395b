//! Taking cuts out of a text: whole lines go with a line break, parts of lines with the white space beside them.
use super::key::{is_break, is_space};
use crate::text::{Buffer, Span, Text};

/// See [`super::remove`].
pub fn remove<T: Text>(text: T, cuts: &[Span]) -> Option<T::Buf> {
    if cuts.is_empty() {
        return None;
    }
    let mut out = T::Buf::default();
    let mut kept = 0;
    for span in joined(text, cuts) {
        let (gone, put) = widen(text, span);
        if gone.start > kept {
            text.slice(Span::new(kept, gone.start)).append_to(&mut out);
        }
        if let Some(c) = put {
            out.push(c);
        }
        kept = kept.max(gone.end);
    }
    text.slice(Span::new(kept, text.len())).append_to(&mut out);
    Some(out)
}

/// Cuts with nothing but blanks of one line between them are one, and so are whole lines that follow one another.
fn joined<T: Text>(text: T, cuts: &[Span]) -> Vec<Span> {
    let mut all: Vec<Span> = Vec::with_capacity(cuts.len());
    for &cut in cuts {
        match all.last_mut() {
            Some(last) if side_by_side(text, *last, cut) || line_by_line(text, *last, cut) => last.end = cut.end,
            _ => all.push(cut),
        }
    }
    all
}

fn side_by_side<T: Text>(text: T, cut: Span, next: Span) -> bool {
    blanks_after(text, cut.end) >= next.start
}

/// Whether both cuts fill their lines and one line break stands between them.
fn line_by_line<T: Text>(text: T, cut: Span, next: Span) -> bool {
    let end = blanks_after(text, cut.end);
    end < text.len()
        && text.char_at(end).is_some_and(is_break)
        && blanks_after(text, after_break(text, end)) == next.start
        && opens_line(text, cut)
        && closes_line(text, next)
}

fn opens_line<T: Text>(text: T, cut: Span) -> bool {
    text.char_before(blanks_before(text, cut.start)).is_none_or(is_break)
}

fn closes_line<T: Text>(text: T, cut: Span) -> bool {
    text.char_at(blanks_after(text, cut.end)).is_none_or(is_break)
}

/// What goes with a cut, and the character that stays in its place.
fn widen<T: Text>(text: T, cut: Span) -> (Span, Option<u32>) {
    let start = blanks_before(text, cut.start);
    let end = blanks_after(text, cut.end);
    match (opens_line(text, cut), closes_line(text, cut)) {
        (true, true) if end < text.len() => (Span::new(start, after_break(text, end)), None),
        (true, true) => (Span::new(before_break(text, start), end), None),
        (false, false) => {
            let broken = text.slice(cut).chars().any(|(_, c)| is_break(c));
            (Span::new(start, end), Some(if broken { 0x0A } else { 0x20 }))
        }
        _ => (Span::new(start, end), None),
    }
}

fn blanks_before<T: Text>(text: T, mut at: usize) -> usize {
    while at > 0 {
        let (c, before) = text.decode_before(at);
        if !is_space(c) || is_break(c) {
            break;
        }
        at = before;
    }
    at
}

fn blanks_after<T: Text>(text: T, mut at: usize) -> usize {
    while at < text.len() {
        let (c, next) = text.decode(at);
        if !is_space(c) || is_break(c) {
            break;
        }
        at = next;
    }
    at
}

/// The offset behind the line break at `at`.
fn after_break<T: Text>(text: T, at: usize) -> usize {
    let (c, next) = text.decode(at);
    if c == 0x0D && text.char_at(next) == Some(0x0A) { next + 1 } else { next }
}

/// The offset of the line break that ends at `at`.
fn before_break<T: Text>(text: T, at: usize) -> usize {
    if at == 0 {
        return 0;
    }
    let (c, before) = text.decode_before(at);
    if c == 0x0A && text.char_before(before) == Some(0x0D) { before - 1 } else { before }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(text: &str, gone: &[&str]) -> String {
        let mut at = 0;
        let cuts: Vec<Span> = gone
            .iter()
            .map(|g| {
                let start = at + text[at..].find(g).unwrap();
                at = start + g.len();
                Span::new(start, at)
            })
            .collect();
        remove(text, &cuts).unwrap_or_else(|| text.to_owned())
    }

    #[test]
    fn a_line_goes_with_one_of_its_breaks() {
        assert_eq!(without("أ\nب\n\nج", &["ب"]), "أ\n\nج");
        assert_eq!(without("أ\r\nب\r\nج", &["ب"]), "أ\r\nج");
        assert_eq!(without("أ\nب", &["ب"]), "أ");
        assert_eq!(without("أ\n ب ", &["أ"]), " ب ");
        assert_eq!(without(" أ ", &["أ"]), "");
        assert_eq!(without("أ\nب\nج", &["ب", "ج"]), "أ");
        assert_eq!(without("أ\r\nب\r\n ج ", &["ب", "ج"]), "أ");
    }

    #[test]
    fn a_part_of_a_line_leaves_one_space_between_its_neighbours() {
        assert_eq!(without("أ ب  ج", &["ب"]), "أ ج");
        assert_eq!(without("أ بج", &["ب"]), "أ ج");
        assert_eq!(without("أبج", &["ب"]), "أ ج");
        assert_eq!(without("أ: ب\nج", &["أ:"]), "ب\nج");
        assert_eq!(without("ب (أ)\nج", &["(أ)"]), "ب\nج");
    }

    #[test]
    fn cuts_side_by_side_on_a_line_are_one() {
        assert_eq!(without("أ\nب ج\nد", &["ب", "ج"]), "أ\nد");
    }

    #[test]
    fn nothing_to_cut_is_nothing_changed() {
        assert_eq!(remove("أ  ب", &[]), None);
    }
}
