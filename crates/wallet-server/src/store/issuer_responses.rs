//! Issuer responses: whether the bank that issued a card approved or declined it. It must never store which card.

use sqlx::{FromRow, SqliteExecutor};

use super::StoreError;
use crate::clock::{DAY, Seconds, now};
use crate::secret::Fingerprint;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IssuerDecision {
    Approved,
    Declined,
}

#[derive(Debug, Clone, Copy)]
pub struct IssuerResponse<'a> {
    /// The same for one response that is reported twice, such as by a call and by a webhook.
    pub dedup_key: &'a str,
    pub account_id: i64,
    /// The setup intent, if there was one.
    pub intent: Option<&'a str>,
    /// The fingerprint of the network the attempt came from, if it is known.
    pub network: Option<&'a [u8]>,
    pub decision: IssuerDecision,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, FromRow)]
pub struct ResponseCounts {
    pub total: u32,
    pub declined: u32,
}

/// Records a response. Returns `false` if it was recorded before.
pub async fn insert(
    db: impl SqliteExecutor<'_>,
    response: &IssuerResponse<'_>,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO issuer_responses (dedup_key, account_id, intent_id, client_network, declined, created_at)
         VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT DO NOTHING",
    )
    .bind(response.dedup_key)
    .bind(response.account_id)
    .bind(response.intent)
    .bind(response.network)
    .bind(response.decision == IssuerDecision::Declined)
    .bind(now())
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Counts an account's responses after a time.
pub async fn count(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
    after: Seconds,
) -> Result<ResponseCounts, StoreError> {
    Ok(sqlx::query_as(
        "SELECT COUNT(*) AS total, COALESCE(SUM(declined), 0) AS declined FROM issuer_responses
         WHERE account_id = ? AND created_at > ?",
    )
    .bind(account_id)
    .bind(after)
    .fetch_one(db)
    .await?)
}

pub async fn declines_of_intent(
    db: impl SqliteExecutor<'_>,
    intent: &str,
) -> Result<u32, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT COUNT(*) FROM issuer_responses WHERE intent_id = ? AND declined = 1",
    )
    .bind(intent)
    .fetch_one(db)
    .await?)
}

/// Counts the declines of cards that were entered from a network after a time.
pub async fn declines_of_network(
    db: impl SqliteExecutor<'_>,
    network: Fingerprint,
    after: Seconds,
) -> Result<u32, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT COUNT(*) FROM issuer_responses WHERE client_network = ? AND declined = 1 AND created_at > ?",
    )
    .bind(network.as_bytes())
    .bind(after)
    .fetch_one(db)
    .await?)
}

/// Deletes responses older than one day.
pub async fn delete_expired(db: impl SqliteExecutor<'_>) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM issuer_responses WHERE created_at <= ?")
        .bind(now() - DAY)
        .execute(db)
        .await?;
    Ok(())
}
