//! What happens when the person pays on a checkout page: the card, the customer, the intent, and in the
//! end the session is complete. Called by [`crate::checkout`], and when a challenge ends.

use super::{Desk, checkout_sessions, inner};
use crate::error::ApiError;
use crate::object::checkout_session::{Buyer, CheckoutStatus, Purpose};
use crate::object::payment_intent::PaymentStatus;
use crate::object::setup_intent::SetupStatus;
use serde_json::Value;

/// What the person typed. The digits go no further than into the API.
pub struct Typed<'a> {
    pub email: Option<&'a str>,
    pub name: Option<&'a str>,
    pub number: &'a str,
    pub exp_month: &'a str,
    pub exp_year: &'a str,
    pub cvc: &'a str,
}

/// Makes the card, the customer and the intent, and confirms. Returns the intent as it then stands.
///
/// # Errors
/// Whatever the API refuses with; the session stays open.
pub fn pay(desk: &mut Desk<'_>, id: &str, typed: &Typed<'_>) -> Result<Value, ApiError> {
    let card = card(desk, typed)?;
    let session = checkout_sessions::known(desk, id)?;
    let email = typed
        .email
        .or(session.customer_email.as_deref())
        .map(str::to_owned);
    session.buyer = Some(Buyer {
        email: email.clone(),
        name: typed.name.map(str::to_owned),
    });
    let wanted = session.customer_creation.as_deref() == Some("always");
    let customer = session
        .customer
        .clone()
        .or_else(|| session.made_customer.clone());
    let customer = match customer {
        None if wanted => {
            let form: Vec<(&str, &str)> = [("email", email.as_deref()), ("name", typed.name)]
                .into_iter()
                .filter_map(|(name, value)| Some((name, value?)))
                .collect();
            let made = text(&inner::post(desk, "/v1/customers", &form)?, "id");
            checkout_sessions::known(desk, id)?.made_customer = Some(made.clone());
            Some(made)
        }
        known => known,
    };
    let kind = match checkout_sessions::known(desk, id)?.purpose {
        Purpose::Setup { .. } => "setup_intents",
        Purpose::Payment { .. } => "payment_intents",
    };
    let intent = intent(desk, id, customer.as_deref())?;
    let form = [
        ("payment_method", card.as_str()),
        ("use_stripe_sdk", "true"),
    ];
    let confirmed = inner::post(desk, &format!("/v1/{kind}/{intent}/confirm"), &form)?;
    moved(desk, &intent);
    Ok(confirmed)
}

fn card(desk: &mut Desk<'_>, typed: &Typed<'_>) -> Result<String, ApiError> {
    let mut form = vec![
        ("type", "card"),
        ("card[number]", typed.number),
        ("card[exp_month]", typed.exp_month),
        ("card[exp_year]", typed.exp_year),
        ("card[cvc]", typed.cvc),
    ];
    form.extend(typed.email.map(|email| ("billing_details[email]", email)));
    form.extend(typed.name.map(|name| ("billing_details[name]", name)));
    Ok(text(
        &inner::post_as_browser(desk, "/v1/payment_methods", &form)?,
        "id",
    ))
}

/// The session's intent, made now if it has none, with its customer.
fn intent(desk: &mut Desk<'_>, id: &str, customer: Option<&str>) -> Result<String, ApiError> {
    let session = checkout_sessions::known(desk, id)?.clone();
    match &session.purpose {
        Purpose::Setup { intent } => {
            if let (Some(customer), None) = (customer, &session.customer) {
                let path = format!("/v1/setup_intents/{intent}");
                inner::post(desk, &path, &[("customer", customer)])?;
            }
            return Ok(intent.clone());
        }
        Purpose::Payment {
            intent: Some(intent),
        } => return Ok(intent.clone()),
        Purpose::Payment { intent: None } => {}
    }
    let amount = session.total().unwrap_or_default().to_string();
    let mut form: Vec<(&str, &str)> = session
        .intent_data
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    form.extend([
        ("amount", amount.as_str()),
        ("currency", session.currency.as_deref().unwrap_or_default()),
        ("payment_method_types[]", "card"),
        (
            "payment_method_options[card][request_three_d_secure]",
            &session.request_three_d_secure,
        ),
    ]);
    form.extend(customer.map(|id| ("customer", id)));
    let made = text(&inner::post(desk, "/v1/payment_intents", &form)?, "id");
    checkout_sessions::known(desk, id)?.purpose = Purpose::Payment {
        intent: Some(made.clone()),
    };
    Ok(made)
}

/// Completes the open session whose intent `intent` has come to its end.
pub fn moved(desk: &mut Desk<'_>, intent: &str) {
    let account = desk.account();
    let done = match (account.payments.get(intent), account.setups.get(intent)) {
        (Some(payment), _) => matches!(
            payment.status,
            PaymentStatus::Succeeded | PaymentStatus::RequiresCapture
        ),
        (None, Some(setup)) => setup.status == SetupStatus::Succeeded,
        (None, None) => false,
    };
    let session = account.checkouts.all_mut().find(|session| {
        session.status == CheckoutStatus::Open && session.purpose.intent() == Some(intent)
    });
    if let (true, Some(session)) = (done, session) {
        session.status = CheckoutStatus::Complete;
        session.customer = session.customer.take().or(session.made_customer.take());
        let id = session.id.clone();
        checkout_sessions::announce(desk, "checkout.session.completed", &id);
    }
}

/// Why the last try of `intent` was refused, if it waits for another card because of that.
#[must_use]
pub fn refusal(desk: &mut Desk<'_>, intent: &str) -> Option<Value> {
    let account = desk.account();
    match (account.payments.get(intent), account.setups.get(intent)) {
        (Some(payment), _) if payment.status == PaymentStatus::RequiresPaymentMethod => payment
            .last_error
            .as_ref()
            .map(|error| error.browser.clone()),
        (None, Some(setup)) if setup.status == SetupStatus::RequiresPaymentMethod => {
            setup.last_error.as_ref().map(|error| error.browser.clone())
        }
        _ => None,
    }
}

fn text(value: &Value, name: &str) -> String {
    let text = value.get(name).and_then(Value::as_str);
    text.unwrap_or_default().to_owned()
}
