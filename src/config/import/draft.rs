//! The text of a file that is being made of what another program knows.

use std::fmt::Write;

use toml::Value;

use super::{Taken, Weight};
use crate::html::Query;

/// What stands in a rule's file, or in `[article]` of a source's.
#[derive(Debug, Default)]
pub(super) struct Article {
    /// Selectors by their key, each list in its order.
    lists: Vec<(&'static str, Vec<String>)>,
    pub(super) wrap: Vec<(String, Vec<String>)>,
    pub(super) replace: Vec<Replace>,
    pub(super) headers: Vec<(String, String)>,
    /// Lines that are written as comments: a line, and why it is none.
    pub(super) left_out: Vec<(String, String)>,
    pub(super) tests: Vec<(String, Vec<String>)>,
}

/// What is looked for in a page's source, and what takes its place.
#[derive(Debug)]
pub(super) struct Replace {
    /// `find` for a text, `pattern` for a regular expression.
    key: &'static str,
    sought: String,
    with: String,
}

impl Replace {
    pub(super) fn text(sought: String, with: String) -> Replace {
        Replace { key: "find", sought, with }
    }

    pub(super) fn pattern(sought: String, with: String) -> Replace {
        Replace { key: "pattern", sought, with }
    }
}

/// The order in which keys are written.
const ORDER: &[&str] = &[
    "body",
    "title",
    "author",
    "date",
    "date_format",
    "language",
    "tags",
    "image",
    "remove",
    "keep",
    "unwrap",
    "next_page",
    "single_page",
];

impl Article {
    /// Adds a selector to `key`, if it is one; else it is said, and stands as a comment.
    pub(super) fn add(&mut self, taken: &mut Taken, at: At<'_>, key: &'static str, selector: &str) -> bool {
        taken.selectors.0 += 1;
        match Query::parse(selector) {
            Ok(_) => {
                taken.took(at.directive);
                self.push(key, selector.to_owned());
                true
            }
            Err(error) => {
                taken.selectors.1 += 1;
                taken.remark(at.line, Weight::Unsupported, &format!("{}: {selector}", at.directive), &error);
                self.left_out.push((format!("{key} = {}", quoted(selector)), error.to_string()));
                false
            }
        }
    }

    pub(super) fn push(&mut self, key: &'static str, text: String) {
        match self.lists.iter_mut().find(|(known, _)| *known == key) {
            Some((_, list)) if list.contains(&text) => {}
            Some((_, list)) => list.push(text),
            None => self.lists.push((key, vec![text])),
        }
    }

    /// The newest selector of `key`.
    pub(super) fn last_mut(&mut self, key: &str) -> Option<&mut String> {
        self.lists.iter_mut().find(|(known, _)| *known == key)?.1.last_mut()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lists.is_empty() && self.replace.is_empty() && self.wrap.is_empty() && self.left_out.is_empty()
    }

    /// Writes the keys that a rule and `[article]` have in common.
    pub(super) fn write(&self, text: &mut String) {
        for key in ORDER {
            if let Some((_, list)) = self.lists.iter().find(|(known, _)| known == key) {
                write_list(text, key, list);
            }
        }
        if !self.wrap.is_empty() {
            let each = self.wrap.iter().map(|(name, list)| format!("{name} = {}", inline(list)));
            line(text, &format!("wrap = {{ {} }}", each.collect::<Vec<_>>().join(", ")));
        }
        if !self.replace.is_empty() {
            line(text, "replace = [");
            for Replace { key, sought, with } in &self.replace {
                line(text, &format!("    {{ {key} = {}, with = {} }},", quoted(sought), quoted(with)));
            }
            line(text, "]");
        }
        for (left_out, why) in &self.left_out {
            line(text, &format!("# {} — {}", one_line(left_out), one_line(why)));
        }
    }

    /// Writes what only a rule's file has.
    pub(super) fn write_rest(&self, text: &mut String) {
        write_pairs(text, "headers", &self.headers);
        for (url, contains) in &self.tests {
            line(text, &format!("\n[[test]]\nurl = {}", quoted(url)));
            if !contains.is_empty() {
                write_list(text, "contains", contains);
            }
        }
    }
}

/// A directive, and where it stands.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) line: Option<usize>,
    pub(super) directive: &'a str,
}

