//! Authenticates a Quilt caller by its account key, and finds the account that a request names.
//!
//! Extracted by every Quilt route. A wrong key must never get another response than a missing key, and a foreign account
//! never another response than an unknown one.

use std::sync::{Arc, Once};

use axum::extract::FromRequestParts;
use axum::http::header::{AUTHORIZATION, ORIGIN};
use axum::http::request::Parts;
use card_entry_protocol::dialect::quilt::{CardQuery, ExternalAccountId, QuiltError};

use crate::app::App;
use crate::audit;
use crate::config::{Account, SystemConfig, WalletSystem};
use crate::error::ApiError;
use crate::extract::bearer_token;
use crate::log;
use wallet_store::owners::{self, Owner};

/// The accounts of the caller's key.
#[derive(Debug)]
pub(super) struct QuiltCaller {
    accounts: Vec<Arc<Account>>,
    /// A route may look its account up more than once; the log has it once.
    recorded: Once,
}

impl FromRequestParts<App> for QuiltCaller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        if parts.headers.contains_key(ORIGIN) {
            return Err(ApiError::Forbidden(
                "The account key belongs on a server, never in a page. Please call from your own server.",
            ));
        }
        let header = parts.headers.get(AUTHORIZATION);
        let key = header.and_then(|value| bearer_token(value.to_str().ok()?));
        let key = key.ok_or(ApiError::NotSignedIn)?;
        let accounts = app.config.accounts.of_system(WalletSystem::Quilt);
        let own: Vec<_> = accounts
            .filter(|account| match &account.system {
                SystemConfig::Quilt(quilt) => quilt.key.matches(key),
                _ => false,
            })
            .collect();
        if own.is_empty() {
            return Err(ApiError::NotSignedIn);
        }
        Ok(Self {
            accounts: own,
            recorded: Once::new(),
        })
    }
}

impl QuiltCaller {
    /// The account with this `external_account_id`, if the caller has its key.
    pub fn account(&self, name: &ExternalAccountId) -> Result<&Arc<Account>, ApiError> {
        let found = self.accounts.iter().find(|account| match &account.system {
            SystemConfig::Quilt(quilt) => quilt.external_account_id == *name,
            _ => false,
        });
        let account = found.ok_or(ApiError::Forbidden(
            "This key is not for that external_account_id.",
        ))?;
        self.recorded.call_once(|| log::record_account(account.id));
        Ok(account)
    }

    /// The account, and the owner with this `external_customer_id`.
    pub async fn owner(
        &self,
        app: &App,
        wallet_query: &CardQuery,
    ) -> Result<(&Arc<Account>, Owner), ApiError> {
        let account = self.account(&wallet_query.external_account_id)?;
        let customer = wallet_query.external_customer_id.as_str();
        let owner = owners::find_or_insert_external(app.store.pool(), account.id, customer).await?;
        audit::record_owner(owner.id);
        Ok((account, owner))
    }
}

/// Turns an error of the request's check into an [`ApiError`].
pub(super) fn invalid_request(failure: QuiltError) -> ApiError {
    use card_entry_protocol::dialect::quilt::QuiltErrorCode;
    let sentence = failure.message.unwrap_or_default();
    match failure.code {
        QuiltErrorCode::InvalidAmount => ApiError::InvalidAmount(sentence),
        _ => ApiError::Unprocessable(sentence),
    }
}
