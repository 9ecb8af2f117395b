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
            // Below another story's title stands who wrote that one.
            Category::Dateline | Category::Byline
                if matches!(rules.id(cut.rule), "dateline.line" | "byline.name")
                    && above.is_some_and(|above| above.category == Category::Related) => {}
            // Below the story stands who put it on the site.
            Category::Byline
                if rules.id(cut.rule) == "byline.posted" && cut.span.start >= end && !credits.authors.is_empty() => {}
            // The editor in chief, whose label stands above the name.
            Category::Byline
                if rules.id(cut.rule) == "byline.name"
                    && above.is_some_and(|above| above.category == Category::Contact) => {}
            Category::Dateline | Category::Byline => {
                let pieces = facts::credit(text, cut.span, rules);
                // A place alone on its line is as often the name of a section.
                if pieces.len() > 1 || rules.id(cut.rule) != "dateline.line" {
                    let line = cut.category == Category::Byline;
                    credits.take(text, &pieces, line.then(|| rules.id(cut.rule)), rules);
                }
            }
            Category::Date => {
                // "الرياض 12 شوال 1436 هـ واس"
                let pieces = facts::credit(text, cut.span, rules);
                let is = |kind: Kind| pieces.iter().any(|p| p.kind == kind);
                if is(Kind::Place) && is(Kind::Outlet) && is(Kind::Date) && cut.span.start < end {
                    credits.take(text, &pieces, None, rules);
                }
            }
            Category::Source => {
                let value = facts::behind_label(text, cut.span, rules);
                let pieces = value.map(|value| facts::credit(text, value, rules)).unwrap_or_default();
                if is_byline(&pieces) {
                    credits.take(text, &pieces, Some("byline.line"), rules);
                }
            }
            _ => {}
        }
    }
    credits
}

/// Whether nothing but white space stands between two cuts.
pub fn is_next_line<T: Text>(text: T, above: Span, below: Span) -> bool {
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
    fn take<T: Text>(&mut self, text: T, pieces: &[Piece], byline: Option<&str>, rules: &Rules) {
        let named = pieces.iter().any(|p| p.kind == Kind::Person);
        let outlets = pieces.iter().filter(|p| p.kind == Kind::Outlet).count();
        let mut photo = false;
        for (i, piece) in pieces.iter().enumerate() {
            if piece.kind == Kind::Role {
                photo = piece.photo;
            }
            match piece.kind {
                Kind::Place => {
                    self.place.get_or_insert(piece.span);
                }
                // A newspaper may bear its town's name: beside another outlet it is the town.
                Kind::Outlet if piece.place && outlets > 1 => {
                    self.place.get_or_insert(piece.span);
                }
                // Who took the pictures did not write the story.
                Kind::Person | Kind::Unknown if photo => {}
                Kind::Outlet => {
                    self.agency.get_or_insert(piece.span);
                }
                Kind::Person => self.add(text, piece.span),
                // A part that no list knows is the person in a byline that names none.
                Kind::Unknown if !named && byline.is_some() => {
                    let role = i > 0 && pieces[i - 1].kind == Kind::Role;
                    let alone = byline == Some("byline.name") || byline == Some("byline.trade");
                    if (role || pieces.len() > 1 || alone)
                        && let Some(name) = facts::name(text, piece.span, rules)
                    {
                        self.add(text, name);
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
