//! One account, as the file spells it. Nothing here is checked; [`crate::config::Account`] is what the server runs on.

use serde::Deserialize;

use crate::config::{
    AcceptSettings, BokaMeraSettings, BraintreeSettings, BreakerSettings, MikroCloudSettings,
    MyTimeSettings, QuiltSettings, TicketEvolutionSettings,
};
use crate::secret::Secret;

/// One account, as the file spells it: an `[[accounts]]` table.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AccountSettings {
    /// The number the account is known by; MyTime's word for it is the company's id.
    #[serde(alias = "company_id")]
    pub id: i64,
    /// The wallet system it speaks, such as `mytime`, which is the default.
    pub system: Option<String>,
    /// The account's name, as people read it.
    pub name: String,
    /// ISO 4217, such as `usd`.
    pub currency: String,
    /// ISO 3166, such as `US`.
    pub country: String,
    /// `pk_test_…` or `pk_live_…`.
    pub publishable_key: String,
    /// `sk_…` or `rk_…`; better named by `secret_key_env`.
    pub secret_key: Option<Secret>,
    /// The environment variable that holds the secret key.
    pub secret_key_env: Option<String>,
    /// A connected account, `acct_…`.
    pub gateway_account: Option<String>,
    /// The exact origins of the pages that may embed the frame and call the API.
    pub parents: Vec<String>,
    /// The exact origins of the pages that embed one of those pages.
    pub ancestors: Vec<String>,
    /// The key with which the booking site's server places holds; without one it cannot.
    pub holds_key: Option<Secret>,
    /// The environment variable that holds it.
    pub holds_key_env: Option<String>,
    /// The signing secrets of its webhook endpoint; two while one takes the other's place.
    pub webhook_secrets: Vec<Secret>,
    /// The environment variable that holds them, separated by spaces.
    pub webhook_secrets_env: Option<String>,
    /// Which cards it takes; all unless told.
    pub accept: Option<AcceptSettings>,
    /// When it takes no new cards for a while, if not as the others.
    pub breaker: Option<BreakerSettings>,
    /// What only MyTime needs.
    pub mytime: Option<MyTimeSettings>,
    /// What only MikroCloud needs.
    pub mikrocloud: Option<MikroCloudSettings>,
    /// What only Quilt needs.
    pub quilt: Option<QuiltSettings>,
    /// What only Ticket Evolution needs.
    pub ticket_evolution: Option<TicketEvolutionSettings>,
    /// Braintree's keys, in the place of Stripe's.
    pub braintree: Option<BraintreeSettings>,
    /// What only BokaMera needs.
    pub bokamera: Option<BokaMeraSettings>,
}
