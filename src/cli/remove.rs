//! `tearsheet remove`: sources that are followed no longer. What the archive has of them stays.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, anyhow};

use super::arguments::Remove;
use super::failure::Failure;
use super::question::{self, UserAnswer};
use super::root;
use super::words::count;
use crate::archive::View;
use crate::config::{self, Config};
use crate::model::SourceId;
use crate::pipeline;

pub(super) fn run(root: &Path, options: &Remove, quiet: bool) -> Result<ExitCode, Failure> {
    let config = root::load(root)?;
    let ids = ids(&config, &options.sources)?;
    let files: Vec<PathBuf> =
        ids.iter().map(|id| config.root.join("config/sources").join(format!("{id}.toml"))).collect();
    if !options.dry_run {
        if !(options.yes || quiet) && question::can_be_asked() && !is_wanted(&files)? {
            return Ok(ExitCode::SUCCESS);
        }
        remove(root, &files)?;
    }
    if quiet {
        return Ok(ExitCode::SUCCESS);
    }
    let done = if options.dry_run { "would remove" } else { "removed" };
    for (id, file) in ids.iter().zip(&files) {
        eprintln!("{done} {}; {}", file.display(), kept(&config, id)?);
    }
    let output = config.site.output.display();
    match config.sources.len() + config.broken.len() > ids.len() {
        true => eprintln!("the next run or build removes what was published of it from {output}"),
        // Without sources nothing is published, and nothing removed: their disk may be missing.
        false => eprintln!("no source is left; {output} stays as it is until you add one, or delete it"),
    }
    Ok(ExitCode::SUCCESS)
}

/// Asks whether the files may be deleted: somebody may have written rules into them.
fn is_wanted(files: &[PathBuf]) -> anyhow::Result<bool> {
    let names: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    let asked = format!("Delete {}? y = delete, n = change nothing [y]", names.join(", "));
    Ok(question::ask(&asked, 0)? == UserAnswer::Yes)
}

/// The sources of these names, whether their files have mistakes or not.
fn ids(config: &Config, names: &[String]) -> Result<Vec<SourceId>, Failure> {
    let broken = |name: &str| {
        config.broken.iter().filter_map(|broken| broken.id.clone()).find(|id| id.as_str() == name)
    };
    let sound = |name: &str| config.source(name).map(|source| source.source.id.clone());
    let id = |name: &String| {
        sound(name).or_else(|| broken(name)).ok_or_else(|| pipeline::unknown_source(config, name))
    };
    Ok(names.iter().map(id).collect::<Result<_, _>>()?)
}

/// Removes the files, unless the configuration would have a mistake without them: a merged feed may name the source.
fn remove(root: &Path, files: &[PathBuf]) -> Result<(), Failure> {
    let aside = |file: &PathBuf| file.with_extension("toml.removed");
    for file in files {
        fs::rename(file, aside(file)).with_context(|| format!("failed to remove {}", file.display()))?;
    }
    if let Err(errors) = config::load(root) {
        for file in files {
            fs::rename(aside(file), file).with_context(|| format!("failed to restore {}", file.display()))?;
        }
        super::mistakes::print(&errors);
        return Err(anyhow!("nothing was removed: the configuration needs the source, see above").into());
    }
    for file in files {
        let aside = aside(file);
        fs::remove_file(&aside).with_context(|| format!("failed to remove {}", aside.display()))?;
    }
    Ok(())
}

/// What stays of a source.
fn kept(config: &Config, id: &SourceId) -> Result<String, Failure> {
    let counts = View::open_or_empty(&config.archive)?.counts()?;
    let articles = counts.iter().find(|count| count.source == *id).map_or(0, |count| count.articles);
    Ok(match articles {
        0 => "the archive has no articles of it".to_owned(),
        articles => format!("its {} stay in the archive", count(articles, "article")),
    })
}
