//! The pages of checkout sessions: Stripe's hosted page, and the same form in a frame of the merchant's page. Served
//! beneath [`crate::Origins::checkout`], and beneath `/checkout` on the hooks origin.
//!
//! The person enters the card number here. The page that embeds the form has another origin and must never get it.

use crate::api::checkout_pay::{CheckoutForm, last_error, pay};
use crate::api::{RequestContext, checkout_sessions, internal_call};
use crate::form::Params;
use crate::journal::{OriginKind, ReceivedRequest};
use crate::key::ApiKey;
use crate::object::CheckoutSession;
use crate::object::checkout_session::CheckoutStatus;
use crate::object::ui_mode::{CheckoutUi, UiMode};
use crate::state::{Accounts, SandboxState};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, extract::OriginalUri};
use card_entry_protocol::money::Currency;
use serde_json::{Value, json};
use std::sync::Arc;

mod files;
use files::{EMBEDDED_BASE, css, js, page};

/// The paths of the pages, beneath the base of the checkout pages.
pub fn pages(state: Arc<SandboxState>) -> Router {
    Router::new()
        .route("/c/pay/{id}", get(hosted))
        .route("/embedded", get(embedded))
        .route("/page.js", get(js))
        .route("/page.css", get(css))
        .route("/sessions/{id}/open", post(open))
        .route("/sessions/{id}/pay", post(charge))
        .with_state(state)
}

