//! Changes of a card in the vault. Each is verified with the change before it is made, unless told not to.

use super::vault::refused;
use super::verify::ask_bank;
use super::{Desk, Outcome, flag, missing, part, text};
use crate::braintree::card_on_file::{Card, whole_year};
use crate::braintree::graphql::GraphError;
use crate::braintree::graphql::project::reference;
use crate::braintree::object::Kind;
use crate::braintree::outcome::Answer;
use serde_json::{Map, Value, json};

/// `updateCreditCardBillingAddress`; without one, the address is taken away.
pub fn billing_address(desk: &mut Desk<'_>, input: &Map<String, Value>) -> Outcome {
    change(desk, input, |card| {
        card.billing = part(input, "billingAddress");
        Ok(())
    })
}

pub fn holder(desk: &mut Desk<'_>, input: &Map<String, Value>) -> Outcome {
    change(desk, input, |card| {
        card.holder = text(input, "cardholderName").map(str::to_owned);
        Ok(())
    })
}

/// `updateCreditCardExpirationDate`; what is not sent stays.
pub fn date(desk: &mut Desk<'_>, input: &Map<String, Value>) -> Outcome {
    change(desk, input, |card| {
        if let Some(month) = text(input, "expirationMonth") {
            card.month = Some(format!("{month:0>2}"));
        }
        if let Some(year) = text(input, "expirationYear") {
            card.year = Some(whole_year(year));
        }
        card.check_date(&["input", "expirationYear"])
    })
}

fn change(
    desk: &mut Desk<'_>,
    input: &Map<String, Value>,
    edit: impl FnOnce(&mut Card) -> Result<(), GraphError>,
) -> Outcome {
    let id = text(input, "paymentMethodId").unwrap_or_default();
    let Some(method) = desk.merchant.vaulted(id) else {
        return Err(missing(&["input", "paymentMethodId"]));
    };
    let (legacy, mut card) = (method.id.clone(), method.card.clone());
    edit(&mut card)?;
    let options = part(input, "verification");
    let mut verification = Value::Null;
    if !flag(&options, "skip") {
        let account = text(&options, "merchantAccountId");
        let (answer, id) = ask_bank(
            desk,
            &card,
            Some(legacy.clone()),
            account,
            text(&options, "amount"),
        );
        if answer != Answer::Approved {
            return Ok(refused(desk, &id));
        }
        verification = reference(&Kind::Verification.global(&id));
    }
    let address = card.address();
    if let Some(method) = desk.merchant.vault.get_mut(&legacy) {
        method.card = card;
    }
    Ok(
        json!({ "paymentMethod": reference(id), "billingAddress": address, "verification": verification }),
    )
}
