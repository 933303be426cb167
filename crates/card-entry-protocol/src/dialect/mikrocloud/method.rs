//! A card as MikroCloud lists it, and what saves one.

use serde::{Deserialize, Serialize};

use crate::card::{Brand, Last4};
use crate::expiry::{ExpMonth, ExpYear};

/// A payment method of the list; also the answer of a save.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentMethod {
    /// The id it was saved by.
    pub id: String,
    /// See [`listed_brand`]; one that came later is kept.
    pub brand: Brand,
    /// The last four digits.
    pub last4: Last4,
    /// The month it expires.
    pub exp_month: ExpMonth,
    /// The year it expires.
    pub exp_year: ExpYear,
    /// `YYYY-MM-DD HH:MM:SS` in the token's time zone; a text, since it names no offset.
    pub created_at: String,
}

/// The body of a save. An id that is saved already becomes the default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavePaymentMethod {
    /// The payment method's id.
    pub id: String,
}

/// The brand as the vendor's page lists it: what is not on the list is `unknown`.
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
