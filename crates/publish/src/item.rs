//! What a feed says, before a format is chosen: every text legal, every URL encoded, every choice made once.

use chrono::{DateTime, Utc};

use super::addresses;
use super::characters::{escaped, line};
use super::enclosures::AttachedFile;
use super::history::Part;
use super::selection::{changed_at, found_at, newest};
use super::twins::Twins;
use super::values::{CleanHtml, LanguageTag, LicenseTerms, Picture, TextLine, WebUrl};
use super::{Feed, Format, Level, LinkTo, Settings, enclosures, in_feeds, words};
use crate::model::{Article, Entry, Source, bare_host};

/// A feed as every format writes it.
#[derive(Debug)]
pub(super) struct Issue<'a> {
    pub(super) settings: &'a Settings,
    pub(super) feed: &'a Feed,
    /// Which of the feed's documents it is.
    pub(super) part: Part,
    pub(super) title: String,
    /// One plain sentence.
    pub(super) description: String,
    /// The page that it stands for.
    pub(super) home: Option<WebUrl>,
    pub(super) language: Option<LanguageTag>,
    /// A picture of it; none on a site without a base URL.
    pub(super) icon: Option<WebUrl>,
    /// The same as players of podcasts want it.
    pub(super) cover: Option<WebUrl>,
    /// When the newest change of an item was found; `None` without items.
    pub(super) updated: Option<DateTime<Utc>>,
    pub(super) items: Vec<Item<'a>>,
}

/// An article as every format writes it.
#[derive(Debug)]
pub(super) struct Item<'a> {
    pub(super) entry: &'a Entry,
    /// `urn:uuid:…`
    pub(super) id: String,
    pub(super) title: TextLine,
    /// Where it leads, by the feed's choice.
    pub(super) link: WebUrl,
    /// The other of its two places: here, or at its site; none on a site without a base URL.
    pub(super) related: Option<WebUrl>,
    /// Its page here; none on a site without a base URL.
    pub(super) page: Option<WebUrl>,
    /// Where readers discuss it.
    pub(super) comments: Option<WebUrl>,
    /// The feed of its source, in a merged feed.
    pub(super) source: Option<ItemSource>,
    /// Where else the same is said.
    pub(super) also: Vec<Other>,
    /// Empty at level `link`.
    pub(super) files: Vec<AttachedFile>,
    /// `None` at level `link`, and where there is neither description nor text.
    pub(super) summary: Option<TextLine>,
    /// `None` but at level `full`.
    pub(super) content: Option<CleanHtml>,
    pub(super) authors: Vec<TextLine>,
    /// The site, for formats that must name somebody.
    pub(super) publisher: TextLine,
    pub(super) categories: Vec<TextLine>,
    pub(super) published: DateTime<Utc>,
    /// When its publisher, or its text here, last changed.
    pub(super) updated: DateTime<Utc>,
    /// When a run found that.
    pub(super) found: DateTime<Utc>,
    /// `None` at level `link`.
    pub(super) image: Option<Picture>,
    pub(super) language: Option<LanguageTag>,
    pub(super) license: Option<LicenseTerms>,
}

/// The feed in which an item of a merged feed is too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ItemSource {
    pub(super) id: String,
    pub(super) title: TextLine,
    /// The feed here; where it has no public URL, what it is made from.
    pub(super) url: WebUrl,
}

impl ItemSource {
    fn of(settings: &Settings, source: &Source) -> Option<ItemSource> {
        let here = addresses::public(settings, &addresses::feed_path(&source.id, Format::Rss));
        Some(ItemSource {
            id: addresses::feed_urn(&source.id),
            title: TextLine::of(&source.title)?,
            url: here.or_else(|| WebUrl::of(&source.url))?,
        })
    }
}

/// An article that says what an item says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Other {
    pub(super) link: WebUrl,
    /// Who publishes it.
    pub(super) name: TextLine,
    /// What introduces it, in the feed's language.
    also: &'static str,
}

impl Other {
    fn of(settings: &Settings, feed: &Feed, entry: &Entry, source: Option<&Source>) -> Other {
        let titled = source.and_then(|source| TextLine::of(&source.title));
        Other {
            link: WebUrl::of_page(&entry.article.url),
            name: titled.unwrap_or_else(|| publisher(entry, source)),
            also: words::of(feed.language.as_deref().unwrap_or(&settings.language)).also_at,
        }
    }
}

