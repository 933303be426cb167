//! One running program of the demo or of a test step: started, waited for, watched, and ended when dropped.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use super::http_client;
use crate::command_error::CommandError;
use crate::context::Context;
use crate::log_tail;
use crate::process_group::{POLL_INTERVAL, ProcessGroup};

/// Unoptimised on a busy machine, a start with its first migrations takes two seconds.
const START_TIMEOUT: Duration = Duration::from_secs(30);

#[must_use]
#[derive(Debug)]
pub struct Program {
    name: String,
    log: PathBuf,
    group: ProcessGroup,
}

impl Program {
    /// Starts `command` with its output in `logs` and returns once it answers at all `addresses`.
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
            // Before the success: another program may be what answered.
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
                        "{} did not answer at http://{}/healthz within {} seconds:\n{}",
                        self.name,
                        waiting.join("/healthz, http://"),
                        START_TIMEOUT.as_secs(),
                        log_tail::last_lines(&self.log)
                    ),
                    "See what it was doing; a busy machine may just need another try.",
                ));
            }
            std::thread::sleep(POLL_INTERVAL);
        }
    }

    /// A failure if it ended by itself.
    pub fn check(&mut self) -> Result<(), CommandError> {
        let Some(status) = self.group.exit_status() else {
            return Ok(());
        };
        Err(CommandError::new(
            format!(
                "{} ended by itself, with {status}:\n{}",
                self.name,
                log_tail::last_lines(&self.log)
            ),
            "Mend what it says, then run the same command again; what ran beside it was ended.",
        ))
    }
}

/// The program's name, from its file.
pub fn name(command: &Command) -> String {
    Path::new(command.get_program())
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
