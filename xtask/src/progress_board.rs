//! The text of the progress lines, also when several steps run at once: what to write on stderr when a step begins, goes
//! on or ends. Used by `progress`, which writes it. It must never leave half a line before another step's text.

use std::time::{Duration, Instant};

use crate::cargo_progress::CrateCounter;
use crate::progress::Elapsed;

/// What stderr is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProgressOutput {
    /// A status line at the bottom is rewritten every second.
    Terminal,
    /// A file or a pipe: lines are only appended, one a minute for each long step.
    Log,
}

impl ProgressOutput {
    /// How often a running step is shown.
    pub fn interval(self) -> Duration {
        match self {
            Self::Terminal => Duration::from_secs(1),
            Self::Log => Duration::from_secs(60),
        }
    }
}

/// Columns that every terminal has. A longer status line would wrap, and could not be overwritten.
const MAX_STATUS_CHARS: usize = 79;
/// Goes to the start of the line and erases it.
const ERASE_LINE: &str = "\r\x1b[K";

#[derive(Debug)]
pub struct RunningStep {
    pub doing: String,
    /// The usual duration, for long steps.
    pub expected: Option<String>,
    pub started: Instant,
    pub counter: CrateCounter,
}

impl RunningStep {
    fn heading(&self) -> String {
        match &self.expected {
            Some(time) => format!("{} ({time})", self.doing),
            None => self.doing.clone(),
        }
    }

    /// Such as `2 m 05 s, crate 31 of 120`.
    fn state(&self, now: Instant) -> String {
        let seconds = now.saturating_duration_since(self.started).as_secs();
        let elapsed = Elapsed(Duration::from_secs(seconds));
        match self.counter.get() {
            Some(count) => format!("{elapsed}, {count}"),
            None => elapsed.to_string(),
        }
    }

    /// In at most `room` characters; what is done is shortened first.
    fn status(&self, room: usize, now: Instant) -> String {
        let state = self.state(now);
        let room = room.saturating_sub(state.chars().count() + 3);
        let doing = if self.doing.chars().count() > room {
            let start: String = self.doing.chars().take(room.saturating_sub(1)).collect();
            format!("{}…", start.trim_end())
        } else {
            self.doing.clone()
        };
        format!("{doing} … {state}")
    }
}

#[derive(Debug)]
pub struct ProgressBoard {
    output: ProgressOutput,
    /// In the order of their start, with their numbers.
    running: Vec<(u64, RunningStep)>,
    next_number: u64,
    /// In a log: the step whose line has no end yet.
    unfinished: Option<u64>,
}

impl ProgressBoard {
    pub const fn new(output: ProgressOutput) -> Self {
        Self {
            output,
            running: Vec::new(),
            next_number: 0,
            unfinished: None,
        }
    }

    pub fn output(&self) -> ProgressOutput {
        self.output
    }

    /// Returns the number of the step, and what to write.
    pub fn begin(&mut self, step: RunningStep) -> (u64, String) {
        let number = self.next_number;
        self.next_number += 1;
        let mut text = self.line_break();
        let (heading, now) = (step.heading(), step.started);
        self.running.push((number, step));
        match self.output {
            ProgressOutput::Log => {
                text.push_str(&format!("{heading} … "));
                self.unfinished = Some(number);
            }
            ProgressOutput::Terminal => text.push_str(&self.status(now)),
        }
        (number, text)
    }

    /// What to write while step `number` runs; nothing after it has ended.
    pub fn tick(&mut self, number: u64, now: Instant) -> String {
        let Some((_, step)) = self.running.iter().find(|(running, _)| *running == number) else {
            return String::new();
        };
        match self.output {
            ProgressOutput::Log => {
                let line = format!("  {} … {}\n", step.doing, step.state(now));
                self.line_break() + &line
            }
            ProgressOutput::Terminal => self.line_break() + &self.status(now),
        }
    }

    /// `result` is such as `done in 3 s`. Nothing if the step has ended already.
    pub fn end(&mut self, number: u64, result: &str, now: Instant) -> String {
        let Some(at) = self
            .running
            .iter()
            .position(|(running, _)| *running == number)
        else {
            return String::new();
        };
        let (_, step) = self.running.remove(at);
        if self.unfinished == Some(number) {
            self.unfinished = None;
            return format!("{result}\n");
        }
        let line = format!("{} … {result}\n", step.doing);
        self.line_break() + &line + &self.status(now)
    }

