//! When it was published and when it was changed: two fields that never stand in for one another.

use chrono::{Datelike, NaiveDate, TimeDelta};
use ego_tree::NodeId;
use tearsheet_dates::{DateContext, parse_date};

use super::date_fallbacks::{add_last, in_call, in_other_metas, in_scripts};
use super::date_sources::{Declared, MODIFIED, PUBLISHED, SCRIPT_KEYS, WEAK};
use super::marked_dates::{of_element, says_changed};
use super::material::{Marked, Material};
use super::visible::Seen;
use super::{Context, Found, local_day, visible, visible_changes};
use crate::choice::Choice;
use crate::model::Moment;

/// Reads both dates.
pub(super) fn read(
    found: &Found<'_, '_>,
    context: &Context<'_>,
    warnings: &mut Vec<String>,
) -> (Choice<Moment>, Choice<Moment>) {
    let (mut published, mut seen) = published(found, context, warnings);
    seen.retain(|seen| seen.is_fixed);
    let told = told_twice(&published);
    let doubted = |moment: &Moment| is_doubtful(moment, context) && !told.contains(&moment.date());
    if published.doubt(doubted) {
        warnings.push("the date of publication is doubtful: it lies in the future or before 1990".to_owned());
    }
    local_day::settle(&mut published);
    let mut modified = modified(found, context, published.first().copied(), warnings);
    modified.doubt(doubted);
    let shown = shown_earlier(&published, &modified, &seen);
    let shown = shown
        .or_else(|| declared_and_shown(&published, &seen))
        .or_else(|| shown_as_published(&published, &seen, doubted));
    if let Some(at) = shown {
        published.prefer(at);
        warnings.push("the page shows readers another date of publication than it declares first".to_owned());
    }
    let first = published.first().map(Moment::date);
    let last = modified.first().map(Moment::date);
    if let (Some(first), Some(last)) = (first, last)
        && first > last + TimeDelta::days(1)
    {
        published.doubt_first();
        warnings.push("the date of publication is after that of the last change".to_owned());
    }
    (published, modified)
}

/// The days before 1990 that machines are told and readers too: what is so old has a reason then.
fn told_twice(published: &Choice<Moment>) -> Vec<NaiveDate> {
    let shown = |from: &str| matches!(from, "time" | "class" | "text" | "address");
    let old = |told: bool| {
        let values = published.values().iter().filter(move |said| shown(said.from) == told);
        values.map(|said| said.value.date()).filter(|day| day.year() < 1990)
    };
    old(true).filter(|day| old(false).any(|other| other == *day)).collect()
}

/// Before 1990, or more than a day after the capture.
fn is_doubtful(moment: &Moment, context: &Context<'_>) -> bool {
    let latest = context.captured_at.map(|at| at.date_naive() + TimeDelta::days(2));
    moment.date().year() < 1990
        || latest.is_some_and(|latest| moment.date() > latest)
        || moment.date().year() > 2100
}

/// Where readers see an earlier day beside the headline, in two ways: what was published then cannot be newer, and a
/// record may have been written again since. One way is enough where the declared day cannot be right or is but that of
/// the last change.
fn shown_earlier(published: &Choice<Moment>, modified: &Choice<Moment>, seen: &[Seen]) -> Option<usize> {
    let winner = published.values().first()?;
    let near: Vec<&Seen> = seen.iter().filter(|seen| seen.near).collect();
    let one = near.first()?;
    let weak = modified.first().is_some_and(|changed| {
        winner.value.date() > changed.date() + TimeDelta::days(1)
            || winner.value.time().is_none() && winner.value == *changed
    });
    if near.len() < 2 && !weak {
        return None;
    }
    let agree = near.iter().all(|seen| seen.moment.date() == one.moment.date());
    let day = one.moment.date();
    // The same day, read in the other order of day and month.
    let swapped = NaiveDate::from_ymd_opt(day.year(), day.day(), day.month());
    if !weak && swapped == Some(winner.value.date()) {
        return None;
    }
    if winner.from == "rule" || !agree || day >= winner.value.date() || day.year() < 1990 {
        return None;
    }
    published.values().iter().position(|said| said.from == one.from && said.value == one.moment)
}

