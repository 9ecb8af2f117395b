//! The traps of normalisation, one by one: for each, what must change and what must be left alone.

use super::*;

fn news(text: &str) -> String {
    run(&plan("news", &[]), text)
}

fn stripped(text: &str) -> String {
    run(&Plan::new(&Options::strip_diacritics(&[]).unwrap()), text)
}

#[test]
fn plain_news_text_is_folded() {
    assert_eq!(news("الأخبا\u{631}\u{64F} العاجـــلة"), "الاخبار العاجلة");
    assert_eq!(news("مستشفى إلى آخر ٱلعام"), "مستشفي الي اخر العام");
    assert_eq!(news("plain, 12.5% — «قال»"), "plain, 12.5% — «قال»");
}

#[test]
fn decomposed_letters_keep_their_hamza_when_marks_go() {
    // ALEF, WAW and YEH followed by HAMZA ABOVE, HAMZA BELOW or MADDAH ABOVE
    assert_eq!(stripped("ا\u{654}ا\u{655}ا\u{653}و\u{654}ي\u{654}"), "أإآؤئ");
    assert_eq!(stripped("ا\u{64E}\u{654}"), "أ");
}

#[test]
fn a_hamza_that_a_removed_mark_kept_apart_is_taken_up() {
    // INVERTED DAMMA has the class of HAMZA ABOVE and blocks it.
    assert_eq!(stripped("ا\u{657}\u{654}"), "أ");
    assert_eq!(stripped("ا\u{610}\u{653}ب\u{653}"), "آب");
    assert_eq!(run(&plan("news", &[("hamza", "hamza")]), "ش\u{649}\u{654}"), "شء");
    assert_eq!(run(&plan("none", &[("unicode", "nfc"), ("yaa", "fold")]), "ى\u{654}"), "ئ");
    assert_eq!(run(&plan("none", &[("unicode", "nfc")]), "ى\u{654}"), "ى\u{654}");
}

#[test]
fn both_orders_of_shadda_and_fatha_give_one_result() {
    let composed = plan("none", &[("unicode", "nfc")]);
    assert_eq!(run(&composed, "ب\u{651}\u{64E}"), run(&composed, "ب\u{64E}\u{651}"));
    let keep = Plan::new(&Options::strip_diacritics(&["shadda".into()]).unwrap());
    assert_eq!(run(&keep, "مح\u{64E}م\u{651}\u{64E}د"), "محم\u{651}د");
    assert_eq!(run(&keep, "محم\u{64E}\u{651}د"), "محم\u{651}د");
}

#[test]
fn every_class_of_marks_can_be_kept_by_name() {
    let text = "ب\u{64E}\u{652}\u{64B}\u{651}\u{6D6}\u{65A}\u{670}";
    let kept = [("harakat", '\u{64E}'), ("sukun", '\u{652}'), ("tanwin", '\u{64B}'), ("shadda", '\u{651}')];
    let also = [("quran", '\u{6D6}'), ("foreign", '\u{65A}'), ("dagger_alef", '\u{670}')];
    assert_eq!(stripped(text), "ب");
    for (name, mark) in kept.into_iter().chain(also) {
        let plan = Plan::new(&Options::strip_diacritics(&[name.into()]).unwrap());
        assert_eq!(run(&plan, text), format!("ب{mark}"), "{name}");
    }
}

#[test]
fn a_tatweel_that_carries_a_mark_goes_and_the_mark_stays_with_the_letter() {
    assert_eq!(run(&plan("none", &[("tatweel", "strip")]), "كـ\u{64E}تب"), "ك\u{64E}تب");
    assert_eq!(news("كـ\u{64E}ـتب"), "كتب");
}

#[test]
fn the_tatweel_of_a_hijri_year_stays_and_a_decorative_one_goes() {
    for kept in ["1445هـ", "عام 1445 هـ.", "(هـ)", "١٤٤٥هـ/٢٠٢٤م", "هـ"] {
        assert_eq!(news(kept), kept);
    }
    assert_eq!(news("1445هــــ"), "1445هـ");
    assert_eq!(news("عندهـ"), "عنده");
    assert_eq!(news("هـذا"), "هذا");
    assert_eq!(news("1445 هـجري"), "1445 هجري");
}

