//! `tearsheet open`: a page of the published site in a browser.

use std::env;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use anyhow::anyhow;
use url::Url;

use super::arguments::Open;
use super::failure::Failure;
use super::output;
use super::root;
use super::show::withdrawn;
use crate::config::Config;
use crate::pipeline;
use crate::publish;

pub(super) fn run(root: &Path, options: &Open) -> Result<ExitCode, Failure> {
    let config = root::load(root)?;
    let path = match &options.what {
        None => "index.html".to_owned(),
        Some(what) => path(&config, what)?,
    };
    let address = address(&config, &path)?;
    if options.print {
        output::line(&address);
        return Ok(ExitCode::SUCCESS);
    }
    start_browser(&address)?;
    Ok(ExitCode::SUCCESS)
}

/// The published page of an article or of a source's feed.
fn path(config: &Config, what: &str) -> Result<String, Failure> {
    if let Some(source) = config.source(what) {
        return Ok(publish::feed_page_path(&source.source.id));
    }
    let is_name = !what.contains(['/', ':', '.']) && what.len() < 36;
    if is_name {
        return Err(pipeline::unknown_source(config, what).into());
    }
    let view = pipeline::view(config)?;
    let known = pipeline::find_article(&view, what)?;
    if let Some(reason) = view.withdrawn(&known.id)? {
        return Err(anyhow!(withdrawn(&known, &reason)).into());
    }
    let entry = view.entry(&known.id)?;
    let entry = entry.ok_or_else(|| anyhow!("the archive has no article `{what}`"))?;
    Ok(publish::article_path(&entry))
}

/// Where the page can be seen: the file that was written, since it may not be uploaded yet.
fn address(config: &Config, path: &str) -> Result<Url, Failure> {
    let file = config.site.output.join(path);
    let file = file.canonicalize().map_err(|_| {
        anyhow!("{} is not published yet; `tearsheet run` or `tearsheet build` writes it", file.display())
    })?;
    Url::from_file_path(&file).map_err(|()| anyhow!("{} has no address", file.display()).into())
}

/// The programs that open an address, in the order in which they are tried.
fn browsers() -> Vec<String> {
    let set = env::var("BROWSER").ok().filter(|browser| !browser.is_empty());
    let usual = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    set.into_iter().chain([usual.to_owned()]).collect()
}

fn start_browser(address: &Url) -> Result<(), Failure> {
    for browser in browsers() {
        let mut command = Command::new(&browser);
        command.arg(address.as_str()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        if command.status().is_ok_and(|status| status.success()) {
            return Ok(());
        }
    }
    Err(anyhow!("no browser could be started; open {address} yourself, or set BROWSER").into())
}
