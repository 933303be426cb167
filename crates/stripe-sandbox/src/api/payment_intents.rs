//! `/v1/payment_intents`, but for confirming, which is `payment_confirm.rs`.

use super::customers::living;
use super::setup_intents::{allowed_types, given_method, method_types, requested};
use super::{Desk, payment_confirm};
use crate::error::ApiError;
use crate::key::Rights;
use crate::object::payment_intent::PaymentStatus;
use crate::object::{PaymentIntent, now};
use serde_json::{Map, Value};

const WRITABLE: &[&str] = &[
    "amount",
    "currency",
    "automatic_payment_methods[*]",
    "allowed_payment_method_types[]",
    "capture_method",
    "confirm",
    "customer",
    "description",
    "error_on_requires_action",
    "mandate_data[*]",
    "metadata[*]",
    "off_session",
    "on_behalf_of",
    "payment_method",
    "payment_method_data[*]",
    "payment_method_options[card][request_three_d_secure]",
    "payment_method_types[]",
    "receipt_email",
    "return_url",
    "setup_future_usage",
    "statement_descriptor",
    "statement_descriptor_suffix",
];

/// `POST /v1/payment_intents`.
pub fn create(desk: &mut Desk<'_>) -> Result<Value, ApiError> {
    let params = desk.params();
    params.allow(WRITABLE)?;
    let amount = params
        .integer("amount")?
        .ok_or_else(|| ApiError::parameter_missing("amount"))?;
    if amount == 0 {
        return Err(ApiError::bad_value(
            "parameter_invalid_integer",
            "amount",
            "This value must be greater than or equal to 1.",
        ));
    }
    let currency = params.need("currency")?.to_ascii_lowercase();
    if currency.len() != 3 || !currency.bytes().all(|b| b.is_ascii_lowercase()) {
        return Err(ApiError::invalid(&format!("Invalid currency: {currency}")).param("currency"));
    }
    let types = method_types(desk)?;
    let customer = params.text("customer");
    if let Some(customer) = customer {
        living(desk, customer, "customer")?;
    }
    let method = given_method(desk, customer)?;
    let mint = &mut desk.account().mint;
    let id = mint.id("pi");
    let own = |name: &str| params.text(name).map(str::to_owned);
    let intent = PaymentIntent {
        client_secret: mint.client_secret(&id),
        id: id.clone(),
        created: now(),
        status: if method.is_some() {
            PaymentStatus::RequiresConfirmation
        } else {
            PaymentStatus::RequiresPaymentMethod
        },
        amount,
        amount_received: 0,
        currency,
        customer: customer.map(str::to_owned),
        payment_method: method,
        capture_method: own("capture_method").unwrap_or_else(|| "automatic_async".to_owned()),
        setup_future_usage: own("setup_future_usage"),
        description: own("description"),
        receipt_email: own("receipt_email"),
        metadata: params
            .map("metadata")
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .collect::<Map<_, _>>(),
        payment_method_types: types,
        allowed_payment_method_types: allowed_types(desk),
        request_three_d_secure: requested(desk).unwrap_or("automatic").to_owned(),
        last_error: None,
        cancellation_reason: None,
        canceled_at: None,
        latest_charge: None,
    };
    desk.account().payments.put(&id, intent);
    if params.flag("confirm")? {
        payment_confirm::carry_out(desk, &id)
    } else {
        show(desk, &id)
    }
}

/// `GET /v1/payment_intents/:id`; a browser must hold its secret.
pub fn retrieve(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    desk.params().allow(&[])?;
    check_secret(desk, id)?;
    show(desk, id)
}

/// `POST /v1/payment_intents/:id/capture`.
pub fn capture(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    let params = desk.params();
    params.allow(&["amount_to_capture", "metadata[*]"])?;
    let amount = params.integer("amount_to_capture")?;
    let intent = known(desk, id)?;
    if intent.status != PaymentStatus::RequiresCapture {
        return Err(unexpected_state(intent, Rights::Secret, "capture"));
    }
    let amount = amount.unwrap_or(intent.amount);
    if amount == 0 || amount > intent.amount {
        return Err(ApiError::bad_value(
            "amount_too_large",
            "amount_to_capture",
            "The amount to capture must be positive and no more than the amount authorised.",
        ));
    }
    intent.amount_received = amount;
    intent.status = PaymentStatus::Succeeded;
    show(desk, id)
}

/// `POST /v1/payment_intents/:id/cancel`.
pub fn cancel(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    let params = desk.params();
    params.allow(&["cancellation_reason"])?;
    let intent = known(desk, id)?;
    if matches!(
        intent.status,
        PaymentStatus::Succeeded | PaymentStatus::Canceled
    ) {
        return Err(unexpected_state(intent, Rights::Secret, "cancel"));
    }
    intent.status = PaymentStatus::Canceled;
    intent.canceled_at = Some(now());
    intent.cancellation_reason = params.text("cancellation_reason").map(str::to_owned);
    show(desk, id)
}

/// `GET /v1/payment_intents`.
pub fn list(desk: &mut Desk<'_>) -> Result<Value, ApiError> {
    let params = desk.params();
    params.allow(&[
        "customer",
        "limit",
        "starting_after",
        "ending_before",
        "created[*]",
    ])?;
    let customer = params.text("customer");
    let fits =
        |intent: &PaymentIntent| customer.is_none_or(|id| intent.customer.as_deref() == Some(id));
    desk.account()
        .payments
        .page(params, "/v1/payment_intents", fits, |intent| {
            intent.to_json(Rights::Secret)
        })
}

/// The intent `id`.
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

/// 400 `payment_intent_unexpected_state`, with the intent.
pub fn unexpected_state(intent: &PaymentIntent, rights: Rights, verb: &str) -> ApiError {
    let status = intent.status.as_str();
    ApiError::invalid(&format!(
        "This PaymentIntent could not be {verb}ed because it has a status of {status}."
    ))
    .code("payment_intent_unexpected_state")
    .with("payment_intent", intent.to_json(rights))
}
