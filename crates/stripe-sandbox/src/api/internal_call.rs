//! Calls that the sandbox makes itself, for Stripe's own pages and for the card reader. They use the same code as the
//! merchant's calls, so that the same rules and events apply.

use super::{Call, RequestContext, routes};
use crate::error::ApiError;
use crate::form::Params;
use crate::key::{ApiKey, Rights};
use crate::version::Version;
use serde_json::Value;

/// A call on the account `name`, with a secret key's rights.
#[must_use]
pub fn build(name: &str, method: &str, path: &str, form: &[(&str, &str)]) -> Call {
    let (account, connected) = match name.split_once('/') {
        Some((account, connected)) => (account, Some(connected.to_owned())),
        None => (name, None),
    };
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(form)
        .finish();
    Call {
        method: method.to_owned(),
        path: path.to_owned(),
        params: Params::parse("", &body),
        key: ApiKey {
            rights: Rights::Secret,
            account: account.to_owned(),
        },
        version: Some(Version::default()),
        connected,
        idempotency_key: None,
        request_id: None,
    }
}

/// Posts to the API with a publishable key's rights, on the account of `ctx`. The form may hold a card number.
///
/// # Errors
/// The error of the call.
pub fn post_as_browser(
    ctx: &mut RequestContext<'_>,
    path: &str,
    form: &[(&str, &str)],
) -> Result<Value, ApiError> {
    let mut call = build(ctx.account_name(), "POST", path, form);
    call.key.rights = Rights::Publishable;
    routes::route(&mut ctx.for_internal_call(&call))
}

/// Posts to the API with a secret key's rights, on the account of `ctx`.
///
/// # Errors
/// The error of the call.
pub fn post(
    ctx: &mut RequestContext<'_>,
    path: &str,
    form: &[(&str, &str)],
) -> Result<Value, ApiError> {
    let call = build(ctx.account_name(), "POST", path, form);
    routes::route(&mut ctx.for_internal_call(&call))
}
