//! What a command prints: results on stdout; on stderr what runs, how long it usually takes, and how long it took.

use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::cargo_progress::CrateCounter;
use crate::progress_board::{ProgressBoard, ProgressOutput, RunningStep};

static BOARD: LazyLock<Mutex<ProgressBoard>> = LazyLock::new(|| {
    let output = if io::stderr().is_terminal() {
        ProgressOutput::Terminal
    } else {
        ProgressOutput::Log
    };
    Mutex::new(ProgressBoard::new(output))
});

fn board() -> MutexGuard<'static, ProgressBoard> {
    BOARD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Prints a result on stdout. A closed pipe (`| head`) is no error.
pub fn print(text: impl fmt::Display) {
    eprint!("{}", board().line_break());
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{text}");
    let _ = out.flush();
}

pub fn log(text: impl fmt::Display) {
    let mut board = board();
    eprint!("{}", board.line(&text.to_string(), Instant::now()));
}

/// One long step, shown as `doing … done in 7 m 52 s` on one line. Steps may run at the same time. A step that is dropped
/// without an end has failed.
#[must_use]
pub struct ProgressLine {
    number: u64,
    started: Instant,
    counter: CrateCounter,
    /// The thread that shows the running step ends when this is dropped.
    _ticks: Sender<()>,
}

impl ProgressLine {
    /// Prints the start of the line; `expected` is the usual duration, for long steps.
    pub fn begin(doing: &str, expected: Option<&str>) -> Self {
        let (started, counter) = (Instant::now(), CrateCounter::default());
        let mut board = board();
        let (number, text) = board.begin(RunningStep {
            doing: doing.to_owned(),
            expected: expected.map(str::to_owned),
            started,
            counter: counter.clone(),
        });
        eprint!("{text}");
        Self {
            number,
            started,
            counter,
            _ticks: show_while_running(number, board.output().interval()),
        }
    }

    /// Where the step's command counts the crates that it compiled.
    pub fn counter(&self) -> &CrateCounter {
        &self.counter
    }

    pub fn done(self) {
        let elapsed = Elapsed(self.started.elapsed());
        self.finish(&format!("done in {elapsed}"));
    }

    /// Ends the line: nothing had to be done.
    pub fn unchanged(self) {
        self.finish("unchanged");
    }

    /// Ends the line with success or failure, and returns `outcome`. The error is printed after the line.
    pub fn end<T, E>(self, outcome: Result<T, E>) -> Result<T, E> {
        match outcome {
            Ok(_) => self.done(),
            Err(_) => drop(self),
        }
        outcome
    }

    fn finish(&self, result: &str) {
        let text = board().end(self.number, result, Instant::now());
        eprint!("{text}");
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        let elapsed = Elapsed(self.started.elapsed());
        self.finish(&format!("failed after {elapsed}"));
    }
}

/// Shows step `number` again and again, until the returned sender is dropped.
fn show_while_running(number: u64, interval: Duration) -> Sender<()> {
    let (sender, ended) = mpsc::channel();
    std::thread::spawn(move || {
        while ended.recv_timeout(interval) == Err(RecvTimeoutError::Timeout) {
            let mut board = board();
            eprint!("{}", board.tick(number, Instant::now()));
        }
    });
    sender
}

/// A duration such as `0.4 s`, `12 s` or `7 m 52 s`. Whole seconds have no fraction.
pub struct Elapsed(pub Duration);

impl fmt::Display for Elapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs();
        match seconds {
            0..10 if self.0.subsec_nanos() > 0 => write!(f, "{:.1} s", self.0.as_secs_f32()),
            0..60 => write!(f, "{seconds} s"),
            _ => write!(f, "{} m {:02} s", seconds / 60, seconds % 60),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_printed_in_minutes_and_seconds() {
        let text = |milliseconds| Elapsed(Duration::from_millis(milliseconds)).to_string();
        assert_eq!(text(412), "0.4 s");
        assert_eq!(text(3000), "3 s");
        assert_eq!(text(12_900), "12 s");
        assert_eq!(text(472_000), "7 m 52 s");
        assert_eq!(text(60_000), "1 m 00 s");
    }
}
