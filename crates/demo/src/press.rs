//! The newspaper's templates, and the words of their own.

use minijinja::{AutoEscape, Environment, Error, ErrorKind, HtmlEscape, Output, State, Value, context};

const TEMPLATES: &[(&str, &str)] = &[
    ("business.html", include_str!("templates/business.html")),
    ("feed.xml", include_str!("templates/feed.xml")),
    ("footer.html", include_str!("templates/footer.html")),
    ("front.html", include_str!("templates/front.html")),
    ("gazette.html", include_str!("templates/gazette.html")),
    ("harbour.html", include_str!("templates/harbour.html")),
    ("lab.html", include_str!("templates/lab.html")),
    ("ledger.html", include_str!("templates/ledger.html")),
    ("masthead.html", include_str!("templates/masthead.html")),
    ("notice.html", include_str!("templates/notice.html")),
    ("science.html", include_str!("templates/science.html")),
    ("share.html", include_str!("templates/share.html")),
    ("sitemap.xml", include_str!("templates/sitemap.xml")),
    ("sitemap_index.xml", include_str!("templates/sitemap_index.xml")),
    ("world.html", include_str!("templates/world.html")),
];

/// The newspaper's templates.
#[derive(Debug)]
pub(super) struct Press(Environment<'static>);

impl Press {
    pub(super) fn new() -> Press {
        let mut templates = Environment::new();
        templates.set_formatter(format);
        for (name, source) in TEMPLATES {
            templates.add_template(name, source).expect("the templates are part of the program");
        }
        Press(templates)
    }

    /// Prints `template` with `values`.
    pub(super) fn print(&self, template: &str, values: Value) -> String {
        let template = self.0.get_template(template).expect("the templates are part of the program");
        template.render(values).expect("a template asks for nothing but what it is given")
    }
}

/// As minijinja does it, but for the slash, which it escapes too and no other site does.
fn format(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    match (state.auto_escape(), value.as_str()) {
        (AutoEscape::Html, Some(text)) if !value.is_safe() => out
            .write_str(&HtmlEscape(text).to_string().replace("&#x2f;", "/"))
            .map_err(|_| ErrorKind::WriteFailure.into()),
        _ => minijinja::escape_formatter(out, state, value),
    }
}

/// What a page in `language` says around its article.
pub(super) fn words(language: &str) -> Value {
    match language {
        "de" => context! {
            by => "Von",
            published => "Veröffentlicht am",
            updated => "aktualisiert am",
            related => "Lesen Sie auch",
            newsletter => "Unser Newsletter aus der Wissenschaft, jeden Sonntag",
            topics => "Themen",
            more => "Mehr aus der Wissenschaft",
        },
        _ => context! {
            by => "By",
            published => "Published",
            updated => "updated",
            related => "Related",
            newsletter => "Our science newsletter, every Sunday",
            topics => "Topics",
            more => "More from Science",
        },
    }
}
