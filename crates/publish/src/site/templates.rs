//! The pages' templates. They are part of the program and are compiled once.

use std::fmt;
use std::sync::LazyLock;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Output, State, UndefinedBehavior, Value};
use serde::Serialize;

use crate::publish::characters::{escaped, legal};

/// The templates by their names.
const TEMPLATES: &[(&str, &str)] = &[
    ("page.html", include_str!("templates/page.html")),
    ("teasers.html", include_str!("templates/teasers.html")),
    ("article.html", include_str!("templates/article.html")),
    ("feed.html", include_str!("templates/feed.html")),
    ("names.html", include_str!("templates/names.html")),
    ("shelf.html", include_str!("templates/shelf.html")),
    ("index.html", include_str!("templates/index.html")),
    ("search.html", include_str!("templates/search.html")),
    ("status.html", include_str!("templates/status.html")),
];

static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    environment.set_syntax(syntax());
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    environment.set_formatter(format);
    for (name, source) in TEMPLATES {
        environment.add_template(name, source).expect("our own templates compile");
    }
    environment
});

/// The page that template `name` makes of `values`.
pub(super) fn render(name: &str, values: impl Serialize) -> Vec<u8> {
    let template = ENVIRONMENT.get_template(name).expect("our own templates are there");
    let page = template.render(Serde(values)).expect("our own templates render our own values");
    legal(&page).into_owned().into_bytes()
}

/// A line that holds only a tag leaves no line behind.
fn syntax() -> SyntaxConfig {
    SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build().expect("the usual delimiters")
}

/// As minijinja does it, but for the slash, which it escapes too: addresses stay legible in the source.
fn format(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), minijinja::Error> {
    match value.as_str() {
        Some(text) if !value.is_safe() && matches!(state.auto_escape(), AutoEscape::Html) => {
            out.write_str(&escaped(text)).map_err(failed)
        }
        _ => minijinja::escape_formatter(out, state, value),
    }
}

fn failed(_: fmt::Error) -> minijinja::Error {
    minijinja::Error::from(minijinja::ErrorKind::WriteFailure)
}
