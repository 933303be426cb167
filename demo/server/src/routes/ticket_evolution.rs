//! The ticket shop: `POST /api/ticket_evolution/sign-in` creates a client, and calls below
//! `/ticket_evolution/v9/clients/{own id}/…` are signed and forwarded.
//!
//! Any site that uses this API from a page needs such a signing proxy: see docs/embedding.md.

use std::time::SystemTime;

use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, post};
use axum::{Json, Router};
use booking_page::ticket_evolution::{NamedRecord, TicketShopSession, TicketShopSignIn};
use serde_json::{Value, json};

use super::AppState;
use super::page_call::PageCall;
use crate::error::SiteError;
use crate::ticket_evolution::{TicketEvolutionCall, is_allowed, with_request_id};

pub(super) fn api() -> Router<AppState> {
    Router::new().route("/ticket_evolution/sign-in", post(sign_in))
}

pub(super) fn proxy() -> Router<AppState> {
    Router::new().route(
        "/ticket_evolution/v9/clients/{client}/{*rest}",
        any(forward),
    )
}

fn now() -> i64 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    now.map_or(0, |since| {
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
    })
}

async fn sign_in(
    State(state): State<AppState>,
    body: Result<Json<TicketShopSignIn>, JsonRejection>,
) -> Result<Json<TicketShopSession>, SiteError> {
    let Json(wanted) = body?;
    let ticket_evolution = state.ticket_evolution.as_ref().ok_or(SiteError::NotFound)?;
    let name = wanted.name.trim();
    if name.is_empty() || name.chars().count() > 80 {
        return Err(SiteError::InvalidRequest(StatusCode::UNPROCESSABLE_ENTITY));
    }
    let created = ticket_evolution
        .post("/clients", &json!({"clients": [{"name": name}]}))
        .await?;
    let text = created.pointer("/clients/0/id").and_then(Value::as_str);
    let malformed = || SiteError::WalletUnavailable("the response is no client".to_owned());
    let client: u64 = text.and_then(|id| id.parse().ok()).ok_or_else(malformed)?;
    let address = |label: &str, street: &str, town: &str, code: &str| {
        json!({
            "label": label, "name": name, "street_address": street, "locality": town, "region": "OR",
            "postal_code": code, "country_code": "US",
        })
    };
    let addresses = json!({"addresses": [
        address("Home", "742 Evergreen Terrace", "Springfield", "97475"),
        address("Work", "100 Industrial Way", "Eugene", "97401"),
    ]});
    let phones =
        json!({"phone_numbers": [{"label": "Home", "country_code": "1", "number": "555-0123"}]});
    let addresses = ticket_evolution
        .post(&format!("/clients/{client}/addresses"), &addresses)
        .await?;
    let phones = ticket_evolution
        .post(&format!("/clients/{client}/phone_numbers"), &phones)
        .await?;
    let joined = |row: &Value, keys: &[&str]| {
        let parts = keys.iter().filter_map(|key| row.get(key)?.as_str());
        parts.collect::<Vec<_>>().join(", ")
    };
    Ok(Json(TicketShopSession {
        token: ticket_evolution.token(client, now())?,
        client_id: client,
        name: name.to_owned(),
        addresses: records(&addresses, "addresses", |row| {
            joined(row, &["label", "street_address", "locality", "postal_code"])
        }),
        phone_numbers: records(&phones, "phone_numbers", |row| {
            joined(row, &["label", "number"])
        }),
    }))
}

fn records(response: &Value, key: &str, text: impl Fn(&Value) -> String) -> Vec<NamedRecord> {
    let rows = response.get(key).and_then(Value::as_array);
    let id = |row: &Value| {
        let id = row.get("id")?;
        id.as_u64().or_else(|| id.as_str()?.parse().ok())
    };
    let rows = rows.into_iter().flatten();
    rows.filter_map(|row| {
        Some(NamedRecord {
            id: id(row)?,
            text: text(row),
        })
    })
    .collect()
}

async fn forward(
    State(state): State<AppState>,
    Path((client, rest)): Path<(String, String)>,
    call: PageCall,
) -> Result<Response, SiteError> {
    let PageCall {
        method,
        query,
        headers,
        body,
    } = call;
    let ticket_evolution = state.ticket_evolution.as_ref().ok_or(SiteError::NotFound)?;
    let token = headers.get(header::AUTHORIZATION);
    let token = token.and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let own = token.and_then(|token| ticket_evolution.client(token, now()));
    let own = own.ok_or(SiteError::Unauthenticated)?;
    // Another client's path and a path that is not allowed give the same response.
    if own.to_string() != client || !is_allowed(&method, &rest) {
        return Err(SiteError::NotFound);
    }
    // A repeated body of these calls can be a new intention, such as choosing a card again, so each gets its own request id. A
    // POST with a nonce is never meant twice.
    let body = if method == Method::PUT || rest == "braintree_client_token" {
        with_request_id(&body)?
    } else {
        body
    };
    let query = if body.is_empty() {
        query.unwrap_or_default()
    } else {
        String::new()
    };
    let path = format!("/clients/{own}/{rest}");
    let language = headers.get(header::ACCEPT_LANGUAGE);
    let call = TicketEvolutionCall {
        method,
        path: &path,
        query: &query,
        language,
        body,
    };
    let received = ticket_evolution.send(call).await?;
    let mut response = (received.status, received.body.clone()).into_response();
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_TYPE);
    if !received.body.is_empty() {
        let json = HeaderValue::from_static("application/json");
        headers.insert(header::CONTENT_TYPE, json);
    }
    if let Some(seconds) = received.retry_after {
        headers.insert(header::RETRY_AFTER, seconds);
    }
    if let Some(language) = received.language {
        headers.insert(header::CONTENT_LANGUAGE, language);
    }
    Ok(response)
}
