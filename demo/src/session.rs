//! Whether the visitor is signed in, and what the page does when that changes.
//!
//! Called by the views with what happened. The one rule that matters: a session that ends by itself must not take the
//! wallet off the page, because a half-typed card form is on it.

use card_entry_protocol::dialect::mytime::User;

/// The wallet's token for the `authorization` header.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Takes a token as the wallet gave it: visible ASCII, 1 to 512 characters, so that it fits a header as it is.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let visible = (1..=512).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        visible.then(|| Self(text.to_owned()))
    }

    /// The token itself, for the header and for nothing else.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl core::fmt::Debug for Token {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("***")
    }
}

/// Who is signed in, as far as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visitor {
    pub id: u64,
    pub name: String,
    /// Shown beside the name, and filled in when they must sign in again.
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
    /// A token from before a reload is being tried.
    Restoring,
    Out,
    In(Visitor, Token),
    /// Was signed in; the wallet no longer takes the token. What is on the page stays.
    Ended(Visitor),
}

impl Session {
    /// Whose page this is; also while they have to sign in again.
    #[must_use]
    pub fn visitor(&self) -> Option<&Visitor> {
        match self {
            Self::In(visitor, _) | Self::Ended(visitor) => Some(visitor),
            Self::Restoring | Self::Out => None,
        }
    }

    /// The token, while it is good.
    #[must_use]
    pub fn token(&self) -> Option<&Token> {
        match self {
            Self::In(_, token) => Some(token),
            _ => None,
        }
    }

    /// After a 401: the visitor stays, the token goes.
    #[must_use]
    pub fn ended(self) -> Self {
        match self {
            Self::In(visitor, _) | Self::Ended(visitor) => Self::Ended(visitor),
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
    fn a_session_that_ends_keeps_its_visitor_and_drops_its_token() {
        let session = Session::In(ana(), Token::parse("zizwspX5").unwrap());
        let ended = session.ended();
        assert_eq!((ended.visitor(), ended.token()), (Some(&ana()), None));
        assert_eq!(ended.clone().ended(), ended, "a second 401 changes nothing");
        assert_eq!(Session::Restoring.ended(), Session::Out);
        assert_eq!(Session::Out.ended(), Session::Out);
    }

    #[test]
    fn a_token_fits_a_header_or_is_none() {
        let long = "a".repeat(513);
        for text in ["", "a b", "a\r\nb", "é", long.as_str()] {
            assert!(Token::parse(text).is_none(), "{text}");
        }
        assert_eq!(format!("{:?}", Token::parse("abc").unwrap()), "***");
    }
}
