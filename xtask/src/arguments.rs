//! The command line of `cargo xtask`, parsed into an `Order`. Knows no defaults of the machine and runs nothing.

use std::path::PathBuf;

use crate::check::StepName;
use crate::failure::Failure;
use crate::help::Topic;
use crate::ports::Ports;
use crate::programs::Profile;

#[derive(Debug, PartialEq, Eq)]
pub enum Order {
    /// Explain everything, or one command.
    Help(Option<Topic>),
    Setup { offline: bool },
    Build { offline: bool, profile: Profile },
    Demo(DemoOrder),
    /// Check everything, or the named steps.
    Test { offline: bool, steps: Vec<StepName> },
    /// Weigh what a browser downloads.
    Size { offline: bool },
}

/// How the demo is to run.
#[derive(Debug, PartialEq, Eq)]
pub struct DemoOrder {
    /// One line of JSON on stdout instead of the addresses for people.
    pub json: bool,
    pub ports: Ports,
    /// How the programs are compiled.
    pub profile: Profile,
    /// Where its data goes and stays; without it the demo starts afresh each time.
    pub data: Option<PathBuf>,
    pub offline: bool,
}

/// Reads the words after `cargo xtask`.
pub fn parse(words: impl Iterator<Item = String>) -> Result<Order, Failure> {
    let mut words = words.peekable();
    let Some(name) = words.next() else {
        return Ok(Order::Help(None));
    };
    if matches!(name.as_str(), "help" | "--help" | "-h") {
        return Ok(Order::Help(
            words.next().and_then(|word| Topic::named(&word)),
        ));
    }
    let Some(topic) = Topic::named(&name) else {
        let known: Vec<&str> = Topic::ALL.iter().map(|topic| topic.as_str()).collect();
        return Err(Failure::new(
            format!("there is no command `{name}`"),
            format!(
                "Use one of: {}. `cargo xtask --help` explains them.",
                known.join(", ")
            ),
        ));
    };
    let mut given = Given::default();
    while let Some(word) = words.next() {
        let (flag, mut inline) = match word.split_once('=') {
            Some((flag, value)) => (flag.to_owned(), Some(value.to_owned())),
            None => (word, None),
        };
        if flag == "--help" || flag == "-h" {
            return Ok(Order::Help(Some(topic)));
        }
        if !topic.flags().contains(&flag.as_str()) {
            return Err(unknown_flag(topic, &flag));
        }
        let mut value = || {
            inline
                .take()
                .or_else(|| words.next())
                .ok_or_else(|| no_value(topic, &flag))
        };
        match flag.as_str() {
            "--offline" => given.offline = true,
            "--json" => given.json = true,
            "--release" => given.profile = Profile::Release,
            "--port-base" => given.ports = Some(base(&value()?)?),
            "--data" => given.data = Some(PathBuf::from(value()?)),
            "--only" => given.steps.push(step(&value()?)?),
            _ => return Err(unknown_flag(topic, &flag)),
        }
        if let Some(value) = inline {
            return Err(Failure::new(
                format!("{flag} takes no value, and `{value}` was given"),
                format!("Write {flag} alone."),
            ));
        }
    }
    Ok(given.order(topic))
}

#[derive(Default)]
struct Given {
    offline: bool,
    json: bool,
    profile: Profile,
    ports: Option<Ports>,
    data: Option<PathBuf>,
    steps: Vec<StepName>,
}

impl Given {
    fn order(self, topic: Topic) -> Order {
        let Self {
            offline,
            json,
            profile,
            ports,
            data,
            steps,
        } = self;
        match topic {
            Topic::Setup => Order::Setup { offline },
            Topic::Build => Order::Build { offline, profile },
            Topic::Demo => Order::Demo(DemoOrder {
                json,
                ports: ports.unwrap_or(Ports::DEFAULT),
                profile,
                data,
                offline,
            }),
            // In the usual order, each once, however they were named.
            Topic::Test => {
                let asked = |step: &StepName| steps.is_empty() || steps.contains(step);
                Order::Test {
                    offline,
                    steps: StepName::ALL.into_iter().filter(asked).collect(),
                }
            }
            Topic::Size => Order::Size { offline },
        }
    }
}

