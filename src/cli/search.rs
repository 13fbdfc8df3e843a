//! `tearsheet search`: finds archived articles by their words.

use std::path::Path;
use std::process::ExitCode;

use anyhow::anyhow;
use chrono::{DateTime, NaiveTime, Utc};
use owo_colors::Stream;
use serde::Serialize;
use serde_json::json;

use super::arguments::{SearchArguments, Since};
use super::failure::Failure;
use super::output;
use super::progress::Display;
use super::root;
use super::table;
use super::terminal::{Paint, one_line, painted};
use super::words::count;
use super::wrap::{hanging, terminal_width};
use crate::archive::{Hit, Searched, Snippet};
use crate::model::{ArticleId, CanonicalUrl, Moment, SourceId};
use crate::pipeline::{self, SearchResult};

/// How far what is below a row is indented.
const INDENT: &str = "    ";

#[derive(Serialize)]
struct HitAnswer<'a> {
    id: ArticleId,
    url: &'a CanonicalUrl,
    source: &'a SourceId,
    title: &'a str,
    authors: &'a [String],
    published: Option<Moment>,
    first_seen: DateTime<Utc>,
    snippet: Option<&'a str>,
}

pub(super) fn run(root: &Path, options: &SearchArguments, quiet: bool) -> Result<ExitCode, Failure> {
    let config = root::load_with_archive(root)?;
    let now = Utc::now();
    let since = options.since.map(|since| match since {
        Since::Day(day) => day.and_time(NaiveTime::MIN).and_utc(),
        Since::Age(age) => now - age,
    });
    let words: Vec<String> = options.words.iter().map(|word| typed(word)).collect();
    let searched = Searched {
        words: &words.join(" "),
        sources: &options.sources,
        since,
        limit: usize::from(options.limit),
    };
    let display = Display::new(quiet || options.json);
    let found = pipeline::search(&config, &searched, now, &|progress| display.show(&progress));
    display.finish();
    let Some(found) = found? else {
        return Err(anyhow!("nothing to search for in `{}`: give at least one word", words.join(" ")).into());
    };
    if found.unsearched > 0 && !quiet {
        eprintln!(
            "{} not searched yet: another run is in progress, or the archive cannot be written",
            count(found.unsearched, "new or changed article")
        );
    }
    if options.json {
        print_json(&found);
    } else {
        print(&found, quiet);
    }
    Ok(ExitCode::SUCCESS)
}

/// What the shell took from its quotation marks as one argument is meant as one.
fn typed(word: &str) -> String {
    let is_phrase = word.contains(char::is_whitespace) && !word.contains('"') && !word.contains(" -");
    if is_phrase { format!("\"{word}\"") } else { word.to_owned() }
}

fn print_json(found: &SearchResult) {
    let hits: Vec<HitAnswer<'_>> = found
        .hits
        .hits
        .iter()
        .map(|Hit { entry, snippet }| HitAnswer {
            id: entry.id,
            url: &entry.article.url,
            source: &entry.source,
            title: &entry.article.title,
            authors: &entry.article.authors,
            published: entry.article.published,
            first_seen: entry.first_seen,
            snippet: snippet.as_ref().map(|snippet| snippet.text.as_str()),
        })
        .collect();
    let answer = json!({ "hits": hits, "all": found.hits.all, "unsearched": found.unsearched });
    output::json(serde_json::to_string_pretty(&answer).expect("plain values serialise"));
}

fn print(found: &SearchResult, quiet: bool) {
    let hits = &found.hits.hits;
    if hits.is_empty() {
        if !quiet {
            eprintln!("no article found");
        }
        return;
    }
    let width = terminal_width();
    let rows: Vec<Vec<String>> = hits.iter().map(row).collect();
    let blocks = table::blocks(&["date", "source", "title"], &rows, width);
    for (at, block) in blocks.iter().enumerate().filter(|(_, block)| !block.is_empty()) {
        output::line(block.trim_end());
        let Some(hit) = at.checked_sub(1).and_then(|at| hits.get(at)) else { continue };
        output::line(format_args!("{INDENT}{}", hit.entry.article.url));
        if let Some(snippet) = &hit.snippet {
            output::line(painted_words(&hanging(INDENT, &one_line(&snippet.text), width), snippet));
        }
    }
    let more = found.hits.all.saturating_sub(hits.len() as u64);
    if more > 0 && !quiet {
        eprintln!("\n{more} more; `--limit` shows more of them");
    }
}

fn row(hit: &Hit) -> Vec<String> {
    let entry = &hit.entry;
    vec![entry.shown_at().date_naive().to_string(), entry.source.to_string(), entry.article.title.clone()]
}

/// The lines of a snippet with the words that were found in bold. They are looked for again, since lines were broken.
fn painted_words(lines: &str, snippet: &Snippet) -> String {
    let (mut out, mut rest) = (String::new(), lines);
    for found in &snippet.found {
        let word = &snippet.text[found.clone()];
        // One that a line's end divides stays as it is.
        let Some(at) = rest.find(word) else { continue };
        out.push_str(&rest[..at]);
        out.push_str(&painted(word, Paint::Bold, Stream::Stdout));
        rest = &rest[at + word.len()..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::typed;

    #[test]
    fn what_was_one_argument_is_one_phrase() {
        assert_eq!(typed("harbour"), "harbour");
        assert_eq!(typed("harbour bridge"), "\"harbour bridge\"");
        assert_eq!(typed("\"harbour bridge\" fee"), "\"harbour bridge\" fee");
    }
}
