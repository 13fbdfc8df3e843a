//! The language in which a listing is written.

use ego_tree::NodeRef;
use scraper::{Node, node::Element};

use crate::dom::attribute;

/// Prefixes of class words that name a language.
const PREFIXES: &[&str] =
    &["language-", "lang-", "highlight-source-", "highlight-", "brush:", "code-", "prettyprint-"];
/// Class words by which highlighters mark a listing, beside which the language stands alone.
const MARKS: &[&str] = &["sourcecode", "highlight", "hljs", "prettyprint", "code", "src"];
/// Class words of listings that are tables, lists or boxes with an element for each line.
const LINED: &[&str] = &[
    "syntaxhighlighter",
    "dp-highlighter",
    "js-file-line-container",
    "crayon-table",
    "hljs-ln",
    "linenums",
    "enlighter",
    "codehilitetable",
];
/// Words that are marks of a highlighter and not languages.
const NO_LANGUAGE: &[&str] = &[
    "none",
    "plain",
    "plaintext",
    "text",
    "txt",
    "highlight",
    "hljs",
    "code",
    "block",
    "wrapper",
    "toolbar",
    "line",
    "numbers",
    "container",
    "box",
    "sample",
    "snippet",
    "example",
    "source",
    "sourcecode",
    "prettyprint",
    "linenums",
    "lines",
    "notranslate",
    "default",
    "undefined",
    "auto",
    "literal-block",
    "responsive",
    "scroll",
    "content",
];
/// Languages that stand as a class word of their own.
const BARE: &[&str] = &[
    "bash",
    "c",
    "clojure",
    "cpp",
    "css",
    "csharp",
    "dart",
    "elixir",
    "erlang",
    "go",
    "haskell",
    "html",
    "java",
    "javascript",
    "js",
    "json",
    "kotlin",
    "lua",
    "nix",
    "ocaml",
    "perl",
    "php",
    "powershell",
    "python",
    "r",
    "ruby",
    "rust",
    "scala",
    "shell",
    "sql",
    "swift",
    "toml",
    "typescript",
    "xml",
    "yaml",
    "zig",
];

/// The language that `element` says its code is in, in lower case.
pub(super) fn language(element: &Element) -> Option<String> {
    for name in ["data-lang", "data-language", "lang-name", "data-code-language"] {
        if let Some(language) = element.attr(name).and_then(accepted) {
            return Some(language);
        }
    }
    let class = element.attr("class")?.to_ascii_lowercase().replace("brush: ", "brush:");
    let words = || class.split_ascii_whitespace();
    let prefixed =
        words().find_map(|word| PREFIXES.iter().find_map(|prefix| accepted(word.strip_prefix(prefix)?)));
    let marked = || {
        let is_marked = words().any(|word| MARKS.contains(&word));
        is_marked.then(|| words().find(|word| BARE.contains(word))).flatten().map(str::to_owned)
    };
    prefixed.or_else(marked)
}

fn accepted(word: &str) -> Option<String> {
    let word = word.trim().trim_end_matches([';', ',']).to_ascii_lowercase();
    let is_name = word.chars().all(|c| c.is_ascii_alphanumeric() || "+#-_.".contains(c));
    (word.starts_with(|c: char| c.is_ascii_alphanumeric())
        && word.len() <= 24
        && is_name
        && !NO_LANGUAGE.contains(&word.as_str()))
    .then_some(word)
}

/// Whether the element's class says that code stands in it.
pub(super) fn is_marked_as_code(element: &Element) -> bool {
    let class = element.attr("class").unwrap_or_default().to_ascii_lowercase();
    class.split_ascii_whitespace().any(|word| MARKS.contains(&word))
}

/// Whether the element is a listing that is no `pre`, and holds none.
pub(super) fn is_lined_listing(node: NodeRef<'_, Node>, element: &Element) -> bool {
    let class = attribute(element, "class").unwrap_or_default();
    class.split_ascii_whitespace().any(|word| LINED.contains(&word.to_ascii_lowercase().as_str()))
        && !node
            .descendants()
            .inspect(crate::effort::step)
            .any(|node| node.value().as_element().is_some_and(|within| within.name() == "pre"))
}

#[cfg(test)]
mod tests {
    use scraper::{Html, Selector};

    use super::*;

    fn check(html: &str, expected: Option<&str>) {
        let document = Html::parse_fragment(html);
        let selector = Selector::parse("pre, div").unwrap();
        let element = document.select(&selector).next().unwrap();
        assert_eq!(language(element.value()).as_deref(), expected, "{html}");
    }

    #[test]
    fn the_language_is_read_from_class_and_data() {
        check("<pre class='language-Rust line-numbers'>", Some("rust"));
        check("<pre class='brush: python; gutter: false'>", Some("python"));
        check("<pre class='sourceCode haskell'>", Some("haskell"));
        check("<div class='highlight-source-shell'>", Some("shell"));
        check("<pre data-lang='c++'>", Some("c++"));
        check("<pre class='code-block'>", None);
        check("<pre class='go'>", None);
        check("<pre class='language-plaintext'>", None);
    }
}
