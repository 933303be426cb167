//! A full disk: writes fail with 503, the wallet is still shown, and everything works again afterwards.

use std::process::Command;

use serde_json::json;

use super::{Program, settings_file_of};
use crate::support::person::Person;
use crate::support::{Answer, STUDIO, World, eventually};

/// Limits the size of every file that the program writes from now on.
fn limit_file_size(program: &Program, bytes: &str) {
    let pid = program.child.id().to_string();
    let limit_file_size = format!("--fsize={bytes}:");
    let set = Command::new("prlimit")
        .args(["--pid", &pid, &limit_file_size])
        .status();
    assert!(set.unwrap().success());
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_a_503_and_the_wallet_is_still_shown() {
    let mut world = World::open().await;
    if world.is_on_postgres() {
        // The limit is one of this program's files, and PostgreSQL writes its own.
        return;
    }
    let file = settings_file_of(&world).await;
    world.stop().await;
    let program =
        Program::start_without_signals(&["--config", &file, "--sign-ups-per-hour", "9999"]);
    eventually("it listens", || async {
        program.log().contains("address=")
    })
    .await;
    world.address = program.address();
    let ann = world.person("ann").await;
    ann.adds(crate::support::bank::VISA).await;
    limit_file_size(&program, "8192");
    let ask = async || {
        let body = json!({"company_id": STUDIO});
        let request = world.http.post(world.api("/guests")).json(&body);
        request.send().await.unwrap()
    };
    let guest = async || Answer::of(ask().await).await;
    for _ in 0..3 {
        let sent = ask().await;
        let wait = sent.headers().get("retry-after").cloned();
        let answer = Answer::of(sent).await;
        assert_eq!(
            (answer.status, answer.sentence(), &answer.body["code"]),
            (
                503,
                "Our server can’t store anything at the moment. Please try again in a few minutes.",
                &json!("storage_full")
            )
        );
        assert_eq!(wait.unwrap(), "60");
        assert_eq!(ann.cards().await.len(), 1, "the wallet is served");
        assert_eq!(ann.asks_to_begin().await.status, 503);
        assert_eq!(ann.deletes(&ann.card_id().await).await.status, 503);
    }
    limit_file_size(&program, "unlimited");
    assert_eq!(guest().await.status, 201, "it recovers without a restart");
    assert_eq!(Person::guest(&world, STUDIO).await.cards().await.len(), 0);
    assert_eq!(ann.deletes(&ann.card_id().await).await.status, 200);
}
