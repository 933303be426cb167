//! The rule for the subject of a commit: `area: what changes`, with areas of the list here. Run by `source` for the
//! commits since the branch left `origin/main`, or for a given range. It must never fail because of the clone: without
//! git, history or that branch, it says that it was skipped.

use std::path::Path;

use super::finding::Finding;
use crate::host_system::HostSystem;

/// What a commit can change. Several are joined by `, `.
pub const AREAS: [&str; 14] = [
    "frame",
    "companion",
    "protocol",
    "wallet-server",
    "wallet-store",
    "sandbox",
    "demo",
    "e2e",
    "conformance",
    "bench",
    "xtask",
    "docs",
    "ci",
    "findings",
];

/// Commits written before the rule are excused: 2026-11-29 20:50 UTC, in seconds since 1970, by the author's date,
/// which a rebase keeps.
const RULE_BEGAN: u64 = 1_795_985_400;

/// The branch that work is merged into.
const MAIN: &str = "origin/main";

/// What was found, or why nothing was looked at.
#[derive(Debug, PartialEq, Eq)]
pub enum SubjectCheck {
    Findings(Vec<Finding>),
    Skipped(&'static str),
}

/// Checks the commits of `range`, such as `origin/main..HEAD`; without one, those since `origin/main`.
pub fn check(root: &Path, range: Option<&str>, system: &impl HostSystem) -> SubjectCheck {
    let Some(git) = system.find("git") else {
        return SubjectCheck::Skipped("git was not found");
    };
    let root = root.display().to_string();
    let run = |args: &[&str]| {
        let output = system.output(&git, &[&["-C", root.as_str()], args].concat())?;
        Some(output.trim_end().to_owned())
    };
    match run(&["rev-parse", "--is-shallow-repository"]).as_deref() {
        None => return SubjectCheck::Skipped("this is no git repository"),
        Some("true") => return SubjectCheck::Skipped("the clone is shallow"),
        Some(_) => {}
    }
    let range = match range {
        Some(range) => range.to_owned(),
        None => match run(&["merge-base", "HEAD", MAIN]) {
            Some(base) => format!("{base}..HEAD"),
            None => return SubjectCheck::Skipped("there is no common commit with origin/main"),
        },
    };
    match run(&["log", "--no-merges", "--format=%h %at %s", &range, "--"]) {
        Some(log) => SubjectCheck::Findings(log.lines().filter_map(check_line).collect()),
        None => SubjectCheck::Skipped("git does not know the range of commits"),
    }
}

/// `line` is `hash seconds subject`.
fn check_line(line: &str) -> Option<Finding> {
    let (hash, rest) = line.split_once(' ')?;
    let (seconds, subject) = rest.split_once(' ').unwrap_or((rest, ""));
    let is_excused = seconds
        .parse::<u64>()
        .is_ok_and(|written| written < RULE_BEGAN);
    if is_excused || is_valid(subject) {
        return None;
    }
    let message = format!(
        "subject `{subject}`; write `area: what changes`, areas: {}",
        AREAS.join(", ")
    );
    Some(Finding::new(format!("commit {hash}"), 0, message))
}

fn is_valid(subject: &str) -> bool {
    // Written by git itself; rebase makes the first two disappear.
    let by_git = ["fixup! ", "squash! ", "Revert \""];
    if by_git.iter().any(|start| subject.starts_with(start)) {
        return true;
    }
    let Some((areas, what)) = subject.split_once(": ") else {
        return false;
    };
    areas.split(", ").all(|area| AREAS.contains(&area)) && !what.trim().is_empty()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic)]
    use super::*;
    use crate::host_system::FakeSystem;

    const SHALLOW: &str = "/usr/bin/git -C /p rev-parse --is-shallow-repository";
    const BASE: (&str, &str) = ("/usr/bin/git -C /p merge-base HEAD origin/main", "abc\n");
    const LOG: &str = "/usr/bin/git -C /p log --no-merges --format=%h %at %s abc..HEAD --";

    fn checked(outputs: &[(&'static str, &'static str)], range: Option<&str>) -> SubjectCheck {
        let system = FakeSystem {
            commands: vec![("git", "/usr/bin/git")],
            outputs: outputs.to_vec(),
            ..FakeSystem::default()
        };
        check(Path::new("/p"), range, &system)
    }

    #[test]
    fn a_subject_names_known_areas_and_what_changes() {
        for good in [
            "wallet-server: reject replayed request signatures",
            "companion, sandbox: build each adapter alone",
            "Revert \"docs: describe holds\"",
            "fixup! docs: describe holds",
        ] {
            assert!(is_valid(good), "{good}");
        }
        for bad in [
            "Tell what waits",
            "wallet: reject",
            "docs:describe",
            "docs: ",
            "docs, wallet: a",
            "",
        ] {
            assert!(!is_valid(bad), "{bad}");
        }
    }

    #[test]
    fn new_commits_are_checked_and_old_ones_excused() {
        let log = "a1 1795985399 Tell what waits\nb2 1795985400 Tell what waits\nc3 1795985400 docs: describe holds\n";
        let outputs = [(SHALLOW, "false\n"), BASE, (LOG, log)];
        let SubjectCheck::Findings(findings) = checked(&outputs, None) else {
            panic!("skipped")
        };
        assert_eq!(findings.len(), 1, "{findings:?}");
        let text = findings.iter().map(Finding::to_string).collect::<String>();
        assert!(
            text.starts_with("commit b2: subject `Tell what waits`; write `area: "),
            "{text}"
        );
    }

    #[test]
    fn a_given_range_needs_no_common_commit() {
        let log = "/usr/bin/git -C /p log --no-merges --format=%h %at %s a..b --";
        let outputs = [(SHALLOW, "false\n"), (log, "b2 1795985400 oops")];
        assert!(
            matches!(checked(&outputs, Some("a..b")), SubjectCheck::Findings(found) if found.len() == 1)
        );
    }

    #[test]
    fn without_history_the_rule_is_skipped_and_says_so() {
        let reason = |outputs: &[_], range| match checked(outputs, range) {
            SubjectCheck::Skipped(reason) => reason,
            SubjectCheck::Findings(findings) => panic!("{findings:?}"),
        };
        assert_eq!(reason(&[], None), "this is no git repository");
        assert_eq!(
            reason(&[(SHALLOW, "true\n"), BASE, (LOG, "b2 1795985400 x")], None),
            "the clone is shallow"
        );
        assert!(reason(&[(SHALLOW, "false\n")], None).contains("no common commit"));
        assert!(reason(&[(SHALLOW, "false\n")], Some("a..b")).contains("range"));
        let nothing = check(Path::new("/p"), None, &FakeSystem::default());
        assert_eq!(nothing, SubjectCheck::Skipped("git was not found"));
    }

    #[test]
    fn contributors_are_told_the_same_areas() {
        let text = include_str!("../../../CONTRIBUTING.md").replace('\n', " ");
        assert!(text.contains(&format!("Areas: {}.", AREAS.join(", "))));
    }
}
