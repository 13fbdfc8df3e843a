//! The site's name.

use ego_tree::NodeId;
use scraper::ElementRef;
use url::Url;

use super::material::{Marked, Material};
use super::titles::standing;
use super::{Context, Found, canonical};
use crate::choice::Choice;
use crate::text;

/// The longest name, in characters.
const MOST: usize = 80;

/// The most links to the site's home that are looked at, and the most words of a name in one.
const MOST_HOMES: usize = 10;
const MOST_WORDS: usize = 6;
/// What links to the site's home say that do not say its name, in lower case.
#[rustfmt::skip]
const HOME: &[&str] = &[
    "accueil", "ana sayfa", "back", "back home", "back to home", "beranda", "blog", "domov", "domů", "etusivu",
    "forside", "front page", "főoldal", "go to homepage", "hem", "hjem", "home", "home page", "homepage", "inicio",
    "início", "logo", "main page", "menu", "pagina iniziale", "portada", "skip to content", "start", "startseite",
    "startsida", "strona główna", "to homepage", "trang chủ", "zur startseite", "αρχική", "главная", "головна", "на главную",
    "начало", "дома", "עמוד הבית", "ראשי", "الرئيسية", "خانه", "صفحه اصلی", "होम", "หน้าแรก", "トップ", "トップページ",
    "ホーム", "主页", "首页", "首頁", "홈",
];

/// Reads the site's name; the host's label comes last.
pub(super) fn read(found: &Found<'_, '_>, context: &Context<'_>) -> Choice<String> {
    let material = found.material;
    let mut choice = Choice::new();
    let home = of_home_link(material, context.url);
    let is_home = |name: &str| home.as_ref().is_some_and(|(home, _)| text::bare(home) == text::bare(name));
    let name_of =
        |name: &str| name_of(name).filter(|name| is_home(name) || !titles_the_page(name, material, context));
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
    choice.add_at("home link", home);
    choice.add("host", Some(host.trim_start_matches("www.").to_owned()).filter(|host| !host.is_empty()));
    choice
}

/// What links to the site's home say that show its name: a logo, or the first in the page's header.
fn of_home_link(material: &Material<'_>, url: &Url) -> Option<(String, NodeId)> {
    let at_home = |href: &str| {
        let hosts = |home: Url| Some(canonical::is_same_site(home.host_str()?, url.host_str()?));
        url.join(href.trim()).ok().and_then(hosts) == Some(true)
    };
    let homes = material.homes.iter().take(MOST_HOMES);
    let homes = homes.filter(|link| link.element.attr("href").is_some_and(at_home) && shows_the_site(link));
    homes.filter_map(|link| Some((name_in(link.element)?, link.element.id()))).next()
}

/// Whether a link shows the name of the site: it or what is around it is called so, or it stands in a header and no list.
fn shows_the_site(link: &Marked<'_>) -> bool {
    const AROUND: usize = 4;
    if standing::shows_the_site(link.element) || link.element.attr("rel") == Some("home") {
        return true;
    }
    let around =
        || link.element.ancestors().inspect(crate::effort::step).filter_map(ElementRef::wrap).take(AROUND);
    let listed = around().any(|outer| matches!(outer.value().name(), "li" | "nav" | "article" | "main"));
    !listed && around().any(|outer| outer.value().name() == "header" || standing::shows_the_site(outer))
}

/// The name in a link: its text, or what its picture is called.
fn name_in(link: ElementRef<'_>) -> Option<String> {
    let picture = || {
        let mut inside =
            link.descendants().inspect(crate::effort::step).take(10).filter_map(ElementRef::wrap);
        inside.find_map(|inner| inner.attr("alt").map(str::to_owned))
    };
    let name = Some(text::of_element(link)).filter(|name| !name.is_empty()).or_else(picture)?;
    let name = text::fold(&name);
    let name = name.strip_suffix(" logo").or(name.strip_suffix(" Logo")).unwrap_or(&name);
    let words = name.split_whitespace().count();
    let is_name = name.chars().count() > 2 && words <= MOST_WORDS && name.chars().any(char::is_alphabetic);
    let says_home = || HOME.contains(&name.to_lowercase().trim_matches(|c: char| !c.is_alphanumeric()));
    (is_name && !says_home()).then(|| name.to_owned())
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
