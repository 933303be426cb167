//! Parameters both kinds of intent share: the card, the kinds of methods, 3D Secure.

use super::customers::living;
use super::payment_params::off_session;
use super::{Desk, confirmation_tokens, new_card, payment_methods};
use crate::error::ApiError;
use crate::key::Rights;
use crate::object::method_types::{MethodTypes, Redirects};
use crate::object::payment_method::Bond;
use crate::switches::{UnattachedCard, UnnamedTypes};
use crate::version::Train;

/// The method of `payment_method`, `payment_method_data[…]` or `confirmation_token`, checked against
/// `customer`. `intent` is what a confirmation token is used up by; it is none while there is no intent.
pub fn given_method(
    desk: &mut Desk<'_>,
    customer: Option<&str>,
    intent: Option<&str>,
) -> Result<Option<String>, ApiError> {
    let params = desk.params();
    let data = params.has_any("payment_method_data");
    let token = params.text("confirmation_token");
    let given = params.text("payment_method");
    if token.is_some() && (data || given.is_some()) {
        return Err(ApiError::exclusive(&[
            "confirmation_token",
            "payment_method",
        ]));
    }
    let id = match (given, token) {
        (Some(id), _) => {
            let known = new_card::resolve(desk, id)?;
            if known == id && customer.is_some() {
                refuse_unattached(desk, id)?;
            }
            known
        }
        (None, Some(token)) => confirmation_tokens::redeem(desk, token, intent)?,
        (None, None) if data => new_card::make(desk, "payment_method_data")?,
        (None, None) => return Ok(None),
    };
    payment_methods::usable_by(payment_methods::known(desk, &id)?, customer)?;
    Ok(Some(id))
}

fn refuse_unattached(desk: &mut Desk<'_>, id: &str) -> Result<(), ApiError> {
    let refused = desk.switches().unattached_card == UnattachedCard::Refused;
    match payment_methods::known(desk, id)?.bond {
        Bond::Free if refused => Err(payment_methods::not_of_customer(id)),
        _ => Ok(()),
    }
}

pub fn given_customer(desk: &mut Desk<'_>) -> Result<Option<String>, ApiError> {
    match desk.params().text("customer") {
        Some(customer) => Ok(Some(living(desk, customer, "customer")?.id.clone())),
        None => Ok(None),
    }
}

/// `request_three_d_secure`, when it is given.
pub fn requested(desk: &Desk<'_>) -> Result<Option<String>, ApiError> {
    desk.params().choice(
        "payment_method_options[card][request_three_d_secure]",
        &["automatic", "any", "challenge"],
    )
}

/// What the intent takes, when that is said.
pub fn given_types(desk: &mut Desk<'_>) -> Result<Option<MethodTypes>, ApiError> {
    let params = desk.params();
    let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect::<Vec<_>>();
    let named = owned(params.list("payment_method_types"));
    let allowed = owned(params.list("allowed_payment_method_types"));
    let automatic = params.flag("automatic_payment_methods[enabled]")?;
    let redirects = params.choice(
        "automatic_payment_methods[allow_redirects]",
        &["always", "never"],
    )?;
    if params.has_any("automatic_payment_methods")
        && params.text("automatic_payment_methods[enabled]").is_none()
    {
        return Err(ApiError::parameter_missing(
            "automatic_payment_methods[enabled]",
        ));
    }
    if !named.is_empty() && desk.version().is_from(Train::Endive) {
        return Err(ApiError::bad_value(
            "payment_method_types_no_longer_supported",
            "payment_method_types",
            "payment_method_types is no longer supported in this API version; use allowed_payment_method_types instead.",
        ));
    }
    if automatic && !(named.is_empty() && allowed.is_empty()) {
        return Err(ApiError::exclusive(&[
            "automatic_payment_methods",
            "payment_method_types",
        ]));
    }
    if !named.is_empty() && !allowed.is_empty() {
        return Err(ApiError::exclusive(&[
            "allowed_payment_method_types",
            "payment_method_types",
        ]));
    }
    if let Some(odd) = named.iter().chain(&allowed).find(|kind| !is_kind(kind)) {
        return Err(
            ApiError::not_modelled(&format!("payment methods of the type '{odd}'"))
                .param("payment_method_types"),
        );
    }
    Ok(match (named.is_empty(), allowed.is_empty()) {
        (false, _) => Some(MethodTypes::Named(named)),
        (_, false) => Some(MethodTypes::Allowed(allowed)),
        _ if automatic => Some(MethodTypes::Automatic(match redirects.as_deref() {
            Some("never") => Redirects::Never,
            _ => Redirects::Always,
        })),
        _ => None,
    })
}

fn is_kind(kind: &str) -> bool {
    matches!(kind, "card" | "card_present" | "link")
}

/// What an intent takes whose maker did not say.
pub fn unnamed_types(desk: &mut Desk<'_>) -> MethodTypes {
    match desk.switches().unnamed_types {
        UnnamedTypes::Card => MethodTypes::Named(vec!["card".to_owned()]),
        UnnamedTypes::Automatic => MethodTypes::Automatic(Redirects::Always),
    }
}

/// A server that confirms an intent for all kinds of methods must say where the person comes back to.
pub fn check_return_url(desk: &Desk<'_>, types: &MethodTypes, noun: &str) -> Result<(), ApiError> {
    let params = desk.params();
    let nobody_there = off_session(params)?;
    let needed = types.needs_return_url()
        && desk.rights() == Rights::Secret
        && !nobody_there
        && !params.flag("use_stripe_sdk")?
        && params.text("return_url").is_none()
        && params.text("confirmation_token").is_none();
    match needed {
        false => Ok(()),
        true => Err(ApiError::invalid(&format!(
            "This {noun} is configured to accept payment methods enabled in your Dashboard. Because some of these payment \
             methods might redirect your customer off of your page, you must provide a `return_url`. If you don't want to \
             accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and \
             `automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment Intents."
        ))
        .param("return_url")),
    }
}
