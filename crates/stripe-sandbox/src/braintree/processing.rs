//! The result of processing a verification or a transaction, decided by the test card or by the amount.

use super::card::{GatewayRejectionReason, Rule};
use super::card_on_file::{CardOnFile, CvvResponse};
use serde_json::{Value, json};

/// The answer of the processor, or of the gateway before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProcessingResult {
    Approved,
    /// Declined with this processor response code, 2000 to 2999.
    Declined(u16),
    /// The processor could not be reached (code 3000).
    Failed,
    Rejected(GatewayRejectionReason),
}

impl ProcessingResult {
    #[must_use]
    pub fn of_verification(card: &CardOnFile) -> Self {
        match card.rule() {
            Rule::Passes => Self::Approved,
            Rule::Declined => Self::Declined(2000),
            Rule::Fails => Self::Failed,
            Rule::Rejected(reason) => Self::Rejected(reason),
        }
    }

    /// The result for an amount in cents. A card that the gateway rejects is rejected; otherwise the amount decides, as
    /// Braintree's testing page says.
    #[must_use]
    pub fn of_transaction(card: &CardOnFile, cents: u64) -> Self {
        match (card.rule(), cents) {
            (Rule::Rejected(reason), _) => Self::Rejected(reason),
            (_, 200_000..=299_999) => Self::Declined(u16::try_from(cents / 100).unwrap_or(2000)),
            (_, 300_000..=300_099) => Self::Failed,
            (_, 500_100) => Self::Rejected(GatewayRejectionReason::ApplicationIncomplete),
            _ => Self::Approved,
        }
    }

    /// `processorResponse`.
    #[must_use]
    pub fn processor_response(&self, cvv: CvvResponse) -> Value {
        let (code, message) = match self {
            Self::Approved => (Some(1000), Some("Approved")),
            Self::Declined(code) => (Some(*code), Some(processor_message(*code))),
            Self::Failed => (
                Some(3000),
                Some("Processor Network Unavailable - Try Again"),
            ),
            // The processor approved, then the merchant's rule about security codes rejected. The other rules reject before
            // the processor is called.
            Self::Rejected(GatewayRejectionReason::Cvv) => (Some(1000), Some("Approved")),
            Self::Rejected(_) => (None, None),
        };
        json!({
            "legacyCode": code.map(|code| code.to_string()), "message": message, "cvvResponse": cvv.as_str(),
            "avsPostalCodeResponse": "NOT_PROVIDED", "avsStreetAddressResponse": "NOT_PROVIDED",
            "additionalInformation": null, "authorizationId": null,
        })
    }

    #[must_use]
    pub fn rejection_reason(&self) -> Option<&'static str> {
        match self {
            Self::Rejected(reason) => Some(reason.as_str()),
            _ => None,
        }
    }
}

/// `MonetaryAmount` in US dollars, the only currency of the sandbox's merchants.
#[must_use]
pub fn monetary_amount(value: &str) -> Value {
    json!({ "value": value, "currencyCode": "USD", "currencyIsoCode": "USD" })
}

/// The processor's message for the codes that tests use most.
fn processor_message(code: u16) -> &'static str {
    match code {
        2000 => "Do Not Honor",
        2001 => "Insufficient Funds",
        2002 => "Limit Exceeded",
        2003 => "Cardholder's Activity Limit Exceeded",
        2004 => "Expired Card",
        2005 => "Invalid Credit Card Number",
        2006 => "Invalid Expiration Date",
        2007 => "No Account",
        2008 => "Card Account Length Error",
        2010 => "Card Issuer Declined CVV",
        2012 => "Processor Declined - Possible Lost Card",
        2013 => "Processor Declined - Possible Stolen Card",
        2014 => "Processor Declined - Fraud Suspected",
        2015 => "Transaction Not Allowed",
        2046 => "Declined",
        2047 => "Call Issuer. Pick Up Card.",
        2053 => "Card reported as lost or stolen",
        2057 => "Issuer or Cardholder has put a restriction on the card",
        _ => "Processor Declined",
    }
}
