//! What a client sends.

use serde::{Deserialize, Serialize};

use crate::card::{CardDetails, Funding, PaymentMethodId};
use crate::dialect::lenient;
use crate::message::ConsentProof;

/// `POST /users`. The password's `Debug` is `***`.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewUser {
    /// The company.
    #[serde(deserialize_with = "lenient::whole")]
    pub company_id: u64,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// E-mail address; unique in a company.
    pub email: String,
    /// The password.
    pub password: String,
    /// The password again.
    pub password_confirmation: String,
    /// Empty in, null out.
    pub phone_number: Option<String>,
    /// Two letters.
    pub country: Option<String>,
    /// Postal code.
    pub zip_code: Option<String>,
    /// Whether to write to the person.
    pub send_welcome_email: bool,
    /// An existing client of the company.
    #[serde(deserialize_with = "lenient::whole_or_none")]
    pub associate_client_id: Option<u64>,
    /// Whether the person comes from the marketplace.
    pub from_mkp: bool,
    /// The answer to a challenge, if one was asked.
    pub recaptcha_token: Option<String>,
}

impl core::fmt::Debug for NewUser {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("NewUser")
            .field("company_id", &self.company_id)
            .finish_non_exhaustive()
    }
}

/// `POST /sessions`.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewSession {
    /// E-mail address.
    pub email: String,
    /// The password.
    pub password: String,
    /// The company.
    #[serde(deserialize_with = "lenient::whole")]
    pub company_id: u64,
    /// The answer to a challenge, if one was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recaptcha_token: Option<String>,
}

impl core::fmt::Debug for NewSession {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("NewSession")
            .field("company_id", &self.company_id)
            .finish_non_exhaustive()
    }
}

/// `POST /guests`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewGuest {
    /// The company.
    #[serde(deserialize_with = "lenient::whole")]
    pub company_id: u64,
    /// The answer to a challenge, if one was asked; ours, the vendor asks none here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recaptcha_token: Option<String>,
}

/// The query of `GET /user/payment_methods/session`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionQuery {
    /// The company.
    pub company_id: u64,
    /// Always `card`.
    pub payment_type: String,
    /// Whether the company's client keeps the card.
    #[serde(default)]
    pub add_to_client: Option<String>,
    /// Whether a guest asks.
    #[serde(default)]
    pub guest: Option<String>,
    /// The amount of a later charge, if known.
    #[serde(default)]
    pub amount: Option<String>,
    /// Where a redirect comes back to.
    #[serde(default)]
    pub callback_url: Option<String>,
    /// The location.
    #[serde(default)]
    pub location_id: Option<String>,
    /// The connected account.
    #[serde(default)]
    pub stripe_account_id: Option<String>,
}

/// The card facts a client claims; the server stores the gateway's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenData {
    /// How it is funded.
    #[serde(default)]
    pub funding: Option<String>,
    /// The brand.
    pub brand: String,
    /// The last four digits.
    pub last4: String,
    /// The month it expires.
    #[serde(deserialize_with = "lenient::whole")]
    pub month: u16,
    /// The year it expires.
    #[serde(deserialize_with = "lenient::whole")]
    pub year: u16,
}

/// `POST /user/credit_cards`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveCard {
    /// The company.
    #[serde(deserialize_with = "lenient::whole")]
    pub company_id: u64,
    /// The location, if one is chosen.
    #[serde(default, deserialize_with = "lenient::whole_or_none")]
    pub location_id: Option<u64>,
    /// The payment method.
    pub stripe_credit_card_token: PaymentMethodId,
    /// What the client claims of the card.
    pub token_data: TokenData,
    /// The payment method again.
    pub token2: PaymentMethodId,
    /// The card's country, in spite of the name.
    #[serde(default)]
    pub address_country: Option<String>,
    /// On a checkout page what the person chose, elsewhere true.
    #[serde(default = "yes")]
    pub add_to_client: bool,
    /// What the person agreed to; ours, the vendor has no such member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<ConsentProof>,
}

fn yes() -> bool {
    true
}

impl SaveCard {
    /// The body for a payment method, as the how-to builds it from the frame's message.
    #[must_use]
    pub fn new(
        company_id: u64,
        location_id: Option<u64>,
        id: &PaymentMethodId,
        card: &CardDetails,
        add_to_client: bool,
    ) -> Self {
        let funding = (card.funding != Funding::Unknown).then(|| card.funding.as_str().to_owned());
        Self {
            company_id,
            location_id,
            stripe_credit_card_token: id.clone(),
            token_data: TokenData {
                funding,
                brand: card.brand.as_str().to_owned(),
                last4: card.last4.as_str().to_owned(),
                month: card.exp_month.into(),
                year: card.exp_year.into(),
            },
            token2: id.clone(),
            address_country: card
                .country
                .as_ref()
                .map(|country| country.as_str().to_owned()),
            add_to_client,
            consent: None,
        }
    }
}
