//! Another commit of the project, checked out beside the working tree, with a target folder of its own. Used by the
//! benchmark of the server. It must never change the working tree or a branch.

use std::path::{Path, PathBuf};

use crate::command_error::CommandError;
use crate::context::Context;
use crate::host_system::{HostSystem, RealSystem};
use crate::progress::{self, ProgressLine};

/// How many digits of a commit its name has.
const NAME_CHARS: usize = 12;

/// A commit in `target/bench`. The checkout is removed when this is dropped; what was compiled stays for the next run.
#[derive(Debug)]
pub struct Worktree {
    name: String,
    folder: PathBuf,
    root: PathBuf,
}

impl Worktree {
    /// Checks out the commit of a revision such as `HEAD~3`, a tag or a branch.
    pub fn of(context: &Context, revision: &str) -> Result<Self, CommandError> {
        let name = name_of(&context.root, revision)?;
        let folder = context.target.join("bench").join(format!("commit-{name}"));
        let worktree = Self {
            name,
            folder,
            root: context.root.clone(),
        };
        // What a run left that was killed.
        worktree.remove();
        let step = ProgressLine::begin(&format!("checking out {}", worktree.name), None);
        let process = context
            .process("git")
            .args(["worktree", "add", "--detach", "--force"])
            .args([worktree.folder.as_os_str()])
            .args([&worktree.name]);
        step.end(process.run_with_log(&context.log("bench")))?;
        Ok(worktree)
    }

    /// The commit, as the report names it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Builds the commit's wallet server with optimisation. Returns the program.
    pub fn build(&self, context: &Context) -> Result<PathBuf, CommandError> {
        let target = context
            .target
            .join("bench")
            .join(format!("target-{}", self.name));
        let doing = format!("building the wallet server of {}", self.name);
        let step = ProgressLine::begin(&doing, Some("about 10 minutes the first time"));
        let process = context
            .process("cargo")
            .args(["build", "--release", "--package", "wallet-server"])
            .dir(&self.folder)
            .env("CARGO_TARGET_DIR", &target)
            .count_crates(step.counter());
        step.end(process.run_with_log(&context.log("bench")))?;
        Ok(target.join("release/wallet-server"))
    }

    fn remove(&self) {
        let folder = self.folder.display().to_string();
        let root = self.root.display().to_string();
        if self.folder.exists() {
            let args = ["-C", &root, "worktree", "remove", "--force", &folder];
            let removed = RealSystem
                .find("git")
                .and_then(|git| RealSystem.output(&git, &args));
            if removed.is_none() {
                progress::log(format!("{folder} could not be removed; delete it"));
            }
        }
    }
}

impl Drop for Worktree {
    fn drop(&mut self) {
        self.remove();
    }
}

/// The first digits of the commit that the revision names.
fn name_of(root: &Path, revision: &str) -> Result<String, CommandError> {
    let root = root.display().to_string();
    let commit = format!("{revision}^{{commit}}");
    let args = [
        "-C",
        &root,
        "rev-parse",
        "--verify",
        "--end-of-options",
        &commit,
    ];
    let found = RealSystem
        .find("git")
        .and_then(|git| RealSystem.output(&git, &args));
    let name: String = found
        .unwrap_or_default()
        .trim()
        .chars()
        .take(NAME_CHARS)
        .collect();
    match name.len() == NAME_CHARS {
        true => Ok(name),
        false => Err(CommandError::new(
            format!("`{revision}` is no commit of this project"),
            "Give a commit, a tag or a branch, such as --commit HEAD~1.",
        )),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    use crate::stop_signal::StopSignal;
    use crate::tool_cache::ToolCache;

    /// A project with one commit, in a folder of its own.
    fn context(folder: &Path) -> Context {
        let root = folder.join("project");
        std::fs::create_dir(&root).unwrap();
        std::fs::write(root.join("a.txt"), "committed").unwrap();
        let git = RealSystem.find("git").unwrap();
        let root_text = root.display().to_string();
        let commit = "-c user.name=a -c user.email=a@b.example commit --quiet -m one";
        for line in ["init --quiet", "add a.txt", commit] {
            let args: Vec<&str> = ["-C", &root_text]
                .into_iter()
                .chain(line.split(' '))
                .collect();
            RealSystem.output(&git, &args).unwrap();
        }
        let tools = folder.join("tools").into_os_string();
        Context {
            target: root.join("target"),
            root,
            tools: ToolCache::locate(|_| Some(tools.clone())).unwrap(),
            stop: StopSignal::default(),
            offline: true,
        }
    }

    #[test]
    fn a_commit_is_checked_out_beside_the_tree_and_removed_again() {
        let folder = tempfile::tempdir().unwrap();
        let context = context(folder.path());
        let changed = context.root.join("a.txt");
        std::fs::write(&changed, "not committed").unwrap();
        let worktree = Worktree::of(&context, "HEAD").unwrap();
        let file = worktree.folder.join("a.txt");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "committed");
        assert_eq!(worktree.name().len(), NAME_CHARS);
        drop(worktree);
        assert!(!file.exists());
        assert_eq!(std::fs::read_to_string(&changed).unwrap(), "not committed");
        // What a killed run left is replaced.
        std::mem::forget(Worktree::of(&context, "HEAD").unwrap());
        assert!(Worktree::of(&context, "HEAD").is_ok());
    }

    #[test]
    fn a_revision_that_does_not_exist_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let error = name_of(folder.path(), "no-such-branch").unwrap_err();
        assert!(error.to_string().contains("`no-such-branch`"), "{error}");
    }
}
