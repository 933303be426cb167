//! The demo's webhooks: the sandbox is told where the wallet server listens, and with which secret it will sign is told
//! the wallet server. As an operator does it in Stripe's dashboard, once for each account.

use serde_json::Value;

use super::health;
use crate::failure::Failure;
use crate::ports::{Ports, Seat};

/// The accounts whose cards Stripe keeps: the name of their keys, and their number at the wallet server.
const ACCOUNTS: [(&str, u32); 3] = [("demo", 40_426), ("mikrocloud", 50_001), ("quilt", 60_002)];

/// What the wallet server follows.
const EVENTS: [&str; 7] = [
    "customer.deleted",
    "payment_method.detached",
    "payment_method.updated",
    "payment_method.automatically_updated",
    "setup_intent.succeeded",
    "setup_intent.canceled",
    "setup_intent.setup_failed",
];

/// The signing secrets, in the order of the accounts.
pub type Secrets = [String; ACCOUNTS.len()];

/// The sandbox's signing secrets for endpoints made now; it must run.
pub fn register(ports: Ports) -> Result<Secrets, Failure> {
    let [mytime, mikrocloud, quilt] = ACCOUNTS.map(|(name, number)| {
        secret(ports, name, number).map_err(|cause| {
            Failure::new(
                format!("the sandbox took no webhook endpoint for its account {name}: {cause}"),
                "See its log; then run the same command again.",
            )
        })
    });
    Ok([mytime?, mikrocloud?, quilt?])
}

fn secret(ports: Ports, name: &str, number: u32) -> Result<String, String> {
    let wallet = ports.origin(Seat::Wallet);
    let mut form = format!("url={wallet}/webhooks/stripe/{number}");
    for event in EVENTS {
        form.push_str("&enabled_events[]=");
        form.push_str(event);
    }
    let head = format!("Authorization: Bearer sk_test_{name}\r\n");
    let kind = "application/x-www-form-urlencoded";
    let address = ports.address(Seat::Api);
    let answer = health::post_as(&address, "/v1/webhook_endpoints", &head, kind, &form)?;
    let answer: Option<Value> = serde_json::from_str(&answer).ok();
    let secret = answer
        .as_ref()
        .and_then(|answer| answer.get("secret")?.as_str());
    Ok(secret.ok_or("its answer has no secret")?.to_owned())
}
