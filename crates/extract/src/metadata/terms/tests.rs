use crate::metadata::Metadata;
use crate::metadata::tests::read_at;
use crate::model::{Access, Field};

fn page(html: &str) -> Metadata {
    read_at("https://courier.example/2024/bridge", html, |_| {})
}

fn json_ld(more: &str, body: &str) -> Metadata {
    page(&format!(
        "<script type='application/ld+json'>{{\"@type\": \"NewsArticle\", \"headline\": \"A bridge\", {more}}}</script>{body}"
    ))
}

/// The licence's URL, and who says it.
fn license(metadata: &Metadata) -> Option<(String, &str)> {
    let from = metadata.provenance.get(&Field::License)?.from.as_str();
    Some((metadata.license.as_ref()?.url().to_string(), from))
}

#[test]
fn who_may_read_it_is_said_as_a_truth_in_any_writing() {
    for (said, access) in [
        ("true", Access::Free),
        ("\"True\"", Access::Free),
        ("false", Access::Subscribers),
        ("\"http://schema.org/False\"", Access::Subscribers),
    ] {
        let metadata = json_ld(&format!("\"isAccessibleForFree\": {said}"), "");
        assert_eq!(metadata.access, Some(access), "{said}");
    }
    assert_eq!(json_ld("\"isAccessibleForFree\": \"maybe\"", "").access, None);
    let marked = "<div itemscope itemtype='https://schema.org/Article'><meta itemprop=isAccessibleForFree content=false></div>";
    assert_eq!(page(marked).access, Some(Access::Subscribers));
}

#[test]
fn a_tier_says_more_than_a_truth() {
    let tier = |tier: &str| {
        json_ld(
            "\"isAccessibleForFree\": false",
            &format!("<meta property=article:content_tier content={tier}>"),
        )
    };
    assert_eq!(tier("metered").access, Some(Access::Metered));
    assert_eq!(tier("locked").access, Some(Access::Subscribers));
    let metadata = tier("metered");
    let provenance = &metadata.provenance[&Field::Access];
    assert_eq!(provenance.from, "article:content_tier");
    assert_eq!(provenance.beat, [("json-ld isAccessibleForFree".to_owned(), "subscribers".to_owned())]);
}

#[test]
fn a_part_for_subscribers_that_is_not_in_the_page_is_told() {
    let part = "\"hasPart\": {\"@type\": \"WebPageElement\", \"isAccessibleForFree\": \"False\", \"cssSelector\": \".paid\"}";
    let whole = json_ld(part, "<div class=paid><p>The rest.</p></div>");
    assert_eq!((whole.access, whole.warnings.len()), (Some(Access::Subscribers), 0));
    for body in ["<p>The beginning.</p>", "<div class=paid> </div>"] {
        let cut = json_ld(part, body);
        assert_eq!(
            cut.warnings,
            ["a part of it is for subscribers and is not in the page: `.paid`"],
            "{body}"
        );
    }
    let broken = json_ld(&part.replace(".paid", ":::"), "");
    assert_eq!((broken.access, broken.warnings.len()), (Some(Access::Subscribers), 0));
}

#[test]
fn a_licence_is_linked_declared_or_written() {
    let by = "https://creativecommons.org/licenses/by/4.0/";
    for (html, from) in [
        ("<link rel=license href=http://creativecommons.org/licenses/by/4.0/>", "link license"),
        (
            "<footer><a rel='noopener license' href=//creativecommons.org/licenses/by/4.0/deed.de>x</a></footer>",
            "rel=license",
        ),
        ("<meta name=DCTERMS.rights content='CC BY 4.0'>", "dcterms.rights"),
        (
            "<meta name=dc.rights content='https://creativecommons.org/licenses/by/4.0/legalcode'>",
            "dc.rights",
        ),
    ] {
        assert_eq!(license(&page(html)), Some((by.to_owned(), from)), "{html}");
    }
    for said in [
        format!("\"{by}\""),
        format!("{{\"@type\": \"CreativeWork\", \"name\": \"CC BY\", \"url\": \"{by}\"}}"),
    ] {
        let metadata = json_ld(&format!("\"license\": {said}"), "");
        assert_eq!(license(&metadata), Some((by.to_owned(), "json-ld license")), "{said}");
    }
    let terms = page("<link rel=license href=/terms>");
    assert_eq!(license(&terms).unwrap().0, "https://courier.example/terms");
}

#[test]
fn a_reservation_a_pictures_licence_and_a_place_in_the_page_are_none() {
    for html in [
        "<meta name=dc.rights content='© 2024 The Courier. All rights reserved.'>",
        "<figure><figcaption><a rel=license href=https://creativecommons.org/licenses/by/2.0/>CC BY</a></figcaption></figure>",
        "<blockquote><a rel=license href=https://creativecommons.org/licenses/by/2.0/>CC BY</a></blockquote>",
        "<link rel=license href='#license'>",
        "<link rel=copyright href=/imprint>",
    ] {
        assert_eq!(license(&page(html)), None, "{html}");
    }
    let metadata = json_ld("\"copyrightNotice\": \"CC BY 4.0\", \"license\": \"Lizenz\"", "");
    assert_eq!(license(&metadata), None);
}
