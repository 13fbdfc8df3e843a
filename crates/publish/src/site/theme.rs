//! Templates and assets: those of the program, and in their place those of a theme, file by file.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Output, State, UndefinedBehavior, Value};
use serde::Serialize;

use crate::model::Digest;
use crate::publish::characters::escaped;

/// The program's templates by their names.
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

/// The same under names of their own, so that a theme's template can extend the one in whose place it is.
const DEFAULTS: &[&str] = &[
    "default/page.html",
    "default/teasers.html",
    "default/article.html",
    "default/feed.html",
    "default/names.html",
    "default/shelf.html",
    "default/index.html",
    "default/search.html",
    "default/status.html",
];

/// The program's assets by their names.
pub(super) const ASSETS: &[(&str, &[u8])] = &[
    ("site.css", include_bytes!("assets/site.css")),
    ("feed.css", include_bytes!("assets/feed.css")),
    ("feed.js", include_bytes!("assets/feed.js")),
    ("search.js", include_bytes!("assets/search.js")),
    ("icon.svg", include_bytes!("assets/icon.svg")),
    ("icon.png", include_bytes!("assets/icon.png")),
    ("cover.png", include_bytes!("assets/cover.png")),
    ("favicon.ico", include_bytes!("assets/favicon.ico")),
];

/// How the site looks: the program's own templates and assets, and those that are in the place of one.
#[derive(Clone, Default)]
pub struct Theme {
    own: Option<Arc<Own>>,
}

/// What a theme brings.
struct Own {
    files: BTreeMap<String, Vec<u8>>,
    environment: Environment<'static>,
    /// What went wrong with a template, when the program's own was taken.
    faults: Mutex<BTreeSet<String>>,
}

/// Why a file of a theme cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeFault {
    /// The file's name.
    pub file: String,
    /// Where in the file, as far as that is known.
    pub line: Option<usize>,
    /// What is wrong.
    pub kind: ThemeFaultKind,
}

/// What can be wrong with a file of a theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ThemeFaultKind {
    /// No template or asset has its name.
    Unknown,
    /// It is a template, and no UTF-8.
    NotText,
    /// It is no template, and why.
    NoTemplate(String),
}

impl Theme {
    /// The theme of these files, by their names.
    ///
    /// # Errors
    /// A [`ThemeFault`] for each file that cannot be used.
    pub fn of(files: BTreeMap<String, Vec<u8>>) -> Result<Theme, Vec<ThemeFault>> {
        if files.is_empty() {
            return Ok(Theme::default());
        }
        let mut environment = built_in();
        let faults: Vec<ThemeFault> =
            files.iter().filter_map(|(name, bytes)| add(&mut environment, name, bytes).err()).collect();
        if faults.is_empty() {
            Ok(Theme { own: Some(Arc::new(Own { files, environment, faults: Mutex::default() })) })
        } else {
            Err(faults)
        }
    }

    /// The names that a theme's files can have.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        TEMPLATES.iter().map(|(name, _)| *name).chain(ASSETS.iter().map(|(name, _)| *name)).collect()
    }

    /// What went wrong with templates of the theme since it was read. The program's own were taken in their place.
    #[must_use]
    pub fn faults(&self) -> Vec<String> {
        let faults = self.own.iter().flat_map(|own| {
            own.faults.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect::<Vec<_>>()
        });
        faults.collect()
    }

    /// The theme's asset of this name.
    pub(super) fn asset(&self, name: &str) -> Option<&[u8]> {
        self.own.as_ref()?.files.get(name).map(Vec::as_slice)
    }

    /// The page that template `name` makes of `values`. Where the theme's cannot make it the program's own does.
    pub(super) fn render(&self, name: &str, values: impl Serialize) -> String {
        let values = Value::from(Serde(values));
        if let Some(own) = &self.own {
            let template = own.environment.get_template(name).expect("every template is there");
            match template.render(values.clone()) {
                Ok(page) => return page,
                Err(error) => {
                    let at = error.line().map(|line| format!(", line {line}")).unwrap_or_default();
                    let file = error.name().unwrap_or(name);
                    let said =
                        format!("config/theme/{file}{at}: {}; the built-in one is used", words(&error));
                    own.faults.lock().unwrap_or_else(PoisonError::into_inner).insert(said);
                }
            }
        }
        let template = BUILT_IN.get_template(name).expect("our own templates are there");
        template.render(values).expect("our own templates render our own values")
    }
}

