//! A body that means something: what to charge, how, and whose it is.
//!
//! Made by the server of an [`IntentBody`] or a [`CaptureBody`] and the account's currency.

use super::{
    CaptureBody, CaptureMethod, ExternalAccountId, ExternalCustomerId, ExternalTransactionId,
    IntentBody, MethodType, QuiltError, QuiltErrorCode,
};
use crate::card::PaymentMethodId;
use crate::money::{AmountError, Currency, MinorUnits};

/// How an intent is charged; no other pair of method and capture keeps or uses a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChargeMethod {
    /// A card at a reader, captured when asked.
    CardPresent,
    /// A card that was kept, at once.
    StoredCard(PaymentMethodId),
}

/// A payment to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentRequest {
    /// The merchant's account.
    pub account: ExternalAccountId,
    /// The person.
    pub customer: ExternalCustomerId,
    /// The site's name for the sale.
    pub transaction: Option<ExternalTransactionId>,
    /// In minor units of the account's currency.
    pub amount: MinorUnits,
    /// With what, and when.
    pub charge: ChargeMethod,
}

fn missing(field: &str) -> QuiltError {
    QuiltError::new(
        QuiltErrorCode::InvalidRequest,
        format!("The request has no {field}. Please add it and send it again."),
    )
}

/// An amount in minor units, or what is wrong with it.
fn checked(
    amount: Result<MinorUnits, AmountError>,
    currency: &Currency,
) -> Result<MinorUnits, QuiltError> {
    amount.map_err(|error| QuiltError::new(QuiltErrorCode::InvalidAmount, error.sentence(currency)))
}

impl IntentBody {
    /// Makes sense of it, for an account of this currency.
    ///
    /// # Errors
    /// What is missing, or does not go together.
    pub fn check(self, currency: &Currency) -> Result<PaymentRequest, QuiltError> {
        let account = self
            .external_account_id
            .ok_or_else(|| missing("external_account_id"))?;
        let amount = self.amount.ok_or_else(|| missing("amount"))?;
        let method = self
            .payment_method_types
            .ok_or_else(|| missing("payment_method_types"))?;
        let capture = self
            .capture_method
            .ok_or_else(|| missing("capture_method"))?;
        // Without a customer the card could not be kept, and of a kept one nobody would know whose it is.
        let customer = self
            .external_customer_id
            .ok_or_else(|| missing("external_customer_id"))?;
        let charge = match (method, capture, self.payment_method_id) {
            (MethodType::CardPresent, CaptureMethod::Manual, None) => ChargeMethod::CardPresent,
            (MethodType::Card, CaptureMethod::Automatic, Some(card)) => {
                ChargeMethod::StoredCard(card)
            }
            (MethodType::Card, CaptureMethod::Automatic, None) => {
                return Err(missing("payment_method_id"));
            }
            _ => {
                return Err(QuiltError::new(
                    QuiltErrorCode::InvalidRequest,
                    "A card at a reader needs payment_method_types card_present with capture_method manual, a \
                     stored card needs card with automatic and its payment_method_id.",
                ));
            }
        };
        Ok(PaymentRequest {
            amount: checked(amount.charge(currency), currency)?,
            account,
            customer,
            transaction: self.external_transaction_id,
            charge,
        })
    }
}

impl CaptureBody {
    /// How much to take, for an account of this currency.
    ///
    /// # Errors
    /// The amount is none of this currency.
    pub fn minor_units(&self, currency: &Currency) -> Result<MinorUnits, QuiltError> {
        checked(self.amount.minor_units(currency), currency)
    }
}
