//! Updates of a card in the vault. Each verifies the changed card before it stores the change, unless the input skips that.

use super::vault::failed_verification;
use super::verify::{VerificationOptions, verify_card};
use super::{ResolverContext, ResolverResult, flag, not_found, object, text};
use crate::braintree::card_on_file::{CardOnFile, four_digit_year};
use crate::braintree::global_id::LegacyIdType;
use crate::braintree::graphql::GraphError;
use crate::braintree::graphql::project::reference;
use crate::braintree::processing::ProcessingResult;
use serde_json::{Map, Value, json};

/// `updateCreditCardBillingAddress`; removes the address when none is sent.
pub fn billing_address(
    context: &mut ResolverContext<'_>,
    input: &Map<String, Value>,
) -> ResolverResult {
    update(context, input, |card| {
        card.billing = object(input, "billingAddress");
        Ok(())
    })
}

pub fn cardholder_name(
    context: &mut ResolverContext<'_>,
    input: &Map<String, Value>,
) -> ResolverResult {
    update(context, input, |card| {
        card.cardholder_name = text(input, "cardholderName").map(str::to_owned);
        Ok(())
    })
}

/// `updateCreditCardExpirationDate`; a month or year that is not sent keeps its value.
pub fn expiration_date(
    context: &mut ResolverContext<'_>,
    input: &Map<String, Value>,
) -> ResolverResult {
    update(context, input, |card| {
        if let Some(month) = text(input, "expirationMonth") {
            card.month = Some(format!("{month:0>2}"));
        }
        if let Some(year) = text(input, "expirationYear") {
            card.year = Some(four_digit_year(year));
        }
        card.check_date(&["input", "expirationYear"])
    })
}

fn update(
    context: &mut ResolverContext<'_>,
    input: &Map<String, Value>,
    edit: impl FnOnce(&mut CardOnFile) -> Result<(), GraphError>,
) -> ResolverResult {
    let id = text(input, "paymentMethodId").unwrap_or_default();
    let Some(method) = context.merchant.vaulted(id) else {
        return Err(not_found(&["input", "paymentMethodId"]));
    };
    let (legacy, mut card) = (method.id.clone(), method.card.clone());
    edit(&mut card)?;
    let options = object(input, "verification");
    let mut verification = Value::Null;
    if !flag(&options, "skip") {
        let wanted = VerificationOptions {
            method: Some(legacy.clone()),
            merchant_account: text(&options, "merchantAccountId"),
            amount: text(&options, "amount"),
        };
        let (result, id) = verify_card(context, &card, wanted);
        if result != ProcessingResult::Approved {
            return Ok(failed_verification(context, &id));
        }
        verification = reference(&LegacyIdType::Verification.global(&id));
    }
    let address = card.address();
    if let Some(method) = context.merchant.vault.get_mut(&legacy) {
        method.card = card;
    }
    Ok(
        json!({ "paymentMethod": reference(id), "billingAddress": address, "verification": verification }),
    )
}
