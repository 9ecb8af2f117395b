//! A bar on the terminal that shows how far a job is; nothing where standard error is no terminal.

use super::stream::Progress;
use indicatif::{HumanCount, ProgressBar, ProgressStyle};

/// The bar.
pub struct Bar(ProgressBar);

impl Bar {
    /// A bar for files of `total` bytes together; `None` where that is not known.
    #[must_use]
    pub fn new(total: Option<u64>) -> Self {
        let (bar, template) = match total {
            Some(total) => (
                ProgressBar::new(total),
                "{wide_bar} {percent:>3}% · {bytes} of {total_bytes} · {msg} · {decimal_bytes_per_sec} · {eta} left",
            ),
            None => (ProgressBar::no_length(), "{spinner} {bytes} · {msg} · {decimal_bytes_per_sec}"),
        };
        // The templates are ours and are valid; one that is not would leave the usual bar.
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// Shows how far the job is.
    pub fn show(&self, progress: Progress) {
        self.0.set_position(progress.bytes);
        let rejected = match progress.counts.rejected {
            0 => String::new(),
            n => format!(", {} rejected", HumanCount(n)),
        };
        self.0.set_message(format!("{} documents{rejected}", HumanCount(progress.counts.records)));
    }

    /// Takes the bar away.
    pub fn end(&self) {
        self.0.finish_and_clear();
    }
}
