//! A small site that is followed, and the runs of it at whatever time.

use std::fs;
use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use tearsheet::archive::View;
use tearsheet::config::{self, Config};
use tearsheet::model::{HealthKind, SourceId};
use tearsheet::pipeline::{self, SourceReport};
use tempfile::TempDir;

use crate::newspaper::now;
use crate::program::ON_LOOPBACK;
use crate::small_site::SmallSite;

/// A site that is followed as the source `gulls`.
pub(crate) struct Followed {
    pub(crate) root: TempDir,
    pub(crate) config: Config,
}

impl Followed {
    /// Follows what stands at `target`.
    pub(crate) fn new(site: &SmallSite, target: &str) -> Followed {
        Followed::with(&[("gulls", format!("url = \"{}\"\n", site.at(target)))], "")
    }

    /// Follows these sources, with further `settings`.
    pub(crate) fn with(sources: &[(&str, String)], settings: &str) -> Followed {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("config/sources")).unwrap();
        fs::write(root.path().join("config/tearsheet.toml"), format!("{ON_LOOPBACK}{settings}")).unwrap();
        for (name, text) in sources {
            fs::write(root.path().join(format!("config/sources/{name}.toml")), text).unwrap();
        }
        let config = config::load(root.path()).unwrap();
        Followed { root, config }
    }

    /// A run of all that is due, so many hours after the first.
    pub(crate) async fn run(&self, hours: i64) -> SourceReport {
        let mut report = pipeline::run(&self.config, &[], after(hours), &|_| {}).await.unwrap();
        report.sources.remove(0)
    }

    /// A run that names the source.
    pub(crate) async fn run_named(&self, hours: i64) -> SourceReport {
        let only = ["gulls".to_owned()];
        let mut report = pipeline::run(&self.config, &only, after(hours), &|_| {}).await.unwrap();
        report.sources.remove(0)
    }

    pub(crate) fn view(&self) -> View {
        View::open(&self.config.archive).unwrap()
    }

    /// The events of the source, oldest first.
    pub(crate) fn events(&self) -> Vec<HealthKind> {
        let mut events: Vec<HealthKind> =
            self.view().events(50).unwrap().into_iter().map(|event| event.event).collect();
        events.reverse();
        events
    }

    pub(crate) fn path(&self, within: &str) -> std::path::PathBuf {
        Path::new(self.root.path()).join(within)
    }
}

pub(crate) fn after(hours: i64) -> DateTime<Utc> {
    now() + TimeDelta::hours(hours)
}

pub(crate) fn gulls() -> SourceId {
    SourceId::parse("gulls").unwrap()
}
