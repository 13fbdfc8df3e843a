//! The fetch stage against real servers on loopback.

pub(crate) mod server;

use std::io::Write;
use std::time::Duration;

use tearsheet::fetch::{
    Client, Failure, Fetched, MAX_REDIRECTS, Request, Settings, SiteHeaders, SourceSettings,
};
use tearsheet::model::{Capture, Hop, HostPattern, Validators};
use url::Url;

use server::{Reply, Server, not_found, page, redirect, response};

const LIMIT: usize = 100_000;
/// 40 times `plain text `, as brotli packs it.
const BROTLI: &[u8] = &[27, 183, 1, 248, 165, 65, 202, 232, 240, 212, 32, 172, 85, 0, 216, 168, 62, 203, 3];

fn settings() -> Settings {
    Settings {
        contact: None,
        concurrency: 16,
        delay: Duration::ZERO,
        timeout: Duration::from_secs(30),
        max_size: LIMIT,
        allow_private: true,
        ..Settings::default()
    }
}

fn client() -> Client {
    Client::new(&settings()).unwrap()
}

async fn get(client: &Client, url: &Url) -> Result<Fetched, Failure> {
    client.get(&Request { url, validators: None, source: &SourceSettings::default() }).await
}

async fn captured(client: &Client, url: &Url) -> Capture {
    match get(client, url).await.unwrap() {
        Fetched::Captured(capture) => capture,
        Fetched::NotModified { .. } => panic!("the request was not conditional"),
    }
}

async fn failure(client: &Client, url: &Url) -> Failure {
    get(client, url).await.unwrap_err()
}

fn without_robots(path: &str, reply: Reply) -> Reply {
    if path == "/robots.txt" { not_found() } else { reply }
}

fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(plain).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn a_capture_has_the_body_and_headers_as_sent() {
    let server = Server::start(|path, _| {
        let lines = ["ETag: W/\"7\"", "X-Twice: 1", "X-Twice: 2"];
        without_robots(path, response("203 Different", &lines, b"body \xff"))
    })
    .await;
    let url = server.url("/a?b=c#d");
    let capture = captured(&client(), &url).await;
    assert_eq!((capture.url.as_str(), capture.status), (server.url("/a?b=c").as_str(), 203));
    assert_eq!(capture.body, &b"body \xff"[..]);
    let headers: Vec<_> = capture.headers.iter().map(|h| (h.name.as_str(), h.value.as_slice())).collect();
    let expected: [(&str, &[u8]); 5] = [
        ("connection", b"close"),
        ("content-length", b"6"),
        ("etag", b"W/\"7\""),
        ("x-twice", b"1"),
        ("x-twice", b"2"),
    ];
    assert_eq!(headers, expected);
    assert_eq!(capture.fetched_at.timestamp_subsec_nanos(), 0);
    assert!(capture.hops.is_empty());
}

#[tokio::test]
async fn the_request_head_is_the_one_that_was_sent() {
    let server = Server::start(|path, _| without_robots(path, page("body"))).await;
    let url = server.url("/a?b=%20c");
    let capture = captured(&client(), &url).await;
    assert_eq!(String::from_utf8(capture.request_head).unwrap(), server.heads()[0]);
    let agent = concat!("tearsheet/", env!("CARGO_PKG_VERSION"), " (feed archiver; contact not set)");
    assert!(server.heads()[0].contains(agent), "{}", server.heads()[0]);
}

#[tokio::test]
async fn chunked_framing_is_not_kept() {
    let bytes = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n";
    let server = Server::start(|path, _| without_robots(path, Reply::Bytes(bytes.to_vec()))).await;
    let capture = captured(&client(), &server.url("/")).await;
    assert_eq!((capture.body.as_ref(), capture.headers.len()), (&b"body"[..], 0));
}

// robots.txt

#[tokio::test]
async fn a_disallowed_path_is_never_requested() {
    let server = Server::start(|path, _| match path {
        "/robots.txt" => page("User-agent: tearsheet\nDisallow: /private/\n"),
        _ => page("body"),
    })
    .await;
    let client = client();
    let refused = failure(&client, &server.url("/private/1")).await;
    assert!(matches!(refused, Failure::RobotsDisallowed { .. }), "{refused}");
    assert!(refused.is_permanent());
    captured(&client, &server.url("/public/1")).await;
    assert_eq!((server.paths(), server.robots_requests()), (vec!["/public/1".to_owned()], 1));
}

