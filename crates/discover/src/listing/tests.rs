//! Listings of every shape, without selectors.

use url::Url;

use crate::discover::{Document, Listing, Settings, candidates};

fn read(main: &str) -> Listing {
    let url = Url::parse("https://courier.example/news/").unwrap();
    let page = format!(
        "<html lang=en><title>News</title><body><nav><a href=/>Home</a> <a href=/local/>Local</a> <a href=/sport/>Sport</a></nav>\
         <main><h1>News</h1>{main}</main><footer><a href=/imprint/>Imprint</a></footer></body></html>"
    );
    let bytes = page.as_bytes();
    let document = Document {
        url: &url,
        content_type: Some("text/html; charset=utf-8"),
        link: None,
        bytes,
        fetched_at: None,
    };
    candidates(&document, &Settings::default()).unwrap()
}

fn titles(listing: &Listing) -> Vec<&str> {
    listing.candidates.iter().filter_map(|candidate| candidate.title.as_deref()).collect()
}

fn days(listing: &Listing) -> Vec<String> {
    listing
        .candidates
        .iter()
        .map(|found| found.published.map_or("-".to_owned(), |at| at.date().to_string()))
        .collect()
}

/// One item of `markup` for each title, in which `{t}` is the title, `{u}` its part of a URL, and `{n}` a number below 30.
fn list(markup: &str, titles: &[&str]) -> String {
    let item = |(at, title): (usize, &&str)| {
        let part = title.to_lowercase().replace([' ', '#'], "-");
        markup.replace("{t}", title).replace("{u}", &part).replace("{n}", &(28 - at).to_string())
    };
    titles.iter().enumerate().map(item).collect()
}

const TITLES: &[&str] = &[
    "The ferry stays for the winter",
    "Market clock stops again at noon",
    "Rowers win by half a length",
    "The choir looks for three tenors",
];
const MOST_READ: &str = "<aside><h3>Most read</h3><ul><li><a href=/local/2023/flood-of-the-century>The flood of the century, in pictures</a>\
    <li><a href=/local/2022/bridge-that-fell>The bridge that fell into the river</a>\
    <li><a href=/sport/2021/longest-race>The longest race of them all was lost</a></ul></aside>";

#[test]
fn what_is_read_most_neither_joins_nor_replaces_the_list() {
    for markup in [
        "<li><a href=/n/{u}>{t}</a></li>",
        "<div class=it><a href=/n/{n}-s.html><img src=/{n}.jpg alt='{t}'></a></div>",
    ] {
        let page = list(markup, TITLES);
        assert_eq!(titles(&read(&format!("{page}{MOST_READ}"))), TITLES, "{markup}");
        assert_eq!(titles(&read(&format!("{MOST_READ}{page}"))), TITLES, "{markup}");
        let box_of = MOST_READ.replace("aside", "div");
        assert_eq!(titles(&read(&format!("{page}{box_of}"))), TITLES, "{markup}");
    }
}

#[test]
fn no_post_is_dropped_for_a_short_title() {
    let short = ["Rope", "Ice", "On bells", "Geese", "Mill"];
    for markup in [
        "<div class=post><h2><a href=/p/{u}>{t}</a></h2><time>2024-11-{n}</time></div>",
        "<li><time datetime=2024-11-{n}>2024-11-{n}</time> <a href=/{u}/>{t}</a></li>",
        "<li><a href=/{u}/>{t}</a> <span class=date>{n} Nov 2024</span></li>",
    ] {
        let page = list(markup, &short);
        assert_eq!(titles(&read(&page)), short, "{markup}");
        assert_eq!(titles(&read(&format!("{page}{MOST_READ}"))), short, "{markup}");
    }
}

#[test]
fn a_series_among_other_posts_is_posts() {
    let mixed = [
        "Week notes 50",
        "The ferry stays for the winter",
        "Week notes 49",
        "Week notes 48",
        "Market clock stops again at noon",
        "Links #7",
        "Links #6",
        "Links #5",
        "The choir looks for three tenors",
    ];
    for markup in [
        "<li><a href=/p/{u}>{t}</a></li>",
        "<li>{n} Nov 2024 <a href=/p/{u}>{t}</a></li>",
        "<article><h2><a href=/p/{u}>{t}</a></h2><p>What was said of it, at some length, by those who were there.</p></article>",
    ] {
        assert_eq!(titles(&read(&list(markup, &mixed))), mixed, "{markup}");
    }
}

#[test]
fn what_is_said_beside_each_title_is_no_post() {
    for markup in [
        "<li><a href=/p/{u}>{t}</a> <a href=/p/{u}/talk>{n} comments</a></li>",
        "<tr><td><a href=/p/{u}>{t}</a></td><td><a href=/p/{u}/talk>{n} comments</a></td></tr>",
        "<div><p><a href=/p/{u}>{t}</a></p><p><a href=/p/{u}/talk>{n} comments</a></p></div>",
    ] {
        let page = list(markup, TITLES);
        let page = if markup.starts_with("<tr") { format!("<table>{page}</table>") } else { page };
        assert_eq!(titles(&read(&page)), TITLES, "{markup}");
    }
}

