//! The options of `card-entry-bench server`. `cargo xtask bench server` passes the person's options on, and adds the
//! programs.

use std::path::PathBuf;

use clap::Args;

use super::database::DatabaseChoice;
use super::environment::Candidate;
use super::subject::SubjectKind;

/// What to measure, and how long.
#[derive(Debug, Clone, Args)]
pub struct ServerOptions {
    /// Seconds of each measurement.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=60))]
    pub seconds: u32,
    /// Callers at a time in the closed load, separated by commas.
    #[arg(long, value_delimiter = ',', default_value = "1,16,64", value_parser = clap::value_parser!(u32).range(1..=512))]
    pub callers: Vec<u32>,
    /// The database: sqlite, postgres or both.
    #[arg(long, value_enum, default_value = "both")]
    pub database: DatabaseChoice,
    /// How often every program is measured; the programs take turns.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=20))]
    pub rounds: u32,
    /// Print the result as JSON on stdout, with every round.
    #[arg(long)]
    pub json: bool,
    /// Measure memory instead: `--requests` of each kind, one program after another.
    #[arg(long)]
    pub memory: bool,
    /// Requests of each kind for `--memory`.
    #[arg(long, default_value_t = 100_000, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=3_000_000))]
    pub requests: u64,
    /// The program stripe-sandbox.
    #[arg(long, value_name = "FILE")]
    pub sandbox: PathBuf,
    /// The program card-entry-yardstick.
    #[arg(long, value_name = "FILE")]
    pub yardstick: PathBuf,
    /// A wallet server to measure, with its name in the report. May be given several times.
    #[arg(long = "candidate", value_name = "NAME=FILE", required = true, value_parser = parse_candidate)]
    pub candidates: Vec<Candidate>,
    /// The file of the plot, as SVG.
    #[arg(long, value_name = "FILE")]
    pub plot: Option<PathBuf>,
}

/// The name of the yardstick in the report.
pub const YARDSTICK: &str = "yardstick";

impl ServerOptions {
    /// Every program that is measured, in the order of each round. The yardstick is the last one.
    #[must_use]
    pub fn programs(&self) -> Vec<Candidate> {
        let mut all = self.candidates.clone();
        all.push(Candidate {
            name: YARDSTICK.to_owned(),
            kind: SubjectKind::Yardstick,
            program: self.yardstick.clone(),
        });
        all
    }
}

fn parse_candidate(text: &str) -> Result<Candidate, String> {
    match text.split_once('=') {
        Some((name, file)) if !name.is_empty() && !file.is_empty() && name != YARDSTICK => {
            Ok(Candidate {
                name: name.to_owned(),
                kind: SubjectKind::WalletServer,
                program: PathBuf::from(file),
            })
        }
        _ => Err("give a name and a file, such as main=target/release/wallet-server".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use clap::Parser;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        options: ServerOptions,
    }

    fn parse(line: &str) -> Result<ServerOptions, String> {
        let programs = ["bench", "--sandbox", "s", "--yardstick", "y"];
        let line = programs.into_iter().chain(line.split_whitespace());
        let parsed = Line::try_parse_from(line).map_err(|error| error.to_string())?;
        Ok(parsed.options)
    }

    #[test]
    fn the_yardstick_is_measured_last_in_each_round() {
        let options = parse("--candidate main=a/b --candidate v1=c --callers 2,4").unwrap();
        let names: Vec<String> = options.programs().into_iter().map(|one| one.name).collect();
        assert_eq!(names, ["main", "v1", YARDSTICK]);
        assert_eq!(options.callers, [2, 4]);
        assert_eq!(
            (options.seconds, options.rounds, options.requests),
            (5, 3, 100_000)
        );
    }

    #[test]
    fn unusable_options_are_refused() {
        for line in [
            "",
            "--candidate main",
            "--candidate =a",
            "--candidate yardstick=a",
            "--candidate main=a --seconds 0",
            "--candidate main=a --callers 0",
            "--candidate main=a --callers 1,x",
            "--candidate main=a --rounds 0",
            "--candidate main=a --database mysql",
        ] {
            assert!(parse(line).is_err(), "{line}");
        }
    }
}