#[test]
fn a_token_of_tatweel_alone_stays() {
    for kept in ["ــــــ", "قال ـ ثم", "2010ـ2015"] {
        assert_eq!(news(kept), kept);
    }
    assert_eq!(news("ـقال ـبـ"), "قال ب");
}

#[test]
fn presentation_forms_become_letters_and_the_tatweel_they_emit_goes() {
    assert_eq!(news("\u{FEE3}\u{FEA4}\u{FEE4}\u{FEAA}"), "محمد");
    assert_eq!(news("\u{FEFB}\u{FEF7}"), "لالا"); // LAM WITH ALEF, LAM WITH ALEF WITH HAMZA ABOVE
    let fold = plan("none", &[("presentation", "fold")]);
    assert_eq!(run(&fold, "\u{FE71}"), "ـ\u{64B}"); // TATWEEL WITH FATHATAN ABOVE
    assert_eq!(run(&fold, "\u{FC5E}\u{FE70}"), "\u{64C}\u{651}\u{64B}"); // the marks without their spaces
    assert_eq!(news("ب\u{FE71}ت\u{FCF2}"), "بت");
    assert_eq!(news("\u{FDF2}"), "الله");
}

#[test]
fn only_presentation_forms_lose_their_compatibility_forms() {
    for kept in ["²½℃™Ａｂ①ﬁ", "\u{FBB2}", "\u{FD3E}\u{FD3F}", "ﷺ ﷽ \u{FD47}"] {
        assert_eq!(news(kept), kept);
    }
}

#[test]
fn honorifics_are_kept_spelt_out_or_stripped_as_asked() {
    assert_eq!(news("النبي ﷺ"), "النبي ﷺ");
    assert_eq!(run(&plan("none", &[("honorifics", "expand")]), "ﷺ \u{FBC3}"), "صلى الله عليه وسلم جل وعلا");
    assert_eq!(run(&plan("news", &[("honorifics", "expand")]), "ﷺ"), "صلي الله عليه وسلم");
    assert_eq!(run(&plan("news", &[("honorifics", "strip")]), "النبي ﷺ \u{FDF2}"), "النبي  الله");
}

#[test]
fn a_phrase_spelt_out_is_not_glued_to_the_words_beside_it() {
    let expand = plan("none", &[("honorifics", "expand")]);
    // With DAMMA and RIGHT-TO-LEFT MARK between the word and the sign
    for glued in ["محمدﷺ", "محمد ﷺ"] {
        assert_eq!(run(&expand, glued), "محمد صلى الله عليه وسلم");
    }
    assert_eq!(
        run(&plan("light", &[("honorifics", "expand")]), "محمد\u{64F}\u{200F}\u{FDFB}و"),
        "محمد\u{64F} جل جلاله و"
    );
    assert_eq!(run(&expand, "(\u{FDFB})\u{FD41}\u{FD42}."), "(جل جلاله)رضي الله عنه رضي الله عنها.");
}

#[test]
fn what_belongs_to_other_scripts_is_left_alone() {
    let hebrew = "ש\u{5B8}\u{5C1}לו\u{5B9}ם";
    let devanagari = "क\u{94D}\u{200D}ष क\u{94D}\u{200C}ष";
    let persian = "می\u{200C}روم";
    for text in [hebrew, devanagari, "café naïve", "👨\u{200D}👩\u{200D}👧", "☪\u{FE0F}", "1\u{FE0F}\u{20E3}", "👍🏽"]
    {
        for preset in ["light", "news", "search"] {
            if preset != "search" || text != devanagari {
                assert_eq!(run(&plan(preset, &[]), text), text, "{preset}");
            }
        }
    }
    assert_eq!(news(persian), persian);
}

#[test]
fn signs_of_the_arabic_block_that_are_no_marks_are_left_alone() {
    let text = "\u{6D4}\u{61D}\u{61E}\u{61F}\u{66A}\u{66B}\u{66C}\u{6DD}\u{600}\u{605}\u{6E5}\u{6E6}";
    assert_eq!(news(text), text);
}

