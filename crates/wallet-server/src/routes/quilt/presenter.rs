//! Renders payments and cards in Quilt's format.
//!
//! It must never render a value of the gateway or the database that Quilt's types do not allow.

use card_entry_protocol::card::{Last4, PaymentMethodId};
use card_entry_protocol::dialect::quilt::{
    CancelResponse, CaptureResponse, Card, CardQuery, IntentResponse, PaymentId, PaymentStatus,
};
use card_entry_protocol::expiry::{ExpMonth, ExpYear};
use card_entry_protocol::money::{Currency, Decimal, MinorUnits};

use crate::error::ApiError;
use crate::gateway::PaymentIntent;
use wallet_store::cards;

fn unexpected(what: &str) -> ApiError {
    ApiError::Internal(format!("a {what} has an unexpected format"))
}

/// The error of a request without `external_account_id`.
pub(super) fn no_account() -> ApiError {
    let sentence = "The request has no external_account_id. Please add it and send it again.";
    ApiError::Unprocessable(sentence.to_owned())
}

fn id(intent: &PaymentIntent) -> Result<PaymentId, ApiError> {
    PaymentId::parse(&intent.id).ok_or_else(|| unexpected("payment"))
}

fn status(intent: &PaymentIntent) -> Result<PaymentStatus, ApiError> {
    PaymentStatus::parse(intent.status.as_str()).ok_or_else(|| unexpected("status"))
}

fn decimal(amount: u64, currency: &Currency) -> Option<Decimal> {
    MinorUnits::new(amount).map(|amount| Decimal::from_minor_units(amount, currency))
}

/// A created payment, or a charge of a stored card.
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

pub(super) fn canceled(intent: &PaymentIntent) -> Result<CancelResponse, ApiError> {
    Ok(CancelResponse {
        payment_id: id(intent)?,
        status: status(intent)?,
    })
}

pub(super) fn card(card: cards::Card, wallet_query: &CardQuery) -> Result<Card, ApiError> {
    Ok(Card {
        payment_method_id: PaymentMethodId::parse(&card.payment_method)
            .ok_or_else(|| unexpected("card"))?,
        external_customer_id: wallet_query.external_customer_id.clone(),
        brand: card.shown_brand(),
        last4: Last4::parse(&card.last4).ok_or_else(|| unexpected("last4"))?,
        exp_month: ExpMonth::try_from(card.exp_month).map_err(|_| unexpected("month"))?,
        exp_year: ExpYear::try_from(card.exp_year).map_err(|_| unexpected("year"))?,
    })
}
