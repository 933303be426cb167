//! The responses: the user with the wallet, the company, the client secret.
//!
//! A token and personal data must never be printed: the `Debug` of [`User`] shows the id only.

use serde::{Deserialize, Serialize};

use super::{CreditCard, FieldErrors};
use crate::dialect::lenient_list;
use crate::secret::ClientSecret;

/// The response of every call about a user, `{user}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct UserBody {
    /// The user, with the wallet.
    pub user: User,
}

/// A user with the wallet, with the members of the how-to.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct User {
    /// The number of the user.
    pub id: u64,
    /// The e-mail address of the account.
    pub email: String,
    /// The given name of the person.
    pub first_name: String,
    /// The family name of the person.
    pub last_name: String,
    /// The token for the `authorization` header; only after sign-up and sign-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authentication_token: Option<String>,
    /// The telephone number of the person.
    #[serde(default)]
    pub phone_number: Option<String>,
    /// When the account was created, RFC 3339 in UTC.
    #[serde(default)]
    pub created_at: String,
    /// The postal code of the person.
    #[serde(default)]
    pub zip_code: Option<String>,
    /// The country, two capital letters (ISO 3166-1 alpha-2).
    #[serde(default)]
    pub country: Option<String>,
    /// The errors by field; always empty in a successful response.
    #[serde(default)]
    pub errors: FieldErrors,
    /// Always empty: this wallet has cards only.
    #[serde(default)]
    pub bank_accounts: Vec<()>,
    /// The wallet, at most one card. Cards that cannot be read are left out.
    #[serde(default, deserialize_with = "lenient_list::read")]
    pub credit_cards: Vec<CreditCard>,
}

impl core::fmt::Debug for User {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("User")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// The response of `GET /user/payment_methods/session`, `{client_secret}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct ClientSecretBody {
    /// The client secret of the SetupIntent, `seti_…_secret_…`.
    pub client_secret: ClientSecret,
}

/// The response with a company, `{company}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct CompanyBody {
    /// The company of the booking page.
    pub company: Company,
}

/// A company, with the members that a booking page needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct Company {
    /// The number of the company.
    pub id: u64,
    /// The company's name for people.
    pub name: String,
    /// The publishable key for Stripe.js, `pk_…`.
    pub stripe_key: String,
    /// The currency, ISO 4217, e.g. `USD`.
    pub currency: String,
    /// The country, two capital letters (ISO 3166-1 alpha-2).
    pub country: String,
    /// The locations of the company.
    #[serde(default)]
    pub locations: Vec<CompanyLocation>,
}

/// A location of a company, e.g. one of its shops.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct CompanyLocation {
    /// The number of the location.
    pub id: u64,
    /// The location's name for people.
    pub name: String,
}