#[test]
fn loan_letters_are_never_folded() {
    let text = "پچژڤگںے";
    assert_eq!(run(&plan("search", &[]), text), text);
    assert_eq!(run(&plan("search", &[]), "کتاب یک"), "كتاب يك");
    assert_eq!(news("کتاب یک"), "کتاب یک");
}

#[test]
fn zwnj_stays_between_letters_and_nowhere_else() {
    assert_eq!(news("\u{200C}می\u{200C}روم\u{200C} \u{200C}1\u{200C}2"), "می\u{200C}روم 12");
    assert_eq!(news("م\u{64E}\u{200C}\u{200F}ر"), "م\u{200C}ر");
    assert_eq!(run(&plan("news", &[("zwnj", "strip")]), "می\u{200C}روم"), "میروم");
    assert_eq!(run(&plan("news", &[("zwnj", "space")]), "می\u{200C}روم\u{200C}"), "می روم");
    assert_eq!(run(&plan("news", &[("zwnj", "space")]), "می\u{200C}\u{200C}روم\u{200C} \u{200C}"), "می روم ");
    assert_eq!(run(&plan("news", &[("zwnj", "space")]), "\u{AC00}\u{200C}\u{FE0F}ب"), "\u{AC00} ب");
}

#[test]
fn invisibles_go_and_joiners_go_beside_arabic_letters_and_at_the_ends() {
    assert_eq!(news("\u{FEFF}\u{200F}قا\u{AD}ل\u{202C}"), "قال");
    assert_eq!(news("\u{200D}ه\u{200D} a\u{200D}"), "ه a");
    assert_eq!(news("ب\u{FE0F} ❤\u{FE0F}ب ❤\u{FE0F}"), "ب ❤\u{FE0F}ب ❤\u{FE0F}");
    assert_eq!(run(&plan("none", &[]), "\u{FEFF}ب\u{200D}"), "\u{FEFF}ب\u{200D}");
    // A skin tone, DOUBLE EXCLAMATION MARK, an ideograph and a Mongolian letter choose their picture also at the end.
    for kept in ["👍🏽\u{FE0F}", "‼\u{FE0F}", "葛\u{E0100}", "\u{1820}\u{180B}"] {
        assert_eq!(news(kept), kept);
    }
}

#[test]
fn a_joiner_stays_behind_a_virama_whatever_order_its_marks_come_in() {
    // COMBINING ACUTE ACCENT, RIGHT-TO-LEFT MARK, DEVANAGARI SIGN VIRAMA; SINHALA VOWEL SIGN and its AL-LAKUNA
    for (text, normal) in [
        ("\u{301}\u{200F}\u{94D}\u{200D}", "\u{94D}\u{301}\u{200D}"),
        ("\u{DD9}\u{200F}\u{DCA}\u{200D}", "\u{DDA}\u{200D}"),
    ] {
        assert_eq!(news(text), normal);
        assert_eq!(news(normal), normal);
    }
    assert_eq!(news("क\u{94D}ष\u{200D}"), "क\u{94D}ष");
}

#[test]
fn what_a_removal_joins_is_composed() {
    assert_eq!(news("e\u{200B}\u{301}"), "é");
    assert_eq!(news("ا\u{200F}\u{654}"), "ا"); // ALEF WITH HAMZA ABOVE, folded
}

#[test]
fn a_hamza_left_on_a_folded_alef_goes_with_it() {
    let keeps_marks = plan("news", &[("diacritics", "keep")]);
    assert_eq!(run(&keeps_marks, "أ\u{657}\u{654}"), "ا\u{657}");
    assert_eq!(run(&keeps_marks, "آ\u{653}ب\u{654}"), "اب\u{654}");
}

#[test]
fn stray_hamzas_go_with_the_option_hamza() {
    assert_eq!(run(&plan("news", &[("hamza", "carrier")]), "مسؤول قائم ب\u{654}"), "مسوول قايم ب");
    assert_eq!(run(&plan("news", &[("hamza", "hamza")]), "مؤمن سئل"), "مءمن سءل");
    assert_eq!(news("مسؤول قائم ب\u{654}"), "مسؤول قائم ب\u{654}");
}

