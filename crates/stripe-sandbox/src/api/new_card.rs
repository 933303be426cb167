//! A new payment method from a card's details, where the digits end: kept is only which test card it is.
//! Used by `payment_methods.rs`, by both kinds of intent and by tokens.

use super::payment_methods::known;
use super::{Desk, tokens};
use crate::card::TestCard;
use crate::decline::Decline;
use crate::error::ApiError;
use crate::form::{Params, merge};
use crate::key::Rights;
use crate::metadata;
use crate::object::payment_method::Bond;
use crate::object::{PaymentMethod, now};
use crate::readymade::card_behind;
use crate::switches::RawNumbers;
use serde_json::Map;

/// Makes a payment method from `card[…]` or `payment_method_data[card][…]`; returns its id.
pub fn make(desk: &mut Desk<'_>, under: &str) -> Result<String, ApiError> {
    let draft = draft(desk, under)?;
    Ok(keep(desk, draft))
}

/// The same, without an id and not kept.
pub fn draft(desk: &mut Desk<'_>, under: &str) -> Result<PaymentMethod, ApiError> {
    let params = desk.params();
    let kind = params.need(&at(under, "type"))?;
    if kind != "card" {
        return Err(
            ApiError::not_modelled(&format!("payment methods of the type '{kind}'"))
                .param(&at(under, "type")),
        );
    }
    let name = at(under, "allow_redisplay");
    let redisplay = params.choice(&name, &["always", "limited", "unspecified"])?;
    let card = at(under, "card");
    let mut draft = match params.text(&format!("{card}[token]")) {
        Some(token) => tokens::redeem(desk, token, &format!("{card}[token]"))?,
        None => draft_of(desk, &card)?,
    };
    if let Some(redisplay) = redisplay {
        draft.allow_redisplay = redisplay;
    }
    describe(&mut draft, params, under)?;
    Ok(draft)
}

/// A card from `card[number]` and its like, and nothing else.
pub fn draft_of(desk: &mut Desk<'_>, card: &str) -> Result<PaymentMethod, ApiError> {
    let params = desk.params();
    let number = params.need(&format!("{card}[number]"))?;
    if desk.rights() == Rights::Secret && desk.switches().raw_numbers == RawNumbers::Refused {
        return Err(ApiError::raw_number());
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
        ..readymade(desk, TestCard::find(&digits).map_err(ApiError::card)?)
    })
}

/// A test card, with a code and a date that are good.
pub fn readymade(desk: &mut Desk<'_>, card: &'static TestCard) -> PaymentMethod {
    PaymentMethod {
        id: String::new(),
        created: now(),
        card,
        exp_month: 12,
        exp_year: next_year(),
        cvc_given: true,
        fingerprint: desk.account().mint.fingerprint(card.number),
        billing: Map::new(),
        address: Map::new(),
        metadata: Map::new(),
        allow_redisplay: "unspecified".to_owned(),
        preferred_network: None,
        bond: Bond::Free,
        set_up: false,
        presented: None,
        generated_from: None,
    }
}

/// The id itself, or a new method's for a ready-made id such as `pm_card_visa`.
pub fn resolve(desk: &mut Desk<'_>, id: &str) -> Result<String, ApiError> {
    match card_behind(id) {
        Some(card) => {
            let mut draft = readymade(desk, card);
            describe(&mut draft, desk.params(), "payment_method_data")?;
            Ok(keep(desk, draft))
        }
        None => known(desk, id).map(|method| method.id.clone()),
    }
}

/// Gives a draft its id and keeps it.
pub fn keep(desk: &mut Desk<'_>, draft: PaymentMethod) -> String {
    let account = desk.account();
    let id = account.mint.id("pm");
    let method = PaymentMethod {
        id: id.clone(),
        created: now(),
        ..draft
    };
    account.methods.put(&id, method);
    id
}

/// Writes `billing_details` and `metadata`, laid over what is there.
///
/// # Errors
/// 400 for metadata beyond Stripe's limits; nothing is written then.
pub fn describe(method: &mut PaymentMethod, params: &Params, under: &str) -> Result<(), ApiError> {
    method.metadata = metadata::written(&method.metadata, params, &at(under, "metadata"))?;
    let billing = at(under, "billing_details");
    merge(&mut method.billing, params.map(&billing));
    merge(
        &mut method.address,
        params.map(&format!("{billing}[address]")),
    );
    Ok(())
}

/// Month and four-digit year under `card`, neither past nor absurd.
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

fn at(under: &str, name: &str) -> String {
    if under.is_empty() {
        name.to_owned()
    } else {
        format!("{under}[{name}]")
    }
}
