//! To what a source's document points, as it is noted between runs.

use url::Url;

use crate::config::SourceConfig;

/// The documents to which a source's own only points.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::pipeline) struct Pointers {
    pub(super) feed: Option<Url>,
    /// Those parts of a sitemap index that were read.
    pub(super) sitemaps: Vec<Url>,
    /// Where the next run goes on with older pages.
    pub(super) older: Option<Older>,
}

/// A walk through older pages that is not over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::pipeline) struct Older {
    /// The next page.
    pub(super) page: Url,
    /// The number of the run that missed something; `None` if only the newest are wanted, since nothing was known.
    pub(super) since: Option<u64>,
}

impl Pointers {
    /// Under what the index notes them for `source`.
    pub(in crate::pipeline) fn key(source: &SourceConfig) -> String {
        format!("documents of {}", source.source.id)
    }

    pub(in crate::pipeline) fn to_note(&self) -> String {
        let feed = self.feed.iter().map(|url| format!("feed {url}"));
        let sitemaps = self.sitemaps.iter().map(|url| format!("sitemap {url}"));
        let older = self.older.iter().map(|older| format!("older {}", older.page));
        let since = self.older.iter().filter_map(|older| older.since);
        let since = since.map(|run| format!("since {run}"));
        feed.chain(sitemaps).chain(older).chain(since).collect::<Vec<_>>().join("\n")
    }

    pub(super) fn from_note(note: &str) -> Pointers {
        let mut pointers = Pointers::default();
        for (kind, value) in note.lines().filter_map(|line| line.split_once(' ')) {
            match (kind, Url::parse(value)) {
                ("feed", Ok(url)) => pointers.feed = Some(url),
                ("sitemap", Ok(url)) => pointers.sitemaps.push(url),
                ("older", Ok(page)) => pointers.older = Some(Older { page, since: None }),
                ("since", _) => {
                    if let Some(older) = &mut pointers.older {
                        older.since = value.parse().ok();
                    }
                }
                _ => {}
            }
        }
        pointers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_are_read_back_from_their_note() {
        let url = |text| Url::parse(text).unwrap();
        let pointers = Pointers {
            feed: Some(url("https://a.example/feed")),
            sitemaps: vec![url("https://a.example/1.xml"), url("https://a.example/2.xml")],
            older: Some(Older { page: url("https://a.example/?page=2"), since: Some(17) }),
        };
        assert_eq!(Pointers::from_note(&pointers.to_note()), pointers);
        assert_eq!(Pointers::from_note(""), Pointers::default());
    }
}
