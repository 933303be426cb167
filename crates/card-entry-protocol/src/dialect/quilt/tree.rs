//! Writes the requests and reads the responses as trees, for the companion.
//!
//! It must never read a response partly, except for the list of cards and the amount, which a browser may not be able to
//! read exactly.

use super::{
    CancelBody, CancelResponse, CaptureBody, CaptureMethod, CaptureResponse, Card, CardBody,
    CardList, ConnectionTokenBody, ConnectionTokenResponse, ConnectionTokenSecret, DeletedCard,
    ExternalAccountId, ExternalCustomerId, ExternalTransactionId, IntentBody, IntentResponse,
    MethodType, PaymentId, PaymentStatus, QuiltErrorCode,
};
use crate::tree::{FromTree, ToTree, Tree, records, texts};

texts!(
    CaptureMethod,
    QuiltErrorCode,
    ExternalAccountId,
    ExternalCustomerId,
    ExternalTransactionId,
    MethodType,
    PaymentId,
    PaymentStatus,
    ConnectionTokenSecret,
);

impl ToTree for IntentBody {
    fn to_tree(&self) -> Tree {
        Tree::sparse(&mut [
            ("external_account_id", self.external_account_id.to_tree()),
            ("amount", self.amount.to_tree()),
            ("payment_method_types", self.payment_method_types.to_tree()),
            ("capture_method", self.capture_method.to_tree()),
            (
                "external_transaction_id",
                self.external_transaction_id.to_tree(),
            ),
            ("external_customer_id", self.external_customer_id.to_tree()),
            ("payment_method_id", self.payment_method_id.to_tree()),
        ])
    }
}

impl FromTree for IntentResponse {
    fn from_tree(tree: &Tree) -> Option<Self> {
        Some(Self {
            payment_id: tree.read("payment_id")?,
            client_secret: tree.read("client_secret")?,
            status: tree.read("status")?,
            amount: tree.read("amount"),
            currency: tree.read("currency")?,
        })
    }
}

impl FromTree for CaptureResponse {
    fn from_tree(tree: &Tree) -> Option<Self> {
        Some(Self {
            payment_id: tree.read("payment_id")?,
            status: tree.read("status")?,
            amount: tree.read("amount"),
            currency: tree.read("currency")?,
        })
    }
}

impl FromTree for CardList {
    fn from_tree(tree: &Tree) -> Option<Self> {
        Some(Self {
            cards: tree.lenient_list("cards")?,
        })
    }
}

records! {
    CaptureBody {
        all "payment_id" payment_id,
        all "amount" amount,
        all "external_account_id" external_account_id,
    }
    CardBody {
        all "payment_id" payment_id,
        all "external_customer_id" external_customer_id,
        all "external_account_id" external_account_id,
    }
    Card {
        all "payment_method_id" payment_method_id,
        all "external_customer_id" external_customer_id,
        all "brand" brand,
        all "last4" last4,
        all "exp_month" exp_month,
        all "exp_year" exp_year,
    }
    DeletedCard {
        all "payment_method_id" payment_method_id,
        all "deleted" deleted,
    }
    CancelBody {
        all "payment_id" payment_id,
        all "external_account_id" external_account_id,
    }
    CancelResponse {
        all "payment_id" payment_id,
        all "status" status,
    }
    ConnectionTokenBody {
        all "external_account_id" external_account_id,
    }
    ConnectionTokenResponse {
        all "secret" secret,
    }
}