/// Two are the same if their files are.
impl PartialEq for Theme {
    fn eq(&self, other: &Theme) -> bool {
        let files = |theme: &Theme| theme.own.as_ref().map(|own| own.files.clone());
        files(self) == files(other)
    }
}

impl Eq for Theme {}

/// Names its files with their digests. Publishing compares this text to see whether the theme changed.
impl fmt::Debug for Theme {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let files = self.own.iter().flat_map(|own| &own.files);
        out.debug_map().entries(files.map(|(name, bytes)| (name, Digest::of(bytes).to_string()))).finish()
    }
}

static BUILT_IN: LazyLock<Environment<'static>> = LazyLock::new(built_in);

fn built_in() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_syntax(syntax());
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    environment.set_formatter(format);
    for ((name, source), default) in TEMPLATES.iter().zip(DEFAULTS) {
        for name in [name, default] {
            environment.add_template(name, source).expect("our own templates compile");
        }
    }
    environment
}

fn add(environment: &mut Environment<'static>, name: &str, bytes: &[u8]) -> Result<(), ThemeFault> {
    let fault = |line, kind| ThemeFault { file: name.to_owned(), line, kind };
    if ASSETS.iter().any(|(asset, _)| *asset == name) {
        return Ok(());
    }
    let Some((name, _)) = TEMPLATES.iter().find(|(template, _)| *template == name) else {
        return Err(fault(None, ThemeFaultKind::Unknown));
    };
    let text = std::str::from_utf8(bytes).map_err(|_| fault(None, ThemeFaultKind::NotText))?;
    let added = environment.add_template(name, kept(text));
    added.map_err(|error| fault(error.line(), ThemeFaultKind::NoTemplate(words(&error))))
}

/// The error in words, without the name of the template.
fn words(error: &minijinja::Error) -> String {
    let kind = error.kind().to_string();
    error.detail().map(|detail| format!("{kind}: {detail}")).unwrap_or(kind)
}

/// A text that stays: a template may be used until the program ends. The same text is kept once, however often a
/// configuration is read.
fn kept(text: &str) -> &'static str {
    static KEPT: LazyLock<Mutex<HashSet<&'static str>>> = LazyLock::new(Mutex::default);
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(text) = kept.get(text) {
        return text;
    }
    let text: &'static str = text.to_owned().leak();
    kept.insert(text);
    text
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

#[cfg(test)]
mod tests {
    use super::*;

    fn theme(files: &[(&str, &str)]) -> Result<Theme, Vec<ThemeFault>> {
        Theme::of(files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect())
    }

    #[test]
    fn every_template_has_its_default() {
        let names: Vec<String> = TEMPLATES.iter().map(|(name, _)| format!("default/{name}")).collect();
        assert_eq!(names, DEFAULTS);
    }

    #[test]
    fn what_is_no_template_is_told_with_its_line() {
        let faults = theme(&[("page.html", "<p>\n{% if x %}"), ("site.css", "{% if"), ("pgae.html", "")]);
        let faults = faults.unwrap_err();
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert!(faults[0].file == "page.html" && faults[0].line == Some(2), "{faults:?}");
        assert_eq!(faults[1].kind, ThemeFaultKind::Unknown);
    }

    #[test]
    fn a_theme_extends_what_it_replaces_and_what_fails_is_replaced_and_told() {
        let values = || BTreeMap::from([("title", "5 < 6"), ("up", "x")]);
        let own = theme(&[("shelf.html", "<h1>{{ title }}</h1>")]).unwrap();
        assert_eq!(own.render("shelf.html", values()), "<h1>5 &lt; 6</h1>");
        assert_eq!(own.faults(), Vec::<String>::new());
        assert!(theme(&[("page.html", "{% extends \"default/page.html\" %}")]).is_ok());
    }
}
