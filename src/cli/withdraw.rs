//! `tearsheet withdraw`: takes articles down.

use std::path::Path;
use std::process::ExitCode;

use chrono::Utc;
use serde_json::json;

use super::arguments::Withdraw;
use super::failure::Failure;
use super::output;
use super::progress::Display;
use super::root;
use super::run::{complain_of, published};
use crate::pipeline;

pub(super) fn run(root: &Path, options: &Withdraw, quiet: bool) -> Result<ExitCode, Failure> {
    let config = root::load_sound(root)?;
    let display = Display::new(quiet || options.json);
    let observer = |progress: pipeline::Progress| display.show(&progress);
    let runtime = tokio::runtime::Runtime::new().map_err(anyhow::Error::from)?;
    let withdraw = pipeline::withdraw(&config, &options.articles, &options.reason, Utc::now(), &observer);
    let done = runtime.block_on(withdraw);
    display.finish();
    let (withdrawn, written) = done?;
    if options.json {
        let articles: Vec<_> =
            withdrawn.iter().map(|article| json!({ "id": article.id, "url": article.url })).collect();
        output::json(json!({ "withdrawn": articles, "published": written }));
    } else if !quiet {
        for article in &withdrawn {
            let already = if article.is_known { " already" } else { "" };
            eprintln!(
                "{} is{already} withdrawn; `tearsheet release {}` publishes it again",
                article.url, article.id
            );
        }
        eprintln!("{}", published(&config, &written));
    }
    complain_of(&written.unannounced);
    complain_of(&written.theme);
    Ok(ExitCode::from(u8::from(complain_of(&written.unreadable))))
}
