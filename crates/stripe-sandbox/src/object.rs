//! The objects of the API, and their JSON for a server and for a browser. A browser must never get a member that only
//! the merchant may see.

pub mod account_profile;
pub mod card_present;
pub mod charge;
pub mod checkout_session;
pub mod confirmation_token;
pub mod customer;
pub mod dispute;
pub mod event;
pub mod line_item;
pub mod method_types;
pub mod payment_intent;
pub mod payment_method;
pub mod refund;
pub mod role_view;
pub mod setup_intent;
pub mod terminal;
pub mod token;
pub mod ui_mode;
pub mod webhook_endpoint;

pub use account_profile::AccountProfile;
pub use charge::Charge;
pub use checkout_session::CheckoutSession;
pub use confirmation_token::ConfirmationToken;
pub use customer::Customer;
pub use dispute::Dispute;
pub use event::Event;
pub use line_item::LineItem;
pub use payment_intent::PaymentIntent;
pub use payment_method::PaymentMethod;
pub use refund::Refund;
pub use role_view::RoleView;
pub use setup_intent::SetupIntent;
pub use token::CardToken;
pub use webhook_endpoint::WebhookEndpoint;

use serde_json::{Value, json};

/// The current time in Unix seconds, as in every `created`.
#[must_use]
pub fn now() -> i64 {
    time::OffsetDateTime::now_utc().unix_timestamp()
}

/// An open 3D Secure challenge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// `src_…`: the id of the challenge, part of the URL.
    pub source: String,
    /// The URL of the bank's page, on the hooks origin.
    pub url: String,
    /// Where the person goes afterwards, when Stripe.js does not show the page.
    pub return_url: Option<String>,
}

impl Challenge {
    /// The JSON object `next_action`: a redirect when there is a return URL, and otherwise for Stripe.js.
    #[must_use]
    pub fn next_action(&self) -> Value {
        match &self.return_url {
            Some(return_url) => json!({
                "type": "redirect_to_url",
                "redirect_to_url": { "url": self.url, "return_url": return_url },
            }),
            None => json!({
                "type": "use_stripe_sdk",
                "use_stripe_sdk": {
                    "type": "three_d_secure_redirect",
                    "source": self.source,
                    "stripe_js": self.url,
                },
            }),
        }
    }
}

#[must_use]
pub fn setup_card_options(requested: &str) -> Value {
    json!({ "card": { "mandate_options": null, "network": null, "request_three_d_secure": requested } })
}

#[must_use]
pub fn payment_card_options(requested: &str) -> Value {
    json!({ "card": {
        "installments": null, "mandate_options": null, "network": null, "request_three_d_secure": requested,
    } })
}
