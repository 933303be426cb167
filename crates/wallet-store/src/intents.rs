//! Setup intents that this server created for an owner. They prove that a confirmed card belongs to the owner. It must
//! never store a client secret.

use crate::{Executor, StoreError, query, text_enum};
use sqlx::FromRow;

use super::owners::OwnerId;
use wallet_core::clock::{DAY, HOUR, Seconds, now};
use wallet_core::secret::Fingerprint;

/// How many recent intents a save reads at the gateway. After more failed entries the form must be started again.
const MAX_INTENTS_PER_SAVE: i64 = 10;

/// How long an open intent is returned again. A save reads only the intents of the last day.
const REUSE_WINDOW: Seconds = 12 * HOUR;

/// How many open intents are read before a wallet is listed. There is more than one only after declines.
const MAX_INTENTS_TO_SAVE: i64 = 3;

text_enum! {
    pub enum IntentState {
        /// Not confirmed yet, or confirmed and not saved yet.
        Open = "open",
        /// A save used it, or no save can use it.
        Used = "used",
        /// Unused for too long; it is canceled at the gateway.
        Abandoned = "abandoned",
    }
}

#[derive(Debug, Clone, FromRow)]
pub struct StoredIntent {
    #[sqlx(try_from = "String")]
    pub state: IntentState,
    #[sqlx(try_from = "i64")]
    pub owner_id: OwnerId,
    /// The network it was requested from, as a fingerprint.
    pub client_network: Option<Vec<u8>>,
    /// Whether this server confirms it, and not a browser.
    pub confirmed_by_server: bool,
    /// Whether its card is saved as soon as it is confirmed, without a request for the save.
    pub save_when_confirmed: bool,
}

/// Finds an intent of any owner of an account.
pub async fn find(
    db: impl Executor<'_>,
    account_id: i64,
    id: &str,
) -> Result<Option<StoredIntent>, StoreError> {
    query(
        "SELECT i.state, i.owner_id, i.client_network, i.confirmed_by_server, i.save_when_confirmed
         FROM intents i JOIN owners o ON o.id = i.owner_id
         WHERE i.id = $1 AND o.account_id = $2",
    )
    .bind(id)
    .bind(account_id)
    .fetch_optional(db)
    .await
}

#[derive(Debug, Clone, Copy)]
pub struct NewIntent<'a> {
    /// The gateway's id, `seti_…`.
    pub id: &'a str,
    pub owner: OwnerId,
    /// The network it was requested from; `None` if a booking site's server requested it.
    pub network: Option<Fingerprint>,
    pub confirmed_by_server: bool,
    pub save_when_confirmed: bool,
}

pub async fn insert(db: impl Executor<'_>, new: &NewIntent<'_>) -> Result<(), StoreError> {
    query(
        "INSERT INTO intents (id, owner_id, state, client_network, confirmed_by_server, save_when_confirmed, created_at)
         VALUES ($1, $2, 'open', $3, $4, $5, $6)
         ON CONFLICT DO NOTHING",
    )
    .bind(new.id)
    .bind(new.owner)
    .bind(new.network.as_ref().map(Fingerprint::as_bytes))
    .bind(new.confirmed_by_server)
    .bind(new.save_when_confirmed)
    .bind(now())
    .execute(db)
    .await?;
    Ok(())
}

/// The owner's intents of the last day that no save has used, newest first.
pub async fn unused_ids(db: impl Executor<'_>, owner: OwnerId) -> Result<Vec<String>, StoreError> {
    query(
        "SELECT id FROM intents WHERE owner_id = $1 AND state <> 'used' AND created_at > $2
         ORDER BY created_at DESC, rowid DESC LIMIT $3",
    )
    .bind(owner)
    .bind(now() - DAY)
    .bind(MAX_INTENTS_PER_SAVE)
    .scalars(db)
    .await
}

/// An open intent that a browser confirms.
#[derive(Debug, Clone, FromRow)]
pub struct OpenIntent {
    pub id: String,
    /// Whether its card is saved as soon as it is confirmed, without a request for the save.
    pub save_when_confirmed: bool,
    created_at: Seconds,
}

