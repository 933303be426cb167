//! Who calls: a server with an account key, and the account among those of that key which the request names.
//!
//! Extracted by every Quilt route. It must never tell a wrong key from a missing one, nor another's account from none.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::{AUTHORIZATION, ORIGIN};
use axum::http::request::Parts;
use card_entry_protocol::dialect::quilt::{CardQuery, ExternalAccountId, QuiltError};

use crate::app::App;
use crate::config::{Account, Kind, System};
use crate::error::ApiError;
use crate::store::owners::{self, Owner};

/// The holder of a key.
#[derive(Debug)]
pub(super) struct Caller(Vec<Arc<Account>>);

impl FromRequestParts<App> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        if parts.headers.contains_key(ORIGIN) {
            return Err(ApiError::Forbidden(
                "The account key belongs on a server, never in a page. Please call from your own server.",
            ));
        }
        let header = parts.headers.get(AUTHORIZATION);
        let key = header.and_then(|value| bearer(value.to_str().ok()?));
        let key = key.ok_or(ApiError::NotSignedIn)?;
        let accounts = app.config.accounts.of(Kind::Quilt);
        let own: Vec<_> = accounts
            .filter(|account| match &account.system {
                System::Quilt(quilt) => quilt.key.matches(key),
                _ => false,
            })
            .cloned()
            .collect();
        if own.is_empty() {
            return Err(ApiError::NotSignedIn);
        }
        Ok(Self(own))
    }
}

impl Caller {
    /// The account of this name, if it is the caller's.
    pub fn account(&self, name: &ExternalAccountId) -> Result<&Arc<Account>, ApiError> {
        let found = self.0.iter().find(|account| match &account.system {
            System::Quilt(quilt) => quilt.external_account_id == *name,
            _ => false,
        });
        found.ok_or(ApiError::Forbidden(
            "This key is not for that external_account_id.",
        ))
    }

    /// The account and the person whose wallet it is.
    pub async fn owner(
        &self,
        app: &App,
        whose: &CardQuery,
    ) -> Result<(&Arc<Account>, Owner), ApiError> {
        let account = self.account(&whose.external_account_id)?;
        let customer = whose.external_customer_id.as_str();
        let owner = owners::known(app.store.pool(), account.id, customer).await?;
        Ok((account, owner))
    }
}

/// The key after its scheme, which is of any case: RFC 9110, 11.1.
fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// What the dialect's own check found, as the routes refuse.
pub(super) fn refused(failure: QuiltError) -> ApiError {
    use card_entry_protocol::dialect::quilt::QuiltErrorCode;
    let words = failure.message.unwrap_or_default();
    match failure.code {
        QuiltErrorCode::InvalidAmount => ApiError::Amount(words),
        _ => ApiError::Refused(words),
    }
}
