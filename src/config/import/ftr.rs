//! Rules of Full-Text RSS, as the collection ftr-site-config has them: a text file a host, a directive a line.

use super::draft::{Article, At, DISGUISE, line, quoted};
use super::{NewFile, Taken, Weight};
use crate::extract::WRAPPERS;
use crate::model::HostPattern;

/// Every directive that is known, for telling what a misspelt one was meant to be.
const DIRECTIVES: &[&str] = &[
    "title",
    "body",
    "author",
    "date",
    "strip",
    "strip_id_or_class",
    "strip_image_src",
    "strip_attr",
    "strip_comments",
    "tidy",
    "prune",
    "parser",
    "test_url",
    "test_contains",
    "replace_string",
    "find_string",
    "http_header",
    "next_page_link",
    "single_page_link",
    "single_page_link_in_feed",
    "if_page_contains",
    "wrap_in",
    "dissolve",
    "move_into",
    "native_ad_clue",
    "insert_detected_image",
    "convert_double_br_tags",
    "autodetect_on_failure",
    "autodetect_next_page",
    "skip_json_ld",
    "skip_id_or_class",
    "src_lazy_load_attr",
    "footnotes",
    "requires_login",
    "not_logged_in_xpath",
    "login_uri",
    "login_username_field",
    "login_password_field",
    "login_extra_fields",
];

/// What becomes of a directive whose value changes nothing in a selector.
enum Setting {
    /// It asks for what is done in any case.
    AsHere,
    /// It asks for something else.
    Differs(&'static str),
    Unsupported(&'static str),
}

/// Whether a text is such a rule.
pub(super) fn looks_like_one(text: &str) -> bool {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let (mut known, mut all) = (0, 0);
    for line in lines.take(50) {
        all += 1;
        known += usize::from(directive(line).is_some_and(|(name, _, _)| DIRECTIVES.contains(&name)));
    }
    known * 2 > all
}

/// Cuts `name(argument): value` apart; the argument may have colons in it.
fn directive(line: &str) -> Option<(&str, Option<&str>, &str)> {
    let end = line.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(line.len());
    let (name, rest) = line.split_at(end);
    if let Some(inner) = rest.strip_prefix('(')
        && let Some(close) = inner.find("):").or_else(|| inner.find(") :"))
    {
        let value = inner[close + 1..].trim_start().strip_prefix(':').unwrap_or_default();
        return (!name.is_empty()).then_some((name, Some(&inner[..close]), value.trim()));
    }
    let value = rest.trim_start().strip_prefix(':')?;
    (!name.is_empty()).then_some((name, None, value.trim()))
}

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
            return self.taken.remark(
                Some(at),
                Weight::Meant,
                raw,
                "this is no directive, taken as a comment",
            );
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
                self.article.replace.push((format!(" {value}="), " data-src=".to_owned()));
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
        match crate::model::Query::parse(&whole) {
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
                self.article.replace.push((found, value.to_owned()));
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

    fn finish(mut self, name: &str) -> Taken {
        let stem = name.rsplit('/').next().unwrap_or(name).trim_end_matches(".txt");
        let (wildcard, host) = stem.strip_prefix('.').map_or((false, stem), |rest| (true, rest));
        let pattern = if wildcard { format!("*.{host}") } else { host.to_owned() };
        let Ok(pattern) = HostPattern::parse(&pattern) else {
            self.taken.remark(
                None,
                Weight::Unsupported,
                name,
                "its name is no host, and it holds for no site",
            );
            return self.taken;
        };
        if !host.contains('.') {
            let says = "it holds for every site, and a rule here for a host";
            self.taken.remark(None, Weight::Unsupported, name, says);
            return self.taken;
        }
        if wildcard {
            let says = "it holds for the host itself too, unless that has a rule of its own";
            self.taken.remark(None, Weight::Differs, name, says);
        }
        self.article.tests.retain(|(url, _)| {
            let is_url = url::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
            if !is_url {
                self.taken.remark(None, Weight::Unsupported, &format!("test_url: {url}"), "this is no URL");
            }
            is_url
        });
        let mut text = format!("# Made from the rule {name} of ftr-site-config by `tearsheet import`.\n");
        if wildcard || pattern.to_string() != host {
            line(&mut text, &format!("host = {}", quoted(&pattern.to_string())));
        }
        self.article.write(&mut text);
        self.article.write_rest(&mut text);
        let file = if wildcard { format!("_.{host}.toml") } else { format!("{host}.toml") };
        self.taken.file = Some((NewFile::Rule(file), text));
        self.taken
    }
}

fn setting(name: &str, value: &str) -> Setting {
    let off = matches!(value.to_ascii_lowercase().as_str(), "no" | "false" | "0");
    match (name, off) {
        ("tidy" | "parser" | "convert_double_br_tags", _)
        | ("prune" | "insert_detected_image" | "autodetect_next_page" | "footnotes" | "skip_json_ld", true)
        | ("autodetect_on_failure", false)
        | ("requires_login", true) => Setting::AsHere,
        ("prune", false) => Setting::Differs("only what is no text of the article is taken out of the body"),
        ("insert_detected_image", false) => {
            Setting::Differs("the lead image stands beside the body, not in it")
        }
        ("footnotes", false) => Setting::Differs("footnotes stay where they stand"),
        ("skip_json_ld", false) => Setting::Differs("fields without a selector still read JSON-LD"),
        ("autodetect_on_failure", true) => {
            Setting::Differs("where no selector matches, the heuristics are heard, and the run says so")
        }
        ("strip_comments", _) => {
            Setting::Differs("readers' comments are left out wherever they are told from the text")
        }
        ("autodetect_next_page", false) => {
            Setting::Unsupported("a next page is not guessed: give its link a selector in next_page")
        }
        (
            "requires_login"
            | "login_uri"
            | "login_username_field"
            | "login_password_field"
            | "login_extra_fields",
            _,
        ) => Setting::Unsupported("tearsheet does not log in: put the cookie of your session into [headers]"),
        ("not_logged_in_xpath", _) => {
            Setting::Unsupported("tearsheet does not log in; a page that asks to is held back")
        }
        ("native_ad_clue", _) => Setting::Unsupported("advertisements are not told by a rule"),
        ("move_into", _) => Setting::Unsupported("nothing is moved: select both places in body"),
        _ => Setting::Unsupported("there is nothing of the kind here"),
    }
}
