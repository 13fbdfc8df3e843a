//! `tearsheet release`: publishes what was held back.

use std::path::Path;
use std::process::ExitCode;

use chrono::Utc;
use serde_json::json;

use super::arguments::Release;
use super::failure::Failure;
use super::output;
use super::progress::Display;
use super::root;
use super::run::{complain_of, published};
use crate::pipeline::{self, Released};

pub(super) fn run(root: &Path, options: &Release, quiet: bool) -> Result<ExitCode, Failure> {
    let config = root::load_sound(root)?;
    let display = Display::new(quiet || options.json);
    let runtime = tokio::runtime::Runtime::new().map_err(anyhow::Error::from)?;
    let observer = |progress: pipeline::Progress| display.show(&progress);
    let done = runtime.block_on(pipeline::release(&config, &options.pages, Utc::now(), &observer));
    display.finish();
    let (released, written) = done?;
    if options.json {
        let pages: Vec<_> = released.iter().map(json).collect();
        output::json(json!({ "released": pages, "published": written }));
    } else if !quiet {
        for page in &released {
            let kind = if page.is_revision { "the revision of " } else { "" };
            eprintln!("{kind}{} is released: {}", page.url, page.title);
        }
        eprintln!("{}", published(&config, &written));
    }
    complain_of(&written.unannounced);
    complain_of(&written.theme);
    Ok(ExitCode::from(u8::from(complain_of(&written.unreadable))))
}

fn json(page: &Released) -> serde_json::Value {
    json!({ "id": page.id, "url": page.url, "title": page.title, "is_revision": page.is_revision })
}
