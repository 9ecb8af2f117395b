//! Canonical composition of a run of code points that know where they came from.
//!
//! Composition itself is that of the crate `unicode-normalization`; here stands the order of work, on cells, so that
//! surrogates pass (they are starters that never compose) and every result knows its origin.

use super::cell::Cell;
use crate::unicode::{contains, tables};
use unicode_normalization::char::{canonical_combining_class, compose, decompose_canonical};

/// The canonical combining class; 0 for a surrogate.
pub(super) fn class(c: u32) -> u8 {
    // No code point below the combining diacritical marks has one.
    if c < 0x300 { 0 } else { char::from_u32(c).map_or(0, canonical_combining_class) }
}

/// Whether composition leaves the cells as they are, as the quick check of Unicode Annex 15 sees it.
fn is_composed(cells: &[Cell]) -> bool {
    let mut last = 0;
    cells.iter().all(|cell| {
        if cell.c < 0x300 {
            last = 0;
            return true;
        }
        let class = class(cell.c);
        let in_order = class == 0 || last <= class;
        last = class;
        in_order && !contains(tables::NFC_UNSAFE, cell.c)
    })
}

/// Composes the cells in place; `spare` is scratch.
pub(super) fn compose_cells(cells: &mut Vec<Cell>, spare: &mut Vec<Cell>) {
    if is_composed(cells) {
        return;
    }
    spare.clear();
    for cell in cells.iter() {
        match char::from_u32(cell.c) {
            Some(c) => decompose_canonical(c, |part| spare.push(Cell { c: part.into(), ..*cell })),
            None => spare.push(*cell),
        }
    }
    order(spare);
    cells.clear();
    join(spare, cells);
}

/// Puts every run of marks in the order of their classes, those of one class as they stood.
fn order(cells: &mut [Cell]) {
    for run in cells.chunk_by_mut(|_, next| class(next.c) != 0) {
        let marks = if class(run[0].c) == 0 { &mut run[1..] } else { run };
        if !marks.is_sorted_by_key(|cell| class(cell.c)) {
            marks.sort_by_key(|cell| class(cell.c));
        }
    }
}

/// Joins every code point that composes with the starter before it, unless something between them blocks it.
fn join(parts: &[Cell], out: &mut Vec<Cell>) {
    let mut starter = None;
    // The class of what stands last behind the starter, if anything does.
    let mut last: Option<u8> = None;
    for part in parts {
        let class = class(part.c);
        if let Some(at) = starter
            && last.is_none_or(|last| last < class)
            && let Some(joined) = joined(out[at], *part)
        {
            out[at] = joined;
            continue;
        }
        if class == 0 {
            (starter, last) = (Some(out.len()), None);
        } else {
            last = Some(class);
        }
        out.push(*part);
    }
}

fn joined(a: Cell, b: Cell) -> Option<Cell> {
    let c = compose(char::from_u32(a.c)?, char::from_u32(b.c)?)?;
    Some(Cell { c: c.into(), from: a.from.min(b.from), to: a.to.max(b.to) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    fn composed(points: &[u32]) -> Vec<u32> {
        let mut cells: Vec<Cell> = points.iter().enumerate().map(|(at, &c)| Cell { c, from: at, to: at + 1 }).collect();
        compose_cells(&mut cells, &mut Vec::new());
        cells.iter().map(|cell| cell.c).collect()
    }

    #[test]
    fn every_code_point_composes_as_the_crate_composes_it() {
        for c in (0..0x11_0000).filter_map(char::from_u32) {
            let expected: Vec<u32> = [c].into_iter().nfc().map(u32::from).collect();
            assert_eq!(composed(&[c.into()]), expected, "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn random_runs_of_marks_and_letters_compose_as_the_crate_composes_them() {
        let pool: Vec<u32> = [0x61, 0x627, 0x648, 0x64A, 0x1100, 0x1161, 0x11A8, 0xAC00, 0x928, 0x93C, 0x1B3A, 0x110B9]
            .into_iter()
            .chain([
                0x64B, 0x650, 0x651, 0x653, 0x654, 0x655, 0x657, 0x300, 0x301, 0x316, 0x327, 0x345, 0x110BA, 0x1B35,
            ])
            .collect();
        let mut seed = 1_u64;
        for _ in 0..50_000 {
            let points: Vec<u32> = (0..8)
                .map(|_| {
                    seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    pool[(seed >> 33) as usize % pool.len()]
                })
                .collect();
            let chars = points.iter().filter_map(|&c| char::from_u32(c));
            assert_eq!(composed(&points), chars.nfc().map(u32::from).collect::<Vec<_>>(), "{points:04X?}");
        }
    }

    #[test]
    fn the_tables_are_of_the_same_unicode_version_as_the_crate() {
        let (major, minor, patch) = unicode_normalization::UNICODE_VERSION;
        assert_eq!(crate::unicode::UNICODE_VERSION, format!("{major}.{minor}.{patch}"));
        for c in (0..0x11_0000).filter_map(char::from_u32) {
            assert_eq!(contains(tables::REORDERED, c.into()), canonical_combining_class(c) != 0, "{c:?}");
        }
    }

    #[test]
    fn a_composed_letter_comes_from_all_that_it_was_made_of() {
        // ALEF, FATHA, HAMZA ABOVE
        let mut cells =
            [(0x627, 10), (0x64E, 11), (0x654, 12)].map(|(c, from)| Cell { c, from, to: from + 1 }).to_vec();
        compose_cells(&mut cells, &mut Vec::new());
        assert_eq!(cells, [Cell { c: 0x623, from: 10, to: 13 }, Cell { c: 0x64E, from: 11, to: 12 }]);
    }

    #[test]
    fn surrogates_stay_and_keep_apart_what_they_stand_between() {
        assert_eq!(composed(&[0x627, 0xD800, 0x654]), [0x627, 0xD800, 0x654]);
        assert_eq!(composed(&[0xD83D, 0xDE00]), [0xD83D, 0xDE00]);
    }
}
