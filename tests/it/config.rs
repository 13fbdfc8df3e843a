//! `config/`: what loads, what it means, and every way in which it can be wrong.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme};
use tearsheet::config::{self, Config, Errors, NewSource, Place};
use tearsheet::discover::{Kind, Pin};
use tearsheet::fetch::CookieFile;
use tearsheet::model::SourceId;
use tearsheet::publish::{Carries, Format, Level};
use tempfile::TempDir;
use url::Url;

use crate::program::Program;

/// A root with these files beneath `config/`.
fn root(files: &[(&str, &str)]) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = root.path().join("config").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    root
}

fn load(files: &[(&str, &str)]) -> Config {
    config::load(root(files).path()).unwrap_or_else(|errors| panic!("{:#?}", lines(&errors)))
}

/// Each problem as `file:line:column underlined: reason (hint)`.
fn lines(errors: &Errors) -> Vec<String> {
    let line = |problem: &Arc<config::Problem>| {
        let Place { file, at } = problem.place();
        let file = file.rsplit("config/").next().unwrap().to_owned();
        let underlined = problem.underlined();
        let hint = problem.help().map(|hint| format!(" ({hint})")).unwrap_or_default();
        format!("{} {underlined}: {}{hint}", Place { file, at }, problem.reason)
    };
    errors.problems.iter().map(line).collect()
}

/// Every mistake of a configuration that is wrong.
fn mistakes(root: &Path) -> Errors {
    match config::load(root) {
        Err(errors) => errors,
        Ok(config) => config.mistakes().expect("the configuration is wrong"),
    }
}

/// Loads files that are wrong, and compares every problem.
fn check(files: &[(&str, &str)], expected: &[&str]) {
    assert_eq!(lines(&mistakes(root(files).path())), expected);
}

/// Loads one wrong source, and compares its only problem.
fn check_source(text: &str, expected: &str) {
    check(&[("sources/courier.toml", text)], &[expected]);
}

fn id(text: &str) -> SourceId {
    SourceId::parse(text).unwrap()
}

#[test]
fn an_empty_root_means_defaults_and_no_sources() {
    let root = root(&[]);
    let config = config::load(root.path()).unwrap();
    assert!(config.sources.is_empty() && config.feeds.is_empty());
    assert_eq!(config.archive.path, root.path().join("archive"));
    assert_eq!(config.site.output, root.path().join("public"));
    assert_eq!(config.site.base_url, None);
    assert_eq!((config.site.title.as_str(), config.site.language.as_str()), ("tearsheet", "en"));
    assert_eq!(config.fetch.contact, None);
    assert_eq!((config.fetch.concurrency, config.fetch.max_size), (16, 10_000_000));
    assert_eq!((config.fetch.delay, config.fetch.timeout), (Duration::from_secs(1), Duration::from_secs(30)));
    assert!(config.fetch.robots && !config.fetch.allow_private);
}

#[test]
fn the_shipped_file_says_what_holds_without_it() {
    let shipped = include_str!("../../config/tearsheet.toml");
    let root = root(&[]);
    let without = format!("{:?}", config::load(root.path()).unwrap());
    let path = root.path().join("config");
    fs::create_dir_all(&path).unwrap();
    fs::write(path.join("tearsheet.toml"), shipped).unwrap();
    assert_eq!(format!("{:?}", config::load(root.path()).unwrap()), without);
}

