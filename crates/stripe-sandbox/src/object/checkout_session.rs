//! A checkout session and its three states. Driven by `api/checkout_sessions.rs` and, when the person
//! pays, by `api/checkout_pay.rs`.

mod json;

use super::LineItem;
use super::ui_mode::CheckoutUi;
use serde_json::{Map, Value};

/// Where a session stands. The two last are final.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckoutStatus {
    Open,
    /// The person has done it.
    Complete,
    /// Too late, or given up by the merchant.
    Expired,
}

impl CheckoutStatus {
    /// As the API spells it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Complete => "complete",
            Self::Expired => "expired",
        }
    }
}

/// What the session is for, with the intent that does it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CheckoutMode {
    /// Money for the line items; the intent is made when the person first pays.
    Payment { intent: Option<String> },
    /// A card for later; the intent is there from the start.
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

    /// The intent, when there is one.
    #[must_use]
    pub fn intent(&self) -> Option<&str> {
        match self {
            Self::Payment { intent } => intent.as_deref(),
            Self::Setup { intent } => Some(intent),
        }
    }
}

/// What the person told the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomerDetails {
    pub email: Option<String>,
    pub name: Option<String>,
}

#[derive(Clone, Debug)]
pub struct CheckoutSession {
    pub id: String,
    /// `cs_test_…_secret_…`; nobody learns it of a hosted one.
    pub client_secret: String,
    pub created: i64,
    /// Unix seconds; from then on it is expired.
    pub expires_at: i64,
    pub status: CheckoutStatus,
    pub mode: CheckoutMode,
    /// Where its form is, and what comes afterwards.
    pub ui: CheckoutUi,
    /// What is bought; none at a setup.
    pub items: Vec<LineItem>,
    pub currency: Option<String>,
    /// `cus_…`: whom the merchant named, or who was made of the person who paid.
    pub customer: Option<String>,
    /// `always` or `if_required`; none when the merchant named a customer.
    pub customer_creation: Option<String>,
    /// What the merchant knows of the person's address.
    pub customer_email: Option<String>,
    /// The merchant's own number for it.
    pub client_reference_id: Option<String>,
    pub metadata: Map<String, Value>,
    pub locale: Option<String>,
    /// Which word is on the button.
    pub submit_type: Option<String>,
    pub payment_method_types: Vec<String>,
    pub request_three_d_secure: String,
    /// What the payment intent will be made with, from `payment_intent_data`.
    pub intent_data: Vec<(String, String)>,
    /// The customer made for it, shown when it is complete.
    pub made_customer: Option<String>,
    /// What the person told, shown when it is complete.
    pub customer_details: Option<CustomerDetails>,
}

impl CheckoutSession {
    /// Minor units for all line items; none at a setup.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        let add = |sum: u64, item: &LineItem| sum.saturating_add(item.total());
        matches!(self.mode, CheckoutMode::Payment { .. }).then(|| self.items.iter().fold(0, add))
    }

    /// Whether its time is over at `now` (Unix seconds) and nobody has said so yet.
    #[must_use]
    pub fn is_overdue(&self, now: i64) -> bool {
        self.status == CheckoutStatus::Open && self.expires_at <= now
    }
}
