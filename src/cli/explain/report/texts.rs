//! Why the text of each page is in the article or not, and what the owner's selectors came to on it.

use owo_colors::Stream;

use super::{Layout, NAME, folded, line, pad};
use crate::cli::terminal::{Paint, painted};
use crate::extract::{ExplainedText, Explanation, JudgedBlock};
use crate::model::{Reason, RuleUse, Run};

/// Columns for what a rule's selector came to.
const OUTCOME: usize = 17;

impl Layout {
    /// The text of the page, and of those on which the article goes on.
    pub(super) fn texts(&self, out: &mut String, explanation: &Explanation) {
        let all = explanation.pages.len() + 1;
        if all > 1 {
            line(out, &self.wrapped(&format!("\npage 1 of {all} "), explanation.url.as_str()));
        }
        self.text(out, &explanation.text);
        for (number, page) in (2..).zip(&explanation.pages) {
            line(out, &self.wrapped(&format!("\npage {number} of {all} "), page.url.as_str()));
            if let Some(why) = &page.left_out {
                line(out, &self.wrapped("  left out: ", why));
            }
            if page.text.blocks.is_empty() && !explanation.text.blocks.is_empty() {
                line(out, "  from its record; the archive does not have its capture");
            }
            self.text(out, &page.text);
        }
        for url in &explanation.goes_on {
            let prefix = "\nthe article continues on another page, which a run reads with it; explain that page by its own URL: ";
            line(out, &self.wrapped(prefix, url.as_str()));
        }
    }

    /// The blocks, those of a kind that follow one another in one line, and the rules.
    fn text(&self, out: &mut String, text: &ExplainedText) {
        let runs = if text.blocks.is_empty() { text.runs.clone() } else { self.runs(&text.blocks) };
        if !runs.is_empty() {
            let kept = || runs.iter().filter(|run| run.kept);
            let (words, count) =
                (kept().map(|run| run.words).sum::<u32>(), kept().map(|run| run.blocks).sum::<usize>());
            let all = runs.iter().map(|run| run.blocks).sum::<usize>() + text.more;
            line(out, &format!("\nbody        {count} of {all} blocks, {words} words"));
        }
        for run in &runs {
            let text = self.cut(&format!("  {}", row(run)), 0);
            if run.kept {
                line(out, &text);
            } else {
                line(out, &painted(&text, Paint::Dimmed, Stream::Stdout));
            }
        }
        if text.more > 0 {
            line(out, &format!("  … and {} blocks that the record does not list", text.more));
        }
        self.rules(out, &text.rules);
    }

    fn runs(&self, blocks: &[JudgedBlock]) -> Vec<Run> {
        let alike =
            |one: &JudgedBlock, other: &JudgedBlock| one.kept == other.kept && one.reason == other.reason;
        match self.all {
            true => blocks.chunks(1).map(run).collect(),
            false => blocks.chunk_by(alike).map(run).collect(),
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
            let prefix = format!("  {}{}", pad(&rule.of, NAME), pad(&outcome, OUTCOME));
            line(out, &self.wrapped(&prefix, &folded(&rule.selector)));
        }
    }
}

/// Blocks that are kept or not for one reason, as one.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // they are hundredths from 0 to 100
fn run(blocks: &[JudgedBlock]) -> Run {
    let likely = blocks.iter().filter_map(|block| block.likely).map(|likely| (likely * 100.0).round() as u8);
    Run {
        kept: blocks[0].kept,
        reason: blocks[0].reason,
        likely: likely.clone().min().zip(likely.max()),
        blocks: blocks.len(),
        words: blocks.iter().map(|block| block.words).sum(),
        text: blocks[0].text.clone(),
    }
}

fn row(run: &Run) -> String {
    let sign = if run.kept { '+' } else { '−' };
    let blocks = if run.blocks == 1 { String::new() } else { format!("{}×", run.blocks) };
    format!("{sign} {blocks:>5} {:>6} {:<22} {}", run.words, why(run), run.text)
}

/// Why a run of blocks is kept or not, and how likely the learned judge found them.
fn why(run: &Run) -> String {
    let reason = match (run.reason, run.kept) {
        (Reason::Judge, true) => "likely",
        (Reason::Judge, false) => "unlikely",
        (Reason::Rule, true) => "by the rule",
        (Reason::Rule, false) => "not in the rule",
        (Reason::KeepRule, _) => "kept by a rule",
        (Reason::PlainRules, _) => "by plain rules",
        (Reason::DeclaredText, true) => "in declared text",
        (Reason::DeclaredText, false) => "not in declared text",
        (Reason::ScriptData, _) => "in the scripts' data",
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
        (Reason::Hidden, _) => "hidden on the page",
        (Reason::OtherArticle, _) => "another article",
        (Reason::Unknown, _) => "by a newer program",
    };
    let share = |hundredths: u8| f64::from(hundredths) / 100.0;
    match (run.reason, run.likely) {
        (Reason::Judge, Some((least, most))) if least < most => {
            format!("{reason} {:.2}–{:.2}", share(least), share(most))
        }
        (Reason::Judge, Some((_, most))) => format!("{reason} {:.2}", share(most)),
        _ => reason.to_owned(),
    }
}
