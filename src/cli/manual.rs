//! `tearsheet man` and `tearsheet completions`: what shells and manuals show of the commands.

use std::fs;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, anyhow};
use clap::CommandFactory;
use clap_complete::env::Shells;
use clap_complete::{CompleteEnv, Shell};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::arguments::{Arguments, EXIT_CODES, ManOptions};
use super::failure::Failure;
use super::output;

/// The variable with which a shell asks for completions.
const COMPLETING: &str = "TEARSHEET_COMPLETE";

/// Files that every page names.
const FILES: [(&str, &str); 5] = [
    ("config/tearsheet.toml", "what holds for every source: title, address, limits, merged feeds"),
    ("config/sources/NAME.toml", "one source each"),
    ("config/rules/HOST.toml", "how the pages of a site are read, where tearsheet needs help"),
    ("archive/", "captures and articles as WARC files, and an index that can be rebuilt from them"),
    ("public/", "the published feeds and pages; `tearsheet build` writes all of it again"),
];

/// Examples of the commands that are used most; the empty name is tearsheet itself.
const EXAMPLES: [(&str, &str, &str); 18] = [
    ("", "tearsheet init feeds && cd feeds", "make a folder"),
    ("", "tearsheet add example.com/news", "follow a site"),
    ("", "tearsheet run --quiet", "from cron: fetch and publish what is new"),
    (
        "init",
        "tearsheet init feeds --title \"My feeds\" --base-url https://feeds.example/",
        "make a folder without questions",
    ),
    ("add", "tearsheet add --dry-run example.com/news", "see how a site can be followed"),
    (
        "add",
        "tearsheet add --yes --backfill 50 https://example.com/feed.xml",
        "follow a feed, with 50 older articles",
    ),
    ("run", "tearsheet run --retry", "try again now what failed"),
    ("run", "tearsheet run --dry-run example-com", "see what is new, and fetch no article"),
    ("run", "tearsheet -vv run example-com", "see every request with its status and time"),
    ("run", "tearsheet run --backfill all example-com", "fetch all older articles of a source"),
    ("status", "tearsheet status example-com", "see how one source is doing"),
    ("serve", "tearsheet serve --watch", "serve the site, and run every 15 minutes"),
    ("export", "tearsheet export --wacz everything.wacz", "export the archive for ReplayWeb.page"),
    ("import", "tearsheet import subscriptions.opml", "follow what another reader follows"),
    ("explain", "tearsheet explain https://example.com/news/1", "see why a text was chosen"),
    ("verify", "tearsheet verify --repair", "find damage and repair it"),
    ("prune", "tearsheet prune --dry-run", "see what the retention rules would delete"),
    ("rebuild", "tearsheet rebuild --extract --dry-run", "see what today's rules would change in articles"),
];

pub(super) fn run(options: &ManOptions) -> Result<ExitCode, Failure> {
    match (&options.dir, &options.command) {
        (Some(dir), _) => write_all(dir)?,
        (None, name) => output::line(page(name.as_deref())?.trim_end()),
    }
    Ok(ExitCode::SUCCESS)
}

/// Answers a shell that asks how the words typed so far can go on, and ends the process then. The script that
/// [`completions`] prints asks so, since the names of sources are not known before.
pub(super) fn complete() {
    CompleteEnv::with_factory(Arguments::command).var(COMPLETING).complete();
}

/// Prints a completion script.
pub(super) fn completions(shell: Shell) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    let shells = Shells::builtins();
    let shell = shells.completer(&shell.to_string()).expect("the library knows its own shells");
    let name = "tearsheet";
    shell
        .write_registration(COMPLETING, name, name, name, &mut script)
        .context("failed to write the script")?;
    output::line(String::from_utf8_lossy(&script).trim_end());
    Ok(ExitCode::SUCCESS)
}

fn write_all(dir: &Path) -> Result<(), Failure> {
    fs::create_dir_all(dir).with_context(|| format!("failed to create {}", dir.display()))?;
    let all = Arguments::command();
    let names = all.get_subcommands().filter(|command| !command.is_hide_set()).map(clap::Command::get_name);
    let write = |name: String, text: String| {
        let path = dir.join(name);
        fs::write(&path, text).with_context(|| format!("failed to write {}", path.display()))
    };
    write("tearsheet.1".to_owned(), page(None)?)?;
    for name in names {
        write(format!("tearsheet-{name}.1"), page(Some(name))?)?;
    }
    Ok(())
}

/// The page of tearsheet, or of one command.
fn page(name: Option<&str>) -> Result<String, Failure> {
    let mut all = Arguments::command();
    all.build();
    let command = match name {
        None => all.after_help(""),
        Some(name) => {
            let command = all.find_subcommand(name).cloned();
            command.ok_or_else(|| anyhow!("there is no command `{name}`; `tearsheet --help` lists all"))?
        }
    };
    let title = name.map_or_else(|| "tearsheet".to_owned(), |name| format!("tearsheet-{name}"));
    let mut page = Vec::new();
    render(&Man::new(command).title(&title), name, &mut page).context("failed to write the page")?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}

fn render(man: &Man, name: Option<&str>, out: &mut Vec<u8>) -> io::Result<()> {
    man.render_title(out)?;
    man.render_name_section(out)?;
    man.render_synopsis_section(out)?;
    man.render_description_section(out)?;
    man.render_options_section(out)?;
    if name.is_none() {
        man.render_subcommands_section(out)?;
    } else {
        man.render_extra_section(out)?;
    }
    let mut more = Roff::new();
    let examples = EXAMPLES.iter().filter(|(of, ..)| *of == name.unwrap_or_default());
    let examples: Vec<(&str, &str)> = examples.map(|(_, example, what)| (*example, *what)).collect();
    section(&mut more, "EXAMPLES", &examples);
    section(&mut more, "FILES", &FILES);
    section(&mut more, "EXIT STATUS", &EXIT_CODES);
    more.to_writer(out)?;
    // A command has no version of its own.
    if name.is_none() { man.render_version_section(out) } else { Ok(()) }
}

/// A section of terms, each with what it means; none if there are none.
fn section(page: &mut Roff, title: &str, terms: &[(&str, &str)]) {
    if terms.is_empty() {
        return;
    }
    page.control("SH", [title]);
    for (term, meaning) in terms {
        page.control("TP", []).text([bold(*term)]).text([roman(*meaning)]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_is_one_that_the_command_line_takes() {
        for (_, example, _) in EXAMPLES {
            let command = example.split(" && ").next().unwrap_or_default().replace('"', "");
            let parsed =
                Arguments::command().try_get_matches_from(command.split(' ').filter(|word| *word != "My"));
            assert!(parsed.is_ok(), "{example}: {}", parsed.unwrap_err());
        }
    }
}
