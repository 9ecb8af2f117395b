//! Every rule of the remover hits its example and leaves its counter-example alone: `tests/data/boilerplate/examples.txt`,
//! whose README says how it is read.
use std::collections::BTreeSet;

use naqi::boilerplate::{Hints, Rules, read};

const HEADLINE: &str = "المجلس البلدي يقر خطة لزراعة ألف شجرة في المدينة";
const STORY: &str =
    "أقر المجلس البلدي في جلسته أمس خطة لزراعة ألف شجرة في شوارع المدينة وحدائقها قبل نهاية الربيع المقبل.
وقال رئيس المجلس إن الشتلات جاهزة في مشتل البلدية، وإن المدارس ستشارك في زراعتها ورعايتها.";

struct Example<'a> {
    number: usize,
    hits: bool,
    rule: &'a str,
    page: String,
}

fn examples() -> Vec<Example<'static>> {
    let file = include_str!("data/boilerplate/examples.txt");
    let mut examples = Vec::new();
    for (i, line) in file.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
        let mut parts = line.splitn(3, ' ');
        let (Some(kind @ ("+" | "-")), Some(rule), Some(page)) = (parts.next(), parts.next(), parts.next()) else {
            panic!("examples.txt, line {}: it is neither `+ rule page` nor `- rule page`", i + 1);
        };
        let page = page.replace('⏎', "\n").replace("HEADLINE", HEADLINE).replace("STORY", STORY);
        examples.push(Example { number: i + 1, hits: kind == "+", rule, page });
    }
    examples
}

/// The page without its marks, and what they enclose.
fn unmarked(page: &str) -> (String, Vec<&str>) {
    let marked = page.split('⟦').skip(1).map(|part| part.split('⟧').next().unwrap_or_default()).collect();
    (page.replace(['⟦', '⟧'], ""), marked)
}

#[test]
fn every_rule_has_an_example_that_it_hits_and_one_that_it_leaves_alone() {
    let (mut hit, mut left) = (BTreeSet::new(), BTreeSet::new());
    for example in examples() {
        if example.hits {
            hit.insert(example.rule)
        } else {
            left.insert(example.rule)
        };
    }
    // Templates are learnt before they hit anything; their examples are the tests of their own room.
    let rules: BTreeSet<&str> = Rules::standard().ids().filter(|id| !id.starts_with("template.")).collect();
    let lacking = |had: &BTreeSet<&str>| rules.difference(had).copied().collect::<Vec<_>>().join(" ");
    assert_eq!(lacking(&hit), "", "rules without an example in tests/data/boilerplate/examples.txt");
    assert_eq!(lacking(&left), "", "rules without a counter-example in tests/data/boilerplate/examples.txt");
    assert_eq!(hit.union(&left).filter(|&id| !rules.contains(id)).count(), 0, "examples of rules that do not exist");
}

#[test]
fn rules_cut_what_their_examples_mark() {
    let rules = Rules::standard();
    let mut wrong = Vec::new();
    for example in examples().iter().filter(|e| e.hits) {
        let (page, marked) = unmarked(&example.page);
        let cuts = read(&page[..], rules, &Hints::default()).cuts;
        let found: Vec<&str> =
            cuts.iter().filter(|c| rules.id(c.rule) == example.rule).map(|c| &page[c.span.start..c.span.end]).collect();
        if found != marked || marked.is_empty() {
            let all: Vec<_> = cuts.iter().map(|c| (rules.id(c.rule), &page[c.span.start..c.span.end])).collect();
            wrong.push(format!("line {}, {}: {marked:?} expected, but {all:?}", example.number, example.rule));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rules_leave_their_counter_examples_whole() {
    let rules = Rules::standard();
    let mut wrong = Vec::new();
    for example in examples().iter().filter(|e| !e.hits) {
        let cuts = read(&example.page[..], rules, &Hints::default()).cuts;
        if !cuts.is_empty() {
            let all: Vec<_> =
                cuts.iter().map(|c| (rules.id(c.rule), &example.page[c.span.start..c.span.end])).collect();
            wrong.push(format!("line {}, {}: {all:?}", example.number, example.rule));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_user_can_take_one_name_out_of_a_list_of_names() {
    let page = format!("{HEADLINE}\n{STORY}\nوتبدأ الحملة صباح السبت المقبل في الحديقة العامة قرب السوق. (رويترز)");
    let cuts = |rules: &Rules| read(&page[..], rules, &Hints::default()).cuts.len();
    assert_eq!(cuts(Rules::standard()), 1);
    assert_eq!(cuts(&Rules::custom(&[], Some("- رويترز")).expect("a rule file")), 0);
}
