//! Runs one command to its end, with its output in a log or on the terminal. It stops the command and its child
//! processes after a timeout and when the person stops xtask. Created by `context`.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

use crate::cargo_progress::{self, CrateCounter};
use crate::command_error::CommandError;
use crate::log_tail;
use crate::process_group::{POLL_INTERVAL, ProcessGroup};
use crate::stop_signal::StopSignal;

/// How long to wait for output after the command has exited.
const OUTPUT_TIMEOUT: Duration = Duration::from_secs(2);

/// A command that has not been started.
#[must_use]
#[derive(Debug)]
pub struct Process {
    command: Command,
    title: String,
    timeout: Duration,
    stop: StopSignal,
    counter: Option<CrateCounter>,
}

impl Process {
    /// The program is looked up on the PATH of `command`.
    pub fn new(command: Command, stop: StopSignal) -> Self {
        let title = Path::new(command.get_program())
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        Self {
            command,
            title,
            timeout: Duration::from_secs(60 * 60),
            stop,
            counter: None,
        }
    }

    /// Adds arguments. Error messages name the first one.
    pub fn args<A: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = A>) -> Self {
        self.command.args(args);
        if let Some(first) = self.command.get_args().next() {
            let program = self.title.split(' ').next().unwrap_or_default();
            self.title = format!("{program} {}", first.to_string_lossy());
        }
        self
    }

    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    pub fn dir(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Stops the command when it takes longer. The default is one hour.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Counts the crates that cargo compiles, also when another program starts cargo. For `run_with_log`.
    pub fn count_crates(mut self, counter: &CrateCounter) -> Self {
        self.counter = Some(counter.clone());
        for (name, value) in cargo_progress::ENVIRONMENT {
            self = self.env(name, value);
        }
        self
    }

    /// Runs it and appends all output to `log`. An error contains the last lines of the log.
    pub fn run_with_log(mut self, log: &Path) -> Result<(), CommandError> {
        if let Some(folder) = log.parent() {
            std::fs::create_dir_all(folder)
                .map_err(|cause| CommandError::io("making", folder, &cause))?;
        }
        let open = File::options().create(true).append(true).open(log);
        let mut file = open.map_err(|cause| CommandError::io("opening", log, &cause))?;
        let _ = writeln!(file, "\n$ {:?}", self.command);
        let both = file
            .try_clone()
            .map_err(|cause| CommandError::io("opening", log, &cause))?;
        // A backtrace would be longer than the part of the log that an error shows.
        self.command.stdout(file).env("RUST_BACKTRACE", "0");
        let outcome = match self.counter.take() {
            None => {
                self.command.stderr(both);
                let mut group = self.start()?;
                self.wait(&mut group)
            }
            Some(counter) => {
                self.command.stderr(Stdio::piped());
                let mut group = self.start()?;
                let copied = copy_and_count(group.child().stderr.take(), both, counter);
                let outcome = self.wait(&mut group);
                group.terminate();
                // With a timeout: a child process that left the group may keep the pipe open for ever.
                let _ = copied.recv_timeout(OUTPUT_TIMEOUT);
                outcome
            }
        };
        outcome.map_err(|exit| self.error(exit, &format!(":\n{}", log_tail::last_lines(log))))
    }

    /// Runs it and shows its output at once. Returns its summary lines, also when it fails.
    pub fn run_with_output(
        mut self,
        is_summary: fn(&str) -> bool,
    ) -> (Vec<String>, Result<(), CommandError>) {
        self.command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut group = match self.start() {
            Ok(group) => group,
            Err(error) => return (Vec::new(), Err(error)),
        };
        let (sender, lines) = mpsc::channel();
        let child = group.child();
        if let Some(out) = child.stdout.take() {
            copy_lines(out, std::io::stdout(), sender.clone());
        }
        if let Some(errors) = child.stderr.take() {
            copy_lines(errors, std::io::stderr(), sender);
        }
        let outcome = self.wait(&mut group);
        group.terminate();
        let mut summary_lines = Vec::new();
        // With a timeout: a child process that left the group may keep the pipe open for ever.
        while let Ok(line) = lines.recv_timeout(OUTPUT_TIMEOUT) {
            if is_summary(&line) {
                summary_lines.push(line);
            }
        }
        (
            summary_lines,
            outcome.map_err(|exit| self.error(exit, "; its output is above")),
        )
    }

    fn start(&mut self) -> Result<ProcessGroup, CommandError> {
        ProcessGroup::start(&mut self.command).map_err(|cause| {
            CommandError::new(
                format!("{} could not be started: {cause}", self.title),
                format!(
                    "Check that `{}` is installed and on PATH.",
                    self.command.get_program().to_string_lossy()
                ),
            )
        })
    }

    fn wait(&self, group: &mut ProcessGroup) -> Result<(), UnsuccessfulExit> {
        let started = Instant::now();
        loop {
            match group.exit_status() {
                Some(status) if status.success() => return Ok(()),
                Some(status) => return Err(UnsuccessfulExit::Failed(status.to_string())),
                None if self.stop.is_requested() => return Err(UnsuccessfulExit::Interrupted),
                None if started.elapsed() > self.timeout => return Err(UnsuccessfulExit::TimedOut),
                None => std::thread::sleep(POLL_INTERVAL),
            }
        }
    }

    fn error(&self, exit: UnsuccessfulExit, evidence: &str) -> CommandError {
        let title = &self.title;
        match exit {
            UnsuccessfulExit::Failed(status) => CommandError::new(
                format!("{title} ended with {status}{evidence}"),
                "Correct what it reports, then run the same command again.",
            ),
            UnsuccessfulExit::TimedOut => CommandError::new(
                format!(
                    "{title} was stopped after {} minutes{evidence}",
                    self.timeout.as_secs() / 60
                ),
                "Find out what it was waiting for, then run the same command again.",
            ),
            UnsuccessfulExit::Interrupted => CommandError::interrupted(),
        }
    }
}

