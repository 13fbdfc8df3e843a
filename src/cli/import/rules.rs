//! Rules and lists of feeds that other programs keep: read, told, and written as files of the configuration.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, anyhow};
use serde_json::{Value, json};
use tempfile::NamedTempFile;

use crate::cli::arguments::{Import, ImportKind};
use crate::cli::failure::Failure;
use crate::cli::output;
use crate::cli::words::count;
use crate::config::import::{self, Kind, NewFile, Taken, Weight};
use crate::config::{self, Config, SiteConfig};
use crate::fetch::Client;
use crate::model::{CanonicalUrl, HostPattern, SourceId};
use crate::pipeline::{self, Proof};

/// The largest file that is read, in bytes.
const MOST_BYTES: u64 = 20_000_000;
/// Pages on which one rule is tried.
const MOST_PAGES: usize = 3;
/// Endings of the files that are read of a folder.
const ENDINGS: &[&str] = &["txt", "opml", "xml", "yml", "yaml", "toml"];

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
    let config = config::load(root)?;
    let mut place = Place::of(&config, options);
    let mut done = Vec::new();
    for (name, text) in inputs(&options.files)? {
        for taken in read(&name, &text, options)? {
            done.push(place.put(taken)?);
        }
    }
    if options.prove {
        prove(&config, &mut done)?;
    }
    tell(&done, options, quiet);
    let troubled = done.iter().any(|one| {
        !one.taken.is_whole() || one.kept_back.is_some() || one.proofs.iter().any(|proof| !proof.holds())
    });
    Ok(ExitCode::from(u8::from(troubled)))
}

/// The files to read, those of a folder sorted by name.
fn inputs(paths: &[PathBuf]) -> anyhow::Result<Vec<(String, String)>> {
    let mut inputs = Vec::new();
    for path in paths {
        if path == Path::new("-") {
            let mut bytes = Vec::new();
            std::io::stdin()
                .take(MOST_BYTES)
                .read_to_end(&mut bytes)
                .context("failed to read standard input")?;
            inputs.push(("-".to_owned(), String::from_utf8_lossy(&bytes).into_owned()));
        } else if path.is_dir() {
            let entries = fs::read_dir(path).and_then(Iterator::collect::<std::io::Result<Vec<_>>>);
            let entries = entries.with_context(|| format!("failed to read {}", path.display()))?;
            let mut files: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
            files.retain(|file| {
                let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
                file.is_file() && ENDINGS.contains(&ending)
            });
            files.sort_unstable();
            for file in files {
                inputs.push(input(&file)?);
            }
        } else {
            inputs.push(input(path)?);
        }
    }
    Ok(inputs)
}

fn input(path: &Path) -> anyhow::Result<(String, String)> {
    let file = fs::File::open(path).with_context(|| format!("failed to open {}", path.display()))?;
    let mut bytes = Vec::new();
    file.take(MOST_BYTES)
        .read_to_end(&mut bytes)
        .with_context(|| format!("failed to read {}", path.display()))?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    Ok((name, String::from_utf8_lossy(&bytes).into_owned()))
}

