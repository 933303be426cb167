//! Registers the wallet server's webhook endpoints at the sandbox, one for each account, and returns the signing secrets
//! for the wallet server's configuration. An operator does the same in Stripe's dashboard.

use serde_json::Value;

use super::http_client;
use crate::command_error::CommandError;
use crate::ports::{PortRole, Ports};

/// The accounts with cards at Stripe: the name in their keys, and their number at the wallet server.
const ACCOUNTS: [(&str, u32); 3] = [("demo", 40_426), ("mikrocloud", 50_001), ("quilt", 60_002)];

/// The events that the wallet server handles.
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

/// Creates the endpoints at the sandbox, which must be running.
pub fn register(ports: Ports) -> Result<SigningSecrets, CommandError> {
    let [mytime, mikrocloud, quilt] = ACCOUNTS.map(|(name, number)| {
        secret(ports, name, number).map_err(|cause| {
            CommandError::new(
                format!("the sandbox refused a webhook endpoint for its account {name}: {cause}"),
                "Read its log, then run the same command again.",
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
    Ok(secret.ok_or("its response has no secret")?.to_owned())
}
