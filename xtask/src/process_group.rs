//! A child process and everything it started, as one process group, so that all of it can be ended together. Used by
//! `job` and by the demo's `programs`. Only groups made here are ever signalled.

use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// How often a wait looks again: quick for a person, nothing for the processor.
pub const POLL_INTERVAL: Duration = Duration::from_millis(50);
/// How long a program may take to end once asked. The servers finish open requests first.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(5);

/// A running group. Dropping it ends it.
#[must_use]
#[derive(Debug)]
pub struct ProcessGroup {
    child: Child,
    terminated: bool,
}

impl ProcessGroup {
    /// Starts `command` as the leader of a group of its own, with no input.
    pub fn start(command: &mut Command) -> std::io::Result<Self> {
        let child = command.process_group(0).stdin(Stdio::null()).spawn()?;
        Ok(Self {
            child,
            terminated: false,
        })
    }

    pub fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// How the leader ended, if it did.
    pub fn exit_status(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// Asks all of it to end, waits, and then insists.
    pub fn terminate(&mut self) {
        if std::mem::replace(&mut self.terminated, true) {
            return;
        }
        self.signal("TERM");
        let signalled = Instant::now();
        while self.exit_status().is_none() && signalled.elapsed() < SHUTDOWN_TIMEOUT {
            std::thread::sleep(POLL_INTERVAL);
        }
        // Also after a leader that ended well: a browser or driver it left behind would keep our pipes open.
        self.signal("KILL");
        let _ = self.child.wait();
    }

    /// The shell's own `kill`, which every system has and which needs no unsafe code here. A group that is gone is
    /// what was wanted.
    fn signal(&self, name: &str) {
        let line = format!("kill -s {name} -- -{}", self.child.id());
        let _ = Command::new("sh")
            .args(["-c", &line])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
    }
}

impl Drop for ProcessGroup {
    fn drop(&mut self) {
        self.terminate();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_end_reaches_grandchildren() {
        let mut command = Command::new("sh");
        command
            .args(["-c", "sleep 300 & echo $!; wait"])
            .stdout(Stdio::piped());
        let mut group = ProcessGroup::start(&mut command).unwrap();
        let mut line = String::new();
        let mut out = std::io::BufReader::new(group.child().stdout.take().unwrap());
        std::io::BufRead::read_line(&mut out, &mut line).unwrap();
        group.terminate();
        let alive = || {
            std::fs::read_to_string(format!("/proc/{}/stat", line.trim()))
                .is_ok_and(|s| !s.contains(") Z"))
        };
        let started = Instant::now();
        while alive() && started.elapsed() < SHUTDOWN_TIMEOUT {
            std::thread::sleep(POLL_INTERVAL);
        }
        assert!(!alive());
    }

    #[test]
    fn a_leader_that_ignores_the_question_is_ended_all_the_same() {
        let mut group = ProcessGroup::start(
            Command::new("sh").args(["-c", "trap '' TERM; while :; do sleep 1; done"]),
        )
        .unwrap();
        std::thread::sleep(Duration::from_millis(200));
        group.terminate();
        assert!(group.exit_status().is_some());
    }
}
