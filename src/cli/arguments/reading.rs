//! Arguments of the commands that read pages.

use std::path::PathBuf;

use clap::Args;
use url::Url;

use crate::cli::candidates;

#[derive(Debug, Args)]
pub(in crate::cli) struct PageArguments {
    /// Files, URLs, or - for standard input.
    #[arg(required_unless_present = "manifest", value_name = "FILE|URL|-")]
    pub(in crate::cli) pages: Vec<String>,
    /// A JSON Lines file with one page per line, {"id","url","file"}; the file is relative to it and may be gzipped.
    #[arg(long, value_name = "FILE", conflicts_with = "pages")]
    pub(in crate::cli) manifest: Option<PathBuf>,
    /// The URL that a file or standard input was saved from; links are resolved against it.
    #[arg(long, value_name = "URL", conflicts_with = "manifest")]
    pub(in crate::cli) url: Option<Url>,
    /// How many pages of a manifest to work on at once [default: the number of cores].
    #[arg(long, value_name = "N", requires = "manifest")]
    pub(in crate::cli) jobs: Option<usize>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Extract {
    #[command(flatten)]
    pub(in crate::cli) pages: PageArguments,
    /// Use the rules and headers of this source [default: the rules of the page's host and of its only source].
    #[arg(long, value_name = "NAME", add = candidates::sources())]
    pub(in crate::cli) source: Option<String>,
}

const EXPLAINED: &str = "\
The JSON, version 1: keys may be added; none changes its meaning or is removed.
  version, read_from (archive, record, web, file), captured_at, url, rejected, warnings
  fields   field, value, detail, source, place, doubted, beaten (value, source, place, doubted; best first)
  blocks   kept, reason (rule, keep-rule, judge, plain-rules, declared-text, script-data, feed-text, noise,
           repetition, title, empty-heading, furniture, whole, beside-post, site-memory, hidden, other-article), likely
           (0 to 1), words, place, text
  runs     in place of blocks if the capture was deleted, from the record: kept, reason, likely (least and
           most, in hundredths), blocks (how many; one if missing), words, text; more says how many follow
  rules    of (title, body, remove, ...), selector, matched, used
  goes_on  where the whole article is, or where it continues, by the rules, for a page that the archive does not have
  pages    further pages of the article: url, left_out (why nothing of it is used), blocks, runs, more, rules
A place is a CSS selector, or the number of a script and a path in its JSON. Values are cut to 200 characters.";

#[derive(Debug, Args)]
#[command(after_long_help = EXPLAINED)]
pub(in crate::cli) struct Explain {
    /// An article of the archive or a held page, by URL or ID; or a URL to fetch, a file, or - for standard input.
    #[arg(value_name = "URL|ID|FILE|-")]
    pub(in crate::cli) page: String,
    /// Fetch the page again even if the archive has it.
    #[arg(long)]
    pub(in crate::cli) fetch: bool,
    /// Use the rules and headers of this source [default: the source that has it in the archive].
    #[arg(long, value_name = "NAME", add = candidates::sources())]
    pub(in crate::cli) source: Option<String>,
    /// The URL that a file or standard input was saved from.
    #[arg(long, value_name = "URL")]
    pub(in crate::cli) url: Option<Url>,
    /// Show every block and every candidate value, and shorten nothing.
    #[arg(long)]
    pub(in crate::cli) all: bool,
    /// Print JSON on standard output.
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Features {
    #[command(flatten)]
    pub(in crate::cli) pages: PageArguments,
    /// Write the texts that follow if the judge says what this JSON Lines file does, {"id","likely"} a page.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) judged: Option<PathBuf>,
}

#[cfg(test)]
mod tests {
    use super::EXPLAINED;
    use crate::model::Reason;

    #[test]
    fn the_help_names_every_reason_for_which_a_block_is_kept_or_not() {
        // serde names all of them where it finds none: "unknown variant `?`, expected one of `rule`, `keep-rule`, …"
        let all = serde_json::from_str::<Reason>("\"?\"").unwrap_err().to_string();
        let named = EXPLAINED.split("reason (").nth(1).unwrap().split(')').next().unwrap();
        let named: Vec<&str> = named.split(',').map(str::trim).collect();
        let all: Vec<&str> = all.split('`').skip(3).step_by(2).collect();
        assert_eq!(named, all);
    }
}
