//! Which entries of a sitemap are posts. Sitemaps list all that a site has: its home, and the pages of its tags,
//! categories, authors, months and sections, too.

use std::collections::{HashMap, HashSet};

use url::Url;

/// Parts of paths below which posts are listed, in lower case.
const LISTS: &[&str] = &[
    "archive",
    "archives",
    "author",
    "authors",
    "autor",
    "autoren",
    "auteur",
    "categories",
    "category",
    "categoria",
    "categorie",
    "kategorie",
    "kategorien",
    "label",
    "labels",
    "schlagwort",
    "search",
    "tag",
    "tags",
    "tagged",
    "taxonomy",
    "thema",
    "topic",
    "topics",
];
/// Last parts of the paths of pages about the site.
const PAGES: &[&str] = &[
    "about",
    "about-us",
    "account",
    "cart",
    "checkout",
    "contact",
    "contact-us",
    "cookie-policy",
    "cookies",
    "datenschutz",
    "impressum",
    "imprint",
    "kontakt",
    "legal",
    "login",
    "newsletter",
    "privacy",
    "privacy-policy",
    "register",
    "sitemap",
    "subscribe",
    "terms",
];
/// Ends of addresses of files.
const FILES: &[&str] = &[
    "css", "gif", "ico", "jpeg", "jpg", "js", "json", "mp3", "mp4", "png", "svg", "webm", "webp", "xml",
    "zip",
];
/// What the names of sitemaps say that list no posts.
const OTHER_MAPS: &[&str] = &[
    "author",
    "authors",
    "cat",
    "categories",
    "category",
    "format",
    "image",
    "images",
    "post_format",
    "post_tag",
    "product_cat",
    "product_tag",
    "tag",
    "tags",
    "tax",
    "taxonomies",
    "taxonomy",
    "term",
    "terms",
    "user",
    "users",
    "video",
    "videos",
];
/// What the names of those say that list them.
const POST_MAPS: &[&str] =
    &["article", "articles", "blog", "entries", "news", "post", "posts", "stories", "story"];
/// A page with so many others right below it lists them.
const BELOW: usize = 3;
/// Where so many posts stand in folders, and few beside them, those are pages about the site.
const DEEP: usize = 5;
/// No entry is looked at deeper than this.
const DEEPEST: usize = 16;

/// Why each of `urls`, the entries of one sitemap, is no post; `None` for those that may be. Where none may be, all may.
pub(super) fn no_posts(urls: &[&Url]) -> Vec<Option<&'static str>> {
    let mut below: HashMap<(&str, &str), usize> = HashMap::new();
    for url in urls.iter().filter(|url| url.query().is_none()) {
        if let Some((parent, _)) = path(url).rsplit_once('/').filter(|(parent, _)| !parent.is_empty()) {
            *below.entry((url.host_str().unwrap_or_default(), parent)).or_default() += 1;
        }
    }
    // All that another entry is below of.
    let mut above: HashSet<&str> = HashSet::new();
    for path in urls.iter().map(|url| path(url)) {
        above.extend(path.match_indices('/').take(DEEPEST).map(|(at, _)| &path[..at]));
    }
    let lists = urls.iter().filter(|url| is_below_a_list(url)).count();
    // A site that files its posts so.
    let are_lists_posts = lists * 2 > urls.len();
    let reason = |url: &&Url| {
        let children =
            below.get(&(url.host_str().unwrap_or_default(), path(url))).copied().unwrap_or_default();
        match () {
            () if is_home(url) => Some("the home page"),
            () if is_file(url) => Some("a file"),
            () if is_numbered(url) => Some("a page of a list"),
            () if is_period(url, above.contains(path(url))) => Some("a month or a year"),
            () if !are_lists_posts && is_below_a_list(url) => Some("a tag, a category or an author"),
            () if last(url).is_some_and(|last| PAGES.contains(&last.to_ascii_lowercase().as_str())) => {
                Some("a page about the site")
            }
            () if children >= BELOW && url.query().is_none() => Some("a section"),
            () => None,
        }
    };
    let mut reasons: Vec<Option<&'static str>> = urls.iter().map(reason).collect();
    let left = || urls.iter().zip(&reasons).filter(|(_, reason)| reason.is_none()).map(|(url, _)| depth(url));
    let (shallow, deep) = left().fold((0, 0), |(shallow, deep), depth| match depth {
        ..2 => (shallow + 1, deep),
        _ => (shallow, deep + 1),
    });
    if deep >= DEEP && shallow * 4 <= deep {
        for (_, reason) in urls.iter().zip(&mut reasons).filter(|(url, _)| depth(url) < 2) {
            *reason = reason.or(Some("a page beside the folders in which the posts are"));
        }
    }
    if reasons.iter().all(Option::is_some) { vec![None; urls.len()] } else { reasons }
}

