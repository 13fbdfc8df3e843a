//! The key that all URLs of a page share. What is folded here is never asked for: the URL without it may not answer.

use url::{Host, Url};

use super::parameters::is_view;

/// Names of hosts' own other selves.
const OTHER_HOSTS: &[&str] = &["www", "m", "mobile", "amp"];
/// What a server shows for a folder.
const INDEX_STEMS: &[&str] = &["index", "default"];
/// Endings of such files.
const INDEX_ENDINGS: &[&str] = &["html", "htm", "shtml", "php", "asp", "aspx", "jsp"];
/// Parts of a path that ask for another view of a page.
const VIEWS: &[&str] = &["amp", "print"];
/// Words that a slug has at least: none of two pages has the other's slug by chance.
const SLUG_WORDS: usize = 3;

/// The key of `url`, whose percent-encoding is in its normal form and which has no idle parameters.
pub(super) fn of(url: &Url) -> String {
    let mut key = host(url);
    // The default ports of both schemes, since schemes do not count.
    if let Some(port) = url.port().filter(|port| !matches!(port, 80 | 443)) {
        key.push(':');
        key.push_str(&port.to_string());
    }
    for part in parts(url.path()) {
        key.push('/');
        key.push_str(&part);
    }
    if let Some(query) = url.query().map(query).filter(|query| !query.is_empty()) {
        key.push('?');
        key.push_str(&query);
    }
    if let Some(fragment) = url.fragment() {
        key.push('#');
        key.push_str(fragment);
    }
    key
}

fn host(url: &Url) -> String {
    let Some(Host::Domain(domain)) = url.host() else { return url.host_str().unwrap_or_default().to_owned() };
    let mut labels: Vec<&str> = domain.trim_end_matches('.').split('.').collect();
    while labels.len() > 2 && OTHER_HOSTS.contains(&labels[0]) {
        labels.remove(0);
    }
    // As in `en.m.a.example`.
    while labels.len() > 3 && labels[1] == "m" {
        labels.remove(1);
    }
    labels.join(".")
}

/// The parts of a path that name the page.
fn parts(path: &str) -> Vec<String> {
    let mut parts: Vec<String> = path
        .split('/')
        .filter(|part| !part.is_empty())
        .filter(|part| !is_session(part))
        .map(str::to_owned)
        .collect();
    while fold_one(&mut parts) {}
    parts
}

/// Takes one thing away that names no page. Whether there was one.
fn fold_one(parts: &mut Vec<String>) -> bool {
    let Some(last) = parts.last() else { return false };
    if is_index(last) {
        parts.pop();
        return true;
    }
    if let Some(plain) = without_amp(last) {
        let at = parts.len() - 1;
        parts[at] = plain;
        return true;
    }
    if let [.., page, view] = &parts[..]
        && is_view_part(view)
        && names_a_page(page)
    {
        parts.pop();
        return true;
    }
    if let [view, .., page] = &parts[..]
        && is_view_part(view)
        && page.split(['-', '_']).filter(|word| !word.is_empty()).count() >= SLUG_WORDS
    {
        parts.remove(0);
        return true;
    }
    false
}

/// Cookieless sessions of ASP.NET: `(S(lit3py55t21z5v55vlm25s55))`.
fn is_session(part: &str) -> bool {
    part.starts_with("(S(") && part.ends_with("))")
}

fn is_index(part: &str) -> bool {
    part.split_once('.').is_some_and(|(stem, ending)| {
        let is_in = |list: &[&str], text: &str| list.iter().any(|known| known.eq_ignore_ascii_case(text));
        is_in(INDEX_STEMS, stem) && is_in(INDEX_ENDINGS, ending)
    })
}

/// `x.html` for `x.amp.html` and `x` for `x.amp`.
fn without_amp(part: &str) -> Option<String> {
    if let Some(stem) = part.strip_suffix(".amp") {
        return (!stem.is_empty()).then(|| stem.to_owned());
    }
    let stem = part.strip_suffix(".amp.html")?;
    (!stem.is_empty()).then(|| format!("{stem}.html"))
}

fn is_view_part(part: &str) -> bool {
    VIEWS.contains(&part)
}

/// Whether `part` is the name of a page rather than of a section or a year, which may have a part on amplifiers or
/// the printed paper.
fn names_a_page(part: &str) -> bool {
    let digits = part.bytes().filter(u8::is_ascii_digit).count();
    part.contains(['-', '_', '.']) || digits > 4 || digits > 0 && digits < part.len()
}

/// The parameters that name the page, in the order of their names. Those of one name keep theirs: they may be a list.
fn query(query: &str) -> String {
    let mut pairs: Vec<String> = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !is_view(pair))
        .map(|pair| pair.replace('+', "%20"))
        .collect();
    pairs.sort_by(|one, other| name(one).cmp(name(other)));
    pairs.join("&")
}

fn name(pair: &str) -> &str {
    pair.split('=').next().unwrap_or_default()
}
