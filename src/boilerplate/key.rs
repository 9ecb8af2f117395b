//! The folded copy of a text that rules are matched on: one byte a character, spellings made equal.
//!
//! An Arabic letter is `0x80 | (c & 0x7f)`; hamza seats, alef, yaa and teh marbuta are folded; digits are ASCII, Latin
//! is lower case, punctuation is its nearest ASCII sign; marks, tatweel, bidi signs and other invisibles are gone; a
//! run of white space is one space. Cuts are made in the original: every byte knows where it came from.
use std::ops::{Deref, Range};

use crate::scan::fold::{self as kernel, GONE, SPECIAL};
use crate::text::{Span, Text};

/// A symbol (emoji, arrow, bullet): decoration that no rule spells.
pub const SYMBOL: u8 = 0x02;
/// A letter of another script.
pub const FOREIGN: u8 = 0x03;
/// WAW: "and", written onto the word behind it.
pub const AND: u8 = 0xC8;
const TATWEEL: u32 = 0x0640;
const ELLIPSIS: u32 = 0x2026;

/// Whether the byte is part of a word.
#[inline]
pub fn is_word(b: u8) -> bool {
    b >= 0x80 || b.is_ascii_alphanumeric() || b == FOREIGN
}

/// Whether a code point neither shows nor separates.
pub const fn is_invisible(c: u32) -> bool {
    matches!(c,
        0..=8 | 0x0E..=0x1B | 0x7F..=0x84 | 0x86..=0x9F | 0xAD | 0x034F | 0x0600..=0x0605 | 0x061C | 0x06DD | 0x070F
        | 0x180B..=0x180E | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0xFE00..=0xFE0F | 0xFEFF
        | 0xFFF9..=0xFFFB | 0x1_F3FB..=0x1_F3FF | 0xE_0000..=0xE_0FFF)
}

/// Whether a code point is white space, line breaks included.
pub const fn is_space(c: u32) -> bool {
    matches!(c, 0x09..=0x0D | 0x1C..=0x20 | 0x85 | 0xA0 | 0x1680 | 0x2000..=0x200A | 0x2028 | 0x2029 | 0x202F | 0x205F | 0x3000)
}

/// Whether a code point ends a line.
pub const fn is_break(c: u32) -> bool {
    matches!(c, 0x0A..=0x0D | 0x85 | 0x2028 | 0x2029)
}

#[allow(clippy::cast_possible_truncation)] // every arm's code points fit the byte by its pattern
const fn arabic(c: u32) -> u8 {
    match c {
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
        TATWEEL => SPECIAL,
        0x0610..=0x061A | 0x064B..=0x065F | 0x0670 | 0x06D6..=0x06ED => GONE,
        0x0600..=0x061E => SYMBOL,
        _ => FOREIGN,
    }
}

/// What becomes of one code point: a byte, a space, [`GONE`] or [`SPECIAL`].
#[allow(clippy::cast_possible_truncation)] // ASCII
const fn fold(c: u32) -> u8 {
    if is_space(c) {
        return b' ';
    }
    if is_invisible(c) {
        return GONE;
    }
    match c {
        0x41..=0x5A => c as u8 + 32,
        0x20..=0x7E => c as u8,
        0x0300..=0x036F | 0x08D3..=0x08FF | 0x20D0..=0x20FF => GONE,
        0x0600..=0x06FF => arabic(c),
        0xAB | 0xBB | 0x201C..=0x201F | 0x2039 | 0x203A | 0x300A | 0x300B | 0xFD3E | 0xFD3F => b'"',
        0x2018..=0x201B | 0x2032 | 0xB4 => b'\'',
        0x2010..=0x2015 | 0x2212 | 0xFE58 | 0xFE63 | 0xFF0D | 0x2500 | 0x2501 => b'-',
        ELLIPSIS => SPECIAL,
        0xB7 | 0x2022 | 0x2023 | 0x2043 | 0x25A0..=0x25FF | 0x30FB => b'*',
        0xA6 | 0x2502 | 0x2503 | 0x2758 => b'|',
        0x2044 | 0x2215 => b'/',
        0xFF01..=0xFF5E => fold(c - 0xFEE0),
        0xC0..=0xC6 | 0xE0..=0xE6 => b'a',
        0xC7 | 0xE7 => b'c',
        0xC8..=0xCB | 0xE8..=0xEB => b'e',
        0xCC..=0xCF | 0xEC..=0xEF => b'i',
        0xD1 | 0xF1 => b'n',
        0xD2..=0xD6 | 0xD8 | 0xF2..=0xF6 | 0xF8 => b'o',
        0xD9..=0xDC | 0xF9..=0xFC => b'u',
        0xDF => b's',
        // The signs of copyright and trade mark are words of rules.
        0xA9 | 0xAE | 0x0100..=0x02AF | 0x0370..=0x05FF | 0x0700..=0x1FFF | 0x2C00..=0x2DFF | 0x3041..=0xD7FF => {
            FOREIGN
        }
        _ => presentation(c),
    }
}

