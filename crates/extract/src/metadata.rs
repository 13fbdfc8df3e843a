//! What a page says about itself: title, authors, dates, site, language, description, image, section, tags, terms and
//! URL.
//!
//! One pass collects the material; then each field asks its sources in order. The first that has a value wins, values of
//! several sources are never merged, and what lost is remembered. The body is left to others.

mod author_sources;
mod authors;
mod byline_words;
mod canonical;
mod collect;
mod date_fallbacks;
mod date_labels;
mod date_sources;
mod dates;
mod day_order;
mod introductions;
mod json_ld;
mod keep;
mod local_day;
mod marked_dates;
mod material;
mod name_lists;
mod names;
mod pictures;
mod places;
mod preference;
mod sites;
mod state;
mod subjects;
mod tag_lists;
mod terms;
#[cfg(test)]
mod tests;
mod titles;
mod visible;
mod visible_changes;
mod words;

pub(crate) use self::subjects::tags_for_readers;

use std::cell::OnceCell;
use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use scraper::Html;
use tearsheet_dates::{DateContext, DayOrder};
use tearsheet_html::PageData;
use url::Url;

use self::json_ld::{Graph, Item};
use self::keep::Keep;
use self::material::Material;
use self::places::Known;
use self::state::Described;
use super::rules::Ruled;
use crate::choice::Said;
use crate::lang;
use crate::model::{Access, Candidate, CanonicalUrl, Field, Image, License, Moment, Provenance};
use crate::segment::Element;
use crate::site_memory::SiteMemory;
use crate::text::bare;

/// What is known of a page beside its tree.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context<'a> {
    /// The URL that answered.
    pub(super) url: &'a Url,
    /// What its scripts hold.
    pub(super) data: &'a PageData<'a>,
    /// When it was captured.
    pub(super) captured_at: Option<DateTime<Utc>>,
    /// The zone of times that name none.
    pub(super) timezone: Option<Tz>,
    /// The language its owner says it is in.
    pub(super) language: Option<&'a str>,
    /// What the owner's rules say of it.
    pub(super) rules: &'a Ruled,
    /// Its elements in their order, as far as they were read already.
    pub(super) elements: &'a [Element],
    /// What the listing or feed said of it.
    pub(super) hints: Option<&'a Candidate>,
    /// What other pages of its source say.
    pub(super) memory: &'a SiteMemory,
}

/// All fields of an article but its body.
#[derive(Clone, Debug, Default)]
pub(super) struct Metadata {
    /// The canonical URL, where the page names one that can be believed.
    pub(super) url: Option<CanonicalUrl>,
    pub(super) title: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) published: Option<Moment>,
    pub(super) modified: Option<Moment>,
    pub(super) site_name: Option<String>,
    pub(super) language: Option<String>,
    /// Whether the page writes the day or the month first, where it tells.
    pub(super) day_order: Option<DayOrder>,
    pub(super) description: Option<String>,
    pub(super) image: Option<Image>,
    pub(super) section: Option<String>,
    pub(super) tags: Vec<String>,
    pub(super) access: Option<Access>,
    pub(super) license: Option<License>,
    pub(super) robots: Vec<String>,
    pub(super) provenance: BTreeMap<Field, Provenance>,
    /// All that was said of each field, the winner first.
    pub(super) said: BTreeMap<Field, Vec<Said<String>>>,
    pub(super) warnings: Vec<String>,
}

/// The material of a page, and what was made of it for all fields.
pub(super) struct Found<'p, 'g> {
    material: &'p Material<'p>,
    graph: &'g Graph<'g>,
    data: &'p PageData<'p>,
    /// The object of its JSON-LD that describes the article.
    article: Option<Item<'g, 'g>>,
    /// Its URL and those it gives itself, the one that answered first.
    urls: Vec<Url>,
    /// The position of the headline among all elements.
    headline_order: Option<usize>,
    /// The language, as a BCP 47 tag.
    language: Option<String>,
    /// The language with the region that the address tells, where the page names none.
    regional: Option<String>,
    /// Whether it writes the day or the month first.
    day_order: Option<DayOrder>,
    /// The names that the site may have.
    sites: Vec<String>,
    /// What the state of its scripts says, once it was asked for.
    state: OnceCell<Described>,
}

impl Metadata {
    /// Says where everything that was said stands.
    fn place(&mut self, known: &Known<'_, '_, '_>) {
        for (field, provenance) in &mut self.provenance {
            let said = self.said.get(field).into_iter().flatten();
            provenance.places = said.map(|said| known.place(said)).collect();
        }
    }
}

impl Found<'_, '_> {
    fn dates<'a>(&'a self, context: &Context<'_>) -> DateContext<'a> {
        DateContext {
            language: self.language.as_deref(),
            timezone: context.timezone,
            now: context.captured_at,
            order: self.day_order,
        }
    }

