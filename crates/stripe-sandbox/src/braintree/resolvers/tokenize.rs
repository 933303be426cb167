//! `tokenizeCreditCard`: exchanges a card number for a nonce. No other resolver takes a card number.
//!
//! It must never keep a number that is not one of Braintree's published test cards.

use super::vault::{NewPaymentMethod, add_to_vault};
use super::verify::{VerificationOptions, verify_card};
use super::{ResolverContext, ResolverResult, object, text};
use crate::braintree::authorization::{ClientTokenGrant, Rights};
use crate::braintree::card::{GatewayRejectionReason, TestCard, passes_luhn};
use crate::braintree::card_on_file::{CardOnFile, CvvResponse, four_digit_year};
use crate::braintree::graphql::project::{ObjectStore as _, reference};
use crate::braintree::graphql::{ErrorClass, GraphError};
use crate::braintree::merchant::timestamp;
use crate::braintree::object::SingleUsePaymentMethod;
use crate::braintree::processing::ProcessingResult;
use serde_json::{Map, Value, json};

const NUMBER: &[&str] = &["input", "creditCard", "number"];
const CVV: &[&str] = &["input", "creditCard", "cvv"];
const DATE: &[&str] = &["input", "creditCard", "expirationDate"];

pub fn tokenize(context: &mut ResolverContext<'_>, input: &Map<String, Value>) -> ResolverResult {
    let validate = object(input, "options")
        .get("validate")
        .and_then(Value::as_bool);
    let by_key = context.caller.rights == Rights::TokenizationKey;
    if by_key && validate == Some(true) {
        return Err(GraphError::of(
            ErrorClass::Authorization,
            "Validation is not supported for requests authorized with a tokenization key.",
        ));
    }
    let sent = object(input, "creditCard");
    let card = read(&sent, validate.unwrap_or(!by_key))?;
    let vaulted = match &context.caller.rights {
        Rights::ClientToken(grant) if validate != Some(false) && grant.customer.is_some() => {
            Some(store(context, grant.clone(), &card)?)
        }
        _ => None,
    };
    let nonce = context.merchant.new_nonce();
    let method = SingleUsePaymentMethod {
        id: nonce.clone(),
        created: timestamp(),
        card,
        used: false,
        vaulted,
    };
    context.merchant.nonces.put(&nonce, method);
    let method = reference(&nonce);
    let details = context
        .merchant
        .object(&nonce)
        .and_then(|method| method.get("details").cloned());
    Ok(json!({
        "token": nonce, "creditCard": details, "paymentMethod": method, "singleUseToken": method,
        "authenticationInsight": {
            "merchantAccountId": context.merchant.id, "customerAuthenticationRegulationEnvironment": "UNREGULATED",
        },
    }))
}

/// Refuses an unlisted number even where Braintree would skip validation, so that no real card is ever kept.
fn read(sent: &Map<String, Value>, validate: bool) -> Result<CardOnFile, GraphError> {
    let digits: String = text(sent, "number")
        .unwrap_or_default()
        .chars()
        .filter(|c| !matches!(c, ' ' | '-'))
        .collect();
    let refuse = |code, message| Err(GraphError::invalid(code, message, NUMBER));
    let test = match TestCard::find(&digits) {
        Some(test) => test,
        None if digits.is_empty() => return refuse("81714", "Credit card number is required"),
        None if !(12..=19).contains(&digits.len()) => {
            return refuse("81716", "Credit card number must be 12-19 digits");
        }
        None if !passes_luhn(&digits) => return refuse("81715", "Credit card number is invalid"),
        None => return refuse("81717", "Credit card number is not an accepted test number"),
    };
    let non_empty = |name| {
        text(sent, name)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let cvv = non_empty("cvv");
    let card = CardOnFile {
        test,
        month: non_empty("expirationMonth").map(|month| format!("{month:0>2}")),
        year: non_empty("expirationYear").map(|year| four_digit_year(&year)),
        cardholder_name: non_empty("cardholderName"),
        billing: object(sent, "billingAddress"),
        cvv: CvvResponse::for_code(cvv.as_deref()),
    };
    if validate {
        if card.month.is_none() || card.year.is_none() {
            return Err(GraphError::invalid(
                "81709",
                "Expiration date is required",
                DATE,
            ));
        }
        card.check_date(DATE)?;
        let fits = |cvv: &String| {
            cvv.len() == test.brand.cvv_length() && cvv.bytes().all(|byte| byte.is_ascii_digit())
        };
        if cvv.as_ref().is_some_and(|cvv| !fits(cvv)) {
            let message =
                "CVV must be 4 digits for American Express and 3 digits for other card types";
            return Err(GraphError::invalid("81707", message, CVV));
        }
    }
    Ok(card)
}

/// Stores the card for the client token's customer, with the options of the token; returns its legacy id.
fn store(
    context: &mut ResolverContext<'_>,
    grant: ClientTokenGrant,
    card: &CardOnFile,
) -> Result<String, GraphError> {
    if grant.fail_on_duplicate && context.merchant.has_card(card, None) {
        let message = "Duplicate card exists in the vault.";
        return Err(GraphError::invalid("81724", message, NUMBER));
    }
    let mut verifications = Vec::new();
    if grant.verify_card {
        let (result, id) = verify_card(context, card, VerificationOptions::default());
        match result {
            ProcessingResult::Approved => verifications.push(id),
            ProcessingResult::Rejected(GatewayRejectionReason::Cvv) => {
                return Err(GraphError::invalid("81736", "CVV verification failed", CVV));
            }
            _ => {
                let message = "Payment method failed verification.";
                return Err(GraphError::of(ErrorClass::Validation, message).at_input(NUMBER));
            }
        }
    }
    let new = NewPaymentMethod {
        card: card.clone(),
        customer: grant.customer,
        make_default: grant.make_default,
        verifications,
    };
    Ok(add_to_vault(context, new))
}
