//! A card in MyTime's wallet.
//!
//! It must never contain more than the last four digits of the card number.

use serde::{Deserialize, Serialize};

use super::FieldErrors;

/// The id of a card in the wallet, `cus_…|pm_…`. It is opaque, is not to be split, and is percent-encoded in a path. It is
/// also the token for a later purchase.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(inline))]
#[serde(transparent)]
pub struct MyTimeCardId(pub String);

/// A card of `credit_cards[]`. The members are those of the how-to, and `address_*` those of Stripe's older cards.
/// See <https://docs.stripe.com/api/cards/object>.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct CreditCard {
    /// The wallet's own id, `cus_…|pm_…`.
    pub id: MyTimeCardId,
    /// The last four digits of the card number, e.g. `4242`.
    pub last4: String,
    /// The cardholder name, if it is known.
    #[serde(default)]
    pub name: Option<String>,
    /// The month in which the card expires, 1 to 12.
    pub exp_month: u16,
    /// The year in which the card expires, four digits.
    pub exp_year: u16,
    /// The brand's name for people, e.g. "Visa".
    pub brand: String,
    /// The country of the billing address; that of the card when there is no address. Two capital letters.
    #[serde(default)]
    pub address_country: Option<String>,
    /// The first line of the billing address.
    #[serde(default)]
    pub address_line1: Option<String>,
    /// The city of the billing address.
    #[serde(default)]
    pub address_city: Option<String>,
    /// The state of the billing address.
    #[serde(default)]
    pub address_state: Option<String>,
    /// The postal code of the billing address.
    #[serde(default)]
    pub address_zip: Option<String>,
    /// Whether the card expires before the end of an appointment that needs it; left out when false. Our own member, not the
    /// vendor's.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub expires_before_hold_ends: bool,
    /// The errors of the card; always empty for a saved card.
    #[serde(default)]
    pub errors: FieldErrors,
}
