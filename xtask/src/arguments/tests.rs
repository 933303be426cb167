//! Tests of the command line of `cargo xtask`.
#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;

fn parse_line(line: &str) -> Result<CliCommand, String> {
    parse(line.split_whitespace().map(str::to_owned)).map_err(|error| error.to_string())
}

#[test]
fn the_demo_reads_its_options() {
    let CliCommand::Demo(plain) = parse_line("demo").unwrap() else {
        panic!("not a demo")
    };
    assert_eq!(plain.ports, Ports::DEFAULT);
    assert!(!plain.json && plain.data.is_none() && plain.profile == Profile::Dev);
    let CliCommand::Demo(custom) =
        parse_line("demo --json --port-base 5000 --release --data=some/where").unwrap()
    else {
        panic!("not a demo")
    };
    assert_eq!(Some(custom.ports), Ports::from_base("5000"));
    assert!(custom.json && custom.profile == Profile::Release);
    assert_eq!(custom.data, Some(PathBuf::from("some/where")));
}

#[test]
fn test_runs_all_steps_or_the_selected_ones_once_in_order() {
    let steps = |line: &str| match parse_line(line).unwrap() {
        CliCommand::Test { steps, .. } => steps,
        other => panic!("{other:?}"),
    };
    assert_eq!(steps("test"), TestStep::ALL);
    assert_eq!(
        steps("test --only unit --only fmt --only=unit"),
        [TestStep::Fmt, TestStep::Unit]
    );
}

#[test]
fn an_error_lists_the_known_commands_steps_and_flags() {
    assert!(
        parse_line("deploy")
            .unwrap_err()
            .contains("setup, build, demo, test, size, bench, source")
    );
    assert!(
        parse_line("test --only everything")
            .unwrap_err()
            .contains("fmt, lint, unit, browser, conformance, e2e")
    );
    assert!(
        parse_line("demo --only fmt")
            .unwrap_err()
            .contains("--port-base")
    );
    assert!(parse_line("setup --jsn").unwrap_err().contains("--offline"));
}

#[test]
fn invalid_values_are_refused() {
    assert!(
        parse_line("demo --port-base")
            .unwrap_err()
            .contains("needs a value")
    );
    assert!(
        parse_line("demo --port-base 80")
            .unwrap_err()
            .contains("1024")
    );
    assert!(
        parse_line("demo --json=yes")
            .unwrap_err()
            .contains("takes no value")
    );
}

#[test]
fn source_takes_a_range_of_commits() {
    let commits = |line: &str| match parse_line(line).unwrap() {
        CliCommand::Source { commits } => commits,
        other => panic!("{other:?}"),
    };
    assert_eq!(commits("source"), None);
    assert_eq!(commits("source --commits a..b").as_deref(), Some("a..b"));
}

#[test]
fn every_command_has_help() {
    assert_eq!(parse_line("").unwrap(), CliCommand::Help(None));
    assert_eq!(parse_line("--help").unwrap(), CliCommand::Help(None));
    assert_eq!(
        parse_line("help demo").unwrap(),
        CliCommand::Help(Some(CommandName::Demo))
    );
    assert_eq!(
        parse_line("demo --port-base 5000 --help").unwrap(),
        CliCommand::Help(Some(CommandName::Demo))
    );
}
