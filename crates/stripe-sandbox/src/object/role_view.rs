//! The last error of an intent, as a server and as a browser may see it. Stored for `last_setup_error` and
//! `last_payment_error`. A browser must never get the server's view.

use crate::key::Rights;
use serde_json::Value;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleView {
    /// The error with the complete payment method.
    pub server: Value,
    pub browser: Value,
}

impl RoleView {
    #[must_use]
    pub fn for_rights(&self, rights: Rights) -> Value {
        match rights {
            Rights::Secret => self.server.clone(),
            Rights::Publishable => self.browser.clone(),
        }
    }
}
