//! Every storage of a text gives the same result, it is stable, and the alignment reaches over all of it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use naqi::normalize::{Options, PRESETS, Plan};
use naqi::text::{UnitBuf, Units};
use naqi_fuzz::{both, narrow, text};
use std::sync::OnceLock;

fn plans() -> &'static [(Plan, bool)] {
    static PLANS: OnceLock<Vec<(Plan, bool)>> = OnceLock::new();
    PLANS.get_or_init(|| {
        let plan = |preset: &&str| (Plan::new(&Options::preset(preset).expect("it exists")), *preset != "lucene");
        PRESETS.iter().map(plan).collect()
    })
}

fn code_points(buf: UnitBuf) -> Vec<u32> {
    match buf {
        UnitBuf::Latin1(units) => units.into_iter().map(u32::from).collect(),
        UnitBuf::Ucs2(units) => units.into_iter().map(u32::from).collect(),
        UnitBuf::Ucs4(units) => units,
    }
}

fuzz_target!(|bytes: &[u8]| {
    let Some((&first, rest)) = bytes.split_first() else { return };
    let (plan, stable) = &plans()[usize::from(first) % plans().len()];
    let (utf8, units) = both(&text(rest));
    let wide = plan.run_units(Units(&units)).map_or_else(|| units.clone(), code_points);
    let from_utf8 = plan.run_str(&utf8).unwrap_or_else(|| utf8.clone());
    assert!(from_utf8.chars().map(u32::from).eq(wide.iter().copied()), "{from_utf8:?}");
    if let Some(units) = narrow(&units) {
        let narrow = plan.run_units(Units(&units));
        assert_eq!(narrow.map_or_else(|| units.iter().map(|&c| c.into()).collect(), code_points), wide);
    }
    if *stable {
        assert_eq!(plan.run_str(&from_utf8).unwrap_or_else(|| from_utf8.clone()), from_utf8);
    }
    let alignment = plan.align_units(Units(&units));
    assert_eq!((alignment.original_len(), alignment.normalized_len()), (units.len(), wide.len()));
});
