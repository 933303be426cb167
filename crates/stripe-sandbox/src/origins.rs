//! The four origins of one running sandbox. Known once the ports are bound; everything that names a
//! place asks here.

use serde::Serialize;
use std::net::SocketAddr;

/// Exact origins, without a final slash.
#[derive(Clone, Debug, Serialize)]
pub struct Origins {
    /// Serves Stripe.js.
    pub script: String,
    /// Serves the field frames and the controller.
    pub fields: String,
    /// Serves the bank's page.
    pub hooks: String,
    /// Serves the API.
    pub api: String,
}

impl Origins {
    /// Plain HTTP on the addresses that were bound: scripts, fields, hooks, API.
    #[must_use]
    pub fn of(addresses: [SocketAddr; 4]) -> Self {
        let [script, fields, hooks, api] = addresses.map(|address| format!("http://{address}"));
        Self {
            script,
            fields,
            hooks,
            api,
        }
    }

    /// The URL of Stripe.js as most pages load it.
    #[must_use]
    pub fn stripe_js(&self) -> String {
        format!("{}/v3/", self.script)
    }

    /// Fills the names in a script or a page: `%SCRIPT%`, `%FIELDS%`, `%HOOKS%`, `%API%`.
    #[must_use]
    pub fn fill(&self, text: &str) -> String {
        text.replace("%SCRIPT%", &self.script)
            .replace("%FIELDS%", &self.fields)
            .replace("%HOOKS%", &self.hooks)
            .replace("%API%", &self.api)
    }
}
