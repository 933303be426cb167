//! What a command prints: results on stdout; on stderr what runs, how long it usually takes, and how long it took.

use std::fmt;
use std::io::{self, Write};
use std::time::{Duration, Instant};

/// Prints a result on stdout. A closed pipe (`| head`) is no error.
pub fn print(text: impl fmt::Display) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{text}");
    let _ = out.flush();
}

pub fn log(text: impl fmt::Display) {
    eprintln!("{text}");
}

/// One long step, shown as `doing … done in 7 m 52 s` on one line.
#[must_use]
pub struct ProgressLine {
    started: Instant,
}

impl ProgressLine {
    /// Prints the start of the line; `expected` is the usual duration, for long steps.
    pub fn begin(doing: &str, expected: Option<&str>) -> Self {
        match expected {
            Some(time) => eprint!("{doing} ({time}) … "),
            None => eprint!("{doing} … "),
        }
        Self {
            started: Instant::now(),
        }
    }

    pub fn done(self) {
        eprintln!("done in {}", Elapsed(self.started.elapsed()));
    }

    /// Ends the line: nothing had to be done.
    pub fn unchanged(self) {
        eprintln!("unchanged");
    }

    /// Ends the line: the step failed. The error is printed after it.
    pub fn failed(self) {
        eprintln!("failed after {}", Elapsed(self.started.elapsed()));
    }

    /// Ends the line with success or failure, and returns `outcome`.
    pub fn end<T, E>(self, outcome: Result<T, E>) -> Result<T, E> {
        match outcome {
            Ok(_) => self.done(),
            Err(_) => self.failed(),
        }
        outcome
    }
}

/// A duration such as `0.4 s`, `12 s` or `7 m 52 s`.
pub struct Elapsed(pub Duration);

impl fmt::Display for Elapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs();
        match seconds {
            0..10 => write!(f, "{:.1} s", self.0.as_secs_f32()),
            10..60 => write!(f, "{seconds} s"),
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
        assert_eq!(text(12_900), "12 s");
        assert_eq!(text(472_000), "7 m 52 s");
        assert_eq!(text(60_000), "1 m 00 s");
    }
}
