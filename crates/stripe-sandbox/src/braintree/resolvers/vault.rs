//! `vaultPaymentMethod`, `vaultCreditCard`, `deletePaymentMethodFromVault`. The vault must never keep a security code.

use super::verify::{SourceCard, VerificationOptions, verify_card};
use super::{ResolverContext, ResolverResult, flag, not_found, object, text};
use crate::braintree::card_on_file::{CardOnFile, CvvResponse};
use crate::braintree::global_id::LegacyIdType;
use crate::braintree::graphql::project::reference;
use crate::braintree::graphql::{ErrorClass, GraphError};
use crate::braintree::merchant::timestamp;
use crate::braintree::object::{Customer, VaultedPaymentMethod};
use crate::braintree::processing::ProcessingResult;
use serde_json::{Map, Value, json};

const METHOD: &[&str] = &["input", "paymentMethodId"];

/// A card that is about to be stored in the vault.
pub struct NewPaymentMethod {
    pub card: CardOnFile,
    /// Legacy id of the customer; a new customer is created when there is none.
    pub customer: Option<String>,
    /// Makes the card the customer's default. A customer's first card becomes the default in any case.
    pub make_default: bool,
    /// Legacy ids of the verifications it passed.
    pub verifications: Vec<String>,
}

pub fn vault(context: &mut ResolverContext<'_>, input: &Map<String, Value>) -> ResolverResult {
    let id = text(input, "paymentMethodId").unwrap_or_default();
    let source = SourceCard::single_use(context, id)?;
    let mut card = source.card.clone();
    let billing = object(input, "billingAddress");
    if !billing.is_empty() {
        card.billing = billing;
    }
    card.check_date(METHOD)?;
    let customer = match text(input, "customerId") {
        None => None,
        Some(id) => match context.merchant.customer(id) {
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
    if flag(input, "failOnDuplicatePaymentMethod") && context.merchant.has_card(&card, None) {
        return Err(GraphError::invalid(
            "81724",
            "Duplicate card exists in the vault.",
            METHOD,
        ));
    }
    let of_customer = customer
        .as_deref()
        .is_some_and(|id| context.merchant.has_card(&card, Some(id)));
    if flag(input, "failOnDuplicatePaymentMethodForCustomer") && of_customer {
        let message = "Duplicate card exists in the vault for the customer.";
        return Err(GraphError::invalid("81763", message, METHOD));
    }
    let options = object(input, "verification");
    let mut verifications = Vec::new();
    if !flag(&options, "skip") {
        let account =
            text(&options, "merchantAccountId").or(text(input, "verificationMerchantAccountId"));
        let wanted = VerificationOptions {
            method: None,
            merchant_account: account,
            amount: text(&options, "amount"),
        };
        let (result, id) = verify_card(context, &card, wanted);
        if result != ProcessingResult::Approved {
            return Ok(failed_verification(context, &id));
        }
        verifications.push(id);
    }
    source.consume(context);
    let verification = verifications.first().cloned();
    let new = NewPaymentMethod {
        card,
        customer,
        make_default: flag(input, "makeDefault"),
        verifications,
    };
    let id = add_to_vault(context, new);
    Ok(json!({
        "paymentMethod": reference(&LegacyIdType::PaymentMethod.global(&id)),
        "verification": verification.map(|id| reference(&LegacyIdType::Verification.global(&id))),
    }))
}

/// The payload for a card that failed verification: no payment method, the verification, and an error beside them.
pub fn failed_verification(context: &mut ResolverContext<'_>, verification: &str) -> Value {
    let error = GraphError::of(
        ErrorClass::Validation,
        "Payment method failed verification.",
    )
    .at_input(METHOD);
    context.partial.push(error);
    json!({ "paymentMethod": null, "verification": reference(&LegacyIdType::Verification.global(verification)) })
}

/// Stores a card in the vault and returns its legacy id.
pub fn add_to_vault(context: &mut ResolverContext<'_>, new: NewPaymentMethod) -> String {
    let merchant = &mut *context.merchant;
    let customer = match new.customer {
        Some(customer) => customer,
        None => {
            let id = merchant.new_id();
            let created = Customer {
                id: id.clone(),
                created: timestamp(),
                details: Map::new(),
                default: None,
                deleted: false,
            };
            merchant.customers.put(&id, created);
            id
        }
    };
    let id = merchant.new_id();
    for verification in &new.verifications {
        if let Some(verification) = merchant.verifications.get_mut(verification) {
            verification.method = Some(id.clone());
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
    // The security code is not stored, so later transactions report it as not provided.
    let card = CardOnFile {
        cvv: CvvResponse::NotProvided,
        ..new.card
    };
    let method = VaultedPaymentMethod {
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

pub fn delete(context: &mut ResolverContext<'_>, input: &Map<String, Value>) -> ResolverResult {
    let id = text(input, "paymentMethodId").unwrap_or_default();
    let method = context.merchant.vaulted(id).map(|method| method.id.clone());
    match method.and_then(|id| context.merchant.vault.get_mut(&id)) {
        Some(method) => {
            method.deleted = true;
            Ok(json!({}))
        }
        None => Err(not_found(METHOD)),
    }
}
