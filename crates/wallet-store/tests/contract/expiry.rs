//! The deletion of expired rows: in batches, and only of rows that nothing reads any more.

use wallet_core::clock::{DAY, HOUR};
use wallet_store::{
    WriteTransaction, abandoned_payment_methods, attempts, deletion_blocks, idempotency_keys,
    intents, issuer_responses, request_signatures, sessions, webhook_events,
};

use crate::databases::new_databases;

/// Seven expired rows of each table, and one that has not expired.
const ROWS: &str = "
    INSERT INTO owners (id, account_id, kind, created_at) VALUES (1, 7, 'user', 1);
    INSERT INTO cards (id, owner_id, customer_id, payment_method, brand, last4, exp_month, exp_year, funding, created_at,
                       updated_at) VALUES (1, 1, 'cus_1', 'pm_1', 'visa', '4242', 1, 2031, 'credit', 1, 1);
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8)
    INSERT INTO sessions (token_hash, owner_id, created_at, expires_at)
    SELECT CAST(CAST(i AS TEXT) AS BLOB), 1, 1, CASE i WHEN 8 THEN 99999999999 ELSE i END FROM n;
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8)
    INSERT INTO idempotency_keys (scope, key_hash, request_hash, state, updated_at)
    SELECT 'account:7', CAST(CAST(i AS TEXT) AS BLOB), CAST('r' AS BLOB), 'released',
           CASE i WHEN 8 THEN 99999999999 ELSE i END FROM n;
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 16)
    INSERT INTO request_signatures (account_id, fingerprint, status, body, created_at)
    SELECT 7, CAST(CAST(i AS TEXT) AS BLOB), CASE WHEN i <= 8 THEN 200 END, CASE WHEN i <= 8 THEN '{}' END,
           CASE WHEN i IN (8, 16) THEN 99999999999 ELSE i END FROM n;
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8)
    INSERT INTO attempts (account_id, owner_id, created_at)
    SELECT 7, 1, CASE i WHEN 8 THEN 99999999999 ELSE i END FROM n;
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8)
    INSERT INTO issuer_responses (dedup_key, account_id, declined, created_at)
    SELECT CAST(i AS TEXT), 7, FALSE, CASE i WHEN 8 THEN 99999999999 ELSE i END FROM n;
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8)
    INSERT INTO intents (id, owner_id, state, created_at)
    SELECT CAST(i AS TEXT), 1, 'open', CASE i WHEN 8 THEN 99999999999 ELSE i END FROM n;
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8)
    INSERT INTO abandoned_payment_methods (payment_method, owner_id, created_at)
    SELECT CAST(i AS TEXT), 1, CASE i WHEN 8 THEN 99999999999 ELSE i END FROM n;
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8)
    INSERT INTO webhook_events (account_id, id, created_at)
    SELECT 7, CAST(i AS TEXT), CASE i WHEN 8 THEN 99999999999 ELSE i END FROM n;
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8)
    INSERT INTO deletion_blocks (account_id, reference, card_id, reason, until_text, until_at, created_at)
    SELECT 7, CAST(i AS TEXT), 1, 'Cut', '', CASE i WHEN 8 THEN 99999999999 ELSE i END, 1 FROM n";

const KINDS: [&str; 10] = [
    "sessions",
    "idempotency keys",
    "signed response bodies",
    "signature claims",
    "attempts",
    "issuer responses",
    "intents",
    "abandoned payment methods",
    "webhook events",
    "deletion blocks",
];

async fn delete(tx: &mut WriteTransaction, kind: &str, limit: u32) -> u64 {
    let db = &mut **tx;
    let deleted = match kind {
        "sessions" => sessions::delete_expired(db, limit).await,
        "idempotency keys" => idempotency_keys::delete_expired(db, limit).await,
        "signed response bodies" => request_signatures::delete_expired_bodies(db, limit).await,
        "signature claims" => request_signatures::delete_expired_claims(db, limit).await,
        "attempts" => attempts::delete_expired(db, limit).await,
        "issuer responses" => issuer_responses::delete_expired(db, limit).await,
        "intents" => intents::delete_older_than(db, DAY, limit).await,
        "abandoned payment methods" => {
            abandoned_payment_methods::delete_older_than(db, DAY, limit).await
        }
        "webhook events" => webhook_events::delete_older_than(db, DAY, limit).await,
        _ => deletion_blocks::delete_ended_before(db, DAY, limit).await,
    };
    deleted.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_batch_has_a_bound_and_the_rest_stays() {
    for new in new_databases().await {
        let store = new.open().await;
        if new.is_postgres() {
            new.run("CREATE DOMAIN blob AS bytea").await;
        }
        new.run(ROWS).await;

        let mut tx = store.write().await.unwrap();
        let mut stale = Vec::new();
        for _ in 0..3 {
            let batch = intents::mark_stale_abandoned(&mut *tx, HOUR / 2, 3).await;
            stale.push(batch.unwrap());
        }
        assert_eq!(stale.iter().map(Vec::len).collect::<Vec<_>>(), [3, 3, 1]);
        assert!(stale.concat().iter().all(|(_, account)| *account == 7));
        tx.commit().await.unwrap();
        for kind in KINDS {
            let mut tx = store.write().await.unwrap();
            let mut deleted = Vec::new();
            for _ in 0..4 {
                deleted.push(delete(&mut tx, kind, 3).await);
            }
            assert_eq!(deleted, [3, 3, 1, 0], "{kind}");
            tx.commit().await.unwrap();
        }
        store.close().await;
    }
}
