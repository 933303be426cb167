//! Issuer responses: whether the bank that issued a card approved or declined it. It must never store which card.

use crate::{Executor, StoreError, query};
use sqlx::FromRow;

use wallet_core::clock::{DAY, Seconds, now};
use wallet_core::secret::Fingerprint;

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
    #[sqlx(try_from = "i64")]
    pub total: u32,
    #[sqlx(try_from = "i64")]
    pub declined: u32,
}

/// Records a response. Returns `false` if it was recorded before.
pub async fn insert(
    db: impl Executor<'_>,
    response: &IssuerResponse<'_>,
) -> Result<bool, StoreError> {
    let done = query(
        "INSERT INTO issuer_responses (dedup_key, account_id, intent_id, client_network, declined, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)
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
    Ok(done == 1)
}

/// Counts an account's responses after a time.
pub async fn count(
    db: impl Executor<'_>,
    account_id: i64,
    after: Seconds,
) -> Result<ResponseCounts, StoreError> {
    query(
        "SELECT COUNT(*) AS total, COUNT(*) FILTER (WHERE declined) AS declined FROM issuer_responses
         WHERE account_id = $1 AND created_at > $2",
    )
    .bind(account_id)
    .bind(after)
    .fetch_one(db)
    .await
}

pub async fn declines_of_intent(db: impl Executor<'_>, intent: &str) -> Result<u32, StoreError> {
    query("SELECT COUNT(*) FROM issuer_responses WHERE intent_id = $1 AND declined")
        .bind(intent)
        .count(db)
        .await
}

/// Counts the declines of cards that were entered from a network after a time.
pub async fn declines_of_network(
    db: impl Executor<'_>,
    network: Fingerprint,
    after: Seconds,
) -> Result<u32, StoreError> {
    query(
        "SELECT COUNT(*) FROM issuer_responses WHERE client_network = $1 AND declined AND created_at > $2",
    )
    .bind(network.as_bytes())
    .bind(after)
    .count(db)
    .await
}

/// Deletes responses older than one day.
pub async fn delete_expired(db: impl Executor<'_>) -> Result<(), StoreError> {
    query("DELETE FROM issuer_responses WHERE created_at <= $1")
        .bind(now() - DAY)
        .execute(db)
        .await?;
    Ok(())
}
