//! Miniflux's rewrite rules.

use crate::config::import::draft::{At, Source};
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
                let pattern = find.clone();
                if regex::Regex::new(&pattern).is_ok_and(|_| regex::escape(&pattern) == pattern) {
                    taken.took(&directive);
                    source.article.replace.push((pattern, with.clone()));
                } else {
                    taken.remark(
                        None,
                        Weight::Unsupported,
                        &format!("{directive}: {find}"),
                        "write it as a pattern in replace",
                    );
                }
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
            _ => taken.remark(None, Weight::Unsupported, &directive, "there is nothing of the kind here"),
        }
    }
}

fn calls(text: &str) -> Vec<(String, Vec<String>)> {
    let mut calls: Vec<(String, Vec<String>)> = Vec::new();
    let (mut name, mut quote, mut argument) = (String::new(), None, String::new());
    for c in text.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => {
                quote = None;
                let argument = std::mem::take(&mut argument);
                if let Some((_, arguments)) = calls.last_mut() {
                    arguments.push(argument);
                }
            }
            (Some(_), c) => argument.push(c),
            (None, '"' | '|') => quote = Some(c),
            (None, '(') => calls.push((std::mem::take(&mut name), Vec::new())),
            (None, ',' | '\n') if !name.is_empty() => calls.push((std::mem::take(&mut name), Vec::new())),
            (None, c) if c.is_ascii_alphanumeric() || c == '_' => name.push(c),
            (None, _) => {}
        }
    }
    if !name.is_empty() {
        calls.push((name, Vec::new()));
    }
    calls
}
