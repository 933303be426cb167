//! The checked requests: the amount, the card, and the account and customer of a payment.
//!
//! The server creates them from an [`IntentBody`] or a [`CaptureBody`] and the account's currency. An error must never
//! repeat a value of the body.

use super::{
    CaptureBody, CaptureMethod, ExternalAccountId, ExternalCustomerId, ExternalTransactionId,
    IntentBody, MethodType, QuiltError, QuiltErrorCode,
};
use crate::card::PaymentMethodId;
use crate::money::{AmountError, Currency, MinorUnits};

/// The card of a payment and when it is captured. The server accepts no other combination of method and capture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChargeMethod {
    /// A card at a reader, captured by a later call.
    CardPresent,
    /// A saved card, captured at once.
    StoredCard(PaymentMethodId),
}

/// A checked [`IntentBody`]: the payment to create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuiltPayment {
    /// The site's own id of the merchant's account.
    pub account: ExternalAccountId,
    /// The site's own id of the person.
    pub customer: ExternalCustomerId,
    /// The site's own id of the sale.
    pub transaction: Option<ExternalTransactionId>,
    /// The amount in minor units of the account's currency.
    pub amount: MinorUnits,
    /// The card, and when the payment is captured.
    pub charge: ChargeMethod,
}

fn missing(field: &str) -> QuiltError {
    QuiltError::new(
        QuiltErrorCode::InvalidRequest,
        format!("The request has no {field}. Please add it and send it again."),
    )
}

fn checked(
    amount: Result<MinorUnits, AmountError>,
    currency: &Currency,
) -> Result<MinorUnits, QuiltError> {
    amount.map_err(|error| QuiltError::new(QuiltErrorCode::InvalidAmount, error.sentence(currency)))
}

impl IntentBody {
    /// Checks every member, for an account of this currency.
    ///
    /// # Errors
    /// The first member that is missing or invalid, or a method with another capture method than its own.
    pub fn check(self, currency: &Currency) -> Result<QuiltPayment, QuiltError> {
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
        // A card cannot be saved without a customer, and a saved card needs its owner.
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
        Ok(QuiltPayment {
            amount: checked(amount.charge_amount(currency), currency)?,
            account,
            customer,
            transaction: self.external_transaction_id,
            charge,
        })
    }
}

impl CaptureBody {
    /// The amount to capture, for an account of this currency.
    ///
    /// # Errors
    /// [`QuiltErrorCode::InvalidAmount`] when the amount is not valid in this currency.
    pub fn minor_units(&self, currency: &Currency) -> Result<MinorUnits, QuiltError> {
        checked(self.amount.minor_units(currency), currency)
    }
}
