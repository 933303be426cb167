//! `/v1/payment_intents`: make, read, change and list. Confirming is `payment_confirm.rs`, taking and
//! letting go of money `payment_capture.rs`.

use super::intent_params::{given_customer, given_method, given_types, requested, unnamed_types};
use super::payment_params::{currency, given_amount, off_session, shipping};
use super::{Desk, expand, payment_confirm};
use crate::error::ApiError;
use crate::key::Rights;
use crate::metadata;
use crate::money;
use crate::object::payment_intent::PaymentStatus;
use crate::object::{PaymentIntent, now};
use crate::span::Span;
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

const CAPTURE_METHODS: &[&str] = &["automatic", "automatic_async", "manual"];

/// What may be written while the intent is still open.
const CHANGEABLE: &[&str] = &[
    "amount",
    "allowed_payment_method_types[]",
    "capture_method",
    "currency",
    "customer",
    "description",
    "metadata[*]",
    "payment_method",
    "payment_method_data[*]",
    "payment_method_options[card][request_three_d_secure]",
    "payment_method_types[]",
    "receipt_email",
    "setup_future_usage",
    "shipping[*]",
    "statement_descriptor_suffix",
];

pub fn create(desk: &mut Desk<'_>) -> Result<Value, ApiError> {
    let params = desk.params();
    params.allow(WRITABLE)?;
    let confirm = params.flag("confirm")?;
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
    let currency = currency(params.need("currency")?)?;
    let amount =
        given_amount(params, &currency)?.ok_or_else(|| ApiError::parameter_missing("amount"))?;
    let future = params.choice("setup_future_usage", &["off_session", "on_session"])?;
    if off_session(params)? && future.is_some() {
        return Err(ApiError::exclusive(&["off_session", "setup_future_usage"]));
    }
    let capture_method = params.choice("capture_method", CAPTURE_METHODS)?;
    let confirmation_method = params.choice("confirmation_method", &["automatic", "manual"])?;
    let types = match given_types(desk)? {
        Some(types) => types,
        None => unnamed_types(desk),
    };
    let request_three_d_secure = requested(desk)?.unwrap_or_else(|| "automatic".to_owned());
    let shipping = shipping(params)?;
    let metadata = metadata::new(params)?;
    let customer = given_customer(desk)?;
    let id = desk.account().mint.id("pi");
    let method = given_method(desk, customer.as_deref(), Some(&id))?;
    let own = |name: &str| params.text(name).map(str::to_owned);
    let intent = PaymentIntent {
        client_secret: desk.account().mint.client_secret(&id),
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
    desk.account().payments.put(&id, intent);
    announce(desk, "payment_intent.created", &id)?;
    match confirm {
        true => payment_confirm::carry_out(desk, &id),
        false => show(desk, &id),
    }
}

/// `GET /v1/payment_intents/:id`; a browser must hold its secret.
pub fn retrieve(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    desk.params().allow(&["client_secret"])?;
    check_secret(desk, id)?;
    let later = known(desk, id)?.expand.clone();
    let shown = show(desk, id)?;
    expand::expand_later(desk, shown, &later)
}

pub fn update(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    let params = desk.params();
    params.allow(CHANGEABLE)?;
    let types = given_types(desk)?;
    let requested = requested(desk)?;
    let future = params.choice("setup_future_usage", &["off_session", "on_session"])?;
    let capture_method = params.choice("capture_method", CAPTURE_METHODS)?;
    let metadata = metadata::written(&known(desk, id)?.metadata, params, "metadata")?;
    let over = !is_open(&known(desk, id)?.status);
    let always = [
        "description",
        "metadata",
        "receipt_email",
        "shipping",
        "expand",
    ];
    if over && params.names().any(|name| !always.contains(&name)) {
        return Err(unexpected_state(
            known(desk, id)?,
            Rights::Secret,
            "updated",
        ));
    }
    let currency = match params.text("currency") {
        Some(text) => currency(text)?,
        None => known(desk, id)?.currency.clone(),
    };
    let amount = given_amount(params, &currency)?;
    if amount.is_none() && currency != known(desk, id)?.currency {
        // What was an amount of one currency must be one of the other, too.
        let whole = money::currency(&currency, "currency")?;
        money::charge(known(desk, id)?.amount, &whole, "amount")?;
    }
    let customer = match given_customer(desk)? {
        Some(customer) => Some(customer),
        None => known(desk, id)?.customer.clone(),
    };
    let method = given_method(desk, customer.as_deref(), Some(id))?;
    let shipping = shipping(params)?;
    let intent = known(desk, id)?;
    (intent.customer, intent.currency) = (customer, currency);
    intent.amount = amount.unwrap_or(intent.amount);
    intent.types = types.unwrap_or_else(|| intent.types.clone());
    intent.metadata = metadata;
    for (name, place) in [
        ("description", &mut intent.description),
        ("receipt_email", &mut intent.receipt_email),
        (
            "statement_descriptor_suffix",
            &mut intent.statement_descriptor_suffix,
        ),
    ] {
        if let Some(text) = params.raw(name) {
            *place = Some(text.to_owned()).filter(|text| !text.is_empty());
        }
    }
    if !shipping.is_null() {
        intent.shipping = shipping;
    }
    if params.raw("setup_future_usage").is_some() {
        intent.setup_future_usage = future;
    }
    if let Some(capture_method) = capture_method {
        intent.capture_method = capture_method;
    }
    if let Some(requested) = requested {
        intent.request_three_d_secure = requested;
    }
    if method.is_some() {
        intent.payment_method = method;
        intent.status = PaymentStatus::RequiresConfirmation;
    }
    show(desk, id)
}

pub fn list(desk: &mut Desk<'_>) -> Result<Value, ApiError> {
    let params = desk.params();
    params.allow(&[
        "customer",
        "limit",
        "starting_after",
        "ending_before",
        "created",
        "created[*]",
    ])?;
    let customer = params.text("customer");
    let created = Span::read(params, "created")?;
    let fits = |intent: &PaymentIntent| {
        customer.is_none_or(|id| intent.customer.as_deref() == Some(id))
            && created.holds(intent.created)
    };
    desk.account()
        .payments
        .page(params, "/v1/payment_intents", fits, |intent| {
            intent.to_json(Rights::Secret)
        })
}

/// Whether a card can still be tried.
pub fn is_open(status: &PaymentStatus) -> bool {
    matches!(
        status,
        PaymentStatus::RequiresPaymentMethod
            | PaymentStatus::RequiresConfirmation
            | PaymentStatus::RequiresAction(_)
    )
}

pub fn known<'d>(desk: &'d mut Desk<'_>, id: &str) -> Result<&'d mut PaymentIntent, ApiError> {
    desk.account()
        .payments
        .get_mut(id)
        .ok_or_else(|| ApiError::missing("payment_intent", id, "intent"))
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
    let (given, rights) = (desk.params().text("client_secret"), desk.rights());
    let intent = known(desk, id)?;
    match (rights, given) {
        (Rights::Publishable, None) => Err(ApiError::parameter_missing("client_secret")),
        (_, Some(secret)) if secret != intent.client_secret => {
            Err(ApiError::missing("payment_intent", id, "intent"))
        }
        _ => Ok(()),
    }
}

/// 400 `payment_intent_unexpected_state`, with the intent. `done` is what could not be: `confirmed`.
pub fn unexpected_state(intent: &PaymentIntent, rights: Rights, done: &str) -> ApiError {
    let status = intent.status.as_str();
    ApiError::invalid(&format!(
        "This PaymentIntent could not be {done} because it has a status of {status}."
    ))
    .code("payment_intent_unexpected_state")
    .with("payment_intent", intent.to_json(rights))
}
