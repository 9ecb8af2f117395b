//! The page the project was created from, end to end. Skipped where the shared data is not beside the checkout.
use naqi::article::{Date, assemble};
use naqi::boilerplate::{Categories, Hints, Rules, read, remove};

#[test]
fn the_seed_page_comes_out_whole_and_clean() {
    let Ok(folder) = std::fs::read_dir("../shared/data/seeds") else {
        eprintln!("skipped: ../shared/data/seeds is not there");
        return;
    };
    let file =
        folder.filter_map(Result::ok).find(|f| f.path().extension().is_some_and(|e| e == "txt")).expect("a page");
    let text = std::fs::read_to_string(file.path()).expect("UTF-8");
    let lines: Vec<&str> = text.lines().collect();
    let rules = Rules::standard();
    let page = read(&text[..], rules, &Hints::default());
    let article = assemble(&text[..], &page, rules, Categories::default());
    assert_eq!(article.title.map(|t| &text[t.start..t.end]), Some(lines[0]));
    assert_eq!(article.body, lines[3..9].join("\n"));
    assert_eq!(article.source.map(|s| &text[s.start..s.end]), Some("البوابة نيوز"));
    assert_eq!(article.published, Some(Date { year: 2024, month: 5, day: 24 }));
    assert!(article.related.iter().any(|r| &text[r.start..r.end] == lines[11]));

    let mut all: Vec<_> = page.cuts.iter().map(|c| c.span).chain(article.body_spans).chain(article.title).collect();
    all.sort_unstable();
    let held: String = all.iter().map(|s| &text[s.start..s.end]).collect();
    let dense = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    assert_eq!(dense(&held), dense(&text));

    let cuts: Vec<_> = page.cuts.iter().map(|c| c.span).collect();
    let kept = remove(&text[..], &cuts).expect("something was cut");
    assert_eq!(kept.trim_end(), [&lines[..1], &lines[3..9]].concat().join("\n"));
}
