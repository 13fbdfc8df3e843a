//! The signals by which a process is asked to end.

/// The exit code of a process that Ctrl-C ended: 128 and the number of the signal, as shells say it.
pub(super) const EXIT_CODE: i32 = 130;

/// Ends with Ctrl-C, and with the signal by which services are stopped.
pub(super) async fn interrupted() {
    let interrupt = async { tokio::signal::ctrl_c().await.unwrap_or_default() };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => tokio::select! {
                () = interrupt => {}
                _ = terminate.recv() => {}
            },
            Err(_) => interrupt.await,
        }
    }
    #[cfg(not(unix))]
    interrupt.await;
}
