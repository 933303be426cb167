//! What Braintree's errors and the processor's codes mean, in the words of [`GatewayError`].
//!
//! Codes: <https://developer.paypal.com/braintree/docs/reference/general/processor-responses/authorization-responses>,
//! <https://developer.paypal.com/braintree/docs/reference/general/validation-errors/all>. It must never keep a message
//! of Braintree's: it may repeat what was sent.

use card_entry_protocol::decline::DeclineReason;
use serde::Deserialize;
use serde_json::Value;

use super::GatewayError;

/// One of an answer's `errors`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct GraphQlError {
    extensions: Extensions,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Extensions {
    error_class: String,
    legacy_code: Option<String>,
    input_path: Vec<Value>,
}

impl Extensions {
    /// Whether what is wrong is the customer that the call is for.
    fn names_customer(&self) -> bool {
        self.input_path
            .last()
            .is_some_and(|member| member == "customerId")
    }
}

impl GraphQlError {
    /// What it means; `data` is what came beside it.
    pub(super) fn to_gateway_error(&self, data: &Value) -> GatewayError {
        let at = &self.extensions;
        let code = at.legacy_code.as_deref().unwrap_or("");
        match at.error_class.as_str() {
            "NOT_FOUND" if at.names_customer() => GatewayError::CustomerNotFound,
            "NOT_FOUND" => GatewayError::NotFound,
            "VALIDATION" => match code {
                // A customer that is gone.
                "93105" => GatewayError::CustomerNotFound,
                // A nonce that is used up, unknown or over.
                "93107" | "93108" => GatewayError::NotFound,
                // A transaction past voiding.
                "91504" | "91506" | "91507" => GatewayError::UnexpectedState,
                "81714" | "81715" | "81716" | "81717" => {
                    GatewayError::Declined(DeclineReason::WrongNumber)
                }
                "81703" => GatewayError::Declined(DeclineReason::NotSupported),
                "81706" | "81707" | "81736" => GatewayError::Declined(DeclineReason::WrongCvc),
                "81709" | "81710" | "81711" | "81712" | "81713" => {
                    GatewayError::Declined(DeclineReason::Expired)
                }
                "" => verification(data),
                _ => self.invalid_request(),
            },
            "AUTHENTICATION" | "AUTHORIZATION" | "UNSUPPORTED_CLIENT" | "NOT_IMPLEMENTED" => {
                self.invalid_request()
            }
            "SERVICE_AVAILABILITY" | "INTERNAL" | "RESOURCE_LIMIT" | "UNKNOWN" => {
                GatewayError::Indeterminate(at.error_class.clone())
            }
            _ => self.invalid_request(),
        }
    }

    fn invalid_request(&self) -> GatewayError {
        let at = &self.extensions;
        let path: Vec<&str> = at.input_path.iter().filter_map(Value::as_str).collect();
        GatewayError::InvalidRequest {
            status: 200,
            kind: at.error_class.clone(),
            code: at.legacy_code.clone().unwrap_or_default(),
            param: path.join("."),
        }
    }
}

/// A card that was not verified: the bank's word stands beside the error.
fn verification(data: &Value) -> GatewayError {
    let fields = data.as_object().into_iter().flat_map(|data| data.values());
    let found = fields.filter_map(|field| field.get("verification")).next();
    let at = |path: &str| found.and_then(|found| found.pointer(path)?.as_str());
    match at("/gatewayRejectionReason") {
        Some("CVV" | "AVS_AND_CVV") => GatewayError::Declined(DeclineReason::WrongCvc),
        Some("AVS") => GatewayError::Declined(DeclineReason::WrongPostalCode),
        _ => declined(
            at("/status").unwrap_or(""),
            at("/processorResponse/legacyCode"),
        ),
    }
}

/// What a status that is no approval means, and the processor's code with it.
pub(super) fn declined(status: &str, code: Option<&str>) -> GatewayError {
    let refusal = match (status, code.unwrap_or("")) {
        ("FAILED", _) | (_, "3000" | "2038" | "2105") => DeclineReason::TryAgain,
        (_, "2001") => DeclineReason::InsufficientFunds,
        (_, "2002" | "2003") => DeclineReason::LimitReached,
        (_, "2004" | "2006") => DeclineReason::Expired,
        (_, "2005" | "2007" | "2008" | "2009" | "2051") => DeclineReason::WrongNumber,
        (_, "2010" | "2060") => DeclineReason::WrongCvc,
        (_, "2059") => DeclineReason::WrongPostalCode,
        (_, "2015" | "2019" | "2023" | "2024" | "2064") => DeclineReason::NotSupported,
        (_, "2099") => DeclineReason::NotVerified,
        // Lost, stolen, fraud, a restriction by the bank and the plain no are one.
        _ => DeclineReason::Declined,
    };
    GatewayError::Declined(refusal)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::json;

    fn read(class: &str, code: Option<&str>, data: Value) -> String {
        let problem = json!({"message": "4111111111111111", "extensions": {
            "errorClass": class, "legacyCode": code, "inputPath": ["input", "x"],
        }});
        let problem: GraphQlError = serde_json::from_value(problem).unwrap();
        format!("{:?}", problem.to_gateway_error(&data))
    }

    #[test]
    fn a_refusal_tells_what_to_do_and_a_thief_nothing() {
        for (status, code, said) in [
            ("PROCESSOR_DECLINED", Some("2001"), "InsufficientFunds"),
            ("PROCESSOR_DECLINED", Some("2004"), "Expired"),
            ("PROCESSOR_DECLINED", Some("2012"), "Declined(Declined)"),
            ("PROCESSOR_DECLINED", Some("2014"), "Declined(Declined)"),
            ("PROCESSOR_DECLINED", Some("2057"), "Declined(Declined)"),
            ("PROCESSOR_DECLINED", Some("2044"), "Declined(Declined)"),
            ("PROCESSOR_DECLINED", Some("2059"), "WrongPostalCode"),
            ("PROCESSOR_DECLINED", Some("2060"), "WrongCvc"),
            ("PROCESSOR_DECLINED", Some("2024"), "NotSupported"),
            ("PROCESSOR_DECLINED", Some("2099"), "NotVerified"),
            ("GATEWAY_REJECTED", None, "Declined(Declined)"),
            ("FAILED", Some("3000"), "TryAgain"),
        ] {
            let error = format!("{:?}", declined(status, code));
            assert!(error.contains(said), "{status} {code:?}: {error}");
        }
        let cvv = json!({"vaultCreditCard": {"paymentMethod": null, "verification": {
            "status": "GATEWAY_REJECTED", "gatewayRejectionReason": "CVV",
        }}});
        assert!(read("VALIDATION", None, cvv).contains("WrongCvc"));
    }

    #[test]
    fn no_message_is_kept() {
        for (class, code) in [
            ("VALIDATION", Some("99999")),
            ("AUTHENTICATION", None),
            ("INTERNAL", None),
            ("", None),
        ] {
            assert!(!read(class, code, Value::Null).contains("4111"), "{class}");
        }
        assert_eq!(read("VALIDATION", Some("93107"), Value::Null), "NotFound");
        assert_eq!(read("NOT_FOUND", None, Value::Null), "NotFound");
        assert_eq!(
            read("VALIDATION", Some("91504"), Value::Null),
            "UnexpectedState"
        );
    }
}
