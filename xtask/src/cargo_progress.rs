//! Reads cargo's progress bar: how many crates of how many are compiled. `process` takes the bar out of a command's
//! output, because a log with it cannot be read, and `progress` shows the numbers. It must never drop a line that is not
//! part of the bar.

use std::fmt;
use std::io::{BufRead, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// What makes cargo draw its bar when stderr is no terminal. Cargo then needs a width.
pub const ENVIRONMENT: [(&str, &str); 2] = [
    ("CARGO_TERM_PROGRESS_WHEN", "always"),
    ("CARGO_TERM_PROGRESS_WIDTH", "100"),
];
/// Before the bar of the compilation. Bars of downloads have other words.
const BAR: &str = "Building [";

/// Compiled crates of all crates of one build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CrateCount {
    compiled: u32,
    all: u32,
}

impl CrateCount {
    /// From a bar such as `    Building [==>   ] 31/120: syn, libc`.
    pub fn parse(bar: &str) -> Option<Self> {
        let (_, rest) = bar.split_once(BAR)?;
        let (_, numbers) = rest.split_once("] ")?;
        let (compiled, rest) = numbers.split_once('/')?;
        let digits = rest.split(|letter: char| !letter.is_ascii_digit()).next()?;
        Some(Self {
            compiled: compiled.trim().parse().ok()?,
            all: digits.parse().ok()?,
        })
    }
}

impl fmt::Display for CrateCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "crate {} of {}", self.compiled, self.all)
    }
}

/// The newest count of one step: written while its command runs, read for the progress line.
#[derive(Debug, Clone, Default)]
pub struct CrateCounter(Arc<Mutex<Option<CrateCount>>>);

impl CrateCounter {
    pub fn get(&self) -> Option<CrateCount> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, count: CrateCount) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(count);
    }

    /// Copies `output` to `log`, and counts with the bars in it. A bar ends with a carriage return, so that the next one,
    /// or a line, overwrites it.
    pub fn copy_without_bars(&self, mut output: impl BufRead, mut log: impl Write) {
        let mut part = Vec::new();
        while read_part(&mut output, &mut part) {
            let text = String::from_utf8_lossy(&part);
            if is_bar(&text) {
                if let Some(count) = CrateCount::parse(&text) {
                    self.set(count);
                }
            } else {
                let _ = log.write_all(&part);
            }
            part.clear();
        }
        // A last line without its end is written too.
        let _ = log.write_all(&part);
    }
}

/// A bar is a word and a bracket, such as `Building [==>   ] 31/120: syn` or `Fetch [=>  ] 17 complete`.
fn is_bar(part: &str) -> bool {
    let mut words = part.split_whitespace().skip(1);
    part.ends_with('\r') && words.next().is_some_and(|word| word.starts_with('['))
}

/// Appends everything up to the next carriage return or line feed. `false` at the end of `output`.
fn read_part(output: &mut impl BufRead, part: &mut Vec<u8>) -> bool {
    loop {
        let Ok(bytes) = output.fill_buf() else {
            return false;
        };
        if bytes.is_empty() {
            return false;
        }
        let end = bytes.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
        let taken = end.map_or(bytes.len(), |at| at + 1);
        part.extend(bytes.iter().take(taken));
        output.consume(taken);
        if end.is_some() {
            return true;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn bars_are_counted_and_left_out_of_the_log() {
        // As cargo 1.95 writes to a pipe.
        let output = "       Fetch [=>   ] 17 complete; 13 pending   \r   Compiling libc v0.2.1\n    Building [>     ] \
                      2/120: libc, syn   \r   Compiling syn v2.0.1\n    Building [=>   ] 31/120: syn, libc(build.rs)  \
                      \rerror: no";
        let counter = CrateCounter::default();
        let mut log = Vec::new();
        counter.copy_without_bars(output.as_bytes(), &mut log);
        assert_eq!(
            String::from_utf8(log).unwrap(),
            "   Compiling libc v0.2.1\n   Compiling syn v2.0.1\nerror: no"
        );
        assert_eq!(counter.get().unwrap().to_string(), "crate 31 of 120");
    }

    #[test]
    fn other_lines_are_no_bars() {
        let output = "note: Building [it] 1/2\r    ] 3/4\rBuilding [=> ] 5/6\n";
        let counter = CrateCounter::default();
        let mut log = Vec::new();
        counter.copy_without_bars(output.as_bytes(), &mut log);
        assert_eq!(String::from_utf8(log).unwrap(), output);
        assert_eq!(counter.get(), None);
    }
}
