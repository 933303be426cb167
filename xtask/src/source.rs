//! The project's own rules for source files, which no compiler checks: no message to any window (`source/wildcard.rs`),
//! and every Rust file opens by saying what it is. Run by `test --only fmt`; it only reads.

mod wildcard;

use std::ffi::OsStr;
use std::path::Path;

use crate::tree;

/// What is wrong in the files below `root`, one line each.
pub fn faults(root: &Path) -> Vec<String> {
    let mut faults = Vec::new();
    for file in tree::files(root, &[]) {
        let kind = file.extension().and_then(OsStr::to_str).unwrap_or_default();
        if !matches!(kind, "rs" | "js" | "mjs" | "cjs" | "ts" | "tsx" | "html") {
            continue;
        }
        let shown = file
            .strip_prefix(root)
            .unwrap_or(&file)
            .display()
            .to_string();
        match std::fs::read_to_string(&file) {
            Ok(text) => faults.extend(
                of(kind, &text)
                    .into_iter()
                    .map(|(line, fault)| format!("{shown}:{line}: {fault}")),
            ),
            Err(cause) => faults.push(format!("{shown}: it cannot be read: {cause}")),
        }
    }
    faults
}

fn of(kind: &str, text: &str) -> Vec<(usize, &'static str)> {
    let mut faults = Vec::new();
    if kind == "rs" && !text.starts_with("//!") {
        faults.push((
            1,
            "open with `//!`: what the file is, who calls it, what it must never do",
        ));
    }
    let wild = wildcard::lines(text);
    faults.extend(wild.into_iter().map(|line| {
        (
            line,
            "a message to any window; name the one origin it is for",
        )
    }));
    faults
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_rust_file_opens_with_what_it_is() {
        assert!(of("rs", "//! What.\nfn a() {}\n").is_empty());
        assert_eq!(of("rs", "fn a() {}\n").len(), 1);
        assert_eq!(of("rs", "\n//! Too late.\n").len(), 1);
        assert!(of("js", "let a\n").is_empty());
    }

    #[test]
    fn faults_name_their_place() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.rs"), "fn a() {}\n").unwrap();
        std::fs::write(folder.path().join("a.md"), "anything\n").unwrap();
        let faults = faults(folder.path());
        assert_eq!(faults.len(), 1);
        assert!(
            faults.concat().starts_with("a.rs:1: open with"),
            "{faults:?}"
        );
    }
}
