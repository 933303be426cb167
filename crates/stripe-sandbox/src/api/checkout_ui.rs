//! `ui_mode` of a new checkout session, and the URLs that each mode has. Called by `checkout_create.rs`.

use super::RequestContext;
use crate::error::ApiError;
use crate::form::Params;
use crate::object::ui_mode::{CheckoutUi, Redirect, UiMode};

/// Reads `ui_mode` and its URLs. A URL of another mode is refused.
pub fn read(ctx: &RequestContext<'_>) -> Result<CheckoutUi, ApiError> {
    let (params, version) = (ctx.params(), ctx.version().as_str());
    let mode = match params.text("ui_mode") {
        None => UiMode::Hosted,
        Some(name) => UiMode::parse(name, version).ok_or_else(|| {
            ApiError::invalid(&format!(
                "Invalid ui_mode: must be one of {}",
                UiMode::names(version)
            ))
            .param("ui_mode")
        })?,
    };
    let name = mode.name(version);
    match mode {
        UiMode::Hosted => {
            refuse(params, name, &["return_url", "redirect_on_completion"])?;
            Ok(CheckoutUi::Hosted {
                success_url: url(params, "success_url")?
                    .ok_or_else(|| ApiError::parameter_missing("success_url"))?,
                cancel_url: url(params, "cancel_url")?,
            })
        }
        UiMode::Embedded => {
            refuse(params, name, &["cancel_url", "success_url"])?;
            embedded(params)
        }
        UiMode::Elements => {
            let foreign = ["cancel_url", "success_url", "redirect_on_completion"];
            refuse(params, name, &foreign)?;
            Ok(CheckoutUi::Elements {
                return_url: url(params, "return_url")?,
            })
        }
    }
}

fn embedded(params: &Params) -> Result<CheckoutUi, ApiError> {
    let redirect = match params.text("redirect_on_completion") {
        None => Redirect::Always,
        Some(name) => Redirect::parse(name).ok_or_else(|| {
            ApiError::invalid(
                "Invalid redirect_on_completion: must be one of always, if_required, or never",
            )
            .param("redirect_on_completion")
        })?,
    };
    let return_url = url(params, "return_url")?;
    match (redirect, &return_url) {
        (Redirect::Never, Some(_)) => Err(ApiError::invalid(
            "`return_url` cannot be set when `redirect_on_completion` is `never`.",
        )
        .param("return_url")),
        (Redirect::Always | Redirect::IfRequired, None) => {
            Err(ApiError::parameter_missing("return_url"))
        }
        _ => Ok(CheckoutUi::Embedded {
            return_url,
            redirect,
        }),
    }
}

fn refuse(params: &Params, mode: &str, foreign: &[&str]) -> Result<(), ApiError> {
    let given: Vec<&str> = foreign
        .iter()
        .copied()
        .filter(|name| params.raw(name).is_some())
        .collect();
    match given.first() {
        None => Ok(()),
        Some(first) => Err(ApiError::invalid(&format!(
            "The following parameters are not supported with 'ui_mode: {mode}': {}.",
            given.join(", ")
        ))
        .param(first)),
    }
}

/// An HTTP or HTTPS URL. Its path and query are not checked.
fn url(params: &Params, name: &str) -> Result<Option<String>, ApiError> {
    let Some(text) = params.text(name) else {
        return Ok(None);
    };
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let usable = rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
        && !text.chars().any(|c| c.is_whitespace() || c.is_control());
    if usable {
        Ok(Some(text.to_owned()))
    } else {
        Err(ApiError::bad_value("url_invalid", name, "Not a valid URL"))
    }
}
