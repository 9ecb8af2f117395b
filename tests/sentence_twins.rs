//! A text and its twins are cut in one way: in UTF-8, in units of two and four bytes, vocalised, stretched.
//!
//! The texts are thrown together from what the rules look at, some of it far apart, so that every reach is met at its edge.

use naqi::sentences::{Newlines, spans};
use naqi::text::Units;

/// What the texts are made of: words that the rules know and words that they do not, marks, gaps, lines.
const PIECES: [&str; 77] = [
    "د",
    "م",
    "أ.د",
    "ص.ب",
    "م.ت.ف",
    "هـ",
    "إلخ",
    "بي",
    "سي",
    "ق.م",
    "حيث",
    "من",
    "إلى",
    "الذي",
    "قال",
    "هذا",
    "وقال",
    "إذا",
    "باريس",
    "لندن",
    "المجموعة",
    "مدينة",
    "القطار",
    "والمسافرون",
    "كتب",
    "في",
    "و",
    "نعم",
    "Inc",
    "U.S",
    "e.g",
    "News",
    "data.txt",
    "12",
    "٣٤",
    "2015",
    "3.14",
    "1",
    "2",
    ".",
    ".",
    ".",
    ".",
    "..",
    "...",
    "…",
    "؟",
    "!",
    "?",
    "؟!",
    "،",
    ":",
    "؛",
    "«",
    "»",
    "\"",
    "(",
    ")",
    "[",
    "-",
    "ــ",
    "—",
    "•",
    "/",
    "(@name)",
    "(ضحك)",
    "[1]",
    "المادة",
    "أولا",
    "❤",
    "— Blue (@blue) May 13, 2024",
    "\n",
    "\r\n",
    "\n\n",
    "\u{2028}",
    "\u{A0}",
    "\u{200F}",
];

/// Random numbers, the same for one seed.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }

    fn pick<'a>(&mut self, pieces: &[&'a str]) -> &'a str {
        pieces[self.below(pieces.len())]
    }

    fn text(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..=self.below(40) {
            text += self.pick(&PIECES);
            let gap = match self.below(24) {
                0..16 => " ".to_owned(),
                16 => " ".repeat(self.below(90)),
                17 => "ب".repeat(self.below(30)),
                18 => "كلام طويل بلا علامة ".repeat(self.below(14)),
                // a headline before a dateline, dots in a short line, an aside
                19 => {
                    let word = "ب".repeat(2 + self.below(20)) + " ";
                    format!("\n{}باريس ــ كلام. ", word.repeat(self.below(14)))
                }
                20 => {
                    let lead = " ".repeat(self.below(60));
                    format!("{lead}نص {}.. {}\n", "كلمة ".repeat(self.below(12)), "بيت ".repeat(self.below(12)))
                }
                21 => format!("لندن - {} - ", "ب".repeat(self.below(70))),
                _ => String::new(),
            };
            text += &gap;
        }
        text
    }
}

/// The spans in code points.
fn in_utf8(text: &str, newlines: Newlines) -> Vec<(usize, usize)> {
    let points = |at: usize| text[..at].chars().count();
    spans(text, newlines).into_iter().map(|span| (points(span.start), points(span.end))).collect()
}

fn in_units(points: &[u32], newlines: Newlines) -> Vec<(usize, usize)> {
    spans(Units(points), newlines).into_iter().map(|span| (span.start, span.end)).collect()
}

#[test]
fn a_text_is_cut_in_one_way_in_every_storage() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for round in 0..4000 {
        let text = random.text();
        let newlines = Newlines::CHOICES[round % 3].1;
        let points: Vec<u32> = text.chars().map(u32::from).collect();
        let narrow: Vec<u16> = text.encode_utf16().collect();
        let expected = in_units(&points, newlines);
        assert_eq!(in_utf8(&text, newlines), expected, "{text:?}");
        let found: Vec<_> = spans(Units(&narrow), newlines).into_iter().map(|span| (span.start, span.end)).collect();
        assert_eq!(found, expected, "{text:?}");
    }
}

#[test]
fn a_vocalised_and_stretched_text_is_cut_where_its_bare_twin_is() {
    let letter = |c: Option<&char>| c.is_some_and(|&c| naqi::unicode::is_arabic_letter(u32::from(c)));
    let mut random = Random(0x0123_4567_89AB_CDEF);
    for round in 0..4000 {
        let text = random.text();
        let newlines = Newlines::CHOICES[round % 3].1;
        // the twin, and for each place in it how many code points of the text stand before it
        let (mut twin, mut before) = (Vec::new(), vec![0]);
        let chars: Vec<char> = text.chars().collect();
        for (at, &c) in chars.iter().enumerate() {
            twin.push(u32::from(c));
            before.push(at + 1);
            if !letter(Some(&c)) {
                continue;
            }
            // FATHA, SHADDA with KASRA; TATWEEL, also a good many, where a letter follows
            let signs: &[u32] = match random.below(6) {
                0 => &[0x064E],
                1 => &[0x0651, 0x0650],
                2 if letter(chars.get(at + 1)) => &[0x0640],
                3 if letter(chars.get(at + 1)) => &[0x0640; 12],
                _ => &[],
            };
            for &sign in signs {
                twin.push(sign);
                before.push(at + 1);
            }
        }
        let expected = in_units(&chars.iter().map(|&c| u32::from(c)).collect::<Vec<_>>(), newlines);
        let found: Vec<_> =
            in_units(&twin, newlines).into_iter().map(|(start, end)| (before[start], before[end])).collect();
        assert_eq!(found, expected, "{text:?}");
        let utf8: String = twin.iter().filter_map(|&c| char::from_u32(c)).collect();
        let found: Vec<_> =
            in_utf8(&utf8, newlines).into_iter().map(|(start, end)| (before[start], before[end])).collect();
        assert_eq!(found, expected, "{text:?} in UTF-8");
    }
}
