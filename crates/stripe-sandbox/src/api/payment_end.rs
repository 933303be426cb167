//! How a payment ends: charged, held, or refused, with the charge that says so. Reached from
//! `payment_confirm.rs` and from the bank's page.

use super::payment_intents::{announce, known};
use super::{Desk, payment_methods, sequel};
use crate::decline::Decline;
use crate::error::ApiError;
use crate::key::Rights;
use crate::object::charge::{Authentication, card_details};
use crate::object::payment_intent::PaymentStatus;
use crate::object::payment_method::Bond;
use crate::object::told::Told;
use crate::object::{Charge, now};
use serde_json::Map;

/// One try to charge a card.
#[derive(Clone, Copy, Debug)]
pub struct Try<'a> {
    pub intent: &'a str,
    pub method: &'a str,
    /// How the person was asked.
    pub authentication: Authentication,
}

/// The charge has worked; the card is kept when the intent says so, and spent when nobody owns it.
pub fn succeed(desk: &mut Desk<'_>, tried: Try<'_>) -> Result<(), ApiError> {
    let charge = charge(desk, tried, None)?;
    let intent = known(desk, tried.intent)?;
    intent.latest_charge = Some(charge.clone());
    intent.last_error = None;
    intent.payment_method = Some(tried.method.to_owned());
    let held = intent.capture_method == "manual";
    if held {
        intent.status = PaymentStatus::RequiresCapture;
    } else {
        intent.status = PaymentStatus::Succeeded;
        intent.amount_received = intent.amount;
    }
    let (customer, keep) = (intent.customer.clone(), intent.setup_future_usage.is_some());
    let method = payment_methods::known(desk, tried.method)?;
    let later = method.card.later;
    match (&method.bond, customer) {
        (Bond::Free, Some(customer)) if keep => {
            method.bond = Bond::Attached(customer);
            method.set_up = true;
            let shown = method.to_json(Rights::Secret);
            desk.record("payment_method.attached", shown);
        }
        (Bond::Free, _) => method.bond = Bond::Spent,
        _ => {}
    }
    let kind = match held {
        true => "payment_intent.amount_capturable_updated",
        false => "payment_intent.succeeded",
    };
    announce(desk, kind, tried.intent)?;
    match held {
        true => Ok(()),
        false => sequel::follow(desk, &charge, later),
    }
}

/// The charge was refused: the intent waits for another card, and the error names both. `decline` is
/// none when no bank was asked, so that there is no charge. After too many refusals it is cancelled.
pub fn refuse(
    desk: &mut Desk<'_>,
    tried: Try<'_>,
    decline: Option<Decline>,
    mut error: ApiError,
) -> Result<ApiError, ApiError> {
    let rights = desk.rights();
    let most = desk.switches().refusals;
    let charge = match decline {
        Some(_) => Some(charge(desk, tried, decline)?),
        None => None,
    };
    if let Some(charge) = &charge {
        error = error.with("charge", charge.as_str().into());
    }
    let card = payment_methods::known(desk, tried.method)?;
    let told = |rights| error.clone().with("payment_method", card.to_json(rights));
    let last_error = Told {
        server: told(Rights::Secret).members(),
        browser: told(Rights::Publishable).members(),
    };
    let error = told(rights);
    let intent = known(desk, tried.intent)?;
    intent.refusals += 1;
    intent.latest_charge = charge.or(intent.latest_charge.take());
    intent.payment_method = None;
    intent.last_error = Some(last_error);
    intent.status = PaymentStatus::RequiresPaymentMethod;
    let over = intent.refusals >= most;
    announce(desk, "payment_intent.payment_failed", tried.intent)?;
    if over {
        let intent = known(desk, tried.intent)?;
        intent.status = PaymentStatus::Canceled;
        intent.cancellation_reason = Some("automatic".to_owned());
        intent.canceled_at = Some(now());
        announce(desk, "payment_intent.canceled", tried.intent)?;
    }
    Ok(error.with("payment_intent", known(desk, tried.intent)?.to_json(rights)))
}

/// What a failed or closed challenge leaves behind.
#[must_use]
pub fn unauthenticated() -> ApiError {
    ApiError::invalid(
        "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
    )
    .code("payment_intent_authentication_failure")
}

/// Makes the charge and records it.
fn charge(
    desk: &mut Desk<'_>,
    tried: Try<'_>,
    failure: Option<Decline>,
) -> Result<String, ApiError> {
    let mint = &mut desk.account().mint;
    let (id, transaction) = (mint.id("ch"), mint.letters(15));
    let intent = known(desk, tried.intent)?.clone();
    let held = intent.capture_method == "manual";
    let method = payment_methods::known(desk, tried.method)?;
    let works = failure.is_none();
    let authorised = works.then_some(intent.amount);
    let charge = Charge {
        id: id.clone(),
        created: now(),
        amount: intent.amount,
        amount_captured: if works && !held { intent.amount } else { 0 },
        amount_refunded: 0,
        captured: works && !held,
        currency: intent.currency,
        customer: intent.customer,
        description: intent.description,
        failure,
        metadata: Map::new(),
        payment_intent: intent.id,
        payment_method: method.id.clone(),
        billing_details: method.billing_details(),
        details: match &method.presented {
            Some(presented) => presented.details(method, authorised, &transaction),
            None => card_details(method, authorised, tried.authentication, &transaction),
        },
        receipt_email: intent.receipt_email,
        shipping: intent.shipping,
        brand: method.card.brand,
        risk: method.card.risk,
        blocked: failure.is_some() && method.card.radar.is_some(),
        disputed: false,
        statement_descriptor_suffix: intent.statement_descriptor_suffix,
    };
    let shown = charge.to_json();
    desk.account().charges.put(&id, charge);
    let kind = if works {
        "charge.succeeded"
    } else {
        "charge.failed"
    };
    desk.record(kind, shown);
    Ok(id)
}
