//! Tests of the command line of `cargo xtask bench`.
#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;

fn parse_line(line: &str) -> Result<Option<BenchOptions>, String> {
    parse(line.split_whitespace().map(str::to_owned)).map_err(|error| error.to_string())
}

#[test]
fn the_server_benchmark_passes_its_options_on_and_keeps_the_commit() {
    let line = "server --seconds 3 --callers=1,4 --commit HEAD~3 --database both --json --offline";
    let Some(BenchOptions::Server(options)) = parse_line(line).unwrap() else {
        panic!("not the server's")
    };
    assert_eq!(options.commit.as_deref(), Some("HEAD~3"));
    assert!(options.offline);
    assert_eq!(
        options.passed_on.join(" "),
        "--seconds 3 --callers 1,4 --database both --json"
    );
}

#[test]
fn the_simulation_has_options_of_its_own() {
    let Some(BenchOptions::Queue { options, .. }) =
        parse_line("queue --accounts 5,10 --skew 0.8 --seed 2").unwrap()
    else {
        panic!("not the simulation's")
    };
    assert_eq!(options.join(" "), "--accounts 5,10 --skew 0.8 --seed 2");
    assert!(parse_line("queue --commit HEAD").is_err());
    assert!(parse_line("queue --json").is_err());
}

#[test]
fn help_is_asked_for_alone_or_with_a_benchmark() {
    for line in ["", "--help", "server --help", "queue -h"] {
        assert_eq!(parse_line(line).unwrap(), None, "{line}");
    }
}

#[test]
fn invalid_values_are_refused_before_anything_is_built() {
    for (line, advice) in [
        ("client", "server, queue"),
        ("server --seconds", "needs a value"),
        ("server --seconds five", "Give a number"),
        ("server --seconds 1,2", "Give a number"),
        ("server --callers 1,,2", "Give numbers"),
        ("server --database mysql", "sqlite, postgres, both"),
        ("server --json=yes", "--help"),
        ("server --skew 1", "--help"),
        ("queue --skew NaN", "Give a number"),
    ] {
        let error = parse_line(line).unwrap_err();
        assert!(error.contains(advice), "{line}: {error}");
    }
}
