//! The folder of the installed tools: one subfolder per name and version, shared by all clones of this user. It must
//! never change the user's own `~/.cargo/bin`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::command_error::CommandError;
use crate::dependency::{DEPENDENCIES, Dependency, DependencyKind};

#[derive(Debug, Clone)]
pub struct ToolCache {
    folder: PathBuf,
}

impl ToolCache {
    /// `CARD_ENTRY_TOOLS`, else `$XDG_CACHE_HOME/card-entry/tools`, else `~/.cache/card-entry/tools`. `variable` reads
    /// the environment.
    pub fn locate(variable: impl Fn(&str) -> Option<OsString>) -> Result<Self, CommandError> {
        let set = |name: &str| {
            variable(name)
                .filter(|value| !value.is_empty())
                .map(PathBuf::from)
        };
        let folder = set("CARD_ENTRY_TOOLS")
            .or_else(|| set("XDG_CACHE_HOME").map(|cache| cache.join("card-entry/tools")))
            .or_else(|| set("HOME").map(|dependency_folder| dependency_folder.join(".cache/card-entry/tools")))
            .ok_or_else(|| {
                CommandError::new(
                    "no folder for the tools is known: neither CARD_ENTRY_TOOLS, XDG_CACHE_HOME nor HOME is set",
                    "Set CARD_ENTRY_TOOLS to a folder you may write to.",
                )
            })?;
        Ok(Self { folder })
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn dependency_folder(&self, dependency: &Dependency) -> PathBuf {
        self.folder
            .join(format!("{}-{}", dependency.name, dependency.version))
    }

    /// The file of a dependency in the cache; `None` for those of the Rust toolchain and of the system.
    pub fn file(&self, dependency: &Dependency) -> Option<PathBuf> {
        match dependency.kind {
            DependencyKind::Crate { command, .. } => {
                Some(self.dependency_folder(dependency).join("bin").join(command))
            }
            DependencyKind::Npm { file } => Some(self.package(dependency).join(file)),
            DependencyKind::Target
            | DependencyKind::Component { .. }
            | DependencyKind::Apt { .. } => None,
        }
    }

    pub fn package(&self, dependency: &Dependency) -> PathBuf {
        self.dependency_folder(dependency)
            .join("node_modules")
            .join(dependency.name)
    }

    pub fn log(&self, dependency: &Dependency) -> PathBuf {
        self.folder
            .join("logs")
            .join(format!("{}.log", dependency.title().replace(' ', "-")))
    }

    /// The target folder for compiling tools. All tools share it, so that common dependencies are built once.
    pub fn scratch(&self) -> PathBuf {
        self.folder.join("build")
    }

    /// `path` with the folders of the cached commands before it.
    pub fn search_path(&self, path: Option<OsString>) -> OsString {
        let cached = DEPENDENCIES
            .iter()
            .filter_map(|dependency| match dependency.kind {
                DependencyKind::Crate { .. } => {
                    Some(self.dependency_folder(dependency).join("bin"))
                }
                DependencyKind::Npm { .. } => {
                    Some(self.dependency_folder(dependency).join("node_modules/.bin"))
                }
                _ => None,
            });
        let path = path.unwrap_or_default();
        let all: Vec<PathBuf> = cached.chain(std::env::split_paths(&path)).collect();
        std::env::join_paths(all).unwrap_or(path)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn folder(variables: &[(&str, &str)]) -> Result<PathBuf, CommandError> {
        let find = |name: &str| {
            variables
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| value.into())
        };
        ToolCache::locate(find).map(|tools| tools.folder)
    }

    #[test]
    fn the_most_specific_variable_wins() {
        let all = [
            ("CARD_ENTRY_TOOLS", "/t"),
            ("XDG_CACHE_HOME", "/x"),
            ("HOME", "/h"),
        ];
        assert_eq!(folder(&all).unwrap(), Path::new("/t"));
        assert_eq!(folder(&all[1..]).unwrap(), Path::new("/x/card-entry/tools"));
        assert_eq!(
            folder(&all[2..]).unwrap(),
            Path::new("/h/.cache/card-entry/tools")
        );
        assert_eq!(
            folder(&[("CARD_ENTRY_TOOLS", ""), ("HOME", "/h")]).unwrap(),
            Path::new("/h/.cache/card-entry/tools")
        );
        assert!(folder(&[]).is_err());
    }

    #[test]
    fn cached_commands_come_before_the_users_own() {
        let tools = ToolCache {
            folder: "/t".into(),
        };
        let path = tools
            .search_path(Some("/usr/bin".into()))
            .into_string()
            .unwrap();
        assert!(path.starts_with("/t/trunk-0.21.14/bin:"), "{path}");
        assert!(
            path.contains("/t/binaryen-132.0.0/node_modules/.bin:"),
            "{path}"
        );
        assert!(path.ends_with(":/usr/bin"), "{path}");
    }
}
