//! The request bodies and queries of a client.
//!
//! A password must never be printed: the `Debug` of its types leaves it out.

use serde::{Deserialize, Serialize};

use crate::card::{CardDetails, Funding, PaymentMethodId};
use crate::dialect::lenient;
use crate::message::ConsentProof;

/// The body of `POST /users`, with the members of the how-to. Its `Debug` shows the company only.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schemas",
    derive(schemars::JsonSchema),
    schemars(extend("x-required-in-requests" = ["company_id", "first_name", "email", "password", "password_confirmation"]))
)]
#[serde(default)]
pub struct NewUser {
    /// The number of the company.
    #[serde(deserialize_with = "lenient::whole")]
    pub company_id: u64,
    /// The given name of the person.
    pub first_name: String,
    /// The family name of the person.
    pub last_name: String,
    /// The e-mail address, which is unique in a company.
    pub email: String,
    /// The password in plain text.
    pub password: String,
    /// The password a second time; both must be equal.
    pub password_confirmation: String,
    /// The telephone number. An empty text is answered as null.
    pub phone_number: Option<String>,
    /// The country, two capital letters (ISO 3166-1 alpha-2).
    pub country: Option<String>,
    /// The postal code of the person.
    pub zip_code: Option<String>,
    /// Whether to send a welcome e-mail.
    pub send_welcome_email: bool,
    /// The number of an existing client of the company.
    #[serde(deserialize_with = "lenient::whole_or_none")]
    pub associate_client_id: Option<u64>,
    /// Whether the person comes from the marketplace.
    pub from_mkp: bool,
    /// The token of a solved captcha, if the server requires one.
    pub recaptcha_token: Option<String>,
}

impl core::fmt::Debug for NewUser {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("NewUser")
            .field("company_id", &self.company_id)
            .finish_non_exhaustive()
    }
}

/// The body of `POST /sessions`. Its `Debug` shows the company only.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schemas",
    derive(schemars::JsonSchema),
    schemars(extend("x-required-in-requests" = ["company_id", "email", "password"]))
)]
#[serde(default)]
pub struct NewSession {
    /// The e-mail address of the account.
    pub email: String,
    /// The password in plain text.
    pub password: String,
    /// The number of the company.
    #[serde(deserialize_with = "lenient::whole")]
    pub company_id: u64,
    /// The token of a solved captcha, if the server requires one.
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

/// The body of `POST /guests`, which creates a wallet without an account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schemas",
    derive(schemars::JsonSchema),
    schemars(extend("x-required-in-requests" = ["company_id"]))
)]
#[serde(default)]
pub struct NewGuest {
    /// The number of the company.
    #[serde(deserialize_with = "lenient::whole")]
    pub company_id: u64,
    /// The token of a solved captcha, if the server requires one. Our own member: the vendor requires none here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recaptcha_token: Option<String>,
}

/// The query of `GET /user/payment_methods/session`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct SessionQuery {
    /// The number of the company.
    pub company_id: u64,
    /// The payment type, always `card`.
    pub payment_type: String,
    /// Whether the company's client keeps the card, `true` or `false`.
    #[serde(default)]
    pub add_to_client: Option<String>,
    /// Whether the person is a guest, `true` or `false`.
    #[serde(default)]
    pub guest: Option<String>,
    /// The amount of a later charge, if known.
    #[serde(default)]
    pub amount: Option<String>,
    /// The URL to which a redirect returns.
    #[serde(default)]
    pub callback_url: Option<String>,
    /// The number of the company's location.
    #[serde(default)]
    pub location_id: Option<String>,
    /// The id of the connected account, `acct_…`.
    #[serde(default)]
    pub stripe_account_id: Option<String>,
}

/// The card details that a client claims. The server stores the gateway's instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct TokenData {
    /// The funding type, e.g. `credit`.
    #[serde(default)]
    pub funding: Option<String>,
    /// The brand, lower case as Stripe writes it, e.g. `visa`.
    pub brand: String,
    /// The last four digits of the card number, e.g. `4242`.
    pub last4: String,
    /// The month in which the card expires, 1 to 12.
    #[serde(deserialize_with = "lenient::whole")]
    pub month: u16,
    /// The year in which the card expires, four digits.
    #[serde(deserialize_with = "lenient::whole")]
    pub year: u16,
}

/// The body of `POST /user/credit_cards`, with the members of the how-to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct SaveCard {
    /// The number of the company.
    #[serde(deserialize_with = "lenient::whole")]
    pub company_id: u64,
    /// The number of the company's location, if one is chosen.
    #[serde(default, deserialize_with = "lenient::whole_or_none")]
    pub location_id: Option<u64>,
    /// The payment method id, `pm_…`.
    pub stripe_credit_card_token: PaymentMethodId,
    /// The card details that the client claims.
    pub token_data: TokenData,
    /// The payment method id a second time.
    pub token2: PaymentMethodId,
    /// The country of the card, not of an address.
    #[serde(default)]
    pub address_country: Option<String>,
    /// Whether the company's client keeps the card: the person's choice on a checkout page, true elsewhere.
    #[serde(default = "yes")]
    pub add_to_client: bool,
    /// The record of the person's consent. Our own member: the vendor has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<ConsentProof>,
}

fn yes() -> bool {
    true
}

impl SaveCard {
    /// Creates the body for a payment method, as the how-to does from the frame's `result` message.
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
