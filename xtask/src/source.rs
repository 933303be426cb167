//! `cargo xtask source`, also the first part of `test --only lint`: the project's rules for source files and commits,
//! which no compiler checks. Each rule is a file in `source/`, with its lists at the top. It only reads.

mod banned_words;
mod commit_subjects;
mod doc_comments;
mod finding;
mod many_arguments;
mod rust_file;
mod type_names;
mod wildcard;

use std::ffi::OsStr;
use std::path::Path;
use std::process::ExitCode;

use crate::command_error::CommandError;
use crate::context::Context;
use crate::host_system::{HostSystem, RealSystem};
use crate::progress;
use crate::tree;
use commit_subjects::SubjectCheck;
use finding::Finding;
use rust_file::RustFile;

/// Files in which `wildcard` looks for messages.
const EXTENSIONS: [&str; 7] = ["rs", "js", "mjs", "cjs", "ts", "tsx", "html"];

/// Prints every finding, and fails when there is one. `range` names the commits whose subjects are checked.
pub fn run(context: &Context, range: Option<&str>) -> Result<ExitCode, CommandError> {
    check(context, range).map(|()| ExitCode::SUCCESS)
}

/// The same, as one part of a test step.
pub fn check(context: &Context, range: Option<&str>) -> Result<(), CommandError> {
    let mut findings = find(&context.root);
    findings.extend(subjects(&context.root, range, &RealSystem));
    for finding in &findings {
        progress::print(finding);
    }
    match findings.len() {
        0 => Ok(()),
        count => Err(CommandError::new(
            format!(
                "the rules for source files and commits are broken in {count} places, named above"
            ),
            "Correct them, then run `cargo xtask source`. The rules, with their exceptions, are in xtask/src/source/.",
        )),
    }
}

fn subjects(root: &Path, range: Option<&str>, system: &impl HostSystem) -> Vec<Finding> {
    match commit_subjects::check(root, range, system) {
        SubjectCheck::Findings(findings) => findings,
        SubjectCheck::Skipped(reason) => {
            progress::log(format!("commit subjects are not checked: {reason}"));
            Vec::new()
        }
    }
}

/// What is wrong in the files below `root`.
fn find(root: &Path) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut rust = Vec::new();
    for file in tree::files(root, &[]) {
        let extension = file.extension().and_then(OsStr::to_str).unwrap_or_default();
        if !EXTENSIONS.contains(&extension) {
            continue;
        }
        let path = file
            .strip_prefix(root)
            .unwrap_or(&file)
            .display()
            .to_string();
        match std::fs::read_to_string(&file) {
            Ok(text) => {
                findings.extend(check_messages(&path, &text));
                if extension == "rs" {
                    rust.push(RustFile::new(path, text));
                }
            }
            Err(cause) => {
                findings.push(Finding::new(path, 0, format!("it cannot be read: {cause}")))
            }
        }
    }
    findings.extend(rust.iter().filter_map(check_header));
    findings.extend(banned_words::check(&rust));
    findings.extend(type_names::check(&rust));
    findings.extend(doc_comments::check(&rust));
    findings.extend(many_arguments::check(&rust));
    findings
}

fn check_header(file: &RustFile) -> Option<Finding> {
    let advice = "open with `//!`: what the file is, who calls it, what it must never do";
    (!file.text.starts_with("//!")).then(|| Finding::new(&file.path, 1, advice))
}

fn check_messages(path: &str, text: &str) -> Vec<Finding> {
    let advice = "a message to any window; name the one origin it is for";
    let lines = wildcard::lines(text).into_iter();
    lines.map(|line| Finding::new(path, line, advice)).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn findings(files: &[(&str, &str)]) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        find(folder.path()).iter().map(Finding::to_string).collect()
    }

    #[test]
    fn a_rust_file_opens_with_a_header() {
        assert_eq!(
            findings(&[("a.rs", "//! What.\nfn a() {}\n")]),
            [] as [&str; 0]
        );
        assert_eq!(findings(&[("a.rs", "\n//! Too late.\n")]).len(), 1);
        let found = findings(&[
            ("a.rs", "fn a() {}\n"),
            ("a.md", "text"),
            ("a.js", "let a\n"),
        ]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found.concat().starts_with("a.rs:1: open with"), "{found:?}");
    }

    #[test]
    fn every_rule_is_run() {
        let text = "//! A file.\n\n/// The desk.\npub struct FrontDesk;\nstruct A; enum B {}\nstruct A1;\n\
            fn six(@, @, @, @, @, @) {}\n";
        let twice =
            "//! Another.\nstruct Inner;\nmod a {\nstruct Inner;\n}\nmod b {\nstruct Inner;\n}\n";
        let message = "parent.postMessage(data, '@')".replace('@', "*");
        let found = findings(&[
            ("a.rs", &text.replace('@', "a: A")),
            ("b.rs", twice),
            ("c.js", &message),
        ]);
        for part in [
            "a.rs:4: `FrontDesk` has the banned word",
            "type `Inner` is declared 3 times",
            "doc comments: 1 of 1",
            "`six` takes 6 arguments",
            "c.js:1: a message to any window",
        ] {
            assert!(
                found.iter().any(|line| line.contains(part)),
                "{part}: {found:#?}"
            );
        }
    }
}
