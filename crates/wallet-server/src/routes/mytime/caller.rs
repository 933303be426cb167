//! Who calls: the owner a token speaks for, read from `authorization` (users) or `gauthorization` (guests).
//!
//! Extracted by every MyTime route of the wallet. A token is never read from a URL, and all that is wrong with one looks
//! alike.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use std::sync::Arc;

use crate::app::App;
use crate::config::{Account, Kind};
use crate::cors::check_page;
use crate::error::ApiError;
use crate::secret::Fingerprint;
use crate::store::owners::{Owner, OwnerKind};
use crate::store::sessions;

/// The longest token looked at; ours have 43 characters.
const LONGEST_TOKEN: usize = 256;

/// Whoever holds the token of this request.
#[derive(Debug)]
pub struct Caller {
    /// Whose wallet.
    pub owner: Owner,
    /// With which company.
    pub account: Arc<Account>,
    /// The session, to end it.
    pub token: Fingerprint,
}

impl Caller {
    /// Refuses a request that names another company than the token's; no company at all means the token's.
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

impl FromRequestParts<App> for Caller {
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
        if token.len() > LONGEST_TOKEN {
            return Err(ApiError::NotSignedIn);
        }
        let token = Fingerprint::of(token);
        let owner = sessions::owner(app.store.pool(), token, kind)
            .await?
            .ok_or(ApiError::NotSignedIn)?;
        // A company that was taken out of the configuration takes its wallets with it.
        let account = app
            .config
            .accounts
            .by_id(owner.account_id)
            .filter(|account| account.system.kind() == Kind::MyTime)
            .ok_or(ApiError::NotSignedIn)?;
        check_page(&parts.headers, &account)?;
        Ok(Self {
            owner,
            account,
            token,
        })
    }
}