fn base(value: &str) -> Result<Ports, Failure> {
    Ports::from_base(value).ok_or_else(|| {
        Failure::new(
            format!("`{value}` cannot be the first of six ports"),
            "Give a number from 1024 to 65530, such as --port-base 4500.",
        )
    })
}

fn step(value: &str) -> Result<StepName, Failure> {
    StepName::named(value).ok_or_else(|| {
        let known: Vec<&str> = StepName::ALL.iter().map(|step| step.as_str()).collect();
        Failure::new(
            format!("there is no test step `{value}`"),
            format!("Use one of: {}.", known.join(", ")),
        )
    })
}

fn unknown_flag(topic: Topic, flag: &str) -> Failure {
    Failure::new(
        format!("`{}` does not know `{flag}`", topic.as_str()),
        format!(
            "It takes: {}. `cargo xtask {} --help` explains them.",
            topic.flags().join(", "),
            topic.as_str()
        ),
    )
}

fn no_value(topic: Topic, flag: &str) -> Failure {
    Failure::new(
        format!("{flag} needs a value"),
        format!("See `cargo xtask {} --help`.", topic.as_str()),
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    fn read(line: &str) -> Result<Order, String> {
        parse(line.split_whitespace().map(str::to_owned)).map_err(|failure| failure.to_string())
    }

    #[test]
    fn the_demo_listens_where_it_is_told() {
        let Order::Demo(plain) = read("demo").unwrap() else {
            panic!("not a demo")
        };
        assert_eq!(plain.ports, Ports::DEFAULT);
        assert!(!plain.json && plain.data.is_none() && plain.profile == Profile::Dev);
        let Order::Demo(told) =
            read("demo --json --port-base 5000 --release --data=some/where").unwrap()
        else {
            panic!("not a demo")
        };
        assert_eq!(Some(told.ports), Ports::from_base("5000"));
        assert!(told.json && told.profile == Profile::Release);
        assert_eq!(told.data, Some(PathBuf::from("some/where")));
    }

    #[test]
    fn test_runs_all_or_the_named_in_order_once() {
        let steps = |line: &str| match read(line).unwrap() {
            Order::Test { steps, .. } => steps,
            other => panic!("{other:?}"),
        };
        assert_eq!(steps("test"), StepName::ALL);
        assert_eq!(
            steps("test --only unit --only fmt --only=unit"),
            [StepName::Fmt, StepName::Unit]
        );
    }

    #[test]
    fn what_is_unknown_is_answered_with_what_is_known() {
        assert!(
            read("bench")
                .unwrap_err()
                .contains("setup, build, demo, test, size")
        );
        assert!(
            read("test --only everything")
                .unwrap_err()
                .contains("fmt, lint, unit, browser, conformance, e2e")
        );
        assert!(read("demo --only fmt").unwrap_err().contains("--port-base"));
        assert!(read("setup --jsn").unwrap_err().contains("--offline"));
    }

    #[test]
    fn values_are_checked() {
        assert!(
            read("demo --port-base")
                .unwrap_err()
                .contains("needs a value")
        );
        assert!(read("demo --port-base 80").unwrap_err().contains("1024"));
        assert!(
            read("demo --json=yes")
                .unwrap_err()
                .contains("takes no value")
        );
    }

    #[test]
    fn help_is_everywhere() {
        assert_eq!(read("").unwrap(), Order::Help(None));
        assert_eq!(read("--help").unwrap(), Order::Help(None));
        assert_eq!(read("help demo").unwrap(), Order::Help(Some(Topic::Demo)));
        assert_eq!(
            read("demo --port-base 5000 --help").unwrap(),
            Order::Help(Some(Topic::Demo))
        );
    }
}
