//! The responses. The vendor's page shows none, so these have what its steps need, in its style of names.
//!
//! An amount must never pass through a float: it is written in quotes.

use serde::{Deserialize, Serialize};

use super::{ExternalCustomerId, PaymentId, PaymentStatus};
use crate::card::{Brand, Last4, PaymentMethodId};
use crate::dialect::lenient_list;
use crate::expiry::{ExpMonth, ExpYear};
use crate::money::{Currency, Decimal};
use crate::secret::ClientSecret;

/// The response of `POST /payment/intent`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct IntentResponse {
    /// The id of the payment, `pi_…`.
    pub payment_id: PaymentId,
    /// The client secret for Stripe Terminal, or for the authentication of a stored card.
    pub client_secret: ClientSecret,
    /// The status of the payment, e.g. `requires_payment_method`.
    pub status: PaymentStatus,
    /// The amount in major units, written in quotes. `None` in a browser that read a JSON number, whose digits are lost.
    #[cfg_attr(
        feature = "schemas",
        schemars(description = "The amount in major units, in quotes.")
    )]
    #[serde(default)]
    pub amount: Option<Decimal>,
    /// The currency of the account, e.g. `usd`.
    pub currency: Currency,
}

/// The response of `POST /payment/capture`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct CaptureResponse {
    /// The id of the payment, `pi_…`.
    pub payment_id: PaymentId,
    /// The status of the payment; `succeeded` when it was captured.
    pub status: PaymentStatus,
    /// The captured amount, as in [`IntentResponse::amount`].
    #[cfg_attr(
        feature = "schemas",
        schemars(description = "The captured amount in major units, in quotes.")
    )]
    #[serde(default)]
    pub amount: Option<Decimal>,
    /// The currency of the account, e.g. `usd`.
    pub currency: Currency,
}

/// A saved card: the response of `POST /customer/card`, and an item of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct Card {
    /// The payment method id, which is also the token for a later payment.
    pub payment_method_id: PaymentMethodId,
    /// The customer who owns the card.
    pub external_customer_id: ExternalCustomerId,
    /// The brand, lower case as Stripe writes it, e.g. `visa`.
    pub brand: Brand,
    /// The last four digits of the card number, e.g. `4242`.
    pub last4: Last4,
    /// The month in which the card expires, 1 to 12.
    pub exp_month: ExpMonth,
    /// The year in which the card expires, four digits.
    pub exp_year: ExpYear,
}

/// The response of `GET /customer/card`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct CardList {
    /// The cards, newest first. Cards that cannot be read are left out.
    #[serde(deserialize_with = "lenient_list::read")]
    pub cards: Vec<Card>,
}

/// The response of `DELETE /customer/card/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct DeletedCard {
    /// The id of the removed card, `pm_…`.
    pub payment_method_id: PaymentMethodId,
    /// Whether the card was removed; always true.
    pub deleted: bool,
}
