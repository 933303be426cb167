//! The visitor's session.
//!
//! Called by the views. A session that expires must never remove the wallet from the page, because a half-filled card form may be
//! on it.

use card_entry_protocol::dialect::mytime::User;

/// The wallet server's token for the `Authorization` header. `Debug` prints `***`.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(String);

impl SessionToken {
    /// Accepts visible ASCII, 1 to 512 characters, so that the token is a valid header value.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let visible = (1..=512).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        visible.then(|| Self(text.to_owned()))
    }

    /// The token, for the header only.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl core::fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("***")
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visitor {
    pub id: u64,
    pub name: String,
    /// Shown beside the name, and filled in when the visitor signs in again.
    pub email: String,
}

impl From<&User> for Visitor {
    fn from(user: &User) -> Self {
        Self {
            id: user.id,
            name: user.first_name.clone(),
            email: user.email.clone(),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Session {
    /// A stored token is being checked.
    Restoring,
    Out,
    In(Visitor, SessionToken),
    /// The wallet server no longer accepts the token. The page stays as it is.
    Expired(Visitor),
}

impl Session {
    /// The visitor, also while they have to sign in again.
    #[must_use]
    pub fn visitor(&self) -> Option<&Visitor> {
        match self {
            Self::In(visitor, _) | Self::Expired(visitor) => Some(visitor),
            Self::Restoring | Self::Out => None,
        }
    }

    #[must_use]
    pub fn token(&self) -> Option<&SessionToken> {
        match self {
            Self::In(_, token) => Some(token),
            _ => None,
        }
    }

    /// The session after a 401: keeps the visitor and drops the token.
    #[must_use]
    pub fn expired(self) -> Self {
        match self {
            Self::In(visitor, _) | Self::Expired(visitor) => Self::Expired(visitor),
            Self::Restoring | Self::Out => Self::Out,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ana() -> Visitor {
        Visitor {
            id: 7,
            name: "Ana".to_owned(),
            email: "ana@example.com".to_owned(),
        }
    }

    #[test]
    fn an_expired_session_keeps_its_visitor_and_drops_its_token() {
        let session = Session::In(ana(), SessionToken::parse("zizwspX5").unwrap());
        let expired = session.expired();
        assert_eq!((expired.visitor(), expired.token()), (Some(&ana()), None));
        assert_eq!(
            expired.clone().expired(),
            expired,
            "a second 401 changes nothing"
        );
        assert_eq!(Session::Restoring.expired(), Session::Out);
        assert_eq!(Session::Out.expired(), Session::Out);
    }

    #[test]
    fn only_valid_header_values_are_tokens() {
        let long = "a".repeat(513);
        for text in ["", "a b", "a\r\nb", "é", long.as_str()] {
            assert!(SessionToken::parse(text).is_none(), "{text}");
        }
        assert_eq!(format!("{:?}", SessionToken::parse("abc").unwrap()), "***");
    }
}
