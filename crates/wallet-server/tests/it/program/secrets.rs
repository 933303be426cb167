//! The program's files contain no secret.

use std::os::unix::fs::PermissionsExt;

use card_entry_protocol::number::contains_card_number;
use reqwest::Method;
use serde_json::json;

use super::{Program, settings_file_of};
use crate::support::bank::{CHALLENGED, MASTERCARD, VISA};
use crate::support::person::Person;
use crate::support::{STUDIO, World, eventually};

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_is_in_the_log_or_the_database() {
    let mut world = World::open().await;
    let mut program = Program::start(&["--config", &settings_file_of(&world).await]);
    eventually("it listens", || async {
        program.log().contains("address=")
    })
    .await;
    world.stop().await;
    world.address = program.address();

    let ann = world.person("ann").await;
    let (bank, shop) = (world.bank(), world.shop());
    ann.adds(VISA).await;
    let challenged = ann.saves(&bank.types_card(CHALLENGED).await).await;
    let mut secrets = vec![ann.token.clone(), ann.begins().await];
    secrets.push(
        challenged.body["client_secret"]
            .as_str()
            .unwrap()
            .to_owned(),
    );
    ann.adds(MASTERCARD).await;
    shop.holds(ann.id, "b-1", "Haircut").await;
    ann.deletes(&ann.card_id().await).await;
    ann.saves("pm_doesnotexist00").await;
    let guest = Person::guest(&world, STUDIO).await;
    secrets.push(guest.token.clone());
    for path in [
        "/stripe_hosted_forms/card_entry?stripe_publishable_key=sk_test_canary&x=4242424242424242",
        "/api/mkp/v1/user?authorization=canary&email=ann@mytime.com",
        "/nothing/sk_test_canary",
    ] {
        world.get(path).send().await.unwrap();
    }
    world
        .post(
            "/sessions",
            &json!({"email": "ann@mytime.com", "password": "canary-pw", "company_id": STUDIO}),
        )
        .await;
    shop.call(Method::GET, &format!("/holds?company_id={STUDIO}"), None)
        .await;

    let status = program.terminate();
    assert!(status.success(), "{status}");
    let log = program.log();
    assert!(log.contains("stopped"), "{log}");
    assert!(
        log.contains("route=\"/api/mkp/v1/user/credit_cards/{id}\" status=422"),
        "{log}"
    );
    let database = world.program_database().await;
    if !database.is_postgres() {
        let file = std::fs::metadata(database.setting()).unwrap();
        assert_eq!(file.permissions().mode() & 0o777, 0o600);
    }
    let dump = String::from_utf8_lossy(&database.dump(&world.folder()).await).into_owned();
    assert!(dump.contains("$argon2id$"));
    for (name, text) in [("log", &log), ("database", &dump)] {
        for secret in &secrets {
            assert!(!text.contains(secret.as_str()), "{name} holds {secret}");
        }
        for word in [
            "sk_test_",
            "_secret_",
            "Bearer",
            "canary",
            crate::support::HOLDS_KEY,
        ] {
            let name_and_config =
                name == "database" && ["sk_test_", crate::support::HOLDS_KEY].contains(&word);
            assert!(
                name_and_config || !text.contains(word),
                "{name} holds {word}"
            );
        }
        for line in text.lines() {
            assert!(
                !["4242424242424242", "5555555555554444", "4000002500003155"]
                    .iter()
                    .any(|n| line.contains(n)),
                "{name}"
            );
        }
    }
    assert!(!log.contains("@mytime.com"), "no e-mail address in the log");
    assert!(!log.lines().any(contains_card_number), "{log}");
}
