//! Under which licence an article may be passed on.

use serde::{Deserialize, Serialize};
use url::Url;

use super::bare_host;

/// A licence, by the URL of its terms. Those of Creative Commons have one URL each, however a page writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct License(Url);

/// The terms of Creative Commons in the order in which a licence names them, with the words for them in a text.
const TERMS: [(&str, &[&str]); 4] = [
    ("by", &["by", "attribution"]),
    ("nc", &["nc", "noncommercial"]),
    ("nd", &["nd", "noderivatives", "noderivs"]),
    ("sa", &["sa", "sharealike"]),
];
/// Words behind its name in which a licence says all of itself.
const MOST_WORDS: usize = 10;

impl License {
    /// The licence whose terms stand at `url`.
    #[must_use]
    pub fn at(url: Url) -> License {
        License(of_creative_commons(&url).unwrap_or(url))
    }

    /// The licence of Creative Commons that a text names, by its URL or by name and version.
    #[must_use]
    pub fn named(text: &str) -> Option<License> {
        let in_url = || {
            let start = text.find("creativecommons.org/")?;
            let end = text[start..].find(|c: char| c.is_whitespace() || "\"'<>)],;".contains(c));
            let url = &text[start..end.map_or(text.len(), |end| start + end)];
            of_creative_commons(&Url::parse(&format!("https://{}", url.trim_end_matches('.'))).ok()?)
        };
        in_url().or_else(|| in_words(text)).map(License)
    }

    /// The URL of its terms.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.0
    }

    /// Its usual short name, `CC BY-SA 4.0`, if it is one of Creative Commons.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        if self.0.host_str() != Some("creativecommons.org") {
            return None;
        }
        let parts: Vec<&str> = self.0.path_segments()?.filter(|part| !part.is_empty()).collect();
        match parts[..] {
            ["publicdomain", "zero", version] => Some(format!("CC0 {version}")),
            ["publicdomain", "mark", version] => Some(format!("Public Domain Mark {version}")),
            ["licenses", terms, version] => Some(format!("CC {} {version}", terms.to_uppercase())),
            ["licenses", terms, version, place] => {
                Some(format!("CC {} {version} {}", terms.to_uppercase(), place.to_uppercase()))
            }
            _ => None,
        }
    }
}

/// The one URL of a licence of Creative Commons: without the language of its summary, `www` and the like.
fn of_creative_commons(url: &Url) -> Option<Url> {
    if bare_host(url) != "creativecommons.org" {
        return None;
    }
    let path = url.path().to_ascii_lowercase();
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let (kind, terms, version) = (parts.first()?, parts.get(1)?, parts.get(2)?);
    let known = match *kind {
        "licenses" => terms.split('-').all(|term| TERMS.iter().any(|(known, _)| *known == term)),
        "publicdomain" => matches!(*terms, "zero" | "mark"),
        _ => false,
    };
    if !known || !is_version(version) {
        return None;
    }
    let is_place = |part: &&&str| {
        *kind == "licenses"
            && (part.len() <= 3 || **part == "scotland")
            && part.bytes().all(|b| b.is_ascii_lowercase())
    };
    let place = parts.get(3).filter(is_place).map(|place| format!("{place}/")).unwrap_or_default();
    Url::parse(&format!("https://creativecommons.org/{kind}/{terms}/{version}/{place}")).ok()
}

fn is_version(text: &str) -> bool {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('.').is_some_and(|(major, minor)| number(major) && number(minor))
}

/// `CC BY-NC 4.0`, `Creative Commons Attribution-ShareAlike 3.0 Unported`. Without a version it says too little.
fn in_words(text: &str) -> Option<Url> {
    let text = &text[..text.floor_char_boundary(1000)];
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric() && c != '.')
        .map(|word| word.trim_matches('.'))
        .filter(|word| !word.is_empty())
        .collect();
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    if lower.iter().any(|word| word == "cc0") {
        return Url::parse("https://creativecommons.org/publicdomain/zero/1.0/").ok();
    }
    let start = (0..lower.len()).find(|&at| {
        lower[at] == "cc"
            || lower[at] == "creative" && lower.get(at + 1).is_some_and(|next| next == "commons")
    })?;
    let mut found = [false; TERMS.len()];
    for at in start + 1..lower.len().min(start + 1 + MOST_WORDS) {
        if is_version(&lower[at]) {
            let terms: Vec<&str> =
                TERMS.iter().zip(found).filter(|(_, said)| *said).map(|((term, _), _)| *term).collect();
            let place = words
                .get(at + 1)
                .filter(|word| word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_uppercase()));
            let place = place.map(|place| format!("{}/", place.to_lowercase())).unwrap_or_default();
            let path = format!("licenses/{}/{}/{place}", terms.join("-"), lower[at]);
            return Url::parse(&format!("https://creativecommons.org/{path}")).ok().filter(|_| found[0]);
        }
        // "Non Commercial" and "No Derivatives" are written in two words too.
        let two = format!("{}{}", lower[at], lower.get(at + 1).map_or("", String::as_str));
        for (said, (_, words)) in found.iter_mut().zip(&TERMS) {
            *said |= words.contains(&lower[at].as_str()) || words.contains(&two.as_str());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Option<String> {
        License::named(text).map(|license| license.url().to_string())
    }

    #[test]
    fn a_licence_of_creative_commons_has_one_url() {
        for url in [
            "http://creativecommons.org/licenses/by-sa/4.0/",
            "https://www.creativecommons.org/licenses/by-sa/4.0/deed.de?ref=chooser-v1",
            "https://creativecommons.org/licenses/BY-SA/4.0/legalcode#s1",
        ] {
            let license = License::at(Url::parse(url).unwrap());
            assert_eq!(license.url().as_str(), "https://creativecommons.org/licenses/by-sa/4.0/", "{url}");
            assert_eq!(license.name().as_deref(), Some("CC BY-SA 4.0"));
        }
        let german = License::at(Url::parse("http://creativecommons.org/licenses/by/3.0/de/").unwrap());
        assert_eq!(german.url().as_str(), "https://creativecommons.org/licenses/by/3.0/de/");
        assert_eq!(german.name().as_deref(), Some("CC BY 3.0 DE"));
    }

    #[test]
    fn other_terms_stand_where_they_stand() {
        let terms = License::at(Url::parse("https://a.example/terms?of=use").unwrap());
        assert_eq!((terms.url().as_str(), terms.name()), ("https://a.example/terms?of=use", None));
    }

    #[test]
    fn a_text_names_a_licence_by_name_and_version() {
        let by_nc = "https://creativecommons.org/licenses/by-nc/4.0/";
        assert_eq!(named("CC BY-NC 4.0").as_deref(), Some(by_nc));
        assert_eq!(
            named("© 2026 Ann. Creative Commons Attribution-NonCommercial 4.0 International.").as_deref(),
            Some(by_nc)
        );
        assert_eq!(
            named("see http://creativecommons.org/licenses/by-nc/4.0/deed.en.").as_deref(),
            Some(by_nc)
        );
        assert_eq!(
            named("CC BY-SA 3.0 DE").as_deref(),
            Some("https://creativecommons.org/licenses/by-sa/3.0/de/")
        );
        assert_eq!(named("CC0").as_deref(), Some("https://creativecommons.org/publicdomain/zero/1.0/"));
    }

    #[test]
    fn what_is_reserved_or_says_too_little_is_no_licence() {
        for text in
            ["© 2026 The Gull. All rights reserved.", "CC BY-SA", "Creative Commons", "cc: Ann, 4.0", ""]
        {
            assert_eq!(named(text), None, "{text}");
        }
    }
}