#[test]
fn a_title_is_what_names_the_post_and_nothing_else() {
    for markup in [
        "<li><a href=/p/{u}><span class=new>NEW</span> <span class=cat>Local</span> <span class=t>{t}</span> <span class=c>{n} comments</span></a></li>",
        "<li><a href=/p/{u}>{n} November 2024 – {t}</a></li>",
        "<li><a href=/p/{u}>{t} | {n} November 2024</a></li>",
        "<li><a href=/p/{u}>2024-11-{n} {t}</a></li>",
        "<li><a href=/p/{u} title='{t}'>T...</a> <i>{n} Nov 2024</i></li>".replace("T...", "{t}").as_str(),
        "<article><h2>{t}</h2><p>Some words on it.</p><a href=/p/{u}>Read more<span> about {t}</span></a></article>",
        "<div><h3>{t}</h3><p>Some words on it.</p><a href=/p/{u}>Read “{t}” →</a></div>",
        "<article><h3>{t}</h3><a href=/p/{u} aria-label='Read more about {t}'>More</a></article>",
    ] {
        assert_eq!(titles(&read(&list(markup, TITLES))), TITLES, "{markup}");
    }
}

#[test]
fn a_title_that_is_cut_is_whole_in_its_attributes() {
    let cut = list("<li><a href=/p/{u} title='{t} in the end'>{t}…</a> <i>{n} Nov 2024</i></li>", TITLES);
    let whole: Vec<String> = TITLES.iter().map(|title| format!("{title} in the end")).collect();
    assert_eq!(titles(&read(&cut)), whole);
    let other = list("<li><a href=/p/{u} title='Go there'>{t} …</a> <i>{n} Nov 2024</i></li>", TITLES);
    assert!(titles(&read(&other)).iter().all(|title| title.ends_with('…')));
}

#[test]
fn headings_date_what_is_below_them() {
    let day = |day: &str, titles: &[&str]| {
        format!("<h3>{day}</h3><ul>{}</ul>", list("<li><a href=/n/{u}>{t}</a></li>", titles))
    };
    let page = day("16 November 2024", &TITLES[..1])
        + &day("15 November 2024", &TITLES[1..3])
        + &day("13 November 2024", &TITLES[3..]);
    assert_eq!(days(&read(&page)), ["2024-11-16", "2024-11-15", "2024-11-15", "2024-11-13"]);
    let month = |month: &str, titles: &[&str]| {
        format!("<h2>{month}</h2><ul>{}</ul>", list("<li>{n} – <a href=/n/{u}>{t}</a></li>", titles))
    };
    let page = month("November 2024", &TITLES[..2]) + &month("October 2024", &TITLES[2..]);
    assert_eq!(days(&read(&page)), ["2024-11-28", "2024-11-27", "2024-10-28", "2024-10-27"]);
    let year = |year: &str, titles: &[&str]| {
        format!(
            "<h2>{year}</h2><ul>{}</ul>",
            list("<li><a href=/n/{u}>{t}</a> <span>Nov {n}</span></li>", titles)
        )
    };
    let page = year("2024", &TITLES[..2]) + &year("2023", &TITLES[2..]);
    assert_eq!(days(&read(&page)), ["2024-11-28", "2024-11-27", "2023-11-28", "2023-11-27"]);
    let bare = |month: &str, titles: &[&str]| {
        format!("<h2>{month}</h2><ul>{}</ul>", list("<li><a href=/n/{u}>{t}</a></li>", titles))
    };
    let page = bare("November 2024", &TITLES[..2]) + &bare("October 2024", &TITLES[2..]);
    assert_eq!(days(&read(&page)), ["-", "-", "-", "-"]);
}

#[test]
fn items_without_a_page_are_parts_of_their_page() {
    let text = "What was said and done about it by those who were there.";
    let row = "<div class=row><div id=up-{n}></div><div class=label>{t}</div><div class=date>November {n}, 2024</div><div><p>TEXT</p></div></div>";
    let section = "<h2 id=v{n}>{t} – {n} November 2024</h2><ul><li>TEXT</li></ul><p>TEXT</p>";
    let anchored = "<h3><a href=#v{n}>#</a> {t}</h3><p><time datetime=2024-11-{n}>{n} Nov</time> TEXT</p>";
    for markup in [row, section] {
        let page = list(&markup.replace("TEXT", text), TITLES);
        let listing = read(&format!("{page}{MOST_READ}"));
        assert_eq!(titles(&listing), TITLES, "{markup}");
        let first = &listing.candidates[0];
        assert!(first.url.fragment().is_some() && first.item.is_some(), "{markup}");
        assert!(first.content.as_deref().unwrap().contains(text), "{markup}");
        assert_eq!(days(&listing)[0], "2024-11-28", "{markup}");
    }
    assert_eq!(read(&list(&anchored.replace("TEXT", text), TITLES)).candidates.len(), TITLES.len());
    let undated = list("<h2 id=s{n}>{t}</h2><p>TEXT</p>", TITLES).replace("TEXT", text);
    assert!(read(&undated).candidates.is_empty());
}

#[test]
fn what_is_still_to_come_is_no_news() {
    let news =
        list("<article><h2><a href=/n/{u}>{t}</a></h2><time datetime=2024-11-{n}>x</time></article>", TITLES);
    let event = list(
        "<div><h3><a href=/e/{u}>An evening with {t}</a></h3><time datetime=2025-11-{n}>x</time></div>",
        &TITLES[..3],
    );
    assert_eq!(titles(&read(&format!("{news}<section><h2>Upcoming events</h2>{event}</section>"))), TITLES);
    assert_eq!(read(&format!("<h2>Upcoming events</h2>{event}")).candidates.len(), 3);
}
