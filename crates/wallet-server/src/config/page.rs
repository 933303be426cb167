//! The URLs that each of the two pages may load from: the one with Stripe's fields and the one with Braintree's.
//!
//! Called by the check of the configuration. Stripe's list:
//! <https://docs.stripe.com/security/guide#content-security-policy>. Braintree's:
//! <https://developer.paypal.com/braintree/docs/guides/client-sdk/setup/javascript/v3>. It must never mix the sources
//! of the two providers.

use super::ConfigError;
use super::Settings;
use super::csp_source::{self, CspSource};

const STRIPE_JS: &str = "https://js.stripe.com/v3/";
const BRAINTREE_JS: &str = "https://js.braintreegateway.com/web/3.144.0/js";
const STRIPE_SCRIPTS: &[&str] = &["https://js.stripe.com", "https://*.js.stripe.com"];
const STRIPE_FRAMES: &[&str] = &[
    "https://js.stripe.com",
    "https://*.js.stripe.com",
    "https://hooks.stripe.com",
];
const STRIPE_API: &[&str] = &["https://api.stripe.com"];
const BRAINTREE_SCRIPTS: &[&str] = &[
    "https://js.braintreegateway.com",
    "https://assets.braintreegateway.com",
];
const BRAINTREE_FRAMES: &[&str] = &["https://assets.braintreegateway.com"];
const BRAINTREE_API: &[&str] = &[
    "https://api.braintreegateway.com",
    "https://api.sandbox.braintreegateway.com",
    "https://client-analytics.braintreegateway.com",
    "https://client-analytics.sandbox.braintreegateway.com",
    "https://*.braintree-api.com",
];

/// The URLs that a page may load from, beside its own origin.
#[derive(Debug, Clone)]
pub struct PageSources {
    /// The URL of Stripe.js, or the folder of Braintree's scripts.
    pub scripts: String,
    /// The sources of the CSP directive `script-src`.
    pub script: Vec<CspSource>,
    /// The sources of the CSP directive `frame-src`.
    pub frame: Vec<CspSource>,
    /// The sources of the CSP directive `connect-src`.
    pub connect: Vec<CspSource>,
}

impl PageSources {
    /// Whether the policy of the page allows a script's URL.
    #[must_use]
    pub fn allows_script(&self, url: &str) -> bool {
        self.script.iter().any(|source| source.matches(url))
    }
}

/// Reads the settings of both pages: Stripe's, then Braintree's.
pub(super) fn check(given: &mut Settings) -> Result<(PageSources, PageSources), ConfigError> {
    let stripe = PageSources {
        scripts: csp_source::script_url("stripe_js_url", given.stripe_js_url.take(), STRIPE_JS)?,
        script: CspSource::list(
            "script_sources",
            given.script_sources.take(),
            STRIPE_SCRIPTS,
        )?,
        frame: CspSource::list("frame_sources", given.frame_sources.take(), STRIPE_FRAMES)?,
        connect: CspSource::list("connect_sources", given.connect_sources.take(), STRIPE_API)?,
    };
    let (script, frame, connect) = (
        given.braintree_script_sources.take(),
        given.braintree_frame_sources.take(),
        given.braintree_connect_sources.take(),
    );
    let scripts = given.braintree_js_url.take();
    let braintree = PageSources {
        scripts: csp_source::script_url("braintree_js_url", scripts, BRAINTREE_JS)?,
        script: CspSource::list("braintree_script_sources", script, BRAINTREE_SCRIPTS)?,
        frame: CspSource::list("braintree_frame_sources", frame, BRAINTREE_FRAMES)?,
        connect: CspSource::list("braintree_connect_sources", connect, BRAINTREE_API)?,
    };
    Ok((stripe, braintree))
}
