//! What a client of the demo's MikroCloud account needs.

use serde_json::{Value, json};

use super::health;
use super::secrets::Secrets;
use crate::ports::{Ports, Seat};

/// The account whose token is printed.
const ACCOUNT: &str = "demo";

/// Its part of the announcement. The token is what the panel's own sign-in gives; null if it gives none.
pub fn announce(ports: Ports, secrets: &Secrets) -> Value {
    let wallet = ports.origin(Seat::Wallet);
    json!({
        "base": format!("{wallet}/v1/account"),
        "page": format!("{}/mikrocloud.html", ports.origin(Seat::Booking)),
        "publishable_key": "pk_test_mikrocloud",
        "account": ACCOUNT,
        "token": token(ports),
        "issuer": "https://login.mikrocloud.demo",
        "algorithm": "HS256",
        "key_id": "demo",
        "secret_base64": secrets.mikrocloud,
        "scopes": ["account:read", "account:write"],
    })
}

fn token(ports: Ports) -> Option<String> {
    let body = json!({"account": ACCOUNT, "role": "owner"}).to_string();
    let address = ports.address(Seat::Booking);
    let answer = health::post(&address, "/api/mikrocloud/sign-in", &body)?;
    let answer: Value = serde_json::from_str(&answer).ok()?;
    Some(answer.get("token")?.as_str()?.to_owned())
}
