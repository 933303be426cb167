//! One program of the benchmark: started with its output in a file, watched until it answers, and stopped. Used by the
//! environment. It must never stop a process that it did not start.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use reqwest::Client;
use rustix::process::{Pid, Signal, kill_process};
use tokio::process::{Child, Command};

use crate::error::BenchError;

/// How long a program has to answer after its start.
const START_TIMEOUT: Duration = Duration::from_secs(30);

/// How long a program has to end after SIGTERM. Then it is killed.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(10);

const POLL_INTERVAL: Duration = Duration::from_millis(20);

/// How many characters of the log an error quotes.
const MAX_LOG_CHARS: usize = 800;

/// A running program. It is killed when this is dropped.
#[derive(Debug)]
pub struct ChildProcess {
    name: String,
    child: Child,
    log: PathBuf,
}

impl ChildProcess {
    /// Starts a program in a folder. Its output goes to `<name>.log` there, and settings of the wallet server are taken out
    /// of its environment.
    ///
    /// # Errors
    /// The program or its log cannot be opened.
    pub fn start(name: &str, mut command: Command, folder: &Path) -> Result<Self, BenchError> {
        let failed = |cause| BenchError::failed(format!("starting {name}"), cause);
        let log = folder.join(format!("{name}.log"));
        let file = File::create(&log).map_err(failed)?;
        let both = file.try_clone().map_err(failed)?;
        let child = command
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(file)
            .stderr(both)
            .kill_on_drop(true)
            .spawn()
            .map_err(failed)?;
        Ok(Self {
            name: name.to_owned(),
            child,
            log,
        })
    }

    /// Waits until the address answers with success.
    ///
    /// # Errors
    /// The program has ended, or does not answer in time. The error has the end of its log.
    pub async fn wait_until_healthy(&mut self, http: &Client, url: &str) -> Result<(), BenchError> {
        let started = Instant::now();
        while started.elapsed() < START_TIMEOUT {
            self.check()?;
            let response = http.get(url).send().await;
            if response.is_ok_and(|response| response.status().is_success()) {
                return Ok(());
            }
            tokio::time::sleep(POLL_INTERVAL).await;
        }
        Err(self.error("it did not answer in time"))
    }

    /// The process id.
    ///
    /// # Errors
    /// The program has ended.
    pub fn id(&self) -> Result<u32, BenchError> {
        self.child.id().ok_or_else(|| self.error("it has ended"))
    }

    /// Fails if the program has ended.
    ///
    /// # Errors
    /// The error has the end of its log.
    pub fn check(&mut self) -> Result<(), BenchError> {
        match self.child.try_wait() {
            Ok(None) => Ok(()),
            Ok(Some(status)) => Err(self.error(&format!("it ended with {status}"))),
            Err(cause) => Err(self.error(&cause.to_string())),
        }
    }

    /// Asks the program to end, and kills it if it does not in time.
    ///
    /// # Errors
    /// The process cannot be waited for.
    pub async fn stop(mut self) -> Result<(), BenchError> {
        let id = self
            .child
            .id()
            .and_then(|id| Pid::from_raw(i32::try_from(id).ok()?));
        if let Some(id) = id {
            // An error means that it has ended already.
            let _ = kill_process(id, Signal::TERM);
        }
        let ended = tokio::time::timeout(SHUTDOWN_TIMEOUT, self.child.wait()).await;
        match ended {
            Ok(ended) => ended
                .map(drop)
                .map_err(|cause| self.error(&cause.to_string())),
            Err(_) => self
                .child
                .kill()
                .await
                .map_err(|cause| self.error(&cause.to_string())),
        }
    }

    fn error(&self, problem: &str) -> BenchError {
        let log = std::fs::read(&self.log).unwrap_or_default();
        let text = String::from_utf8_lossy(&log);
        let skipped = text.chars().count().saturating_sub(MAX_LOG_CHARS);
        let end: String = text.chars().skip(skipped).collect();
        BenchError::failed(&self.name, format!("{problem}. The end of its log:\n{end}"))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn shell(script: &str, folder: &Path) -> ChildProcess {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        ChildProcess::start("shell", command, folder).unwrap()
    }

    #[tokio::test]
    async fn a_program_that_ends_at_its_start_is_an_error_with_its_log() {
        let folder = tempfile::tempdir().unwrap();
        let mut program = shell("echo the port is taken; exit 3", folder.path());
        let http = Client::builder().no_proxy().build().unwrap();
        let error = program
            .wait_until_healthy(&http, "http://127.0.0.1:9/healthz")
            .await;
        let error = error.unwrap_err().to_string();
        assert!(
            error.contains("the port is taken") && error.contains('3'),
            "{error}"
        );
    }

    #[tokio::test]
    async fn a_running_program_has_an_id_and_is_stopped() {
        let folder = tempfile::tempdir().unwrap();
        let mut program = shell("exec sleep 300", folder.path());
        program.check().unwrap();
        let id = program.id().unwrap();
        program.stop().await.unwrap();
        assert!(!Path::new(&format!("/proc/{id}")).exists());
    }
}
