//! A transaction and what it went through.

use super::card_on_file::Card;
use super::graphql::project::reference;
use super::object::Kind;
use super::outcome::{Answer, money};
use serde_json::{Value, json};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Authorized,
    /// The money will be taken.
    SubmittedForSettlement,
    /// Given back before it was taken.
    Voided,
    ProcessorDeclined,
    GatewayRejected,
    Failed,
}

impl Status {
    /// `PaymentStatus`, and the type of the event that led to it.
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
    pub fn after(answer: &Answer) -> Self {
        match answer {
            Answer::Approved => Self::Authorized,
            Answer::Declined(_) => Self::ProcessorDeclined,
            Answer::Failed => Self::Failed,
            Answer::Rejected(_) => Self::GatewayRejected,
        }
    }
}

#[derive(Clone, Debug)]
pub struct Transaction {
    pub id: String,
    pub merchant: String,
    /// Which of the merchant's accounts.
    pub merchant_account: String,
    /// How much, as it was sent.
    pub amount: String,
    pub answer: Answer,
    /// The card as it was then.
    pub card: Card,
    /// Old id of the card in the vault, when it is there.
    pub method: Option<String>,
    /// Old id of the customer.
    pub customer: Option<String>,
    /// `orderId`, `purchaseOrderNumber`, `channel` as they were sent.
    pub texts: serde_json::Map<String, Value>,
    /// What it went through and when, oldest first.
    pub history: Vec<(Status, String)>,
}

impl Transaction {
    #[must_use]
    pub fn status(&self) -> Option<Status> {
        self.history.last().map(|(status, _)| *status)
    }

    #[must_use]
    pub fn to_json(&self, unique: &str) -> Value {
        let processor = self.answer.processor(self.card.cvv);
        let events: Vec<Value> = self
            .history
            .iter()
            .rev()
            .map(|(status, at)| self.event(*status, at, &processor))
            .collect();
        let at =
            |kind: Kind, id: &Option<String>| id.as_ref().map(|id| reference(&kind.global(id)));
        let text = |name: &str| self.texts.get(name).cloned().unwrap_or_default();
        json!({
            "__typename": "Transaction", "id": Kind::Transaction.global(&self.id), "legacyId": self.id,
            "createdAt": self.history.first().map(|(_, at)| at), "amount": money(&self.amount),
            "paymentMethodSnapshot": self.card.to_json(unique),
            "paymentMethod": at(Kind::PaymentMethod, &self.method),
            "customer": at(Kind::Customer, &self.customer), "merchantId": self.merchant,
            "merchantAccountId": self.merchant_account, "orderId": text("orderId"),
            "purchaseOrderNumber": text("purchaseOrderNumber"), "channel": text("channel"),
            "status": self.status().map(|status| status.names().0), "processorResponse": processor,
            "statusHistory": events, "source": "API", "billingAddress": self.card.address(),
        })
    }

    fn event(&self, status: Status, at: &str, processor: &Value) -> Value {
        let (name, kind) = status.names();
        let over = !matches!(status, Status::Authorized | Status::SubmittedForSettlement);
        let decline = match self.answer {
            Answer::Declined(2000..=2003) => "SOFT",
            _ => "HARD",
        };
        json!({
            "__typename": kind, "status": name, "timestamp": at, "amount": money(&self.amount), "source": "API",
            "terminal": over, "processorResponse": processor, "declineType": decline,
            "gatewayRejectionReason": self.answer.rejection(),
        })
    }
}
