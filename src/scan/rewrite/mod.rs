//! Kernels that write a text while they change what needs no context, and stop where something does.
//!
//! [`Actions`] says what is to be done with each code point. A kernel takes the longest prefix of a text in which
//! every code point is copied, replaced by one other, or dropped, or is a mark in order or a space that stands alone;
//! what it stops at is the caller's to decide. One promise, a kernel for each instruction set, and for each the same
//! tests: `scalar` is what the others must equal. There are kernels with AVX-512 and AVX2, for 2-byte units and UTF-8;
//! other machines and storages take the scalar one. They write into memory that need not be initialised ([`Out`]).
#![allow(unsafe_code)] // each use has its reason beside it

mod actions;
#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx2_utf8;
#[cfg(target_arch = "x86_64")]
mod avx512;
#[cfg(target_arch = "x86_64")]
mod avx512_utf8;
mod judge;
mod out;
#[cfg(target_arch = "x86_64")]
mod rows;
mod scalar;

pub use actions::{Action, Actions};
pub use out::Out;

#[cfg(target_arch = "x86_64")]
use super::level::Level;
use crate::text::Unit;
#[cfg(target_arch = "x86_64")]
use std::any::TypeId;

/// Writes the longest prefix of `text` whose code points are copied, replaced or dropped, and gives its length in
/// units. It ends early where `out` is full.
pub fn write<U: Unit, W: Unit>(actions: &Actions, text: &[U], out: &mut Out<'_, W>) -> usize {
    #[cfg(target_arch = "x86_64")]
    if let (Some(text), Some(out)) = (as_u16(text), out.as_u16()) {
        match Level::current() {
            // SAFETY: the machine has the instructions that the level stands for.
            Level::Avx512 => return unsafe { avx512::write(actions, text, out) },
            // SAFETY: as above.
            Level::Avx2 => return unsafe { avx2::write(actions, text, out) },
            Level::Scalar => {}
        }
    }
    scalar::write(actions, text, out)
}

/// The units, if they are of two bytes.
#[cfg(target_arch = "x86_64")]
fn as_u16<U: Unit>(text: &[U]) -> Option<&[u16]> {
    // SAFETY: the types are the same.
    (TypeId::of::<U>() == TypeId::of::<u16>())
        .then(|| unsafe { std::slice::from_raw_parts(text.as_ptr().cast(), text.len()) })
}

/// The length in units of the longest prefix of `text` whose code points are all copied.
#[must_use]
pub fn unchanged<U: Unit>(actions: &Actions, text: &[U]) -> usize {
    #[cfg(target_arch = "x86_64")]
    if let Some(text) = as_u16(text) {
        match Level::current() {
            // SAFETY: the machine has the instructions that the level stands for.
            Level::Avx512 => return unsafe { avx512::unchanged(actions, text) },
            // SAFETY: as above.
            Level::Avx2 => return unsafe { avx2::unchanged(actions, text) },
            Level::Scalar => {}
        }
    }
    scalar::unchanged(actions, text)
}

/// [`write`] for UTF-8; the length is in bytes, and ends at a boundary of code points.
pub fn write_utf8(actions: &Actions, text: &str, out: &mut Out<'_, u8>) -> usize {
    #[cfg(target_arch = "x86_64")]
    match Level::current() {
        // SAFETY: the machine has the instructions that the level stands for.
        Level::Avx512 => return unsafe { avx512_utf8::write(actions, text, out) },
        // SAFETY: as above.
        Level::Avx2 => return unsafe { avx2_utf8::write(actions, text, out) },
        Level::Scalar => {}
    }
    scalar::write_utf8(actions, text, out)
}

/// [`unchanged`] for UTF-8; the length is in bytes, and ends at a boundary of code points.
#[must_use]
pub fn unchanged_utf8(actions: &Actions, text: &str) -> usize {
    #[cfg(target_arch = "x86_64")]
    match Level::current() {
        // SAFETY: the machine has the instructions that the level stands for.
        Level::Avx512 => return unsafe { avx512_utf8::unchanged(actions, text) },
        // SAFETY: as above.
        Level::Avx2 => return unsafe { avx2_utf8::unchanged(actions, text) },
        Level::Scalar => {}
    }
    scalar::unchanged_utf8(actions, text)
}

