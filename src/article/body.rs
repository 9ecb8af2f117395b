//! The story's own text: what is neither cut nor the headline.
use crate::boilerplate::facts::{is_invisible, is_space};
use crate::boilerplate::{Categories, Page};
use crate::scan::lines::line_end;
use crate::text::{Buffer, Span, Text};

/// The pieces of a body in order: where each begins in it, and where it stands in the page. Between two is one unit, a
/// space or a line break.
#[derive(Clone, Debug, Default)]
pub struct Pieces(Vec<Piece>);

#[derive(Clone, Copy, Debug)]
struct Piece {
    at: usize,
    span: Span,
    /// Whether a line break stands before it, not a space.
    broken: bool,
}

/// The kept pieces, line by line, and the text they make; pieces of one line are joined by a space.
pub fn gather<T: Text>(text: T, page: &Page, keep: Categories) -> (Vec<Span>, T::Buf, Pieces) {
    let mut gone: Vec<Span> =
        page.cuts.iter().filter(|c| !keep.contains(c.category)).map(|c| c.span).chain(page.title).collect();
    gone.sort_unstable();
    let cut: usize = gone.iter().map(|cut| cut.len()).sum();
    let (mut spans, mut pieces) = (Vec::new(), Vec::new());
    let mut body = T::Buf::with_capacity(text.len().saturating_sub(cut));
    let mut from = 0;
    let mut broken = true;
    for cut in gone.into_iter().chain([Span::new(text.len(), text.len())]) {
        if cut.start > from || from == 0 {
            broken |= lines(text, Span::new(from, cut.start.max(from)), broken, &mut spans, &mut pieces, &mut body);
        }
        broken |= line_end(text.slice(cut), 0) < cut.len();
        from = from.max(cut.end);
    }
    (spans, body, Pieces(pieces))
}

/// Adds the lines of a kept part; returns whether it ended behind a line break.
fn lines<T: Text>(
    text: T,
    part: Span,
    mut broken: bool,
    spans: &mut Vec<Span>,
    pieces: &mut Vec<Piece>,
    body: &mut T::Buf,
) -> bool {
    let mut start = part.start;
    loop {
        let end = start + line_end(text.slice(Span::new(start, part.end)), 0);
        if let Some(piece) = trimmed(text, Span::new(start, end)) {
            spans.push(piece);
            if text.slice(piece).chars().any(|(_, c)| !is_invisible(c)) {
                if !pieces.is_empty() {
                    body.push(if broken { 0x0A } else { 0x20 });
                }
                pieces.push(Piece { at: body.view().len(), span: piece, broken });
                text.slice(piece).append_to(body);
                broken = false;
            }
        }
        if end == part.end {
            return broken;
        }
        broken = true;
        start = text.decode(end).1;
    }
}

fn trimmed<T: Text>(text: T, span: Span) -> Option<Span> {
    let Span { mut start, mut end } = span;
    while start < end && is_space(text.decode(start).0) {
        start = text.decode(start).1;
    }
    while end > start && is_space(text.decode_before(end).0) {
        end = text.decode_before(end).1;
    }
    (start < end).then(|| Span::new(start, end))
}

impl Pieces {
    /// What stands before each piece in the body, and where the piece stands in the page.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, Span)> {
        let before = |at, piece: &Piece| match (at, piece.broken) {
            (0, _) => "",
            (_, true) => "\n",
            (_, false) => " ",
        };
        self.0.iter().enumerate().map(move |(at, piece)| (before(at, piece), piece.span))
    }

    /// Where a span of the body stands in the page.
    #[must_use]
    pub fn in_page(&self, span: Span) -> Span {
        let place = |at: usize| {
            let i = self.0.partition_point(|p| p.at <= at).saturating_sub(1);
            self.0.get(i).map_or(at, |p| p.span.start + (at - p.at))
        };
        if span.is_empty() {
            return Span::new(place(span.start), place(span.start));
        }
        let last = place(span.end - 1);
        Span::new(place(span.start), last + 1)
    }
}
