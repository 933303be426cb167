//! A database of the first version, with a card in it, opened by this one.

use std::path::Path;

use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};
use wallet_server::store::owners::OwnerId;
use wallet_server::store::{Store, cards, holds};

/// Applies the first migration only, as the first version did.
async fn first_version(folder: &Path, file: &Path) -> SqlitePool {
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let first = folder.join("first");
    std::fs::create_dir(&first).unwrap();
    std::fs::copy(all.join("0001_wallet.sql"), first.join("0001_wallet.sql")).unwrap();
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .foreign_keys(true);
    let pool = SqlitePool::connect_with(options).await.unwrap();
    Migrator::new(first.as_path())
        .await
        .unwrap()
        .run(&pool)
        .await
        .unwrap();
    pool
}

#[tokio::test]
async fn owners_cards_and_holds_of_the_first_version_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("wallet.db");
    let pool = first_version(folder.path(), &file).await;
    for statement in [
        "INSERT INTO owners (id, company_id, kind, customer_id, created_at) VALUES (1, 7, 'guest', 'cus_1', 10)",
        "INSERT INTO sessions (token_hash, owner_id, created_at, expires_at) VALUES (x'00', 1, 10, 20)",
        "INSERT INTO cards (id, owner_id, customer_id, payment_method, brand, last4, exp_month, exp_year, funding,
                            created_at, updated_at)
         VALUES (5, 1, 'cus_1', 'pm_1', 'visa', '4242', 12, 2031, 'credit', 10, 10)",
        "INSERT INTO holds (company_id, reference, card_id, reason, until_text, until_at, created_at)
         VALUES (7, 'b-1', 5, 'Cut', '2036-11-24T10:00:00Z', 2111140800, 10)",
        "INSERT INTO outbox (company_id, action, object_id, due_at, created_at) VALUES (7, 'detach', 'pm_0', 1, 1)",
    ] {
        sqlx::query(statement).execute(&pool).await.unwrap();
    }
    pool.close().await;

    let store = Store::open(&file).await.unwrap();
    let cards = cards::of_owner(store.pool(), OwnerId(1)).await.unwrap();
    assert_eq!(cards.len(), 1);
    assert!(cards[0].is_default);
    assert_eq!(holds::list(store.pool(), 7, None).await.unwrap().len(), 1);
    let left: (i64, i64, String) = sqlx::query_as(
        "SELECT (SELECT COUNT(*) FROM sessions), (SELECT account_id FROM outbox), (SELECT kind FROM owners)",
    )
    .fetch_one(store.pool())
    .await
    .unwrap();
    assert_eq!(left, (1, 7, "guest".to_owned()));
    let second = "INSERT INTO cards (owner_id, sole, customer_id, payment_method, brand, last4, exp_month, exp_year,
                                     funding, created_at, updated_at)
                  VALUES (1, 1, 'cus_1', 'pm_2', 'visa', '1111', 12, 2031, 'credit', 11, 11)";
    let refused = sqlx::query(second).execute(store.pool()).await;
    assert!(refused.is_err(), "a wallet of one stays a wallet of one");
    store.close().await;
}
