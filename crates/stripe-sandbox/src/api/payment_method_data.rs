//! Creates a payment method from card details. Used by `payment_methods.rs`, by both kinds of intent and by tokens.
//! The entered number must never be stored: a payment method refers to the test card that has it.

use super::payment_methods::find;
use super::{RequestContext, tokens};
use crate::behaviour::RawNumbers;
use crate::card::TestCard;
use crate::decline::Decline;
use crate::error::ApiError;
use crate::form::{Params, merge};
use crate::key::Rights;
use crate::metadata;
use crate::object::payment_method::Attachment;
use crate::object::{PaymentMethod, now};
use crate::test_tokens::test_card_of;
use serde_json::Map;

/// Creates a payment method from `card[…]` or `payment_method_data[card][…]`. Returns its id.
pub fn create(ctx: &mut RequestContext<'_>, under: &str) -> Result<String, ApiError> {
    let draft = draft(ctx, under)?;
    Ok(store(ctx, draft))
}

/// The same without an id, and without storing it.
pub fn draft(ctx: &mut RequestContext<'_>, under: &str) -> Result<PaymentMethod, ApiError> {
    let params = ctx.params();
    let kind = params.required(&param_name(under, "type"))?;
    if kind != "card" {
        return Err(
            ApiError::not_modelled(&format!("payment methods of the type '{kind}'"))
                .param(&param_name(under, "type")),
        );
    }
    let name = param_name(under, "allow_redisplay");
    let redisplay = params.choice(&name, &["always", "limited", "unspecified"])?;
    let card = param_name(under, "card");
    let mut draft = match params.text(&format!("{card}[token]")) {
        Some(token) => tokens::consume(ctx, token, &format!("{card}[token]"))?,
        None => draft_from_card(ctx, &card)?,
    };
    if let Some(redisplay) = redisplay {
        draft.allow_redisplay = redisplay;
    }
    write_details(&mut draft, params, under)?;
    Ok(draft)
}

/// A draft from `card[number]`, `card[exp_month]`, `card[exp_year]` and `card[cvc]`.
pub fn draft_from_card(
    ctx: &mut RequestContext<'_>,
    card: &str,
) -> Result<PaymentMethod, ApiError> {
    let params = ctx.params();
    let number = params.required(&format!("{card}[number]"))?;
    if ctx.rights() == Rights::Secret && ctx.behaviour().raw_numbers == RawNumbers::Refused {
        return Err(ApiError::raw_card_number());
    }
    let digits: String = number.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let (exp_month, exp_year) = expiry(params, card)?;
    let cvc = params.text(&format!("{card}[cvc]"));
    if cvc
        .is_some_and(|cvc| !matches!(cvc.len(), 3 | 4) || !cvc.bytes().all(|b| b.is_ascii_digit()))
    {
        return Err(ApiError::card(Decline::InvalidCvc));
    }
    Ok(PaymentMethod {
        exp_month,
        exp_year,
        cvc_given: cvc.is_some(),
        preferred_network: params
            .text(&format!("{card}[networks][preferred]"))
            .map(str::to_owned),
        ..from_test_card(ctx, TestCard::find(&digits).map_err(ApiError::card)?)
    })
}

/// A draft of a test card, with a valid security code and expiry date.
pub fn from_test_card(ctx: &mut RequestContext<'_>, card: &'static TestCard) -> PaymentMethod {
    PaymentMethod {
        id: String::new(),
        created: now(),
        card,
        exp_month: 12,
        exp_year: next_year(),
        cvc_given: true,
        fingerprint: ctx.account().ids.fingerprint(card.number),
        billing: Map::new(),
        address: Map::new(),
        metadata: Map::new(),
        allow_redisplay: "unspecified".to_owned(),
        preferred_network: None,
        attachment: Attachment::Unattached,
        set_up: false,
        card_present: None,
        generated_from: None,
    }
}

/// The id itself, or the id of a new payment method for a test id such as `pm_card_visa`.
pub fn resolve(ctx: &mut RequestContext<'_>, id: &str) -> Result<String, ApiError> {
    match test_card_of(id) {
        Some(card) => {
            let mut draft = from_test_card(ctx, card);
            write_details(&mut draft, ctx.params(), "payment_method_data")?;
            Ok(store(ctx, draft))
        }
        None => find(ctx, id).map(|method| method.id.clone()),
    }
}

/// Stores a draft under a new id. Returns the id.
pub fn store(ctx: &mut RequestContext<'_>, draft: PaymentMethod) -> String {
    let account = ctx.account();
    let id = account.ids.id("pm");
    let method = PaymentMethod {
        id: id.clone(),
        created: now(),
        ..draft
    };
    account.payment_methods.put(&id, method);
    id
}

/// Merges `billing_details` and `metadata` into the payment method.
///
/// # Errors
/// 400 for metadata beyond Stripe's limits; then nothing is changed.
pub fn write_details(
    method: &mut PaymentMethod,
    params: &Params,
    under: &str,
) -> Result<(), ApiError> {
    method.metadata = metadata::merged(&method.metadata, params, &param_name(under, "metadata"))?;
    let billing = param_name(under, "billing_details");
    merge(&mut method.billing, params.map(&billing));
    merge(
        &mut method.address,
        params.map(&format!("{billing}[address]")),
    );
    Ok(())
}

/// The month and the four-digit year under `card`.
///
/// # Errors
/// 402 for a date that is past or more than 50 years from now.
pub fn expiry(params: &Params, card: &str) -> Result<(u8, u16), ApiError> {
    let month = params.integer(&format!("{card}[exp_month]"))?;
    let year = params.integer(&format!("{card}[exp_year]"))?;
    let month = month
        .and_then(|month| u8::try_from(month).ok())
        .filter(|month| (1..=12).contains(month));
    let month = month.ok_or_else(|| ApiError::card(Decline::InvalidExpiryMonth))?;
    let year =
        year.and_then(|year| u16::try_from(if year < 100 { 2000 + year } else { year }).ok());
    let today = time::OffsetDateTime::now_utc();
    let this_year = u16::try_from(today.year()).unwrap_or(u16::MAX);
    let year = year.filter(|year| (this_year..this_year.saturating_add(50)).contains(year));
    let year = year.ok_or_else(|| ApiError::card(Decline::InvalidExpiryYear))?;
    if year == this_year && month < u8::from(today.month()) {
        return Err(ApiError::card(Decline::InvalidExpiryMonth));
    }
    Ok((month, year))
}

fn next_year() -> u16 {
    u16::try_from(time::OffsetDateTime::now_utc().year() + 1).unwrap_or(u16::MAX)
}

fn param_name(under: &str, name: &str) -> String {
    if under.is_empty() {
        name.to_owned()
    } else {
        format!("{under}[{name}]")
    }
}