/// Reads one file. Whoever names a file has to be told that it is none; among the many of a folder it is a remark.
fn read(name: &str, text: &str, options: &Import) -> anyhow::Result<Vec<Taken>> {
    let kind = options.kind.map(Kind::from).or_else(|| import::detect(name, text));
    match kind {
        Some(kind) => Ok(import::read(kind, name, text)),
        None if is_note(name) => Ok(Vec::new()),
        None if options.files.iter().any(|path| path.is_dir()) => Ok(vec![import::unknown(name)]),
        None => Err(anyhow!(
            "{name} is no rule, list of feeds or capture that is known; if it is one, --kind says which"
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

/// Where new files go.
struct Place<'a> {
    config: &'a Config,
    options: &'a Import,
    ids: Vec<SourceId>,
    /// The hosts of which a rule speaks, and its file.
    hosts: Vec<(HostPattern, String)>,
    /// The files of this import, so that no two of its entries become one.
    new: BTreeSet<PathBuf>,
}

impl<'a> Place<'a> {
    fn of(config: &'a Config, options: &'a Import) -> Place<'a> {
        let mut ids: Vec<SourceId> = config.sources.iter().map(|source| source.source.id.clone()).collect();
        ids.extend(config.feeds.iter().map(|feed| feed.id.clone()));
        let of = |site: &SiteConfig| {
            let file = site.file.clone();
            site.hosts.clone().into_iter().map(move |host| (host, file.clone()))
        };
        let hosts = config.sites.iter().flat_map(of).collect();
        Place { config, options, ids, hosts, new: BTreeSet::new() }
    }

    /// What speaks against a rule: it would not load, or another one speaks of its host.
    fn rule_objection(&mut self, name: &str, text: &str) -> Option<String> {
        let site = match import::rule(name, text) {
            Ok(site) => site,
            Err(errors) => return errors.problems.first().map(|problem| problem.reason.to_string()),
        };
        let other = self.hosts.iter().find(|(host, file)| file != name && site.hosts.contains(host));
        let objection =
            other.map(|(host, file)| format!("{file} speaks of {host} already; put both in one file"));
        if objection.is_none() {
            self.hosts.extend(site.hosts.into_iter().map(|host| (host, name.to_owned())));
        }
        objection
    }

    /// Writes what was made of one entry, unless something speaks against it.
    fn put(&mut self, taken: Taken) -> Result<Done, Failure> {
        let Some((file, text)) = taken.file.clone() else {
            return Ok(Done { taken, path: None, kept_back: None, proofs: Vec::new() });
        };
        let (path, mut objection) = match &file {
            NewFile::Rule(name) => {
                (self.config.root.join("config/rules").join(name), self.rule_objection(name, &text))
            }
            NewFile::Source(url) => {
                let key = |url| CanonicalUrl::of(url).ok().map(|url| url.key());
                let known = self.config.sources.iter().find(|source| key(&source.source.url) == key(url));
                let id =
                    known.map_or_else(|| config::unused_id(url, &self.ids), |known| known.source.id.clone());
                self.ids.push(id.clone());
                (self.config.root.join("config/sources").join(format!("{id}.toml")), None)
            }
        };
        if !self.new.insert(path.clone()) {
            objection.get_or_insert_with(|| "another entry became this file".to_owned());
        } else if path.exists() && !self.options.force {
            objection.get_or_insert_with(|| "it is there already; --force writes over it".to_owned());
        }
        if objection.is_none() && !self.options.dry_run {
            write(&path, &text)?;
        }
        Ok(Done { taken, path: Some(path), kept_back: objection, proofs: Vec::new() })
    }
}

/// Writes a file whole or not at all.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let write = || -> anyhow::Result<()> {
        fs::create_dir_all(folder)?;
        let mut file = NamedTempFile::new_in(folder)?;
        file.write_all(text.as_bytes())?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            file.as_file().set_permissions(fs::Permissions::from_mode(0o644))?;
        }
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    };
    write().with_context(|| format!("failed to write {}", path.display())).map_err(Failure::Storage)
}

/// Tries each rule on the pages that it names.
fn prove(config: &Config, done: &mut [Done]) -> Result<(), Failure> {
    let runtime = tokio::runtime::Runtime::new().map_err(anyhow::Error::from)?;
    let client = Client::new(&config.fetch).map_err(pipeline::Error::from)?;
    for one in done {
        let Some((NewFile::Rule(name), text)) = &one.taken.file else { continue };
        if let Ok(site) = import::rule(name, text) {
            one.proofs = runtime.block_on(pipeline::prove(&client, config, &site, MOST_PAGES));
        }
    }
    Ok(())
}

