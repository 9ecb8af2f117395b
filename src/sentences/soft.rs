//! Marks that may end a sentence or not: `..` `…` `؟` `!`. The words on both sides tell.
use super::chars::{Stop, is_break, is_digit, is_letter, is_silent, is_space};
use super::lexicon::Classes;
use super::rules::Place;
use super::words::{Word, trim_blank, visible_before, word_after, word_before, words_ahead, words_back};
use crate::text::Text;

/// Words beside a soft mark that make a sentence: fewer are a fragment.
const SENTENCE: usize = 3;
/// Words behind `..` that make a sentence where و ties them to what went before: a verb's, and a noun's with its article.
const CONJOINED: [usize; 2] = [4, 5];
/// Words on either side of a mark in the middle of a verse or a title: fewer than this.
const LINE: usize = 9;
/// Words of a clause that leads up to the main one: fewer than this.
const LEAD: usize = 13;
/// Visible code points between a sentence and the start of its line: fewer than this.
const INDENT: usize = 80;

impl<T: Text> Place<'_, T> {
    /// `..` `...` `…` stand for a full stop, a comma, or hesitation.
    pub(super) fn dots(&self) -> bool {
        let end = self.words_end();
        let left = words_back(self.text, self.start, end, SENTENCE);
        let (right, _) = words_ahead(self.text, self.run.next, SENTENCE);
        if (left < SENTENCE && !self.run.closed) || right < SENTENCE || self.is_in_title(end) {
            return false;
        }
        let Some(word) = word_after(self.text, self.run.next) else { return true };
        if word.first == 0x0648 && !self.run.closed && !word.rest_is(self.text, Classes::OPENS) {
            let most = CONJOINED[usize::from(word.has_article(self.text))];
            if words_ahead(self.text, self.run.next, most).0 < most {
                return false;
            }
        }
        match self.list_member(end) {
            Some(last) => last,
            None => !word.goes_on(self.text) && !self.is_lead(end, &word),
        }
    }

    /// Whether what stands before the mark only leads up to what follows: `إذا هُزمت.. فلا تحزن`, `بعد أعوام.. ها هو يعود`.
    fn is_lead(&self, end: usize, after: &Word) -> bool {
        let leads = |at| word_after(self.text, at).is_some_and(|word| word.leads(self.text));
        (leads(self.phrase) && words_back(self.text, self.phrase, end, LEAD) < LEAD)
            || (after.first == 0x0641 && leads(self.start))
    }

    /// Whether the word before the mark is a member of a list that such marks part, and if so, whether the last:
    /// `بسيطة.. مؤثرة.. وعميقة..`
    fn list_member(&self, end: usize) -> Option<bool> {
        if self.run.closed || self.phrase == self.start {
            return None;
        }
        let word = word_before(self.text, self.phrase, end)?;
        (trim_blank(self.text, self.phrase, word.start) == self.phrase).then_some(word.first == 0x0648)
    }

    /// Whether the mark stands in a line that is a verse or a title: short, and without a mark at its end.
    fn is_in_title(&self, end: usize) -> bool {
        if !self.line_starts() || words_back(self.text, self.start, end, LINE) == LINE {
            return false;
        }
        let (right, mark) = words_ahead(self.text, self.run.next, LINE);
        right < LINE && mark.is_none_or(|mark| mark == Stop::Break)
    }

    /// Whether the sentence starts its line.
    fn line_starts(&self) -> bool {
        let (mut at, mut left) = (self.start, INDENT);
        while at > 0 && left > 0 {
            let (c, before) = self.text.decode_before(at);
            if is_break(c) {
                return true;
            }
            if is_silent(c) {
                at = before;
                continue;
            }
            if !is_space(c) {
                return false;
            }
            (at, left) = (before, left - 1);
        }
        at == 0
    }

    /// A question ends a sentence; in a chain of fragments (`لماذا؟ ومتى؟ وكيف؟`) only the last one does.
    pub(super) fn question(&self) -> bool {
        if self.is_lost_letter() {
            return false;
        }
        let left = words_back(self.text, self.start, self.words_end(), SENTENCE);
        let (right, mark) = words_ahead(self.text, self.run.next, SENTENCE);
        let fragment = right < SENTENCE && mark == Some(Stop::Question);
        if fragment && self.is_fragment(left, right) {
            return false;
        }
        !(self.run.closed && self.is_quoted_part())
    }

    /// Whether the question of `right` words behind the mark is a fragment that stays with the `left` words before it:
    /// `ومتى؟`, but not `لماذا نموت؟`.
    fn is_fragment(&self, left: usize, right: usize) -> bool {
        let Some(word) = word_after(self.text, self.run.next) else { return left < SENTENCE };
        let joined = word.first == 0x0648;
        let asks = word.is(Classes::OPENS) || (joined && word.rest_is(self.text, Classes::OPENS));
        let whole = asks && left > 1 && right > 1;
        (joined || left < SENTENCE) && !whole
    }

    /// `ا?سر`, `????`: ASCII question marks that stand for what an encoding lost; and the query of an address.
    fn is_lost_letter(&self) -> bool {
        let (c, mut at) = self.text.decode(self.run.start);
        if c != 0x3F {
            return false;
        }
        let mut marks = 1;
        while self.text.char_at(at) == Some(0x3F) {
            at += 1;
            marks += 1;
        }
        let before = visible_before(self.text, self.start, self.run.start).map(|(c, _)| c);
        let glued = |c: Option<u32>| c.is_some_and(|c| is_letter(c) || is_digit(c));
        (glued(before) && glued(self.text.char_at(at))) || (marks > 2 && before.is_some_and(is_space))
    }

    /// An exclamation ends a sentence, a single word with its mark (`نعم!`) does not.
    pub(super) fn exclamation(&self) -> bool {
        if words_back(self.text, self.start, self.words_end(), SENTENCE) <= 1 && !self.run.closed {
            return false;
        }
        !(self.run.closed && self.is_quoted_part())
    }

    /// Whether a quotation that ends in a question or exclamation mark is a part of a sentence that goes on.
    fn is_quoted_part(&self) -> bool {
        let Some(word) = word_after(self.text, self.run.next) else { return false };
        if word.is(Classes::JOINS) || (word.is(Classes::SAYS) && self.run.open.opens_at(self.start)) {
            return true;
        }
        // what a colon leads to is whole: سأل: «متى؟» أجاب: … ; a word with ب or ل written onto it says how it was said
        let whole = self.run.open.is_led_to(self.text, self.start) && !matches!(word.first, 0x0628 | 0x0644);
        !(whole || word.is(Classes::OPENS) || word.is_conjoined())
    }
}
