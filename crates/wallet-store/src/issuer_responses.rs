//! Issuer responses: whether the bank that issued a card approved or declined it. It must never store which card.

use crate::owner_history::has_history_sql;
use crate::{Executor, StoreError, query};
use sqlx::FromRow;

use super::owners::OwnerId;
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
    /// Who entered the card.
    pub owner: Option<OwnerId>,
    /// The fingerprint of the network the attempt came from, if it is known.
    pub network: Option<&'a [u8]>,
    pub decision: IssuerDecision,
}

/// The responses to the cards from one network; from one owner where the network is not known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromRow)]
pub struct SourceResponses {
    #[sqlx(try_from = "i64")]
    pub approved: u32,
    #[sqlx(try_from = "i64")]
    pub declined: u32,
    /// Those of `approved` that owners with a history entered.
    #[sqlx(try_from = "i64")]
    pub approved_with_history: u32,
    /// Those of `declined` that owners with a history entered.
    #[sqlx(try_from = "i64")]
    pub declined_with_history: u32,
}

/// Records a response. Returns `false` if it was recorded before.
pub async fn insert(
    db: impl Executor<'_>,
    response: &IssuerResponse<'_>,
) -> Result<bool, StoreError> {
    let done = query(
        "INSERT INTO issuer_responses (dedup_key, account_id, intent_id, client_network, declined, created_at, owner_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT DO NOTHING",
    )
    .bind(response.dedup_key)
    .bind(response.account_id)
    .bind(response.intent)
    .bind(response.network)
    .bind(response.decision == IssuerDecision::Declined)
    .bind(now())
    .bind(response.owner)
    .execute(db)
    .await?;
    Ok(done == 1)
}

/// Counts an account's responses after a time by the network of the card, or by the owner where it is not known. An
/// owner has a history if they saved a card by `history_before`.
pub async fn by_source(
    db: impl Executor<'_>,
    account_id: i64,
    after: Seconds,
    history_before: Seconds,
) -> Result<Vec<SourceResponses>, StoreError> {
    query(concat!(
        "SELECT COUNT(*) FILTER (WHERE NOT declined) AS approved, COUNT(*) FILTER (WHERE declined) AS declined,
           COUNT(*) FILTER (WHERE NOT declined AND has_history) AS approved_with_history,
           COUNT(*) FILTER (WHERE declined AND has_history) AS declined_with_history
         FROM (SELECT r.client_network, CASE WHEN r.client_network IS NULL THEN r.owner_id END AS source_owner,
                 r.declined, ",
        has_history_sql!("r.owner_id", "$3"),
        " AS has_history
               FROM issuer_responses r WHERE r.account_id = $1 AND r.created_at > $2) AS responses
         GROUP BY client_network, source_owner"
    ))
    .bind(account_id)
    .bind(after)
    .bind(history_before)
    .fetch_all(db)
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
    network: &[u8],
    after: Seconds,
) -> Result<u32, StoreError> {
    query(
        "SELECT COUNT(*) FROM issuer_responses WHERE client_network = $1 AND declined AND created_at > $2",
    )
    .bind(network)
    .bind(after)
    .count(db)
    .await
}

/// The time of the `nth` newest decline from a network after a time, of all accounts; `None` if there are fewer.
pub async fn nth_newest_decline_of_network(
    db: impl Executor<'_>,
    network: Fingerprint,
    after: Seconds,
    nth: u32,
) -> Result<Option<Seconds>, StoreError> {
    query(
        "SELECT created_at FROM issuer_responses WHERE client_network = $1 AND declined AND created_at > $2
         ORDER BY created_at DESC LIMIT 1 OFFSET $3",
    )
    .bind(network.as_bytes())
    .bind(after)
    .bind(nth.saturating_sub(1))
    .optional_scalar(db)
    .await
}

/// Deletes at most `limit` responses older than one day, and returns how many.
pub async fn delete_expired(db: impl Executor<'_>, limit: u32) -> Result<u64, StoreError> {
    query(
        "DELETE FROM issuer_responses WHERE dedup_key IN
             (SELECT dedup_key FROM issuer_responses WHERE created_at <= $1 ORDER BY created_at LIMIT $2)",
    )
    .bind(now() - DAY)
    .bind(limit)
    .execute(db)
    .await
}
