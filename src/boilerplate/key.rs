//! The folded copy of a text that rules are matched on: one byte a character, spellings made equal.
//!
//! An Arabic letter is `0x80 | (c & 0x7f)`; hamza seats, alef, yaa and teh marbuta are folded; digits are ASCII, Latin
//! is lower case, punctuation is its nearest ASCII sign; marks, tatweel, bidi signs and other invisibles are gone; a
//! run of white space is one space. Cuts are made in the original: every byte knows where it came from.
use crate::text::{Span, Text};

/// A symbol (emoji, arrow, bullet): decoration that no rule spells.
pub const SYMBOL: u8 = 0x02;
/// A letter of another script.
pub const FOREIGN: u8 = 0x03;
const TATWEEL: u32 = 0x0640;

/// Whether the byte is part of a word.
#[inline]
pub fn is_word(b: u8) -> bool {
    b >= 0x80 || b.is_ascii_alphanumeric() || b == FOREIGN
}

/// What becomes of one code point.
enum Folded {
    Byte(u8),
    Gone,
    Space,
    Ellipsis,
}

/// Whether a code point neither shows nor separates.
pub fn is_invisible(c: u32) -> bool {
    matches!(c,
        0..=8 | 0x0E..=0x1B | 0x7F..=0x84 | 0x86..=0x9F | 0xAD | 0x034F | 0x0600..=0x0605 | 0x061C | 0x06DD | 0x070F
        | 0x180B..=0x180E | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0xFE00..=0xFE0F | 0xFEFF
        | 0xFFF9..=0xFFFB | 0x1_F3FB..=0x1_F3FF | 0xE_0000..=0xE_0FFF)
}

/// Whether a code point is white space, line breaks included.
pub fn is_space(c: u32) -> bool {
    matches!(c, 0x09..=0x0D | 0x1C..=0x20 | 0x85 | 0xA0 | 0x1680 | 0x2000..=0x200A | 0x2028 | 0x2029 | 0x202F | 0x205F | 0x3000)
}

/// Whether a code point ends a line.
pub fn is_break(c: u32) -> bool {
    matches!(c, 0x0A..=0x0D | 0x85 | 0x2028 | 0x2029)
}

#[allow(clippy::cast_possible_truncation)] // every arm's code points fit the byte by its pattern
fn arabic(c: u32) -> Folded {
    Folded::Byte(match c {
        0x0622 | 0x0623 | 0x0625 | 0x0671..=0x0673 | 0x0675 => 0xA7, // alef and its seats
        0x0624 | 0x0676 | 0x0677 | 0x06C4..=0x06CB => 0xC8,          // waw
        0x0626 | 0x0649 | 0x0678 | 0x06CC..=0x06D3 => 0xCA,          // yeh, alef maksura
        0x0629 | 0x06BE..=0x06C3 | 0x06D5 => 0xC7,                   // heh, teh marbuta
        0x0621..=0x063A | 0x0641..=0x064A => 0x80 | (c & 0x7F) as u8,
        0x066E | 0x067B..=0x0680 => 0xA8,          // beh
        0x0679 | 0x067A => 0xAA,                   // teh
        0x0681..=0x0687 => 0xAC,                   // jeem
        0x0688..=0x0690 => 0xAF,                   // dal
        0x0691..=0x0699 => 0xB2,                   // zain
        0x069A..=0x069C => 0xB3,                   // seen
        0x06A0 | 0x06FC => 0xB9,                   // ain
        0x06A1..=0x06A6 => 0xC1,                   // feh
        0x06A7 | 0x06A8 => 0xC2,                   // qaf
        0x063B | 0x063C | 0x06A9..=0x06B4 => 0xC3, // kaf
        0x06B5..=0x06B8 => 0xC4,                   // lam
        0x06B9..=0x06BD => 0xC6,                   // noon
        0x0660..=0x0669 => b'0' + (c - 0x0660) as u8,
        0x06F0..=0x06F9 => b'0' + (c - 0x06F0) as u8,
        0x060C | 0x066C => b',',
        0x061B => b';',
        0x061F => b'?',
        0x066A => b'%',
        0x066B | 0x06D4 => b'.',
        0x066D => b'*',
        0x0610..=0x061A | 0x0640 | 0x064B..=0x065F | 0x0670 | 0x06D6..=0x06ED => return Folded::Gone,
        0x0600..=0x061E => SYMBOL,
        _ => FOREIGN,
    })
}

