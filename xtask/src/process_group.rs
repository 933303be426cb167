//! A child process with its own children, as one process group, so that all of them can be stopped together. Used by
//! `process` and by `demo::program`. It must never signal a group that it did not create.

use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// Short enough for a person, and long enough to cost no processor time.
pub const POLL_INTERVAL: Duration = Duration::from_millis(50);
/// After this, a program is killed. The servers finish open requests first.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(5);

/// A running process group. Dropping it stops it.
#[must_use]
#[derive(Debug)]
pub struct ProcessGroup {
    child: Child,
    terminated: bool,
}

impl ProcessGroup {
    /// Starts `command` as the leader of a new group, without stdin.
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

    /// The exit status of the leader; `None` while it runs.
    pub fn exit_status(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// Sends TERM to the group, waits for the leader, then sends KILL to the group.
    pub fn terminate(&mut self) {
        if std::mem::replace(&mut self.terminated, true) {
            return;
        }
        self.signal("TERM");
        let signalled = Instant::now();
        while self.exit_status().is_none() && signalled.elapsed() < SHUTDOWN_TIMEOUT {
            std::thread::sleep(POLL_INTERVAL);
        }
        // Also after a leader that exited: a browser or a driver that it left running would keep our pipes open.
        self.signal("KILL");
        let _ = self.child.wait();
    }

    /// Uses the shell's `kill`: every system has it, and it needs no unsafe code here. An error means that the group has
    /// ended already.
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
    fn grandchildren_are_stopped_too() {
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
    fn a_leader_that_ignores_term_is_killed() {
        let mut group = ProcessGroup::start(
            Command::new("sh").args(["-c", "trap '' TERM; while :; do sleep 1; done"]),
        )
        .unwrap();
        std::thread::sleep(Duration::from_millis(200));
        group.terminate();
        assert!(group.exit_status().is_some());
    }
}
