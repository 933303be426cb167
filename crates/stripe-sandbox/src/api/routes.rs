//! The routes of the API: which function handles which path, and which calls a publishable key may make.

use super::{
    RequestContext, accounts, charges, checkout_create, checkout_sessions, confirmation_tokens,
    customers, disputes, events, expand, payment_capture, payment_confirm, payment_intent_update,
    payment_intents, payment_methods, refunds, setup_confirm, setup_intents, terminal, tokens,
    webhook_endpoints,
};
use crate::error::ApiError;
use crate::key::Rights;
use serde_json::Value;

/// Executes the call of the context.
///
/// # Errors
/// The error of the call; its body is [`ApiError::body`].
pub fn route(ctx: &mut RequestContext<'_>) -> Result<Value, ApiError> {
    let call = ctx.call;
    let segments: Vec<&str> = call.path.trim_matches('/').split('/').collect();
    let (method, path) = (call.method.as_str(), segments.as_slice());
    if ctx.rights() == Rights::Publishable && !allows_publishable_key(method, path) {
        return Err(ApiError::secret_key_required());
    }
    let object = match path {
        ["v1", _, "search"] if method == "GET" => {
            Err(ApiError::not_modelled("search; lists can be filtered"))
        }
        ["v1", rest @ ..] => route_v1(ctx, method, rest),
        ["v2", ..] => Err(ApiError::path_not_modelled(method, &call.path)),
        _ => Err(ApiError::unknown_path(method, &call.path)),
    }?;
    expand::expand(ctx, object)
}

/// A publishable key may create payment methods and tokens, and retrieve and confirm an intent whose client secret is
/// given.
fn allows_publishable_key(method: &str, path: &[&str]) -> bool {
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

fn route_v1(ctx: &mut RequestContext<'_>, method: &str, path: &[&str]) -> Result<Value, ApiError> {
    match (method, path) {
        ("GET", ["account"]) => accounts::own(ctx),
        ("POST", ["accounts"]) => accounts::create(ctx),
        ("GET", ["accounts"]) => accounts::list(ctx),
        ("GET", ["accounts", id]) => accounts::retrieve(ctx, id),

        ("POST", ["customers"]) => customers::create(ctx),
        ("GET", ["customers"]) => customers::list(ctx),
        ("GET", ["customers", id]) => customers::retrieve(ctx, id),
        ("POST", ["customers", id]) => customers::update(ctx, id),
        ("DELETE", ["customers", id]) => customers::delete(ctx, id),
        ("GET", ["customers", id, "payment_methods"]) => payment_methods::list_of(ctx, id),
        ("GET", ["customers", id, "payment_methods", method]) => {
            payment_methods::retrieve_of(ctx, id, method)
        }

        ("POST", ["payment_methods"]) => payment_methods::create(ctx),
        ("GET", ["payment_methods"]) => payment_methods::list(ctx),
        ("GET", ["payment_methods", id]) => payment_methods::retrieve(ctx, id),
        ("POST", ["payment_methods", id]) => payment_methods::update(ctx, id),
        ("POST", ["payment_methods", id, "attach"]) => payment_methods::attach(ctx, id),
        ("POST", ["payment_methods", id, "detach"]) => payment_methods::detach(ctx, id),

        ("POST", ["tokens"]) => tokens::create(ctx),
        ("GET", ["tokens", id]) => tokens::retrieve(ctx, id),
        ("POST", ["confirmation_tokens"] | ["test_helpers", "confirmation_tokens"]) => {
            confirmation_tokens::create(ctx)
        }
        ("GET", ["confirmation_tokens", id]) => confirmation_tokens::retrieve(ctx, id),

        ("POST", ["setup_intents"]) => setup_intents::create(ctx),
        ("GET", ["setup_intents"]) => setup_intents::list(ctx),
        ("GET", ["setup_intents", id]) => setup_intents::retrieve(ctx, id),
        ("POST", ["setup_intents", id]) => setup_intents::update(ctx, id),
        ("POST", ["setup_intents", id, "confirm"]) => setup_confirm::confirm(ctx, id),
        ("POST", ["setup_intents", id, "cancel"]) => setup_intents::cancel(ctx, id),

        ("POST", ["payment_intents"]) => payment_intents::create(ctx),
        ("GET", ["payment_intents"]) => payment_intents::list(ctx),
        ("GET", ["payment_intents", id]) => payment_intents::retrieve(ctx, id),
        ("POST", ["payment_intents", id]) => payment_intent_update::update(ctx, id),
        ("POST", ["payment_intents", id, "confirm"]) => payment_confirm::confirm(ctx, id),
        ("POST", ["payment_intents", id, "capture"]) => payment_capture::capture(ctx, id),
        ("POST", ["payment_intents", id, "cancel"]) => payment_capture::cancel(ctx, id),

        ("GET", ["charges"]) => charges::list(ctx),
        ("GET", ["charges", id]) => charges::retrieve(ctx, id),
        ("POST", ["charges", id]) => charges::update(ctx, id),
        ("GET", ["disputes"]) => disputes::list(ctx),
        ("GET", ["disputes", id]) => disputes::retrieve(ctx, id),
        ("POST", ["disputes", id]) => disputes::update(ctx, id),
        ("POST", ["disputes", id, "close"]) => disputes::close(ctx, id),
        ("GET", ["radar", "early_fraud_warnings"]) => disputes::list_warnings(ctx),
        ("GET", ["radar", "early_fraud_warnings", id]) => disputes::retrieve_warning(ctx, id),
        ("POST", ["refunds"]) => refunds::create(ctx),
        ("GET", ["refunds"]) => refunds::list(ctx),
        ("GET", ["refunds", id]) => refunds::retrieve(ctx, id),

        ("POST", ["checkout", "sessions"]) => checkout_create::create(ctx),
        ("GET", ["checkout", "sessions"]) => checkout_sessions::list(ctx),
        ("GET", ["checkout", "sessions", id]) => checkout_sessions::retrieve(ctx, id),
        ("GET", ["checkout", "sessions", id, "line_items"]) => {
            checkout_sessions::line_items(ctx, id)
        }
        ("POST", ["checkout", "sessions", id, "expire"]) => checkout_sessions::expire(ctx, id),

        ("GET", ["events"]) => events::list(ctx),
        ("GET", ["events", id]) => events::retrieve(ctx, id),
        ("POST", ["webhook_endpoints"]) => webhook_endpoints::create(ctx),
        ("GET", ["webhook_endpoints"]) => webhook_endpoints::list(ctx),
        ("GET", ["webhook_endpoints", id]) => webhook_endpoints::retrieve(ctx, id),
        ("POST", ["webhook_endpoints", id]) => webhook_endpoints::update(ctx, id),
        ("DELETE", ["webhook_endpoints", id]) => webhook_endpoints::delete(ctx, id),

        ("POST", ["terminal", "connection_tokens"]) => terminal::create_token(ctx),
        ("POST", ["terminal", "locations"]) => terminal::create_location(ctx),
        ("GET", ["terminal", "locations"]) => terminal::list_locations(ctx),
        ("GET", ["terminal", "locations", id]) => terminal::retrieve_location(ctx, id),
        _ => Err(ApiError::path_not_modelled(method, &ctx.call.path)),
    }
}
