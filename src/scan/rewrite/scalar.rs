//! The kernels in plain Rust: what every other kernel must equal, and what runs where there is no other.

use super::{Actions, Out};
use crate::text::{Text, Unit};

pub(super) fn write<U: Unit, W: Unit>(actions: &Actions, text: &[U], out: &mut Out<'_, W>) -> usize {
    for (at, unit) in text.iter().enumerate() {
        let c = unit.get();
        let code = actions.code_of(c);
        if Actions::stops(code) {
            return at;
        }
        if !Actions::drops(code) {
            out.push(actions.written(code, c));
            if out.is_full() {
                return at;
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
