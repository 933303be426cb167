//! The API's table of contents: which path is which function, and which a browser may call.

use super::{
    Desk, checkout_create, checkout_sessions, customers, events, expand, payment_confirm,
    payment_intents, payment_methods, setup_confirm, setup_intents, webhook_endpoints,
};
use crate::error::ApiError;
use crate::key::Rights;
use serde_json::{Value, json};

/// Carries out the call on the desk.
///
/// # Errors
/// Whatever the API answers with; the body is [`ApiError::body`].
pub fn route(desk: &mut Desk<'_>) -> Result<Value, ApiError> {
    let call = desk.call;
    let segments: Vec<&str> = call.path.trim_matches('/').split('/').collect();
    let (method, path) = (call.method.as_str(), segments.as_slice());

    // A browser's key may make a payment method, and read and confirm an intent whose secret it holds.
    let for_browsers = matches!(
        (method, path),
        ("POST", ["v1", "payment_methods"])
            | ("GET", ["v1", "setup_intents" | "payment_intents", _])
            | (
                "POST",
                ["v1", "setup_intents" | "payment_intents", _, "confirm"]
            )
    );
    if desk.rights() == Rights::Publishable && !for_browsers {
        return Err(ApiError::secret_key_required());
    }

    let answer = match (method, path) {
        ("GET", ["v1", "account"]) => {
            let id = desk.account().id.clone();
            Ok(
                json!({ "id": id, "object": "account", "charges_enabled": true, "country": "US",
                "default_currency": "usd", "details_submitted": true, "payouts_enabled": true, "type": "standard" }),
            )
        }
        ("POST", ["v1", "customers"]) => customers::create(desk),
        ("GET", ["v1", "customers"]) => customers::list(desk),
        ("GET", ["v1", "customers", id]) => customers::retrieve(desk, id),
        ("POST", ["v1", "customers", id]) => customers::update(desk, id),
        ("DELETE", ["v1", "customers", id]) => customers::delete(desk, id),
        ("GET", ["v1", "customers", id, "payment_methods"]) => payment_methods::list_of(desk, id),
        ("GET", ["v1", "customers", id, "payment_methods", method]) => {
            payment_methods::retrieve_of(desk, id, method)
        }

        ("POST", ["v1", "payment_methods"]) => payment_methods::create(desk),
        ("GET", ["v1", "payment_methods"]) => payment_methods::list(desk),
        ("GET", ["v1", "payment_methods", id]) => payment_methods::retrieve(desk, id),
        ("POST", ["v1", "payment_methods", id]) => payment_methods::update(desk, id),
        ("POST", ["v1", "payment_methods", id, "attach"]) => payment_methods::attach(desk, id),
        ("POST", ["v1", "payment_methods", id, "detach"]) => payment_methods::detach(desk, id),

        ("POST", ["v1", "setup_intents"]) => setup_intents::create(desk),
        ("GET", ["v1", "setup_intents"]) => setup_intents::list(desk),
        ("GET", ["v1", "setup_intents", id]) => setup_intents::retrieve(desk, id),
        ("POST", ["v1", "setup_intents", id]) => setup_intents::update(desk, id),
        ("POST", ["v1", "setup_intents", id, "confirm"]) => setup_confirm::confirm(desk, id),
        ("POST", ["v1", "setup_intents", id, "cancel"]) => setup_intents::cancel(desk, id),

        ("POST", ["v1", "payment_intents"]) => payment_intents::create(desk),
        ("GET", ["v1", "payment_intents"]) => payment_intents::list(desk),
        ("GET", ["v1", "payment_intents", id]) => payment_intents::retrieve(desk, id),
        ("POST", ["v1", "payment_intents", id, "confirm"]) => payment_confirm::confirm(desk, id),
        ("POST", ["v1", "payment_intents", id, "capture"]) => payment_intents::capture(desk, id),
        ("POST", ["v1", "payment_intents", id, "cancel"]) => payment_intents::cancel(desk, id),

        ("GET", ["v1", "events"]) => events::list(desk),
        ("GET", ["v1", "events", id]) => events::retrieve(desk, id),
        ("POST", ["v1", "webhook_endpoints"]) => webhook_endpoints::create(desk),
        ("GET", ["v1", "webhook_endpoints"]) => webhook_endpoints::list(desk),
        ("GET", ["v1", "webhook_endpoints", id]) => webhook_endpoints::retrieve(desk, id),
        ("POST", ["v1", "webhook_endpoints", id]) => webhook_endpoints::update(desk, id),
        ("DELETE", ["v1", "webhook_endpoints", id]) => webhook_endpoints::delete(desk, id),
        ("POST", ["v1", "checkout", "sessions"]) => checkout_create::create(desk),
        ("GET", ["v1", "checkout", "sessions"]) => checkout_sessions::list(desk),
        ("GET", ["v1", "checkout", "sessions", id]) => checkout_sessions::retrieve(desk, id),
        ("GET", ["v1", "checkout", "sessions", id, "line_items"]) => {
            checkout_sessions::line_items(desk, id)
        }
        ("POST", ["v1", "checkout", "sessions", id, "expire"]) => {
            checkout_sessions::expire(desk, id)
        }
        _ => Err(ApiError::unknown_path(method, &call.path)),
    }?;
    expand::expand(desk, answer)
}