fn tell(done: &[Done], options: &Import, quiet: bool) {
    if options.json {
        let answer =
            json!({ "files": done.iter().map(as_json).collect::<Vec<_>>(), "summary": summary(done) });
        output::line(serde_json::to_string_pretty(&answer).expect("plain values serialise"));
        return;
    }
    for one in done.iter().filter(|one| !quiet || needs_a_look(one)) {
        output::line(one_entry(one, options.dry_run));
    }
    if !quiet {
        let summary = summary(done);
        let number = |key: &str| summary[key].as_u64().unwrap_or_default();
        eprintln!(
            "{}: {} with nothing left out, {} with something unsupported; {} written",
            count(done.len(), "entry").replace("entrys", "entries"),
            number("whole"),
            number("entries") - number("whole"),
            if options.dry_run { "nothing".to_owned() } else { count(number("written"), "file") },
        );
        if options.dry_run
            && done.len() == 1
            && let Some((_, text)) = &done[0].taken.file
        {
            output::line(format!("\n{}", text.trim_end()));
        }
    }
}

fn needs_a_look(one: &Done) -> bool {
    !one.taken.is_whole() || one.kept_back.is_some() || one.proofs.iter().any(|proof| !proof.holds())
}

fn summary(done: &[Done]) -> Value {
    let selectors =
        done.iter().fold((0, 0), |sum, one| (sum.0 + one.taken.selectors.0, sum.1 + one.taken.selectors.1));
    json!({
        "entries": done.len(),
        "whole": done.iter().filter(|one| one.taken.is_whole()).count(),
        "written": done.iter().filter(|one| one.path.is_some() && one.kept_back.is_none()).count(),
        "selectors": selectors.0,
        "selectors_refused": selectors.1,
    })
}

fn as_json(one: &Done) -> Value {
    json!({
        "name": one.taken.name,
        "taken": one.taken.taken,
        "remarks": one.taken.remarks,
        "file": one.path,
        "kept_back": one.kept_back,
        "text": one.taken.file.as_ref().map(|(_, text)| text),
        "proofs": one.proofs,
    })
}

fn one_entry(one: &Done, dry_run: bool) -> String {
    let mut lines = vec![match (&one.path, &one.kept_back) {
        (None, _) => format!("{}: nothing could be made of it", one.taken.name),
        (Some(path), Some(why)) => format!("{}: not written to {}: {why}", one.taken.name, path.display()),
        (Some(path), None) if dry_run => format!("{}: would be {}", one.taken.name, path.display()),
        (Some(path), None) => format!("{}: {}", one.taken.name, path.display()),
    }];
    let taken = one.taken.taken.iter().map(|(name, times)| match times {
        1 => name.clone(),
        _ => format!("{name} ×{times}"),
    });
    let taken = taken.collect::<Vec<_>>().join(", ");
    if !taken.is_empty() {
        lines.push(format!("  taken        {taken}"));
    }
    for remark in &one.taken.remarks {
        let weight = match remark.weight {
            Weight::Meant => "warning    ",
            Weight::Differs => "differs    ",
            Weight::Unsupported => "unsupported",
        };
        let line = remark.line.map(|line| format!("line {line}: ")).unwrap_or_default();
        lines.push(format!("  {weight}  {line}{}: {}", remark.directive, remark.says));
    }
    for proof in &one.proofs {
        lines.extend(proved(proof));
    }
    lines.join("\n")
}

fn proved(proof: &Proof) -> Vec<String> {
    let verdict = match &proof.failure {
        Some(why) => format!("fails: {why}"),
        None if proof.holds() => "holds".to_owned(),
        None => "does not hold".to_owned(),
    };
    let mut lines = vec![format!("  on {}: {verdict}", proof.url)];
    for field in &proof.fields {
        match &field.selector {
            Some(selector) => lines.push(format!("    {:<9} {selector} → {}", field.key, field.value)),
            None => lines
                .push(format!("    {:<9} no selector matches; without a rule: {}", field.key, field.value)),
        }
    }
    lines.extend(proof.missing.iter().map(|text| format!("    its text does not have: {text}")));
    lines
}
