//! An explanation as a person reads it in a terminal.

mod texts;

use std::fmt::Write;

use console::{measure_text_width, truncate_str};
use owo_colors::Stream;

use super::{Printed, ReadFrom};
use crate::cli::terminal::{Paint, painted};
use crate::cli::wrap::hanging;
use crate::extract::{Explained, Explanation, Value};
use crate::model::Field;

/// The width where the output is no terminal, and the widest that is easily read.
const WIDE: usize = 120;
/// The least width that can be laid out.
const NARROW: usize = 60;
/// Columns for a field's name, and at most for a source's.
const NAME: usize = 12;
const SOURCE: usize = 30;
/// Losers of a field that are shown.
const LOSERS: usize = 6;

/// Lays `printed` out for a terminal of this width; `all` cuts nothing.
pub(super) fn text(printed: &Printed, width: Option<usize>, all: bool) -> String {
    head(printed) + &explained(&printed.explanation, width, all)
}

/// The same without its head.
pub(super) fn explained(explanation: &Explanation, width: Option<usize>, all: bool) -> String {
    let width = if all { usize::MAX } else { width.unwrap_or(WIDE).clamp(NARROW, WIDE) };
    let page = Layout { width, all };
    let mut out = String::new();
    for field in &explanation.fields {
        page.field(&mut out, field);
    }
    page.texts(&mut out, explanation);
    if !explanation.warnings.is_empty() {
        out.push('\n');
    }
    for warning in &explanation.warnings {
        line(&mut out, &page.wrapped("warning: ", warning));
    }
    out
}

fn line(out: &mut String, text: &str) {
    out.push_str(text.trim_end());
    out.push('\n');
}

fn head(printed: &Printed) -> String {
    let mut out = String::new();
    line(&mut out, printed.explanation.url.as_str());
    let at = printed.captured_at.map(|at| at.format("%Y-%m-%d %H:%M UTC").to_string()).unwrap_or_default();
    match printed.read_from {
        ReadFrom::Archive => line(&mut out, &format!("as the archive has it, captured {at}")),
        ReadFrom::Record => {
            line(&mut out, &format!("as extracted from a capture of {at}, which was deleted"));
            line(&mut out, "--fetch asks its site again");
        }
        ReadFrom::Web => line(&mut out, &format!("fetched {at}")),
        ReadFrom::File => {}
    }
    if let Some(why) = &printed.explanation.rejected {
        line(&mut out, &format!("no article: {why}"));
    }
    out.push('\n');
    out
}

struct Layout {
    width: usize,
    all: bool,
}

impl Layout {
    /// A field: the winner, where it stands, and what it beat.
    fn field(&self, out: &mut String, field: &Explained) {
        let value = folded(&field.winner.value);
        let value = self.wrapped(&pad(name(field.field), NAME), &value);
        line(out, &painted(&value, Paint::Bold, Stream::Stdout));
        if let Some(detail) = &field.detail {
            line(out, &self.wrapped(&format!("{:NAME$}", ""), &folded(detail)));
        }
        let mut from = field.winner.source.clone();
        if let Some(place) = field.winner.place.as_ref().filter(|place| !from.ends_with(*place)) {
            let _ = write!(from, " · {place}");
        }
        if field.winner.doubted {
            from += " · doubted";
        }
        line(out, &format!("{:NAME$}{}", "", self.cut_front(&from, NAME)));
        let (same, other): (Vec<&Value>, Vec<&Value>) =
            field.beaten.iter().partition(|value| value.value == field.winner.value);
        if !same.is_empty() {
            let sources: Vec<&str> = same.iter().map(|value| value.source.as_str()).collect();
            let prefix = format!("{:NAME$}the same: ", "");
            line(out, &self.wrapped(&prefix, &sources.join(", ")));
        }
        let shown = if self.all { other.len() } else { LOSERS };
        let shown_values = || other.iter().take(shown);
        let widest = shown_values().map(|value| measure_text_width(&value.source) + 6).max();
        for value in shown_values() {
            self.loser(out, value, widest.unwrap_or_default().min(SOURCE));
        }
        if other.len() > shown {
            self.line_at(out, NAME, &format!("… and {} more", other.len() - shown));
        }
    }

    /// A value that lost; its source has `column` columns.
    fn loser(&self, out: &mut String, value: &Value, column: usize) {
        let doubted = if value.doubted { " (doubted)" } else { "" };
        let source = pad(&format!("beat {}", value.source), column);
        let mut text = format!("{source} {}{doubted}", folded(&value.value));
        if let Some(place) = value.place.as_ref().filter(|_| self.all) {
            let _ = write!(text, " · {place}");
        }
        let text = self.cut(&text, NAME);
        let text = painted(&text, Paint::Dimmed, Stream::Stdout);
        line(out, &format!("{:NAME$}{text}", ""));
    }

    /// `text` behind `prefix`, in as many lines as it takes.
    fn wrapped(&self, prefix: &str, text: &str) -> String {
        hanging(prefix, text, Some(self.width).filter(|_| !self.all))
    }

    fn line_at(&self, out: &mut String, column: usize, text: &str) {
        line(out, &format!("{:column$}{}", "", self.cut(text, column)));
    }

    /// `text` with as much of its end as there is room for: of a path, the end tells the most.
    fn cut_front(&self, text: &str, column: usize) -> String {
        let room = self.width.saturating_sub(column);
        let Some((source, path)) = text.split_once(" · ").filter(|_| measure_text_width(text) > room) else {
            return self.cut(text, column);
        };
        let mut path = path;
        while let Some((_, rest)) = path.split_once(" > ") {
            path = rest;
            if measure_text_width(source) + measure_text_width(path) + 7 <= room {
                break;
            }
        }
        self.cut(&format!("{source} · … > {path}"), column)
    }

    /// `text` cut to what is left of the width behind `column`.
    fn cut(&self, text: &str, column: usize) -> String {
        truncate_str(text, self.width.saturating_sub(column), "…").into_owned()
    }
}

/// `text` in one line.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `text` with spaces up to `width` columns.
fn pad(text: &str, width: usize) -> String {
    let space = width.saturating_sub(measure_text_width(text)).max(1);
    format!("{text}{:space$}", "")
}

fn name(field: Field) -> &'static str {
    match field {
        Field::Url => "url",
        Field::Title => "title",
        Field::Authors => "authors",
        Field::Published => "published",
        Field::Modified => "modified",
        Field::SiteName => "site name",
        Field::Language => "language",
        Field::Description => "description",
        Field::Image => "image",
        Field::Section => "section",
        Field::Tags => "tags",
        Field::Access => "access",
        Field::License => "licence",
        Field::Body => "text",
    }
}

#[cfg(test)]
mod tests;
