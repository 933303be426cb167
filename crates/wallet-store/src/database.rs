//! The setting `database`: the path of a SQLite file, or the URL of a PostgreSQL database.
//!
//! Parsed by the settings, opened by [`crate::Store`]. A password in the URL must never be printed.

use core::fmt;
use core::str::FromStr;
use std::path::PathBuf;

use sqlx::postgres::PgConnectOptions;

/// Where the wallet is stored.
#[derive(Clone)]
pub enum Database {
    /// A SQLite file.
    File(PathBuf),
    /// A database on a PostgreSQL server, or on a server of the same protocol.
    Postgres(Box<PgConnectOptions>),
}

/// The setting is no path and no URL that can be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidDatabase {
    /// The setting is empty.
    #[error(
        "is empty: name a file such as `data/wallet.db`, or a URL such as `postgres://user@host/wallet`"
    )]
    Empty,
    /// A URL of another database.
    #[error("starts with `{0}://`: only `postgres://` and the path of a SQLite file are supported")]
    UnknownScheme(String),
    /// The URL cannot be read. Its text is not quoted, because it may hold a password.
    #[error("is not a PostgreSQL URL: write `postgres://user:password@host:5432/database`")]
    InvalidUrl,
}

impl FromStr for Database {
    type Err = InvalidDatabase;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        if text.is_empty() {
            return Err(InvalidDatabase::Empty);
        }
        match text.split_once("://") {
            Some(("postgres" | "postgresql", _)) => PgConnectOptions::from_str(text)
                .map(|options| Self::Postgres(Box::new(options)))
                .map_err(|_| InvalidDatabase::InvalidUrl),
            Some((scheme, _)) if is_scheme(scheme) => {
                Err(InvalidDatabase::UnknownScheme(scheme.to_owned()))
            }
            _ => Ok(Self::File(text.into())),
        }
    }
}

/// Whether a text has the letters of a URL's scheme.
fn is_scheme(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

/// Without the user and the password.
impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Postgres(options) => {
                let name = options.get_database().unwrap_or_default();
                write!(
                    f,
                    "postgres://{}:{}/{name}",
                    options.get_host(),
                    options.get_port()
                )
            }
        }
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<PathBuf> for Database {
    fn from(path: PathBuf) -> Self {
        Self::File(path)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_url_is_told_from_a_path_and_no_password_is_shown() {
        let url: Database = "postgres://ann:p4ss@db.example.com:6432/wallet"
            .parse()
            .unwrap();
        assert_eq!(
            format!("{url:?} {url}"),
            "postgres://db.example.com:6432/wallet "
                .repeat(2)
                .trim_end()
        );
        let file: Database = " data/wallet.db ".parse().unwrap();
        assert_eq!(file.to_string(), "data/wallet.db");
        let error = |text: &str| text.parse::<Database>().unwrap_err();
        assert_eq!(error("  "), InvalidDatabase::Empty);
        assert_eq!(
            error("mysql://h/w"),
            InvalidDatabase::UnknownScheme("mysql".to_owned())
        );
        assert_eq!(error("postgres://h:port/w"), InvalidDatabase::InvalidUrl);
    }
}