#[test]
fn the_shipped_file_names_every_key() {
    // With its commented keys switched on it still loads, so each of them is a key and has a value that fits.
    let all: String = include_str!("../../config/tearsheet.toml")
        .lines()
        .map(|line| match line.strip_prefix('#') {
            Some(key) if key.starts_with(|c: char| c == '[' || c.is_ascii_lowercase()) => format!("{key}\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    let certificate = ("own-ca.pem", include_str!("../fixtures/tls/self-signed.pem"));
    let source = ("sources/courier.toml", "url = 'https://courier.example/'");
    let config = load(&[("tearsheet.toml", &all), source, certificate]);
    assert_eq!(config.feeds[0].sources, [id("courier")]);
    for table in ["[site]", "[fetch]", "[archive]", "[archive.retention]", "[[feed]]"] {
        let wrong = all.replace(&format!("{table}\n"), &format!("{table}\nnothing = 1\n"));
        let errors = mistakes(root(&[("tearsheet.toml", &wrong), certificate]).path());
        let config::Reason::UnknownKey { known, .. } = &errors.problems[0].reason else {
            panic!("{errors:?}")
        };
        for key in known {
            let named = all.contains(&format!("\n{key} = ")) || all.contains(&format!(".{key}]\n"));
            assert!(named, "`{key}` is missing in the shipped file");
        }
    }
}

#[test]
fn the_sample_source_loads_and_names_every_key() {
    let sample = include_str!("../../config/sources/example.toml.sample");
    let config = load(&[("sources/courier.toml", sample), ("sources/example.toml.sample", "= not loaded")]);
    let [courier] = &config.sources[..] else { panic!("one source") };
    assert_eq!(courier.source.title, "The Courier: World");
    assert_eq!((courier.discover.include.len(), courier.discover.exclude.len()), (1, 2));
    assert_eq!(courier.extract.timezone, Some(chrono_tz::Europe::London));
    assert_eq!((courier.extract.rules.body.len(), courier.extract.rules.title.len()), (2, 1));
    assert_eq!(courier.fetch.headers, [("Accept-Language".to_owned(), "en".to_owned())]);
    assert_eq!(courier.fetch.cookies, [("edition".to_owned(), "international".to_owned())]);
    for table in ["", "[select]", "[article]", "[fetch]", "[feed]"] {
        let wrong = match table {
            "" => format!("nothing = 1\n{sample}"),
            table => sample.replace(&format!("{table}\n"), &format!("{table}\nnothing = 1\n")),
        };
        let errors = mistakes(root(&[("sources/courier.toml", &wrong)]).path());
        let config::Reason::UnknownKey { known, .. } = &errors.problems[0].reason else {
            panic!("{errors:?}")
        };
        for key in known {
            // What names a file of secrets is there as a comment: the file is not.
            let named = sample.contains(&format!("\n{key} = "))
                || sample.contains(&format!("{key}]\n"))
                || sample.contains(&format!("\n# {key} = "));
            assert!(named, "`{key}` is missing in the sample");
        }
    }
}

#[test]
fn the_sample_rule_loads_and_names_every_key() {
    let sample = include_str!("../../config/rules/example.toml.sample");
    let config =
        load(&[("rules/courier.example.toml", sample), ("rules/example.toml.sample", "= not loaded")]);
    let [site] = &config.sites[..] else { panic!("one rule") };
    assert_eq!(
        site.hosts.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["example.com", "*.blog.example.com"]
    );
    assert_eq!((site.rules.body.len(), site.rules.replace.len(), site.rules.wrap.len()), (2, 2, 1));
    assert_eq!(site.headers, [("Cookie".to_owned(), "consent=1".to_owned())]);
    assert_eq!(site.tests[0].contains, ["The bridge fell at noon."]);
    assert!(!format!("{config:?}").contains("consent"), "a header may be secret");
    for (table, before) in [("", ""), ("[[test]]", "[[test]]\n")] {
        let wrong = match table {
            "" => format!("nothing = 1\n{sample}"),
            _ => sample.replace(before, &format!("{before}nothing = 1\n")),
        };
        let errors = mistakes(root(&[("rules/courier.example.toml", &wrong)]).path());
        let config::Reason::UnknownKey { known, .. } = &errors.problems[0].reason else {
            panic!("{errors:?}")
        };
        for key in known {
            let named = sample.contains(&format!("\n{key} = ")) || sample.contains(&format!("{key}]"));
            assert!(named, "`{key}` is missing in the sample");
        }
    }
}

#[test]
fn what_is_wrong_with_a_rule_is_told_with_its_line() {
    check(
        &[
            (
                "rules/a.example.toml",
                "body = '//div['\ntitel = 'h1'\nreplace = [{ pattern = '(' }, { with = 'x' }]",
            ),
            ("rules/b.example.toml", "host = 'a.example'\ndate_format = 'soon'\nwrap = { marquee = 'p' }"),
            ("rules/not a host.toml", "body = 'p'"),
        ],
        &[
            "rules/a.example.toml:1:8 '//div[': this is not an XPath expression: unexpected end of input, expected an \
             expression (at character 7) \
             (an expression is XPath 1.0; write \"css:…\" before a selector that only looks like one)",
            "rules/a.example.toml:2:1 titel: unknown key `titel` (did you mean `title`?)",
            "rules/a.example.toml:3:24 '(': this is not a regular expression: unclosed group (in TOML, '…' keeps \
             backslashes as they are: '/\\d{4}/')",
            "rules/a.example.toml:3:31 { with = 'x' }: `find` is missing (say what is looked for: find = \"a text\", or \
             pattern = 'an expression')",
            "rules/b.example.toml : a.example.toml speaks of the same host (put both in one file)",
            "rules/b.example.toml:2:15 'soon': `soon` does not say how a date is written (write %d for the day, %m or %B \
             for the month, %Y for the year, %H:%M for the time)",
            "rules/b.example.toml:3:10 marquee = 'p': `marquee` is not one of `article`, `b`, \
             `blockquote`, `code`, `div`, `em`, `figcaption`, `figure`, `h2`, `h3`, `h4`, `h5`, `h6`, `i`, `li`, `p`, `pre`, \
             `section`, `strong`, `ul`",
            "rules/not a host.toml:1:1 : `host` is missing (name the file after its host, or write host = \"example.com\" or \
             \"*.example.com\")",
        ],
    );
}

#[test]
fn a_source_needs_nothing_but_its_url() {
    let config = load(&[("sources/courier.toml", "url = 'https://www.courier.example/world/'")]);
    let [courier] = &config.sources[..] else { panic!("one source") };
    assert_eq!(courier.source.id, id("courier"));
    assert_eq!(courier.source.title, "www.courier.example");
    assert_eq!((&courier.source.language, courier.source.tags.len()), (&None, 0));
    assert_eq!((courier.discover.kind, courier.discover.limit), (Kind::Auto, 40));
    assert_eq!((courier.feed.size, courier.feed.level), (50, Level::Full));
    assert_eq!(courier.feed.formats, [Format::Rss, Format::Atom, Format::Json]);
    assert_eq!(courier.feed.sources, [id("courier")]);
    assert_eq!(courier.feed.home.as_ref().map(Url::as_str), Some("https://www.courier.example/world/"));
    assert_eq!(courier.fetch.delay, None);
}

#[test]
fn people_are_not_at_home_in_a_feed_or_sitemap() {
    let text = "url = 'https://courier.example/sitemap.xml'\nkind = 'sitemap'";
    let config = load(&[("sources/courier.toml", text)]);
    assert_eq!(config.sources[0].feed.home.as_ref().map(Url::as_str), Some("https://courier.example/"));
}

#[test]
fn merged_feeds_name_their_sources_by_pattern() {
    let source = "url = 'https://courier.example/'";
    let text = "
        [[feed]]
        id = 'all'
        kind = 'corrections'
        [[feed]]
        id = 'news'
        title = 'The news'
        sources = ['news-*', 'other']
        size = 7
        level = 'link'
        [[feed]]
        id = 'none-yet'
        sources = ['later-*']";
    let config = load(&[
        ("tearsheet.toml", text),
        ("sources/news-b.toml", source),
        ("sources/news-a.toml", source),
        ("sources/other.toml", source),
        ("sources/.hidden.toml", "wrong"),
    ]);
    let [all, news, none] = &config.feeds[..] else { panic!("three feeds") };
    assert_eq!((all.title.as_str(), all.size, all.level), ("all", 50, Level::Full));
    assert_eq!((all.carries, news.carries), (Carries::Corrections, Carries::Articles));
    assert_eq!(all.sources, [id("news-a"), id("news-b"), id("other")]);
    assert_eq!((news.title.as_str(), news.size, news.level), ("The news", 7, Level::Link));
    assert_eq!(news.sources, all.sources);
    assert!(none.sources.is_empty());
}

#[test]
fn paths_are_relative_to_the_root_and_absolute_ones_are_kept() {
    let root =
        root(&[("tearsheet.toml", "[archive]\npath = '/srv/archive'\n[site]\noutput = './www/../site'")]);
    let config = config::load(root.path()).unwrap();
    assert_eq!(config.archive.path, Path::new("/srv/archive"));
    assert_eq!(config.site.output, root.path().join("site"));
}

#[test]
fn what_is_published_is_kept_apart_from_archive_and_configuration() {
    let check = |output: &str, other: &str| {
        let hint = "give what is published a folder of its own, such as \"public\"";
        let expected = format!(
            "tearsheet.toml:2:10 '{output}': the output folder and `{other}` must not lie within one another ({hint})"
        );
        check(&[("tearsheet.toml", &format!("[site]\noutput = '{output}'"))], &[&expected]);
    };
    check("archive/public", "archive");
    check("config/public", "config");
}

#[test]
fn the_base_url_ends_in_a_slash() {
    for written in ["https://feeds.example/a", "https://feeds.example/a/"] {
        let config = load(&[("tearsheet.toml", &format!("[site]\nbase_url = '{written}'"))]);
        assert_eq!(config.site.base_url.unwrap().as_str(), "https://feeds.example/a/");
    }
}

#[test]
fn every_problem_of_every_file_is_told_at_once() {
    check(
        &[
            (
                "tearsheet.toml",
                "[site]\ntitel = 'x'\nbase_url = 'feeds.example'\n[fetch]\ndelay = '1 fortnight'\nrobots = 'no'\n\
                 concurrency = 0\nmax_size = '10 XB'\n[[feed]]\nid = 'all'\nsources = ['curier']\n[[feed]]\n\
                 id = 'all'\n[[feed]]\nid = 'courier'\n[[feed]]\ntitle = 'x'\n",
            ),
            (
                "sources/courier.toml",
                "url = 'https://courier.example/'\nkind = 'lising'\ninclude = ['a', '(', '[']\n",
            ),
            ("sources/other.toml", "[select]\nitems = 'a >'\n"),
            ("sources/Bad Name.toml", ""),
        ],
        &[
            "sources/Bad Name.toml : `Bad Name` is not a source name: use 1 to 64 of a-z, 0-9, `-` and `_`, \
             starting with a letter or digit",
            "sources/courier.toml:2:8 'lising': `lising` is not one of `auto`, `listing`, `feed`, `sitemap`, `json`, `urls` \
             (did you mean \"listing\"?)",
            "sources/courier.toml:3:17 '(': this is not a regular expression: unclosed group \
             (in TOML, '…' keeps backslashes as they are: '/\\d{4}/')",
            "sources/courier.toml:3:22 '[': this is not a regular expression: unclosed character class \
             (in TOML, '…' keeps backslashes as they are: '/\\d{4}/')",
            "sources/other.toml:1:1 : `url` is missing (name the page, feed or sitemap at which the articles are found)",
            "sources/other.toml:2:9 'a >': this is not a CSS selector: dangling combinator",
            "tearsheet.toml:2:1 titel: unknown key `titel` in [site] (did you mean `title`?)",
            "tearsheet.toml:3:12 'feeds.example': a URL begins with https:// or http:// \
             (write it in full: \"https://courier.example/world/\")",
            "tearsheet.toml:5:9 '1 fortnight': `1 fortnight` is not a duration \
             (write a number and its unit: \"500ms\", \"1s\", \"2m\" or \"1h\")",
            "tearsheet.toml:6:10 'no': expected true or false, got a string",
            "tearsheet.toml:7:15 0: must be a whole number of at least 1",
            "tearsheet.toml:8:12 '10 XB': `10 XB` is not a size \
             (write a number of bytes, or one with its unit: \"500 KiB\" or \"10 MB\")",
            "tearsheet.toml:11:12 'curier': no source called `curier` (did you mean \"courier\"?)",
            "tearsheet.toml:13:6 'all': there is another feed `all` above (give it another name)",
            "tearsheet.toml:15:6 'courier': `courier` is a source, which has a feed of that name already \
             (give it another name)",
            "tearsheet.toml:16:1 [[feed]]: `id` is missing (a feed's id is its folder's name, such as \"all\")",
        ],
    );
}

#[test]
fn a_file_that_is_not_toml_is_told_with_the_others() {
    check(
        &[
            ("sources/a.toml", "url = \n"),
            ("sources/b.toml", "url = 7\n"),
            ("sources/c.toml", "url = 'x'\nurl = 'y'"),
        ],
        &[
            "sources/a.toml:1:7 : not valid TOML: string values must be quoted, expected literal string",
            "sources/b.toml:1:7 7: expected a string, got a whole number",
            "sources/c.toml:2:1 url: not valid TOML: duplicate key",
        ],
    );
}

#[test]
fn a_file_that_cannot_be_read_is_told_with_the_others() {
    let root = root(&[("sources/b.toml", "")]);
    let config = root.path().join("config");
    fs::write(config.join("sources/a.toml"), b"url = '\xff'").unwrap();
    fs::create_dir(config.join("tearsheet.toml")).unwrap();
    let errors = mistakes(root.path());
    let [a, b, settings] = &errors.problems[..] else { panic!("{errors:?}") };
    for unreadable in [a, settings] {
        assert!(
            matches!(unreadable.reason, config::Reason::Unreadable(_)) && unreadable.place().at.is_none()
        );
    }
    assert!(a.to_string().contains("sources/a.toml: cannot be read"), "{a}");
    assert!(matches!(b.reason, config::Reason::Missing { key: "url" }));
}

#[test]
fn wrong_values_say_what_is_right() {
    let source = |rest: &str| format!("url = 'https://courier.example/'\n{rest}");
    let check_rest = |rest: &str, expected: &str| check_source(&source(rest), expected);
    check_rest(
        "language = 'german'",
        "sources/courier.toml:2:12 'german': `german` is not a language tag \
         (write a BCP 47 tag: \"en\", \"de\" or \"pt-BR\")",
    );
    check_rest(
        "timezone = 'Europe/Berln'",
        "sources/courier.toml:2:12 'Europe/Berln': `Europe/Berln` is not a time zone (did you mean \"Europe/Berlin\"?)",
    );
    check_rest("title = ' '", "sources/courier.toml:2:9 ' ': must not be empty");
    check_rest("tags = 'a'", "sources/courier.toml:2:8 'a': expected a list, got a string");
    check_rest("feed = 1", "sources/courier.toml:2:8 1: expected a table, got a whole number");
    check_rest("[feed]\nformats = []", "sources/courier.toml:3:11 []: must not be empty");
    check_rest(
        "[article]\nbdy = 'x'",
        "sources/courier.toml:3:1 bdy: unknown key `bdy` in [article] (did you mean `body`?)",
    );
    check_rest(
        "[feed]\nretention = 'x'",
        "sources/courier.toml:3:1 retention: unknown key `retention` in [feed] \
         (the keys here are `formats`, `size`, `level`, `link`, `images`, `icon`, `ended`, `include`, `exclude`)",
    );
    check_source(
        "url = 'https://me:secret@courier.example/'",
        "sources/courier.toml:1:7 'https://*********@courier.example/': a URL must not hold a user name or password \
         (send them as a header: Authorization = \"env:NAME\" under [fetch.headers])",
    );
    check_source(
        "url = 'ftp://courier.example/'",
        "sources/courier.toml:1:7 'ftp://courier.example/': this is not an http or https URL \
         (write it in full: \"https://courier.example/world/\")",
    );
}

#[test]
fn a_name_that_the_site_needs_itself_is_refused() {
    check(
        &[("sources/articles.toml", "url = 'https://courier.example/'")],
        &[
            "sources/articles.toml : `articles` is the name of a folder of the published site (give it another name)",
        ],
    );
}

#[test]
fn a_secret_is_read_from_the_environment_and_never_shown() {
    let text = "url = 'https://courier.example/'\n[fetch.headers]\nX-Token = 'env:CARGO_PKG_NAME'\n";
    let config = load(&[("sources/courier.toml", text)]);
    assert_eq!(config.sources[0].fetch.headers, [("X-Token".to_owned(), env!("CARGO_PKG_NAME").to_owned())]);
    assert!(!format!("{config:?}").contains("X-Token"));
    check_source(
        "url = 'https://courier.example/'\n[fetch.cookies]\nsession = 'env:NO_SUCH_VARIABLE_HERE'\n",
        "sources/courier.toml:3:1 session = 'env:NO_SUCH_VARIABLE_HERE': the environment variable \
         `NO_SUCH_VARIABLE_HERE` is not set (a value `env:NAME` is read from the environment when tearsheet starts)",
    );
    check_source(
        "url = 'https://courier.example/'\n[fetch.cookies]\nsession = 'a;b'\n",
        "sources/courier.toml:3:1 session = *****: the cookie `session` cannot be sent \
         (control characters cannot be sent, and a cookie has no `;` or `,` either)",
    );
}

/// What a terminal shows of these mistakes, all of it.
fn shown(files: &[(&str, &str)]) -> String {
    let program = Program::new("", &[]);
    for (name, text) in files {
        fs::create_dir_all(program.path("config/sources")).unwrap();
        fs::write(program.path("config").join(name), text).unwrap();
    }
    let (check, run) = (program.call(&["check"]), program.call(&["run"]));
    let json = program.call(&["check", "--json"]);
    assert!(check.code == Some(2) && json.code == Some(2), "{check:?}");
    [check.stderr, check.stdout, run.stderr, run.stdout, json.stdout].concat()
}

#[test]
fn no_mistake_shows_the_secret_beside_it() {
    for wrong in [
        // A value that cannot be sent, and a key on the line before it.
        "[fetch.headers]\nAuthorization = 'Bearer s3cret'\nX-Token = \"s3cret\\n\"\n",
        "[fetch]\nheaders = { Authorization = 'Bearer s3cret', 'a b' = 'x' }\n",
        "[fetch]\nheaders = 'Bearer s3cret'\n",
        "[fetch]\nauthorisation = 'Bearer s3cret'\n",
        "[fetch.header]\nAuthorization = 'Bearer s3cret'\n",
        "[fetch]\nuser_agnt = { a = ['s3cret'] }\n",
        "[fetch.cookies]\nsession = 's3cret;x'\n",
        "[fetch.headers]\nAuthorization = 'env:Bearer s3cret'\n",
        // Not TOML.
        "[fetch.headers]\nAuthorization = 'Bearer s3cret\n",
        "[fetch.headers]\nAuthorization = Bearer s3cret\n",
        "[fetch.headers]\nAuthorization = 'Bearer s3cret'\nX = \n",
        "[fetch.headers]\nAuthorization = \"\"\"\ns3cret = 1\n",
        // Elsewhere.
        "history = 'https://me:s3cret@courier.example/'\n",
        "history = 'https://me:s3cret@courier example/'\n",
    ] {
        let text = format!("url = 'https://courier.example/'\n{wrong}");
        let shown = shown(&[("sources/courier.toml", &text)]);
        assert!(shown.contains("courier.toml") && !shown.contains("s3cret"), "{wrong}\n{shown}");
    }
}

#[cfg(unix)]
#[test]
fn secrets_in_files_are_read_if_nobody_else_can_read_them() {
    use std::os::unix::fs::PermissionsExt;

    let text = "url = 'https://courier.example/'\n[fetch]\ncookie_file = 'jar.txt'\n[fetch.headers]\nX-Token = 'file:token'\n";
    let cookies = ".courier.example\tTRUE\t/\tTRUE\t0\tsession\ts3cret\n";
    let root =
        root(&[("sources/courier.toml", text), ("sources/token", "s3cret\n"), ("sources/jar.txt", cookies)]);
    let set_mode = |mode: u32| {
        for name in ["token", "jar.txt"] {
            let path = root.path().join("config/sources").join(name);
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    set_mode(0o600);
    let config = config::load(root.path()).unwrap();
    assert_eq!(config.sources[0].fetch.headers, [("X-Token".to_owned(), "s3cret".to_owned())]);
    assert!(config.sources[0].fetch.cookie_file != CookieFile::default());
    set_mode(0o640);
    let lines = lines(&mistakes(root.path()));
    assert_eq!(lines.len(), 2);
    let refused = |line: &String| line.ends_with("can be read by others (chmod 600 takes that away)");
    assert!(lines.iter().all(refused), "{lines:#?}");
}

#[test]
fn a_new_source_file_loads_to_what_it_was_made_from() {
    let url = Url::parse("https://courier.example/world/?a=\"b\"&c=d").unwrap();
    let check = |title: Option<&str>, language: Option<&str>, remarks: &[String], selectors: &[Pin]| {
        let kind = Kind::Listing;
        let new =
            NewSource { url: &url, kind, title, language, include: None, history: None, remarks, selectors };
        let text = config::source_file(&new);
        let config = load(&[("sources/courier.toml", &text)]);
        let [courier] = &config.sources[..] else { panic!("one source") };
        assert_eq!(courier.source.url, url);
        assert_eq!(courier.discover.kind, Kind::Listing);
        assert_eq!(courier.source.title, title.unwrap_or("courier.example"));
        assert_eq!(courier.source.language.as_deref(), language);
        // Switched on, the suggestions load too.
        let on: String = text
            .lines()
            .map(|line| match line.strip_prefix("# ") {
                Some(key) if key.contains(" = ") && !key.contains(" = \"\"") || key.starts_with('[') => {
                    format!("{key}\n")
                }
                _ => format!("{line}\n"),
            })
            .collect();
        let courier = &load(&[("sources/courier.toml", &on)]).sources[0];
        assert!(courier.discover.select.items.is_some() && courier.extract.rules.body.len() == 1, "{on}");
    };
    check(None, None, &[], &[]);
    check(
        Some("The \"Courier\" – 'World' \\ News"),
        Some("pt-BR"),
        &["the page announces a feed\nof 20 items".to_owned(), "12 articles\u{7}".to_owned()],
        &[
            Pin { key: "items", selector: "li.teaser".to_owned() },
            Pin { key: "link", selector: "a[href^=\"/world\"]".to_owned() },
        ],
    );
}

#[test]
fn a_new_source_gets_a_name_that_is_free() {
    let named = |url: &str, title: Option<&str>, taken: &[&str]| {
        let taken: Vec<SourceId> = taken.iter().map(|name| id(name)).collect();
        config::unused_id(&Url::parse(url).unwrap(), title, |id| taken.contains(id)).to_string()
    };
    let check = |url: &str, taken: &[&str], expected: &str| assert_eq!(named(url, None, taken), expected);
    check("https://www.courier.example/World/News.html?page=1", &[], "courier-example-world-news");
    check("https://courier.example/feed/index.xml", &[], "courier-example");
    check("https://courier.example/blog/rss2.xml", &[], "courier-example-blog");
    check("https://courier.example/newsfeed", &[], "courier-example-newsfeed");
    check("https://courier.example/", &["courier-example", "courier-example-2"], "courier-example-3");
    check("http://[::1]:8080/", &[], "1");
    assert_eq!(named("http://127.0.0.1:8080/about", Some("The Courier: World"), &[]), "the-courier-world");
    assert_eq!(named("http://localhost/", Some("新聞"), &[]), "localhost", "a name has letters of ASCII");
    assert_eq!(named("https://courier.example/", Some("Another title"), &[]), "courier-example");
    check(
        &format!("https://courier.example/{}", "a/".repeat(100)),
        &[],
        &format!("courier-example{}", "-a".repeat(20)),
    );
}

#[test]
fn a_report_shows_file_line_underlined_text_and_hint() {
    let root = root(&[("tearsheet.toml", "[site]\ntitel = 'x'\n")]);
    let errors = mistakes(root.path());
    let mut report = String::new();
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor()).with_width(200);
    handler.render_report(&mut report, &errors).unwrap();
    for part in [
        "config/tearsheet.toml:2:1]",
        "titel = ***\n",
        "· ─────\n",
        "unknown key `titel` in [site]",
        "did you mean `title`?",
    ] {
        assert!(report.contains(part), "`{part}` is missing in\n{report}");
    }
}

/// Each mistake of a root with these files, if the environment has these variables.
fn with_variables(files: &[(&str, &str)], variables: &[(&str, &str)]) -> Result<Config, Vec<String>> {
    let variables: Vec<(String, String)> =
        variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    config::load_with(root(files).path(), &variables).map_err(|errors| lines(&errors))
}

#[test]
fn a_variable_counts_more_than_the_file() {
    let file = "[site]\ntitle = \"In the file\"\nlanguage = \"de\"\n[fetch]\nconcurrency = 3\n";
    let variables = [
        ("TEARSHEET_SITE_TITLE", "1984"),
        ("TEARSHEET_SITE_BASE_URL", "https://feeds.example"),
        ("TEARSHEET_FETCH_CONCURRENCY", "4"),
        ("TEARSHEET_FETCH_ROBOTS", "false"),
        ("TEARSHEET_FETCH_MAX_SIZE", "5000000"),
        ("TEARSHEET_ARCHIVE_RETENTION_MAX_PER_PAGE", "2"),
        ("TEARSHEET_ANNOUNCE_HUBS", "https://hub.example/"),
        ("TEARSHEET_ANNOUNCE_COMMAND", "[\"rsync\", \"-a\"]"),
        ("TEARSHEET_FEED", "[{ id = \"all\" }]"),
        ("TEARSHEET_ROOT", "/elsewhere"),
    ];
    for files in [vec![("tearsheet.toml", file)], vec![]] {
        let config = with_variables(&files, &variables).unwrap();
        assert_eq!(config.site.title, "1984", "a number is a title, too");
        assert_eq!(config.site.language, if files.is_empty() { "en" } else { "de" });
        assert_eq!(config.site.base_url.unwrap().as_str(), "https://feeds.example/");
        assert_eq!((config.fetch.concurrency, config.fetch.robots), (4, false));
        assert_eq!(config.fetch.max_size, 5_000_000);
        assert_eq!(config.retention.max_per_page, Some(2));
        assert_eq!(config.site.hubs, [Url::parse("https://hub.example/").unwrap()]);
        assert_eq!(config.announce.command.unwrap(), ["rsync", "-a"]);
        assert_eq!(config.feeds[0].id.as_str(), "all");
    }
}

#[test]
fn a_mistake_in_a_variable_names_the_variable() {
    let errors = with_variables(
        &[("tearsheet.toml", "[fetch]\ntimeout = \"soon\"\n")],
        &[
            ("TEARSHEET_FETCH_CONCURRENCY", "0"),
            ("TEARSHEET_SITE_BASE_URL", "feeds.example"),
            ("TEARSHEET_SITE_TITEL", "Gulls"),
            ("TEARSHEET_FETCH_ROBOTS", "maybe\nrobots = 1"),
            ("TEARSHEET_FEED", "all"),
        ],
    );
    let expected = [
        "tearsheet.toml:2:11 \"soon\": `soon` is not a duration (write a number and its unit: \"500ms\", \"1s\", \"2m\" \
         or \"1h\")",
        "TEARSHEET_FEED:1:16 all: `feed` should be a list of tables (write it as [[feed]], once for each)",
        "TEARSHEET_FETCH_CONCURRENCY:1:29 0: must be a whole number of at least 1",
        "TEARSHEET_FETCH_ROBOTS:1:24 maybe\nrobots = 1: expected true or false, got a string",
        "TEARSHEET_SITE_BASE_URL:1:25 feeds.example: a URL begins with https:// or http:// (write it in full: \
         \"https://courier.example/world/\")",
        "TEARSHEET_SITE_TITEL:1:1 TEARSHEET_SITE_TITEL: unknown key `titel` in [site] (did you mean `title`?)",
    ];
    assert_eq!(errors.unwrap_err(), expected);
}

#[test]
fn included_files_say_what_the_file_itself_does_not() {
    let config = load(&[
        (
            "tearsheet.toml",
            "[include]\nfiles = [\"house.toml\", \"more/feeds.toml\"]\n[site]\ntitle = \"Mine\"\n",
        ),
        ("house.toml", "[site]\ntitle = \"Theirs\"\nlanguage = \"de\"\n[fetch]\ndelay = \"3s\"\n"),
        (
            "more/feeds.toml",
            "[include]\nfiles = [\"../last.toml\", \"../house.toml\"]\n[fetch]\ndelay = \"5s\"\n[[feed]]\nid = \"one\"\n",
        ),
        ("last.toml", "[site]\nlanguage = \"fr\"\n[run]\ndeadline = \"1h\"\n[[feed]]\nid = \"two\"\n"),
    ]);
    assert_eq!((config.site.title.as_str(), config.site.language.as_str()), ("Mine", "de"));
    assert_eq!(config.fetch.delay, Duration::from_secs(5), "the later file counts more");
    assert_eq!(config.run.deadline, Some(Duration::from_hours(1)));
    let feeds: Vec<&str> = config.feeds.iter().map(|feed| feed.id.as_str()).collect();
    assert_eq!(feeds, ["one", "two"]);
}

#[test]
fn what_cannot_be_included_is_told_in_its_place() {
    check(
        &[
            (
                "tearsheet.toml",
                "[include]\nfiles = [\"a.toml\", \"../secret.toml\", \"/etc/passwd\", \"b/../../x\", 7, \"\"]\nfile = 1\n",
            ),
            ("a.toml", "[include]\nfiles = [\n  \"tearsheet.toml\",\n  \"b.toml\",\n]\n"),
            ("b.toml", "[include]\nfiles = [\"a.toml\", \"c.toml\"]\n[site]\ntitel = 1\n"),
        ],
        &[
            "a.toml:3:3 \"tearsheet.toml\": this file leads back to itself",
            "b.toml:2:10 \"a.toml\": this file leads back to itself",
            "b.toml:2:20 \"c.toml\": cannot be read: No such file or directory (os error 2)",
            "b.toml:4:1 titel: unknown key `titel` in [site] (did you mean `title`?)",
            "tearsheet.toml:2:20 \"../secret.toml\": a file that is included must lie in config/ (write its path relative to \
             the file that includes it: \"feeds.toml\")",
            "tearsheet.toml:2:38 \"/etc/passwd\": a file that is included must lie in config/ (write its path relative to \
             the file that includes it: \"feeds.toml\")",
            "tearsheet.toml:2:53 \"b/../../x\": a file that is included must lie in config/ (write its path relative to \
             the file that includes it: \"feeds.toml\")",
            "tearsheet.toml:2:66 7: expected a string, got a whole number",
            "tearsheet.toml:2:69 \"\": must not be empty",
            "tearsheet.toml:3:1 file: unknown key `file` in [include] (did you mean `files`?)",
        ],
    );
}

#[test]
fn files_that_include_ever_more_come_to_an_end() {
    let names: Vec<String> = (0..80).map(|n| format!("\"{n}.toml\"")).collect();
    let many = format!("[include]\nfiles = [{}]\n", names.join(", "));
    let files: Vec<(String, String)> = (0..80).map(|n| (format!("{n}.toml"), String::new())).collect();
    let mut all: Vec<(&str, &str)> =
        files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    all.push(("tearsheet.toml", &many));
    let errors = lines(&mistakes(root(&all).path()));
    assert_eq!(errors.len(), 80 - 64, "{errors:#?}");
    assert!(errors[0].contains("at most 64 files"), "{errors:#?}");
    let deep: Vec<(String, String)> = (0..12)
        .map(|n| (format!("{n}.toml"), format!("[include]\nfiles = [\"{}.toml\"]\n", n + 1)))
        .collect();
    let mut all: Vec<(&str, &str)> = deep.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    all.push(("tearsheet.toml", "[include]\nfiles = [\"0.toml\"]\n"));
    let errors = lines(&mistakes(root(&all).path()));
    assert!(errors.len() == 1 && errors[0].contains("8 deep"), "{errors:#?}");
}
