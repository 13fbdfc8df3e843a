//! A folder over HTTP.

use std::io;
use std::path::Path;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::Response;
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

/// Gives feeds their media types.
async fn typed(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    let known = TYPES.iter().find(|(ending, _)| path.ends_with(ending));
    if let Some((_, media_type)) = known.filter(|_| response.status().is_success()) {
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    }
    response
}
