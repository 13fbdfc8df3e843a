//! `tearsheet serve`: the published site on this machine, and runs on schedule if asked for.

mod folder;
mod watch;

use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, anyhow};
use indicatif::HumanDuration;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

pub(super) use self::folder::until_interrupted;

use super::arguments::Serve;
use super::failure::Failure;
use super::root;
use crate::config::Config;

/// Feeds that are named one by one.
const NAMED: usize = 3;

pub(super) fn run(root: &Path, options: &Serve, quiet: bool) -> Result<ExitCode, Failure> {
    let config = root::load(root)?;
    require_output(&config, options)?;
    let runtime = Runtime::new().context("failed to start")?;
    let listener = runtime.block_on(TcpListener::bind(options.listen));
    let listener = listener.map_err(|error| not_listening(options, error))?;
    let address = listener.local_addr().context("failed to listen")?;
    if !quiet {
        eprintln!("{} is at http://{address}/; Ctrl-C ends it", config.site.output.display());
        tell_feeds(&config, address);
        if options.watch {
            eprintln!("every {} it checks the sources that are due", HumanDuration(options.every));
        }
    }
    runtime
        .block_on(async {
            let served = until_interrupted(listener, &config.site.output);
            match options.watch {
                true => watch::beside(served, root, options.every, quiet).await,
                false => served.await,
            }
        })
        .context("failed to serve")?;
    // A run that is under way is cut off; the archive takes no harm by it.
    runtime.shutdown_background();
    Ok(ExitCode::SUCCESS)
}

/// Prints the address of each feed, or of the list of them where they are many.
fn tell_feeds(config: &Config, address: SocketAddr) {
    if config.sources.len() > NAMED {
        eprintln!(
            "import http://{address}/feeds.opml into your feed reader, or choose a feed on the front page"
        );
        return;
    }
    for source in config.sources.iter().filter(|source| source.feed.is_listed) {
        eprintln!("subscribe to http://{address}/{}/atom.xml", source.source.id);
    }
}

fn not_listening(options: &Serve, error: io::Error) -> anyhow::Error {
    match error.kind() {
        io::ErrorKind::AddrInUse => anyhow!(
            "another program listens on {}; choose another port with `--listen {}`",
            options.listen,
            SocketAddr::new(options.listen.ip(), options.listen.port().checked_add(1).unwrap_or(8080))
        ),
        _ => anyhow::Error::from(error).context(format!("failed to listen on {}", options.listen)),
    }
}

/// Refuses to serve what was never published, unless runs will do so.
fn require_output(config: &Config, options: &Serve) -> Result<(), Failure> {
    let output = &config.site.output;
    if options.watch || output.is_dir() {
        return Ok(());
    }
    Err(anyhow!("there is no {} yet; `tearsheet run` publishes it", output.display()).into())
}
