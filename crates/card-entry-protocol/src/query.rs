//! Parses the query of the frame's URL.
//!
//! The frame calls it with `location.search` and the wallet server with the raw query, so that both refuse the same URLs.
//! It must never repeat a value of the query, and never panic.

mod pairs;

use crate::appearance::Theme;
use crate::code::FrameErrorCode;
use crate::money::{Currency, MinorUnits};
use crate::origin::Origin;
use crate::secret::{PublishableKey, StripeAccount, contains_secret_key};
use crate::text::contains;
use pairs::{BRAINTREE_KEY, Pairs};

/// A longer query is refused. A valid one is far shorter.
pub const MAX_QUERY_BYTES: usize = 8 * 1024;

/// The fields of the form, by the URL's `creditCardsOnly`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormFields {
    /// `creditCardsOnly=true`: card number, expiry date and security code, each in an element of its own.
    CardOnly,
    /// `creditCardsOnly=false`: the Payment Element without an intent.
    /// See <https://docs.stripe.com/payments/accept-a-payment-deferred>.
    AllMethods {
        /// The amount in minor units; required for a one-off payment only.
        amount: Option<MinorUnits>,
        /// The currency of the amount, e.g. `usd`.
        currency: Currency,
    },
}

/// The parameters of the frame's URL.
///
/// ```
/// use card_entry_protocol::code::FrameErrorCode;
/// use card_entry_protocol::query::{FormFields, FrameQuery};
///
/// let query = FrameQuery::parse("?stripe_publishable_key=pk_test_1&creditCardsOnly=true&locale=fr")?;
/// assert_eq!(query.fields, FormFields::CardOnly);
/// assert_eq!(query.locale.as_deref(), Some("fr"));
///
/// // A secret key in the URL is always refused.
/// let error = FrameQuery::parse("?stripe_publishable_key=sk_live_1").unwrap_err();
/// assert_eq!(error, FrameErrorCode::SecretKeyInUrl);
/// # Ok::<(), FrameErrorCode>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameQuery {
    /// `stripe_publishable_key`: the key of the account that owns the form.
    pub key: PublishableKey,
    /// The fields of the form, by `creditCardsOnly`.
    pub fields: FormFields,
    /// `isForFutureUsage`: whether the card is saved for later off-session use (SetupIntent), or paid with once.
    pub for_future_usage: bool,
    /// `notifyOnFormHeight`: whether a parent without a companion gets height messages.
    pub notify_height: bool,
    /// `locale`: a BCP 47 tag; `None` for `auto`.
    pub locale: Option<String>,
    /// `color_scheme`: the colour scheme until the parent sets a theme, and the scheme of the theme `auto`.
    pub color_scheme: Theme,
    /// `stripe_account`: the connected account, `acct_…`.
    pub account: Option<StripeAccount>,
    /// `parent_origin`: the only origin that may get messages; `None` allows every origin of the allow-list.
    pub parent: Option<Origin>,
}

/// Reads `true`, `false`, `1` or `0`; absent is false.
fn read_flag(value: Option<&str>) -> Result<bool, FrameErrorCode> {
    match value {
        None | Some("false" | "0") => Ok(false),
        Some("true" | "1") => Ok(true),
        Some(_) => Err(FrameErrorCode::BadFlag),
    }
}

/// Reads a language tag (BCP 47). `None` for `auto` and for anything that is not a tag; the form is in English then.
///
/// ```
/// use card_entry_protocol::query::read_locale;
///
/// assert_eq!(read_locale(Some("fr-CA")).as_deref(), Some("fr-CA"));
/// assert_eq!(read_locale(Some("auto")), None);
/// ```
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

/// Reads `light`, `dark` or `auto`. Light when it is absent, as most pages are; light too for any other value, since the
/// form can be used all the same.
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
                    .check_amount(amount.get())
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
    /// Reads the publishable key alone, of a query whose other parameters may be invalid. The server logs whose page it is.
    #[must_use]
    pub fn parse_key(raw: &str) -> Option<PublishableKey> {
        let raw = raw.strip_prefix('?').unwrap_or(raw);
        let raw = Some(raw).filter(|raw| raw.len() <= MAX_QUERY_BYTES)?;
        read_key(&Pairs::parse(raw).ok()?)
    }

    /// Parses a raw query, with or without its `?`. Unknown parameters are ignored.
    ///
    /// # Errors
    /// The first code that applies. Secrets are searched for before anything else, so that the frame always removes them
    /// from the address bar.
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

    /// The origins that may get messages: the allow-list, or the one origin of it that the URL names.
    ///
    /// # Errors
    /// [`FrameErrorCode::ParentNotAllowed`] when the named origin is not on the list, or the list is empty.
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
