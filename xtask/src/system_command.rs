//! A command that a system package provides, and where it is found. Used by the table of dependencies, and by the steps that
//! run the commands. It must never run one.

use std::path::{Path, PathBuf};

use crate::host_system::HostSystem;

/// A command from a system package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SystemCommand {
    /// The environment variable with which a person selects another file.
    pub env_var: &'static str,
    /// Its possible names; the first one on PATH is used.
    pub names: &'static [&'static str],
    /// Where it is if it is not on PATH: in `bin` of the last folder in this one.
    pub versions_in: Option<&'static str>,
}

impl SystemCommand {
    /// The file in the environment variable if it exists, otherwise the command on PATH.
    pub fn find(&self, system: &impl HostSystem) -> Option<PathBuf> {
        let given = system.env_var(self.env_var).map(PathBuf::from);
        given
            .filter(|path| system.exists(path))
            .or_else(|| self.names.iter().find_map(|name| system.find(name)))
            .or_else(|| self.find_version(system))
    }

    fn find_version(&self, system: &impl HostSystem) -> Option<PathBuf> {
        let versions = system.subfolders(Path::new(self.versions_in?));
        let files = versions.iter().rev().flat_map(|version| {
            let bin = version.join("bin");
            self.names.iter().map(move |name| bin.join(name))
        });
        files.into_iter().find(|file| system.exists(file))
    }
}

/// Chromium, or a browser based on it.
pub const CHROMIUM: SystemCommand = SystemCommand {
    env_var: "CHROMIUM",
    names: &["chromium", "chromium-browser", "google-chrome"],
    versions_in: None,
};
pub const CHROMEDRIVER: SystemCommand = SystemCommand {
    env_var: "CHROMEDRIVER",
    names: &["chromedriver"],
    versions_in: None,
};
/// Makes the files of a new PostgreSQL server. Debian keeps it off PATH, one folder a version.
pub const INITDB: SystemCommand = SystemCommand {
    env_var: "INITDB",
    names: &["initdb"],
    versions_in: Some("/usr/lib/postgresql"),
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host_system::FakeSystem;

    #[test]
    fn the_newest_server_of_postgresql_is_found_beside_path() {
        let system = FakeSystem {
            files: vec![
                ("/usr/lib/postgresql/15/bin/initdb", ""),
                ("/usr/lib/postgresql/17/bin/initdb", ""),
                ("/usr/lib/postgresql/18/bin/psql", ""),
            ],
            ..FakeSystem::default()
        };
        let found = INITDB.find(&system);
        assert_eq!(found, Some("/usr/lib/postgresql/17/bin/initdb".into()));
        assert_eq!(CHROMEDRIVER.find(&system), None);
    }
}
