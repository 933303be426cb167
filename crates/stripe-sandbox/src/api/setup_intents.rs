//! `/v1/setup_intents`: create, retrieve, update, cancel and list. `setup_confirm.rs` confirms them.
//! A browser must never get an intent without its client secret.

use super::intent_params::{given_customer, given_method, given_types, requested, unnamed_types};
use super::{RequestContext, expand, setup_confirm};
use crate::error::ApiError;
use crate::key::Rights;
use crate::metadata;
use crate::object::setup_intent::SetupStatus;
use crate::object::{SetupIntent, now};
use crate::time_range::TimeRange;
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

pub fn create(ctx: &mut RequestContext<'_>) -> Result<Value, ApiError> {
    let params = ctx.params();
    params.allow(WRITABLE)?;
    let confirm = params.boolean("confirm")?;
    for name in [
        "return_url",
        "mandate_data[customer_acceptance][type]",
        "confirmation_token",
    ] {
        if !confirm && params.text(name).is_some() {
            return Err(ApiError::needs_confirm(name));
        }
    }
    let types = match given_types(ctx)? {
        Some(types) => types,
        None => unnamed_types(ctx),
    };
    let usage = params.choice("usage", &["off_session", "on_session"])?;
    let metadata = metadata::new(params)?;
    let request_three_d_secure = requested(ctx)?.unwrap_or_else(|| "automatic".to_owned());
    let customer = given_customer(ctx)?;
    let id = ctx.account().ids.id("seti");
    let method = given_method(ctx, customer.as_deref(), Some(&id))?;
    let intent = SetupIntent {
        client_secret: ctx.account().ids.client_secret(&id),
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
    ctx.account().setup_intents.put(&id, intent);
    record_event(ctx, "setup_intent.created", &id)?;
    match confirm {
        true => setup_confirm::confirm_stored(ctx, &id),
        false => object_of(ctx, &id),
    }
}

/// `GET /v1/setup_intents/:id`; a browser must give the client secret.
pub fn retrieve(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    ctx.params().allow(&["client_secret"])?;
    check_secret(ctx, id)?;
    let expand_paths = find(ctx, id)?.expand.clone();
    let object = object_of(ctx, id)?;
    expand::expand_later(ctx, object, &expand_paths)
}

pub fn update(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    let params = ctx.params();
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
    let types = given_types(ctx)?;
    let requested = requested(ctx)?;
    let metadata = metadata::merged(&find(ctx, id)?.metadata, params, "metadata")?;
    let over = matches!(
        find(ctx, id)?.status,
        SetupStatus::Succeeded | SetupStatus::Canceled | SetupStatus::Processing
    );
    let always = ["description", "metadata", "expand"];
    if over && params.names().any(|name| !always.contains(&name)) {
        return Err(unexpected_state(find(ctx, id)?, Rights::Secret, "update"));
    }
    let customer = match given_customer(ctx)? {
        Some(customer) => Some(customer),
        None => find(ctx, id)?.customer.clone(),
    };
    let method = given_method(ctx, customer.as_deref(), Some(id))?;
    let intent = find(ctx, id)?;
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
    object_of(ctx, id)
}

pub fn cancel(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    let params = ctx.params();
    params.allow(&["cancellation_reason"])?;
    let reasons = ["abandoned", "requested_by_customer", "duplicate"];
    let reason = params.choice("cancellation_reason", &reasons)?;
    let intent = find(ctx, id)?;
    if matches!(
        intent.status,
        SetupStatus::Succeeded | SetupStatus::Canceled | SetupStatus::Processing
    ) {
        return Err(unexpected_state(intent, Rights::Secret, "cancel"));
    }
    intent.status = SetupStatus::Canceled;
    intent.cancellation_reason = reason;
    record_event(ctx, "setup_intent.canceled", id)?;
    object_of(ctx, id)
}

pub fn list(ctx: &mut RequestContext<'_>) -> Result<Value, ApiError> {
    let params = ctx.params();
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
    let created = TimeRange::parse(params, "created")?;
    ctx.account().setup_intents.page(
        params,
        "/v1/setup_intents",
        |intent| {
            customer.is_none_or(|id| intent.customer.as_deref() == Some(id))
                && method.is_none_or(|id| intent.payment_method.as_deref() == Some(id))
                && created.contains(intent.created)
        },
        |intent| intent.to_json(Rights::Secret),
    )
}

pub fn find<'d>(
    ctx: &'d mut RequestContext<'_>,
    id: &str,
) -> Result<&'d mut SetupIntent, ApiError> {
    ctx.account()
        .setup_intents
        .get_mut(id)
        .ok_or_else(|| ApiError::resource_missing("setupintent", id, "intent"))
}

/// The JSON object of the intent `id`, as the caller may see it.
pub fn object_of(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    let rights = ctx.rights();
    find(ctx, id).map(|intent| intent.to_json(rights))
}

/// Records an event with the current state of the intent.
pub fn record_event(ctx: &mut RequestContext<'_>, kind: &str, id: &str) -> Result<(), ApiError> {
    let object = find(ctx, id)?.to_json(Rights::Secret);
    ctx.record(kind, object);
    Ok(())
}

/// Checks the client secret, which a browser must give.
///
/// # Errors
/// 404 for a wrong secret, as for an intent that does not exist.
pub fn check_secret(ctx: &mut RequestContext<'_>, id: &str) -> Result<(), ApiError> {
    let given = ctx.params().text("client_secret");
    let rights = ctx.rights();
    let intent = find(ctx, id)?;
    match (rights, given) {
        (Rights::Publishable, None) => Err(ApiError::parameter_missing("client_secret")),
        (_, Some(secret)) if secret != intent.client_secret => {
            Err(ApiError::resource_missing("setupintent", id, "intent"))
        }
        _ => Ok(()),
    }
}

/// 400 `setup_intent_unexpected_state`. The error holds the intent, so that the caller can read its status.
pub fn unexpected_state(intent: &SetupIntent, rights: Rights, verb: &str) -> ApiError {
    let reason = match &intent.status {
        SetupStatus::Succeeded => "it has already succeeded".to_owned(),
        status => format!("it has a status of {}", status.as_str()),
    };
    ApiError::invalid(&format!(
        "You cannot {verb} this SetupIntent because {reason}."
    ))
    .code("setup_intent_unexpected_state")
    .with("setup_intent", intent.to_json(rights))
}