    /// Other text, as a line of its own.
    pub fn line(&mut self, line: &str, now: Instant) -> String {
        self.line_break() + line + "\n" + &self.status(now)
    }

    /// What to write before a line that is no progress line.
    pub fn line_break(&mut self) -> String {
        match self.output {
            ProgressOutput::Log if self.unfinished.take().is_some() => "\n".to_owned(),
            ProgressOutput::Terminal if !self.running.is_empty() => ERASE_LINE.to_owned(),
            _ => String::new(),
        }
    }

    fn status(&self, now: Instant) -> String {
        if self.output == ProgressOutput::Log {
            return String::new();
        }
        let room = MAX_STATUS_CHARS / self.running.len().max(1);
        let states: Vec<String> = self
            .running
            .iter()
            .map(|(_, step)| step.status(room.saturating_sub(3), now))
            .collect();
        states.join(" | ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(doing: &str, started: Instant) -> RunningStep {
        RunningStep {
            doing: doing.to_owned(),
            expected: Some("about 3 minutes".to_owned()),
            started,
            counter: CrateCounter::default(),
        }
    }

    #[test]
    fn one_step_after_the_other_is_one_line_each() {
        let (mut board, now) = (ProgressBoard::new(ProgressOutput::Log), Instant::now());
        let (first, mut text) = board.begin(step("building", now));
        text += &board.end(first, "done in 3 s", now);
        let (second, more) = board.begin(step("starting", now));
        text += &more;
        text += &board.end(second, "unchanged", now);
        assert_eq!(
            text,
            "building (about 3 minutes) … done in 3 s\nstarting (about 3 minutes) … unchanged\n"
        );
    }

    #[test]
    fn steps_side_by_side_have_whole_lines() {
        let (mut board, now) = (ProgressBoard::new(ProgressOutput::Log), Instant::now());
        let (first, mut text) = board.begin(step("building", now));
        let (second, more) = board.begin(step("fetching", now));
        text += &more;
        text += &board.end(first, "done in 9 s", now);
        text += &board.line("a note", now);
        text += &board.end(second, "done in 10 s", now);
        assert_eq!(
            text,
            "building (about 3 minutes) … \nfetching (about 3 minutes) … \nbuilding … done in 9 s\na note\nfetching … done in 10 s\n"
        );
    }

    #[test]
    fn a_long_step_in_a_log_gets_a_line_a_minute() {
        let (mut board, now) = (ProgressBoard::new(ProgressOutput::Log), Instant::now());
        let (number, begun) = board.begin(step("building", now));
        let later = now + Duration::from_secs(125);
        let ticked = board.tick(number, later);
        let ended = board.end(number, "done in 2 m 10 s", later);
        assert_eq!(
            begun + &ticked + &ended,
            "building (about 3 minutes) … \n  building … 2 m 05 s\nbuilding … done in 2 m 10 s\n"
        );
        assert_eq!(board.tick(number, later), "");
        assert_eq!(board.end(number, "failed", later), "");
    }

    #[test]
    fn a_terminal_shows_all_running_steps_in_one_line_that_fits() {
        let (mut board, now) = (ProgressBoard::new(ProgressOutput::Terminal), Instant::now());
        let (first, _) = board.begin(step(&"building a long name ".repeat(5), now));
        let (second, _) = board.begin(step("fetching crates", now));
        let ticked = board.tick(first, now + Duration::from_secs(61));
        let status = ticked.trim_start_matches(ERASE_LINE);
        assert!(
            status.contains("… 1 m 01 s | fetching crates … 1 m 01 s"),
            "{status}"
        );
        assert!(status.chars().count() <= MAX_STATUS_CHARS, "{status}");
        let ended = board.end(second, "done in 62 s", now + Duration::from_secs(62));
        assert!(
            ended.starts_with(&format!(
                "{ERASE_LINE}fetching crates … done in 62 s\nbuilding a"
            )),
            "{ended}"
        );
    }
}
