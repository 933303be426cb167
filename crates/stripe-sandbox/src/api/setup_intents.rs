//! `/v1/setup_intents`, but for confirming, which is `setup_confirm.rs`.

use super::intent_params::{given_customer, given_method, given_types, requested, unnamed_types};
use super::{Desk, expand, setup_confirm};
use crate::error::ApiError;
use crate::key::Rights;
use crate::metadata;
use crate::object::setup_intent::SetupStatus;
use crate::object::{SetupIntent, now};
use crate::span::Span;
use serde_json::Value;

const WRITABLE: &[&str] = &[
    "automatic_payment_methods[enabled]",
    "automatic_payment_methods[allow_redirects]",
    "allowed_payment_method_types[]",
    "confirm",
    "confirmation_token",
    "customer",
    "description",
    "flow_directions[]",
    "mandate_data[*]",
    "metadata[*]",
    "payment_method",
    "payment_method_data[*]",
    "payment_method_options[card][request_three_d_secure]",
    "payment_method_types[]",
    "return_url",
    "usage",
];

pub fn create(desk: &mut Desk<'_>) -> Result<Value, ApiError> {
    let params = desk.params();
    params.allow(WRITABLE)?;
    let confirm = params.flag("confirm")?;
    for name in [
        "return_url",
        "mandate_data[customer_acceptance][type]",
        "confirmation_token",
    ] {
        if !confirm && params.text(name).is_some() {
            return Err(ApiError::needs_confirm(name));
        }
    }
    let types = match given_types(desk)? {
        Some(types) => types,
        None => unnamed_types(desk),
    };
    let usage = params.choice("usage", &["off_session", "on_session"])?;
    let metadata = metadata::new(params)?;
    let request_three_d_secure = requested(desk)?.unwrap_or_else(|| "automatic".to_owned());
    let customer = given_customer(desk)?;
    let id = desk.account().mint.id("seti");
    let method = given_method(desk, customer.as_deref(), Some(&id))?;
    let intent = SetupIntent {
        client_secret: desk.account().mint.client_secret(&id),
        id: id.clone(),
        created: now(),
        status: match method {
            Some(_) => SetupStatus::RequiresConfirmation,
            None => SetupStatus::RequiresPaymentMethod,
        },
        customer,
        payment_method: method,
        usage: usage.unwrap_or_else(|| "off_session".to_owned()),
        description: params.text("description").map(str::to_owned),
        metadata,
        types,
        request_three_d_secure,
        flow_directions: params
            .list("flow_directions")
            .into_iter()
            .map(str::to_owned)
            .collect(),
        last_error: None,
        cancellation_reason: None,
        latest_attempt: None,
        refusals: 0,
        expand: Vec::new(),
    };
    desk.account().setups.put(&id, intent);
    announce(desk, "setup_intent.created", &id)?;
    match confirm {
        true => setup_confirm::carry_out(desk, &id),
        false => show(desk, &id),
    }
}

/// `GET /v1/setup_intents/:id`; a browser must hold its secret.
pub fn retrieve(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    desk.params().allow(&["client_secret"])?;
    check_secret(desk, id)?;
    let later = known(desk, id)?.expand.clone();
    let shown = show(desk, id)?;
    expand::expand_later(desk, shown, &later)
}

pub fn update(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    let params = desk.params();
    params.allow(&[
        "allowed_payment_method_types[]",
        "customer",
        "description",
        "flow_directions[]",
        "metadata[*]",
        "payment_method",
        "payment_method_data[*]",
        "payment_method_options[card][request_three_d_secure]",
        "payment_method_types[]",
    ])?;
    let types = given_types(desk)?;
    let requested = requested(desk)?;
    let metadata = metadata::written(&known(desk, id)?.metadata, params, "metadata")?;
    let over = matches!(
        known(desk, id)?.status,
        SetupStatus::Succeeded | SetupStatus::Canceled | SetupStatus::Processing
    );
    let always = ["description", "metadata", "expand"];
    if over && params.names().any(|name| !always.contains(&name)) {
        return Err(unexpected_state(known(desk, id)?, Rights::Secret, "update"));
    }
    let customer = match given_customer(desk)? {
        Some(customer) => Some(customer),
        None => known(desk, id)?.customer.clone(),
    };
    let method = given_method(desk, customer.as_deref(), Some(id))?;
    let intent = known(desk, id)?;
    intent.customer = customer;
    intent.metadata = metadata;
    if let Some(description) = params.raw("description") {
        intent.description = Some(description.to_owned()).filter(|text| !text.is_empty());
    }
    intent.types = types.unwrap_or_else(|| intent.types.clone());
    if let Some(requested) = requested {
        intent.request_three_d_secure = requested;
    }
    if method.is_some() {
        intent.payment_method = method;
        intent.status = SetupStatus::RequiresConfirmation;
    }
    show(desk, id)
}

