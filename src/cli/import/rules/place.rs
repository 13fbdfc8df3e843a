//! Where new files go, and what speaks against them.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::Done;
use crate::cli::arguments::Import;
use crate::cli::failure::Failure;
use crate::cli::import::write;
use crate::config::import::{self, NewFile, Taken};
use crate::config::{self, Config, Errors, SiteConfig};
use crate::model::{CanonicalUrl, HostPattern, SourceId};

/// Where new files go.
pub(super) struct Destination<'a> {
    config: &'a Config,
    options: &'a Import,
    ids: BTreeSet<SourceId>,
    /// The hosts of which a rule speaks, and its file.
    hosts: Vec<(HostPattern, String)>,
    /// The files of this import, so that no two of its entries become one.
    new: BTreeSet<PathBuf>,
}

impl<'a> Destination<'a> {
    pub(super) fn of(config: &'a Config, options: &'a Import) -> Destination<'a> {
        let of = |site: &SiteConfig| {
            let file = site.file.clone();
            site.hosts.clone().into_iter().map(move |host| (host, file.clone()))
        };
        let hosts = config.sites.iter().flat_map(of).collect();
        let ids = config.taken_ids().into_iter().collect();
        Destination { config, options, ids, hosts, new: BTreeSet::new() }
    }

    /// What speaks against a rule: it would not load, or another one speaks of its host.
    fn rule_objection(&mut self, name: &str, text: &str) -> Option<String> {
        let site = match import::rule(name, text) {
            Ok(site) => site,
            Err(errors) => return first_mistake::<()>(Err(errors)),
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
    pub(super) fn put(&mut self, taken: Taken) -> Result<Done, Failure> {
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
                let id = match known {
                    Some(known) => known.source.id.clone(),
                    None => config::unused_id(url, None, |id| self.ids.contains(id)),
                };
                self.ids.insert(id.clone());
                let path = self.config.root.join("config/sources").join(format!("{id}.toml"));
                (path, first_mistake(import::check_source(&id, &text)))
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

/// Why `check` would refuse a file.
fn first_mistake<T>(checked: Result<T, Errors>) -> Option<String> {
    checked.err()?.problems.first().map(|problem| problem.reason.to_string())
}
