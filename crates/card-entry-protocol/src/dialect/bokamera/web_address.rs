//! An address to which a person is redirected: back from a payment, or to Stripe's page.
//!
//! Read from requests and responses. It must never accept another scheme than `https` and `http`, because the browser
//! navigates to it.

use crate::origin::Origin;
use crate::text::{public_text, split_once};

/// Stripe's own limit is 5,000. No return address comes near it.
const MAX_ADDRESS_BYTES: usize = 2_048;

fn origin(text: &str) -> Option<Origin> {
    let (scheme, rest) = split_once(text, "://")?;
    let scheme = scheme.to_ascii_lowercase();
    let host = rest.split(['/', '?', '#']).next()?.to_ascii_lowercase();
    let default = if scheme == "https" { ":443" } else { ":80" };
    let host = host.strip_suffix(default).unwrap_or(&host);
    Origin::parse(&format!("{scheme}://{host}"))
}

public_text!(
    /// An absolute `https` or `http` URL of at most 2,048 bytes, without a user name and without anything that browsers
    /// parse differently. Braces are allowed, because Stripe replaces `{CHECKOUT_SESSION_ID}`.
    /// See <https://docs.stripe.com/api/checkout/sessions/create#create_checkout_session-success_url>.
    ///
    /// ```
    /// use card_entry_protocol::dialect::bokamera::WebAddress;
    ///
    /// let address = WebAddress::parse("https://Site.example:443/done").expect("a web address");
    /// assert_eq!(address.origin().expect("an origin").as_str(), "https://site.example");
    /// assert_eq!(WebAddress::parse("javascript:alert(1)"), None);
    /// ```
    WebAddress,
    "not a web address",
    |text| {
        text.len() <= MAX_ADDRESS_BYTES
            && text
                .bytes()
                .all(|b| b.is_ascii_graphic() && !b"\"<>\\^`|".contains(&b))
            && origin(text).is_some()
    }
);

impl WebAddress {
    /// The origin of the address. The server compares it with the account's own origins.
    #[must_use]
    pub fn origin(&self) -> Option<Origin> {
        origin(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn accepts_web_addresses_only() {
        for text in [
            "https://site.example/back?session={CHECKOUT_SESSION_ID}",
            "http://127.0.0.1:4400/back#done",
            "https://Site.Example:443",
        ] {
            assert!(WebAddress::parse(text).is_some(), "{text}");
        }
        for text in [
            "",
            "String",
            "/back",
            "//site.example/",
            "javascript:alert(1)",
            "javascript://site.example/%0aalert(1)",
            "data:text/html,x",
            "https:site.example",
            "https://user@site.example/",
            "https://site.example\\@evil.example/",
            "https://site.example/ back",
            "https://site.example/\n",
            "https://s\u{456}te.example/",
        ] {
            assert_eq!(WebAddress::parse(text), None, "{text}");
        }
        let address = WebAddress::parse("https://Site.Example:443/a").unwrap();
        assert_eq!(address.origin().unwrap().as_str(), "https://site.example");
    }

    proptest! {
        #[test]
        fn never_panics(text in ".{0,60}", path in "[ -~]{0,40}") {
            let _ = WebAddress::parse(&text);
            if let Some(address) = WebAddress::parse(&format!("https://site.example{path}")) {
                prop_assert!(address.origin().is_some());
            }
        }
    }
}
