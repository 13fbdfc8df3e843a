//! A site that means harm beside one that does not: every honest article is published, every fault has its reason, and
//! nothing costs more than it may.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::program::{Ended, ON_LOOPBACK, Program};

const HONEST: u32 = 40;
/// The bytes of a page that is large, and still one that is read.
const LARGE: usize = 1 << 18;

/// Bytes that are sent as an answer, whatever HTTP says of them.
fn raw(head: &str, body: &[u8]) -> Vec<u8> {
    let mut answer =
        format!("HTTP/1.1 {head}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len())
            .into_bytes();
    answer.extend_from_slice(body);
    answer
}

fn html(body: &str) -> Vec<u8> {
    raw("200 OK\r\nContent-Type: text/html; charset=utf-8", body.as_bytes())
}

fn honest(n: u32) -> String {
    let paragraph = |part: u32| {
        format!(
            "<p>In part {part} of report {n} the keeper of the lighthouse writes about gulls, of which {n} hundred came back \
             to the northern cliffs after a winter that nobody there will forget, and about the boats of the harbour.</p>"
        )
    };
    format!(
        "<!doctype html><html lang=en><title>Lighthouse report {n}</title><article><h1>Lighthouse report {n}</h1>\
         <time datetime=2025-02-{:02}>February</time>{}</article></html>",
        n % 28 + 1,
        (0..4).map(paragraph).collect::<String>()
    )
}

fn gzip(plain: &[u8], times: usize) -> Vec<u8> {
    (0..times).fold(plain.to_vec(), |packed, _| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&packed).unwrap();
        encoder.finish().unwrap()
    })
}

/// What repeats, to the size of a large page.
fn many(part: &str) -> String {
    part.repeat(LARGE / part.len())
}

fn numbered(part: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    let mut at = 0;
    while text.len() < LARGE {
        text += &part(at);
        at += 1;
    }
    text
}

