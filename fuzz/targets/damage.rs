//! Files from outside, of rules and of templates, are read or refused.
#![no_main]

use libfuzzer_sys::fuzz_target;
use naqi::boilerplate::{Hints, Rules, Templates, read, read_with};

const PAGE: &str = "وصل الوفد أمس.\nالرئيسية\nاقرأ أيضا\nالمصدر: صحيفة المثال";

fuzz_target!(|bytes: &[u8]| {
    let Some((&first, bytes)) = bytes.split_first() else { return };
    // Rules take a while to read, templates do not.
    if first == 0
        && let Ok(rules) = std::str::from_utf8(bytes).map(|own| Rules::custom(&[], Some(own)))
    {
        let _ = rules.map(|rules| read(PAGE, &rules, &Hints::default()));
    }
    if let Ok(templates) = Templates::from_bytes(bytes) {
        assert_eq!(Templates::from_bytes(&templates.to_bytes()).ok().as_ref(), Some(&templates));
        let _ = read_with(PAGE, Rules::standard(), &Hints::default(), &templates);
    }
});
