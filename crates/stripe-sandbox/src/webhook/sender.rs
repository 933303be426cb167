//! Sends one webhook request: serializes the event, signs it, posts it over HTTP and records the response. Called by
//! [`super::delivery_queue`].

use super::delivery_policy::{DeliveryPolicy, Tampering};
use super::{Delivery, signature};
use crate::object::now;
use crate::object::webhook_endpoint::SigningSecret;
use crate::state::SandboxState;
use axum::body::Body;
use axum::http::{Request, Uri, header};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use std::time::Duration;
use tokio::net::TcpStream;

/// The age of an outdated signature. A receiver must refuse more than 300 seconds.
const OUTDATED_SIGNATURE_AGE_SECONDS: i64 = 3600;

/// A webhook request before it is signed.
struct PreparedRequest {
    kind: String,
    url: String,
    body: String,
    secrets: Vec<SigningSecret>,
}

/// Sends one request. Returns whether the delivery is done: the endpoint accepted it, or does not exist any more.
pub async fn send(state: &SandboxState, policy: &DeliveryPolicy, delivery: &Delivery) -> bool {
    let Some(prepared) = prepare(state, delivery) else {
        state.accounts().delivery_log.record_done(delivery);
        return true;
    };
    let number =
        state
            .accounts()
            .delivery_log
            .record_attempt(delivery, &prepared.kind, &prepared.url);
    let timeout = Duration::from_millis(policy.timeout);
    let outcome = match tokio::time::timeout(timeout, post(&prepared, policy.tamper)).await {
        Ok(outcome) => outcome,
        Err(_) => Err("Timed out connecting to remote host".to_owned()),
    };
    let accepted = matches!(outcome, Ok(200..=299));
    state
        .accounts()
        .delivery_log
        .record_outcome(number, &outcome);
    accepted
}

/// The event in the endpoint's API version. `None`: the endpoint was deleted or disabled.
fn prepare(state: &SandboxState, delivery: &Delivery) -> Option<PreparedRequest> {
    let mut accounts = state.accounts();
    let pending = accounts.delivery_log.pending(&delivery.event);
    let endpoint = accounts
        .account(&delivery.endpoint_account)
        .webhook_endpoints
        .get(&delivery.endpoint)?
        .clone();
    if !endpoint.enabled {
        return None;
    }
    let mut event = accounts
        .account(&delivery.event_account)
        .events
        .get(&delivery.event)?
        .clone();
    if let Some(version) = endpoint.api_version.clone() {
        event.api_version = version;
    }
    Some(PreparedRequest {
        body: serde_json::to_string_pretty(&event.to_json(pending)).ok()?,
        kind: event.kind,
        secrets: endpoint.secrets(now()),
        url: endpoint.url,
    })
}

async fn post(prepared: &PreparedRequest, tampering: Option<Tampering>) -> Result<u16, String> {
    let uri: Uri = prepared.url.parse().map_err(|_| "not a URL".to_owned())?;
    let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
    let address = (host, uri.port_u16().unwrap_or(80));
    let timestamp = now()
        - if tampering == Some(Tampering::OldTimestamp) {
            OUTDATED_SIGNATURE_AGE_SECONDS
        } else {
            0
        };
    let wrong_secret = [SigningSecret("whsec_never_handed_out".to_owned())];
    let secrets = match tampering {
        Some(Tampering::WrongSecret) => &wrong_secret[..],
        Some(Tampering::V0Only) => &[],
        _ => &prepared.secrets,
    };
    let signature = signature::header(secrets, timestamp, prepared.body.as_bytes());
    let body = match tampering {
        Some(Tampering::Byte) => alter_event_id(&prepared.body),
        _ => prepared.body.clone(),
    };
    let request = Request::post(uri.path_and_query().map_or("/", |path| path.as_str()))
        .header(
            header::HOST,
            uri.authority().map_or("", |authority| authority.as_str()),
        )
        .header(header::CONTENT_TYPE, "application/json; charset=utf-8")
        .header(
            header::USER_AGENT,
            "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        )
        .header(header::ACCEPT, "*/*; q=0.5, application/xml")
        .header(header::CACHE_CONTROL, "no-cache")
        .header(header::CONTENT_LENGTH, body.len())
        .header(header::CONNECTION, "close")
        .header("stripe-signature", signature)
        .body(Body::from(body))
        .map_err(|error| error.to_string())?;
    let stream = TcpStream::connect(address)
        .await
        .map_err(|error| error.to_string())?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
        .await
        .map_err(|error| error.to_string())?;
    let connection = tokio::spawn(connection);
    let response = sender.send_request(request).await;
    connection.abort();
    response
        .map(|response| response.status().as_u16())
        .map_err(|error| error.to_string())
}

/// The body with another first character of the event's id: still JSON, but not what was signed.
fn alter_event_id(body: &str) -> String {
    let mut altered = body.to_owned();
    if let Some(position) = body.find("\"evt_").map(|start| start + 5) {
        let other = if body.get(position..=position) == Some("0") {
            "1"
        } else {
            "0"
        };
        altered.replace_range(position..=position, other);
    }
    altered
}
