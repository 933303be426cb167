//! Whether something built is still what its sources would give: a record of what went in and what came out, by
//! content. Kept by `page` and `companion`. A wrong "unchanged" would show people an old page, so that anything
//! unknown counts as changed.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::machine::{Host, Machine};
use crate::need;
use crate::tree;
use crate::workshop::Workshop;

/// What one build reads and writes.
#[derive(Debug)]
pub struct Fingerprint {
    record: PathBuf,
    inputs: Vec<PathBuf>,
    skip: &'static [&'static str],
    output: PathBuf,
    makers: String,
}

impl Fingerprint {
    /// Of the build called `name`: the files below `inputs`, without folders called as in `skip`, make `output`.
    pub fn new(
        shop: &Workshop,
        name: &str,
        inputs: &[&[&str]],
        skip: &'static [&'static str],
        output: &Path,
    ) -> Self {
        let compiler = Host
            .find("rustc")
            .and_then(|rustc| Host.answer(&rustc, &["-V"]))
            .unwrap_or_default();
        let tools: Vec<String> = need::NEEDS.iter().map(need::Need::title).collect();
        let flags = std::env::var("RUSTFLAGS").unwrap_or_default();
        Self {
            record: shop.target.join("xtask").join(format!("{name}.built")),
            inputs: inputs
                .concat()
                .iter()
                .map(|path| shop.root.join(path))
                .collect(),
            skip,
            output: output.to_path_buf(),
            makers: format!("{compiler}{tools:?}{flags}"),
        }
    }

    /// Whether nothing changed on either side since `keep`.
    pub fn holds(&self) -> bool {
        std::fs::read_to_string(&self.record).is_ok_and(|kept| Some(kept) == self.now())
    }

    /// Records that the output is what the inputs give.
    pub fn keep(&self) -> Result<(), Failure> {
        let Some(now) = self.now() else { return Ok(()) };
        if let Some(folder) = self.record.parent() {
            std::fs::create_dir_all(folder)
                .map_err(|cause| Failure::file("making", folder, &cause))?;
        }
        std::fs::write(&self.record, now)
            .map_err(|cause| Failure::file("writing", &self.record, &cause))
    }

    /// `None` when something cannot be read or nothing came out.
    fn now(&self) -> Option<String> {
        let mut hasher = DefaultHasher::new();
        self.makers.hash(&mut hasher);
        for input in &self.inputs {
            add(&mut hasher, &tree::files(input, self.skip))?;
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
        let print = Fingerprint {
            record: at("records/x.built"),
            inputs: vec![at("in")],
            skip: &["skipped"],
            output: at("out"),
            makers: String::new(),
        };
        print.keep().unwrap();
        assert!(!print.holds(), "nothing came out yet");
        std::fs::write(at("out/page"), "1").unwrap();
        print.keep().unwrap();
        assert!(print.holds());
        std::fs::write(at("in/skipped/b"), "1").unwrap();
        assert!(print.holds());
        std::fs::write(at("in/a"), "2").unwrap();
        assert!(!print.holds());
        print.keep().unwrap();
        std::fs::write(at("out/page"), "2").unwrap();
        assert!(!print.holds());
    }
}
