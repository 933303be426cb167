//! Stripe's objects, with the fields that this server reads. Unknown fields are ignored. An unknown value must never
//! fail the whole response.

use card_entry_protocol::secret::ClientSecret;
use serde::Deserialize;
use wallet_store::owners::OwnerId;

/// A customer: <https://docs.stripe.com/api/customers/object>.
#[derive(Debug, Clone, Deserialize)]
pub struct Customer {
    /// `cus_…`.
    pub id: String,
    /// Its cards can then never be charged again.
    #[serde(default)]
    pub deleted: bool,
    /// What this server wrote when it created the customer.
    #[serde(default)]
    metadata: CustomerMetadata,
}

#[derive(Debug, Clone, Default, Deserialize)]
struct CustomerMetadata {
    card_entry_owner: Option<String>,
    card_entry_database: Option<String>,
}

impl Customer {
    /// The owner it was created for, if that was by the database of this instance.
    pub fn owner_in(&self, instance: &str) -> Option<OwnerId> {
        let database = self.metadata.card_entry_database.as_deref();
        let owner = self.metadata.card_entry_owner.as_deref();
        let number = owner.filter(|_| database == Some(instance))?;
        number.parse().ok().map(OwnerId)
    }
}

/// A page of a list: <https://docs.stripe.com/api/pagination>.
#[derive(Debug, Clone, Deserialize)]
pub struct List<T> {
    pub data: Vec<T>,
}

/// The status of an intent: <https://docs.stripe.com/api/setup_intents/object#setup_intent_object-status>.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub enum IntentStatus {
    /// No card was tried yet, or the last one was declined.
    RequiresPaymentMethod,
    RequiresConfirmation,
    /// The issuer requires authentication (3D Secure).
    RequiresAction,
    Processing,
    /// Authorized and not captured yet. Payment intents only.
    RequiresCapture,
    Canceled,
    Succeeded,
    /// A status that this version does not know, as Stripe wrote it.
    Other(String),
}

impl From<String> for IntentStatus {
    fn from(text: String) -> Self {
        match text.as_str() {
            "requires_payment_method" => Self::RequiresPaymentMethod,
            "requires_confirmation" => Self::RequiresConfirmation,
            "requires_action" => Self::RequiresAction,
            "processing" => Self::Processing,
            "requires_capture" => Self::RequiresCapture,
            "canceled" => Self::Canceled,
            "succeeded" => Self::Succeeded,
            _ => Self::Other(text),
        }
    }
}

impl IntentStatus {
    pub fn as_str(&self) -> &str {
        match self {
            Self::RequiresPaymentMethod => "requires_payment_method",
            Self::RequiresConfirmation => "requires_confirmation",
            Self::RequiresAction => "requires_action",
            Self::Processing => "processing",
            Self::RequiresCapture => "requires_capture",
            Self::Canceled => "canceled",
            Self::Succeeded => "succeeded",
            Self::Other(text) => text,
        }
    }
}

/// A setup intent: <https://docs.stripe.com/api/setup_intents/object>.
#[derive(Debug, Clone, Deserialize)]
pub struct SetupIntent {
    /// `seti_…`.
    pub id: String,
    pub client_secret: ClientSecret,
    pub status: IntentStatus,
    #[serde(default)]
    pub customer: Option<String>,
    /// The payment method it was confirmed with.
    #[serde(default)]
    pub payment_method: Option<String>,
    /// Set if the last card was declined. Its content is not read.
    #[serde(default)]
    pub last_setup_error: Option<serde::de::IgnoredAny>,
    /// `setatt_…`: another one for each card that was tried.
    #[serde(default)]
    pub latest_attempt: Option<String>,
    #[serde(default)]
    pub livemode: bool,
    pub created: i64,
}

/// A payment method: <https://docs.stripe.com/api/payment_methods/object>.
#[derive(Debug, Clone, Deserialize)]
pub struct PaymentMethod {
    /// `pm_…`.
    pub id: String,
    #[serde(default)]
    pub customer: Option<String>,
    #[serde(default)]
    pub livemode: bool,
    /// Set if the payment method is a card.
    #[serde(default)]
    pub card: Option<PaymentMethodCard>,
    #[serde(default)]
    pub billing_details: BillingDetails,
}

#[derive(Debug, Clone, Deserialize)]
pub struct PaymentMethodCard {
    pub brand: String,
    pub last4: String,
    pub exp_month: u16,
    pub exp_year: u16,
    #[serde(default)]
    pub funding: Option<String>,
    #[serde(default)]
    pub country: Option<String>,
    /// The same for every copy of one card.
    #[serde(default)]
    pub fingerprint: Option<String>,
    #[serde(default)]
    pub networks: Option<Networks>,
    /// The brand to show, which depends on the network that the cardholder chose.
    /// See <https://docs.stripe.com/api/payment_methods/object#payment_method_object-card-display_brand>.
    #[serde(default)]
    pub display_brand: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Networks {
    /// The network that the cardholder chose; `invalid_preference` if the card does not have it.
    pub preferred: Option<String>,
}

impl PaymentMethodCard {
    /// The network that the cardholder chose, if the card has it.
    pub fn preferred_network(&self) -> Option<&str> {
        let chosen = self.networks.as_ref()?.preferred.as_deref();
        chosen.filter(|chosen| *chosen != "invalid_preference")
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct BillingDetails {
    pub name: Option<String>,
    pub address: Option<Address>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Address {
    pub line1: Option<String>,
    pub city: Option<String>,
    pub state: Option<String>,
    pub postal_code: Option<String>,
    pub country: Option<String>,
}