/// Where all that readers see is one day, and another declared date is of this day: two sources outweigh one. A day more
/// is that of a printed edition.
fn declared_and_shown(published: &Choice<Moment>, seen: &[Seen]) -> Option<usize> {
    let winner = published.values().first()?;
    let day = seen.first()?.moment.date();
    let agree = seen.len() > 1 && seen.iter().all(|seen| seen.moment.date() == day);
    if matches!(winner.from, "rule" | "hint") || !agree || (day - winner.value.date()).num_days().abs() < 2 {
        return None;
    }
    let declares =
        |from: &str| PUBLISHED.contains(&from) || WEAK.contains(&from) || from.starts_with("microdata");
    published.values().iter().position(|said| said.value.date() == day && declares(said.from))
}

/// Where the page tells its readers beside the headline that something else is the day of publication.
fn shown_as_published(
    published: &Choice<Moment>,
    seen: &[Seen],
    doubted: impl Fn(&Moment) -> bool,
) -> Option<usize> {
    let winner = published.values().first()?;
    let mut told = seen.iter().filter(|seen| seen.published && seen.near && !doubted(&seen.moment));
    let one = told.next()?;
    let day = one.moment.date();
    let apart = (day - winner.value.date()).num_days().abs();
    if matches!(winner.from, "rule" | "hint") || apart < 2 || told.any(|other| other.moment.date() != day) {
        return None;
    }
    published.values().iter().position(|said| said.from == one.from && said.value == one.moment)
}

fn published(
    found: &Found<'_, '_>,
    context: &Context<'_>,
    warnings: &mut Vec<String>,
) -> (Choice<Moment>, Vec<Seen>) {
    let material = found.material;
    let dates = found.dates(context);
    let mut declared = Declared::new(&dates);
    let mut choice = Choice::new();
    choice.add("rule", context.rules.published());
    let text_of = |key: &str| found.article.and_then(|article| article.text(key));
    let of_article = |key: &str| text_of(key).and_then(|text| parse_date(&text, &dates));
    let first = text_of("datePublished");
    choice.add("json-ld datePublished", declared.read("json-ld datePublished", first.as_deref()));
    for name in PUBLISHED {
        choice.add(name, declared.read(name, material.meta(name)));
    }
    warnings.extend(declared.unread);
    choice.add_at("microdata datePublished", of_property(material, "datePublished", &dates));
    choice.add("json-ld dateCreated", of_article("dateCreated"));
    choice.add_at("microdata dateCreated", of_property(material, "dateCreated", &dates));
    choice.add("hint", context.hints.and_then(|hints| hints.published));
    choice.add("address", in_address(context));
    let seen = visible::read(found, &dates);
    let agree = seen.len() > 1 && seen.iter().all(|other| other.moment.date() == seen[0].moment.date());
    let (near, far): (Vec<Seen>, Vec<Seen>) = seen.iter().partition(|seen| seen.near || agree);
    near.iter().for_each(|seen| choice.add_at(seen.from, Some((seen.moment, seen.at))));
    for name in WEAK {
        choice.add(name, material.meta(name).and_then(|text| parse_date(text, &dates)));
    }
    choice.add("json-ld uploadDate", of_article("uploadDate"));
    far.iter().for_each(|seen| choice.add_at(seen.from, Some((seen.moment, seen.at))));
    choice.add("meta", in_other_metas(material, &dates));
    let other = found.graph.of_page().find_map(|item| item.text("datePublished"));
    choice.add("json-ld page", other.and_then(|text| parse_date(&text, &dates)));
    if choice.values().is_empty() {
        let described = found.state().published.as_deref();
        choice.add("script state", described.and_then(|text| parse_date(text, &dates)));
    }
    if choice.values().is_empty() {
        choice.add("script", in_scripts(found.data, SCRIPT_KEYS, &dates));
        choice.add("script", in_call(found.data, &dates));
    }
    if choice.values().is_empty() {
        add_last(&mut choice, found, &dates);
    }
    (choice, seen)
}

/// That of the last change. What readers see of it counts where it is not before the date of publication.
fn modified(
    found: &Found<'_, '_>,
    context: &Context<'_>,
    published: Option<Moment>,
    warnings: &mut Vec<String>,
) -> Choice<Moment> {
    let material = found.material;
    let dates = found.dates(context);
    let mut declared = Declared::new(&dates);
    let mut choice = Choice::new();
    let first = found.article.and_then(|article| article.text("dateModified"));
    choice.add("json-ld dateModified", declared.read("json-ld dateModified", first.as_deref()));
    for name in MODIFIED {
        choice.add(name, declared.read(name, material.meta(name)));
    }
    warnings.extend(declared.unread);
    choice.add_at("microdata dateModified", of_property(material, "dateModified", &dates));
    let updated = material.times.iter().find(|marked| !marked.place.aside && says_changed(marked.class));
    choice
        .add_at("time", updated.and_then(|marked| Some((of_element(marked, &dates)?, marked.element.id()))));
    choice.add("hint", context.hints.and_then(|hints| hints.modified));
    if choice.values().is_empty() {
        let seen = visible_changes::modified(found, &dates);
        let is_later = |moment: Moment| published.is_none_or(|published| moment.date() >= published.date());
        choice.add_at("text", seen.filter(|(moment, _)| is_later(*moment)));
    }
    choice
}

