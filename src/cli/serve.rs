//! Serves a folder on this machine, for a look at what was published.

use std::io;
use std::net::TcpListener;
use std::path::Path;

use axum::Router;
use tower_http::services::ServeDir;

/// Serves `folder` until Ctrl-C.
pub(super) async fn until_interrupted(listener: TcpListener, folder: &Path) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let router = Router::new().fallback_service(ServeDir::new(folder));
    let interrupted = async { tokio::signal::ctrl_c().await.unwrap_or_default() };
    axum::serve(listener, router).with_graceful_shutdown(interrupted).await
}
