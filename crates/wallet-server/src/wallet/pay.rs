//! Paying in person: a card at a reader, captured later, which may then be kept.
//!
//! Called by the systems that take payments. The gateway's word on a payment is all that counts; whose it is stands
//! here.

use std::sync::Arc;

use card_entry_protocol::card::GatewayCardId;
use card_entry_protocol::money::MinorUnits;

use super::customer::{ensure_customer, replace_customer};
use crate::app::App;
use crate::clock::HOUR;
use crate::config::Account;
use crate::error::ApiError;
use crate::gateway::{GatewayError, IntentStatus, PaymentIntent};
use crate::secret::{Fingerprint, draw};
use crate::store::owners::Owner;
use crate::store::payments::{self, Payment};

const NOT_HERE: ApiError = ApiError::NotFound("There is no such payment for this account.");

/// What is paid, by whom, and for what.
#[derive(Debug, Clone, Copy)]
pub struct Paid<'a> {
    /// In the account's currency.
    pub amount: MinorUnits,
    /// The site's name for the sale.
    pub sale: Option<&'a str>,
    /// The caller's idempotency key, if it has one.
    pub key: Option<Fingerprint>,
}

/// Makes a payment for a card at a reader. Its secret goes to the browser and is kept nowhere.
///
/// # Errors
/// 429 above the hourly limit; 422 when the key came with another request; 503 when the gateway does not answer.
pub async fn begin_in_person(
    app: &App,
    account: &Arc<Account>,
    owner: &Owner,
    paid: Paid<'_>,
) -> Result<PaymentIntent, ApiError> {
    let _turn = app.turns.enter(owner.id).await?;
    check_limit(app, owner)?;
    let customer = ensure_customer(app, account, owner).await?;
    let named = match paid.key {
        Some(key) => key.to_hex(),
        None => draw()?.reveal().to_owned(),
    };
    let key = format!("sale:{}:{named}", owner.id.0);
    let gateway = app.gateway.of(account);
    let mut begun = gateway
        .begin_payment(&customer, paid.amount, paid.sale, &key)
        .await;
    if matches!(begun, Err(GatewayError::CustomerMissing)) {
        let customer = replace_customer(app, account, owner, &customer).await?;
        begun = gateway
            .begin_payment(&customer, paid.amount, paid.sale, &key)
            .await;
    }
    let intent = begun?;
    record(app, owner, &intent, true).await?;
    Ok(intent)
}

/// Takes the money of a payment of the account. Again with the same amount: the same answer, and nothing more.
///
/// # Errors
/// [`ApiError::NotFound`] when it is not this account's; [`ApiError::Amount`] when it is more than was authorized;
/// [`ApiError::Conflict`] when it is not authorized, or another amount was taken.
pub async fn capture(
    app: &App,
    account: &Arc<Account>,
    id: &str,
    amount: MinorUnits,
) -> Result<PaymentIntent, ApiError> {
    let payment = find(app, account, id).await?;
    let _turn = app.turns.enter(payment.owner_id).await?;
    let gateway = app.gateway.of(account);
    let intent = read(app, account, id).await?;
    match intent.status {
        IntentStatus::RequiresCapture if amount.get() > intent.amount_capturable => Err(
            ApiError::Amount("That is more than was authorized at the reader.".to_owned()),
        ),
        // What was added at the reader is the person's word: it is taken with the rest, or the payment is cancelled.
        IntentStatus::RequiresCapture
            if intent.tip() > 0 && amount.get() < intent.amount_capturable =>
        {
            let currency = &account.currency;
            Err(ApiError::Amount(format!(
                "A tip was given at the reader. Please capture all of it, {} {}, or cancel the payment.",
                currency.format(intent.amount_capturable),
                currency.as_str().to_ascii_uppercase()
            )))
        }
        IntentStatus::RequiresCapture => match gateway.capture(id, amount).await {
            // Another node was quicker, or an answer was lost.
            Err(GatewayError::Moved) => taken(read(app, account, id).await?, amount),
            other => Ok(other?),
        },
        _ => taken(intent, amount),
    }
}

/// A payment whose money was taken before, in this very amount.
fn taken(intent: PaymentIntent, amount: MinorUnits) -> Result<PaymentIntent, ApiError> {
    match intent.status {
        IntentStatus::Succeeded if intent.amount_received == amount.get() => Ok(intent),
        IntentStatus::Succeeded => Err(ApiError::Conflict(
            "This payment was captured already, with another amount.",
        )),
        IntentStatus::Canceled => Err(ApiError::Conflict(
            "This payment was canceled. Please start a new one.",
        )),
        _ => Err(ApiError::Conflict(
            "This payment isn’t authorized yet. Please finish at the reader first.",
        )),
    }
}

/// Gives up a payment in person that was not captured; what the bank held is let go. Again: the same answer.
///
/// # Errors
/// [`ApiError::NotFound`] when it is not this account's; [`ApiError::Conflict`] when it was captured.
pub async fn cancel_payment(
    app: &App,
    account: &Arc<Account>,
    id: &str,
) -> Result<PaymentIntent, ApiError> {
    let payment = find(app, account, id).await?;
    let _turn = app.turns.enter(payment.owner_id).await?;
    let intent = match app.gateway.of(account).cancel_payment(id).await {
        Err(GatewayError::Moved) => read(app, account, id).await?,
        other => other?,
    };
    match intent.status {
        IntentStatus::Canceled => Ok(intent),
        _ => Err(ApiError::Conflict(
            "This payment was captured already and can’t be canceled.",
        )),
    }
}

/// The card for later that came of the owner's payment, read from the gateway.
pub(super) async fn generated_card(
    app: &App,
    account: &Arc<Account>,
    owner: &Owner,
    id: &str,
) -> Result<GatewayCardId, ApiError> {
    let payment = find(app, account, id).await?;
    if payment.owner_id != owner.id {
        tracing::info!("the card of another owner's payment was asked for");
        return Err(NOT_HERE);
    }
    if !payment.in_person {
        return Err(ApiError::NoReusableCard);
    }
    let intent = read(app, account, id).await?;
    if intent.status != IntentStatus::Succeeded {
        return Err(ApiError::NotCaptured);
    }
    let card = intent.generated_card().and_then(GatewayCardId::parse);
    card.ok_or(ApiError::NoReusableCard)
}

async fn find(app: &App, account: &Account, id: &str) -> Result<Payment, ApiError> {
    let found = payments::find(app.store.pool(), account.id, id).await?;
    found.ok_or(NOT_HERE)
}

/// Reads a payment, whosever it is.
pub(super) async fn read(
    app: &App,
    account: &Account,
    id: &str,
) -> Result<PaymentIntent, ApiError> {
    match app.gateway.of(account).payment(id).await {
        Err(GatewayError::Missing) => Err(NOT_HERE),
        other => Ok(other?),
    }
}

/// Remembers whose a payment is.
pub(super) async fn record(
    app: &App,
    owner: &Owner,
    intent: &PaymentIntent,
    in_person: bool,
) -> Result<(), ApiError> {
    let payment = Payment {
        id: intent.id.clone(),
        owner_id: owner.id,
        in_person,
    };
    Ok(payments::insert(app.store.pool(), &payment).await?)
}

/// As many payments as cards: trying stolen ones is what it would be used for.
pub(super) fn check_limit(app: &App, owner: &Owner) -> Result<(), ApiError> {
    let limit = app.config.limits.intents_per_hour;
    let what = format!("payment {}", owner.id.0);
    Ok(app.limiter.take(&what, limit, HOUR)?)
}
