//! Whether something built is still what its sources would give: a record of what went in and what came out, by
//! content. Kept by `page` and `companion`. A wrong "unchanged" would show people an old page, so that anything
//! unknown counts as changed.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::command_error::CommandError;
use crate::context::Context;
use crate::dependency;
use crate::host_system::{HostSystem, RealSystem};
use crate::tree;

/// What one build reads and writes.
#[derive(Debug)]
pub struct BuildRecord {
    record_file: PathBuf,
    inputs: Vec<PathBuf>,
    skipped_folders: &'static [&'static str],
    output: PathBuf,
    toolchain: String,
}

impl BuildRecord {
    /// Of the build called `name`: the files below `inputs`, without folders called as in `skip`, make `output`.
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

    /// Whether nothing changed on either side since `keep`.
    pub fn is_unchanged(&self) -> bool {
        std::fs::read_to_string(&self.record_file)
            .is_ok_and(|saved| Some(saved) == self.current_hash())
    }

    /// Records that the output is what the inputs give.
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

    /// `None` when something cannot be read or nothing came out.
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
    fn a_change_on_either_side_is_seen() {
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
        assert!(!build.is_unchanged(), "nothing came out yet");
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
