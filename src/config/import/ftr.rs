//! Rules of Full-Text RSS, as the collection ftr-site-config has them: a text file a host, a directive a line.

mod directives;
mod finish;
mod settings;

pub(super) use self::directives::looks_like_one;
use self::directives::{DIRECTIVES, directive};
use self::settings::{Setting, setting};
use super::draft::{Article, At, DISGUISE, Replace, quoted};
use super::{Taken, Weight};
use crate::extract::WRAPPERS;

/// Reads one rule; `name` is its file's.
pub(super) fn read(name: &str, text: &str) -> Taken {
    let mut reader = Reader { taken: Taken::new(name), ..Reader::default() };
    for (at, raw) in text.lines().enumerate() {
        let raw = raw.trim();
        if !raw.is_empty() && !raw.starts_with('#') {
            reader.line(at + 1, raw);
        }
    }
    if let Some((line, find)) = reader.find.take() {
        reader.taken.remark(
            Some(line),
            Weight::Unsupported,
            &format!("find_string: {find}"),
            "nothing replaces it",
        );
    }
    reader.finish(name)
}

#[derive(Default)]
struct Reader {
    taken: Taken,
    article: Article,
    /// A `find_string` that waits for its `replace_string`.
    find: Option<(usize, String)>,
    /// The key of the selector before, for `if_page_contains`.
    conditional: Option<&'static str>,
}

impl Reader {
    fn line(&mut self, at: usize, raw: &str) {
        if raw.starts_with("https://") || raw.starts_with("http://") {
            self.taken.remark(Some(at), Weight::Meant, raw, "a URL without a directive, taken as `test_url`");
            self.article.tests.push((raw.to_owned(), Vec::new()));
            return;
        }
        if let Some(url) = raw.strip_prefix("test:url:") {
            self.taken.remark(Some(at), Weight::Meant, raw, "taken as `test_url`");
            return self.directive(at, "test_url", None, url.trim());
        }
        let Some((name, argument, value)) = directive(raw) else {
            return self.taken.remark(Some(at), Weight::Meant, raw, "not a directive; treated as a comment");
        };
        let lower = name.to_ascii_lowercase();
        if DIRECTIVES.contains(&lower.as_str()) {
            return self.directive(at, &lower, argument, value);
        }
        let distance = |known: &&&str| strsim::damerau_levenshtein(&lower, known);
        match DIRECTIVES.iter().min_by_key(distance).filter(|known| distance(known) <= 2) {
            Some(meant) => {
                self.taken.remark(
                    Some(at),
                    Weight::Meant,
                    raw,
                    format!("taken as `{meant}`, which it seems to be meant for"),
                );
                self.directive(at, meant, argument, value);
            }
            None => self.taken.remark(Some(at), Weight::Unsupported, raw, "this directive is not known"),
        }
    }

    fn directive(&mut self, at: usize, name: &str, argument: Option<&str>, value: &str) {
        let place = At { line: Some(at), directive: name };
        let may_be_empty = matches!(name, "replace_string" | "find_string");
        if value.is_empty() && !may_be_empty {
            return self.taken.remark(Some(at), Weight::Meant, name, "it has no value, and says nothing");
        }
        match name {
            "title" => self.selector(place, "title", value),
            "body" => self.selector(place, "body", value),
            "author" => self.selector(place, "author", value),
            "date" => self.selector(place, "date", value),
            "strip" | "strip_attr" => self.selector(place, "remove", value),
            "dissolve" => self.selector(place, "unwrap", value),
            "next_page_link" => self.selector(place, "next_page", value),
            "single_page_link" => self.selector(place, "single_page", value),
            "strip_id_or_class" => self.css(place, &["id", "class"], "", value),
            "strip_image_src" => self.css(place, &["src"], "img", value),
            "wrap_in" => self.wrap(place, argument.unwrap_or_default(), value),
            "if_page_contains" => self.condition(place, value),
            "test_url" => {
                self.taken.took(name);
                self.article.tests.push((value.to_owned(), Vec::new()));
            }
            "test_contains" => match self.article.tests.last_mut() {
                Some((_, contains)) => {
                    self.taken.took(name);
                    contains.push(value.to_owned());
                }
                None => {
                    self.taken.remark(
                        Some(at),
                        Weight::Unsupported,
                        name,
                        "there is no `test_url` before it",
                    );
                }
            },
            "find_string" => self.find_string(at, value),
            "replace_string" => self.replace_string(at, argument, value),
            "http_header" => self.header(place, argument.unwrap_or_default(), value),
            "src_lazy_load_attr" => {
                self.taken.took(name);
                self.article.replace.push(Replace::text(format!(" {value}="), " data-src=".to_owned()));
            }
            _ => self.setting(at, name, value),
        }
    }

    fn selector(&mut self, at: At<'_>, key: &'static str, expression: &str) {
        // It is XPath, however it begins.
        let explicit = format!("xpath:{expression}");
        let shows = expression.starts_with(['/', '(']);
        if self.article.add(&mut self.taken, at, key, if shows { expression } else { &explicit }) {
            self.conditional = Some(key);
        }
    }

