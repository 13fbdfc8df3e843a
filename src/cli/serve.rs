//! `tearsheet serve`: the published site on this machine, and runs on schedule if asked for.

mod folder;
mod watch;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, anyhow};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

pub(super) use self::folder::until_interrupted;

use super::arguments::Serve;
use super::failure::Failure;
use super::root;
use crate::config::Config;

pub(super) fn run(root: &Path, options: &Serve, quiet: bool) -> Result<ExitCode, Failure> {
    let config = root::load(root)?;
    require_output(&config, options)?;
    let runtime = Runtime::new().context("failed to start")?;
    let listener = runtime.block_on(TcpListener::bind(options.listen));
    let listener = listener.with_context(|| format!("failed to listen on {}", options.listen))?;
    let address = listener.local_addr().context("failed to listen")?;
    if !quiet {
        eprintln!("{} is at http://{address}/; Ctrl-C ends it", config.site.output.display());
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

/// Refuses to serve what was never published, unless runs will do so.
fn require_output(config: &Config, options: &Serve) -> Result<(), Failure> {
    let output = &config.site.output;
    if options.watch || output.is_dir() {
        return Ok(());
    }
    Err(anyhow!("there is no {} yet; `tearsheet run` publishes it", output.display()).into())
}
