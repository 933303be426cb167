//! One command that runs to its end: into a log, or shown while its closing lines are kept. It has a limit, ends when
//! the person asks, and takes everything it started with it. Made by `workshop`.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, Sender};
use std::time::{Duration, Instant};

use crate::failure::Failure;
use crate::group::{GLANCE, Group};
use crate::stop::Stop;
use crate::tail;

/// How long output may lag behind the end of its command.
const LAG: Duration = Duration::from_secs(2);

/// A command, not yet started.
#[must_use]
#[derive(Debug)]
pub struct Job {
    command: Command,
    title: String,
    limit: Duration,
    stop: Stop,
}

impl Job {
    /// `program`, looked up on the PATH of `command`.
    pub fn new(command: Command, stop: Stop) -> Self {
        let title = Path::new(command.get_program())
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        Self {
            command,
            title,
            limit: Duration::from_secs(60 * 60),
            stop,
        }
    }

    /// Adds arguments; the first becomes part of the title.
    pub fn args<A: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = A>) -> Self {
        self.command.args(args);
        if let Some(first) = self.command.get_args().next() {
            let program = self.title.split(' ').next().unwrap_or_default();
            self.title = format!("{program} {}", first.to_string_lossy());
        }
        self
    }

    pub fn variable(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    pub fn dir(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Ends the command when it takes longer than this.
    pub fn limit(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// Runs it, with all output appended to `log`; a failure carries the log's end.
    pub fn run_logged(mut self, log: &Path) -> Result<(), Failure> {
        if let Some(folder) = log.parent() {
            std::fs::create_dir_all(folder)
                .map_err(|cause| Failure::file("making", folder, &cause))?;
        }
        let open = File::options().create(true).append(true).open(log);
        let mut file = open.map_err(|cause| Failure::file("opening", log, &cause))?;
        let _ = writeln!(file, "\n$ {:?}", self.command);
        let both = file
            .try_clone()
            .map_err(|cause| Failure::file("opening", log, &cause))?;
        // A tool's backtrace would push its message out of the log's last lines.
        self.command
            .stdout(file)
            .stderr(both)
            .env("RUST_BACKTRACE", "0");
        let mut group = self.start()?;
        self.watch(&mut group)
            .map_err(|ending| self.failure(ending, &format!(":\n{}", tail::of(log))))
    }

    /// Runs it with its output shown as it comes. Returns the lines that sum it up, also when it fails.
    pub fn run_shown(mut self, sums_up: fn(&str) -> bool) -> (Vec<String>, Result<(), Failure>) {
        self.command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut group = match self.start() {
            Ok(group) => group,
            Err(failure) => return (Vec::new(), Err(failure)),
        };
        let (sender, lines) = mpsc::channel();
        let child = group.child();
        if let Some(out) = child.stdout.take() {
            relay(out, std::io::stdout(), sender.clone());
        }
        if let Some(errors) = child.stderr.take() {
            relay(errors, std::io::stderr(), sender);
        }
        let outcome = self.watch(&mut group);
        group.end();
        let mut closing = Vec::new();
        // Bounded: something that left the group may hold the pipe open for ever.
        while let Ok(line) = lines.recv_timeout(LAG) {
            if sums_up(&line) {
                closing.push(line);
            }
        }
        (
            closing,
            outcome.map_err(|ending| self.failure(ending, "; its own words are above")),
        )
    }

    fn start(&mut self) -> Result<Group, Failure> {
        Group::start(&mut self.command).map_err(|cause| {
            Failure::new(
                format!("{} could not be started: {cause}", self.title),
                format!(
                    "Check that `{}` is installed and on PATH.",
                    self.command.get_program().to_string_lossy()
                ),
            )
        })
    }

    fn watch(&self, group: &mut Group) -> Result<(), Ending> {
        let started = Instant::now();
        loop {
            match group.ending() {
                Some(status) if status.success() => return Ok(()),
                Some(status) => return Err(Ending::Exit(status.to_string())),
                None if self.stop.asked() => return Err(Ending::Stopped),
                None if started.elapsed() > self.limit => return Err(Ending::TooLong),
                None => std::thread::sleep(GLANCE),
            }
        }
    }

    fn failure(&self, ending: Ending, evidence: &str) -> Failure {
        let title = &self.title;
        match ending {
            Ending::Exit(status) => Failure::new(
                format!("{title} ended with {status}{evidence}"),
                "Mend what it says, then run the same command again.",
            ),
            Ending::TooLong => Failure::new(
                format!(
                    "{title} was ended after {} minutes{evidence}",
                    self.limit.as_secs() / 60
                ),
                "See what it was waiting for, then run the same command again.",
            ),
            Ending::Stopped => Failure::stopped(),
        }
    }
}

enum Ending {
    Exit(String),
    TooLong,
    Stopped,
}

/// Copies lines as they come, and hands each on.
fn relay(
    from: impl Read + Send + 'static,
    mut to: impl Write + Send + 'static,
    sender: Sender<String>,
) {
    std::thread::spawn(move || {
        let mut from = BufReader::new(from);
        let mut line = Vec::new();
        while from
            .read_until(b'\n', &mut line)
            .is_ok_and(|count| count > 0)
        {
            let _ = to.write_all(&line);
            let _ = to.flush();
            let _ = sender.send(String::from_utf8_lossy(&line).trim_end().to_owned());
            line.clear();
        }
    });
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn shell(script: &str) -> Job {
        Job::new(Command::new("sh"), Stop::default()).args(["-c", script])
    }

    #[test]
    fn a_failure_carries_the_end_of_its_log() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("logs/a.log");
        let said = shell("echo one thing is wrong >&2; exit 3")
            .run_logged(&log)
            .unwrap_err()
            .to_string();
        assert!(said.contains("sh -c ended with exit status: 3"), "{said}");
        assert!(
            said.contains("one thing is wrong") && said.contains("a.log"),
            "{said}"
        );
    }

    #[test]
    fn what_takes_too_long_is_ended() {
        let folder = tempfile::tempdir().unwrap();
        let started = Instant::now();
        let job = shell("sleep 300").limit(Duration::from_millis(200));
        let said = job
            .run_logged(&folder.path().join("a.log"))
            .unwrap_err()
            .to_string();
        assert!(said.contains("was ended after"), "{said}");
        assert!(started.elapsed() < Duration::from_secs(60));
    }

    #[test]
    fn closing_lines_are_kept_whatever_the_outcome() {
        // Not a test runner's own words: this output is shown, and would be taken for them.
        let job = shell("echo noise; echo 'closing: one went wrong' >&2; exit 1");
        let (closing, outcome) = job.run_shown(|line| line.starts_with("closing"));
        assert_eq!(closing, ["closing: one went wrong"]);
        assert!(outcome.is_err());
    }
}