#[allow(clippy::cast_possible_truncation)] // ASCII and the digits of their blocks
fn fold(c: u32) -> Folded {
    if is_space(c) {
        return Folded::Space;
    }
    if is_invisible(c) {
        return Folded::Gone;
    }
    match c {
        0x41..=0x5A => Folded::Byte(c as u8 + 32),
        0x20..=0x7E => Folded::Byte(c as u8),
        0x0300..=0x036F | 0x08D3..=0x08FF | 0x20D0..=0x20FF => Folded::Gone,
        0x0600..=0x06FF => arabic(c),
        0xAB | 0xBB | 0x201C..=0x201F | 0x2039 | 0x203A | 0x300A | 0x300B | 0xFD3E | 0xFD3F => Folded::Byte(b'"'),
        0x2018..=0x201B | 0x2032 | 0xB4 => Folded::Byte(b'\''),
        0x2010..=0x2015 | 0x2212 | 0xFE58 | 0xFE63 | 0xFF0D | 0x2500 | 0x2501 => Folded::Byte(b'-'),
        0x2026 => Folded::Ellipsis,
        0xB7 | 0x2022 | 0x2023 | 0x2043 | 0x25A0..=0x25FF | 0x30FB => Folded::Byte(b'*'),
        0xA6 | 0x2502 | 0x2503 | 0x2758 => Folded::Byte(b'|'),
        0x2044 | 0x2215 => Folded::Byte(b'/'),
        0xFF01..=0xFF5E => fold(c - 0xFEE0),
        0xC0..=0xC6 | 0xE0..=0xE6 => Folded::Byte(b'a'),
        0xC7 | 0xE7 => Folded::Byte(b'c'),
        0xC8..=0xCB | 0xE8..=0xEB => Folded::Byte(b'e'),
        0xCC..=0xCF | 0xEC..=0xEF => Folded::Byte(b'i'),
        0xD1 | 0xF1 => Folded::Byte(b'n'),
        0xD2..=0xD6 | 0xD8 | 0xF2..=0xF6 | 0xF8 => Folded::Byte(b'o'),
        0xD9..=0xDC | 0xF9..=0xFC => Folded::Byte(b'u'),
        0xDF => Folded::Byte(b's'),
        0xA9 | 0xAE => Folded::Byte(FOREIGN), // the signs of copyright and trade mark are words of rules
        0x0100..=0x02AF | 0x0370..=0x05FF | 0x0700..=0x1FFF | 0x2C00..=0x2DFF | 0x3041..=0xD7FF => {
            Folded::Byte(FOREIGN)
        }
        _ => presentation(c),
    }
}

/// Presentation forms: only the ligature of God's name and lam-alef occur in news; the rest counts as foreign letters.
fn presentation(c: u32) -> Folded {
    match c {
        0xFEF5..=0xFEFC => Folded::Byte(0xC4),
        0xFB50..=0xFDFF | 0xFE70..=0xFEF4 => Folded::Byte(FOREIGN),
        _ => Folded::Byte(SYMBOL),
    }
}

/// A folded piece of text; `pos[i]` is the offset of the character behind `bytes[i]`, counted from the piece's start.
#[derive(Clone, Debug, Default)]
pub struct Key {
    pub bytes: Vec<u8>,
    pub pos: Vec<u32>,
}

impl Key {
    #[inline]
    fn put(&mut self, b: u8, at: usize) {
        self.bytes.push(b);
        self.pos.push(u32::try_from(at).unwrap_or(u32::MAX));
    }

    /// Appends the folded form of `text[span]`; positions count from `base`. Returns the range of the new bytes.
    pub fn fold<T: Text>(&mut self, text: T, span: Span, base: usize) -> std::ops::Range<usize> {
        let from = self.bytes.len();
        let mut at = span.start;
        while at < span.end {
            let (c, next) = text.decode(at);
            let i = at - base;
            match fold(c) {
                Folded::Space => {
                    if self.bytes.len() > from && self.bytes.last() != Some(&b' ') {
                        self.put(b' ', i);
                    }
                }
                Folded::Gone => {
                    if c == TATWEEL && self.lone_tatweel(text, from, next, span.end) {
                        self.put(b'-', i);
                    }
                }
                Folded::Byte(b) => self.put(b, i),
                Folded::Ellipsis => (0..3).for_each(|_| self.put(b'.', i)),
            }
            at = next;
        }
        if self.bytes.len() > from && self.bytes.last() == Some(&b' ') {
            self.bytes.pop();
            self.pos.pop();
        }
        from..self.bytes.len()
    }

    /// Tatweel between spaces is a dash, inside a word it is only stretch.
    fn lone_tatweel<T: Text>(&self, text: T, from: usize, next: usize, end: usize) -> bool {
        let before = self.bytes.len() == from || !is_word(self.bytes[self.bytes.len() - 1]);
        let after = if next >= end { None } else { text.char_at(next) };
        let joined = self.bytes.len() > from && self.bytes[self.bytes.len() - 1] == b'-';
        before && !joined && after.is_none_or(|c| is_space(c) || c == TATWEEL)
    }
}

/// The folded form of a whole text, without positions.
pub fn folded<T: Text>(text: T) -> Vec<u8> {
    let mut key = Key::default();
    key.fold(text, text.span(), 0);
    key.bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_label_fold_to_one_key() {
        let want = folded("اقرا ايضا");
        for s in ["اقرأ أيضاً", "إقرأ  أيضًا", "أقرأ ايضا", "اقــرأ أيضا"] {
            assert_eq!(folded(s), want, "{s}");
        }
    }

    #[test]
    fn a_lone_tatweel_is_a_dash_and_stretch_is_nothing() {
        assert_eq!(folded("لندن ـ «القدس»"), folded("لندن - \"القدس\""));
        assert_eq!(folded("ســـبق"), folded("سبق"));
    }

    #[test]
    fn positions_lead_back_to_the_text() {
        let text = "«أ…ب»";
        let mut key = Key::default();
        key.fold(text, text.span(), 0);
        assert_eq!(key.bytes.len(), key.pos.len());
        assert_eq!(text.slice(Span::new(key.pos[5] as usize, text.len())), "ب»");
    }

    #[test]
    fn numerals_of_every_script_fold_to_ascii() {
        assert_eq!(folded("٢٠٢٤ ۲۰"), b"2024 20");
    }
}
