//! The words that the sentence rules know, read once from the text files beside this one.
use super::chars::{fold, is_silent};
use std::sync::LazyLock;

/// What the files say of a form: one bit a section.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Classes(u32);

impl Classes {
    pub(super) const NAME: Self = Self(1);
    pub(super) const NUMBER: Self = Self(1 << 1);
    pub(super) const UNIT: Self = Self(1 << 2);
    pub(super) const INNER: Self = Self(1 << 3);
    pub(super) const END: Self = Self(1 << 4);
    pub(super) const OPENS: Self = Self(1 << 5);
    pub(super) const JOINS: Self = Self(1 << 6);
    pub(super) const HANGS: Self = Self(1 << 7);
    pub(super) const DATED: Self = Self(1 << 8);
    pub(super) const LETTERED: Self = Self(1 << 9);
    pub(super) const PREFIX: Self = Self(1 << 10);
    pub(super) const LEADS: Self = Self(1 << 11);
    pub(super) const SPELLED: Self = Self(1 << 14);
    pub(super) const PLACE: Self = Self(1 << 12);
    pub(super) const NUMBERED: Self = Self(1 << 15);
    pub(super) const ORDINAL: Self = Self(1 << 16);
    pub(super) const REPORTS: Self = Self(1 << 17);
    pub(super) const SAYS: Self = Self(1 << 19);
    pub(super) const HEARD: Self = Self(1 << 18);
    /// The last word of a form with a space in it.
    pub(super) const TAIL: Self = Self(1 << 13);

    /// The sections of the files.
    const SECTIONS: [(&'static str, Self); 19] = [
        ("before a name", Self::NAME),
        ("before a number", Self::NUMBER),
        ("behind a number", Self::UNIT),
        ("inside a sentence", Self::INNER),
        ("may end a sentence", Self::END),
        ("opens a sentence", Self::OPENS),
        ("goes on", Self::JOINS),
        ("leans on the next word", Self::HANGS),
        ("goes on after a date or a unit", Self::DATED),
        ("is named by a letter", Self::LETTERED),
        ("written onto the next word", Self::PREFIX),
        ("leads up to the main clause", Self::LEADS),
        ("the name of a letter", Self::SPELLED),
        ("a place", Self::PLACE),
        ("is named by a number", Self::NUMBERED),
        ("counts the points", Self::ORDINAL),
        ("begins what is reported", Self::REPORTS),
        ("says who spoke", Self::SAYS),
        ("is heard in a talk", Self::HEARD),
    ];

    /// Whether it has one of the classes `of`.
    #[inline]
    pub(super) const fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }

    const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Stands in a form for any letters: `لل*`.
pub(super) const ANY: u32 = 0x2A;

/// A form's key, letter by letter: marks and tatweel count for nothing, variants of a letter as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key(u64);

impl Key {
    pub(super) const EMPTY: Self = Self(0xCBF2_9CE4_8422_2325);

    #[inline]
    pub(super) const fn push(self, c: u32) -> Self {
        Self((self.0 ^ fold(c) as u64).wrapping_mul(0x0000_0100_0000_01B3).rotate_left(23))
    }

    /// What tells it from other keys in the same slot.
    const fn tag(self) -> u32 {
        (self.0 >> 32) as u32
    }

    fn of(form: &str) -> Self {
        let letters = form.trim_end_matches('.').chars().map(|c| if c == '_' { 0x20 } else { u32::from(c) });
        letters.filter(|&c| !is_silent(c)).fold(Self::EMPTY, Self::push)
    }
}

/// Slots of the table: a power of two, a good deal more than there are forms.
const SLOTS: usize = 4096;

static FORMS: LazyLock<Box<[(u32, Classes)]>> = LazyLock::new(|| {
    let mut slots = vec![(0, Classes::default()); SLOTS].into_boxed_slice();
    for file in [
        include_str!("abbreviations.txt"),
        include_str!("titles.txt"),
        include_str!("particles.txt"),
        include_str!("places.txt"),
    ] {
        for (class, form) in entries(file) {
            let tail = form.rsplit_once('_').map(|(_, tail)| (Classes::TAIL, tail));
            for (class, form) in std::iter::once((class, form)).chain(tail) {
                let slot = slot(&slots, Key::of(form));
                slots[slot] = (Key::of(form).tag(), slots[slot].1.with(class));
            }
        }
    }
    slots
});

/// The slot that a key has or would get.
#[inline]
#[allow(clippy::cast_possible_truncation)] // the low bits are what is wanted
fn slot(slots: &[(u32, Classes)], key: Key) -> usize {
    let mut at = key.0 as usize % SLOTS;
    while slots[at].1 != Classes::default() && slots[at].0 != key.tag() {
        at = (at + 1) % SLOTS;
    }
    at
}

/// What the files say of a form.
#[inline]
pub(super) fn classes(key: Key) -> Classes {
    FORMS[slot(&FORMS, key)].1
}

/// The forms of a file, each with its section's class. A section that is not known is skipped: a test finds it.
fn entries(file: &str) -> impl Iterator<Item = (Classes, &str)> {
    let mut class = None;
    file.lines().flat_map(move |line| {
        let line = line.split('#').next().unwrap_or_default().trim();
        let header = line.strip_prefix('[').and_then(|line| line.strip_suffix(']'));
        if let Some(name) = header {
            class = Classes::SECTIONS.iter().find(|section| section.0 == name).map(|section| section.1);
        }
        let class = class.filter(|_| header.is_none());
        class.into_iter().flat_map(move |class| line.split_whitespace().map(move |form| (class, form)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: [&str; 4] = [
        include_str!("abbreviations.txt"),
        include_str!("titles.txt"),
        include_str!("particles.txt"),
        include_str!("places.txt"),
    ];

    #[test]
    fn every_section_of_the_files_is_known_and_filled() {
        let headers = FILES.iter().flat_map(|file| file.lines()).filter(|line| line.starts_with('['));
        for header in headers {
            assert!(Classes::SECTIONS.iter().any(|(name, _)| header == format!("[{name}]")), "{header}");
        }
        for (name, class) in Classes::SECTIONS {
            assert!(FILES.iter().any(|file| entries(file).any(|entry| entry.0 == class)), "nothing in [{name}]");
        }
    }

    #[test]
    fn a_form_is_found_however_it_is_vocalised_or_stretched() {
        assert!(classes(Key::of("هـ")).any(Classes::UNIT));
        assert!(classes(Key::of("ه\u{640}\u{640}")).any(Classes::UNIT));
        assert!(classes(Key::of("ح\u{64E}ي\u{652}ث\u{64F}")).any(Classes::JOINS));
        assert!(!classes(Key::of("محمد")).any(Classes::JOINS));
    }

    #[test]
    fn the_table_is_sparse_and_holds_no_two_forms_in_one_key() {
        let mut forms: Vec<(u64, String)> = FILES
            .iter()
            .flat_map(|file| entries(file))
            .map(|(_, form)| {
                (
                    Key::of(form).0,
                    form.trim_end_matches('.')
                        .chars()
                        .filter(|&c| !is_silent(u32::from(c)))
                        .filter_map(|c| char::from_u32(fold(u32::from(c))))
                        .collect(),
                )
            })
            .collect();
        forms.sort();
        forms.dedup();
        assert!(forms.len() < SLOTS * 2 / 5, "{} forms", forms.len());
        assert!(forms.windows(2).all(|two| two[0].0 != two[1].0));
    }
}
