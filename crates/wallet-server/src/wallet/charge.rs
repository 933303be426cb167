//! Charges a stored card at once, without its owner: once for an idempotency key, or once for the site's name of the
//! sale.
//!
//! Called by the systems that take payments. A charge is recorded before the gateway is called; if the response is
//! lost, the same idempotency key is sent again. A sale whose card was declined may be tried again with any card. A
//! sale that was paid must never be charged again.

mod key;

use card_entry_protocol::card::GatewayCardId;
use card_entry_protocol::decline::DeclineReason;
use serde_json::json;

use super::OwnerWallet;
use super::terminal_payment::{PaymentKind, PaymentRequest, retrieve_payment};
use crate::audit::{self, Event};
use crate::error::ApiError;
use crate::gateway::{GatewayError, IntentStatus, NewPayment, PaymentIntent};
use crate::secret::Fingerprint;
use key::ChargeKey;
use wallet_store::audit_events::{AuditAction, AuditReason};
use wallet_store::{cards, charges};

const NOT_FOUND: ApiError = ApiError::NotFound("This card is not in the wallet.");

impl OwnerWallet<'_> {
    /// Charges a card of the wallet.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] if the card is not in this wallet; [`ApiError::Declined`] if the issuer declines;
    /// [`ApiError::Unprocessable`] if there is neither key nor sale, or the key was used for another request;
    /// [`ApiError::Conflict`] if the sale was paid with another card or amount; 429 above the hourly limit; 503 if the
    /// gateway does not respond.
    pub async fn charge_card(
        &self,
        card: &str,
        payment: PaymentRequest<'_>,
    ) -> Result<PaymentIntent, ApiError> {
        let Self {
            app,
            account,
            owner,
        } = *self;
        let charge_key = ChargeKey::of(&payment)?;
        let _lock = app.owner_locks.lock_for_request(owner.id).await?;
        self.check_payment_limit()?;
        let request = json!([card, payment.amount.get(), payment.sale]).to_string();
        let request = Fingerprint::of(&request);
        let pool = app.store.pool();
        let fingerprint = charge_key.fingerprint();
        // A sale that was paid stays paid, even if the card was deleted since.
        if let Some(earlier) = charges::find(pool, owner.id, fingerprint).await?
            && let Some(payment) = &earlier.payment_id
        {
            return if earlier.is_same_request(request) {
                retrieve_payment(app, account, payment).await
            } else {
                Err(charge_key.conflict(&earlier))
            };
        }
        let cards = cards::of_owner(pool, owner.id).await?;
        let system = account.system.kind();
        let card = cards
            .into_iter()
            .find(|row| system.card_id(row.id, &row.customer_id, &row.payment_method) == card)
            .ok_or(NOT_FOUND)?;
        let charge = charges::insert_or_get(pool, owner.id, fingerprint, request).await?;
        if !charge.is_same_request(request) {
            return Err(charge_key.conflict(&charge));
        }
        let (customer, method) = (&card.customer_id, &card.payment_method);
        let key = charge_key.gateway_key(owner, charge.attempt);
        let gateway = self.gateway();
        let new = |key| NewPayment {
            customer,
            amount: payment.amount,
            sale: payment.sale,
            key,
        };
        let mut attempt = charge.attempt;
        let mut result = gateway.charge(method, new(&key)).await;
        if matches!(result, Err(GatewayError::ReplayedFailure(_))) {
            result = match gateway.find_charge(customer, &key).await? {
                Some(found) => found_charge(found),
                // Nothing was charged, and nothing will be charged under this key.
                None => {
                    charges::start_next_attempt(pool, owner.id, fingerprint, attempt).await?;
                    let next = charges::insert_or_get(pool, owner.id, fingerprint, request).await?;
                    attempt = next.attempt;
                    let key = charge_key.gateway_key(owner, attempt);
                    gateway.charge(method, new(&key)).await
                }
            };
        }
        let is_paid = match &result {
            Ok(intent) => {
                self.record_payment(intent, PaymentKind::StoredCard).await?;
                matches!(
                    intent.status,
                    IntentStatus::Succeeded | IntentStatus::Processing
                )
            }
            Err(_) => false,
        };
        match result {
            Ok(intent) if is_paid => {
                charges::mark_paid(pool, owner.id, fingerprint, &intent.id).await?;
                Ok(intent)
            }
            other => {
                if matches!(other, Err(GatewayError::Declined(_))) {
                    let event = Event::of_card(AuditAction::Refused, &card);
                    let event = event.because(AuditReason::Declined);
                    audit::record(pool, account.id, Some(owner.id), event).await?;
                }
                if is_final(&other)
                    && let ChargeKey::Sale(sale) = charge_key
                {
                    charges::start_next_attempt(pool, owner.id, sale, attempt).await?;
                }
                if other.as_ref().is_err_and(may_be_detached)
                    && let Some(id) = GatewayCardId::parse(method)
                    && !self.sync_locked(&id).await?
                {
                    return Err(NOT_FOUND);
                }
                Ok(other?)
            }
        }
    }
}

/// A charge that was found at the gateway after the gateway had failed to return it.
fn found_charge(intent: PaymentIntent) -> Result<PaymentIntent, GatewayError> {
    match intent.status {
        IntentStatus::RequiresPaymentMethod | IntentStatus::Canceled => {
            Err(GatewayError::Declined(DeclineReason::Declined))
        }
        _ => Ok(intent),
    }
}

/// Whether the gateway may have refused because the card was detached. It has no error code for that.
fn may_be_detached(error: &GatewayError) -> bool {
    match error {
        GatewayError::NotFound | GatewayError::CustomerNotFound => true,
        GatewayError::InvalidRequest { status, code, .. } => *status == 400 && code.is_empty(),
        _ => false,
    }
}

/// Whether it is certain that nothing was paid and nothing will be. A payment that waits for its owner counts as final,
/// because its client secret is never handed out.
fn is_final(result: &Result<PaymentIntent, GatewayError>) -> bool {
    match result {
        Ok(_)
        | Err(
            GatewayError::Declined(_) | GatewayError::NotFound | GatewayError::CustomerNotFound,
        ) => true,
        Err(GatewayError::InvalidRequest { status, .. }) => (400..=404).contains(status),
        Err(_) => false,
    }
}
