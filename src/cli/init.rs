//! `tearsheet init`: a folder to begin with.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, anyhow};

use super::arguments::Init;
use super::failure::Failure;
use super::question;
use crate::config::{self, NewFolder};

pub(super) fn run(root: &Path, options: &Init, quiet: bool) -> Result<ExitCode, Failure> {
    let folder = options.folder.as_deref().unwrap_or(root);
    let settings = folder.join("config/tearsheet.toml");
    if settings.exists() {
        let path = settings.display();
        return Err(anyhow!("there is a tearsheet folder already: {path} exists. Nothing was changed").into());
    }
    let mut answers = Answers::of(options);
    if !(options.yes || quiet) && question::can_be_asked() {
        answers.ask(options)?;
    }
    for (name, text) in config::new_folder(&answers.new_folder())? {
        write_missing(&folder.join(name), &text)?;
    }
    if !quiet {
        eprintln!("wrote {}", settings.display());
        eprintln!("next: {} to follow a site", next(folder));
    }
    Ok(ExitCode::SUCCESS)
}

/// The command that comes after.
fn next(folder: &Path) -> String {
    let is_here = folder.as_os_str().is_empty() || folder == Path::new(".");
    if is_here {
        "`tearsheet add URL`".to_owned()
    } else {
        format!("`cd {}` and `tearsheet add URL`", folder.display())
    }
}

/// Writes a file, unless there is one: samples may have been changed since.
fn write_missing(path: &Path, text: &str) -> anyhow::Result<()> {
    let parent = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent).with_context(|| format!("failed to create {}", parent.display()))?;
    if path.exists() {
        return Ok(());
    }
    let failed = || format!("failed to write {}", path.display());
    let mut file = fs::File::create_new(path).with_context(failed)?;
    file.write_all(text.as_bytes()).with_context(failed)
}

/// What the folder is to have, from options and questions.
struct Answers {
    title: Option<String>,
    base_url: Option<String>,
    contact: Option<String>,
}

impl Answers {
    fn of(options: &Init) -> Answers {
        let Init { title, base_url, contact, .. } = options;
        Answers { title: title.clone(), base_url: base_url.clone(), contact: contact.clone() }
    }

    fn new_folder(&self) -> NewFolder<'_> {
        let Answers { title, base_url, contact } = self;
        NewFolder { title: title.as_deref(), base_url: base_url.as_deref(), contact: contact.as_deref() }
    }

    /// Asks for what no option gave.
    fn ask(&mut self, options: &Init) -> anyhow::Result<()> {
        eprintln!("Press Enter to skip a question; you can change everything in config/tearsheet.toml.");
        if options.title.is_none() {
            let is_good = |title: &str| {
                config::new_folder(&NewFolder { title: Some(title), ..NewFolder::default() }).is_ok()
            };
            self.title = question::line("Title of your site:", is_good, "it must not be empty")?;
        }
        if options.base_url.is_none() {
            let is_good = |url: &str| {
                config::new_folder(&NewFolder { base_url: Some(url), ..NewFolder::default() }).is_ok()
            };
            let hint = "give a URL that begins with https:// or http://, without ? and #";
            self.base_url =
                question::line("Address at which it will be published (https://…):", is_good, hint)?;
        }
        if options.contact.is_none() {
            let hint = "give an e-mail address or a URL";
            let asked = "How the owner of a site can reach you (e-mail or URL, sent with each request):";
            self.contact = question::line(asked, config::is_contact, hint)?;
        }
        Ok(())
    }
}
