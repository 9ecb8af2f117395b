//! What went from the pages of a collection, and why: counts by category, rule and site.

use super::article::Extracted;
use std::collections::BTreeMap;

/// Sites that are counted apart; pages of more are counted together under [`OTHERS`].
const SITES: usize = 10_000;
/// The name of all further sites.
pub const OTHERS: &str = "(other sites)";

/// The counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// All pages.
    pub all: Counts,
    /// The pages of each site, where sites are known.
    pub sites: BTreeMap<String, Counts>,
}

/// The counts of some pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Pages.
    pub pages: u64,
    /// Their code points.
    pub characters: u64,
    /// What was cut, by category.
    pub categories: BTreeMap<&'static str, Cuts>,
}

/// The counts of one category.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cuts {
    /// Pages that had any.
    pub pages: u64,
    /// Cuts.
    pub cuts: u64,
    /// Their code points.
    pub characters: u64,
    /// Cuts by rule.
    pub rules: BTreeMap<String, u64>,
}

impl Report {
    /// Counts a page of a site: a host, an address or a name.
    pub fn count(&mut self, page: &Extracted<'_>, site: Option<&str>) {
        let mut counts = Counts { pages: 1, characters: characters(page.page()), categories: BTreeMap::new() };
        for (cut, text, rule) in page.cuts() {
            let cuts = counts.categories.entry(cut.category.name()).or_default();
            cuts.pages = 1;
            cuts.cuts += 1;
            cuts.characters += characters(text);
            *cuts.rules.entry(rule.to_owned()).or_default() += 1;
        }
        self.all.add(&counts);
        if let Some(site) = site.map(host).filter(|site| !site.is_empty()) {
            self.add_site(site, &counts);
        }
    }

    /// Adds the counts of other pages.
    pub fn add(&mut self, other: &Self) {
        self.all.add(&other.all);
        for (site, counts) in &other.sites {
            self.add_site(site, counts);
        }
    }

    fn add_site(&mut self, site: &str, counts: &Counts) {
        let known = self.sites.contains_key(site) || self.sites.len() < SITES;
        self.sites.entry(if known { site } else { OTHERS }.to_owned()).or_default().add(counts);
    }
}

impl Counts {
    fn add(&mut self, other: &Self) {
        self.pages += other.pages;
        self.characters += other.characters;
        for (category, cuts) in &other.categories {
            let sum = self.categories.entry(category).or_default();
            sum.pages += cuts.pages;
            sum.cuts += cuts.cuts;
            sum.characters += cuts.characters;
            for (rule, count) in &cuts.rules {
                *sum.rules.entry(rule.clone()).or_default() += count;
            }
        }
    }
}

fn characters(text: &str) -> u64 {
    text.chars().count() as u64
}

/// The host of an address, without `www.`; anything else as it is.
fn host(site: &str) -> &str {
    let site = site.trim();
    let host = site.split_once("://").map_or(site, |(_, rest)| rest);
    let host = if host.len() < site.len() || host.starts_with("www.") {
        host.split(['/', '?', '#']).next().unwrap_or(host)
    } else {
        host
    };
    host.strip_prefix("www.").unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_counts_for_its_host() {
        assert_eq!(host("https://www.example.org/a?b"), "example.org");
        assert_eq!(host("www.example.org/a"), "example.org");
        assert_eq!(host(" صحيفة المثال "), "صحيفة المثال");
    }

    #[test]
    fn sites_beyond_the_limit_are_counted_together() {
        let mut report = Report::default();
        for site in 0..SITES + 5 {
            report.add_site(&site.to_string(), &Counts { pages: 1, ..Counts::default() });
        }
        assert_eq!(report.sites.len(), SITES + 1);
        assert_eq!(report.sites[OTHERS].pages, 5);
    }
}
