//! The gateway's objects, as far as this server reads them. Unknown fields are ignored, unknown words are kept.

use card_entry_protocol::secret::ClientSecret;
use serde::Deserialize;

/// A customer: <https://docs.stripe.com/api/customers/object>.
#[derive(Debug, Clone, Deserialize)]
pub struct Customer {
    /// `cus_…`.
    pub id: String,
    /// Whether it was deleted: its cards can never be charged again.
    #[serde(default)]
    pub deleted: bool,
}

/// A page of a list: <https://docs.stripe.com/api/pagination>.
#[derive(Debug, Clone, Deserialize)]
pub struct List<T> {
    /// Its objects.
    pub data: Vec<T>,
}

/// Where an intent stands: <https://docs.stripe.com/api/setup_intents/object#setup_intent_object-status>.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub enum IntentStatus {
    /// No card yet, or the last one was refused.
    RequiresPaymentMethod,
    /// A card, not confirmed.
    RequiresConfirmation,
    /// The bank wants a challenge.
    RequiresAction,
    /// The bank is still at it.
    Processing,
    /// Authorized, and not captured yet; payments only.
    RequiresCapture,
    /// Given up.
    Canceled,
    /// Done.
    Succeeded,
    /// One that came after this was written, kept verbatim.
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
    /// The gateway's word.
    #[must_use]
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

/// A SetupIntent: <https://docs.stripe.com/api/setup_intents/object>.
#[derive(Debug, Clone, Deserialize)]
pub struct SetupIntent {
    /// `seti_…`.
    pub id: String,
    /// Lets its holder confirm it.
    pub client_secret: ClientSecret,
    /// Where it stands.
    pub status: IntentStatus,
    /// The customer it is for.
    #[serde(default)]
    pub customer: Option<String>,
    /// The card it was confirmed with.
    #[serde(default)]
    pub payment_method: Option<String>,
    /// Why the last card was refused; its words are not read.
    #[serde(default)]
    pub last_setup_error: Option<serde::de::IgnoredAny>,
    /// Whether real money moves.
    #[serde(default)]
    pub livemode: bool,
    /// When it was made.
    pub created: i64,
}

/// A PaymentMethod: <https://docs.stripe.com/api/payment_methods/object>.
#[derive(Debug, Clone, Deserialize)]
pub struct PaymentMethod {
    /// `pm_…`.
    pub id: String,
    /// The customer it is attached to.
    #[serde(default)]
    pub customer: Option<String>,
    /// Whether real money moves.
    #[serde(default)]
    pub livemode: bool,
    /// The card, when it is one.
    #[serde(default)]
    pub card: Option<PaymentMethodCard>,
    /// Name and address.
    #[serde(default)]
    pub billing_details: BillingDetails,
}

/// The card of a payment method.
#[derive(Debug, Clone, Deserialize)]
pub struct PaymentMethodCard {
    /// The brand.
    pub brand: String,
    /// Four digits.
    pub last4: String,
    /// 1 to 12.
    pub exp_month: u16,
    /// Four digits.
    pub exp_year: u16,
    /// How it is funded.
    #[serde(default)]
    pub funding: Option<String>,
    /// ISO 3166.
    #[serde(default)]
    pub country: Option<String>,
    /// The same for every copy of one card.
    #[serde(default)]
    pub fingerprint: Option<String>,
    /// What it runs on.
    #[serde(default)]
    pub networks: Option<Networks>,
    /// The brand to show, with regard to what its holder chose.
    /// See <https://docs.stripe.com/api/payment_methods/object#payment_method_object-card-display_brand>.
    #[serde(default)]
    pub display_brand: Option<String>,
}

/// The networks of a card.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Networks {
    /// The one its holder chose; `invalid_preference` when the card does not run on it.
    pub preferred: Option<String>,
}

impl PaymentMethodCard {
    /// The network its holder chose, of those the card runs on.
    #[must_use]
    pub fn preferred_network(&self) -> Option<&str> {
        let chosen = self.networks.as_ref()?.preferred.as_deref();
        chosen.filter(|chosen| *chosen != "invalid_preference")
    }
}

/// Name and address.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct BillingDetails {
    /// The name on the card.
    pub name: Option<String>,
    /// The address.
    pub address: Option<Address>,
}

/// A billing address.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Address {
    /// First line.
    pub line1: Option<String>,
    /// City.
    pub city: Option<String>,
    /// State.
    pub state: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// ISO 3166.
    pub country: Option<String>,
}
