//! What Stripe.js said no with, read from whatever was thrown or returned.
//!
//! Called by the client on every answer. It must never panic, whatever it is given, and never keep Stripe's message:
//! that one is for developers.

use card_entry_protocol::decline::Refusal;

/// An error of Stripe.js, <https://docs.stripe.com/api/errors>.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StripeError {
    kind: String,
    code: String,
    decline_code: Option<String>,
    param: Option<String>,
    intent_status: Option<String>,
}

/// Longer texts are no code of Stripe's and are dropped.
const LONGEST_CODE: usize = 64;

fn is_code(text: &str) -> bool {
    (1..=LONGEST_CODE).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_-.[]".contains(&b))
}

impl StripeError {
    /// An error of this type and code; texts that are no codes are dropped.
    #[must_use]
    pub fn new(kind: &str, code: &str) -> Self {
        let keep = |text: &str| {
            if is_code(text) {
                text.to_owned()
            } else {
                String::new()
            }
        };
        Self {
            kind: keep(kind),
            code: keep(code),
            ..Self::default()
        }
    }

    /// With the bank's code.
    #[must_use]
    pub fn declined(mut self, decline_code: &str) -> Self {
        self.decline_code = is_code(decline_code).then(|| decline_code.to_owned());
        self
    }

    /// Stripe.js threw: it was misused, or is not what it says it is.
    #[must_use]
    pub fn thrown() -> Self {
        Self::new("integration_error", "thrown")
    }

    /// The type, such as `card_error`.
    #[must_use]
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// Stripe's code, or our word for the refusal when it gave none.
    #[must_use]
    pub fn code(&self) -> &str {
        if self.code.is_empty() {
            self.refusal().as_str()
        } else {
            &self.code
        }
    }

    /// The parameter complained about.
    #[must_use]
    pub fn param(&self) -> Option<&str> {
        self.param.as_deref()
    }

    /// The bank's code where the person is told as much: never the one a thief would like to know.
    #[must_use]
    pub fn told_decline_code(&self) -> Option<&str> {
        (self.refusal() != Refusal::Declined)
            .then_some(self.decline_code.as_deref())
            .flatten()
    }

    /// The status of the intent the error came with.
    #[must_use]
    pub fn intent_status(&self) -> Option<&str> {
        self.intent_status.as_deref()
    }

    /// Whether the request never got through.
    #[must_use]
    pub fn is_network(&self) -> bool {
        self.kind == "api_connection_error"
    }

    /// What the person can do about it.
    #[must_use]
    pub fn refusal(&self) -> Refusal {
        match (self.kind.as_str(), self.code.as_str()) {
            ("validation_error", _) => Refusal::FixField,
            ("card_error", "") => Refusal::Declined,
            (_, code) if !code.is_empty() && self.kind != "integration_error" => {
                match Refusal::read(Some(code), self.decline_code.as_deref()) {
                    // A code nobody knows is the bank's no only when the bank spoke.
                    Refusal::Declined if self.kind == "invalid_request_error" => {
                        Refusal::Configuration
                    }
                    Refusal::Declined if self.kind != "card_error" => Refusal::TryAgain,
                    refusal => refusal,
                }
            }
            ("invalid_request_error" | "authentication_error" | "integration_error", _) => {
                Refusal::Configuration
            }
            _ => Refusal::TryAgain,
        }
    }
}

#[cfg(target_arch = "wasm32")]
mod read {
    use super::{StripeError, is_code};
    use js_sys::Reflect;
    use wasm_bindgen::JsValue;

    fn text(of: &JsValue, key: &str) -> Option<String> {
        let value = Reflect::get(of, &key.into()).ok()?.as_string()?;
        is_code(&value).then_some(value)
    }

    impl StripeError {
        /// Reads an `error` object; anything else is [`StripeError::thrown`].
        #[must_use]
        pub fn read(value: &JsValue) -> Self {
            let Some(kind) = text(value, "type") else {
                return Self::thrown();
            };
            let intent = ["setup_intent", "payment_intent"].iter().find_map(|key| {
                Reflect::get(value, &(*key).into())
                    .ok()
                    .filter(JsValue::is_object)
            });
            Self {
                kind,
                code: text(value, "code").unwrap_or_default(),
                decline_code: text(value, "decline_code"),
                param: text(value, "param"),
                intent_status: intent.and_then(|intent| text(&intent, "status")),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn errors_read_as_what_the_person_can_do() {
        let rows = [
            ("card_error", "card_declined", Refusal::Declined),
            ("card_error", "expired_card", Refusal::Expired),
            ("card_error", "", Refusal::Declined),
            ("card_error", "a_code_of_tomorrow", Refusal::Declined),
            ("validation_error", "incomplete_number", Refusal::FixField),
            (
                "invalid_request_error",
                "setup_intent_authentication_failure",
                Refusal::NotVerified,
            ),
            (
                "invalid_request_error",
                "setup_intent_unexpected_state",
                Refusal::Moved,
            ),
            (
                "invalid_request_error",
                "resource_missing",
                Refusal::Configuration,
            ),
            (
                "invalid_request_error",
                "a_code_of_tomorrow",
                Refusal::Configuration,
            ),
            ("invalid_request_error", "", Refusal::Configuration),
            ("authentication_error", "", Refusal::Configuration),
            ("rate_limit_error", "rate_limit", Refusal::TryAgain),
            ("api_error", "", Refusal::TryAgain),
            ("api_error", "boom", Refusal::TryAgain),
            ("idempotency_error", "", Refusal::TryAgain),
            ("", "", Refusal::TryAgain),
        ];
        for (kind, code, refusal) in rows {
            assert_eq!(
                StripeError::new(kind, code).refusal(),
                refusal,
                "{kind} {code}"
            );
        }
        assert_eq!(StripeError::thrown().refusal(), Refusal::Configuration);
        assert!(StripeError::new("api_connection_error", "").is_network());
    }

    proptest! {
        #[test]
        fn nothing_but_codes_is_kept(kind in ".{0,80}", code in ".{0,80}", decline in ".{0,80}") {
            let error = StripeError::new(&kind, &code).declined(&decline);
            for kept in [error.kind(), error.code(), error.told_decline_code().unwrap_or("")] {
                prop_assert!(kept.is_empty() || is_code(kept));
            }
        }
    }
}
