//! Records the result of a setup: success or failure. Called by `setup_confirm.rs`, and by `challenge_end.rs` after 3D
//! Secure.

use super::setup_intents::{find, record_event};
use super::{RequestContext, payment_methods};
use crate::error::ApiError;
use crate::key::Rights;
use crate::object::payment_method::Attachment;
use crate::object::role_view::RoleView;
use crate::object::setup_intent::SetupStatus;

/// The setup has succeeded: the payment method is attached to the customer.
pub fn succeed(ctx: &mut RequestContext<'_>, id: &str, method: &str) -> Result<(), ApiError> {
    let intent = find(ctx, id)?;
    intent.status = SetupStatus::Succeeded;
    intent.last_error = None;
    intent.payment_method = Some(method.to_owned());
    let customer = intent.customer.clone();
    let card = payment_methods::find(ctx, method)?;
    card.set_up = true;
    if let (Attachment::Unattached, Some(customer)) = (&card.attachment, customer) {
        card.attachment = Attachment::Attached(customer);
        let object = card.to_json(Rights::Secret);
        ctx.record("payment_method.attached", object);
    }
    record_event(ctx, "setup_intent.succeeded", id)
}

/// The setup has failed: the intent waits for another payment method, and is cancelled after too many failures. Returns
/// the error with the intent and the payment method.
pub fn fail(
    ctx: &mut RequestContext<'_>,
    id: &str,
    method: &str,
    error: ApiError,
) -> Result<ApiError, ApiError> {
    let rights = ctx.rights();
    let max_refusals = ctx.behaviour().refusals;
    let card = payment_methods::find(ctx, method)?;
    let view = |rights| error.clone().with("payment_method", card.to_json(rights));
    let last_error = RoleView {
        server: view(Rights::Secret).members(),
        browser: view(Rights::Publishable).members(),
    };
    let error = view(rights);
    let intent = find(ctx, id)?;
    intent.refusals += 1;
    intent.payment_method = None;
    intent.last_error = Some(last_error);
    intent.status = SetupStatus::RequiresPaymentMethod;
    let is_final = intent.refusals >= max_refusals;
    record_event(ctx, "setup_intent.setup_failed", id)?;
    if is_final {
        let intent = find(ctx, id)?;
        intent.status = SetupStatus::Canceled;
        intent.cancellation_reason = Some("abandoned".to_owned());
        record_event(ctx, "setup_intent.canceled", id)?;
    }
    Ok(error.with("setup_intent", find(ctx, id)?.to_json(rights)))
}

/// The error of a challenge that failed or was closed.
#[must_use]
pub fn authentication_failure() -> ApiError {
    ApiError::invalid(
        "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
    )
    .code("setup_intent_authentication_failure")
}
