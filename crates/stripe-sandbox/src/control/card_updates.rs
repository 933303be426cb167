//! `POST /sandbox/card_updates`: gives a saved card a new number or expiry date, as a card network does when the bank
//! replaces a card.
//!
//! A server sees the same as at Stripe: the payment method keeps its id and gets another last four digits, fingerprint
//! and date, and there is an event `payment_method.automatically_updated`. For tests; not part of Stripe's API. It must
//! never accept a number that is not a published test number.

use super::{account_of, bad_request, not_found};
use crate::card::TestCard;
use crate::error::ApiError;
use crate::key::Rights;
use crate::object::PaymentMethod;
use crate::object::event::{EventRequest, changes};
use crate::state::{Accounts, NewEvent, SandboxState};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardUpdateBody {
    /// Any key of the account, such as `sk_test_demo`.
    key: String,
    /// The connected account of the card, `acct_…`.
    account: Option<String>,
    payment_method: String,
    /// The new number; without it the number does not change.
    number: Option<String>,
    /// 1 to 12; only together with the year.
    exp_month: Option<u8>,
    /// Four digits; only together with the month.
    exp_year: Option<u16>,
}

/// Changes the card. Responds with the payment method as a server sees it.
pub async fn update(State(state): State<Arc<SandboxState>>, Json(update): Json<Value>) -> Response {
    let update = match serde_json::from_value::<CardUpdateBody>(update) {
        Ok(update) => update,
        Err(error) => return bad_request(&error.to_string()),
    };
    let Ok(Some(owner)) = account_of(Some(&update.key)) else {
        return bad_request("`key` must be a key such as sk_test_demo");
    };
    match apply(&mut state.accounts(), &owner, &update) {
        Ok(object) => Json(object).into_response(),
        Err((StatusCode::NOT_FOUND, why)) => not_found(&why),
        Err((_, why)) => bad_request(&why),
    }
}

fn apply(
    accounts: &mut Accounts,
    owner: &str,
    update: &CardUpdateBody,
) -> Result<Value, (StatusCode, String)> {
    let invalid = |why: &str| (StatusCode::BAD_REQUEST, why.to_owned());
    let expiry = match (update.exp_month, update.exp_year) {
        (None, None) => None,
        (Some(month @ 1..=12), Some(year @ 2000..=2099)) => Some((month, year)),
        (Some(_), Some(_)) => {
            return Err(invalid(
                "`exp_month` must be 1 to 12 and `exp_year` 2000 to 2099",
            ));
        }
        _ => return Err(invalid("give `exp_month` and `exp_year` together")),
    };
    if update.number.is_none() && expiry.is_none() {
        return Err(invalid(
            "give `number`, or `exp_month` and `exp_year`: what the network changes",
        ));
    }
    let card = match &update.number {
        None => None,
        Some(number) => Some(
            TestCard::find(number)
                .map_err(|_| invalid("`number` must be a published test number"))?,
        ),
    };
    let name = match &update.account {
        Some(connected) => format!("{owner}/{connected}"),
        None => owner.to_owned(),
    };
    let account = accounts.account(&name);
    let fingerprint = card.map(|card| account.ids.fingerprint(card.number));
    let method = account
        .payment_methods
        .get_mut(&update.payment_method)
        .ok_or_else(|| {
            let missing = ApiError::resource_missing(
                "PaymentMethod",
                &update.payment_method,
                "payment_method",
            );
            (StatusCode::NOT_FOUND, missing.message().to_owned())
        })?;
    if method.customer().is_none() {
        return Err(invalid(
            "the network updates saved cards only: this payment method is attached to no customer",
        ));
    }
    let before = method.to_json(Rights::Secret);
    replace(method, card, fingerprint, expiry);
    let after = method.to_json(Rights::Secret);
    let previous = changes(&before, &after);
    let new_event = NewEvent {
        kind: "payment_method.automatically_updated",
        object: after.clone(),
        previous: Some(previous),
    };
    accounts.record(&name, new_event, EventRequest::default());
    Ok(after)
}

fn replace(
    method: &mut PaymentMethod,
    card: Option<&'static TestCard>,
    fingerprint: Option<String>,
    expiry: Option<(u8, u16)>,
) {
    if let Some(card) = card {
        method.card = card;
    }
    if let Some(fingerprint) = fingerprint {
        method.fingerprint = fingerprint;
    }
    if let Some((month, year)) = expiry {
        (method.exp_month, method.exp_year) = (month, year);
    }
}