impl OpenIntent {
    /// Whether it is young enough to be returned again.
    #[must_use]
    pub fn is_reusable(&self) -> bool {
        self.created_at > now() - REUSE_WINDOW
    }
}

/// The owner's open intents that a browser confirms, newest first.
pub async fn open_in_browser(
    db: impl Executor<'_>,
    owner: OwnerId,
) -> Result<Vec<OpenIntent>, StoreError> {
    query(
        "SELECT id, save_when_confirmed, created_at FROM intents
         WHERE owner_id = $1 AND state = 'open' AND NOT confirmed_by_server
         ORDER BY created_at DESC, rowid DESC LIMIT $2",
    )
    .bind(owner)
    .bind(MAX_INTENTS_PER_SAVE)
    .fetch_all(db)
    .await
}

/// Records that an intent is returned to a page again. Returns `false` if it is not open, or about to be canceled.
pub async fn mark_reused(
    db: impl Executor<'_>,
    id: &str,
    network: Option<&[u8]>,
) -> Result<bool, StoreError> {
    let reused = query(
        "UPDATE intents SET reused_at = $1, client_network = $2 WHERE id = $3 AND state = 'open'
           AND NOT EXISTS (SELECT 1 FROM outbox WHERE action = 'cancel' AND object_id = intents.id)",
    )
    .bind(now())
    .bind(network)
    .bind(id)
    .execute(db)
    .await?;
    Ok(reused > 0)
}

/// The owner's open intents whose card is saved as soon as it is confirmed, newest first.
pub async fn ids_to_save(db: impl Executor<'_>, owner: OwnerId) -> Result<Vec<String>, StoreError> {
    query(
        "SELECT id FROM intents WHERE owner_id = $1 AND state = 'open' AND save_when_confirmed AND created_at > $2
         ORDER BY created_at DESC, rowid DESC LIMIT $3",
    )
    .bind(owner)
    .bind(now() - DAY)
    .bind(MAX_INTENTS_TO_SAVE)
    .scalars(db)
    .await
}

/// Marks an intent that a save used, or that no save can use.
pub async fn mark_used(db: impl Executor<'_>, id: &str) -> Result<(), StoreError> {
    query("UPDATE intents SET state = 'used' WHERE id = $1")
        .bind(id)
        .execute(db)
        .await?;
    Ok(())
}

/// Marks an open intent as abandoned.
pub async fn mark_abandoned(db: impl Executor<'_>, id: &str) -> Result<(), StoreError> {
    query("UPDATE intents SET state = 'abandoned' WHERE id = $1 AND state = 'open'")
        .bind(id)
        .execute(db)
        .await?;
    Ok(())
}

/// Marks at most `limit` open intents that were last returned to a page longer than `age` ago. Returns each with its
/// account, so that the caller cancels them at the gateway.
pub async fn mark_stale_abandoned(
    db: impl Executor<'_>,
    age: Seconds,
    limit: u32,
) -> Result<Vec<(String, i64)>, StoreError> {
    query(
        "UPDATE intents SET state = 'abandoned'
         WHERE id IN (SELECT id FROM intents WHERE state = 'open' AND COALESCE(reused_at, created_at) <= $1
                      ORDER BY COALESCE(reused_at, created_at) LIMIT $2)
         RETURNING id, (SELECT account_id FROM owners WHERE owners.id = intents.owner_id)",
    )
    .bind(now() - age)
    .bind(limit)
    .fetch_all(db)
    .await
}

/// Deletes at most `limit` old intents, and returns how many.
pub async fn delete_older_than(
    db: impl Executor<'_>,
    age: Seconds,
    limit: u32,
) -> Result<u64, StoreError> {
    query(
        "DELETE FROM intents WHERE id IN
             (SELECT id FROM intents WHERE created_at <= $1 ORDER BY created_at LIMIT $2)",
    )
    .bind(now() - age)
    .bind(limit)
    .execute(db)
    .await
}
