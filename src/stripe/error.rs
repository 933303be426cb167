//! The error that Stripe.js threw or returned.
//!
//! Read by the client from every answer. It must never panic, whatever it is given, and never store Stripe's message,
//! which is for developers.

use card_entry_protocol::decline::DeclineReason;
use card_entry_protocol::tree::Tree;

/// An error of Stripe.js, <https://docs.stripe.com/api/errors>.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StripeError(Box<StripeErrorParts>);

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct StripeErrorParts {
    kind: String,
    code: String,
    decline_code: Option<String>,
    param: Option<String>,
    intent_status: Option<String>,
}

/// A longer text is not one of Stripe's codes.
const MAX_CODE_BYTES: usize = 64;

fn is_code(text: &str) -> bool {
    (1..=MAX_CODE_BYTES).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_-.[]".contains(&b))
}

impl StripeError {
    /// An error of this type and code; a text that is not a code is dropped.
    #[must_use]
    pub fn new(kind: &str, code: &str) -> Self {
        let keep = |text: &str| {
            if is_code(text) {
                text.to_owned()
            } else {
                String::new()
            }
        };
        Self(Box::new(StripeErrorParts {
            kind: keep(kind),
            code: keep(code),
            ..StripeErrorParts::default()
        }))
    }

    /// Reads an `error` object; anything else is [`StripeError::thrown`].
    #[must_use]
    pub fn read(value: &Tree) -> Self {
        let text = |of: &Tree, key: &str| {
            let text = of.get(key).as_text().filter(|text| is_code(text));
            text.map(str::to_owned)
        };
        let Some(kind) = text(value, "type") else {
            return Self::thrown();
        };
        let status = |key: &str| text(value.get(key), "status");
        Self(Box::new(StripeErrorParts {
            kind,
            code: text(value, "code").unwrap_or_default(),
            decline_code: text(value, "decline_code"),
            param: text(value, "param"),
            intent_status: status("setup_intent").or_else(|| status("payment_intent")),
        }))
    }

    #[must_use]
    pub fn declined(mut self, decline_code: &str) -> Self {
        self.0.decline_code = is_code(decline_code).then(|| decline_code.to_owned());
        self
    }

    /// Stripe.js threw: it was called wrongly, or the script is not Stripe.js.
    #[must_use]
    pub fn thrown() -> Self {
        Self::new("integration_error", "thrown")
    }

    /// The type, such as `card_error`.
    #[must_use]
    pub fn kind(&self) -> &str {
        &self.0.kind
    }

    /// Stripe's code, or the code of the decline reason when Stripe gave none.
    #[must_use]
    pub fn code(&self) -> &str {
        if self.0.code.is_empty() {
            self.decline_reason().as_str()
        } else {
            &self.0.code
        }
    }

    #[must_use]
    pub fn param(&self) -> Option<&str> {
        self.0.param.as_deref()
    }

    /// The issuer's decline code, if the person reads the same reason; never one that would help a thief.
    #[must_use]
    pub fn public_decline_code(&self) -> Option<&str> {
        (self.decline_reason() != DeclineReason::Declined)
            .then_some(self.0.decline_code.as_deref())
            .flatten()
    }

    /// The status of the intent that came with the error.
    #[must_use]
    pub fn intent_status(&self) -> Option<&str> {
        self.0.intent_status.as_deref()
    }

    /// Whether Stripe does not find the payment method. One created in the browser may not be available yet to a
    /// customer's intent.
    #[must_use]
    pub fn is_unknown_method(&self) -> bool {
        self.0.code == "resource_missing" && self.param() == Some("payment_method")
    }

    /// Whether the request failed on the network.
    #[must_use]
    pub fn is_network(&self) -> bool {
        self.0.kind == "api_connection_error"
    }

