//! Who wrote it, for whom, where: the parts of datelines and bylines.
use std::collections::HashSet;

use crate::boilerplate::facts::{self, Kind, Piece, gap};
use crate::boilerplate::{Category, Page, Rules};
use crate::text::{Span, Text};

/// What the page's credits say.
#[derive(Debug, Default)]
pub struct Credits {
    pub place: Option<Span>,
    pub agency: Option<Span>,
    pub authors: Vec<Span>,
    /// The letters of their names.
    letters: HashSet<Vec<u32>>,
}

/// Reads every dateline and byline of a page, and the source lines that are bylines in truth. `end`: that of
/// the story.
pub fn read<T: Text>(text: T, page: &Page, rules: &Rules, end: usize) -> Credits {
    let mut credits = Credits::default();
    for (i, cut) in page.cuts.iter().enumerate() {
        let above = i.checked_sub(1).map(|i| &page.cuts[i]).filter(|above| is_next_line(text, above.span, cut.span));
        match cut.category {
            // Whoever signs behind the story's comments is a reader.
            Category::Comments if cut.span.start >= end => break,
            // The editor in chief, whose label stands above the name.
            Category::Byline
                if rules.id(cut.rule) == "byline.name"
                    && above.is_some_and(|above| above.category == Category::Contact) => {}
            Category::Dateline | Category::Byline => {
                let pieces = facts::credit(text, cut.span, rules);
                // A place alone on its line is as often the name of a section.
                if pieces.len() > 1 || rules.id(cut.rule) != "dateline.line" {
                    let line = cut.category == Category::Byline;
                    credits.take(text, &pieces, line.then(|| rules.id(cut.rule)));
                }
            }
            Category::Source => {
                let value = facts::behind_label(text, cut.span, rules);
                let pieces = value.map(|value| facts::credit(text, value, rules)).unwrap_or_default();
                if is_byline(&pieces) {
                    credits.take(text, &pieces, Some("byline.line"));
                }
            }
            _ => {}
        }
    }
    credits
}

/// Whether nothing but white space stands between two cuts.
fn is_next_line<T: Text>(text: T, above: Span, below: Span) -> bool {
    text.slice(Span::new(above.end, below.start)).chars().all(|(_, c)| facts::is_space(c))
}

/// Whether what a source line credits is a place and a writer: `المصدر: دبي - سالم النعيمي`.
pub fn is_byline(pieces: &[Piece]) -> bool {
    let dash = |piece: &Piece| piece.gap & gap::DASH != 0;
    matches!(pieces, [place, writer]
        if place.kind == Kind::Place && matches!(writer.kind, Kind::Person | Kind::Unknown) && dash(writer))
}

impl Credits {
    /// Takes the parts of one credit; `byline`: the rule, where it is a byline's.
    fn take<T: Text>(&mut self, text: T, pieces: &[Piece], byline: Option<&str>) {
        let named = pieces.iter().any(|p| p.kind == Kind::Person);
        for (i, piece) in pieces.iter().enumerate() {
            match piece.kind {
                Kind::Place => {
                    self.place.get_or_insert(piece.span);
                }
                Kind::Outlet => {
                    self.agency.get_or_insert(piece.span);
                }
                Kind::Person => self.add(text, piece.span),
                // A part that no list knows is the person in a byline that names none.
                Kind::Unknown if !named && byline.is_some_and(|rule| rule != "byline.trade") => {
                    let role = i > 0 && pieces[i - 1].kind == Kind::Role;
                    if role || pieces.len() > 1 || byline == Some("byline.name") {
                        self.add(text, piece.span);
                    }
                }
                _ => {}
            }
        }
    }

    /// Adds a person once, as first written.
    fn add<T: Text>(&mut self, text: T, span: Span) {
        if self.letters.insert(text.slice(span).chars().map(|c| c.1).filter(|c| *c > 0x40).collect()) {
            self.authors.push(span);
        }
    }
}