#[tokio::test]
async fn robots_txt_is_fetched_once_however_many_wait_for_it() {
    let server = Server::start(|path, _| without_robots(path, page("body"))).await;
    let (client, a, b, c) = (client(), server.url("/a"), server.url("/b"), server.url("/c"));
    tokio::join!(captured(&client, &a), captured(&client, &b), captured(&client, &c));
    assert_eq!((server.paths().len(), server.robots_requests()), (3, 1));
}

#[tokio::test]
async fn a_robots_txt_that_fails_forbids_everything() {
    let server = Server::start(|path, _| match path {
        "/robots.txt" => response("500 Oops", &[], b""),
        _ => page("body"),
    })
    .await;
    let client = client();
    for _ in 0..2 {
        let refused = failure(&client, &server.url("/a")).await;
        assert!(matches!(refused, Failure::RobotsUnreachable { .. }), "{refused}");
        assert!(!refused.is_permanent());
    }
    assert_eq!((server.paths().len(), server.robots_requests()), (0, 1));
}

#[tokio::test]
async fn a_robots_txt_may_redirect() {
    let server = Server::start(|path, _| match path {
        "/robots.txt" => redirect("302 Found", "/elsewhere.txt"),
        "/elsewhere.txt" => {
            response("200 OK", &["Content-Encoding: gzip"], &gzip(b"User-agent: *\nDisallow: /"))
        }
        _ => page("body"),
    })
    .await;
    let refused = failure(&client(), &server.url("/a")).await;
    assert!(matches!(refused, Failure::RobotsDisallowed { .. }), "{refused}");
}

#[tokio::test]
async fn a_redirect_obeys_the_robots_txt_of_the_host_it_leads_to() {
    let target = Server::start(|path, _| match path {
        "/robots.txt" => page("User-agent: *\nDisallow: /private/\n"),
        _ => page("body"),
    })
    .await;
    let location = target.url("/private/1");
    let server =
        Server::start(move |path, _| without_robots(path, redirect("301 Moved", location.as_str()))).await;
    let refused = failure(&client(), &server.url("/a")).await;
    assert!(matches!(refused, Failure::RobotsDisallowed { .. }), "{refused}");
    assert_eq!((server.paths().len(), target.paths().len()), (1, 0));
}

#[tokio::test]
async fn robots_txt_can_be_switched_off() {
    let server = Server::start(|_, _| page("User-agent: *\nDisallow: /\n")).await;
    let client = Client::new(&Settings { robots: false, ..settings() }).unwrap();
    captured(&client, &server.url("/a")).await;
    assert_eq!(server.robots_requests(), 0);
}

// Pacing

