//! `/sandbox/cards`: every number and nonce that is taken, with what it does. For tests and for the page for people.

use crate::braintree::card::{CARDS as BRAINTREE, Rule};
use crate::braintree::nonce::{NONCES, TestNonce};
use crate::card;
use axum::Json;
use serde_json::{Value, json};

/// Lists them all, Stripe's and Braintree's.
pub async fn list() -> Json<Value> {
    let cards: Vec<Value> = card::cards()
        .map(|card| {
            json!({
                "number": card.number, "brand": card.brand, "funding": card.funding,
                "country": card.country, "names": card.names, "kind": card.kind().as_str(),
                "setup": card.setup_description(), "charge": card.charge_description(),
            })
        })
        .collect();
    let numbers: Vec<Value> = BRAINTREE
        .iter()
        .map(|card| {
            let facts = card.indicator.or(card.country);
            json!({ "text": card.number, "brand": card.brand.name(), "facts": facts, "does": verified(card.rule) })
        })
        .collect();
    let nonces: Vec<Value> = NONCES
        .iter()
        .map(|(nonce, stands_for)| json!({ "text": nonce, "does": vaulted(*stands_for) }))
        .collect();
    Json(json!({ "cards": cards, "braintree": { "numbers": numbers, "nonces": nonces } }))
}

/// What becomes of a card that is verified.
fn verified(rule: Rule) -> String {
    match rule {
        Rule::Passes => "verified".to_owned(),
        Rule::Declined => "declined by the processor (2000)".to_owned(),
        Rule::Fails => "processor out of reach (3000)".to_owned(),
        Rule::Rejected(why) => format!("rejected by the gateway ({})", why.as_str()),
    }
}

fn vaulted(stands_for: TestNonce) -> String {
    match stands_for {
        TestNonce::Card(number) => BRAINTREE
            .iter()
            .find(|card| card.number == number)
            .map_or_else(String::new, |card| verified(card.rule)),
        TestNonce::LuhnInvalid => "refused: the number is invalid".to_owned(),
        TestNonce::Consumed => "refused: used before".to_owned(),
    }
}
