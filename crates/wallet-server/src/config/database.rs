//! The setting `database`.
//!
//! Called by [`super::ServerConfig::check`]. It must never quote the setting in an error: a URL may hold a password.

use wallet_store::Database;

use super::ConfigError;
use super::error::invalid;
use crate::secret::Secret;

/// The file that is used without the setting.
const DEFAULT_DATABASE: &str = "wallet.db";

/// Checks the path or URL of the database.
pub(super) fn check_database(setting: Option<&Secret>) -> Result<Database, ConfigError> {
    setting
        .map_or(DEFAULT_DATABASE, Secret::reveal)
        .parse()
        .map_err(|problem: wallet_store::InvalidDatabase| invalid("database", problem.to_string()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_url_that_is_not_supported_is_refused_without_its_password() {
        let setting = Secret::new("mysql://ann:p4ss@host/wallet".to_owned());
        let error = check_database(Some(&setting)).unwrap_err().to_string();
        assert!(
            error.starts_with("database: ") && !error.contains("p4ss"),
            "{error}"
        );
        assert_eq!(check_database(None).unwrap().to_string(), "wallet.db");
    }
}