/// Those of the `maps` of an index that may list posts, as their names tell; all, if none does.
pub(super) fn with_posts(maps: Vec<Url>) -> Vec<Url> {
    let names: Vec<Vec<String>> = maps.iter().map(words_of_name).collect();
    let says = |at: usize, known: &[&str]| names[at].iter().any(|word| known.contains(&word.as_str()));
    let is_other = |at: usize| says(at, OTHER_MAPS);
    let is_pages = |at: usize| says(at, &["page", "pages"]);
    let has_posts = (0..maps.len()).any(|at| says(at, POST_MAPS) && !is_other(at) && !is_pages(at));
    let kept: Vec<bool> = (0..maps.len()).map(|at| !is_other(at) && (!has_posts || !is_pages(at))).collect();
    if kept.iter().all(|is_kept| !is_kept) {
        return maps;
    }
    maps.into_iter().zip(kept).filter(|(_, is_kept)| *is_kept).map(|(map, _)| map).collect()
}

/// The words of a sitemap's name: `wp-sitemap-taxonomies-category-1.xml`.
fn words_of_name(map: &Url) -> Vec<String> {
    let name = last(map).unwrap_or_default().to_ascii_lowercase();
    name.split(['-', '.']).map(str::to_owned).collect()
}

fn path(url: &Url) -> &str {
    url.path().trim_end_matches('/')
}

/// The name of a page: the last part of its path that is more than `index.html`.
fn last(url: &Url) -> Option<&str> {
    parts(url).filter(|part| !part.starts_with("index.")).last()
}

fn parts(url: &Url) -> impl Iterator<Item = &str> {
    path(url).split('/').filter(|part| !part.is_empty())
}

/// How many folders deep a page stands, itself among them.
fn depth(url: &Url) -> usize {
    parts(url).filter(|part| !part.starts_with("index.")).count() + usize::from(url.query().is_some())
}

/// The root, or that of a language: `/en/`, `/index.html`.
fn is_home(url: &Url) -> bool {
    let is_language = |part: &str| {
        let (language, rest) = part.split_once(['-', '_']).unwrap_or((part, ""));
        let is_letters = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphabetic());
        language.len() == 2 && is_letters(language) && rest.len() <= 4 && is_letters(rest)
    };
    let is_index = |part: &str| matches!(part.split('.').next(), Some("index" | "home" | "default"));
    url.query().is_none()
        && parts(url).count() <= 2
        && parts(url).enumerate().all(|(at, part)| at == 0 && is_language(part) || is_index(part))
}

fn is_file(url: &Url) -> bool {
    let name = path(url).rsplit('/').next();
    let end = name.and_then(|name| name.rsplit_once('.')).map(|(_, end)| end.to_ascii_lowercase());
    end.is_some_and(|end| FILES.contains(&end.as_str()))
}

/// `/page/2`, `?page=2`, `/index-2.html`.
fn is_numbered(url: &Url) -> bool {
    let is_number =
        |text: &str| !text.is_empty() && text.len() < 5 && text.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = parts(url).collect();
    let in_path = matches!(parts.as_slice(), [.., name, number] if is_number(number) && matches!(*name, "page" | "seite" | "pagina"));
    let is_index = |name: &str| {
        let name = name.split('.').next().unwrap_or_default();
        name.strip_prefix("index").is_some_and(|rest| is_number(rest.trim_start_matches('-')))
    };
    let in_path = in_path || parts.last().is_some_and(|name| is_index(name));
    in_path || url.query_pairs().any(|(name, value)| matches!(&*name, "page" | "paged") && is_number(&value))
}

