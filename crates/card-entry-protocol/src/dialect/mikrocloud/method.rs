//! A card in MikroCloud's list, and the body that saves one.
//!
//! A card must never be listed with a brand that is not in the vendor's page, see [`listed_brand`].

use serde::{Deserialize, Serialize};

use crate::card::{Brand, Last4};
use crate::expiry::{ExpMonth, ExpYear};

/// A card of the list, and the response of a save.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct PaymentMethod {
    /// The id with which the card was saved, `pm_…` or `card_…`.
    pub id: String,
    /// The brand, see [`listed_brand`]. A brand that this version does not know is read as it is.
    #[cfg_attr(
        feature = "schemas",
        schemars(description = "The brand: `unknown` where the vendor's list has no such brand.")
    )]
    pub brand: Brand,
    /// The last four digits of the card number, e.g. `4242`.
    pub last4: Last4,
    /// The month in which the card expires, 1 to 12.
    pub exp_month: ExpMonth,
    /// The year in which the card expires, four digits.
    pub exp_year: ExpYear,
    /// `YYYY-MM-DD HH:MM:SS` in the token's time zone. It is a text, because it has no offset.
    pub created_at: String,
}

/// The body of a save. If the card is saved already, it becomes the default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct SavePaymentMethod {
    /// The id of the payment method, `pm_…` or `card_…`.
    pub id: String,
}

/// The brand as the vendor's page lists it. A brand that is not on its list becomes [`Brand::Unknown`].
#[must_use]
pub fn listed_brand(brand: &Brand) -> Brand {
    match brand {
        Brand::Amex
        | Brand::Diners
        | Brand::Discover
        | Brand::EftposAu
        | Brand::Jcb
        | Brand::Mastercard
        | Brand::Unionpay
        | Brand::Visa => brand.clone(),
        Brand::CartesBancaires | Brand::Interac | Brand::Unknown | Brand::Other(_) => {
            Brand::Unknown
        }
    }
}
