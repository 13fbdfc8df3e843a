//! The catalogue of what can be wrong with a configuration, and what would help.

use std::collections::hash_map::RandomState;
use std::fmt::Display;
use std::hash::{BuildHasher as _, Hasher as _};
use std::io;

use toml::de::DeValue;

use crate::fetch::{InvalidAuthorities, InvalidCommand, InvalidCookieLine, InvalidProxy};
use crate::html::QueryError;
use crate::model::{InvalidHost, InvalidSourceId, SourceId};
use crate::publish::{Theme, ThemeFault, ThemeFaultKind};

/// What is wrong.
#[derive(Debug, thiserror::Error)]
pub enum Reason {
    /// The file or folder cannot be read.
    #[error("cannot be read: {0}")]
    Unreadable(#[source] io::Error),
    /// The file is not TOML.
    #[error("not valid TOML: {}", .0.message())]
    Syntax(Box<toml::de::Error>),
    /// A key that is not known here.
    #[error("unknown key `{key}`{}", in_table(.table))]
    UnknownKey {
        /// The key.
        key: String,
        /// The table that holds it; empty for the top of the file.
        table: &'static str,
        /// The keys that may stand here.
        known: Vec<&'static str>,
    },
    /// A key that must be there is missing.
    #[error("`{key}` is missing")]
    Missing {
        /// The key.
        key: &'static str,
    },
    /// The value is of a kind that the key doesn't take.
    #[error("expected {expected}, got {found}")]
    WrongType {
        /// The kind that the key takes, with its article.
        expected: &'static str,
        /// TOML's word for the kind that it is.
        found: &'static str,
    },
    /// A list of tables is something else.
    #[error("`{key}` should be a list of tables")]
    NotTables {
        /// The key.
        key: &'static str,
    },
    /// The text is empty, or only white space.
    #[error("must not be empty")]
    Empty,
    /// The number is below what makes sense.
    #[error("must be a whole number of at least {least}")]
    TooSmall {
        /// The smallest number allowed.
        least: usize,
    },
    /// The text is none of the words that the key takes.
    #[error("`{found}` is not one of {}", listed(.choices))]
    NotAChoice {
        /// The text.
        found: String,
        /// The words allowed.
        choices: Vec<&'static str>,
    },
    /// The text is no duration.
    #[error("`{found}` is not a duration")]
    Duration {
        /// The text.
        found: String,
    },
    /// The text is no size.
    #[error("`{found}` is not a size")]
    Size {
        /// The text.
        found: String,
    },
    /// The text is no URL.
    #[error("{}", not_a_url(.0))]
    Url(#[source] url::ParseError),
    /// The URL is not one that tearsheet can fetch.
    #[error("this is not an http or https URL")]
    UrlScheme,
    /// The URL has a user name or password in it.
    #[error("a URL must not hold a user name or password")]
    UrlUser,
    /// The site's own URL has a query or fragment, beneath which nothing can be published.
    #[error("the site's URL must not have a query or fragment")]
    UrlQuery,
    /// The text is no BCP 47 tag.
    #[error("`{found}` is not a language tag")]
    Language {
        /// The text.
        found: String,
    },
    /// The text is no IANA time zone.
    #[error("`{found}` is not a time zone")]
    TimeZone {
        /// The text.
        found: String,
    },
    /// The text is no regular expression.
    #[error("this is not a regular expression: {}", regex_fault(.0))]
    Pattern(Box<regex::Error>),
    /// The text is neither a CSS selector nor an XPath expression.
    #[error(transparent)]
    Query(QueryError),
    /// The text is no host.
    #[error(transparent)]
    Host(InvalidHost),
    /// The text does not say how a date is written.
    #[error("`{found}` does not say how a date is written")]
    DateFormat {
        /// The text.
        found: String,
    },
    /// Another rule speaks of the same host.
    #[error("{other} speaks of the same host")]
    DuplicateHost {
        /// The other file.
        other: String,
    },
    /// The name of a request header has characters that are not allowed.
    #[error("`{name}` cannot be a header's name")]
    HeaderName {
        /// The name.
        name: String,
    },
    /// The value of a request header has characters that are not allowed. It may be secret and is not shown.
    #[error("the header `{name}` has a value that cannot be sent")]
    HeaderValue {
        /// The header's name.
        name: String,
    },
    /// A cookie's name or value has characters that are not allowed. Its value may be secret and is not shown.
    #[error("the cookie `{name}` cannot be sent")]
    Cookie {
        /// The cookie's name.
        name: String,
    },
    /// An environment variable that is named is not set, or is not UTF-8.
    #[error("the environment variable `{name}` is not set")]
    Variable {
        /// Its name.
        name: String,
    },
    /// A file with a secret cannot be read.
    #[error("{file} cannot be read: {source}")]
    SecretFile {
        /// The file.
        file: String,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Others than its owner can read a file with a secret.
    #[error("{file} can be read by others")]
    OpenSecret {
        /// The file.
        file: String,
    },
    /// A cookie file has a line that is none.
    #[error("{file}: {source}")]
    CookieFile {
        /// The file.
        file: String,
        /// Which line.
        #[source]
        source: InvalidCookieLine,
    },
    /// A file of certificates cannot be read.
    #[error("{file} cannot be read: {source}")]
    CertificateFile {
        /// The file.
        file: String,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A file of certificates has none, or one that is broken.
    #[error("{file}: {source}")]
    Certificates {
        /// The file.
        file: String,
        /// What is wrong.
        #[source]
        source: InvalidAuthorities,
    },
    /// A proxy that is none.
    #[error(transparent)]
    Proxy(InvalidProxy),
    /// A command that gives no pages.
    #[error(transparent)]
    Command(InvalidCommand),
    /// A source file's or a feed's name is not allowed.
    #[error(transparent)]
    Name(InvalidSourceId),
    /// The name is taken by the folders of the published site.
    #[error("`{name}` is the name of a folder of the published site")]
    ReservedName {
        /// The name.
        name: String,
    },
    /// The name of a feed that is not listed is too short to be a secret.
    #[error("a name that nobody guesses has at least {least} characters")]
    Guessable {
        /// The least that is allowed.
        least: usize,
    },
    /// Two merged feeds have the same name.
    #[error("there is another feed `{id}` above")]
    DuplicateFeed {
        /// The name.
        id: SourceId,
    },
    /// A merged feed is called like a source.
    #[error("`{id}` is a source, which has a feed of that name already")]
    FeedNamedAsSource {
        /// The name.
        id: SourceId,
    },
    /// A merged feed names a source that does not exist.
    #[error("no source called `{found}`")]
    UnknownSource {
        /// The name.
        found: String,
        /// The sources that there are.
        known: Vec<SourceId>,
    },
    /// A file that is included lies elsewhere.
    #[error("a file that is included must lie in config/")]
    IncludeOutside,
    /// A file includes itself, directly or through others.
    #[error("this file leads back to itself")]
    IncludeCircle,
    /// More files are included than anybody needs.
    #[error("at most {most} files can be included, {deepest} deep")]
    TooManyIncludes {
        /// How many may be.
        most: usize,
        /// How often one file may lead to the next.
        deepest: usize,
    },
    /// The folder that is published would hold, or lie in, one that must be kept apart from it.
    #[error("the output folder and `{other}` must not lie within one another")]
    Overlap {
        /// The other folder, beneath the root.
        other: String,
    },
    /// A file of the theme cannot be used.
    #[error("{}", theme_fault(.0))]
    Theme(ThemeFault),
}

/// A name that nobody guesses: the keys of two hash maps, which the system draws by chance.
fn random_name() -> String {
    let drawn = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", drawn(), drawn())
}

impl Reason {
    pub(super) fn wrong_type(expected: &'static str, found: &DeValue<'_>) -> Reason {
        let found = match found {
            DeValue::String(_) => "a string",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a decimal number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        Reason::WrongType { expected, found }
    }

    /// What would help, if there is more to say than what is wrong.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Reason::Theme(ThemeFault { kind: ThemeFaultKind::Unknown, .. }) => {
                Some(format!("a theme's files are called {}", Theme::names().join(", ")))
            }
            Reason::UnknownKey { key, known, .. } => Some(match nearest(key, known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the keys here are {}", listed(known)),
            }),
            Reason::NotAChoice { found, choices } => {
                nearest(found, choices).map(|near| format!("did you mean \"{near}\"?"))
            }
            Reason::UnknownSource { found, known } => Some(match nearest(found, known) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("a source is named by its file: config/sources/{found}.toml"),
            }),
            Reason::TimeZone { found } => Some(time_zone_hint(found)),
            Reason::Guessable { .. } => Some(format!("for example unlisted = \"{}\"", random_name())),
            _ => self.fixed_hint().map(str::to_owned),
        }
    }

    fn fixed_hint(&self) -> Option<&'static str> {
        Some(match self {
            Reason::Missing { key: "url" } => {
                "name the page, feed or sitemap at which the articles are found"
            }
            Reason::Missing { key: "id" } => "a feed's id is its folder's name, such as \"all\"",
            Reason::NotTables { .. } => "write it as [[feed]], once for each",
            Reason::Duration { .. } => "write a number and its unit: \"500ms\", \"1s\", \"2m\" or \"1h\"",
            Reason::Size { .. } => "write a number of bytes, or one with its unit: \"500 KiB\" or \"10 MB\"",
            Reason::Url(_) | Reason::UrlScheme => "write it in full: \"https://courier.example/world/\"",
            Reason::Missing { key: "host" } => {
                "name the file after its host, or write host = \"example.com\" or \"*.example.com\""
            }
            Reason::Missing { key: "find" } => {
                "say what is looked for: find = \"a text\", or pattern = 'an expression'"
            }
            Reason::Query(QueryError::XPath(_)) => {
                "an expression is XPath 1.0; write \"css:…\" before a selector that only looks like one"
            }
            Reason::Host(_) => "`*.` before a host speaks of its subdomains too",
            Reason::DateFormat { .. } => {
                "write %d for the day, %m or %B for the month, %Y for the year, %H:%M for the time"
            }
            Reason::DuplicateHost { .. } => "put both in one file",
            Reason::UrlUser => "send them as a header: Authorization = \"env:NAME\" under [fetch.headers]",
            Reason::Language { .. } => "write a BCP 47 tag: \"en\", \"de\" or \"pt-BR\"",
            Reason::Pattern(_) => "in TOML, '…' keeps backslashes as they are: '/\\d{4}/'",
            Reason::HeaderValue { .. } | Reason::Cookie { .. } => {
                "control characters cannot be sent, and a cookie has no `;` or `,` either"
            }
            Reason::Variable { .. } => {
                "a value `env:NAME` is read from the environment when tearsheet starts"
            }
            Reason::Certificates { .. } => {
                "write the certificates as PEM, from -----BEGIN CERTIFICATE----- on"
            }
            Reason::Proxy(_) => "write it as http://host:port, https://host:port or socks5://host:port",
            Reason::Command(_) => "write a list: [\"chromium\", \"--headless\", \"--dump-dom\", \"{url}\"]",
            Reason::OpenSecret { .. } => "chmod 600 takes that away",
            Reason::CookieFile { .. } => {
                "export it in the Netscape format, which browser extensions and curl write"
            }
            Reason::ReservedName { .. } | Reason::DuplicateFeed { .. } | Reason::FeedNamedAsSource { .. } => {
                "give it another name"
            }
            Reason::IncludeOutside => "write its path relative to the file that includes it: \"feeds.toml\"",
            Reason::Overlap { .. } => "give what is published a folder of its own, such as \"public\"",
            _ => return None,
        })
    }
}

