//! The MikroCloud panel's own sign-in, as its page and the demo's server both read it.
//!
//! A demo's visitors choose who to be. The token they get is what the vendor's sign-in would give them.

use serde::{Deserialize, Serialize};

/// The publishable key of the demo's account.
pub const PUBLISHABLE_KEY: &str = "pk_test_mikrocloud";

/// The account's name when the address names none.
pub const DEFAULT_ACCOUNT: &str = "harbour-networks";

/// A plain word of letters, digits and hyphens, 40 at most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AccountName(String);

impl AccountName {
    /// Reads the word; `None` when it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let fits = (1..=40).contains(&text.len()) && text.bytes().all(plain);
        fits.then(|| Self(text.to_owned()))
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

/// Who a visitor may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// May look at cards and change them, for a working day.
    Owner,
    Accountant,
    /// As the owner, and signed out after some seconds: to see a session end.
    Guest,
}

impl Role {
    /// Every role, in the order of the page.
    pub const ALL: [Self; 3] = [Self::Owner, Self::Accountant, Self::Guest];

    /// The word in `data-role` and on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Accountant => "accountant",
            Self::Guest => "guest",
        }
    }

    /// The button, and what it means.
    #[must_use]
    pub fn words(self) -> (&'static str, &'static str) {
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

    /// How long the token is good. The wallet server lets clocks differ by half a minute: the guest's is over already
    /// by then, but for some seconds.
    #[must_use]
    pub fn seconds(self) -> i32 {
        match self {
            Self::Owner | Self::Accountant => 12 * 3600,
            Self::Guest => -24,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    pub account: AccountName,
    pub role: Role,
}

/// Its answer. `Debug` leaves the token out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    /// For the wallet's `authorization` header.
    pub token: String,
}

impl core::fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("SignedIn(***)")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_account_s_name_is_a_plain_word() {
        assert!(AccountName::parse(DEFAULT_ACCOUNT).is_some());
        for text in ["", "A", "a b", "a\"", "é", &"a".repeat(41)] {
            assert!(AccountName::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_role_is_written_as_its_word() {
        for role in Role::ALL {
            let json = serde_json::to_string(&role).unwrap();
            assert_eq!(json, format!("\"{}\"", role.as_str()));
        }
    }
}
