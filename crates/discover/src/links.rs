//! The `Link` header (RFC 8288): relatives that a server names beside a document.

use url::Url;

/// The target of the first link of `header` that has this relation, resolved against `base`.
pub(super) fn related(header: Option<&str>, relation: &str, base: &Url) -> Option<Url> {
    let mut rest = header?;
    while let Some((_, link)) = rest.split_once('<') {
        let (target, parameters) = link.split_once('>')?;
        let end = parameters.find('<').unwrap_or(parameters.len());
        if has_relation(&parameters[..end], relation) {
            return base.join(target.trim()).ok().filter(Url::has_host);
        }
        rest = &parameters[end..];
    }
    None
}

/// The next page of a list.
pub(super) fn next(header: Option<&str>, base: &Url) -> Option<Url> {
    related(header, "next", base)
}

fn has_relation(parameters: &str, relation: &str) -> bool {
    let mut values = parameters.split([';', ',']).filter_map(|parameter| parameter.split_once('='));
    values.any(|(name, value)| {
        let mut relations = value.trim().trim_matches('"').split_ascii_whitespace();
        name.trim().eq_ignore_ascii_case("rel") && relations.any(|known| known.eq_ignore_ascii_case(relation))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(header: &str, relation: &str, expected: Option<&str>) {
        let base = Url::parse("https://a.example/wp-json/wp/v2/posts?page=2").unwrap();
        assert_eq!(related(Some(header), relation, &base).as_ref().map(Url::as_str), expected, "{header}");
    }

    #[test]
    fn a_link_is_found_by_its_relation() {
        let pages = "<https://a.example/x?page=1>; rel=\"prev\", <https://a.example/x?page=3,4>; title=\"on\"; rel=\"next\"";
        check(pages, "next", Some("https://a.example/x?page=3,4"));
        check(pages, "last", None);
        check(
            "</wp-json/>; rel=\"https://api.w.org/\"",
            "https://api.w.org/",
            Some("https://a.example/wp-json/"),
        );
        check("</a>; rel=preload; as=font, </b>; REL=Next", "next", Some("https://a.example/b"));
        check("broken", "next", None);
    }
}
