//! What `setup` reads from the computer: commands, files, environment variables. It is a trait, so that tests replace the
//! computer with `FakeSystem`. It must never change anything.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub trait HostSystem {
    /// The path of `command`, looked up on PATH.
    fn find(&self, command: &str) -> Option<PathBuf>;
    fn exists(&self, path: &Path) -> bool;
    /// The folders in `folder`, in the order of their names.
    fn subfolders(&self, folder: &Path) -> Vec<PathBuf>;
    /// The stdout of `program`; `None` if it fails.
    fn output(&self, program: &Path, args: &[&str]) -> Option<String>;
    /// The file's text, if it can be read.
    fn read(&self, path: &Path) -> Option<String>;
    /// The value of an environment variable, if set and not empty.
    fn env_var(&self, name: &str) -> Option<String>;
}

#[derive(Debug, Clone, Copy)]
pub struct RealSystem;

impl HostSystem for RealSystem {
    fn find(&self, command: &str) -> Option<PathBuf> {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path)
            .map(|folder| folder.join(command))
            .find(|file| file.is_file())
    }

    fn exists(&self, path: &Path) -> bool {
        path.exists()
    }

    fn subfolders(&self, folder: &Path) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let mut folders: Vec<_> = entries.map(|entry| entry.path()).collect();
        folders.retain(|path| path.is_dir());
        folders.sort();
        folders
    }

    fn output(&self, program: &Path, args: &[&str]) -> Option<String> {
        let output = Command::new(program)
            .args(args)
            .stdin(Stdio::null())
            .output()
            .ok()?;
        output
            .status
            .success()
            .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn read(&self, path: &Path) -> Option<String> {
        std::fs::read_to_string(path).ok()
    }

    fn env_var(&self, name: &str) -> Option<String> {
        std::env::var(name).ok().filter(|value| !value.is_empty())
    }
}

/// A computer with fixed content, for tests.
#[cfg(test)]
#[derive(Debug, Default, Clone)]
pub struct FakeSystem {
    /// Commands on PATH, with their paths.
    pub commands: Vec<(&'static str, &'static str)>,
    /// Program and arguments, joined by spaces, with the stdout.
    pub outputs: Vec<(&'static str, &'static str)>,
    pub files: Vec<(&'static str, &'static str)>,
    pub env_vars: Vec<(&'static str, &'static str)>,
}

#[cfg(test)]
impl FakeSystem {
    fn lookup(list: &[(&'static str, &'static str)], key: &str) -> Option<String> {
        list.iter()
            .find(|(name, _)| *name == key)
            .map(|(_, value)| (*value).to_owned())
    }
}

#[cfg(test)]
impl HostSystem for FakeSystem {
    fn find(&self, command: &str) -> Option<PathBuf> {
        Self::lookup(&self.commands, command).map(PathBuf::from)
    }

    fn exists(&self, path: &Path) -> bool {
        self.read(path).is_some()
    }

    fn subfolders(&self, folder: &Path) -> Vec<PathBuf> {
        let below = |(path, _): &(&str, &str)| {
            let rest = Path::new(path).strip_prefix(folder).ok()?;
            Some(folder.join(rest.iter().next()?))
        };
        let mut folders: Vec<_> = self.files.iter().filter_map(below).collect();
        folders.dedup();
        folders
    }

    fn output(&self, program: &Path, args: &[&str]) -> Option<String> {
        let mut line = program.display().to_string();
        for arg in args {
            line.push(' ');
            line.push_str(arg);
        }
        Self::lookup(&self.outputs, &line)
    }

    fn read(&self, path: &Path) -> Option<String> {
        Self::lookup(&self.files, &path.display().to_string())
    }

    fn env_var(&self, name: &str) -> Option<String> {
        Self::lookup(&self.env_vars, name)
    }
}