/// Every harm, by its name: a table.
#[allow(clippy::too_many_lines)]
fn harms() -> Vec<(String, Vec<u8>)> {
    let mut harms: Vec<(String, Vec<u8>)> = Vec::new();
    for part in [
        "<div>",
        "<a href=x>",
        "<a href=x><div>",
        "<b><i><p>",
        "<table><td>",
        "<style></style>",
        "<script></script>",
        "<title></title>",
        "<!---->",
        "<br>",
        "<svg><g>",
        "<math><mi>",
        "<template>",
        "<select><option>",
        "<ul><li>",
        "<iframe></iframe>",
        "<noscript></noscript>",
        "<",
        "</",
        "\u{1b}[2J",
        "word ",
        "<p>a",
        "&amp;",
        "\u{301}",
        "<h1>T</h1>",
        "<article><p>a</p></article>",
        "<form><input>",
        "<sup><a href=#n1>1</a></sup>",
        "<script type=application/ld+json>[",
        "<a/>",
        "<frameset><frame>",
        "<font color=1>",
        "<plaintext>",
    ] {
        harms.push((format!("many-{}", harms.len()), html(&many(part))));
    }
    for body in [
        numbered(|n| format!("<body a{n}=1>")),
        numbered(|n| format!("<html a{n}=1>")),
        format!("<p{}>", numbered(|n| format!(" a{n}=1"))),
        numbered(|n| format!("<a href=/{n}>{n}</a>")),
        numbered(|n| format!("<p id=n{n}>x<sup><a href=#n{n}>{n}</a></sup>")),
        numbered(|n| format!("<p class='c{n} d{n} e{n}'>x")),
        numbered(|n| format!("<meta property=article:tag content=t{n}>")),
        format!("<title>{}</title>", many("x")),
        format!(
            "<script type=application/ld+json>{}{}</script>",
            "[".repeat(LARGE / 2),
            "]".repeat(LARGE / 2)
        ),
        format!("<script id=__NEXT_DATA__>{}</script>", many("{\"a\":")),
    ] {
        harms.push((format!("numbered-{}", harms.len()), html(&body)));
    }
    for (name, head, body) in [
        ("bomb", "200 OK\r\nContent-Encoding: gzip", gzip(&vec![b' '; 64 << 20], 1)),
        ("nested", "200 OK\r\nContent-Encoding: gzip, gzip, gzip, gzip, gzip", gzip(b"<p>deep", 5)),
        ("cut-gzip", "200 OK\r\nContent-Encoding: gzip", gzip(honest(99).as_bytes(), 1)[..100].to_vec()),
        ("br", "200 OK\r\nContent-Encoding: br", vec![0xff; 100]),
        ("zstd", "200 OK\r\nContent-Encoding: zstd", vec![0x28, 0xb5, 0x2f, 0xfd, 0xff, 0xff]),
        ("binary", "200 OK\r\nContent-Type: text/html", (0..=255_u8).cycle().take(LARGE).collect()),
        ("nul", "200 OK\r\nContent-Type: text/html", vec![0; LARGE]),
        ("image", "200 OK\r\nContent-Type: image/png", b"\x89PNG\r\n\x1a\n".repeat(100)),
        ("empty", "200 OK\r\nContent-Type: text/html", Vec::new()),
        ("charset", "200 OK\r\nContent-Type: text/html; charset=\x7f'\"", b"<p>x".to_vec()),
        ("login", "401 Unauthorized", b"<p>log in".to_vec()),
        ("paid", "402 Payment Required", b"<p>pay".to_vec()),
        ("forbidden", "403 Forbidden", b"<p>no".to_vec()),
        ("proxy", "407 Proxy Authentication Required", b"<p>no".to_vec()),
        ("legal", "451 Unavailable For Legal Reasons", b"<p>no".to_vec()),
        ("gone", "410 Gone", b"<p>gone".to_vec()),
        ("teapot", "418 I'm a teapot", b"<p>no".to_vec()),
        ("status-999", "999 No", b"<p>no".to_vec()),
        ("loop", "302 Found\r\nLocation: /harm/loop", Vec::new()),
        ("file", "302 Found\r\nLocation: file:///etc/passwd", Vec::new()),
        ("metadata", "302 Found\r\nLocation: http://user:pass@169.254.169.254/", Vec::new()),
        ("redis", "302 Found\r\nLocation: http://127.0.0.1:6379/", Vec::new()),
        ("nowhere", "302 Found\r\nLocation: http://nosuchhost.invalid/", Vec::new()),
        ("refresh", "200 OK\r\nContent-Type: text/html\r\nRefresh: 0; url=/harm/refresh", b"<p>x".to_vec()),
        ("cookies", "200 OK\r\nSet-Cookie: a=\x01\x7f; Domain=com", b"<p>x".to_vec()),
    ] {
        harms.push((name.to_owned(), raw(head, &body)));
    }
    for (name, answer) in [
        ("silence", ""),
        ("smtp", "220 mail.example ESMTP\r\n"),
        ("half-head", "HTTP/1.1 200 OK\r\nContent-Le"),
        ("lie", "HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n<p>short"),
        ("huge", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999\r\n\r\n<p>short"),
        ("minus", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n<p>short"),
        ("two-lengths", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n<p>short"),
        ("chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n"),
        ("spaces", "HTTP/1.1 200 OK\r\nA b: c\r\n\r\n<p>x"),
    ] {
        harms.push((name.to_owned(), answer.as_bytes().to_vec()));
    }
    let headers = (0..20_000).map(|n| format!("X-{n}: y\r\n")).collect::<String>();
    harms.push(("headers".to_owned(), format!("HTTP/1.1 200 OK\r\n{headers}\r\n<p>x").into_bytes()));
    harms.push((
        "long-header".to_owned(),
        format!("HTTP/1.1 200 OK\r\nX: {}\r\n\r\n<p>x", many("y")).into_bytes(),
    ));
    harms
}

/// Answers one connection: honest pages, the feed, and harm.
async fn answer(mut stream: TcpStream, harms: &[(String, Vec<u8>)], address: &str) {
    let mut head = vec![0; 16 * 1024];
    let Ok(read) = stream.read(&mut head).await else { return };
    let head = String::from_utf8_lossy(&head[..read]).into_owned();
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let bytes = if let Some(n) = path.strip_prefix("/honest/") {
        html(&honest(n.parse().unwrap()))
    } else if path == "/feed.xml" {
        raw("200 OK\r\nContent-Type: application/rss+xml", feed(harms, address).as_bytes())
    } else if path == "/harm/trickle" {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n").await;
        while stream.write_all(b"x").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        return;
    } else if let Some((_, bytes)) = harms.iter().find(|(name, _)| path == format!("/harm/{name}")) {
        bytes.clone()
    } else {
        raw("404 Not Found", b"")
    };
    let _ = stream.write_all(&bytes).await;
    let _ = stream.shutdown().await;
}

/// Harm and honest articles, one after the other.
fn feed(harms: &[(String, Vec<u8>)], address: &str) -> String {
    let mut feed = String::from("<rss><channel><title>Both</title>");
    let mut item = |title: &str, path: &str| {
        write!(feed, "<item><title>{title}</title><link>http://{address}{path}</link></item>").unwrap();
    };
    for (at, name) in harms.iter().map(|(name, _)| name.as_str()).chain(["trickle"]).enumerate() {
        if let Ok(n) = u32::try_from(at)
            && n < HONEST
        {
            item(&format!("Lighthouse report {n}"), &format!("/honest/{n}"));
        }
        item(&format!("Harm {name}"), &format!("/harm/{name}"));
    }
    feed + "</channel></rss>"
}

#[tokio::test(flavor = "multi_thread")]
async fn every_honest_article_is_published_and_every_harm_has_its_reason() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let harms = harms();
    assert!(harms.len() >= 79, "{}", harms.len());
    let (count, at) = (harms.len() + 1, address.clone());
    tokio::spawn(async move {
        let harms = Arc::new(harms);
        while let Ok((stream, _)) = listener.accept().await {
            let (harms, address) = (Arc::clone(&harms), address.clone());
            tokio::spawn(async move { answer(stream, &harms, &address).await });
        }
    });
    let settings = ON_LOOPBACK.replace("[fetch]\n", "[fetch]\ntimeout = \"3s\"\n");
    let source = format!("url = \"http://{at}/feed.xml\"\nlimit = 1000\n");
    let program = Program::new(&settings, &[("both", source)]);
    let (ended, memory) = measured_run(&program);
    assert!(matches!(ended.code, Some(0 | 1)), "{ended:?}");
    let published: Vec<String> = program.entries().iter().map(|entry| entry.article.title.clone()).collect();
    for n in 0..HONEST {
        assert!(published.contains(&format!("Lighthouse report {n}")), "{n}: {ended:?}");
    }
    let report = ended.json();
    let source = &report["sources"][0];
    let listed = source["candidates"].as_u64().unwrap();
    assert_eq!(listed, u64::from(HONEST) + u64::try_from(count).unwrap());
    let troubles = source["troubles"].as_array().unwrap();
    let reason = |name: &str| {
        let of = |trouble: &&serde_json::Value| {
            trouble["url"].as_str().is_some_and(|url| url.ends_with(&format!("/{name}")))
        };
        troubles.iter().find(of).map_or_else(|| panic!("{name}: {troubles:#?}"), ToString::to_string)
    };
    for (name, says) in [
        ("bomb", "larger than"),
        ("login", "asks for a login"),
        ("paid", "asks to be paid"),
        ("legal", "the law forbids"),
        ("file", "not an http"),
        ("metadata", "user name or password"),
        ("redis", "port of another service"),
        ("nowhere", "cannot find the host nosuchhost.invalid"),
        ("loop", "lead back"),
        ("trickle", "took longer"),
        ("huge", "larger than"),
    ] {
        assert!(reason(name).contains(says), "{name}: {}", reason(name));
    }
    assert!(!ended.stderr.contains("internal error"), "{ended:?}");
    let status = program.call(&["status", "--json"]);
    assert!(status.stdout.contains("asks to be paid"), "{status:?}");
    assert!(memory.is_none_or(|bytes| bytes <= 200 << 20), "{memory:?} bytes");
}

/// The program's run, and the most memory that it had, in bytes; none where the system does not say.
fn measured_run(program: &Program) -> (Ended, Option<u64>) {
    let child = program.command(&["run", "--json"]).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let watch = std::thread::spawn(move || {
        let mut most = None;
        while let Ok(text) = fs::read_to_string(&status) {
            let Some(line) = text.lines().find_map(|line| line.strip_prefix("VmHWM:")) else { break };
            most = line.trim().trim_end_matches(" kB").parse::<u64>().ok().map(|kilobytes| kilobytes << 10);
            std::thread::sleep(Duration::from_millis(20));
        }
        most
    });
    let ended = Ended::of(child.wait_with_output().unwrap());
    (ended, watch.join().unwrap())
}

/// A host that answers each of these targets with these bytes, and all others with a page.
async fn host(answers: Vec<(&'static str, Vec<u8>)>) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let answers = Arc::new(answers);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let answers = Arc::clone(&answers);
            tokio::spawn(async move {
                let mut head = vec![0; 16 * 1024];
                let Ok(read) = stream.read(&mut head).await else { return };
                let head = String::from_utf8_lossy(&head[..read]).into_owned();
                let target = head.split(' ').nth(1).unwrap_or_default();
                let known = answers.iter().find(|(known, _)| *known == target);
                let bytes = known.map_or_else(|| html(&honest(1)), |(_, bytes)| bytes.clone());
                let _ = stream.write_all(&bytes).await;
                let _ = stream.shutdown().await;
            });
        }
    });
    address
}

