//! The kernels in plain Rust: what every other kernel must equal, and what runs where there is no other.

use super::judge::Before;
use super::{Actions, Out};
use crate::text::{Text, Unit};

/// Units that are looked at together: few enough that a stop among them is rare.
const GROUP: usize = 8;

/// See [`super::write`].
pub(super) fn write<U: Unit, W: Unit>(actions: &Actions, text: &[U], out: &mut Out<'_, W>) -> usize {
    write_some(actions, text, text.len(), out, &mut Before::default())
}

/// Takes units as [`write`] does, at most `limit`, but knows what stands before the first and behind the last.
pub(super) fn write_some<U: Unit, W: Unit>(
    actions: &Actions,
    text: &[U],
    limit: usize,
    out: &mut Out<'_, W>,
    before: &mut Before,
) -> usize {
    let code_at = |at: usize| text.get(at).map(|unit| actions.code_of(unit.get()));
    let mut at = 0;
    while at < limit {
        if let Some(group) = text[at..limit].first_chunk::<GROUP>()
            && let Some(room) = out.room_for(GROUP)
        {
            let (codes, all) = codes(actions, group);
            if Actions::copies(all) {
                for (slot, unit) in room.iter_mut().zip(group) {
                    slot.write(W::put(unit.get()));
                }
                // SAFETY: the group's room was written.
                unsafe { out.advance(GROUP) };
                *before = Before { plain: true, kept: true };
                at += GROUP;
                continue;
            }
            if !codes.iter().fold(false, |any, code| any | Actions::stops(*code)) {
                // Every unit is written, and the next one over it where it was to be dropped: no branch to guess.
                let mut written = 0;
                for (unit, code) in group.iter().zip(codes) {
                    room[written % GROUP].write(W::put(actions.written(code, unit.get())));
                    written += usize::from(!Actions::drops(code));
                }
                // SAFETY: of the group's room the first `written` units were written.
                unsafe { out.advance(written) };
                let plain = !Actions::drops(codes[GROUP - 1]);
                *before = Before { plain, kept: before.kept || written > 0 };
                at += GROUP;
                continue;
            }
        }
        // A unit that is no stop may also come here, behind the last group.
        for _ in 0..GROUP.min(limit - at) {
            let c = text[at].get();
            let code = actions.code_of(c);
            let resume = *before;
            if !before.take(code, || code_at(at + 1)) {
                return at;
            }
            if !Actions::drops(code) {
                out.push(actions.written(code, c));
                if out.is_full() {
                    *before = resume;
                    return at;
                }
            }
            at += 1;
        }
    }
    limit
}

/// The codes of a group, and all of them together.
#[inline(always)]
fn codes<U: Unit>(actions: &Actions, group: &[U; GROUP]) -> ([u8; GROUP], u8) {
    let (mut codes, mut all) = ([0; GROUP], 0);
    for (code, unit) in codes.iter_mut().zip(group) {
        *code = actions.code_of(unit.get());
        all |= *code;
    }
    (codes, all)
}

/// See [`super::unchanged`].
pub(super) fn unchanged<U: Unit>(actions: &Actions, text: &[U]) -> usize {
    unchanged_some(actions, text, text.len(), &mut Before::default())
}

/// Takes units as [`unchanged`] does, at most `limit`, but knows what stands before the first and behind the last.
pub(super) fn unchanged_some<U: Unit>(actions: &Actions, text: &[U], limit: usize, before: &mut Before) -> usize {
    let code_at = |at: usize| text.get(at).map(|unit| Actions::as_it_is(actions.code_of(unit.get())));
    let mut at = 0;
    while at < limit {
        if let Some(group) = text[at..limit].first_chunk::<GROUP>()
            && Actions::copies(codes(actions, group).1)
        {
            *before = Before { plain: true, kept: true };
            at += GROUP;
            continue;
        }
        for _ in 0..GROUP.min(limit - at) {
            if !before.take(Actions::as_it_is(actions.code_of(text[at].get())), || code_at(at + 1)) {
                return at;
            }
            at += 1;
        }
    }
    limit
}

/// See [`super::write_utf8`].
pub(super) fn write_utf8(actions: &Actions, text: &str, out: &mut Out<'_, u8>) -> usize {
    write_utf8_some(actions, text, text.len(), out, &mut Before::default())
}

/// Takes code points as [`write_utf8`] does, those that begin before `limit`, but knows what stands before the first
/// and behind the last. What is taken is less than the limit only where it ends before.
pub(super) fn write_utf8_some(
    actions: &Actions,
    text: &str,
    limit: usize,
    out: &mut Out<'_, u8>,
    before: &mut Before,
) -> usize {
    let code_at = |at: usize| text.char_at(at).map(|c| actions.code_of(c));
    let mut at = 0;
    while at < limit {
        let (c, next) = text.decode(at);
        let code = actions.code_of(c);
        let resume = *before;
        if !before.take(code, || code_at(next)) {
            return at;
        }
        if !Actions::drops(code) {
            out.push_utf8(actions.written(code, c));
            if out.is_full() {
                *before = resume;
                return at;
            }
        }
        at = next;
    }
    at
}

/// See [`super::unchanged_utf8`].
pub(super) fn unchanged_utf8(actions: &Actions, text: &str) -> usize {
    unchanged_utf8_some(actions, text, text.len(), &mut Before::default())
}

/// Takes code points as [`unchanged_utf8`] does, those that begin before `limit`, as [`write_utf8_some`] does.
pub(super) fn unchanged_utf8_some(actions: &Actions, text: &str, limit: usize, before: &mut Before) -> usize {
    let code_at = |at: usize| text.char_at(at).map(|c| Actions::as_it_is(actions.code_of(c)));
    let mut at = 0;
    while at < limit {
        let (c, next) = text.decode(at);
        if !before.take(Actions::as_it_is(actions.code_of(c)), || code_at(next)) {
            return at;
        }
        at = next;
    }
    at
}
