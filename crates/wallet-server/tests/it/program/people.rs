//! The commands `audit` and `person`, beside a running server: what they print, refuse and change.

use std::process::Command;

use serde_json::Value;

use super::settings_file_of;
use crate::support::bank::VISA;
use crate::support::{World, eventually};

/// Runs a command on the database of the world's server: whether it succeeded, and what it printed.
async fn command(world: &World, arguments: &[&str]) -> (bool, String, String) {
    let file = settings_file_of(world).await;
    let database = world.settings.database.as_ref().unwrap().reveal();
    let output = Command::new(env!("CARGO_BIN_EXE_wallet-server"))
        .args(["--config", &file, "--database", database])
        .args(arguments)
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
async fn the_audit_trail_is_printed_newest_last_and_bounded() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    ann.adds(VISA).await;
    ann.signs_out().await;
    world.person("bob").await;
    let (success, all, error) = command(&world, &["audit"]).await;
    assert!(success, "{error}");
    let actions: Vec<&str> = all
        .lines()
        .map(|line| line.split(' ').nth(1).unwrap())
        .collect();
    assert_eq!(
        actions,
        ["signed_up", "card_added", "signed_out", "signed_up"]
    );
    let added = all.lines().nth(1).unwrap();
    let expected = format!(
        " card_added by person account=40426 owner={} card=1 last4=4242 request=",
        ann.id
    );
    assert!(added.contains(&expected), "{added}");
    let owner = ann.id.to_string();
    let of_ann = ["audit", "--owner", &owner, "--limit", "2", "--json"];
    let (_, lines, _) = command(&world, &of_ann).await;
    let events: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(events.len(), 2, "{lines}");
    assert_eq!(events[0]["action"], "card_added");
    assert_eq!(events[1]["action"], "signed_out");
    assert_eq!(events[0]["network"].as_str().unwrap().len(), 64);
    for (arguments, lines) in [
        (["--since", "2026-01-01T00:00:00Z"], 4),
        (["--since", "2999-01-01T00:00:00+01:00"], 0),
        (["--account", "7"], 0),
    ] {
        let (_, text, _) = command(&world, &[&["audit"], &arguments[..]].concat()).await;
        assert_eq!(text.lines().count(), lines, "{arguments:?}");
    }
    let (success, _, error) = command(&world, &["audit", "--since", "yesterday"]).await;
    assert!(
        !success && error.contains("2026-11-24T10:00:00Z"),
        "{error}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_exported_and_deleted_by_the_operator() {
    let world = World::open().await;
    let (ann, shop) = (world.person("ann").await, world.shop());
    ann.adds(VISA).await;
    shop.holds(ann.id, "b", "Haircut").await;
    let named = ["--account", "40426", "--email", "ANN@mytime.com"];
    let (success, text, error) =
        command(&world, &[&["person", "export"], &named[..]].concat()).await;
    assert!(success, "{error}");
    let document: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(document["person"]["id"], ann.id);
    assert_eq!(document["cards"][0]["last4"], "4242");

    let delete = [&["person", "delete"], &named[..]].concat();
    let (success, _, error) = command(&world, &delete).await;
    assert!(
        !success && error.contains("Haircut") && error.contains("--force"),
        "{error}"
    );
    assert_eq!(ann.looks().await.cards().len(), 1);
    let forced = [&delete[..], &["--force"]].concat();
    let (success, text, error) = command(&world, &forced).await;
    assert!(success && text.contains("is deleted"), "{text}{error}");
    assert_eq!(ann.looks().await.status, 401);
    eventually("the server deletes the customer", || async {
        world.bank().customers().await.is_empty()
    })
    .await;
    let (success, _, error) = command(&world, &forced).await;
    assert!(
        !success && error.contains("no such person in account 40426"),
        "{error}"
    );
    let owner = ann.id.to_string();
    let (_, trail, _) = command(&world, &["audit", "--owner", &owner]).await;
    let last: Vec<&str> = trail.lines().rev().take(2).collect();
    assert!(last[0].contains("person_deleted by operator"), "{trail}");
    assert!(last[1].contains("person_exported by operator"), "{trail}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_path_creates_no_database() {
    let world = World::open().await;
    let file = settings_file_of(&world).await;
    let missing = world.folder().join("missing.db");
    let output = Command::new(env!("CARGO_BIN_EXE_wallet-server"))
        .args(["--config", &file, "--database"])
        .arg(&missing)
        .arg("audit")
        .output()
        .unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("there is no database at"), "{error}");
    assert!(!output.status.success() && !missing.exists());
}
