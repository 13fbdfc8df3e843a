//! How servers refuse to show what is asked of them, told by their answers.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// How a server refuses to show a page (RFC 9110, section 15.5; RFC 7725).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// It asks for a login (401).
    Login,
    /// It asks to be paid (402).
    Payment,
    /// It does not let us see the page (403).
    Forbidden,
    /// A proxy on the way asks for a login (407).
    Proxy,
    /// The law forbids it to show the page (451).
    Law,
    /// It wants to see a browser first.
    Challenge,
}

/// How often hosts refused a page, by host and kind. A host has its port where that is not the scheme's own.
pub type Refusals = BTreeMap<String, BTreeMap<Refusal, u32>>;

impl Refusal {
    /// How a page is refused by an answer with this status and these headers, if it is.
    pub(super) fn of<'a>(code: u16, header: impl Fn(&str) -> Option<&'a str>) -> Option<Refusal> {
        if is_challenge(code, header) {
            return Some(Refusal::Challenge);
        }
        Some(match code {
            401 => Refusal::Login,
            402 => Refusal::Payment,
            403 => Refusal::Forbidden,
            407 => Refusal::Proxy,
            451 => Refusal::Law,
            _ => return None,
        })
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Refusal::Login => "it asks for a login",
            Refusal::Payment => "it asks to be paid",
            Refusal::Forbidden => "it does not let us see the page",
            Refusal::Proxy => "a proxy asks for a login",
            Refusal::Law => "the law forbids it to show the page",
            Refusal::Challenge => "the server wants to see a browser first",
        })
    }
}

/// Whether an answer with this status and these headers is a test for browsers.
fn is_challenge<'a>(code: u16, header: impl Fn(&str) -> Option<&'a str>) -> bool {
    let says = |name: &str, what: &str| header(name).is_some_and(|value| value.eq_ignore_ascii_case(what));
    matches!(code, 401 | 403 | 405 | 429 | 503)
        && (says("cf-mitigated", "challenge")
            || says("x-amzn-waf-action", "challenge")
            || says("x-amzn-waf-action", "captcha")
            || header("x-datadome").is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_are_told_apart() {
        let of = |code| Refusal::of(code, |_| None);
        let kinds = [401, 402, 403, 407, 451].map(|code| of(code).unwrap());
        let texts: std::collections::BTreeSet<String> = kinds.iter().map(ToString::to_string).collect();
        assert_eq!(texts.len(), kinds.len());
        assert_eq!([200, 301, 404, 410, 429, 503].map(of), [None; 6]);
        let challenged = |code| Refusal::of(code, |name| (name == "cf-mitigated").then_some("challenge"));
        assert_eq!(
            [403, 503, 200].map(challenged),
            [Some(Refusal::Challenge), Some(Refusal::Challenge), None]
        );
    }
}
