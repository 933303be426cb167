//! What a client sends, as it is on the wire; [`super::order`] makes sense of it.

use serde::{Deserialize, Serialize};

use super::{ExternalAccountId, ExternalCustomerId, ExternalTransactionId, PaymentId};
use crate::card::PaymentMethodId;
use crate::encoding::percent_encode;
use crate::money::Decimal;
use crate::text::open_words;

open_words!(
    /// What a payment is made with. One word, in spite of its field's plural.
    MethodType, "not a method type", {
        /// A card at a reader.
        CardPresent = "card_present",
        /// A card that was kept.
        Card = "card",
    }
);

open_words!(
    /// When the money is taken.
    CaptureMethod, "not a capture method", {
        /// When it is asked for.
        Manual = "manual",
        /// At once.
        Automatic = "automatic",
    }
);

/// `POST /payment/intent`. Read with [`IntentBody::check`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IntentBody {
    pub(super) external_account_id: Option<ExternalAccountId>,
    pub(super) amount: Option<Decimal>,
    pub(super) payment_method_types: Option<MethodType>,
    pub(super) capture_method: Option<CaptureMethod>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) external_transaction_id: Option<ExternalTransactionId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) external_customer_id: Option<ExternalCustomerId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) payment_method_id: Option<PaymentMethodId>,
}

impl IntentBody {
    /// A card at a reader, captured later: the first of the four [`steps`](super::steps), which write it.
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

    /// Whose account it is for, if it says so; nothing else is checked.
    #[must_use]
    pub fn account(&self) -> Option<&ExternalAccountId> {
        self.external_account_id.as_ref()
    }

    /// A card that was kept, charged at once.
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

/// `POST /payment/capture`. Made by [`steps::PaymentAuthorized::capture`](super::steps::Processed::capture).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaptureBody {
    pub(super) payment_id: PaymentId,
    pub(super) amount: Decimal,
    pub(super) external_account_id: ExternalAccountId,
}

impl CaptureBody {
    /// The payment.
    #[must_use]
    pub fn payment_id(&self) -> &PaymentId {
        &self.payment_id
    }

    /// Whose account it is in.
    #[must_use]
    pub fn account(&self) -> &ExternalAccountId {
        &self.external_account_id
    }
}

/// `POST /customer/card`. Made by [`steps::PaymentCaptured::save`](super::steps::Captured::save) alone: a client cannot write
/// one before the payment is captured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardBody {
    pub(super) payment_id: PaymentId,
    pub(super) external_customer_id: ExternalCustomerId,
    pub(super) external_account_id: ExternalAccountId,
}

impl CardBody {
    /// The payment the card was used for.
    #[must_use]
    pub fn payment_id(&self) -> &PaymentId {
        &self.payment_id
    }

    /// Whose wallet.
    #[must_use]
    pub fn owner(&self) -> CardQuery {
        CardQuery {
            external_customer_id: self.external_customer_id.clone(),
            external_account_id: self.external_account_id.clone(),
        }
    }
}

/// Whose wallet: the query of `GET /customer/card` and `DELETE /customer/card/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardQuery {
    /// The person.
    pub external_customer_id: ExternalCustomerId,
    /// The merchant's account.
    pub external_account_id: ExternalAccountId,
}

impl CardQuery {
    /// As it stands behind the question mark.
    #[must_use]
    pub fn to_query(&self) -> String {
        format!(
            "external_customer_id={}&external_account_id={}",
            percent_encode(self.external_customer_id.as_str()),
            percent_encode(self.external_account_id.as_str())
        )
    }
}
