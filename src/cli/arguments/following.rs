//! Arguments of the commands of daily use.

use std::net::SocketAddr;
use std::num::ParseIntError;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use url::{Host, Url};

use crate::cli::candidates;
use crate::config;
use crate::model::SourceId;

#[derive(Debug, Args)]
pub(in crate::cli) struct Init {
    /// The folder to make [default: the current folder, or --root].
    #[arg(value_name = "DIR")]
    pub(in crate::cli) folder: Option<PathBuf>,
    /// The title of the published site.
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) title: Option<String>,
    /// The address at which public/ will be reachable.
    #[arg(long, value_name = "URL")]
    pub(in crate::cli) base_url: Option<String>,
    /// How the owner of a site can reach you: an e-mail address or a URL, sent with each request.
    #[arg(long, value_name = "CONTACT")]
    pub(in crate::cli) contact: Option<String>,
    /// Ask no questions. Without a terminal none is asked anyway.
    #[arg(long, short)]
    pub(in crate::cli) yes: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Add {
    /// A page that lists articles, a feed, or a sitemap; without a scheme, https is used (http for an IP address).
    #[arg(required = true, value_name = "URL", value_parser = web_url)]
    pub(in crate::cli) urls: Vec<Url>,
    /// The source's name [default: made from its address].
    #[arg(long, value_name = "NAME", value_parser = config::feed_id)]
    pub(in crate::cli) id: Option<SourceId>,
    /// Also fetch up to N older articles, or all that the site's older pages and sitemaps lead to.
    #[arg(long, alias = "history", value_name = "N|all", value_parser = how_many, conflicts_with = "dry_run")]
    pub(in crate::cli) backfill: Option<usize>,
    /// Show what was found and the file that would be written, and write nothing.
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// Follow the best way found, and ask no questions. Without a terminal none is asked anyway.
    #[arg(long, short)]
    pub(in crate::cli) yes: bool,
    /// Print JSON on standard output.
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Run {
    /// Only these sources, due or not [default: all that are due].
    #[arg(value_name = "SOURCE", add = candidates::sources())]
    pub(in crate::cli) sources: Vec<String>,
    /// Also fetch up to N older articles of each source, or all; a later run continues where this one stops. Older articles
    /// appear in the feeds at their place by date, so do this before you subscribe.
    #[arg(long, value_name = "N|all", value_parser = how_many, num_args = 0..=1, require_equals = true,
          default_missing_value = "all")]
    pub(in crate::cli) backfill: Option<usize>,
    /// Also fetch the pictures that the archive lacks of all articles, not only of new ones.
    #[arg(long, conflicts_with_all = ["backfill", "retry", "plan", "dry_run"])]
    pub(in crate::cli) backfill_images: bool,
    /// Print what would be asked for first, and ask for nothing.
    #[arg(long, conflicts_with_all = ["backfill", "retry"])]
    pub(in crate::cli) plan: bool,
    /// Ask the sources' lists, print the articles that would be fetched, and fetch and write none of them.
    #[arg(long, conflicts_with_all = ["backfill", "plan"])]
    pub(in crate::cli) dry_run: bool,
    /// Try every page that failed again now.
    #[arg(long, conflicts_with = "backfill")]
    pub(in crate::cli) retry: bool,
    /// Print JSON on standard output.
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Status {
    /// Only these sources [default: all].
    #[arg(value_name = "SOURCE", add = candidates::sources())]
    pub(in crate::cli) sources: Vec<String>,
    /// Print JSON on standard output.
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Edit {
    /// The source [default: config/tearsheet.toml].
    #[arg(value_name = "SOURCE", add = candidates::sources())]
    pub(in crate::cli) source: Option<String>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Remove {
    /// The sources.
    #[arg(required = true, value_name = "SOURCE", add = candidates::sources())]
    pub(in crate::cli) sources: Vec<String>,
    /// Show what would be removed, and remove nothing.
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// Do not ask.
    #[arg(long, short)]
    pub(in crate::cli) yes: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Open {
    /// An article's URL or ID, or a source [default: the front page of the published site].
    #[arg(value_name = "URL|ID|SOURCE", add = candidates::sources())]
    pub(in crate::cli) what: Option<String>,
    /// Print the address, and start no browser.
    #[arg(long)]
    pub(in crate::cli) print: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Serve {
    /// The address to listen on.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    pub(in crate::cli) listen: SocketAddr,
    /// Also run on schedule, so that you need no cron.
    #[arg(long)]
    pub(in crate::cli) watch: bool,
    /// With --watch: the time between two runs; each asks only the sources that are due.
    #[arg(long, value_name = "DURATION", default_value = "15m", requires = "watch", value_parser = pause)]
    pub(in crate::cli) every: Duration,
}

/// A time between two runs; shorter ones than a minute would ask no source more often.
fn pause(text: &str) -> Result<Duration, String> {
    const LEAST: Duration = Duration::from_secs(1);
    let pause = config::duration(text).ok_or("write a number and its unit: \"15m\" or \"1h\"")?;
    if pause < LEAST { Err("at least a second".to_owned()) } else { Ok(pause) }
}

/// `all`, or a number.
fn how_many(text: &str) -> Result<usize, ParseIntError> {
    if text == "all" { Ok(usize::MAX) } else { text.parse() }
}

/// A page of the web; `example.com/news` means `https://example.com/news`. Addresses and this machine have no certificates.
fn web_url(text: &str) -> Result<Url, String> {
    let has_scheme = text.contains("://");
    let url = if has_scheme { Url::parse(text) } else { Url::parse(&format!("https://{text}")) };
    let mut url = url.map_err(|error| error.to_string())?;
    let has_no_name =
        url.host().is_some_and(|host| !matches!(host, Host::Domain(name) if name != "localhost"));
    if !has_scheme && has_no_name {
        url = Url::parse(&format!("http://{text}")).map_err(|error| error.to_string())?;
    }
    if !has_scheme && !url.username().is_empty() {
        return Err("not the address of a web page".to_owned());
    }
    match url.scheme() {
        "http" | "https" => Ok(url),
        scheme => Err(format!("only http and https can be followed, not {scheme}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_without_a_scheme_is_one_of_the_web() {
        let url = |text| web_url(text).map(|url| url.to_string());
        assert_eq!(url("example.com/news"), Ok("https://example.com/news".to_owned()));
        assert_eq!(url("example.com:8443"), Ok("https://example.com:8443/".to_owned()));
        assert_eq!(url("localhost:8080"), Ok("http://localhost:8080/".to_owned()));
        assert_eq!(url("127.0.0.1:8080/news"), Ok("http://127.0.0.1:8080/news".to_owned()));
        assert_eq!(url("[::1]:80"), Ok("http://[::1]/".to_owned()));
        assert_eq!(url("https://127.0.0.1/"), Ok("https://127.0.0.1/".to_owned()));
        assert_eq!(url("HTTP://example.com"), Ok("http://example.com/".to_owned()));
        assert!(url("ftp://example.com/").unwrap_err().contains("not ftp"));
        for bad in ["", "mailto:keeper@example.com", "two words"] {
            assert!(url(bad).is_err(), "{bad}");
        }
    }
}
