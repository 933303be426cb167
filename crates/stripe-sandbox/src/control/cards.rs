//! `/sandbox/cards`: every accepted card number and nonce, with a description. For tests and for the dashboard.

use crate::braintree::card::{CARDS as BRAINTREE, Rule};
use crate::braintree::nonce::{NONCES, TestNonce};
use crate::card;
use axum::Json;
use serde_json::{Value, json};

/// Lists Stripe's test cards, and Braintree's test numbers and nonces.
pub async fn list() -> Json<Value> {
    let cards: Vec<Value> = card::cards()
        .map(|card| {
            json!({
                "number": card.number, "brand": card.brand, "funding": card.funding,
                "country": card.country, "names": card.names, "kind": card.category().as_str(),
                "setup": card.setup_description(), "charge": card.charge_description(),
            })
        })
        .collect();
    let numbers: Vec<Value> = BRAINTREE
        .iter()
        .map(|card| {
            let facts = card.indicator.or(card.country);
            json!({ "text": card.number, "brand": card.brand.name(), "facts": facts, "does": verification_result(card.rule) })
        })
        .collect();
    let nonces: Vec<Value> = NONCES
        .iter()
        .map(|(nonce, test_nonce)| json!({ "text": nonce, "does": vault_result(*test_nonce) }))
        .collect();
    Json(json!({ "cards": cards, "braintree": { "numbers": numbers, "nonces": nonces } }))
}

/// The result of verifying a card with this rule.
fn verification_result(rule: Rule) -> String {
    match rule {
        Rule::Passes => "verified".to_owned(),
        Rule::Declined => "declined by the processor (2000)".to_owned(),
        Rule::Fails => "processor out of reach (3000)".to_owned(),
        Rule::Rejected(why) => format!("rejected by the gateway ({})", why.as_str()),
    }
}

fn vault_result(test_nonce: TestNonce) -> String {
    match test_nonce {
        TestNonce::Card(number) => BRAINTREE
            .iter()
            .find(|card| card.number == number)
            .map_or_else(String::new, |card| verification_result(card.rule)),
        TestNonce::LuhnInvalid => "refused: the number is invalid".to_owned(),
        TestNonce::Consumed => "refused: used before".to_owned(),
    }
}
