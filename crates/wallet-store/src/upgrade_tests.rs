//! Databases of earlier versions, opened by this one.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]
use std::path::Path;

use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};

use super::intents::IntentState;
use super::issuer_responses::SourceResponses;
use super::outbox::OutboxAction;
use super::owners::OwnerId;
use super::saves::SaveEffect;
use super::*;
use wallet_core::clock::{HOUR, now};

/// Creates a database with the migrations up to and including the one of this number.
async fn database_of_version(folder: &Path, file: &Path, last: u32) -> SqlitePool {
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite");
    let earlier = folder.join("migrations");
    std::fs::create_dir(&earlier).unwrap();
    for entry in std::fs::read_dir(all).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if name[..4].parse::<u32>().unwrap() <= last {
            std::fs::copy(entry.path(), earlier.join(name)).unwrap();
        }
    }
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .foreign_keys(true);
    let pool = SqlitePool::connect_with(options).await.unwrap();
    let migrator = Migrator::new(earlier.as_path()).await.unwrap();
    migrator.run(&pool).await.unwrap();
    pool
}

async fn run(pool: &SqlitePool, statements: &[&'static str]) {
    for statement in statements {
        sqlx::query(*statement).execute(pool).await.unwrap();
    }
}

async fn count(store: &Store, sql: &'static str) -> i64 {
    query(sql).scalar(store.pool()).await.unwrap()
}

#[tokio::test]
async fn owners_cards_and_holds_of_the_first_version_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("wallet.db");
    let pool = database_of_version(folder.path(), &file, 1).await;
    run(&pool, &[
        "INSERT INTO owners (id, company_id, kind, customer_id, created_at) VALUES (1, 7, 'guest', 'cus_1', 10)",
        "INSERT INTO sessions (token_hash, owner_id, created_at, expires_at) VALUES (x'00', 1, 10, 20)",
        "INSERT INTO cards (id, owner_id, customer_id, payment_method, brand, last4, exp_month, exp_year, funding,
                            created_at, updated_at)
         VALUES (5, 1, 'cus_1', 'pm_1', 'visa', '4242', 12, 2031, 'credit', 10, 10)",
        "INSERT INTO holds (company_id, reference, card_id, reason, until_text, until_at, created_at)
         VALUES (7, 'b-1', 5, 'Cut', '2036-11-24T10:00:00Z', 2111140800, 10)",
        "INSERT INTO outbox (company_id, action, object_id, due_at, created_at) VALUES (7, 'detach', 'pm_0', 1, 1)",
    ])
    .await;
    pool.close().await;

    let store = Store::open(&file.clone().into()).await.unwrap();
    let cards = cards::of_owner(store.pool(), OwnerId(1)).await.unwrap();
    assert_eq!(cards.len(), 1);
    assert!(cards[0].is_default);
    let blocks = deletion_blocks::list(store.pool(), 7, None).await.unwrap();
    assert_eq!(blocks.len(), 1);
    assert_eq!(count(&store, "SELECT COUNT(*) FROM sessions").await, 1);
    assert_eq!(count(&store, "SELECT account_id FROM outbox").await, 7);
    let guests = "SELECT COUNT(*) FROM owners WHERE kind = 'guest'";
    assert_eq!(count(&store, guests).await, 1);
    let second = "INSERT INTO cards (owner_id, sole, customer_id, payment_method, brand, last4, exp_month, exp_year,
                                     funding, created_at, updated_at)
                  VALUES (1, 1, 'cus_1', 'pm_2', 'visa', '1111', 12, 2031, 'credit', 11, 11)";
    let refused = query(second).execute(store.pool()).await;
    assert!(
        refused.is_err(),
        "a wallet of one card must not get a second one"
    );
    store.close().await;
}

