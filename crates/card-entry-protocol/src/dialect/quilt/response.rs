//! What the server answers. The vendor's page shows no answer; these are what its steps need, in its way of naming.

use serde::{Deserialize, Serialize};

use super::{ExternalCustomerId, PaymentId, PaymentStatus};
use crate::card::{Brand, Last4, PaymentMethodId};
use crate::dialect::lenient_list;
use crate::expiry::{ExpMonth, ExpYear};
use crate::money::{Currency, Decimal};
use crate::secret::ClientSecret;

/// Of `POST /payment/intent`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntentResponse {
    /// The payment.
    pub payment_id: PaymentId,
    /// For Stripe Terminal, or for a bank's question about a stored card.
    pub client_secret: ClientSecret,
    /// How far it is.
    pub status: PaymentStatus,
    /// Written in quotes; `None` where a browser read a number, and its digits are gone.
    #[serde(default)]
    pub amount: Option<Decimal>,
    /// The account's.
    pub currency: Currency,
}

/// Of `POST /payment/capture`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaptureResponse {
    /// The payment.
    pub payment_id: PaymentId,
    /// `succeeded` when the money was taken.
    pub status: PaymentStatus,
    /// What was taken, as in [`IntentResponse::amount`].
    #[serde(default)]
    pub amount: Option<Decimal>,
    /// The account's.
    pub currency: Currency,
}

/// A card that was kept: the answer of `POST /customer/card`, and a row of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The wallet's id, and the token for a later payment.
    pub payment_method_id: PaymentMethodId,
    /// Whose.
    pub external_customer_id: ExternalCustomerId,
    /// The brand.
    pub brand: Brand,
    /// The last four digits.
    pub last4: Last4,
    /// 1 to 12.
    pub exp_month: ExpMonth,
    /// Four digits.
    pub exp_year: ExpYear,
}

/// Of `GET /customer/card`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardList {
    /// Newest first; rows that cannot be read are left out.
    #[serde(deserialize_with = "lenient_list::read")]
    pub cards: Vec<Card>,
}

/// Of `DELETE /customer/card/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeletedCard {
    /// The card that is gone.
    pub payment_method_id: PaymentMethodId,
    /// Always true.
    pub deleted: bool,
}
