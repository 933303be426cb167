//! Converts Braintree's errors and the processor's codes to [`GatewayError`].
//!
//! Codes: <https://developer.paypal.com/braintree/docs/reference/general/processor-responses/authorization-responses>,
//! <https://developer.paypal.com/braintree/docs/reference/general/validation-errors/all>. It must never keep a message
//! of Braintree: it may repeat what was sent.

use card_entry_protocol::decline::DeclineReason;
use serde::Deserialize;
use serde_json::Value;

use super::GatewayError;

/// An entry of a response's `errors`.
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
    /// Whether the error is about this member of the input.
    fn names(&self, member: &str) -> bool {
        self.input_path.last().is_some_and(|last| last == member)
    }
}

impl GraphQlError {
    /// `data` is the data of the same response.
    pub(super) fn to_gateway_error(&self, data: &Value) -> GatewayError {
        let at = &self.extensions;
        let code = at.legacy_code.as_deref().unwrap_or("");
        match at.error_class.as_str() {
            "NOT_FOUND" if at.names("customerId") => GatewayError::CustomerNotFound,
            "NOT_FOUND" => GatewayError::NotFound,
            // The same request is still in progress: it is repeated later.
            "VALIDATION" if at.names("apiRequestKey") => {
                GatewayError::Indeterminate("an earlier attempt is still in progress".to_owned())
            }
            "VALIDATION" => match code {
                // The customer does not exist.
                "93105" => GatewayError::CustomerNotFound,
                // The nonce is used, unknown or expired.
                "93107" | "93108" => GatewayError::NotFound,
                // The transaction can no longer be voided.
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

/// The error of a card that was not verified. The response's data has the issuer's status.
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

/// The error of a status that is not an approval, with the processor's code.
pub(super) fn declined(status: &str, code: Option<&str>) -> GatewayError {
    let reason = match (status, code.unwrap_or("")) {
        ("FAILED", _) | (_, "3000" | "2038" | "2105") => DeclineReason::TryAgain,
        (_, "2001") => DeclineReason::InsufficientFunds,
        (_, "2002" | "2003") => DeclineReason::LimitReached,
        (_, "2004" | "2006") => DeclineReason::Expired,
        (_, "2005" | "2007" | "2008" | "2009" | "2051") => DeclineReason::WrongNumber,
        (_, "2010" | "2060") => DeclineReason::WrongCvc,
        (_, "2059") => DeclineReason::WrongPostalCode,
        (_, "2015" | "2019" | "2023" | "2024" | "2064") => DeclineReason::NotSupported,
        (_, "2099") => DeclineReason::NotVerified,
        // Lost, stolen and fraudulent cards get the same reason as a plain decline, so that a thief learns nothing.
        _ => DeclineReason::Declined,
    };
    GatewayError::Declined(reason)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::json;

    fn read(class: &str, code: Option<&str>, data: Value) -> String {
        let error = json!({"message": "4111111111111111", "extensions": {
            "errorClass": class, "legacyCode": code, "inputPath": ["input", "x"],
        }});
        let error: GraphQlError = serde_json::from_value(error).unwrap();
        format!("{:?}", error.to_gateway_error(&data))
    }

    #[test]
    fn a_decline_has_a_reason_unless_it_would_help_a_thief() {
        for (status, code, expected) in [
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
            assert!(error.contains(expected), "{status} {code:?}: {error}");
        }
        let cvv = json!({"vaultCreditCard": {"paymentMethod": null, "verification": {
            "status": "GATEWAY_REJECTED", "gatewayRejectionReason": "CVV",
        }}});
        assert!(read("VALIDATION", None, cvv).contains("WrongCvc"));
    }

    #[test]
    fn a_request_key_in_use_leaves_the_result_unknown() {
        let error = json!({"extensions": {
            "errorClass": "VALIDATION", "inputPath": ["input", "apiRequestKey"],
        }});
        let error: GraphQlError = serde_json::from_value(error).unwrap();
        assert!(error.to_gateway_error(&Value::Null).is_indeterminate());
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