fn of_property(material: &Material<'_>, name: &str, dates: &DateContext<'_>) -> Option<(Moment, NodeId)> {
    material
        .properties
        .iter()
        .filter(|property| {
            property.name == name
                && !property.place.aside
                && property.of.is_none_or(|(kind, _)| !kind.contains("Comment"))
        })
        .find_map(|property| {
            let marked = Marked { element: property.element, place: property.place, class: "" };
            Some((of_element(&marked, dates)?, property.element.id()))
        })
}

/// Year, month and day in the URL, in this order or the other way round.
fn in_address(context: &Context<'_>) -> Option<Moment> {
    let parts: Vec<&str> = context.url.path().split(['/', '-', '_', '.']).collect();
    let separate = parts.windows(3).find_map(|window| {
        written_day(window[0], window[1], window[2]).or_else(|| written_day(window[2], window[1], window[0]))
    });
    let joined = || {
        let digits = |part: &&&str| part.len() == 8 && part.bytes().all(|b| b.is_ascii_digit());
        parts.iter().filter(digits).find_map(|part| written_day(&part[..4], &part[4..6], &part[6..]))
    };
    separate.or_else(joined).map(Moment::day)
}

fn written_day(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
    let digits = |text: &str, least: usize, most: usize| {
        let known = (least..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        known.then(|| text.parse::<u32>().ok()).flatten()
    };
    let month = digits(month, 1, 2).or_else(|| named_month(month))?;
    let (year, day) = (digits(year, 4, 4)?, digits(day, 1, 2)?);
    (1990..=2100)
        .contains(&year)
        .then(|| NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day))
        .flatten()
}

/// The number of a month that an address names in English, whole or by three letters.
fn named_month(name: &str) -> Option<u32> {
    const MONTHS: &str = "jan feb mar apr may jun jul aug sep oct nov dec";
    let name = name.to_ascii_lowercase();
    let at = MONTHS.split(' ').position(|month| name.starts_with(month))?;
    let whole = ["uary", "ruary", "ch", "il", "", "e", "y", "ust", "tember", "ober", "ember", "ember"];
    matches!(&name[3..], rest if rest.is_empty() || rest == whole[at]).then_some(u32::try_from(at).ok()? + 1)
}

#[cfg(test)]
mod tests {
    use crate::metadata::tests::read_at;

    /// What a page says of publication and of the last change; it was captured later.
    #[track_caller]
    fn check_at(url: &str, html: &str, published: Option<&str>, modified: Option<&str>) {
        let html = format!("{html}<p>The ferry stays through the winter, the council said.</p>");
        let metadata = read_at(url, &html, |context| {
            context.captured_at = Some("2024-12-24T12:00:00Z".parse().unwrap());
        });
        let shown = (metadata.published.map(|at| at.to_string()), metadata.modified.map(|at| at.to_string()));
        assert_eq!(shown, (published.map(str::to_owned), modified.map(str::to_owned)), "{html}");
    }

    #[track_caller]
    fn check(html: &str, published: &str, modified: Option<&str>) {
        check_at("https://pier.example/news/ferry", html, Some(published), modified);
    }

    #[test]
    fn the_page_decides_once_whether_the_day_comes_first() {
        let dated = |tag: &str, more: &str| {
            format!("<html lang={tag}><body><h1>Ferry stays</h1><p class=date>07/03/2024</p>{more}")
        };
        let at = |host: &str, tag: &str, more: &str, day: &str| {
            let url = format!("https://{host}/news/ferry");
            check_at(&url, &dated(tag, more), Some(day), None);
        };
        at("pier.co.uk", "en", "", "2024-03-07");
        at("pier.co.nz", "en", "", "2024-03-07");
        at("pier.com", "en-US", "", "2024-07-03");
        at("pier.com", "en", "", "2024-07-03");
        at("pier.com", "en-US", "<aside>Born 25/12/1990</aside>", "2024-03-07");
        at("pier.co.uk", "en", "<aside>Next: 12/25/2024</aside>", "2024-07-03");
        check_at("https://pier.com/2024/03/ferry", &dated("en", ""), Some("2024-03-07"), None);
        let locale = "<html lang=en><head><meta property=og:locale content=en_GB></head><body><h1>Ferry</h1>\
                      <p class=date>07/03/2024</p>";
        check_at("https://pier.com/x", locale, Some("2024-03-07"), None);
    }

