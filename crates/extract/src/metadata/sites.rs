//! The site's name.

use ego_tree::NodeId;

use super::choice::Choice;
use super::material::Material;
use super::{Context, Found, canonical, text};

/// The longest name, in characters.
const MOST: usize = 80;

/// Reads the site's name; the host's label comes last.
pub(super) fn read(found: &Found<'_, '_>, context: &Context<'_>) -> Choice<String> {
    let material = found.material;
    let mut choice = Choice::new();
    let name_of = |name: &str| name_of(name).filter(|name| !titles_the_page(name, material, context));
    let meta = |name: &str| material.meta(name).and_then(name_of);
    choice.add("og:site_name", meta("og:site_name"));
    let publisher = found.article.into_iter().flat_map(|article| article.items("publisher")).next();
    choice.add(
        "json-ld publisher",
        publisher.and_then(|publisher| publisher.text("name")).as_deref().and_then(name_of),
    );
    let website = found.graph.of_page().find(|item| item.is("WebSite"));
    choice.add("json-ld website", website.and_then(|site| site.text("name")).as_deref().and_then(name_of));
    for name in [
        "application-name",
        "apple-mobile-web-app-title",
        "dc.publisher",
        "dcterms.publisher",
        "publisher",
        "cre",
    ] {
        choice.add(name, meta(name));
    }
    let host = context.url.host_str().unwrap_or_default();
    let label = canonical::site(host).split('.').next().unwrap_or_default().to_owned();
    choice.add("title", material.title.as_deref().and_then(|title| in_title(title, &label)));
    choice.add(
        "twitter:site",
        material.meta("twitter:site").map(|name| name.trim_start_matches('@')).and_then(name_of),
    );
    if choice.values().is_empty() {
        choice.add_at("heading", over_the_headline(material));
    }
    choice.add("host", Some(host.trim_start_matches("www.").to_owned()).filter(|host| !host.is_empty()));
    choice
}

/// The end of a page's title that a heading says too, over the one that says the rest.
fn over_the_headline(material: &Material<'_>) -> Option<(String, NodeId)> {
    const HEADINGS: usize = 10;
    let title = material.title.as_deref()?;
    let name = super::titles::segments(title).pop().filter(|name| name.len() < title.trim().len())?;
    let rest = text::bare(title.trim().strip_suffix(name)?);
    let mut headings = material.headings.iter().take(HEADINGS).map(|marked| {
        let element = marked.element;
        (text::bare(&text::of_element(element)), element)
    });
    let (_, heading) = headings.find(|(letters, _)| *letters == text::bare(name))?;
    headings.any(|(letters, _)| letters == rest).then(|| (text::fold(name), heading.id()))
}

/// Whether what should be the site's name is the title of a page below its home.
fn titles_the_page(name: &str, material: &Material<'_>, context: &Context<'_>) -> bool {
    let name = text::bare(name);
    let titles = super::titles::rough(material);
    !context.url.path().trim_matches('/').is_empty() && titles.iter().any(|title| text::bare(title) == name)
}

fn name_of(name: &str) -> Option<String> {
    let name = text::plain(name);
    let url = name.contains("://");
    (!name.is_empty() && !url && name.chars().count() <= MOST).then_some(name)
}

/// The part of a page's title that spells the host's label: the whole part, else the last that has it in it. A title of
/// one part is the page's.
fn in_title(title: &str, label: &str) -> Option<String> {
    let (parts, label) = (super::titles::segments(title), text::bare(label));
    if parts.len() < 2 {
        return parts.into_iter().find(|part| text::bare(part) == label).map(text::fold);
    }
    let short = |part: &&&str| part.chars().count() <= 40;
    let spelled = parts.iter().find(|part| text::bare(part) == label);
    let within = || parts.iter().rfind(|part| label.len() > 3 && text::bare(part).contains(&label));
    spelled.or_else(within).filter(short).map(|part| text::fold(part))
}
