//! Publishable keys, connected accounts and client secrets, each checked for its form.
//!
//! Whoever has a [`ClientSecret`] can confirm its intent. It must never be in a URL, a log line or the DOM, so its `Debug`
//! prints `***` and it has no `Display`.

use crate::braintree;
use crate::text::{checked_text, is_prefixed_word, is_word, public_text, split_once};

public_text!(
    /// A publishable key, `pk_test_…` or `pk_live_…`. It is public. With the feature `braintree` also a tokenization key.
    /// See <https://docs.stripe.com/keys>.
    ///
    /// ```
    /// use card_entry_protocol::secret::PublishableKey;
    ///
    /// assert!(PublishableKey::parse("pk_test_1").is_some_and(|key| key.is_test()));
    /// assert_eq!(PublishableKey::parse("sk_test_1"), None);
    /// ```
    PublishableKey,
    "not a publishable key",
    |text| is_prefixed_word(text, "pk_test_", 1, 247)
        || is_prefixed_word(text, "pk_live_", 1, 247)
        || braintree::is_key(text)
);

impl PublishableKey {
    /// Whether this is a test mode key: no real money moves.
    #[must_use]
    pub fn is_test(&self) -> bool {
        self.as_str().starts_with("pk_test_")
            || (self.is_braintree() && self.as_str().starts_with("sandbox_"))
    }

    /// Whether this is a tokenization key of Braintree.
    #[must_use]
    pub fn is_braintree(&self) -> bool {
        braintree::is_key(self.as_str())
    }
}

public_text!(
    /// The id of a connected account, `acct_…`. See <https://docs.stripe.com/connect/accounts>.
    ///
    /// ```
    /// use card_entry_protocol::secret::StripeAccount;
    ///
    /// assert!(StripeAccount::parse("acct_1").is_some());
    /// ```
    StripeAccount,
    "not a connected account",
    |text| is_prefixed_word(text, "acct_", 1, 64)
);

/// Splits a client secret into the intent's id and the secret part.
fn parts(text: &str) -> Option<(&str, &str)> {
    let (id, secret) = split_once(text, "_secret_")?;
    let known = is_prefixed_word(id, "seti_", 1, 128) || is_prefixed_word(id, "pi_", 1, 128);
    (known && is_word(secret, 1, 128)).then_some((id, secret))
}

checked_text!(
    /// The client secret of a SetupIntent (`seti_…_secret_…`) or a PaymentIntent (`pi_…_secret_…`). With the feature
    /// `braintree` also a client token, which belongs to no intent.
    /// See <https://docs.stripe.com/api/setup_intents/object#setup_intent_object-client_secret>.
    ///
    /// ```
    /// use card_entry_protocol::secret::{ClientSecret, IntentKind};
    ///
    /// let secret = ClientSecret::parse("seti_1_secret_2").expect("a client secret");
    /// assert_eq!((secret.kind(), secret.intent_id()), (IntentKind::Setup, "seti_1"));
    /// assert_eq!(format!("{secret:?}"), "***");
    /// ```
    ClientSecret,
    "not a client secret",
    |text| parts(text).is_some() || braintree::is_client_token(text)
);

/// The kind of intent that a client secret belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntentKind {
    /// A SetupIntent, which saves the card for later.
    Setup,
    /// A PaymentIntent, which charges the card.
    Payment,
}

impl ClientSecret {
    /// Whether the secret belongs to a SetupIntent or a PaymentIntent.
    #[must_use]
    pub fn kind(&self) -> IntentKind {
        if self.as_str().starts_with("pi_") {
            IntentKind::Payment
        } else {
            IntentKind::Setup
        }
    }

    /// The intent's id, `seti_…` or `pi_…`, which is not secret; empty for a client token of Braintree.
    #[must_use]
    pub fn intent_id(&self) -> &str {
        parts(self.as_str()).map_or("", |(id, _)| id)
    }
}

impl core::fmt::Debug for ClientSecret {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("***")
    }
}

/// Whether a text contains a key that must never be in a browser: a secret key `sk_…`, a restricted key `rk_…` or a webhook
/// signing secret `whsec_…`.
///
/// ```
/// use card_entry_protocol::secret::contains_secret_key;
///
/// assert!(contains_secret_key("key=sk_live_1"));
/// assert!(!contains_secret_key("key=pk_live_1"));
/// ```
#[must_use]
pub fn contains_secret_key(text: &str) -> bool {
    const PREFIXES: [&str; 3] = ["sk_", "rk_", "whsec_"];
    let mut at_word_start = true;
    text.char_indices().any(|(at, c)| {
        let starts = at_word_start
            && text.get(at..).is_some_and(|rest| {
                PREFIXES.iter().any(|prefix| {
                    rest.get(..prefix.len())
                        .is_some_and(|head| head.eq_ignore_ascii_case(prefix))
                })
            });
        at_word_start = !c.is_ascii_alphanumeric();
        starts
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_secret_never_prints_itself() {
        let secret = ClientSecret::parse("seti_1Abc_secret_XyZ").unwrap();
        assert_eq!(format!("{secret:?}"), "***");
        assert_eq!(secret.intent_id(), "seti_1Abc");
        assert_eq!(secret.kind(), IntentKind::Setup);
        assert_eq!(
            ClientSecret::parse("pi_1_secret_2").unwrap().kind(),
            IntentKind::Payment
        );
    }

    #[test]
    fn refuses_other_forms_of_client_secrets() {
        for text in [
            "",
            "seti_1",
            "cs_1_secret_2",
            "seti__secret_",
            "seti_1_secret_a b",
            "seti_1_secret_<b>",
        ] {
            assert!(ClientSecret::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn finds_secret_keys_at_the_start_of_a_word_only() {
        for text in [
            "sk_test_1",
            "a=SK_live_1",
            "x rk_live_2",
            "?whsec_3",
            "é-sk_1",
            "token_sk_live_1",
        ] {
            assert!(contains_secret_key(text), "{text}");
        }
        for text in ["pk_test_1", "task_force", "desk_1", ""] {
            assert!(!contains_secret_key(text), "{text}");
        }
    }

    #[test]
    fn refuses_malformed_publishable_keys() {
        assert!(PublishableKey::parse("pk_test_demo").unwrap().is_test());
        assert!(!PublishableKey::parse("pk_live_1").unwrap().is_test());
        for text in [
            "PK_TEST_1",
            "pk_test_",
            "pk_test_a\0",
            "pk_test_😀",
            "pk_test_<b>",
        ] {
            assert!(PublishableKey::parse(text).is_none(), "{text}");
        }
        assert!(PublishableKey::parse(&format!("pk_test_{}", "a".repeat(300))).is_none());
    }
}
