//! Sound, film and embedded players as links, since a clean document runs nothing.

use ego_tree::NodeRef;
use scraper::{Node, node::Element};
use url::Url;

use super::links::Links;

/// Path segments by which embedded players are known from advertisements and counters.
const PLAYER_PATHS: &[&str] =
    &["embed", "player", "video", "videos", "audio", "podcast", "episode", "watch", "track", "map", "maps"];

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
    if is_decoration(element) || !is_media && !is_player(element, &url) {
        return None;
    }
    let label = ["title", "aria-label", "data-title"]
        .iter()
        .filter_map(|name| element.attr(name))
        .map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "))
        .find(|title| title.contains(char::is_alphanumeric) && title.len() <= 200)
        .or_else(|| url.host_str().map(|host| host.trim_start_matches("www.").to_owned()))?;
    Some(Player { url, label })
}

/// Whether a film only moves: it begins by itself, and nobody is to hear it.
fn is_decoration(element: &Element) -> bool {
    element.attr("autoplay").is_some()
        && element.attr("muted").is_some()
        && element.attr("controls").is_none()
}

fn source(node: NodeRef<'_, Node>, element: &Element, links: &Links) -> Option<Url> {
    let own = ["src", "data-src", "data-lazy-src", "data-original", "data"];
    let own = own.iter().filter_map(|name| element.attr(name)).find_map(|value| links.resource(value));
    own.or_else(|| {
        let sources = node.children().filter_map(|child| child.value().as_element());
        sources.filter(|child| child.name() == "source").find_map(|child| links.resource(child.attr("src")?))
    })
}

fn is_player(element: &Element, url: &Url) -> bool {
    let small =
        |name| element.attr(name).and_then(|value| value.trim().parse::<u32>().ok()).is_some_and(|n| n < 60);
    if small("width") || small("height") {
        return false;
    }
    let mut segments = url.path_segments().into_iter().flatten();
    let host_says =
        url.host_str().is_some_and(|host| host.starts_with("player.") || host.starts_with("embed."));
    element.attr("allowfullscreen").is_some()
        || host_says
        || segments.any(|segment| {
            let segment = segment.split(['.', '_', '-']).next().unwrap_or_default().to_ascii_lowercase();
            PLAYER_PATHS.contains(&segment.as_str())
        })
}
