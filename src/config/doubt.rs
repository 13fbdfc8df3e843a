//! What is allowed in a configuration and still hardly meant.

use std::fmt;
use std::path::{Path, PathBuf};

use url::{Host, Url};

use super::{Config, SiteConfig};
use crate::fetch;
use crate::model::{CanonicalUrl, SourceId};

/// Rules that are named; of more there are only so many.
const NAMED: usize = 3;
/// Folders that hold more than a site.
const SHARED_FOLDERS: &[&str] = &["/", "/bin", "/etc", "/home", "/opt", "/root", "/tmp", "/usr", "/var"];

/// Something doubtful.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// A merged feed carries no source.
    EmptyFeed(SourceId),
    /// Two sources follow one URL.
    SameUrl(SourceId, SourceId),
    /// `contact` is neither an e-mail address nor a URL.
    Contact(String),
    /// There is no `base_url`.
    NoBaseUrl,
    /// `base_url` is reachable from this machine or network only.
    LocalBaseUrl(Url),
    /// The output folder is one of the system, or of a shell.
    Output(PathBuf),
    /// Rules of hosts that no source is of.
    UnusedRules(Vec<String>),
}

impl fmt::Display for Doubt {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Doubt::EmptyFeed(feed) => write!(out, "the feed `{feed}` carries no source: none matches its `sources`"),
            Doubt::SameUrl(one, other) => write!(out, "`{one}` and `{other}` follow the same URL"),
            Doubt::Contact(contact) => {
                write!(out, "contact = \"{contact}\" is neither an e-mail address nor a URL")
            }
            Doubt::NoBaseUrl => out.write_str(
                "no base_url is set under [site]; feeds need it to name themselves and the pages they link to",
            ),
            Doubt::LocalBaseUrl(url) => write!(out, "base_url = \"{url}\" can only be reached from here"),
            Doubt::Output(path) => write!(
                out,
                "output = \"{}\" is not a folder of its own; write the full path of one (`~` is not expanded)",
                path.display()
            ),
            Doubt::UnusedRules(files) => {
                write!(out, "no source is of the host of {}", files[..files.len().min(NAMED)].join(", "))?;
                let more = files.len().saturating_sub(NAMED);
                if more > 0 { write!(out, " and {more} more rules") } else { Ok(()) }
            }
        }
    }
}

/// All that is doubtful in `config`.
#[must_use]
pub fn doubts(config: &Config) -> Vec<Doubt> {
    let empty = config.feeds.iter().filter(|feed| feed.sources.is_empty());
    let mut doubts: Vec<Doubt> = empty.map(|feed| Doubt::EmptyFeed(feed.id.clone())).collect();
    doubts.extend(same_urls(config));
    doubts.extend(config.fetch.contact.as_deref().filter(|contact| !is_contact(contact)).map(contact));
    doubts.extend(match &config.site.base_url {
        None => Some(Doubt::NoBaseUrl),
        Some(url) => is_local(url).then(|| Doubt::LocalBaseUrl(url.clone())),
    });
    doubts.extend(is_shared(&config.site.output).then(|| Doubt::Output(config.site.output.clone())));
    let unused = unused_rules(config);
    doubts.extend((!unused.is_empty()).then_some(Doubt::UnusedRules(unused)));
    doubts
}

fn contact(contact: &str) -> Doubt {
    Doubt::Contact(contact.to_owned())
}

/// Whether the owner of a site can reach somebody by it: `me@example.com`, `https://example.com/about`.
#[must_use]
pub fn is_contact(text: &str) -> bool {
    let is_mail = text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
    });
    let is_url = Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https" | "mailto"));
    (is_mail || is_url) && !text.contains(char::is_whitespace)
}

fn same_urls(config: &Config) -> Vec<Doubt> {
    let key = |url: &Url| CanonicalUrl::of(url).ok().map(|url| url.key());
    let mut keyed: Vec<_> =
        config.sources.iter().filter_map(|one| Some((key(&one.source.url)?, &one.source.id))).collect();
    keyed.sort();
    let pairs = keyed.windows(2).filter(|pair| pair[0].0 == pair[1].0);
    pairs.map(|pair| Doubt::SameUrl(pair[0].1.clone(), pair[1].1.clone())).collect()
}

fn is_local(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(domain)) => !domain.contains('.') || domain.ends_with(".local"),
        Some(Host::Ipv4(address)) => !fetch::is_public(address.into()),
        Some(Host::Ipv6(address)) => !fetch::is_public(address.into()),
        None => false,
    }
}

/// Whether the folder is known to hold other things.
fn is_shared(output: &Path) -> bool {
    let is_unexpanded = output.components().any(|part| part.as_os_str().to_string_lossy().starts_with('~'));
    is_unexpanded || SHARED_FOLDERS.iter().any(|folder| output == Path::new(folder))
}

/// Files of rules for hosts that no source is of. Where sources lead elsewhere, as lists of links do, that is no doubt.
fn unused_rules(config: &Config) -> Vec<String> {
    let is_used = |site: &SiteConfig| {
        site.hosts.iter().any(|host| config.sources.iter().any(|source| host.matches(&source.source.url)))
    };
    config.sites.iter().filter(|&site| !is_used(site)).map(|site| site.file.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_is_an_address_or_a_page() {
        for good in ["me@gulls.example", "https://gulls.example/about", "mailto:me@gulls.example"] {
            assert!(is_contact(good), "{good}");
        }
        for bad in ["me", "me@gulls", "@gulls.example", "me at gulls.example", "gulls.example"] {
            assert!(!is_contact(bad), "{bad}");
        }
    }

    #[test]
    fn an_address_of_this_network_is_local() {
        for (url, local) in [
            ("http://localhost:8080/", true),
            ("http://192.168.1.4/", true),
            ("http://[::1]/", true),
            ("http://printer.local/", true),
            ("https://feeds.example/", false),
            ("https://93.184.215.14/", false),
            ("http://100.64.0.1/", true),
        ] {
            assert_eq!(is_local(&Url::parse(url).unwrap()), local, "{url}");
        }
    }
}
