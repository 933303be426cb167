//! Pays a checkout session: creates the payment method, the customer and the intent, confirms the intent, and completes
//! the session. Called by [`crate::checkout`], and when a challenge ends. Card numbers must never be stored.

use super::{RequestContext, checkout_sessions, internal_call};
use crate::error::ApiError;
use crate::object::checkout_session::{CheckoutMode, CheckoutStatus, CustomerDetails};
use crate::object::payment_intent::PaymentStatus;
use crate::object::setup_intent::SetupStatus;
use serde_json::Value;

/// What the person entered. The card number is passed to the API and nowhere else.
pub struct CheckoutForm<'a> {
    pub email: Option<&'a str>,
    pub name: Option<&'a str>,
    pub number: &'a str,
    pub exp_month: &'a str,
    pub exp_year: &'a str,
    pub cvc: &'a str,
}

/// Creates the payment method, the customer and the intent, and confirms the intent. Returns the confirmed intent.
///
/// # Errors
/// Any error of these calls; the session stays open.
pub fn pay(
    ctx: &mut RequestContext<'_>,
    id: &str,
    entered: &CheckoutForm<'_>,
) -> Result<Value, ApiError> {
    let card = card(ctx, entered)?;
    let session = checkout_sessions::find(ctx, id)?;
    let email = entered
        .email
        .or(session.customer_email.as_deref())
        .map(str::to_owned);
    session.customer_details = Some(CustomerDetails {
        email: email.clone(),
        name: entered.name.map(str::to_owned),
    });
    let create_customer = session.customer_creation.as_deref() == Some("always");
    let customer = session
        .customer
        .clone()
        .or_else(|| session.created_customer.clone());
    let customer = match customer {
        None if create_customer => {
            let form: Vec<(&str, &str)> = [("email", email.as_deref()), ("name", entered.name)]
                .into_iter()
                .filter_map(|(name, value)| Some((name, value?)))
                .collect();
            let made = text(&internal_call::post(ctx, "/v1/customers", &form)?, "id");
            checkout_sessions::find(ctx, id)?.created_customer = Some(made.clone());
            Some(made)
        }
        known => known,
    };
    let kind = match checkout_sessions::find(ctx, id)?.mode {
        CheckoutMode::Setup { .. } => "setup_intents",
        CheckoutMode::Payment { .. } => "payment_intents",
    };
    let intent = intent(ctx, id, customer.as_deref())?;
    let form = [
        ("payment_method", card.as_str()),
        ("use_stripe_sdk", "true"),
    ];
    let confirmed = internal_call::post(ctx, &format!("/v1/{kind}/{intent}/confirm"), &form)?;
    complete_session_of(ctx, &intent);
    Ok(confirmed)
}

fn card(ctx: &mut RequestContext<'_>, entered: &CheckoutForm<'_>) -> Result<String, ApiError> {
    let mut form = vec![
        ("type", "card"),
        ("card[number]", entered.number),
        ("card[exp_month]", entered.exp_month),
        ("card[exp_year]", entered.exp_year),
        ("card[cvc]", entered.cvc),
    ];
    form.extend(entered.email.map(|email| ("billing_details[email]", email)));
    form.extend(entered.name.map(|name| ("billing_details[name]", name)));
    Ok(text(
        &internal_call::post_as_browser(ctx, "/v1/payment_methods", &form)?,
        "id",
    ))
}

/// The id of the session's intent. Creates the intent if there is none yet, and sets its customer.
fn intent(
    ctx: &mut RequestContext<'_>,
    id: &str,
    customer: Option<&str>,
) -> Result<String, ApiError> {
    let session = checkout_sessions::find(ctx, id)?.clone();
    match &session.mode {
        CheckoutMode::Setup { intent } => {
            if let (Some(customer), None) = (customer, &session.customer) {
                let path = format!("/v1/setup_intents/{intent}");
                internal_call::post(ctx, &path, &[("customer", customer)])?;
            }
            return Ok(intent.clone());
        }
        CheckoutMode::Payment {
            intent: Some(intent),
        } => return Ok(intent.clone()),
        CheckoutMode::Payment { intent: None } => {}
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
    let made = text(
        &internal_call::post(ctx, "/v1/payment_intents", &form)?,
        "id",
    );
    checkout_sessions::find(ctx, id)?.mode = CheckoutMode::Payment {
        intent: Some(made.clone()),
    };
    Ok(made)
}

/// Completes the open session of the intent `intent`, if the intent has succeeded or is authorized.
pub fn complete_session_of(ctx: &mut RequestContext<'_>, intent: &str) {
    let account = ctx.account();
    let done = match (
        account.payment_intents.get(intent),
        account.setup_intents.get(intent),
    ) {
        (Some(payment), _) => matches!(
            payment.status,
            PaymentStatus::Succeeded | PaymentStatus::RequiresCapture
        ),
        (None, Some(setup)) => setup.status == SetupStatus::Succeeded,
        (None, None) => false,
    };
    let session = account.checkout_sessions.all_mut().find(|session| {
        session.status == CheckoutStatus::Open && session.mode.intent() == Some(intent)
    });
    if let (true, Some(session)) = (done, session) {
        session.status = CheckoutStatus::Complete;
        session.customer = session.customer.take().or(session.created_customer.take());
        let id = session.id.clone();
        checkout_sessions::record_event(ctx, "checkout.session.completed", &id);
    }
}

/// The last error of `intent`, as a browser sees it, when the intent waits for another card.
#[must_use]
pub fn last_error(ctx: &mut RequestContext<'_>, intent: &str) -> Option<Value> {
    let account = ctx.account();
    match (
        account.payment_intents.get(intent),
        account.setup_intents.get(intent),
    ) {
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
