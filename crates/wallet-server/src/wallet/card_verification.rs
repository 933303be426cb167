//! Verifies a vaulted card with a $1 authorization that is voided immediately.
//!
//! Called for each card that is vaulted, and by the outbox for authorizations that are not voided yet. An outbox job
//! with an order id of ours is written before the issuer is asked: if the response is lost, the authorization is found
//! by its order id and voided.

use crate::app::App;
use crate::config::Account;
use crate::error::ApiError;
use crate::gateway::GatewayError;
use crate::gateway::braintree::Vault;
use crate::secret::{Fingerprint, generate_token};
use crate::wallet::circuit_breaker;
use wallet_store::StoreError;
use wallet_store::issuer_responses::{IssuerDecision, IssuerResponse};
use wallet_store::outbox::{self, OutboxAction};
use wallet_store::owners::OwnerId;

/// The prefix of our order ids. No transaction id of Braintree begins with it.
const ORDER_ID_PREFIX: &str = "hold-";

/// When an authorization whose response was lost is searched for. By then the longest call has ended, and Braintree's
/// search returns the transaction.
const LOST_RESPONSE_DELAY_SECONDS: i64 = 120;

/// Why a card was not verified.
#[derive(Debug)]
pub(super) enum VerificationError {
    /// The issuer declined, or the gateway failed.
    Gateway(GatewayError),
    /// This server failed.
    Internal(ApiError),
}

impl<E: Into<ApiError>> From<E> for VerificationError {
    fn from(error: E) -> Self {
        Self::Internal(error.into())
    }
}

/// Whose card is verified.
#[derive(Debug, Clone, Copy)]
pub(super) struct CardEntry<'a> {
    pub account: &'a Account,
    pub owner: OwnerId,
    /// The fingerprint of the network that the booking site names, if it names one.
    pub network: Option<Fingerprint>,
}

/// Authorizes one dollar, or one unit of the account's currency, and voids it. If it cannot be voided now, an outbox
/// job retries.
pub(super) async fn verify(
    app: &App,
    entry: CardEntry<'_>,
    vault: Vault<'_>,
    card: &str,
) -> Result<(), VerificationError> {
    let account = entry.account;
    let pool = app.store.pool();
    let order = format!("{ORDER_ID_PREFIX}{}", generate_token()?.reveal());
    let delay = LOST_RESPONSE_DELAY_SECONDS;
    outbox::insert_delayed(pool, account.id, OutboxAction::Void, &order, delay).await?;
    let transaction = match vault.authorize_one_unit(card, &order).await {
        Ok(transaction) => transaction,
        // It is not known whether the amount was authorized. The outbox job searches for it.
        Err(error) if error.is_indeterminate() => return Err(VerificationError::Gateway(error)),
        Err(error) => {
            outbox::remove(pool, OutboxAction::Void, &order).await?;
            if let GatewayError::Declined(_) = error {
                record_response(app, entry, card, IssuerDecision::Declined).await?;
            }
            return Err(VerificationError::Gateway(error));
        }
    };
    match vault.void(&transaction).await {
        Ok(()) | Err(GatewayError::UnexpectedState) => {
            outbox::remove(pool, OutboxAction::Void, &order).await?;
        }
        Err(error) => {
            tracing::warn!(%error, "voiding the $1 authorization failed, retry scheduled");
            // The transaction is known now and need not be searched for.
            let mut tx = app.store.write().await?;
            outbox::insert(&mut *tx, account.id, OutboxAction::Void, &transaction).await?;
            outbox::remove(&mut *tx, OutboxAction::Void, &order).await?;
            tx.commit().await?;
            app.outbox.wake();
        }
    }
    record_response(app, entry, card, IssuerDecision::Approved).await?;
    Ok(())
}

/// Records the issuer's response to a card.
pub(super) async fn record_response(
    app: &App,
    entry: CardEntry<'_>,
    card: &str,
    decision: IssuerDecision,
) -> Result<(), StoreError> {
    let mut tx = app.store.write().await?;
    let response = IssuerResponse {
        dedup_key: &format!("{card}:{}", decision == IssuerDecision::Declined),
        account_id: entry.account.id,
        intent: None,
        owner: Some(entry.owner),
        network: entry.network.as_ref().map(Fingerprint::as_bytes),
        decision,
    };
    circuit_breaker::record_response(app, &mut tx, entry.account, &response).await?;
    tx.commit().await?;
    app.outbox.wake();
    Ok(())
}

/// Voids what an outbox job names: a transaction, or an order id of ours whose transaction is not known.
///
/// # Errors
/// If the vault does not respond. The job is retried.
pub async fn void_authorization(
    app: &App,
    account: &Account,
    object: &str,
) -> Result<(), GatewayError> {
    let vault = app.vault.for_account(account)?;
    if !object.starts_with(ORDER_ID_PREFIX) {
        return vault.void(object).await;
    }
    for transaction in vault.authorized_under_order(object).await? {
        match vault.void(&transaction).await {
            Ok(()) | Err(GatewayError::UnexpectedState) => {
                tracing::info!("voided a $1 authorization whose response was lost");
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