/// One row of every table that version 31 had, with the values that later versions name differently.
const ROWS_OF_VERSION_31: &[&str] = &[
    "INSERT INTO owners (id, account_id, kind, key, customer_id, created_at)
     VALUES (1, 7, 'known', 'ann', 'cus_1', 10), (2, 7, 'guest', NULL, NULL, 10), (3, 7, 'user', NULL, NULL, 10)",
    "INSERT INTO users (owner_id, account_id, email, email_key, password_hash, first_name, last_name)
     VALUES (3, 7, 'a@example.com', 'a@example.com', 'hash', 'Ann', 'Lee')",
    "INSERT INTO sessions (token_hash, owner_id, created_at, expires_at) VALUES (x'00', 3, 10, 20)",
    "INSERT INTO cards (id, owner_id, customer_id, payment_method, brand, last4, exp_month, exp_year, funding, sole,
                        is_default, address_country, created_at, updated_at)
     VALUES (5, 1, 'cus_1', 'pm_1', 'visa', '4242', 12, 2031, 'credit', 0, 1, 'US', 10, 10)",
    "INSERT INTO intents (id, owner_id, state, place, confirmed_here, given_at, save_when_confirmed, created_at)
     VALUES ('seti_open', 1, 'open', x'01', 1, NULL, 1, unixepoch()),
            ('seti_given', 1, 'open', x'01', 0, unixepoch(), 1, unixepoch() - 3600),
            ('seti_spent', 1, 'spent', NULL, 0, NULL, 0, unixepoch()),
            ('seti_reaped', 1, 'reaped', NULL, 0, NULL, 0, unixepoch())",
    "INSERT INTO saves (payment_method, owner_id, kept, outcome, key_hash, learned, created_at)
     VALUES ('pm_2', 1, 'pm_1', 'same', x'02', 1, 10), ('pm_1', 1, 'pm_1', 'added', NULL, 0, unixepoch())",
    "INSERT INTO let_go (payment_method, owner_id, created_at) VALUES ('pm_9', 1, 10)",
    "INSERT INTO attempts (account_id, owner_id, place, payment_method, pending_key, created_at)
     VALUES (7, 1, zeroblob(32), 'pm_3', 'key-1', unixepoch())",
    "INSERT INTO verdicts (name, account_id, intent_id, place, refused, created_at)
     VALUES ('a', 7, 'seti_open', NULL, 1, unixepoch()), ('b', 7, 'seti_open', NULL, 0, unixepoch())",
    "INSERT INTO pauses (account_id, ends_at) VALUES (7, 99)",
    "INSERT INTO events (account_id, id, created_at) VALUES (7, 'evt_1', 10)",
    "INSERT INTO answers (owner_id, key_hash, request_hash, status, body, language, created_at)
     VALUES (1, zeroblob(32), x'03', 201, '{}', 'de', unixepoch())",
    "INSERT INTO signatures (account_id, fingerprint, status, body, created_at) VALUES (7, zeroblob(32), 200, '{}', 10)",
    "INSERT INTO holds (account_id, reference, card_id, reason, until_text, until_at, created_at)
     VALUES (7, 'b-1', 5, 'Cut', '2036-11-24T10:00:00Z', 2111140800, 10)",
    "INSERT INTO charges (owner_id, name_hash, request_hash, attempt, payment_id, created_at)
     VALUES (1, zeroblob(32), NULL, 2, 'pi_1', 10)",
    "INSERT INTO checkouts (session_id, account_id, reference, state, created_at) VALUES ('cs_1', 7, 'r', 'current', 10)",
    "INSERT INTO consents (account_id, owner_id, payment_method, kept, text, locale, shown_at, created_at)
     VALUES (7, 1, 'pm_2', 'pm_1', 'I agree.', 'en', '2026-11-24T10:00:00.000Z', 10)",
    "INSERT INTO payments (id, owner_id, in_person, created_at) VALUES ('pi_1', 1, 0, 10)",
    "INSERT INTO clients (owner_id, name, created_at) VALUES (1, 'Ann Lee', 10)",
    "INSERT INTO addresses (id, owner_id, street_address, locality, postal_code, country_code)
     VALUES (4, 1, 'Main St 1', 'Springfield', '12345', 'US')",
    "INSERT INTO phone_numbers (id, owner_id, country_code, number, created_at) VALUES (6, 1, '1', '555', 10)",
    "INSERT INTO client_cards (card_id, label, address_id, phone_number_id) VALUES (5, 'Mine', 4, 6)",
    "INSERT INTO outbox (account_id, action, object_id, attempts, due_at, created_at)
     VALUES (7, 'tidy', 'cus_1', 3, 1, 1), (7, 'release', 'pm_3', 0, 2, 2)",
];

