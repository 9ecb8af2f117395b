//! How fast pages are read, beside a copy of the same UTF-8 in the same run. `benches/pages.py` brings the pages and runs
//! this for every instruction set; without pages there is nothing to measure.
//!
//! Pages are read in small groups, all jobs in turn, and the best time of each group counts: what else the machine does
//! in a round falls out.
#![allow(clippy::cast_precision_loss)] // bytes and lines of a benchmark
use std::fmt::Write as _;
use std::hint::black_box;
use std::ops::Range;
use std::time::{Duration, Instant};

use naqi::article::assemble;
use naqi::boilerplate::{Categories, Hints, Page, Rules, read};
use naqi::text::{Text, Units};

/// A job by name, which takes the pages of a group.
type Job<'a> = (&'static str, Box<dyn FnMut(Range<usize>) + 'a>);

/// Bytes of UTF-8 in a group of pages.
const GROUP: usize = 200_000;
/// What a hostile page may take: so many times a page of news a byte, or so much a line.
const TIMES: f64 = 10.0;
const LINE: f64 = 700.0;

fn main() {
    let paths: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let [rounds, paths @ ..] = &paths[..] else {
        println!("no pages: run benches/pages.py");
        return;
    };
    let rounds = rounds.parse().unwrap_or(5);
    start();
    let mut news = 0.0;
    for path in paths {
        let bytes = std::fs::read_to_string(path).unwrap_or_default();
        let pages: Vec<&str> = bytes.split('\0').filter(|page| !page.is_empty()).collect();
        println!("{}: {} pages, {:.1} MB", name(path), pages.len(), megabytes(&pages));
        let find = table(&pages, rounds);
        if news == 0.0 {
            news = find;
            threads(&pages);
        }
    }
    hostile(news);
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn megabytes(pages: &[&str]) -> f64 {
    pages.iter().map(|page| page.len()).sum::<usize>() as f64 / 1e6
}

fn find<T: Text>(text: T) -> Page {
    read(text, Rules::standard(), &Hints::default())
}

fn extract<T: Text>(text: T) -> usize {
    assemble(text, &find(text), Rules::standard(), Categories::default()).sentences.len()
}

/// What the rules cost once: time until they are compiled, until a first page is read, and memory.
fn start() {
    let before = resident();
    let clock = Instant::now();
    let rules = Rules::standard().ids().count();
    let compiled = clock.elapsed();
    black_box(find("خبر (انتهى) a@b.c https://t.co/a\nسطر {x}"));
    let first = clock.elapsed();
    let kilobytes = resident().saturating_sub(before);
    let mut best = Duration::MAX;
    for _ in 0..50 {
        let clock = Instant::now();
        black_box(Rules::custom(&[], None).is_ok());
        best = best.min(clock.elapsed());
    }
    println!(
        "start: {rules} rules in {compiled:.2?} (again: {best:.2?}), first page after {first:.2?}, {kilobytes} kB"
    );
}

/// Resident memory in kB, 0 where the system does not say.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).unwrap_or(0)
}

/// Measures the jobs over pages and prints them; gives the seconds a byte of finding.
fn table(pages: &[&str], rounds: usize) -> f64 {
    let wide: Vec<Vec<u16>> = pages.iter().map(|page| page.encode_utf16().collect()).collect();
    let mut starts = vec![0];
    let mut all = Vec::new();
    for page in pages {
        all.extend_from_slice(page.as_bytes());
        starts.push(all.len());
    }
    let mut copy = vec![0; all.len()];
    let lines: usize = pages.iter().map(|page| page.lines().filter(|line| !line.trim().is_empty()).count()).sum();
    let mut jobs: [Job; 5] = [
        (
            "copy of the UTF-8",
            Box::new(|group| {
                let bytes = starts[group.start]..starts[group.end];
                copy[bytes.clone()].copy_from_slice(&all[bytes]);
                black_box(&copy);
            }),
        ),
        ("find, UCS-2", Box::new(|group| wide[group].iter().for_each(|page| drop(black_box(find(Units(&page[..]))))))),
        (
            "extract, UCS-2",
            Box::new(|group| wide[group].iter().for_each(|page| _ = black_box(extract(Units(&page[..]))))),
        ),
        ("find, UTF-8", Box::new(|group| pages[group].iter().for_each(|page| drop(black_box(find(*page)))))),
        ("extract, UTF-8", Box::new(|group| pages[group].iter().for_each(|page| _ = black_box(extract(*page))))),
    ];
    let seconds = best(&groups(pages), rounds, &mut jobs);
    for ((job, _), time) in jobs.iter().zip(&seconds) {
        let (rate, line) = (all.len() as f64 / time / 1e6, time * 1e9 / lines as f64);
        println!("  {job:18} {rate:8.0} MB/s {:8.4} of a copy {line:8.0} ns a line", seconds[0] / time);
    }
    seconds[1] / all.len() as f64
}

