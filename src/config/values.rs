//! One function per kind of value: what the file says in, what the stages take out.

use std::path::Path;
use std::time::Duration;

use chrono::TimeDelta;
use chrono_tz::Tz;
use regex::Regex;
use reqwest::header::{HeaderName, HeaderValue};
use toml::de::DeValue;
use url::Url;

use super::credentials::secret;
use super::quantity;
use super::reason::Reason;
use crate::discover::Kind;
use crate::extract::{TextSource, is_date_format};
use crate::fetch::Command;
use crate::html::Query;
use crate::model::{HostPattern, SourceId};
use crate::publish::{Carries, Format, Images, Level, LinkTo, RESERVED_NAMES};

/// The least length of a name that nobody guesses: 80 bits in letters and digits.
const SECRET: usize = 16;

/// A word of the configuration, and what it means.
type Words<T> = &'static [(&'static str, T)];

const KINDS: Words<Kind> = &[
    ("auto", Kind::Auto),
    ("listing", Kind::Listing),
    ("feed", Kind::Feed),
    ("sitemap", Kind::Sitemap),
    ("json", Kind::Json),
    ("urls", Kind::Urls),
];
const TEXT_SOURCES: Words<TextSource> =
    &[("auto", TextSource::Auto), ("page", TextSource::Page), ("feed", TextSource::Feed)];
const FEED_KINDS: Words<Carries> = &[("articles", Carries::Articles), ("corrections", Carries::Corrections)];
const IMAGES: Words<Images> =
    &[("original", Images::Original), ("local", Images::Local), ("none", Images::None)];
const LINKS: Words<LinkTo> = &[("original", LinkTo::Original), ("page", LinkTo::Page)];
const LEVELS: Words<Level> = &[("full", Level::Full), ("excerpt", Level::Excerpt), ("link", Level::Link)];
const FORMATS: Words<Format> = &[("rss", Format::Rss), ("atom", Format::Atom), ("json", Format::Json)];

pub(super) fn any_text<'v>(value: &'v DeValue<'_>) -> Result<&'v str, Reason> {
    value.as_str().ok_or_else(|| Reason::wrong_type("a string", value))
}

/// A text with something in it, trimmed.
pub(super) fn text(value: &DeValue<'_>) -> Result<String, Reason> {
    match any_text(value)?.trim() {
        "" => Err(Reason::Empty),
        text => Ok(text.to_owned()),
    }
}

/// A text with something in it, as it stands.
pub(super) fn some_text(value: &DeValue<'_>) -> Result<String, Reason> {
    match any_text(value)? {
        "" => Err(Reason::Empty),
        text => Ok(text.to_owned()),
    }
}

pub(super) fn flag(value: &DeValue<'_>) -> Result<bool, Reason> {
    value.as_bool().ok_or_else(|| Reason::wrong_type("true or false", value))
}

/// A whole number of at least one.
pub(super) fn count(value: &DeValue<'_>) -> Result<usize, Reason> {
    let number = value.as_integer().ok_or_else(|| Reason::wrong_type("a whole number", value))?;
    usize::from_str_radix(number.as_str(), number.radix())
        .ok()
        .filter(|count| *count >= 1)
        .ok_or(Reason::TooSmall { least: 1 })
}

pub(super) fn duration(value: &DeValue<'_>) -> Result<Duration, Reason> {
    let text = any_text(value)?;
    quantity::duration(text).ok_or_else(|| Reason::Duration { found: text.to_owned() })
}

/// How old something may become.
pub(super) fn age(value: &DeValue<'_>) -> Result<TimeDelta, Reason> {
    let text = any_text(value)?;
    quantity::age(text).ok_or_else(|| Reason::Duration { found: text.to_owned() })
}

/// A duration that is not zero.
pub(super) fn time_limit(value: &DeValue<'_>) -> Result<Duration, Reason> {
    let limit = duration(value)?;
    if limit.is_zero() { Err(Reason::Duration { found: any_text(value)?.to_owned() }) } else { Ok(limit) }
}

/// A size in bytes, of at least one.
pub(super) fn size(value: &DeValue<'_>) -> Result<usize, Reason> {
    if value.is_integer() {
        return count(value);
    }
    let text = value.as_str().ok_or_else(|| Reason::wrong_type("a size", value))?;
    quantity::size(text).filter(|size| *size >= 1).ok_or_else(|| Reason::Size { found: text.to_owned() })
}

/// A number of bytes each second, or 0.
pub(super) fn rate(value: &DeValue<'_>) -> Result<usize, Reason> {
    match value.as_integer() {
        Some(number) if number.as_str() == "0" => Ok(0),
        _ => size(value),
    }
}

/// A command that gives pages.
pub(super) fn page_command(value: &DeValue<'_>) -> Result<Command, Reason> {
    let list = value.as_array().ok_or_else(|| Reason::wrong_type("a list", value))?;
    let words: Vec<String> =
        list.iter().map(|word| any_text(word.get_ref()).map(str::to_owned)).collect::<Result<_, _>>()?;
    Command::parse(words).map_err(Reason::Command)
}

/// A URL that can be fetched.
pub(super) fn url(value: &DeValue<'_>) -> Result<Url, Reason> {
    let url = Url::parse(any_text(value)?.trim()).map_err(Reason::Url)?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err(Reason::UrlScheme);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Reason::UrlUser);
    }
    Ok(url)
}

