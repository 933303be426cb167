//! Ready-made faults, each with a description. Listed by `/sandbox/faults/known`, shown as switches by the dashboard.

use serde_json::{Value, json};

/// Every preset: `group`, `words` (a description), and `fault` as it is sent to `POST /sandbox/faults`.
#[must_use]
pub fn presets() -> Vec<Value> {
    let preset = |group: &str, words: &str, fault: Value| json!({ "group": group, "words": words, "fault": fault });
    vec![
        preset(
            "Stripe.js",
            "is not found (404)",
            json!({ "on": "script", "do": "not_found" }),
        ),
        preset(
            "Stripe.js",
            "fails twice, then comes",
            json!({ "on": "script", "do": "not_found", "times": 2 }),
        ),
        preset(
            "Stripe.js",
            "never comes",
            json!({ "on": "script", "do": "hang" }),
        ),
        preset(
            "Stripe.js",
            "comes 5 seconds late",
            json!({ "on": "script", "do": "slow", "ms": 5000 }),
        ),
        preset(
            "Stripe.js",
            "is an HTML page",
            json!({ "on": "script", "do": "wrong_type" }),
        ),
        preset(
            "Stripe.js",
            "throws",
            json!({ "on": "script", "do": "throws" }),
        ),
        preset(
            "Stripe.js",
            "leaves no Stripe",
            json!({ "on": "script", "do": "no_stripe" }),
        ),
        preset(
            "Stripe.js",
            "connection closed",
            json!({ "on": "script", "do": "drop" }),
        ),
        preset(
            "Fields",
            "are never ready",
            json!({ "on": "fields", "do": "never_ready" }),
        ),
        preset(
            "Fields",
            "come 5 seconds late",
            json!({ "on": "fields", "do": "late", "ms": 5000 }),
        ),
        preset(
            "Fields",
            "report loaderror",
            json!({ "on": "fields", "do": "loaderror" }),
        ),
        preset(
            "API",
            "answers 5 seconds late",
            json!({ "on": "api", "do": "latency", "ms": 5000 }),
        ),
        preset(
            "API",
            "answers after a minute",
            json!({ "on": "api", "do": "latency", "ms": 60_000 }),
        ),
        preset(
            "API",
            "answers 429",
            json!({ "on": "api", "do": "status", "status": 429 }),
        ),
        preset(
            "API",
            "answers 429, locked",
            json!({ "on": "api", "do": "status", "status": 429, "code": "lock_timeout" }),
        ),
        preset(
            "API",
            "answers 409, under way",
            json!({ "on": "api", "do": "status", "status": 409 }),
        ),
        preset(
            "API",
            "answers 500",
            json!({ "on": "api", "do": "status", "status": 500 }),
        ),
        preset(
            "API",
            "drops the call",
            json!({ "on": "api", "do": "drop" }),
        ),
        preset(
            "API",
            "acts, then drops the answer",
            json!({ "on": "api", "do": "drop_after" }),
        ),
        preset(
            "API",
            "acts, then cuts the answer",
            json!({ "on": "api", "do": "cut" }),
        ),
        preset(
            "Intent",
            "has succeeded already",
            json!({ "on": "intent", "do": "succeeded" }),
        ),
        preset(
            "Intent",
            "was cancelled",
            json!({ "on": "intent", "do": "canceled" }),
        ),
        preset(
            "Intent",
            "stays processing",
            json!({ "on": "intent", "do": "processing" }),
        ),
        preset(
            "Intent",
            "is another account’s",
            json!({ "on": "intent", "do": "wrong_account" }),
        ),
        preset(
            "3D Secure",
            "never answers",
            json!({ "on": "challenge", "do": "hang" }),
        ),
        preset(
            "3D Secure",
            "comes 5 seconds late",
            json!({ "on": "challenge", "do": "late", "ms": 5000 }),
        ),
        preset(
            "3D Secure",
            "cannot be shown (503)",
            json!({ "on": "challenge", "do": "broken" }),
        ),
        preset(
            "3D Secure",
            "answers twice",
            json!({ "on": "challenge", "do": "twice" }),
        ),
        preset(
            "3D Secure",
            "passes without a word",
            json!({ "on": "challenge", "do": "frictionless" }),
        ),
        preset(
            "Braintree",
            "fields are never ready",
            json!({ "on": "braintree", "do": "fields_never_ready" }),
        ),
        preset(
            "Braintree",
            "answers 5 seconds late",
            json!({ "on": "braintree", "do": "graphql_latency", "ms": 5000 }),
        ),
        preset(
            "Braintree",
            "answers 500",
            json!({ "on": "braintree", "do": "graphql_status", "status": 500 }),
        ),
        preset(
            "Braintree",
            "drops the call",
            json!({ "on": "braintree", "do": "graphql_drop" }),
        ),
        preset(
            "Card reader",
            "is lost while a card is awaited",
            json!({ "on": "terminal", "do": "lost" }),
        ),
        preset(
            "Card reader",
            "waits for a card nobody presents",
            json!({ "on": "terminal", "do": "never_presented" }),
        ),
        preset(
            "Card reader",
            "is tapped with a telephone",
            json!({ "on": "terminal", "do": "wallet" }),
        ),
        preset(
            "Card reader",
            "does not reach Stripe",
            json!({ "on": "terminal", "do": "network_error" }),
        ),
    ]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use crate::faults::FaultRule;

    #[test]
    fn every_preset_is_a_valid_fault_and_occurs_once() {
        let all: Vec<Value> = presets().iter().map(|s| s["fault"].clone()).collect();
        for (index, fault) in all.iter().enumerate() {
            FaultRule::parse(fault.clone()).unwrap();
            assert!(!all[..index].contains(fault), "{fault}");
        }
    }
}