    /// What has `value` in one of these attributes.
    fn css(&mut self, at: At<'_>, attributes: &[&str], element: &str, value: &str) {
        let plain = value.replace(['"', '\''], "").replace('\\', "\\\\");
        let each = attributes.iter().map(|name| format!("{element}[{name}*=\"{plain}\"]"));
        self.article.add(&mut self.taken, at, "remove", &each.collect::<Vec<_>>().join(", "));
    }

    fn wrap(&mut self, at: At<'_>, element: &str, expression: &str) {
        let element = element.trim().to_ascii_lowercase();
        if !WRAPPERS.contains(&element.as_str()) {
            let says = format!("nothing is put in a `{element}`");
            return self.taken.remark(
                at.line,
                Weight::Unsupported,
                &format!("{}({element}): {expression}", at.directive),
                says,
            );
        }
        let explicit = if expression.starts_with(['/', '(']) {
            expression.to_owned()
        } else {
            format!("xpath:{expression}")
        };
        // Tried as any other selector; what is kept of it stands elsewhere.
        let mut tried = Article::default();
        if tried.add(&mut self.taken, at, "keep", &explicit) {
            match self.article.wrap.iter_mut().find(|(known, _)| *known == element) {
                Some((_, list)) => list.push(explicit),
                None => self.article.wrap.push((element, vec![explicit])),
            }
        }
        self.article.left_out.append(&mut tried.left_out);
    }

    /// The selector before is tried only on pages that have this: in XPath, a predicate says it.
    fn condition(&mut self, at: At<'_>, expression: &str) {
        let Some(selector) = self.conditional.and_then(|key| self.article.last_mut(key)) else {
            return self.taken.remark(
                at.line,
                Weight::Unsupported,
                at.directive,
                "there is no selector before it",
            );
        };
        let whole = format!("({})[{expression}]", selector.strip_prefix("xpath:").unwrap_or(selector));
        self.taken.selectors.0 += 1;
        match crate::html::Query::parse(&whole) {
            Ok(_) => {
                *selector = whole;
                self.taken.took(at.directive);
            }
            Err(error) => {
                self.taken.selectors.1 += 1;
                self.taken.remark(
                    at.line,
                    Weight::Unsupported,
                    &format!("{}: {expression}", at.directive),
                    error,
                );
            }
        }
    }

    fn find_string(&mut self, at: usize, value: &str) {
        if let Some((line, before)) = self.find.replace((at, value.to_owned())) {
            self.taken.remark(
                Some(line),
                Weight::Unsupported,
                &format!("find_string: {before}"),
                "nothing replaces it",
            );
        }
    }

    fn replace_string(&mut self, at: usize, argument: Option<&str>, value: &str) {
        let found = argument.map(str::to_owned).or_else(|| {
            let (_, found) = self.find.take()?;
            self.taken.took("find_string");
            Some(found)
        });
        match found.filter(|found| !found.is_empty()) {
            Some(found) => {
                self.taken.took("replace_string");
                if value.is_empty() {
                    let says = "it is replaced by nothing; Full-Text RSS passes such a line over";
                    self.taken.remark(Some(at), Weight::Differs, "replace_string", says);
                }
                self.article.replace.push(Replace::text(found, value.to_owned()));
            }
            None => self.taken.remark(
                Some(at),
                Weight::Unsupported,
                &format!("replace_string: {value}"),
                "it does not say what it replaces",
            ),
        }
    }

    fn header(&mut self, at: At<'_>, name: &str, value: &str) {
        let name = name.trim();
        if name.eq_ignore_ascii_case("user-agent") {
            self.taken.remark(
                at.line,
                Weight::Differs,
                &format!("{}({name}): {value}", at.directive),
                DISGUISE,
            );
            return self
                .article
                .left_out
                .push((format!("User-Agent = {}", quoted(value)), format!("in [headers]: {DISGUISE}")));
        }
        let is_sent = reqwest::header::HeaderName::from_bytes(name.as_bytes()).is_ok()
            && reqwest::header::HeaderValue::from_str(value).is_ok();
        if !is_sent {
            return self.taken.remark(
                at.line,
                Weight::Unsupported,
                &format!("{}({name})", at.directive),
                "this cannot be a header",
            );
        }
        self.taken.took(at.directive);
        match self.article.headers.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
            Some((_, known)) => value.clone_into(known),
            None => self.article.headers.push((name.to_owned(), value.to_owned())),
        }
    }

    fn setting(&mut self, at: usize, name: &str, value: &str) {
        match setting(name, value) {
            Setting::AsHere => self.taken.took(name),
            Setting::Differs(says) => {
                self.taken.remark(Some(at), Weight::Differs, &format!("{name}: {value}"), says);
            }
            Setting::Unsupported(says) => {
                // A password or a session may stand there.
                let shown =
                    if name.starts_with("login_") { name.to_owned() } else { format!("{name}: {value}") };
                self.taken.remark(Some(at), Weight::Unsupported, &shown, says);
            }
        }
    }
}
