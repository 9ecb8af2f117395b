//! What is to be done with each code point, as one byte per code point: what the kernels read.

#[cfg(target_arch = "x86_64")]
use super::rows::Rows;
use std::fmt;
#[cfg(target_arch = "x86_64")]
use std::sync::OnceLock;

/// What is to be done with a code point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Copied, and nothing before it matters for it, nor does it for what stands behind: a text may be cut before it.
    Copy,
    /// Copied, but what stands around it may depend on it: no place to cut.
    Soft,
    /// Dropped.
    Drop,
    /// Replaced by another; a place to cut as [`Action::Copy`] is.
    Map(u32),
    /// A combining mark that stays, if its order among its neighbours is canonical.
    Mark,
    /// A tatweel that is dropped, unless it stands for something.
    Tatweel,
    /// A space or line break that stays, if it stands alone.
    Space,
    /// What only the steps can decide.
    Complex,
}

impl Action {
    const COPY: u8 = 0;
    const SOFT: u8 = 1;
    const DROP: u8 = 2;
    const MARK: u8 = 3;
    const TATWEEL: u8 = 4;
    const SPACE: u8 = 5;
    const COMPLEX: u8 = 6;
    /// The first of the replacements.
    const MAPS: u8 = 8;

    /// Whether a text may be cut before a code point of this action.
    #[must_use]
    #[inline]
    pub fn is_boundary(self) -> bool {
        matches!(self, Self::Copy | Self::Map(_))
    }

    /// Whether the code point is written, in one form or another, whatever stands around it.
    #[must_use]
    #[inline]
    pub fn is_kept(self) -> bool {
        matches!(self, Self::Copy | Self::Soft | Self::Map(_) | Self::Mark)
    }
}

/// An [`Action`] for every code point: an array for the Basic Multilingual Plane, ranges for the rest.
#[derive(Clone)]
pub struct Actions {
    plane: Box<[u8; 0x1_0000]>,
    /// Pages of 256 code points above the plane, sorted by number; those not named are copied.
    above: Vec<(u32, [u8; 256])>,
    /// What a code means: the code point to write, or 0 for "the same".
    targets: [u32; 256],
    used: usize,
    /// The low and the high bytes of the first targets, for kernels; whether two bytes hold them.
    target_bytes: [[u8; 128]; 2],
    narrow: bool,
    /// The same in UTF-8: the bytes of targets of one (the second is 0) or two; the first is 0xFF for longer ones.
    utf8_bytes: [[u8; 128]; 2],
    /// For kernels, made when one first asks.
    #[cfg(target_arch = "x86_64")]
    rows: OnceLock<Option<Rows>>,
}

impl Default for Actions {
    /// Every code point is copied.
    fn default() -> Self {
        let plane: Box<[u8; 0x1_0000]> = match vec![Action::COPY; 0x1_0000].into_boxed_slice().try_into() {
            Ok(plane) => plane,
            Err(_) => unreachable!("a slice of this length"),
        };
        Self {
            plane,
            above: Vec::new(),
            targets: [0; 256],
            used: usize::from(Action::MAPS),
            target_bytes: [[0; 128]; 2],
            narrow: true,
            utf8_bytes: [[0; 128]; 2],
            #[cfg(target_arch = "x86_64")]
            rows: OnceLock::new(),
        }
    }
}

impl fmt::Debug for Actions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let planned = self.plane.iter().filter(|code| **code != Action::COPY).count();
        write!(f, "Actions({planned} code points of the plane, {} pages above)", self.above.len())
    }
}

impl Actions {
    /// Decides a code point. A replacement that has no code left, or is U+0000, becomes [`Action::Complex`]: the
    /// steps know it too.
    pub fn set(&mut self, c: u32, action: Action) {
        let code = self.code(action);
        #[cfg(target_arch = "x86_64")]
        {
            self.rows = OnceLock::new();
        }
        if let Some(slot) = self.plane.get_mut(c as usize) {
            *slot = code;
            return;
        }
        let page = match self.above.binary_search_by_key(&(c >> 8), |page| page.0) {
            Ok(at) => at,
            Err(at) => {
                self.above.insert(at, (c >> 8, [Action::COPY; 256]));
                at
            }
        };
        self.above[page].1[c as usize & 0xFF] = code;
    }

    fn code(&mut self, action: Action) -> u8 {
        match action {
            Action::Copy => Action::COPY,
            Action::Soft => Action::SOFT,
            Action::Drop => Action::DROP,
            Action::Mark => Action::MARK,
            Action::Tatweel => Action::TATWEEL,
            Action::Space => Action::SPACE,
            Action::Complex | Action::Map(0) => Action::COMPLEX,
            Action::Map(target) => {
                let known = self.targets[..self.used].iter().position(|other| *other == target);
                let at = known.unwrap_or(self.used);
                if at == self.targets.len() {
                    return Action::COMPLEX;
                }
                self.targets[at] = target;
                if at < 128 {
                    let (first, second) = match target {
                        0..0x80 => (target as u8, 0),
                        0x80..0x800 => (0xC0 | (target >> 6) as u8, 0x80 | (target & 0x3F) as u8),
                        _ => (0xFF, 0),
                    };
                    self.utf8_bytes[0][at] = first;
                    self.utf8_bytes[1][at] = second;
                }
                match (u16::try_from(target).map(u16::to_le_bytes), at) {
                    (Ok([low, high]), 0..128) => {
                        self.target_bytes[0][at] = low;
                        self.target_bytes[1][at] = high;
                    }
                    (Ok(_), _) => {}
                    (Err(_), _) => self.narrow = false,
                }
                self.used = self.used.max(at + 1);
                at as u8
            }
        }
    }

