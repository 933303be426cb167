//! The open intents that browsers hold: those in the reach of a limit, and those to read for declines.
//!
//! An open intent is a tool for card testing, because a browser can try a card with it without this server. A function
//! here must never return an intent that this server confirms.

use crate::owner_history::has_history_sql;
use crate::{Executor, StoreError, query};
use sqlx::FromRow;

use super::owners::OwnerId;
use wallet_core::clock::{DAY, Seconds, now};
use wallet_core::secret::Fingerprint;

/// Open intents are abandoned when nobody asked for them for half an hour. So the queries of an account begin with the
/// index of the open ones, which has no older rows, and not with the owners of the account, who may be millions: that is
/// what `CROSS JOIN` says to SQLite.
const MAX_AGE: Seconds = DAY;

/// An open intent, and the account whose keys cancel it.
#[derive(Debug, Clone, FromRow)]
pub struct OpenIntentRef {
    pub id: String,
    pub account_id: i64,
}

/// The open intents of an owner.
pub async fn of_owner(
    db: impl Executor<'_>,
    owner: OwnerId,
) -> Result<Vec<OpenIntentRef>, StoreError> {
    query(
        "SELECT i.id, o.account_id FROM intents i JOIN owners o ON o.id = i.owner_id
         WHERE i.owner_id = $1 AND i.state = 'open' AND NOT i.confirmed_by_server",
    )
    .bind(owner)
    .fetch_all(db)
    .await
}

/// The open intents that owners without a history before a time requested from a network, of all accounts.
pub async fn of_new_owners_in_network(
    db: impl Executor<'_>,
    network: &[u8],
    history_before: Seconds,
) -> Result<Vec<OpenIntentRef>, StoreError> {
    query(concat!(
        "SELECT i.id, o.account_id FROM intents i JOIN owners o ON o.id = i.owner_id
         WHERE i.client_network = $1 AND i.state = 'open' AND NOT i.confirmed_by_server AND NOT ",
        has_history_sql!("i.owner_id", "$2")
    ))
    .bind(network)
    .bind(history_before)
    .fetch_all(db)
    .await
}

/// The open intents of an account's owners without a history before a time.
pub async fn of_new_owners(
    db: impl Executor<'_>,
    account_id: i64,
    history_before: Seconds,
) -> Result<Vec<OpenIntentRef>, StoreError> {
    query(concat!(
        "SELECT i.id, o.account_id FROM intents i CROSS JOIN owners o
         WHERE COALESCE(i.reused_at, i.created_at) > $1 AND i.state = 'open' AND o.id = i.owner_id
           AND o.account_id = $2 AND NOT i.confirmed_by_server AND NOT ",
        has_history_sql!("i.owner_id", "$3")
    ))
    .bind(now() - MAX_AGE)
    .bind(account_id)
    .bind(history_before)
    .fetch_all(db)
    .await
}

/// The open intents of all owners of an account.
pub async fn of_account(
    db: impl Executor<'_>,
    account_id: i64,
) -> Result<Vec<OpenIntentRef>, StoreError> {
    query(
        "SELECT i.id, o.account_id FROM intents i CROSS JOIN owners o
         WHERE COALESCE(i.reused_at, i.created_at) > $1 AND i.state = 'open' AND o.id = i.owner_id
           AND o.account_id = $2 AND NOT i.confirmed_by_server",
    )
    .bind(now() - MAX_AGE)
    .bind(account_id)
    .fetch_all(db)
    .await
}

/// When the `nth` newest open intent of a network was last returned to a page; `None` if the network has fewer.
pub async fn nth_newest_of_network(
    db: impl Executor<'_>,
    network: Fingerprint,
    nth: u32,
) -> Result<Option<Seconds>, StoreError> {
    query(
        "SELECT COALESCE(reused_at, created_at) FROM intents
         WHERE client_network = $1 AND state = 'open' AND NOT confirmed_by_server
         ORDER BY COALESCE(reused_at, created_at) DESC LIMIT 1 OFFSET $2",
    )
    .bind(network.as_bytes())
    .bind(nth.saturating_sub(1))
    .optional_scalar(db)
    .await
}

/// Takes the account's open intents that were not read for `age`, those read longest ago first, and marks them as read
/// now: of two servers, one reads each.
pub async fn claim_for_reading(
    db: impl Executor<'_>,
    account_id: i64,
    age: Seconds,
    limit: u32,
) -> Result<Vec<String>, StoreError> {
    query(
        "UPDATE intents SET read_at = $1 WHERE id IN (
           SELECT i.id FROM intents i CROSS JOIN owners o
           WHERE COALESCE(i.reused_at, i.created_at) > $2 AND i.state = 'open' AND o.id = i.owner_id
             AND o.account_id = $3 AND NOT i.confirmed_by_server AND COALESCE(i.read_at, 0) <= $4
           ORDER BY COALESCE(i.read_at, 0), i.created_at DESC LIMIT $5)
         RETURNING id",
    )
    .bind(now())
    .bind(now() - MAX_AGE)
    .bind(account_id)
    .bind(now() - age)
    .bind(limit)
    .scalars(db)
    .await
}
