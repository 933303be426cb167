//! Braintree's published test cards and the result of verifying each; the table is in `card/list.rs`. Tokenization looks every
//! number up here. A number that is not listed must never be accepted, so that no real card is ever kept.

mod list;

pub use list::CARDS;

use serde_json::{Map, Value};

/// `CreditCardBrandCode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brand {
    Amex,
    /// Diners Club; browsers see Discover, as at Braintree.
    Diners,
    Discover,
    Hiper,
    Hipercard,
    Jcb,
    Maestro,
    Mastercard,
    UnionPay,
    Visa,
}

impl Brand {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Amex => "AMERICAN_EXPRESS",
            Self::Diners => "DINERS",
            Self::Discover => "DISCOVER",
            Self::Hiper => "HIPER",
            Self::Hipercard => "HIPERCARD",
            Self::Jcb => "JCB",
            Self::Maestro => "INTERNATIONAL_MAESTRO",
            Self::Mastercard => "MASTERCARD",
            Self::UnionPay => "UNION_PAY",
            Self::Visa => "VISA",
        }
    }

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Amex => "American Express",
            Self::Diners => "Diners Club",
            Self::Discover => "Discover",
            Self::Hiper => "Hiper",
            Self::Hipercard => "Hipercard",
            Self::Jcb => "JCB",
            Self::Maestro => "Maestro",
            Self::Mastercard => "MasterCard",
            Self::UnionPay => "UnionPay",
            Self::Visa => "Visa",
        }
    }

    /// Number of digits of the security code.
    #[must_use]
    pub fn cvv_length(self) -> usize {
        if self == Self::Amex { 4 } else { 3 }
    }
}

/// The result of verifying a card. For transactions the amount decides, except where the gateway rejects the card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    Passes,
    /// Declined by the processor: 2000.
    Declined,
    /// The processor cannot be reached: 3000.
    Fails,
    /// The gateway rejects verifications and transactions.
    Rejected(GatewayRejectionReason),
}

/// `gatewayRejectionReason`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GatewayRejectionReason {
    Fraud,
    RiskThreshold,
    Cvv,
    /// The merchant's application is incomplete. Only an amount triggers it, no card does.
    ApplicationIncomplete,
}

impl GatewayRejectionReason {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fraud => "FRAUD",
            Self::RiskThreshold => "RISK_THRESHOLD",
            Self::Cvv => "CVV",
            Self::ApplicationIncomplete => "APPLICATION_INCOMPLETE",
        }
    }
}

/// One test card, as <https://developer.paypal.com/braintree/docs/reference/general/testing> lists it.
#[derive(Debug, PartialEq, Eq)]
pub struct TestCard {
    pub number: &'static str,
    pub brand: Brand,
    pub rule: Rule,
    /// The member of `binData` that is `YES`, if any.
    pub indicator: Option<&'static str>,
    /// `countryOfIssuance`, where Braintree publishes one.
    pub country: Option<&'static str>,
}

impl TestCard {
    /// The test card with this number. The caller refuses a number that has none.
    #[must_use]
    pub fn find(number: &str) -> Option<&'static Self> {
        CARDS.iter().find(|card| card.number == number)
    }

    #[must_use]
    pub fn bin(&self) -> &'static str {
        self.number.get(..6).unwrap_or_default()
    }

    #[must_use]
    pub fn last4(&self) -> &'static str {
        self.number
            .get(self.number.len().saturating_sub(4)..)
            .unwrap_or_default()
    }

    /// `binData`.
    #[must_use]
    pub fn bin_data(&self) -> Value {
        let indicator = |member: &str| match self.indicator {
            Some(named) if named == member => "YES",
            Some(_) => "NO",
            None => "UNKNOWN",
        };
        let text = |member: &str| match indicator(member) {
            "YES" => "Yes",
            "NO" => "No",
            _ => "Unknown",
        };
        let mut record: Map<String, Value> = Map::new();
        for member in INDICATORS {
            record.insert((*member).to_owned(), indicator(member).into());
        }
        for member in TEXT_INDICATORS {
            record.insert((*member).to_owned(), text(member).into());
        }
        record.insert("countryOfIssuance".to_owned(), self.country.into());
        Value::Object(record)
    }
}

const INDICATORS: &[&str] = &[
    "prepaid",
    "prepaidReloadable",
    "healthcare",
    "debit",
    "durbinRegulated",
    "commercial",
    "payroll",
];

/// The indicators that GraphQL types as strings, not as an enum: `Yes`, `No`, `Unknown`.
const TEXT_INDICATORS: &[&str] = &["business", "consumer", "corporate", "purchase"];

/// Checks the Luhn digit. Braintree has different error codes for a wrong digit and for an unlisted number.
#[must_use]
pub fn passes_luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(index, byte)| {
            match u32::from(byte.wrapping_sub(b'0')) * if index % 2 == 1 { 2 } else { 1 } {
                double @ 10.. => double - 9,
                single => single,
            }
        })
        .sum();
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) && sum.is_multiple_of(10)
}
