//! Braintree's published test cards and what each does. Asked whenever a number is tokenized; the table is in
//! `card/list.rs`. A number that is not there is refused, so that no real card is ever kept.

mod list;

pub use list::CARDS;

use serde_json::{Map, Value};

/// A brand, as GraphQL names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brand {
    Amex,
    /// Diners Club; shown as Discover to browsers, as at Braintree.
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

    /// Digits of its security code.
    #[must_use]
    pub fn cvv_length(self) -> usize {
        if self == Self::Amex { 4 } else { 3 }
    }
}

/// What a card does when it is verified. Transactions go by their amount, except where the gateway itself refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    Passes,
    /// Declined by the processor: 2000.
    Declined,
    /// The processor cannot be reached: 3000.
    Fails,
    /// The gateway's own rules refuse it, transactions too.
    Rejected(Rejection),
}

/// Why the gateway itself refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rejection {
    Fraud,
    /// Beyond the merchant's thresholds of risk.
    RiskThreshold,
    /// The security code does not match.
    Cvv,
    /// The merchant is not set up whole; by amount only.
    ApplicationIncomplete,
}

impl Rejection {
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
    /// What it does when it is verified.
    pub rule: Rule,
    /// Which member of its bin record says YES, if any.
    pub indicator: Option<&'static str>,
    /// `countryOfIssuance`, where one is published.
    pub country: Option<&'static str>,
}

impl TestCard {
    /// The test card with this number; `None` is a refusal.
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

    /// `binData`: what one can tell by the first digits.
    #[must_use]
    pub fn bin_record(&self) -> Value {
        let says = |member: &str| match self.indicator {
            Some(named) if named == member => "YES",
            Some(_) => "NO",
            None => "UNKNOWN",
        };
        let told = |member: &str| match says(member) {
            "YES" => "Yes",
            "NO" => "No",
            _ => "Unknown",
        };
        let mut record: Map<String, Value> = Map::new();
        for member in INDICATORS {
            record.insert((*member).to_owned(), says(member).into());
        }
        for member in TOLD {
            record.insert((*member).to_owned(), told(member).into());
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

/// Those that came later, and are told as words and not as an enum: browsers are handed them as they are.
const TOLD: &[&str] = &["business", "consumer", "corporate", "purchase"];

/// The check digit; a number that fails it is invalid rather than unlisted.
#[must_use]
pub fn passes_luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            match u32::from(byte.wrapping_sub(b'0')) * if place % 2 == 1 { 2 } else { 1 } {
                double @ 10.. => double - 9,
                single => single,
            }
        })
        .sum();
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) && sum.is_multiple_of(10)
}
