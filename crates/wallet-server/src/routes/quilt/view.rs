//! Payments and cards as this API shows them. What the gateway or the database gives must fit the dialect's types.

use card_entry_protocol::card::{Last4, PaymentMethodId};
use card_entry_protocol::dialect::quilt::{
    CancelResponse, CaptureResponse, Card, CardQuery, IntentResponse, PaymentId, PaymentStatus,
};
use card_entry_protocol::expiry::{ExpMonth, ExpYear};
use card_entry_protocol::money::{Currency, Decimal, MinorUnits};

use crate::error::ApiError;
use crate::gateway::PaymentIntent;
use crate::store::cards;

fn odd(what: &str) -> ApiError {
    ApiError::Broken(format!("a {what} of another form"))
}

/// A request that does not say whose account it is for.
pub(super) fn no_account() -> ApiError {
    let words = "The request has no external_account_id. Please add it and send it again.";
    ApiError::Refused(words.to_owned())
}

fn id(intent: &PaymentIntent) -> Result<PaymentId, ApiError> {
    PaymentId::parse(&intent.id).ok_or_else(|| odd("payment"))
}

fn status(intent: &PaymentIntent) -> Result<PaymentStatus, ApiError> {
    PaymentStatus::parse(intent.status.as_str()).ok_or_else(|| odd("status"))
}

fn decimal(amount: u64, currency: &Currency) -> Option<Decimal> {
    MinorUnits::new(amount).map(|amount| Decimal::from_minor_units(amount, currency))
}

/// A payment that was begun, or a stored card that was charged.
pub(super) fn intent(
    intent: &PaymentIntent,
    currency: &Currency,
) -> Result<IntentResponse, ApiError> {
    Ok(IntentResponse {
        payment_id: id(intent)?,
        client_secret: intent.client_secret.clone(),
        status: status(intent)?,
        amount: decimal(intent.amount, currency),
        currency: currency.clone(),
    })
}

/// A payment that was captured.
pub(super) fn capture(
    intent: &PaymentIntent,
    currency: &Currency,
) -> Result<CaptureResponse, ApiError> {
    Ok(CaptureResponse {
        payment_id: id(intent)?,
        status: status(intent)?,
        amount: decimal(intent.amount_received, currency),
        currency: currency.clone(),
    })
}

/// A payment that was given up.
pub(super) fn canceled(intent: &PaymentIntent) -> Result<CancelResponse, ApiError> {
    Ok(CancelResponse {
        payment_id: id(intent)?,
        status: status(intent)?,
    })
}

/// A card of this person.
pub(super) fn card(card: cards::Card, whose: &CardQuery) -> Result<Card, ApiError> {
    Ok(Card {
        payment_method_id: PaymentMethodId::parse(&card.payment_method)
            .ok_or_else(|| odd("card"))?,
        external_customer_id: whose.external_customer_id.clone(),
        brand: card.shown_brand(),
        last4: Last4::parse(&card.last4).ok_or_else(|| odd("last4"))?,
        exp_month: ExpMonth::try_from(card.exp_month).map_err(|_| odd("month"))?,
        exp_year: ExpYear::try_from(card.exp_year).map_err(|_| odd("year"))?,
    })
}
