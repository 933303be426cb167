//! `tokenizeCreditCard`: digits in, a nonce out. The only call that ever takes a number.

use super::vault::{NewMethod, put_in_vault};
use super::verify::ask_bank;
use super::{Desk, Outcome, part, text};
use crate::braintree::authorization::{Grant, Rights};
use crate::braintree::card::{Rejection, TestCard, passes_luhn};
use crate::braintree::card_on_file::{Card, CvvResponse, whole_year};
use crate::braintree::graphql::project::{Store as _, reference};
use crate::braintree::graphql::{ErrorClass, GraphError};
use crate::braintree::merchant::timestamp;
use crate::braintree::object::SingleUse;
use crate::braintree::outcome::Answer;
use serde_json::{Map, Value, json};

const NUMBER: &[&str] = &["input", "creditCard", "number"];
const CVV: &[&str] = &["input", "creditCard", "cvv"];
const DATE: &[&str] = &["input", "creditCard", "expirationDate"];

pub fn tokenize(desk: &mut Desk<'_>, input: &Map<String, Value>) -> Outcome {
    let asked = part(input, "options")
        .get("validate")
        .and_then(Value::as_bool);
    let by_key = desk.caller.rights == Rights::TokenizationKey;
    if by_key && asked == Some(true) {
        return Err(GraphError::of(
            ErrorClass::Authorization,
            "Validation is not supported for requests authorized with a tokenization key.",
        ));
    }
    let sent = part(input, "creditCard");
    let card = read(&sent, asked.unwrap_or(!by_key))?;
    let vaulted = match &desk.caller.rights {
        Rights::ClientToken(grant) if asked != Some(false) && grant.customer.is_some() => {
            Some(store(desk, grant.clone(), &card)?)
        }
        _ => None,
    };
    let nonce = desk.merchant.nonce();
    let single = SingleUse {
        id: nonce.clone(),
        created: timestamp(),
        card,
        used: false,
        vaulted,
    };
    desk.merchant.nonces.put(&nonce, single);
    let method = reference(&nonce);
    let details = desk
        .merchant
        .object(&nonce)
        .and_then(|shown| shown.get("details").cloned());
    Ok(json!({
        "token": nonce, "creditCard": details, "paymentMethod": method, "singleUseToken": method,
        "authenticationInsight": {
            "merchantAccountId": desk.merchant.id, "customerAuthenticationRegulationEnvironment": "UNREGULATED",
        },
    }))
}

/// A number that is not on the list is refused even where Braintree would not look: no real card is ever kept.
fn read(sent: &Map<String, Value>, validate: bool) -> Result<Card, GraphError> {
    let digits: String = text(sent, "number")
        .unwrap_or_default()
        .chars()
        .filter(|c| !matches!(c, ' ' | '-'))
        .collect();
    let refuse = |code, words| Err(GraphError::invalid(code, words, NUMBER));
    let test = match TestCard::find(&digits) {
        Some(test) => test,
        None if digits.is_empty() => return refuse("81714", "Credit card number is required"),
        None if !(12..=19).contains(&digits.len()) => {
            return refuse("81716", "Credit card number must be 12-19 digits");
        }
        None if !passes_luhn(&digits) => return refuse("81715", "Credit card number is invalid"),
        None => return refuse("81717", "Credit card number is not an accepted test number"),
    };
    let owned = |name| {
        text(sent, name)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let cvv = owned("cvv");
    let card = Card {
        test,
        month: owned("expirationMonth").map(|month| format!("{month:0>2}")),
        year: owned("expirationYear").map(|year| whole_year(&year)),
        holder: owned("cardholderName"),
        billing: part(sent, "billingAddress"),
        cvv: CvvResponse::to(cvv.as_deref()),
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
            let words =
                "CVV must be 4 digits for American Express and 3 digits for other card types";
            return Err(GraphError::invalid("81707", words, CVV));
        }
    }
    Ok(card)
}

/// A browser that acts for a customer stores the card at once, as its client token says.
fn store(desk: &mut Desk<'_>, grant: Grant, card: &Card) -> Result<String, GraphError> {
    if grant.fail_on_duplicate && desk.merchant.has_card(card, None) {
        let words = "Duplicate card exists in the vault.";
        return Err(GraphError::invalid("81724", words, NUMBER));
    }
    let mut verifications = Vec::new();
    if grant.verify_card {
        let (answer, id) = ask_bank(desk, card, None, None, None);
        match answer {
            Answer::Approved => verifications.push(id),
            Answer::Rejected(Rejection::Cvv) => {
                return Err(GraphError::invalid("81736", "CVV verification failed", CVV));
            }
            _ => {
                let words = "Payment method failed verification.";
                return Err(GraphError::of(ErrorClass::Validation, words).at_input(NUMBER));
            }
        }
    }
    let new = NewMethod {
        card: card.clone(),
        customer: grant.customer,
        make_default: grant.make_default,
        verifications,
    };
    Ok(put_in_vault(desk, new))
}
