//! The kernels in plain Rust: what every other kernel must equal, and what runs where there is no other.

use super::{Actions, Out};
use crate::text::{Text, Unit};

/// Units that are looked at together: few enough that a stop among them is rare.
const GROUP: usize = 8;

pub(super) fn write<U: Unit, W: Unit>(actions: &Actions, text: &[U], out: &mut Out<'_, W>) -> usize {
    let mut at = 0;
    while let Some(group) = text[at..].first_chunk::<GROUP>()
        && let Some(room) = out.room_for(GROUP)
    {
        let codes = group.map(|unit| actions.code_of(unit.get()));
        if codes.into_iter().any(Actions::stops) {
            break;
        }
        // Every unit is written, and the next one over it where it was to be dropped: no branch to guess.
        let mut written = 0;
        for (unit, code) in group.iter().zip(codes) {
            room[written % GROUP].write(W::put(actions.written(code, unit.get())));
            written += usize::from(!Actions::drops(code));
        }
        // SAFETY: of the group's room the first `written` units were written.
        unsafe { out.advance(written) };
        at += GROUP;
    }
    for (behind, unit) in text[at..].iter().enumerate() {
        let c = unit.get();
        let code = actions.code_of(c);
        if Actions::stops(code) {
            return at + behind;
        }
        if !Actions::drops(code) {
            out.push(actions.written(code, c));
            if out.is_full() {
                return at + behind;
            }
        }
    }
    text.len()
}

pub(super) fn unchanged<U: Unit>(actions: &Actions, text: &[U]) -> usize {
    text.iter().position(|unit| !Actions::copies(actions.code_of(unit.get()))).unwrap_or(text.len())
}

pub(super) fn write_utf8(actions: &Actions, text: &str, out: &mut Out<'_, u8>) -> usize {
    for (at, c) in Text::chars(text) {
        let code = actions.code_of(c);
        if Actions::stops(code) {
            return at;
        }
        if !Actions::drops(code) {
            out.push_utf8(actions.written(code, c));
            if out.is_full() {
                return at;
            }
        }
    }
    text.len()
}

pub(super) fn unchanged_utf8(actions: &Actions, text: &str) -> usize {
    Text::chars(text).find(|&(_, c)| !Actions::copies(actions.code_of(c))).map_or(text.len(), |(at, _)| at)
}
