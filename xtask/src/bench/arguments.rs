//! Parses the command line of `cargo xtask bench`. The values are checked by `card-entry-bench` again; here those are
//! refused that would show only after a build of minutes. It must never run anything.

use crate::command_error::CommandError;

/// A benchmark to run.
#[derive(Debug, PartialEq, Eq)]
pub enum BenchOptions {
    Server(ServerBenchOptions),
    Queue {
        offline: bool,
        /// The options of `card-entry-bench queue`, which are passed on.
        options: Vec<String>,
    },
}

#[derive(Debug, Default, PartialEq, Eq)]
pub struct ServerBenchOptions {
    pub offline: bool,
    /// Another commit that is measured in the same run.
    pub commit: Option<String>,
    /// The options of `card-entry-bench server`, which are passed on.
    pub passed_on: Vec<String>,
}

impl BenchOptions {
    pub fn offline(&self) -> bool {
        match self {
            Self::Server(options) => options.offline,
            Self::Queue { offline, .. } => *offline,
        }
    }
}

/// Flags of `card-entry-bench server` with what each value must be.
const SERVER_FLAGS: [(&str, Value); 5] = [
    ("--seconds", Value::Numbers { several: false }),
    ("--callers", Value::Numbers { several: true }),
    ("--rounds", Value::Numbers { several: false }),
    ("--requests", Value::Numbers { several: false }),
    ("--database", Value::OneOf(&["sqlite", "postgres", "both"])),
];

/// Flags of `card-entry-bench queue`.
const QUEUE_FLAGS: [(&str, Value); 5] = [
    ("--accounts", Value::Numbers { several: true }),
    ("--saves-per-day", Value::Decimal),
    ("--busiest-hour", Value::Decimal),
    ("--skew", Value::Decimal),
    ("--seed", Value::Numbers { several: false }),
];

/// Flags of `card-entry-bench server` without a value.
const SWITCHES: [&str; 2] = ["--json", "--memory"];

#[derive(Debug, Clone, Copy)]
enum Value {
    Numbers { several: bool },
    Decimal,
    OneOf(&'static [&'static str]),
}

impl Value {
    fn accepts(self, value: &str) -> bool {
        match self {
            Self::Numbers { several } => {
                let mut parts = value.split(',');
                let is_number = |part: &str| part.parse::<u64>().is_ok();
                parts.all(is_number) && (several || !value.contains(','))
            }
            Self::Decimal => value.parse::<f64>().is_ok_and(f64::is_finite),
            Self::OneOf(values) => values.contains(&value),
        }
    }

    fn advice(self, flag: &str) -> String {
        match self {
            Self::Numbers { several: true } => format!("Give numbers, such as {flag} 1,16."),
            Self::Numbers { several: false } => format!("Give a number, such as {flag} 5."),
            Self::Decimal => format!("Give a number, such as {flag} 1.5."),
            Self::OneOf(values) => format!("Use one of: {}.", values.join(", ")),
        }
    }
}

/// Parses what follows `cargo xtask bench`. `None` means that help is asked for.
pub fn parse(
    mut arguments: impl Iterator<Item = String>,
) -> Result<Option<BenchOptions>, CommandError> {
    let name = arguments.next();
    let flags: &[(&str, Value)] = match name.as_deref() {
        None | Some("--help" | "-h") => return Ok(None),
        Some("server") => &SERVER_FLAGS,
        Some("queue") => &QUEUE_FLAGS,
        Some(other) => {
            return Err(CommandError::new(
                format!("there is no benchmark `{other}`"),
                "Use one of: server, queue. `cargo xtask bench --help` explains them.",
            ));
        }
    };
    let is_server = name.as_deref() == Some("server");
    let mut parsed = ServerBenchOptions::default();
    while let Some(argument) = arguments.next() {
        let (flag, inline) = match argument.split_once('=') {
            Some((flag, value)) => (flag.to_owned(), Some(value.to_owned())),
            None => (argument, None),
        };
        let known = flags.iter().find(|(known, _)| *known == flag);
        if inline.is_none() && (flag == "--help" || flag == "-h") {
            return Ok(None);
        } else if inline.is_none() && flag == "--offline" {
            parsed.offline = true;
        } else if inline.is_none() && is_server && SWITCHES.contains(&flag.as_str()) {
            parsed.passed_on.push(flag);
        } else if is_server && flag == "--commit" {
            parsed.commit = Some(value(inline, &mut arguments, &flag)?);
        } else if let Some((_, kind)) = known {
            let value = value(inline, &mut arguments, &flag)?;
            if !kind.accepts(&value) {
                let what = format!("`{value}` is no value of {flag}");
                return Err(CommandError::new(what, kind.advice(&flag)));
            }
            parsed.passed_on.extend([flag, value]);
        } else {
            return Err(CommandError::new(
                format!("this benchmark has no flag `{flag}` of this kind"),
                "See `cargo xtask bench --help`.",
            ));
        }
    }
    Ok(Some(match is_server {
        true => BenchOptions::Server(parsed),
        false => BenchOptions::Queue {
            offline: parsed.offline,
            options: parsed.passed_on,
        },
    }))
}

fn value(
    inline: Option<String>,
    arguments: &mut impl Iterator<Item = String>,
    flag: &str,
) -> Result<String, CommandError> {
    inline.or_else(|| arguments.next()).ok_or_else(|| {
        CommandError::new(
            format!("{flag} needs a value"),
            "See `cargo xtask bench --help`.",
        )
    })
}

#[cfg(test)]
mod tests;
