//! What a code point is to the sentence rules.
use crate::unicode;
pub(super) use crate::unicode::{is_digit, is_latin_letter as is_latin, is_line_break as is_break, is_space};

/// What the rules see in a code point that may be a stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// `.` or the Urdu full stop.
    Period,
    /// `…`
    Ellipsis,
    /// `؟ ?` and the doubled forms that hold one.
    Question,
    /// `!`
    Exclamation,
    /// The end of a line.
    Break,
    /// An opening quotation mark.
    OpenQuote,
    /// A closing quotation mark.
    CloseQuote,
    /// A quotation mark that opens or closes.
    Quote,
    /// An opening bracket.
    OpenBracket,
    /// A closing bracket.
    CloseBracket,
    /// A dash, or the tatweel that stands for one.
    Dash,
    /// The mark of a list's item.
    Bullet,
}

impl Stop {
    /// The stop that a code point is.
    #[inline(always)]
    pub(super) fn of(c: u32) -> Option<Self> {
        match ASCII.get(c as usize) {
            Some(stop) => *stop,
            None => Self::find(c),
        }
    }

    /// The same by rule.
    const fn find(c: u32) -> Option<Self> {
        Some(match c {
            // FULL STOP, ARABIC FULL STOP
            0x2E | 0x06D4 => Self::Period,
            // HORIZONTAL ELLIPSIS, TWO DOT LEADER
            0x2026 | 0x2025 => Self::Ellipsis,
            // QUESTION MARK, ARABIC QUESTION MARK, DOUBLE QUESTION MARK, QUESTION EXCLAMATION MARK and its mirror
            0x3F | 0x061F | 0x2047..=0x2049 => Self::Question,
            // EXCLAMATION MARK, DOUBLE EXCLAMATION MARK
            0x21 | 0x203C => Self::Exclamation,
            _ if is_break(c) => Self::Break,
            // LEFT-POINTING DOUBLE ANGLE, SINGLE LEFT-POINTING ANGLE
            0xAB | 0x2039 => Self::OpenQuote,
            // RIGHT-POINTING DOUBLE ANGLE, SINGLE RIGHT-POINTING ANGLE
            0xBB | 0x203A => Self::CloseQuote,
            // QUOTATION MARK, curly double quotation marks, DOUBLE PRIME: Arabic papers set either side with either
            0x22 | 0x201C..=0x201F | 0x2033 => Self::Quote,
            0x28 | 0x5B | 0x7B => Self::OpenBracket,
            0x29 | 0x5D | 0x7D => Self::CloseBracket,
            // HYPHEN-MINUS, EN DASH, EM DASH, HORIZONTAL BAR, ARABIC TATWEEL
            0x2D | 0x2013..=0x2015 | 0x0640 => Self::Dash,
            // MIDDLE DOT, BULLET
            0xB7 | 0x2022 => Self::Bullet,
            _ => return None,
        })
    }

    /// Whether it is a terminal mark.
    #[inline(always)]
    pub(super) const fn is_terminal(self) -> bool {
        matches!(self, Self::Period | Self::Ellipsis | Self::Question | Self::Exclamation)
    }
}

/// What the code points of ASCII are: most of the stops.
static ASCII: [Option<Stop>; 128] = {
    let mut stops = [None; 128];
    let mut c = 0;
    while c < stops.len() {
        stops[c] = Stop::find(c as u32);
        c += 1;
    }
    stops
};

/// What no reader reads: a combining mark, tatweel, or an invisible sign.
#[inline]
pub(super) fn is_silent(c: u32) -> bool {
    match c {
        0..=0xAC | 0x0620..=0x063F | 0x0641..=0x064A => false,
        0x0640 => true,
        _ => unicode::is_combining(c) || unicode::is_invisible(c),
    }
}

/// An Arabic letter of the basic range: what most of a text is.
#[inline(always)]
pub(super) const fn is_bare(c: u32) -> bool {
    matches!(c, 0x0621..=0x063A | 0x0641..=0x064A)
}

/// A letter of any script.
#[inline]
pub(super) fn is_letter(c: u32) -> bool {
    match c {
        0x41..=0x5A | 0x61..=0x7A | 0x0620..=0x063F | 0x0641..=0x064A => true,
        0..=0xA9 => false,
        _ => unicode::is_letter(c),
    }
}

/// A Latin capital of ASCII.
#[inline]
pub(super) const fn is_capital(c: u32) -> bool {
    matches!(c, 0x41..=0x5A)
}

/// A mark that ties what follows to what precedes: commas, semicolons, the colon, the slash.
#[inline]
pub(super) const fn is_joining(c: u32) -> bool {
    matches!(c, 0x2C | 0x2F | 0x3A | 0x3B | 0x060C | 0x061B)
}

/// One letter under which variants meet: the forms of alef, the Persian yeh and kaf, the Latin capitals.
#[inline]
pub(super) const fn fold(c: u32) -> u32 {
    match c {
        // ALEF with MADDA, HAMZA above and below, ALEF WASLA → ALEF
        0x0622 | 0x0623 | 0x0625 | 0x0671 => 0x0627,
        // FARSI YEH → YEH; ALEF MAKSURA stays, it tells the preposition from the name
        0x06CC => 0x064A,
        // KEHEH → KAF
        0x06A9 => 0x0643,
        0x41..=0x5A => c + 0x20,
        _ => c,
    }
}
