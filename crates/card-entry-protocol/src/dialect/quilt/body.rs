//! The request bodies as they are on the wire. [`super::request`] checks them.
//!
//! A body must never be used before its check: every member may be missing.

use serde::{Deserialize, Serialize};

use super::{ExternalAccountId, ExternalCustomerId, ExternalTransactionId, PaymentId};
use crate::card::PaymentMethodId;
use crate::encoding::percent_encode;
use crate::money::Decimal;
use crate::text::open_words;

open_words!(
    /// The payment method type. It is one word, although the member's name is plural.
    MethodType, "not a method type", {
        /// A card at a card reader.
        CardPresent = "card_present",
        /// A card that was saved before.
        Card = "card",
    }
);

open_words!(
    /// When the payment is captured.
    /// See <https://docs.stripe.com/api/payment_intents/object#payment_intent_object-capture_method>.
    CaptureMethod, "not a capture method", {
        /// The payment is captured by a later `POST /payment/capture`.
        Manual = "manual",
        /// The payment is captured when it is authorized.
        Automatic = "automatic",
    }
);

/// The body of `POST /payment/intent`. [`IntentBody::check`] reads it.
///
/// ```
/// use card_entry_protocol::dialect::quilt::{IntentBody, QuiltErrorCode};
/// use card_entry_protocol::money::Currency;
///
/// let usd = Currency::parse("usd").expect("a known currency");
/// let body: IntentBody = serde_json::from_str(
///     r#"{
///         "external_account_id": "account_1",
///         "amount": 12.99,
///         "payment_method_types": "card_present",
///         "capture_method": "manual",
///         "external_customer_id": "customer_1"
///     }"#,
/// )?;
/// assert_eq!(body.check(&usd).map(|payment| payment.amount.get()), Ok(1299));
///
/// let error = IntentBody::default().check(&usd).unwrap_err();
/// assert_eq!(error.code, QuiltErrorCode::InvalidRequest);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schemas",
    derive(schemars::JsonSchema),
    schemars(extend("x-required-in-requests" = ["external_account_id", "amount", "payment_method_types", "capture_method", "external_customer_id"]))
)]
#[serde(default)]
pub struct IntentBody {
    /// The merchant's account, in the site's own words.
    #[cfg_attr(feature = "schemas", schemars(required))]
    pub(super) external_account_id: Option<ExternalAccountId>,
    /// The amount in major units of the account's currency, e.g. `12.99` or `"12.99"`.
    #[cfg_attr(feature = "schemas", schemars(required))]
    pub(super) amount: Option<Decimal>,
    /// `card_present` for a card at a reader, `card` for a stored card.
    #[cfg_attr(feature = "schemas", schemars(required))]
    pub(super) payment_method_types: Option<MethodType>,
    /// `manual` for a card at a reader, `automatic` for a stored card.
    #[cfg_attr(feature = "schemas", schemars(required))]
    pub(super) capture_method: Option<CaptureMethod>,
    /// The site's own id of the sale. A stored card is charged once for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) external_transaction_id: Option<ExternalTransactionId>,
    /// The person, in the site's own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schemas", schemars(required))]
    pub(super) external_customer_id: Option<ExternalCustomerId>,
    /// The stored card to charge; only with `payment_method_types` `card`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) payment_method_id: Option<PaymentMethodId>,
}

impl IntentBody {
    /// A payment with a card at a reader, captured later: the first of the four [`steps`](super::steps).
    pub(super) fn card_present(
        account: ExternalAccountId,
        amount: Decimal,
        customer: ExternalCustomerId,
        transaction: Option<ExternalTransactionId>,
    ) -> Self {
        Self {
            external_account_id: Some(account),
            amount: Some(amount),
            payment_method_types: Some(MethodType::CardPresent),
            capture_method: Some(CaptureMethod::Manual),
            external_transaction_id: transaction,
            external_customer_id: Some(customer),
            payment_method_id: None,
        }
    }

    /// The merchant's account; `None` when it is missing. Nothing else is checked.
    #[must_use]
    pub fn account(&self) -> Option<&ExternalAccountId> {
        self.external_account_id.as_ref()
    }

    /// Creates a payment with a saved card, captured at once.
    #[must_use]
    pub fn stored_card(
        account: ExternalAccountId,
        amount: Decimal,
        customer: ExternalCustomerId,
        card: PaymentMethodId,
        transaction: Option<ExternalTransactionId>,
    ) -> Self {
        Self {
            external_account_id: Some(account),
            amount: Some(amount),
            payment_method_types: Some(MethodType::Card),
            capture_method: Some(CaptureMethod::Automatic),
            external_transaction_id: transaction,
            external_customer_id: Some(customer),
            payment_method_id: Some(card),
        }
    }
}

/// The body of `POST /payment/capture`, from
/// [`steps::PaymentAuthorized::capture`](super::steps::PaymentAuthorized::capture).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct CaptureBody {
    /// The id of the authorized payment, `pi_…`.
    pub(super) payment_id: PaymentId,
    /// The amount to capture in major units, e.g. `12.99` or `"12.99"`.
    pub(super) amount: Decimal,
    /// The merchant's account, in the site's own words.
    pub(super) external_account_id: ExternalAccountId,
}

impl CaptureBody {
    /// The id of the payment to capture, `pi_…`.
    #[must_use]
    pub fn payment_id(&self) -> &PaymentId {
        &self.payment_id
    }

    /// The merchant's account that owns the payment.
    #[must_use]
    pub fn account(&self) -> &ExternalAccountId {
        &self.external_account_id
    }
}

/// The body of `POST /customer/card`. Only [`steps::PaymentCaptured::save`](super::steps::PaymentCaptured::save) creates
/// one, so a client cannot save a card before its payment is captured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct CardBody {
    /// The id of the captured payment whose card is saved, `pi_…`.
    pub(super) payment_id: PaymentId,
    /// The person, in the site's own words.
    pub(super) external_customer_id: ExternalCustomerId,
    /// The merchant's account, in the site's own words.
    pub(super) external_account_id: ExternalAccountId,
}

impl CardBody {
    /// The id of the payment that used the card, `pi_…`.
    #[must_use]
    pub fn payment_id(&self) -> &PaymentId {
        &self.payment_id
    }

    /// The customer and the merchant's account that own the card.
    #[must_use]
    pub fn owner(&self) -> CardQuery {
        CardQuery {
            external_customer_id: self.external_customer_id.clone(),
            external_account_id: self.external_account_id.clone(),
        }
    }
}

/// The owner of a wallet: the query of `GET /customer/card` and `DELETE /customer/card/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct CardQuery {
    /// The customer, in the site's own words.
    pub external_customer_id: ExternalCustomerId,
    /// The merchant's account, in the site's own words.
    pub external_account_id: ExternalAccountId,
}

impl CardQuery {
    /// The query of the URL, percent-encoded and without its `?`.
    #[must_use]
    pub fn to_query(&self) -> String {
        format!(
            "external_customer_id={}&external_account_id={}",
            percent_encode(self.external_customer_id.as_str()),
            percent_encode(self.external_account_id.as_str())
        )
    }
}
