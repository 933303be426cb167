//! The URL of the iframe, and the base URL type that every address of a setting is parsed with.
//!
//! Called by [`crate::entry`] when it mounts. It must never put a secret, a token or typed text into the URL.

use card_entry_protocol::appearance::Theme;
use card_entry_protocol::channel::Channel;
use card_entry_protocol::encoding::percent_encode;
use card_entry_protocol::origin::Origin;
use card_entry_protocol::query::FormFields;
use card_entry_protocol::secret::{PublishableKey, StripeAccount};
use card_entry_protocol::text::split_once;

/// An absolute `http` or `https` URL without query, fragment and credentials, split into its origin and its path.
///
/// ```
/// use card_entry_companion::address::BaseUrl;
///
/// let url = BaseUrl::parse("https://www.mytime.com/api").unwrap();
/// assert_eq!(url.origin().as_str(), "https://www.mytime.com");
/// assert_eq!(url.path(), "/api");
/// assert_eq!(BaseUrl::parse("/api"), None); // not absolute
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    origin: Origin,
    path: String,
}

/// No real setting has a longer path.
const MAX_PATH_BYTES: usize = 512;

impl BaseUrl {
    /// Parses an absolute `http(s)` URL.
    /// `None` if the text is relative, has a query, a fragment or credentials, a path over 512 bytes, or characters
    /// that a browser would rewrite: the origin written here must equal, byte for byte, the origin that the browser
    /// reports.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (scheme, rest) = split_once(text, "://")?;
        let host = rest.split('/').next()?;
        let path = rest.strip_prefix(host)?;
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"/-._~%".contains(&b);
        let path_is_plain = path.len() <= MAX_PATH_BYTES && path.bytes().all(plain);
        let origin = Origin::parse(&format!("{scheme}://{host}"))?;
        path_is_plain.then(|| Self {
            origin,
            path: path.to_owned(),
        })
    }

    /// The origin in the spelling of browsers: `https://host` or `https://host:port`, no trailing slash.
    #[must_use]
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The part after the origin: empty, or a path that starts with `/`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }
}

/// Everything that the URL of the iframe contains. See `docs/protocol.md` for the parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameAddress {
    /// The address at which the frame is served.
    pub frame: BaseUrl,
    /// The publishable key of the site (`pk_…`), or the tokenization key of Braintree for accounts at Braintree.
    pub key: PublishableKey,
    /// The kinds of payment methods the form offers.
    pub fields: FormFields,
    /// `true`: the card is set up for later off-session payments (a SetupIntent). `false`: for one payment.
    pub for_future_usage: bool,
    /// BCP 47 tag. `None`: the language of the page around the form, else the language of the browser.
    pub locale: Option<String>,
    /// The connected account (`acct_…`), if the site has one.
    pub account: Option<StripeAccount>,
}

impl FrameAddress {
    /// An address with the values a wallet needs: card fields only, for future usage, language of the page.
    #[must_use]
    pub fn new(frame: BaseUrl, key: PublishableKey) -> Self {
        Self {
            frame,
            key,
            fields: FormFields::CardOnly,
            for_future_usage: true,
            locale: None,
            account: None,
        }
    }

    /// The URL of the iframe for a page at origin `parent` with the color scheme `scheme`.
    /// The channel goes into the fragment, which browsers never send to a server.
    ///
    /// ```
    /// use card_entry_companion::address::{BaseUrl, FrameAddress};
    /// use card_entry_protocol::appearance::Theme;
    /// use card_entry_protocol::channel::Channel;
    /// use card_entry_protocol::origin::Origin;
    /// use card_entry_protocol::secret::PublishableKey;
    ///
    /// let frame = BaseUrl::parse("https://cards.example/card_entry").unwrap();
    /// let address = FrameAddress::new(frame, PublishableKey::parse("pk_test_1").unwrap());
    /// let parent = Origin::parse("https://book.example").unwrap();
    /// let url = address.url(&parent, Theme::Light, &Channel::from_random([0; 16]));
    /// assert!(url.starts_with("https://cards.example/card_entry?stripe_publishable_key=pk_test_1&"));
    /// assert!(url.contains("parent_origin=https%3A%2F%2Fbook.example"));
    /// ```
    #[must_use]
    pub fn url(&self, parent: &Origin, scheme: Theme, channel: &Channel) -> String {
        let mut url = format!("{}{}?", self.frame.origin, self.frame.path);
        let mut put = |name: &str, value: &str| {
            url.push_str(name);
            url.push('=');
            url.push_str(&percent_encode(value));
            url.push('&');
        };
        let name = if self.key.is_braintree() {
            "braintree_tokenization_key"
        } else {
            "stripe_publishable_key"
        };
        put(name, self.key.as_str());
        match &self.fields {
            FormFields::CardOnly => put("creditCardsOnly", "true"),
            FormFields::AllMethods { amount, currency } => {
                put("creditCardsOnly", "false");
                put("currency", currency.as_str());
                if let Some(amount) = amount {
                    put("amount", &amount.get().to_string());
                }
            }
        }
        put("isForFutureUsage", flag(self.for_future_usage));
        put("notifyOnFormHeight", flag(true));
        if let Some(locale) = &self.locale {
            put("locale", locale);
        }
        put("color_scheme", scheme.as_str());
        if let Some(account) = &self.account {
            put("stripe_account", account.as_str());
        }
        put("parent_origin", parent.as_str());
        url.pop();
        url.push_str("#ch=");
        url.push_str(channel.as_str());
        url
    }
}

