//! What an outlet calls itself, by its address or one of its names: what the hint `site=` tells of a page.
use std::collections::HashMap;
use std::sync::LazyLock;

use super::key;

/// One outlet a line: `domain، domain = name، name`.
pub const FILE: &str = include_str!("names/sites.txt");

/// A name of fewer letters alone says too little of a site that no list knows.
const SHORTEST: usize = 4;

/// The outlets of the file, and which of them a domain or a name means. Read where the first page comes with a hint.
struct Outlets {
    names: Vec<Vec<Vec<u8>>>,
    by_key: HashMap<Vec<u8>, usize>,
}

static OUTLETS: LazyLock<Outlets> = LazyLock::new(|| {
    let mut outlets = Outlets { names: Vec::new(), by_key: HashMap::new() };
    for line in FILE.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#')) {
        let Some((domains, names)) = line.split_once('=') else { continue };
        let folded = |list: &str| list.split('،').map(|one| key::folded(one.trim())).collect::<Vec<_>>();
        let (domains, names) = (folded(domains), folded(names));
        for one in domains.iter().chain(&names) {
            outlets.by_key.entry(one.clone()).or_insert(outlets.names.len());
        }
        outlets.names.push(names);
    }
    outlets
});

/// The folded names of the site that a folded hint tells of, the longest first.
pub fn names(hint: &[u8]) -> Vec<Vec<u8>> {
    let host = key::site(hint);
    let mut names = Vec::new();
    let known = |key: &[u8]| OUTLETS.by_key.get(key).map(|&at| OUTLETS.names[at].clone());
    if host.contains(&b'.') && !host.contains(&b' ') {
        // "arabic.example.com" is known as "example.com".
        let mut rest = host;
        while let Some(at) = rest.iter().position(|b| *b == b'.') {
            if let Some(found) = known(rest) {
                names = found;
                break;
            }
            rest = &rest[at + 1..];
        }
        names.push(host.to_vec());
        names.push([b"www.", host].concat());
        names.extend(label(host).filter(|l| l.len() >= SHORTEST).map(<[u8]>::to_vec));
    } else {
        names = known(host).unwrap_or_default();
        if host.len() >= SHORTEST {
            names.push(host.to_vec());
        }
    }
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names.dedup();
    names
}

/// The part of a host that names the site: `example` of `www.example.com.eg`.
fn label(host: &[u8]) -> Option<&[u8]> {
    const GENERAL: [&[u8]; 8] = [b"com", b"net", b"org", b"gov", b"co", b"info", b"edu", b"tv"];
    let parts: Vec<&[u8]> = host.split(|b| *b == b'.').collect();
    let end = parts.len().checked_sub(1)?;
    parts[..end].iter().rev().find(|part| !GENERAL.contains(part)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(hint: &str, name: &str) -> bool {
        names(&key::folded(hint)).contains(&key::folded(name))
    }

    #[test]
    fn an_address_a_host_and_a_name_tell_of_the_same_outlet() {
        for hint in ["https://www.youm7.com/story/1", "m.youm7.com", "youm7.com", "اليوم السابع", "اليوم السّابع"]
        {
            assert!(named(hint, "اليوم السابع"), "{hint}");
        }
        assert!(named("arabic.cnn.com", "سي إن إن"));
        assert!(named("spa.gov.sa", "واس"));
    }

    #[test]
    fn a_site_that_no_list_knows_is_called_as_its_host_is() {
        assert!(named("https://diffanews.net/a/b", "diffanews"));
        assert!(named("diffa.com.eg", "diffa.com.eg") && named("diffa.com.eg", "diffa"));
        assert!(named("صحيفة الضفة", "صحيفة الضفة"));
        assert!(!named("abc.net", "abc") && !named("", "") && names(b"").is_empty());
    }

    #[test]
    fn every_line_of_the_file_is_an_outlet() {
        for line in FILE.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#')) {
            let (domains, names) = line.split_once('=').expect("domain = name");
            assert!(domains.split('،').all(|d| d.trim().contains('.')), "{line}");
            assert!(names.split('،').all(|n| !n.trim().is_empty()), "{line}");
        }
    }
}