fn rss_of(numbers: std::ops::Range<u32>) -> Vec<u8> {
    let items = numbers.fold(String::new(), |mut items, n| {
        write!(items, "<item><title>Lighthouse report {n}</title><link>/honest/{n}</link></item>").unwrap();
        items
    });
    let feed = format!("<rss><channel><title>Reports</title>{items}</channel></rss>");
    raw("200 OK\r\nContent-Type: application/rss+xml", feed.as_bytes())
}

/// The roles in which harm comes, beside that of a page.
const ROLES: [&str; 4] = ["feed", "sitemap", "listing", "robots"];

#[tokio::test(flavor = "multi_thread")]
async fn harm_in_place_of_a_list_or_a_robots_txt_costs_no_other_source() {
    let no_robots = || ("/robots.txt", raw("404 Not Found", b""));
    let mut well = vec![no_robots(), ("/list", rss_of(0..3))];
    well.extend(
        ["/honest/0", "/honest/1", "/honest/2"].into_iter().zip(0..).map(|(at, n)| (at, html(&honest(n)))),
    );
    let mut sources = vec![("well".to_owned(), format!("url = \"http://{}/list\"\n", host(well).await))];
    for (at, (name, bytes)) in harms().into_iter().enumerate() {
        let role = ROLES[at % ROLES.len()];
        let (answers, kind) = match role {
            "robots" => (vec![("/robots.txt", bytes), ("/list", rss_of(1..2))], "feed"),
            kind => (vec![no_robots(), ("/list", bytes)], kind),
        };
        let url = format!("http://{}/list", host(answers).await);
        sources.push((format!("{role}-{name}"), format!("url = \"{url}\"\nkind = \"{kind}\"\n")));
    }
    let settings = ON_LOOPBACK.replace("[fetch]\n", "[fetch]\ntimeout = \"3s\"\n");
    let named: Vec<(&str, String)> =
        sources.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    let program = Program::new(&settings, &named);
    let (ended, memory) = measured_run(&program);
    assert!(matches!(ended.code, Some(0 | 1)), "{ended:?}");
    assert!(!ended.stderr.contains("internal error"), "{ended:?}");
    assert!(memory.is_none_or(|bytes| bytes <= 200 << 20), "{memory:?} bytes");
    let status = program.call(&["status", "--json"]).json();
    let state = |name: &str| {
        let rows = status["sources"].as_array().unwrap();
        rows.iter().find(|row| row["source"] == name).unwrap_or_else(|| panic!("{name}")).clone()
    };
    assert_eq!((state("well")["articles"].as_u64(), state("well")["state"].as_str()), (Some(3), Some("ok")));
    let report = ended.json();
    for source in report["sources"].as_array().unwrap() {
        let (name, failure) = (source["source"].as_str().unwrap(), &source["failure"]);
        // A page of a feed's kind that lists nothing is no fault of the first run, and a robots.txt that is none forbids nothing.
        if !failure.is_null() {
            let row = state(name);
            assert!(
                row["state"] != "ok" && row["trouble"].as_str().is_some_and(|said| !said.is_empty()),
                "{row}"
            );
        }
    }
    let is_well = |name: &str| {
        report["sources"]
            .as_array()
            .unwrap()
            .iter()
            .any(|source| source["source"] == name && source["failure"].is_null())
    };
    let failed = sources.iter().filter(|(name, _)| !is_well(name)).count();
    assert!(failed > sources.len() / 2, "{failed} of {} failed", sources.len());
}
