//! Installs Stripe's own client libraries from npm into `conformance/node_modules`: the versions of the lock file there,
//! again only when that file changes. Called by `setup`.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::command_error::CommandError;
use crate::context::Context;
use crate::host_system::HostSystem;
use crate::progress::ProgressLine;

/// The folder of the libraries and their tests.
pub const FOLDER: &str = "conformance";
/// In `node_modules`, so that it is deleted with the libraries.
const STAMP: &str = "node_modules/.installed";
/// Longer than a hundred megabytes take on a slow line: it stops only a command that hangs.
const INSTALL_TIMEOUT: Duration = Duration::from_secs(15 * 60);

#[derive(Debug)]
pub struct StripeClients {
    folder: PathBuf,
    /// The hash of the lock file; `None` if it cannot be read.
    lock: Option<String>,
}

impl StripeClients {
    pub fn new(root: &Path) -> Self {
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

    /// Whether the versions of the lock file are installed.
    pub fn are_installed(&self) -> bool {
        let write_stamp = std::fs::read_to_string(self.folder.join(STAMP)).ok();
        self.lock.is_some() && write_stamp == self.lock
    }

    /// Why they cannot be installed, if there is a reason.
    pub fn missing_prerequisite(
        &self,
        system: &impl HostSystem,
        offline: bool,
    ) -> Option<CommandError> {
        let what = format!("Stripe's own client libraries in {FOLDER}/ are not installed");
        if offline {
            return Some(CommandError::new(
                format!("{what}, and --offline forbids fetching them"),
                "Run `cargo xtask setup` once with a network.",
            ));
        }
        if system.find("npm").is_none() || system.find("node").is_none() {
            return Some(CommandError::new(
                format!("{what}, and Node with npm, which would install them, was not found"),
                "Install Node 20 or newer (`sudo apt-get install nodejs npm`, or https://nodejs.org) and run this again.",
            ));
        }
        None
    }

    pub fn install(&self, context: &Context) -> Result<(), CommandError> {
        let step = ProgressLine::begin(
            "installing Stripe's own client libraries, to test the sandbox",
            Some("under a minute"),
        );
        // No scripts: no package here needs one, and each would run unknown code on this computer.
        let process = context
            .process("npm")
            .args([
                "ci",
                "--prefer-offline",
                "--ignore-scripts",
                "--no-fund",
                "--no-audit",
            ])
            .dir(&self.folder)
            .timeout(INSTALL_TIMEOUT);
        step.end(
            process
                .run_with_log(&context.log("clients"))
                .and_then(|()| self.write_stamp()),
        )
    }

    fn write_stamp(&self) -> Result<(), CommandError> {
        let file = self.folder.join(STAMP);
        std::fs::write(&file, self.lock.as_deref().unwrap_or_default())
            .map_err(|cause| CommandError::io("writing", &file, &cause))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::host_system::FakeSystem;

    fn project(lock: &str) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join(FOLDER);
        std::fs::create_dir_all(folder.join("node_modules")).unwrap();
        std::fs::write(folder.join("package-lock.json"), lock).unwrap();
        root
    }

    #[test]
    fn a_changed_lock_file_installs_them_again() {
        let root = project("{}");
        assert!(!StripeClients::new(root.path()).are_installed());
        StripeClients::new(root.path()).write_stamp().unwrap();
        assert!(StripeClients::new(root.path()).are_installed());
        std::fs::write(root.path().join(FOLDER).join("package-lock.json"), "{ }").unwrap();
        assert!(!StripeClients::new(root.path()).are_installed());
    }

    #[test]
    fn without_a_lock_file_nothing_is_installed() {
        let root = project("{}");
        StripeClients::new(root.path()).write_stamp().unwrap();
        std::fs::remove_file(root.path().join(FOLDER).join("package-lock.json")).unwrap();
        assert!(!StripeClients::new(root.path()).are_installed());
    }

    #[test]
    fn the_error_says_what_npm_is_for() {
        let clients = StripeClients::new(project("{}").path());
        let with = FakeSystem {
            commands: vec![("npm", "/usr/bin/npm"), ("node", "/usr/bin/node")],
            ..FakeSystem::default()
        };
        assert_eq!(clients.missing_prerequisite(&with, false), None);
        let message = |system: &FakeSystem, offline| {
            clients
                .missing_prerequisite(system, offline)
                .unwrap()
                .to_string()
        };
        assert!(message(&FakeSystem::default(), false).contains("Install Node 20"));
        assert!(message(&with, true).contains("--offline"));
    }
}