#[cfg(all(test, target_arch = "x86_64"))]
mod tests {
    use super::*;
    use std::sync::LazyLock;

    /// Every action for U+0000, which the last block of a text is filled up with.
    static ACTIONS: LazyLock<[Actions; 4]> =
        LazyLock::new(|| [Action::Copy, Action::Drop, Action::Map(0x2048), Action::Complex].map(actions));

    /// Actions of every kind on the rows that the kernel holds, and on others.
    fn actions(filling: Action) -> Actions {
        let mut actions = Actions::default();
        actions.set(0, filling);
        let set = [
            (0x0A, Action::Space),
            (0x20, Action::Space),
            (0x0655, Action::Mark),
            (0x22, Action::Map(0x27)),
            (0xA0, Action::Map(0x20)),
            (0xAD, Action::Drop),
            (0x0622, Action::Map(0x0627)),
            (0x0623, Action::Map(0x0627)),
            (0x0640, Action::Tatweel),
            (0x0647, Action::Soft),
            (0x0649, Action::Map(0x064A)),
            (0x0660, Action::Map(0x30)),
            (0x31, Action::Map(0x661)),
            (0x061F, Action::Map(0x2048)),
            (0x06A9, Action::Map(0x0643)),
            (0x06D6, Action::Drop),
            (0x200F, Action::Drop),
            (0x2019, Action::Map(0x27)),
            (0x20D0, Action::Complex),
            (0xFEFF, Action::Drop),
            (0xFEFB, Action::Complex),
        ];
        let marks = (0x064B..0x0653).map(|c| (c, Action::Drop));
        for (c, action) in marks.chain(set) {
            actions.set(c, action);
        }
        actions
    }

    const SAMPLE: [u16; 36] = [
        0x20, 0x20, 0x41, 0x22, 0xA0, 0xAB, 0xAD, 0xE9, 0x0621, 0x0622, 0x0623, 0x0627, 0x0628, 0x0629, 0x0644, 0x0645,
        0x0647, 0x0649, 0x064A, 0x064B, 0x064E, 0x0652, 0x06A9, 0x06CC, 0x06D6, 0x200F, 0x2013, 0x2019, 0x2081, 0xFEFF,
        0xD800, 0x4E00, 0x0660, 0x0660, 0x31, 0x061F,
    ];
    const STOPS: [u16; 6] = [0x0A, 0x20, 0x0655, 0x0640, 0x20D0, 0xFEFB];

    fn check(text: &[u16], room: usize) {
        for actions in &*ACTIONS {
            check_with(actions, text, room);
        }
    }

    fn check_with(actions: &Actions, text: &[u16], room: usize) {
        assert!(actions.target_bytes().is_some(), "the kernel is asked, not its fall-back");
        let written = |kernel: &dyn Fn(&mut Out<'_, u16>) -> usize| {
            let mut memory = vec![std::mem::MaybeUninit::uninit(); room];
            let mut out = Out::new(&mut memory);
            let taken = kernel(&mut out);
            (taken, out.is_full(), out.written().to_vec())
        };
        let plain = written(&|out| scalar::write(actions, text, out));
        let unchanged = scalar::unchanged(actions, text);
        if Level::current() >= Level::Avx512 {
            // SAFETY: the machine has the instructions.
            assert_eq!(plain, written(&|out| unsafe { avx512::write(actions, text, out) }), "avx512 {text:04X?}");
            // SAFETY: as above.
            assert_eq!(unchanged, unsafe { avx512::unchanged(actions, text) }, "avx512 {text:04X?}");
        }
        if Level::current() >= Level::Avx2 {
            // SAFETY: the machine has the instructions.
            assert_eq!(plain, written(&|out| unsafe { avx2::write(actions, text, out) }), "avx2 {text:04X?}");
            // SAFETY: as above.
            assert_eq!(unchanged, unsafe { avx2::unchanged(actions, text) }, "avx2 {text:04X?}");
        }
    }

