//! What a client of the demo's Quilt account needs.

use serde_json::{Value, json};

use super::secrets::Secrets;
use crate::ports::{Ports, Seat};

/// Its part of the announcement. The key is a server's; `proxy` is where the till's own server hands calls on.
pub fn announce(ports: Ports, secrets: &Secrets) -> Value {
    let booking = ports.origin(Seat::Booking);
    json!({
        "base": format!("{}/v1", ports.origin(Seat::Wallet)),
        "page": format!("{booking}/quilt.html"),
        "publishable_key": "pk_test_quilt",
        "account_key": secrets.quilt,
        "external_account_id": "harbour-roasters",
        "external_customer_id": "customer_12345",
        "currency": "usd",
        "sign_in": format!("{booking}/api/quilt/sign-in"),
        "proxy": format!("{booking}/quilt/v1"),
        "terminal": format!("{}/terminal/v1/", ports.origin(Seat::Scripts)),
        "reader": format!("{}/sandbox/terminal", ports.origin(Seat::Api)),
    })
}
