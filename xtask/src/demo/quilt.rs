//! The connection details of the demo's Quilt account: what a client needs to call its API.

use serde_json::{Value, json};

use super::secrets::Secrets;
use crate::ports::{PortRole, Ports};

/// The object `quilt` in the JSON. `account_key` is for servers; `proxy` is the booking site's server, which adds it.
pub fn connection_details(ports: Ports, secrets: &Secrets) -> Value {
    let booking = ports.origin(PortRole::Booking);
    json!({
        "base": format!("{}/v1", ports.origin(PortRole::Wallet)),
        "page": format!("{booking}/quilt.html"),
        "publishable_key": "pk_test_quilt",
        "account_key": secrets.quilt,
        "external_account_id": "harbour-roasters",
        "external_customer_id": "customer_12345",
        "currency": "usd",
        "sign_in": format!("{booking}/api/quilt/sign-in"),
        "proxy": format!("{booking}/quilt/v1"),
        "terminal": format!("{}/terminal/v1/", ports.origin(PortRole::Scripts)),
        "reader": format!("{}/sandbox/terminal", ports.origin(PortRole::Api)),
    })
}