/// A URL beneath which files are reachable; its `/` at the end is added if it is missing.
pub(super) fn base_url(value: &DeValue<'_>) -> Result<Url, Reason> {
    let mut url = url(value)?;
    if url.query().is_some() || url.fragment().is_some() {
        return Err(Reason::UrlQuery);
    }
    if !url.path().ends_with('/') {
        url.set_path(&format!("{}/", url.path()));
    }
    Ok(url)
}

/// A well-formed BCP 47 tag (RFC 5646, section 2.1), as far as tags of articles go: a language of two or three letters,
/// then subtags.
pub(super) fn language(value: &DeValue<'_>) -> Result<String, Reason> {
    let tag = any_text(value)?.trim();
    let mut subtags = tag.split('-');
    let primary = subtags.next().unwrap_or_default();
    let fits = (2..=3).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
        && subtags.all(|subtag| {
            (1..=8).contains(&subtag.len()) && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
    if fits { Ok(tag.to_owned()) } else { Err(Reason::Language { found: tag.to_owned() }) }
}

pub(super) fn time_zone(value: &DeValue<'_>) -> Result<Tz, Reason> {
    let name = any_text(value)?;
    name.parse().map_err(|_| Reason::TimeZone { found: name.to_owned() })
}

pub(super) fn pattern(value: &DeValue<'_>) -> Result<Regex, Reason> {
    Regex::new(&text(value)?).map_err(|error| Reason::Pattern(Box::new(error)))
}

/// A CSS selector or XPath expression.
pub(super) fn query(value: &DeValue<'_>) -> Result<Query, Reason> {
    Query::parse(&text(value)?).map_err(Reason::Query)
}

/// A host, or one with its subdomains.
pub(super) fn host(value: &DeValue<'_>) -> Result<HostPattern, Reason> {
    HostPattern::parse(any_text(value)?).map_err(Reason::Host)
}

/// How dates are written, as chrono's `strftime` has it.
pub(super) fn date_format(value: &DeValue<'_>) -> Result<String, Reason> {
    let format = text(value)?;
    if is_date_format(&format) { Ok(format) } else { Err(Reason::DateFormat { found: format }) }
}

pub(super) fn kind(value: &DeValue<'_>) -> Result<Kind, Reason> {
    word(value, KINDS)
}

pub(super) fn text_source(value: &DeValue<'_>) -> Result<TextSource, Reason> {
    word(value, TEXT_SOURCES)
}

pub(super) fn level(value: &DeValue<'_>) -> Result<Level, Reason> {
    word(value, LEVELS)
}

/// The name of a folder that nobody guesses.
pub(super) fn secret_name(value: &DeValue<'_>) -> Result<SourceId, Reason> {
    let name = feed_id(any_text(value)?)?;
    if name.as_str().len() < SECRET { Err(Reason::Guessable { least: SECRET }) } else { Ok(name) }
}

/// Stands for a name that is missing, of which the owner is told.
pub(super) fn nameless() -> SourceId {
    SourceId::parse("nameless").expect("it is a name")
}

pub(super) fn link_to(value: &DeValue<'_>) -> Result<LinkTo, Reason> {
    word(value, LINKS)
}

pub(super) fn images(value: &DeValue<'_>) -> Result<Images, Reason> {
    word(value, IMAGES)
}

pub(super) fn feed_kind(value: &DeValue<'_>) -> Result<Carries, Reason> {
    word(value, FEED_KINDS)
}

pub(super) fn format(value: &DeValue<'_>) -> Result<Format, Reason> {
    word(value, FORMATS)
}

fn word<T: Copy>(value: &DeValue<'_>, words: Words<T>) -> Result<T, Reason> {
    let found = any_text(value)?;
    words.iter().find(|(word, _)| *word == found).map(|(_, meaning)| *meaning).ok_or_else(|| {
        Reason::NotAChoice { found: found.to_owned(), choices: words.iter().map(|(word, _)| *word).collect() }
    })
}

/// The name of a source or a feed, which is that of its folder in the published site.
///
/// # Errors
/// [`Reason::Name`] or [`Reason::ReservedName`].
pub fn feed_id(name: &str) -> Result<SourceId, Reason> {
    if RESERVED_NAMES.contains(&name) {
        return Err(Reason::ReservedName { name: name.to_owned() });
    }
    SourceId::parse(name).map_err(Reason::Name)
}

pub(super) fn header(name: &str, value: &DeValue<'_>, folder: &Path) -> Result<(String, String), Reason> {
    HeaderName::from_bytes(name.as_bytes()).map_err(|_| Reason::HeaderName { name: name.to_owned() })?;
    let value = secret(value, folder)?;
    HeaderValue::from_str(&value).map_err(|_| Reason::HeaderValue { name: name.to_owned() })?;
    Ok((name.to_owned(), value))
}

/// A cookie whose name is a token and whose value has no separators (RFC 6265, section 4.1.1).
pub(super) fn cookie(name: &str, value: &DeValue<'_>, folder: &Path) -> Result<(String, String), Reason> {
    let value = secret(value, folder)?;
    let plain =
        value.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b';' | b',' | b'"' | b'\\'));
    if HeaderName::from_bytes(name.as_bytes()).is_err() || !plain {
        return Err(Reason::Cookie { name: name.to_owned() });
    }
    Ok((name.to_owned(), value))
}

/// A text that a request carries.
pub(super) fn user_agent(value: &DeValue<'_>) -> Result<String, Reason> {
    let text = text(value)?;
    HeaderValue::from_str(&text).map_err(|_| Reason::HeaderValue { name: "User-Agent".to_owned() })?;
    Ok(text)
}