pub fn cancel(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    let params = desk.params();
    params.allow(&["cancellation_reason"])?;
    let reasons = ["abandoned", "requested_by_customer", "duplicate"];
    let reason = params.choice("cancellation_reason", &reasons)?;
    let intent = known(desk, id)?;
    if matches!(
        intent.status,
        SetupStatus::Succeeded | SetupStatus::Canceled | SetupStatus::Processing
    ) {
        return Err(unexpected_state(intent, Rights::Secret, "cancel"));
    }
    intent.status = SetupStatus::Canceled;
    intent.cancellation_reason = reason;
    announce(desk, "setup_intent.canceled", id)?;
    show(desk, id)
}

pub fn list(desk: &mut Desk<'_>) -> Result<Value, ApiError> {
    let params = desk.params();
    params.allow(&[
        "customer",
        "payment_method",
        "limit",
        "starting_after",
        "ending_before",
        "created",
        "created[*]",
    ])?;
    let (customer, method) = (params.text("customer"), params.text("payment_method"));
    let created = Span::read(params, "created")?;
    desk.account().setups.page(
        params,
        "/v1/setup_intents",
        |intent| {
            customer.is_none_or(|id| intent.customer.as_deref() == Some(id))
                && method.is_none_or(|id| intent.payment_method.as_deref() == Some(id))
                && created.holds(intent.created)
        },
        |intent| intent.to_json(Rights::Secret),
    )
}

pub fn known<'d>(desk: &'d mut Desk<'_>, id: &str) -> Result<&'d mut SetupIntent, ApiError> {
    desk.account()
        .setups
        .get_mut(id)
        .ok_or_else(|| ApiError::missing("setupintent", id, "intent"))
}

/// The intent `id` as the caller may see it.
pub fn show(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    let rights = desk.rights();
    known(desk, id).map(|intent| intent.to_json(rights))
}

/// Records an event about the intent as it now stands.
pub fn announce(desk: &mut Desk<'_>, kind: &str, id: &str) -> Result<(), ApiError> {
    let shown = known(desk, id)?.to_json(Rights::Secret);
    desk.record(kind, shown);
    Ok(())
}

/// A browser proves by the client secret that it may see the intent; a wrong one finds nothing.
pub fn check_secret(desk: &mut Desk<'_>, id: &str) -> Result<(), ApiError> {
    let given = desk.params().text("client_secret");
    let rights = desk.rights();
    let intent = known(desk, id)?;
    match (rights, given) {
        (Rights::Publishable, None) => Err(ApiError::parameter_missing("client_secret")),
        (_, Some(secret)) if secret != intent.client_secret => {
            Err(ApiError::missing("setupintent", id, "intent"))
        }
        _ => Ok(()),
    }
}

/// 400 `setup_intent_unexpected_state`, with the intent, so that the caller sees what became of it.
pub fn unexpected_state(intent: &SetupIntent, rights: Rights, verb: &str) -> ApiError {
    let why = match &intent.status {
        SetupStatus::Succeeded => "it has already succeeded".to_owned(),
        status => format!("it has a status of {}", status.as_str()),
    };
    ApiError::invalid(&format!(
        "You cannot {verb} this SetupIntent because {why}."
    ))
    .code("setup_intent_unexpected_state")
    .with("setup_intent", intent.to_json(rights))
}
