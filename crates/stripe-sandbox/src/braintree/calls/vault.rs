//! Into the vault and out of it: `vaultPaymentMethod`, `vaultCreditCard`, `deletePaymentMethodFromVault`.

use super::verify::{Source, ask_bank};
use super::{Desk, Outcome, flag, missing, part, text};
use crate::braintree::card_on_file::{Card, CvvResponse};
use crate::braintree::graphql::project::reference;
use crate::braintree::graphql::{ErrorClass, GraphError};
use crate::braintree::merchant::timestamp;
use crate::braintree::object::{Customer, Kind, Vaulted};
use crate::braintree::outcome::Answer;
use serde_json::{Map, Value, json};

const METHOD: &[&str] = &["input", "paymentMethodId"];

/// A card on its way into the vault.
pub struct NewMethod {
    pub card: Card,
    /// Old id of its customer; one is made when there is none.
    pub customer: Option<String>,
    /// Whether it becomes the customer's default, which a first card does anyway.
    pub make_default: bool,
    /// Old ids of the verifications it passed.
    pub verifications: Vec<String>,
}

pub fn vault(desk: &mut Desk<'_>, input: &Map<String, Value>) -> Outcome {
    let id = text(input, "paymentMethodId").unwrap_or_default();
    let source = Source::single_use(desk, id)?;
    let mut card = source.card.clone();
    let billing = part(input, "billingAddress");
    if !billing.is_empty() {
        card.billing = billing;
    }
    card.check_date(METHOD)?;
    let customer = match text(input, "customerId") {
        None => None,
        Some(id) => match desk.merchant.customer(id) {
            Some(customer) => Some(customer.id.clone()),
            None => {
                let path = &["input", "customerId"];
                return Err(GraphError::invalid(
                    "93105",
                    "Customer ID is invalid.",
                    path,
                ));
            }
        },
    };
    if flag(input, "failOnDuplicatePaymentMethod") && desk.merchant.has_card(&card, None) {
        return Err(GraphError::invalid(
            "81724",
            "Duplicate card exists in the vault.",
            METHOD,
        ));
    }
    let of_customer = customer
        .as_deref()
        .is_some_and(|id| desk.merchant.has_card(&card, Some(id)));
    if flag(input, "failOnDuplicatePaymentMethodForCustomer") && of_customer {
        let words = "Duplicate card exists in the vault for the customer.";
        return Err(GraphError::invalid("81763", words, METHOD));
    }
    let options = part(input, "verification");
    let mut verifications = Vec::new();
    if !flag(&options, "skip") {
        let account =
            text(&options, "merchantAccountId").or(text(input, "verificationMerchantAccountId"));
        let (answer, id) = ask_bank(desk, &card, None, account, text(&options, "amount"));
        if answer != Answer::Approved {
            return Ok(refused(desk, &id));
        }
        verifications.push(id);
    }
    source.consume(desk);
    let verification = verifications.first().cloned();
    let new = NewMethod {
        card,
        customer,
        make_default: flag(input, "makeDefault"),
        verifications,
    };
    let made = put_in_vault(desk, new);
    Ok(json!({
        "paymentMethod": reference(&Kind::PaymentMethod.global(&made)),
        "verification": verification.map(|id| reference(&Kind::Verification.global(&id))),
    }))
}

/// The answer about a card that did not pass: no method, the verification, and an error beside them.
pub fn refused(desk: &mut Desk<'_>, verification: &str) -> Value {
    let error = GraphError::of(
        ErrorClass::Validation,
        "Payment method failed verification.",
    )
    .at_input(METHOD);
    desk.partial.push(error);
    json!({ "paymentMethod": null, "verification": reference(&Kind::Verification.global(verification)) })
}

/// Stores a card; the old id it got.
pub fn put_in_vault(desk: &mut Desk<'_>, new: NewMethod) -> String {
    let merchant = &mut *desk.merchant;
    let customer = match new.customer {
        Some(customer) => customer,
        None => {
            let id = merchant.id();
            let made = Customer {
                id: id.clone(),
                created: timestamp(),
                texts: Map::new(),
                default: None,
                deleted: false,
            };
            merchant.customers.put(&id, made);
            id
        }
    };
    let id = merchant.id();
    for verification in &new.verifications {
        if let Some(known) = merchant.verifications.get_mut(verification) {
            known.method = Some(id.clone());
        }
    }
    let first = merchant.cards_of(&customer).is_empty();
    if let Some(owner) = merchant
        .customers
        .get_mut(&customer)
        .filter(|_| first || new.make_default)
    {
        owner.default = Some(id.clone());
    }
    // No security code is ever stored, so nothing is known of it later.
    let card = Card {
        cvv: CvvResponse::NotProvided,
        ..new.card
    };
    let method = Vaulted {
        id: id.clone(),
        customer,
        created: timestamp(),
        card,
        verifications: new.verifications,
        deleted: false,
    };
    merchant.vault.put(&id, method);
    id
}

pub fn delete(desk: &mut Desk<'_>, input: &Map<String, Value>) -> Outcome {
    let id = text(input, "paymentMethodId").unwrap_or_default();
    let method = desk.merchant.vaulted(id).map(|method| method.id.clone());
    match method.and_then(|id| desk.merchant.vault.get_mut(&id)) {
        Some(method) => {
            method.deleted = true;
            Ok(json!({}))
        }
        None => Err(missing(METHOD)),
    }
}