/// Presentation forms: only the ligature of God's name and lam-alef occur in news; the rest counts as foreign letters.
const fn presentation(c: u32) -> u8 {
    match c {
        0xFEF5..=0xFEFC => 0xC4,
        0xFB50..=0xFDFF | 0xFE70..=0xFEF4 => FOREIGN,
        _ => SYMBOL,
    }
}

/// [`fold`] of the Basic Multilingual Plane.
#[allow(long_running_const_eval)] // 65,536 bytes, once
static PLANE: [u8; 0x1_0000] = {
    let mut plane = [0; 0x1_0000];
    let mut c = 0;
    while c < 0x1_0000 {
        plane[c as usize] = fold(c);
        c += 1;
    }
    plane
};

/// What a text shows while it is folded.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// Some word could be nothing but characters that are gone.
    pub odd: bool,
    /// How many blanks stand behind another.
    pub blanks: usize,
}

/// A walk over a text that hands out the bytes of its folded form.
struct Walk {
    at: usize,
    end: usize,
    /// The last byte that counts; the byte of the last character, or a space before the first.
    last: u8,
    raw: u8,
    seen: Seen,
}

impl Walk {
    fn over(span: Span) -> Self {
        let seen = Seen { odd: false, blanks: 0 };
        Self { at: span.start, end: span.end, last: b' ', raw: b' ', seen }
    }

    /// Hands each byte of the folded form to `put`, with the offset of its character and whether it counts; a space at
    /// the very end may be one too many.
    #[inline(always)]
    fn all<T: Text>(mut self, text: T, mut put: impl FnMut(u8, usize, bool)) -> Seen {
        while self.at < self.end {
            self.step(text, &mut put);
        }
        self.seen
    }

    /// The same of the next character.
    #[allow(clippy::needless_bitwise_bool)] // letters and spaces alternate as no branch predicts
    #[inline(always)]
    fn step<T: Text>(&mut self, text: T, put: &mut impl FnMut(u8, usize, bool)) {
        let at = self.at;
        let (c, next) = text.decode(at);
        self.at = next;
        let b = match PLANE.get(c as usize) {
            Some(&b) => b,
            None => fold(c),
        };
        if b != SPECIAL {
            let blank = (b == b' ') & (self.last == b' ');
            let keep = (b != GONE) & !blank;
            put(b, at, keep);
            self.seen.odd |= (b == GONE) & (self.raw == b' ');
            self.seen.blanks += usize::from(blank);
            self.last = if keep { b } else { self.last };
            self.raw = b;
        } else if c == ELLIPSIS {
            (0..3).for_each(|_| put(b'.', at, true));
            self.last = b'.';
            self.raw = b'.';
        } else {
            // TATWEEL between spaces is a dash, inside a word it is only stretch.
            let after = if next >= self.end { None } else { text.char_at(next) };
            let lone = !is_word(self.last) && after.is_none_or(|c| is_space(c) || c == TATWEEL);
            if lone && self.last != b'-' {
                put(b'-', at, true);
                self.last = b'-';
            }
            self.seen.odd |= self.last == b' ';
            self.raw = self.last;
        }
    }
}

impl Walk {
    /// Takes as many characters as the kernel does.
    fn run<T: Text>(&mut self, text: T, out: &mut [u8], n: &mut usize) {
        let mut run = kernel::Run {
            read: self.at,
            written: *n,
            after_space: self.last == b' ',
            behind_space: self.raw == b' ',
            ..kernel::Run::default()
        };
        kernel::run(&PLANE, text, self.end, out, &mut run);
        if run.written > *n {
            self.last = out[run.written - 1];
        }
        self.raw = if run.behind_space { b' ' } else { GONE };
        self.seen.odd |= run.gone_behind_space;
        self.seen.blanks += run.left_out;
        self.at = run.read;
        *n = run.written;
    }
}

/// A folded piece of text; `pos[i]` is the offset of the character behind `bytes[i]`, counted from the piece's start.
#[derive(Clone, Debug, Default)]
pub struct Key {
    pub bytes: Vec<u8>,
    pub pos: Vec<u32>,
}

impl Key {
    /// The folded form of `text[span]`.
    pub fn of<T: Text>(text: T, span: Span) -> Self {
        let mut key = Self::default();
        Walk::over(span).all(text, |b, at, keep| {
            if keep {
                key.bytes.push(b);
                key.pos.push(u32::try_from(at - span.start).unwrap_or(u32::MAX));
            }
        });
        if key.bytes.last() == Some(&b' ') {
            key.bytes.pop();
            key.pos.pop();
        }
        key
    }
}

/// The offset of the character that the byte `index` of the folded form of `text[span]` came from.
pub fn place<T: Text>(text: T, span: Span, index: usize) -> usize {
    let (mut count, mut place) = (0, span.start);
    let mut walk = Walk::over(span);
    while count <= index && walk.at < walk.end {
        walk.step(text, &mut |_, at, keep| {
            place = if keep { at } else { place };
            count += usize::from(keep);
        });
    }
    place
}

