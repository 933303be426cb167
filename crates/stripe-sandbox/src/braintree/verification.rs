//! A verification: a check of a card that moves no money.

use super::card_on_file::CardOnFile;
use super::global_id::LegacyIdType;
use super::graphql::project::reference;
use super::processing::{ProcessingResult, monetary_amount};
use serde_json::{Value, json};

#[derive(Clone, Debug)]
pub struct Verification {
    pub id: String,
    pub created: String,
    pub result: ProcessingResult,
    /// The card at the time of the verification.
    pub card: CardOnFile,
    /// Legacy id of the card, when it is in the vault.
    pub method: Option<String>,
    pub merchant_account: String,
    pub amount: String,
}

impl Verification {
    #[must_use]
    pub fn to_json(&self, unique: &str) -> Value {
        let status = match &self.result {
            ProcessingResult::Approved => "VERIFIED",
            ProcessingResult::Declined(_) => "PROCESSOR_DECLINED",
            ProcessingResult::Failed => "FAILED",
            ProcessingResult::Rejected(_) => "GATEWAY_REJECTED",
        };
        let method = self
            .method
            .as_ref()
            .map(|id| reference(&LegacyIdType::PaymentMethod.global(id)));
        json!({
            "__typename": "Verification", "id": LegacyIdType::Verification.global(&self.id), "legacyId": self.id,
            "paymentMethodSnapshot": self.card.to_json(unique), "paymentMethod": method,
            "amount": monetary_amount(&self.amount), "merchantAccountId": self.merchant_account, "status": status,
            "processorResponse": self.result.processor_response(self.card.cvv), "createdAt": self.created,
            "gatewayRejectionReason": self.result.rejection_reason(),
            "paymentMethodVerificationDetails": {
                "__typename": "CreditCardVerificationDetails", "amount": monetary_amount(&self.amount),
            },
        })
    }
}
