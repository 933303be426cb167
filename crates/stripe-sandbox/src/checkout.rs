//! The pages of checkout sessions: Stripe's own page for hosted ones, and the same form for a frame in the
//! merchant's page. Beneath [`crate::Origins::checkout`], and beneath `/checkout` on the hooks origin.
//!
//! Digits are typed here and are taken here. The page that embeds the form is another origin.

use crate::api::checkout_pay::{Typed, pay, refusal};
use crate::api::{Desk, checkout_sessions, inner};
use crate::form::Params;
use crate::journal::Place as Where;
use crate::key::ApiKey;
use crate::object::CheckoutSession;
use crate::object::checkout_session::CheckoutStatus;
use crate::object::ui_mode::{Place, UiMode};
use crate::world::{Books, World};
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

/// The paths of the pages, without what lies before them.
pub fn pages(world: Arc<World>) -> Router {
    Router::new()
        .route("/c/pay/{id}", get(hosted))
        .route("/embedded", get(embedded))
        .route("/page.js", get(js))
        .route("/page.css", get(css))
        .route("/sessions/{id}/open", post(open))
        .route("/sessions/{id}/pay", post(charge))
        .with_state(world)
}

async fn hosted(
    State(world): State<Arc<World>>,
    Path(id): Path<String>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Response {
    let response = page(&world, &id, "hosted", world.origins.checkout_path());
    note(
        &world,
        ("GET", uri.path(), ""),
        &headers,
        &id,
        response.status(),
    );
    response
}

async fn embedded(
    State(world): State<Arc<World>>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Response {
    let response = page(&world, "", "embedded", EMBEDDED_BASE);
    note(
        &world,
        ("GET", uri.path(), ""),
        &headers,
        "",
        response.status(),
    );
    response
}

/// What the page shows, or what has become of the session since.
async fn open(
    State(world): State<Arc<World>>,
    Path(id): Path<String>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: String,
) -> Response {
    let answer = at_desk(&world, &id, &headers, &body, |desk, session, _| {
        let merchant = desk.call.key.account.clone();
        let known_email = session.customer_email.clone().or_else(|| {
            let customer = desk.account().customers.get(session.customer.as_ref()?)?;
            Some(customer.texts.get("email")?.as_str()?.to_owned())
        });
        let mut answer = standing(desk, session);
        if let Some(members) = answer.as_object_mut() {
            members.insert("view".to_owned(), view(session, &merchant, known_email));
        }
        answer
    });
    note(&world, ("POST", uri.path(), &body), &headers, &id, answer.0);
    (answer.0, Json(answer.1)).into_response()
}

async fn charge(
    State(world): State<Arc<World>>,
    Path(id): Path<String>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: String,
) -> Response {
    let answer = at_desk(&world, &id, &headers, &body, |desk, session, form| {
        if session.status != CheckoutStatus::Open {
            return standing(desk, session);
        }
        let digits = |name: &str| form.text(name).unwrap_or_default();
        let typed = Typed {
            email: form.text("email"),
            name: form.text("name"),
            number: digits("number"),
            exp_month: digits("exp_month"),
            exp_year: digits("exp_year"),
            cvc: digits("cvc"),
        };
        match pay(desk, &session.id, &typed) {
            Ok(intent) => match intent.pointer("/next_action/use_stripe_sdk/stripe_js") {
                Some(url) => json!({ "state": "confirm", "url": url }),
                None => now_standing(desk, &session.id),
            },
            Err(error) => refused(&error.members()),
        }
    });
    note(&world, ("POST", uri.path(), &body), &headers, &id, answer.0);
    (answer.0, Json(answer.1)).into_response()
}

/// Finds the session and whoever may work on it.
fn at_desk(
    world: &World,
    id: &str,
    headers: &HeaderMap,
    body: &str,
    work: impl FnOnce(&mut Desk<'_>, &CheckoutSession, &Params) -> Value,
) -> (StatusCode, Value) {
    let origin = headers
        .get(header::ORIGIN)
        .and_then(|origin| origin.to_str().ok());
    let own = [
        world.origins.checkout_origin(),
        world.origins.hooks.as_str(),
    ];
    if origin.is_some_and(|origin| !own.contains(&origin)) {
        return (StatusCode::FORBIDDEN, json!({ "state": "refused" }));
    }
    let form = Params::read("", body);
    let mut books = world.books();
    let Some(name) = books_of(&books, id) else {
        return (StatusCode::NOT_FOUND, json!({ "state": "unavailable" }));
    };
    let call = inner::call(&name, "POST", "", &[]);
    let mut desk = Desk::new(&mut books, &world.home, &call, None).under(&world.faults);
    checkout_sessions::end_overdue(&mut desk);
    let session = checkout_sessions::known(&mut desk, id).cloned();
    let Some(session) = session.ok().filter(|session| may(session, &name, &form)) else {
        return (StatusCode::NOT_FOUND, json!({ "state": "unavailable" }));
    };
    let mut answer = work(&mut desk, &session, &form);
    world.origins.restate(&world.home, &mut answer);
    (StatusCode::OK, answer)
}

/// A hosted page is for whoever has its address; a frame proves that it has the secret, and that the key
/// it was made with is the session's merchant's.
fn may(session: &CheckoutSession, books: &str, form: &Params) -> bool {
    if session.place.mode() == UiMode::Hosted {
        return true;
    }
    let key = form.text("key").and_then(|key| ApiKey::parse(key).ok());
    let named = key.map(|key| match form.text("account") {
        Some(connected) => format!("{}/{connected}", key.account),
        None => key.account,
    });
    form.text("client_secret") == Some(&session.client_secret) && named.as_deref() == Some(books)
}

/// Where the session stands, as the page needs to know it.
fn standing(desk: &mut Desk<'_>, session: &CheckoutSession) -> Value {
    let intent = session.purpose.intent();
    match session.status {
        CheckoutStatus::Complete => {
            json!({ "state": "complete", "url": session.place.after(&session.id) })
        }
        CheckoutStatus::Expired => json!({ "state": "expired" }),
        CheckoutStatus::Open => match intent.and_then(|intent| refusal(desk, intent)) {
            Some(error) => {
                let words = refused(&error);
                json!({ "state": "open", "code": words.get("code"), "message": words.get("message") })
            }
            None => json!({ "state": "open" }),
        },
    }
}

fn now_standing(desk: &mut Desk<'_>, id: &str) -> Value {
    match checkout_sessions::known(desk, id).cloned() {
        Ok(session) => standing(desk, &session),
        Err(error) => refused(&error.members()),
    }
}

/// A refusal in words for the person. Only a card's own error has such words, and never the bank's reason.
fn refused(error: &Value) -> Value {
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
        .items
        .iter()
        .map(|item| {
            json!({ "name": item.name, "quantity": item.quantity, "each": item.unit_amount, "amount": item.total() })
        })
        .collect();
    let currency = session.currency.as_deref().and_then(Currency::parse);
    let decimals = currency.map(|currency| currency.decimals());
    let back = match &session.place {
        Place::Hosted { cancel_url, .. } => cancel_url.as_deref(),
        Place::Embedded { .. } | Place::Elements { .. } => None,
    };
    json!({
        "mode": session.purpose.as_str(), "merchant": merchant, "amount": session.total(),
        "currency": session.currency, "decimals": decimals, "items": items, "email": email, "locale": session.locale,
        "submit_type": session.submit_type, "back": back, "done": session.place.after(&session.id),
    })
}

fn books_of(books: &Books, id: &str) -> Option<String> {
    books.name_of(|account| account.checkouts.get(id).is_some())
}

fn note(
    world: &World,
    (method, path, body): (&str, &str, &str),
    headers: &HeaderMap,
    id: &str,
    status: StatusCode,
) {
    let journal = &world.journal;
    let number = journal.note(Where::Hooks, method, path, "", headers, body);
    if let Some(name) = books_of(&world.books(), id) {
        journal.belongs(number, name.split('/').next().unwrap_or_default());
    }
    journal.answered(number, status.as_u16());
}