/// Folded pieces one behind another, in a buffer that only grows.
#[derive(Debug, Default)]
pub struct Keys {
    /// Longer than what is used, so that words can be read eight bytes at a time.
    bytes: Vec<u8>,
    used: usize,
}

impl Keys {
    /// Forgets the pieces, keeps the buffer.
    pub fn clear(&mut self) {
        self.used = 0;
    }

    /// How much of the buffer lies idle.
    pub fn capacity(&self) -> usize {
        self.bytes.capacity()
    }

    /// Appends the folded form of `text[span]`: its bytes, and what the text showed.
    pub fn fold<T: Text>(&mut self, text: T, span: Span) -> (Range<usize>, Seen) {
        let from = self.used;
        let room = from + room(span);
        if self.bytes.len() < room {
            self.bytes.resize(room.next_power_of_two().max(4096), 0);
        }
        let (n, seen) = write(text, span, &mut self.bytes[from..room]);
        self.used = from + n;
        (from..self.used, seen)
    }
}

impl Deref for Keys {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes[..self.used]
    }
}

/// How many bytes the folded form of a part of a text may take: an ellipsis becomes three, and more may be written than
/// counts.
fn room(span: Span) -> usize {
    3 * span.len() + kernel::SLACK
}

/// Writes the folded form of `text[span]`: its length, and what the text showed. There must be [`room`].
fn write<T: Text>(text: T, span: Span, out: &mut [u8]) -> (usize, Seen) {
    let mut n = 0;
    let mut walk = Walk::over(span);
    while walk.at < walk.end {
        walk.run(text, out, &mut n);
        if walk.at < walk.end {
            walk.step(text, &mut |b, _, keep| {
                out[n] = b;
                n += usize::from(keep);
            });
        }
    }
    if n > 0 && out[n - 1] == b' ' {
        n -= 1;
    }
    (n, walk.seen)
}

/// The folded form of a whole text, without positions.
pub fn folded<T: Text>(text: T) -> Vec<u8> {
    let mut bytes = Vec::new();
    folded_into(text, &mut bytes);
    bytes.shrink_to_fit();
    bytes
}

/// The part of a folded address that names the site; of anything else, all of it.
pub fn site(folded: &[u8]) -> &[u8] {
    let rest = folded.windows(3).position(|three| three == b"://").map_or(folded, |at| &folded[at + 3..]);
    let rest = rest.strip_prefix(b"www.").or_else(|| rest.strip_prefix(b"m.")).unwrap_or(rest);
    let end = rest.iter().position(|b| matches!(b, b'/' | b':' | b'?' | b'#')).unwrap_or(rest.len());
    if rest[..end].contains(&b'.') && !rest[..end].contains(&b' ') { &rest[..end] } else { folded }
}

/// The same in a buffer that is used again.
pub fn folded_into<T: Text>(text: T, bytes: &mut Vec<u8>) {
    bytes.clear();
    bytes.resize(room(text.span()), 0);
    let n = write(text, text.span(), bytes).0;
    bytes.truncate(n);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Units;

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
        let key = Key::of(text, text.span());
        assert_eq!(key.bytes.len(), key.pos.len());
        assert_eq!(text.slice(Span::new(key.pos[5] as usize, text.len())), "ب»");
        for (i, &at) in key.pos.iter().enumerate() {
            assert_eq!(place(text, text.span(), i), at as usize);
        }
    }

    #[test]
    fn the_kernel_folds_as_the_walk_does() {
        const SIGNS: [char; 26] = [
            'ا', 'ب', 'ة', ' ', ' ', ' ', '\u{640}', '\u{64B}', '\u{200F}', '.', '\u{2026}', '«', '»', 'A', '\u{A0}',
            '-', '\u{FEFB}', '\u{2013}', '٣', '،', 'é', '\u{4E2D}', '\u{206F}', '\u{20AC}', '\u{2002}', 'ۀ',
        ];
        let mut seed = 7_u32;
        for len in 0..400 {
            let text: Vec<u16> = (0..len)
                .map(|_| {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    // Now runs of letters, now anything.
                    let pick = if len % 2 == 0 && seed >> 28 != 0 { seed >> 16 & 3 } else { (seed >> 16) % 26 };
                    u32::from(SIGNS[pick as usize]) as u16
                })
                .collect();
            let text = Units(&text[..]);
            let mut keys = Keys::default();
            let want = Key::of(text, text.span()).bytes;
            let (key, seen) = keys.fold(text, text.span());
            assert_eq!(keys[key], want, "{text:?}");
            let string = String::from_utf16_lossy(text.0);
            let (key, _) = keys.fold(&string[..], string[..].span());
            assert_eq!(keys[key], want, "{text:?}");
            assert_eq!(folded(text), want, "{text:?}");
            let walked = Walk::over(text.span()).all(text, |_, _, _| ());
            assert_eq!((seen.odd, seen.blanks), (walked.odd, walked.blanks), "{text:?}");
        }
    }

    #[test]
    fn numerals_of_every_script_fold_to_ascii() {
        assert_eq!(folded("٢٠٢٤ ۲۰"), b"2024 20");
    }
}
