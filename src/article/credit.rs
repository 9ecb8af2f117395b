//! Who wrote it, for whom, where: the parts of datelines and bylines.
use crate::boilerplate::facts::{self, Kind};
use crate::boilerplate::{Category, Page, Rules};
use crate::text::{Span, Text};

/// What the page's credits say.
#[derive(Debug, Default)]
pub struct Credits {
    pub place: Option<Span>,
    pub agency: Option<Span>,
    pub authors: Vec<Span>,
}

/// Reads every dateline and byline of a page.
pub fn read<T: Text>(text: T, page: &Page, rules: &Rules) -> Credits {
    let mut credits = Credits::default();
    for cut in &page.cuts {
        let line = match cut.category {
            Category::Dateline => false,
            Category::Byline => true,
            _ => continue,
        };
        let pieces = facts::credit(text, cut.span, rules);
        for (i, piece) in pieces.iter().enumerate() {
            match piece.kind {
                Kind::Place => {
                    credits.place.get_or_insert(piece.span);
                }
                Kind::Outlet => {
                    credits.agency.get_or_insert(piece.span);
                }
                Kind::Person => add(text, &mut credits.authors, piece.span),
                // A part that no list knows is the person in a byline that names none.
                Kind::Unknown if line && rules.id(cut.rule) != "byline.trade" => {
                    let named = pieces.iter().any(|p| p.kind == Kind::Person);
                    let role = i > 0 && pieces[i - 1].kind == Kind::Role;
                    if !named && (role || pieces.len() > 1 || rules.id(cut.rule) == "byline.name") {
                        add(text, &mut credits.authors, piece.span);
                    }
                }
                _ => {}
            }
        }
    }
    credits
}

/// Adds a person once, as first written.
fn add<T: Text>(text: T, authors: &mut Vec<Span>, span: Span) {
    let letters = |s: Span| text.slice(s).chars().map(|c| c.1).filter(|c| *c > 0x40).collect::<Vec<_>>();
    if !authors.iter().any(|&a| letters(a) == letters(span)) {
        authors.push(span);
    }
}
