//! Sends one parcel once: shapes the event, signs it, posts it over HTTP and notes the answer.
//! Called by the postman.

use super::habits::{Habits, Tamper};
use super::{Parcel, signature};
use crate::object::now;
use crate::object::webhook_endpoint::SigningSecret;
use crate::world::World;
use axum::body::Body;
use axum::http::{Request, Uri, header};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use std::time::Duration;
use tokio::net::TcpStream;

/// How old an outdated signature is, in seconds: well beyond the 300 a receiver allows.
const OUTDATED: i64 = 3600;

/// What is to be sent.
struct Letter {
    kind: String,
    url: String,
    body: String,
    secrets: Vec<SigningSecret>,
}

/// Sends a parcel; whether it was taken, or there is nobody left to take it.
pub async fn deliver(world: &World, habits: &Habits, parcel: &Parcel) -> bool {
    let Some(letter) = write(world, parcel) else {
        world.books().deliveries.settled(parcel);
        return true;
    };
    let number = world
        .books()
        .deliveries
        .sent(parcel, &letter.kind, &letter.url);
    let patience = Duration::from_millis(habits.timeout);
    let outcome = match tokio::time::timeout(patience, post(&letter, habits.tamper)).await {
        Ok(outcome) => outcome,
        Err(_) => Err("Timed out connecting to remote host".to_owned()),
    };
    let taken = matches!(outcome, Ok(200..=299));
    world.books().deliveries.answered(number, &outcome);
    taken
}

/// The event as this endpoint is to see it. `None`: the endpoint is gone or disabled.
fn write(world: &World, parcel: &Parcel) -> Option<Letter> {
    let mut books = world.books();
    let pending = books.deliveries.pending(&parcel.event);
    let endpoint = books
        .account(&parcel.owner)
        .endpoints
        .get(&parcel.endpoint)?
        .clone();
    if !endpoint.enabled {
        return None;
    }
    let mut event = books
        .account(&parcel.from)
        .events
        .get(&parcel.event)?
        .clone();
    if let Some(version) = endpoint.api_version.clone() {
        event.api_version = version;
    }
    Some(Letter {
        body: serde_json::to_string_pretty(&event.to_json(pending)).ok()?,
        kind: event.kind,
        secrets: endpoint.secrets(now()),
        url: endpoint.url,
    })
}

async fn post(letter: &Letter, tamper: Option<Tamper>) -> Result<u16, String> {
    let uri: Uri = letter.url.parse().map_err(|_| "not a URL".to_owned())?;
    let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
    let address = (host, uri.port_u16().unwrap_or(80));
    let moment = now()
        - if tamper == Some(Tamper::OldTimestamp) {
            OUTDATED
        } else {
            0
        };
    let stranger = [SigningSecret("whsec_never_handed_out".to_owned())];
    let secrets = match tamper {
        Some(Tamper::WrongSecret) => &stranger[..],
        _ => &letter.secrets,
    };
    let with_v1 = tamper != Some(Tamper::V0Only);
    let signature = signature::header(secrets, moment, letter.body.as_bytes(), with_v1);
    let body = match tamper {
        Some(Tamper::Byte) => altered(&letter.body),
        _ => letter.body.clone(),
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
    let carried = tokio::spawn(connection);
    let answer = sender.send_request(request).await;
    carried.abort();
    answer
        .map(|answer| answer.status().as_u16())
        .map_err(|error| error.to_string())
}

/// The body with another first letter of the event's id: still JSON, and not what was signed.
fn altered(body: &str) -> String {
    let mut altered = body.to_owned();
    if let Some(place) = body.find("\"evt_").map(|place| place + 5) {
        let other = if body.get(place..=place) == Some("0") {
            "1"
        } else {
            "0"
        };
        altered.replace_range(place..=place, other);
    }
    altered
}
