//! The ticket shop's server: `POST /api/ticket_evolution/sign-in` makes a client, and whatever a page asks beneath
//! `/ticket_evolution/v9/clients/{its own}/…` is signed and sent on.
//!
//! The signing proxy is what any site needs that uses this API from a page: see docs/embedding.md.

use std::time::SystemTime;

use axum::body::Bytes;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, post};
use axum::{Json, Router};
use booking_page::ticket_evolution::{Named, SignIn, SignedIn};
use serde_json::{Value, json};

use super::Site;
use crate::error::SiteError;
use crate::ticket_evolution::{is_listed, numbered};

pub(super) fn api() -> Router<Site> {
    Router::new().route("/ticket_evolution/sign-in", post(sign_in))
}

pub(super) fn proxy() -> Router<Site> {
    Router::new().route(
        "/ticket_evolution/v9/clients/{client}/{*rest}",
        any(pass_on),
    )
}

fn now() -> i64 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    now.map_or(0, |since| {
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
    })
}

async fn sign_in(
    State(site): State<Site>,
    body: Result<Json<SignIn>, JsonRejection>,
) -> Result<Json<SignedIn>, SiteError> {
    let Json(wanted) = body?;
    let seller = site.seller.as_ref().ok_or(SiteError::NotFound)?;
    let name = wanted.name.trim();
    if name.is_empty() || name.chars().count() > 80 {
        return Err(SiteError::Unreadable(StatusCode::UNPROCESSABLE_ENTITY));
    }
    let made = seller
        .ask("/clients", &json!({"clients": [{"name": name}]}))
        .await?;
    let text = made.pointer("/clients/0/id").and_then(Value::as_str);
    let unread = || SiteError::WalletAway("not a client".to_owned());
    let client: u64 = text.and_then(|id| id.parse().ok()).ok_or_else(unread)?;
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
    let addresses = seller
        .ask(&format!("/clients/{client}/addresses"), &addresses)
        .await?;
    let phones = seller
        .ask(&format!("/clients/{client}/phone_numbers"), &phones)
        .await?;
    let words = |row: &Value, keys: &[&str]| {
        let parts = keys.iter().filter_map(|key| row.get(key)?.as_str());
        parts.collect::<Vec<_>>().join(", ")
    };
    Ok(Json(SignedIn {
        token: seller.token(client, now())?,
        client_id: client,
        name: name.to_owned(),
        addresses: named(&addresses, "addresses", |row| {
            words(row, &["label", "street_address", "locality", "postal_code"])
        }),
        phone_numbers: named(&phones, "phone_numbers", |row| {
            words(row, &["label", "number"])
        }),
    }))
}

fn named(answer: &Value, key: &str, text: impl Fn(&Value) -> String) -> Vec<Named> {
    let rows = answer.get(key).and_then(Value::as_array);
    let id = |row: &Value| {
        let id = row.get("id")?;
        id.as_u64().or_else(|| id.as_str()?.parse().ok())
    };
    let rows = rows.into_iter().flatten();
    rows.filter_map(|row| {
        Some(Named {
            id: id(row)?,
            text: text(row),
        })
    })
    .collect()
}

async fn pass_on(
    State(site): State<Site>,
    Path((client, rest)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    method: Method,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, SiteError> {
    let seller = site.seller.as_ref().ok_or(SiteError::NotFound)?;
    let token = headers.get(header::AUTHORIZATION);
    let token = token.and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let own = token.and_then(|token| seller.client(token, now()));
    let own = own.ok_or(SiteError::SignIn)?;
    // Another client's path and one that is not on the list look alike.
    if own.to_string() != client || !is_listed(&method, &rest) {
        return Err(SiteError::NotFound);
    }
    // What may be meant twice, such as choosing a card back, says that it is another request. A nonce is none twice.
    let body = if method == Method::PUT || rest == "braintree_client_token" {
        numbered(&body)?
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
    let told = seller.send(method, &path, &query, language, body).await?;
    let mut response = (told.status, told.body.clone()).into_response();
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_TYPE);
    if !told.body.is_empty() {
        let json = HeaderValue::from_static("application/json");
        headers.insert(header::CONTENT_TYPE, json);
    }
    if let Some(seconds) = told.retry_after {
        headers.insert(header::RETRY_AFTER, seconds);
    }
    if let Some(language) = told.language {
        headers.insert(header::CONTENT_LANGUAGE, language);
    }
    Ok(response)
}
