//! Charging a card that was kept, at once and without its owner: once for the caller's key, or for the sale's name.
//!
//! Called by the systems that take payments. What is asked for is written down before the gateway is asked; an answer
//! that was lost is asked for again under the same key at the gateway. A sale whose card was refused may be tried again,
//! with any card; one that was paid never.

use std::sync::Arc;

use card_entry_protocol::card::GatewayCardId;
use card_entry_protocol::decline::DeclineReason;
use serde_json::json;

use super::follow::follow_in_turn;
use super::pay::{Paid, check_limit, read, record};
use crate::app::App;
use crate::config::Account;
use crate::error::ApiError;
use crate::gateway::{GatewayError, IntentStatus, PaymentIntent};
use crate::secret::Fingerprint;
use crate::store::owners::Owner;
use crate::store::{StoreError, cards, charges};

const NOT_HERE: ApiError = ApiError::NotFound("This card is not in the wallet.");

/// What a charge is done once for.
#[derive(Debug, Clone, Copy)]
enum Name {
    /// The caller's idempotency key: what was answered under it stays.
    Key(Fingerprint),
    /// The site's name for the sale: it may be tried until it is paid.
    Sale(Fingerprint),
}

impl Name {
    fn of(paid: &Paid<'_>) -> Result<Self, ApiError> {
        let sale = |sale: &str| Self::Sale(Fingerprint::of(&format!("sale:{sale}")));
        let named = paid.key.map(Self::Key).or(paid.sale.map(sale));
        named.ok_or_else(|| {
            let words = "A charge needs an external_transaction_id or an idempotency-key header, so that it is done once.";
            ApiError::Refused(words.to_owned())
        })
    }

    fn fingerprint(self) -> Fingerprint {
        match self {
            Self::Key(name) | Self::Sale(name) => name,
        }
    }

    /// The gateway's key for an attempt.
    fn gateway_key(self, owner: &Owner, attempt: u32) -> String {
        let name = self.fingerprint().to_hex();
        match attempt {
            0 => format!("charge:{}:{name}", owner.id.0),
            more => format!("charge:{}:{name}:{more}", owner.id.0),
        }
    }

    /// It stands for another card or amount.
    fn taken(self, paid: bool) -> ApiError {
        match self {
            Self::Key(_) => {
                ApiError::Refused("This key was already used for another request.".to_owned())
            }
            Self::Sale(_) if paid => ApiError::Conflict("This sale was paid already."),
            Self::Sale(_) => ApiError::Conflict(
                "This sale is being paid with another card or amount. Please ask for the same once more.",
            ),
        }
    }
}

/// Charges a card of the owner's wallet.
///
/// # Errors
/// [`ApiError::NotFound`] when the card is not in this wallet; [`ApiError::Declined`] when the bank refuses;
/// [`ApiError::Refused`] when there is neither key nor sale, or the key came with another request;
/// [`ApiError::Conflict`] when the sale was paid with another; 429 above the hourly limit; 503 when the gateway does not
/// answer.
pub async fn charge(
    app: &App,
    account: &Arc<Account>,
    owner: &Owner,
    card: &str,
    paid: Paid<'_>,
) -> Result<PaymentIntent, ApiError> {
    let name = Name::of(&paid)?;
    let _turn = app.turns.enter(owner.id).await?;
    check_limit(app, owner)?;
    let request = json!([card, paid.amount.get(), paid.sale]).to_string();
    let request = Fingerprint::of(&request);
    let pool = app.store.pool();
    // What was paid stays so, though the card may be gone by now.
    if let Some(known) = charges::find(pool, owner.id, name.fingerprint()).await?
        && let Some(payment) = &known.payment_id
    {
        return if known.is_of(request) {
            read(app, account, payment).await
        } else {
            Err(name.taken(true))
        };
    }
    let cards = cards::of_owner(pool, owner.id).await?;
    let kind = account.system.kind();
    let card = cards
        .into_iter()
        .find(|known| kind.card_id(known.id, &known.customer_id, &known.payment_method) == card)
        .ok_or(NOT_HERE)?;
    let asked = charges::ask(pool, owner.id, name.fingerprint(), request).await?;
    if !asked.is_of(request) {
        return Err(name.taken(asked.payment_id.is_some()));
    }
    let (customer, method) = (&card.customer_id, &card.payment_method);
    let key = name.gateway_key(owner, asked.attempt);
    let gateway = app.gateway.of(account);
    let mut attempt = asked.attempt;
    let mut answer = gateway
        .charge(customer, method, paid.amount, paid.sale, &key)
        .await;
    if matches!(answer, Err(GatewayError::Replayed(_))) {
        answer = match gateway.charge_of(customer, &key).await? {
            Some(made) => charged(made),
            // Nothing was charged, and under this key nothing will be.
            None => {
                charges::give_up(pool, owner.id, name.fingerprint(), attempt).await?;
                attempt = charges::ask(pool, owner.id, name.fingerprint(), request)
                    .await?
                    .attempt;
                let key = name.gateway_key(owner, attempt);
                gateway
                    .charge(customer, method, paid.amount, paid.sale, &key)
                    .await
            }
        };
    }
    let is_paid = match &answer {
        Ok(intent) => {
            record(app, owner, intent, false).await?;
            matches!(
                intent.status,
                IntentStatus::Succeeded | IntentStatus::Processing
            )
        }
        Err(_) => false,
    };
    match answer {
        Ok(intent) if is_paid => {
            charges::settle(pool, owner.id, name.fingerprint(), &intent.id).await?;
            Ok(intent)
        }
        other => {
            if is_final(&other) {
                give_up(app, owner, name, attempt).await?;
            }
            if other.as_ref().is_err_and(may_be_gone)
                && let Some(id) = GatewayCardId::parse(method)
                && !follow_in_turn(app, account, owner.id, &id).await?
            {
                return Err(NOT_HERE);
            }
            Ok(other?)
        }
    }
}

/// A charge that was found at the gateway after it had failed to tell of it.
fn charged(made: PaymentIntent) -> Result<PaymentIntent, GatewayError> {
    match made.status {
        IntentStatus::RequiresPaymentMethod | IntentStatus::Canceled => {
            Err(GatewayError::Declined(DeclineReason::Declined))
        }
        _ => Ok(made),
    }
}

/// Whether the gateway may have refused because it no longer has the card. It has no code for one that was detached.
fn may_be_gone(error: &GatewayError) -> bool {
    match error {
        GatewayError::Missing | GatewayError::CustomerMissing => true,
        GatewayError::Misused { status, code, .. } => *status == 400 && code.is_empty(),
        _ => false,
    }
}

/// Whether it is certain that nothing was paid, nor will be: nobody gets the secret of a payment that waits for its
/// owner.
fn is_final(answer: &Result<PaymentIntent, GatewayError>) -> bool {
    match answer {
        Ok(_)
        | Err(GatewayError::Declined(_) | GatewayError::Missing | GatewayError::CustomerMissing) => {
            true
        }
        Err(GatewayError::Misused { status, .. }) => (400..=404).contains(status),
        Err(_) => false,
    }
}

async fn give_up(app: &App, owner: &Owner, name: Name, attempt: u32) -> Result<(), StoreError> {
    match name {
        Name::Key(_) => Ok(()),
        Name::Sale(name) => charges::give_up(app.store.pool(), owner.id, name, attempt).await,
    }
}
