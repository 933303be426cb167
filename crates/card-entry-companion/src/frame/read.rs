//! Messages of the frame, read strictly: a value that is not of its form is no message.
//!
//! Called by [`super`] with values that passed the guard; the types are the protocol's.

use card_entry_protocol::card::{Brand, CardFacts, Country, Funding, Last4, PaymentMethodId};
use card_entry_protocol::code::Unusable;
use card_entry_protocol::expiry::{ExpMonth, ExpYear};
use card_entry_protocol::message::{
    Attempt, Challenge, Change, Failure, FailureReport, FieldError, FromFrame, Height,
    IntentRequest, Legacy, Log, LogEvent, Nothing, Outcome, Setup, UnusableReport, VERSION,
};
use wasm_bindgen::JsValue;

use crate::js::{flag, get, inner, maybe, text, whole};

/// A message on the port. `None`: not of the protocol; `Some(None)`: of a type that says nothing to the companion.
pub(super) fn said(value: &JsValue) -> Option<Option<FromFrame>> {
    if whole(value, "v")? != u32::from(VERSION) {
        return None;
    }
    let kind = text(value, "type")?;
    Some(Some(match kind.as_str() {
        "ready" => FromFrame::Ready(Nothing {}),
        "height" => FromFrame::Height(Height {
            height: whole(value, "height")?,
        }),
        "change" => FromFrame::Change(change(value)?),
        "intent_request" => FromFrame::IntentRequest(IntentRequest {
            attempt: attempt(value)?,
        }),
        "challenge" => FromFrame::Challenge(Challenge {
            open: flag(value, "open")?,
        }),
        "result" => FromFrame::Outcome(Outcome {
            attempt: attempt(value)?,
            id: id(value)?,
            card: card(&inner(value, "card")?)?,
            setup: maybe(value, "setup", setup)?,
        }),
        "failure" => FromFrame::Failure(FailureReport {
            attempt: attempt(value)?,
            error: failure(&inner(value, "error")?)?,
            retryable: flag(value, "retryable")?,
        }),
        "unusable" => FromFrame::Unusable(UnusableReport {
            code: Unusable::parse(&text(value, "code")?)?,
            message: text(value, "message")?,
        }),
        "log" => FromFrame::Log(Log {
            event: LogEvent::parse(&text(value, "event")?)?,
            detail: text(value, "detail")?,
        }),
        _ => return Some(None),
    }))
}

/// A plain message of a frame without a port, as MyTime's how-to describes it.
pub(super) fn plain(value: &JsValue) -> Option<Legacy> {
    let is = |name| maybe(value, name, JsValue::as_bool).map(|flag| flag == Some(true));
    let (callback, height) = (is("isStripeCallback")?, is("isStripeFormHeight")?);
    let ready = is("isStripeFormReady")?;
    let error = maybe(value, "error", failure)?;
    let card = maybe(value, "card", card)?;
    match (callback, error, card) {
        (true, Some(error), None) => Some(Legacy::Failed(error)),
        (true, None, Some(card)) => Some(Legacy::Saved {
            id: id(value)?,
            card,
            setup: maybe(value, "setup", setup)?,
        }),
        (true, ..) => None,
        _ if height => whole(value, "height").map(Legacy::Height),
        _ if ready => Some(Legacy::Ready),
        _ => None,
    }
}

fn attempt(value: &JsValue) -> Option<Attempt> {
    whole(value, "attempt").map(Attempt)
}

fn id(value: &JsValue) -> Option<PaymentMethodId> {
    PaymentMethodId::parse(&text(value, "id")?)
}

fn short(value: &JsValue, name: &str) -> Option<u16> {
    u16::try_from(whole(value, name)?).ok()
}

fn card(value: &JsValue) -> Option<CardFacts> {
    Some(CardFacts {
        brand: Brand::parse(&text(value, "brand")?)?,
        last4: Last4::parse(&text(value, "last4")?)?,
        exp_month: ExpMonth::try_from(short(value, "exp_month")?).ok()?,
        exp_year: ExpYear::try_from(short(value, "exp_year")?).ok()?,
        funding: Funding::parse(&text(value, "funding")?)?,
        country: maybe(value, "country", |country| {
            Country::parse(&country.as_string()?)
        })?,
    })
}

fn setup(value: &JsValue) -> Option<Setup> {
    Some(Setup {
        id: text(value, "id")?,
        status: text(value, "status")?,
    })
}

fn change(value: &JsValue) -> Option<Change> {
    Some(Change {
        complete: flag(value, "complete")?,
        empty: flag(value, "empty")?,
        brand: maybe(value, "brand", |brand| Brand::parse(&brand.as_string()?))?,
        error: maybe(value, "error", |error| {
            Some(FieldError {
                code: text(error, "code")?,
                message: text(error, "message")?,
            })
        })?,
    })
}

fn failure(value: &JsValue) -> Option<Failure> {
    Some(Failure {
        kind: text(value, "type")?,
        code: text(value, "code")?,
        message: text(value, "message")?,
        decline_code: maybe(value, "decline_code", JsValue::as_string)?,
        param: maybe(value, "param", JsValue::as_string)?,
    })
}

/// Whether a window message is meant as a hello.
pub(super) fn is_hello(value: &JsValue) -> bool {
    !get(value, "cardEntry").is_undefined()
}