impl<'a> Issue<'a> {
    pub(super) fn new(
        settings: &'a Settings,
        feed: &'a Feed,
        entries: &'a [Entry],
        sources: &[Source],
        twins: &Twins,
    ) -> Issue<'a> {
        let find = |entry: &Entry| sources.iter().find(|source| source.id == entry.source);
        let also = |entry: &Entry| {
            let others = twins.get(&entry.id).map(Vec::as_slice).unwrap_or_default();
            others.iter().map(|other| Other::of(settings, feed, other, find(other))).collect()
        };
        let item = |entry| Item { also: also(entry), ..Item::new(settings, feed, entry, find(entry)) };
        let items = newest(entries, feed.size).into_iter().map(item).collect();
        Issue::of(settings, feed, items, sources)
    }

    /// The hubs of the feed; they can only be asked for one that has a public URL.
    pub(super) fn hubs(&self) -> impl Iterator<Item = WebUrl> {
        let is_public = self.settings.base_url.is_some() && !self.part.is_archive();
        self.settings.hubs.iter().filter(move |_| is_public).filter_map(WebUrl::of)
    }

    /// A document of the feed's past, whose entries are in the order of events.
    pub(super) fn archived(
        settings: &'a Settings,
        feed: &'a Feed,
        part: Part,
        entries: &'a [Entry],
        sources: &[Source],
    ) -> Issue<'a> {
        let find = |entry: &Entry| sources.iter().find(|source| source.id == entry.source);
        let newest_first = entries.iter().rev();
        let items = newest_first.map(|entry| Item::new(settings, feed, entry, find(entry))).collect();
        Issue { part, ..Issue::of(settings, feed, items, sources) }
    }

    /// An issue that carries these items.
    pub(super) fn of(
        settings: &'a Settings,
        feed: &'a Feed,
        items: Vec<Item<'a>>,
        sources: &[Source],
    ) -> Issue<'a> {
        let first_source = sources.iter().find(|source| feed.sources.contains(&source.id));
        let title = TextLine::of(&feed.title);
        let own_icon = feed.icon.as_ref().and_then(WebUrl::of);
        let words = words::of(feed.language.as_deref().unwrap_or(&settings.language));
        let description = match &feed.home {
            Some(home) => format!("{} {}", words.articles_from, bare_host(home)),
            None => words.articles_merged.to_owned(),
        };
        let description = match feed.ended.as_deref().map(line) {
            Some(why) => line(&format!("{} {why} {description}", words.ended)),
            None => description,
        };
        Issue {
            settings,
            feed,
            part: Part::Alone,
            title: title.map_or_else(|| feed.id.to_string(), |title| title.to_string()),
            description,
            home: addresses::home(settings, feed, first_source.map(|source| &source.url)),
            language: language(feed, &items),
            icon: own_icon.clone().or_else(|| addresses::public(settings, addresses::ICON)),
            cover: own_icon.or_else(|| addresses::public(settings, addresses::COVER)),
            updated: items.iter().map(|item| item.found).max(),
            items,
        }
    }
}

/// The feed's language as its owner says it, else that of most of its items.
fn language(feed: &Feed, items: &[Item<'_>]) -> Option<LanguageTag> {
    if let Some(stated) = feed.language.as_deref() {
        return LanguageTag::of(stated);
    }
    let stated: Vec<&LanguageTag> = items.iter().filter_map(|item| item.language.as_ref()).collect();
    let most = |part: fn(&LanguageTag) -> &str| {
        let count = |name: &str| stated.iter().filter(|tag| part(tag) == name).count();
        stated.iter().map(|tag| part(tag)).find(|name| count(name) * 4 > stated.len() * 3)
    };
    most(|tag| tag).or_else(|| most(LanguageTag::primary)).and_then(LanguageTag::of)
}

impl<'a> Item<'a> {
    pub(super) fn new(
        settings: &Settings,
        feed: &Feed,
        entry: &'a Entry,
        source: Option<&Source>,
    ) -> Item<'a> {
        let (article, level) = (&entry.article, feed.level);
        let original = WebUrl::of_page(&article.url);
        let page = addresses::public(settings, addresses::article_path(entry).trim_end_matches("index.html"));
        let (link, related) = match (feed.link, page.clone()) {
            (LinkTo::Page, Some(page)) => (page, Some(original)),
            (_, page) => (original, page),
        };
        Item {
            entry,
            id: entry.id.urn(),
            title: title(entry),
            link,
            related,
            page,
            also: Vec::new(),
            comments: entry.comments.as_ref().and_then(WebUrl::of),
            source: source.filter(|_| feed.is_merged()).and_then(|source| ItemSource::of(settings, source)),
            files: if level == Level::Link { Vec::new() } else { enclosures::of(entry) },
            summary: if level == Level::Link { None } else { summary(article) },
            content: (level == Level::Full).then(|| content(article)),
            authors: authors(article),
            publisher: publisher(entry, source),
            categories: categories(article, source),
            published: entry.shown_at(),
            updated: changed_at(entry),
            found: found_at(entry),
            image: article.image.as_ref().filter(|_| level != Level::Link).and_then(Picture::of),
            language: article.language.as_deref().and_then(LanguageTag::of),
            license: article.license.as_ref().and_then(LicenseTerms::of),
        }
    }
}

/// The headline on one line; the link where no legal character is left of it.
pub(super) fn title(entry: &Entry) -> TextLine {
    TextLine::of(&entry.article.title).unwrap_or_else(|| WebUrl::of_page(&entry.article.url).to_line())
}

/// The article's description, else the beginning of its text.
pub(super) fn summary(article: &Article) -> Option<TextLine> {
    let description = article.description.as_deref().and_then(TextLine::of);
    description.or_else(|| TextLine::excerpt_of(&article.text))
}

