//! The settings of a checkout; the defaults are Stripe's own addresses.

use card_entry_protocol::dialect::bokamera::WebAddress;
use card_entry_protocol::origin::Origin;

/// The Stripe.js version whose function names this crate knows; older versions work as well.
const SCRIPT: &str = "https://js.stripe.com/dahlia/stripe.js";
/// The origin of hosted payment pages. A site with a custom domain has to add it.
const PAGE: &str = "https://checkout.stripe.com";

/// The settings of a checkout. Start from [`CheckoutSettings::default`].
///
/// ```
/// use card_entry_companion::checkout::settings::CheckoutSettings;
///
/// let settings = CheckoutSettings { locale: Some("sv".to_owned()), ..Default::default() };
/// assert_eq!(settings.pages[0].as_str(), "https://checkout.stripe.com");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckoutSettings {
    /// The URL of Stripe.js, for a form on the page. `None` means no such form.
    pub script: Option<WebAddress>,
    /// The origins of the payment pages to which the person may be sent.
    pub pages: Vec<Origin>,
    /// BCP 47 tag. `None`: the language of the page, else of the browser.
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
