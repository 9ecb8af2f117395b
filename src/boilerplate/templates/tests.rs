use super::*;
use crate::boilerplate::{Cut, Hints, Rules, read_with};

const STORIES: [&str; 6] = [
    "أقر المجلس البلدي خطة لزراعة الأشجار في شوارع المدينة كلها.",
    "فاز فريق الحي ببطولة الشطرنج بعد مباراة طويلة أمس.",
    "تساقطت الثلوج على المرتفعات وأغلقت المدارس أبوابها يومين.",
    "افتتح المتحف قاعة جديدة للمخطوطات النادرة أمام الزوار.",
    "ارتفع منسوب النهر بعد أمطار غزيرة في الشمال الليلة الماضية.",
    "عاد الصيادون إلى الميناء بعد عاصفة استمرت ثلاثة أيام.",
];

fn learnt(page: impl Fn(usize, &str) -> String) -> Templates {
    let mut templates = Templates::default();
    for (i, story) in STORIES.iter().enumerate() {
        templates.add("", Templates::digest(page(i, story).as_str()));
    }
    templates
}

fn cuts(page: &str, templates: &Templates) -> Vec<String> {
    let of = |cut: &Cut| page[cut.span.start..cut.span.end].to_owned();
    read_with(page, Rules::standard(), &Hints::default(), templates).cuts.iter().map(of).collect()
}

const NEW: &str = "وصلت القافلة إلى الواحة بعد رحلة شاقة عبر الرمال.";

#[test]
fn a_line_on_the_pages_of_different_stories_is_the_sites() {
    let templates = learnt(|i, story| format!("{story}\nعداد الزوار السعيد {i}"));
    assert_eq!(cuts(&format!("{NEW}\nعداد الزوار السعيد 9"), &templates), ["عداد الزوار السعيد 9"]);
    assert_eq!(cuts(NEW, &templates), [""; 0]);
}

#[test]
fn a_story_printed_again_is_no_template() {
    let mut templates = Templates::default();
    for i in 0..6 {
        templates.add("", Templates::digest(format!("{}\n{}\nالطبعة {i}", STORIES[0], STORIES[1]).as_str()));
    }
    assert_eq!(cuts(&format!("{}\n{}", STORIES[0], STORIES[1]), &templates), [""; 0]);
}

#[test]
fn separators_without_a_word_stay() {
    let templates = learnt(|_, story| format!("{story}\n* * *\n{NEW}"));
    assert_eq!(cuts(&format!("{}\n* * *\nتمت.", STORIES[0].replace("الأشجار", "الورود")), &templates), [""; 0]);
}

#[test]
fn learning_in_pieces_is_learning_at_once() {
    let page = |i: usize, story: &str| format!("{story}\nعداد الزوار السعيد {i}");
    let all = learnt(page);
    let piece = |range: std::ops::Range<usize>| {
        let mut piece = Templates::default();
        for i in range {
            piece.add("", Templates::digest(page(i, STORIES[i]).as_str()));
        }
        piece
    };
    let (a, b, c) = (piece(0..2), piece(2..3), piece(3..6));
    assert_eq!(a.merge(&b).merge(&c), all);
    assert_eq!(a.merge(&b.merge(&c)), all);
    assert_eq!(c.merge(&a).merge(&b), all);
}

#[test]
fn a_sample_is_bounded_and_independent_of_order() {
    let word = |mut i: usize| {
        let letter = |i: usize| ["ب", "ت", "ث", "ج", "ح", "خ", "د", "ذ", "ر", "ز"][i % 10];
        (0..4).map(|_| (letter(i), i /= 10).0).collect::<String>()
    };
    let pages: Vec<_> = (0..SAMPLE + 300).map(|i| Templates::digest(format!("خبر {}", word(i)).as_str())).collect();
    let learn = |pages: &mut dyn Iterator<Item = &Option<Digest>>| {
        let mut templates = Templates::default();
        pages.for_each(|page| templates.add("", page.clone()));
        templates
    };
    let forth = learn(&mut pages.iter());
    assert_eq!(forth, learn(&mut pages.iter().rev()));
    assert_eq!(forth.sites[&[][..]].pages.len(), SAMPLE);
}

#[test]
fn a_site_is_known_by_host_and_by_address() {
    let mut templates = Templates::default();
    for story in STORIES {
        templates
            .add("https://www.example.com/news/1", Templates::digest(format!("{story}\nزاوية القارئ الكريم").as_str()));
        templates.add("صحيفة المثال", Templates::digest(story));
    }
    let page = format!("{NEW}\nزاوية القارئ الكريم");
    let cuts =
        |site: &str| read_with(page.as_str(), Rules::standard(), &Hints::default().site(site), &templates).cuts.len();
    assert_eq!(
        (cuts("example.com"), cuts("http://example.com/2"), cuts("صحيفة المثال"), cuts("example.org")),
        (1, 1, 0, 0)
    );
}

#[test]
fn a_file_reads_back_and_refuses_damage() {
    let templates = learnt(|i, story| format!("{story}\nعداد الزوار السعيد {i}"));
    let bytes = templates.to_bytes();
    assert_eq!(Templates::from_bytes(&bytes).as_ref(), Ok(&templates));
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x10;
        assert!(Templates::from_bytes(&damaged).is_err(), "byte {at}");
        assert!(Templates::from_bytes(&bytes[..at]).is_err(), "the first {at} bytes");
    }
}
