//! The stable error codes of the frame's `unusable` message.
//!
//! The frame shows the code to the person in small print, sends it to the parent page and logs it. Codes are part of the
//! protocol: a code may be added and must never be renamed.

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $code)] $variant,)+
        }

        impl $name {
            /// Every code, in the order of the enum.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code in messages and logs, e.g. `bad_key`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }

            /// Reads a code of a message; `None` for a code that this version does not know.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.as_str() == text)
            }
        }
    };
}

codes!(
    /// The reason why the frame cannot work, `code` of its `unusable` message.
    ///
    /// ```
    /// use card_entry_protocol::code::FrameErrorCode;
    ///
    /// let code = FrameErrorCode::parse("script_slow").expect("a known code");
    /// assert!(code.can_retry() && !code.parent_can_resolve());
    /// ```
    FrameErrorCode {
        /// The publishable key is missing or malformed.
        BadKey = "bad_key",
        /// The server has no account with this publishable key.
        KeyNotAllowed = "key_not_allowed",
        /// The URL contains a secret, restricted or webhook key.
        SecretKeyInUrl = "secret_key_in_url",
        /// The URL contains a client secret.
        SecretInUrl = "secret_in_url",
        /// The amount is required and is not a positive whole number of minor units.
        BadAmount = "bad_amount",
        /// The currency is required and is not one in which a card can be charged.
        BadCurrency = "bad_currency",
        /// A flag is not one of `true`, `false`, `1` and `0`.
        BadFlag = "bad_flag",
        /// The connected account is malformed.
        BadAccount = "bad_account",
        /// `parent_origin` is not an origin, or is not on the list of pages that may embed the frame.
        ParentNotAllowed = "parent_not_allowed",
        /// The percent-encoding of the query is malformed.
        BadEncoding = "bad_encoding",
        /// A parameter occurs twice with different values.
        DuplicateParam = "duplicate_param",
        /// The query is longer than [`crate::query::MAX_QUERY_BYTES`].
        UrlTooLong = "url_too_long",
        /// The page is not embedded in another page.
        NotEmbedded = "not_embedded",
        /// The iframe's `sandbox` attribute forbids what the card fields need.
        Sandboxed = "sandboxed",
        /// The server configured no URL of Stripe.js.
        NoScriptUrl = "no_script_url",
        /// Stripe.js could not be loaded: blocked, offline, or not found.
        ScriptBlocked = "script_blocked",
        /// Stripe.js did not load in time.
        ScriptSlow = "script_slow",
        /// The script that loaded is not Stripe.js.
        ScriptWrong = "script_wrong",
        /// Stripe.js rejected the publishable key.
        StripeRefused = "stripe_refused",
        /// A card field could not load.
        FieldFailed = "field_failed",
        /// The form crashed while no card was being saved.
        Crashed = "crashed",
        /// The form crashed while a card was being saved. The card may be saved or not.
        OutcomeUnknown = "outcome_unknown",
        /// The URL has a `#ch=` that is not a channel id.
        BadChannel = "bad_channel",
        /// The URL has a channel id, and no parent has sent `init` on it yet.
        Unanswered = "unanswered",
        /// The settings are not a plain object of limited size.
        BadSettings = "bad_settings",
        /// The settings require a consent that cannot be read.
        BadConsent = "bad_consent",
        /// The settings restrict the accepted cards, and the restriction cannot be read.
        BadAccept = "bad_accept",
    }
);

impl FrameErrorCode {
    /// Whether a reload can succeed without a change of URL or settings.
    #[must_use]
    pub fn can_retry(self) -> bool {
        matches!(
            self,
            Self::ScriptBlocked
                | Self::ScriptSlow
                | Self::ScriptWrong
                | Self::FieldFailed
                | Self::Unanswered
        )
    }

    /// Whether the parent page's next message can resolve it: an `init`, or an `update` with settings that can be read.
    #[must_use]
    pub fn parent_can_resolve(self) -> bool {
        matches!(
            self,
            Self::Unanswered | Self::BadSettings | Self::BadConsent | Self::BadAccept
        )
    }

    /// Whether the URL contains a secret, which the frame must remove from the address bar at once.
    #[must_use]
    pub fn is_secret_in_url(self) -> bool {
        matches!(self, Self::SecretKeyInUrl | Self::SecretInUrl)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_every_code_that_it_writes() {
        for code in FrameErrorCode::ALL {
            assert_eq!(FrameErrorCode::parse(code.as_str()), Some(*code));
            assert_eq!(
                serde_json::to_string(code).unwrap(),
                format!("\"{}\"", code.as_str())
            );
        }
        assert_eq!(FrameErrorCode::parse("Bad_Key"), None);
    }
}