    /// The action of a code point.
    #[must_use]
    #[inline]
    pub fn of(&self, c: u32) -> Action {
        let code = self.code_of(c);
        match code {
            Action::COPY => Action::Copy,
            Action::SOFT => Action::Soft,
            Action::DROP => Action::Drop,
            Action::MARK => Action::Mark,
            Action::TATWEEL => Action::Tatweel,
            Action::SPACE => Action::Space,
            Action::COMPLEX..Action::MAPS => Action::Complex,
            Action::MAPS.. => Action::Map(self.targets[usize::from(code)]),
        }
    }

    #[inline(always)]
    pub(super) fn code_of(&self, c: u32) -> u8 {
        match self.plane.get(c as usize) {
            Some(code) => *code,
            None => self.code_above(c),
        }
    }

    #[inline(never)]
    fn code_above(&self, c: u32) -> u8 {
        let page = self.above.binary_search_by_key(&(c >> 8), |page| page.0);
        page.map_or(Action::COPY, |at| self.above[at].1[c as usize & 0xFF])
    }

    /// The last code that copies.
    pub(super) const COPIED: u8 = Action::SOFT;
    /// The code that drops.
    pub(super) const DROPS: u8 = Action::DROP;
    /// The first and the last code that stop a kernel.
    pub(super) const STOPS: (u8, u8) = (Action::DROP + 1, Action::MAPS - 1);
    /// The code of marks.
    pub(super) const MARKS: u8 = Action::MARK;
    /// The code of spaces.
    pub(super) const SPACES: u8 = Action::SPACE;
    /// The first code that replaces.
    pub(super) const MAPPED: u8 = Action::MAPS;

    /// The codes of the plane.
    pub(super) fn plane(&self) -> &[u8; 0x1_0000] {
        &self.plane
    }

    /// The low and the high bytes of what the first 128 codes write; `None` where there are more codes, or wider targets.
    pub(super) fn target_bytes(&self) -> Option<&[[u8; 128]; 2]> {
        (self.used <= 128 && self.narrow).then_some(&self.target_bytes)
    }

    /// The two bytes in UTF-8 of what the first 128 codes write: the second is 0 for one, the first 0xFF for more.
    #[cfg(target_arch = "x86_64")]
    pub(super) fn utf8_bytes(&self) -> Option<&[[u8; 128]; 2]> {
        (self.used <= 128).then_some(&self.utf8_bytes)
    }

    /// The rows in which something is done; `None` as for [`target_bytes`](Self::target_bytes).
    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    pub(super) fn rows(&self) -> Option<&Rows> {
        self.rows.get_or_init(|| Rows::new(self)).as_ref()
    }

    /// Whether a code means that the code point is written as it is; of the bits of several codes, that all do.
    #[inline(always)]
    pub(super) fn copies(code: u8) -> bool {
        const { assert!(Self::COPIED == 1, "bits above the first are those of other codes") };
        code <= Self::COPIED
    }

    /// The code, or one that stops where something would change.
    #[inline(always)]
    pub(super) fn as_it_is(code: u8) -> u8 {
        if Self::copies(code) || matches!(code, Self::MARKS | Self::SPACES) { code } else { Action::COMPLEX }
    }

    /// Whether a code means that only the caller, or the neighbours, can decide.
    #[inline(always)]
    pub(super) fn stops(code: u8) -> bool {
        (Self::STOPS.0..=Self::STOPS.1).contains(&code)
    }

    /// Whether a code means that nothing is written.
    #[inline(always)]
    pub(super) fn drops(code: u8) -> bool {
        code == Action::DROP
    }

    /// What a code that does not stop writes for `c`.
    #[inline(always)]
    pub(super) fn written(&self, code: u8, c: u32) -> u32 {
        let target = self.targets[usize::from(code)];
        // Without a branch: which of the two it is cannot be guessed.
        target | (c & u32::from(target == 0).wrapping_neg())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_is_read_as_it_was_set() {
        let mut actions = Actions::default();
        let set = [
            (0x20, Action::Space),
            (0x622, Action::Map(0x627)),
            (0x640, Action::Tatweel),
            (0x64E, Action::Drop),
            (0xFFFF, Action::Soft),
            (0x10EFA, Action::Mark),
            (0x10EFB, Action::Mark),
            (0x10_FFFF, Action::Complex),
        ];
        for (c, action) in set {
            actions.set(c, action);
        }
        for (c, action) in set {
            assert_eq!(actions.of(c), action, "U+{c:04X}");
        }
        for c in [0, 0x627, 0x10EF9, 0x10EFC, 0x10_FFFE, u32::MAX] {
            assert_eq!(actions.of(c), Action::Copy, "U+{c:04X}");
        }
    }

    #[test]
    fn a_replacement_too_many_is_complex() {
        let mut actions = Actions::default();
        for c in 1..1000 {
            actions.set(c, Action::Map(c + 1000));
        }
        assert_eq!(actions.of(1), Action::Map(1001));
        assert_eq!(actions.of(999), Action::Complex);
        actions.set(5, Action::Map(0));
        assert_eq!(actions.of(5), Action::Complex);
    }
}
