//! Authenticates a BokaMera caller by `x-api-key`.
//!
//! Extracted by every BokaMera route. The vendor also has a bearer token of the payer. A checkout belongs to the company
//! whoever pays, so that token is ignored; it must never replace the key.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use card_entry_protocol::dialect::bokamera::Guid;

use crate::app::App;
use crate::config::{Account, BokaMeraConfig, SystemConfig, WalletSystem};
use crate::cors::check_origin;
use crate::error::ApiError;
use crate::log;

#[derive(Debug)]
pub(super) struct BokaMeraCaller {
    /// The account of the key.
    pub account: Arc<Account>,
}

fn settings(account: &Account) -> Option<&BokaMeraConfig> {
    match &account.system {
        SystemConfig::BokaMera(own) => Some(own),
        _ => None,
    }
}

impl FromRequestParts<App> for BokaMeraCaller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let key = parts.headers.get("x-api-key");
        let key = key
            .and_then(|value| value.to_str().ok())
            .ok_or(ApiError::NotSignedIn)?;
        let mut accounts = app.config.accounts.of_system(WalletSystem::BokaMera);
        let account = accounts
            .find(|account| settings(account).is_some_and(|own| own.key.matches(key)))
            .ok_or(ApiError::NotSignedIn)?;
        log::record_account(account.id);
        check_origin(&parts.headers, &account)?;
        Ok(Self { account })
    }
}

impl BokaMeraCaller {
    /// The account's BokaMera settings, if its company is the one in the request.
    ///
    /// # Errors
    /// [`ApiError::Forbidden`].
    pub fn company(&self, named: Guid) -> Result<&BokaMeraConfig, ApiError> {
        settings(&self.account)
            .filter(|own| own.company == named)
            .ok_or(ApiError::Forbidden("This key is not that company’s."))
    }
}
