//! Whether a run of terminal marks ends its sentence: full stops here, the marks that say less in `soft.rs`.
use super::chars::{Stop, is_capital, is_digit, is_joining, is_latin, is_letter, is_space};
use super::lexicon::{Classes, Key, classes};
use super::run::{Kind, Run};
use super::words::{Word, has_word, is_list_mark, skip_silent, trim_blank, visible_before, word_after, word_before};
use crate::text::Text;

/// Digits of a year, at least.
const YEAR: usize = 3;

/// A run with what stands before it.
pub(super) struct Place<'a, T> {
    pub text: T,
    pub run: &'a Run,
    /// Where the sentence starts.
    pub start: usize,
    /// Where the phrase starts: behind the last run of terminal marks in the sentence, or with it.
    pub phrase: usize,
    /// The number of the list item that was begun last, 0 before the first.
    pub item: u32,
}

impl<T: Text> Place<'_, T> {
    /// Whether the sentence ends here. The text goes on in the same line.
    pub(super) fn ends(&self) -> bool {
        let Some(next) = self.text.char_at(self.run.next) else { return false };
        if is_joining(next) || self.is_mark_alone() {
            return false;
        }
        if self.run.bracket.is_some_and(|open| has_word(self.text, self.start, open)) {
            // the stop of what stands in brackets, not of the sentence around them
            return self.run.kind == Kind::Period && self.opens_behind() && !self.is_of_initials();
        }
        match self.run.kind {
            Kind::Period => self.period(next),
            Kind::Dots => self.dots(),
            Kind::Question => self.question(),
            Kind::Exclamation => self.exclamation(),
        }
    }

    /// `(!)` `(..)` `«؟»`: a mark that is all of what encloses it.
    fn is_mark_alone(&self) -> bool {
        let before = || visible_before(self.text, self.start, self.run.start).and_then(|(c, _)| Stop::of(c));
        self.run.closed
            && !self.run.outside
            && matches!(before(), Some(Stop::OpenBracket | Stop::OpenQuote | Stop::Quote))
    }

    /// `(م.ت.ف.)`: whether the stop is the last of initials.
    fn is_of_initials(&self) -> bool {
        word_before(self.text, self.start, self.run.start).is_some_and(|word| word.elements > 1)
    }

    /// Whether the word behind the run opens a sentence.
    fn opens_behind(&self) -> bool {
        word_after(self.text, self.run.next)
            .is_some_and(|word| (word.is(Classes::OPENS) && !word.is(Classes::REPORTS)) || word.is_conjoined())
    }

    fn period(&self, next: u32) -> bool {
        let end = self.words_end();
        let Some((before, _)) = visible_before(self.text, self.start, end) else { return false };
        let glued = !self.run.spaced && !self.run.closed;
        if glued && self.is_inside_token(before, end < self.run.start && self.is_after_space(), next) {
            return false;
        }
        if is_digit(before) {
            return !self.is_number_mark(end);
        }
        if !is_letter(before) {
            return true;
        }
        if glued && self.is_before_initial() {
            return false;
        }
        let Some(word) = word_before(self.text, self.start, end) else { return true };
        if word.start == self.start && word.is(Classes::ORDINAL) {
            return false;
        }
        if word.letters > 4 && word.elements == 1 {
            return !(is_latin(word.last) && goes_on_in_latin(next));
        }
        self.is_end_of_short(&word, next)
    }

    /// Where the words before the run end.
    pub(super) fn words_end(&self) -> usize {
        trim_blank(self.text, self.start, self.run.start)
    }

    /// Whether white space stands before the stop.
    fn is_after_space(&self) -> bool {
        visible_before(self.text, self.start, self.run.start).is_some_and(|(c, _)| is_space(c))
    }

    /// `م.ت.ف`: a single letter with a stop follows a single letter. Told without reading the chain.
    fn is_before_initial(&self) -> bool {
        let text = self.text;
        let Some((_, first)) = visible_before(text, self.start, self.run.start) else { return false };
        let alone = !visible_before(text, self.start, first).is_some_and(|(c, _)| is_letter(c));
        let (c, next) = text.decode(self.run.next);
        alone && is_letter(c) && text.char_at(skip_silent(text, next)) == Some(0x2E)
    }

    /// Whether all of the sentence before `end` is a list mark.
    fn is_list_mark(&self, end: usize) -> bool {
        is_list_mark(self.text, self.start, end)
    }

    /// Whether a stop between two characters without a space belongs to a number, an address, a name of a file. `apart`:
    /// white space stands before the stop (` .net`, ` .5`).
    fn is_inside_token(&self, before: u32, apart: bool, next: u32) -> bool {
        if apart {
            return is_latin(next) || is_digit(next);
        }
        if is_digit(next) {
            return is_digit(before)
                || is_latin(before)
                || !is_letter(before)
                || word_before(self.text, self.start, self.run.start).is_some_and(|word| word.letters <= 2);
        }
        if is_latin(next) {
            return is_latin(before) || is_digit(before) || !is_letter(before) || !is_capital(next);
        }
        // LOW LINE, COMMERCIAL AT, AMPERSAND, EQUALS SIGN
        matches!(next, 0x5F | 0x40 | 0x26 | 0x3D)
    }

    /// Whether the number that ends at `at` with its stop is a list mark, and not the last word of a sentence.
    fn is_number_mark(&self, end: usize) -> bool {
        let Some((value, start, digits)) = self.number_before(end) else { return false };
        if digits > 3 {
            return false;
        }
        if self.is_list_mark(end) || self.is_heading(start) {
            return true;
        }
        if digits > 2 {
            return false;
        }
        let lead = trim_blank(self.text, self.start, start);
        let follows = visible_before(self.text, self.start, lead).is_some_and(|(c, _)| is_joining(c));
        (value == 1 && follows) || (self.item > 0 && value == self.item + 1)
    }

    /// `المادة 1.`: whether all of the sentence before the number at `number` is a word that numbers name.
    fn is_heading(&self, number: usize) -> bool {
        word_before(self.text, self.start, trim_blank(self.text, self.start, number))
            .is_some_and(|word| word.start == self.start && word.is(Classes::NUMBERED))
    }

    /// The number that ends at `at`, its start and how many digits it has.
    fn number_before(&self, at: usize) -> Option<(u32, usize, usize)> {
        let (mut start, mut digits, mut value, mut scale) = (at, 0, 0, 1);
        while start > self.start && digits < 5 {
            let Some((c, before)) = visible_before(self.text, self.start, start).filter(|&(c, _)| is_digit(c)) else {
                break;
            };
            value += (c & 0xF) % 10 * scale;
            scale *= 10;
            digits += 1;
            start = before;
        }
        (digits > 0).then_some((value, start, digits))
    }

    /// A list mark's number, for the list that goes on: what [`Place::item`] becomes where the stop ended nothing.
    pub(super) fn list_item(&self) -> Option<u32> {
        (self.run.kind == Kind::Period)
            .then(|| self.number_before(self.run.start))
            .flatten()
            .filter(|&(.., digits)| digits <= 2 && (self.run.spaced || self.run.broken))
            .map(|(value, ..)| value)
    }

    /// Whether a stop behind a word of up to four letters, or behind initials, ends the sentence.
    fn is_end_of_short(&self, word: &Word, next: u32) -> bool {
        let after = |class| word_after(self.text, self.run.next).is_some_and(|after| after.is(class));
        let class = word.classes();
        if class.any(Classes::INNER) {
            return false;
        }
        if class.any(Classes::NUMBER) && is_digit(next) {
            return false;
        }
        if class.any(Classes::SPELLED) && word.elements == 1 {
            if self.is_before_spelled(word) {
                return false;
            }
            if self.follows_spelled(word) {
                return self.opens_behind();
            }
        }
        if class.any(Classes::UNIT) && self.follows_number(word) {
            let tied = word.elements > 1 && after(Classes::JOINS);
            let dated = self.is_before_joined_number() || self.is_before_year();
            return !after(Classes::DATED) && !tied && !goes_on_in_latin(next) && !dated;
        }
        if self.is_list_mark(word.end) {
            return false;
        }
        if self.is_named_by_letter(word) && (!class.any(Classes::NAME) || self.opens_behind()) {
            return true;
        }
        if class.any(Classes::NAME) || (word.elements == 1 && word.letters == 2 && self.is_prefixed_title(word)) {
            return false;
        }
        if class.any(Classes::END) {
            return match (is_latin(word.last), is_latin(next)) {
                (true, false) => self.opens_behind() && !after(Classes::JOINS),
                // a name goes on in Latin letters in an Arabic sentence: U.S. Steel
                (true, true) => is_capital(next) && self.starts_in_latin(),
                (false, _) => !after(Classes::JOINS) && !goes_on_in_latin(next),
            };
        }
        if word.elements > 1 {
            return self.run.closed || self.opens_behind();
        }
        if word.letters == 1 {
            return self.is_code(word) || (self.run.closed && !is_latin(next));
        }
        !(is_latin(word.last) && goes_on_in_latin(next))
    }

    /// `ود.`: a title of one letter with a prefix written onto it.
    fn is_prefixed_title(&self, word: &Word) -> bool {
        let prefix = classes(Key::EMPTY.push(word.first));
        prefix.any(Classes::PREFIX)
            && word.rest_is(self.text, Classes::NAME)
            && !word.is(Classes::UNIT)
            && self.run.next > word.end
    }

    /// Whether the first word of the sentence is Latin.
    fn starts_in_latin(&self) -> bool {
        word_after(self.text, self.start).is_some_and(|word| is_latin(word.first))
    }

    /// Whether the letters are the tail of a code or an address: `11K`, `101/ب`, `?id=b`, `Type-C`.
    fn is_code(&self, word: &Word) -> bool {
        visible_before(self.text, self.start, word.start)
            .is_some_and(|(c, _)| is_digit(c) || matches!(c, 0x2F | 0x3D) || (c == 0x2D && is_latin(word.first)))
    }

    /// `بي. سي`: the name of a letter follows. Names that are words too (في) must show by a stop what they are.
    fn is_before_spelled(&self, word: &Word) -> bool {
        let Some(after) = word_after(self.text, self.run.next).filter(|after| after.is(Classes::SPELLED)) else {
            return false;
        };
        let words = [Classes::JOINS, Classes::HANGS, Classes::OPENS];
        !self.run.spaced
            || !words.into_iter().any(|class| after.is(class))
            || self.text.char_at(after.end) == Some(0x2E)
            || self.follows_spelled(word)
    }

    /// `بي. بي. سي.`: the name of a letter behind another with its stop.
    fn follows_spelled(&self, word: &Word) -> bool {
        let at = trim_blank(self.text, self.start, word.start);
        visible_before(self.text, self.start, at).is_some_and(|(c, dot)| {
            c == 0x2E && word_before(self.text, self.start, dot).is_some_and(|word| word.is(Classes::SPELLED))
        })
    }

    /// Whether a number stands before the word: `1436هـ`, `1436 هـ`.
    fn follows_number(&self, word: &Word) -> bool {
        let at = trim_blank(self.text, self.start, word.start);
        // also behind DEGREE SIGN
        visible_before(self.text, self.start, at).is_some_and(|(c, _)| is_digit(c) || c == 0xB0)
    }

    /// `و322`: a number with the conjunction written onto it.
    fn is_before_joined_number(&self) -> bool {
        word_after(self.text, self.run.next).is_some_and(|word| {
            word.first == 0x0648 && word.letters == 1 && self.text.char_at(word.end).is_some_and(is_digit)
        })
    }

    /// `1305 هـ. (1887م)`: the year of the other calendar in brackets.
    fn is_before_year(&self) -> bool {
        let (c, mut at) = self.text.decode(self.run.next);
        let digits = (0..YEAR).take_while(|_| {
            at = skip_silent(self.text, at);
            let digit = self.text.char_at(at).is_some_and(is_digit);
            if digit {
                at = self.text.decode(at).1;
            }
            digit
        });
        c == 0x28 && digits.count() == YEAR
    }

    /// `المجموعة ب. `: the letter is a name.
    fn is_named_by_letter(&self, word: &Word) -> bool {
        if word.letters > 1 || word.elements > 1 {
            return false;
        }
        let at = trim_blank(self.text, self.start, word.start);
        word_before(self.text, self.start, at).is_some_and(|before| before.is(Classes::LETTERED))
    }
}

/// Whether a Latin word in small letters follows: the stop belonged to an abbreviation.
fn goes_on_in_latin(next: u32) -> bool {
    is_latin(next) && !is_capital(next)
}
