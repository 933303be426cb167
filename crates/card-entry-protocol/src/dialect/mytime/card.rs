//! A card as MyTime lists it.

use serde::{Deserialize, Serialize};

use super::FieldErrors;

/// A card's id in the wallet, `cus_…|pm_…`: opaque, never split, percent-encoded in a path. It is also the token for
/// a later purchase.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MyTimeCardId(pub String);

/// A card of `credit_cards[]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditCard {
    /// The wallet's id.
    pub id: MyTimeCardId,
    /// The last four digits.
    pub last4: String,
    /// The name on the card.
    #[serde(default)]
    pub name: Option<String>,
    /// 1 to 12.
    pub exp_month: u16,
    /// Four digits.
    pub exp_year: u16,
    /// The brand as a title: "Visa".
    pub brand: String,
    /// The billing address's country; the card's own where there is no address.
    #[serde(default)]
    pub address_country: Option<String>,
    /// The first line of the billing address.
    #[serde(default)]
    pub address_line1: Option<String>,
    /// Its town.
    #[serde(default)]
    pub address_city: Option<String>,
    /// Its state.
    #[serde(default)]
    pub address_state: Option<String>,
    /// Its postal code.
    #[serde(default)]
    pub address_zip: Option<String>,
    /// Whether it expires before an appointment that needs it has ended; left out when it does not. Ours, not the
    /// vendor's.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub expires_before_hold_ends: bool,
    /// Always empty on a card that was saved.
    #[serde(default)]
    pub errors: FieldErrors,
}