#[test]
fn a_dagger_alef_is_written_where_todays_spelling_has_it() {
    let alef = plan("news", &[("dagger_alef", "alef")]);
    for (text, written) in [
        ("ه\u{670}ذا ذ\u{670}لك ل\u{670}كن الرحم\u{670}ن", "هذا ذلك لكن الرحمن"),
        ("وه\u{670}ذه فل\u{670}كن كذ\u{670}لك أه\u{670}ذا", "وهذه فلكن كذلك اهذا"),
        ("هـ\u{670}\u{64E}ذا أول\u{670}ئك", "هذا اولئك"),
        ("كت\u{670}ب الع\u{670}لمين", "كتاب العالمين"),
        ("موسى\u{670} على\u{670}", "موسي علي"),
        ("عیسی\u{670} شی\u{670}طین", "عیسی شیاطین"),
        ("\u{670}هذا", "هذا"),
        ("الصلو\u{670}ة والزكو\u{670}ة حيو\u{670}تهم", "الصلاة والزكاة حياتهم"),
        ("ب\u{656}ه", "به"),
    ] {
        assert_eq!(run(&alef, text), written);
    }
    assert_eq!(news("ه\u{670}ذا كت\u{670}ب"), "هذا كتب");
}

#[test]
fn digits_are_written_as_asked_and_their_signs_only_beside_them() {
    let ascii = plan("none", &[("digits", "ascii")]);
    assert_eq!(run(&ascii, "١٢٫٥٪ و ۱٬۲۳۴"), "12.5% و 1,234");
    assert_eq!(run(&ascii, "٪ ٫ أ٬ب ²"), "٪ ٫ أ٬ب ²");
    assert_eq!(run(&plan("none", &[("digits", "arabic")]), "1.5 ۳"), "١.٥ ٣");
}

#[test]
fn punctuation_becomes_ascii_and_a_comma_between_digits_is_left_alone() {
    let ascii = plan("none", &[("punctuation", "ascii")]);
    assert_eq!(run(&ascii, "«نعم»، قال؛ “لا”؟ …"), "\"نعم\", قال; \"لا\"? ...");
    assert_eq!(run(&ascii, "١٬٥ ١،٥ ١، ٥"), "١٬٥ ١،٥ ١, ٥");
}

#[test]
fn white_space_is_collapsed_and_lines_are_kept() {
    let collapse = plan("none", &[("whitespace", "collapse")]);
    assert_eq!(run(&collapse, "  أ \u{A0}\t ب  \r\n\n  ج\u{3000}د \n"), "أ ب\r\n\nج د\n");
    assert_eq!(run(&collapse, "أ ب\nج"), "أ ب\nج");
    assert_eq!(run(&plan("search", &[]), "ا \u{200F} ب"), "ا ب");
}

#[test]
fn elongation_shortens_letters_and_never_digits() {
    let two = plan("news", &[("elongation", "2")]);
    assert_eq!(run(&two, "مبروووووك 100000 !!!!"), "مبرووك 100000 !!!!");
    assert_eq!(run(&two, "رااأآـاا هههههه"), "راا هه");
    assert_eq!(run(&plan("news", &[("elongation", "1")]), "الله"), "اله");
    // A letter that becomes the one before it only with the mark behind it
    assert_eq!(run(&plan("light", &[("elongation", "1")]), "أا\u{654}"), "أ");
    assert_eq!(run(&plan("light", &[("elongation", "1"), ("hamza", "hamza")]), "ئي\u{654}"), "ء");
}

#[test]
fn a_map_takes_what_translate_takes() {
    let mut options = options("news", &[]);
    options.set("map", &Value::Map(vec![(0x67E, vec![0x628]), (0x62B, vec![]), (0x2014, vec![0x2D, 0x2D])])).unwrap();
    assert_eq!(run(&Plan::new(&options), "پيتزاث — أ"), "بيتزا -- ا");
    // It sees the letter that a yeh becomes with its hamza.
    options.set("map", &Value::Map(vec![(0x626, vec![0x62B])])).unwrap();
    assert_eq!(run(&Plan::new(&options), "ش\u{649}\u{654}"), "شث");
}

