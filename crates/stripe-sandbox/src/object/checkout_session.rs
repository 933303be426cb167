//! A checkout session and its status. Changed by `api/checkout_sessions.rs`, and by `api/checkout_pay.rs` when the
//! person pays. A complete or expired session must never open again.

mod json;

use super::LineItem;
use super::ui_mode::CheckoutUi;
use serde_json::{Map, Value};

/// The status of a session. The last two are final.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckoutStatus {
    Open,
    Complete,
    /// Past `expires_at`, or expired by the merchant.
    Expired,
}

impl CheckoutStatus {
    /// The value in the API's JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Complete => "complete",
            Self::Expired => "expired",
        }
    }
}

/// The mode of the session, with its intent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CheckoutMode {
    /// The line items are paid. The intent is created when the person first pays.
    Payment { intent: Option<String> },
    /// A card is saved. The intent is created with the session.
    Setup { intent: String },
}

impl CheckoutMode {
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Payment { .. } => "payment",
            Self::Setup { .. } => "setup",
        }
    }

    #[must_use]
    pub fn intent(&self) -> Option<&str> {
        match self {
            Self::Payment { intent } => intent.as_deref(),
            Self::Setup { intent } => Some(intent),
        }
    }
}

/// What the person entered on the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomerDetails {
    pub email: Option<String>,
    pub name: Option<String>,
}

#[derive(Clone, Debug)]
pub struct CheckoutSession {
    pub id: String,
    /// `cs_test_…_secret_…`; not shown for a hosted session.
    pub client_secret: String,
    pub created: i64,
    /// Unix seconds; the session expires then.
    pub expires_at: i64,
    pub status: CheckoutStatus,
    pub mode: CheckoutMode,
    /// Where the form is shown, and where the person goes afterwards.
    pub ui: CheckoutUi,
    /// The line items; empty in `setup` mode.
    pub line_items: Vec<LineItem>,
    pub currency: Option<String>,
    /// `cus_…`: the customer of the merchant, or the one created for the person who paid.
    pub customer: Option<String>,
    /// `always` or `if_required`; `None` when the merchant named a customer.
    pub customer_creation: Option<String>,
    /// The email address that the merchant gave.
    pub customer_email: Option<String>,
    pub client_reference_id: Option<String>,
    pub metadata: Map<String, Value>,
    pub locale: Option<String>,
    /// The text of the button: `pay`, `book`, `donate` or `auto`.
    pub submit_type: Option<String>,
    pub payment_method_types: Vec<String>,
    pub request_three_d_secure: String,
    /// The parameters for creating the PaymentIntent, from `payment_intent_data`.
    pub intent_data: Vec<(String, String)>,
    /// The customer created for the session, shown when it is complete.
    pub created_customer: Option<String>,
    /// Shown when the session is complete.
    pub customer_details: Option<CustomerDetails>,
}

impl CheckoutSession {
    /// The total of all line items in minor units; `None` in `setup` mode.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        let add = |sum: u64, item: &LineItem| sum.saturating_add(item.total());
        matches!(self.mode, CheckoutMode::Payment { .. })
            .then(|| self.line_items.iter().fold(0, add))
    }

    /// Whether it is open although it is past `expires_at`. `now` is in Unix seconds.
    #[must_use]
    pub fn is_overdue(&self, now: i64) -> bool {
        self.status == CheckoutStatus::Open && self.expires_at <= now
    }
}