    /// The decline reason, which tells what the person can do.
    #[must_use]
    pub fn decline_reason(&self) -> DeclineReason {
        match (self.0.kind.as_str(), self.0.code.as_str()) {
            ("validation_error", _) => DeclineReason::FixField,
            ("card_error", "") => DeclineReason::Declined,
            (_, code) if !code.is_empty() && self.0.kind != "integration_error" => {
                match DeclineReason::from_codes(Some(code), self.0.decline_code.as_deref()) {
                    // An unknown code is a decline of the bank only in an error of the bank.
                    DeclineReason::Declined if self.0.kind == "invalid_request_error" => {
                        DeclineReason::Configuration
                    }
                    DeclineReason::Declined if self.0.kind != "card_error" => {
                        DeclineReason::TryAgain
                    }
                    reason => reason,
                }
            }
            ("invalid_request_error" | "authentication_error" | "integration_error", _) => {
                DeclineReason::Configuration
            }
            _ => DeclineReason::TryAgain,
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_error_has_its_decline_reason() {
        let rows = [
            ("card_error", "card_declined", DeclineReason::Declined),
            ("card_error", "expired_card", DeclineReason::Expired),
            ("card_error", "", DeclineReason::Declined),
            ("card_error", "future_code", DeclineReason::Declined),
            (
                "validation_error",
                "incomplete_number",
                DeclineReason::FixField,
            ),
            (
                "invalid_request_error",
                "setup_intent_authentication_failure",
                DeclineReason::NotVerified,
            ),
            (
                "invalid_request_error",
                "setup_intent_unexpected_state",
                DeclineReason::IntentStateChanged,
            ),
            (
                "invalid_request_error",
                "resource_missing",
                DeclineReason::Configuration,
            ),
            (
                "invalid_request_error",
                "future_code",
                DeclineReason::Configuration,
            ),
            ("invalid_request_error", "", DeclineReason::Configuration),
            ("authentication_error", "", DeclineReason::Configuration),
            ("rate_limit_error", "rate_limit", DeclineReason::TryAgain),
            ("api_error", "", DeclineReason::TryAgain),
            ("api_error", "boom", DeclineReason::TryAgain),
            ("idempotency_error", "", DeclineReason::TryAgain),
            ("", "", DeclineReason::TryAgain),
        ];
        for (kind, code, reason) in rows {
            assert_eq!(
                StripeError::new(kind, code).decline_reason(),
                reason,
                "{kind} {code}"
            );
        }
        assert_eq!(
            StripeError::thrown().decline_reason(),
            DeclineReason::Configuration
        );
        assert!(StripeError::new("api_connection_error", "").is_network());
    }

    #[test]
    fn any_thrown_value_becomes_an_error() {
        let map = |entries: &[(&str, Tree)]| {
            Tree::Map(
                entries
                    .iter()
                    .map(|(key, value)| ((*key).to_owned(), value.clone()))
                    .collect(),
            )
        };
        let text = |text: &str| Tree::Text(text.to_owned());
        for odd in [
            Tree::Null,
            Tree::Number(1.0),
            text("boom"),
            map(&[]),
            map(&[("type", Tree::Flag(true))]),
        ] {
            assert_eq!(StripeError::read(&odd), StripeError::thrown(), "{odd:?}");
        }
        let error = StripeError::read(&map(&[
            ("type", text("invalid_request_error")),
            ("code", text("setup_intent_authentication_failure")),
            ("message", text("For developers.")),
            (
                "setup_intent",
                map(&[("status", text("requires_payment_method"))]),
            ),
        ]));
        assert_eq!(error.decline_reason(), DeclineReason::NotVerified);
        assert_eq!(error.intent_status(), Some("requires_payment_method"));
    }

    proptest! {
        #[test]
        fn only_codes_are_stored(kind in ".{0,80}", code in ".{0,80}", decline in ".{0,80}") {
            let error = StripeError::new(&kind, &code).declined(&decline);
            for kept in [error.kind(), error.code(), error.public_decline_code().unwrap_or("")] {
                prop_assert!(kept.is_empty() || is_code(kept));
            }
        }
    }
}
