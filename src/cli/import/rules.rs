//! Rules and lists of feeds that other programs keep: read, told, and written as files of the configuration.

mod inputs;
mod pack;
mod place;
mod told;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::anyhow;

use self::inputs::{RuleFile, inputs};
use self::place::Destination;
use self::told::{needs_a_look, tell};
use crate::cli::arguments::{Import, ImportKind};
use crate::cli::failure::Failure;
use crate::cli::root;
use crate::config::Config;
use crate::config::import::{self, Kind, NewFile, Taken};
use crate::fetch::Client;
use crate::pipeline::{self, Proof};

/// Pages on which one rule is tried.
const MOST_PAGES: usize = 3;

/// What became of one entry.
struct Done {
    taken: Taken,
    /// Where it was written, or would be.
    path: Option<PathBuf>,
    /// Why it was not written.
    kept_back: Option<String>,
    proofs: Vec<Proof>,
}

pub(super) fn run(root: &Path, options: &Import, quiet: bool) -> Result<ExitCode, Failure> {
    let config = root::load_told(root)?;
    let mut place = Destination::of(&config, options);
    let mut done = Vec::new();
    for input in inputs(&options.files)? {
        for taken in read(&input, options)? {
            done.push(place.put(taken)?);
        }
    }
    if options.prove {
        prove(&config, &mut done)?;
    }
    tell(&done, options, quiet);
    Ok(ExitCode::from(u8::from(done.iter().any(needs_a_look))))
}

/// Reads one file. Whoever names a file has to be told that it is none; among the many of a folder it is a remark.
fn read(input: &RuleFile, options: &Import) -> anyhow::Result<Vec<Taken>> {
    let name = input.name.as_str();
    let Some(text) = &input.text else {
        return Ok(vec![import::unread(
            name,
            "it is larger than any rule or list of feeds, and was not read",
        )]);
    };
    let kind = options.kind.map(Kind::from).or_else(|| import::detect(name, text));
    match kind {
        Some(kind) => Ok(import::read(kind, name, text)),
        None if is_note(name) => Ok(Vec::new()),
        None if input.is_collected => {
            Ok(vec![import::unread(name, "not a rule or feed list in a known format")])
        }
        None => Err(anyhow!(
            "{name} is not a rule, feed list or capture in a known format; if it is one, name its format with --kind"
        )),
    }
}

/// The licence and the notes beside the rules of a collection.
fn is_note(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    ["LICENSE", "LICENCE", "README", "COPYING"].iter().any(|note| stem.eq_ignore_ascii_case(note))
}

impl From<ImportKind> for Kind {
    fn from(kind: ImportKind) -> Kind {
        match kind {
            ImportKind::Ftr => Kind::FtrSiteConfig,
            ImportKind::Opml => Kind::Opml,
            ImportKind::Html2rss => Kind::Html2rss,
            ImportKind::Rsspls => Kind::Rsspls,
            ImportKind::Scotty => Kind::Scotty,
            ImportKind::RssBridge => Kind::RssBridge,
            ImportKind::Urls => Kind::Urls,
        }
    }
}

/// Tries each rule on the pages that it names.
fn prove(config: &Config, done: &mut [Done]) -> Result<(), Failure> {
    let runtime = tokio::runtime::Runtime::new().map_err(anyhow::Error::from)?;
    let client = Client::new(&config.fetch).map_err(pipeline::Error::from)?;
    let rule = |one: &Done| match &one.taken.file {
        Some((NewFile::Rule(name), text)) => import::rule(name, text).ok(),
        _ => None,
    };
    let rules: Vec<_> = done.iter_mut().filter_map(|one| Some((rule(one)?, one))).collect();
    let sites = rules.iter().map(|(site, _)| site);
    let proofs = runtime.block_on(pipeline::prove(&client, config, sites, MOST_PAGES));
    for ((_, one), proofs) in rules.into_iter().zip(proofs) {
        one.proofs = proofs;
    }
    Ok(())
}
