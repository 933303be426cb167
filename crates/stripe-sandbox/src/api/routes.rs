//! The API's table of contents: which path is which function, and which a browser may call.

use super::{
    Desk, accounts, charges, checkout_create, checkout_sessions, confirmation_tokens, customers,
    disputes, events, expand, payment_capture, payment_confirm, payment_intents, payment_methods,
    refunds, setup_confirm, setup_intents, terminal, tokens, webhook_endpoints,
};
use crate::error::ApiError;
use crate::key::Rights;
use serde_json::Value;

/// Carries out the call on the desk.
///
/// # Errors
/// Whatever the API answers with; the body is [`ApiError::body`].
pub fn route(desk: &mut Desk<'_>) -> Result<Value, ApiError> {
    let call = desk.call;
    let segments: Vec<&str> = call.path.trim_matches('/').split('/').collect();
    let (method, path) = (call.method.as_str(), segments.as_slice());
    if desk.rights() == Rights::Publishable && !is_for_browsers(method, path) {
        return Err(ApiError::secret_key_required());
    }
    let answer = match path {
        ["v1", _, "search"] if method == "GET" => {
            Err(ApiError::not_modelled("search; lists can be filtered"))
        }
        ["v1", rest @ ..] => go(desk, method, rest),
        ["v2", ..] => Err(ApiError::path_not_modelled(method, &call.path)),
        _ => Err(ApiError::unknown_path(method, &call.path)),
    }?;
    expand::expand(desk, answer)
}

/// A browser's key may make a payment method or a token, and read and confirm an intent whose secret it
/// holds.
fn is_for_browsers(method: &str, path: &[&str]) -> bool {
    matches!(
        (method, path),
        (
            "POST",
            ["v1", "payment_methods" | "tokens" | "confirmation_tokens"]
        ) | ("GET", ["v1", "setup_intents" | "payment_intents", _])
            | (
                "POST",
                ["v1", "setup_intents" | "payment_intents", _, "confirm"]
            )
    )
}

fn go(desk: &mut Desk<'_>, method: &str, path: &[&str]) -> Result<Value, ApiError> {
    match (method, path) {
        ("GET", ["account"]) => accounts::own(desk),
        ("POST", ["accounts"]) => accounts::create(desk),
        ("GET", ["accounts"]) => accounts::list(desk),
        ("GET", ["accounts", id]) => accounts::retrieve(desk, id),

        ("POST", ["customers"]) => customers::create(desk),
        ("GET", ["customers"]) => customers::list(desk),
        ("GET", ["customers", id]) => customers::retrieve(desk, id),
        ("POST", ["customers", id]) => customers::update(desk, id),
        ("DELETE", ["customers", id]) => customers::delete(desk, id),
        ("GET", ["customers", id, "payment_methods"]) => payment_methods::list_of(desk, id),
        ("GET", ["customers", id, "payment_methods", method]) => {
            payment_methods::retrieve_of(desk, id, method)
        }

        ("POST", ["payment_methods"]) => payment_methods::create(desk),
        ("GET", ["payment_methods"]) => payment_methods::list(desk),
        ("GET", ["payment_methods", id]) => payment_methods::retrieve(desk, id),
        ("POST", ["payment_methods", id]) => payment_methods::update(desk, id),
        ("POST", ["payment_methods", id, "attach"]) => payment_methods::attach(desk, id),
        ("POST", ["payment_methods", id, "detach"]) => payment_methods::detach(desk, id),

        ("POST", ["tokens"]) => tokens::create(desk),
        ("GET", ["tokens", id]) => tokens::retrieve(desk, id),
        ("POST", ["confirmation_tokens"] | ["test_helpers", "confirmation_tokens"]) => {
            confirmation_tokens::create(desk)
        }
        ("GET", ["confirmation_tokens", id]) => confirmation_tokens::retrieve(desk, id),

        ("POST", ["setup_intents"]) => setup_intents::create(desk),
        ("GET", ["setup_intents"]) => setup_intents::list(desk),
        ("GET", ["setup_intents", id]) => setup_intents::retrieve(desk, id),
        ("POST", ["setup_intents", id]) => setup_intents::update(desk, id),
        ("POST", ["setup_intents", id, "confirm"]) => setup_confirm::confirm(desk, id),
        ("POST", ["setup_intents", id, "cancel"]) => setup_intents::cancel(desk, id),

        ("POST", ["payment_intents"]) => payment_intents::create(desk),
        ("GET", ["payment_intents"]) => payment_intents::list(desk),
        ("GET", ["payment_intents", id]) => payment_intents::retrieve(desk, id),
        ("POST", ["payment_intents", id]) => payment_intents::update(desk, id),
        ("POST", ["payment_intents", id, "confirm"]) => payment_confirm::confirm(desk, id),
        ("POST", ["payment_intents", id, "capture"]) => payment_capture::capture(desk, id),
        ("POST", ["payment_intents", id, "cancel"]) => payment_capture::cancel(desk, id),

        ("GET", ["charges"]) => charges::list(desk),
        ("GET", ["charges", id]) => charges::retrieve(desk, id),
        ("POST", ["charges", id]) => charges::update(desk, id),
        ("GET", ["disputes"]) => disputes::list(desk),
        ("GET", ["disputes", id]) => disputes::retrieve(desk, id),
        ("POST", ["disputes", id]) => disputes::update(desk, id),
        ("POST", ["disputes", id, "close"]) => disputes::close(desk, id),
        ("GET", ["radar", "early_fraud_warnings"]) => disputes::list_warnings(desk),
        ("GET", ["radar", "early_fraud_warnings", id]) => disputes::retrieve_warning(desk, id),
        ("POST", ["refunds"]) => refunds::create(desk),
        ("GET", ["refunds"]) => refunds::list(desk),
        ("GET", ["refunds", id]) => refunds::retrieve(desk, id),

        ("POST", ["checkout", "sessions"]) => checkout_create::create(desk),
        ("GET", ["checkout", "sessions"]) => checkout_sessions::list(desk),
        ("GET", ["checkout", "sessions", id]) => checkout_sessions::retrieve(desk, id),
        ("GET", ["checkout", "sessions", id, "line_items"]) => {
            checkout_sessions::line_items(desk, id)
        }
        ("POST", ["checkout", "sessions", id, "expire"]) => checkout_sessions::expire(desk, id),

        ("GET", ["events"]) => events::list(desk),
        ("GET", ["events", id]) => events::retrieve(desk, id),
        ("POST", ["webhook_endpoints"]) => webhook_endpoints::create(desk),
        ("GET", ["webhook_endpoints"]) => webhook_endpoints::list(desk),
        ("GET", ["webhook_endpoints", id]) => webhook_endpoints::retrieve(desk, id),
        ("POST", ["webhook_endpoints", id]) => webhook_endpoints::update(desk, id),
        ("DELETE", ["webhook_endpoints", id]) => webhook_endpoints::delete(desk, id),

        ("POST", ["terminal", "connection_tokens"]) => terminal::create_token(desk),
        ("POST", ["terminal", "locations"]) => terminal::create_location(desk),
        ("GET", ["terminal", "locations"]) => terminal::list_locations(desk),
        ("GET", ["terminal", "locations", id]) => terminal::retrieve_location(desk, id),
        _ => Err(ApiError::path_not_modelled(method, &desk.call.path)),
    }
}
