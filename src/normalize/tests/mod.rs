//! What the normaliser promises, and that the pass keeps what the steps promise.

mod alignment;
mod equality;
mod traps;

use super::*;

/// Options of a preset with some set otherwise.
fn options(preset: &str, set: &[(&str, &str)]) -> Options {
    let mut options = Options::preset(preset).unwrap();
    for (name, word) in set {
        let value = word.parse().map_or_else(|_| Value::Word((*word).into()), Value::Number);
        options.set(name, &value).unwrap();
    }
    options
}

fn plan(preset: &str, set: &[(&str, &str)]) -> Plan {
    Plan::new(&options(preset, set))
}

/// The text after a plan.
fn run(plan: &Plan, text: &str) -> String {
    let units: Vec<u32> = text.chars().map(u32::from).collect();
    points(plan, &units).into_iter().filter_map(char::from_u32).collect()
}

/// The code points after a plan, through every storage that holds them, which must agree.
fn points(plan: &Plan, text: &[u32]) -> Vec<u32> {
    let wide = widened(plan.run_units(Units(text)), text);
    // What no UTF-8 holds, a lone surrogate, may also come out of a map.
    let chars: Option<String> = text.iter().map(|&c| char::from_u32(c)).collect();
    if let Some(utf8) = chars {
        let done = plan.run_str(&utf8);
        assert_ne!(done.as_ref(), Some(&utf8), "a change that changes nothing");
        let expected = wide.iter().map(|&c| char::from_u32(c).unwrap_or(char::REPLACEMENT_CHARACTER));
        assert_eq!(done.unwrap_or(utf8), expected.collect::<String>(), "{text:04X?}");
    }
    if text.iter().all(|&c| c <= 0xFFFF) {
        let narrow: Vec<u16> = text.iter().map(|&c| u16::put(c)).collect();
        assert_eq!(widened(plan.run_units(Units(&narrow)), text), wide, "{text:04X?}");
        assert_eq!(appended(plan, &narrow).unwrap_or_else(|| wide.clone()), wide, "{text:04X?}");
    }
    if text.iter().all(|&c| c <= 0xFF) {
        let narrow: Vec<u8> = text.iter().map(|&c| u8::put(c)).collect();
        assert_eq!(widened(plan.run_units(Units(&narrow)), text), wide, "{text:04X?}");
    }
    wide
}

fn widened(done: Option<UnitBuf>, text: &[u32]) -> Vec<u32> {
    let (units, narrower): (Vec<u32>, u32) = match done {
        None => return text.to_vec(),
        Some(UnitBuf::Latin1(units)) => (units.into_iter().map(u32::from).collect(), 0),
        Some(UnitBuf::Ucs2(units)) => (units.into_iter().map(u32::from).collect(), 0x100),
        Some(UnitBuf::Ucs4(units)) => (units, 0x1_0000),
    };
    assert!(narrower == 0 || units.iter().any(|c| *c >= narrower), "not the narrowest storage: {units:04X?}");
    assert_ne!(units, text, "a change that changes nothing");
    units
}

fn appended(plan: &Plan, text: &[u16]) -> Option<Vec<u32>> {
    let mut units = vec![0x41];
    match plan.append_units(Units(text), &mut units) {
        Appended::NoRoom => None,
        Appended::Unchanged => Some(text.iter().copied().map(u32::from).collect()),
        Appended::Text { len, width } => {
            assert_eq!((len, units[0]), (units.len() - 1, 0x41));
            let widest = units[1..].iter().copied().max().map_or(0, u32::from);
            assert!([0x80, 0x100, 0x1_0000].iter().all(|edge| (width < *edge) == (widest < *edge)), "{width:X}");
            Some(units[1..].iter().copied().map(u32::from).collect())
        }
    }
}

/// The steps on the whole text at once: slow, and what the pass must equal.
fn slowly(plan: &Plan, text: &[u32]) -> Vec<u32> {
    let mut scratch = steps::Scratch::default();
    scratch.cells.extend(text.iter().enumerate().map(|(at, &c)| cell::Cell { c, from: at, to: at + 1 }));
    let first = text.iter().position(|&c| plan.steps.is_visible(c)).unwrap_or(text.len());
    let last = text.iter().rposition(|&c| plan.steps.is_visible(c)).map_or(0, |at| at + 1);
    let visible = crate::text::Span::new(first, last);
    plan.steps.run(&mut scratch, steps::Around { starts: true, next: None, visible });
    scratch.cells.iter().map(|cell| cell.c).collect()
}
