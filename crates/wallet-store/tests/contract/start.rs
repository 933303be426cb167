//! The start: migrations, two processes at once, and a database of a newer version.

use wallet_store::{Store, StoreError};

use crate::databases::new_databases;

#[tokio::test(flavor = "multi_thread")]
async fn simultaneous_first_starts_all_succeed() {
    for new in new_databases().await {
        let starts: Vec<_> = (0..6)
            .map(|_| {
                let database = new.database.clone();
                tokio::spawn(async move { Store::open(&database).await })
            })
            .collect();
        let mut instances = Vec::new();
        for start in starts {
            instances.push(start.await.unwrap().unwrap().instance().to_owned());
        }
        instances.dedup();
        assert_eq!(instances.len(), 1, "{:?}: {instances:?}", new.database);
        assert_eq!(instances[0].len(), 16);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_a_newer_version_is_refused_and_not_changed() {
    for new in new_databases().await {
        new.open().await.close().await;
        let newer = if new.is_postgres() {
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             VALUES (9000, 'later', TRUE, '\\x00', 0)"
        } else {
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             VALUES (9000, 'later', TRUE, x'00', 0)"
        };
        new.run(newer).await;
        let error = Store::open(&new.database).await.unwrap_err();
        assert!(matches!(error, StoreError::Newer(9000)), "{error}");
        assert!(error.to_string().contains("newer version"), "{error}");
        // A refused start must not leave a lock behind.
        new.run("DELETE FROM _sqlx_migrations WHERE version = 9000")
            .await;
        new.open().await.ping().await.unwrap();
    }
}
