//! The responses: a checkout to open, and the status of a checkout.
//!
//! A client secret must never be in a log line, so its type's `Debug` prints `***`.

use serde::{Deserialize, Serialize};

use super::{CheckoutSecret, SessionId, UiMode, WebAddress};
use crate::secret::{PublishableKey, StripeAccount};
use crate::text::{checked_text, open_words};

open_words!(
    /// The status of a checkout session.
    /// See <https://docs.stripe.com/api/checkout/sessions/object#checkout_session_object-status>.
    CheckoutStatus, "not a status", {
        /// The person can still pay.
        Open = "open",
        /// The person has finished. The PaymentIntent has the status of the payment.
        Complete = "complete",
        /// The session timed out, or a newer session replaced it.
        Expired = "expired",
    }
);

checked_text!(
    /// A secret of a response, in any form. Its `Debug` prints `***`.
    WireSecret,
    "not a text",
    |_| true
);

impl core::fmt::Debug for WireSecret {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("***")
    }
}

/// The response of `POST /checkout`. Members that the UI mode does not need are left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[serde(rename_all = "PascalCase")]
pub struct CheckoutResponse {
    /// The id of the checkout session, `cs_…`.
    pub session_id: String,
    /// Hosted mode: the URL of Stripe's page. It cannot be shown in an iframe, although the vendor's page says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The status of the session, e.g. `open`.
    pub status: CheckoutStatus,
    /// Embedded mode: the client secret with which Stripe.js mounts the checkout.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<WireSecret>,
    /// The Stripe customer, `cus_…`, if there is one already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<String>,
    /// The client secret of the PaymentIntent, if there is one already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment_intent_client_secret: Option<WireSecret>,
    /// The id of the PaymentIntent, if there is one already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment_intent_id: Option<String>,
    /// The connected account that owns the checkout, `acct_…`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stripe_account: Option<String>,
    /// The publishable key for Stripe.js. Our own member: the vendor's response has none, and an embedded checkout needs one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publishable_key: Option<String>,
}

/// How the person reaches a checkout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckoutTarget {
    /// The browser navigates to Stripe's page.
    Hosted(WebAddress),
    /// Stripe.js mounts the checkout in the site's page with this client secret.
    Embedded(CheckoutSecret),
}

/// A checkout session that can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkout {
    /// The session's id, for later status requests.
    pub session: SessionId,
    /// The status of the session, e.g. `open`.
    pub status: CheckoutStatus,
    /// Stripe's page, or the client secret of an embedded checkout.
    pub target: CheckoutTarget,
    /// The connected account that owns the checkout, `acct_…`.
    pub account: Option<StripeAccount>,
    /// The publishable key for Stripe.js; an embedded checkout needs it.
    pub key: Option<PublishableKey>,
}

impl CheckoutResponse {
    /// Creates the response for a checkout.
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

    /// The checkout of the requested mode; `None` when a member that the mode needs is missing or invalid.
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

/// The response of `POST /checkout/status`. Its `Debug` leaves the e-mail address out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[serde(rename_all = "PascalCase")]
pub struct StatusResponse {
    /// The person's e-mail address, once they entered one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_email: Option<String>,
    /// The status of the session, e.g. `complete`.
    pub status: CheckoutStatus,
}

impl core::fmt::Debug for StatusResponse {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("StatusAnswer")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}
