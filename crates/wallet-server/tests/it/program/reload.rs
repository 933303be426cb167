//! SIGHUP: keys that rotate while cards are saved, and settings files that change nothing.

use std::path::Path;
use std::process::Command;

use super::{Program, settings_file_of};
use crate::support::bank::{MASTERCARD, VISA};
use crate::support::{HOLDS_KEY, STUDIO, World, eventually};

/// A program at the world's gateway, in place of the world's own server.
async fn start(world: &mut World, limits: &str) -> (Program, String) {
    let file = settings_file_of(world).await;
    let text = std::fs::read_to_string(&file).unwrap();
    replace(&file, &format!("{limits}{text}"));
    let program = Program::start(&["--config", &file]);
    eventually("it listens", || async {
        program.log().contains("address=")
    })
    .await;
    world.stop().await;
    world.address = program.address();
    (program, file)
}

/// Replaces the settings file in one step, as `account rotate` does.
fn replace(file: &str, text: &str) {
    let beside = format!("{file}.new");
    std::fs::write(&beside, text).unwrap();
    std::fs::rename(&beside, Path::new(file)).unwrap();
}

fn hang_up(program: &Program) {
    let id = program.child.id().to_string();
    let sent = Command::new("kill").args(["-HUP", &id]).status().unwrap();
    assert!(sent.success());
}

/// The number of reloads that the log has.
fn reloads(program: &Program) -> usize {
    program.log().matches("settings reloaded: ").count()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_save_fails_while_keys_rotate() {
    let mut world = World::open().await;
    let limits = "intents_per_hour = 1000\ncards_per_day = 1000\n";
    let (mut program, file) = start(&mut world, limits).await;
    let text = std::fs::read_to_string(&file).unwrap();
    let other = text
        .replace("\"sk_test_studio\"", "\"rk_test_studio\"")
        .replace(HOLDS_KEY, "another-holds-key-0123456789");
    assert_ne!(text, other);
    let ann = world.person("ann").await;
    let (mut saves, mut sent) = (0, 0);
    // Each save overlaps with at least one reload: the signal is sent before it, and handled beside it.
    while saves < 20 {
        sent += 1;
        replace(&file, if sent % 2 == 1 { &other } else { &text });
        hang_up(&program);
        let number = if saves % 2 == 0 { VISA } else { MASTERCARD };
        let begun = ann.asks_to_begin().await;
        assert_eq!(begun.status, 200, "{begun:?} {}", program.log());
        let saved = ann.adds(number).await;
        assert_eq!(saved.status, 201, "{saved:?} {}", program.log());
        saves += 1;
        eventually("the signal is handled", || async {
            reloads(&program) >= sent
        })
        .await;
    }
    let calls = world.gateway_requests().await;
    assert!(!calls.is_empty());
    assert!(program.terminate().success());
    let log = program.log();
    assert!(log.contains(&format!("accounts=[{STUDIO}]")), "{log}");
    assert!(
        !log.contains("not reloaded") && !log.contains("another-holds-key"),
        "{log}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_secret_is_valid_and_the_old_one_is_not() {
    let mut world = World::open().await;
    let (program, file) = start(&mut world, "").await;
    let shop = format!("{}?company_id={STUDIO}", world.url("/holds"));
    let status = async |key: &str| {
        let request = world.http.get(&shop).bearer_auth(key);
        request.send().await.unwrap().status().as_u16()
    };
    let next = "another-holds-key-0123456789";
    assert_eq!((status(HOLDS_KEY).await, status(next).await), (200, 401));
    let text = std::fs::read_to_string(&file).unwrap();
    replace(&file, &text.replace(HOLDS_KEY, next));
    hang_up(&program);
    eventually("it is reloaded", || async { reloads(&program) == 1 }).await;
    assert_eq!((status(HOLDS_KEY).await, status(next).await), (401, 200));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_cannot_be_used_changes_nothing_and_the_log_says_why() {
    let mut world = World::open().await;
    let (program, file) = start(&mut world, "").await;
    let text = std::fs::read_to_string(&file).unwrap();
    for (wrong, words) in [
        (
            text.replace("sk_test_studio", "sk_live_studio"),
            "accounts[0].secret_key: ",
        ),
        (
            text.replace("currency", "curency"),
            "did you mean `currency`?",
        ),
        (format!("{text}["), "near line"),
    ] {
        replace(&file, &wrong);
        let before = program.log().len();
        hang_up(&program);
        let log = || program.log()[before..].to_owned();
        eventually("the reason is logged", || async {
            log().contains("settings not reloaded, the old ones stay: ") && log().contains(words)
        })
        .await;
    }
    assert_eq!(reloads(&program), 0);
    // The old account still saves cards.
    let saved = world.person("ann").await.adds(VISA).await;
    assert_eq!(saved.status, 201, "{saved:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_that_need_a_restart_are_named_and_an_added_account_is_not_one_of_them() {
    let mut world = World::open().await;
    let (program, file) = start(&mut world, "cards_per_day = 7\n").await;
    let company = world.api("/companies/8");
    let status = async || {
        world
            .http
            .get(&company)
            .send()
            .await
            .unwrap()
            .status()
            .as_u16()
    };
    assert_eq!(status().await, 404);
    let text = std::fs::read_to_string(&file).unwrap();
    let changed = text.replace("cards_per_day = 7", "cards_per_day = 8\nsession_days = 3");
    let account = "[[accounts]]\nid = 8\nname = \"Spa\"\ncurrency = \"usd\"\ncountry = \"US\"\n\
                   publishable_key = \"pk_test_spa\"\nsecret_key = \"sk_test_spa\"\nparents = [\"https://spa.example\"]\n";
    replace(&file, &format!("{changed}{account}"));
    for round in 1..=2 {
        hang_up(&program);
        eventually("it is reloaded", || async { reloads(&program) == round }).await;
    }
    let log = program.log();
    let named = "these settings changed and need a restart: cards_per_day, session_days";
    assert_eq!(
        log.matches(named).count(),
        2,
        "they are named until the restart: {log}"
    );
    assert!(
        log.contains("accounts=[8]") && log.contains("accounts=[]"),
        "{log}"
    );
    assert_eq!(status().await, 200);
}
