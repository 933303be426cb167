//! A transaction and its status history.

use super::card_on_file::CardOnFile;
use super::global_id::LegacyIdType;
use super::graphql::project::reference;
use super::processing::{ProcessingResult, monetary_amount};
use serde_json::{Value, json};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransactionStatus {
    Authorized,
    SubmittedForSettlement,
    Voided,
    ProcessorDeclined,
    GatewayRejected,
    Failed,
}

impl TransactionStatus {
    /// The `PaymentStatus` and the type of its event in `statusHistory`.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Authorized => ("AUTHORIZED", "AuthorizedEvent"),
            Self::SubmittedForSettlement => {
                ("SUBMITTED_FOR_SETTLEMENT", "SubmittedForSettlementEvent")
            }
            Self::Voided => ("VOIDED", "VoidedEvent"),
            Self::ProcessorDeclined => ("PROCESSOR_DECLINED", "ProcessorDeclinedEvent"),
            Self::GatewayRejected => ("GATEWAY_REJECTED", "GatewayRejectedEvent"),
            Self::Failed => ("FAILED", "FailedEvent"),
        }
    }

    #[must_use]
    pub fn after(result: &ProcessingResult) -> Self {
        match result {
            ProcessingResult::Approved => Self::Authorized,
            ProcessingResult::Declined(_) => Self::ProcessorDeclined,
            ProcessingResult::Failed => Self::Failed,
            ProcessingResult::Rejected(_) => Self::GatewayRejected,
        }
    }
}

#[derive(Clone, Debug)]
pub struct Transaction {
    pub id: String,
    pub merchant: String,
    pub merchant_account: String,
    /// In dollars with two decimals.
    pub amount: String,
    pub result: ProcessingResult,
    /// The card at the time of the transaction.
    pub card: CardOnFile,
    /// Legacy id of the card, when it is in the vault.
    pub method: Option<String>,
    /// Legacy id of the customer.
    pub customer: Option<String>,
    /// `orderId`, `purchaseOrderNumber` and `channel`, as they were sent.
    pub echoed: serde_json::Map<String, Value>,
    /// Each status and when it was reached, oldest first.
    pub history: Vec<(TransactionStatus, String)>,
}

impl Transaction {
    #[must_use]
    pub fn status(&self) -> Option<TransactionStatus> {
        self.history.last().map(|(status, _)| *status)
    }

    #[must_use]
    pub fn to_json(&self, unique: &str) -> Value {
        let processor = self.result.processor_response(self.card.cvv);
        let events: Vec<Value> = self
            .history
            .iter()
            .rev()
            .map(|(status, at)| self.event(*status, at, &processor))
            .collect();
        let at = |kind: LegacyIdType, id: &Option<String>| {
            id.as_ref().map(|id| reference(&kind.global(id)))
        };
        let text = |name: &str| self.echoed.get(name).cloned().unwrap_or_default();
        json!({
            "__typename": "Transaction", "id": LegacyIdType::Transaction.global(&self.id), "legacyId": self.id,
            "createdAt": self.history.first().map(|(_, at)| at), "amount": monetary_amount(&self.amount),
            "paymentMethodSnapshot": self.card.to_json(unique),
            "paymentMethod": at(LegacyIdType::PaymentMethod, &self.method),
            "customer": at(LegacyIdType::Customer, &self.customer), "merchantId": self.merchant,
            "merchantAccountId": self.merchant_account, "orderId": text("orderId"),
            "purchaseOrderNumber": text("purchaseOrderNumber"), "channel": text("channel"),
            "status": self.status().map(|status| status.names().0), "processorResponse": processor,
            "statusHistory": events, "source": "API", "billingAddress": self.card.address(),
        })
    }

    fn event(&self, status: TransactionStatus, at: &str, processor: &Value) -> Value {
        let (name, kind) = status.names();
        let terminal = !matches!(
            status,
            TransactionStatus::Authorized | TransactionStatus::SubmittedForSettlement
        );
        let decline = match self.result {
            ProcessingResult::Declined(2000..=2003) => "SOFT",
            _ => "HARD",
        };
        json!({
            "__typename": kind, "status": name, "timestamp": at, "amount": monetary_amount(&self.amount), "source": "API",
            "terminal": terminal, "processorResponse": processor, "declineType": decline,
            "gatewayRejectionReason": self.result.rejection_reason(),
        })
    }
}