#[tokio::test]
async fn a_host_is_asked_one_request_at_a_time() {
    let server = Server::start(|path, _| without_robots(path, page("body"))).await;
    let client = client();
    let tasks: Vec<_> = (0..8)
        .map(|number| {
            let (client, url) = (client.clone(), server.url(&format!("/{number}")));
            tokio::spawn(async move { captured(&client, &url).await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!((server.paths().len(), server.most_under_way()), (8, 1));
}

#[tokio::test]
async fn waiting_for_a_host_keeps_nobody_from_another() {
    let slow = Server::start(|_, _| page("body")).await;
    let quick = Server::start(|_, _| page("body")).await;
    let client = Client::new(&Settings { concurrency: 1, robots: false, ..settings() }).unwrap();
    let patient = SourceSettings { delay: Some(Duration::from_secs(3600)), ..SourceSettings::default() };
    let url = slow.url("/");
    let request = Request { url: &url, validators: None, source: &patient };
    client.get(&request).await.unwrap();
    let other = slow.url("/other");
    let next = Request { url: &other, ..request };
    tokio::select! {
        biased;
        _ = client.get(&next) => panic!("the delay is over at once"),
        capture = async { captured(&client, &quick.url("/")).await } => assert_eq!(capture.status, 200),
    }
    assert_eq!((slow.paths().len(), quick.paths().len()), (1, 1));
}

// Redirects

#[tokio::test]
async fn redirects_are_recorded_with_their_permanence() {
    let server = Server::start(|path, _| match path {
        "/a" => redirect("301 Moved Permanently", "/b?c"),
        "/b?c" => redirect("302 Found", "d#e"),
        "/d" => page("body"),
        _ => not_found(),
    })
    .await;
    let capture = captured(&client(), &server.url("/a")).await;
    assert_eq!(capture.url, server.url("/d"));
    let hops = [Hop { from: server.url("/a"), status: 301 }, Hop { from: server.url("/b?c"), status: 302 }];
    assert_eq!(capture.hops, hops);
    assert!(capture.hops[0].is_permanent() && !capture.hops[1].is_permanent());
    assert!(capture.request_head.starts_with(b"GET /d HTTP/1.1\r\n"));
}

#[tokio::test]
async fn redirects_that_go_round_or_on_for_ever_end() {
    let server = Server::start(|path, _| match path.strip_prefix("/on/") {
        Some(number) => redirect("302 Found", &format!("/on/{}", number.parse::<u32>().unwrap() + 1)),
        None if path == "/a" => redirect("302 Found", "/b"),
        None if path == "/b" => redirect("302 Found", "/a"),
        None => not_found(),
    })
    .await;
    let client = client();
    let round = failure(&client, &server.url("/a")).await;
    assert!(matches!(&round, Failure::RedirectLoop { url } if *url == server.url("/a")), "{round}");
    assert_eq!(server.paths(), ["/a", "/b"]);
    let on = failure(&client, &server.url("/on/0")).await;
    assert!(matches!(on, Failure::TooManyRedirects { limit: MAX_REDIRECTS }), "{on}");
    assert_eq!(server.paths().len(), 2 + MAX_REDIRECTS + 1);
}

#[tokio::test]
async fn a_wall_that_sets_a_cookie_and_redirects_to_itself_is_passed() {
    let server = Server::start(|path, before| match (path, before) {
        ("/a", 0) => response("302 Found", &["Location: /a", "Set-Cookie: seen=yes; Path=/"], b""),
        ("/a", _) => {
            response("200 OK", &["Set-Cookie: session=secret", "Set-Cookie2: a=b", "X-Kept: 1"], b"")
        }
        _ => not_found(),
    })
    .await;
    let capture = captured(&client(), &server.url("/a")).await;
    assert_eq!(capture.hops.len(), 1);
    assert!(server.heads()[1].contains("\r\ncookie: seen=yes\r\n"));
    assert!(!String::from_utf8(capture.request_head).unwrap().contains("seen"));
    let kept: Vec<&str> = capture.headers.iter().map(|header| header.name.as_str()).collect();
    assert_eq!(kept, ["connection", "content-length", "x-kept"], "a session is not archived");
}

#[tokio::test]
async fn a_redirect_out_of_http_is_refused() {
    let server = Server::start(|path, _| match path {
        "/file" => redirect("302 Found", "file:///etc/passwd"),
        "/user" => redirect("302 Found", "http://me:secret@127.0.0.1/"),
        _ => not_found(),
    })
    .await;
    let client = client();
    let file = failure(&client, &server.url("/file")).await;
    assert!(matches!(file, Failure::RefusedScheme { .. }), "{file}");
    let user = failure(&client, &server.url("/user")).await;
    assert!(matches!(user, Failure::UserInfo { .. }), "{user}");
}

#[tokio::test]
async fn a_private_place_is_not_asked() {
    let server = Server::start(|_, _| page("body")).await;
    let client = Client::new(&Settings { allow_private: false, robots: false, ..settings() }).unwrap();
    let mut by_name = server.url("/");
    by_name.set_host(Some("localhost")).unwrap();
    for url in [server.url("/"), by_name] {
        let refused = failure(&client, &url).await;
        assert!(matches!(refused, Failure::PrivateAddress { .. }), "{refused}");
        assert!(refused.is_permanent());
    }
    assert!(server.paths().is_empty());
}

// Conditional requests

#[tokio::test]
async fn a_page_that_has_not_changed_is_not_sent_again() {
    let server = Server::start(|path, _| match path {
        "/moved" => redirect("308 Permanent Redirect", "/a"),
        _ => without_robots(path, response("304 Not Modified", &[], b"")),
    })
    .await;
    let (etag, date) = ("W/\"7\"".to_owned(), "Tue, 24 Nov 2026 08:00:00 GMT".to_owned());
    let validators = Validators { etag: Some(etag), last_modified: Some(date) };
    let (url, source) = (server.url("/moved"), SourceSettings::default());
    let request = Request { url: &url, validators: Some(&validators), source: &source };
    let fetched = client().get(&request).await.unwrap();
    let hops = vec![Hop { from: server.url("/moved"), status: 308 }];
    assert_eq!(fetched, Fetched::NotModified { url: server.url("/a"), hops, fresh_for: None });
    let head = server.heads().pop().unwrap();
    assert!(head.contains("\r\nif-none-match: W/\"7\"\r\n"));
    assert!(head.contains("\r\nif-modified-since: Tue, 24 Nov 2026 08:00:00 GMT\r\n"));
}

#[tokio::test]
async fn a_304_that_nobody_asked_for_is_a_failure() {
    let server = Server::start(|path, _| without_robots(path, response("304 Not Modified", &[], b""))).await;
    let failure = failure(&client(), &server.url("/")).await;
    assert!(matches!(failure, Failure::Status { code: 304, .. }), "{failure}");
}

// Statuses and retries

#[tokio::test]
async fn an_error_page_comes_with_its_failure() {
    let server = Server::start(|_, _| not_found()).await;
    let failure = failure(&client(), &server.url("/a")).await;
    assert!(failure.is_permanent());
    let Failure::Status { code: 404, retry_at: None, capture: Some(capture) } = failure else {
        panic!("{failure}");
    };
    assert_eq!((capture.status, capture.body.as_ref()), (404, &b"nothing here"[..]));
}

#[tokio::test]
async fn an_error_page_that_is_too_large_is_still_that_error() {
    let server =
        Server::start(|path, _| without_robots(path, response("410 Gone", &[], &[b'x'; LIMIT + 1]))).await;
    let failure = failure(&client(), &server.url("/a")).await;
    assert!(matches!(failure, Failure::Status { code: 410, capture: None, .. }), "{failure}");
}

#[tokio::test]
async fn a_busy_server_is_asked_again_when_it_says() {
    let server = Server::start(|path, before| match (path, before) {
        ("/a", 0) => response("503 Busy", &["Retry-After: 0"], b""),
        ("/a", 1) => response("503 Busy", &["Retry-After: Tue, 24 Nov 2020 08:00:00 GMT"], b""),
        _ => without_robots(path, page("body")),
    })
    .await;
    captured(&client(), &server.url("/a")).await;
    assert_eq!(server.paths().len(), 3);
}

#[tokio::test]
async fn a_server_that_stays_busy_is_asked_three_times() {
    let server =
        Server::start(|path, _| without_robots(path, response("503 Busy", &["Retry-After: 0"], b"later")))
            .await;
    let failure = failure(&client(), &server.url("/a")).await;
    assert!(matches!(&failure, Failure::Status { code: 503, capture: Some(_), .. }), "{failure}");
    assert!(failure.retry_at().is_some() && !failure.is_permanent());
    assert_eq!(server.paths().len(), 3);
}

#[tokio::test]
async fn what_asks_for_a_long_rest_gets_it_and_a_host_where_all_does_too() {
    let server = Server::start(|path, _| match path {
        "/well" => page("body"),
        path => without_robots(path, response("429 Slowly", &["Retry-After: 3600"], b"")),
    })
    .await;
    let client = client();
    let told = failure(&client, &server.url("/a")).await;
    assert!(matches!(told, Failure::Status { code: 429, .. }), "{told}");
    let again = failure(&client, &server.url("/a")).await;
    assert!(again.retry_at().is_some(), "it is not asked twice in a run: {again}");
    captured(&client, &server.url("/well")).await;
    for path in ["/a", "/b", "/c", "/d"] {
        failure(&client, &server.url(path)).await;
    }
    let closed = failure(&client, &server.url("/e")).await;
    assert!(matches!(closed, Failure::Postponed { .. }) && closed.retry_at().is_some(), "{closed}");
    assert_eq!(server.paths(), ["/a", "/well", "/b", "/c", "/d"]);
}

// Bodies

#[tokio::test]
async fn bodies_keep_their_codings() {
    let plain = "plain text ".repeat(40);
    let gzipped = gzip(plain.as_bytes());
    let mut deflater = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    deflater.write_all(plain.as_bytes()).unwrap();
    let zstandard = zstd::encode_all(plain.as_bytes(), 3).unwrap();
    for (coding, packed) in [
        ("gzip", gzipped),
        ("deflate", deflater.finish().unwrap()),
        ("zstd", zstandard),
        ("br", BROTLI.to_vec()),
    ] {
        let (line, sent) = (format!("Content-Encoding: {coding}"), packed.clone());
        let server =
            Server::start(move |path, _| without_robots(path, response("200 OK", &[&line], &sent))).await;
        let capture = captured(&client(), &server.url("/")).await;
        assert_eq!(capture.body, packed, "{coding}");
        assert_eq!(capture.payload(LIMIT).unwrap(), plain, "{coding}");
        assert!(server.heads()[0].contains("\r\naccept-encoding: gzip, br, zstd, deflate\r\n"));
    }
}

#[tokio::test]
async fn a_bomb_is_too_large_however_small_it_comes() {
    let bomb = gzip(&vec![0; 100 * LIMIT]);
    assert!(bomb.len() < LIMIT);
    let server = Server::start(move |path, _| {
        without_robots(path, response("200 OK", &["Content-Encoding: gzip"], &bomb))
    })
    .await;
    let failure = failure(&client(), &server.url("/")).await;
    assert!(matches!(failure, Failure::TooLarge { limit: LIMIT }), "{failure}");
}

#[tokio::test]
async fn a_body_without_end_is_stopped_at_the_limit() {
    let server = Server::start(|path, _| match path {
        "/announced" => Reply::Bytes(b"HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n".to_vec()),
        "/endless" => Reply::Endless(b"HTTP/1.1 200 OK\r\n\r\n".to_vec(), vec![b'x'; 10_000]),
        _ => not_found(),
    })
    .await;
    let client = client();
    for path in ["/announced", "/endless"] {
        let failure = failure(&client, &server.url(path)).await;
        assert!(matches!(failure, Failure::TooLarge { limit: LIMIT }), "{path}: {failure}");
    }
}

#[tokio::test]
async fn a_body_of_just_the_limit_is_whole() {
    let server = Server::start(|path, _| without_robots(path, response("200 OK", &[], &[b'x'; LIMIT]))).await;
    assert_eq!(captured(&client(), &server.url("/")).await.body.len(), LIMIT);
}

#[tokio::test]
async fn a_body_that_is_cut_off_is_no_page() {
    let server = Server::start(|path, _| match path {
        "/length" => Reply::Bytes(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this".to_vec()),
        "/chunked" => {
            Reply::Bytes(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nonly this\r\n".to_vec())
        }
        _ => not_found(),
    })
    .await;
    let client = client();
    let cut = failure(&client, &server.url("/length")).await;
    assert!(matches!(cut, Failure::CutOff { received: 9, expected: Some(100), .. }), "{cut}");
    assert_eq!(cut.to_string(), "the page was cut off after 9 of 100 bytes");
    let cut = failure(&client, &server.url("/chunked")).await;
    assert!(matches!(cut, Failure::CutOff { received: 9, expected: None, .. }), "{cut}");
    assert_eq!(server.paths(), ["/length", "/length", "/chunked", "/chunked"], "each is tried once more");
}

#[tokio::test]
async fn a_body_that_is_cut_off_once_is_asked_for_again() {
    let server = Server::start(|path, before| match (path, before) {
        ("/", 0) => Reply::Bytes(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this".to_vec()),
        _ => without_robots(path, page("all of it")),
    })
    .await;
    assert_eq!(&captured(&client(), &server.url("/")).await.body[..], b"all of it");
    assert_eq!(server.paths().len(), 2);
}

#[tokio::test]
async fn a_body_that_cannot_be_unpacked_is_no_page() {
    let whole = gzip("the river rises again ".repeat(500).as_bytes());
    let half = whole[..whole.len() / 2].to_vec();
    let answer = move |path: &str, _: usize| {
        without_robots(path, response("200 OK", &["Content-Encoding: gzip"], &half))
    };
    let server = Server::start(answer).await;
    let failure = failure(&client(), &server.url("/")).await;
    assert!(matches!(failure, Failure::Coding { .. }), "{failure}");
    assert!(failure.to_string().contains("gzip"), "{failure}");
}

#[tokio::test(start_paused = true)]
async fn a_server_that_says_nothing_is_not_waited_for() {
    let server = Server::start(|_, _| Reply::Silence).await;
    let client = Client::new(&Settings { robots: false, ..settings() }).unwrap();
    let failure = failure(&client, &server.url("/")).await;
    assert!(matches!(failure, Failure::Timeout { .. }), "{failure}");
    assert!(failure.to_string().ends_with(" took longer than 30s"), "{failure}");
}

#[tokio::test]
async fn a_server_that_promises_for_ever_is_not_waited_for() {
    let hints = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n".to_vec();
    let server = Server::start(move |_, _| Reply::Endless(hints.clone(), hints.clone())).await;
    let settings = Settings { robots: false, timeout: Duration::from_millis(300), ..settings() };
    let failure = failure(&Client::new(&settings).unwrap(), &server.url("/")).await;
    assert!(matches!(failure, Failure::Timeout { .. }), "{failure}");
}

// Secrets

#[tokio::test]
async fn secrets_go_to_their_own_host_and_into_no_archive() {
    let other = Server::start(|path, _| without_robots(path, page("body"))).await;
    let location = other.url("/target");
    let server = Server::start(move |path, _| match path {
        "/leave" => redirect("302 Found", location.as_str()),
        _ => without_robots(path, page("body")),
    })
    .await;
    let source = SourceSettings {
        home: Some(server.url("/news/")),
        headers: vec![("X-Key".to_owned(), "secret-key".to_owned())],
        cookies: vec![("a".to_owned(), "secret-a".to_owned()), ("b".to_owned(), "secret-b".to_owned())],
        user_agent: Some("reader/1".to_owned()),
        ..SourceSettings::default()
    };
    let client = client();
    for path in ["/stay", "/leave"] {
        let url = server.url(path);
        let fetched = client.get(&Request { url: &url, validators: None, source: &source }).await.unwrap();
        let Fetched::Captured(capture) = fetched else { panic!("the request was not conditional") };
        let head = String::from_utf8(capture.request_head).unwrap();
        assert!(!head.contains("secret") && !head.contains("x-key"), "{head}");
    }
    for head in server.heads() {
        assert!(head.contains("\r\nx-key: secret-key\r\n"), "{head}");
        assert!(head.contains("\r\ncookie: a=secret-a; b=secret-b\r\n"), "{head}");
    }
    let head = other.heads().pop().unwrap();
    assert!(!head.contains("secret") && head.contains("\r\nuser-agent: reader/1\r\n"), "{head}");
}

#[tokio::test]
async fn what_a_rule_sends_follows_no_redirect_to_another_port() {
    let other = Server::start(|path, _| without_robots(path, page("body"))).await;
    let location = other.url("/target");
    let server =
        Server::start(move |path, _| without_robots(path, redirect("302 Found", location.as_str()))).await;
    let hosts = vec![HostPattern::parse("127.0.0.1").unwrap()];
    let headers = vec![("Authorization".to_owned(), "secret".to_owned())];
    let sites = SiteHeaders::new(vec![(hosts, headers)]);
    let (url, home) = (server.url("/a"), Some(server.url("/")));
    for home in [home, None] {
        let source = SourceSettings { home, sites: sites.clone(), ..SourceSettings::default() };
        client().get(&Request { url: &url, validators: None, source: &source }).await.unwrap();
    }
    let sent = |heads: Vec<String>| -> Vec<bool> {
        heads.iter().map(|head| head.contains("\r\nauthorization: secret\r\n")).collect()
    };
    assert_eq!((sent(server.heads()), sent(other.heads())), (vec![true, false], vec![false, false]));
}