    /// What the state of the page's scripts says of the article.
    fn state(&self) -> &Described {
        let headings =
            self.material.headings.iter().take(3).map(|marked| crate::text::of_element(marked.element));
        self.state.get_or_init(|| {
            let titles = titles::rough(self.material).into_iter();
            let titles = titles
                .flat_map(|title| [title].into_iter().chain(titles::segments(title).into_iter().take(1)));
            let titles = titles.map(str::to_owned).chain(headings);
            state::read(self.data, &titles.collect::<Vec<_>>(), &self.urls[0])
        })
    }

    /// Whether `name` is the site's and not of two words, as the names of most people are.
    fn is_named(&self, name: &str) -> bool {
        crate::text::words(name).len() != 2 && self.is_site(name)
    }

    /// Whether `name` is the site's own, and not that of its staff.
    fn is_site(&self, name: &str) -> bool {
        let staff = [
            "staff",
            "redaktion",
            "team",
            "desk",
            "editors",
            "newsroom",
            "redazione",
            "redacción",
            "rédaction",
        ];
        let lower = name.to_lowercase();
        if staff.iter().any(|word| lower.contains(word)) {
            return false;
        }
        let name = bare(name);
        self.sites.iter().map(|site| bare(site)).any(|site| {
            site == name || site.len() > 6 && name.contains(&site) || name.len() > 4 && site.contains(&name)
        })
    }

    /// An absolute URL of what the page points at.
    fn absolute(&self, href: &str) -> Option<Url> {
        let url = self.urls.first()?;
        let base = self.material.base.and_then(|base| url.join(base).ok());
        let href = href.trim();
        let absolute = base.as_ref().unwrap_or(url).join(href).ok()?;
        (matches!(absolute.scheme(), "http" | "https") && !href.is_empty()).then_some(absolute)
    }
}

/// Reads what `document` says about itself.
pub(super) fn read<'a>(document: &'a Html, context: &Context<'a>) -> Metadata {
    let material = collect::collect(document, context.elements);
    let graph = Graph::of(context.data);
    let mut out = Metadata::default();
    let unread = json_ld::unread(context.data);
    if unread > 0 {
        out.warnings.push(format!("{unread} of its JSON-LD scripts could not be read"));
    }
    let mut urls = vec![context.url.clone()];
    urls.extend(canonical::named(&material, context.url));
    let mut found = Found {
        material: &material,
        graph: &graph,
        data: context.data,
        article: graph.article(&urls, &titles::rough(&material)),
        urls,
        headline_order: None,
        language: None,
        regional: None,
        day_order: None,
        sites: Vec::new(),
        state: OnceCell::new(),
    };
    let mut spoken = lang::decide(
        &found.material.sample,
        lang::declared(found.material.language, &material_language(&found)),
        context.language,
    );
    spoken.lead("rule", context.rules.language());
    found.language = spoken.first().cloned();
    found.day_order = day_order::decide(&found, context);
    out.day_order = found.day_order;
    let sites = sites::read(&found, context);
    found.regional = found.language.as_deref().map(|tag| lang::with_region(tag, context.url));
    found.sites = sites.values().iter().map(|said| said.value.clone()).collect();
    let (title, order) = titles::read(&found, context);
    found.headline_order = order;

    let mut keep = Keep { provenance: &mut out.provenance, said: &mut out.said };
    out.language = keep.field(Field::Language, spoken, Clone::clone);
    out.site_name = keep.field(Field::SiteName, sites, Clone::clone);
    out.title = keep.field(Field::Title, title, Clone::clone);
    out.url = keep.field(Field::Url, canonical::read(&found, context), ToString::to_string);
    out.authors = keep
        .field(Field::Authors, authors::read(&found, context, &mut out.warnings), |names| names.join("; "))
        .unwrap_or_default();
    let (published, modified) = dates::read(&found, context, &mut out.warnings);
    out.published = keep.field(Field::Published, published, ToString::to_string);
    out.modified = keep.field(Field::Modified, modified, ToString::to_string);
    out.description = keep.field(Field::Description, subjects::description(&found, context), Clone::clone);
    out.section = keep.field(Field::Section, subjects::section(&found), Clone::clone);
    out.tags =
        keep.field(Field::Tags, subjects::tags(&found, context), |tags| tags.join("; ")).unwrap_or_default();
    // A picture that most pages of the source declare is the site's own.
    out.image = keep.believed(Field::Image, pictures::read(&found, context), |image| image.url.to_string());
    out.access = keep.field(Field::Access, terms::access(&found), |access| access.name().to_owned());
    out.license = keep.field(Field::License, terms::license(&found), |license| license.url().to_string());
    out.robots = terms::robots(&found);
    out.warnings.extend(terms::missing_part(&found, document));
    out.place(&Known::new(document, &found, context.data));
    out
}

/// Languages that the page declares beside the one of its root.
fn material_language<'a>(found: &Found<'a, '_>) -> Vec<&'a str> {
    let names =
        ["content-language", "og:locale", "dc.language", "dcterms.language", "language", "inlanguage"];
    names.iter().filter_map(|name| found.material.meta(name)).collect()
}
