//! The card that the simulated reader reads: which test card it is, and its payment method. Called by
//! `terminal_reader.rs`.

use super::{RequestContext, payment_method_data, payment_methods};
use crate::card::TestCard;
use crate::error::ApiError;
use crate::form::Params;
use crate::object::PaymentMethod;
use crate::object::card_present::CardPresentDetails;
use crate::object::payment_method::Attachment;
use crate::test_tokens::test_card_of;
use serde_json::{Value, json};

const DEFAULT_CARD_NUMBER: &str = "4242424242424242";

/// Phone wallets. The names are the sandbox's own, because Stripe's simulator has no wallets.
const WALLETS: &[&str] = &["apple_pay", "google_pay", "samsung_pay"];

/// Stripe's names of declined cards at a reader, with their numbers.
const DECLINED: &[(&str, &str)] = &[
    ("charge_declined", "4000000000000002"),
    ("charge_declined_insufficient_funds", "4000000000009995"),
    ("charge_declined_lost_card", "4000000000009987"),
    ("charge_declined_stolen_card", "4000000000009979"),
    ("charge_declined_expired_card", "4000000000000069"),
    ("charge_declined_processing_error", "4000000000000119"),
];

/// Creates the payment method of the presented card. Returns its id. It can be used for this one payment only; the card
/// that is generated from it can be used again.
pub fn present(
    ctx: &mut RequestContext<'_>,
    form: &Params,
    default_wallet: Option<&'static str>,
    location: Option<String>,
) -> Result<String, ApiError> {
    let name = form.text("card");
    let named = WALLETS.iter().copied().find(|wallet| Some(*wallet) == name);
    let wallet = named.or(default_wallet);
    let number = match (form.text("number"), name) {
        (Some(number), _) => number,
        (None, Some(name)) if named.is_none() => number_of(name).ok_or_else(|| {
            ApiError::invalid(&format!(
                "The simulated reader knows no testPaymentMethod '{name}'."
            ))
            .param("testPaymentMethod")
        })?,
        (None, _) => DEFAULT_CARD_NUMBER,
    };
    let card = TestCard::find(number).map_err(ApiError::card)?;
    let draft = payment_method_data::from_test_card(ctx, card);
    let presented = CardPresentDetails {
        read_method: match wallet {
            Some(_) => "contactless_emv",
            None => "contact_emv",
        },
        wallet,
        location,
        generated: None,
    };
    let method = PaymentMethod {
        cvc_given: false,
        allow_redisplay: form
            .text("allow_redisplay")
            .unwrap_or("unspecified")
            .to_owned(),
        attachment: Attachment::Unusable,
        set_up: true,
        card_present: Some(presented),
        ..draft
    };
    Ok(payment_method_data::store(ctx, method))
}

fn number_of(name: &str) -> Option<&'static str> {
    let declined = DECLINED.iter().find(|(known, _)| *known == name);
    declined
        .map(|(_, number)| *number)
        .or_else(|| test_card_of(&format!("pm_card_{name}")).map(|card| card.number))
}

/// The JSON object `sdk_payment_details`: what the Terminal script learns of the card before the charge.
pub fn describe(
    ctx: &mut RequestContext<'_>,
    id: &str,
    tip: Option<u64>,
) -> Result<Value, ApiError> {
    let method = payment_methods::find(ctx, id)?;
    let contactless = method
        .card_present
        .as_ref()
        .is_some_and(|presented| presented.read_method == "contactless_emv");
    let brand = match method.card.brand {
        "amex" => "AMERICAN_EXPRESS",
        "diners" => "DINERS",
        "discover" => "DISCOVER",
        "jcb" => "JCB",
        "mastercard" => "MASTERCARD",
        "unionpay" => "CUP",
        "visa" => "VISA",
        _ => "UNKNOWN_CREDIT",
    };
    Ok(json!({
        "card_payment": {
            "card_brand": brand,
            "card_entry_method": if contactless { "CONTACTLESS" } else { "CHIP_READ" },
            "expiration_date": format!("{:02}{:02}", method.exp_month, method.exp_year % 100),
            "masked_pan": format!("************{}", method.card.last4()),
        },
        "tip_selection": tip.map(|amount| json!({ "amount": amount })),
    }))
}
