//! What a code point is to the sentence rules.

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
}

impl Stop {
    /// The stop that a code point is.
    #[inline]
    pub(super) const fn of(c: u32) -> Option<Self> {
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
            _ => return None,
        })
    }

    /// Whether it is a terminal mark.
    pub(super) const fn is_terminal(self) -> bool {
        matches!(self, Self::Period | Self::Ellipsis | Self::Question | Self::Exclamation)
    }
}

/// LINE FEED, LINE TABULATION, FORM FEED, CARRIAGE RETURN, NEXT LINE, LINE SEPARATOR, PARAGRAPH SEPARATOR.
#[inline]
pub(super) const fn is_break(c: u32) -> bool {
    matches!(c, 0x0A..=0x0D | 0x85 | 0x2028 | 0x2029)
}

/// White space, line breaks included (Unicode's property `White_Space`, and the four separators that Python counts too).
#[inline]
pub(super) fn is_space(c: u32) -> bool {
    match c {
        0x09..=0x0D | 0x1C..=0x20 | 0x85 | 0xA0 => true,
        0..=0x167F => false,
        _ => char::from_u32(c).is_some_and(char::is_whitespace),
    }
}

/// Signs that no reader sees: SOFT HYPHEN, ARABIC LETTER MARK, ZERO WIDTH SPACE and its kin, directional marks, BYTE ORDER MARK.
#[inline]
pub(super) const fn is_invisible(c: u32) -> bool {
    matches!(c, 0xAD | 0x034F | 0x061C | 0x180E | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0xFE00..=0xFE0F | 0xFEFF)
}

/// Combining marks of Arabic and Latin, and tatweel: signs that stand on or between the letters of a word.
#[inline]
pub(super) const fn is_mark(c: u32) -> bool {
    matches!(c, 0x0300..=0x036F | 0x0610..=0x061A | 0x0640 | 0x064B..=0x065F | 0x0670 | 0x06D6..=0x06DC
        | 0x06DF..=0x06E4 | 0x06E7 | 0x06E8 | 0x06EA..=0x06ED | 0x0897..=0x089F | 0x08CA..=0x08E1 | 0x08E3..=0x08FF)
}

/// What no reader reads: a mark, tatweel, or an invisible sign.
#[inline]
pub(super) const fn is_silent(c: u32) -> bool {
    match c {
        0..=0xAC | 0x0620..=0x063F | 0x0641..=0x064A => false,
        _ => is_mark(c) || is_invisible(c),
    }
}

/// A letter of any script.
#[inline]
pub(super) fn is_letter(c: u32) -> bool {
    match c {
        0x41..=0x5A | 0x61..=0x7A | 0x0620..=0x063F | 0x0641..=0x064A => true,
        0..=0xA9 => false,
        _ => !is_mark(c) && char::from_u32(c).is_some_and(char::is_alphabetic),
    }
}

/// A decimal digit: ASCII, Arabic-Indic, extended Arabic-Indic.
#[inline]
pub(super) const fn is_digit(c: u32) -> bool {
    matches!(c, 0x30..=0x39 | 0x0660..=0x0669 | 0x06F0..=0x06F9)
}

/// A Latin letter.
#[inline]
pub(super) const fn is_latin(c: u32) -> bool {
    matches!(c, 0x41..=0x5A | 0x61..=0x7A | 0xC0..=0xD6 | 0xD8..=0xF6 | 0xF8..=0x024F)
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