fn flag(on: bool) -> &'static str {
    if on { "true" } else { "false" }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use card_entry_protocol::money::{Currency, MinorUnits};
    use card_entry_protocol::query::FrameQuery;
    use proptest::prelude::*;

    fn address() -> FrameAddress {
        let frame = BaseUrl::parse("http://127.0.0.1:4401/stripe_hosted_forms/card_entry").unwrap();
        FrameAddress::new(frame, PublishableKey::parse("pk_test_demo").unwrap())
    }

    #[test]
    fn the_frame_parses_every_parameter_of_the_url() {
        let mut asked = address();
        asked.locale = Some("fr-CA".to_owned());
        asked.account = StripeAccount::parse("acct_1");
        asked.fields = FormFields::AllMethods {
            amount: MinorUnits::parse("1299"),
            currency: Currency::parse("EUR").unwrap(),
        };
        let parent = Origin::parse("http://127.0.0.1:4400").unwrap();
        let channel = Channel::from_random([3; 16]);
        let url = asked.url(&parent, Theme::Dark, &channel);
        let (before, hash) = url.split_once('#').unwrap();
        let (base, query) = before.split_once('?').unwrap();
        assert_eq!(base, "http://127.0.0.1:4401/stripe_hosted_forms/card_entry");
        assert_eq!(Channel::from_hash(hash), Some(channel));
        let read = FrameQuery::parse(query).unwrap();
        assert_eq!(
            (read.key, read.fields, read.locale, read.account),
            (asked.key, asked.fields, asked.locale, asked.account)
        );
        assert_eq!(
            (read.parent, read.notify_height, read.for_future_usage),
            (Some(parent), true, true)
        );
        assert_eq!(read.color_scheme, Theme::Dark);
    }

    #[test]
    fn a_url_that_a_browser_would_rewrite_is_rejected() {
        for text in [
            "",
            "/stripe_hosted_forms/card_entry",
            "//host/x",
            "javascript:alert(1)",
            "https://u:p@host/x",
            "https://HOST/x",
            "https://host:443/x",
            "https://host/x?y",
            "https://host/x#y",
            "https://host/x\\y",
            "https://host/x y",
            "https://host./x",
            "data:text/html,x",
        ] {
            assert_eq!(BaseUrl::parse(text), None, "{text}");
        }
        let bare = BaseUrl::parse("https://cards.example").unwrap();
        assert_eq!(bare.origin().as_str(), "https://cards.example");
    }

    proptest! {
        #[test]
        fn any_locale_stays_one_parameter(locale in ".{0,40}") {
            let mut asked = address();
            asked.locale = Some(locale);
            let parent = Origin::parse("https://book.example").unwrap();
            let url = asked.url(&parent, Theme::Light, &Channel::from_random([0; 16]));
            let query = url.split_once('?').unwrap().1.split_once('#').unwrap().0;
            prop_assert!(query.bytes().all(|b| b.is_ascii_graphic()));
            prop_assert_eq!(query.split('&').filter(|pair| pair.starts_with("parent_origin=")).count(), 1);
        }

        #[test]
        fn parsing_never_panics(text in ".{0,80}") {
            let _ = BaseUrl::parse(&text);
        }
    }
}
