//! `POST /v1/payment_intents/:id`: changes an intent. A final intent accepts only descriptive parameters.

use super::RequestContext;
use super::intent_params::{given_customer, given_method, given_types, requested};
use super::payment_intents::{CAPTURE_METHODS, find, is_open, object_of, unexpected_state};
use super::payment_params::{currency, given_amount, shipping};
use crate::error::ApiError;
use crate::key::Rights;
use crate::metadata;
use crate::money;
use crate::object::payment_intent::PaymentStatus;
use serde_json::Value;

/// The parameters of an intent that is not final.
const WRITABLE: &[&str] = &[
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

pub fn update(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    let params = ctx.params();
    params.allow(WRITABLE)?;
    let types = given_types(ctx)?;
    let requested = requested(ctx)?;
    let future = params.choice("setup_future_usage", &["off_session", "on_session"])?;
    let capture_method = params.choice("capture_method", CAPTURE_METHODS)?;
    let metadata = metadata::merged(&find(ctx, id)?.metadata, params, "metadata")?;
    let is_final = !is_open(&find(ctx, id)?.status);
    let always = [
        "description",
        "metadata",
        "receipt_email",
        "shipping",
        "expand",
    ];
    if is_final && params.names().any(|name| !always.contains(&name)) {
        return Err(unexpected_state(find(ctx, id)?, Rights::Secret, "updated"));
    }
    let currency = match params.text("currency") {
        Some(text) => currency(text)?,
        None => find(ctx, id)?.currency.clone(),
    };
    let amount = given_amount(params, &currency)?;
    if amount.is_none() && currency != find(ctx, id)?.currency {
        // The amount must be valid in the new currency too.
        let new_currency = money::currency(&currency, "currency")?;
        money::charge(find(ctx, id)?.amount, &new_currency, "amount")?;
    }
    let customer = match given_customer(ctx)? {
        Some(customer) => Some(customer),
        None => find(ctx, id)?.customer.clone(),
    };
    let method = given_method(ctx, customer.as_deref(), Some(id))?;
    let shipping = shipping(params)?;
    let intent = find(ctx, id)?;
    (intent.customer, intent.currency) = (customer, currency);
    intent.amount = amount.unwrap_or(intent.amount);
    intent.types = types.unwrap_or_else(|| intent.types.clone());
    intent.metadata = metadata;
    for (name, field) in [
        ("description", &mut intent.description),
        ("receipt_email", &mut intent.receipt_email),
        (
            "statement_descriptor_suffix",
            &mut intent.statement_descriptor_suffix,
        ),
    ] {
        if let Some(text) = params.raw(name) {
            *field = Some(text.to_owned()).filter(|text| !text.is_empty());
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
    object_of(ctx, id)
}
