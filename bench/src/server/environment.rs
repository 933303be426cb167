//! What one measurement runs in: a new sandbox, a new database and one program, in a temporary folder on free ports. Used
//! by the rounds, once for each program and round. It must never keep anything from one measurement to the next.

use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::time::Duration;

use reqwest::Client;
use tempfile::TempDir;
use tokio::process::Command;

use super::child_process::ChildProcess;
use super::database::DatabaseServer;
use super::process_stats::{self, ProcessMemory};
use super::settings_file::{self, SettingsValues};
use super::subject::{Subject, SubjectKind};
use super::sums::Sums;
use crate::error::BenchError;

/// Above the request timeout of the wallet server.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(40);

/// A program to measure.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The name in the report.
    pub name: String,
    pub kind: SubjectKind,
    pub program: PathBuf,
}

/// Everything that runs for one measurement.
#[derive(Debug)]
pub struct Stage {
    pub subject: Subject,
    /// The origin of the sandbox's API.
    pub gateway: String,
    /// The address of the metrics. `None` if the program serves none.
    metrics: Option<String>,
    program: ChildProcess,
    sandbox: ChildProcess,
    _folder: TempDir,
}

impl Stage {
    /// Starts the sandbox and the program, and waits until both answer.
    ///
    /// # Errors
    /// One of them does not start; the error has the end of its log.
    pub async fn start(
        sandbox: &Path,
        candidate: &Candidate,
        databases: &mut DatabaseServer,
    ) -> Result<Self, BenchError> {
        let folder = tempfile::tempdir()
            .map_err(|cause| BenchError::failed("making a temporary folder", cause))?;
        let http = Client::builder()
            .timeout(REQUEST_TIMEOUT)
            .user_agent("card-entry-bench")
            .no_proxy()
            .build()
            .map_err(|cause| BenchError::failed("making an HTTP client", cause))?;
        let base = free_ports(4)?;
        let gateway = format!("http://127.0.0.1:{}", base + 3);
        let mut command = program(sandbox);
        command.args(["--port-base", &base.to_string(), "--seed", "1"]);
        command.env("RUST_LOG", "warn");
        let mut sandbox = ChildProcess::start("sandbox", command, folder.path())?;
        let health = format!("{gateway}/healthz");
        sandbox.wait_until_healthy(&http, &health).await?;

        let listen = format!("127.0.0.1:{}", free_port()?);
        let origin = format!("http://{listen}");
        let database = databases.create(folder.path()).await?;
        let (command, mut metrics) = match candidate.kind {
            SubjectKind::WalletServer => {
                let values = SettingsValues {
                    listen: &listen,
                    gateway: &gateway,
                };
                let settings = folder.path().join("wallet-server.toml");
                std::fs::write(&settings, settings_file::toml(values))
                    .map_err(|cause| BenchError::failed("writing the settings", cause))?;
                let port = free_port()?.to_string();
                let mut command = program(&candidate.program);
                command.arg("--config").arg(settings);
                command.env("CARD_ENTRY_DATABASE", &database);
                command.env("CARD_ENTRY_METRICS_LISTEN", &port);
                (command, format!("http://127.0.0.1:{port}/metrics"))
            }
            SubjectKind::Yardstick => {
                let mut command = program(&candidate.program);
                command.args(["--listen", &listen, "--database", &database]);
                command.args(["--gateway", &gateway]);
                (command, format!("{origin}/metrics"))
            }
        };
        let mut program = ChildProcess::start("program", command, folder.path())?;
        // A server without a built frame reports that in `/readyz`, which is why the older call is read.
        let health = format!("{origin}/healthz");
        program.wait_until_healthy(&http, &health).await?;
        let serves_metrics = Sums::read(&http, &metrics).await.is_ok();
        Ok(Self {
            subject: Subject {
                kind: candidate.kind,
                origin,
                http,
            },
            gateway,
            metrics: serves_metrics.then(|| std::mem::take(&mut metrics)),
            program,
            sandbox,
            _folder: folder,
        })
    }

    /// What the program has counted. `None` if it serves no metrics.
    ///
    /// # Errors
    /// It served metrics at its start, and does not now.
    pub async fn sums(&self) -> Result<Option<Sums>, BenchError> {
        match &self.metrics {
            Some(url) => Sums::read(&self.subject.http, url).await.map(Some),
            None => Ok(None),
        }
    }

    /// The processor time of the program until now, in seconds.
    ///
    /// # Errors
    /// The program has ended.
    pub fn cpu_seconds(&self) -> Result<f64, BenchError> {
        process_stats::cpu_seconds(self.program.id()?)
    }

    /// The memory of the program.
    ///
    /// # Errors
    /// The program has ended.
    pub fn memory(&self) -> Result<ProcessMemory, BenchError> {
        ProcessMemory::read(self.program.id()?)
    }

    /// Stops the program, then the sandbox.
    ///
    /// # Errors
    /// One of them ended before, or cannot be stopped.
    pub async fn stop(mut self) -> Result<(), BenchError> {
        self.program.check()?;
        self.sandbox.check()?;
        self.program.stop().await?;
        self.sandbox.stop().await
    }
}

/// A command without the settings of another wallet server in its environment.
fn program(path: &Path) -> Command {
    let mut command = Command::new(path);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("CARD_ENTRY_") {
            command.env_remove(name);
        }
    }
    command
}

/// A port that is free now.
///
/// # Errors
/// The system has none.
pub fn free_port() -> Result<u16, BenchError> {
    let failed = |cause| BenchError::failed("finding a free port", cause);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(failed)?;
    Ok(listener.local_addr().map_err(failed)?.port())
}

/// The first of so many consecutive ports that are free now, below the range from which systems choose by themselves.
fn free_ports(count: u16) -> Result<u16, BenchError> {
    let first = 24_000 + u16::try_from(std::process::id() % 500).unwrap_or_default() * 10;
    let is_free = |port: &u16| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok();
    (0..200)
        .map(|step| first + step * 10)
        .find(|base| (*base..base + count).all(|port| is_free(&port)))
        .ok_or_else(|| BenchError::Failed("no consecutive free ports were found".to_owned()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn consecutive_ports_are_free() {
        let base = free_ports(4).unwrap();
        let listeners = (base..base + 4).map(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)));
        assert!(listeners.into_iter().all(|bound| bound.is_ok()));
    }
}
