//! Ways to pages beside the plain one: through a proxy, believing a certificate of one's own, by a command.

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tearsheet::fetch::{
    Authorities, Client, Command, Failure, Fetched, Proxy, Request, Settings, SourceSettings,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use url::Url;

use crate::fetch::server::{Reply, Server, not_found, page, response};
use crate::program::{ON_LOOPBACK, Program};

fn settings() -> Settings {
    Settings { delay: Duration::ZERO, allow_private: true, ..Settings::default() }
}

async fn body(settings: &Settings, source: &SourceSettings, url: &Url) -> Result<String, Failure> {
    match Client::new(settings).unwrap().get(&Request { url, validators: None, source }).await? {
        Fetched::Captured(capture) => Ok(String::from_utf8_lossy(&capture.body).into_owned()),
        Fetched::NotModified { .. } => panic!("the request was not conditional"),
    }
}

#[tokio::test]
async fn a_proxy_is_asked_in_place_of_the_server() {
    // The first line of a request to a proxy has the whole URL.
    let proxy = Server::start(|path, _| match path {
        "http://nowhere.invalid/robots.txt" => not_found(),
        path => page(path),
    })
    .await;
    let settings = Settings { proxy: Some(Proxy::parse(proxy.url("").as_str()).unwrap()), ..settings() };
    let url = Url::parse("http://nowhere.invalid/a?b").unwrap();
    assert_eq!(body(&settings, &SourceSettings::default(), &url).await.unwrap(), url.as_str());
}

#[tokio::test]
async fn the_guard_stands_before_a_proxy() {
    let proxy = Server::start(|_, _| page("private")).await;
    let proxy = Some(Proxy::parse(proxy.url("").as_str()).unwrap());
    let settings = Settings { proxy, allow_private: false, robots: false, ..settings() };
    for url in ["http://localhost/", "http://10.0.0.1/", "http://[::1]/"] {
        let refused =
            body(&settings, &SourceSettings::default(), &Url::parse(url).unwrap()).await.unwrap_err();
        assert!(matches!(refused, Failure::PrivateAddress { .. }), "{url}: {refused}");
    }
}

/// A certificate that signs itself, marked as an authority's, for `own.test` and 127.0.0.1; it lasts until 2126.
const CERTIFICATE: &str = include_str!("../fixtures/tls/self-signed.pem");
const KEY: &str = include_str!("../fixtures/tls/self-signed.key");

/// A server that speaks TLS with that certificate, and its port.
async fn tls_server() -> u16 {
    let certificate = CertificateDer::from_pem_slice(CERTIFICATE.as_bytes()).unwrap();
    let key = PrivateKeyDer::from_pem_slice(KEY.as_bytes()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = Arc::new(config.with_no_client_auth().with_single_cert(vec![certificate], key).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = tokio_rustls::TlsAcceptor::from(Arc::clone(&config));
            tokio::spawn(async move {
                let Ok(mut stream) = acceptor.accept(stream).await else { return };
                let _ = stream.read(&mut [0; 4096]).await;
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nsafe").await;
                let _ = stream.shutdown().await;
            });
        }
    });
    port
}

#[tokio::test]
async fn a_certificate_that_the_owner_names_is_one_that_a_server_may_show() {
    let port = tls_server().await;
    let own = SourceSettings {
        authorities: Some(Authorities::parse(CERTIFICATE).unwrap()),
        ..SourceSettings::default()
    };
    let settings = Settings { robots: false, ..settings() };
    let url = |host: &str| Url::parse(&format!("https://{host}:{port}/")).unwrap();
    assert_eq!(body(&settings, &own, &url("127.0.0.1")).await.unwrap(), "safe");
    for (source, host) in [(&SourceSettings::default(), "127.0.0.1"), (&own, "localhost")] {
        let refused = body(&settings, source, &url(host)).await.unwrap_err();
        assert!(matches!(refused, Failure::Tls { .. }), "{host}: {refused}");
    }
}

/// A source whose pages `script` gives, and where it is kept.
#[cfg(unix)]
fn by_script(script: &str) -> (tempfile::TempDir, SourceSettings) {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("give");
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
    let words = [path.to_str().unwrap(), "{url}"].map(str::to_owned).to_vec();
    (folder, SourceSettings { command: Some(Command::parse(words).unwrap()), ..SourceSettings::default() })
}

#[cfg(unix)]
#[tokio::test]
async fn a_command_gives_the_page_without_a_shell_and_without_our_environment() {
    let server = Server::start(|_, _| not_found()).await;
    let (_folder, source) = by_script("echo \"$1\"; env | sort; pwd");
    let url = server.url("/a?$(touch%20x);b");
    let given = body(&settings(), &source, &url).await.unwrap();
    assert_eq!(given.lines().next(), Some(url.as_str()));
    assert!(!given.contains("CARGO"), "{given}");
    assert!(given.contains("\nhttp_proxy=http://127.0.0.1:"), "{given}");
    assert!(server.paths().is_empty(), "the server was asked for robots.txt alone");
}