pub(super) fn authors(article: &Article) -> Vec<TextLine> {
    distinct(article.authors.iter())
}

/// Who publishes the article: the site's name, else the source's title.
pub(super) fn publisher(entry: &Entry, source: Option<&Source>) -> TextLine {
    let named = entry.article.site_name.as_deref().and_then(TextLine::of);
    let titled = || source.and_then(|source| TextLine::of(&source.title));
    let url = || WebUrl::of_page(&entry.article.url).to_line();
    named.or_else(titled).or_else(|| TextLine::of(entry.source.as_str())).unwrap_or_else(url)
}

/// Section, tags, and the tags that the source's owner puts on every article.
pub(super) fn categories(article: &Article, source: Option<&Source>) -> Vec<TextLine> {
    let of_source = source.map(|source| source.tags.as_slice()).unwrap_or_default();
    distinct(article.section.iter().chain(&article.tags).chain(of_source))
}

/// The lines of `texts` that say something, each once whatever its case.
fn distinct<'t>(texts: impl Iterator<Item = &'t String>) -> Vec<TextLine> {
    let mut seen = std::collections::BTreeSet::new();
    texts.filter_map(|text| TextLine::of(text)).filter(|text| seen.insert(text.to_lowercase())).collect()
}

/// The body, with the lead image before it unless the body shows it.
fn content(article: &Article) -> CleanHtml {
    let clean = match lead_image(article) {
        Some(image) => CleanHtml::of(&format!("{}{}", figure(&image), article.html)),
        None => CleanHtml::of(&article.html),
    };
    clean.rewritten(|html| in_feeds::with_formulas(&in_feeds::with_footnotes(html)))
}

impl Item<'_> {
    /// The content for formats that do not say what a link in it is relative to.
    pub(super) fn content_with_targets(&self) -> Option<String> {
        Some(in_feeds::with_targets(&self.whole_content()?, self.places()))
    }

    /// The content, and where else it is.
    pub(super) fn whole_content(&self) -> Option<String> {
        let content = self.content.as_deref()?;
        let Some(first) = self.also.first() else { return Some(content.to_owned()) };
        let link =
            |other: &Other| format!("<a href=\"{}\">{}</a>", escaped(&other.link), escaped(&other.name));
        let links: Vec<String> = self.also.iter().map(link).collect();
        Some(format!("{content}<p>{} {}</p>", first.also, links.join(", ")))
    }

    /// The page that has the places to which its text links.
    pub(super) fn places(&self) -> &WebUrl {
        self.page.as_ref().unwrap_or(&self.link)
    }

    /// Whether its link leads to its page here.
    pub(super) fn leads_here(&self) -> bool {
        self.page.as_ref() == Some(&self.link)
    }
}

/// The lead image, unless the body shows the same picture.
pub(super) fn lead_image(article: &Article) -> Option<Picture> {
    article.lead_image().and_then(Picture::of)
}

fn figure(picture: &Picture) -> String {
    let (url, alt) = (escaped(&picture.url), escaped(&picture.alt));
    format!("<figure><img src=\"{url}\" alt=\"{alt}\"></figure>")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shows_lead(html: &str, image: &str) -> bool {
        let article = Article {
            url: crate::model::CanonicalUrl::parse("https://a.example/x").unwrap(),
            title: "Title".to_owned(),
            authors: Vec::new(),
            published: None,
            modified: None,
            site_name: None,
            language: None,
            description: None,
            image: Some(crate::model::Image {
                url: image.parse().unwrap(),
                alt: None,
                width: None,
                height: None,
            }),
            section: None,
            tags: Vec::new(),
            access: None,
            license: None,
            robots: Vec::new(),
            html: html.to_owned(),
            text: String::new(),
            word_count: 0,
            repeated: Vec::new(),
            cuts: Vec::new(),
            provenance: std::collections::BTreeMap::new(),
            warnings: Vec::new(),
        };
        lead_image(&article).is_some()
    }

    #[test]
    fn a_picture_that_the_body_shows_is_not_shown_twice() {
        let body = "<p><img src=\"https://cdn.a.example/2026/harbour-bridge-300x200.jpg?w=9\"></p>";
        assert!(!shows_lead(body, "https://a.example/2026/harbour-bridge.jpg"));
        assert!(!shows_lead(body, "https://a.example/large/harbour-bridge-1600x900.webp"));
        assert!(shows_lead(body, "https://a.example/2026/fish-market.jpg"));
        assert!(
            shows_lead(body, "https://a.example/r/300"),
            "a name that says nothing is compared with its path"
        );
    }

    #[test]
    fn a_tag_is_named_once_whatever_its_case() {
        let tags = ["News", " news ", "", "Harbour\nBridge"].map(str::to_owned);
        let distinct = distinct(tags.iter());
        assert_eq!(distinct.iter().map(|tag| &**tag).collect::<Vec<_>>(), ["News", "Harbour Bridge"]);
    }
}