async fn hosted(
    State(state): State<Arc<SandboxState>>,
    Path(id): Path<String>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Response {
    let response = page(&state, &id, "hosted", state.origins.checkout_path());
    record_request(
        &state,
        ("GET", uri.path(), ""),
        &headers,
        &id,
        response.status(),
    );
    response
}

async fn embedded(
    State(state): State<Arc<SandboxState>>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Response {
    let response = page(&state, "", "embedded", EMBEDDED_BASE);
    record_request(
        &state,
        ("GET", uri.path(), ""),
        &headers,
        "",
        response.status(),
    );
    response
}

/// The state of the session, and what the page shows.
async fn open(
    State(state): State<Arc<SandboxState>>,
    Path(id): Path<String>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: String,
) -> Response {
    let response = with_session(&state, &id, &headers, &body, |ctx, session, _| {
        let merchant = ctx.call.key.account.clone();
        let known_email = session.customer_email.clone().or_else(|| {
            let customer = ctx.account().customers.get(session.customer.as_ref()?)?;
            Some(customer.texts.get("email")?.as_str()?.to_owned())
        });
        let mut response = session_state(ctx, session);
        if let Some(members) = response.as_object_mut() {
            members.insert("view".to_owned(), view(session, &merchant, known_email));
        }
        response
    });
    record_request(
        &state,
        ("POST", uri.path(), &body),
        &headers,
        &id,
        response.0,
    );
    (response.0, Json(response.1)).into_response()
}

async fn charge(
    State(state): State<Arc<SandboxState>>,
    Path(id): Path<String>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: String,
) -> Response {
    let response = with_session(&state, &id, &headers, &body, |ctx, session, form| {
        if session.status != CheckoutStatus::Open {
            return session_state(ctx, session);
        }
        let text = |name: &str| form.text(name).unwrap_or_default();
        let entered = CheckoutForm {
            email: form.text("email"),
            name: form.text("name"),
            number: text("number"),
            exp_month: text("exp_month"),
            exp_year: text("exp_year"),
            cvc: text("cvc"),
        };
        match pay(ctx, &session.id, &entered) {
            Ok(intent) => match intent.pointer("/next_action/use_stripe_sdk/stripe_js") {
                Some(url) => json!({ "state": "confirm", "url": url }),
                None => current_session_state(ctx, &session.id),
            },
            Err(error) => error_state(&error.members()),
        }
    });
    record_request(
        &state,
        ("POST", uri.path(), &body),
        &headers,
        &id,
        response.0,
    );
    (response.0, Json(response.1)).into_response()
}

/// Finds the session, checks that the caller may use it, and runs `work`.
fn with_session(
    state: &SandboxState,
    id: &str,
    headers: &HeaderMap,
    body: &str,
    work: impl FnOnce(&mut RequestContext<'_>, &CheckoutSession, &Params) -> Value,
) -> (StatusCode, Value) {
    let origin = headers
        .get(header::ORIGIN)
        .and_then(|origin| origin.to_str().ok());
    let own = [
        state.origins.checkout_origin(),
        state.origins.hooks.as_str(),
    ];
    if origin.is_some_and(|origin| !own.contains(&origin)) {
        return (StatusCode::FORBIDDEN, json!({ "state": "refused" }));
    }
    let form = Params::parse("", body);
    let mut accounts = state.accounts();
    let Some(name) = account_of_session(&accounts, id) else {
        return (StatusCode::NOT_FOUND, json!({ "state": "unavailable" }));
    };
    let call = internal_call::build(&name, "POST", "", &[]);
    let mut ctx = RequestContext::new(&mut accounts, &state.port_origins, &call, None)
        .with_faults(&state.faults);
    checkout_sessions::expire_overdue(&mut ctx);
    let session = checkout_sessions::find(&mut ctx, id).cloned();
    let Some(session) = session
        .ok()
        .filter(|session| is_authorized(session, &name, &form))
    else {
        return (StatusCode::NOT_FOUND, json!({ "state": "unavailable" }));
    };
    let mut response = work(&mut ctx, &session, &form);
    state
        .origins
        .rewrite_urls(&state.port_origins, &mut response);
    (StatusCode::OK, response)
}

/// A hosted page needs only its URL. A frame must give the client secret of the session, and a key of its account.
fn is_authorized(session: &CheckoutSession, account: &str, form: &Params) -> bool {
    if session.ui.mode() == UiMode::Hosted {
        return true;
    }
    let key = form.text("key").and_then(|key| ApiKey::parse(key).ok());
    let named = key.map(|key| match form.text("account") {
        Some(connected) => format!("{}/{connected}", key.account),
        None => key.account,
    });
    form.text("client_secret") == Some(&session.client_secret) && named.as_deref() == Some(account)
}

/// The state of the session, as the page needs it.
fn session_state(ctx: &mut RequestContext<'_>, session: &CheckoutSession) -> Value {
    let intent = session.mode.intent();
    match session.status {
        CheckoutStatus::Complete => {
            json!({ "state": "complete", "url": session.ui.completion_url(&session.id) })
        }
        CheckoutStatus::Expired => json!({ "state": "expired" }),
        CheckoutStatus::Open => match intent.and_then(|intent| last_error(ctx, intent)) {
            Some(error) => {
                let object = error_state(&error);
                json!({ "state": "open", "code": object.get("code"), "message": object.get("message") })
            }
            None => json!({ "state": "open" }),
        },
    }
}

fn current_session_state(ctx: &mut RequestContext<'_>, id: &str) -> Value {
    match checkout_sessions::find(ctx, id).cloned() {
        Ok(session) => session_state(ctx, &session),
        Err(error) => error_state(&error.members()),
    }
}

/// An error for the person. Only a card error has a message for people; the bank's reason is never shown.
fn error_state(error: &Value) -> Value {
    let member = |name: &str| error.get(name).and_then(Value::as_str);
    let for_people = member("type") == Some("card_error")
        || member("code").is_some_and(|code| code.ends_with("_authentication_failure"));
    json!({
        "state": "refused",
        "code": member("code").filter(|_| for_people),
        "message": member("message").filter(|_| for_people),
    })
}

fn view(session: &CheckoutSession, merchant: &str, email: Option<String>) -> Value {
    let items: Vec<Value> = session
        .line_items
        .iter()
        .map(|item| {
            json!({ "name": item.name, "quantity": item.quantity, "each": item.unit_amount, "amount": item.total() })
        })
        .collect();
    let currency = session.currency.as_deref().and_then(Currency::parse);
    let decimals = currency.map(|currency| currency.decimals());
    let back = match &session.ui {
        CheckoutUi::Hosted { cancel_url, .. } => cancel_url.as_deref(),
        CheckoutUi::Embedded { .. } | CheckoutUi::Elements { .. } => None,
    };
    json!({
        "mode": session.mode.as_str(), "merchant": merchant, "amount": session.total(),
        "currency": session.currency, "decimals": decimals, "items": items, "email": email, "locale": session.locale,
        "submit_type": session.submit_type, "back": back, "done": session.ui.completion_url(&session.id),
    })
}

fn account_of_session(accounts: &Accounts, id: &str) -> Option<String> {
    accounts.find_name(|account| account.checkout_sessions.get(id).is_some())
}

fn record_request(
    state: &SandboxState,
    (method, path, body): (&str, &str, &str),
    headers: &HeaderMap,
    id: &str,
    status: StatusCode,
) {
    let journal = &state.journal;
    let number = journal.record(ReceivedRequest {
        origin: OriginKind::Hooks,
        method,
        path,
        query: "",
        headers,
        body,
    });
    if let Some(name) = account_of_session(&state.accounts(), id) {
        journal.set_account(number, name.split('/').next().unwrap_or_default());
    }
    journal.set_status(number, status.as_u16());
}
