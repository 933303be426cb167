//! `expand[]`: ids replaced by what they name. The last step of every call that succeeds.

use super::{Desk, expand_lists};
use crate::account::Account;
use crate::error::ApiError;
use crate::key::Rights;
use crate::switches::ExpandAfterChallenge;
use serde_json::Value;

/// How deep Stripe lets a path go.
const DEPTH_MAX: usize = 4;

/// Members that may be expanded even while there is nothing to see: `null`, or not modelled.
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

/// Replaces the ids at the paths the call asks for.
///
/// # Errors
/// 400 for a path that names nothing that can be expanded: in Stripe's words when something else stands there, in the
/// sandbox's own when nothing does.
pub fn expand(desk: &mut Desk<'_>, answer: Value) -> Result<Value, ApiError> {
    let paths: Vec<String> = desk
        .params()
        .list("expand")
        .into_iter()
        .map(str::to_owned)
        .collect();
    expand_paths(desk, answer, &paths)
}

/// What a browser asked to see when it confirmed, now that the challenge is over, if this account's
/// switch says that it is remembered.
pub fn expand_later(
    desk: &mut Desk<'_>,
    answer: Value,
    later: &[String],
) -> Result<Value, ApiError> {
    let honoured = desk.switches().expand_after_challenge == ExpandAfterChallenge::Honoured;
    match honoured && desk.rights() == Rights::Publishable {
        true => expand_paths(desk, answer, later),
        false => Ok(answer),
    }
}

fn expand_paths(
    desk: &mut Desk<'_>,
    mut answer: Value,
    paths: &[String],
) -> Result<Value, ApiError> {
    let rights = desk.rights();
    for path in paths {
        let steps: Vec<&str> = path.split('.').collect();
        if steps.len() > DEPTH_MAX {
            return Err(ApiError::invalid(&format!(
                "You cannot expand more than {DEPTH_MAX} levels of a property. Property: {path}"
            ))
            .param("expand"));
        }
        if let Err(miss) = reach(desk.account(), rights, &mut answer, &steps) {
            let hint = match answer.get("object").and_then(Value::as_str) {
                Some("list") if steps.first() != Some(&"data") => {
                    format!(" You may want to try expanding 'data.{path}' instead.")
                }
                _ => String::new(),
            };
            let theirs = format!("This property cannot be expanded ({path}).{hint}");
            return Err(match miss {
                Miss::Plain => ApiError::unusable("expand", &theirs),
                Miss::Absent => ApiError::expand_not_modelled(path, &theirs),
            });
        }
    }
    Ok(answer)
}

/// Why a path leads nowhere.
enum Miss {
    /// What stands there is no object and names none.
    Plain,
    Absent,
}

/// Expands what stands at the end of the path; what is `null` there stays `null`.
fn reach(account: &Account, rights: Rights, at: &mut Value, steps: &[&str]) -> Result<(), Miss> {
    if let Value::Array(items) = at {
        return items
            .iter_mut()
            .try_for_each(|item| reach(account, rights, item, steps));
    }
    if let Some(shown) = at.as_str().and_then(|id| account.show(id, rights)) {
        *at = shown;
    }
    let Some((step, rest)) = steps.split_first() else {
        return match at.is_object() || at.is_null() {
            true => Ok(()),
            false => Err(Miss::Plain),
        };
    };
    if at.is_null() {
        return Ok(());
    }
    expand_lists::add(account, at, step);
    let last = rest.is_empty();
    let next = at.get_mut(*step).ok_or(Miss::Absent)?;
    let named = next
        .as_str()
        .is_some_and(|id| account.show(id, rights).is_some());
    let seen = next.get("object").is_some();
    match !last || named || seen || EXPANDABLE.contains(step) {
        true => reach(account, rights, next, rest),
        false => Err(Miss::Plain),
    }
}
