//! The numbers of owners, which are never used twice: a person's number stays in the systems of the booking site and at
//! the gateway.
//!
//! Called by the check after a restore: a backup does not know the numbers that were used after it was made.

use wallet_core::ids::OwnerId;

use crate::{Executor, Store, StoreError, query, query_of_each};

/// The highest number that an owner has or had in this database, 0 without any.
///
/// # Errors
/// The database refuses.
pub async fn highest(db: impl Executor<'_>) -> Result<OwnerId, StoreError> {
    let highest: Option<i64> = query_of_each(
        "SELECT MAX(seq) FROM sqlite_sequence WHERE name = 'owners'",
        "SELECT MAX(last_value) FROM pg_sequences WHERE sequencename = 'owners_id_seq'",
    )
    .scalar(db)
    .await?;
    Ok(OwnerId(highest.unwrap_or(0)))
}

/// Makes sure that the next owner gets a number above `last`. It never lowers the next number.
///
/// # Errors
/// The database refuses.
pub async fn reserve_through(store: &Store, last: OwnerId) -> Result<(), StoreError> {
    let mut tx = store.write().await?;
    // A row of an account that does not exist, which is deleted at once: SQLite keeps the highest number.
    query_of_each(
        "INSERT INTO owners (id, account_id, kind, created_at) VALUES ($1, 0, 'guest', 0) ON CONFLICT DO NOTHING",
        "SELECT setval(pg_get_serial_sequence('owners', 'id'),
                       GREATEST($1, (SELECT last_value FROM pg_sequences WHERE sequencename = 'owners_id_seq'), 1))",
    )
    .bind(last)
    .execute(&mut *tx)
    .await?;
    query("DELETE FROM owners WHERE id = $1 AND account_id = 0")
        .bind(last)
        .execute(&mut *tx)
        .await?;
    tx.commit().await
}
