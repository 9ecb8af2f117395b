//! The codes of the pages that news is written in, in rows of 16 code points: what instruction sets with small tables
//! read. Only rows in which something is done are kept.

use super::Actions;

/// Sixteen code points of a page.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// The upper half of the low byte of its code points.
    pub line: u8,
    pub codes: [u8; 16],
}

/// The rows of three pages, and what their codes write.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    /// U+0600 to U+06FF.
    pub arabic: Vec<Row>,
    /// U+0000 to U+00FF.
    pub latin: Vec<Row>,
    /// U+2000 to U+207F.
    pub punctuation: Vec<Row>,
    /// The low and the high bytes of what each code writes, as far as these rows have codes.
    pub target_low: Vec<[u8; 16]>,
    pub target_high: Vec<[u8; 16]>,
    /// The same in UTF-8, as [`Actions::utf8_bytes`] has them.
    pub utf8_first: Vec<[u8; 16]>,
    pub utf8_second: Vec<[u8; 16]>,
}

impl Rows {
    /// The rows of the actions; `None` where their codes are too many.
    pub fn new(actions: &Actions) -> Option<Self> {
        let ([low, high], [first, second]) = (actions.target_bytes()?, actions.utf8_bytes()?);
        let page = |from: usize, lines: u8| {
            let row = |line: u8| {
                let codes = &actions.plane()[from + 16 * usize::from(line)..];
                codes.first_chunk::<16>().map(|codes| Row { line, codes: *codes })
            };
            let rows = (0..lines).filter_map(row);
            rows.filter(|row| !row.codes.iter().all(|code| Actions::copies(*code))).collect::<Vec<_>>()
        };
        let (arabic, latin, punctuation) = (page(0x600, 16), page(0, 16), page(0x2000, 8));
        let codes = arabic.iter().chain(&latin).chain(&punctuation).flat_map(|row| row.codes);
        let tables = usize::from(codes.max().unwrap_or(0)) / 16 + 1;
        let targets = |bytes: &[u8; 128]| bytes.as_chunks::<16>().0.iter().take(tables).copied().collect();
        Some(Self {
            target_low: targets(low),
            target_high: targets(high),
            utf8_first: targets(first),
            utf8_second: targets(second),
            arabic,
            latin,
            punctuation,
        })
    }
}