enum UnsuccessfulExit {
    Failed(String),
    TimedOut,
    Interrupted,
}

/// Copies `from` to `log` without cargo's bars. The returned receiver gets an error when the output has ended.
fn copy_and_count(
    from: Option<impl Read + Send + 'static>,
    log: File,
    counter: CrateCounter,
) -> Receiver<()> {
    let (sender, copied) = mpsc::channel();
    std::thread::spawn(move || {
        let _sender = sender;
        if let Some(from) = from {
            counter.copy_without_bars(BufReader::new(from), log);
        }
    });
    copied
}

/// Copies each line to `to` at once, and sends it to `sender`.
fn copy_lines(
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

    fn shell(script: &str) -> Process {
        Process::new(Command::new("sh"), StopSignal::default()).args(["-c", script])
    }

    #[test]
    fn an_error_contains_the_end_of_the_log() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("logs/a.log");
        let message = shell("echo one thing is wrong >&2; exit 3")
            .run_with_log(&log)
            .unwrap_err()
            .to_string();
        assert!(
            message.contains("sh -c ended with exit status: 3"),
            "{message}"
        );
        assert!(
            message.contains("one thing is wrong") && message.contains("a.log"),
            "{message}"
        );
    }

    #[test]
    fn crates_are_counted_and_the_log_has_no_bar() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("a.log");
        let counter = CrateCounter::default();
        let script = r#"echo "$CARGO_TERM_PROGRESS_WHEN"; printf '    Building [=> ] 3/7: a\r   Compiling b\n' >&2"#;
        let process = shell(script).count_crates(&counter);
        process.run_with_log(&log).unwrap();
        assert_eq!(counter.get().unwrap().to_string(), "crate 3 of 7");
        let text = std::fs::read_to_string(&log).unwrap();
        assert!(text.ends_with("always\n   Compiling b\n"), "{text}");
    }

    #[test]
    fn a_command_is_stopped_after_its_timeout() {
        let folder = tempfile::tempdir().unwrap();
        let started = Instant::now();
        let process = shell("sleep 300").timeout(Duration::from_millis(200));
        let message = process
            .run_with_log(&folder.path().join("a.log"))
            .unwrap_err()
            .to_string();
        assert!(message.contains("was stopped after"), "{message}");
        assert!(started.elapsed() < Duration::from_secs(60));
    }

    #[test]
    fn summary_lines_are_returned_after_a_failure_too() {
        // Not the words of a test runner: this output is shown, and `check` would count it.
        let process = shell("echo noise; echo 'closing: one went wrong' >&2; exit 1");
        let (summary_lines, outcome) = process.run_with_output(|line| line.starts_with("closing"));
        assert_eq!(summary_lines, ["closing: one went wrong"]);
        assert!(outcome.is_err());
    }
}
