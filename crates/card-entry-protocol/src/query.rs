//! The frame's URL: what a booking page asks for, parsed once.
//!
//! Called by the frame with `location.search` and by the wallet server with the raw query, so that both refuse the
//! same addresses. It must never echo a value, and never panic.

mod pairs;

use crate::appearance::Theme;
use crate::code::FrameErrorCode;
use crate::money::{Currency, MinorUnits};
use crate::origin::Origin;
use crate::secret::{PublishableKey, StripeAccount, contains_secret_key};
use crate::text::contains;
use pairs::{BRAINTREE_KEY, Pairs};

/// The longest query read, in bytes: no honest one comes near it.
pub const MAX_QUERY_BYTES: usize = 8 * 1024;

/// What the form is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormFields {
    /// `creditCardsOnly=true`: number, expiry and security code.
    CardOnly,
    /// `creditCardsOnly=false`: the Payment Element in deferred mode.
    AllMethods {
        /// Minor units; needed for a one-off payment only.
        amount: Option<MinorUnits>,
        /// The currency.
        currency: Currency,
    },
}

/// The page's parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameQuery {
    /// Whose form it is.
    pub key: PublishableKey,
    /// Which fields are shown.
    pub fields: FormFields,
    /// Saved for later, off-session use (a SetupIntent), or a one-off.
    pub for_future_usage: bool,
    /// Whether a plain listener is told the height.
    pub notify_height: bool,
    /// BCP 47, or `None` for `auto`.
    pub locale: Option<String>,
    /// The colour scheme until the parent says otherwise, and that of a theme of `auto`.
    pub color_scheme: Theme,
    /// The connected account.
    pub account: Option<StripeAccount>,
    /// The one parent messages may go to; `None` leaves the choice to the allow-list.
    pub parent: Option<Origin>,
}

/// Reads `true false 1 0`; absent is false.
fn read_flag(value: Option<&str>) -> Result<bool, FrameErrorCode> {
    match value {
        None | Some("false" | "0") => Ok(false),
        Some("true" | "1") => Ok(true),
        Some(_) => Err(FrameErrorCode::BadFlag),
    }
}

/// Reads a language tag; anything that is none counts as `auto`, which falls back to English.
#[must_use]
pub fn read_locale(value: Option<&str>) -> Option<String> {
    value
        .filter(|tag| !tag.eq_ignore_ascii_case("auto"))
        .filter(|tag| {
            (2..=35).contains(&tag.len())
                && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        })
        .map(str::to_owned)
}

/// Reads `light dark auto`. Light when absent, as the page around the frame is unless it says so; and when it is anything
/// else, since the form can be used all the same.
fn read_color_scheme(value: Option<&str>) -> Theme {
    match value {
        Some("dark") => Theme::Dark,
        Some("auto") => Theme::Auto,
        _ => Theme::Light,
    }
}

fn read_fields(pairs: &Pairs, for_future_usage: bool) -> Result<FormFields, FrameErrorCode> {
    if read_flag(pairs.get("creditCardsOnly"))? {
        return Ok(FormFields::CardOnly);
    }
    let currency = pairs
        .get("currency")
        .and_then(Currency::parse)
        .ok_or(FrameErrorCode::BadCurrency)?;
    let amount = match pairs.get("amount") {
        Some(text) => {
            let amount = MinorUnits::parse(text).ok_or(FrameErrorCode::BadAmount)?;
            Some(
                currency
                    .amount(amount.get())
                    .map_err(|_| FrameErrorCode::BadAmount)?,
            )
        }
        None if for_future_usage => None,
        None => return Err(FrameErrorCode::BadAmount),
    };
    Ok(FormFields::AllMethods { amount, currency })
}

fn read_key(pairs: &Pairs) -> Option<PublishableKey> {
    let braintree = || {
        crate::braintree::KNOWN
            .then(|| pairs.get(BRAINTREE_KEY))
            .flatten()
    };
    pairs
        .get("stripe_publishable_key")
        .or_else(braintree)
        .and_then(PublishableKey::parse)
}

impl FrameQuery {
    /// The key of a query that may be of no use otherwise: whose page asks.
    #[must_use]
    pub fn parse_key(raw: &str) -> Option<PublishableKey> {
        let raw = raw.strip_prefix('?').unwrap_or(raw);
        let raw = Some(raw).filter(|raw| raw.len() <= MAX_QUERY_BYTES)?;
        read_key(&Pairs::parse(raw).ok()?)
    }

    /// Parses a raw query, with or without its `?`.
    ///
    /// # Errors
    /// The first code that applies; secrets are looked for before anything else, so that they are always scrubbed.
    pub fn parse(raw: &str) -> Result<Self, FrameErrorCode> {
        let raw = raw.strip_prefix('?').unwrap_or(raw);
        if contains_secret_key(raw) {
            return Err(FrameErrorCode::SecretKeyInUrl);
        }
        if contains(raw, "_secret_") || contains(raw, "client_secret") {
            return Err(FrameErrorCode::SecretInUrl);
        }
        if raw.len() > MAX_QUERY_BYTES {
            return Err(FrameErrorCode::UrlTooLong);
        }
        let pairs = Pairs::parse(raw)?;
        if pairs.any(contains_secret_key) {
            return Err(FrameErrorCode::SecretKeyInUrl);
        }
        if pairs.any(|text| contains(text, "_secret_")) || pairs.get("client_secret").is_some() {
            return Err(FrameErrorCode::SecretInUrl);
        }
        pairs.check_duplicates()?;

        let key = read_key(&pairs).ok_or(FrameErrorCode::BadKey)?;
        let for_future_usage = read_flag(pairs.get("isForFutureUsage"))?;
        let parse_account =
            |text: &str| StripeAccount::parse(text).ok_or(FrameErrorCode::BadAccount);
        let parse_parent = |text: &str| Origin::parse(text).ok_or(FrameErrorCode::ParentNotAllowed);
        Ok(Self {
            key,
            fields: read_fields(&pairs, for_future_usage)?,
            for_future_usage,
            notify_height: read_flag(pairs.get("notifyOnFormHeight"))?,
            locale: read_locale(pairs.get("locale")),
            color_scheme: read_color_scheme(pairs.get("color_scheme")),
            account: pairs.get("stripe_account").map(parse_account).transpose()?,
            parent: pairs.get("parent_origin").map(parse_parent).transpose()?,
        })
    }

    /// The origins messages may go to: the allow-list, or the one of it the URL names.
    ///
    /// # Errors
    /// [`FrameErrorCode::ParentNotAllowed`] when the named one is not on the list, or the list is empty.
    pub fn allowed_parents(&self, allowed: &[Origin]) -> Result<Vec<Origin>, FrameErrorCode> {
        match &self.parent {
            Some(parent) if allowed.contains(parent) => Ok(vec![parent.clone()]),
            None if !allowed.is_empty() => Ok(allowed.to_vec()),
            _ => Err(FrameErrorCode::ParentNotAllowed),
        }
    }
}

#[cfg(test)]
mod tests;
