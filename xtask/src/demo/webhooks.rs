//! The demo's webhooks: the sandbox is told where the wallet server listens, and with which secret it will sign is told
//! the wallet server. As an operator does it in Stripe's dashboard, once for each account.

use serde_json::Value;

use super::http_client;
use crate::command_error::CommandError;
use crate::ports::{PortRole, Ports};

/// The accounts whose cards Stripe keeps: the name of their keys, and their number at the wallet server.
const ACCOUNTS: [(&str, u32); 3] = [("demo", 40_426), ("mikrocloud", 50_001), ("quilt", 60_002)];

/// What the wallet server follows.
const EVENT_TYPES: [&str; 7] = [
    "customer.deleted",
    "payment_method.detached",
    "payment_method.updated",
    "payment_method.automatically_updated",
    "setup_intent.succeeded",
    "setup_intent.canceled",
    "setup_intent.setup_failed",
];

/// The signing secrets, in the order of the accounts.
pub type SigningSecrets = [String; ACCOUNTS.len()];

/// The sandbox's signing secrets for endpoints made now; it must run.
pub fn register(ports: Ports) -> Result<SigningSecrets, CommandError> {
    let [mytime, mikrocloud, quilt] = ACCOUNTS.map(|(name, number)| {
        secret(ports, name, number).map_err(|cause| {
            CommandError::new(
                format!("the sandbox took no webhook endpoint for its account {name}: {cause}"),
                "See its log; then run the same command again.",
            )
        })
    });
    Ok([mytime?, mikrocloud?, quilt?])
}

fn secret(ports: Ports, name: &str, number: u32) -> Result<String, String> {
    let wallet = ports.origin(PortRole::Wallet);
    let mut form = format!("url={wallet}/webhooks/stripe/{number}");
    for event in EVENT_TYPES {
        form.push_str("&enabled_events[]=");
        form.push_str(event);
    }
    let headers = format!("Authorization: Bearer sk_test_{name}\r\n");
    let content_type = "application/x-www-form-urlencoded";
    let address = ports.address(PortRole::Api);
    let response = http_client::post_with_headers(
        &address,
        "/v1/webhook_endpoints",
        &headers,
        content_type,
        &form,
    )?;
    let response: Option<Value> = serde_json::from_str(&response).ok();
    let secret = response
        .as_ref()
        .and_then(|response| response.get("secret")?.as_str());
    Ok(secret.ok_or("its answer has no secret")?.to_owned())
}
