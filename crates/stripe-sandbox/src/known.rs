//! The faults people and tests reach for most, each with words. Listed by `/sandbox/faults/known`, shown as
//! switches by the page for people.

use serde_json::{Value, json};

/// Every switch: a group, what it does in words, and the fault as it is sent.
#[must_use]
pub fn switches() -> Vec<Value> {
    let switch = |group: &str, words: &str, fault: Value| json!({ "group": group, "words": words, "fault": fault });
    vec![
        switch(
            "Stripe.js",
            "is not found (404)",
            json!({ "on": "script", "do": "not_found" }),
        ),
        switch(
            "Stripe.js",
            "fails twice, then comes",
            json!({ "on": "script", "do": "not_found", "times": 2 }),
        ),
        switch(
            "Stripe.js",
            "never comes",
            json!({ "on": "script", "do": "hang" }),
        ),
        switch(
            "Stripe.js",
            "comes 5 seconds late",
            json!({ "on": "script", "do": "slow", "ms": 5000 }),
        ),
        switch(
            "Stripe.js",
            "is an HTML page",
            json!({ "on": "script", "do": "wrong_type" }),
        ),
        switch(
            "Stripe.js",
            "throws",
            json!({ "on": "script", "do": "throws" }),
        ),
        switch(
            "Stripe.js",
            "leaves no Stripe",
            json!({ "on": "script", "do": "no_stripe" }),
        ),
        switch(
            "Stripe.js",
            "connection closed",
            json!({ "on": "script", "do": "drop" }),
        ),
        switch(
            "Fields",
            "are never ready",
            json!({ "on": "fields", "do": "never_ready" }),
        ),
        switch(
            "Fields",
            "come 5 seconds late",
            json!({ "on": "fields", "do": "late", "ms": 5000 }),
        ),
        switch(
            "Fields",
            "report loaderror",
            json!({ "on": "fields", "do": "loaderror" }),
        ),
        switch(
            "API",
            "answers 5 seconds late",
            json!({ "on": "api", "do": "latency", "ms": 5000 }),
        ),
        switch(
            "API",
            "answers after a minute",
            json!({ "on": "api", "do": "latency", "ms": 60_000 }),
        ),
        switch(
            "API",
            "answers 429",
            json!({ "on": "api", "do": "status", "status": 429 }),
        ),
        switch(
            "API",
            "answers 429, locked",
            json!({ "on": "api", "do": "status", "status": 429, "code": "lock_timeout" }),
        ),
        switch(
            "API",
            "answers 409, under way",
            json!({ "on": "api", "do": "status", "status": 409 }),
        ),
        switch(
            "API",
            "answers 500",
            json!({ "on": "api", "do": "status", "status": 500 }),
        ),
        switch(
            "API",
            "drops the call",
            json!({ "on": "api", "do": "drop" }),
        ),
        switch(
            "API",
            "acts, then drops the answer",
            json!({ "on": "api", "do": "drop_after" }),
        ),
        switch(
            "API",
            "acts, then cuts the answer",
            json!({ "on": "api", "do": "cut" }),
        ),
        switch(
            "Intent",
            "has succeeded already",
            json!({ "on": "intent", "do": "succeeded" }),
        ),
        switch(
            "Intent",
            "was cancelled",
            json!({ "on": "intent", "do": "canceled" }),
        ),
        switch(
            "Intent",
            "stays processing",
            json!({ "on": "intent", "do": "processing" }),
        ),
        switch(
            "Intent",
            "is another account’s",
            json!({ "on": "intent", "do": "wrong_account" }),
        ),
        switch(
            "3D Secure",
            "never answers",
            json!({ "on": "challenge", "do": "hang" }),
        ),
        switch(
            "3D Secure",
            "comes 5 seconds late",
            json!({ "on": "challenge", "do": "late", "ms": 5000 }),
        ),
        switch(
            "3D Secure",
            "cannot be shown (503)",
            json!({ "on": "challenge", "do": "broken" }),
        ),
        switch(
            "3D Secure",
            "answers twice",
            json!({ "on": "challenge", "do": "twice" }),
        ),
        switch(
            "3D Secure",
            "passes without a word",
            json!({ "on": "challenge", "do": "frictionless" }),
        ),
        switch(
            "Braintree",
            "fields are never ready",
            json!({ "on": "braintree", "do": "fields_never_ready" }),
        ),
        switch(
            "Braintree",
            "answers 5 seconds late",
            json!({ "on": "braintree", "do": "graphql_latency", "ms": 5000 }),
        ),
        switch(
            "Braintree",
            "answers 500",
            json!({ "on": "braintree", "do": "graphql_status", "status": 500 }),
        ),
        switch(
            "Braintree",
            "drops the call",
            json!({ "on": "braintree", "do": "graphql_drop" }),
        ),
        switch(
            "Card reader",
            "is lost while a card is awaited",
            json!({ "on": "terminal", "do": "lost" }),
        ),
        switch(
            "Card reader",
            "waits for a card nobody presents",
            json!({ "on": "terminal", "do": "never_presented" }),
        ),
        switch(
            "Card reader",
            "is tapped with a telephone",
            json!({ "on": "terminal", "do": "wallet" }),
        ),
        switch(
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
    use crate::fault::Fault;

    #[test]
    fn every_switch_is_a_fault_and_there_once() {
        let all: Vec<Value> = switches().iter().map(|s| s["fault"].clone()).collect();
        for (place, fault) in all.iter().enumerate() {
            Fault::read(fault.clone()).unwrap();
            assert!(!all[..place].contains(fault), "{fault}");
        }
    }
}
