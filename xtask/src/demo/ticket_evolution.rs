//! What a client of the demo's Ticket Evolution account needs.

use serde_json::{Value, json};

use super::health;
use super::secrets::Secrets;
use crate::ports::{Ports, Seat};

/// Its part of the announcement. Client, address and telephone number are made for it; null when that fails.
pub fn announce(ports: Ports, secrets: &Secrets) -> Value {
    let wallet = ports.origin(Seat::Wallet);
    let made = sign_in(ports).unwrap_or_default();
    let at = |path: &str| made.pointer(path).cloned().unwrap_or_default();
    json!({
        "base": format!("{wallet}/v9"),
        "page": format!("{}/ticket-evolution.html", ports.origin(Seat::Booking)),
        "frame": format!("{wallet}/braintree_hosted_forms/card_entry"),
        "proxy": format!("{}/ticket_evolution/v9", ports.origin(Seat::Booking)),
        "tokenization_key": "sandbox_demo_tickets",
        "token": "demo-tickets",
        "secret": secrets.ticket_evolution,
        "client_id": at("/client_id"),
        "address_id": at("/addresses/0/id"),
        "phone_number_id": at("/phone_numbers/0/id"),
        "braintree": {
            "graphql": format!("{}/braintree/graphql", ports.origin(Seat::Api)),
            "public_key": "public_tickets",
            "private_key": "private_tickets",
        },
    })
}

fn sign_in(ports: Ports) -> Option<Value> {
    let body = json!({"name": "Demo Client"}).to_string();
    let address = ports.address(Seat::Booking);
    let answer = health::post(&address, "/api/ticket_evolution/sign-in", &body)?;
    serde_json::from_str(&answer).ok()
}
