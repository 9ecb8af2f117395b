//! What a site's pages repeat: learnt from many pages, kept in a file, looked for on the next page.
//!
//! Of each site a sample of at most [`SAMPLE`] pages is kept, those with the smallest hashes, as [`Digest`]s. So memory is
//! bounded, a page seen twice counts once, and merging is associative: what was learnt in pieces, in any order, is what
//! would have been learnt at once.
use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::{Hints, Rules, key};
use crate::text::Text;

mod decide;
mod digest;
mod file;

pub(super) use decide::Repeats;
pub use digest::Digest;
pub(super) use digest::{LineView, PageView};
pub use file::TemplateError;

/// So many pages of a site are kept at most.
pub const SAMPLE: usize = 1000;

/// What the pages of some sites repeat.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Templates {
    /// By the site's folded name.
    sites: BTreeMap<Vec<u8>, Site>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Site {
    /// As the user wrote it.
    name: String,
    /// How many pages were seen.
    seen: u64,
    /// The sample, by hash.
    pages: BTreeMap<u64, Digest>,
    #[serde(skip)]
    repeats: OnceLock<Repeats>,
}

impl PartialEq for Site {
    fn eq(&self, other: &Self) -> bool {
        (&self.name, self.seen, &self.pages) == (&other.name, other.seen, &other.pages)
    }
}

impl Eq for Site {}

impl std::hash::Hash for Site {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (&self.name, self.seen, &self.pages).hash(state);
    }
}

impl Site {
    fn add(&mut self, digest: Digest) {
        self.pages.insert(digest.page, digest);
        if self.pages.len() > SAMPLE {
            self.pages.pop_last();
        }
    }

    fn merge(&mut self, other: &Self) {
        if self.name.is_empty() || (!other.name.is_empty() && other.name < self.name) {
            self.name.clone_from(&other.name);
        }
        self.seen += other.seen;
        other.pages.values().cloned().for_each(|page| self.add(page));
        self.repeats = OnceLock::new();
    }
}

impl Templates {
    /// Notes a page for [`add`](Self::add); any thread may do it.
    #[must_use]
    pub fn digest<T: Text>(text: T) -> Option<Digest> {
        Digest::of(text, Rules::standard())
    }

    /// Learns from one page of `site` (a host, an address or a name; empty where there is but one).
    pub fn add(&mut self, site: &str, digest: Option<Digest>) {
        let entry = self.sites.entry(key::site(&key::folded(site)).to_vec()).or_default();
        if entry.name.is_empty() || site < entry.name.as_str() {
            site.clone_into(&mut entry.name);
        }
        entry.seen += 1;
        entry.repeats = OnceLock::new();
        if let Some(digest) = digest {
            entry.add(digest);
        }
    }

    /// What both have seen.
    #[must_use]
    pub fn merge(&self, other: &Self) -> Self {
        let mut merged = self.clone();
        for (key, site) in &other.sites {
            merged.sites.entry(key.clone()).or_default().merge(site);
        }
        merged
    }

    /// The sites, and how many pages of each were seen.
    pub fn sites(&self) -> impl Iterator<Item = (&str, u64)> {
        self.sites.values().map(|site| (site.name.as_str(), site.seen))
    }

    /// What the site of these hints repeats. A page whose site is not told is taken for one of the only site there is,
    /// or for one of those learnt without a name.
    pub(super) fn repeats(&self, hints: &Hints) -> Option<&Repeats> {
        let site = match &hints.site {
            Some(site) => self.sites.get(key::site(site)),
            None if self.sites.len() == 1 => self.sites.values().next(),
            None => self.sites.get(&[][..]),
        };
        site.map(|site| site.repeats.get_or_init(|| Repeats::of(site.pages.values()))).filter(|r| !r.is_empty())
    }
}

#[cfg(test)]
mod tests;