/// A path that ends with a year, a month or a day, and nothing after it. A number alone may be a post's.
fn is_period(url: &Url, is_above: bool) -> bool {
    let numbers: Vec<&str> = parts(url).collect();
    let from = numbers.iter().rposition(|part| !part.bytes().all(|byte| byte.is_ascii_digit()));
    let numbers = &numbers[from.map_or(0, |from| from + 1)..];
    let is_year = |part: &&str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
    url.query().is_none()
        && (if is_above { 1..=3 } else { 2..=3 }).contains(&numbers.len())
        && numbers.first().is_some_and(is_year)
        && numbers[1..].iter().all(|part| part.len() <= 2)
}

/// A tag's page, or the page of all tags.
fn is_below_a_list(url: &Url) -> bool {
    parts(url).any(|part| LISTS.contains(&part.to_ascii_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn urls(paths: &[&str]) -> Vec<Url> {
        let base = Url::parse("https://a.example/").unwrap();
        paths.iter().map(|path| base.join(path).unwrap()).collect()
    }

    /// The paths of those that may be posts.
    #[track_caller]
    fn check(paths: &[&str], expected: &[&str]) {
        let urls = urls(paths);
        let reasons = no_posts(&urls.iter().collect::<Vec<_>>());
        let kept: Vec<&str> =
            paths.iter().zip(reasons).filter(|(_, reason)| reason.is_none()).map(|(path, _)| *path).collect();
        assert_eq!(kept, expected);
    }

    #[test]
    fn what_lists_posts_is_no_post() {
        check(
            &[
                "/",
                "/en/",
                "/index.html",
                "/2024/11/ferry-stays/",
                "/2024/11/clock/",
                "/2024/11/",
                "/2024/",
                "/tags/",
                "/tag/rope/",
                "/category/local/",
                "/author/ada/",
                "/page/2/",
                "/?page=3",
                "/archives/",
                "/about/",
                "/img/a.png",
                "/travel/lisbon/",
            ],
            &["/2024/11/ferry-stays/", "/2024/11/clock/", "/travel/lisbon/"],
        );
    }

    #[test]
    fn pages_beside_the_folders_of_posts_are_none() {
        let posts: Vec<String> = (0..12).map(|n| format!("/posts/rope-{n}/")).collect();
        let posts: Vec<&str> = posts.iter().map(String::as_str).collect();
        let others = ["/galleries/", "/2024/", "/index-3.html", "/about/index.html", "/now/"];
        check(&[&posts[..], &others[..]].concat(), &posts);
        let mixed = ["/rope/", "/notes/ice/", "/tide/", "/notes/fog/", "/geese/"];
        check(&mixed, &mixed);
    }

    #[test]
    fn a_page_above_others_is_a_section() {
        check(
            &["/posts/", "/posts/a/", "/posts/b/", "/posts/c/", "/posts/c/notes/", "/now/"],
            &["/posts/a/", "/posts/b/", "/posts/c/", "/posts/c/notes/", "/now/"],
        );
    }

    #[test]
    fn posts_that_look_like_lists_stay() {
        check(&["/topics/a", "/topics/b", "/topics/c", "/x"], &["/topics/a", "/topics/b", "/topics/c", "/x"]);
        check(&["/story/2045", "/story/2046", "/x"], &["/story/2045", "/story/2046", "/x"]);
        check(&["/?p=12", "/?p=13"], &["/?p=12", "/?p=13"]);
        check(&["/tag/a/", "/"], &["/tag/a/", "/"]);
        check(&["/how-to-tag/", "/on/"], &["/how-to-tag/"]);
    }

    #[test]
    fn maps_say_by_their_names_what_they_list() {
        let check = |names: &[&str], expected: &[&str]| {
            assert_eq!(with_posts(urls(names)), urls(expected));
        };
        check(
            &[
                "/wp-sitemap-posts-post-1.xml",
                "/wp-sitemap-posts-page-1.xml",
                "/wp-sitemap-taxonomies-category-1.xml",
                "/wp-sitemap-users-1.xml",
            ],
            &["/wp-sitemap-posts-post-1.xml"],
        );
        check(
            &["/post-sitemap.xml", "/page-sitemap.xml", "/post_tag-sitemap.xml", "/author-sitemap.xml"],
            &["/post-sitemap.xml"],
        );
        check(&["/sitemap-pages.xml", "/sitemap-tags.xml"], &["/sitemap-pages.xml"]);
        check(&["/sitemap-1.xml", "/sitemap-2.xml"], &["/sitemap-1.xml", "/sitemap-2.xml"]);
        check(&["/sitemap-tags.xml"], &["/sitemap-tags.xml"]);
    }
}
