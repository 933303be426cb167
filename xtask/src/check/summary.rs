//! The summary that `test` prints at its end: each step's summary lines, a table, and one line with the counts.

use std::fmt;
use std::time::Duration;

use super::TestStep;
use crate::command_error::CommandError;
use crate::progress::Elapsed;

#[derive(Debug)]
pub struct StepResult {
    pub step: TestStep,
    pub elapsed: Duration,
    /// The summary lines that its commands printed.
    pub summary_lines: Vec<String>,
    /// The first error of the step.
    pub error: Option<CommandError>,
}

impl StepResult {
    pub fn new(step: TestStep) -> Self {
        Self {
            step,
            elapsed: Duration::ZERO,
            summary_lines: Vec::new(),
            error: None,
        }
    }

    /// The number of tests that passed.
    pub fn tests(&self) -> u64 {
        self.summary_lines
            .iter()
            .filter_map(|line| passed(line))
            .sum()
    }
}

/// Whether `line` is the summary of a test runner or of cargo-deny.
pub fn is_summary(line: &str) -> bool {
    passed(line).is_some() || line.ends_with("sources ok") || line.ends_with("sources FAILED")
}

/// The number of passed tests: 12 in `test result: ok. 12 passed; 0 failed; …`.
fn passed(line: &str) -> Option<u64> {
    let (_, after) = plain(line)
        .split_once("test result: ")
        .map(|(before, after)| (before.to_owned(), after.to_owned()))?;
    let count = after.split(" passed").next()?.rsplit(' ').next()?;
    count.parse().ok()
}

/// Removes the escape sequences of colours.
fn plain(line: &str) -> String {
    let mut parts = line.split('\u{1b}');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str(part.split_once('m').map_or("", |(_, rest)| rest));
    }
    text
}

#[derive(Debug, Default)]
pub struct Summary {
    pub results: Vec<StepResult>,
}

impl Summary {
    pub fn failed(&self) -> usize {
        self.results
            .iter()
            .filter(|result| result.error.is_some())
            .count()
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for result in &self.results {
            // A test binary without tests is not listed.
            let shown = result
                .summary_lines
                .iter()
                .filter(|line| !plain(line).contains("ok. 0 passed; 0 failed"));
            for line in shown {
                writeln!(f, "{:<13}{line}", result.step.as_str())?;
            }
        }
        writeln!(f)?;
        for result in &self.results {
            let outcome = if result.error.is_none() {
                "pass"
            } else {
                "FAIL"
            };
            writeln!(
                f,
                "{:<13}{outcome:<6}{:>9}",
                result.step.as_str(),
                Elapsed(result.elapsed).to_string()
            )?;
        }
        let failed = self.failed();
        write!(
            f,
            "\n{} passed, {failed} failed",
            self.results.len() - failed
        )
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const UNIT: &str = "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.05s";

    #[test]
    fn summary_lines_are_recognised_and_counted() {
        assert_eq!(passed(UNIT), Some(12));
        assert_eq!(
            passed("test result: FAILED. 3 passed; 1 failed; 0 ignored"),
            Some(3)
        );
        assert_eq!(
            passed("test result: \u{1b}[32mok\u{1b}(B\u{1b}[m. 7 passed; 0 failed"),
            Some(7)
        );
        assert_eq!(passed("test one ... ok"), None);
        assert!(is_summary("bans ok, licenses ok, sources ok") && !is_summary("warning: unused"));
    }

    #[test]
    fn the_last_line_is_the_count_of_steps() {
        let good = StepResult {
            summary_lines: vec![UNIT.to_owned()],
            ..StepResult::new(TestStep::Unit)
        };
        let bad = StepResult {
            error: Some(CommandError::interrupted()),
            ..StepResult::new(TestStep::E2e)
        };
        let summary = Summary {
            results: vec![good, bad],
        };
        let text = summary.to_string();
        assert_eq!(text.lines().last().unwrap(), "1 passed, 1 failed");
        assert!(text.contains(&format!("unit         {UNIT}")), "{text}");
        assert!(
            text.lines()
                .any(|line| line.starts_with("e2e          FAIL")),
            "{text}"
        );
        assert_eq!(summary.failed(), 1);
    }
}
