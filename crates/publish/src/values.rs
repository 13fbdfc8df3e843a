//! The values that feeds and pages carry, each in the one form that every format can write. Nothing else in this stage
//! makes them, so that no value reaches a file unless it went through here.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Deref;

use serde::Serialize;
use tearsheet_html::cleaned_html;
use url::{Position, Url};

use super::characters::{excerpt, legal, line};
use crate::model::{CanonicalUrl, Image, License};

/// A text on one line, of legal characters, never empty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub(super) struct TextLine(String);

impl TextLine {
    /// `None` where no character of `text` can be published.
    pub(super) fn of(text: &str) -> Option<TextLine> {
        Some(TextLine(line(text))).filter(|text| !text.is_empty())
    }

    /// The first words of `text`.
    pub(super) fn excerpt_of(text: &str) -> Option<TextLine> {
        Some(TextLine(excerpt(text))).filter(|text| !text.is_empty())
    }
}

impl Deref for TextLine {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

/// An absolute `http` or `https` URL without user info, in the characters of RFC 3986, section 2, alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(super) struct WebUrl(String);

impl WebUrl {
    /// `None` for any other scheme: what a reader follows or loads is a page or a picture of the web.
    pub(super) fn of(url: &Url) -> Option<WebUrl> {
        let is_web = matches!(url.scheme(), "http" | "https") && url.has_host();
        is_web.then(|| WebUrl(encoded(url)))
    }

    pub(super) fn of_page(url: &CanonicalUrl) -> WebUrl {
        WebUrl(encoded(url.as_url()))
    }

    /// The same as a text, which has no character that a line may not have.
    pub(super) fn to_line(&self) -> TextLine {
        TextLine(self.0.clone())
    }
}

impl Deref for WebUrl {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

/// `url` without user info. The URL standard leaves some characters in place, such as `|`, at which feed validators
/// stop.
fn encoded(url: &Url) -> String {
    let mut out = String::with_capacity(url.as_str().len());
    out.push_str(&url[..Position::BeforeUsername]);
    out.push_str(&url[Position::BeforeHost..Position::BeforePath]);
    let rest = &url[Position::BeforePath..];
    for (at, c) in rest.char_indices() {
        let is_encoded = c == '%' && is_escape(&rest[at..]);
        if is_encoded || c.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=".contains(c) {
            out.push(c);
        } else {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// Whether `text` begins with a percent sign and two hexadecimal digits; any other percent sign is literal.
fn is_escape(text: &str) -> bool {
    text.as_bytes().get(1..3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

/// A fragment of a document that may stand in any feed and any page: whoever wrote the record, nothing runs in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CleanHtml(String);

impl CleanHtml {
    pub(super) fn of(html: &str) -> CleanHtml {
        let legal_html = legal(html);
        match cleaned_html(&legal_html) {
            Cow::Borrowed(_) => CleanHtml(legal_html.into_owned()),
            // A reference may have named a character that may not be written.
            Cow::Owned(clean) => CleanHtml(legal(&clean).into_owned()),
        }
    }

    /// The same with other values of the attributes that it may have, or with text that is escaped.
    pub(super) fn rewritten(self, rewrite: impl FnOnce(&str) -> String) -> CleanHtml {
        CleanHtml(rewrite(&self.0))
    }

    pub(super) fn into_string(self) -> String {
        self.0
    }
}

impl Deref for CleanHtml {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

/// A tag in the shape of BCP 47.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(super) struct LanguageTag(String);

impl LanguageTag {
    /// `None` for anything else that a page may say.
    pub(super) fn of(text: &str) -> Option<LanguageTag> {
        let part = |part: &str| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        let fits = text.split('-').all(part) && text.starts_with(|c: char| c.is_ascii_alphabetic());
        fits.then(|| LanguageTag(text.to_owned()))
    }

    /// The language alone, without script and region.
    pub(super) fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }
}

impl Deref for LanguageTag {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

/// A picture that a reader loads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Picture {
    pub(super) url: WebUrl,
    /// Empty where the page gives none.
    pub(super) alt: String,
    /// In CSS pixels, never 0.
    pub(super) width: Option<u32>,
    pub(super) height: Option<u32>,
}

impl Picture {
    pub(super) fn of(image: &Image) -> Option<Picture> {
        let size = |pixels: Option<u32>| pixels.filter(|&pixels| pixels > 0);
        Some(Picture {
            url: WebUrl::of(&image.url)?,
            alt: image.alt.as_deref().map(line).unwrap_or_default(),
            width: size(image.width),
            height: size(image.height),
        })
    }
}

/// The terms under which an article may be passed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LicenseTerms {
    pub(super) url: WebUrl,
    /// The usual short name; `None` but for licences of Creative Commons.
    pub(super) name: Option<String>,
}

impl LicenseTerms {
    pub(super) fn of(license: &License) -> Option<LicenseTerms> {
        Some(LicenseTerms { url: WebUrl::of(license.url())?, name: license.name() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn web(url: &str) -> Option<String> {
        WebUrl::of(&Url::parse(url).unwrap()).map(|url| url.to_string())
    }

    #[test]
    fn a_url_has_no_character_that_needs_encoding() {
        assert_eq!(
            web("https://bücher.example/a b/ü|[x]?q={1}^`|é'#ﬁn").unwrap(),
            "https://xn--bcher-kva.example/a%20b/%C3%BC%7C%5Bx%5D?q=%7B1%7D%5E%60%7C%C3%A9%27#%EF%AC%81n"
        );
        assert_eq!(
            web("https://a.example/100%/50%25?sale=20%&for=%zz%").unwrap(),
            "https://a.example/100%25/50%25?sale=20%25&for=%25zz%25"
        );
    }

    #[test]
    fn only_pages_and_pictures_of_the_web_are_named_and_no_password_with_them() {
        assert_eq!(web("http://ann:secret@a.example:8080/x").unwrap(), "http://a.example:8080/x");
        for url in
            ["javascript:alert(1)", "data:image/png;base64,AA", "file:///etc/passwd", "ftp://a.example/"]
        {
            assert_eq!(web(url), None, "{url}");
        }
    }

    #[test]
    fn a_language_is_a_tag_or_nothing() {
        assert_eq!(&*LanguageTag::of("zh-Hant-TW").unwrap(), "zh-Hant-TW");
        for text in ["", "en_US", "english language", "-", "en-", "12"] {
            assert_eq!(LanguageTag::of(text), None, "{text}");
        }
    }
}