#[test]
fn lucene_does_what_its_arabic_normalizer_does() {
    let lucene = plan("lucene", &[]);
    assert_eq!(run(&lucene, "أإآٱ فاطمةـ على\u{64B}\u{652}\u{653}\u{670}"), "ااا\u{671} فاطمه علي\u{653}\u{670}");
}

#[test]
fn surrogates_and_nul_pass_and_are_never_joined() {
    let news = plan("news", &[]);
    assert_eq!(points(&news, &[0, 0xD800, 0x64E, 0xDC00, 0xFFFD]), [0, 0xD800, 0xDC00, 0xFFFD]);
    assert_eq!(points(&news, &[0xD83D, 0x200B, 0xDE00]), [0xD83D, 0xDE00]);
}

#[test]
fn text_that_does_not_change_is_not_copied() {
    let news = plan("news", &[]);
    for text in ["", "قال المتحدث", "plain", "می\u{200C}روم", "1445هـ", "éà"] {
        assert_eq!(news.run_str(text), None, "{text}");
    }
    let narrow: Vec<u8> = "plain \u{E9}".chars().map(|c| u8::put(c.into())).collect();
    assert_eq!(news.run_units(Units(&narrow)), None);
}

#[test]
fn the_result_is_in_the_narrowest_storage() {
    let news = plan("news", &[]);
    let of = |text: &str| {
        let units: Vec<u32> = text.chars().map(u32::from).collect();
        news.run_units(Units(&units)).unwrap()
    };
    assert_eq!(of("a\u{64E}"), UnitBuf::Latin1(vec![0x61]));
    assert_eq!(of("ب\u{64E}"), UnitBuf::Ucs2(vec![0x628]));
    assert_eq!(of("😀\u{64E}"), UnitBuf::Ucs4(vec![0x1F600]));
    let arabic = plan("none", &[("digits", "arabic")]);
    assert_eq!(arabic.run_units(Units(&[0x31_u8])), Some(UnitBuf::Ucs2(vec![0x661])));
}

#[test]
fn a_text_that_grows_finds_room() {
    let expand = plan("none", &[("honorifics", "expand")]);
    let text = "﷽".repeat(1000);
    assert_eq!(run(&expand, &text).chars().count(), 22 * 1000 + 999);
    let units: Vec<u16> = text.encode_utf16().collect();
    assert_eq!(expand.append_units(Units(&units), &mut Vec::new()), Appended::NoRoom);
}

#[test]
fn an_ideograph_that_composes_to_a_wider_one_finds_room() {
    let text: Vec<u16> = "بـ \u{FA6C} \u{64E}".encode_utf16().collect();
    let expected: Vec<u32> = "ب \u{242EE} ".chars().map(u32::from).collect();
    assert_eq!(plan("news", &[]).run_units(Units(&text)), Some(UnitBuf::Ucs4(expected)));
    assert_eq!(plan("news", &[]).append_units(Units(&text), &mut Vec::new()), Appended::NoRoom);
    assert_eq!(news("بـ \u{FA6C} \u{64E}"), "ب \u{242EE} ");
}

#[test]
fn hostile_texts_come_back() {
    const MANY: usize = 20_000;
    let presets = ["light", "news", "search"];
    let units = ["\u{64E}", "\u{301}", "\u{654}", "ـ", " ", "\u{200C}", "\u{200D}", "ا\u{657}\u{654}", "ه", "هـ"];
    let more = ["\u{200C}\u{64E}", "\u{FE71}", "\u{64E}\u{651}", " \u{64E}", "\u{316}\u{301}", "\u{670}", "\n ", "٫"];
    for unit in units.into_iter().chain(more) {
        let text = unit.repeat(MANY);
        for preset in presets {
            let set = [("dagger_alef", "alef"), ("elongation", "2")];
            for set in [&set[..0], &set[..1], &set[1..]] {
                let plan = plan(preset, set);
                assert!(plan.run_str(&text).is_none_or(|out| out.len() <= 2 * text.len()), "{unit:?}");
            }
        }
    }
}