fn groups(pages: &[&str]) -> Vec<Range<usize>> {
    let (mut groups, mut from, mut bytes) = (Vec::new(), 0, 0);
    for (at, page) in pages.iter().enumerate() {
        bytes += page.len();
        if bytes >= GROUP || at + 1 == pages.len() {
            groups.push(from..at + 1);
            (from, bytes) = (at + 1, 0);
        }
    }
    groups
}

/// The sum of the best seconds of every group, by job.
fn best(groups: &[Range<usize>], rounds: usize, jobs: &mut [Job]) -> Vec<f64> {
    let mut best = vec![vec![Duration::MAX; groups.len()]; jobs.len()];
    for _ in 0..rounds {
        for ((_, job), best) in jobs.iter_mut().zip(&mut best) {
            for (group, best) in groups.iter().zip(best) {
                let clock = Instant::now();
                job(group.clone());
                *best = clock.elapsed().min(*best);
            }
        }
    }
    best.iter().map(|times| times.iter().sum::<Duration>().as_secs_f64()).collect()
}

/// What a second thread gains, beside what it gains a loop of arithmetic that needs no memory.
fn threads(pages: &[&str]) {
    // Every second page each: in the order of the files the first half has most of the lines.
    let every_second = |from: usize| pages.iter().take(4000).skip(from).step_by(2);
    let halves = [0, 1].map(|from| every_second(from).map(|page| page.encode_utf16().collect()).collect());
    let [first, second]: [Vec<Vec<u16>>; 2] = halves;
    let read = |pages: &[Vec<u16>]| pages.iter().for_each(|page| drop(black_box(find(Units(&page[..])))));
    let count = |n: u64| _ = black_box((0..n).fold(1, |x: u64, i| black_box(x.wrapping_mul(3) ^ i)));
    let gain = |both: &dyn Fn(), one: &(dyn Fn(usize) + Sync)| {
        let mut best = [Duration::MAX; 2];
        for _ in 0..15 {
            let clock = Instant::now();
            both();
            best[0] = best[0].min(clock.elapsed());
            let clock = Instant::now();
            std::thread::scope(|scope| {
                scope.spawn(|| one(0));
                one(1);
            });
            best[1] = best[1].min(clock.elapsed());
        }
        best[0].as_secs_f64() / best[1].as_secs_f64()
    };
    let both = || [&first, &second].into_iter().for_each(|half| read(half));
    let pages = gain(&both, &|half| read([&first, &second][half]));
    let control = gain(&|| count(40_000_000), &|_| count(20_000_000));
    println!("  two threads: {pages:.2} times, arithmetic {control:.2} times");
}

/// Pages of shapes that no news has. `news`: the seconds that a byte of news takes.
fn hostile(news: f64) {
    let sentence = "قال المتحدث في بيان إن العمل في الجسر الجديد سينتهي قبل الشتاء المقبل وإن المرور سيعود. ";
    let prose = format!("{sentence}{sentence}\n");
    let label = "اقرأ أيضا:\n";
    let numbered = (0..1_000_000).fold(String::new(), |mut text, i| {
        let _ = writeln!(text, "خبر رقم {i} من الوكالة");
        text
    });
    let shapes = [
        ("a million short lines", "خبر عاجل\n".repeat(1_000_000)),
        ("a million different lines", numbered),
        ("one line of 100 MB", sentence.repeat(100_000_000 / sentence.len())),
        ("50,000 labels", label.repeat(50_000)),
        ("50,000 labels in a story", format!("{prose}{label}").repeat(50_000)),
        ("200,000 dates on a line", "الاثنين 3 يناير 2024 - 12:30 ".repeat(200_000)),
        ("200,000 lines of dates", "الاثنين 3 يناير 2024 12 3 2024 1 2 3 4 5 6 7 8 9\n".repeat(200_000)),
        ("50,000 tweets on a line", "- abc (@def) January 2, 2024 ".repeat(50_000)),
        ("50,000 openings of tweets", "- abc (@".repeat(50_000)),
        ("50,000 openings of code", "#a {".repeat(50_000)),
        ("10 MB of line breaks", "\n".repeat(10_000_000)),
        ("10 MB of full stops", ".".repeat(10_000_000)),
    ];
    println!("hostile shapes (at most {TIMES} times news a byte, or {LINE} ns a line):");
    for (shape, text) in &shapes {
        let wide: Vec<u16> = text.encode_utf16().collect();
        let clock = Instant::now();
        black_box(find(Units(&wide[..])));
        let time = clock.elapsed().as_secs_f64();
        let lines = text.bytes().filter(|&b| b == b'\n').count().max(1);
        let (times, line) = (time / text.len() as f64 / news, time * 1e9 / lines as f64);
        let verdict = if times <= TIMES || line <= LINE { "" } else { "  TOO MUCH" };
        println!("  {shape:26} {:8.1} ms {times:7.2} times news {line:12.0} ns a line{verdict}", time * 1e3);
    }
}
