//! One running program of the demo or of a test step: started, waited for, watched, and ended when dropped.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use super::health;
use crate::failure::Failure;
use crate::group::{GLANCE, Group};
use crate::tail;
use crate::workshop::Workshop;

/// Unoptimised on a busy machine, a start with its first migrations takes two seconds.
const LIMIT: Duration = Duration::from_secs(30);

#[must_use]
#[derive(Debug)]
pub struct Program {
    name: String,
    log: PathBuf,
    group: Group,
}

impl Program {
    /// Starts `command` with its output in `logs` and returns once it answers at all `addresses`.
    pub fn start(
        shop: &Workshop,
        mut command: Command,
        logs: &Path,
        addresses: Vec<String>,
    ) -> Result<Self, Failure> {
        let name = name(&command);
        let log = logs.join(format!("{name}.log"));
        std::fs::create_dir_all(logs).map_err(|cause| Failure::file("making", logs, &cause))?;
        let file = File::create(&log).map_err(|cause| Failure::file("making", &log, &cause))?;
        let both = file
            .try_clone()
            .map_err(|cause| Failure::file("making", &log, &cause))?;
        command.stdout(file).stderr(both);
        let group = Group::start(&mut command).map_err(|cause| {
            Failure::new(
                format!("{name} could not be started: {cause}"),
                "Run `cargo xtask build`, then this again.",
            )
        })?;
        let mut program = Self { name, log, group };
        program.wait(shop, addresses)?;
        Ok(program)
    }

    fn wait(&mut self, shop: &Workshop, mut waiting: Vec<String>) -> Result<(), Failure> {
        let started = Instant::now();
        loop {
            waiting.retain(|address| !health::answers(address));
            // Before the success: another program may be what answered.
            self.check()?;
            if waiting.is_empty() {
                return Ok(());
            }
            if shop.stop.asked() {
                return Err(Failure::stopped());
            }
            if started.elapsed() > LIMIT {
                return Err(Failure::new(
                    format!(
                        "{} did not answer at http://{}/healthz within {} seconds:\n{}",
                        self.name,
                        waiting.join("/healthz, http://"),
                        LIMIT.as_secs(),
                        tail::of(&self.log)
                    ),
                    "See what it was doing; a busy machine may just need another try.",
                ));
            }
            std::thread::sleep(GLANCE);
        }
    }

    /// A failure if it ended by itself.
    pub fn check(&mut self) -> Result<(), Failure> {
        let Some(status) = self.group.ending() else {
            return Ok(());
        };
        Err(Failure::new(
            format!(
                "{} ended by itself, with {status}:\n{}",
                self.name,
                tail::of(&self.log)
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
