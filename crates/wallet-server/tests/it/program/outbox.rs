//! Dead jobs of the outbox as an operator sees them: the log, the metric, and the commands that list and retry them.

use std::process::Command;

use serde_json::{Value, json};

use super::metrics::{program, scrape};
use super::settings_file_of;
use crate::support::{World, eventually};

/// Runs a command of the program, and returns whether it succeeded and what it printed.
fn command(file: &str, arguments: &[&str]) -> (bool, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_wallet-server"))
        .arg("outbox")
        .args(arguments)
        .args(["--config", file])
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.success(),
        text(output.stdout),
        text(output.stderr),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_job_is_named_counted_listed_and_retried() {
    let mut world = World::open().await;
    let file = settings_file_of(&world).await;
    let (program, metrics) = program(&mut world, &[]).await;
    let dead = [("action", "detach")];
    let (read, _) = scrape(&world, metrics).await;
    assert!(read.has("card_entry_outbox_dead_jobs{action=\"void\"}"));
    assert_eq!(read.sum("card_entry_outbox_dead_jobs", &[]), 0.0);
    let (success, listed, _) = command(&file, &["list"]);
    assert!(success && listed == "no dead jobs\n", "{listed}");

    let fails = json!({"on": "api", "do": "status", "status": 400, "by": "secret"});
    world.gateway_fault(fails).await;
    let pool = world.program_database().await.pool().await;
    let last_attempt =
        "INSERT INTO outbox (account_id, action, object_id, attempts, due_at, created_at)
                        VALUES (40426, 'detach', 'pm_dead', 149, 0, 0)";
    sqlx::query(last_attempt).execute(&pool).await.unwrap();
    eventually("the job is dead", async || {
        let (read, _) = scrape(&world, metrics).await;
        read.sum("card_entry_outbox_dead_jobs", &dead) == 1.0
    })
    .await;
    let (read, text) = scrape(&world, metrics).await;
    assert_eq!(read.sum("card_entry_outbox_jobs", &[]), 0.0, "{text}");
    let log = program.log();
    let line = log.lines().find(|line| line.contains("outbox job is dead"));
    let line = line.unwrap_or_else(|| panic!("{log}"));
    for word in ["ERROR", "account=40426", "detach", "pm_dead"] {
        assert!(line.contains(word), "{line}");
    }

    let (success, listed, error) = command(&file, &["list", "--json"]);
    assert!(success, "{error}");
    let listed: Value = serde_json::from_str(&listed).unwrap();
    let job = &listed["dead_jobs"][0];
    assert_eq!(
        (&job["object"], &job["attempts"]),
        (&json!("pm_dead"), &json!(150))
    );
    let (_, listed, _) = command(&file, &["list"]);
    assert!(listed.contains("account 40426  detach pm_dead"), "{listed}");

    world.gateway_recovers().await;
    let id = job["id"].to_string();
    let (success, answer, error) = command(&file, &["retry", &id]);
    assert!(success && answer == format!("job {id} is due\n"), "{error}");
    eventually("the job is done", async || {
        let left = sqlx::query_scalar("SELECT COUNT(*) FROM outbox");
        let left: i64 = left.fetch_one(&pool).await.unwrap();
        left == 0
    })
    .await;
    let (success, _, error) = command(&file, &["retry", &id]);
    assert!(!success && error.contains("no dead job"), "{error}");
}
