//! An explanation as a person reads it in a terminal.

use std::fmt::Write;

use console::{measure_text_width, truncate_str};
use owo_colors::{OwoColorize, Stream};

use super::{Origin, Printed};
use crate::cli::wrap::hanging;
use crate::extract::{Explained, JudgedBlock, Reason, RuleUse, Value};
use crate::model::Field;

/// The width where the output is no terminal, and the widest that is easily read.
const WIDE: usize = 120;
/// The least width that can be laid out.
const NARROW: usize = 60;
/// Columns for a field's name, and at most for a source's.
const NAME: usize = 12;
const SOURCE: usize = 30;
/// Columns for what a rule's selector came to.
const OUTCOME: usize = 17;
/// Losers of a field that are shown.
const LOSERS: usize = 6;

/// Lays `printed` out for a terminal of this width; `all` cuts nothing.
pub(super) fn text(printed: &Printed, width: Option<usize>, all: bool) -> String {
    let width = if all { usize::MAX } else { width.unwrap_or(WIDE).clamp(NARROW, WIDE) };
    let page = Layout { width, all };
    let mut out = head(printed);
    for field in &printed.explanation.fields {
        page.field(&mut out, field);
    }
    page.body(&mut out, &printed.explanation.blocks);
    page.rules(&mut out, &printed.explanation.rules);
    if !printed.explanation.warnings.is_empty() {
        out.push('\n');
    }
    for warning in &printed.explanation.warnings {
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
        Origin::Archive => line(&mut out, &format!("as the archive has it, captured {at}")),
        Origin::Record => {
            line(&mut out, &format!("as it was read of a capture of {at}, which was let go"));
            line(&mut out, "--fetch asks its site again");
        }
        Origin::Web => line(&mut out, &format!("fetched {at}")),
        Origin::File => {}
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
        line(out, &value.if_supports_color(Stream::Stdout, |text| text.bold()).to_string());
        if let Some(detail) = &field.detail {
            line(out, &self.wrapped(&format!("{:NAME$}", ""), &folded(detail)));
        }
        let mut from = field.winner.source.clone();
        if let Some(place) = field.winner.place.as_ref().filter(|place| **place != from) {
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
        let text = text.if_supports_color(Stream::Stdout, |text| text.dimmed());
        line(out, &format!("{:NAME$}{text}", ""));
    }

    /// The blocks, those of a kind that follow one another in one line.
    fn body(&self, out: &mut String, blocks: &[JudgedBlock]) {
        if blocks.is_empty() {
            return;
        }
        let kept = blocks.iter().filter(|block| block.kept);
        let words: u32 = kept.clone().map(|block| block.words).sum();
        let count = kept.count();
        line(out, &format!("\nbody        {count} of {} blocks, {words} words", blocks.len()));
        let alike =
            |one: &JudgedBlock, other: &JudgedBlock| one.kept == other.kept && one.reason == other.reason;
        let runs: Vec<&[JudgedBlock]> = match self.all {
            true => blocks.chunks(1).collect(),
            false => blocks.chunk_by(alike).collect(),
        };
        for run in runs {
            let text = self.cut(&format!("  {}", run_of_blocks(run)), 0);
            if run[0].kept {
                line(out, &text);
            } else {
                line(out, &text.if_supports_color(Stream::Stdout, |text| text.dimmed()).to_string());
            }
        }
    }

    fn rules(&self, out: &mut String, rules: &[RuleUse]) {
        if !rules.is_empty() {
            line(out, "\nrules");
        }
        for rule in rules {
            let outcome = match (rule.matched, rule.used) {
                (0, _) => "matches nothing".to_owned(),
                (matched, true) => format!("matches {matched}, used"),
                (matched, false) => format!("matches {matched}"),
            };
            let prefix = format!("  {}{}", pad(rule.of, NAME), pad(&outcome, OUTCOME));
            line(out, &self.wrapped(&prefix, &folded(&rule.selector)));
        }
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

fn run_of_blocks(run: &[JudgedBlock]) -> String {
    let sign = if run[0].kept { '+' } else { '−' };
    let words: u32 = run.iter().map(|block| block.words).sum();
    let blocks = if run.len() == 1 { String::new() } else { format!("{}×", run.len()) };
    format!("{sign} {blocks:>5} {words:>6} {:<22} {}", why(run), run[0].text)
}

/// Why a run of blocks is kept or not, and how likely the learned judge found them.
fn why(run: &[JudgedBlock]) -> String {
    let first = &run[0];
    let reason = match (first.reason, first.kept) {
        (Reason::Judge, true) => "likely",
        (Reason::Judge, false) => "unlikely",
        (Reason::Rule, true) => "by the rule",
        (Reason::Rule, false) => "not in the rule",
        (Reason::KeepRule, _) => "kept by a rule",
        (Reason::PlainRules, _) => "by plain rules",
        (Reason::DeclaredText, true) => "in declared text",
        (Reason::DeclaredText, false) => "not in declared text",
        (Reason::FeedText, _) => "in the feed's text",
        (Reason::Noise, _) => "noise",
        (Reason::Repetition, _) => "said before",
        (Reason::Title, _) => "the title again",
        (Reason::EmptyHeading, _) => "empty heading",
        (Reason::Whole, _) => "goes with the text",
        (Reason::BesidePost, _) => "beside a post",
        (Reason::Furniture, true) => "part of a table",
        (Reason::Furniture, false) => "credit or button",
        (Reason::SiteMemory, _) => "on other pages too",
    };
    let likely = run.iter().filter_map(|block| block.likely);
    let (least, most) =
        likely.fold((1.0_f64, 0.0_f64), |(least, most), next| (least.min(next), most.max(next)));
    match first.reason {
        Reason::Judge if least < most => format!("{reason} {least:.2}–{most:.2}"),
        Reason::Judge => format!("{reason} {most:.2}"),
        _ => reason.to_owned(),
    }
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
