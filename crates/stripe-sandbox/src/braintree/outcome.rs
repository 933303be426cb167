//! Verifications and transactions: what came of asking a bank.

use super::card::{Rejection, Rule};
use super::card_on_file::{Card, CvvResponse};
use super::graphql::project::reference;
use super::object::Kind;
use serde_json::{Value, json};

/// What the bank, or the gateway before it, answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Approved,
    /// No, with the processor's code: 2000 to 2999.
    Declined(u16),
    /// The processor could not be reached: 3000.
    Failed,
    Rejected(Rejection),
}

impl Answer {
    /// To a verification of this card.
    #[must_use]
    pub fn to_verification(card: &Card) -> Self {
        match card.rule() {
            Rule::Passes => Self::Approved,
            Rule::Declined => Self::Declined(2000),
            Rule::Fails => Self::Failed,
            Rule::Rejected(why) => Self::Rejected(why),
        }
    }

    /// To a transaction over `cents`. The gateway's own rules go by the card, the processor goes by the amount.
    #[must_use]
    pub fn to_transaction(card: &Card, cents: u64) -> Self {
        match (card.rule(), cents) {
            (Rule::Rejected(why), _) => Self::Rejected(why),
            (_, 200_000..=299_999) => Self::Declined(u16::try_from(cents / 100).unwrap_or(2000)),
            (_, 300_000..=300_099) => Self::Failed,
            (_, 500_100) => Self::Rejected(Rejection::ApplicationIncomplete),
            _ => Self::Approved,
        }
    }

    /// `processorResponse`, of a verification or a transaction.
    #[must_use]
    pub fn processor(&self, cvv: CvvResponse) -> Value {
        let (code, message) = match self {
            Self::Approved => (Some(1000), Some("Approved")),
            Self::Declined(code) => (Some(*code), Some(words(*code))),
            Self::Failed => (
                Some(3000),
                Some("Processor Network Unavailable - Try Again"),
            ),
            // Asked nobody, or was told yes before a rule of the merchant's own said no.
            Self::Rejected(Rejection::Cvv) => (Some(1000), Some("Approved")),
            Self::Rejected(_) => (None, None),
        };
        json!({
            "legacyCode": code.map(|code| code.to_string()), "message": message, "cvvResponse": cvv.as_str(),
            "avsPostalCodeResponse": "NOT_PROVIDED", "avsStreetAddressResponse": "NOT_PROVIDED",
            "additionalInformation": null, "authorizationId": null,
        })
    }

    #[must_use]
    pub fn rejection(&self) -> Option<&'static str> {
        match self {
            Self::Rejected(why) => Some(why.as_str()),
            _ => None,
        }
    }
}

/// A look at a card without money.
#[derive(Clone, Debug)]
pub struct Verification {
    pub id: String,
    pub created: String,
    pub answer: Answer,
    /// The card as it was then.
    pub card: Card,
    /// Old id of the card in the vault, when it is there.
    pub method: Option<String>,
    /// Which of the merchant's accounts asked.
    pub merchant_account: String,
    /// How much was asked about.
    pub amount: String,
}

impl Verification {
    #[must_use]
    pub fn to_json(&self, unique: &str) -> Value {
        let status = match &self.answer {
            Answer::Approved => "VERIFIED",
            Answer::Declined(_) => "PROCESSOR_DECLINED",
            Answer::Failed => "FAILED",
            Answer::Rejected(_) => "GATEWAY_REJECTED",
        };
        let method = self
            .method
            .as_ref()
            .map(|id| reference(&Kind::PaymentMethod.global(id)));
        json!({
            "__typename": "Verification", "id": Kind::Verification.global(&self.id), "legacyId": self.id,
            "paymentMethodSnapshot": self.card.to_json(unique), "paymentMethod": method,
            "amount": money(&self.amount), "merchantAccountId": self.merchant_account, "status": status,
            "processorResponse": self.answer.processor(self.card.cvv), "createdAt": self.created,
            "gatewayRejectionReason": self.answer.rejection(),
            "paymentMethodVerificationDetails": {
                "__typename": "CreditCardVerificationDetails", "amount": money(&self.amount),
            },
        })
    }
}

/// `MonetaryAmount`; every merchant here counts in dollars.
#[must_use]
pub fn money(value: &str) -> Value {
    json!({ "value": value, "currencyCode": "USD", "currencyIsoCode": "USD" })
}

/// The processor's words for the codes people test most.
fn words(code: u16) -> &'static str {
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
