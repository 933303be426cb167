//! What the server answers: the user with the wallet, the company, the client secret.

use serde::{Deserialize, Serialize};

use super::{CreditCard, FieldErrors};
use crate::dialect::lenient_list;
use crate::secret::ClientSecret;

/// `{user}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserBody {
    /// The user.
    pub user: User,
}

/// A user and the wallet.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The user's number.
    pub id: u64,
    /// E-mail address.
    pub email: String,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Only on sign-up and sign-in: the token for the `authorization` header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authentication_token: Option<String>,
    /// Telephone number.
    #[serde(default)]
    pub phone_number: Option<String>,
    /// RFC 3339, UTC.
    #[serde(default)]
    pub created_at: String,
    /// Postal code.
    #[serde(default)]
    pub zip_code: Option<String>,
    /// Two letters.
    #[serde(default)]
    pub country: Option<String>,
    /// Always empty in an answer of success.
    #[serde(default)]
    pub errors: FieldErrors,
    /// Always empty: this wallet keeps cards.
    #[serde(default)]
    pub bank_accounts: Vec<()>,
    /// The wallet: one card at most; rows that cannot be read are left out.
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

/// `{client_secret}`. The only place a client secret is sent in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientSecretBody {
    /// The SetupIntent's client secret.
    pub client_secret: ClientSecret,
}

/// `{company}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyBody {
    /// The company.
    pub company: Company,
}

/// A company, as far as a booking page needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Company {
    /// The company's number.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// The publishable key.
    pub stripe_key: String,
    /// ISO 4217.
    pub currency: String,
    /// Two letters.
    pub country: String,
    /// Where it works.
    #[serde(default)]
    pub locations: Vec<CompanyLocation>,
}

/// A place of a company.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyLocation {
    /// The location's number.
    pub id: u64,
    /// Its name.
    pub name: String,
}
