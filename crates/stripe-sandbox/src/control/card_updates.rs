//! `POST /sandbox/card_updates`: the network gives a saved card a new number or date, as when a bank replaces a card.
//!
//! What a server sees of it is Stripe's: the payment method keeps its id and has other digits, another fingerprint and
//! another date, and `payment_method.automatically_updated` is among the events.
//! Called by tests and by people; no part of Stripe. Must never take a number that is not a published test number.

use super::{account_of, refuse, unknown};
use crate::card::TestCard;
use crate::error::ApiError;
use crate::key::Rights;
use crate::object::PaymentMethod;
use crate::object::event::{Cause, changes};
use crate::world::{Books, Happening, World};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardUpdate {
    /// Any key of the account, `sk_test_demo`.
    key: String,
    /// The connected account the card belongs to, `acct_…`.
    account: Option<String>,
    payment_method: String,
    /// The new number; without it the number stays.
    number: Option<String>,
    /// The new month, 1 to 12; with the year.
    exp_month: Option<u8>,
    /// The new year, four digits; with the month.
    exp_year: Option<u16>,
}

/// Changes the card and answers with the payment method as a server sees it.
pub async fn update(State(world): State<Arc<World>>, Json(asked): Json<Value>) -> Response {
    let asked = match serde_json::from_value::<CardUpdate>(asked) {
        Ok(asked) => asked,
        Err(error) => return refuse(&error.to_string()),
    };
    let Ok(Some(owner)) = account_of(Some(&asked.key)) else {
        return refuse("`key` must be a key such as sk_test_demo");
    };
    match carry_out(&mut world.books(), &owner, &asked) {
        Ok(shown) => Json(shown).into_response(),
        Err((StatusCode::NOT_FOUND, why)) => unknown(&why),
        Err((_, why)) => refuse(&why),
    }
}

fn carry_out(
    books: &mut Books,
    owner: &str,
    asked: &CardUpdate,
) -> Result<Value, (StatusCode, String)> {
    let wrong = |why: &str| (StatusCode::BAD_REQUEST, why.to_owned());
    let expiry = match (asked.exp_month, asked.exp_year) {
        (None, None) => None,
        (Some(month @ 1..=12), Some(year @ 2000..=2099)) => Some((month, year)),
        (Some(_), Some(_)) => {
            return Err(wrong(
                "`exp_month` must be 1 to 12 and `exp_year` 2000 to 2099",
            ));
        }
        _ => return Err(wrong("give `exp_month` and `exp_year` together")),
    };
    if asked.number.is_none() && expiry.is_none() {
        return Err(wrong(
            "give `number`, or `exp_month` and `exp_year`: what the network changes",
        ));
    }
    let card = match &asked.number {
        None => None,
        Some(number) => Some(
            TestCard::find(number)
                .map_err(|_| wrong("`number` must be a published test number"))?,
        ),
    };
    let name = match &asked.account {
        Some(connected) => format!("{owner}/{connected}"),
        None => owner.to_owned(),
    };
    let account = books.account(&name);
    let fingerprint = card.map(|card| account.mint.fingerprint(card.number));
    let method = account
        .methods
        .get_mut(&asked.payment_method)
        .ok_or_else(|| {
            let missing =
                ApiError::missing("PaymentMethod", &asked.payment_method, "payment_method");
            (StatusCode::NOT_FOUND, missing.message().to_owned())
        })?;
    if method.customer().is_none() {
        return Err(wrong(
            "the network updates saved cards only: this payment method is attached to no customer",
        ));
    }
    let before = method.to_json(Rights::Secret);
    replace(method, card, fingerprint, expiry);
    let after = method.to_json(Rights::Secret);
    let previous = changes(&before, &after);
    let happening = Happening {
        kind: "payment_method.automatically_updated",
        object: after.clone(),
        previous: Some(previous),
    };
    books.record(&name, happening, Cause::default());
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
