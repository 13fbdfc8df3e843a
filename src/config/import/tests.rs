use super::*;

fn only(kind: Kind, name: &str, text: &str) -> Taken {
    assert_eq!(detect(name, text), Some(kind), "{name}");
    let mut all = read(kind, name, text);
    assert_eq!(all.len(), 1, "{name}");
    all.remove(0)
}

/// The file that was made; it must load.
fn made(taken: &Taken) -> String {
    let (file, text) = taken.file.clone().unwrap();
    let loaded = match &file {
        NewFile::Rule(name) => rule(name, &text).map(drop),
        NewFile::Source(_) => check_source(&SourceId::parse("made").unwrap(), &text),
    };
    loaded.unwrap_or_else(|errors| panic!("{text}\n{errors:?}"));
    text.lines().filter(|line| !line.starts_with("# Made") && !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn remarks(taken: &Taken) -> Vec<String> {
    let each = taken.remarks.iter().map(|remark| format!("{:?} {}", remark.weight, remark.directive));
    each.collect()
}

#[test]
fn a_rule_of_full_text_rss_is_taken_directive_by_directive() {
    let text = "# notes\nbody: //div[@class='story']\nbody: article\ntitl: //h1\nauthor: substring-after(//i, 'By ')\n\
                strip: //aside\nstrip_attr: //img/@srcset\nstrip_id_or_class: promo\nstrip_image_src: /pixel\n\
                wrap_in(blockquote): //div[@class='q']\nwrap_in(center): //b\ndissolve: //span\nprune: no\ntidy: no\n\
                find_string: <br>: <br>\nreplace_string: </p><p>\nreplace_string(<i class=\"x: y\">): <i>\n\
                next_page_link: //a[@class='next']\nif_page_contains: //nav\nhttp_header(Cookie): a=1\n\
                http_header(user-agent): Mozilla/5.0\nrequires_login: yes\nlogin_password_field: secret\n\
                date: //time[matches(., 'x')]\ntest_rul: https://courier.example/a\ntest_contains: The pier\nfrobnicate: 1\n";
    let taken = only(Kind::FtrSiteConfig, "courier.example.txt", text);
    assert_eq!(
        made(&taken),
        "body = [\n    \"//div[@class='story']\",\n    \"xpath:article\",\n]\ntitle = \"//h1\"\n\
         author = \"xpath:substring-after(//i, 'By ')\"\nremove = [\n    \"//aside\",\n    \"//img/@srcset\",\n    \
         '[id*=\"promo\"], [class*=\"promo\"]',\n    'img[src*=\"/pixel\"]',\n]\nunwrap = \"//span\"\n\
         next_page = \"(//a[@class='next'])[//nav]\"\nwrap = { blockquote = [\"//div[@class='q']\"] }\nreplace = [\n    \
         { find = \"<br>: <br>\", with = \"</p><p>\" },\n    { find = '<i class=\"x: y\">', with = \"<i>\" },\n]\n\
         # User-Agent = \"Mozilla/5.0\" — in [headers]: tearsheet says who it is; send this only if the site knows you by \
         it, and then take the # away\n\
         # date = \"//time[matches(., 'x')]\" — this is not an XPath expression: there is no function `matches` in XPath 1.0\n\
         [headers]\n\"Cookie\" = \"a=1\"\n[[test]]\nurl = \"https://courier.example/a\"\ncontains = \"The pier\""
    );
    assert_eq!(
        remarks(&taken),
        [
            "Meant titl: //h1",
            "Unsupported wrap_in(center): //b",
            "Differs http_header(user-agent): Mozilla/5.0",
            "Unsupported requires_login: yes",
            "Unsupported login_password_field",
            "Unsupported date: //time[matches(., 'x')]",
            "Meant test_rul: https://courier.example/a",
            "Unsupported frobnicate: 1",
        ]
    );
    assert!(taken.remarks[0].says.contains("`title`"));
}

#[test]
fn a_rule_for_subdomains_says_so_and_one_for_every_site_is_not_taken() {
    let taken = only(Kind::FtrSiteConfig, ".courier.example.txt", "body: //p");
    assert_eq!(made(&taken), "host = \"*.courier.example\"\nbody = \"//p\"");
    assert!(only(Kind::FtrSiteConfig, "global.txt", "strip: //p").file.is_none());
}

#[test]
fn opml_brings_folders_scraping_and_requests() {
    let text = r#"<?xml version="1.0"?><opml version="2.0" xmlns:frss="https://freshrss.org/opml"><body>
        <outline text="News &amp; more"><outline text="Courier" type="HTML+XPath" xmlUrl="https://courier.example/"
          frss:xPathItem="//div[@class='item']" frss:xPathItemTitle="descendant::h2" frss:xPathItemUri=".//a/@href"
          frss:xPathItemAuthor="'Ann'" frss:cssFullContent="div.main, .summary" frss:cssContentFilter=".ad"
          frss:CURLOPT_COOKIE="a=b" frss:filtersActionRead="intitle:ads"/></outline>
        <outline text="Ledger" type="rss" xmlUrl="https://ledger.example/feed" scraperRules="article.body"
          rewriteRules="remove(&quot;.promo, .ad&quot;),add_image_title" blocklistRules="(?i)sport" crawler="true"/>
        <outline text="Bridge" xmlUrl="https://bridge.example/?action=display&amp;bridge=CssSelectorBridge&amp;home_page=https%3A%2F%2Fpost.example%2F&amp;url_selector=h2+a&amp;content_selector=.text&amp;limit=5&amp;format=Atom"/>
        </body></opml>"#;
    assert_eq!(detect("feeds.opml", text), Some(Kind::Opml));
    let all = read(Kind::Opml, "feeds.opml", text);
    assert_eq!(
        made(&all[0]),
        "url = \"https://courier.example/\"\nkind = \"listing\"\ntitle = \"Courier\"\ntags = [\"News & more\"]\n[select]\n\
         items = \"//div[@class='item']\"\ntitle = \"(//div[@class='item'])/descendant::h2\"\n\
         link = \"(//div[@class='item'])/.//a/@href\"\n[article]\nbody = \"div.main, .summary\"\nremove = \".ad\"\n\
         [fetch.headers]\n\"Cookie\" = \"a=b\""
    );
    assert_eq!(
        remarks(&all[0]),
        ["Differs frss:xPathItemAuthor: 'Ann'", "Unsupported frss:filtersActionRead: intitle:ads"]
    );
    assert_eq!(
        made(&all[1]),
        "url = \"https://ledger.example/feed\"\nkind = \"feed\"\ntitle = \"Ledger\"\nexclude = [\"(?i)sport\"]\n[article]\n\
         body = \"article.body\"\nremove = \".promo, .ad\""
    );
    assert_eq!(
        made(&all[2]),
        "url = \"https://post.example/\"\nkind = \"listing\"\nlimit = 5\n[select]\nlink = \"h2 a\"\n[article]\nbody = \".text\""
    );
}

#[test]
fn the_files_of_other_feed_makers_are_taken() {
    let rsspls = "[[feed]]\ntitle = \"Courier\"\nfilename = \"c.rss\"\n[feed.config]\nurl = \"https://courier.example/\"\n\
                  item = \"article\"\nheading = \"h2 a\"\ndate = { selector = \"time\", format = \"[year]\" }\nfuture = 1\n";
    let taken = only(Kind::Rsspls, "feeds.toml", rsspls);
    assert_eq!(
        made(&taken),
        "url = \"https://courier.example/\"\nkind = \"listing\"\ntitle = \"Courier\"\n[select]\ndate = \"time\"\n\
         title = \"h2 a\"\nitems = \"article\""
    );
    assert_eq!(remarks(&taken), ["Differs date.format", "Unsupported future = 1", "Differs filename: c.rss"]);

    let scotty = "[facts]\ntitle = \"Facts\"\nurl = \"https://courier.example/facts\"\nentrySelector = \"li\"\nlinkSelector = \"b a\"\n";
    let taken = only(Kind::Scotty, "feeds.toml", scotty);
    assert!(made(&taken).ends_with("[select]\nitems = \"li\"\nlink = \"b a\""), "{}", made(&taken));

    let yaml = "channel:\n  url: https://courier.example/news\n  time_zone: Europe/Oslo\n  ttl: 60\nselectors:\n  items:\n    \
                selector: article\n  title:\n    selector: h2\n  url:\n    selector: a\n    extractor: href\n  weather:\n    selector: b\n";
    let taken = only(Kind::Html2rss, "courier.yml", yaml);
    let text = made(&taken);
    assert!(text.contains("timezone = \"Europe/Oslo\"") && text.contains("link = \"a\""), "{text}");
    assert!(remarks(&taken).contains(&"Unsupported selectors.weather".to_owned()));
}

#[test]
fn lists_of_urls_are_sources_and_bridges_are_told_from_them() {
    let all = read(
        Kind::Urls,
        "-",
        "# mine\nhttps://courier.example/feed\nhttps://b.example/?action=display&bridge=Twitter&u=x\n",
    );
    assert_eq!(made(&all[0]), "url = \"https://courier.example/feed\"");
    assert!(all[1].file.is_none() && remarks(&all[1]) == ["Unsupported Twitter"]);
    assert_eq!(detect("-", "https://courier.example/feed\n"), Some(Kind::Urls));
    assert_eq!(detect("x.txt", "Dear reader: this is a letter.\nYours"), None);
}

#[test]
fn what_miniflux_replaces_is_replaced_by_text_or_pattern() {
    let text = r#"<opml><body><outline text="Ledger" type="rss" xmlUrl="https://ledger.example/feed"
        rewriteRules="replace(&quot;Ad: &quot;|&quot;&quot;),replace(&quot;&lt;big&gt;(.*?)&lt;/big&gt;&quot;|&quot;&lt;h2&gt;$1&lt;/h2&gt;&quot;),replace(&quot;(open&quot;|&quot;x&quot;)"/></body></opml>"#;
    let taken = &read(Kind::Opml, "feeds.opml", text)[0];
    let made = made(taken);
    let replace = made.split_once("replace = ").unwrap().1;
    assert_eq!(
        replace,
        "[\n    { find = \"Ad: \", with = \"\" },\n    { pattern = \"<big>(.*?)</big>\", with = \"<h2>$1</h2>\" },\n]"
    );
    let unsupported: Vec<&Remark> =
        taken.remarks.iter().filter(|remark| remark.weight == Weight::Unsupported).collect();
    assert_eq!(unsupported.len(), 1);
    assert!(unsupported[0].says.contains("unclosed group"), "{unsupported:?}");
}

#[test]
fn dates_of_php_are_those_of_strftime() {
    assert_eq!(php_date::php_date("d.m.Y H:i").as_deref(), Some("%d.%m.%Y %H:%M"));
    assert_eq!(php_date::php_date("jS F"), None);
}

#[test]
fn no_password_is_written_into_a_file() {
    let opml = r#"<opml><body><outline text="Ledger" type="rss" xmlUrl="https://ann:hunter2@ledger.example/feed"
        frss:CURLOPT_COOKIE="sessionid=abcdef0123456789"
        frss:CURLOPT_HTTPHEADER="Authorization: Bearer hunter2&#10;Accept-Language: cy"/></body></opml>"#;
    let taken = only(Kind::Opml, "feeds.opml", opml);
    let text = made(&taken);
    assert!(!text.contains("hunter2") && !text.contains("abcdef0123456789"), "{text}");
    assert!(text.contains("url = \"https://ledger.example/feed\""), "{text}");
    assert!(text.contains("# \"Authorization\" = \"env:NAME\"\n\"Accept-Language\" = \"cy\""), "{text}");
    for said in ["Differs user name and password", "Differs headers"] {
        assert!(remarks(&taken).contains(&said.to_owned()), "{:?}", remarks(&taken));
    }
    let listed = only(Kind::Urls, "-", "https://ann:hunter2@ledger.example/feed\n");
    assert_eq!(made(&listed), "url = \"https://ledger.example/feed\"");
    assert_eq!(listed.name, "https://ledger.example/feed");
}

#[test]
fn a_mistake_in_what_another_program_wrote_is_known_before_it_is_a_file() {
    let yaml = "channel:\n  url: https://courier.example/news\n  language: English\nselectors:\n  items:\n    selector: article\n";
    let taken = only(Kind::Html2rss, "courier.yml", yaml);
    let (_, text) = taken.file.unwrap();
    let errors = check_source(&SourceId::parse("courier").unwrap(), &text).unwrap_err();
    assert!(errors.problems[0].reason.to_string().contains("English"), "{errors:?}");
}
