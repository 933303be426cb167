//! A card as it is kept behind a nonce or in the vault: a listed number, never a security code.

use super::card::{Rejection, Rule, TestCard};
use super::graphql::GraphError;
use serde_json::{Map, Value, json};

/// What the bank says of a security code. Braintree's published codes decide it.
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
    /// For the code that was sent; the code itself is not kept.
    #[must_use]
    pub fn to(cvv: Option<&str>) -> Self {
        match cvv {
            None | Some("") => Self::NotProvided,
            Some("200" | "2000") => Self::DoesNotMatch,
            Some("201" | "2011") => Self::NotVerified,
            Some("301" | "3011") => Self::IssuerDoesNotParticipate,
            Some(_) => Self::Matches,
        }
    }

    /// As it stands in an answer.
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
pub struct Card {
    /// Which of the test cards.
    pub test: &'static TestCard,
    /// Two digits, when one was sent.
    pub month: Option<String>,
    /// Four digits, when one was sent.
    pub year: Option<String>,
    pub holder: Option<String>,
    /// `AddressInput` as it was sent.
    pub billing: Map<String, Value>,
    /// What the bank said of its security code.
    pub cvv: CvvResponse,
}

impl Card {
    /// A test card as a published nonce holds it.
    #[must_use]
    pub fn of(test: &'static TestCard) -> Self {
        Self {
            test,
            month: Some("12".to_owned()),
            year: Some((this_month().0 + 3).to_string()),
            holder: None,
            billing: Map::new(),
            cvv: CvvResponse::Matches,
        }
    }

    /// Whether its date could be on a card and is not over; checked before it is stored or charged.
    ///
    /// # Errors
    /// Braintree's codes for a month or a year that is not.
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
        let (now, this) = this_month();
        match number(&self.year) {
            Some(year) if year > now || (year == now && month >= this) => Ok(()),
            _ => Err(GraphError::invalid(
                "81713",
                "Expiration year is invalid",
                input_path,
            )),
        }
    }

    /// What a verification of it finds. The merchants here have one rule of their own: a security code that does not
    /// match is refused.
    #[must_use]
    pub fn rule(&self) -> Rule {
        match (self.test.rule, self.cvv) {
            (Rule::Passes, CvvResponse::DoesNotMatch) => Rule::Rejected(Rejection::Cvv),
            (rule, _) => rule,
        }
    }

    /// `CreditCardDetails`. `unique` is the merchant's fingerprint of the number.
    #[must_use]
    pub fn to_json(&self, unique: &str) -> Value {
        json!({
            "__typename": "CreditCardDetails",
            "brandCode": self.test.brand.as_str(), "brand": self.test.brand.name(),
            "last4": self.test.last4(), "bin": self.test.bin(), "binData": self.test.bin_record(),
            "expirationMonth": self.month, "expirationYear": self.year, "cardholderName": self.holder,
            "uniqueNumberIdentifier": unique, "billingAddress": self.address(),
        })
    }

    /// `Address`: each thing under its old and its new name; null when nothing was sent.
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
        let full: Vec<&str> = [&first, &last]
            .into_iter()
            .filter_map(Value::as_str)
            .collect();
        json!({
            "company": text(&["company"]), "streetAddress": street, "addressLine1": street,
            "extendedAddress": extended, "addressLine2": extended, "firstName": first, "lastName": last,
            "fullName": if full.is_empty() { Value::Null } else { full.join(" ").into() },
            "locality": city, "adminArea2": city, "region": region, "adminArea1": region,
            "postalCode": text(&["postalCode"]),
            "countryCode": text(&["countryCode", "countryCodeAlpha3", "countryCodeAlpha2"]),
        })
    }
}

/// Two digits of a year are this century's; whatever else was sent stays, and is refused when it matters.
#[must_use]
pub fn whole_year(year: &str) -> String {
    match year.len() {
        2 => format!("20{year}"),
        _ => year.to_owned(),
    }
}

fn this_month() -> (i32, i32) {
    let now = time::OffsetDateTime::now_utc();
    (now.year(), i32::from(u8::from(now.month())))
}