#[cfg(unix)]
#[tokio::test]
async fn what_a_command_may_not_do_ends_it_and_all_that_it_started() {
    let server = Server::start(|path, _| match path {
        "/robots.txt" => response("200 OK", &[], b"User-agent: *\nDisallow: /no"),
        _ => not_found(),
    })
    .await;
    let short = Settings { timeout: Duration::from_secs(1), ..settings() };
    let folder = tempfile::tempdir().unwrap();
    let pid = folder.path().join("pid");
    let (_script, source) = by_script(&format!("sleep 600 & echo $! > {}; wait", pid.display()));
    let failure = body(&short, &source, &server.url("/")).await.unwrap_err();
    assert!(matches!(failure, Failure::Timeout { .. }), "{failure}");
    let sleeper = fs::read_to_string(&pid).unwrap();
    let status = format!("/proc/{}/stat", sleeper.trim());
    // A signal takes its time.
    let runs = || fs::read_to_string(&status).is_ok_and(|stat| !stat.contains(") Z "));
    assert!((0..10_000).any(|_| !runs()), "it still runs");
    let (_script, source) = by_script("yes");
    let failure =
        body(&Settings { max_size: 1000, ..settings() }, &source, &server.url("/")).await.unwrap_err();
    assert!(matches!(failure, Failure::TooLarge { limit: 1000 }), "{failure}");
    let (_script, source) = by_script("exit 3");
    let failure = body(&settings(), &source, &server.url("/")).await.unwrap_err();
    assert!(failure.to_string().ends_with("failed with exit code 3"), "{failure}");
    let failure = body(&settings(), &source, &server.url("/no")).await.unwrap_err();
    assert!(matches!(failure, Failure::RobotsDisallowed { .. }), "{failure}");
    let guarded = Settings { allow_private: false, robots: false, ..settings() };
    let failure = body(&guarded, &source, &server.url("/")).await.unwrap_err();
    assert!(matches!(failure, Failure::PrivateAddress { .. }), "{failure}");
}

/// What a browser sees: a page whose scripts write its article, and try to reach a server that they must not.
#[cfg(target_os = "linux")]
#[test]
fn chromium_shows_what_scripts_build_and_reaches_nothing_that_is_private() {
    if !std::path::Path::new("/usr/bin/chromium").exists() {
        eprintln!("chromium is not installed: not tried");
        return;
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        // The port of another service: never asked, even where private addresses are.
        let forbidden = TcpListener::bind("127.0.0.1:6379").await.ok();
        let server = Server::start(|path, _| match path {
            "/robots.txt" => not_found(),
            "/part.txt" => response("200 OK", &["Content-Type: text/plain"], b"gulls came back"),
            _ => response(
                "200 OK",
                &["Content-Type: text/html"],
                b"<title>t</title><p id=p>empty</p><script>\
                  fetch('/part.txt').then(r => r.text()).then(t => { p.textContent = 'The ' + t });\
                  fetch('http://127.0.0.1:6379/').then(() => { document.title = 'reached' }, () => { document.title = 'refused' });\
                  </script>",
            ),
        })
        .await;
        let mut words = vec!["/usr/bin/chromium", "--headless", "--dump-dom", "{url}"];
        if rustix::process::geteuid().is_root() {
            words.insert(1, "--no-sandbox");
        }
        let words = words.into_iter().map(str::to_owned).collect();
        let source =
            SourceSettings { command: Some(Command::parse(words).unwrap()), ..SourceSettings::default() };
        let given = body(&settings(), &source, &server.url("/")).await.unwrap();
        assert!(given.contains("The gulls came back") && given.contains("<title>refused</title>"), "{given}");
        let agents: Vec<String> = server.heads();
        assert!(agents.iter().all(|head| head.to_lowercase().contains("user-agent: tearsheet/")), "{agents:?}");
        drop(forbidden);
    });
}

#[tokio::test(start_paused = true)]
async fn a_host_that_trickles_is_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let _ = stream.read(&mut [0; 4096]).await;
        let mut open = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.is_ok();
        while open {
            tokio::time::sleep(Duration::from_secs(1)).await;
            open = stream.write_all(b"slowly").await.is_ok();
        }
    });
    let settings = Settings { robots: false, timeout: Duration::from_secs(600), ..settings() };
    let failure = body(&settings, &SourceSettings::default(), &url).await.unwrap_err();
    assert!(matches!(failure, Failure::TooSlow { least: 100, .. }), "{failure}");
}

#[test]
fn no_error_shows_what_a_proxy_is_told() {
    for proxy in ["http://me:s3cret@proxy.example/path", "s3cret://me:s3cret@x", "s3cret"] {
        let program =
            Program::new(&ON_LOOPBACK.replace("[fetch]", &format!("[fetch]\nproxy = \"{proxy}\"")), &[]);
        let checked = program.call(&["check"]);
        assert_eq!(checked.code, Some(2), "{checked:?}");
        assert!(!format!("{checked:?}").contains("s3cret"), "{checked:?}");
    }
}

#[test]
fn a_list_that_says_how_long_it_stays_is_left_alone_for_so_long() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(Server::start(|path, _| match path {
        "/feed.xml" => response(
            "200 OK",
            &["Content-Type: application/rss+xml", "ETag: \"1\"", "Cache-Control: max-age=3600"],
            b"<rss><channel><title>F</title><item><title>One</title><link>/1</link></item></channel></rss>",
        ),
        _ => Reply::Bytes(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_vec()),
    }));
    let source = format!("url = \"{}\"\nkind = \"feed\"\n", server.url("/feed.xml"));
    let program = Program::new(ON_LOOPBACK, &[("kept", source)]);
    let asked = || server.paths().iter().filter(|path| *path == "/feed.xml").count();
    program.call(&["run"]);
    program.call(&["run"]);
    assert_eq!(asked(), 1, "it is as it was");
    program.call(&["run", "kept"]);
    assert_eq!(asked(), 2, "whoever names a source wants it asked");
}