/// A source's file.
#[derive(Debug, Default)]
pub(super) struct Source {
    /// Remarks at its head.
    pub(super) notes: Vec<String>,
    /// Keys of its top, with their values as TOML.
    pub(super) top: Vec<(&'static str, String)>,
    pub(super) select: Vec<(&'static str, String)>,
    pub(super) article: Article,
    pub(super) user_agent: Option<String>,
    pub(super) cookies: Vec<(String, String)>,
}

impl Source {
    /// Adds a selector to `[select]`, if it is one; else it is said.
    pub(super) fn select(&mut self, taken: &mut Taken, directive: &str, key: &'static str, selector: &str) {
        taken.selectors.0 += 1;
        match Query::parse(selector) {
            Ok(_) => {
                taken.took(directive);
                self.select.push((key, selector.to_owned()));
            }
            Err(error) => {
                taken.selectors.1 += 1;
                taken.remark(None, Weight::Unsupported, &format!("{directive}: {selector}"), error);
            }
        }
    }

    pub(super) fn set(&mut self, key: &'static str, text: &str) {
        self.top.push((key, quoted(text)));
    }

    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for note in &self.notes {
            line(&mut text, &format!("# {}", one_line(note)));
        }
        text.push('\n');
        for (key, value) in &self.top {
            line(&mut text, &format!("{key} = {value}"));
        }
        if !self.select.is_empty() {
            line(&mut text, "\n[select]");
            for (key, selector) in &self.select {
                line(&mut text, &format!("{key} = {}", quoted(selector)));
            }
        }
        if !self.article.is_empty() {
            line(&mut text, "\n[article]");
            self.article.write(&mut text);
        }
        if let Some(agent) = &self.user_agent {
            line(&mut text, &format!("\n[fetch]\n# user_agent = {} — {}", quoted(agent), DISGUISE));
        }
        write_pairs(&mut text, "fetch.headers", &self.article.headers);
        write_pairs(&mut text, "fetch.cookies", &self.cookies);
        text
    }
}

/// Why a user agent is not sent as it stands.
pub(super) const DISGUISE: &str =
    "tearsheet says who it is; send this only if the site knows you by it, and then take the # away";

/// What stands for a secret.
pub(super) const HIDDEN: &str = "\"env:NAME\"";
/// What is said of secrets.
pub(super) const SECRET_LEFT_OUT: &str = "the value may be a secret and is not in the file: put it into an environment variable, write its name there \
     for NAME, and take the # away";
/// What is said of a user and a password in a URL.
pub(super) const USER_LEFT_OUT: &str = "they are not in the file: put `Basic` and the two in base 64 into an environment variable, and set \
     `Authorization = \"env:NAME\"` under [fetch.headers]";
/// Parts of the names of headers whose values are secrets.
const SECRET_NAMES: &[&str] = &["auth", "token", "key", "secret", "password", "session", "credential"];
/// So many characters of a cookie are no choice of a language, but somebody's session.
const SESSION: usize = 16;

fn write_pairs(text: &mut String, table: &str, pairs: &[(String, String)]) {
    if !pairs.is_empty() {
        line(text, &format!("\n[{table}]"));
    }
    for (name, value) in pairs {
        if is_secret(name, value) {
            line(text, &format!("# {} = {HIDDEN}", quoted(&one_line(name))));
        } else {
            line(text, &format!("{} = {}", quoted(name), quoted(value)));
        }
    }
}

fn is_secret(name: &str, value: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let is_long =
        |cookie: &str| cookie.split_once('=').is_some_and(|(_, value)| value.trim().len() >= SESSION);
    SECRET_NAMES.iter().any(|part| name.contains(part)) || name == "cookie" && value.split(';').any(is_long)
}

fn write_list(text: &mut String, key: &str, list: &[String]) {
    if let [one] = list {
        return line(text, &format!("{key} = {}", quoted(one)));
    }
    line(text, &format!("{key} = ["));
    for each in list {
        line(text, &format!("    {},", quoted(each)));
    }
    line(text, "]");
}

pub(super) fn inline(list: &[String]) -> String {
    format!("[{}]", list.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "))
}

pub(super) fn line(text: &mut String, line: &str) {
    writeln!(text, "{line}").expect("a String takes any text");
}

pub(super) fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
