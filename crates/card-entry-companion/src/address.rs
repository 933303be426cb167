//! Where the frame lives, and the URL an iframe gets: public values only.
//!
//! Called by [`crate::entry`] at mount. It must never put a secret, a token or anything typed into the URL.

use card_entry_protocol::appearance::Theme;
use card_entry_protocol::channel::Channel;
use card_entry_protocol::encoding::percent_encode;
use card_entry_protocol::origin::Origin;
use card_entry_protocol::query::FormFields;
use card_entry_protocol::secret::{PublishableKey, StripeAccount};
use card_entry_protocol::text::split_once;

/// An absolute `http(s)` address without query and hash, split once into its origin and its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    origin: Origin,
    path: String,
}

/// Longer paths are no address anyone types into a setting.
const LONGEST_PATH: usize = 512;

impl Place {
    /// Reads an absolute `http(s)` address. `None`: relative, with a query, a hash, credentials or characters that a
    /// browser would rewrite, which would make the origin compared later differ from the origin written here.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (scheme, rest) = split_once(text, "://")?;
        let host = rest.split('/').next()?;
        let path = rest.strip_prefix(host)?;
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"/-._~%".contains(&b);
        let path_is_plain = path.len() <= LONGEST_PATH && path.bytes().all(plain);
        let origin = Origin::parse(&format!("{scheme}://{host}"))?;
        path_is_plain.then(|| Self {
            origin,
            path: path.to_owned(),
        })
    }

    /// Its origin, as browsers spell it.
    #[must_use]
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// What stands after the origin: empty, or a path from `/` on.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }
}

/// What the frame is asked for: everything its URL says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameAddress {
    /// Where the frame lives.
    pub frame: Place,
    /// The site's publishable key; Braintree's tokenization key for the frame with its fields.
    pub key: PublishableKey,
    /// Which fields are shown.
    pub fields: FormFields,
    /// Save for later, off-session use (a SetupIntent), or a one-off.
    pub for_future_usage: bool,
    /// BCP 47; `None` means the language of the page, where the form stands in it, and else the browser's.
    pub locale: Option<String>,
    /// The connected account.
    pub account: Option<StripeAccount>,
}

impl FrameAddress {
    /// Card fields, saved for later, in the reader's language: what a wallet wants.
    #[must_use]
    pub fn new(frame: Place, key: PublishableKey) -> Self {
        Self {
            frame,
            key,
            fields: FormFields::CardOnly,
            for_future_usage: true,
            locale: None,
            account: None,
        }
    }

    /// The iframe's URL for a page on `parent` that has this scheme where the form stands, with the channel in the hash,
    /// which is never sent to a server.
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
        let frame = Place::parse("http://127.0.0.1:4401/stripe_hosted_forms/card_entry").unwrap();
        FrameAddress::new(frame, PublishableKey::parse("pk_test_demo").unwrap())
    }

    #[test]
    fn the_frame_reads_back_what_was_asked() {
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
        let (place, query) = before.split_once('?').unwrap();
        assert_eq!(
            place,
            "http://127.0.0.1:4401/stripe_hosted_forms/card_entry"
        );
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
    fn what_a_browser_would_rewrite_is_no_address() {
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
            assert_eq!(Place::parse(text), None, "{text}");
        }
        let bare = Place::parse("https://cards.example").unwrap();
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
            let _ = Place::parse(&text);
        }
    }
}
