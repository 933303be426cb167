//! The stable codes of everything that makes the frame unusable.
//!
//! Shown to the person in small print, told to the parent and logged. Codes are part of the protocol: they may be
//! added, never renamed.

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $code)] $variant,)+
        }

        impl $name {
            /// Every code, in the order of this page.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code as it is written in messages.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }

            /// Reads a code; `None` for one this version does not know.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.as_str() == text)
            }
        }
    };
}

codes!(
    /// Why the frame cannot work, as its `unusable` message says.
    FrameErrorCode {
        /// The publishable key is missing or malformed.
        BadKey = "bad_key",
        /// The server knows no tenant with this key.
        KeyNotAllowed = "key_not_allowed",
        /// A secret, restricted or webhook key was put in the URL.
        SecretKeyInUrl = "secret_key_in_url",
        /// A client secret was put in the URL.
        SecretInUrl = "secret_in_url",
        /// The amount is not a positive whole number of minor units, where one is needed.
        BadAmount = "bad_amount",
        /// The currency is not one a card can be charged in, where one is needed.
        BadCurrency = "bad_currency",
        /// A flag is none of `true false 1 0`.
        BadFlag = "bad_flag",
        /// The connected account is malformed.
        BadAccount = "bad_account",
        /// `parent_origin` is no origin, or not one this page may be embedded by.
        ParentNotAllowed = "parent_not_allowed",
        /// The query's percent-encoding is damaged.
        BadEncoding = "bad_encoding",
        /// A parameter stands twice with different values.
        DuplicateParam = "duplicate_param",
        /// The query is over 8 KiB.
        UrlTooLong = "url_too_long",
        /// The page was opened on its own instead of inside a booking page.
        NotEmbedded = "not_embedded",
        /// The embedding page's `sandbox` attribute takes away what card fields need.
        Sandboxed = "sandboxed",
        /// No address of Stripe.js was configured.
        NoScriptUrl = "no_script_url",
        /// Stripe.js could not be fetched: blocked, offline, or not there.
        ScriptBlocked = "script_blocked",
        /// Stripe.js did not answer in time.
        ScriptSlow = "script_slow",
        /// What came was not Stripe.js.
        ScriptWrong = "script_wrong",
        /// Stripe refused to start with this key.
        StripeRefused = "stripe_refused",
        /// A card field could not load.
        FieldFailed = "field_failed",
        /// The form stopped working.
        Crashed = "crashed",
        /// It stopped while a card was being saved: whether it was saved is not known.
        OutcomeUnknown = "outcome_unknown",
        /// The address has a `#ch=` that is no channel.
        BadChannel = "bad_channel",
        /// The address has a channel, and nobody has answered on it yet.
        Unanswered = "unanswered",
        /// The host's settings are no small plain object.
        BadSettings = "bad_settings",
        /// The host asks for a consent that cannot be read.
        BadConsent = "bad_consent",
        /// The host takes certain cards only, and which cannot be read.
        BadAccept = "bad_accept",
    }
);

impl FrameErrorCode {
    /// Whether loading again can mend it without anyone changing a setting.
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

    /// Whether the embedding page can mend it by its next word: an init, or an update with settings that can be read.
    #[must_use]
    pub fn parent_can_resolve(self) -> bool {
        matches!(
            self,
            Self::Unanswered | Self::BadSettings | Self::BadConsent | Self::BadAccept
        )
    }

    /// Whether the address holds something that must be scrubbed from it at once.
    #[must_use]
    pub fn is_secret_in_url(self) -> bool {
        matches!(self, Self::SecretKeyInUrl | Self::SecretInUrl)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back_and_are_distinct() {
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
