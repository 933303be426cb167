//! The parameters that SetupIntents and PaymentIntents share: the payment method, its types, and 3D Secure.

use super::customers::find_customer;
use super::payment_params::off_session;
use super::{RequestContext, confirmation_tokens, payment_method_data, payment_methods};
use crate::behaviour::{UnattachedCard, UnnamedTypes};
use crate::error::ApiError;
use crate::key::Rights;
use crate::object::method_types::{MethodTypes, Redirects};
use crate::object::payment_method::Attachment;
use crate::version::Train;

/// The payment method of `payment_method`, `payment_method_data[…]` or `confirmation_token`, if `customer` may use it.
/// `intent` is the id that marks a confirmation token as used.
pub fn given_method(
    ctx: &mut RequestContext<'_>,
    customer: Option<&str>,
    intent: Option<&str>,
) -> Result<Option<String>, ApiError> {
    let params = ctx.params();
    let data = params.has_any("payment_method_data");
    let token = params.text("confirmation_token");
    let given = params.text("payment_method");
    if token.is_some() && (data || given.is_some()) {
        return Err(ApiError::parameters_exclusive(&[
            "confirmation_token",
            "payment_method",
        ]));
    }
    let id = match (given, token) {
        (Some(id), _) => {
            let known = payment_method_data::resolve(ctx, id)?;
            if known == id && customer.is_some() {
                refuse_unattached(ctx, id)?;
            }
            known
        }
        (None, Some(token)) => confirmation_tokens::consume(ctx, token, intent)?,
        (None, None) if data => payment_method_data::create(ctx, "payment_method_data")?,
        (None, None) => return Ok(None),
    };
    payment_methods::check_usable_by(payment_methods::find(ctx, &id)?, customer)?;
    Ok(Some(id))
}

fn refuse_unattached(ctx: &mut RequestContext<'_>, id: &str) -> Result<(), ApiError> {
    let refused = ctx.behaviour().unattached_card == UnattachedCard::Refused;
    match payment_methods::find(ctx, id)?.attachment {
        Attachment::Unattached if refused => Err(payment_methods::not_of_customer(id)),
        _ => Ok(()),
    }
}

pub fn given_customer(ctx: &mut RequestContext<'_>) -> Result<Option<String>, ApiError> {
    match ctx.params().text("customer") {
        Some(customer) => Ok(Some(find_customer(ctx, customer, "customer")?.id.clone())),
        None => Ok(None),
    }
}

pub fn requested(ctx: &RequestContext<'_>) -> Result<Option<String>, ApiError> {
    ctx.params().choice(
        "payment_method_options[card][request_three_d_secure]",
        &["automatic", "any", "challenge"],
    )
}

/// The payment method types of the call; `None` when it names none.
///
/// # Errors
/// 400 for parameters that exclude each other, and for types that are not modelled.
pub fn given_types(ctx: &mut RequestContext<'_>) -> Result<Option<MethodTypes>, ApiError> {
    let params = ctx.params();
    let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect::<Vec<_>>();
    let named = owned(params.list("payment_method_types"));
    let allowed = owned(params.list("allowed_payment_method_types"));
    let automatic = params.boolean("automatic_payment_methods[enabled]")?;
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
    if !named.is_empty() && ctx.version().is_from(Train::Endive) {
        return Err(ApiError::bad_value(
            "payment_method_types_no_longer_supported",
            "payment_method_types",
            "payment_method_types is no longer supported in this API version; use allowed_payment_method_types instead.",
        ));
    }
    if automatic && !(named.is_empty() && allowed.is_empty()) {
        return Err(ApiError::parameters_exclusive(&[
            "automatic_payment_methods",
            "payment_method_types",
        ]));
    }
    if !named.is_empty() && !allowed.is_empty() {
        return Err(ApiError::parameters_exclusive(&[
            "allowed_payment_method_types",
            "payment_method_types",
        ]));
    }
    if let Some(invalid) = named.iter().chain(&allowed).find(|kind| !is_kind(kind)) {
        return Err(
            ApiError::not_modelled(&format!("payment methods of the type '{invalid}'"))
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

/// The payment method types of an intent that was created without any.
pub fn unnamed_types(ctx: &mut RequestContext<'_>) -> MethodTypes {
    match ctx.behaviour().unnamed_types {
        UnnamedTypes::Card => MethodTypes::Named(vec!["card".to_owned()]),
        UnnamedTypes::Automatic => MethodTypes::Automatic(Redirects::Always),
    }
}

/// Checks that a server gives a `return_url` when it confirms an intent whose types can redirect.
pub fn check_return_url(
    ctx: &RequestContext<'_>,
    types: &MethodTypes,
    noun: &str,
) -> Result<(), ApiError> {
    let params = ctx.params();
    let is_off_session = off_session(params)?;
    let needed = types.needs_return_url()
        && ctx.rights() == Rights::Secret
        && !is_off_session
        && !params.boolean("use_stripe_sdk")?
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
