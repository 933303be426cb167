//! Stripe's own clients, out of npm, in `conformance/node_modules`: exactly what the lock file there names, installed
//! again only when that file changes. Called by `setup`; what they judge is none of its business.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::failure::Failure;
use crate::machine::Machine;
use crate::progress::Step;
use crate::workshop::Workshop;

/// Where the clients and their tests live.
pub const FOLDER: &str = "conformance";
/// In `node_modules`, so that it goes when they go.
const STAMP: &str = "node_modules/.installed";
/// Far above a hundred megabytes over a slow line; it only ends what hangs.
const LIMIT: Duration = Duration::from_secs(15 * 60);

#[derive(Debug)]
pub struct Clients {
    folder: PathBuf,
    /// What the lock file says, in one number; `None` when it cannot be read.
    lock: Option<String>,
}

impl Clients {
    /// Of the project at `root`.
    pub fn of(root: &Path) -> Self {
        let folder = root.join(FOLDER);
        let lock = std::fs::read(folder.join("package-lock.json"))
            .ok()
            .map(|text| {
                let mut hasher = DefaultHasher::new();
                text.hash(&mut hasher);
                format!("{:016x}", hasher.finish())
            });
        Self { folder, lock }
    }

    /// Whether what is installed is what the lock file names.
    pub fn are_there(&self) -> bool {
        let stamp = std::fs::read_to_string(self.folder.join(STAMP)).ok();
        self.lock.is_some() && stamp == self.lock
    }

    /// What a person has to do first, if anything.
    pub fn obstacle(&self, machine: &impl Machine, offline: bool) -> Option<Failure> {
        let what = format!("Stripe's own clients in {FOLDER}/ are not installed");
        if offline {
            return Some(Failure::new(
                format!("{what}, and --offline forbids fetching them"),
                "Run `cargo xtask setup` once with a network.",
            ));
        }
        if machine.find("npm").is_none() || machine.find("node").is_none() {
            return Some(Failure::new(
                format!("{what}, and Node with npm, which would install them, was not found"),
                "Install Node 20 or newer (`sudo apt-get install nodejs npm`, or https://nodejs.org) and run this again.",
            ));
        }
        None
    }

    pub fn install(&self, shop: &Workshop) -> Result<(), Failure> {
        let step = Step::begin(
            "installing Stripe's own clients, to judge the sandbox",
            Some("under a minute"),
        );
        // No scripts: nothing here needs one, and they would be a stranger's program on this computer.
        let job = shop
            .job("npm")
            .args([
                "ci",
                "--prefer-offline",
                "--ignore-scripts",
                "--no-fund",
                "--no-audit",
            ])
            .dir(&self.folder)
            .limit(LIMIT);
        step.end(
            job.run_logged(&shop.log("clients"))
                .and_then(|()| self.stamp()),
        )
    }

    fn stamp(&self) -> Result<(), Failure> {
        let file = self.folder.join(STAMP);
        std::fs::write(&file, self.lock.as_deref().unwrap_or_default())
            .map_err(|cause| Failure::file("writing", &file, &cause))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::machine::StandIn;

    fn project(lock: &str) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join(FOLDER);
        std::fs::create_dir_all(folder.join("node_modules")).unwrap();
        std::fs::write(folder.join("package-lock.json"), lock).unwrap();
        root
    }

    #[test]
    fn they_are_installed_again_only_when_the_lock_file_changes() {
        let root = project("{}");
        assert!(!Clients::of(root.path()).are_there());
        Clients::of(root.path()).stamp().unwrap();
        assert!(Clients::of(root.path()).are_there());
        std::fs::write(root.path().join(FOLDER).join("package-lock.json"), "{ }").unwrap();
        assert!(!Clients::of(root.path()).are_there());
    }

    #[test]
    fn without_a_lock_file_nothing_is_there() {
        let root = project("{}");
        Clients::of(root.path()).stamp().unwrap();
        std::fs::remove_file(root.path().join(FOLDER).join("package-lock.json")).unwrap();
        assert!(!Clients::of(root.path()).are_there());
    }

    #[test]
    fn a_person_is_told_what_npm_is_for() {
        let clients = Clients::of(project("{}").path());
        let with = StandIn {
            commands: vec![("npm", "/usr/bin/npm"), ("node", "/usr/bin/node")],
            ..StandIn::default()
        };
        assert_eq!(clients.obstacle(&with, false), None);
        let said =
            |machine: &StandIn, offline| clients.obstacle(machine, offline).unwrap().to_string();
        assert!(said(&StandIn::default(), false).contains("Install Node 20"));
        assert!(said(&with, true).contains("--offline"));
    }
}
