//! How the mistakes of a configuration are shown.

mod shown;

use miette::{GraphicalReportHandler, GraphicalTheme};
use owo_colors::Stream;

use self::shown::ShownProblem;
use super::output;
use super::terminal::shows_colours;
use crate::config::{Errors, Problem};

/// Shows every problem with its file, its line underlined, and a hint.
pub(super) fn print(errors: &Errors) {
    if output::is_json() {
        let line = |problem: &Problem| format!("{}: {}", problem.place(), problem.reason);
        errors.problems.iter().for_each(|problem| output::error_line(&line(problem)));
        return output::error_line(&errors.to_string());
    }
    let coloured = shows_colours(Stream::Stderr);
    let theme = if coloured { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme).with_links(false);
    for problem in &errors.problems {
        let mut text = String::new();
        if handler.render_report(&mut text, &ShownProblem::of(problem)).is_ok() {
            output::remark_laid_out(&format!("{}\n", text.trim_end()));
        }
    }
    eprintln!("\nerror: {errors}");
}
