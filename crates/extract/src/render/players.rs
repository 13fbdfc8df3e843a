//! Sound, film and embedded players as links, since a clean document runs nothing.

use ego_tree::NodeRef;
use scraper::{Node, node::Element};
use url::Url;

use super::links::Links;

/// Path segments by which embedded players are known from advertisements and counters.
const PLAYER_PATHS: &[&str] =
    &["embed", "player", "video", "videos", "audio", "podcast", "episode", "watch", "track", "map", "maps"];

/// Words in the titles of frames that are no part of an article.
const NO_PLAYERS: &[&str] = &[
    "ad",
    "ads",
    "advert",
    "advertisement",
    "advertising",
    "anuncio",
    "anzeige",
    "captcha",
    "consent",
    "cookie",
    "cookies",
    "login",
    "newsletter",
    "pub",
    "publicidad",
    "publicité",
    "pubblicità",
    "recaptcha",
    "reklama",
    "sponsored",
    "werbung",
];
/// How far around a frame its figure is looked for.
const FIGURE: usize = 3;

/// Elements that name what they play, the attribute that does, and the address before the name.
const NAMED: &[(&str, &str, &str)] = &[
    ("amp-youtube", "data-videoid", "https://www.youtube.com/watch?v="),
    ("lite-youtube", "videoid", "https://www.youtube.com/watch?v="),
    ("amp-vimeo", "data-videoid", "https://vimeo.com/"),
    ("lite-vimeo", "videoid", "https://vimeo.com/"),
    ("amp-dailymotion", "data-videoid", "https://www.dailymotion.com/video/"),
    ("amp-twitter", "data-tweetid", "https://twitter.com/i/status/"),
    ("amp-instagram", "data-shortcode", "https://www.instagram.com/p/"),
    ("amp-facebook", "data-href", ""),
];

/// A link to something that plays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Player {
    pub(super) url: Url,
    pub(super) label: String,
}

/// What the element plays, if it is a player and no advertisement or counter.
pub(super) fn player(node: NodeRef<'_, Node>, links: &Links) -> Option<Player> {
    let element = node.value().as_element()?;
    let url = source(node, element, links)?;
    let is_media = matches!(element.name(), "video" | "audio" | "amp-video" | "amp-audio");
    let is_named = named(element).is_some();
    if is_decoration(element) || !is_media && !is_named && !is_player(node, element, &url) {
        return None;
    }
    let label = title(element)
        .or_else(|| (is_media || is_document(&url)).then(|| file_name(&url)).flatten())
        .or_else(|| url.host_str().map(|host| host.trim_start_matches("www.").to_owned()))?;
    Some(Player { url, label })
}

/// What an element calls itself.
fn title(element: &Element) -> Option<String> {
    ["title", "aria-label", "data-title"]
        .iter()
        .filter_map(|name| element.attr(name))
        .map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "))
        .find(|title| title.contains(char::is_alphanumeric) && title.len() <= 200)
}

/// Whether a URL is that of a document to be read by itself.
fn is_document(url: &Url) -> bool {
    url.path().to_ascii_lowercase().ends_with(".pdf")
}

/// The name of a file of sound or film, which says more than its host.
fn file_name(url: &Url) -> Option<String> {
    let name = url.path_segments()?.next_back()?;
    let is_name = name.len() <= 60 && name.contains('.') && !name.contains('%');
    is_name.then(|| name.to_owned())
}

/// The address of what an element names.
fn named(element: &Element) -> Option<String> {
    let (_, attribute, before) = NAMED.iter().find(|(name, ..)| *name == element.name())?;
    let name = element.attr(attribute)?.trim();
    (!name.is_empty()).then(|| format!("{before}{name}"))
}

/// Whether an element shows a post of a network, whose text may stand in it.
pub(super) fn is_quotation(element: &Element) -> bool {
    matches!(element.name(), "amp-twitter" | "amp-instagram" | "amp-facebook")
}

/// Whether a film only moves: it begins by itself, and nobody is to hear it.
fn is_decoration(element: &Element) -> bool {
    element.attr("autoplay").is_some()
        && element.attr("muted").is_some()
        && element.attr("controls").is_none()
}

fn source(node: NodeRef<'_, Node>, element: &Element, links: &Links) -> Option<Url> {
    let own = ["src", "data-src", "data-lazy-src", "data-original", "data"];
    if let Some(named) = named(element) {
        return links.resource(&named);
    }
    let own = own.iter().filter_map(|name| element.attr(name)).find_map(|value| links.resource(value));
    own.or_else(|| {
        let sources =
            node.children().inspect(crate::effort::step).filter_map(|child| child.value().as_element());
        sources.filter(|child| child.name() == "source").find_map(|child| links.resource(child.attr("src")?))
    })
}

fn is_player(node: NodeRef<'_, Node>, element: &Element, url: &Url) -> bool {
    let small =
        |name| element.attr(name).and_then(|value| value.trim().parse::<u32>().ok()).is_some_and(|n| n < 60);
    if small("width") || small("height") {
        return false;
    }
    let mut segments = url.path_segments().into_iter().flatten();
    let host_says =
        url.host_str().is_some_and(|host| host.starts_with("player.") || host.starts_with("embed."));
    let says = |word: &str| NO_PLAYERS.contains(&word.to_lowercase().as_str());
    if title(element).is_some_and(|title| title.split(|c: char| !c.is_alphanumeric()).any(says)) {
        return false;
    }
    let around = || {
        node.ancestors()
            .inspect(crate::effort::step)
            .take(FIGURE)
            .filter_map(|node| node.value().as_element())
    };
    element.attr("allowfullscreen").is_some()
        || host_says
        || is_document(url)
        || element.name() == "iframe" && around().any(|around| around.name() == "figure")
        || segments.any(|segment| {
            let segment = segment.split(['.', '_', '-']).next().unwrap_or_default().to_ascii_lowercase();
            PLAYER_PATHS.contains(&segment.as_str()) || segment.starts_with("embed")
        })
}
