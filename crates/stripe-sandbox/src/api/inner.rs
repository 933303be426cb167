//! Calls the sandbox makes of itself: what Stripe's own pages and readers do in a merchant's name goes
//! through the same doors as the merchant's calls, so that the same rules and events apply.

use super::{Call, Desk, routes};
use crate::error::ApiError;
use crate::form::Params;
use crate::key::{ApiKey, Rights};
use crate::version::Version;
use serde_json::Value;

/// A call on the books `name`, with a server's rights.
#[must_use]
pub fn call(name: &str, method: &str, path: &str, form: &[(&str, &str)]) -> Call {
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
        params: Params::read("", &body),
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

/// Posts what a browser would post, digits and all, on the books of `desk`.
///
/// # Errors
/// Whatever the API answers with.
pub fn post_as_browser(
    desk: &mut Desk<'_>,
    path: &str,
    form: &[(&str, &str)],
) -> Result<Value, ApiError> {
    let mut call = call(desk.books_name(), "POST", path, form);
    call.key.rights = Rights::Publishable;
    routes::route(&mut desk.lend(&call))
}

/// Posts to the API on the books of `desk`.
///
/// # Errors
/// Whatever the API answers with.
pub fn post(desk: &mut Desk<'_>, path: &str, form: &[(&str, &str)]) -> Result<Value, ApiError> {
    let call = call(desk.books_name(), "POST", path, form);
    routes::route(&mut desk.lend(&call))
}
