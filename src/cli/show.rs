//! `tearsheet show`: an article, as it is or as it was.

use std::path::Path;
use std::process::ExitCode;

use anyhow::anyhow;
use serde_json::json;

use super::arguments::{Show, ShowFormat};
use super::explain::recorded;
use super::failure::Failure;
use super::markdown::markdown;
use super::output;
use super::root;
use super::terminal::one_line;
use crate::archive::{Known, Revision, View};
use crate::model::Article;
use crate::pipeline;
use crate::publish::escaped;

pub(super) fn run(root: &Path, options: &Show) -> Result<ExitCode, Failure> {
    let view = pipeline::view(&root::load_with_archive(root)?)?;
    let known = pipeline::find_article(&view, &options.article)?;
    tell_withdrawn(&view, &known)?;
    let revision = revision(&view, &known, options.revision)?;
    let format = if options.json { ShowFormat::Json } else { options.format };
    let printed = match format {
        ShowFormat::Text if options.why => {
            format!("{}\n\n{}", text(&revision.article).trim_end(), recorded(&revision.article))
        }
        ShowFormat::Text => text(&revision.article),
        ShowFormat::Markdown => markdown_page(&revision.article),
        ShowFormat::Html => html_page(&revision.article),
        ShowFormat::Json => json(&known, &revision, view.withdrawn(&known.id)?.as_deref()),
    };
    output::line(printed.trim_end());
    Ok(ExitCode::SUCCESS)
}

/// Says on standard error that an article is withdrawn, if it is.
pub(super) fn tell_withdrawn(view: &View, known: &Known) -> Result<(), Failure> {
    if let Some(reason) = view.withdrawn(&known.id)? {
        eprintln!("{}", withdrawn(known, &reason));
    }
    Ok(())
}

/// What to say of an article that its owner took down.
pub(super) fn withdrawn(known: &Known, reason: &str) -> String {
    format!(
        "{} is withdrawn: {}; `tearsheet release {}` publishes it again",
        known.url,
        one_line(reason),
        known.id
    )
}

fn revision(view: &View, known: &Known, number: Option<u32>) -> Result<Revision, Failure> {
    let numbers = view.revisions(&known.id)?;
    let newest = numbers.last().copied().unwrap_or_default();
    let number = number.unwrap_or(newest);
    let revision = view.revision(&known.id, number)?;
    revision.ok_or_else(|| anyhow!("there is no revision {number}; the newest is {newest}").into())
}

fn text(article: &Article) -> String {
    let head = [Some(article.title.clone()), byline(article), Some(article.url.to_string())];
    let head: Vec<String> = head.into_iter().flatten().collect();
    format!("{}\n\n{}", head.join("\n"), article.text)
}

fn byline(article: &Article) -> Option<String> {
    let published = article.published.map(|moment| moment.to_string());
    let parts: Vec<String> = article.authors.iter().cloned().chain(published).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn markdown_page(article: &Article) -> String {
    let title = markdown(&format!("<h1>{}</h1>", escaped(&article.title)));
    let byline = byline(article).map(|line| markdown(&format!("<p>{}</p>", escaped(&line))));
    let parts = [Some(title), byline, Some(format!("<{}>", article.url)), Some(markdown(&article.html))];
    let parts: Vec<String> = parts.into_iter().flatten().map(|part| part.trim_end().to_owned()).collect();
    parts.join("\n\n")
}

fn html_page(article: &Article) -> String {
    let language = article.language.as_ref().map(|tag| format!(" lang=\"{}\"", escaped(tag)));
    let byline = byline(article).map(|line| format!("<p>{}</p>\n", escaped(&line)));
    format!(
        "<!DOCTYPE html>\n<html{}>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <link rel=\"canonical\" href=\"{}\">\n<article>\n<h1>{title}</h1>\n{}{}\n</article>\n</html>",
        language.unwrap_or_default(),
        escaped(article.url.as_str()),
        byline.unwrap_or_default(),
        article.html,
        title = escaped(&article.title),
    )
}

fn json(known: &Known, revision: &Revision, withdrawn: Option<&str>) -> String {
    let value = json!({
        "id": known.id,
        "url": known.url,
        "sources": known.sources,
        "revision": revision.number,
        "captured_at": revision.captured_at,
        "change": revision.change,
        "withdrawn": withdrawn,
        "article": revision.article,
    });
    serde_json::to_string_pretty(&value).expect("plain values serialise")
}
