//! Miniflux's rewrite rules.

use crate::config::import::draft::{At, Replace, Source};
use crate::config::import::{Taken, Weight};

/// Takes them: `name("argument", "argument")`, set apart by commas.
pub(super) fn rewrite_rules(source: &mut Source, taken: &mut Taken, text: &str) {
    for (name, arguments) in calls(text) {
        let directive = format!("rewriteRules: {name}");
        match (name.as_str(), arguments.as_slice()) {
            ("remove", [selector]) => {
                source.article.add(taken, At { line: None, directive: &directive }, "remove", selector);
            }
            ("replace", [find, with]) => {
                replace(source, taken, &directive, find, with);
            }
            (
                "add_image_title"
                | "add_dynamic_image"
                | "add_dynamic_iframe"
                | "add_youtube_video"
                | "nl2br"
                | "parse_markdown"
                | "convert_text_link"
                | "convert_text_links"
                | "fix_medium_images"
                | "use_noscript_figure_images"
                | "remove_tables"
                | "fix_ghost_cards"
                | "remove_img_blur_params"
                | "add_youtube_video_using_invidious_player",
                _,
            ) => {
                taken.remark(None, Weight::Differs, &directive, "bodies are cleaned here in another way");
            }
            _ => taken.remark(None, Weight::Unsupported, &directive, "tearsheet has no equivalent"),
        }
    }
}

/// A regular expression in any case; one that is but a text is written as one.
fn replace(source: &mut Source, taken: &mut Taken, directive: &str, find: &str, with: &str) {
    let shown = format!("{directive}: {find}");
    if let Err(error) = regex::Regex::new(find) {
        let says = error.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
        return taken.remark(None, Weight::Unsupported, &shown, says);
    }
    let is_text = regex::escape(find) == find && !with.contains('$');
    let replace = if is_text { Replace::text } else { Replace::pattern };
    source.article.replace.push(replace(find.to_owned(), with.to_owned()));
    taken.took(directive);
    let says = "it is replaced in the page's source, before the body is found";
    taken.remark(None, Weight::Differs, &shown, says);
}

/// The rules of a text with their arguments: strings of Go in `"` with escapes or in `` ` `` as they stand. What is
/// between them only sets them apart.
fn calls(text: &str) -> Vec<(String, Vec<String>)> {
    let mut calls: Vec<(String, Vec<String>)> = Vec::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' | '`' => {
                let argument = string(&mut rest, c);
                if let Some((_, arguments)) = calls.last_mut() {
                    arguments.push(argument);
                }
            }
            c if c.is_ascii_alphanumeric() || c == '_' => {
                let mut name = String::from(c);
                while let Some(c) = rest.next_if(|c| c.is_ascii_alphanumeric() || *c == '_') {
                    name.push(c);
                }
                calls.push((name, Vec::new()));
            }
            _ => {}
        }
    }
    calls
}

/// The rest of a string that `quote` opened.
fn string(rest: &mut impl Iterator<Item = char>, quote: char) -> String {
    let mut out = String::new();
    while let Some(c) = rest.next().filter(|c| *c != quote) {
        match c {
            '\\' if quote == '"' => match rest.next() {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some(escaped @ ('"' | '\\')) => out.push(escaped),
                // No escape of Go's: it is meant for the expression.
                other => out.extend(std::iter::once('\\').chain(other)),
            },
            c => out.push(c),
        }
    }
    out
}
