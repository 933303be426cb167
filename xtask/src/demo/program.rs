//! One running program of the demo or of a test step. It is started, checked while it runs, and stopped when dropped.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use super::http_client;
use crate::command_error::CommandError;
use crate::context::Context;
use crate::log_tail;
use crate::process_group::{POLL_INTERVAL, ProcessGroup};

/// A debug build on a busy computer takes two seconds to start with its first migrations.
const START_TIMEOUT: Duration = Duration::from_secs(30);

#[must_use]
#[derive(Debug)]
pub struct Program {
    name: String,
    log: PathBuf,
    group: ProcessGroup,
}

impl Program {
    /// Starts `command` with its output in `logs`. Returns when it is healthy at all `addresses`.
    pub fn start(
        context: &Context,
        mut command: Command,
        logs: &Path,
        addresses: Vec<String>,
    ) -> Result<Self, CommandError> {
        let name = name(&command);
        let log = logs.join(format!("{name}.log"));
        std::fs::create_dir_all(logs).map_err(|cause| CommandError::io("making", logs, &cause))?;
        let file = File::create(&log).map_err(|cause| CommandError::io("making", &log, &cause))?;
        let both = file
            .try_clone()
            .map_err(|cause| CommandError::io("making", &log, &cause))?;
        command.stdout(file).stderr(both);
        let group = ProcessGroup::start(&mut command).map_err(|cause| {
            CommandError::new(
                format!("{name} could not be started: {cause}"),
                "Run `cargo xtask build`, then this again.",
            )
        })?;
        let mut program = Self { name, log, group };
        program.wait(context, addresses)?;
        Ok(program)
    }

    fn wait(&mut self, context: &Context, mut waiting: Vec<String>) -> Result<(), CommandError> {
        let started = Instant::now();
        loop {
            waiting.retain(|address| !http_client::is_healthy(address));
            // Checked before success: another program may have responded at the address.
            self.check()?;
            if waiting.is_empty() {
                return Ok(());
            }
            if context.stop.is_requested() {
                return Err(CommandError::interrupted());
            }
            if started.elapsed() > START_TIMEOUT {
                return Err(CommandError::new(
                    format!(
                        "{} was not healthy at http://{}/healthz within {} seconds:\n{}",
                        self.name,
                        waiting.join("/healthz, http://"),
                        START_TIMEOUT.as_secs(),
                        log_tail::last_lines(&self.log)
                    ),
                    "Read its log. On a busy computer, run the same command again.",
                ));
            }
            std::thread::sleep(POLL_INTERVAL);
        }
    }

    /// Fails if the program has exited.
    pub fn check(&mut self) -> Result<(), CommandError> {
        let Some(status) = self.group.exit_status() else {
            return Ok(());
        };
        Err(CommandError::new(
            format!(
                "{} exited with {status}:\n{}",
                self.name,
                log_tail::last_lines(&self.log)
            ),
            "Correct what it reports, then run the same command again. The other programs were stopped.",
        ))
    }
}

pub fn name(command: &Command) -> String {
    Path::new(command.get_program())
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
