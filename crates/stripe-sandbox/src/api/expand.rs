//! `expand[]`: replaces ids with their objects. The last step of every successful call. It must never show a browser an
//! object that its key cannot read.

use super::{RequestContext, expand_lists};
use crate::account::Account;
use crate::behaviour::ExpandAfterChallenge;
use crate::error::ApiError;
use crate::key::Rights;
use serde_json::Value;

/// The longest path, in levels: Stripe's limit.
const MAX_EXPAND_DEPTH: usize = 4;

/// Members that may be expanded although they are `null` or not modelled.
const EXPANDABLE: &[&str] = &[
    "application",
    "balance_transaction",
    "charge",
    "customer",
    "data",
    "default_payment_method",
    "default_source",
    "discount",
    "latest_charge",
    "mandate",
    "on_behalf_of",
    "payment_intent",
    "payment_link",
    "payment_method",
    "review",
    "setup_intent",
    "single_use_mandate",
    "source",
    "subscription",
    "test_clock",
];

/// Replaces the ids at the `expand` paths of the call.
///
/// # Errors
/// 400 for a path that cannot be expanded: with Stripe's message when the path leads to another value, with the
/// sandbox's own when there is no such member.
pub fn expand(ctx: &mut RequestContext<'_>, response: Value) -> Result<Value, ApiError> {
    let paths: Vec<String> = ctx
        .params()
        .list("expand")
        .into_iter()
        .map(str::to_owned)
        .collect();
    expand_paths(ctx, response, &paths)
}

/// Applies the `expand` paths that a browser sent with its confirmation, after the challenge, if the account's
/// behaviour settings honour them.
pub fn expand_later(
    ctx: &mut RequestContext<'_>,
    response: Value,
    paths: &[String],
) -> Result<Value, ApiError> {
    let applies = ctx.behaviour().expand_after_challenge == ExpandAfterChallenge::Honoured;
    match applies && ctx.rights() == Rights::Publishable {
        true => expand_paths(ctx, response, paths),
        false => Ok(response),
    }
}

fn expand_paths(
    ctx: &mut RequestContext<'_>,
    mut response: Value,
    paths: &[String],
) -> Result<Value, ApiError> {
    let rights = ctx.rights();
    for path in paths {
        let steps: Vec<&str> = path.split('.').collect();
        if steps.len() > MAX_EXPAND_DEPTH {
            return Err(ApiError::invalid(&format!(
                "You cannot expand more than {MAX_EXPAND_DEPTH} levels of a property. Property: {path}"
            ))
            .param("expand"));
        }
        if let Err(error) = expand_path(ctx.account(), rights, &mut response, &steps) {
            let hint = match response.get("object").and_then(Value::as_str) {
                Some("list") if steps.first() != Some(&"data") => {
                    format!(" You may want to try expanding 'data.{path}' instead.")
                }
                _ => String::new(),
            };
            let stripes_message = format!("This property cannot be expanded ({path}).{hint}");
            return Err(match error {
                ExpandError::NotExpandable => ApiError::invalid_value("expand", &stripes_message),
                ExpandError::Absent => ApiError::expand_not_modelled(path, &stripes_message),
            });
        }
    }
    Ok(response)
}

enum ExpandError {
    /// The value is neither an object nor the id of one.
    NotExpandable,
    /// There is no such member.
    Absent,
}

/// Expands the value at the end of the path; `null` stays `null`.
fn expand_path(
    account: &Account,
    rights: Rights,
    at: &mut Value,
    steps: &[&str],
) -> Result<(), ExpandError> {
    if let Value::Array(items) = at {
        return items
            .iter_mut()
            .try_for_each(|item| expand_path(account, rights, item, steps));
    }
    if let Some(expanded) = at.as_str().and_then(|id| account.show(id, rights)) {
        *at = expanded;
    }
    let Some((step, rest)) = steps.split_first() else {
        return match at.is_object() || at.is_null() {
            true => Ok(()),
            false => Err(ExpandError::NotExpandable),
        };
    };
    if at.is_null() {
        return Ok(());
    }
    expand_lists::add(account, at, step);
    let last = rest.is_empty();
    let next = at.get_mut(*step).ok_or(ExpandError::Absent)?;
    let named = next
        .as_str()
        .is_some_and(|id| account.show(id, rights).is_some());
    let is_object = next.get("object").is_some();
    match !last || named || is_object || EXPANDABLE.contains(step) {
        true => expand_path(account, rights, next, rest),
        false => Err(ExpandError::NotExpandable),
    }
}