#[tokio::test]
async fn every_row_of_version_31_is_read_under_its_new_name() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("wallet.db");
    let pool = database_of_version(folder.path(), &file, 31).await;
    run(&pool, ROWS_OF_VERSION_31).await;
    pool.close().await;

    let store = Store::open(&file.clone().into()).await.unwrap();
    let pool = store.pool();
    let ann = owners::find_or_insert_external(pool, 7, "ann")
        .await
        .unwrap();
    assert_eq!(ann.id, OwnerId(1));
    let user = users::find_by_email(pool, 7, "a@example.com")
        .await
        .unwrap();
    assert_eq!(user.unwrap().owner_id, OwnerId(3));
    for sql in [
        "SELECT COUNT(*) FROM owners WHERE id = 1 AND kind = 'external'",
        "SELECT COUNT(*) FROM owners WHERE id = 2 AND kind = 'guest'",
        "SELECT COUNT(*) FROM owners WHERE id = 3 AND kind = 'user'",
    ] {
        assert_eq!(count(&store, sql).await, 1, "{sql}");
    }

    let intent = intents::find(pool, 7, "seti_open").await.unwrap().unwrap();
    assert_eq!(intent.state, IntentState::Open);
    assert_eq!(intent.client_network, Some(vec![1]));
    assert!(intent.confirmed_by_server && intent.save_when_confirmed);
    for (id, state) in [
        ("seti_spent", IntentState::Used),
        ("seti_reaped", IntentState::Abandoned),
    ] {
        let intent = intents::find(pool, 7, id).await.unwrap();
        assert_eq!(intent.unwrap().state, state, "{id}");
    }
    let unused = intents::unused_ids(pool, ann.id).await.unwrap();
    assert_eq!(unused, ["seti_reaped", "seti_open", "seti_given"]);
    let open = intents::open_in_browser(pool, ann.id).await.unwrap();
    let open: Vec<_> = open.iter().map(|intent| intent.id.as_str()).collect();
    assert_eq!(open, ["seti_given"]);
    let abandoned = intents::mark_stale_abandoned(pool, HOUR / 2, 10)
        .await
        .unwrap();
    assert!(
        abandoned.is_empty(),
        "the old intent was returned again a moment ago"
    );

    let save = saves::find(pool, "pm_2").await.unwrap().unwrap();
    assert_eq!(save.wallet_payment_method, "pm_1");
    assert_eq!(save.effect, SaveEffect::Unchanged);
    assert_eq!((save.key_hash, save.unclaimed), (Some(vec![2]), true));
    let newest = saves::nth_newest_of_owner(pool, ann.id, 1).await.unwrap();
    assert!(newest.is_some());
    let is_abandoned = abandoned_payment_methods::contains(pool, "pm_9").await;
    assert!(is_abandoned.unwrap());
    let attempt = attempts::find_pending(pool, ann.id, Some("pm_3"))
        .await
        .unwrap();
    assert_eq!(attempt.unwrap().pending_key, "key-1");

    let sources = issuer_responses::by_source(pool, 7, now() - HOUR, 0)
        .await
        .unwrap();
    let sum = |count: fn(&SourceResponses) -> u32| sources.iter().map(count).sum::<u32>();
    assert_eq!((sum(|one| one.approved), sum(|one| one.declined)), (1, 1));
    let declines = issuer_responses::declines_of_intent(pool, "seti_open").await;
    assert_eq!(declines.unwrap(), 1);
    let cooldown = account_cooldowns::find(pool, 7).await.unwrap();
    assert_eq!(cooldown.unwrap().ends_at, 99);
    assert!(
        webhook_events::is_processed(pool, 7, "evt_1")
            .await
            .unwrap()
    );
    let blocks = deletion_blocks::list(pool, 7, Some(ann.id)).await.unwrap();
    assert_eq!(blocks[0].reference, "b-1");
    assert!(
        cards::delete(pool, blocks[0].card_id).await.is_err(),
        "the card has a block"
    );
    let metadata = client_cards::of_owner(pool, ann.id).await.unwrap();
    assert_eq!(metadata[0].label.as_deref(), Some("Mine"));

    for sql in [
        "SELECT COUNT(*) FROM idempotency_keys WHERE scope = 'owner:1' AND status = 201 AND language = 'de'",
        "SELECT COUNT(*) FROM request_signatures WHERE status = 200 AND body = '{}'",
        "SELECT COUNT(*) FROM charges WHERE length(key_hash) = 32 AND attempt = 2 AND payment_id = 'pi_1' AND NOT search_first",
        "SELECT COUNT(*) FROM consents WHERE payment_method = 'pm_2' AND wallet_payment_method = 'pm_1'",
        "SELECT COUNT(*) FROM attempts WHERE length(client_network) = 32",
        "SELECT COUNT(*) FROM sessions WHERE owner_id = 3",
        "SELECT COUNT(*) FROM checkouts WHERE state = 'current'",
        "SELECT COUNT(*) FROM payments WHERE id = 'pi_1'",
    ] {
        assert_eq!(count(&store, sql).await, 1, "{sql}");
    }
    let mut jobs = Vec::new();
    for lane in outbox::lease::due_lanes(pool).await.unwrap() {
        let claimed = outbox::lease::claim(pool, lane, ("a", 60), 10).await;
        jobs.extend(claimed.unwrap());
    }
    let jobs: Vec<_> = jobs.iter().map(|job| (job.action, job.attempts)).collect();
    assert_eq!(
        jobs,
        [(OutboxAction::Reconcile, 3), (OutboxAction::Release, 0)]
    );
    let changed = query("UPDATE consents SET text = 'other'")
        .execute(pool)
        .await;
    assert!(changed.is_err(), "a consent is never changed");
    store.close().await;
}

#[tokio::test]
async fn a_running_cooldown_of_before_the_stages_refuses_everybody() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("wallet.db");
    let pool = database_of_version(folder.path(), &file, 32).await;
    run(
        &pool,
        &[
            "INSERT INTO account_cooldowns (account_id, ends_at) VALUES (7, 9999999999)",
            "INSERT INTO issuer_responses (dedup_key, account_id, declined, created_at) VALUES ('a', 7, 1, 9999999999)",
        ],
    )
    .await;
    pool.close().await;

    let store = Store::open(&file.clone().into()).await.unwrap();
    let cooldown = account_cooldowns::find(store.pool(), 7).await.unwrap();
    let stage = cooldown.map(|cooldown| cooldown.stage);
    assert_eq!(stage, Some(account_cooldowns::BreakerStage::AllRefused));
    let sources = issuer_responses::by_source(store.pool(), 7, 0, 0)
        .await
        .unwrap();
    assert_eq!(sources.len(), 1);
    assert_eq!(
        (sources[0].declined, sources[0].declined_with_history),
        (1, 0)
    );
}
