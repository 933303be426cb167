//! What the server answers: a checkout to open, and how far it is.

use serde::{Deserialize, Serialize};

use super::{CheckoutSecret, SessionId, UiMode, WebAddress};
use crate::secret::{PublishableKey, StripeAccount};
use crate::text::{checked_text, open_words};

open_words!(
    /// How far a checkout is.
    /// See <https://docs.stripe.com/api/checkout/sessions/object#checkout_session_object-status>.
    CheckoutStatus, "not a status", {
        /// It waits for the person.
        Open = "open",
        /// It is done; whether the money came, its payment says.
        Complete = "complete",
        /// Its time is over, or a newer one took its place.
        Expired = "expired",
    }
);

checked_text!(
    /// A secret as it is on the wire, of whatever form.
    WireSecret,
    "not a text",
    |_| true
);

impl core::fmt::Debug for WireSecret {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("***")
    }
}

/// Of `POST /checkout`, as it is on the wire: only what the mode has is filled, the rest is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CheckoutResponse {
    /// The session.
    pub session_id: String,
    /// Hosted: Stripe's page, to go to. It cannot be shown in an iframe, in spite of the vendor's page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// How far it is.
    pub status: CheckoutStatus,
    /// Embedded: what it is mounted with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<WireSecret>,
    /// Stripe's customer, when there is one already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<String>,
    /// The payment's secret, when there is a payment already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment_intent_client_secret: Option<WireSecret>,
    /// The payment, when there is one already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment_intent_id: Option<String>,
    /// The connected account the checkout is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stripe_account: Option<String>,
    /// Ours: what Stripe.js starts with. The vendor's answer has none, and an embedded checkout needs one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publishable_key: Option<String>,
}

/// How a checkout is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckoutTarget {
    /// By going there.
    Hosted(WebAddress),
    /// By mounting it.
    Embedded(CheckoutSecret),
}

/// A checkout that can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkout {
    /// The session, to ask about later.
    pub session: SessionId,
    /// How far it is.
    pub status: CheckoutStatus,
    /// How it is opened.
    pub target: CheckoutTarget,
    /// The connected account it is in.
    pub account: Option<StripeAccount>,
    /// What Stripe.js starts with.
    pub key: Option<PublishableKey>,
}

impl CheckoutResponse {
    /// The answer for a checkout.
    #[must_use]
    pub fn new(checkout: &Checkout) -> Self {
        let (url, client_secret) = match &checkout.target {
            CheckoutTarget::Hosted(url) => (Some(url.as_str().to_owned()), None),
            CheckoutTarget::Embedded(secret) => (None, WireSecret::parse(secret.as_str())),
        };
        Self {
            session_id: checkout.session.as_str().to_owned(),
            url,
            status: checkout.status.clone(),
            client_secret,
            customer_id: None,
            payment_intent_client_secret: None,
            payment_intent_id: None,
            stripe_account: checkout.account.clone().map(Into::into),
            publishable_key: checkout.key.clone().map(Into::into),
        }
    }

    /// The checkout that was asked for in this mode; `None` when the answer has not what the mode needs.
    #[must_use]
    pub fn checkout(&self, mode: &UiMode) -> Option<Checkout> {
        let target = match mode {
            UiMode::Hosted => CheckoutTarget::Hosted(WebAddress::parse(self.url.as_ref()?)?),
            UiMode::Embedded => {
                let secret = self.client_secret.as_ref()?;
                CheckoutTarget::Embedded(CheckoutSecret::parse(secret.as_str())?)
            }
            UiMode::Other(_) => return None,
        };
        let account = self.stripe_account.as_deref();
        let key = self.publishable_key.as_deref();
        Some(Checkout {
            session: SessionId::parse(&self.session_id)?,
            status: self.status.clone(),
            target,
            account: account.and_then(StripeAccount::parse),
            key: key.and_then(PublishableKey::parse),
        })
    }
}

/// Of `POST /checkout/status`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct StatusResponse {
    /// The address the person gave, once they gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_email: Option<String>,
    /// How far it is.
    pub status: CheckoutStatus,
}

impl core::fmt::Debug for StatusResponse {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("StatusAnswer")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}
