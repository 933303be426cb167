//! How a setup ends: it worked, or it was refused. Reached from `setup_confirm.rs` and from the bank's
//! page.

use super::setup_intents::{announce, known};
use super::{Desk, payment_methods};
use crate::error::ApiError;
use crate::key::Rights;
use crate::object::payment_method::Bond;
use crate::object::setup_intent::SetupStatus;
use crate::object::told::Told;

/// The setup has worked: the card becomes the customer's.
pub fn succeed(desk: &mut Desk<'_>, id: &str, method: &str) -> Result<(), ApiError> {
    let intent = known(desk, id)?;
    intent.status = SetupStatus::Succeeded;
    intent.last_error = None;
    intent.payment_method = Some(method.to_owned());
    let customer = intent.customer.clone();
    let card = payment_methods::known(desk, method)?;
    card.set_up = true;
    if let (Bond::Free, Some(customer)) = (&card.bond, customer) {
        card.bond = Bond::Attached(customer);
        let shown = card.to_json(Rights::Secret);
        desk.record("payment_method.attached", shown);
    }
    announce(desk, "setup_intent.succeeded", id)
}

/// The setup was refused: the intent waits for another card, and the error names both. After too many
/// refusals it is cancelled.
pub fn refuse(
    desk: &mut Desk<'_>,
    id: &str,
    method: &str,
    error: ApiError,
) -> Result<ApiError, ApiError> {
    let rights = desk.rights();
    let most = desk.switches().refusals;
    let card = payment_methods::known(desk, method)?;
    let told = |rights| error.clone().with("payment_method", card.to_json(rights));
    let last_error = Told {
        server: told(Rights::Secret).members(),
        browser: told(Rights::Publishable).members(),
    };
    let error = told(rights);
    let intent = known(desk, id)?;
    intent.refusals += 1;
    intent.payment_method = None;
    intent.last_error = Some(last_error);
    intent.status = SetupStatus::RequiresPaymentMethod;
    let over = intent.refusals >= most;
    announce(desk, "setup_intent.setup_failed", id)?;
    if over {
        let intent = known(desk, id)?;
        intent.status = SetupStatus::Canceled;
        intent.cancellation_reason = Some("abandoned".to_owned());
        announce(desk, "setup_intent.canceled", id)?;
    }
    Ok(error.with("setup_intent", known(desk, id)?.to_json(rights)))
}

/// What a failed or closed challenge leaves behind.
#[must_use]
pub fn unauthenticated() -> ApiError {
    ApiError::invalid(
        "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
    )
    .code("setup_intent_authentication_failure")
}
