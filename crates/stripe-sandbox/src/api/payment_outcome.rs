//! Records the result of a payment: captured, authorized or failed, with its charge. Called by `payment_confirm.rs` and
//! `terminal_pay.rs`, and by `challenge_end.rs` after 3D Secure.

use super::payment_intents::{find, record_event};
use super::{RequestContext, charge_follow_up, payment_methods};
use crate::decline::Decline;
use crate::error::ApiError;
use crate::key::Rights;
use crate::object::charge::{Authentication, card_details};
use crate::object::payment_intent::PaymentStatus;
use crate::object::payment_method::Attachment;
use crate::object::role_view::RoleView;
use crate::object::{Charge, now};
use serde_json::Map;

/// One attempt to charge a payment method.
#[derive(Clone, Copy, Debug)]
pub struct ChargeAttempt<'a> {
    pub intent: &'a str,
    pub method: &'a str,
    pub authentication: Authentication,
}

/// The charge has succeeded. With `setup_future_usage` the payment method is attached to the customer; without a
/// customer it cannot be used again.
pub fn succeed(ctx: &mut RequestContext<'_>, attempt: ChargeAttempt<'_>) -> Result<(), ApiError> {
    let charge = charge(ctx, attempt, None)?;
    let intent = find(ctx, attempt.intent)?;
    intent.latest_charge = Some(charge.clone());
    intent.last_error = None;
    intent.payment_method = Some(attempt.method.to_owned());
    let authorize_only = intent.capture_method == "manual";
    if authorize_only {
        intent.status = PaymentStatus::RequiresCapture;
    } else {
        intent.status = PaymentStatus::Succeeded;
        intent.amount_received = intent.amount;
    }
    let (customer, save) = (intent.customer.clone(), intent.setup_future_usage.is_some());
    let method = payment_methods::find(ctx, attempt.method)?;
    let follow_up = method.card.follow_up;
    match (&method.attachment, customer) {
        (Attachment::Unattached, Some(customer)) if save => {
            method.attachment = Attachment::Attached(customer);
            method.set_up = true;
            let object = method.to_json(Rights::Secret);
            ctx.record("payment_method.attached", object);
        }
        (Attachment::Unattached, _) => method.attachment = Attachment::Unusable,
        _ => {}
    }
    let kind = match authorize_only {
        true => "payment_intent.amount_capturable_updated",
        false => "payment_intent.succeeded",
    };
    record_event(ctx, kind, attempt.intent)?;
    match authorize_only {
        true => Ok(()),
        false => charge_follow_up::apply(ctx, &charge, follow_up),
    }
}

/// The payment has failed: the intent waits for another payment method, and is cancelled after too many failures.
/// Returns the error with the intent and the payment method. `decline` is `None` when the bank was not asked; then
/// there is no charge.
pub fn fail(
    ctx: &mut RequestContext<'_>,
    attempt: ChargeAttempt<'_>,
    decline: Option<Decline>,
    mut error: ApiError,
) -> Result<ApiError, ApiError> {
    let rights = ctx.rights();
    let max_refusals = ctx.behaviour().refusals;
    let charge = match decline {
        Some(_) => Some(charge(ctx, attempt, decline)?),
        None => None,
    };
    if let Some(charge) = &charge {
        error = error.with("charge", charge.as_str().into());
    }
    let card = payment_methods::find(ctx, attempt.method)?;
    let view = |rights| error.clone().with("payment_method", card.to_json(rights));
    let last_error = RoleView {
        server: view(Rights::Secret).members(),
        browser: view(Rights::Publishable).members(),
    };
    let error = view(rights);
    let intent = find(ctx, attempt.intent)?;
    intent.refusals += 1;
    intent.latest_charge = charge.or(intent.latest_charge.take());
    intent.payment_method = None;
    intent.last_error = Some(last_error);
    intent.status = PaymentStatus::RequiresPaymentMethod;
    let is_final = intent.refusals >= max_refusals;
    record_event(ctx, "payment_intent.payment_failed", attempt.intent)?;
    if is_final {
        let intent = find(ctx, attempt.intent)?;
        intent.status = PaymentStatus::Canceled;
        intent.cancellation_reason = Some("automatic".to_owned());
        intent.canceled_at = Some(now());
        record_event(ctx, "payment_intent.canceled", attempt.intent)?;
    }
    Ok(error.with("payment_intent", find(ctx, attempt.intent)?.to_json(rights)))
}

/// The error of a challenge that failed or was closed.
#[must_use]
pub fn authentication_failure() -> ApiError {
    ApiError::invalid(
        "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
    )
    .code("payment_intent_authentication_failure")
}

/// Creates the charge and records its event. Returns its id.
fn charge(
    ctx: &mut RequestContext<'_>,
    attempt: ChargeAttempt<'_>,
    failure: Option<Decline>,
) -> Result<String, ApiError> {
    let ids = &mut ctx.account().ids;
    let (id, transaction) = (ids.id("ch"), ids.alphanumeric(15));
    let intent = find(ctx, attempt.intent)?.clone();
    let authorize_only = intent.capture_method == "manual";
    let method = payment_methods::find(ctx, attempt.method)?;
    let succeeded = failure.is_none();
    let authorized_amount = succeeded.then_some(intent.amount);
    let charge = Charge {
        id: id.clone(),
        created: now(),
        amount: intent.amount,
        amount_captured: if succeeded && !authorize_only {
            intent.amount
        } else {
            0
        },
        amount_refunded: 0,
        captured: succeeded && !authorize_only,
        currency: intent.currency,
        customer: intent.customer,
        description: intent.description,
        failure,
        metadata: Map::new(),
        payment_intent: intent.id,
        payment_method: method.id.clone(),
        billing_details: method.billing_details(),
        details: match &method.card_present {
            Some(presented) => presented.details(method, authorized_amount, &transaction),
            None => card_details(
                method,
                authorized_amount,
                attempt.authentication,
                &transaction,
            ),
        },
        receipt_email: intent.receipt_email,
        shipping: intent.shipping,
        brand: method.card.brand,
        risk: method.card.risk,
        blocked: failure.is_some() && method.card.radar.is_some(),
        disputed: false,
        statement_descriptor_suffix: intent.statement_descriptor_suffix,
    };
    let object = charge.to_json();
    ctx.account().charges.put(&id, charge);
    let kind = if succeeded {
        "charge.succeeded"
    } else {
        "charge.failed"
    };
    ctx.record(kind, object);
    Ok(id)
}
