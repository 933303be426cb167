//! The log as JSON, by flag and by file, and the settings that are refused.

use std::process::Command;

use serde_json::Value;

use super::{Program, settings_file_of};
use crate::support::{STUDIO, World, eventually};

#[tokio::test(flavor = "multi_thread")]
async fn json_lines_have_the_request_with_its_id_and_account() {
    let world = World::open().await;
    let file = settings_file_of(&world).await;
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, format!("log_format = \"json\"\n{text}")).unwrap();
    let mut program = Program::start(&["--config", &file]);
    eventually("it listens", || async {
        program.log().contains("\"address\":")
    })
    .await;
    let lines = |log: &str| -> Vec<Value> {
        let lines = log.lines().map(serde_json::from_str);
        lines
            .collect::<Result<_, _>>()
            .unwrap_or_else(|error| panic!("{error}: {log}"))
    };
    let listening = lines(&program.log());
    let address = listening.iter().find_map(|line| line["address"].as_str());
    let url = format!("http://{}/api/mkp/v1/companies/{STUDIO}", address.unwrap());
    let response = world.http.get(url).send().await.unwrap();
    let id = response.headers()["x-request-id"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(program.terminate().success());
    let log = lines(&program.log());
    let line = log
        .iter()
        .find(|line| line["message"] == "request answered");
    let line = line.unwrap_or_else(|| panic!("{log:?}"));
    assert_eq!(line["level"], "INFO");
    assert_eq!(line["method"], "GET");
    assert_eq!(line["route"], "/api/mkp/v1/companies/{id}");
    assert_eq!(line["status"], 200);
    assert!(line["ms"].is_number() && line["timestamp"].is_string());
    assert_eq!(line["span"]["id"], id.as_str());
    assert_eq!(line["span"]["account"], STUDIO);
}

#[tokio::test]
async fn wrong_values_of_log_format_and_metrics_listen_stop_the_start() {
    let world = World::open().await;
    let file = settings_file_of(&world).await;
    let check = |arguments: &[&str], file: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wallet-server"));
        command.args(["--check", "--config", file]).args(arguments);
        let output = command.output().unwrap();
        let log = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.success(), log)
    };
    let (success, log) = check(&["--log-format", "xml"], &file);
    assert!(!success && log.contains("--log-format"), "{log}");
    let (success, log) = check(&["--metrics-listen", "localhost"], &file);
    assert!(!success && log.contains("--metrics-listen"), "{log}");
    let same = ["--listen", "127.0.0.1:4499", "--metrics-listen", "4499"];
    let (success, log) = check(&same, &file);
    assert!(
        !success && log.contains("metrics_listen: is the address of listen"),
        "{log}"
    );
    let text = std::fs::read_to_string(&file).unwrap();
    for (line, words) in [
        ("log_format = \"xml\"", "unknown variant"),
        ("metrics_listen = 70000", "is not an address with a port"),
    ] {
        std::fs::write(&file, format!("{line}\n{text}")).unwrap();
        let (success, log) = check(&[], &file);
        assert!(!success && log.contains(words), "{log}");
    }
    std::fs::write(&file, format!("metrics_listen = 9464\n{text}")).unwrap();
    let (success, log) = check(&[], &file);
    assert!(success, "{log}");
}