    #[test]
    fn one_text_gives_both_dates() {
        let both = |text: &str| {
            check(&format!("<h1>Ferry stays</h1><p class=date>{text}</p>"), "2019-03-05", Some("2023-11-20"));
        };
        both("Updated 20 November 2023. First published 5 March 2019");
        both("5 March 2019 (updated 20 November 2023)");
        both("Mis à jour le 20 novembre 2023, publié le 5 mars 2019");
        check(
            "<h1>Ferry stays</h1><p class=dates><span>Published on 5 March 2019</span> · \
             <span>Updated on 20 November 2023</span></p>",
            "2019-03-05",
            Some("2023-11-20"),
        );
        check(
            "<h1>Ferry stays</h1><p><time datetime=2019-03-05>5 March 2019</time> (updated \
             <time datetime=2023-11-20>20 November 2023</time>)</p>",
            "2019-03-05",
            Some("2023-11-20"),
        );
    }

    #[test]
    fn a_declared_change_outweighs_what_readers_see() {
        check(
            "<meta property=article:modified_time content=2023-11-21><h1>Ferry stays</h1>\
             <p class=date>5 March 2019, updated 20 November 2023</p>",
            "2019-03-05",
            Some("2023-11-21"),
        );
        check("<h1>Ferry</h1><p class=date>5 March 2019</p><p>Updated 3 March 2018</p>", "2019-03-05", None);
    }

    #[test]
    fn dates_of_other_things_never_beat_the_declared_one() {
        let declared = "<meta property=article:published_time content=2024-11-06T08:15:00Z>";
        for other in [
            "<div class=comment><time datetime=2020-01-02>2 January 2020</time></div>",
            "<p>Born 3 March 1958 in Harrow Mill</p>",
            "<p>© 5 March 2019 The Courier</p><p>© 5 March 2019 The Courier</p>",
            "<blockquote class=twitter-tweet><p>All well.</p><a href=/t>May 5, 2019</a></blockquote>",
            "<div class=recent-posts><h3>Recent posts</h3><ul><li>Rope <span class=date>1 May 2019</span></li></ul></div>",
            "<meta name=sailthru.date content='2019-01-02 10:00:00'>",
        ] {
            check(&format!("{declared}<h1>Ferry stays</h1>{other}"), "2024-11-06T08:15:00+00:00", None);
        }
    }

    #[test]
    fn the_date_in_a_link_to_another_article_is_not_its_own() {
        let list = "<ul><li><a href=/rope>2024-11-08 - New rope for the old landing</a></li></ul>";
        check(
            &format!("<h1>Ferry stays</h1>{list}<aside><span>2024-09-20</span></aside>"),
            "2024-09-20",
            None,
        );
        check("<h1>Ferry stays</h1><p><a href=/2024/09/20>20 September 2024</a></p>", "2024-09-20", None);
    }

    #[test]
    fn a_quotation_or_comment_is_not_the_article() {
        let comment =
            "<article class=comment><time datetime=2020-01-02>2 January 2020</time> Well.</article>";
        check_at("https://pier.example/x", &format!("<h1>Ferry stays</h1>{comment}"), None, None);
        check_at(
            "https://pier.example/news/ferry",
            "<h1>Ferry stays</h1><blockquote class=twitter-tweet><p>All well.</p><a href=/t>May 5, 2019</a></blockquote>",
            None,
            None,
        );
    }

    #[test]
    fn a_part_of_the_title_or_a_month_is_better_than_nothing() {
        check("<title>Ferry stays | River TV | 23.04.2020</title><h1>Ferry stays</h1>", "2020-04-23", None);
        check(
            "<meta property=article:published_time content='November 2024'><h1>Ferry</h1>",
            "2024-11",
            None,
        );
        check("<h1>Ferry stays</h1><p class=date>November 2024</p>", "2024-11", None);
        // A day says more than a month.
        check(
            "<meta name=citation_publication_date content=2023/12><h1>Ferry</h1><time>2 January 2023</time>",
            "2023-01-02",
            None,
        );
        check("<h1>Ferry</h1><footer>Copyright © 19.12.2019 by the Courier</footer>", "2019-12-19", None);
        check_at(
            "https://pier.example/x",
            "<title>What 8 May 1945 means</title><h1>What a day means</h1>",
            None,
            None,
        );
    }
}
