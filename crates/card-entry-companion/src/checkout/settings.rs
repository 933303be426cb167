//! What a page may set about a checkout; Stripe's own addresses unless told.

use card_entry_protocol::dialect::bokamera::WebAddress;
use card_entry_protocol::origin::Origin;

/// The script of the train whose names this crate knows; older ones are understood as well.
const SCRIPT: &str = "https://js.stripe.com/dahlia/stripe.js";
/// Where hosted payment pages are. A custom domain has to be added.
const PAGE: &str = "https://checkout.stripe.com";

/// The settings of a checkout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckoutSettings {
    /// Where Stripe.js is loaded from, for a form in the page.
    pub script: Option<WebAddress>,
    /// The origins of the payment pages the person may be sent to.
    pub pages: Vec<Origin>,
    /// BCP 47; `None` is the page's language, then the browser's.
    pub locale: Option<String>,
}

impl Default for CheckoutSettings {
    fn default() -> Self {
        Self {
            script: WebAddress::parse(SCRIPT),
            pages: Origin::parse(PAGE).into_iter().collect(),
            locale: None,
        }
    }
}
