//! `expand[]`: ids replaced by what they name. The last step of every call that succeeds.

use super::Desk;
use crate::account::Account;
use crate::error::ApiError;
use crate::key::Rights;
use serde_json::Value;

/// How deep Stripe lets a path go.
const DEPTH_MAX: usize = 4;

/// Replaces the ids at the paths the call asks for.
///
/// # Errors
/// 400 for a path that names nothing that can be expanded.
pub fn expand(desk: &mut Desk<'_>, mut answer: Value) -> Result<Value, ApiError> {
    let rights = desk.rights();
    for path in desk.params().list("expand") {
        let steps: Vec<&str> = path.split('.').collect();
        if steps.len() > DEPTH_MAX {
            return Err(ApiError::invalid(&format!(
                "You cannot expand more than {DEPTH_MAX} levels: {path}"
            )));
        }
        if !reach(desk.account(), rights, &mut answer, &steps) {
            return Err(ApiError::invalid(&format!(
                "This property cannot be expanded ({path}). You may want to try expanding 'data.{path}' instead."
            ))
            .param("expand"));
        }
    }
    Ok(answer)
}

/// Whether the path exists; what is `null` there stays `null`.
fn reach(account: &Account, rights: Rights, at: &mut Value, steps: &[&str]) -> bool {
    if let Value::Array(items) = at {
        return items
            .iter_mut()
            .all(|item| reach(account, rights, item, steps));
    }
    let Some((step, rest)) = steps.split_first() else {
        if let Some(shown) = at.as_str().and_then(|id| account.show(id, rights)) {
            *at = shown;
        }
        return at.is_object() || at.is_null();
    };
    if at.is_null() {
        return true;
    }
    if let Some(shown) = at.as_str().and_then(|id| account.show(id, rights)) {
        *at = shown;
    }
    at.get_mut(*step)
        .is_some_and(|next| reach(account, rights, next, rest))
}
