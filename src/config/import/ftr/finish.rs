//! The rule as a file: of which host it speaks, its name says.

use super::Reader;
use crate::config::import::draft::{line, quoted};
use crate::config::import::{NewFile, Taken, Weight};
use crate::model::HostPattern;

impl Reader {
    pub(super) fn finish(mut self, name: &str) -> Taken {
        let stem = name.rsplit('/').next().unwrap_or(name).trim_end_matches(".txt");
        let (wildcard, host) = stem.strip_prefix('.').map_or((false, stem), |rest| (true, rest));
        let pattern = if wildcard { format!("*.{host}") } else { host.to_owned() };
        let Ok(pattern) = HostPattern::parse(&pattern) else {
            self.taken.remark(
                None,
                Weight::Unsupported,
                name,
                "its file name is not a host, so it applies to no site",
            );
            return self.taken;
        };
        if !host.contains('.') {
            let says = "it holds for every site, and a rule here for a host";
            self.taken.remark(None, Weight::Unsupported, name, says);
            return self.taken;
        }
        if wildcard {
            let says = "it holds for the host itself too, unless that has a rule of its own";
            self.taken.remark(None, Weight::Differs, name, says);
        }
        self.article.tests.retain(|(url, _)| {
            let is_url = url::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
            if !is_url {
                self.taken.remark(None, Weight::Unsupported, &format!("test_url: {url}"), "not a URL");
            }
            is_url
        });
        let mut text = format!("# Made from the rule {name} of ftr-site-config by `tearsheet import`.\n");
        if wildcard || pattern.to_string() != host {
            line(&mut text, &format!("host = {}", quoted(&pattern.to_string())));
        }
        self.article.write(&mut text);
        self.article.write_rest(&mut text);
        let file = if wildcard { format!("_.{host}.toml") } else { format!("{host}.toml") };
        self.taken.file = Some((NewFile::Rule(file), text));
        self.taken
    }
}
