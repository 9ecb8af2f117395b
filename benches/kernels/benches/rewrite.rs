//! The kernels of normalisation beside a copy of the same text, in the caches and out of them.
//!
//! `NAQI_SIMD=scalar|avx2|avx512` chooses the instruction set, `NAQI_TEXT` a file of UTF-8 to read instead of the text
//! below. Throughput is counted in bytes of what is read.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use naqi::normalize::{Options, Plan};
use naqi::scan::level::Level;
use naqi::text::Units;
use std::hint::black_box;

/// A paragraph as newspapers write them: folded letters, a mark now and then, a tatweel, digits, quotes.
const PARAGRAPH: &str = "أعلنت إدارة المكتبة العامة أمس أنّ معرض الكتاب السنوي سيُفتتح يوم الأحد المقبل في القاعة الكبرى، \
    وقال مديرها إن أكثر من 120 دار نشر ستشارك فيه، بينها 35 داراً من خارج البلاد.\n\
    وأضاف: «نتوقع إقبالاً كبيراً من الزوار، ولا سيما في عطلة نهاية الأسبوع». ويستمر المعـرض حتى 15 مارس.\n";

/// FATHA behind every letter.
fn diacritised(text: &str) -> String {
    text.chars().flat_map(|c| [Some(c), c.is_alphabetic().then_some('\u{64E}')]).flatten().collect()
}

fn texts() -> Vec<(&'static str, String)> {
    let plain = match std::env::var("NAQI_TEXT") {
        Ok(path) => std::fs::read_to_string(path).expect("NAQI_TEXT names a file of UTF-8"),
        Err(_) => PARAGRAPH.repeat(16_000),
    };
    let article = PARAGRAPH.repeat(8);
    vec![
        ("article", article.clone()),
        ("article, diacritised", diacritised(&article)),
        ("corpus, diacritised", diacritised(&plain)),
        ("corpus", plain),
    ]
}

fn rewrite(criterion: &mut Criterion) {
    let plan = Plan::new(&Options::default());
    for (name, text) in texts() {
        let units: Vec<u16> = text.encode_utf16().collect();
        let clean = plan.run_str(&text).unwrap_or_else(|| text.clone());
        let clean_units: Vec<u16> = clean.encode_utf16().collect();
        let mut group = criterion.benchmark_group(format!("{name}, {:?}", Level::current()));
        group.sample_size(20);

        // Into memory that is there already, as the border does it.
        group.throughput(Throughput::Bytes(2 * units.len() as u64));
        let mut room: Vec<u16> = Vec::with_capacity(units.len() + 64);
        group.bench_function(BenchmarkId::new("2-byte units", "copy"), |bench| {
            bench.iter(|| {
                room.clear();
                room.extend_from_slice(black_box(&units));
            });
        });
        group.bench_function(BenchmarkId::new("2-byte units", "normalize"), |bench| {
            bench.iter(|| {
                room.clear();
                plan.append_units(Units(black_box(&units)), &mut room)
            });
        });
        group.throughput(Throughput::Bytes(2 * clean_units.len() as u64));
        group.bench_function(BenchmarkId::new("2-byte units", "clean"), |bench| {
            bench.iter(|| plan.append_units(Units(black_box(&clean_units)), &mut room));
        });

        group.throughput(Throughput::Bytes(text.len() as u64));
        let mut room: Vec<u8> = Vec::with_capacity(text.len() + 64);
        group.bench_function(BenchmarkId::new("UTF-8", "copy"), |bench| {
            bench.iter(|| {
                room.clear();
                room.extend_from_slice(black_box(text.as_bytes()));
            });
        });
        group.bench_function(BenchmarkId::new("UTF-8", "normalize"), |bench| {
            bench.iter(|| {
                room.clear();
                plan.append_str(black_box(&text), &mut room);
            });
        });
        group.finish();
    }
}

criterion_group!(benches, rewrite);
criterion_main!(benches);
