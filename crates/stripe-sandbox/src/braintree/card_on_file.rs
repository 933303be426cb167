//! The card of a nonce or of a vaulted payment method. It holds a listed test card and must never hold a security code.

use super::card::{GatewayRejectionReason, Rule, TestCard};
use super::graphql::GraphError;
use serde_json::{Map, Value, json};

/// `cvvResponse`. Braintree's published test codes decide it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CvvResponse {
    Matches,
    /// 200, or 2000 with American Express.
    DoesNotMatch,
    NotVerified,
    IssuerDoesNotParticipate,
    NotProvided,
}

impl CvvResponse {
    /// The response to a security code. The code itself is not kept.
    #[must_use]
    pub fn for_code(cvv: Option<&str>) -> Self {
        match cvv {
            None | Some("") => Self::NotProvided,
            Some("200" | "2000") => Self::DoesNotMatch,
            Some("201" | "2011") => Self::NotVerified,
            Some("301" | "3011") => Self::IssuerDoesNotParticipate,
            Some(_) => Self::Matches,
        }
    }

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Matches => "MATCHES",
            Self::DoesNotMatch => "DOES_NOT_MATCH",
            Self::NotVerified => "NOT_VERIFIED",
            Self::IssuerDoesNotParticipate => "ISSUER_DOES_NOT_PARTICIPATE",
            Self::NotProvided => "NOT_PROVIDED",
        }
    }
}

#[derive(Clone, Debug)]
pub struct CardOnFile {
    pub test: &'static TestCard,
    /// Two digits, when one was sent.
    pub month: Option<String>,
    /// Four digits, when one was sent.
    pub year: Option<String>,
    pub cardholder_name: Option<String>,
    /// `AddressInput`, as it was sent.
    pub billing: Map<String, Value>,
    pub cvv: CvvResponse,
}

impl CardOnFile {
    /// The card of a nonce that Braintree publishes for tests.
    #[must_use]
    pub fn of_test_nonce(test: &'static TestCard) -> Self {
        Self {
            test,
            month: Some("12".to_owned()),
            year: Some((current_month().0 + 3).to_string()),
            cardholder_name: None,
            billing: Map::new(),
            cvv: CvvResponse::Matches,
        }
    }

    /// Checks the expiration date. Called before a card is stored or charged.
    ///
    /// # Errors
    /// `81712` for an invalid month, `81713` for an invalid or past year.
    pub fn check_date(&self, input_path: &[&'static str]) -> Result<(), GraphError> {
        let number =
            |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<i32>().ok());
        let Some(month @ 1..=12) = number(&self.month) else {
            return Err(GraphError::invalid(
                "81712",
                "Expiration month is invalid",
                input_path,
            ));
        };
        let (this_year, this_month) = current_month();
        match number(&self.year) {
            Some(year) if year > this_year || (year == this_year && month >= this_month) => Ok(()),
            _ => Err(GraphError::invalid(
                "81713",
                "Expiration year is invalid",
                input_path,
            )),
        }
    }

    /// The result of a verification. Every merchant of the sandbox has one rule of its own: a security code that does not match
    /// is rejected.
    #[must_use]
    pub fn rule(&self) -> Rule {
        match (self.test.rule, self.cvv) {
            (Rule::Passes, CvvResponse::DoesNotMatch) => {
                Rule::Rejected(GatewayRejectionReason::Cvv)
            }
            (rule, _) => rule,
        }
    }

    /// `CreditCardDetails`. `unique` is `uniqueNumberIdentifier`, the merchant's fingerprint of the number.
    #[must_use]
    pub fn to_json(&self, unique: &str) -> Value {
        json!({
            "__typename": "CreditCardDetails",
            "brandCode": self.test.brand.as_str(), "brand": self.test.brand.name(),
            "last4": self.test.last4(), "bin": self.test.bin(), "binData": self.test.bin_data(),
            "expirationMonth": self.month, "expirationYear": self.year, "cardholderName": self.cardholder_name,
            "uniqueNumberIdentifier": unique, "billingAddress": self.address(),
        })
    }

    /// `Address`, each part under its old and its new member name; null when no address was sent.
    #[must_use]
    pub fn address(&self) -> Value {
        if self.billing.is_empty() {
            return Value::Null;
        }
        let text = |names: &[&str]| {
            let sent = names
                .iter()
                .find_map(|name| self.billing.get(*name)?.as_str());
            sent.map_or(Value::Null, Value::from)
        };
        let (street, extended) = (
            text(&["addressLine1", "streetAddress"]),
            text(&["addressLine2", "extendedAddress"]),
        );
        let (city, region) = (
            text(&["adminArea2", "locality"]),
            text(&["adminArea1", "region"]),
        );
        let (first, last) = (text(&["firstName"]), text(&["lastName"]));
        let names: Vec<&str> = [&first, &last]
            .into_iter()
            .filter_map(Value::as_str)
            .collect();
        json!({
            "company": text(&["company"]), "streetAddress": street, "addressLine1": street,
            "extendedAddress": extended, "addressLine2": extended, "firstName": first, "lastName": last,
            "fullName": if names.is_empty() { Value::Null } else { names.join(" ").into() },
            "locality": city, "adminArea2": city, "region": region, "adminArea1": region,
            "postalCode": text(&["postalCode"]),
            "countryCode": text(&["countryCode", "countryCodeAlpha3", "countryCodeAlpha2"]),
        })
    }
}

/// Expands a two-digit year to this century. Leaves anything else as it is; [`CardOnFile::check_date`] refuses it later.
#[must_use]
pub fn four_digit_year(year: &str) -> String {
    match year.len() {
        2 => format!("20{year}"),
        _ => year.to_owned(),
    }
}

fn current_month() -> (i32, i32) {
    let now = time::OffsetDateTime::now_utc();
    (now.year(), i32::from(u8::from(now.month())))
}