fn theme_fault(fault: &ThemeFault) -> String {
    let at = fault.line.map(|line| format!("line {line}: ")).unwrap_or_default();
    match &fault.kind {
        ThemeFaultKind::Unknown => "no template or asset has this name".to_owned(),
        ThemeFaultKind::NotText => "a template must be UTF-8".to_owned(),
        ThemeFaultKind::NoTemplate(why) => format!("{at}{why}"),
    }
}

fn time_zone_hint(found: &str) -> String {
    let known: Vec<&str> = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).collect();
    nearest(found, &known).map_or_else(
        || "write an IANA name: \"Europe/Berlin\" or \"America/New_York\"".to_owned(),
        |near| format!("did you mean \"{near}\"?"),
    )
}

/// The one of `known` that `word` was probably meant to be.
#[must_use]
pub fn nearest<T: Display>(word: &str, known: &[T]) -> Option<String> {
    let word = word.to_lowercase();
    known
        .iter()
        .map(|near| {
            let near = near.to_string();
            (strsim::damerau_levenshtein(&word, &near.to_lowercase()), near)
        })
        .filter(|(distance, near)| *distance <= word.chars().count().max(near.chars().count()) / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, near)| near)
}

fn listed(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

fn in_table(table: &str) -> String {
    if table.is_empty() { String::new() } else { format!(" in [{table}]") }
}

/// What is wrong with a regular expression, without the drawing of it.
fn regex_fault(error: &regex::Error) -> String {
    let text = error.to_string();
    let last = text.lines().last().unwrap_or_default();
    last.strip_prefix("error: ").unwrap_or(last).to_owned()
}

fn not_a_url(error: &url::ParseError) -> String {
    match error {
        url::ParseError::RelativeUrlWithoutBase => "a URL begins with https:// or http://".to_owned(),
        error => format!("this is not a URL: {error}"),
    }
}
