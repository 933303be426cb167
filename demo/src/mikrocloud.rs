//! The sign-in of the MikroCloud panel, shared by its page and the demo's server.
//!
//! A visitor of the demo chooses a role. The token is what the vendor's sign-in would issue.

use serde::{Deserialize, Serialize};

/// The publishable key of the demo's account.
pub const PUBLISHABLE_KEY: &str = "pk_test_mikrocloud";

/// The account when the URL has no `?account=`.
pub const DEFAULT_ACCOUNT: &str = "harbour-networks";

/// Lower-case letters, digits and hyphens, at most 40.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AccountName(String);

impl AccountName {
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let valid = (1..=40).contains(&text.len()) && text.bytes().all(plain);
        valid.then(|| Self(text.to_owned()))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for AccountName {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not an account's name")
    }
}

impl From<AccountName> for String {
    fn from(name: AccountName) -> Self {
        name.0
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Can read and change cards, for a working day.
    Owner,
    Accountant,
    /// Like the owner, but the token expires after some seconds, to show the end of a session.
    Guest,
}

impl Role {
    /// In the order of the page.
    pub const ALL: [Self; 3] = [Self::Owner, Self::Accountant, Self::Guest];

    /// The value of `data-role` and in the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Accountant => "accountant",
            Self::Guest => "guest",
        }
    }

    /// Label and description of its button.
    #[must_use]
    pub fn label_and_description(self) -> (&'static str, &'static str) {
        match self {
            Self::Owner => ("Owner", "May add, choose and delete cards."),
            Self::Accountant => ("Accountant", "May look at cards, and nothing else."),
            Self::Guest => ("Guest", "May do all of it, for a few seconds."),
        }
    }

    #[must_use]
    pub fn scope(self) -> &'static str {
        match self {
            Self::Accountant => "account:read",
            Self::Owner | Self::Guest => "account:read account:write",
        }
    }

    /// Lifetime of the token. The guest's is negative: the wallet server accepts a token for 30 seconds after its expiry, so it
    /// remains valid for some seconds.
    #[must_use]
    pub fn token_lifetime_seconds(self) -> i32 {
        match self {
            Self::Owner | Self::Accountant => 12 * 3600,
            Self::Guest => -15,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MikroCloudSignIn {
    pub account: AccountName,
    pub role: Role,
}

/// The response to [`MikroCloudSignIn`]. `Debug` omits the token.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MikroCloudSession {
    /// For the wallet API's `Authorization` header.
    pub token: String,
}

impl core::fmt::Debug for MikroCloudSession {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("MikroCloudSession(***)")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn account_names_are_restricted() {
        assert!(AccountName::parse(DEFAULT_ACCOUNT).is_some());
        for text in ["", "A", "a b", "a\"", "é", &"a".repeat(41)] {
            assert!(AccountName::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn the_wire_form_of_a_role_equals_as_str() {
        for role in Role::ALL {
            let json = serde_json::to_string(&role).unwrap();
            assert_eq!(json, format!("\"{}\"", role.as_str()));
        }
    }
}
