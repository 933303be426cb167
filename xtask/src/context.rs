//! Where the commands work: the project's folder, its build folder, the tools, and whether the network may be used.
//! Opened once by `main` and passed to every command. It starts nothing itself.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command_error::CommandError;
use crate::host_system::{HostSystem, RealSystem};
use crate::process::Process;
use crate::stop_signal::StopSignal;
use crate::tool_cache::ToolCache;

#[derive(Debug)]
pub struct Context {
    /// The folder of the root Cargo.toml.
    pub root: PathBuf,
    pub target: PathBuf,
    pub tools: ToolCache,
    /// Whether the person asked us to end.
    pub stop: StopSignal,
    /// Whether the network is off limits.
    pub offline: bool,
}

impl Context {
    /// Finds everything. Signals are caught from here on.
    pub fn open(offline: bool) -> Result<Self, CommandError> {
        let stop = StopSignal::on_signals().map_err(|cause| {
            CommandError::new(
                format!("signals could not be caught: {cause}"),
                "Run this in an ordinary terminal.",
            )
        })?;
        let tools = ToolCache::locate(|name| std::env::var_os(name))?;
        // Set by cargo for the run; the compiled-in path serves when the binary is started by hand.
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
            .unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&manifest)
            .parent()
            .unwrap_or(Path::new("."))
            .to_path_buf();
        let target = target(&root)?;
        Ok(Self {
            root,
            target,
            tools,
            stop,
            offline,
        })
    }

    /// A command in the project's folder, with the cached tools first on its PATH.
    pub fn process(&self, program: &str) -> Process {
        Process::new(self.command(program), self.stop.clone())
    }

    pub fn log(&self, name: &str) -> PathBuf {
        self.target
            .join("xtask/logs")
            .join(format!("{}.log", name.replace(' ', "-")))
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(&self.root)
            .env("PATH", self.tools.search_path(std::env::var_os("PATH")));
        // Set by cargo for xtask itself; handed on, they would make cargo believe that things had changed.
        for name in ["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH"] {
            command.env_remove(name);
        }
        if self.offline {
            command.env("CARGO_NET_OFFLINE", "true");
        }
        command
    }
}

/// Asks cargo, because a variable, a flag or a user's own configuration may move it.
fn target(root: &Path) -> Result<PathBuf, CommandError> {
    let manifest = root.join("Cargo.toml").display().to_string();
    let args = [
        "metadata",
        "--no-deps",
        "--format-version",
        "1",
        "--manifest-path",
        &manifest,
    ];
    let text = RealSystem
        .find("cargo")
        .and_then(|cargo| RealSystem.output(&cargo, &args));
    let json: Option<serde_json::Value> = text.and_then(|text| serde_json::from_str(&text).ok());
    let folder = json
        .as_ref()
        .and_then(|json| json.get("target_directory"))
        .and_then(|value| value.as_str());
    folder.map(PathBuf::from).ok_or_else(|| {
        CommandError::new(
            "cargo could not describe this workspace",
            format!("Run `cargo metadata --no-deps --manifest-path {manifest}` to see why."),
        )
    })
}
