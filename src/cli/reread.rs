//! `tearsheet rebuild --extract`: today's rules over the captures of the past.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use chrono::Utc;
use serde_json::{Value, json};

use super::arguments::Rebuild;
use super::failure::Failure;
use super::history::{fields, passages};
use super::output;
use super::progress::Display;
use super::root;
use super::run::{complain_of, published};
use super::terminal::one_line;
use super::words::count;
use crate::archive::{changed_fields, changed_words};
use crate::model::Article;
use crate::pipeline::{self, Difference, Mode, Reread};

pub(super) fn run(root: &Path, options: &Rebuild, quiet: bool) -> Result<ExitCode, Failure> {
    let config = root::load_sound(root)?;
    let display = Display::new(quiet || options.json);
    let runtime = tokio::runtime::Runtime::new().map_err(anyhow::Error::from)?;
    let observer = |progress: pipeline::Progress| display.show(&progress);
    let mode = if options.dry_run { Mode::Preview } else { Mode::Keep };
    let mut kept = output::Lines::default();
    // For good, what was seen before is not shown again, but what needs a look.
    let mut tell = |difference: Difference| match (options.json, mode) {
        (true, Mode::Preview) => output::json(answer(&difference)),
        (true, Mode::Keep) => kept.json(answer(&difference)),
        (false, Mode::Preview) => display.aside(|| print(&difference)),
        (false, Mode::Keep) => {
            if let Difference::Rejected { before, reason, .. } = &difference {
                display.aside(|| eprintln!("{}: stays as it is: {reason}", before.url));
            }
        }
    };
    let reread = runtime.block_on(pipeline::reread(&config, mode, Utc::now(), &observer, &mut tell));
    display.finish();
    let (reread, built) = reread?;
    if options.json {
        kept.json(json!({ "summary": reread, "published": built }));
    } else if !quiet {
        eprintln!("{}: {}", config.archive.path.display(), summary(&reread, mode));
        if let Some(built) = &built {
            eprintln!("{}", published(&config, built));
        }
    }
    reread.warnings.iter().for_each(|warning| eprintln!("{warning}"));
    let mut unreadable = built.map(|built| built.unreadable).unwrap_or_default();
    unreadable.retain(|one| !reread.unreadable.contains(one));
    unreadable.splice(..0, reread.unreadable);
    let needs_a_look = complain_of(&unreadable) || reread.rejected > 0 || !reread.warnings.is_empty();
    kept.finish().context("failed to write to standard output").map_err(Failure::Storage)?;
    Ok(ExitCode::from(u8::from(needs_a_look)))
}

fn summary(reread: &Reread, mode: Mode) -> String {
    let (would, stay) = match mode {
        Mode::Preview => ("would change", "would be none any more, and would stay"),
        Mode::Keep => ("changed", "are none any more, and stay"),
    };
    let mut parts = vec![
        format!("{} {would}, {} of them in substance", count(reread.changed, "article"), reread.substantive),
        format!("{} the same", reread.same),
    ];
    for (number, what) in [
        (reread.rejected, stay),
        (reread.passing, "held back and good now"),
        (reread.held, "still held back"),
        (reread.without_capture, "without a capture"),
        (reread.joined, "joined of pages that the archive does not have all, and left as they are"),
    ] {
        if number > 0 {
            parts.push(format!("{number} {what}"));
        }
    }
    parts.join("; ")
}

fn print(difference: &Difference) {
    match difference {
        Difference::Changed { before, after, is_substantive, .. } => {
            let how = if *is_substantive { "in substance" } else { "in nothing that matters" };
            let fields = fields(&changed_fields(before, after));
            output::line(format_args!(
                "{}\n{}: changes {how}: {fields}",
                before.url,
                one_line(&before.title)
            ));
            passages(&changed_words(before, after));
        }
        Difference::Rejected { before, reason, .. } => {
            output::line(format_args!(
                "{}\n{}: would stay as it is: {reason}",
                before.url,
                one_line(&before.title)
            ));
        }
        Difference::Passing { article, reason } => {
            output::line(format_args!(
                "{}\n{}: would go out; it was held back: {reason}",
                article.url,
                one_line(&article.title)
            ));
        }
    }
    output::line("");
}

fn answer(difference: &Difference) -> Value {
    let of = |article: &Article| json!({ "url": article.url, "title": article.title });
    let (name, mut value) = match difference {
        Difference::Changed { id, before, after, is_substantive } => {
            let mut value = of(before);
            value["id"] = json!(id);
            value["is_substantive"] = json!(is_substantive);
            value["fields"] = json!(changed_fields(before, after));
            value["words"] = json!(changed_words(before, after));
            ("changed", value)
        }
        Difference::Rejected { id, before, reason } => {
            let mut value = of(before);
            value["id"] = json!(id);
            value["reason"] = json!(reason);
            ("rejected", value)
        }
        Difference::Passing { article, reason } => {
            let mut value = of(article);
            value["reason"] = json!(reason);
            ("passing", value)
        }
    };
    value["difference"] = json!(name);
    value
}
