//! A folder over HTTP.

use std::io;
use std::path::Path;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;
use tower_http::services::ServeDir;

use crate::cli::interrupt::interrupted;

/// Media types that are not told from a file's ending: feeds, and text without one.
const TYPES: [(&str, &str); 4] = [
    ("/rss.xml", "application/rss+xml; charset=utf-8"),
    ("/atom.xml", "application/atom+xml; charset=utf-8"),
    ("/feed.json", "application/feed+json; charset=utf-8"),
    (".opml", "text/x-opml; charset=utf-8"),
];

/// Serves `folder`, with validators and compressed, until the process is asked to end.
pub(in crate::cli) async fn until_interrupted(listener: TcpListener, folder: &Path) -> io::Result<()> {
    let router = Router::new()
        .fallback_service(ServeDir::new(folder))
        .layer(middleware::from_fn(typed))
        .layer(CompressionLayer::new());
    axum::serve(listener, router).with_graceful_shutdown(interrupted()).await
}

/// The longest list of feeds whose addresses are completed, in bytes.
const MOST_OPML: usize = 16 << 20;

/// Gives feeds their media types, and the list of feeds full addresses.
async fn typed(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).map(str::to_owned);
    let mut response = next.run(request).await;
    let known = TYPES.iter().find(|(ending, _)| path.ends_with(ending));
    if let Some((_, media_type)) = known.filter(|_| response.status().is_success()) {
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    }
    match host.filter(|_| path.ends_with(".opml") && response.status() == StatusCode::OK) {
        Some(host) => with_full_addresses(response, &host).await,
        None => response,
    }
}

/// A site that has no address yet names its feeds relative to the list of them, which feed readers cannot follow. Here its
/// address is known.
async fn with_full_addresses(response: Response, host: &str) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, MOST_OPML).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    if bytes.is_empty() {
        return Response::from_parts(parts, Body::empty());
    }
    parts.headers.remove(header::CONTENT_LENGTH);
    let text = completed(&String::from_utf8_lossy(&bytes), host);
    Response::from_parts(parts, Body::from(text))
}

/// `opml` with the addresses that begin with no scheme completed.
fn completed(opml: &str, host: &str) -> String {
    let mut out = String::with_capacity(opml.len());
    let mut rest = opml;
    while let Some((before, after)) = ["xmlUrl=\"", "htmlUrl=\""]
        .iter()
        .filter_map(|name| rest.find(name).map(|at| at + name.len()))
        .min()
        .map(|at| rest.split_at(at))
    {
        out.push_str(before);
        let address = after.split('"').next().unwrap_or_default();
        if !address.contains("://") {
            out.push_str(&format!("http://{host}/"));
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_without_a_scheme_are_completed() {
        let opml = r#"<outline xmlUrl="a/rss.xml" htmlUrl="https://a.example/"/><outline xmlUrl="https://b.example/rss.xml"/>"#;
        assert_eq!(
            completed(opml, "127.0.0.1:8080"),
            r#"<outline xmlUrl="http://127.0.0.1:8080/a/rss.xml" htmlUrl="https://a.example/"/><outline xmlUrl="https://b.example/rss.xml"/>"#
        );
    }
}
