//! What every command works with: the project's folder, cargo's target folder, the tools, the stop signal, and whether
//! the network may be used. Created once by `main`. It must never start a program of the product.

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
    pub stop: StopSignal,
    /// Whether the network must not be used.
    pub offline: bool,
}

/// Whether a command may use the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NetworkAccess {
    Allowed,
    Forbidden,
}

impl NetworkAccess {
    /// From the flag `--offline`.
    pub fn unless_offline(offline: bool) -> Self {
        if offline {
            Self::Forbidden
        } else {
            Self::Allowed
        }
    }
}

impl Context {
    /// Finds the folders. From here on, signals set `stop` and do not end xtask.
    pub fn open(network: NetworkAccess) -> Result<Self, CommandError> {
        let stop = StopSignal::on_signals().map_err(|cause| {
            CommandError::new(
                format!("signals could not be caught: {cause}"),
                "Run this in an ordinary terminal.",
            )
        })?;
        let tools = ToolCache::locate(|name| std::env::var_os(name))?;
        // Cargo sets it for `cargo run`. The path at compile time is used if the binary is started directly.
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
            offline: network == NetworkAccess::Forbidden,
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
        // Cargo sets them for xtask itself. If the child had them, cargo would rebuild crates that read them.
        for name in ["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH"] {
            command.env_remove(name);
        }
        if self.offline {
            command.env("CARGO_NET_OFFLINE", "true");
        }
        command
    }
}

/// From cargo, because an environment variable, a flag or the user's configuration may move the folder.
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
