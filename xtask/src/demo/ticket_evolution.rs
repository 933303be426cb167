//! The connection details of the demo's Ticket Evolution account: what a client needs to call its API.

use serde_json::{Value, json};

use super::connection_details::BRAINTREE_FRAME;
use super::http_client;
use super::secrets::Secrets;
use crate::ports::{PortRole, Ports};
use crate::progress;

/// The object `ticket_evolution` in the JSON. It signs up a client with an address and a telephone number, and has a
/// token for the shop's proxy; if that fails, they are null and stderr says why.
pub fn connection_details(ports: Ports, secrets: &Secrets) -> Value {
    let wallet = ports.origin(PortRole::Wallet);
    let client = sign_in(ports)
        .map_err(|reason| progress::log(format!("no client for the ticket shop: {reason}")))
        .ok();
    json!({
        "base": format!("{wallet}/v9"),
        "page": format!("{}/ticket-evolution.html", ports.origin(PortRole::Booking)),
        "frame": format!("{wallet}{BRAINTREE_FRAME}"),
        "proxy": format!("{}/ticket_evolution/v9", ports.origin(PortRole::Booking)),
        "proxy_token": client.as_ref().map(|client| &client.token),
        "tokenization_key": "sandbox_demo_tickets",
        "token": "demo-tickets",
        "secret": secrets.ticket_evolution,
        "client_id": client.as_ref().map(|client| client.id),
        "address_id": client.as_ref().map(|client| client.address),
        "phone_number_id": client.as_ref().map(|client| client.phone),
        "braintree": {
            "graphql": format!("{}/braintree/graphql", ports.origin(PortRole::Api)),
            "public_key": "public_tickets",
            "private_key": "private_tickets",
        },
    })
}

/// A client of the shop, with all its ids.
struct DemoClient {
    token: String,
    id: u64,
    address: u64,
    phone: u64,
}

fn sign_in(ports: Ports) -> Result<DemoClient, String> {
    let body = json!({"name": "Demo Client"}).to_string();
    let address = ports.address(PortRole::Booking);
    let response = http_client::post(&address, "/api/ticket_evolution/sign-in", &body)?;
    let response: Value = serde_json::from_str(&response).map_err(|cause| cause.to_string())?;
    let at = |path: &str| {
        let found = response.pointer(path);
        found.ok_or_else(|| format!("the sign-in's response has no {path}"))
    };
    let number = |path: &str| {
        let found = at(path)?.as_u64();
        found.ok_or_else(|| format!("{path} of the sign-in's response is no number"))
    };
    let token = at("/token")?.as_str();
    let token = token.ok_or("the token of the sign-in's response is no text")?;
    Ok(DemoClient {
        token: token.to_owned(),
        id: number("/client_id")?,
        address: number("/addresses/0/id")?,
        phone: number("/phone_numbers/0/id")?,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::demo::connection_details::tests::{UNUSED_PORT_BASE, site};

    #[test]
    fn an_incomplete_client_is_refused_and_the_missing_member_is_named() {
        for (response, reason) in [
            (r#"{"token":"t"}"#, "has no /client_id"),
            (
                r#"{"token":7}"#,
                "the token of the sign-in's response is no text",
            ),
            (
                r#"{"token":"t","client_id":null}"#,
                "/client_id of the sign-in's response is no number",
            ),
            (
                r#"{"token":"t","client_id":1,"addresses":[]}"#,
                "has no /addresses/0/id",
            ),
            ("<html>", "expected value"),
        ] {
            let (ports, server) = site([response]);
            let message = sign_in(ports).err().unwrap();
            server.join().unwrap();
            assert!(message.contains(reason), "{message}");
        }
        let message = sign_in(Ports::from_base(UNUSED_PORT_BASE).unwrap())
            .err()
            .unwrap();
        assert!(
            message.contains("/api/ticket_evolution/sign-in did not respond"),
            "{message}"
        );
    }
}