    fn check_utf8(text: &[u16], room: usize) {
        let text = String::from_utf16_lossy(text);
        for actions in &*ACTIONS {
            check_utf8_with(actions, &text, room);
        }
    }

    fn check_utf8_with(actions: &Actions, text: &str, room: usize) {
        let written = |kernel: &dyn Fn(&mut Out<'_, u8>) -> usize| {
            let mut memory = vec![std::mem::MaybeUninit::uninit(); room];
            let mut out = Out::new(&mut memory);
            let taken = kernel(&mut out);
            (taken, out.is_full(), String::from_utf8(out.written().to_vec()).expect("whole code points"))
        };
        let plain = written(&|out| scalar::write_utf8(actions, text, out));
        let unchanged = scalar::unchanged_utf8(actions, text);
        if Level::current() >= Level::Avx512 {
            // SAFETY: the machine has the instructions.
            assert_eq!(plain, written(&|out| unsafe { avx512_utf8::write(actions, text, out) }), "avx512 {text:?}");
            // SAFETY: as above.
            assert_eq!(unchanged, unsafe { avx512_utf8::unchanged(actions, text) }, "avx512 {text:?}");
        }
        if Level::current() >= Level::Avx2 {
            // SAFETY: the machine has the instructions.
            assert_eq!(plain, written(&|out| unsafe { avx2_utf8::write(actions, text, out) }), "avx2 {text:?}");
            // SAFETY: as above.
            assert_eq!(unchanged, unsafe { avx2_utf8::unchanged(actions, text) }, "avx2 {text:?}");
        }
    }

    /// Words with spaces, dropped marks and marks that stay.
    const SPACED: [u16; 16] = [
        0x20, 0x20, 0x20, 0x0A, 0x0628, 0x0629, 0x0644, 0x0645, 0x0627, 0x0622, 0x61, 0x064E, 0x064E, 0x0655, 0x0655,
        0x0655,
    ];

    #[test]
    fn every_kernel_sees_the_neighbours_of_marks_and_spaces_across_the_edges_of_its_blocks() {
        for edge in [32, 64, 128] {
            for tail in [&[0x20, 0x0628][..], &[0x064E, 0x20, 0x0628], &[0x0655, 0x20, 0x0622], &[0x20, 0x20, 0x0628]] {
                for shift in 0..5 {
                    let mut text = vec![0x0628; edge - shift];
                    text.extend_from_slice(tail);
                    text.resize(300, 0x0645);
                    check(&text, 364);
                    check_utf8(&text, 664);
                    check_utf8(&[&[0x61][..], &text].concat(), 665);
                    text.truncate(edge - shift + tail.len());
                    check(&text, 300);
                    check_utf8(&text, 600);
                }
            }
        }
        let mut seed = 1_u64;
        for len in 0..1200 {
            let text: Vec<u16> = (0..len)
                .map(|at| {
                    seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    // Mostly plain letters, so that a kernel comes far.
                    if (seed >> 33).is_multiple_of(40) || at % 6 == 5 {
                        SPACED[(seed >> 40) as usize % 16]
                    } else {
                        0x0628
                    }
                })
                .collect();
            check(&text, len + 64);
            check_utf8(&text, 2 * len + 64);
        }
    }

    #[test]
    fn every_kernel_equals_scalar_across_the_edges_of_its_blocks() {
        let mut seed = 1_u64;
        let mut random = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % below
        };
        for len in (0..300).chain([1000, 4096]) {
            for plain in [4, 24, SAMPLE.len()] {
                let mut text: Vec<u16> = (0..len).map(|_| SAMPLE[8 + random(plain.min(SAMPLE.len() - 8))]).collect();
                check(&text, len + 64);
                check(&text, len + 16);
                check(&text, len);
                check(&text, len / 2);
                check_utf8(&text, 3 * len + 64);
                check_utf8(&text, 3 * len);
                check_utf8(&text, len);
                if len > 0 {
                    text[random(len)] = STOPS[random(STOPS.len())];
                    text[random(len)] = SAMPLE[random(SAMPLE.len())];
                    check(&text, len + 64);
                    check_utf8(&text, 3 * len + 64);
                }
            }
        }
    }
}
