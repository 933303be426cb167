//! Whether a build is up to date: a hash over the content of its sources and its output. Saved by `page` and `companion`.
//! It must never report an old build as unchanged: what cannot be read counts as changed.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::command_error::CommandError;
use crate::context::Context;
use crate::dependency;
use crate::host_system::{HostSystem, RealSystem};
use crate::tree;

/// The sources and the output of one build.
#[derive(Debug)]
pub struct BuildRecord {
    record_file: PathBuf,
    inputs: Vec<PathBuf>,
    skipped_folders: &'static [&'static str],
    output: PathBuf,
    toolchain: String,
}

impl BuildRecord {
    /// The build `name` makes `output` from the files below `inputs`, without the folders named in `skipped_folders`.
    pub fn new(
        context: &Context,
        name: &str,
        inputs: &[&[&str]],
        skipped_folders: &'static [&'static str],
        output: &Path,
    ) -> Self {
        let compiler = RealSystem
            .find("rustc")
            .and_then(|rustc| RealSystem.output(&rustc, &["-V"]))
            .unwrap_or_default();
        let tools: Vec<String> = dependency::DEPENDENCIES
            .iter()
            .map(dependency::Dependency::title)
            .collect();
        let flags = std::env::var("RUSTFLAGS").unwrap_or_default();
        Self {
            record_file: context.target.join("xtask").join(format!("{name}.built")),
            inputs: inputs
                .concat()
                .iter()
                .map(|path| context.root.join(path))
                .collect(),
            skipped_folders,
            output: output.to_path_buf(),
            toolchain: format!("{compiler}{tools:?}{flags}"),
        }
    }

    /// Whether sources and output are the same as at the last `save`.
    pub fn is_unchanged(&self) -> bool {
        std::fs::read_to_string(&self.record_file)
            .is_ok_and(|saved| Some(saved) == self.current_hash())
    }

    /// Saves the hash after a successful build.
    pub fn save(&self) -> Result<(), CommandError> {
        let Some(current_hash) = self.current_hash() else {
            return Ok(());
        };
        if let Some(folder) = self.record_file.parent() {
            std::fs::create_dir_all(folder)
                .map_err(|cause| CommandError::io("making", folder, &cause))?;
        }
        std::fs::write(&self.record_file, current_hash)
            .map_err(|cause| CommandError::io("writing", &self.record_file, &cause))
    }

    /// `None` if a file cannot be read, or if there is no output.
    fn current_hash(&self) -> Option<String> {
        let mut hasher = DefaultHasher::new();
        self.toolchain.hash(&mut hasher);
        for input in &self.inputs {
            add(&mut hasher, &tree::files(input, self.skipped_folders))?;
        }
        let output = tree::files(&self.output, &[]);
        if output.is_empty() {
            return None;
        }
        add(&mut hasher, &output)?;
        Some(format!("{:016x}", hasher.finish()))
    }
}

fn add(hasher: &mut DefaultHasher, files: &[PathBuf]) -> Option<()> {
    for file in files {
        file.hash(hasher);
        std::fs::read(file).ok()?.hash(hasher);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_change_of_sources_or_output_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir_all(at("in/skipped")).unwrap();
        std::fs::create_dir_all(at("out")).unwrap();
        std::fs::write(at("in/a"), "1").unwrap();
        let build = BuildRecord {
            record_file: at("records/x.built"),
            inputs: vec![at("in")],
            skipped_folders: &["skipped"],
            output: at("out"),
            toolchain: String::new(),
        };
        build.save().unwrap();
        assert!(!build.is_unchanged(), "there is no output yet");
        std::fs::write(at("out/page"), "1").unwrap();
        build.save().unwrap();
        assert!(build.is_unchanged());
        std::fs::write(at("in/skipped/b"), "1").unwrap();
        assert!(build.is_unchanged());
        std::fs::write(at("in/a"), "2").unwrap();
        assert!(!build.is_unchanged());
        build.save().unwrap();
        std::fs::write(at("out/page"), "2").unwrap();
        assert!(!build.is_unchanged());
    }
}
