//! `/v1/payment_intents`: create, retrieve and list. `payment_intent_update.rs` changes them, `payment_confirm.rs`
//! confirms them, `payment_capture.rs` captures and cancels them.
//! A browser must never get an intent without its client secret.

use super::intent_params::{given_customer, given_method, given_types, requested, unnamed_types};
use super::payment_params::{currency, given_amount, off_session, shipping};
use super::{RequestContext, expand, payment_confirm};
use crate::error::ApiError;
use crate::key::Rights;
use crate::metadata;
use crate::object::payment_intent::PaymentStatus;
use crate::object::{PaymentIntent, now};
use crate::time_range::TimeRange;
use serde_json::Value;

const WRITABLE: &[&str] = &[
    "amount",
    "currency",
    "automatic_payment_methods[enabled]",
    "automatic_payment_methods[allow_redirects]",
    "allowed_payment_method_types[]",
    "capture_method",
    "confirm",
    "confirmation_method",
    "confirmation_token",
    "customer",
    "description",
    "error_on_requires_action",
    "mandate_data[*]",
    "metadata[*]",
    "off_session",
    "payment_method",
    "payment_method_data[*]",
    "payment_method_options[card][request_three_d_secure]",
    "payment_method_types[]",
    "receipt_email",
    "return_url",
    "setup_future_usage",
    "shipping[*]",
    "statement_descriptor_suffix",
];

pub const CAPTURE_METHODS: &[&str] = &["automatic", "automatic_async", "manual"];

pub fn create(ctx: &mut RequestContext<'_>) -> Result<Value, ApiError> {
    let params = ctx.params();
    params.allow(WRITABLE)?;
    let confirm = params.boolean("confirm")?;
    for name in [
        "confirmation_token",
        "error_on_requires_action",
        "off_session",
        "return_url",
    ] {
        if !confirm && params.text(name).is_some() {
            return Err(ApiError::needs_confirm(name));
        }
    }
    let currency = currency(params.required("currency")?)?;
    let amount =
        given_amount(params, &currency)?.ok_or_else(|| ApiError::parameter_missing("amount"))?;
    let future = params.choice("setup_future_usage", &["off_session", "on_session"])?;
    if off_session(params)? && future.is_some() {
        return Err(ApiError::parameters_exclusive(&[
            "off_session",
            "setup_future_usage",
        ]));
    }
    let capture_method = params.choice("capture_method", CAPTURE_METHODS)?;
    let confirmation_method = params.choice("confirmation_method", &["automatic", "manual"])?;
    let types = match given_types(ctx)? {
        Some(types) => types,
        None => unnamed_types(ctx),
    };
    let request_three_d_secure = requested(ctx)?.unwrap_or_else(|| "automatic".to_owned());
    let shipping = shipping(params)?;
    let metadata = metadata::new(params)?;
    let customer = given_customer(ctx)?;
    let id = ctx.account().ids.id("pi");
    let method = given_method(ctx, customer.as_deref(), Some(&id))?;
    let own = |name: &str| params.text(name).map(str::to_owned);
    let intent = PaymentIntent {
        client_secret: ctx.account().ids.client_secret(&id),
        id: id.clone(),
        created: now(),
        status: match method {
            Some(_) => PaymentStatus::RequiresConfirmation,
            None => PaymentStatus::RequiresPaymentMethod,
        },
        amount,
        amount_received: 0,
        currency,
        customer,
        payment_method: method,
        capture_method: capture_method.unwrap_or_else(|| "automatic_async".to_owned()),
        confirmation_method: confirmation_method.unwrap_or_else(|| "automatic".to_owned()),
        setup_future_usage: future,
        description: own("description"),
        receipt_email: own("receipt_email"),
        shipping,
        statement_descriptor_suffix: own("statement_descriptor_suffix"),
        metadata,
        types,
        request_three_d_secure,
        last_error: None,
        cancellation_reason: None,
        canceled_at: None,
        latest_charge: None,
        authenticated: None,
        refusals: 0,
        tip: None,
        expand: Vec::new(),
    };
    ctx.account().payment_intents.put(&id, intent);
    record_event(ctx, "payment_intent.created", &id)?;
    match confirm {
        true => payment_confirm::confirm_stored(ctx, &id),
        false => object_of(ctx, &id),
    }
}

/// `GET /v1/payment_intents/:id`; a browser must give the client secret.
pub fn retrieve(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    ctx.params().allow(&["client_secret"])?;
    check_secret(ctx, id)?;
    let expand_paths = find(ctx, id)?.expand.clone();
    let object = object_of(ctx, id)?;
    expand::expand_later(ctx, object, &expand_paths)
}

pub fn list(ctx: &mut RequestContext<'_>) -> Result<Value, ApiError> {
    let params = ctx.params();
    params.allow(&[
        "customer",
        "limit",
        "starting_after",
        "ending_before",
        "created",
        "created[*]",
    ])?;
    let customer = params.text("customer");
    let created = TimeRange::parse(params, "created")?;
    let matches = |intent: &PaymentIntent| {
        customer.is_none_or(|id| intent.customer.as_deref() == Some(id))
            && created.contains(intent.created)
    };
    ctx.account()
        .payment_intents
        .page(params, "/v1/payment_intents", matches, |intent| {
            intent.to_json(Rights::Secret)
        })
}

/// Whether the intent can still be confirmed.
pub fn is_open(status: &PaymentStatus) -> bool {
    matches!(
        status,
        PaymentStatus::RequiresPaymentMethod
            | PaymentStatus::RequiresConfirmation
            | PaymentStatus::RequiresAction(_)
    )
}

pub fn find<'d>(
    ctx: &'d mut RequestContext<'_>,
    id: &str,
) -> Result<&'d mut PaymentIntent, ApiError> {
    ctx.account()
        .payment_intents
        .get_mut(id)
        .ok_or_else(|| ApiError::resource_missing("payment_intent", id, "intent"))
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
    let (given, rights) = (ctx.params().text("client_secret"), ctx.rights());
    let intent = find(ctx, id)?;
    match (rights, given) {
        (Rights::Publishable, None) => Err(ApiError::parameter_missing("client_secret")),
        (_, Some(secret)) if secret != intent.client_secret => {
            Err(ApiError::resource_missing("payment_intent", id, "intent"))
        }
        _ => Ok(()),
    }
}

/// 400 `payment_intent_unexpected_state`, with the intent. `participle` is the refused action, such as `confirmed`.
pub fn unexpected_state(intent: &PaymentIntent, rights: Rights, participle: &str) -> ApiError {
    let status = intent.status.as_str();
    ApiError::invalid(&format!(
        "This PaymentIntent could not be {participle} because it has a status of {status}."
    ))
    .code("payment_intent_unexpected_state")
    .with("payment_intent", intent.to_json(rights))
}
