//! `tearsheet history`: an article's revisions, and what they changed.

use std::path::Path;
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use owo_colors::Stream;
use serde::Serialize;

use super::arguments::History;
use super::failure::Failure;
use super::output;
use super::root;
use super::show::tell_withdrawn;
use super::table;
use super::terminal::{Paint, painted};
use crate::archive::{Change, Known, Revision, View, changed_fields, changed_words};
use crate::model::{ArticleId, CanonicalUrl, Field, Piece};
use crate::pipeline;

#[derive(Serialize)]
struct HistoryAnswer<'a> {
    id: ArticleId,
    url: &'a CanonicalUrl,
    revisions: Vec<RevisionLine>,
}

/// A revision, and with `--diff` what it changed of the one before it.
#[derive(Serialize)]
struct RevisionLine {
    revision: u32,
    captured_at: DateTime<Utc>,
    change: Change,
    /// When its capture was read again, if that is what gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    reread_at: Option<DateTime<Utc>>,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    changed: Option<Changed>,
}

#[derive(Serialize)]
struct Changed {
    since: u32,
    fields: Vec<Field>,
    words: Vec<Vec<Piece>>,
}

pub(super) fn run(root: &Path, options: &History) -> Result<ExitCode, Failure> {
    let view = pipeline::view(&root::load_with_archive(root)?)?;
    let known = pipeline::find_article(&view, &options.article)?;
    tell_withdrawn(&view, &known)?;
    let lines = lines(&view, &known, options.diff)?;
    if options.json {
        let answer = HistoryAnswer { id: known.id, url: &known.url, revisions: lines };
        output::json(serde_json::to_string_pretty(&answer).expect("plain values serialise"));
    } else {
        print(&lines);
    }
    Ok(ExitCode::SUCCESS)
}

/// One revision after another, so that two of them at most are in memory.
fn lines(view: &View, known: &Known, diff: bool) -> Result<Vec<RevisionLine>, Failure> {
    let mut lines = Vec::new();
    let mut before: Option<Revision> = None;
    for number in view.revisions(&known.id)? {
        let Some(revision) = view.revision(&known.id, number)? else { continue };
        lines.push(RevisionLine {
            revision: number,
            captured_at: revision.captured_at,
            change: revision.change,
            reread_at: revision.reread_at,
            title: revision.article.title.clone(),
            changed: before.as_ref().filter(|_| diff).map(|before| changed(before, &revision)),
        });
        before = Some(revision);
    }
    Ok(lines)
}

fn changed(before: &Revision, after: &Revision) -> Changed {
    let (old, new) = (&before.article, &after.article);
    Changed { since: before.number, fields: changed_fields(old, new), words: changed_words(old, new) }
}

fn print(lines: &[RevisionLine]) {
    output::line(
        table::layout(
            &["revision", "captured", "change", "title"],
            &lines.iter().map(row).collect::<Vec<_>>(),
        )
        .trim_end(),
    );
    for line in lines {
        let Some(changed) = &line.changed else { continue };
        output::line(format_args!(
            "\nrevision {} since {}: {}",
            line.revision,
            changed.since,
            fields(&changed.fields)
        ));
        passages(&changed.words);
    }
}

/// Prints what was removed and added, passage by passage.
pub(super) fn passages(passages: &[Vec<Piece>]) {
    for passage in passages {
        output::line(format_args!("\n{}", passage.iter().map(piece).collect::<String>().trim_end()));
    }
}

fn row(line: &RevisionLine) -> Vec<String> {
    vec![
        line.revision.to_string(),
        line.captured_at.format("%Y-%m-%d %H:%M").to_string(),
        match line.reread_at {
            Some(_) => format!("{}, read again", word(line.change)),
            None => word(line.change).to_owned(),
        },
        line.title.clone(),
    ]
}

fn word(change: Change) -> &'static str {
    match change {
        Change::New => "new",
        Change::Substantive => "substantive",
        Change::Minor => "minor",
    }
}

/// The fields' names as `show --format json` spells them.
pub(super) fn fields(fields: &[Field]) -> String {
    let name = |field: &Field| match serde_json::to_value(field) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    };
    fields.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// `[-removed-]` and `{+added+}`, as `git diff --word-diff` writes them, and in colour on a terminal.
fn piece(piece: &Piece) -> String {
    let (text, shown) = match piece {
        Piece::Same(text) => return text.clone(),
        Piece::Removed(text) => {
            let marked = format!("[-{}-]", text.trim_end());
            (text, painted(&marked, Paint::Red, Stream::Stdout))
        }
        Piece::Added(text) => {
            let marked = format!("{{+{}+}}", text.trim_end());
            (text, painted(&marked, Paint::Green, Stream::Stdout))
        }
    };
    format!("{shown}{}", &text[text.trim_end().len()..])
}
