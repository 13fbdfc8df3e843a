//! Each rule on the pages that it names for a try.

use serde_json::{Value, json};

use crate::cli::failure::Failure;
use crate::cli::output;
use crate::cli::words::count;
use crate::cli::wrap::{hanging, terminal_width};
use crate::config::{Config, SiteConfig};
use crate::fetch::Client;
use crate::pipeline::{self, Proof};

/// The rules of a configuration, with what they gave on their pages.
pub(super) struct Proofs<'a>(Vec<(&'a SiteConfig, Vec<Proof>)>);

impl<'a> Proofs<'a> {
    /// Fetches all the pages that the rules of `config` name.
    pub(super) fn gather(config: &'a Config) -> Result<Proofs<'a>, Failure> {
        let runtime = tokio::runtime::Runtime::new().map_err(anyhow::Error::from)?;
        let client = Client::new(&config.fetch).map_err(pipeline::Error::from)?;
        let proofs = runtime.block_on(pipeline::prove(&client, config, &config.sites, usize::MAX));
        Ok(Proofs(config.sites.iter().zip(proofs).collect()))
    }

    /// Whether each rule does on each of its pages what it is made for. Of one that names none nothing is known.
    pub(super) fn hold(&self) -> bool {
        self.all().all(Proof::holds)
    }

    fn all(&self) -> impl Iterator<Item = &Proof> {
        self.0.iter().flat_map(|(_, proofs)| proofs)
    }

    pub(super) fn as_json(&self) -> Value {
        let rule = |(site, proofs): &(&SiteConfig, Vec<Proof>)| {
            let each = proofs.iter().map(|proof| {
                let mut proved = json!(proof);
                proved["holds"] = proof.holds().into();
                proved
            });
            json!({ "file": site.file, "proofs": each.collect::<Vec<_>>() })
        };
        self.0.iter().map(rule).collect()
    }

    /// Prints a line a page, with what is wrong there below it; if `quiet`, only those with something wrong.
    pub(super) fn tell(&self, quiet: bool) {
        let width = self.0.iter().map(|(site, _)| site.file.chars().count()).max().unwrap_or_default();
        for (site, proofs) in &self.0 {
            if proofs.is_empty() && !quiet {
                output::line(format!("no page        {:<width$}  it names none to be tried on", site.file));
            }
            for proof in proofs.iter().filter(|proof| !quiet || !proof.holds()) {
                output::line(format!("{:<13}  {:<width$}  {}", verdict(proof), site.file, proof.url));
                for wrong in wrongs(proof) {
                    output::line(hanging(&format!("{:13}  ", ""), &wrong, terminal_width()));
                }
            }
        }
        if !quiet {
            let good = self.all().filter(|proof| proof.holds()).count();
            match self.all().count() {
                0 => eprintln!("no rule names a page to be tried on"),
                all => eprintln!("{good} of {} are as their rules say", count(all, "page")),
            }
        }
    }
}

fn verdict(proof: &Proof) -> &'static str {
    match (&proof.failure, proof.holds()) {
        (Some(_), _) => "not read",
        (None, true) => "holds",
        (None, false) => "does not hold",
    }
}

fn wrongs(proof: &Proof) -> Vec<String> {
    let unmatched = proof.fields.iter().filter(|field| field.selector.is_none());
    let unmatched = unmatched.map(|field| match field.value.as_str() {
        "" => format!("{}: no selector matches", field.key),
        value => format!("{}: no selector matches; without it: {value}", field.key),
    });
    let missing = proof.missing.iter().map(|text| format!("its text does not have: {text}"));
    proof.failure.iter().cloned().chain(unmatched).chain(missing).collect()
}
