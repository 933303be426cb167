//! An error an intent remembers, as a server and as a browser may see it. Kept in
//! `last_setup_error` and `last_payment_error`.

use crate::key::Rights;
use serde_json::Value;

/// One error in both views.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleView {
    /// With the whole payment method.
    pub server: Value,
    pub browser: Value,
}

impl RoleView {
    /// As this caller may see it.
    #[must_use]
    pub fn to(&self, rights: Rights) -> Value {
        match rights {
            Rights::Secret => self.server.clone(),
            Rights::Publishable => self.browser.clone(),
        }
    }
}
