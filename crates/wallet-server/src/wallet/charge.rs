//! Charges a stored card at once, without its owner: once for an idempotency key, or once for the site's name of the
//! sale.
//!
//! Called by the systems that take payments. A charge is recorded before the gateway is called, and its payment before
//! the payment is confirmed; if a response is lost, a repeat reads the payment, also when the gateway has forgotten the
//! idempotency key. A sale whose card was declined may be tried again with any card. A sale that was paid must never be
//! charged again.

mod key;
mod payment;

use card_entry_protocol::card::GatewayCardId;
use serde_json::json;

use super::OwnerWallet;
use super::terminal_payment::{PaymentKind, PaymentRequest, retrieve_payment};
use crate::audit::{self, Event};
use crate::error::ApiError;
use crate::gateway::{GatewayError, IntentStatus, NewPayment, PaymentIntent};
use crate::secret::Fingerprint;
use key::ChargeKey;
use payment::{ChargeAttempt, ChargeError};
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
        let earlier = charges::find(pool, owner.id, fingerprint).await?;
        // A sale that was paid stays paid, even if the card was deleted since.
        if let Some(earlier) = &earlier
            && let Some(payment) = &earlier.payment_id
        {
            return if earlier.is_same_request(request) {
                retrieve_payment(app, account, payment).await
            } else {
                Err(charge_key.conflict(earlier))
            };
        }
        let cards = cards::of_owner(pool, owner.id).await?;
        let system = account.system.kind();
        let card = cards
            .into_iter()
            .find(|row| system.card_id(row.id, &row.customer_id, &row.payment_method) == card);
        // A payment whose result is not known is read, even if the card was deleted since.
        let is_begun = earlier
            .is_some_and(|earlier| earlier.intent_id.is_some() && earlier.is_same_request(request));
        if card.is_none() && !is_begun {
            return Err(NOT_FOUND);
        }
        let charge = charges::insert_or_get(pool, owner.id, fingerprint, request).await?;
        if !charge.is_same_request(request) {
            return Err(charge_key.conflict(&charge));
        }
        let key = charge_key.gateway_key(owner, charge.attempt);
        let attempt = ChargeAttempt {
            charge: &charge,
            fingerprint,
            gateway_key: &key,
        };
        let result = match (&charge.intent_id, &card) {
            (Some(intent), _) => self.resume(attempt, intent).await,
            (None, Some(card)) => {
                let new = NewPayment {
                    customer: &card.customer_id,
                    amount: payment.amount,
                    sale: payment.sale,
                    key: &key,
                };
                self.pay(attempt, &card.payment_method, new).await
            }
            (None, None) => return Err(NOT_FOUND),
        };
        if let Ok(intent) = &result {
            self.record_payment(intent, PaymentKind::StoredCard).await?;
            if is_paid(intent) {
                charges::mark_paid(pool, owner.id, fingerprint, &intent.id).await?;
                return Ok(result?);
            }
        }
        if is_final(&result)
            && let ChargeKey::Sale(sale) = charge_key
        {
            charges::start_next_attempt(pool, owner.id, sale, charge.attempt).await?;
        }
        if let (Err(ChargeError::Gateway(GatewayError::Declined(_))), Some(card)) = (&result, &card)
        {
            let event = Event::of_card(AuditAction::Refused, card).because(AuditReason::Declined);
            audit::record(pool, account.id, Some(owner.id), event).await?;
        }
        if let (Err(ChargeError::Gateway(error)), Some(card)) = (&result, &card)
            && may_be_detached(error)
            && let Some(id) = GatewayCardId::parse(&card.payment_method)
            && !self.sync_locked(&id).await?
        {
            return Err(NOT_FOUND);
        }
        Ok(result?)
    }
}

fn is_paid(intent: &PaymentIntent) -> bool {
    matches!(
        intent.status,
        IntentStatus::Succeeded | IntentStatus::Processing
    )
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
fn is_final(result: &Result<PaymentIntent, ChargeError>) -> bool {
    match result {
        Ok(_)
        | Err(ChargeError::Gateway(
            GatewayError::Declined(_) | GatewayError::NotFound | GatewayError::CustomerNotFound,
        )) => true,
        Err(ChargeError::Gateway(GatewayError::InvalidRequest { status, .. })) => {
            (400..=404).contains(status)
        }
        Err(_) => false,
    }
}
