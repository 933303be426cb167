//! Authenticates a MyTime caller by the token in `authorization` (users) or `gauthorization` (guests).
//!
//! Extracted by every MyTime route of the wallet. All invalid tokens get the same response. A token must never be read
//! from a URL.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use std::sync::Arc;

use crate::app::App;
use crate::audit;
use crate::config::{Account, WalletSystem};
use crate::cors::check_origin;
use crate::error::ApiError;
use crate::log;
use crate::secret::Fingerprint;
use wallet_store::owners::{Owner, OwnerKind};
use wallet_store::sessions;

/// The maximum length of a token; this server's have 43 characters.
pub(super) const MAX_TOKEN_BYTES: usize = 256;

/// The owner of the request's token.
#[derive(Debug)]
pub struct MyTimeCaller {
    /// The owner of the wallet.
    pub owner: Owner,
    /// The account of the company.
    pub account: Arc<Account>,
    /// The fingerprint of the token, to end the session.
    pub token: Fingerprint,
}

impl MyTimeCaller {
    /// Refuses a request for another company than the token's. A request without a company is accepted.
    ///
    /// # Errors
    /// [`ApiError::NotSignedIn`].
    pub fn check_company(&self, company_id: Option<u64>) -> Result<(), ApiError> {
        let own = u64::try_from(self.account.id).ok();
        if company_id.is_none() || company_id == own {
            Ok(())
        } else {
            Err(ApiError::NotSignedIn)
        }
    }
}

impl FromRequestParts<App> for MyTimeCaller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let read = |name: &str| {
            parts
                .headers
                .get(name)
                .and_then(|value| value.to_str().ok())
        };
        let (token, kind) = match (read("authorization"), read("gauthorization")) {
            (Some(token), _) => (token, OwnerKind::User),
            (None, Some(token)) => (token, OwnerKind::Guest),
            (None, None) => return Err(ApiError::NotSignedIn),
        };
        if token.len() > MAX_TOKEN_BYTES {
            return Err(ApiError::NotSignedIn);
        }
        let token = Fingerprint::of(token);
        let owner = sessions::find_owner(app.store.pool(), token, kind)
            .await?
            .ok_or(ApiError::NotSignedIn)?;
        // A token of a company that is no longer in the configuration is invalid.
        let account = app
            .config
            .accounts
            .by_id(owner.account_id)
            .filter(|account| account.system.kind() == WalletSystem::MyTime)
            .ok_or(ApiError::NotSignedIn)?;
        log::record_account(account.id);
        check_origin(&parts.headers, &account)?;
        audit::record_owner(owner.id);
        Ok(Self {
            owner,
            account,
            token,
        })
    }
}
